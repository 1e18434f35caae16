/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-map.h"

G_BEGIN_DECLS

/**
 * UtDataMapRow:
 * @n_epochs: in how many epochs it was learned from; without one the others mean nothing.
 * @confidence: 0 to 1.
 * @variability: 0 to 0.5.
 * @correctness: 0 to 1.
 */
typedef struct
{
  guint n_epochs;
  float confidence;
  float variability;
  float correctness;
} UtDataMapRow;

/**
 * _ut_data_map_new:
 * @n_rows: at least 1.
 * @n_epochs: at least 1.
 * @train_hash: of the data set.
 *
 * Returns: (transfer full): a map whose rows are to be set before anybody else sees it.
 */
UtDataMap *_ut_data_map_new         (gsize                n_rows,
                                     guint                n_epochs,
                                     const char          *train_hash);
void       _ut_data_map_set_row     (UtDataMap           *self,
                                     gsize                row,
                                     const UtDataMapRow  *values);

/** _ut_data_map_save: into a file that ut_data_map_read() reads. Equal maps give equal files. */
gboolean   _ut_data_map_save        (const UtDataMap     *self,
                                     GFile               *file,
                                     GCancellable        *cancellable,
                                     GError             **error);

/** _ut_data_map_read_stream: as ut_data_map_read(), of @size bytes of @stream, called @name in
 * messages. */
UtDataMap *_ut_data_map_read_stream (const char          *name,
                                     GInputStream        *stream,
                                     guint64              size,
                                     GCancellable        *cancellable,
                                     GError             **error);

G_END_DECLS
