/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-dataset.h"

G_BEGIN_DECLS

/**
 * UtRowIndex:
 *
 * The sentences of a data set as text, for looking through them: 67,349 phrases take 4 MB, and are
 * searched within milliseconds. Immutable, atomically counted.
 */
typedef struct UtRowIndex UtRowIndex;

#define UT_TYPE_ROW_INDEX (ut_row_index_get_type ())
GType       ut_row_index_get_type (void);

/**
 * UtRowQuery:
 * @pattern: (nullable): text that the rows must hold, in any case; %NULL or "" asks for none.
 * @is_regex: whether @pattern is a regular expression as #GRegex has them.
 * @label: 0 or 1, or -1 for both.
 * @subset: (nullable) (array length=n_subset): rows to look at, ascending; %NULL for all.
 * @n_subset: how many.
 * @keys: (nullable): (n_rows) by what to sort, NaN last; %NULL keeps the order of the file.
 * @descending: whether the greatest comes first, in the order of the file, too.
 *
 * Which rows to find, and in what order: equal ones stay in the order of the file.
 */
typedef struct
{
  const char *pattern;
  gboolean is_regex;
  int label;
  const guint32 *subset;
  gsize n_subset;
  const float *keys;
  gboolean descending;
} UtRowQuery;

#define UT_ROW_QUERY_INIT { .label = -1 }

/** ut_row_index_new: (transfer full): an index of @dataset, of which it keeps a reference. */
UtRowIndex *ut_row_index_new      (UtDataset         *dataset);
UtRowIndex *ut_row_index_ref      (UtRowIndex        *self);
void        ut_row_index_unref    (UtRowIndex        *self);

/** ut_row_index_get_dataset: (transfer none): whose rows they are. */
UtDataset  *ut_row_index_get_dataset (const UtRowIndex *self);

/** ut_row_index_get_text: (transfer none): the words of @row joined by spaces. */
const char *ut_row_index_get_text (const UtRowIndex  *self,
                                   gsize              row);

/**
 * ut_row_index_find:
 * @self: the index.
 * @query: what to look for.
 * @cancellable: (nullable): polled while looking.
 * @n_found: (out): how many.
 * @error: the pattern is no regular expression, or one that takes too long; or cancelled.
 *
 * Any thread. Errors are #GRegexError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable) (array length=n_found): the rows; never %NULL without an
 *   error.
 */
guint32    *ut_row_index_find     (const UtRowIndex  *self,
                                   const UtRowQuery  *query,
                                   GCancellable      *cancellable,
                                   gsize             *n_found,
                                   GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRowIndex, ut_row_index_unref)

G_END_DECLS
