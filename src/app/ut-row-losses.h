/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

G_BEGIN_DECLS

/**
 * UtRowLosses:
 *
 * The loss of each row of some data by the session's current run, worked out on a worker whenever the
 * run or the data change. A run without a model has none, nor one that trains, which needs the
 * processors, nor one as the notebook's code runs, whose answers depend on a row's neighbours. Main
 * thread.
 *
 * Signal ::changed when there are other losses, or none any more.
 */
#define UT_TYPE_ROW_LOSSES (ut_row_losses_get_type ())
G_DECLARE_FINAL_TYPE (UtRowLosses, ut_row_losses, UT, ROW_LOSSES, GObject)

/** ut_row_losses_new: (transfer full): of no data. */
UtRowLosses *ut_row_losses_new      (UtSession   *session);

/** ut_row_losses_set_data: whose rows; %NULL for none. Losses of other data are gone at once. */
void         ut_row_losses_set_data (UtRowLosses *self,
                                     UtDataset   *dataset);

/** ut_row_losses_get: (transfer none) (nullable): a float for each row. */
GBytes      *ut_row_losses_get      (UtRowLosses *self);

/** ut_row_losses_get_run: (transfer none) (nullable): the name of the run whose they are. */
const char  *ut_row_losses_get_run  (UtRowLosses *self);

G_END_DECLS
