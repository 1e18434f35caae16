/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worth-readers-private.h"

#include "ut-memory-private.h"
#include "ut-prediction-private.h"
#include "ut-word-ids-private.h"

#include <string.h>

/* One shard, which on one thread is the fastest: its memory stays in the cache. */
#define BATCH ((gsize) UT_NN_SHARD_SENTENCES)
/* Several, for several threads. */
#define BATCH_FOR_THREADS (4 * BATCH)
/* A second thread pays from a sentence on that takes a few milliseconds by itself. */
#define MIN_WORDS_FOR_THREADS 128

typedef struct
{
  const UtNnModel *weights;           /* (not owned) */
  UtWordIds words;                    /* of all words */
  UtNnPredictor *predictor;           /* (owned) (nullable) */
  UtNnDifferentiator *differentiator; /* (owned) (nullable) */
} Reader;

struct UtWorthReaders
{
  Reader *readers;      /* (owned) */
  gsize n_readers;
  gsize batch;

  /* Room for a batch. */
  guint32 *tokens;      /* (owned) */
  gsize *offsets;       /* (owned) */
  guint32 *rows;        /* (owned) */
  float *logits;        /* (owned) */
  float *vectors;       /* (owned) (nullable): as the next, of the gradients alone */
  float *gradients;     /* (owned) (nullable) */
};

void
_ut_worth_readers_free (UtWorthReaders *self)
{
  for (gsize i = 0; i < self->n_readers; i++)
    {
      Reader *reader = &self->readers[i];

      _ut_word_ids_clear (&reader->words);
      ut_nn_predictor_free (reader->predictor);
      ut_nn_differentiator_free (reader->differentiator);
    }
  g_free (self->readers);
  g_free (self->tokens);
  g_free (self->offsets);
  g_free (self->rows);
  g_free (self->logits);
  g_free (self->vectors);
  g_free (self->gradients);
  g_free (self);
}

static gboolean
is_gradient (UtWorthMethod method)
{
  return method != UT_WORTH_LEAVE_OUT;
}

/* What one more sentence of a batch plans for. */
static guint64
count_bytes (const UtNnShape *shape,
             gsize            max_length,
             UtWorthMethod    method)
{
  guint64 numbers = _ut_bytes_multiply (max_length, 2 * shape->embedding * sizeof (float));

  if (!is_gradient (method))
    return ut_nn_shape_count_workspace (shape, NULL, 1, max_length);

  return _ut_bytes_add (ut_nn_differentiator_count_workspace (shape, 1, max_length), numbers);
}

static gboolean
reader_init (Reader              *self,
             UtModel             *model,
             const UtWordAnswer  *words,
             gsize                n_words,
             gsize                batch,
             gsize                max_length,
             UtWorthMethod        method)
{
  gsize n_threads = max_length < MIN_WORDS_FOR_THREADS ? 1 : 0;
  const UtNnShape *shape;
  UtNnStatus status;

  self->weights = ut_model_get_weights (model);
  shape = ut_nn_model_get_shape (self->weights);
  _ut_word_ids_init (&self->words, model, words, n_words);
  if (is_gradient (method))
    status = ut_nn_differentiator_new (shape, batch, max_length, n_threads, &self->differentiator);
  else
    status = ut_nn_predictor_new (shape, batch, max_length, n_threads, &self->predictor);

  return status == UT_NN_OK;
}

/* Of what the models need at most, each the same number of sentences. */
static gsize
choose_batch (UtModel * const *members,
              gsize            n_members,
              gsize            max_length,
              UtWorthMethod    method,
              guint64         *bytes)
{
  gsize batch = max_length < MIN_WORDS_FOR_THREADS ? BATCH : BATCH_FOR_THREADS;

  *bytes = 0;
  for (gsize i = 0; i < n_members; i++)
    {
      const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (members[i]));

      *bytes = _ut_bytes_add (*bytes, count_bytes (shape, max_length, method));
      /* As the notebook's code runs, a sentence must not have others beside it. */
      if (shape->faults != 0)
        batch = 1;
    }

  return MAX (1, MIN (batch, UT_PREDICTION_MAX_WORKSPACE / MAX (*bytes, 1)));
}

UtWorthReaders *
_ut_worth_readers_new (UtModel             *model,
                       const UtWordAnswer  *words,
                       gsize                n_words,
                       gsize                max_length,
                       UtWorthMethod        method,
                       GError             **error)
{
  g_autoptr (UtWorthReaders) self = g_new0 (UtWorthReaders, 1);
  gsize n_members;
  UtModel * const *members = ut_model_get_members (model, &n_members);
  guint64 bytes;
  gsize max_embedding = 0;

  self->batch = choose_batch (members, n_members, max_length, method, &bytes);
  self->readers = g_new0 (Reader, n_members);
  for (gsize i = 0; i < n_members; i++)
    {
      const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (members[i]));

      max_embedding = MAX (max_embedding, shape->embedding);
      self->n_readers++;
      if (!reader_init (&self->readers[i], members[i], words, n_words, self->batch, max_length,
                        method))
        {
          _ut_memory_set_error (_ut_bytes_multiply (bytes, self->batch), error);
          return NULL;
        }
    }

  self->tokens = g_new (guint32, self->batch * max_length);
  self->offsets = g_new0 (gsize, self->batch + 1);
  self->rows = g_new0 (guint32, self->batch);
  self->logits = g_new (float, self->batch);
  if (is_gradient (method))
    {
      self->vectors = g_new (float, self->batch * max_length * max_embedding);
      self->gradients = g_new (float, self->batch * max_length * max_embedding);
    }

  return g_steal_pointer (&self);
}

gsize
_ut_worth_readers_get_batch (UtWorthReaders *self)
{
  return self->batch;
}

/* Adds what this model says to the sums that become means. */
static void
add_logits (const UtWorthReaders *self,
            gsize                 n,
            double               *logits)
{
  for (gsize i = 0; i < n; i++)
    logits[i] += (double) self->logits[i];
}

static void
divide (double *numbers,
        gsize   n,
        gsize   n_readers)
{
  for (gsize i = 0; i < n; i++)
    numbers[i] /= (double) n_readers;
}

void
_ut_worth_readers_leave_out (UtWorthReaders *self,
                             gsize           first_word,
                             gsize           length,
                             gsize           first,
                             gsize           n,
                             double         *logits)
{
  g_assert (length > 1);
  g_assert (n <= self->batch);

  memset (logits, 0, n * sizeof *logits);
  for (gsize k = 0; k < self->n_readers; k++)
    {
      const Reader *reader = &self->readers[k];
      const guint32 *ids = reader->words.ids + first_word;

      for (gsize i = 0; i < n; i++)
        {
          guint32 *tokens = self->tokens + i * (length - 1);
          gsize left_out = first + i;

          memcpy (tokens, ids, left_out * sizeof *ids);
          memcpy (tokens + left_out, ids + left_out + 1, (length - 1 - left_out) * sizeof *ids);
          self->offsets[i + 1] = (i + 1) * (length - 1);
        }

      UtNnSentences sentences = _ut_word_ids_make_sentences (&reader->words, self->tokens,
                                                             self->offsets);
      UtNnStatus status = ut_nn_predictor_run (reader->predictor, reader->weights, &sentences, NULL,
                                               n, self->logits, NULL, NULL);

      /* The sizes were taken from these very sentences. */
      g_assert (status == UT_NN_OK);
      add_logits (self, n, logits);
    }
  divide (logits, n, self->n_readers);
}

/* The points have the same words, whose vectors stand at the beginning. */
static void
add_slopes (const UtWorthReaders *self,
            gsize                 length,
            gsize                 n,
            gsize                 n_columns,
            double               *slopes)
{
  for (gsize k = 0; k < n; k++)
    for (gsize i = 0; i < length; i++)
      {
        const float *vector = self->vectors + i * n_columns;
        const float *gradient = self->gradients + (k * length + i) * n_columns;
        double sum = 0;

        for (gsize j = 0; j < n_columns; j++)
          sum += (double) vector[j] * (double) gradient[j];
        slopes[i] += sum / (double) self->n_readers;
      }
}

void
_ut_worth_readers_differentiate (UtWorthReaders *self,
                                 gsize           first_word,
                                 gsize           length,
                                 const float    *scales,
                                 gsize           n,
                                 double         *logits,
                                 double         *slopes)
{
  g_assert (n <= self->batch);

  memset (logits, 0, n * sizeof *logits);
  self->offsets[1] = length;
  for (gsize k = 0; k < self->n_readers; k++)
    {
      const Reader *reader = &self->readers[k];
      UtNnSentences sentences = _ut_word_ids_make_sentences (&reader->words,
                                                             reader->words.ids + first_word,
                                                             self->offsets);
      UtNnStatus status = ut_nn_differentiator_run (reader->differentiator, reader->weights,
                                                    &sentences, self->rows, n, scales,
                                                    self->logits,
                                                    slopes != NULL ? self->vectors : NULL,
                                                    slopes != NULL ? self->gradients : NULL);

      g_assert (status == UT_NN_OK);
      add_logits (self, n, logits);
      if (slopes != NULL)
        add_slopes (self, length, n, ut_nn_model_get_shape (reader->weights)->embedding, slopes);
    }
  divide (logits, n, self->n_readers);
}
