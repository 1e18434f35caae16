/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-text-table.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtSliceReport:
 *
 * How well several runs do on each slice of their rows. Immutable; made on a worker.
 */
typedef struct UtSliceReport UtSliceReport;

/**
 * ut_slice_report_new:
 * @answers: (element-type UtAnswers): of runs on the same rows, at least one; what is unknown is so
 *   to the first.
 * @kind: what parts the rows.
 * @pattern: (nullable): see ut_slices_new().
 * @cancellable: polled between slices.
 * @error: as ut_slices_new().
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the report.
 */
UtSliceReport        *ut_slice_report_new         (GPtrArray            *answers,
                                                   UtSliceKind           kind,
                                                   const char           *pattern,
                                                   GCancellable         *cancellable,
                                                   GError              **error);
void                  ut_slice_report_free        (UtSliceReport        *self);

/** ut_slice_report_get_slices: (transfer none): what the rows were parted into. */
UtSlices             *ut_slice_report_get_slices  (const UtSliceReport  *self);

/** ut_slice_report_get_figures: (transfer none): how the run in place @run does on @slice. */
const UtSliceFigures *ut_slice_report_get_figures (const UtSliceReport  *self,
                                                   guint                 slice,
                                                   guint                 run);

/**
 * ut_slice_report_fill:
 * @self: the report.
 * @table: receives a row for each slice, in their order, and a column for each run.
 * @names: (array): of the runs.
 */
void                  ut_slice_report_fill        (const UtSliceReport  *self,
                                                   UtTextTable          *table,
                                                   const char * const   *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtSliceReport, ut_slice_report_free)

G_END_DECLS
