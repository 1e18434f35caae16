/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-map.h"

#include <ut-nn.h>

G_BEGIN_DECLS

/**
 * UtDynamics:
 *
 * Follows how a training takes its rows, epoch by epoch; only whole epochs count. It gets what each
 * step computes anyway, the model being the one of before that step, with what the step drops, as
 * Swayamdipta et al. 2020 have it. One thread at a time.
 */
typedef struct UtDynamics UtDynamics;

/** _ut_dynamics_new: (transfer full): of @train. */
UtDynamics *_ut_dynamics_new          (UtDataset          *train);
void        _ut_dynamics_free         (UtDynamics         *self);

/** _ut_dynamics_begin_epoch: what was added since the last whole epoch is forgotten. */
void        _ut_dynamics_begin_epoch  (UtDynamics         *self);

/**
 * _ut_dynamics_add:
 * @self: the dynamics.
 * @rows: (array length=n_rows): of the data set, none of which was in the epoch before.
 * @outcomes: (array length=n_rows): theirs.
 * @n_rows: how many.
 *
 * Allocates nothing, and does no more than to store them.
 */
void        _ut_dynamics_add          (UtDynamics         *self,
                                       const guint32      *rows,
                                       const UtNnOutcome  *outcomes,
                                       gsize               n_rows);

/** _ut_dynamics_end_epoch: once all rows were added. */
void        _ut_dynamics_end_epoch    (UtDynamics         *self);

/** _ut_dynamics_make_map: (transfer full) (nullable): of the whole epochs; NULL without one. */
UtDataMap  *_ut_dynamics_make_map     (const UtDynamics   *self);

/** UT_DYNAMICS_COLUMNS: what _ut_dynamics_write() gives of a row. */
#define UT_DYNAMICS_COLUMNS 6

/** _ut_dynamics_write: writes all it knows into @numbers, (n_rows, %UT_DYNAMICS_COLUMNS), each of
 * them finite. */
void        _ut_dynamics_write        (const UtDynamics   *self,
                                       float              *numbers);
/** _ut_dynamics_check: whether @numbers could be those of @n_rows rows after @n_epochs whole
 * epochs. */
gboolean    _ut_dynamics_check        (const float        *numbers,
                                       gsize               n_rows,
                                       guint               n_epochs);
/** _ut_dynamics_restore: goes on from @numbers, which were checked. */
void        _ut_dynamics_restore      (UtDynamics         *self,
                                       const float        *numbers,
                                       guint               n_epochs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDynamics, _ut_dynamics_free)

G_END_DECLS
