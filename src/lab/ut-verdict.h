/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-metrics.h"

G_BEGIN_DECLS

/**
 * ut_verdict_new:
 * @epochs: (array length=n_epochs): so far.
 * @n_epochs: how many.
 * @majority: share of the commoner label among the development rows, NaN where unknown.
 * @majority_label: that label, 0 or 1.
 * @ended: whether no epoch will follow.
 * @as_coded: whether it runs as the notebook's code does.
 *
 * Says in words what an expert would see in the curves: whether it learns, learns by heart, could
 * go on, or does worse than always giving the commoner answer.
 *
 * Returns: (transfer full): one or two translated sentences; "" where nothing can be said yet.
 */
char *ut_verdict_new (const UtEpoch *epochs,
                      gsize          n_epochs,
                      double         majority,
                      guint8         majority_label,
                      gboolean       ended,
                      gboolean       as_coded);

/** ut_verdict_dup_majority: (transfer full): what a line at @majority, the share of the commoner label,
 * is called. */
char *ut_verdict_dup_majority (double majority);

G_END_DECLS
