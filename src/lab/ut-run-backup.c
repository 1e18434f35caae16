/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-backup-private.h"

#include "ut-file-private.h"
#include "ut-run-salvage-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_NAME "backups"
/* Names that sort by their dates. */
#define PREFIX "runs-"
#define SUFFIX ".db"
#define N_KEPT 3

static char *
get_folder (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return g_build_filename (parent, FOLDER_NAME, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The names of all copies, the oldest first. */
static GPtrArray *
list_copies (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

static void
delete_old (const char *folder)
{
  g_autoptr (GPtrArray) names = list_copies (folder);

  for (guint i = 0; i + N_KEPT < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
}

static gboolean
fail (const char  *path,
      GError     **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("Cannot save to %s: %s"), name,
               g_strerror (code));
  return FALSE;
}

gboolean
_ut_run_backup_make (UtRunDatabase  *database,
                     const char     *path,
                     GError        **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *folder = get_folder (path);
  g_autofree char *name = g_date_time_format (now, PREFIX "%Y-%m-%d" SUFFIX);
  g_autofree char *copy = g_build_filename (folder, name, NULL);

  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0777) != 0)
    return fail (folder, error);
  if (!_ut_run_database_check (database, error) || !_ut_run_database_copy (database, copy, error))
    return FALSE;

  delete_old (folder);
  return TRUE;
}

char *
_ut_run_backup_find (const char *path)
{
  g_autofree char *folder = get_folder (path);
  g_autoptr (GPtrArray) names = list_copies (folder);

  return names->len > 0
         ? g_build_filename (folder, g_ptr_array_index (names, names->len - 1), NULL) : NULL;
}

/* The write-ahead log and its index belong to the file that they lie beside. */
gboolean
_ut_run_backup_set_aside (const char  *path,
                          GError     **error)
{
  static const char * const endings[] = { "-shm", "-wal", "" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *aside = g_strconcat (path, ".damaged-", time, NULL);

  if (!_ut_run_salvage_plan (aside, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (path, endings[i], NULL);
      g_autofree char *to = g_strconcat (aside, endings[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail (from, error);
    }

  return TRUE;
}

gboolean
_ut_run_backup_restore (const char  *path,
                        GError     **error)
{
  g_autofree char *copy_path = _ut_run_backup_find (path);

  if (copy_path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no backup."));
      return FALSE;
    }

  g_autofree char *new_path = g_strconcat (path, ".part", NULL);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  g_autoptr (GFile) new_file = g_file_new_for_path (new_path);

  /* The copy stays: it may be needed again. */
  if (!g_file_copy (copy, new_file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error)
      || !_ut_run_backup_set_aside (path, error))
    return FALSE;
  if (g_rename (new_path, path) != 0)
    return fail (path, error);

  return TRUE;
}
