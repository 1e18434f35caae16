/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-decimate.h"
#include "ut-spread.h"

G_BEGIN_DECLS

/** ut_band_half: half of the band around @mean: its interval, or its standard deviation. */
double ut_band_half (const UtSpread           *mean,
                     gboolean                  interval);

/**
 * ut_band_fold:
 * @self: receives, in each column, the mean of the smoothed values as smooth, and the band around
 *   it as low and high.
 * @members: (array length=n_members): of the same columns.
 *
 * Several lines become one. Where a line has no point in a column it is taken as straight between
 * those it has; the mean is of the lines that got so far. Pure; any thread.
 */
void   ut_band_fold (UtDecimator              *self,
                     const UtDecimator *const *members,
                     gsize                     n_members,
                     gboolean                  interval);

G_END_DECLS
