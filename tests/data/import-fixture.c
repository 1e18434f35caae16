/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
fixture_set_up (Fixture       *self,
                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("ut-import-XXXXXX", &error);
  g_assert_no_error (error);
  self->directory = g_file_new_build_filename (self->path, "sets", NULL);
}

static void
delete_all (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      delete_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
fixture_tear_down (Fixture       *self,
                   gconstpointer  unused)
{
  delete_all (self->path);
  g_clear_pointer (&self->path, g_free);
  g_clear_object (&self->directory);
}

GFile *
fixture_write (Fixture    *self,
               const char *name,
               const char *data,
               gssize      length)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

guint
fixture_count_sets (Fixture *self)
{
  GDir *dir = g_dir_open (g_file_peek_path (self->directory), 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  g_clear_pointer (&dir, g_dir_close);

  return n;
}

UtImport *
fixture_scan (GFile                  *file,
              const UtImportOptions  *options,
              UtImportFixed           fixed,
              GError                **error)
{
  const UtImportSource source = { .train = file };
  g_autoptr (UtImportGuess) guess = ut_import_guess (&source, options, fixed, NULL, error);

  return guess != NULL ? ut_import_scan (guess, NULL, NULL, NULL, NULL, error) : NULL;
}

char *
fixture_read_part (GFile      *folder,
                   UtDataPart  part)
{
  g_autoptr (GFile) file = g_file_get_child (folder, ut_data_part_get_file_name (part));
  char *text = NULL;

  g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL);

  return text;
}

char *
fixture_read_parts (GFile *folder)
{
  GString *text = g_string_new (NULL);

  for (guint part = 0; part < UT_N_DATA_PARTS; part++)
    {
      g_autofree char *contents = fixture_read_part (folder, (UtDataPart) part);

      g_string_append_printf (text, "== %s\n%s", ut_data_part_get_file_name ((UtDataPart) part),
                              contents != NULL ? contents : "none\n");
    }

  return g_string_free (text, FALSE);
}
