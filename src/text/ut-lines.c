/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lines-private.h"

#include "ut-file-private.h"
#include "ut-gunzip-private.h"
#include "ut-hasher-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One read. Cancellable and progress are served once for each. */
#define CHUNK_SIZE (512 * 1024)

/* How much of a line a message quotes, in characters. */
#define EXCERPT_LENGTH 40

struct UtLines
{
  char *name;                /* (owned) */
  GInputStream *stream;      /* (owned) (nullable): NULL where all there is is in the buffer */
  GSeekable *packed;         /* (owned) (nullable): what the stream unpacks */
  GCancellable *cancellable; /* (nullable) */
  UtReadProgress progress;   /* (nullable) */
  gpointer progress_data;
  UtHasher *hasher;          /* (owned) (nullable) */
  char *buffer;              /* (owned): BUFFER_SIZE bytes and one for a NUL */
  gsize start;               /* of what was not given out yet */
  gsize searched;            /* no line end between start and here */
  gsize end;                 /* of what was read */
  guint64 size;              /* of the file as it was when opened, 0 if not known */
  guint64 max_size;
  guint64 n_read;
  guint64 line;              /* number of the line given out last, from 1 */
  gboolean at_end;
};

#define BUFFER_SIZE (UT_LINES_MAX_LENGTH + CHUNK_SIZE)

static UtLines *
lines_new (char         *name,
           GInputStream *stream,
           guint64       size,
           guint64       max_size)
{
  UtLines *self = g_new0 (UtLines, 1);

  self->name = name;
  self->stream = stream;
  self->size = size;
  self->max_size = max_size;
  self->buffer = g_malloc (BUFFER_SIZE + 1);

  return self;
}

static void
set_size_error (const char *name,
                guint64     max_size,
                GError    **error)
{
  g_autofree char *limit = g_format_size_full (max_size, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: first a file name, then a size such as "2.0 GiB". */
  g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE,
               _("%s: The file is too large; at most %s can be read"), name, limit);
}

UtLines *
_ut_lines_open (GFile          *file,
                guint64         max_size,
                UtReadProgress  progress,
                gpointer        progress_data,
                GCancellable   *cancellable,
                GError        **error)
{
  guint64 size;
  g_autoptr (GInputStream) stream = _ut_file_open_regular (file, &size, cancellable, error);

  if (stream == NULL)
    return NULL;

  g_autofree char *name = g_file_get_parse_name (file);

  if (size > max_size)
    {
      set_size_error (name, max_size, error);
      return NULL;
    }

  UtLines *self = lines_new (g_steal_pointer (&name), g_steal_pointer (&stream), size,
                             max_size);

  self->progress = progress;
  self->progress_data = progress_data;
  self->cancellable = cancellable;

  return self;
}

UtLines *
_ut_lines_new_for_bytes (const char *name,
                         const void *data,
                         gsize       length)
{
  GInputStream *stream = g_memory_input_stream_new_from_data (data, (gssize) length, NULL);

  return lines_new (g_strdup (name), stream, length, length);
}

void
_ut_lines_free (UtLines *self)
{
  g_free (self->name);
  g_clear_object (&self->stream);
  g_clear_object (&self->packed);
  g_clear_pointer (&self->hasher, _ut_hasher_free);
  g_free (self->buffer);
  g_free (self);
}

void
_ut_lines_set_error (const UtLines *self,
                     GError       **error,
                     UtTextError    code,
                     const char    *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, UT_TEXT_ERROR, code, "%s:%" G_GUINT64_FORMAT ": %s",
               self->name, MAX (self->line, 1), message);
}

char *
_ut_lines_excerpt (const char *text,
                   gsize       length)
{
  GString *excerpt = g_string_new (NULL);
  const char *end = text + length;

  for (guint n = 0; text < end && n < EXCERPT_LENGTH; n++)
    {
      gunichar c = g_utf8_get_char (text);

      g_string_append_unichar (excerpt, g_unichar_isprint (c) ? c : 0xfffd);
      text = g_utf8_next_char (text);
    }
  if (text < end)
    g_string_append (excerpt, "…");

  return g_string_free (excerpt, FALSE);
}

static void
prefix_read_error (const UtLines  *self,
                   GError        **error)
{
  if (self->packed != NULL
      && (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
          || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)))
    {
      g_clear_error (error);
      g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_FORM, "%s:%" G_GUINT64_FORMAT ": %s",
                   self->name, self->line + 1,
                   _("The gzip file is damaged or cut short here; fetch or pack it again"));
    }
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_prefix_error (error, "%s:%" G_GUINT64_FORMAT ": ", self->name, self->line + 1);
    }
}

/* How much of the file was read, which is not all of it before its end. */
static double
compute_fraction (const UtLines *self)
{
  guint64 n = self->packed != NULL ? (guint64) g_seekable_tell (self->packed) : self->n_read;

  return self->at_end ? 1.0 : MIN ((double) n / (double) self->size, 1.0);
}

/* Reads on until the buffer has a line end or is full or the file ends. */
static gboolean
fill (UtLines *self,
      GError **error)
{
  memmove (self->buffer, self->buffer + self->start, self->end - self->start);
  self->searched -= self->start;
  self->end -= self->start;
  self->start = 0;

  g_autoptr (GError) local_error = NULL;
  gssize n = g_input_stream_read (self->stream, self->buffer + self->end, BUFFER_SIZE - self->end,
                                  self->cancellable, &local_error);

  if (n < 0)
    {
      prefix_read_error (self, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->at_end = n == 0;
  self->n_read += (guint64) n;
  if (self->n_read > self->max_size)
    {
      set_size_error (self->name, self->max_size, error);
      return FALSE;
    }

  if (self->hasher != NULL)
    _ut_hasher_update (self->hasher, self->buffer + self->end, (gsize) n);
  self->end += (gsize) n;

  if (self->progress != NULL && (self->at_end || self->size > 0))
    self->progress (compute_fraction (self), self->progress_data);

  return TRUE;
}

gboolean
_ut_lines_unpack (UtLines *self,
                  GError **error)
{
  guint8 start[2] = { 0 };
  gsize n = 0;

  g_assert (self->line == 0 && self->n_read == 0);

  if (!G_IS_SEEKABLE (self->stream) || !g_seekable_can_seek (G_SEEKABLE (self->stream)))
    return TRUE;
  if (!g_input_stream_read_all (self->stream, start, sizeof start, &n, self->cancellable, error)
      || !g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, self->cancellable, error))
    {
      prefix_read_error (self, error);
      return FALSE;
    }
  if (start[0] != 0x1f || start[1] != 0x8b)
    return TRUE;

  g_autoptr (GConverter) gunzip = _ut_gunzip_new ();

  self->packed = G_SEEKABLE (self->stream);
  self->stream = g_converter_input_stream_new (G_INPUT_STREAM (self->packed), gunzip);
  return TRUE;
}

const char *
_ut_lines_peek (UtLines  *self,
                gsize    *length,
                GError  **error)
{
  g_assert (self->line == 0 && *length <= CHUNK_SIZE);

  while (!self->at_end && self->end - self->start < *length)
    if (!fill (self, error))
      return NULL;

  *length = MIN (*length, self->end - self->start);
  self->buffer[self->end] = '\0';
  return self->buffer + self->start;
}

/* Most lines of most files are ASCII, and looking at eight bytes a time is much faster than
 * validating. */
static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 bits = 0;

  for (; length >= sizeof bits; length -= sizeof bits, text += sizeof bits)
    {
      guint64 block;

      memcpy (&block, text, sizeof block);
      bits |= block;
    }
  for (; length > 0; length--, text++)
    bits |= (guchar) *text;

  return (bits & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

static gboolean
check_encoding (const UtLines *self,
                const char    *line,
                gsize          length,
                GError       **error)
{
  const char *nul = memchr (line, '\0', length);
  const char *bad = NULL;

  if (nul != NULL)
    {
      _ut_lines_set_error (self, error, UT_TEXT_ERROR_ENCODING,
                           _("Byte %zu of the line is NUL; plain text was expected"),
                           (gsize) (nul - line) + 1);
      return FALSE;
    }
  if (!is_ascii (line, length) && !g_utf8_validate_len (line, length, &bad))
    {
      _ut_lines_set_error (self, error, UT_TEXT_ERROR_ENCODING,
                           _("Byte %zu of the line, 0x%02X, is not valid UTF-8; "
                             "text in UTF-8 was expected"),
                           (gsize) (bad - line) + 1, (guint) (guchar) *bad);
      return FALSE;
    }

  return TRUE;
}

const char *
_ut_lines_next (UtLines *self,
                gsize   *length,
                GError **error)
{
  char *stop = NULL;

  for (;;)
    {
      if (self->searched < self->end)
        stop = memchr (self->buffer + self->searched, '\n', self->end - self->searched);
      if (stop != NULL)
        break;

      self->searched = self->end;
      /* A carriage return may still follow the longest line. */
      if (self->at_end || self->end - self->start > UT_LINES_MAX_LENGTH + 1)
        break;
      if (!fill (self, error))
        return NULL;
    }

  if (stop == NULL && self->at_end && self->start == self->end)
    return NULL;

  char *line = self->buffer + self->start;
  gsize n = stop != NULL ? (gsize) (stop - line) : self->end - self->start;

  self->line++;
  self->start += stop != NULL ? n + 1 : n;
  self->searched = self->start;
  if (n > 0 && line[n - 1] == '\r')
    n--;

  if (n > UT_LINES_MAX_LENGTH)
    {
      _ut_lines_set_error (self, error, UT_TEXT_ERROR_SIZE,
                           _("The line is longer than %d bytes, the most that are accepted"),
                           UT_LINES_MAX_LENGTH);
      return NULL;
    }

  line[n] = '\0';

  if (self->line == 1 && n >= 3 && memcmp (line, "\xef\xbb\xbf", 3) == 0)
    {
      line += 3;
      n -= 3;
    }

  if (!check_encoding (self, line, n, error))
    return NULL;

  *length = n;

  return line;
}

/* How much of the buffer is whole lines: all of it where the file ends, or has a line that is too
 * long, which is for the reader of the lines to find. */
static gsize
count_whole_lines (const UtLines *self)
{
  gsize length = self->end - self->start;
  const char *stop = memrchr (self->buffer + self->start, '\n', length);

  if (stop != NULL)
    return (gsize) (stop + 1 - (self->buffer + self->start));

  return self->at_end || length > UT_LINES_MAX_LENGTH + 1 ? length : 0;
}

UtLines *
_ut_lines_take (UtLines *self,
                GError **error)
{
  gsize length;

  while ((length = count_whole_lines (self)) == 0)
    {
      if (self->at_end || !fill (self, error))
        return NULL;
    }

  /* The buffer goes with its lines; what is left of it is less than a line, and so is copied. */
  UtLines *piece = lines_new (g_strdup (self->name), NULL, 0, 0);
  gsize stop = self->start + length;

  memcpy (piece->buffer, self->buffer + stop, self->end - stop);

  char *buffer = self->buffer;

  self->buffer = piece->buffer;
  piece->buffer = buffer;
  piece->start = self->start;
  piece->searched = self->start;
  piece->end = stop;
  piece->line = self->line;
  piece->at_end = TRUE;

  self->end -= stop;
  self->start = 0;
  self->searched = 0;
  for (const char *p = piece->buffer + piece->start;
       (p = memchr (p, '\n', (gsize) (piece->buffer + stop - p))) != NULL; p++)
    self->line++;

  return piece;
}

void
_ut_lines_start_hash (UtLines *self)
{
  g_assert (self->hasher == NULL && self->line == 0);

  self->hasher = _ut_hasher_new ();
  _ut_hasher_update (self->hasher, self->buffer + self->start, self->end - self->start);
}

char *
_ut_lines_finish_hash (UtLines *self)
{
  g_assert (self->hasher != NULL && self->at_end);

  return _ut_hasher_finish (self->hasher);
}
