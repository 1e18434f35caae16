/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-engine-private.h"
#include "ut-progress-private.h"

G_BEGIN_DECLS

/**
 * _ut_state_save:
 * @file: the state file of the run.
 * @engine: what is trained.
 * @progress: where it stands.
 * @previous_is_best: whether @file now holds the best epoch's state.
 * @error: names the file.
 *
 * Keeps the training state of the last and of the best epoch, in two files where they differ: a
 * state that is the best one steps aside, to the file's name with ".best" behind it, for a later
 * one. Equal trainings give equal states but for the text of %UT_METADATA_TIMES.
 */
gboolean _ut_state_save (GFile             *file,
                         const UtEngine    *engine,
                         const UtProgress  *progress,
                         gboolean           previous_is_best,
                         GError           **error);

/** _ut_state_dup_best_file: (transfer full) (nullable): where the state of the best epoch stays while
 * later ones are written to @file. */
GFile     *_ut_state_dup_best_file (GFile           *file);
/** _ut_state_remove: takes both files of an earlier training away, if there are any. */
gboolean _ut_state_remove (GFile             *file,
                           GError           **error);

/**
 * UtState:
 * @name: (owned): of its file.
 * @config: (owned): of its training, without files.
 * @facts: (owned): of its data.
 * @progress: where it stands.
 * @weights: (owned): as the trainer stored them.
 * @moments: (owned): Adam's, by #UtNnMoment, as models of the same shape.
 * @averaged: (owned) (array length=n_averaged): the epochs that are averaged, oldest first.
 * @n_averaged: how many.
 * @last_steps: (owned) (V): of the words' rows.
 * @further_steps: (owned) (nullable): of the rows of the second table, where there is one.
 * @rates: (owned) (array length=n_rates): the history of the learning rate.
 * @n_rates: how many.
 * @dynamics: (owned) (train_rows, %UT_DYNAMICS_COLUMNS): how the rows were taken.
 *
 * A training state that was read: all that a training needs to go on with the same bits.
 */
typedef struct
{
  char *name;
  UtConfig *config;
  UtDataFacts facts;
  UtProgress progress;
  UtNnModel *weights;
  UtNnModel *moments[2];
  UtNnModel **averaged;
  guint n_averaged;
  guint64 *last_steps;
  guint64 *further_steps;
  UtNnRate *rates;
  gsize n_rates;
  float *dynamics;
} UtState;

/** _ut_state_load: (transfer full) (nullable): reads a state, trusting nothing; @error names the
 * file. Blocks; any thread. */
UtState *_ut_state_load        (GFile         *file,
                                GCancellable  *cancellable,
                                GError       **error);
/** _ut_state_load_stream: likewise, of @size bytes of @stream, called @name in messages. */
UtState *_ut_state_load_stream (const char    *name,
                                GInputStream  *stream,
                                guint64        size,
                                GCancellable  *cancellable,
                                GError       **error);
void     _ut_state_free        (UtState       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtState, _ut_state_free)

G_END_DECLS
