/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lab-error.h"
#include "ut-sweep.h"

#include <string.h>

static void
test_values (void)
{
  static const struct
  {
    UtSetting setting;
    const char *text;
    gsize n_values;
    double last;
    const char *message;
  } cases[] = {
    { UT_SETTING_HIDDEN_SIZE, "64", 1, 64, NULL },
    { UT_SETTING_HIDDEN_SIZE, " 32, 64 ,128", 3, 128, NULL },
    { UT_SETTING_LEARNING_RATE, "1e-3;0.01", 2, 0.01, NULL },
    { UT_SETTING_READOUT, "last, max", 2, 2, NULL },
    { UT_SETTING_HIDDEN_SIZE, "", 0, 0, "Hidden size" },
    { UT_SETTING_HIDDEN_SIZE, "32,", 0, 0, "Hidden size" },
    { UT_SETTING_HIDDEN_SIZE, "32,0", 0, 0, "Hidden size" },
    { UT_SETTING_HIDDEN_SIZE, "32,what", 0, 0, "Hidden size" },
    { UT_SETTING_HIDDEN_SIZE, "32,64,32", 0, 0, "32 is there twice" },
  };

  g_test_summary ("Values are read as the settings are; what is wrong is named");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize n_values = 0;
      g_autofree double *values = ut_sweep_axis_parse (cases[i].setting, cases[i].text, &n_values,
                                                       &error);

      if (cases[i].message == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (n_values, ==, cases[i].n_values);
          g_assert_cmpfloat (values[n_values - 1], ==, cases[i].last);
          continue;
        }
      g_assert_null (values);
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
      g_test_message ("%s: %s", cases[i].text, error->message);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

static void
test_grid (void)
{
  static const UtCellKind cells[] = { UT_CELL_RNN, UT_CELL_GRU };
  static const double sizes[] = { 8, 16 };
  static const double rates[] = { 0.1, 0.2, 0.3 };
  const UtSweepAxis axes[] = {
    { UT_SETTING_HIDDEN_SIZE, 2, sizes },
    { UT_SETTING_LEARNING_RATE, 3, rates },
  };
  const UtSweepAxis seeds = { UT_SETTING_SEED, 2, sizes };
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A grid holds each combination once, seeds side by side");

  ut_config_builder_set_number (builder, UT_SETTING_SEED, 7);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 3);

  g_autoptr (UtConfig) base = ut_config_builder_end (builder, &error);
  g_autoptr (GPtrArray) configs = ut_sweep_expand (base, cells, 2, axes, 2, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (configs->len, ==, 2 * 3 * 2 * 2);
  for (guint i = 0; i < configs->len; i++)
    {
      UtConfig *config = g_ptr_array_index (configs, i);

      g_assert_cmpint (ut_config_get_int (config, UT_SETTING_SEED), ==, 7 + i % 2);
      g_assert_cmpint (ut_config_get_cell (config), ==, cells[i / 2 % 2]);
      g_assert_cmpfloat (ut_config_get_number (config, UT_SETTING_LEARNING_RATE), ==,
                         rates[i / 4 % 3]);
      g_assert_cmpint (ut_config_get_int (config, UT_SETTING_HIDDEN_SIZE), ==, sizes[i / 12]);
      g_assert_cmpint (ut_config_get_int (config, UT_SETTING_EPOCHS), ==, 3);
    }

  g_autoptr (GPtrArray) one = ut_sweep_expand (base, cells, 1, NULL, 0, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_null (ut_sweep_expand (base, cells, 2, &seeds, 1, 1, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
  g_clear_error (&error);
  g_assert_null (ut_sweep_expand (base, cells, 2, axes, 2, UT_SWEEP_MAX_RUNS, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sweep/values", test_values);
  g_test_add_func ("/sweep/grid", test_grid);

  return g_test_run ();
}
