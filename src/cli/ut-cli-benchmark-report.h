/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliBenchmarkReport:
 *
 * What a benchmark says: for people tables that grow and a progress bar, or at the end one JSON
 * object.
 */
typedef struct UtCliBenchmarkReport UtCliBenchmarkReport;

/** ut_cli_benchmark_report_new: (transfer full): a report on @output that has said nothing yet. */
UtCliBenchmarkReport *ut_cli_benchmark_report_new    (UtCliOutput          *output,
                                                      gboolean              json);
void                  ut_cli_benchmark_report_free   (UtCliBenchmarkReport *self);

/** ut_cli_benchmark_report_update: says what is new. */
void                  ut_cli_benchmark_report_update (UtCliBenchmarkReport *self,
                                                      const UtBenchmark    *benchmark);

/** ut_cli_benchmark_report_end: what is said at the end; @benchmark is NULL where it failed. */
void                  ut_cli_benchmark_report_end    (UtCliBenchmarkReport *self,
                                                      const UtBenchmark    *benchmark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliBenchmarkReport, ut_cli_benchmark_report_free)

G_END_DECLS
