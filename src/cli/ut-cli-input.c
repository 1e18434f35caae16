/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-input.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_SIZE 65536
#define BYTE_ORDER_MARK "\357\273\277"

struct UtCliInput
{
  int fd;
  char *name;      /* (owned): for messages */
  GString *buffer; /* (owned): bytes read and not yet passed over */
  gsize start;     /* of the next line in the buffer */
  gsize searched;  /* bytes from the start known to hold no line end */
  gsize offset;    /* of the next line in the input */
  gsize n_lines;   /* handed out */
  gboolean ended;
};

/* In the words in which the readers of data sets say it. */
static void
set_read_error (const char *name,
                int         code,
                GError    **error)
{
  GIOErrorEnum kind = g_io_error_from_errno (code);

  if (code == ENOENT)
    g_set_error (error, G_IO_ERROR, kind, _("%s: There is no such file"), name);
  else if (code == EISDIR)
    g_set_error (error, G_IO_ERROR, kind, _("%s: This is a folder; a file was expected"), name);
  else
    g_set_error (error, G_IO_ERROR, kind, _("%s: The file cannot be read: %s"), name,
                 g_strerror (code));
}

UtCliInput *
ut_cli_input_open (const char *path,
                   GError    **error)
{
  gboolean standard = path == NULL || g_str_equal (path, "-");
  g_autofree char *name = standard ? g_strdup (_("standard input"))
                                   : g_filename_display_name (path);
  int fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      set_read_error (name, errno, error);
      return NULL;
    }

  UtCliInput *self = g_new0 (UtCliInput, 1);

  self->fd = fd;
  self->name = g_steal_pointer (&name);
  self->buffer = g_string_sized_new (CHUNK_SIZE);
  return self;
}

void
ut_cli_input_free (UtCliInput *self)
{
  if (self->fd != STDIN_FILENO)
    close (self->fd);
  g_free (self->name);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

/* Returns the first line end in what was read, or NULL. */
static const char *
find_line_end (UtCliInput *self)
{
  const char *text = self->buffer->str + self->start;
  gsize length = self->buffer->len - self->start;
  const char *end = memchr (text + self->searched, '\n', length - self->searched);

  self->searched = end != NULL ? (gsize) (end - text) : length;
  return end;
}

static gboolean
read_more (UtCliInput *self,
           GError    **error)
{
  g_string_erase (self->buffer, 0, (gssize) self->start);
  self->start = 0;

  gsize length = self->buffer->len;

  g_string_set_size (self->buffer, length + CHUNK_SIZE);

  gssize n;
  do
    n = read (self->fd, self->buffer->str + length, CHUNK_SIZE);
  while (n < 0 && errno == EINTR);

  int code = errno;

  g_string_set_size (self->buffer, length + (gsize) MAX (n, 0));
  if (n < 0)
    {
      set_read_error (self->name, code, error);
      return FALSE;
    }

  self->ended = n == 0;
  if (self->offset == 0 && g_str_has_prefix (self->buffer->str, BYTE_ORDER_MARK))
    {
      self->start = self->offset = strlen (BYTE_ORDER_MARK);
      self->searched = 0;
    }
  return TRUE;
}

static gboolean
check_line (UtCliInput      *self,
            const UtCliLine *line,
            GError         **error)
{
  if (line->length > UT_CLI_INPUT_MAX_LINE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _("%s:%zu: The line is longer than %u MB; is this a text?"),
                   self->name, self->n_lines + 1, (guint) (UT_CLI_INPUT_MAX_LINE >> 20));
      return FALSE;
    }
  if (memchr (line->text, '\0', line->length) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("%s:%zu: The line holds a NUL byte; a text in UTF-8 was expected"),
                   self->name, self->n_lines + 1);
      return FALSE;
    }
  if (!g_utf8_validate_len (line->text, line->length, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("%s:%zu: The line is not UTF-8; convert the text, as with iconv"),
                   self->name, self->n_lines + 1);
      return FALSE;
    }
  return TRUE;
}

gboolean
ut_cli_input_has_line (UtCliInput *self)
{
  return find_line_end (self) != NULL;
}

gboolean
ut_cli_input_next (UtCliInput *self,
                   UtCliLine  *line,
                   GError    **error)
{
  const char *end = find_line_end (self);

  while (end == NULL && !self->ended
         && self->buffer->len - self->start <= UT_CLI_INPUT_MAX_LINE)
    {
      if (!read_more (self, error))
        return FALSE;
      end = find_line_end (self);
    }

  *line = (UtCliLine) {
    .text = self->buffer->str + self->start,
    .length = self->searched,
    .offset = self->offset,
  };
  if (end == NULL && line->length == 0)
    return FALSE;
  if (!check_line (self, line, error))
    return FALSE;

  gsize whole = line->length + (end != NULL ? 1 : 0);

  self->start += whole;
  self->offset += whole;
  self->searched = 0;
  self->n_lines++;
  if (line->length > 0 && line->text[line->length - 1] == '\r')
    line->length--;
  return TRUE;
}
