/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "text-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
text_fixture_set_up (TextFixture   *self,
                     gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("ut-text-XXXXXX", &error);
  g_assert_no_error (error);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
}

void
text_fixture_tear_down (TextFixture   *self,
                        gconstpointer  unused)
{
  for (guint i = 0; i < self->files->len; i++)
    g_assert_true (g_file_delete (self->files->pdata[i], NULL, NULL));
  g_ptr_array_unref (self->files);

  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

GFile *
text_fixture_write (TextFixture *self,
                    const char  *name,
                    const void  *data,
                    gsize        length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  guint i;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);

  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (!g_ptr_array_find_with_equal_func (self->files, file, (GEqualFunc) g_file_equal, &i))
    {
      i = self->files->len;
      g_ptr_array_add (self->files, g_steal_pointer (&file));
    }

  return self->files->pdata[i];
}

GFile *
text_find_data (const char *path)
{
  const char *folder = g_getenv ("UNDERTONE_DATA");

  if (folder == NULL)
    {
      g_test_skip ("UNDERTONE_DATA is not set");
      return NULL;
    }

  g_autofree char *whole = g_build_filename (folder, path, NULL);

  if (!g_file_test (whole, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the file is not in UNDERTONE_DATA");
      return NULL;
    }

  return g_file_new_for_path (whole);
}

void
text_assert_error (const GError *error,
                   GQuark        domain,
                   int           code,
                   const char   *name,
                   guint         line,
                   const char   *fragment)
{
  g_autofree char *place = line > 0 ? g_strdup_printf ("%s:%u: ", name, line)
                                    : g_strdup_printf ("%s: ", name);

  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, place));
  g_assert_nonnull (strstr (error->message, fragment));
}
