/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import-options.h"

G_BEGIN_DECLS

/**
 * UtImportSource:
 * @train: a file, or a folder with "pos" and "neg", or with "train" that has these.
 * @second: (nullable): with @train a pair of files, one of negative and one of positive texts.
 * @dev: (nullable): of the same form as @train; not with @second.
 * @test: (nullable): as @dev.
 *
 * What is read. A plain value that owns nothing.
 */
typedef struct
{
  GFile *train;
  GFile *second;
  GFile *dev;
  GFile *test;
} UtImportSource;

/** UT_IMPORT_N_PREVIEW: the most rows that are kept to be shown. */
#define UT_IMPORT_N_PREVIEW 8

/**
 * UtImportGuess:
 *
 * What the starts of the files look like. Immutable, atomically counted.
 */
typedef struct UtImportGuess UtImportGuess;

#define UT_TYPE_IMPORT_GUESS (ut_import_guess_get_type ())
GType           ut_import_guess_get_type        (void);

/**
 * ut_import_guess:
 * @source: what is to be read.
 * @options: (nullable): what was chosen.
 * @fixed: which members of @options were; the others are guessed.
 * @cancellable: (nullable): to give up.
 * @error: names the file that cannot be read, is empty, has one column only, or is no text.
 *
 * Looks at the first 256 KB of each file. Where somebody chooses another form, encoding, delimiter,
 * quoting or header, other columns may be there, so it is to be called again with that choice. Any
 * thread.
 *
 * Returns: (transfer full) (nullable): the guess.
 */
UtImportGuess  *ut_import_guess                 (const UtImportSource   *source,
                                                 const UtImportOptions  *options,
                                                 UtImportFixed           fixed,
                                                 GCancellable           *cancellable,
                                                 GError                **error);

/**
 * ut_import_guess_texts:
 * @file: texts to be read, perhaps with labels; no folder.
 * @options: (nullable): what was chosen.
 * @fixed: which members of @options were; the others are guessed.
 * @cancellable: (nullable): to give up.
 * @error: names the file that cannot be read, is empty or is no text.
 *
 * As ut_import_guess(), for texts that are not to be learned from: there may be one column only, or
 * one text a line (%UT_IMPORT_LINES), and no label, %UT_IMPORT_NO_COLUMN, unless a column has a
 * label's name or values. That a file is one text (%UT_IMPORT_WHOLE) is never guessed. Whether
 * lines are texts or rows is told by the file's name, and where that does not tell, by a header or
 * tabs. Any thread.
 *
 * Returns: (transfer full) (nullable): the guess; ut_import_scan() does not take it.
 */
UtImportGuess  *ut_import_guess_texts           (GFile                  *file,
                                                 const UtImportOptions  *options,
                                                 UtImportFixed           fixed,
                                                 GCancellable           *cancellable,
                                                 GError                **error);

UtImportGuess  *ut_import_guess_ref             (UtImportGuess          *self);
void            ut_import_guess_unref           (UtImportGuess          *self);

/** ut_import_guess_get_options: (transfer none): what was chosen and what was guessed. */
const UtImportOptions *ut_import_guess_get_options (const UtImportGuess *self);

/** ut_import_guess_dup_title: (transfer full): a name for the data set, from the files' names. */
char           *ut_import_guess_dup_title       (const UtImportGuess    *self);

/** ut_import_guess_has_parts: whether development or test rows are given, as files or folders. */
gboolean        ut_import_guess_has_parts       (const UtImportGuess    *self);

/** ut_import_guess_get_n_columns: of delimited files and JSON lines; 1 of texts without labels, 0
 * for pairs and folders. */
guint           ut_import_guess_get_n_columns   (const UtImportGuess    *self);

/** ut_import_guess_get_column: (transfer none): a column's name, or "Column 2" without header. */
const char     *ut_import_guess_get_column      (const UtImportGuess    *self,
                                                 guint                   column);

/** ut_import_guess_get_n_rows: how many rows there are to be shown, at most
 * %UT_IMPORT_N_PREVIEW. */
guint           ut_import_guess_get_n_rows      (const UtImportGuess    *self);

/**
 * ut_import_guess_get_fields:
 * @self: the guess.
 * @row: which of the rows to be shown.
 *
 * Valid UTF-8, cut where it is long. For pairs and folders a row has two: the text and the label;
 * for texts without labels it has one.
 *
 * Returns: (transfer none): the fields of the row, as they stand in the file; %NULL-terminated.
 */
const char * const *ut_import_guess_get_fields  (const UtImportGuess    *self,
                                                 guint                   row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtImportGuess, ut_import_guess_unref)

G_END_DECLS
