/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-text-table.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtSureFigures:
 * @has_probabilities: whether the run answers with more than labels; without, nothing else is set.
 * @temperature: that its model is calibrated to, NaN where it is not.
 * @is_of_rows: whether that was found on these rows.
 * @kind: what is known of the temperature that these rows tell.
 * @fitted: that temperature.
 * @has_after: whether @after is set: with a temperature, or one that could be had.
 * @before: as it was trained.
 * @after: with @temperature or, where it has none, with @fitted.
 * @held_out: @fitted judged by halves.
 *
 * How sure a run is, and how sure it may be.
 */
typedef struct
{
  gboolean has_probabilities;
  double temperature;
  gboolean is_of_rows;
  UtTemperatureKind kind;
  double fitted;
  gboolean has_after;
  UtReliability before;
  UtReliability after;
  UtHeldOut held_out;
} UtSureFigures;

/**
 * UtSureReport:
 *
 * How sure several runs are of their answers on the same rows. Immutable; made on a worker.
 */
typedef struct UtSureReport UtSureReport;

/**
 * ut_sure_report_new:
 * @answers: (element-type UtAnswers): of runs on the same rows, at least one.
 * @files: (element-type GFile): of their models; %NULL of one that cannot have a temperature.
 * @cancellable: polled between runs.
 * @error: cancelled. A model that cannot be read only has no temperature.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the report.
 */
UtSureReport        *ut_sure_report_new         (GPtrArray            *answers,
                                                 GPtrArray            *files,
                                                 GCancellable         *cancellable,
                                                 GError              **error);
void                 ut_sure_report_free        (UtSureReport         *self);

guint                ut_sure_report_get_n_runs  (const UtSureReport   *self);
/** ut_sure_report_get_figures: (transfer none): of the run in place @run. */
const UtSureFigures *ut_sure_report_get_figures (const UtSureReport   *self,
                                                 guint                 run);

/** ut_sure_dup_verdict: (transfer full): how sure the run called @name is, as it was trained, in
 * words. */
char                *ut_sure_dup_verdict        (const UtSureFigures  *figures,
                                                 const char           *name);
/** ut_sure_dup_effect: (transfer full): what a temperature does, or would do, and how well that is
 * known; or why there is none. */
char                *ut_sure_dup_effect         (const UtSureFigures  *figures);
/** ut_sure_dup_temperature: (transfer full): a temperature as it is written: "T = 1.81". */
char                *ut_sure_dup_temperature    (double                temperature);

/**
 * ut_sure_report_fill_runs:
 * @self: the report.
 * @table: receives a row for each run.
 * @runs: (array): those.
 * @current: (nullable): the one that stands out.
 */
void                 ut_sure_report_fill_runs   (const UtSureReport   *self,
                                                 UtTextTable          *table,
                                                 UtRun * const        *runs,
                                                 UtRun                *current);
/** ut_sure_fill_bins: @table receives a row for each bin that has rows. */
void                 ut_sure_fill_bins          (const UtSureFigures  *figures,
                                                 UtTextTable          *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtSureReport, ut_sure_report_free)

G_END_DECLS
