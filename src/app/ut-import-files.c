/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-files.h"

#include <string.h>

/* How the files of a pair end, each beside the other one. */
static const char * const endings[] = { ".neg", ".pos" };

void
ut_import_files_copy (UtImportFiles       *self,
                      const UtImportFiles *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL);

  g_set_object (&self->train, other->train);
  g_set_object (&self->second, other->second);
  g_set_object (&self->dev, other->dev);
  g_set_object (&self->test, other->test);
}

void
ut_import_files_clear (UtImportFiles *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->train);
  g_clear_object (&self->second);
  g_clear_object (&self->dev);
  g_clear_object (&self->test);
}

void
ut_import_files_find_sibling (UtImportFiles *self)
{
  g_return_if_fail (self != NULL && self->train != NULL);

  g_autofree char *name = g_file_get_basename (self->train);

  if (self->second != NULL || name == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      const char *other = endings[G_N_ELEMENTS (endings) - 1 - i];

      if (!g_str_has_suffix (name, endings[i]))
        continue;

      g_autoptr (GFile) folder = g_file_get_parent (self->train);
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (endings[i]));
      g_autofree char *sibling_name = g_strconcat (stem, other, NULL);
      g_autoptr (GFile) sibling = g_file_get_child (folder, sibling_name);

      if (g_file_query_file_type (sibling, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR)
        {
          self->second = g_steal_pointer (&sibling);
          g_clear_object (&self->dev);
          g_clear_object (&self->test);
        }
      return;
    }
}

UtImportSource
ut_import_files_get_source (const UtImportFiles *self)
{
  const UtImportSource source = {
    .train = self->train, .second = self->second, .dev = self->dev, .test = self->test,
  };

  return source;
}

static char *
dup_display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL ? g_filename_display_name (name) : g_file_get_parse_name (file);
}

char *
ut_import_files_dup_name (const UtImportFiles *self)
{
  g_return_val_if_fail (self != NULL && self->train != NULL, NULL);

  g_autofree char *first = dup_display_name (self->train);
  g_autofree char *second = self->second != NULL ? dup_display_name (self->second) : NULL;

  return second != NULL ? g_strdup_printf ("%s, %s", first, second) : g_steal_pointer (&first);
}
