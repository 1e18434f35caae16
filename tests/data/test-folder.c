/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <ut-data.h>

/* A place for data sets, removed with all in it when the test ends. */
typedef struct
{
  GFile *directory;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("ut-data-XXXXXX", &error);

  g_assert_no_error (error);
  self->directory = g_file_new_build_filename (path, "data", NULL);
}

static void
delete_all (GFile *folder)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;
  GFileInfo *info;

  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, NULL, NULL)
         && info != NULL)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        delete_all (child);
      else
        g_assert_true (g_file_delete (child, NULL, NULL));
    }
  g_file_delete (folder, NULL, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GFile) parent = g_file_get_parent (self->directory);

  delete_all (self->directory);
  g_assert_true (g_file_delete (parent, NULL, NULL));
  g_clear_object (&self->directory);
}

static guint
count_children (GFile *folder)
{
  GDir *dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  g_clear_pointer (&dir, g_dir_close);

  return n;
}

static void
write_train (UtDataFolder *folder)
{
  g_autoptr (GFile) file = ut_data_folder_dup_part (folder, UT_DATA_TRAIN);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (file), "sentence\tlabel\ngood\t1\n", -1, &error);
  g_assert_no_error (error);
}

static GFile *
add (Fixture    *self,
     const char *title)
{
  const UtDataAbout about = {
    .unit = UT_DATA_UNIT_REVIEW, .source = (char *) "a \"b\".csv", .split_seed = 7, .n_left_out = 3,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataFolder) folder = ut_data_folder_new (self->directory, &error);

  g_assert_no_error (error);
  write_train (folder);

  GFile *made = ut_data_folder_commit (folder, title, &about, &error);

  g_assert_no_error (error);
  return made;
}

static void
test_commit (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GFile) made = add (self, "My reviews");
  g_autofree char *name = g_file_get_basename (made);
  g_autoptr (GFile) train = g_file_get_child (made, "train.tsv");
  g_autoptr (GError) error = NULL;
  g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;

  g_assert_cmpstr (name, ==, "My reviews");
  g_assert_true (g_file_query_exists (train, NULL));
  g_assert_true (ut_data_about_read (&about, made, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (about.unit, ==, UT_DATA_UNIT_REVIEW);
  g_assert_cmpstr (about.source, ==, "a \"b\".csv");
  g_assert_null (about.address);
  g_assert_cmpint (about.split_seed, ==, 7);
  g_assert_cmpuint (about.n_left_out, ==, 3);
  g_assert_cmpuint (count_children (self->directory), ==, 1);
}

static void
test_names (Fixture       *self,
            gconstpointer  unused)
{
  g_autofree char *long_title = g_strnfill (1000, 'x');
  const struct
  {
    const char *title;
    const char *name;
  } cases[] = {
    { "Reviews", "Reviews" },
    { "Reviews", "Reviews 2" },
    { "Reviews", "Reviews 3" },
    { "../../etc/passwd", "-.-..-etc-passwd" },
    { ".hidden", "-hidden" },
    { "two\nlines", "two-lines" },
    { "  ", "Data" },
    { "caf\xe9", "caf\xef\xbf\xbd" },
  };

  g_test_summary ("No title leads out of the folder, hides there or takes another one's place");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) made = add (self, cases[i].title);
      g_autofree char *name = g_file_get_basename (made);
      g_autoptr (GFile) parent = g_file_get_parent (made);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_true (g_file_equal (parent, self->directory));
    }

  g_autoptr (GFile) made = add (self, long_title);
  g_autofree char *name = g_file_get_basename (made);

  g_assert_cmpuint (strlen (name), ==, 200);
}

static void
test_abandoned (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  UtDataFolder *folder = ut_data_folder_new (self->directory, &error);

  g_assert_no_error (error);
  write_train (folder);
  g_assert_cmpuint (count_children (self->directory), ==, 1);
  ut_data_folder_free (folder);

  g_assert_cmpuint (count_children (self->directory), ==, 0);
}

static void
test_unwritable (Fixture       *self,
                 gconstpointer  unused)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/null/data");
  g_autoptr (GError) error = NULL;

  g_assert_null (ut_data_folder_new (file, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/dev/null/data"));
}

static void
test_about_hostile (Fixture       *self,
                    gconstpointer  unused)
{
  static const char * const texts[] = {
    "", "[]", "{\"unit\":\"word\"}", "{\"unit\":1}", "{\"source\":[]}", "{\"left-out\":-1}",
    "{\"split-seed\":1.5}", "{\"left-out\":99999999999999999}", "{\"unit\":\"review\"",
  };
  g_autoptr (GFile) made = add (self, "a");
  g_autoptr (GFile) file = g_file_get_child (made, UT_DATA_ABOUT_NAME);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (g_file_peek_path (file), texts[i], -1, NULL));
      g_test_message ("%s", texts[i]);
      g_assert_false (ut_data_about_read (&about, made, NULL, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, UT_DATA_ABOUT_NAME));
      g_assert_null (about.source);
    }

  g_auto (UtDataAbout) about = UT_DATA_ABOUT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (ut_data_about_read (&about, made, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (about.split_seed, ==, -1);
}

static void
test_killed (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataFolder) first = ut_data_folder_new (self->directory, &error);
  g_autofree char *left = g_build_filename (g_file_peek_path (self->directory), ".new-ABCDEF", NULL);
  g_autofree char *part = g_build_filename (left, "train.tsv", NULL);
  g_autofree char *other = g_build_filename (g_file_peek_path (self->directory), ".other", NULL);

  g_test_summary ("What a program that was killed left is deleted, what one is at work on is not");

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (left, 0777), ==, 0);
  g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  g_assert_cmpint (g_mkdir (other, 0777), ==, 0);

  g_autoptr (UtDataFolder) second = ut_data_folder_new (self->directory, &error);

  g_assert_no_error (error);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  write_train (first);
  write_train (second);
  g_assert_cmpuint (count_children (self->directory), ==, 3);
}

static void
test_titles (void)
{
  const char *data = g_get_user_data_dir ();
  g_autofree char *own = g_build_filename (data, "undertone", "data", "My set", "train.tsv", NULL);
  g_autofree char *deep = g_build_filename (data, "undertone", "data", "a", "b", "c.tsv", NULL);
  g_autofree char *title = ut_data_dup_title (own);

  g_assert_cmpstr (title, ==, "My set");
  g_assert_null (ut_data_dup_title (deep));
  g_assert_null (ut_data_dup_title ("/elsewhere/train.tsv"));
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/folder/commit", test_commit);
  ADD ("/folder/names", test_names);
  ADD ("/folder/abandoned", test_abandoned);
  ADD ("/folder/killed", test_killed);
  ADD ("/folder/unwritable", test_unwritable);
  ADD ("/about/hostile", test_about_hostile);
  g_test_add_func ("/folder/titles", test_titles);

  return g_test_run ();
}
