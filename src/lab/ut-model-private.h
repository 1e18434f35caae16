/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/** _ut_model_load_stream: ut_model_load() of @size bytes of @stream, called @name in messages. */
UtModel *_ut_model_load_stream (const char    *name,
                                GInputStream  *stream,
                                guint64        size,
                                GCancellable  *cancellable,
                                GError       **error);

/** _ut_model_is_same: whether both have the same configuration, words, facts and weights, bit for
 * bit, whatever they are calibrated to. Neither is an ensemble. */
gboolean _ut_model_is_same     (const UtModel *a,
                                const UtModel *b);

/** _ut_model_check_probabilities: whether an ensemble, or an ordinary model of @config, has
 * probabilities that can be calibrated. */
gboolean _ut_model_check_probabilities (gboolean         is_ensemble,
                                        const UtConfig  *config,
                                        GError         **error);

/** _ut_subwords_get_view: @self as the engine reads it; valid as long as @self is. */
static inline UtNnSubwords
_ut_subwords_get_view (const UtSubwords *self)
{
  return (UtNnSubwords) {
    .offsets = ut_subwords_get_offsets (self),
    .rows = ut_subwords_get_buckets (self),
    .n_words = ut_subwords_get_n_words (self),
  };
}

G_END_DECLS
