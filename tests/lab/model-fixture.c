/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "model-fixture.h"

#include <string.h>

static void
set_numbers (UtNnModel   *weights,
             const char  *name,
             const float *numbers)
{
  const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, name);

  memcpy (ut_nn_model_get_data (weights, tensor), numbers, tensor->size * sizeof *numbers);
}

UtModel *
model_fixture_new (UtNnFaults faults,
                   float      memory)
{
  static const char * const words[] = { "[pad]", "[unk]", "good", "bad", "film", "." };
  static const float embedding[] = { 0, 0.5, 1, -1, 0, 0 };
  static const float one[] = { 1 };
  static const float weight[] = { MODEL_FIXTURE_WEIGHT };
  static const float bias[] = { MODEL_FIXTURE_BIAS };
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_cell (builder, UT_CELL_RNN);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 1);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 1);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), &error);
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, G_N_ELEMENTS (words), 1, 1);
  UtDataFacts facts = { 0 };
  UtNnModel *weights;

  g_assert_no_error (error);
  shape.faults = faults;
  g_assert_cmpint (ut_nn_model_new (&shape, &weights), ==, UT_NN_OK);
  set_numbers (weights, "embedding.weight", embedding);
  set_numbers (weights, "rnn.weight_ih_l0", one);
  set_numbers (weights, "rnn.weight_hh_l0", &memory);
  set_numbers (weights, "fc.weight", weight);
  set_numbers (weights, "fc.bias", bias);

  return ut_model_new (config, vocabulary, NULL, weights, &facts);
}

UtModel *
model_fixture_new_random (const UtNnShape *shape,
                          guint64          seed)
{
  static const UtSubwordRule rule = { .min_length = 2, .max_length = 3, .n_buckets = 50 };
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (UtSubwords) subwords = NULL;
  UtDataFacts facts = { 0 };
  UtNnShape full = *shape;
  UtNnModel *weights;
  size_t n_tensors;

  g_assert_no_error (error);
  g_ptr_array_add (words, g_strdup ("[pad]"));
  g_ptr_array_add (words, g_strdup ("[unk]"));
  while (words->len < MODEL_FIXTURE_N_WORDS)
    g_ptr_array_add (words, g_strdup_printf ("word%u", words->len));

  g_autoptr (UtVocabulary) vocabulary =
    ut_vocabulary_new ((const char **) words->pdata, words->len, &error);

  g_assert_no_error (error);
  full.vocabulary = MODEL_FIXTURE_N_WORDS;
  if (full.n_subwords > 0)
    {
      full.n_subwords = rule.n_buckets;
      subwords = ut_subwords_new (&rule, vocabulary, NULL, 0, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (ut_nn_model_new (&full, &weights), ==, UT_NN_OK);

  const UtNnRandom random = { seed, UT_NN_STREAM_EMBEDDING };
  const UtNnTensor *tensors = ut_nn_model_get_tensors (weights, &n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    {
      float *numbers = ut_nn_model_get_data (weights, &tensors[i]);

      for (gsize k = i == 0 ? tensors[i].dims[1] : 0; k < tensors[i].size; k++)
        numbers[k] = 0.5f * (float) ut_nn_random_normal (random, 10000 * i + k);
    }

  return ut_model_new (config, vocabulary, subwords, weights, &facts);
}

char *
model_fixture_make_text (guint   n_words,
                         guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%sword%d", i > 0 ? " " : "",
                            g_rand_int_range (random, 2, MODEL_FIXTURE_N_WORDS + 5));

  return g_string_free (text, FALSE);
}
