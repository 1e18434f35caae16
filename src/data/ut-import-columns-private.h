/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What the rows at the start of a file say of it. Pure functions on rows in memory, which are
 * arrays of their fields (element-type GStrv), valid UTF-8.
 */
#pragma once

#include "ut-import-options.h"

G_BEGIN_DECLS

/* _ut_import_guess_columns: chooses text and label among @n_columns, of which @names may be NULL;
 * @first is the first row that is no header. Returns whether the label was chosen already, or its
 * column is sure to be one of labels. */
gboolean  _ut_import_guess_columns   (const GPtrArray *rows,
                                      guint                 first,
                                      const char * const   *names,
                                      guint                 n_columns,
                                      UtImportFixed         fixed,
                                      UtImportOptions      *options);

/* _ut_import_guess_header: whether the first of @rows names columns. */
gboolean  _ut_import_guess_header    (const GPtrArray *rows,
                                      guint                 label_column);

/* _ut_import_guess_tokenized: whether @texts have spaces before their marks and no capitals, as
 * SST-2's. */
gboolean  _ut_import_guess_tokenized (const char * const   *texts,
                                      guint                 n_texts);

/* _ut_import_guess_unit: what @texts are. */
UtDataUnit _ut_import_guess_unit     (const char * const   *texts,
                                      guint                 n_texts,
                                      gboolean              tokenized);

G_END_DECLS
