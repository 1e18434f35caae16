/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sentences.h"

#include "ut-sentence-rules-private.h"
#include "ut-word-rules-private.h"

#include <string.h>

#define LONGEST_TITLE 4

/* Of the number of an item: "10." */
#define MOST_DIGITS 2

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

/* Whether the full stop before @end is that of a title, an initial or a word before a number: "Mr.
 * Burns", "J. K. Rowling", "Bar No. 9". Unicode's rules know no abbreviations. "I" is more often the
 * word than an initial, and "No. 2 stars." begins with an answer. */
static gboolean
ends_in_title (const char *text,
               gsize       start,
               gsize       end)
{
  gboolean before_number = g_ascii_isdigit (text[end]);

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
         || (before_number && word > start
             && _ut_word_rules_is_before_number (text + word, stop - word))
         || (stop - word == 1 && g_ascii_isupper (text[word]) && text[word] != 'I');
}

/* Whether the sentence that would end at @end is the number of an item alone: "1. Good songs". */
static gboolean
is_item_number (const char *text,
                gsize       start,
                gsize       end)
{
  gsize at = start;

  while (at < end && at - start <= MOST_DIGITS && g_ascii_isdigit (text[at]))
    at++;

  return at > start && at - start <= MOST_DIGITS && at < end && text[at] == '.'
         && at + 1 == trim_end (text, at, end);
}

/* Whether an address of the web begins at @start, or behind the bracket there. */
static gboolean
is_address (const char *text,
            gsize       start,
            gsize       end)
{
  static const char * const schemes[] = { "http://", "https://", "ftp://", "www." };

  if (start < end && (text[start] == '(' || text[start] == '<' || text[start] == '"'))
    start++;
  /* Most words need no further look. */
  if (start == end || strchr ("HhWwFf", text[start]) == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i]);

      if (end - start > length && g_ascii_strncasecmp (text + start, schemes[i], length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether what Unicode's rules have for a sentence is one. There is text at both ends. */
static gboolean
is_sentence (const char *text,
             gsize       start,
             gsize       end)
{
  return !ends_in_title (text, start, end) && !is_item_number (text, start, end);
}

/* Cuts a stretch without an empty line or bullet. */
static void
split_paragraph (const char *text,
                 gsize       start,
                 gsize       end,
                 GArray     *spans)
{
  UtSentenceRules rules = { UT_SENTENCE_OTHER };
  gsize from = skip_spaces (text, start, end);
  gsize word = start;
  gboolean in_address = FALSE;

  for (gsize at = start, next; at < end; at = next)
    {
      guchar byte = (guchar) text[at];
      UtSentenceClass class = _ut_sentence_class (byte < 0x80 ? byte : g_utf8_get_char (text + at));
      gsize boundary;

      next = (gsize) (g_utf8_next_char (text + at) - text);
      if (_ut_sentence_rules_next (&rules, class, at, &boundary)
          && !(boundary > word && in_address) && is_sentence (text, from, boundary))
        {
          add_span (spans, text, from, boundary);
          from = boundary;
        }
      if (class == UT_SENTENCE_SPACE)
        word = next;
      else if (at == word)
        in_address = is_address (text, word, end);
    }

  if (rules.pending && !(rules.place > word && in_address) && is_sentence (text, from, rules.place))
    {
      add_span (spans, text, from, rules.place);
      from = rules.place;
    }
  add_span (spans, text, from, end);
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
