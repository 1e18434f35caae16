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

/** ut_cli_report_update: says what is new; @corpus is NULL until it is read, and where others read
 * it. */
void         ut_cli_report_update (UtCliReport            *self,
                                   const UtTrainerUpdate  *update,
                                   UtCorpus               *corpus);

/**
 * ut_cli_report_set_past:
 * @self: the report.
 * @epochs: (array length=n_epochs): what the run did before, or what of it counts.
 * @n_epochs: how many.
 *
 * Takes the place of all epochs so far; nothing is said of them.
 */
void         ut_cli_report_set_past (UtCliReport          *self,
                                     const UtEpoch        *epochs,
                                     gsize                 n_epochs);

/** ut_cli_report_set_majority: share of the commoner development label, and which that is, where no
 * corpus says it. */
void         ut_cli_report_set_majority (UtCliReport      *self,
                                     double                majority,
                                     guint8                label);

/** ut_cli_report_stopping: says that a stop was asked for and how to be quicker. */
void         ut_cli_report_stopping (UtCliReport          *self);

/** ut_cli_report_end: says how it ended; what failed is said on standard error. */
void         ut_cli_report_end    (UtCliReport            *self,
                                   const UtTrainingResult *result);

/** ut_cli_report_written: says that the model is in @model_path, and what to do with it. */
void         ut_cli_report_written (UtCliReport           *self,
                                    const char            *model_path);

/** ut_cli_report_unwritten: says that the model is nowhere. */
void         ut_cli_report_unwritten (UtCliReport         *self);

/** ut_cli_report_kept: says that @run is in the store, and what to do with it. */
void         ut_cli_report_kept   (UtCliReport            *self,
                                   UtRun                  *run);

/** ut_cli_report_fail: says what ended a run of which there is no result. */
void         ut_cli_report_fail   (UtCliReport            *self,
                                   const GError           *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliReport, ut_cli_report_free)

G_END_DECLS
