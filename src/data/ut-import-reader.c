/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-reader-private.h"

#include "ut-data-error.h"
#include "ut-file-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BUFFER_SIZE (64 * 1024)

/* A byte that occurs nowhere in UTF-8. */
#define NO_UTF_8 '\xff'

/* A part of a buffer that was not used yet. */
typedef struct
{
  char *data; /* (owned) (nullable): BUFFER_SIZE bytes */
  gsize at;
  gsize end;
} Buffer;

struct UtImportReader
{
  GInputStream *stream;    /* (owned) */
  char *name;              /* (owned) */
  guint64 size;
  guint64 limit;
  guint64 n_taken;         /* bytes of the file */
  guint64 n_given;         /* bytes of text */
  GConverter *gunzip;      /* (owned) (nullable): of a compressed file */
  Buffer packed;           /* bytes of the file */
  Buffer bytes;            /* of its contents, not decoded yet */
  UtImportEncoding encoding;
  gboolean marked;
  gboolean packed_ended;   /* whether the file has no further bytes */
  gboolean member_ended;   /* whether a gzip member is complete, and another may follow */
  gunichar high;           /* half of a character outside the first plane, 0: none is waiting */
};

static gsize
buffer_take (Buffer *self,
             char   *data,
             gsize   size)
{
  gsize n = MIN (size, self->end - self->at);

  if (n > 0)
    memcpy (data, self->data + self->at, n);
  self->at += n;

  return n;
}

/* Reads bytes of the file behind those in the buffer; what was used makes room. */
static gboolean
fill_packed (UtImportReader  *self,
             GCancellable    *cancellable,
             GError         **error)
{
  Buffer *packed = &self->packed;

  memmove (packed->data, packed->data + packed->at, packed->end - packed->at);
  packed->end -= packed->at;
  packed->at = 0;

  gssize n = g_input_stream_read (self->stream, packed->data + packed->end,
                                  BUFFER_SIZE - packed->end, cancellable, error);

  if (n < 0)
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
  self->packed_ended = n == 0 && packed->end < BUFFER_SIZE;
  self->n_taken += (guint64) n;
  packed->end += (gsize) n;

  return TRUE;
}

static gboolean
is_gzip (const Buffer *packed)
{
  return packed->end - packed->at >= 3
         && memcmp (packed->data + packed->at, "\x1f\x8b\x08", 3) == 0;
}

/* A gzip file may have several members, one behind the other; what else follows is padding. */
static gboolean
begin_member (UtImportReader  *self,
              GCancellable    *cancellable,
              GError         **error)
{
  while (!self->packed_ended && self->packed.end - self->packed.at < 3)
    {
      if (!fill_packed (self, cancellable, error))
        return FALSE;
    }
  if (is_gzip (&self->packed))
    {
      g_converter_reset (self->gunzip);
      self->member_ended = FALSE;
    }

  return TRUE;
}

static gboolean
read_gunzipped (UtImportReader  *self,
                char            *data,
                gsize            size,
                gsize           *n_read,
                GCancellable    *cancellable,
                GError         **error)
{
  *n_read = 0;

  while (*n_read == 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (self->member_ended)
        {
          if (!begin_member (self, cancellable, error))
            return FALSE;
          if (self->member_ended)
            return TRUE;
        }
      if (self->packed.at == self->packed.end && !self->packed_ended
          && !fill_packed (self, cancellable, error))
        return FALSE;

      g_autoptr (GError) local_error = NULL;
      gsize n_used = 0;
      GConverterResult result =
        g_converter_convert (self->gunzip, self->packed.data + self->packed.at,
                             self->packed.end - self->packed.at, data, size,
                             self->packed_ended ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS,
                             &n_used, n_read, &local_error);

      if (result == G_CONVERTER_ERROR)
        {
          if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
              && !self->packed_ended)
            {
              if (!fill_packed (self, cancellable, error))
                return FALSE;
              continue;
            }
          g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_ARCHIVE,
                       _("%s: The compressed file is damaged or cut off"), self->name);
          return FALSE;
        }
      self->packed.at += n_used;
      self->member_ended = result == G_CONVERTER_FINISHED;
    }

  return TRUE;
}

/* Gives what the file, unpacked, holds; nothing at the end alone. */
static gboolean
read_contents (UtImportReader  *self,
               char            *data,
               gsize            size,
               gsize           *n_read,
               GCancellable    *cancellable,
               GError         **error)
{
  if (self->gunzip != NULL)
    return read_gunzipped (self, data, size, n_read, cancellable, error);

  *n_read = buffer_take (&self->packed, data, size);
  if (*n_read > 0 || self->packed_ended)
    return TRUE;

  gssize n = g_input_stream_read (self->stream, data, size, cancellable, error);

  if (n < 0)
    {
      g_prefix_error (error, "%s: ", self->name);
      return FALSE;
    }
  self->n_taken += (guint64) n;
  *n_read = (gsize) n;

  return TRUE;
}

static gboolean
fill_bytes (UtImportReader  *self,
            gboolean        *ended,
            GCancellable    *cancellable,
            GError         **error)
{
  Buffer *bytes = &self->bytes;
  gsize n_read;

  memmove (bytes->data, bytes->data + bytes->at, bytes->end - bytes->at);
  bytes->end -= bytes->at;
  bytes->at = 0;
  if (!read_contents (self, bytes->data + bytes->end, BUFFER_SIZE - bytes->end, &n_read,
                      cancellable, error))
    return FALSE;
  bytes->end += n_read;
  *ended = n_read == 0;

  return TRUE;
}

/* Decoding */

/* What Windows-1252 has in place of Latin-1's second set of controls. */
static const guint16 windows_1252[] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
  0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* The most bytes that one step of decoding gives: of a half character that stays alone, and of the
 * character behind it. */
#define MAX_STEP 5

static gsize
decode_windows_1252 (UtImportReader *self,
                     char           *text,
                     gsize           size)
{
  Buffer *bytes = &self->bytes;
  gsize n = 0;

  while (bytes->at < bytes->end && size - n >= MAX_STEP)
    {
      guchar c = (guchar) bytes->data[bytes->at++];

      if (c < 0x80)
        text[n++] = (char) c;
      else
        n += (gsize) g_unichar_to_utf8 (c < 0xa0 ? windows_1252[c - 0x80] : c, text + n);
    }

  return n;
}

static gsize
decode_utf_16 (UtImportReader *self,
               char           *text,
               gsize           size)
{
  Buffer *bytes = &self->bytes;
  gsize low = self->encoding == UT_IMPORT_UTF_16_LE ? 0 : 1;
  gsize n = 0;

  while (bytes->end - bytes->at >= 2 && size - n >= MAX_STEP)
    {
      const guchar *pair = (const guchar *) bytes->data + bytes->at;
      gunichar unit = (gunichar) pair[low] | (gunichar) pair[1 - low] << 8;

      bytes->at += 2;
      if (self->high != 0 && unit >= 0xdc00 && unit < 0xe000)
        {
          unit = 0x10000 + ((self->high - 0xd800) << 10) + (unit - 0xdc00);
          self->high = 0;
        }
      else if (self->high != 0)
        {
          text[n++] = NO_UTF_8;
          self->high = 0;
        }
      if (unit >= 0xd800 && unit < 0xdc00)
        self->high = unit;
      else if (unit >= 0xdc00 && unit < 0xe000)
        text[n++] = NO_UTF_8;
      else
        n += (gsize) g_unichar_to_utf8 (unit, text + n);
    }

  return n;
}

/* GCharsetConverter stops at the first character that is none; here only its row is lost. */
static gboolean
read_decoded (UtImportReader  *self,
              char            *text,
              gsize            size,
              gsize           *n_read,
              GCancellable    *cancellable,
              GError         **error)
{
  gboolean ended = FALSE;

  *n_read = 0;
  while (*n_read == 0 && !ended)
    {
      gsize unit = self->encoding == UT_IMPORT_WINDOWS_1252 ? 1 : 2;

      if (self->bytes.end - self->bytes.at < unit
          && !fill_bytes (self, &ended, cancellable, error))
        return FALSE;
      *n_read = unit == 1 ? decode_windows_1252 (self, text, size)
                          : decode_utf_16 (self, text, size);
    }
  if (*n_read == 0 && (self->bytes.at < self->bytes.end || self->high != 0))
    {
      text[(*n_read)++] = NO_UTF_8;
      self->bytes.at = self->bytes.end;
      self->high = 0;
    }

  return TRUE;
}

gboolean
_ut_import_reader_read (UtImportReader  *self,
                        char            *buffer,
                        gsize            size,
                        gsize           *n_read,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_assert (size >= 16);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (self->encoding != UT_IMPORT_UTF_8)
    {
      if (!read_decoded (self, buffer, size, n_read, cancellable, error))
        return FALSE;
    }
  else
    {
      *n_read = buffer_take (&self->bytes, buffer, size);
      if (*n_read == 0 && !read_contents (self, buffer, size, n_read, cancellable, error))
        return FALSE;
    }

  self->n_given += *n_read;
  if (self->n_given > self->limit)
    {
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE,
                   _("%s: There is more than 2 GiB of text, the most that is read"), self->name);
      return FALSE;
    }

  return TRUE;
}

/* Opening */

static void
pass_mark (UtImportReader *self)
{
  static const struct
  {
    UtImportEncoding encoding;
    gsize length;
    const char *mark;
  } marks[] = {
    { UT_IMPORT_UTF_8, 3, "\xef\xbb\xbf" },
    { UT_IMPORT_UTF_16_LE, 2, "\xff\xfe" },
    { UT_IMPORT_UTF_16_BE, 2, "\xfe\xff" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks) && !self->marked; i++)
    {
      if (self->bytes.end >= marks[i].length
          && memcmp (self->bytes.data, marks[i].mark, marks[i].length) == 0)
        {
          self->marked = TRUE;
          self->encoding = marks[i].encoding;
          self->bytes.at = marks[i].length;
        }
    }
}

/* Looks at the first bytes of the file, then of what it holds. */
static gboolean
begin (UtImportReader  *self,
       GCancellable    *cancellable,
       GError         **error)
{
  gboolean ended = FALSE;

  while (self->packed.end < 3 && !self->packed_ended)
    {
      if (!fill_packed (self, cancellable, error))
        return FALSE;
    }
  if (is_gzip (&self->packed))
    self->gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  while (self->bytes.end < 3 && !ended)
    {
      if (!fill_bytes (self, &ended, cancellable, error))
        return FALSE;
    }
  pass_mark (self);

  return TRUE;
}

UtImportReader *
_ut_import_reader_new (GInputStream      *stream,
                       const char        *name,
                       guint64            size,
                       UtImportEncoding   encoding,
                       guint64            limit,
                       GCancellable      *cancellable,
                       GError           **error)
{
  g_autoptr (UtImportReader) self = g_new0 (UtImportReader, 1);

  self->stream = g_object_ref (stream);
  self->name = g_strdup (name);
  self->size = size;
  self->encoding = encoding;
  self->limit = limit;
  self->packed.data = g_malloc (BUFFER_SIZE);
  self->bytes.data = g_malloc (BUFFER_SIZE);

  return begin (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

UtImportReader *
_ut_import_reader_open (GFile             *file,
                        UtImportEncoding   encoding,
                        guint64            limit,
                        GCancellable      *cancellable,
                        GError           **error)
{
  guint64 size;
  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, error);
  g_autofree char *name = g_file_get_parse_name (file);

  return stream != NULL
         ? _ut_import_reader_new (stream, name, size, encoding, limit, cancellable, error) : NULL;
}

void
_ut_import_reader_free (UtImportReader *self)
{
  g_free (self->packed.data);
  g_free (self->bytes.data);
  g_clear_object (&self->gunzip);
  g_object_unref (self->stream);
  g_free (self->name);
  g_free (self);
}

UtImportEncoding
_ut_import_reader_get_encoding (const UtImportReader *self)
{
  return self->encoding;
}

gboolean
_ut_import_reader_is_marked (const UtImportReader *self)
{
  return self->marked;
}

double
_ut_import_reader_get_fraction (const UtImportReader *self)
{
  return self->size > 0 ? MIN ((double) self->n_taken / (double) self->size, 1) : 1;
}

guint64
_ut_import_reader_get_length (const UtImportReader *self)
{
  return self->n_given;
}
