/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-metrics.h"

G_BEGIN_DECLS

/** _ut_epoch_is_better: whether @epoch, which came later, takes the place of @best. */
gboolean _ut_epoch_is_better (const UtEpoch *epoch,
                              const UtEpoch *best);

G_END_DECLS
