/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-estimate.h"

#include "ut-checker-private.h"
#include "ut-config-private.h"
#include "ut-memory-private.h"

#include <math.h>

/* Weights as stored and as they stand, gradient, two moments, the best epoch's copy and a
   snapshot; besides the epochs that are averaged. */
#define COPIES_OF_WEIGHTS 7

/* All weights but the vectors are packed twice for each thread, and have a gradient for each
   shard. */
static guint64
get_dense_bytes (const UtNnShape *shape,
                 guint64          n_parameters,
                 gsize            batch,
                 guint            n_threads)
{
  guint64 n_vectors = shape->vocabulary + shape->n_subwords + shape->n_bigrams;
  guint64 n_dense = n_parameters - n_vectors * shape->embedding;
  guint64 n_shards = MIN (1 + (batch - 1) / UT_NN_SHARD_SENTENCES, UT_NN_MAX_SHARDS);

  if ((shape->faults & UT_NN_FAULT_STATE) != 0)
    n_shards = 1;
  return _ut_bytes_multiply (n_dense, (2 * n_threads + n_shards) * sizeof (float));
}

/* The history of the learning rate as it grows, and as it is written into the state. */
static guint64
get_rates_bytes (const UtConfig *config,
                 double          n_steps)
{
  UtScheduleKind kind = (UtScheduleKind) ut_config_get_int (config, UT_SETTING_SCHEDULE);
  gboolean falls = kind == UT_SCHEDULE_LINEAR || kind == UT_SCHEDULE_COSINE;
  double share = falls ? 1 : ut_config_get_number (config, UT_SETTING_WARM_UP);

  return _ut_bytes_multiply ((guint64) (share * n_steps),
                             2 * sizeof (UtNnRate) + 3 * sizeof (float));
}

void
ut_config_estimate (const UtConfig *config,
                    const UtCorpus *corpus,
                    double          steps_per_second,
                    UtEstimate     *estimate)
{
  g_return_if_fail (config != NULL);
  g_return_if_fail (corpus != NULL);
  g_return_if_fail (estimate != NULL);

  UtDataset *train = ut_corpus_get_train (corpus);
  UtNnShape shape =
    _ut_config_get_shape (config, ut_vocabulary_get_size (ut_corpus_get_vocabulary (corpus)));
  const UtNnTrainerOptions options = _ut_config_get_options (config);
  gsize n_rows = ut_dataset_get_n_rows (train);
  gsize batch = (gsize) ut_config_get_int (config, UT_SETTING_BATCH_SIZE);
  guint eval_batch = (guint) ut_config_get_int (config, UT_SETTING_EVAL_BATCH_SIZE);
  guint n_threads = (guint) ut_config_get_int (config, UT_SETTING_THREADS);
  double n_epochs = ut_config_get_number (config, UT_SETTING_EPOCHS);
  double n_steps = ceil ((double) n_rows / (double) batch) * n_epochs;
  guint64 training = ut_nn_shape_count_workspace (&shape, &options, MIN (batch, n_rows),
                                                  ut_dataset_get_max_length (train));
  guint64 checking = _ut_checker_bytes (&shape, ut_corpus_get_dev (corpus), eval_batch);

  if (n_threads == 0)
    n_threads = (guint) ut_nn_count_cores ();

  guint64 n_parameters = ut_nn_shape_count_parameters (&shape);
  guint n_averaged = _ut_config_get_n_averaged (config);
  guint n_copies = COPIES_OF_WEIGHTS + (n_averaged > 1 ? n_averaged : 0);
  guint64 weights = _ut_bytes_multiply (n_parameters, n_copies * sizeof (float));
  guint64 dense = get_dense_bytes (&shape, n_parameters, MIN (batch, n_rows), n_threads);

  estimate->n_parameters = n_parameters;
  estimate->bytes = _ut_bytes_add (_ut_bytes_add (weights, dense),
                                   _ut_bytes_add (training, checking));
  estimate->bytes = _ut_bytes_add (estimate->bytes, get_rates_bytes (config, n_steps));
  estimate->seconds = n_steps / steps_per_second;
}
