/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-calibration.h"
#include "ut-run-store.h"

G_BEGIN_DECLS

/*
 * Calibrating the runs of a store. The temperature goes into the file of the run's model and
 * nowhere else: it belongs to these weights. Whatever changes the weights takes it away: a
 * training that goes on leaves the file that it would have left if nobody had calibrated it, byte
 * for byte, and so does a run that is repeated. Main thread.
 */

/** ut_run_check_calibration: whether @self can be calibrated now; @error says why not: it trains or
 * waits, here or elsewhere, has answered nothing yet, was only opened, or has no probabilities. */
gboolean  ut_run_check_calibration      (UtRun                *self,
                                         GError              **error);

/** ut_run_dup_model_file: (transfer full) (nullable): the file of its model, there or not; %NULL
 * where it has none of its own. */
GFile    *ut_run_dup_model_file         (UtRun                *self);

/**
 * ut_run_store_calibrate_async:
 * @self: the store.
 * @run: one of its runs that ut_run_check_calibration() passes.
 * @cancellable: (nullable): to give up before anything is written.
 *
 * Finds the temperature of @run's model on its development rows, on a worker, and replaces the
 * file by that of a model that has it, unless they tell none. #UtRun::progressed tells of it.
 */
void      ut_run_store_calibrate_async  (UtRunStore           *self,
                                         UtRun                *run,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/** ut_run_store_uncalibrate_async: takes away what the model of @run was calibrated to. */
void      ut_run_store_uncalibrate_async (UtRunStore          *self,
                                         UtRun                *run,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * ut_run_store_calibrate_finish:
 * @self: the store.
 * @result: of either.
 * @calibrating: (out) (optional): what it came to; its hash is ut_run_get_development(). Not set
 *   where a temperature was taken away.
 * @error: why not; as ut_run_check_calibration(), or that rows or model cannot be read, that the
 *   file cannot be written, or that somebody else has changed the run meanwhile.
 *
 * Returns: whether it was done; also where the rows do not tell the temperature, as the kind says
 *   in @calibrating, so that nothing was written.
 */
gboolean  ut_run_store_calibrate_finish (UtRunStore           *self,
                                         GAsyncResult         *result,
                                         UtCalibrating        *calibrating,
                                         GError              **error);

G_END_DECLS
