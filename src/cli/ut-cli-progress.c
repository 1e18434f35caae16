/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-progress.h"

#include "ut-cli-output.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#define REDRAW_INTERVAL (G_USEC_PER_SEC / 10)
#define MIN_WIDTH 20
#define FREE_COLUMNS 3
#define MAX_BAR 30

struct UtCliProgress
{
  UtCliOutput *output; /* (owned) */
  gboolean enabled;
  gint64 drawn_at;     /* monotonic, in microseconds; 0: nothing is on the screen */
};

static gboolean
is_pipe (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && (S_ISFIFO (info.st_mode) || S_ISSOCK (info.st_mode));
}

UtCliProgress *
ut_cli_progress_new (void)
{
  UtCliProgress *self = g_new0 (UtCliProgress, 1);

  self->output = ut_cli_output_new (STDERR_FILENO);
  self->enabled = ut_cli_output_is_terminal (self->output) && !is_pipe (STDOUT_FILENO);
  return self;
}

void
ut_cli_progress_free (UtCliProgress *self)
{
  ut_cli_progress_clear (self);
  ut_cli_output_free (self->output);
  g_free (self);
}

/* Appends as much of @text as fits into @columns. */
static void
append_clipped (GString    *line,
                const char *text,
                guint       columns)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar code = g_utf8_get_char (c);
      guint width = g_unichar_iszerowidth (code) ? 0 : g_unichar_iswide (code) ? 2 : 1;

      if (width > columns)
        break;
      columns -= width;
      /* The name of a file may hold control characters. */
      g_string_append_unichar (line, g_unichar_iscntrl (code) ? 0xfffd : code);
    }
}

static void
append_bar (GString *line,
            guint    columns,
            double   fraction,
            gboolean utf8)
{
  const char *full = utf8 ? "━" : "#";
  const char *rest = utf8 ? "─" : "-";
  guint n_full = (guint) lrint (fraction * columns);

  for (guint i = 0; i < columns; i++)
    g_string_append (line, i < n_full ? full : rest);
}

void
ut_cli_progress_show (UtCliProgress *self,
                      const char    *label,
                      double         fraction,
                      const char    *detail)
{
  gint64 now = g_get_monotonic_time ();
  guint width = ut_cli_output_get_width (self->output);

  if (!self->enabled || width < MIN_WIDTH
      || (self->drawn_at != 0 && now - self->drawn_at < REDRAW_INTERVAL))
    return;
  self->drawn_at = now;
  fraction = CLAMP (fraction, 0, 1);

  /* "bar  52 %  label, detail": with the bar in front nothing jumps when the text changes. Some
   * columns stay free for the "^C" that a terminal shows, which would wrap and leave the bar
   * behind. */
  width -= FREE_COLUMNS;

  guint bar = MIN (width / 4, MAX_BAR);
  g_autoptr (GString) line = g_string_new ("\r");
  g_autofree char *text = g_strjoin (", ", label, detail, NULL);

  append_bar (line, bar, fraction, ut_cli_output_is_utf8 (self->output));
  g_string_append_printf (line, " %3.0f %%  ", floor (fraction * 100));
  append_clipped (line, text, width - bar - 8);
  g_string_append (line, "\033[K");
  ut_cli_output_print (self->output, line->str);
  ut_cli_output_flush (self->output);
}

void
ut_cli_progress_clear (UtCliProgress *self)
{
  if (self->drawn_at == 0)
    return;

  ut_cli_output_print (self->output, "\r\033[K");
  ut_cli_output_flush (self->output);
  self->drawn_at = 0;
}
