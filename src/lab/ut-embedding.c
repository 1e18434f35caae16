/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-embedding-private.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Mean and deviation of the entries of GloVe's vectors of 50 numbers. */
#define GLOVE_MEAN 0.0165
#define GLOVE_DEVIATION 0.6834

void
_ut_embedding_fill (UtNnModel       *model,
                    const UtVectors *vectors,
                    guint64          seed)
{
  const UtNnTensor *tensor = ut_nn_model_find_tensor (model, "embedding.weight");
  float *rows = ut_nn_model_get_data (model, tensor);
  gsize n_words = tensor->dims[0];
  gsize dimension = tensor->dims[1];
  double mean = vectors != NULL ? ut_vectors_get_mean (vectors) : GLOVE_MEAN;
  double deviation = vectors != NULL ? ut_vectors_get_deviation (vectors) : GLOVE_DEVIATION;
  UtNnRandom random = { seed, UT_NN_STREAM_EMBEDDING };

  memset (rows + UT_NN_PAD * dimension, 0, dimension * sizeof *rows);
  for (gsize id = UT_NN_PAD + 1; id < n_words; id++)
    {
      const float *vector = vectors != NULL ? ut_vectors_lookup (vectors, (guint) id) : NULL;
      float *row = rows + id * dimension;

      if (vector != NULL)
        {
          memcpy (row, vector, dimension * sizeof *row);
          continue;
        }
      for (gsize i = 0; i < dimension; i++)
        {
          double value = mean + deviation * ut_nn_random_normal (random, id * dimension + i);

          /* The deviation may be that of absurd vectors. */
          row[i] = (float) CLAMP (value, -FLT_MAX, FLT_MAX);
        }
    }
}

char *
_ut_embedding_coverage (const UtVectors    *vectors,
                        UtDataset          *train,
                        const UtVocabulary *vocabulary)
{
  g_autofree guint32 *ids = ut_dataset_encode (train, vocabulary, NULL);
  gsize n_tokens = ut_dataset_get_n_tokens (train);
  guint n_words = ut_vocabulary_get_size (vocabulary) - (UT_VOCABULARY_UNKNOWN + 1);
  gsize n_covered = 0;

  for (gsize i = 0; i < n_tokens; i++)
    n_covered += ut_vectors_lookup (vectors, ids[i]) != NULL;

  /* Translators: first two numbers of words, then a share in percent. */
  return g_strdup_printf (ngettext ("%'u of %'u word has a vector, %.1f %% of tokens.",
                                    "%'u of %'u words have a vector, %.1f %% of tokens.", n_words),
                          ut_vectors_get_n_found (vectors), n_words,
                          100.0 * (double) n_covered / (double) n_tokens);
}
