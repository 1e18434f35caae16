/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-setting.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtBenchmarkPart:
 * @UT_BENCHMARK_LOADING: "loading": reading a data set and word vectors.
 * @UT_BENCHMARK_TRAINING: "training": steps of training.
 * @UT_BENCHMARK_BATCHES: "batches": the answers to many sentences, as a check of a data set.
 * @UT_BENCHMARK_SENTENCE: "sentence": one sentence of 30 words, from its text to the answer after
 *   each word.
 *
 * What can be measured, in the order in which it is.
 */
typedef enum
{
  UT_BENCHMARK_LOADING,
  UT_BENCHMARK_TRAINING,
  UT_BENCHMARK_BATCHES,
  UT_BENCHMARK_SENTENCE,
} UtBenchmarkPart;

#define UT_N_BENCHMARK_PARTS (UT_BENCHMARK_SENTENCE + 1)

/** ut_benchmark_part_get_nick: "loading", "training", "batches" or "sentence". */
const char *ut_benchmark_part_get_nick (UtBenchmarkPart part);

/**
 * UtBenchmarkPlan:
 * @parts: (element-type guint): parts to measure.
 * @cells: (element-type guint): cells, each with
 * @hidden: (element-type guint): each of these hidden sizes and
 * @embeddings: (element-type guint): each of these embedding sizes.
 * @batches: (element-type guint): batch sizes of the training.
 * @threads: (element-type guint): numbers of threads; 0 is one for each core.
 * @data: (nullable): labelled sentences in SST-2's form; NULL draws a file of @n_sentences like
 *   SST-2.
 * @vectors: (nullable): word vectors; NULL draws a file of @n_vectors.
 * @n_sentences: at least one.
 * @n_vectors: at least one.
 * @sgemm_size: rows and columns of the matrices whose product is the machine's rate.
 * @seconds: of each measurement: half of them go by before its clock starts.
 *
 * What is measured. The number lists hold at least one number each.
 */
typedef struct
{
  GArray *parts;
  GArray *cells;
  GArray *hidden;
  GArray *embeddings;
  GArray *batches;
  GArray *threads;
  GFile *data;
  GFile *vectors;
  gsize n_sentences;
  gsize n_vectors;
  gsize sgemm_size;
  double seconds;
} UtBenchmarkPlan;

/**
 * UtBenchmarkLoad:
 * @vectors: whether these are the word vectors, not the data set.
 * @rows: sentences, or words with a vector.
 * @bytes: of the file.
 * @seconds: from the file to token ids, or to vectors: the median of some.
 *
 * How long a file took to read.
 */
typedef struct
{
  gboolean vectors;
  gsize rows;
  guint64 bytes;
  double seconds;
} UtBenchmarkLoad;

/**
 * UtBenchmarkRate:
 * @part: which part.
 * @cell: the cell.
 * @hidden: its hidden size.
 * @embedding: its embedding size.
 * @batch: sentences in a batch.
 * @threads: how many threads worked.
 * @rate: steps (of the training) or sentences a second.
 * @tokens: tokens a second.
 * @gflops: useful work: 10⁹ operations a second of ut_nn_shape_count_operations(), without padding;
 *   three times as many for training.
 * @sgemm: 10⁹ operations a second of one thread's SGEMM, measured in turn with this.
 * @share: @gflops as a share of what @threads threads would do at the rate of @sgemm.
 * @gain: how many times the tokens of the plan's first number of threads.
 *
 * One measurement. All figures are medians of rounds, in each of which SGEMM and every number of
 * threads had its turn; shares and gains are medians of the rounds' own.
 */
typedef struct
{
  UtBenchmarkPart part;
  UtCellKind cell;
  guint hidden;
  guint embedding;
  guint batch;
  guint threads;
  double rate;
  double tokens;
  double gflops;
  double sgemm;
  double share;
  double gain;
} UtBenchmarkRate;

/**
 * UtBenchmark:
 * @cpu: (owned) (nullable): what the system calls the processor.
 * @cores: physical cores this process may use.
 * @kernels: (not owned): the engine's kernels in use.
 * @blas_kernels: (not owned): those of OpenBLAS.
 * @loads: (owned) (element-type UtBenchmarkLoad): what was read.
 * @rates: (owned) (element-type UtBenchmarkRate): what was measured, in the plan's order.
 * @underway: the part that is being measured; of one with a network @shape says which.
 * @shape: cell and sizes of the network that is being measured.
 * @fraction: 0 to 1, how much of the plan is done.
 *
 * The machine and the figures so far.
 */
typedef struct
{
  char *cpu;
  guint cores;
  const char *kernels;
  const char *blas_kernels;
  GArray *loads;
  GArray *rates;
  UtBenchmarkPart underway;
  UtBenchmarkRate shape;
  double fraction;
} UtBenchmark;

/**
 * UtBenchmarkProgress:
 * @benchmark: the figures so far.
 * @data: what the caller gave.
 *
 * Called about ten times a second, between steps, and after each measurement; what it does counts
 * as time of the measurement.
 */
typedef void (*UtBenchmarkProgress) (const UtBenchmark *benchmark,
                                     gpointer           data);

/**
 * ut_benchmark_run:
 * @plan: what to measure.
 * @progress: (nullable) (scope call): told how far it is, on this thread.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled between steps.
 * @error: cancelled, memory, or what was wrong with a file.
 *
 * Measures this machine. Files are drawn into a temporary folder that is gone afterwards. Blocks;
 * any thread.
 *
 * Returns: (transfer full) (nullable): the figures.
 */
UtBenchmark *ut_benchmark_run  (const UtBenchmarkPlan  *plan,
                                UtBenchmarkProgress     progress,
                                gpointer                progress_data,
                                GCancellable           *cancellable,
                                GError                **error);

void         ut_benchmark_free (UtBenchmark            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtBenchmark, ut_benchmark_free)

G_END_DECLS
