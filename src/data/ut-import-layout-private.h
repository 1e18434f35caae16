/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import-guess.h"
#include "ut-import-label.h"
#include "ut-import-record-private.h"

G_BEGIN_DECLS

/*
 * UtImportLayout:
 * @form: of the file.
 * @dialect: of the file.
 * @tokenized: whether words are split at spaces alone.
 * @n_columns: how many fields each record must have.
 * @text_column: which of them is the text.
 * @label_column: which is the label, or %UT_IMPORT_NO_COLUMN.
 * @text_name: (not owned) (nullable): name of the text's column, or its key.
 * @label_name: (not owned) (nullable): likewise.
 *
 * How records are read. Does not change once a worker sees it.
 */
typedef struct
{
  UtImportForm form;
  UtImportDialect dialect;
  gboolean tokenized;
  guint n_columns;
  guint text_column;
  guint label_column;
  const char *text_name;
  const char *label_name;
} UtImportLayout;

/* _ut_import_layout_new: (transfer full): of files that are as @guess says; g_free() it. */
UtImportLayout *_ut_import_layout_new          (const UtImportGuess    *guess,
                                                const UtImportOptions  *options);

/*
 * _ut_import_layout_apply_header:
 * @self: the layout of a file.
 * @guess: of all files.
 * @input: which of them it is.
 * @header: the names of its columns.
 * @error: names the file and the column that it lacks.
 *
 * The columns of a further file may stand in another order than those of the first one.
 *
 * Returns: whether the columns are there.
 */
gboolean        _ut_import_layout_apply_header (UtImportLayout         *self,
                                                const UtImportGuess    *guess,
                                                guint                   input,
                                                const char * const     *header,
                                                GError                **error);

/* _ut_import_layout_fail_labels: sets @error: the column of labels has too many values, such as the
 * first two of @labels; always FALSE. */
gboolean        _ut_import_layout_fail_labels  (const UtImportLayout   *self,
                                                const UtImportLabel    *labels,
                                                GError                **error);

G_END_DECLS
