/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliReport:
 *
 * What a training says: for people a table with a line each epoch and a progress bar, or the events
 * of the log as JSON.
 */
typedef struct UtCliReport UtCliReport;

/**
 * ut_cli_report_new:
 * @output: where it is said.
 * @config: what is trained.
 * @name: (nullable): what the person calls the run.
 * @json: whether the events are written instead of the table.
 *
 * Returns: (transfer full): a report that has said nothing yet.
 */
UtCliReport *ut_cli_report_new    (UtCliOutput            *output,
                                   UtConfig               *config,
                                   const char             *name,
                                   gboolean                json);
void         ut_cli_report_free   (UtCliReport            *self);

/** ut_cli_report_update: says what is new; @corpus is NULL until it is read. */
void         ut_cli_report_update (UtCliReport            *self,
                                   const UtTrainerUpdate  *update,
                                   UtCorpus               *corpus);

/** ut_cli_report_stopping: says that a stop was asked for and how to be quicker. */
void         ut_cli_report_stopping (UtCliReport          *self);

/**
 * ut_cli_report_end:
 * @self: the report.
 * @result: how it ended.
 * @model_path: (nullable): where the model was to be written.
 *
 * Says how it ended; what failed is said on standard error.
 */
void         ut_cli_report_end    (UtCliReport            *self,
                                   const UtTrainingResult *result,
                                   const char             *model_path);

/** ut_cli_report_fail: says what ended a run of which there is no result. */
void         ut_cli_report_fail   (UtCliReport            *self,
                                   const GError           *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliReport, ut_cli_report_free)

G_END_DECLS
