/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run.h"

#include <json-glib/json-glib.h>

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
 * @from_best: whether it is to go on from its best epoch, not from where it ended.
 * @notices: (owned) (nullable): sentences a person should know.
 * @reproduces: (owned) (nullable): id of the run that it trains again.
 * @reproduction: (owned) (nullable): what came of that.
 * @tags: (owned) (nullable): words a person put on it.
 * @note: (owned) (nullable): what a person wrote about it.
 * @version: (owned) (nullable): of the program that trained it.
 * @train_rows: of its data, 0 where they were not read yet.
 * @dev_rows: likewise.
 * @train_hash: (owned) (nullable): content hash of the training rows.
 * @dev_hash: (owned) (nullable): content hash of the development rows.
 * @vectors_hash: (owned) (nullable): content hash of the word vectors' file.
 * @n_weights: numbers of its model, 0 where unknown.
 * @majority: share of the commoner development label, NaN where unknown.
 * @majority_label: that label.
 * @members: (owned) (nullable) (element-type UtMember): of an ensemble, else NULL.
 * @evaluation: of an ensemble; without examples where it was not checked.
 * @test: on the test rows of its data; without examples where it was not tested.
 * @tested: when that was, microseconds since 1970.
 * @trashed: when it was deleted, microseconds since 1970; 0 where it was not. This and what follows
 *   has places of its own, beside the record's text.
 * @is_damaged: whether it, or a part of it, could not be read.
 * @is_elsewhere: whether another program that lives trains it.
 * @change: a number that rises with each change.
 * @last_step: of its points, 0 where there are none.
 * @last_epoch: of its last point.
 * @points: (owned) (nullable) (element-type UtPoint): where they were read.
 * @n_looks: how many looks there are.
 * @looks: (owned) (nullable) (element-type UtProbeLook): they, where they were read with the points.
 * @epochs: (owned) (nullable) (element-type UtEpoch): in order.
 *
 * A run as the store keeps it. Plain memory and counted values: any thread.
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
  gboolean from_best;
  char *notices;
  guint64 n_weights;
  double majority;
  guint8 majority_label;
  char *reproduces;
  char *reproduction;
  char **tags;
  char *note;
  char *version;
  gsize train_rows;
  gsize dev_rows;
  char *train_hash;
  char *dev_hash;
  char *vectors_hash;
  GPtrArray *members;
  UtEvaluation evaluation;
  UtEvaluation test;
  gint64 tested;
  gint64 trashed;
  gboolean is_damaged;
  gboolean is_elsewhere;
  gint64 change;
  guint64 last_step;
  guint last_epoch;
  guint n_looks;
  GPtrArray *looks;
  GArray *points;
  GArray *epochs;
} UtRunRecord;

void         _ut_run_record_free    (UtRunRecord   *self);

/** UT_RUN_RECORD_MAX_LENGTH: longest text of a record, in bytes. */
#define UT_RUN_RECORD_MAX_LENGTH (1u << 20)
/** UT_RUN_RECORD_MAX_VALUES: most values of that text, as _ut_json_parse() counts them. */
#define UT_RUN_RECORD_MAX_VALUES 4096

/** _ut_run_record_new: (transfer full): a record without points that says nothing but the
 * defaults, named after its @id. */
UtRunRecord *_ut_run_record_new     (const char    *id,
                                     gboolean       is_ensemble);
/** _ut_run_record_to_text: (transfer full): all that it says, as a JSON object in a line. */
char        *_ut_run_record_to_text (UtRunRecord   *self);
/** _ut_run_record_fill: takes over what such an object says; @error is a sentence without a file's
 * name. */
gboolean     _ut_run_record_fill    (UtRunRecord   *self,
                                     JsonNode      *root,
                                     GError       **error);

/** _ut_run_record_dup: (transfer full): all that it says, without points and epochs. */
UtRunRecord *_ut_run_record_dup     (UtRunRecord   *self);

/** _ut_run_record_mark_interrupted: of a run that was under way, and is not any more. */
void         _ut_run_record_mark_interrupted (UtRunRecord *self);
/** _ut_run_record_mark_damaged: of one that cannot be read: it is a failed one that says why. */
void         _ut_run_record_mark_damaged (UtRunRecord *self,
                                     const char    *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRunRecord, _ut_run_record_free)

G_END_DECLS
