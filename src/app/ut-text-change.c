/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-text-change.h"

#include <string.h>

/* The word and what it stands in. */
typedef struct
{
  const char *text;
  gsize start;
  gsize end;
  gboolean first; /* of its sentence */
} Place;

/* The character before the byte @at, 0 at the beginning. */
static gunichar
get_left (const char *text,
          gsize       at)
{
  return at > 0 ? g_utf8_get_char (g_utf8_prev_char (text + at)) : 0;
}

static gunichar
get_right (const char *text,
           gsize       at)
{
  return g_utf8_get_char (text + at);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) && c != '\n' && c != '\r' && c != 0x2029;
}

/* Whether @c would make one word with a letter beside it. */
static gboolean
is_glue (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Whether the text from the byte @at on is the rest of a word as in "don't". */
static gboolean
is_contraction (const char *text,
                gsize       at)
{
  const char *rest = text + at;

  if (rest[0] != 'n' && rest[0] != 'N')
    return FALSE;
  if (rest[1] == '\'')
    return rest[2] == 't' || rest[2] == 'T';

  return g_str_has_prefix (rest + 1, "’t") || g_str_has_prefix (rest + 1, "’T");
}

/* Whether a sentence begins at the byte @at, also in a text that is read as one. */
static gboolean
begins_sentence (const char *text,
                 gsize       at)
{
  const char *p = text + at;

  while (p > text && is_blank (get_left (text, (gsize) (p - text))))
    p = g_utf8_prev_char (p);
  if (p == text)
    return TRUE;

  /* A full stop without a space behind it is one of an abbreviation, or of a number. */
  gunichar last = get_left (text, (gsize) (p - text));
  return last == '\n' || (p < text + at && (last == '.' || last == '!' || last == '?'));
}

/* (transfer full): @text with its first letter in upper or lower case. */
static char *
with_first (const char *text,
            gboolean    upper)
{
  gunichar first = g_utf8_get_char (text);
  GString *result = g_string_new (NULL);

  if (*text == '\0')
    return g_string_free (result, FALSE);

  g_string_append_unichar (result, upper ? g_unichar_toupper (first) : g_unichar_tolower (first));
  g_string_append (result, g_utf8_next_char (text));
  return g_string_free (result, FALSE);
}

/* Whether the word begins a sentence with a capital. */
static gboolean
has_capital (const Place *place)
{
  return place->first && g_unichar_isupper (get_right (place->text, place->start));
}

/* Whether the capital is there because of the sentence alone: not in "I" or "NASA". */
static gboolean
has_lower_case (const Place *place)
{
  for (const char *p = place->text + place->start; p < place->text + place->end;
       p = g_utf8_next_char (p))
    if (g_unichar_islower (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static void
strike_out (UtTextChange *self,
            const Place  *place)
{
  const char *text = place->text;
  gunichar left = get_left (text, place->start);
  gunichar right = get_right (text, place->end);

  self->start = place->start;
  self->end = place->end;
  if (is_blank (right) && (place->start == 0 || g_unichar_isspace (left)))
    {
      while (is_blank (get_right (text, self->end)))
        self->end = (gsize) (g_utf8_next_char (text + self->end) - text);
    }
  else if (is_blank (left) && !is_glue (right))
    {
      while (is_blank (get_left (text, self->start)))
        self->start = (gsize) (g_utf8_prev_char (text + self->start) - text);
    }

  /* The next word begins the sentence then. */
  gunichar next = get_right (text, self->end);
  if (has_capital (place) && g_unichar_islower (next))
    {
      g_autofree char *letter = g_ucs4_to_utf8 (&next, 1, NULL, NULL, NULL);

      self->text = with_first (letter, TRUE);
      self->end += strlen (letter);
      self->caret = self->start;
    }
  else
    {
      self->text = g_strdup (is_glue (left) && is_glue (right) ? " " : "");
      self->caret = self->start + strlen (self->text);
    }
}

static void
replace (UtTextChange *self,
         const Place  *place,
         const char   *replacement)
{
  g_autofree char *word = has_capital (place) ? with_first (replacement, TRUE)
                                              : g_strdup (replacement);
  gboolean apart_left = is_glue (get_left (place->text, place->start))
                        && is_glue (g_utf8_get_char (word)) && !is_contraction (word, 0);
  gboolean apart_right = is_glue (get_right (place->text, place->end))
                         && is_glue (get_left (word, strlen (word)))
                         && !is_contraction (place->text, place->end);

  self->start = place->start;
  self->end = place->end;
  self->text = g_strconcat (apart_left ? " " : "", word, apart_right ? " " : "", NULL);
  self->caret = self->start + apart_left;
}

static void
negate (UtTextChange *self,
        const Place  *place)
{
  const char *text = place->text;
  const char *space = is_glue (get_left (text, place->start)) ? " " : "";

  self->start = self->end = place->start;
  if (has_capital (place))
    {
      const char *after = g_utf8_next_char (text + place->start);
      g_autofree char *first = g_strndup (text + place->start,
                                          (gsize) (after - text) - place->start);
      g_autofree char *letter = has_lower_case (place) ? with_first (first, FALSE)
                                                       : g_strdup (first);

      self->end = (gsize) (after - text);
      self->text = g_strconcat ("Not ", letter, NULL);
      self->caret = self->start + strlen ("Not ");
    }
  else
    {
      self->text = g_strconcat (space, "not ", NULL);
      self->caret = self->start + strlen (self->text);
    }
}

void
ut_text_change_init (UtTextChange *self,
                     const char   *text,
                     gsize         sentence,
                     gsize         start,
                     gsize         end,
                     UtEditKind    kind,
                     const char   *replacement)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);
  g_return_if_fail (start <= end && end <= strlen (text));

  const Place place = { text, start, end, start == sentence || begins_sentence (text, start) };
  g_autofree char *stripped = g_strstrip (g_strdup (replacement != NULL ? replacement : ""));

  *self = (UtTextChange) { 0 };
  if (kind == UT_EDIT_NEGATE)
    negate (self, &place);
  else if (kind == UT_EDIT_REPLACE && *stripped != '\0')
    replace (self, &place, stripped);
  else
    strike_out (self, &place);
}

void
ut_text_change_clear (UtTextChange *self)
{
  g_clear_pointer (&self->text, g_free);
}
