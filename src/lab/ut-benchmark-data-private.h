/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtBenchmarkTick:
 * @data: what the caller gave.
 *
 * Called now and then.
 *
 * Returns: whether to go on.
 */
typedef gboolean (*UtBenchmarkTick) (gpointer data);

/**
 * _ut_benchmark_write_data:
 * @file: receives @n_sentences labelled sentences like those of SST-2: lengths that fall off
 *   geometrically, words by Zipf's law, labels without a meaning.
 * @n_sentences: how many.
 * @tick: asked whether to go on.
 * @tick_data: for @tick.
 * @error: what failed; not set where @tick said no.
 *
 * Returns: whether all was written.
 */
gboolean _ut_benchmark_write_data    (GFile            *file,
                                      gsize             n_sentences,
                                      UtBenchmarkTick   tick,
                                      gpointer          tick_data,
                                      GError          **error);

/**
 * _ut_benchmark_write_vectors: as _ut_benchmark_write_data(), with @n_words vectors of 50 numbers,
 * those of the commonest words first, in GloVe's form.
 */
gboolean _ut_benchmark_write_vectors (GFile            *file,
                                      gsize             n_words,
                                      UtBenchmarkTick   tick,
                                      gpointer          tick_data,
                                      GError          **error);

G_END_DECLS
