/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>
#include <ut-nn.h>

G_BEGIN_DECLS

/**
 * UtAverage:
 *
 * The mean of the last few models that were added (Polyak and Juditsky 1992, over a window). Equal
 * models give equal bits. One thread at a time.
 */
typedef struct UtAverage UtAverage;

/**
 * _ut_average_new:
 * @shape: of the models.
 * @max_models: how many the mean is of at most, at least 1.
 *
 * Returns: (transfer full) (nullable): an average of no models yet; NULL where there is no memory
 *   for them.
 */
UtAverage *_ut_average_new  (const UtNnShape *shape,
                             guint            max_models);
void       _ut_average_free (UtAverage       *self);

/** _ut_average_add: adds a copy of @model; the oldest one goes where there would be too many. */
void       _ut_average_add  (UtAverage       *self,
                             const UtNnModel *model);

/** _ut_average_clear: of no models any more. */
void       _ut_average_clear (UtAverage      *self);

/** _ut_average_get: writes the mean of the models, of which there is at least one, into @mean. */
void       _ut_average_get  (const UtAverage *self,
                             UtNnModel       *mean);

/** _ut_average_get_n_models: how many models the mean is of. */
guint      _ut_average_get_n_models (const UtAverage *self);
/** _ut_average_get_model: (transfer none): one of these, from 0, the oldest, on. */
const UtNnModel *_ut_average_get_model (const UtAverage *self,
                                        guint            index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtAverage, _ut_average_free)

G_END_DECLS
