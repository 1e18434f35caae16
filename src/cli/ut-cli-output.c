/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-output.h"

#include "ut-cli-error.h"
#include "ut-cli-text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A pipe's usual capacity. */
#define BUFFER_SIZE 65536

struct UtCliOutput
{
  int fd;
  int failure; /* errno of the first failed write, or 0 */
  gboolean terminal;
  gboolean utf8;
  GString *buffer; /* (owned) */
};

UtCliOutput *
ut_cli_output_new (int fd)
{
  UtCliOutput *self = g_new0 (UtCliOutput, 1);

  self->fd = fd;
  self->terminal = isatty (fd) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  self->utf8 = g_get_charset (NULL);
  self->buffer = g_string_sized_new (256);
  return self;
}

void
ut_cli_output_free (UtCliOutput *self)
{
  ut_cli_output_flush (self);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

gboolean
ut_cli_output_is_terminal (UtCliOutput *self)
{
  return self->terminal;
}

gboolean
ut_cli_output_has_colors (UtCliOutput *self)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return self->terminal && (no_color == NULL || *no_color == '\0');
}

gboolean
ut_cli_output_is_utf8 (UtCliOutput *self)
{
  return self->utf8;
}

guint
ut_cli_output_get_width (UtCliOutput *self)
{
  struct winsize size = { 0 };

  if (self->terminal && ioctl (self->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

gboolean
ut_cli_output_is_closed (UtCliOutput *self)
{
  return self->failure != 0;
}

void
ut_cli_output_flush (UtCliOutput *self)
{
  gsize written = 0;

  while (self->failure == 0 && written < self->buffer->len)
    {
      gssize n = write (self->fd, self->buffer->str + written, self->buffer->len - written);

      if (n >= 0)
        written += (gsize) n;
      else if (errno != EINTR)
        self->failure = errno;
    }
  g_string_truncate (self->buffer, 0);
}

void
ut_cli_output_write (UtCliOutput *self,
                     const char  *bytes,
                     gsize        length)
{
  g_string_append_len (self->buffer, bytes, (gssize) length);
  if (self->buffer->len >= BUFFER_SIZE)
    ut_cli_output_flush (self);
}

void
ut_cli_output_print (UtCliOutput *self,
                     const char  *text)
{
  if (self->utf8)
    {
      ut_cli_output_write (self, text, strlen (text));
      return;
    }

  const char *charset = NULL;
  gsize length = 0;

  /* The name of a file may hold any bytes. */
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_get_charset (&charset);
  g_autofree char *target = g_strconcat (charset, "//TRANSLIT", NULL);
  g_autofree char *converted = g_convert_with_fallback (valid, -1, target, "UTF-8", "?", NULL,
                                                        &length, NULL);
  if (converted != NULL)
    ut_cli_output_write (self, converted, length);
}

void
ut_cli_output_printf (UtCliOutput *self,
                      const char  *format,
                      ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  ut_cli_output_print (self, text);
}

void
ut_cli_output_print_safely (UtCliOutput *self,
                            const char  *text,
                            gsize        length)
{
  /* A text could otherwise drive the terminal by escape sequences. */
  g_autofree char *safe = ut_cli_text_dup_safe (text, length);

  ut_cli_output_print (self, safe);
}

void
ut_cli_output_print_wrapped (UtCliOutput *self,
                             const char  *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong width = self->terminal ? (glong) ut_cli_output_get_width (self) : G_MAXLONG;
  glong column = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);
      gboolean fits = column + 1 + length <= width;

      if (i > 0)
        ut_cli_output_print (self, fits ? " " : "\n");
      ut_cli_output_print (self, words[i]);
      column = i > 0 && fits ? column + 1 + length : length;
    }
  ut_cli_output_print (self, "\n");
}

UtCliStatus
ut_cli_output_finish (UtCliOutput *self,
                      UtCliStatus  status)
{
  ut_cli_output_flush (self);
  if (self->failure == 0)
    return status;

  if (self->failure != EPIPE)
    ut_cli_say (_("Standard output cannot be written: %s"), g_strerror (self->failure));
  return status == UT_CLI_DONE ? UT_CLI_FAILED : status;
}
