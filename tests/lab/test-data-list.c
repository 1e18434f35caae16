/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (ut_data_list_load_finish (UT_DATA_LIST (source), result, &error));
  g_assert_no_error (error);
  *done = TRUE;
}

static void
load (UtDataList *list)
{
  gboolean done = FALSE;

  ut_data_list_load_async (list, NULL, loaded_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* Adds a data set of @title with a training part, and a development part where @with_dev. */
static GFile *
add (GFile      *directory,
     const char *title,
     gboolean    with_dev)
{
  const UtDataAbout about = { .unit = UT_DATA_UNIT_REVIEW, .split_seed = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataFolder) folder = ut_data_folder_new (directory, &error);

  g_assert_no_error (error);
  for (UtDataPart part = UT_DATA_TRAIN; part <= (with_dev ? UT_DATA_DEV : UT_DATA_TRAIN); part++)
    {
      g_autoptr (GFile) file = ut_data_folder_dup_part (folder, part);

      g_file_set_contents (g_file_peek_path (file), "sentence\tlabel\ngood\t1\n", -1, &error);
      g_assert_no_error (error);
    }

  GFile *made = ut_data_folder_commit (folder, title, &about, &error);

  g_assert_no_error (error);
  return made;
}

static char *
dup_titles (UtDataList *list)
{
  GString *titles = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  gsize n_bundled;

  ut_bundled_data_get (&n_bundled);
  for (guint i = (guint) n_bundled; i < n; i++)
    {
      g_autoptr (UtDataEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (titles, "%s|", ut_data_entry_get_title (entry));
    }

  return g_string_free (titles, FALSE);
}

static void
delete_set (GFile *folder)
{
  static const char * const names[] = { "train.tsv", "dev.tsv", "about.json" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = g_file_get_child (folder, names[i]);

      g_file_delete (file, NULL, NULL);
    }
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
count_cb (GListModel *list,
          guint       position,
          guint       removed,
          guint       added,
          guint      *n_changes)
{
  *n_changes += removed + added;
}

static void
failed_cb (UtDataList *list,
           const char *text,
           char      **failure)
{
  g_free (*failure);
  *failure = g_strdup (text);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *path = fixture_path (fixture, "data");
  g_autoptr (GFile) directory = g_file_new_for_path (path);
  g_autoptr (UtDataList) list = ut_data_list_new (directory);
  g_autoptr (GFile) beta = NULL;
  g_autoptr (GFile) alpha = NULL;
  guint n_changes = 0;
  g_autofree char *failure = NULL;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect (list, "failed", G_CALLBACK (failed_cb), &failure);
  load (list);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_null (failure);

  beta = add (directory, "beta", TRUE);
  load (list);
  alpha = add (directory, "Alpha", FALSE);
  load (list);

  g_autofree char *titles = dup_titles (list);

  g_assert_cmpstr (titles, ==, "Alpha|beta|");
  g_assert_cmpuint (n_changes, ==, 2);

  UtDataEntry *entry = ut_data_list_find_folder (list, beta);
  g_autoptr (GFile) dev = ut_data_entry_dup_part (entry, UT_DATA_DEV);
  g_autoptr (GFile) test = ut_data_entry_dup_part (entry, UT_DATA_TEST);

  g_assert_null (ut_data_entry_get_id (entry));
  g_assert_cmpint (ut_data_entry_get_about (entry)->unit, ==, UT_DATA_UNIT_REVIEW);
  g_assert_nonnull (dev);
  g_assert_null (test);

  g_test_message ("What was there stays the same object; what cannot be read is told");
  g_autoptr (GFile) about = g_file_get_child (alpha, UT_DATA_ABOUT_NAME);

  g_assert_true (g_file_set_contents (g_file_peek_path (about), "{", -1, NULL));
  load (list);
  g_assert_true (ut_data_list_find_folder (list, beta) == entry);
  g_assert_null (ut_data_list_find_folder (list, alpha));
  g_assert_nonnull (strstr (failure, UT_DATA_ABOUT_NAME));

  delete_set (alpha);
  delete_set (beta);
  load (list);
  g_assert_null (ut_data_list_find_folder (list, beta));
  g_object_unref (g_steal_pointer (&list));
  g_assert_true (g_file_delete (directory, NULL, NULL));
}

static void
test_configs (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *path = fixture_path (fixture, "data");
  g_autoptr (GFile) directory = g_file_new_for_path (path);
  g_autoptr (GFile) own = add (directory, "own", TRUE);
  g_autoptr (UtDataList) list = ut_data_list_new (directory);
  guint n;

  load (list);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, >=, 3);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtDataEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);
      UtConfigBuilder *builder = ut_config_builder_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (UtConfig) config = NULL;

      ut_data_entry_apply (entry, builder);
      config = ut_config_builder_end (builder, &error);
      g_assert_no_error (error);
      g_assert_true (ut_data_list_find (list, config) == entry);
    }

  delete_set (own);
  g_object_unref (g_steal_pointer (&list));
  g_assert_true (g_file_delete (directory, NULL, NULL));
}

static void
test_unit (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (GFile) own = add (NULL, "unit", TRUE);
  g_autoptr (UtDataList) list = ut_data_list_new (NULL);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What a row is reaches the runs, unless what is said of it is damaged");

  load (list);
  ut_data_entry_apply (ut_data_list_find_folder (list, own), builder);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);

  g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ut_corpus_get_unit (corpus), ==, UT_DATA_UNIT_REVIEW);

  g_autoptr (UtConfig) sample = ut_config_builder_end (ut_config_builder_new (NULL), &error);
  g_autoptr (UtCorpus) other = ut_corpus_read (sample, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ut_corpus_get_unit (other), ==, UT_DATA_UNIT_SENTENCE);

  g_autoptr (GFile) about = g_file_get_child (own, UT_DATA_ABOUT_NAME);

  g_assert_true (g_file_set_contents (g_file_peek_path (about), "[]", -1, NULL));
  g_assert_null (ut_corpus_read (config, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT);
  delete_set (own);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/data-list/list", test_list);
  ADD ("/data-list/configs", test_configs);
  ADD ("/data-list/unit", test_unit);

  return g_test_run ();
}
