/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-predict-sentence.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtPredictRow:
 *
 * A row of the list of sentences: bar and probability of the lead, the probabilities of the other
 * lanes, first words. Composite template
 * `ui/ut-predict-row.ui`; CSS node `widget` with the class `sentence`.
 */
#define UT_TYPE_PREDICT_ROW (ut_predict_row_get_type ())
G_DECLARE_FINAL_TYPE (UtPredictRow, ut_predict_row, UT, PREDICT_ROW, GtkWidget)

/** ut_predict_row_new: an empty row. */
GtkWidget *ut_predict_row_new          (void);

/** ut_predict_row_set_sentence: (nullable): shows @sentence, and names the list's row after it. */
void       ut_predict_row_set_sentence (UtPredictRow      *self,
                                        UtPredictSentence *sentence);

G_END_DECLS
