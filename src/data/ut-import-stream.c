/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-stream-private.h"

#include "ut-import-cutter-private.h"
#include "ut-import-reader-private.h"

#include <string.h>

/* The reader wants some room even for the last byte. */
#define ROOM 16

struct UtImportStream
{
  const UtImportGuess *guess;  /* (not owned) */
  UtImportReader *reader;      /* (owned) */
  UtImportCutter cutter;       /* its header is owned */
  GString *rest;               /* (owned): text behind the records that were given */
  GCancellable *cancellable;   /* (not owned) (nullable) */
  gboolean started;
  gboolean ended;              /* whether the file has no more text */
};

UtImportStream *
_ut_import_stream_open (const UtImportGuess    *guess,
                        guint                   input,
                        const UtImportOptions  *options,
                        UtImportLayout         *layout,
                        guint64                 limit,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr (GFile) file = _ut_import_input_dup_file (_ut_import_guess_get_input (guess, input));
  UtImportReader *reader = _ut_import_reader_open (file, options->encoding, limit, cancellable,
                                                   error);

  if (reader == NULL)
    return NULL;

  UtImportStream *self = g_new0 (UtImportStream, 1);

  self->guess = guess;
  self->reader = reader;
  self->cutter = (UtImportCutter) {
    .layout = layout,
    .input = input,
    .line = 1,
    .wants_header = options->form == UT_IMPORT_DELIMITED && options->header,
  };
  self->rest = g_string_new (NULL);
  self->cancellable = cancellable;

  return self;
}

void
_ut_import_stream_free (UtImportStream *self)
{
  _ut_import_reader_free (self->reader);
  g_strfreev (self->cutter.header);
  g_string_free (self->rest, TRUE);
  g_free (self);
}

/* Reads until the batch has @wanted bytes or the file ends. */
static gboolean
fill (UtImportStream  *self,
      UtImportBatch   *batch,
      gsize            wanted,
      GError         **error)
{
  _ut_import_batch_reserve (batch, wanted + ROOM);
  while (batch->length < wanted && !self->ended)
    {
      gsize n_read;

      if (!_ut_import_reader_read (self->reader, batch->text + batch->length,
                                   batch->size - batch->length, &n_read, self->cancellable, error))
        return FALSE;
      batch->length += n_read;
      self->ended = n_read == 0;
    }

  return TRUE;
}

gboolean
_ut_import_stream_next (UtImportStream  *self,
                        UtImportBatch   *batch,
                        GError         **error)
{
  UtImportCutter *cutter = &self->cutter;
  gboolean had_header = cutter->header != NULL;
  gsize wanted = UT_IMPORT_BATCH_SIZE;
  gsize at = 0;

  batch->layout = cutter->layout;
  _ut_import_batch_reserve (batch, self->rest->len);
  if (self->rest->len > 0)
    memcpy (batch->text, self->rest->str, self->rest->len);
  batch->length = self->rest->len;
  g_string_truncate (self->rest, 0);

  /* Where a record is longer than the batch, no worker would have anything to do yet. */
  do
    {
      if (!fill (self, batch, wanted, error))
        return FALSE;
      if (!self->started)
        cutter->layout->dialect.line_end = _ut_import_find_line_end (batch->text, batch->length);
      self->started = TRUE;
      at = _ut_import_cutter_run (cutter, batch, 0, self->ended);
      wanted = batch->length + UT_IMPORT_BATCH_SIZE;
    }
  while (!self->ended && batch->pieces->len == 0 && at == 0);

  if (!had_header && cutter->header != NULL
      && !_ut_import_layout_apply_header (cutter->layout, self->guess, cutter->input,
                                          (const char * const *) cutter->header, error))
    return FALSE;
  g_string_append_len (self->rest, batch->text + at, (gssize) (batch->length - at));

  return TRUE;
}

gboolean
_ut_import_stream_read_whole (UtImportStream  *self,
                              UtImportBatch   *batch,
                              GError         **error)
{
  gsize start = batch->length;
  gsize wanted = 0;

  while (!self->ended && wanted <= UT_IMPORT_MAX_RECORD)
    {
      wanted += 16 * 1024;
      if (!fill (self, batch, start + wanted, error))
        return FALSE;
    }

  gsize length = batch->length - start;
  gboolean is_long = !self->ended || length > UT_IMPORT_MAX_RECORD;

  _ut_import_batch_add (batch, start, is_long ? 0 : length,
                        is_long ? UT_IMPORT_FAULT_LONG : UT_IMPORT_FAULT_NONE, self->cutter.input,
                        1);
  self->ended = TRUE;

  return TRUE;
}

gboolean
_ut_import_stream_is_at_end (const UtImportStream *self)
{
  return self->ended;
}

double
_ut_import_stream_get_fraction (const UtImportStream *self)
{
  return _ut_import_reader_get_fraction (self->reader);
}

guint64
_ut_import_stream_get_length (const UtImportStream *self)
{
  return _ut_import_reader_get_length (self->reader);
}

const char * const *
_ut_import_stream_get_header (const UtImportStream *self)
{
  return (const char * const *) self->cutter.header;
}
