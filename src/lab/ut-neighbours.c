/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-neighbours.h"

#include "ut-embedding-private.h"
#include "ut-lab-error.h"
#include "ut-memory-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <ut-nn.h>

typedef enum
{
  AFTER,
  BEFORE,
  N_TIMES,
} Time;

struct UtNeighbours
{
  gatomicrefcount ref_count;
  UtVocabulary *vocabulary; /* (owned) */
  gsize dimension;
  float *units[N_TIMES];    /* (owned) (nullable): (V, dimension) vectors of length 1, or 0 */
  char *reason;             /* (owned) (nullable) */
};

G_DEFINE_BOXED_TYPE (UtNeighbours, ut_neighbours, ut_neighbours_ref, ut_neighbours_unref)

UtNeighbours *
ut_neighbours_ref (UtNeighbours *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_neighbours_unref (UtNeighbours *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  ut_vocabulary_unref (self->vocabulary);
  for (Time time = 0; time < N_TIMES; time++)
    g_free (self->units[time]);
  g_free (self->reason);
  g_free (self);
}

/* Adds the mean of each word's n-grams to its own vector. */
static void
add_subwords (float           *units,
              gsize            n_words,
              gsize            dimension,
              UtSubwords      *subwords,
              const UtNnModel *weights)
{
  const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, "subword.weight");
  const float *rows = ut_nn_model_peek_data (weights, tensor);
  const gsize *offsets = ut_subwords_get_offsets (subwords);
  const guint32 *buckets = ut_subwords_get_buckets (subwords);

  for (gsize id = 0; id < n_words; id++)
    {
      float share = 1.0f / (float) MAX (offsets[id + 1] - offsets[id], 1);

      for (gsize k = offsets[id]; k < offsets[id + 1]; k++)
        {
          const float *row = rows + buckets[k] * dimension;

          for (gsize i = 0; i < dimension; i++)
            units[id * dimension + i] += share * row[i];
        }
    }
}

/* (transfer full): what the network reads of each word, brought to length 1. */
static float *
make_units (UtModel         *model,
            const UtNnModel *weights)
{
  const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, "embedding.weight");
  gsize n_words = tensor->dims[0];
  gsize dimension = tensor->dims[1];
  float *units = g_memdup2 (ut_nn_model_peek_data (weights, tensor),
                            tensor->size * sizeof (float));

  if (ut_model_get_subwords (model) != NULL)
    add_subwords (units, n_words, dimension, ut_model_get_subwords (model), weights);

  for (gsize id = 0; id < n_words; id++)
    {
      float *unit = units + id * dimension;
      double sum = 0;

      for (gsize i = 0; i < dimension; i++)
        sum += (double) unit[i] * unit[i];
      for (gsize i = 0; i < dimension; i++)
        unit[i] = sum > 0 && isfinite (sum) ? (float) (unit[i] / sqrt (sum)) : 0;
    }

  return units;
}

/* The vectors that the training began with; %NULL where it began without, and with a reason where they
 * are not to be had. */
static UtVectors *
read_vectors (UtNeighbours  *self,
              UtModel       *model,
              GFile         *file,
              GCancellable  *cancellable,
              GError       **error)
{
  const char *hash = ut_model_get_facts (model)->vectors_hash;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UtVectors) vectors = NULL;

  if (hash == NULL)
    return NULL;
  if (file == NULL)
    {
      self->reason = g_strdup (_("The word vectors that the training began with are not named."));
      return NULL;
    }

  vectors = ut_vectors_read (file, self->vocabulary, (guint) self->dimension, NULL, NULL,
                             cancellable, &local_error);
  if (vectors == NULL)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        self->reason = g_strdup (local_error->message);
      return NULL;
    }
  if (!g_str_equal (ut_vectors_get_hash (vectors), hash))
    {
      g_autofree char *name = g_file_get_parse_name (file);

      self->reason = g_strdup_printf (_("%s: The training began with other word vectors."), name);
      return NULL;
    }

  return g_steal_pointer (&vectors);
}

static gboolean
fill_before (UtNeighbours  *self,
             UtModel       *model,
             GFile         *file,
             GCancellable  *cancellable,
             GError       **error)
{
  const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (model));
  guint64 seed = (guint64) ut_config_get_int (ut_model_get_config (model), UT_SETTING_SEED);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UtVectors) vectors = read_vectors (self, model, file, cancellable, &local_error);
  UtNnModel *weights;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->reason != NULL)
    return TRUE;
  if (ut_nn_model_new (shape, &weights) != UT_NN_OK)
    {
      _ut_memory_set_error (ut_nn_shape_count_parameters (shape) * sizeof (float), error);
      return FALSE;
    }

  ut_nn_model_initialize (weights, seed);
  _ut_embedding_fill (weights, vectors, seed);
  self->units[BEFORE] = make_units (model, weights);
  ut_nn_model_free (weights);
  return TRUE;
}

UtNeighbours *
ut_neighbours_new (UtModel       *model,
                   GFile         *vectors,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (vectors == NULL || G_IS_FILE (vectors), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gsize n_members;

  ut_model_get_members (model, &n_members);
  if (n_members > 1)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                           _("An ensemble has an embedding for each of its models; ask one of "
                             "them"));
      return NULL;
    }
  if (!ut_cell_kind_is_recurrent (ut_config_get_cell (ut_model_get_config (model))))
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                           _("The words of a baseline have no vectors; ask a network"));
      return NULL;
    }

  g_autoptr (UtNeighbours) self = g_new0 (UtNeighbours, 1);
  const UtNnModel *weights = ut_model_get_weights (model);

  g_atomic_ref_count_init (&self->ref_count);
  self->vocabulary = ut_vocabulary_ref (ut_model_get_vocabulary (model));
  self->dimension = ut_nn_model_find_tensor (weights, "embedding.weight")->dims[1];
  self->units[AFTER] = make_units (model, weights);
  if (!fill_before (self, model, vectors, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
ut_neighbours_get_reason (const UtNeighbours *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reason;
}

static float
multiply (const float *a,
          const float *b,
          gsize        dimension)
{
  float sum = 0;

  for (gsize i = 0; i < dimension; i++)
    sum += a[i] * b[i];

  return sum;
}

gsize
ut_neighbours_find (const UtNeighbours *self,
                    const char         *word,
                    gboolean            before,
                    UtNeighbour        *items,
                    gsize               n_items)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (word != NULL, 0);
  g_return_val_if_fail (items != NULL || n_items == 0, 0);

  const float *units = self->units[before ? BEFORE : AFTER];
  guint32 id = ut_vocabulary_lookup (self->vocabulary, word);
  guint32 n_words = ut_vocabulary_get_size (self->vocabulary);
  gsize n = 0;

  if (units == NULL || id <= UT_VOCABULARY_UNKNOWN || n_items == 0)
    return 0;

  for (guint32 other = UT_VOCABULARY_UNKNOWN + 1; other < n_words; other++)
    {
      float similarity = multiply (units + id * self->dimension, units + other * self->dimension,
                                   self->dimension);
      gsize place = n;

      if (other == id || (n == n_items && similarity <= items[n - 1].similarity))
        continue;

      /* Of equal ones the earlier word comes first. */
      while (place > 0 && items[place - 1].similarity < similarity)
        place--;
      n = MIN (n + 1, n_items);
      memmove (items + place + 1, items + place, (n - 1 - place) * sizeof *items);
      items[place] = (UtNeighbour) { ut_vocabulary_get_word (self->vocabulary, other), similarity };
    }

  return n;
}
