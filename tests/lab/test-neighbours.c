/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <math.h>
#include <string.h>
#include <ut-nn.h>

static const char * const words[] = { "[pad]", "[unk]", "good", "fine", "bad", "odd", "none" };

/* Rows of the embedding: "fine" lies near "good", "bad" opposite, "odd" across; "none" is nothing. */
static const float vectors[G_N_ELEMENTS (words)][2] = {
  { 0, 0 }, { 1, 1 }, { 2, 0 }, { 30, 3 }, { -1, 0 }, { 0, 5 }, { 0, 0 },
};

static UtConfig *
make_config (UtCellKind cell)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_cell (builder, cell);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 2);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 2);

  UtConfig *config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return config;
}

static UtModel *
make_model (const char *vectors_hash)
{
  g_autoptr (UtConfig) config = make_config (UT_CELL_RNN);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), &error);
  const UtNnShape shape = {
    .cell = UT_NN_CELL_RNN, .vocabulary = G_N_ELEMENTS (words), .embedding = 2, .hidden = 2,
    .n_layers = 1,
  };
  const UtDataFacts facts = { .vectors_hash = vectors_hash };
  UtNnModel *weights;

  g_assert_no_error (error);
  g_assert_cmpint (ut_nn_model_new (&shape, &weights), ==, UT_NN_OK);
  memcpy (ut_nn_model_get_data (weights, ut_nn_model_find_tensor (weights, "embedding.weight")),
          vectors, sizeof vectors);

  return ut_model_new (config, vocabulary, NULL, weights, &facts);
}

static void
test_after (void)
{
  g_autoptr (UtModel) model = make_model (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtNeighbours) neighbours = ut_neighbours_new (model, NULL, NULL, &error);
  UtNeighbour found[8];

  g_test_summary ("The cosine orders the words, whatever the lengths of their vectors");

  g_assert_no_error (error);
  g_assert_cmpuint (ut_neighbours_find (neighbours, "good", FALSE, found, 8), ==, 4);
  g_assert_cmpstr (found[0].word, ==, "fine");
  g_assert_cmpfloat_with_epsilon (found[0].similarity, 30 / sqrt (909), 1e-6);
  g_assert_cmpstr (found[1].word, ==, "odd");
  g_assert_cmpstr (found[2].word, ==, "none");
  g_assert_cmpfloat (found[2].similarity, ==, 0);
  g_assert_cmpstr (found[3].word, ==, "bad");
  g_assert_cmpfloat (found[3].similarity, ==, -1);

  g_assert_cmpuint (ut_neighbours_find (neighbours, "good", FALSE, found, 2), ==, 2);
  g_assert_cmpstr (found[1].word, ==, "odd");
  g_assert_cmpuint (ut_neighbours_find (neighbours, "zebra", FALSE, found, 8), ==, 0);
  g_assert_cmpuint (ut_neighbours_find (neighbours, "[unk]", FALSE, found, 8), ==, 0);
  g_assert_cmpuint (ut_neighbours_find (neighbours, "good", FALSE, NULL, 0), ==, 0);
}

static void
test_before (Fixture       *fixture,
             gconstpointer  unused)
{
  static const char text[] = "good 1 0\nbad 9 1\nfine 0 1\nodd -1 0\nnone -3 -3\n";
  g_autofree char *path = fixture_write (fixture, "vectors.txt", text, -1);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (UtModel) model = make_model (hash);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtNeighbours) neighbours = ut_neighbours_new (model, file, NULL, &error);
  UtNeighbour found[8];

  g_test_summary ("Before the training the words lay as their vectors say, if they are the same");

  g_assert_no_error (error);
  g_assert_null (ut_neighbours_get_reason (neighbours));
  g_assert_cmpuint (ut_neighbours_find (neighbours, "good", TRUE, found, 8), ==, 4);
  g_assert_cmpstr (found[0].word, ==, "bad");
  g_assert_cmpfloat_with_epsilon (found[0].similarity, 9 / sqrt (82), 1e-6);
  g_assert_cmpstr (found[1].word, ==, "fine");

  g_autoptr (UtNeighbours) unnamed = ut_neighbours_new (model, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (ut_neighbours_get_reason (unnamed));
  g_assert_cmpuint (ut_neighbours_find (unnamed, "good", TRUE, found, 8), ==, 0);
  g_assert_cmpuint (ut_neighbours_find (unnamed, "good", FALSE, found, 8), ==, 4);

  g_autofree char *other_path = fixture_write (fixture, "other.txt", "good 1 0\n", -1);
  g_autoptr (GFile) other = g_file_new_for_path (other_path);
  g_autoptr (UtNeighbours) changed = ut_neighbours_new (model, other, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (ut_neighbours_get_reason (changed), other_path));
}

/* What a real training began with is what was worked out. */
static void
test_trained (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_LSTM, 1);
  g_autoptr (UtConfig) frozen = fixture_config_with (base, UT_SETTING_TRAIN_EMBEDDING, 0);
  g_autoptr (UtConfig) subwords = fixture_config_with (frozen, UT_SETTING_SUBWORDS, 1);
  UtConfig *configs[] = { frozen, subwords };

  g_test_summary ("Words that did not learn have the neighbours that they had");

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      g_autoptr (UtModel) model = fixture_train (fixture, configs[i], i == 0 ? "own" : "parts");
      g_autoptr (GError) error = NULL;
      g_autoptr (UtNeighbours) neighbours = ut_neighbours_new (model, NULL, NULL, &error);
      const char *word = ut_vocabulary_get_word (ut_model_get_vocabulary (model), 5);
      UtNeighbour before[3], after[3];

      g_assert_no_error (error);
      g_assert_cmpuint (ut_neighbours_find (neighbours, word, FALSE, after, 3), ==, 3);
      g_assert_cmpuint (ut_neighbours_find (neighbours, word, TRUE, before, 3), ==, 3);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpstr (before[k].word, ==, after[k].word);
          g_assert_cmpfloat (before[k].similarity, ==, after[k].similarity);
        }
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_BAG, 1);
  g_autoptr (UtModel) bag = fixture_train (fixture, config, "bag");
  g_autoptr (UtModel) one = make_model (NULL);
  UtModel *members[] = { one, one };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, &error);

  g_assert_no_error (error);
  g_assert_null (ut_neighbours_new (bag, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
  g_clear_error (&error);
  g_assert_null (ut_neighbours_new (ensemble, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/neighbours/after", test_after);
  ADD ("/neighbours/before", test_before);
  ADD ("/neighbours/trained", test_trained);
  ADD ("/neighbours/refused", test_refused);

  return g_test_run ();
}
