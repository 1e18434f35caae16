/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-dataset.h"
#include "ut-vectors.h"

G_BEGIN_DECLS

/** UT_N_LENGTH_BINS: bars of the histogram of lengths. */
#define UT_N_LENGTH_BINS 24

/**
 * UtPartSummary:
 * @n_rows: sentences.
 * @n_positive: of them with label 1.
 * @n_words: different words.
 * @n_tokens: words in all.
 * @median_length: words of the sentence in the middle, by length.
 * @max_length: words of the longest one.
 * @bin_width: words of length that a bar of the histogram stands for, at least one.
 * @bins: how many sentences have from 1 + i * @bin_width words on.
 * @n_unknown_words: different words that are not among the known ones.
 * @n_unknown_tokens: words in all that are not.
 *
 * A part of a data set in numbers. A plain value.
 */
typedef struct
{
  gsize n_rows;
  gsize n_positive;
  gsize n_words;
  gsize n_tokens;
  guint median_length;
  guint max_length;
  guint bin_width;
  gsize bins[UT_N_LENGTH_BINS];
  gsize n_unknown_words;
  gsize n_unknown_tokens;
} UtPartSummary;

/**
 * ut_part_summary_init:
 * @self: (out caller-allocates): what there is to say.
 * @dataset: the part.
 * @vocabulary: (nullable): the known words; %NULL if all are.
 *
 * Any thread.
 */
void   ut_part_summary_init         (UtPartSummary      *self,
                                     UtDataset          *dataset,
                                     const UtVocabulary *vocabulary);

/**
 * ut_dataset_get_unknown_shares:
 * @self: the part.
 * @vocabulary: the known words.
 * @vectors: (nullable): word vectors of @vocabulary: then a word without one is not known.
 *
 * Returns: (transfer full) (array): (n_rows) of each row the share of words that are not known, 0 to
 *   1; g_free() it. Any thread.
 */
float *ut_dataset_get_unknown_shares (UtDataset          *self,
                                      const UtVocabulary *vocabulary,
                                      const UtVectors    *vectors);

/** ut_dataset_get_lengths: (transfer full) (array): (n_rows) words of each row; g_free() it. */
float *ut_dataset_get_lengths        (UtDataset          *self);

G_END_DECLS
