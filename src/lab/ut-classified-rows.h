/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-classification.h"

G_BEGIN_DECLS

/**
 * UtClassifiedRows:
 *
 * A classified file with all its rows, to be looked through and saved. They lie on the disk, in
 * files of no name that are gone with this or with the program: however many there are, they take
 * no memory. Atomically counted. Does not change, but for the meanings of labels, which belong to
 * the main thread as all that is said of ut_classified_rows_get_classification().
 */
typedef struct UtClassifiedRows UtClassifiedRows;

#define UT_TYPE_CLASSIFIED_ROWS (ut_classified_rows_get_type ())
GType             ut_classified_rows_get_type  (void);

/** UtClassifiedProgress: told how much of the file is done, 0 to 1, and how many rows were
 * answered; on the calling thread. */
typedef void    (*UtClassifiedProgress)        (double                    fraction,
                                                guint64                   n_rows,
                                                gpointer                  data);

/**
 * UtClassifiedQuery:
 * @accept: (nullable): whether a row, without its text, is wanted.
 * @key: (nullable): by what to sort, NaN last; else rows come as in the file.
 * @descending: whether the greatest comes first.
 * @data: (not owned) (nullable): for @accept.
 *
 * Which rows to find, and in what order; equal ones come as in the file. The functions are called
 * on the calling thread.
 */
typedef struct
{
  gboolean (*accept) (const UtClassifiedRow *row,
                      gconstpointer          data);
  float    (*key)    (const UtClassifiedRow *row);
  gboolean descending;
  gconstpointer data;
} UtClassifiedQuery;

/**
 * ut_classified_rows_new:
 * @model: who answers.
 * @guess: from ut_import_guess_texts(), with the columns that are to be read.
 * @options: (nullable): how, as in ut_classify(); @form says what the rows are saved as,
 *   %UT_ROWS_CSV or %UT_ROWS_TSV.
 * @progress: (nullable): told how far it is.
 * @data: for @progress.
 * @cancellable: (nullable): polled all the time.
 * @error: as of ut_classify(); or there is no room for the rows.
 *
 * Asks the model about all texts of a file. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the rows.
 */
UtClassifiedRows *ut_classified_rows_new       (UtModel                  *model,
                                                UtImportGuess            *guess,
                                                const UtClassifyOptions  *options,
                                                UtClassifiedProgress      progress,
                                                gpointer                  data,
                                                GCancellable             *cancellable,
                                                GError                  **error);

UtClassifiedRows *ut_classified_rows_ref       (UtClassifiedRows         *self);
void              ut_classified_rows_unref     (UtClassifiedRows         *self);

/** ut_classified_rows_get_classification: (transfer none): what came out. */
UtClassification *ut_classified_rows_get_classification (UtClassifiedRows *self);

/** ut_classified_rows_get_n_rows: how many rows there are. */
guint32           ut_classified_rows_get_n_rows (const UtClassifiedRows  *self);

/**
 * ut_classified_rows_get:
 * @self: the rows.
 * @row: which one.
 * @answer: (out): what was answered, without the text and the number of sentences; all zero where
 *   the disk does not give it back.
 *
 * A read of some bytes that were written a moment ago. Any thread.
 *
 * Returns: whether it was read.
 */
gboolean          ut_classified_rows_get       (const UtClassifiedRows   *self,
                                                guint32                   row,
                                                UtClassifiedRow          *answer);

/**
 * ut_classified_rows_dup_text:
 * @self: the rows.
 * @row: which one.
 * @max_length: the most bytes to look at, among them those of the columns before; %G_MAXSIZE for
 *   all.
 *
 * The text of a row as it stands in the file; "" where the disk does not give it back. Any thread.
 *
 * Returns: (transfer full): valid UTF-8.
 */
char             *ut_classified_rows_dup_text  (const UtClassifiedRows   *self,
                                                guint32                   row,
                                                gsize                     max_length);

/** ut_classified_rows_dup_record: (transfer full): @row as it is saved, with its line end; "" where
 * the disk does not give it back. Any thread. */
char             *ut_classified_rows_dup_record (const UtClassifiedRows  *self,
                                                 guint32                  row);

/** ut_classified_rows_dup_header: (transfer full): the row of names above all others, likewise. */
char             *ut_classified_rows_dup_header (const UtClassifiedRows  *self);

/**
 * ut_classified_rows_find:
 * @self: the rows.
 * @query: what to look for.
 * @cancellable: (nullable): polled while looking.
 * @n_found: (out): how many.
 * @error: the disk does not give them back; or cancelled.
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable) (array length=n_found): the rows; never %NULL without an
 * error.
 */
guint32          *ut_classified_rows_find      (const UtClassifiedRows   *self,
                                                const UtClassifiedQuery  *query,
                                                GCancellable             *cancellable,
                                                gsize                    *n_found,
                                                GError                  **error);

/**
 * ut_classified_rows_save:
 * @self: the rows.
 * @file: where to.
 * @cancellable: (nullable): to give up.
 * @error: names the file that cannot be written.
 *
 * Writes all rows, as ut_classify() would have; @file appears, or changes, when all are written.
 * Any thread.
 *
 * Returns: whether they are saved.
 */
gboolean          ut_classified_rows_save      (const UtClassifiedRows   *self,
                                                GFile                    *file,
                                                GCancellable             *cancellable,
                                                GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtClassifiedRows, ut_classified_rows_unref)

G_END_DECLS
