/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-place-private.h"

#include "ut-lab-error.h"
#include "ut-run-folder-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Of the folder of all that is the program's, wherever it lies. */
#define FOLDER_NAME "undertone"
/* While it is being filled; what is cut off then is nobody's. */
#define PART_SUFFIX ".part"
#define NOTE_NAME "place"

/* Remembering */

char *
_ut_run_place_dup_usual (void)
{
  return g_build_filename (g_get_user_data_dir (), FOLDER_NAME, NULL);
}

char *
_ut_run_place_dup_note (void)
{
  return g_build_filename (g_get_user_config_dir (), FOLDER_NAME, NOTE_NAME, NULL);
}

char *
_ut_run_place_dup_remembered (void)
{
  g_autofree char *note = _ut_run_place_dup_note ();
  g_autofree char *folder = NULL;

  if (!g_file_get_contents (note, &folder, NULL, NULL))
    return NULL;

  g_strchomp (folder);
  return g_path_is_absolute (folder) ? g_steal_pointer (&folder) : NULL;
}

static gboolean
fail (const char  *path,
      int          code,
      GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("Cannot save to %s: %s"), name,
               g_strerror (code));
  return FALSE;
}

gboolean
_ut_run_place_remember (const char  *folder,
                        GError     **error)
{
  g_autofree char *note = _ut_run_place_dup_note ();
  g_autofree char *parent = g_path_get_dirname (note);
  g_autofree char *text = NULL;

  if (folder == NULL)
    return g_unlink (note) == 0 || errno == ENOENT || fail (note, errno, error);
  if (g_mkdir_with_parents (parent, 0700) != 0)
    return fail (parent, errno, error);

  text = g_strconcat (folder, "\n", NULL);
  return g_file_set_contents_full (note, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

gboolean
_ut_run_place_check (const char  *folder,
                     GError     **error)
{
  g_autofree char *usual = _ut_run_place_dup_usual ();
  g_autofree char *remembered = _ut_run_place_dup_remembered ();
  g_autofree char *name = NULL;

  if (remembered == NULL || !g_str_equal (folder, usual))
    return TRUE;

  name = g_filename_display_name (remembered);
  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
               _("Another program has moved the runs to %s. Start this one anew."), name);
  return FALSE;
}

/* Choosing */

/* A folder that is there, without links. */
static char *
resolve (const char *path)
{
  g_autofree char *real = realpath (path, NULL);

  return real != NULL ? g_strdup (real) : NULL;
}

static gboolean
is_inside (const char *path,
           const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static gboolean
set_taken (const char  *folder,
           const char  *database,
           GError     **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autoptr (UtRunDatabase) other = NULL;
  g_autoptr (GError) local_error = NULL;

  /* One of a later version says so itself, and nothing of it is changed. */
  other = _ut_run_database_open (database, &local_error);
  if (g_error_matches (local_error, UT_LAB_ERROR, UT_LAB_ERROR_NEWER))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 _("There are runs in %s already. Choose another folder."), name);
  return FALSE;
}

static gboolean
is_free (const char  *folder,
         GError     **error)
{
  g_autofree char *database = g_build_filename (folder, UT_RUN_DATABASE_NAME, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *name = g_filename_display_name (folder);

  if (g_file_test (database, G_FILE_TEST_EXISTS))
    return set_taken (folder, database, error);
  if (dir == NULL || g_dir_read_name (dir) == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _("%s is not empty. Choose another folder."), name);
  return FALSE;
}

/* The folder in @chosen that the runs come to. */
static char *
find_target (const char  *chosen,
             const char  *store,
             GError     **error)
{
  g_autofree char *parent = resolve (chosen);
  int code = errno;
  g_autofree char *own = resolve (store);
  g_autofree char *database = NULL;
  g_autofree char *target = NULL;

  if (parent == NULL)
    {
      fail (chosen, code, error);
      return NULL;
    }
  if (own != NULL && is_inside (parent, own))
    {
      g_autofree char *name = g_filename_display_name (own);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("The runs lie in %s now. Choose a folder elsewhere."), name);
      return NULL;
    }

  database = g_build_filename (parent, UT_RUN_DATABASE_NAME, NULL);
  if (g_file_test (database, G_FILE_TEST_EXISTS) && !set_taken (parent, database, error))
    return NULL;

  target = g_build_filename (parent, FOLDER_NAME, NULL);
  return is_free (target, error) ? g_steal_pointer (&target) : NULL;
}

/* Copying */

static gboolean
check_others (UtRunDatabase  *database,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autoptr (GPtrArray) records = _ut_run_database_list (database, NULL, NULL, cancellable, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const UtRunRecord *record = g_ptr_array_index (records, i);

      if (!record->is_elsewhere)
        continue;

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _("%s is under way in another program. Let that end first."), record->name);
      return FALSE;
    }

  return records != NULL;
}

/* The names of the runs' folders. */
static GPtrArray *
list_folders (const char *runs)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (runs, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (runs, name, NULL);

      if (*name != '.' && g_file_test (path, G_FILE_TEST_IS_DIR)
          && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        g_ptr_array_add (names, g_strdup (name));
    }

  return names;
}

static gboolean
check_room (UtRunDatabase  *database,
            const char     *runs,
            GPtrArray      *names,
            const char     *target,
            GError        **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (target);
  g_autoptr (GFileInfo) info =
    g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  GStatBuf status;
  guint64 size = 0;

  if (g_stat (_ut_run_database_get_path (database), &status) == 0)
    size += (guint64) status.st_size;
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) folder = g_file_new_build_filename (runs, g_ptr_array_index (names, i), NULL);

      size += _ut_run_folder_get_size (folder);
    }

  /* Not every file system says so. */
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
      || g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) > size)
    return TRUE;

  g_autofree char *name = g_path_get_dirname (target);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *needed = g_format_size (size);
  g_autofree char *there =
    g_format_size (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE));

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               _("The runs take %s; in %s there is room for %s."), needed, shown, there);
  return FALSE;
}

void
_ut_run_place_drop (const char *target)
{
  g_autofree char *runs = g_build_filename (target, UT_RUN_FOLDERS_NAME, NULL);
  g_autofree char *database = g_build_filename (target, UT_RUN_DATABASE_NAME, NULL);
  g_autoptr (GPtrArray) names = list_folders (runs);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) folder = g_file_new_build_filename (runs, g_ptr_array_index (names, i), NULL);

      _ut_run_folder_delete (folder, NULL);
    }
  g_rmdir (runs);
  g_unlink (database);
  g_rmdir (target);
}

/* All of it is on the disk before anybody relies on it. */
static gboolean
sync_all (const char  *target,
          GError     **error)
{
  int fd = g_open (target, O_RDONLY | O_CLOEXEC, 0);
  int code = fd >= 0 && syncfs (fd) == 0 ? 0 : errno;

  if (fd >= 0)
    close (fd);

  return code == 0 || fail (target, code, error);
}

static gboolean
fill (UtRunDatabase  *database,
      const char     *target,
      GCancellable   *cancellable,
      GError        **error)
{
  g_autofree char *parent = g_path_get_dirname (_ut_run_database_get_path (database));
  g_autofree char *from = g_build_filename (parent, UT_RUN_FOLDERS_NAME, NULL);
  g_autofree char *to = g_build_filename (target, UT_RUN_FOLDERS_NAME, NULL);
  g_autofree char *copy = g_build_filename (target, UT_RUN_DATABASE_NAME, NULL);
  g_autoptr (GPtrArray) names = list_folders (from);

  if (g_mkdir (to, 0777) != 0)
    return fail (to, errno, error);
  if (!check_room (database, from, names, target, error))
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) source = g_file_new_build_filename (from, g_ptr_array_index (names, i), NULL);
      g_autoptr (GFile) folder = g_file_new_build_filename (to, g_ptr_array_index (names, i), NULL);

      if (!_ut_run_folder_copy (source, folder, cancellable, error))
        return FALSE;
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error)
         && _ut_run_database_copy (database, copy, error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error)
         && sync_all (target, error);
}

/* What another program wrote may be in only one of folders and database. */
static gboolean
check_news (UtRunDatabase  *database,
            GError        **error)
{
  if (!_ut_run_database_has_news (database))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                       _("Another program has changed the runs meanwhile. Try again."));
  return FALSE;
}

char *
_ut_run_place_copy (UtRunDatabase  *database,
                    const char     *chosen,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autofree char *store = g_path_get_dirname (_ut_run_database_get_path (database));
  g_autofree char *target = find_target (chosen, store, error);
  g_autofree char *part = NULL;

  if (target == NULL)
    return NULL;

  _ut_run_database_has_news (database);
  if (!check_others (database, cancellable, error))
    return NULL;

  part = g_strconcat (target, PART_SUFFIX, NULL);
  _ut_run_place_drop (part);
  if (g_mkdir (part, 0777) != 0)
    {
      fail (part, errno, error);
      return NULL;
    }

  gboolean good = fill (database, part, cancellable, error) && check_news (database, error);

  /* It may be there, but empty. */
  g_rmdir (target);
  if (good && g_rename (part, target) != 0)
    good = fail (target, errno, error);
  if (!good)
    {
      _ut_run_place_drop (part);
      return NULL;
    }

  return g_steal_pointer (&target);
}
