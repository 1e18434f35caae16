/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-feed-private.h"

struct UtFeed
{
  UtDataset *dataset; /* (owned) */
  guint64 seed;
  gsize batch_size;
  gsize n_rows;
  gsize n_tokens;
  guint32 *ids;       /* (owned) (n_tokens) */
  guint32 *order;     /* (owned) (n_rows) */
  guint32 *epoch_ids; /* (owned) (nullable) (n_tokens), where the unknown word is trained */
  double *rarity;     /* (owned) (nullable) (V), how probably a word is replaced */
};

/* A word that occurs c times becomes the unknown word with probability 1 / (1 + c): Kiperwasser and
 * Goldberg 2016, section 4, "word dropout", with their alpha at 1. */
static double *
make_rarity (const guint32 *ids,
             gsize          n_tokens,
             guint          n_words)
{
  double *rarity = g_new0 (double, n_words);

  for (gsize i = 0; i < n_tokens; i++)
    rarity[ids[i]]++;
  for (guint i = 0; i < n_words; i++)
    rarity[i] = 1 / (1 + rarity[i]);

  return rarity;
}

UtFeed *
_ut_feed_new (UtDataset    *dataset,
              UtVocabulary *vocabulary,
              guint64       seed,
              gboolean      train_unknown,
              gsize         batch_size)
{
  UtFeed *self = g_new0 (UtFeed, 1);

  self->dataset = ut_dataset_ref (dataset);
  self->seed = seed;
  self->batch_size = batch_size;
  self->n_rows = ut_dataset_get_n_rows (dataset);
  self->n_tokens = ut_dataset_get_n_tokens (dataset);
  self->ids = ut_dataset_encode (dataset, vocabulary, NULL);
  self->order = g_new (guint32, self->n_rows);
  if (train_unknown)
    {
      self->epoch_ids = g_new (guint32, self->n_tokens);
      self->rarity = make_rarity (self->ids, self->n_tokens, ut_vocabulary_get_size (vocabulary));
    }

  return self;
}

void
_ut_feed_free (UtFeed *self)
{
  ut_dataset_unref (self->dataset);
  g_free (self->ids);
  g_free (self->order);
  g_free (self->epoch_ids);
  g_free (self->rarity);
  g_free (self);
}

gsize
_ut_feed_get_n_batches (const UtFeed *self)
{
  return (self->n_rows + self->batch_size - 1) / self->batch_size;
}

void
_ut_feed_begin_epoch (UtFeed *self,
                      guint   epoch)
{
  UtNnRandom shuffle = { self->seed, UT_NN_STREAM_SHUFFLE + epoch };
  UtNnRandom unknown = { self->seed, UT_NN_STREAM_UNKNOWN + epoch };

  for (gsize i = 0; i < self->n_rows; i++)
    self->order[i] = (guint32) i;
  ut_nn_random_shuffle (shuffle, self->order, self->n_rows);

  if (self->epoch_ids == NULL)
    return;
  for (gsize i = 0; i < self->n_tokens; i++)
    {
      gboolean replaced = ut_nn_random_uniform (unknown, i) < self->rarity[self->ids[i]];

      self->epoch_ids[i] = replaced ? UT_NN_UNKNOWN : self->ids[i];
    }
}

const guint32 *
_ut_feed_get_rows (const UtFeed  *self,
                   gsize          n_batches,
                   UtNnSentences *sentences,
                   gsize         *n_rows)
{
  gsize start = n_batches * self->batch_size;

  g_assert (start < self->n_rows);

  *sentences = (UtNnSentences) {
    .tokens = self->epoch_ids != NULL ? self->epoch_ids : self->ids,
    .offsets = ut_dataset_get_offsets (self->dataset),
    .labels = ut_dataset_get_labels (self->dataset),
  };
  *n_rows = self->n_rows - start;

  return self->order + start;
}
