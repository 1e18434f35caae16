/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-download-private.h"

#include "ut-request-private.h"

/* Few enough that what is unpacked of one piece takes no time, many enough that a system call does
 * not count. */
#define PIECE_SIZE (64 * 1024)

struct UtDownload
{
  char *address;      /* (owned) */
  guint64 size;
  guint stall_seconds;
  UtPart *part;       /* (owned) (nullable) */
  UtRequest *request; /* (owned) (nullable): NULL where all was saved */
  guint64 n_saved;
  guint64 offset;     /* of what comes next */
  char *buffer;       /* (owned): PIECE_SIZE bytes */
};

UtDownload *
_ut_download_new (const char *address,
                  guint64     size,
                  guint       stall_seconds,
                  UtPart     *part)
{
  UtDownload *self = g_new0 (UtDownload, 1);

  self->address = g_strdup (address);
  self->size = size;
  self->stall_seconds = stall_seconds;
  self->part = part;
  self->buffer = g_malloc (PIECE_SIZE);

  return self;
}

void
_ut_download_free (UtDownload *self)
{
  g_clear_pointer (&self->request, _ut_request_free);
  g_clear_pointer (&self->part, _ut_part_free);
  g_free (self->address);
  g_free (self->buffer);
  g_free (self);
}

void
_ut_download_delete (UtDownload *self)
{
  g_clear_pointer (&self->request, _ut_request_free);
  g_clear_pointer (&self->part, _ut_part_delete);
  _ut_download_free (self);
}

gboolean
_ut_download_connect (UtDownload    *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  UtRequestWish wish = {
    .address = self->address,
    .size = self->size,
    .offset = _ut_part_get_length (self->part),
    .etag = _ut_part_get_etag (self->part),
    .modified = _ut_part_get_modified (self->part),
    .stall_seconds = self->stall_seconds,
  };

  if (wish.offset < self->size)
    {
      self->request = _ut_request_send (&wish, cancellable, error);
      if (self->request == NULL)
        return FALSE;
      if (_ut_request_get_offset (self->request) == 0
          && !_ut_part_restart (self->part, _ut_request_get_etag (self->request),
                                _ut_request_get_modified (self->request), error))
        return FALSE;
    }

  self->n_saved = _ut_part_get_length (self->part);
  return TRUE;
}

guint64
_ut_download_get_n_saved (const UtDownload *self)
{
  return self->n_saved;
}

gssize
_ut_download_read (UtDownload    *self,
                   const void   **bytes,
                   GCancellable  *cancellable,
                   GError       **error)
{
  gssize n = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;

  if (self->offset < self->n_saved)
    n = _ut_part_read (self->part, self->offset, self->buffer,
                       (gsize) MIN (PIECE_SIZE, self->n_saved - self->offset), error);
  else if (self->request != NULL)
    {
      n = _ut_request_read (self->request, self->buffer, PIECE_SIZE, cancellable, error);
      if (n > 0 && !_ut_part_append (self->part, self->buffer, (gsize) n, error))
        n = -1;
    }

  if (n > 0)
    self->offset += (guint64) n;
  *bytes = self->buffer;
  return n;
}
