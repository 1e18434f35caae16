/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run.h"

G_BEGIN_DECLS

/**
 * UtRunRecord:
 * @id: (owned): name of the run's folder.
 * @name: (owned): as the person calls it.
 * @config: (owned): what was trained.
 * @created: microseconds since 1970; orders the runs.
 * @style: colour and dash.
 * @shown: whether it is drawn in all plots.
 * @state: how it ended.
 * @failure: (owned) (nullable): why it failed.
 * @notices: (owned) (nullable): sentences a person should know.
 * @majority: share of the commoner development label, NaN where unknown.
 * @majority_label: that label.
 * @members: (owned) (nullable) (element-type UtMember): of an ensemble, else NULL.
 * @evaluation: of an ensemble; without examples where it was not checked.
 * @test: on the test rows of its data; without examples where it was not tested.
 * @tested: when that was, microseconds since 1970.
 * @points: (owned) (nullable) (element-type UtPoint): of its log; not written.
 * @epochs: (owned) (nullable) (element-type UtEpoch): likewise.
 *
 * A run as its folder keeps it. Plain memory and counted values: any thread.
 */
typedef struct
{
  char *id;
  char *name;
  UtConfig *config;
  gint64 created;
  guint style;
  gboolean shown;
  UtRunState state;
  char *failure;
  char *notices;
  double majority;
  guint8 majority_label;
  GPtrArray *members;
  UtEvaluation evaluation;
  UtEvaluation test;
  gint64 tested;
  GArray *points;
  GArray *epochs;
} UtRunRecord;

void         _ut_run_record_free    (UtRunRecord   *self);

/** _ut_run_record_get_file_name: what the file in its folder is called. */
const char  *_ut_run_record_get_file_name (const UtRunRecord *self);
/** _ut_run_record_to_text: (transfer full): what that file holds. */
char        *_ut_run_record_to_text (UtRunRecord   *self);

/**
 * _ut_run_record_read:
 * @folder: a run's folder.
 * @cancellable: (nullable): to give up.
 *
 * A damaged folder gives a failed run that says why; a run that was under way is interrupted.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the record; NULL only when cancelled.
 */
UtRunRecord *_ut_run_record_read    (GFile         *folder,
                                     GCancellable  *cancellable);

/* Files of a run's folder */
#define UT_RUN_CONFIG_NAME "config.json"
#define UT_RUN_ENSEMBLE_NAME "ensemble.json" /* in place of it */
#define UT_RUN_LOG_NAME "log.jsonl"
#define UT_RUN_MODEL_NAME "model.safetensors"
#define UT_RUN_STATE_NAME "state.safetensors"
#define UT_RUN_MAP_NAME "map.safetensors"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRunRecord, _ut_run_record_free)

G_END_DECLS
