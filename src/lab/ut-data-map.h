/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>
#include <ut-text.h>

G_BEGIN_DECLS

/**
 * UtDataMap:
 *
 * How a training took each of its rows: the data map of Swayamdipta et al. 2020 ("Dataset
 * Cartography", section 2), which a run collects as it trains. Rows are those of
 * ut_corpus_get_train(), in its order, or, from ut_data_map_spread(), those of a data set some of
 * whose rows were left out. Immutable, atomically counted.
 */
typedef struct UtDataMap UtDataMap;

#define UT_TYPE_DATA_MAP (ut_data_map_get_type ())
GType        ut_data_map_get_type        (void);

/**
 * ut_data_map_read:
 * @file: a `map.safetensors` that a run left.
 * @cancellable: (nullable): polled while reading.
 * @error: names the file and what is wrong with it; #UtLabError, or #GIOErrorEnum where the file
 *   cannot be read.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the map.
 */
UtDataMap   *ut_data_map_read            (GFile            *file,
                                          GCancellable     *cancellable,
                                          GError          **error);

UtDataMap   *ut_data_map_ref             (UtDataMap        *self);
void         ut_data_map_unref           (UtDataMap        *self);

/**
 * ut_data_map_spread:
 * @self: the map of a run that left rows out.
 * @all: the training rows as they are in their file.
 * @list: the rows that were left out.
 *
 * Blocks for as long as @all takes to be gone through; any thread.
 *
 * Returns: (transfer full) (nullable): the same map on the rows of @all, of which those have no
 *   numbers that were left out; %NULL if @all without @list are not the rows of @self.
 */
UtDataMap   *ut_data_map_spread          (const UtDataMap  *self,
                                          const UtDataset  *all,
                                          const UtDataset  *list);

/** ut_data_map_get_n_rows: how many rows it has, at least one. */
gsize        ut_data_map_get_n_rows      (const UtDataMap  *self);

/** ut_data_map_get_n_left_out: how many of these the run left out: none but after
 * ut_data_map_spread(). */
gsize        ut_data_map_get_n_left_out  (const UtDataMap  *self);

/** ut_data_map_get_n_epochs: over how many epochs it goes, at least one. */
guint        ut_data_map_get_n_epochs    (const UtDataMap  *self);

/** ut_data_map_matches: whether its rows are those of @train, by their hash. */
gboolean     ut_data_map_matches         (const UtDataMap  *self,
                                          const UtDataset  *train);

/**
 * ut_data_map_get_confidence:
 * @self: the map.
 *
 * Returns: (transfer none) (array): (n_rows) the mean over the epochs of the probability that the
 *   model gave to the row's own label, 0 to 1; NaN where the row had none, which happens only as
 *   the notebook's loss runs and where it was left out.
 */
const float *ut_data_map_get_confidence  (const UtDataMap  *self);

/** ut_data_map_get_variability: (transfer none) (array): (n_rows) the standard deviation of that
 * probability over the epochs, 0 to 0.5; NaN likewise. */
const float *ut_data_map_get_variability (const UtDataMap  *self);

/** ut_data_map_get_correctness: (transfer none) (array): (n_rows) the share of the epochs in which
 * the model's answer was the row's label, 0 to 1; NaN likewise. */
const float *ut_data_map_get_correctness (const UtDataMap  *self);

/**
 * ut_data_map_find_hardest:
 * @self: the map.
 * @share: of the rows, 0 to 1.
 * @n_rows: (out): how many there are: the share of all rows that were not left out, rounded up.
 *
 * Returns: (transfer full) (array length=n_rows): the rows with the least confidence, the least
 *   first, of equal ones the earlier; rows without one are left out; g_free() it.
 */
guint32     *ut_data_map_find_hardest    (const UtDataMap  *self,
                                          double            share,
                                          gsize            *n_rows);

/**
 * ut_data_map_export:
 * @self: the map.
 * @train: the data set it is of: ut_data_map_matches().
 * @file: receives a header line `sentence<TAB>label<TAB>confidence<TAB>variability<TAB>correctness`
 *   and a line for each row, in their order; fields are empty where there is no number.
 * @cancellable: (nullable): polled while writing.
 * @error: names the file.
 *
 * Writes by way of a temporary file. Blocks; any thread.
 */
gboolean     ut_data_map_export          (const UtDataMap  *self,
                                          const UtDataset  *train,
                                          GFile            *file,
                                          GCancellable     *cancellable,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDataMap, ut_data_map_unref)

G_END_DECLS
