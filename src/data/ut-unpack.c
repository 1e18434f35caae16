/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-unpack-private.h"

#include "ut-data-error.h"
#include "ut-hasher-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE_SIZE (256 * 1024)

typedef struct
{
  const UtUnpackInput *input;
  struct archive *archive; /* (owned) */
  GCancellable *cancellable;
  GError *read_error;      /* (owned) (nullable): why the archive stopped coming */
  char *buffer;            /* (owned): PIECE_SIZE bytes */
} Unpacking;

static la_ssize_t
read_cb (struct archive  *archive,
         void            *data,
         const void     **bytes)
{
  Unpacking *self = data;
  gssize n = -1;

  /* libarchive may ask once more after a failure. */
  if (self->read_error == NULL)
    n = self->input->read (self->input->data, bytes, self->cancellable, &self->read_error);
  if (n < 0)
    archive_set_error (archive, EIO, "the archive cannot be read");

  return n;
}

static void
set_error (Unpacking    *self,
           UtDataError   code,
           GError      **error,
           const char   *format,
           ...) G_GNUC_PRINTF (4, 5);

static void
set_error (Unpacking    *self,
           UtDataError   code,
           GError      **error,
           const char   *format,
           ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, UT_DATA_ERROR, code, "%s: %s", self->input->name, message);
}

/* Why libarchive gave up: the reason it was given itself, if there is one. */
static void
set_archive_error (Unpacking    *self,
                   const char   *member,
                   GError      **error)
{
  if (self->read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->read_error));
      return;
    }

  const char *reason = archive_error_string (self->archive);
  g_autofree char *valid = g_utf8_make_valid (reason != NULL ? reason : "", -1);

  g_strdelimit (g_strstrip (valid), "\n", ' ');
  if (member != NULL)
    /* Translators: the name of a file in an archive, then what is wrong, in English. */
    set_error (self, UT_DATA_ERROR_ARCHIVE, error,
               _("“%s” in the archive is damaged (%s); fetch it again"), member, valid);
  else
    /* Translators: what is wrong, in English. */
    set_error (self, UT_DATA_ERROR_ARCHIVE, error,
               _("The archive is damaged or none (%s); a zip archive was expected"), valid);
}

static UtUnpackTarget *
find_target (UtUnpackTarget *targets,
             gsize           n_targets,
             const char     *name)
{
  for (gsize i = 0; name != NULL && i < n_targets; i++)
    if (g_str_equal (targets[i].name, name))
      return &targets[i];
  return NULL;
}

static void
set_large_error (Unpacking             *self,
                 const UtUnpackTarget  *target,
                 GError               **error)
{
  set_error (self, UT_DATA_ERROR_SIZE, error,
             _("“%s” in the archive is larger than what is expected of it"), target->name);
}

static gboolean
check_entry (Unpacking             *self,
             const UtUnpackTarget  *target,
             struct archive_entry  *entry,
             GError               **error)
{
  if (target->is_done)
    set_error (self, UT_DATA_ERROR_ARCHIVE, error,
               _("“%s” is in the archive twice; what is meant cannot be known"), target->name);
  else if (archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL)
    set_error (self, UT_DATA_ERROR_ARCHIVE, error,
               _("“%s” in the archive is no regular file"), target->name);
  else if (archive_entry_is_encrypted (entry))
    set_error (self, UT_DATA_ERROR_ARCHIVE, error,
               _("“%s” in the archive is encrypted; a plain one was expected"), target->name);
  else if (archive_entry_size_is_set (entry)
           && (guint64) archive_entry_size (entry) > target->max_size)
    set_large_error (self, target, error);
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_member (Unpacking             *self,
              const UtUnpackTarget  *target,
              guint64                size,
              const char            *sha256,
              GError               **error)
{
  if (target->size != 0 && size != target->size)
    {
      g_autofree char *there = g_format_size_full (size, G_FORMAT_SIZE_LONG_FORMAT);
      g_autofree char *expected = g_format_size_full (target->size, G_FORMAT_SIZE_LONG_FORMAT);

      set_error (self, UT_DATA_ERROR_CHECKSUM, error,
                 /* Translators: the name of a file in an archive, then two sizes. */
                 _("“%s” in the archive has %s instead of %s"), target->name, there, expected);
      return FALSE;
    }
  if (sha256 != NULL && !g_str_equal (sha256, target->sha256))
    {
      set_error (self, UT_DATA_ERROR_CHECKSUM, error,
                 _("“%s” in the archive is not the file that was expected: its SHA-256 is %s "
                   "instead of %s"), target->name, sha256, target->sha256);
      return FALSE;
    }

  return TRUE;
}

static gboolean
unpack_member (Unpacking       *self,
               UtUnpackTarget  *target,
               UtHasher        *hasher,
               GError         **error)
{
  guint64 size = 0;

  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;

      la_ssize_t n = archive_read_data (self->archive, self->buffer, PIECE_SIZE);

      /* A warning here is a wrong checksum or length. */
      if (n < 0)
        {
          set_archive_error (self, target->name, error);
          return FALSE;
        }
      if (n == 0)
        break;
      if ((guint64) n > target->max_size - size)
        {
          set_large_error (self, target, error);
          return FALSE;
        }
      size += (guint64) n;
      if (hasher != NULL)
        _ut_hasher_update (hasher, self->buffer, (gsize) n);
      if (!_ut_file_writer_write (target->writer, self->buffer, (gsize) n, self->cancellable, error))
        return FALSE;
    }

  g_autofree char *sha256 = hasher != NULL ? _ut_hasher_finish (hasher) : NULL;

  if (!check_member (self, target, size, sha256, error))
    return FALSE;

  target->is_done = TRUE;
  return TRUE;
}

static gboolean
take_member (Unpacking             *self,
             UtUnpackTarget        *target,
             struct archive_entry  *entry,
             GError               **error)
{
  if (!check_entry (self, target, entry, error))
    return FALSE;

  UtHasher *hasher = target->sha256 != NULL ? _ut_hasher_new () : NULL;
  gboolean good = unpack_member (self, target, hasher, error);

  g_clear_pointer (&hasher, _ut_hasher_free);
  return good;
}

static gsize
count_missing (const UtUnpackTarget *targets,
               gsize                 n_targets)
{
  gsize n = 0;

  for (gsize i = 0; i < n_targets; i++)
    n += !targets[i].is_done;
  return n;
}

static gboolean
unpack (Unpacking       *self,
        UtUnpackTarget  *targets,
        gsize            n_targets,
        gboolean         to_end,
        GError         **error)
{
  struct archive_entry *entry;
  int status;

  if (archive_read_open (self->archive, self, NULL, read_cb, NULL) != ARCHIVE_OK)
    {
      set_archive_error (self, NULL, error);
      return FALSE;
    }

  /* A warning here is a name that the locale cannot write, and such a one is not asked for. */
  while ((status = archive_read_next_header (self->archive, &entry)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      UtUnpackTarget *target = find_target (targets, n_targets, archive_entry_pathname (entry));

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || (target != NULL && !take_member (self, target, entry, error)))
        return FALSE;
      if (!to_end && count_missing (targets, n_targets) == 0)
        return TRUE;
    }
  if (status != ARCHIVE_EOF || self->read_error != NULL)
    {
      set_archive_error (self, NULL, error);
      return FALSE;
    }

  for (gsize i = 0; i < n_targets; i++)
    if (!targets[i].is_done)
      {
        set_error (self, UT_DATA_ERROR_ARCHIVE, error,
                   _("There is no “%s” in the archive, which is not the one that was expected"),
                   targets[i].name);
        return FALSE;
      }

  return TRUE;
}

gboolean
_ut_unpack (const UtUnpackInput  *input,
            UtUnpackTarget       *targets,
            gsize                 n_targets,
            gboolean              to_end,
            GCancellable         *cancellable,
            GError              **error)
{
  Unpacking self = {
    .input = input,
    .archive = archive_read_new (),
    .cancellable = cancellable,
    .buffer = g_malloc (PIECE_SIZE),
  };

  /* The other reader of zip archives starts at the end, which has not come yet. */
  archive_read_support_format_zip_streamable (self.archive);

  gboolean good = unpack (&self, targets, n_targets, to_end, error);

  archive_read_free (self.archive);
  g_clear_error (&self.read_error);
  g_free (self.buffer);
  return good;
}
