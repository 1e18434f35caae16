/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <glib/gstdio.h>

static UtPresetStore *
open_store (Fixture *fixture)
{
  g_autofree char *path = fixture_path (fixture, "presets/presets.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ut_preset_store_new (file);
}

/* Puts @contents where the presets are kept. */
static void
write_presets (Fixture    *fixture,
               const char *contents)
{
  g_autofree char *folder = fixture_path (fixture, "presets");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_free (fixture_write (fixture, "presets/presets.json", contents, -1));
}

static char *
read_presets (Fixture *fixture)
{
  g_autofree char *path = fixture_path (fixture, "presets/presets.json");
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);

  return contents;
}

static UtConfig *
apply (UtPresetStore *store,
       const char    *name,
       UtConfig      *base)
{
  const UtOwnPreset *preset = ut_preset_store_find (store, name);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (GError) error = NULL;
  UtConfig *config;

  g_assert_nonnull (preset);
  ut_own_preset_apply (preset, builder);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);

  return config;
}

static void
count_cb (UtPresetStore *store,
          guint         *n)
{
  (*n)++;
}

static void
set (UtPresetStore *store,
     const char    *name,
     UtConfig      *config,
     gboolean       with_cell)
{
  g_autoptr (GError) error = NULL;
  gboolean done = ut_preset_store_set (store, name, config, with_cell, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtConfig) seeded = fixture_config_with (base, UT_SETTING_SEED, 77);
  g_autoptr (UtConfig) config = fixture_config_with (seeded, UT_SETTING_LEARNING_RATE, 3e-4);
  g_autoptr (UtConfig) another = ut_config_builder_end (ut_config_builder_new (NULL), NULL);
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;
  gsize n_presets;

  g_test_summary ("Presets come back as they were saved, without seed and threads, by name.");
  {
    g_autoptr (UtPresetStore) store = open_store (fixture);

    g_signal_connect (store, "changed", G_CALLBACK (count_cb), &n_changes);
    g_assert_true (ut_preset_store_load (store, &error));
    g_assert_cmpuint (n_changes, ==, 1);
    set (store, "My “own” \\ one", config, TRUE);
    set (store, "Any cell", another, FALSE);
    set (store, "Gone", another, FALSE);
    g_assert_true (ut_preset_store_remove (store, "Gone"));
    g_assert_false (ut_preset_store_remove (store, "Gone"));
    g_assert_cmpuint (n_changes, ==, 5);
  }

  g_autofree char *text = read_presets (fixture);

  g_assert_null (strstr (text, "\"seed\""));
  g_assert_null (strstr (text, "\"threads\""));

  g_autoptr (UtPresetStore) store = open_store (fixture);

  g_assert_true (ut_preset_store_load (store, &error));

  const UtOwnPreset *presets = ut_preset_store_get_presets (store, &n_presets);

  g_assert_cmpuint (n_presets, ==, 2);
  g_assert_cmpstr (presets[0].name, ==, "Any cell");
  g_assert_cmpstr (presets[1].name, ==, "My “own” \\ one");

  g_autoptr (UtConfig) lstm = ut_config_builder_end (ut_config_builder_new (NULL), NULL);
  g_autoptr (UtConfig) person = fixture_config_with (lstm, UT_SETTING_SEED, 5);
  g_autoptr (UtConfig) applied = apply (store, "My “own” \\ one", person);
  g_autoptr (UtConfig) threaded = fixture_config_with (config, UT_SETTING_THREADS, 0);
  g_autoptr (UtConfig) expected = fixture_config_with (threaded, UT_SETTING_SEED, 5);

  g_assert_true (ut_config_equal (applied, expected));

  g_autoptr (UtConfig) kept = apply (store, "Any cell", config);

  g_assert_cmpint (ut_config_get_cell (kept), ==, UT_CELL_GRU);
  g_assert_cmpint (ut_config_get_int (kept, UT_SETTING_SEED), ==, 77);
  g_assert_cmpstr (ut_config_get_data (kept), ==, "sample-reviews");
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtConfig) longer = fixture_config (fixture, UT_CELL_RNN, 9);
  g_autoptr (UtPresetStore) store = open_store (fixture);
  gsize n_presets;

  set (store, "Mine", config, TRUE);
  set (store, "Mine", longer, FALSE);

  const UtOwnPreset *presets = ut_preset_store_get_presets (store, &n_presets);

  g_assert_cmpuint (n_presets, ==, 1);
  g_assert_cmpint (ut_config_get_int (presets[0].config, UT_SETTING_EPOCHS), ==, 9);
  g_assert_false (presets[0].with_cell);
}

static void
test_names (void)
{
  static const char * const refused[] = {
    "", "quick-look", "Notebook as documented", "NOTEBOOK AS DOCUMENTED",
    "12345678901234567890123456789012345678901",
  };
  static const char * const allowed[] = { "a", "Quick", "ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄ" };

  g_test_summary ("A name must be there, short, and no built-in preset's.");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ut_preset_store_check_name (refused[i], &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    g_assert_true (ut_preset_store_check_name (allowed[i], NULL));
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const bad[] = {
    "", "{", "{}", "null", "[1]", "[{}]", "[{\"name\":\"a\"}]", "[{\"config\":{}}]",
    "[{\"name\":1,\"config\":{}}]", "[{\"name\":\"\",\"config\":{}}]",
    "[{\"name\":\"a\",\"config\":[]}]", "[{\"name\":\"a\",\"config\":{\"epochs\":0}}]",
    "[{\"name\":\"a\",\"config\":{\"epochs\":\"3\"}}]",
    "[{\"name\":\"a\",\"config\":{\"data\":\"nowhere\"}}]",
    "[{\"name\":\"a\",\"config\":{\"cell\":\"gsu\"}}]",
    "[{\"name\":\"a\",\"config\":{}},{\"name\":\"a\",\"config\":{}}]",
    "[{\"name\":\"12345678901234567890123456789012345678901\",\"config\":{}}]",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    "[{\"name\":\"a\\u0000b\",\"config\":{}}]", "[{\"name\":\"\xff\",\"config\":{}}]",
  };
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 3);

  g_test_summary ("A damaged file is told of and left alone; once repaired it takes presets.");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) second = NULL;

      write_presets (fixture, bad[i]);
      {
        g_autoptr (UtPresetStore) store = open_store (fixture);
        gsize n_presets;

        g_assert_false (ut_preset_store_load (store, &error));
        g_assert_nonnull (strstr (error->message, "presets.json: "));
        g_assert_nonnull (strstr (error->message, "stays as it is"));
        g_assert_false (ut_preset_store_set (store, "Mine", config, TRUE, &second));
        g_assert_cmpstr (second->message, ==, error->message);
        ut_preset_store_get_presets (store, &n_presets);
        g_assert_cmpuint (n_presets, ==, 0);
      }

      g_autofree char *left = read_presets (fixture);

      g_assert_cmpstr (left, ==, bad[i]);
    }

  g_autoptr (UtPresetStore) store = open_store (fixture);

  g_assert_false (ut_preset_store_load (store, NULL));
  write_presets (fixture, "[{\"name\":\"Other\",\"config\":{}}]");
  set (store, "Mine", config, TRUE);
  g_assert_nonnull (ut_preset_store_find (store, "Other"));
}

static void
test_too_much (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (GString) many = g_string_new ("[");
  g_autofree char *large = g_strnfill (5 << 20, ' ');

  g_test_summary ("There are limits, in the file as well as for what is saved.");
  write_presets (fixture, large);
  {
    g_autoptr (UtPresetStore) store = open_store (fixture);
    g_autoptr (GError) error = NULL;

    g_assert_false (ut_preset_store_load (store, &error));
    g_assert_nonnull (strstr (error->message, "4 MB"));
  }

  for (guint i = 0; i < 256; i++)
    g_string_append_printf (many, "%s{\"name\":\"%u\",\"config\":{}}", i > 0 ? "," : "", i);
  g_string_append (many, "]");
  write_presets (fixture, many->str);
  {
    g_autoptr (UtPresetStore) store = open_store (fixture);
    g_autoptr (GError) error = NULL;

    g_assert_true (ut_preset_store_load (store, NULL));
    g_assert_false (ut_preset_store_set (store, "Mine", config, TRUE, &error));
    g_assert_nonnull (strstr (error->message, "256"));
    set (store, "7", config, TRUE);
  }

  g_string_truncate (many, many->len - 1);
  g_string_append (many, ",{\"name\":\"more\",\"config\":{}}]");
  write_presets (fixture, many->str);

  g_autoptr (UtPresetStore) store = open_store (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (ut_preset_store_load (store, &error));
  g_assert_nonnull (strstr (error->message, "256"));
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtPresetStore) store = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("What is saved while the file is being read is not lost.");
  write_presets (fixture, "[{\"name\":\"Other\",\"config\":{}}]");
  store = open_store (fixture);
  ut_preset_store_load_async (store, NULL, finished_cb, &result);
  set (store, "Mine", config, TRUE);
  SPIN_UNTIL (result != NULL);
  g_assert_true (ut_preset_store_load_finish (store, result, &error));
  g_assert_nonnull (ut_preset_store_find (store, "Mine"));
  g_assert_nonnull (ut_preset_store_find (store, "Other"));
}

static void
failed_cb (UtPresetStore  *store,
           const char     *text,
           char          **message)
{
  *message = g_strdup (text);
}

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtPresetStore) store = open_store (fixture);
  g_autofree char *path = fixture_path (fixture, "presets/presets.json");
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *blocked = fixture_write (fixture, "presets", "", -1);

  g_test_summary ("Where the presets cannot be written it is said, at once or later.");
  g_assert_false (ut_preset_store_set (store, "Mine", config, TRUE, &error));
  g_assert_nonnull (strstr (error->message, blocked));
  g_assert_cmpint (g_remove (blocked), ==, 0);

  g_signal_connect (store, "failed", G_CALLBACK (failed_cb), &message);
  g_assert_true (ut_preset_store_load (store, NULL));
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  set (store, "Mine", config, TRUE);
  SPIN_UNTIL (message != NULL);
  g_assert_nonnull (strstr (message, path));
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture       *fixture,
                  gconstpointer  data);
  } tests[] = {
    { "/lab/preset-store/keep", test_keep },
    { "/lab/preset-store/replace", test_replace },
    { "/lab/preset-store/damaged", test_damaged },
    { "/lab/preset-store/too-much", test_too_much },
    { "/lab/preset-store/async", test_async },
    { "/lab/preset-store/unwritable", test_unwritable },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/preset-store/names", test_names);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);

  return g_test_run ();
}
