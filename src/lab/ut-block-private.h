/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-metrics.h"
#include "ut-probe.h"

G_BEGIN_DECLS

/*
 * What the store keeps of a run's course: blocks of points, epochs, answers and looks as little-endian
 * bytes, doubles with all their bits. Whoever reads one has checked its checksum; what it says is
 * bounded all the same. Any thread.
 */

/** UT_BLOCK_MAX_POINTS: most points of a block. */
#define UT_BLOCK_MAX_POINTS 2048

/** _ut_block_pack_points: (transfer full): @points, from 1 to %UT_BLOCK_MAX_POINTS, their columns
 * compressed. */
GBytes   *_ut_block_pack_points    (const UtPoint *points,
                                    gsize          n_points);
/** _ut_block_unpack_points: appends to @points (element-type UtPoint); FALSE, with nothing
 * appended, where @block is none of ours or its steps do not rise. */
gboolean  _ut_block_unpack_points  (GBytes        *block,
                                    GArray        *points);

/** _ut_block_pack_epoch: (transfer full). */
GBytes   *_ut_block_pack_epoch     (const UtEpoch *epoch);
gboolean  _ut_block_unpack_epoch   (GBytes        *block,
                                    UtEpoch       *epoch);

/** _ut_block_pack_answers: (transfer full): the logits of @n_rows rows, in single precision. */
GBytes   *_ut_block_pack_answers   (const float   *logits,
                                    gsize          n_rows);
/** _ut_block_unpack_answers: (transfer full) (array length=n_rows) (nullable): the logits. */
float    *_ut_block_unpack_answers (GBytes        *block,
                                    gsize         *n_rows);

/** UT_BLOCK_MAX_LOOKS: most looks of a block. */
#define UT_BLOCK_MAX_LOOKS 128

/** _ut_block_pack_looks: (transfer full): @looks, from 1 to %UT_BLOCK_MAX_LOOKS, all of the same
 * sentences. */
GBytes   *_ut_block_pack_looks     (UtProbeLook * const *looks,
                                    gsize                n_looks);
/** _ut_block_unpack_looks: appends to @looks (element-type UtProbeLook); FALSE, with nothing
 * appended, where @block is none of ours or its steps do not ascend. */
gboolean  _ut_block_unpack_looks   (GBytes              *block,
                                    GPtrArray           *looks);

G_END_DECLS
