/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtAnswerTable:
 *
 * Development rows with what up to four runs answered on them: sentence, label, answers, loss. It is
 * searched, ordered by loss, and written as TSV. There may be a million rows: they are searched and
 * sorted on a worker, and what was shown before stays until that is done. Composite template
 * `ui/ut-answer-table.ui`; main thread.
 *
 * Signals: ::row-activated (sentence): Return or a double click on a row; ::message (text): that the
 * rows were written, or why not.
 */
#define UT_TYPE_ANSWER_TABLE (ut_answer_table_get_type ())
G_DECLARE_FINAL_TYPE (UtAnswerTable, ut_answer_table, UT, ANSWER_TABLE, GtkBox)

/** UT_ANSWER_TABLE_MAX_RUNS: more runs have no columns of their own. */
#define UT_ANSWER_TABLE_MAX_RUNS 4

/**
 * ut_answer_table_set_answers:
 * @self: the table.
 * @answers: (element-type UtAnswers): of runs on the same rows; the loss is the mean of all of them.
 * @names: (array length=answers): of these runs.
 *
 * No rows are listed until ut_answer_table_list() is called.
 */
void  ut_answer_table_set_answers (UtAnswerTable      *self,
                                   GPtrArray          *answers,
                                   const char * const *names);

/**
 * ut_answer_table_list:
 * @self: the table.
 * @title: what the rows are.
 * @rows: (transfer full) (nullable) (array length=n_rows): rows, rising; %NULL for all.
 * @n_rows: how many.
 * @hardest_first: whether they are to be ordered by their loss.
 */
void  ut_answer_table_list        (UtAnswerTable      *self,
                                   const char         *title,
                                   guint32            *rows,
                                   gsize               n_rows,
                                   gboolean            hardest_first);

/** ut_answer_table_get_rows: (transfer none) (array length=n_rows): what is shown, in its order. */
const guint32 *ut_answer_table_get_rows (UtAnswerTable *self,
                                         gsize         *n_rows);

G_END_DECLS
