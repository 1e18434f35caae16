/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-lanes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtPredictPage:
 *
 * The page that asks the current run's model about a text: the text with its words tinted, the
 * verdict and the sentences, and for the sentence at the caret its curve and its words. Caret,
 * list, curve and table select each other. Composite template `ui/ut-predict-page.ui`; main
 * thread.
 *
 * Property: #UtPredictPage:session (construct only). Keys: Alt+Up and Alt+Down go to the sentence
 * before and after, Tab leaves the text, Return on a sentence goes to the text. Accessibility:
 * the verdict is a label of role status; the page Words holds in words what tints and curve show.
 */
#define UT_TYPE_PREDICT_PAGE (ut_predict_page_get_type ())
G_DECLARE_FINAL_TYPE (UtPredictPage, ut_predict_page, UT, PREDICT_PAGE, GtkWidget)

/** ut_predict_page_new: a page for the window of @session. */
GtkWidget *ut_predict_page_new (UtSession     *session);

/** ut_predict_page_get_lanes: (transfer none): who answers on it. */
UtLanes   *ut_predict_page_get_lanes (UtPredictPage *self);

/** ut_predict_page_ask: @text takes the place of the text that is there, which Ctrl+Z brings back. */
void       ut_predict_page_ask (UtPredictPage *self,
                                const char    *text);

G_END_DECLS
