/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Between two looks at the cancellable. */
#define PIECE (4u << 20)

struct UtFileWriter
{
  GFile *file;    /* (owned) */
  char *path;     /* (owned) */
  char *new_path; /* (owned), the temporary file's */
  int fd;         /* (owned), -1 after the commit */
  off_t written;
  off_t started;  /* how much the disk was told to begin with */
};

void
_ut_file_set_error (GFile   *file,
                    int      saved_errno,
                    GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  /* Translators: a file name, then what the system says of it. */
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), _("%s: %s"), name,
               g_strerror (saved_errno));
}

UtFileWriter *
_ut_file_writer_new (GFile   *file,
                     GError **error)
{
  g_autoptr (UtFileWriter) self = g_new0 (UtFileWriter, 1);
  GStatBuf status;

  self->fd = -1;
  self->file = g_object_ref (file);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      _ut_file_set_error (file, ENOTSUP, error);
      return NULL;
    }
  /* Renaming would replace a device or pipe by a file. */
  if (g_stat (self->path, &status) == 0 && !S_ISREG (status.st_mode))
    {
      _ut_file_set_error (file, S_ISDIR (status.st_mode) ? EISDIR : EINVAL, error);
      return NULL;
    }

  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *pattern = g_strdup_printf ("%s/.%s.XXXXXX", directory, base);

  self->fd = g_mkstemp_full (pattern, O_WRONLY | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      _ut_file_set_error (file, errno, error);
      return NULL;
    }
  self->new_path = g_steal_pointer (&pattern);

  return g_steal_pointer (&self);
}

/* Has the disk begin with what was written since the last time, when it is done with what came
 * before that: syncing at the end, which cannot be given up, is then short. */
static void
start_writing (UtFileWriter *self)
{
  off_t n = self->written - self->started;

  if (n < PIECE)
    return;

  sync_file_range (self->fd, 0, self->started, SYNC_FILE_RANGE_WAIT_BEFORE);
  sync_file_range (self->fd, self->started, n, SYNC_FILE_RANGE_WRITE);
  self->started = self->written;
}

gboolean
_ut_file_writer_write (UtFileWriter  *self,
                       const void    *data,
                       gsize          length,
                       GCancellable  *cancellable,
                       GError       **error)
{
  const char *bytes = data;

  while (length > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      gssize written = write (self->fd, bytes, MIN (length, PIECE));

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          _ut_file_set_error (self->file, errno, error);
          return FALSE;
        }
      bytes += written;
      length -= (gsize) written;
      self->written += written;
      start_writing (self);
    }

  return TRUE;
}

const char *
_ut_file_writer_get_new_path (const UtFileWriter *self)
{
  return self->new_path;
}

gboolean
_ut_file_writer_commit (UtFileWriter  *self,
                        GError       **error)
{
  gboolean synced = fsync (self->fd) == 0;
  int saved_errno = errno;

  /* Some file systems tell only now that the disk is full. */
  if (close (self->fd) != 0 && synced)
    {
      synced = FALSE;
      saved_errno = errno;
    }
  self->fd = -1;

  if (synced && g_rename (self->new_path, self->path) != 0)
    {
      synced = FALSE;
      saved_errno = errno;
    }
  if (!synced)
    {
      _ut_file_set_error (self->file, saved_errno, error);
      return FALSE;
    }

  g_clear_pointer (&self->new_path, g_free);
  return TRUE;
}

void
_ut_file_writer_free (UtFileWriter *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->new_path != NULL)
    g_unlink (self->new_path);
  g_free (self->new_path);
  g_free (self->path);
  g_object_unref (self->file);
  g_free (self);
}

GInputStream *
_ut_file_open_regular (GFile         *file,
                       guint64       *size,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                       G_FILE_QUERY_INFO_NONE, cancellable, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("%s: There is no such file"), name);
      return NULL;
    }
  if (info == NULL)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", name);
      return NULL;
    }

  /* Opening a pipe would wait for its writer, reading a device might never end. */
  GFileType type = g_file_info_get_file_type (info);

  if (type == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _("%s: This is a folder; a file was expected"), name);
      return NULL;
    }
  if (type != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _("%s: This is not a regular file; a file on a disk was expected"), name);
      return NULL;
    }

  GFileInputStream *stream = g_file_read (file, cancellable, error);

  if (stream == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  *size = (guint64) MAX (g_file_info_get_size (info), 0);
  return G_INPUT_STREAM (stream);
}
