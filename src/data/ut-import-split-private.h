/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Which part each row belongs to.
 */
#pragma once

#include "ut-import-phrases-private.h"

G_BEGIN_DECLS

/*
 * UtImportParts:
 * @n_rows: how many rows have a label that is wanted.
 * @rows: (owned) (array length=n_rows): which rows of the import.
 * @parts: (owned) (array length=n_rows): #UtDataPart of each.
 * @n_duplicates: rows whose words a row before has, too.
 * @n_ambiguous: different texts that stand there with both labels.
 * @largest_group: rows of the largest group that had to stay together.
 * @n_wanted: (array fixed-size=3): how many rows each part should have; 0 where they were given.
 * @n_equal: (array fixed-size=3): where parts were given, rows that training rows are equal to.
 * @n_related: (array fixed-size=3): further ones that are phrases of training rows or hold one.
 */
typedef struct
{
  guint32 n_rows;
  guint32 *rows;
  guint8 *parts;
  gsize n_duplicates;
  gsize n_ambiguous;
  gsize largest_group;
  gsize n_wanted[UT_N_DATA_PARTS];
  gsize n_equal[UT_N_DATA_PARTS];
  gsize n_related[UT_N_DATA_PARTS];
} UtImportParts;

void      _ut_import_parts_clear (UtImportParts    *self);

/*
 * _ut_import_split:
 * @import: the rows, with what their labels mean.
 * @split: how.
 * @seed: for a split that is drawn.
 * @min_phrase: words of the shortest phrase that counts.
 * @n_threads: 0 is one for each core.
 * @parts: (out caller-allocates): _ut_import_parts_clear() it.
 * @progress: (nullable) (scope call): told how far it is.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled.
 * @error: cancelled, or more different words than a data set may have.
 *
 * Returns: whether @parts was filled.
 */
gboolean  _ut_import_split       (const UtImport   *import,
                                  UtImportSplit     split,
                                  guint32           seed,
                                  guint             min_phrase,
                                  guint             n_threads,
                                  UtImportParts    *parts,
                                  UtReadProgress    progress,
                                  gpointer          progress_data,
                                  GCancellable     *cancellable,
                                  GError          **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtImportParts, _ut_import_parts_clear)

G_END_DECLS
