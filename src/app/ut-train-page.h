/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtTrainPage:
 *
 * The page Train: the form of the next run in a flap; the status of the current run, the curves of
 * all shown runs, what the cursor reads and what the curves say. Before the first run examples of
 * the data.
 *
 * Properties (read only): can-start, the form's validity.
 */
#define UT_TYPE_TRAIN_PAGE (ut_train_page_get_type ())
G_DECLARE_FINAL_TYPE (UtTrainPage, ut_train_page, UT, TRAIN_PAGE, GtkBox)

/** ut_train_page_set_session: shows the runs of @session; once. */
void ut_train_page_set_session    (UtTrainPage *self,
                                   UtSession   *session);

/** ut_train_page_start: what Start does; a form that lies over the plots goes away. */
void ut_train_page_start          (UtTrainPage *self);

/** ut_train_page_show_form: brings the form into sight and the focus into it. */
void ut_train_page_show_form      (UtTrainPage *self);

/** ut_train_page_use: fills the form with @config. */
void ut_train_page_use            (UtTrainPage *self,
                                   UtConfig    *config);

/** ut_train_page_toggle_pause: Pause or Continue for the current run. */
void ut_train_page_toggle_pause   (UtTrainPage *self);

/** ut_train_page_set_class_room: whether the form is folded whatever the width. */
void ut_train_page_set_class_room (UtTrainPage *self,
                                   gboolean     class_room);

G_END_DECLS
