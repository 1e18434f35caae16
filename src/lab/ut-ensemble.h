/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-store.h"

G_BEGIN_DECLS

/**
 * ut_ensemble_can_join: whether @run and @other, which may be the same, can be in one ensemble: each
 * has ended with a model of its own, and both were validated on the same rows.
 */
gboolean   ut_ensemble_can_join   (UtRun      *run,
                                   UtRun      *other);

/**
 * ut_ensemble_list_shown: (transfer full) (element-type UtRun): the shown runs of @store of
 * which an ensemble can be made, newest first; none where they were validated on different rows, or
 * are too many.
 */
GPtrArray *ut_ensemble_list_shown (UtRunStore *store);

G_END_DECLS
