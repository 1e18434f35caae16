/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sentences.h"

#include "ut-word-rules-private.h"

#include <pango/pango.h>
#include <string.h>

/* Pango counts in int and needs four bytes a character, so it is given this much at once. */
#define MAX_BLOCK (1024 * 1024)

#define LONGEST_TITLE 4

/* What begins an item of a list, if white space follows. */
static const gunichar bullets[] = {
  '*', '-', 0x00b7, 0x2022, 0x2023, 0x2043, 0x204c, 0x204d, 0x2219, 0x25aa, 0x25cf, 0x25e6,
};

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == '\0';
}

/* The end of the line at @at, and where the next one starts. */
static gsize
find_line_end (const char *text,
               gsize       length,
               gsize       at,
               gsize      *next)
{
  while (at < length && text[at] != '\n' && text[at] != '\r')
    at++;

  *next = at;
  if (*next < length)
    *next += text[at] == '\r' && at + 1 < length && text[at + 1] == '\n' ? 2 : 1;

  return at;
}

static gsize
skip_spaces (const char *text,
             gsize       start,
             gsize       end)
{
  while (start < end && is_space (g_utf8_get_char (text + start)))
    start = (gsize) (g_utf8_next_char (text + start) - text);

  return start;
}

static gsize
trim_end (const char *text,
          gsize       start,
          gsize       end)
{
  while (end > start)
    {
      const char *previous = g_utf8_prev_char (text + end);

      if (!is_space (g_utf8_get_char (previous)))
        break;
      end = (gsize) (previous - text);
    }

  return end;
}

/* Where the text behind the bullet at @start begins, or @start if there is none. */
static gsize
skip_bullet (const char *text,
             gsize       start,
             gsize       end)
{
  if (start == end)
    return start;

  gunichar c = g_utf8_get_char (text + start);
  gsize after = (gsize) (g_utf8_next_char (text + start) - text);

  for (gsize i = 0; i < G_N_ELEMENTS (bullets); i++)
    {
      if (c == bullets[i] && after < end && is_space (g_utf8_get_char (text + after)))
        return after;
    }

  return start;
}

static void
add_span (GArray     *spans,
          const char *text,
          gsize       start,
          gsize       end)
{
  UtSpan span = { .start = skip_spaces (text, start, end) };

  span.end = trim_end (text, span.start, end);
  if (span.end > span.start)
    g_array_append_val (spans, span);
}

/* Whether the full stop before @end is that of a title or an initial: "Mr. Burns", "J. K. Rowling".
 * The rules that Pango follows know no abbreviations. "I" is more often the word than an
 * initial. */
static gboolean
ends_in_title (const char *text,
               gsize       start,
               gsize       end)
{
  end = trim_end (text, start, end);
  if (end == start || text[end - 1] != '.')
    return FALSE;

  gsize stop = end - 1;
  gsize word = stop;

  while (word > start && stop - word <= LONGEST_TITLE && g_ascii_isalpha (text[word - 1]))
    word--;
  if (word > start && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text + word))))
    return FALSE;

  return _ut_word_rules_is_title (text + word, stop - word)
         || (stop - word == 1 && g_ascii_isupper (text[word]) && text[word] != 'I');
}

/*
 * Cuts a stretch of at most MAX_BLOCK bytes without an empty line or bullet. Returns where the last
 * sentence in it begins, which is not added.
 */
static gsize
split_block (const char *text,
             gsize       start,
             gsize       end,
             GArray     *spans)
{
  g_autofree char *block = g_strndup (text + start, end - start);
  int length = (int) (end - start);

  /* To Pango a line break ends a paragraph, to us it is a space. */
  for (int i = 0; i < length; i++)
    {
      if (g_ascii_iscntrl (block[i]) || block[i] == '\0')
        block[i] = ' ';
    }

  int n_attributes = (int) g_utf8_strlen (block, length) + 1;
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, n_attributes);

  /* Without what is particular to a language: that would take the locale's, and time. */
  pango_default_break (block, length, NULL, attributes, n_attributes);

  const char *p = block;
  gsize from = start;

  for (int i = 0; i < n_attributes - 1; i++)
    {
      gsize at = start + (gsize) (p - block);

      if (attributes[i].is_sentence_boundary && at > from && !ends_in_title (text, from, at))
        {
          add_span (spans, text, from, at);
          from = at;
        }
      p = g_utf8_next_char (p);
    }

  return from;
}

/* Where a block that is too long ends: behind a space, or in the worst case between two
 * characters. */
static gsize
find_block_end (const char *text,
                gsize       start,
                gsize       end)
{
  if (end - start <= MAX_BLOCK)
    return end;

  end = start + MAX_BLOCK;
  while ((text[end] & 0xc0) == 0x80)
    end--;

  const char *space = memrchr (text + start, ' ', end - start);

  return space != NULL ? (gsize) (space - text) + 1 : end;
}

static void
split_paragraph (const char *text,
                 gsize       start,
                 gsize       end,
                 GArray     *spans)
{
  while (start < end)
    {
      gsize block_end = find_block_end (text, start, end);
      gsize rest = split_block (text, start, block_end, spans);

      /* The last sentence of a block may go on in the next one, unless it is longer than a
       * block. */
      if (block_end == end || rest == start)
        {
          add_span (spans, text, rest, block_end);
          rest = block_end;
        }
      start = rest;
    }
}

GArray *
ut_sentences_split (const char *text,
                    gsize       length)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  GArray *spans = g_array_new (FALSE, FALSE, sizeof (UtSpan));
  gsize paragraph = 0;

  for (gsize line = 0, next; line < length; line = next)
    {
      gsize end = find_line_end (text, length, line, &next);
      gsize first = skip_spaces (text, line, end);
      gsize content = skip_bullet (text, first, end);

      if (first == end || content > first)
        {
          split_paragraph (text, paragraph, line, spans);
          paragraph = content;
        }
    }

  split_paragraph (text, paragraph, length, spans);

  return spans;
}
