/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtPredictBar:
 *
 * A probability as a bar that grows from the middle: to the end of the line above 0.5, to its start
 * below, so that the side says what the colour says.
 *
 * Properties: #UtPredictBar:probability (0 to 1; NaN draws the track alone), #UtPredictBar:dimmed
 * (the model cannot say).
 *
 * CSS: a `probabilitybar` node; the named colours `ut_word_negative` and `ut_word_positive`; the
 * track is its text colour at 12 %. The number stands beside it as text, so its accessible role
 * is none.
 */
#define UT_TYPE_PREDICT_BAR (ut_predict_bar_get_type ())
G_DECLARE_FINAL_TYPE (UtPredictBar, ut_predict_bar, UT, PREDICT_BAR, GtkWidget)

double   ut_predict_bar_get_probability (UtPredictBar *self);
void     ut_predict_bar_set_probability (UtPredictBar *self,
                                         double        probability);
gboolean ut_predict_bar_get_dimmed      (UtPredictBar *self);
void     ut_predict_bar_set_dimmed      (UtPredictBar *self,
                                         gboolean      dimmed);

G_END_DECLS
