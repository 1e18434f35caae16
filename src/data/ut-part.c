/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-part-private.h"

#include "ut-data-json-private.h"
#include "ut-file-private.h"
#include "ut-json-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SIZE (64 * 1024)
#define MAX_VALUES 100
/* Between the try to open a part and the next one, where another program has just deleted it. */
#define MAX_ATTEMPTS 10
/* Characters of the checksum in the name of a part. */
#define KEY_LENGTH 16

struct UtPart
{
  char *address;  /* (owned) */
  GFile *file;    /* (owned): the saved bytes */
  GFile *about;   /* (owned): the version they are of */
  int fd;         /* (owned): of the saved bytes; has the lock */
  guint64 size;   /* of the whole file */
  guint64 length;
  char *etag;     /* (owned) (nullable) */
  char *modified; /* (owned) (nullable) */
};

char *
_ut_part_dup_directory (void)
{
  return g_build_filename (g_get_user_cache_dir (), "undertone", "downloads", NULL);
}

/* Two addresses may end in the same name. */
static char *
dup_name (const char *address)
{
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);

  key[KEY_LENGTH] = '\0';
  return g_steal_pointer (&key);
}

/* Opens the file and locks it. The lock goes with the process, however it ends, and a file that was
 * deleted between opening and locking is not the one the next program finds. */
static gboolean
open_locked (UtPart  *self,
             GError **error)
{
  const char *path = g_file_peek_path (self->file);

  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      GStatBuf here;
      GStatBuf there;

      self->fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
      if (self->fd < 0)
        {
          _ut_file_set_error (self->file, errno, error);
          return FALSE;
        }
      if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
        {
          if (errno != EWOULDBLOCK)
            _ut_file_set_error (self->file, errno, error);
          else
            /* Translators: an address. */
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                         _("Another program is fetching %s at the moment; wait until it is done"),
                         self->address);
          return FALSE;
        }
      if (fstat (self->fd, &here) == 0 && g_stat (path, &there) == 0
          && here.st_dev == there.st_dev && here.st_ino == there.st_ino
          && S_ISREG (here.st_mode))
        {
          self->length = (guint64) here.st_size;
          return TRUE;
        }
      close (self->fd);
      self->fd = -1;
    }

  _ut_file_set_error (self->file, EBUSY, error);
  return FALSE;
}

/* Whether what is known of the saved bytes is whole and says that they are of this file. */
static gboolean
read_about (UtPart *self)
{
  g_autoptr (JsonNode) root = _ut_json_read_file (self->about, MAX_SIZE, MAX_VALUES, NULL, NULL);
  g_autofree char *address = NULL;
  gint64 size = 0;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  JsonObject *object = json_node_get_object (root);

  return _ut_data_json_text (object, "address", &address, NULL)
         && _ut_data_json_text (object, "etag", &self->etag, NULL)
         && _ut_data_json_text (object, "last-modified", &self->modified, NULL)
         && _ut_data_json_integer (object, "size", &size, NULL)
         && g_strcmp0 (address, self->address) == 0 && (guint64) size == self->size
         && (self->etag != NULL || self->modified != NULL);
}

static gboolean
empty (UtPart  *self,
       GError **error)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->modified, g_free);
  self->length = 0;
  if (ftruncate (self->fd, 0) != 0)
    {
      _ut_file_set_error (self->file, errno, error);
      return FALSE;
    }

  return TRUE;
}

UtPart *
_ut_part_open (const char  *address,
               guint64      size,
               GError     **error)
{
  g_autoptr (UtPart) self = g_new0 (UtPart, 1);
  g_autofree char *directory = _ut_part_dup_directory ();
  g_autofree char *name = dup_name (address);
  g_autofree char *part_name = g_strconcat (name, ".part", NULL);
  g_autofree char *about_name = g_strconcat (name, ".json", NULL);

  self->fd = -1;
  self->address = g_strdup (address);
  self->size = size;
  self->file = g_file_new_build_filename (directory, part_name, NULL);
  self->about = g_file_new_build_filename (directory, about_name, NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      _ut_file_set_error (self->file, errno, error);
      return NULL;
    }
  if (!open_locked (self, error))
    return NULL;
  if ((!read_about (self) || self->length > size) && !empty (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
_ut_part_free (UtPart *self)
{
  /* A part without a byte is of no use. It is deleted under the lock, as in _ut_part_delete(). */
  if (self->fd >= 0 && self->length == 0)
    {
      g_unlink (g_file_peek_path (self->about));
      g_unlink (g_file_peek_path (self->file));
    }
  if (self->fd >= 0)
    close (self->fd);
  g_object_unref (self->file);
  g_object_unref (self->about);
  g_free (self->address);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}

void
_ut_part_delete (UtPart *self)
{
  self->length = 0;
  _ut_part_free (self);
}

guint64
_ut_part_get_length (const UtPart *self)
{
  return self->length;
}

const char *
_ut_part_get_etag (const UtPart *self)
{
  return self->etag;
}

const char *
_ut_part_get_modified (const UtPart *self)
{
  return self->modified;
}

static void
append_text (GString    *json,
             const char *key,
             const char *text)
{
  if (text == NULL)
    return;

  g_string_append_printf (json, ",\n  \"%s\": ", key);
  ut_json_append_string (json, text);
}

/* The bytes go first: bytes of one version beside the name of another would be gone on from. */
gboolean
_ut_part_restart (UtPart      *self,
                  const char  *etag,
                  const char  *modified,
                  GError     **error)
{
  if (!empty (self, error))
    return FALSE;

  g_autoptr (GString) json = g_string_new ("{\n  \"address\": ");
  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (self->about, error);

  ut_json_append_string (json, self->address);
  append_text (json, "etag", etag);
  append_text (json, "last-modified", modified);
  g_string_append_printf (json, ",\n  \"size\": %" G_GUINT64_FORMAT "\n}\n", self->size);

  if (writer == NULL
      || !_ut_file_writer_write (writer, json->str, json->len, NULL, error)
      || !_ut_file_writer_commit (writer, error))
    return FALSE;

  self->etag = g_strdup (etag);
  self->modified = g_strdup (modified);
  return TRUE;
}

gboolean
_ut_part_append (UtPart      *self,
                 const void  *data,
                 gsize        length,
                 GError     **error)
{
  const char *bytes = data;

  while (length > 0)
    {
      gssize n = pwrite (self->fd, bytes, length, (off_t) self->length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          _ut_file_set_error (self->file, errno, error);
          return FALSE;
        }
      bytes += n;
      length -= (gsize) n;
      self->length += (guint64) n;
    }

  return TRUE;
}

gssize
_ut_part_read (UtPart   *self,
               guint64   offset,
               void     *data,
               gsize     length,
               GError  **error)
{
  gssize n;

  do
    n = pread (self->fd, data, length, (off_t) offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    _ut_file_set_error (self->file, errno, error);

  return n;
}
