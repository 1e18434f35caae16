/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import-guess.h"
#include "ut-import-label.h"
#include "ut-text-error.h"

G_BEGIN_DECLS

/**
 * UtImport:
 *
 * All rows of somebody's files, tokenized and in memory, with the values of their label column, but
 * not yet a data set: what the values mean, how rows are split and what it is called are still
 * open, and changing them needs no further reading. One thread at a time.
 */
typedef struct UtImport UtImport;

/**
 * UtImportProblem:
 * @file: (owned): name of the file, as it is shown.
 * @line: where the row begins, from 1.
 * @message: (owned): why it cannot be used, translated.
 */
typedef struct
{
  char *file;
  guint64 line;
  char *message;
} UtImportProblem;

/** UT_IMPORT_MAX_PROBLEMS: the most bad rows that are listed; all are counted. */
#define UT_IMPORT_MAX_PROBLEMS 100

/**
 * ut_import_scan:
 * @guess: of the files; from ut_import_guess().
 * @options: (nullable): how to read them; %NULL are those of @guess.
 * @progress: (nullable) (scope call): told how far it is, on the calling thread.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled all the time.
 * @error: names the file that cannot be read or has no usable row, or the column that is no label.
 *
 * Reads all files. Rows that cannot be used are problems, not errors. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the rows.
 */
UtImport       *ut_import_scan                (UtImportGuess          *guess,
                                               const UtImportOptions  *options,
                                               UtReadProgress          progress,
                                               gpointer                progress_data,
                                               GCancellable           *cancellable,
                                               GError                **error);

void            ut_import_free                (UtImport               *self);

/** ut_import_get_n_rows: rows that can be used, whatever their label. */
gsize           ut_import_get_n_rows          (const UtImport         *self);

/** ut_import_get_n_usable: rows whose label is not left out. */
gsize           ut_import_get_n_usable        (const UtImport         *self);

/** ut_import_get_n_part_rows: rows that were given as @part. */
gsize           ut_import_get_n_part_rows     (const UtImport         *self,
                                               UtDataPart              part);

/** ut_import_get_labels: (transfer none) (array length=n_labels): in order of appearance. */
const UtImportLabel *ut_import_get_labels     (const UtImport         *self,
                                               guint                  *n_labels);

/** ut_import_set_meaning: what the value number @label of ut_import_get_labels() stands for. */
void            ut_import_set_meaning         (UtImport               *self,
                                               guint                   label,
                                               UtImportMeaning         meaning);

/** ut_import_get_n_problems: rows that cannot be used. */
gsize           ut_import_get_n_problems      (const UtImport         *self);

/** ut_import_get_problems: (transfer none) (array length=n_problems): the first
 * %UT_IMPORT_MAX_PROBLEMS, in the files' order. */
const UtImportProblem *ut_import_get_problems (const UtImport         *self,
                                               guint                  *n_problems);

/** ut_import_dup_sentence: (transfer full): the words of @row joined by single spaces. */
char           *ut_import_dup_sentence        (const UtImport         *self,
                                               gsize                   row);

/** ut_import_get_row_label: which of ut_import_get_labels() @row has. */
guint           ut_import_get_row_label       (const UtImport         *self,
                                               gsize                   row);

/** ut_import_get_median_length: words of the row in the middle. */
guint           ut_import_get_median_length   (const UtImport         *self);

/** ut_import_get_max_length: words of the longest row. */
guint           ut_import_get_max_length      (const UtImport         *self);

/** ut_import_get_options: (transfer none): how the files were read. */
const UtImportOptions *ut_import_get_options  (const UtImport         *self);

/** ut_import_get_guess: (transfer none): what ut_import_scan() was given. */
UtImportGuess  *ut_import_get_guess           (const UtImport         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtImport, ut_import_free)

G_END_DECLS
