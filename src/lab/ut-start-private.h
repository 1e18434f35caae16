/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Going on from a training state: whether that may be, and how. Nothing here changes a file.
 */
#pragma once

#include "ut-state-private.h"

G_BEGIN_DECLS

/** _ut_start_load: (transfer full) (nullable): reads the state in @file, from which a training with
 * @config may go on; otherwise @error names the setting that differs. */
UtState *_ut_start_load          (GFile           *file,
                                  const UtConfig  *config,
                                  GCancellable    *cancellable,
                                  GError         **error);

/** _ut_start_restore: has @engine, newly prepared, go on from @state; @error names the data that
 * differ. */
gboolean _ut_start_restore       (const UtState   *state,
                                  UtEngine        *engine,
                                  GError         **error);

/** _ut_start_read_best: (transfer full) (nullable): reads the model of the best epoch so far, which
 * is another one than @state is of, from @file (nullable), without what it may have been calibrated
 * to; @is_as_saved (out) is whether it was not. */
UtModel *_ut_start_read_best     (const UtState   *state,
                                  GFile           *file,
                                  gboolean        *is_as_saved,
                                  GError         **error);

/** _ut_start_has_other_model: whether @file (nullable) has the model of another epoch than the best one
 * of @state: that of a better one, after which no state could be written any more. */
gboolean _ut_start_has_other_model (const UtState  *state,
                                  GFile           *file);
/** _ut_start_load_best: (transfer full) (nullable): the state of the best epoch, which lies beside
 * @start, the file of @state. */
UtState *_ut_start_load_best     (const UtState   *state,
                                  GFile           *start,
                                  GCancellable    *cancellable,
                                  GError         **error);

/** _ut_start_make_progress: gives @progress, as a training with @config and @n_steps has it that
 * goes on from @state; @notice receives, (transfer full) (nullable), what a person should know. */
void     _ut_start_make_progress (const UtState   *state,
                                  const UtConfig  *config,
                                  guint64          n_steps,
                                  UtProgress      *progress,
                                  char           **notice);

G_END_DECLS
