/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-estimate-private.h"

#include "ut-checker-private.h"
#include "ut-config-private.h"
#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <unistd.h>

/* Weights as stored and as they stand, gradient, two moments, the best epoch's copy and a
   snapshot. */
#define COPIES_OF_WEIGHTS 7

static guint64
multiply (guint64 a,
          guint64 b)
{
  guint64 product;

  return g_uint64_checked_mul (&product, a, b) ? product : G_MAXUINT64;
}

static guint64
add (guint64 a,
     guint64 b)
{
  guint64 sum;

  return g_uint64_checked_add (&sum, a, b) ? sum : G_MAXUINT64;
}

guint64
_ut_workspace_bytes (const UtNnShape *shape,
                     gsize            max_sentences,
                     gsize            max_length,
                     gboolean         training)
{
  static const guint gates[] = {
    [UT_NN_CELL_RNN] = 1,
    [UT_NN_CELL_LSTM] = 4,
    [UT_NN_CELL_GRU] = 3,
  };

  /* Of each token its vector, its gates and its states, and for training their gradients. */
  guint64 numbers = shape->embedding + (gates[shape->cell] + 2) * shape->hidden;

  if (training)
    numbers *= 2;

  return multiply (multiply (max_sentences, max_length), numbers * sizeof (float));
}

/* All weights but the embedding's are packed twice for each thread, and have a gradient for each
   shard. */
static guint64
get_dense_bytes (const UtNnShape *shape,
                 guint64          n_parameters,
                 gsize            batch,
                 guint            n_threads)
{
  guint64 n_dense = n_parameters - shape->vocabulary * shape->embedding;
  guint64 n_shards = MIN (1 + (batch - 1) / UT_NN_SHARD_SENTENCES, UT_NN_MAX_SHARDS);

  return multiply (n_dense, (2 * n_threads + n_shards) * sizeof (float));
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
  gsize n_rows = ut_dataset_get_n_rows (train);
  gsize batch = (gsize) ut_config_get_int (config, UT_SETTING_BATCH_SIZE);
  guint eval_batch = (guint) ut_config_get_int (config, UT_SETTING_EVAL_BATCH_SIZE);
  guint n_threads = (guint) ut_config_get_int (config, UT_SETTING_THREADS);
  double n_epochs = ut_config_get_number (config, UT_SETTING_EPOCHS);
  double n_steps = ceil ((double) n_rows / (double) batch) * n_epochs;
  guint64 training = _ut_workspace_bytes (&shape, MIN (batch, n_rows),
                                          ut_dataset_get_max_length (train), TRUE);

  if (n_threads == 0)
    n_threads = (guint) ut_nn_count_cores ();

  guint64 checking = _ut_checker_bytes (&shape, ut_corpus_get_dev (corpus), eval_batch);

  estimate->n_parameters = ut_nn_shape_count_parameters (&shape);
  estimate->bytes = multiply (estimate->n_parameters, COPIES_OF_WEIGHTS * sizeof (float));
  estimate->bytes = add (add (estimate->bytes, training), checking);
  estimate->bytes = add (estimate->bytes, get_dense_bytes (&shape, estimate->n_parameters,
                                                           MIN (batch, n_rows), n_threads));
  estimate->seconds = n_steps / steps_per_second;
}

void
_ut_memory_set_error (guint64   bytes,
                      GError  **error)
{
  g_autofree char *size = g_format_size (bytes);

  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY,
               _("Training needs %s of memory, more than this computer can give. A smaller hidden "
                 "size, embedding size or batch size needs less."), size);
}

gboolean
_ut_memory_check (guint64   bytes,
                  GError  **error)
{
  long pages = sysconf (_SC_PHYS_PAGES);
  long page_size = sysconf (_SC_PAGE_SIZE);

  /* The system promises memory that it does not have, and ends a program that takes it at its
     word. */
  if (pages > 0 && page_size > 0 && bytes > (guint64) pages * (guint64) page_size)
    {
      _ut_memory_set_error (bytes, error);
      return FALSE;
    }

  return TRUE;
}
