/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-svg-private.h"

#include "ut-html-private.h"

#include <math.h>
#include <string.h>

/* Places to the unit of the picture, which is a point: finer than any printer. */
#define PLACES 100

/* Farther away nothing is drawn, and whole numbers stay exact. */
#define FARTHEST 1e9

/* Paths */

/* A path on its way from Cairo's form, in which each point is told in full from the origin, to one of
 * whole numbers from point to point (W3C, "SVG 1.1", 8.3). As the points are rounded, not the ways
 * between them, errors do not add up. */
typedef struct
{
  GString *text;
  gint64 x; /* the pen */
  gint64 y;
  gint64 start_x; /* of the part of the path */
  gint64 start_y;
  gboolean moved; /* the pen was lifted, and has not drawn since */
  char command;   /* the last one written */
} Path;

static void
append_number (GString *text,
               gint64   number,
               gboolean parted)
{
  guint64 size = (guint64) ABS (number);
  guint64 whole = size / PLACES;
  guint fraction = (guint) (size % PLACES);

  if (number < 0)
    g_string_append_c (text, '-');
  else if (parted)
    g_string_append_c (text, ' ');
  if (whole > 0 || fraction == 0)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, whole);
  if (fraction % 10 != 0)
    g_string_append_printf (text, ".%02u", fraction);
  else if (fraction != 0)
    g_string_append_printf (text, ".%u", fraction / 10);
}

static void
append_command (Path         *self,
                char          command,
                const gint64 *numbers,
                guint         n_numbers)
{
  gboolean same = command == self->command && command != 'm';

  if (!same)
    g_string_append_c (self->text, command);
  for (guint i = 0; i < n_numbers; i++)
    append_number (self->text, numbers[i], same || i > 0);
  self->command = command;
}

/* A move is written when something is drawn from there: Cairo ends with one that leads nowhere. */
static void
append_move (Path   *self,
             gint64 *from_x,
             gint64 *from_y)
{
  if (self->moved)
    {
      const gint64 way[] = { self->x - *from_x, self->y - *from_y };

      append_command (self, 'm', way, G_N_ELEMENTS (way));
      self->moved = FALSE;
    }
  *from_x = self->x;
  *from_y = self->y;
}

static gboolean
read_numbers (const char **at,
              const char  *end,
              gint64      *numbers,
              guint        n_numbers)
{
  for (guint i = 0; i < n_numbers; i++)
    {
      char *behind;
      double value = g_ascii_strtod (*at, &behind);

      if (behind == *at || behind > end || !(fabs (value) < FARTHEST))
        return FALSE;
      numbers[i] = llround (value * PLACES);
      *at = behind;
    }
  return TRUE;
}

/* Returns FALSE where the path is not as Cairo writes it. */
static gboolean
shorten_path (const char *at,
              const char *end,
              GString    *text)
{
  Path path = { .text = text };
  gint64 from_x = 0, from_y = 0; /* where the last command that was written ended */
  gint64 n[6];

  while (at < end)
    {
      char command = *at++;

      switch (command)
        {
        case ' ':
          break;

        case 'M':
          if (!read_numbers (&at, end, n, 2))
            return FALSE;
          path.x = path.start_x = n[0];
          path.y = path.start_y = n[1];
          path.moved = TRUE;
          break;

        case 'L':
        case 'C':
          {
            guint n_numbers = command == 'L' ? 2 : 6;

            if (!read_numbers (&at, end, n, n_numbers))
              return FALSE;
            append_move (&path, &from_x, &from_y);
            path.x = n[n_numbers - 2];
            path.y = n[n_numbers - 1];
            for (guint i = 0; i < n_numbers; i += 2)
              {
                n[i] -= from_x;
                n[i + 1] -= from_y;
              }
            append_command (&path, g_ascii_tolower (command), n, n_numbers);
            from_x = path.x;
            from_y = path.y;
            break;
          }

        case 'Z':
          append_move (&path, &from_x, &from_y);
          append_command (&path, 'z', NULL, 0);
          path.x = from_x = path.start_x;
          path.y = from_y = path.start_y;
          break;

        default:
          return FALSE;
        }
    }
  return TRUE;
}

/* Document */

static void
append (GByteArray *output,
        const char *text,
        gsize       length)
{
  g_byte_array_append (output, (const guint8 *) text, (guint) length);
}

/* Returns where what comes behind a path's attribute begins, whose value begins at @at. */
static const char *
append_path (GByteArray *output,
             const char *at,
             const char *end)
{
  const char *quote = memchr (at, '"', (gsize) (end - at));
  g_autoptr (GString) text = g_string_new (NULL);

  if (quote == NULL)
    quote = end;
  if (shorten_path (at, quote, text))
    append (output, text->str, text->len);
  else
    append (output, at, (gsize) (quote - at));
  return quote;
}

static gboolean
starts_with (const char *at,
             const char *end,
             const char *text)
{
  gsize length = strlen (text);

  return (gsize) (end - at) >= length && memcmp (at, text, length) == 0;
}

void
_ut_svg_finish (const char *svg,
                gsize       length,
                const char *title,
                GByteArray *output)
{
  static const char path[] = " d=\"";
  static const char surface[] = "<g id=\"surface";
  const char *end = svg + length;
  /* Cairo counts the surfaces of a process; nothing refers to the one of the page. */
  gboolean is_named = g_strstr_len (svg, (gssize) length, "#surface") != NULL;
  gboolean is_titled = FALSE;
  const char *from = svg;
  const char *root = g_strstr_len (svg, (gssize) length, "<svg");

  for (const char *at = svg; at < end; at++)
    {
      if (starts_with (at, end, path))
        {
          at += strlen (path);
          append (output, from, (gsize) (at - from));
          from = at = append_path (output, at, end);
        }
      else if (!is_named && starts_with (at, end, surface))
        {
          append (output, from, (gsize) (at - from));
          append (output, "<g", 2);
          at += strlen (surface);
          while (at < end && *at != '>')
            at++;
          from = at;
        }
      else if (!is_titled && root != NULL && at > root && *at == '>')
        {
          g_autoptr (GString) element = g_string_new (NULL);

          _ut_html_append_element (element, "title", NULL, title);
          append (output, from, (gsize) (at + 1 - from));
          append (output, "\n", 1);
          append (output, element->str, element->len);
          from = at + 1;
          is_titled = TRUE;
        }
    }
  append (output, from, (gsize) (end - from));
}
