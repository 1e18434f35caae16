/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCellPane:
 *
 * What goes on inside of a model's cell while it reads a sentence: a gate or a state of each unit
 * at each word as a heat map, or as a table at one word; beside it, of a unit that is chosen, the
 * training phrases that move it most. A model without a cell has its reason told in place. Nothing
 * is traced while nobody looks. Composite template `ui/ut-cell-pane.ui`; main thread.
 *
 * Units can stand in their order, by the strength of what is shown at the word of the cursor, or by
 * their share in the answer: the size of weight · state (ut_cell_trace_get_share()) after the last
 * word where that is what the classifier adds up, else the largest over the words.
 *
 * Properties: #UtCellPane:word: index within the sentence of the word of the cursor, -1 for none;
 * it tells when the person selects another.
 */
#define UT_TYPE_CELL_PANE (ut_cell_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtCellPane, ut_cell_pane, UT, CELL_PANE, GtkBox)

/**
 * ut_cell_pane_show_sentence:
 * @model: (nullable): who answered; of an ensemble its first model is shown.
 * @config: (nullable): of its run.
 * @prediction: (nullable): the answers.
 * @sentence: which of its sentences, -1 for none.
 */
void ut_cell_pane_show_sentence (UtCellPane   *self,
                                 UtModel      *model,
                                 UtConfig     *config,
                                 UtPrediction *prediction,
                                 int           sentence);

int  ut_cell_pane_get_word      (UtCellPane   *self);
/** ut_cell_pane_set_word: moves the cursor. */
void ut_cell_pane_set_word      (UtCellPane   *self,
                                 int           word);

G_END_DECLS
