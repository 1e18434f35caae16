/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "test-data.h"

const char *const test_cell_names[3] = { "rnn", "lstm", "gru" };

/* The first is the plain one. */
const TestForm test_forms[] = {
  { "plain", 1, false, UT_NN_READOUT_LAST, 0.0f, 0, 0 },
  { "mean", 1, false, UT_NN_READOUT_MEAN, 0.0f, 0, 0 },
  { "max", 1, false, UT_NN_READOUT_MAX, 0.0f, 0, 0 },
  { "attention", 1, false, UT_NN_READOUT_ATTENTION, 0.0f, 0, 0 },
  { "two-directions", 1, true, UT_NN_READOUT_LAST, 0.0f, 0, 0 },
  { "dropout", 2, false, UT_NN_READOUT_LAST, 0.3f, 0, 0 },
  { "deep", 4, true, UT_NN_READOUT_MEAN, 0.0f, 0, 0 },
  { "all", 2, true, UT_NN_READOUT_ATTENTION, 0.4f, 40, 0 },
  { "wide-max", 2, true, UT_NN_READOUT_MAX, 0.4f, 0, 0 },
  { "subwords", 1, false, UT_NN_READOUT_LAST, 0.0f, 7, 0 },
  { "fault-state", 1, false, UT_NN_READOUT_LAST, 0.0f, 0, UT_NN_FAULT_STATE },
  { "fault-loss", 1, false, UT_NN_READOUT_LAST, 0.0f, 0, UT_NN_FAULT_LOSS },
  { "fault-padding", 1, false, UT_NN_READOUT_LAST, 0.0f, 0, UT_NN_FAULT_PADDING },
  { "repaired-state", 1, false, UT_NN_READOUT_LAST, 0.0f, 0,
    UT_NN_FAULT_LOSS | UT_NN_FAULT_PADDING },
  { "repaired-loss", 1, false, UT_NN_READOUT_LAST, 0.0f, 0,
    UT_NN_FAULT_STATE | UT_NN_FAULT_PADDING },
  { "repaired-padding", 1, false, UT_NN_READOUT_LAST, 0.0f, 0,
    UT_NN_FAULT_STATE | UT_NN_FAULT_LOSS },
  { "as-coded", 1, false, UT_NN_READOUT_LAST, 0.0f, 0,
    UT_NN_FAULT_STATE | UT_NN_FAULT_LOSS | UT_NN_FAULT_PADDING },
};
const size_t test_n_forms = G_N_ELEMENTS (test_forms);

UtNnShape
test_form_make_shape (const TestForm *form,
                      UtNnCell        cell,
                      size_t          vocabulary,
                      size_t          embedding,
                      size_t          hidden)
{
  UtNnShape shape = UT_NN_SHAPE_INIT (cell, vocabulary, embedding, hidden);

  shape.n_layers = form->n_layers;
  shape.bidirectional = form->bidirectional;
  shape.readout = form->readout;
  shape.n_subwords = form->n_subwords;
  shape.faults = form->faults;
  return shape;
}

TestData *
test_data_new (size_t  n_sentences,
               size_t  max_length,
               size_t  vocabulary,
               guint32 seed)
{
  TestData *data = g_new0 (TestData, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  data->n_sentences = n_sentences;
  data->max_length = max_length;
  data->tokens = g_new (uint32_t, n_sentences * max_length);
  data->offsets = g_new0 (size_t, n_sentences + 1);
  data->labels = g_new (uint8_t, n_sentences);
  for (size_t i = 0; i < n_sentences; i++)
    {
      size_t length = (size_t) g_rand_int_range (random, 1, (gint32) max_length + 1);

      if (i == 0)
        length = 1;
      if (i == 1)
        length = max_length;
      data->labels[i] = (uint8_t) g_rand_int_range (random, 0, 2);
      data->offsets[i + 1] = data->offsets[i] + length;
      for (size_t t = data->offsets[i]; t < data->offsets[i + 1]; t++)
        data->tokens[t] = (uint32_t) g_rand_int_range (random, 0, (gint32) vocabulary - 1);
    }
  data->view = (UtNnSentences) {
    .tokens = data->tokens, .offsets = data->offsets, .labels = data->labels,
  };
  return data;
}

void
test_data_free (TestData *data)
{
  g_free (data->tokens);
  g_free (data->offsets);
  g_free (data->labels);
  g_free (data);
}

TestSubwords *
test_subwords_new (size_t  n_words,
                   size_t  n_rows,
                   guint32 seed)
{
  TestSubwords *subwords = g_new0 (TestSubwords, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  subwords->offsets = g_new0 (size_t, n_words + 1);
  subwords->rows = g_new (uint32_t, 4 * n_words);
  for (size_t id = 0; id < n_words; id++)
    {
      size_t n = id <= UT_NN_UNKNOWN ? 0 : (size_t) g_rand_int_range (random, 0, 5);

      subwords->offsets[id + 1] = subwords->offsets[id] + n;
      for (size_t i = subwords->offsets[id]; i < subwords->offsets[id + 1]; i++)
        subwords->rows[i] = (uint32_t) g_rand_int_range (random, 0, (gint32) n_rows);
    }
  subwords->view = (UtNnSubwords) { subwords->offsets, subwords->rows, n_words };
  return subwords;
}

void
test_subwords_free (TestSubwords *subwords)
{
  g_free (subwords->offsets);
  g_free (subwords->rows);
  g_free (subwords);
}
