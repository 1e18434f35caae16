/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/** UT_WORD_TABLE_MAX: how many words of a sentence are listed at most. */
#define UT_WORD_TABLE_MAX 10000

/**
 * UtWordTable:
 *
 * The words of one sentence as a table: word, the answer if the text ended there, the word's own
 * change of the logit, what leaving it out is worth and what it is by a gradient, where these are
 * asked for, the attention it gets where the model has that, and whether the model knows it or
 * guesses it from its parts; and of other lanes the answer if the text ended there, and whether they
 * disagree on the word. Composite template `ui/ut-word-table.ui`.
 *
 * Property: #UtWordTable:selected (writable): index of the selected word in the sentence, -1 for
 * none. Signals ::word-activated (index, a number): Return was pressed on a word, or it was clicked
 * twice; ::word-struck-out (index, a number): Delete was. Keys: these, and those of #GtkColumnView.
 * Rows and cells carry their text as accessible name.
 */
#define UT_TYPE_WORD_TABLE (ut_word_table_get_type ())
G_DECLARE_FINAL_TYPE (UtWordTable, ut_word_table, UT, WORD_TABLE, GtkWidget)

/**
 * ut_word_table_set_words:
 * @self: the table.
 * @words: (array length=n_words) (nullable): copied.
 * @n_words: how many.
 */
void ut_word_table_set_words    (UtWordTable        *self,
                                 const UtWordAnswer *words,
                                 gsize               n_words);

/**
 * ut_word_table_set_lane:
 * @self: the table.
 * @lane: of the lanes beside the lead, from 0.
 * @name: (nullable): of its run; %NULL takes its column away.
 * @words: (array length=n_words) (nullable): what it makes of the same words.
 * @n_words: how many.
 */
void ut_word_table_set_lane     (UtWordTable        *self,
                                 guint               lane,
                                 const char         *name,
                                 const UtWordAnswer *words,
                                 gsize               n_words);

/** ut_word_table_set_disputed: of each word whether lanes disagree on it; %NULL where there is nothing
 * to compare. */
void ut_word_table_set_disputed (UtWordTable        *self,
                                 const gboolean     *disputed,
                                 gsize               n_words);

/**
 * ut_word_table_set_worths:
 * @self: the table.
 * @left_out: (nullable) (array): what leaving out each of the words is worth, NaN while it is not
 *   known; %NULL for no column.
 * @method: what @gradients are.
 * @gradients: (nullable) (array): their worths by a gradient; likewise.
 */
void ut_word_table_set_worths   (UtWordTable        *self,
                                 const double       *left_out,
                                 UtWorthMethod       method,
                                 const double       *gradients);

int  ut_word_table_get_selected (UtWordTable        *self);
void ut_word_table_set_selected (UtWordTable        *self,
                                 int                 selected);

G_END_DECLS
