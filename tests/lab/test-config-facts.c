/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <math.h>

static UtConfig *
make (UtCellKind  cell,
      UtSetting   setting,
      double      value,
      const char *vectors)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  UtConfig *config;

  ut_config_builder_set_cell (builder, cell);
  ut_config_builder_set_number (builder, setting, value);
  ut_config_builder_set_vectors (builder, vectors);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);

  return config;
}

static guint
find (const UtConfigFacts *facts,
      const char          *title)
{
  for (guint i = 0; i < ut_config_facts_get_n_facts (facts); i++)
    if (g_str_equal (ut_config_facts_get_title (facts, i), title))
      return i;
  g_assert_not_reached ();
}

static void
test_settings (void)
{
  g_autoptr (UtConfig) a = make (UT_CELL_LSTM, UT_SETTING_HIDDEN_SIZE, 32, NULL);
  g_autoptr (UtConfig) b = make (UT_CELL_GRU, UT_SETTING_HIDDEN_SIZE, 256, NULL);
  g_autoptr (UtConfig) c = make (UT_CELL_BAG, UT_SETTING_HIDDEN_SIZE, 64, NULL);
  UtConfig *configs[] = { a, b, c };
  g_autoptr (UtConfigFacts) facts = ut_config_facts_new (configs, 3);
  guint hidden = find (facts, "Hidden size");
  guint cell = find (facts, "Cell");
  guint rate = find (facts, "Learning rate");
  guint n_different = 0;

  g_test_summary ("Only what differs does; a baseline has no hidden size");
  g_assert_true (ut_config_facts_differs (facts, hidden));
  g_assert_cmpint (ut_config_facts_get_setting (facts, hidden), ==, UT_SETTING_HIDDEN_SIZE);
  g_assert_cmpstr (ut_config_facts_get_text (facts, hidden, 1), ==, "256");
  g_assert_cmpfloat (ut_config_facts_get_number (facts, hidden, 1), ==, 256);
  g_assert_cmpstr (ut_config_facts_get_text (facts, hidden, 2), ==, "–");
  g_assert_true (isnan (ut_config_facts_get_number (facts, hidden, 2)));
  g_assert_null (ut_config_facts_get_choices (facts, hidden));
  g_assert_true (ut_config_facts_is_log (facts, hidden));

  g_assert_cmpint (ut_config_facts_get_setting (facts, cell), ==, -1);
  g_assert_cmpstr (ut_config_facts_get_choices (facts, cell)[0], ==, "LSTM");
  g_assert_cmpstr (ut_config_facts_get_choices (facts, cell)[1], ==, "GRU");
  g_assert_cmpfloat (ut_config_facts_get_number (facts, cell, 1), ==, 1);
  g_assert_cmpuint (g_strv_length ((char **) ut_config_facts_get_choices (facts, cell)), ==, 3);
  g_assert_false (ut_config_facts_is_log (facts, cell));

  g_assert_false (ut_config_facts_differs (facts, rate));
  g_assert_true (ut_config_facts_is_log (facts, rate));
  for (guint i = 0; i < ut_config_facts_get_n_facts (facts); i++)
    {
      /* What the network has and the baseline has not follows from the cell. */
      g_assert_cmpint (ut_config_facts_get_setting (facts, i), !=, UT_SETTING_THREADS);
      n_different += ut_config_facts_differs (facts, i) ? 1 : 0;
    }

  g_autoptr (UtConfigFacts) alike = ut_config_facts_new (configs, 2);
  guint n_alike = 0;

  for (guint i = 0; i < ut_config_facts_get_n_facts (alike); i++)
    n_alike += ut_config_facts_differs (alike, i) ? 1 : 0;
  g_assert_cmpuint (n_alike, ==, 2);
  g_assert_cmpuint (n_different, ==, n_alike);
}

static void
test_names (void)
{
  g_autoptr (UtConfig) a = make (UT_CELL_LSTM, UT_SETTING_SEED, 1, "/one/glove.txt");
  g_autoptr (UtConfig) b = make (UT_CELL_LSTM, UT_SETTING_SEED, 2, "/two/glove.txt");
  g_autoptr (UtConfig) c = make (UT_CELL_LSTM, UT_SETTING_SEED, 3, "/two/other.txt");
  UtConfig *configs[] = { a, b, c, c };
  g_autoptr (UtConfigFacts) facts = ut_config_facts_new (configs, 4);
  guint vectors = find (facts, "Word vectors");

  g_test_summary ("Files of one name in two folders are told apart");
  g_assert_cmpstr (ut_config_facts_get_text (facts, vectors, 0), ==, "/one/glove.txt");
  g_assert_cmpstr (ut_config_facts_get_text (facts, vectors, 1), ==, "/two/glove.txt");
  g_assert_cmpstr (ut_config_facts_get_text (facts, vectors, 2), ==, "other.txt");
  g_assert_cmpfloat (ut_config_facts_get_number (facts, vectors, 3), ==, 2);
  g_assert_true (ut_config_facts_differs (facts, vectors));
  g_assert_false (ut_config_facts_is_log (facts, find (facts, "Seed")));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-facts/settings", test_settings);
  g_test_add_func ("/config-facts/names", test_names);
  return g_test_run ();
}
