/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-part-summary.h"

static guint
get_length (const gsize *offsets,
            gsize        row)
{
  return (guint) (offsets[row + 1] - offsets[row]);
}

static void
sum_lengths (UtPartSummary *self,
             const gsize   *offsets)
{
  g_autofree gsize *counts = g_new0 (gsize, self->max_length + 1);
  gsize n_shorter = 0;

  for (gsize row = 0; row < self->n_rows; row++)
    counts[get_length (offsets, row)]++;

  self->bin_width = (self->max_length + UT_N_LENGTH_BINS - 1) / UT_N_LENGTH_BINS;
  for (guint length = 1; length <= self->max_length; length++)
    {
      self->bins[(length - 1) / self->bin_width] += counts[length];
      if (n_shorter <= (self->n_rows - 1) / 2)
        self->median_length = length;
      n_shorter += counts[length];
    }
}

void
ut_part_summary_init (UtPartSummary      *self,
                      UtDataset          *dataset,
                      const UtVocabulary *vocabulary)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (dataset != NULL);

  *self = (UtPartSummary) {
    .n_rows = ut_dataset_get_n_rows (dataset),
    .n_positive = ut_dataset_get_n_positive (dataset),
    .n_words = ut_dataset_get_n_words (dataset),
    .n_tokens = ut_dataset_get_n_tokens (dataset),
    .max_length = (guint) ut_dataset_get_max_length (dataset),
  };
  sum_lengths (self, ut_dataset_get_offsets (dataset));

  if (vocabulary != NULL)
    {
      g_autoptr (GPtrArray) unknown = NULL;
      g_autofree guint32 *ids =
        ut_dataset_encode_open_vocabulary (dataset, vocabulary, &self->n_unknown_tokens, &unknown);

      self->n_unknown_words = unknown->len;
    }
}

float *
ut_dataset_get_unknown_shares (UtDataset          *self,
                               const UtVocabulary *vocabulary,
                               const UtVectors    *vectors)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (vocabulary != NULL, NULL);

  gsize n_rows = ut_dataset_get_n_rows (self);
  const gsize *offsets = ut_dataset_get_offsets (self);
  g_autofree guint32 *ids = ut_dataset_encode (self, vocabulary, NULL);
  float *shares = g_new (float, n_rows);

  for (gsize row = 0; row < n_rows; row++)
    {
      guint n_unknown = 0;

      for (gsize i = offsets[row]; i < offsets[row + 1]; i++)
        n_unknown += ids[i] == UT_VOCABULARY_UNKNOWN
                     || (vectors != NULL && ut_vectors_lookup (vectors, ids[i]) == NULL);
      shares[row] = (float) n_unknown / (float) get_length (offsets, row);
    }

  return shares;
}

float *
ut_dataset_get_lengths (UtDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  gsize n_rows = ut_dataset_get_n_rows (self);
  const gsize *offsets = ut_dataset_get_offsets (self);
  float *lengths = g_new (float, n_rows);

  for (gsize row = 0; row < n_rows; row++)
    lengths[row] = (float) get_length (offsets, row);

  return lengths;
}
