/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-folder.h"

#include "ut-data-error.h"
#include "ut-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* With a number behind it, below what file systems take. */
#define MAX_TITLE_LENGTH 200
#define MAX_ATTEMPTS 1000

#define HIDDEN_PREFIX ".new-"

struct UtDataFolder
{
  GFile *directory; /* (owned) */
  GFile *folder;    /* (owned): hidden until the commit */
  int lock;         /* (owned): of the hidden folder, so that nobody takes it for abandoned */
  gboolean committed;
};

GFile *
ut_data_get_directory (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "undertone", "data", NULL);

  return g_file_new_for_path (path);
}

char *
ut_data_dup_title (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (GFile) directory = ut_data_get_directory ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *relative = g_file_get_relative_path (directory, file);
  char *slash = relative != NULL ? strchr (relative, G_DIR_SEPARATOR) : NULL;

  if (slash == NULL || strchr (slash + 1, G_DIR_SEPARATOR) != NULL)
    return NULL;

  *slash = '\0';
  return g_filename_display_name (relative);
}

/* A hidden folder, or one elsewhere, would not be found again. */
static char *
dup_folder_name (const char *title)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  GString *name = g_string_new (NULL);

  for (const char *p = g_strstrip (valid); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize length = (gsize) (g_utf8_next_char (p) - p);

      if (name->len + length > MAX_TITLE_LENGTH)
        break;
      if (c == '/' || g_unichar_iscntrl (c) || (c == '.' && name->len == 0))
        g_string_append_c (name, '-');
      else
        g_string_append_len (name, p, (gssize) length);
    }
  if (name->len == 0)
    g_string_append (name, _("Data"));

  return g_string_free (name, FALSE);
}

/* The folder was made here and is flat. */
static void
delete_folder (GFile *folder)
{
  const char *path = g_file_peek_path (folder);
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_unlink (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (path);
}

/* Opens and locks a hidden folder; @wait for whoever looks whether it is abandoned. Returns -1 where
 * that cannot be, or the folder is not there any more. */
static int
lock_folder (const char *path,
             gboolean    wait)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat here;
  struct stat there;

  if (fd < 0)
    return -1;
  if (flock (fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) == 0
      && fstat (fd, &here) == 0 && stat (path, &there) == 0 && here.st_ino == there.st_ino)
    return fd;

  close (fd);
  return -1;
}

/* A program that was killed leaves its folder, but not its lock. */
static void
delete_abandoned (const char *directory)
{
  GDir *dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_build_filename (directory, name, NULL);
      int lock = g_str_has_prefix (name, HIDDEN_PREFIX)
        ? lock_folder (g_file_peek_path (folder), FALSE) : -1;

      if (lock >= 0)
        {
          delete_folder (folder);
          close (lock);
        }
    }
  g_clear_pointer (&dir, g_dir_close);
}

UtDataFolder *
ut_data_folder_new (GFile   *directory,
                    GError **error)
{
  g_return_val_if_fail (directory == NULL || G_IS_FILE (directory), NULL);

  g_autoptr (GFile) place = directory != NULL ? g_object_ref (directory) : ut_data_get_directory ();
  g_autofree char *path = g_file_get_path (place);

  if (path == NULL)
    {
      _ut_file_set_error (place, ENOTSUP, error);
      return NULL;
    }
  if (g_mkdir_with_parents (path, 0777) != 0)
    {
      _ut_file_set_error (place, errno, error);
      return NULL;
    }

  delete_abandoned (path);

  g_autofree char *hidden = NULL;
  int lock = -1;

  /* Another program may look just before the lock is there, and delete the folder. A file system
   * without locks has nothing deleted. */
  for (guint i = 0; i < MAX_ATTEMPTS && (i == 0 || !g_file_test (hidden, G_FILE_TEST_IS_DIR)); i++)
    {
      g_free (hidden);
      hidden = g_build_filename (path, HIDDEN_PREFIX "XXXXXX", NULL);
      if (g_mkdtemp_full (hidden, 0777) == NULL)
        {
          _ut_file_set_error (place, errno, error);
          return NULL;
        }
      lock = lock_folder (hidden, TRUE);
    }

  UtDataFolder *self = g_new0 (UtDataFolder, 1);

  self->lock = lock;
  self->directory = g_steal_pointer (&place);
  self->folder = g_file_new_for_path (hidden);

  return self;
}

GFile *
ut_data_folder_dup_part (UtDataFolder *self,
                         UtDataPart    part)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_file_get_child (self->folder, ut_data_part_get_file_name (part));
}

/* Gives the folder the first name that is free: renaming a folder onto one that is not empty fails,
 * so that two programs cannot both have it. */
static GFile *
rename_folder (UtDataFolder  *self,
               const char    *title,
               GError       **error)
{
  g_autofree char *name = dup_folder_name (title);

  for (guint i = 1; i <= MAX_ATTEMPTS; i++)
    {
      g_autofree char *candidate = i == 1 ? g_strdup (name) : g_strdup_printf ("%s %u", name, i);
      g_autoptr (GFile) target = g_file_get_child (self->directory, candidate);

      if (rename (g_file_peek_path (self->folder), g_file_peek_path (target)) == 0)
        return g_steal_pointer (&target);
      if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR)
        {
          _ut_file_set_error (target, errno, error);
          return NULL;
        }
    }

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_NAME,
               _("There are too many data sets of the name “%s”; choose another one"), name);
  return NULL;
}

/* The names in @folder are on the disk, too, when this returns; file systems that cannot do this do
 * not matter. */
static void
sync_folder (GFile *folder)
{
  int fd = open (g_file_peek_path (folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

GFile *
ut_data_folder_commit (UtDataFolder       *self,
                       const char         *title,
                       const UtDataAbout  *about,
                       GError            **error)
{
  g_return_val_if_fail (self != NULL && !self->committed, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (about != NULL, NULL);

  g_autofree char *text = ut_data_about_to_text (about);
  g_autoptr (GFile) file = g_file_get_child (self->folder, UT_DATA_ABOUT_NAME);
  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);

  if (writer == NULL
      || !_ut_file_writer_write (writer, text, strlen (text), NULL, error)
      || !_ut_file_writer_commit (writer, error))
    return NULL;

  sync_folder (self->folder);

  GFile *folder = rename_folder (self, title, error);

  if (folder == NULL)
    return NULL;

  sync_folder (self->directory);
  self->committed = TRUE;
  return folder;
}

void
ut_data_folder_free (UtDataFolder *self)
{
  g_return_if_fail (self != NULL);

  if (!self->committed)
    delete_folder (self->folder);
  if (self->lock >= 0)
    close (self->lock);
  g_object_unref (self->folder);
  g_object_unref (self->directory);
  g_free (self);
}
