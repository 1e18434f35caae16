/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sentence-rules-private.h"

/* Classes of characters */

typedef struct
{
  gunichar first;
  gunichar last;
  UtSentenceClass class;
} Range;

/* Punctuation beyond ASCII that ends a sentence, may end it or goes on with it, in order: the
 * property Sentence_Break of Unicode 14 (SentenceBreakProperty.txt), with the ellipsis. Brackets
 * and quotes are those of their general category, and the few others here. */
static const Range ranges[] = {
  { 0x0085, 0x0085, UT_SENTENCE_SEPARATOR },
  { 0x055d, 0x055d, UT_SENTENCE_GOES_ON },
  { 0x0589, 0x0589, UT_SENTENCE_END },
  { 0x060c, 0x060d, UT_SENTENCE_GOES_ON },
  { 0x061d, 0x061f, UT_SENTENCE_END },
  { 0x06d4, 0x06d4, UT_SENTENCE_END },
  { 0x0700, 0x0702, UT_SENTENCE_END },
  { 0x07f8, 0x07f8, UT_SENTENCE_GOES_ON },
  { 0x07f9, 0x07f9, UT_SENTENCE_END },
  { 0x0837, 0x0837, UT_SENTENCE_END },
  { 0x0839, 0x0839, UT_SENTENCE_END },
  { 0x083d, 0x083e, UT_SENTENCE_END },
  { 0x0964, 0x0965, UT_SENTENCE_END },
  { 0x104a, 0x104b, UT_SENTENCE_END },
  { 0x1362, 0x1362, UT_SENTENCE_END },
  { 0x1367, 0x1368, UT_SENTENCE_END },
  { 0x166e, 0x166e, UT_SENTENCE_END },
  { 0x1735, 0x1736, UT_SENTENCE_END },
  { 0x1802, 0x1802, UT_SENTENCE_GOES_ON },
  { 0x1803, 0x1803, UT_SENTENCE_END },
  { 0x1808, 0x1808, UT_SENTENCE_GOES_ON },
  { 0x1809, 0x1809, UT_SENTENCE_END },
  { 0x1944, 0x1945, UT_SENTENCE_END },
  { 0x1aa8, 0x1aab, UT_SENTENCE_END },
  { 0x1b5a, 0x1b5b, UT_SENTENCE_END },
  { 0x1b5e, 0x1b5f, UT_SENTENCE_END },
  { 0x1b7d, 0x1b7e, UT_SENTENCE_END },
  { 0x1c3b, 0x1c3c, UT_SENTENCE_END },
  { 0x1c7e, 0x1c7f, UT_SENTENCE_END },
  { 0x2013, 0x2014, UT_SENTENCE_GOES_ON },
  { 0x2024, 0x2024, UT_SENTENCE_STOP },
  { 0x2026, 0x2026, UT_SENTENCE_STOP },
  { 0x203c, 0x203d, UT_SENTENCE_END },
  { 0x2047, 0x2049, UT_SENTENCE_END },
  { 0x275b, 0x2760, UT_SENTENCE_CLOSE },
  { 0x2e2e, 0x2e2e, UT_SENTENCE_END },
  { 0x2e3c, 0x2e3c, UT_SENTENCE_END },
  { 0x2e53, 0x2e54, UT_SENTENCE_END },
  { 0x3001, 0x3001, UT_SENTENCE_GOES_ON },
  { 0x3002, 0x3002, UT_SENTENCE_END },
  { 0xa4ff, 0xa4ff, UT_SENTENCE_END },
  { 0xa60e, 0xa60f, UT_SENTENCE_END },
  { 0xa6f3, 0xa6f3, UT_SENTENCE_END },
  { 0xa6f7, 0xa6f7, UT_SENTENCE_END },
  { 0xa876, 0xa877, UT_SENTENCE_END },
  { 0xa8ce, 0xa8cf, UT_SENTENCE_END },
  { 0xa92f, 0xa92f, UT_SENTENCE_END },
  { 0xa9c8, 0xa9c9, UT_SENTENCE_END },
  { 0xaa5d, 0xaa5f, UT_SENTENCE_END },
  { 0xaaf0, 0xaaf1, UT_SENTENCE_END },
  { 0xabeb, 0xabeb, UT_SENTENCE_END },
  { 0xfe10, 0xfe11, UT_SENTENCE_GOES_ON },
  { 0xfe13, 0xfe13, UT_SENTENCE_GOES_ON },
  { 0xfe31, 0xfe32, UT_SENTENCE_GOES_ON },
  { 0xfe50, 0xfe51, UT_SENTENCE_GOES_ON },
  { 0xfe52, 0xfe52, UT_SENTENCE_STOP },
  { 0xfe55, 0xfe55, UT_SENTENCE_GOES_ON },
  { 0xfe56, 0xfe57, UT_SENTENCE_END },
  { 0xfe58, 0xfe58, UT_SENTENCE_GOES_ON },
  { 0xfe63, 0xfe63, UT_SENTENCE_GOES_ON },
  { 0xff01, 0xff01, UT_SENTENCE_END },
  { 0xff0c, 0xff0d, UT_SENTENCE_GOES_ON },
  { 0xff0e, 0xff0e, UT_SENTENCE_STOP },
  { 0xff1a, 0xff1a, UT_SENTENCE_GOES_ON },
  { 0xff1f, 0xff1f, UT_SENTENCE_END },
  { 0xff61, 0xff61, UT_SENTENCE_END },
  { 0xff64, 0xff64, UT_SENTENCE_GOES_ON },
  { 0x10a56, 0x10a57, UT_SENTENCE_END },
  { 0x10f55, 0x10f59, UT_SENTENCE_END },
  { 0x10f86, 0x10f89, UT_SENTENCE_END },
  { 0x11047, 0x11048, UT_SENTENCE_END },
  { 0x110be, 0x110c1, UT_SENTENCE_END },
  { 0x11141, 0x11143, UT_SENTENCE_END },
  { 0x111c5, 0x111c6, UT_SENTENCE_END },
  { 0x111cd, 0x111cd, UT_SENTENCE_END },
  { 0x111de, 0x111df, UT_SENTENCE_END },
  { 0x11238, 0x11239, UT_SENTENCE_END },
  { 0x1123b, 0x1123c, UT_SENTENCE_END },
  { 0x112a9, 0x112a9, UT_SENTENCE_END },
  { 0x1144b, 0x1144c, UT_SENTENCE_END },
  { 0x115c2, 0x115c3, UT_SENTENCE_END },
  { 0x115c9, 0x115d7, UT_SENTENCE_END },
  { 0x11641, 0x11642, UT_SENTENCE_END },
  { 0x1173c, 0x1173e, UT_SENTENCE_END },
  { 0x11944, 0x11944, UT_SENTENCE_END },
  { 0x11946, 0x11946, UT_SENTENCE_END },
  { 0x11a42, 0x11a43, UT_SENTENCE_END },
  { 0x11a9b, 0x11a9c, UT_SENTENCE_END },
  { 0x11c41, 0x11c42, UT_SENTENCE_END },
  { 0x11ef7, 0x11ef8, UT_SENTENCE_END },
  { 0x16a6e, 0x16a6f, UT_SENTENCE_END },
  { 0x16af5, 0x16af5, UT_SENTENCE_END },
  { 0x16b37, 0x16b38, UT_SENTENCE_END },
  { 0x16b44, 0x16b44, UT_SENTENCE_END },
  { 0x16e98, 0x16e98, UT_SENTENCE_END },
  { 0x1bc9f, 0x1bc9f, UT_SENTENCE_END },
  { 0x1da88, 0x1da88, UT_SENTENCE_END },
  { 0x1f676, 0x1f678, UT_SENTENCE_CLOSE },
};

static UtSentenceClass
find_range (gunichar c)
{
  gsize low = 0;
  gsize high = G_N_ELEMENTS (ranges);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (c > ranges[middle].last)
        low = middle + 1;
      else
        high = middle;
    }

  return low < G_N_ELEMENTS (ranges) && c >= ranges[low].first ? ranges[low].class
                                                               : UT_SENTENCE_OTHER;
}

static UtSentenceClass
classify_by_type (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_FORMAT:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
      return UT_SENTENCE_EXTEND;

    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return UT_SENTENCE_SEPARATOR;

    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_CONTROL:
      return UT_SENTENCE_SPACE;

    case G_UNICODE_DECIMAL_NUMBER:
      return UT_SENTENCE_NUMERIC;

    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
      return UT_SENTENCE_CLOSE;

    case G_UNICODE_LOWERCASE_LETTER:
      return UT_SENTENCE_LOWER;

    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
      return UT_SENTENCE_UPPER;

    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_LETTER_NUMBER:
      return UT_SENTENCE_LETTER;

    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_CURRENCY_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_OTHER_NUMBER:
    default:
      return UT_SENTENCE_OTHER;
    }
}

static UtSentenceClass
classify_ascii (gunichar c)
{
  if ((c | 0x20) - 'a' < 26)
    return c < 'a' ? UT_SENTENCE_UPPER : UT_SENTENCE_LOWER;
  if (c <= ' ' || c == 0x7f)
    return UT_SENTENCE_SPACE;
  if (c - '0' < 10)
    return UT_SENTENCE_NUMERIC;

  switch (c)
    {
    case '.':
      return UT_SENTENCE_STOP;

    case '!':
    case '?':
      return UT_SENTENCE_END;

    case ',':
    case '-':
    case ':':
      return UT_SENTENCE_GOES_ON;

    case '"':
    case '\'':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
      return UT_SENTENCE_CLOSE;

    default:
      return UT_SENTENCE_OTHER;
    }
}

UtSentenceClass
_ut_sentence_class (gunichar c)
{
  if (c < 0x80)
    return classify_ascii (c);

  UtSentenceClass class = find_range (c);

  return class != UT_SENTENCE_OTHER ? class : classify_by_type (c);
}

/* Rules; their numbers are those of UAX #29. */

static gboolean
is_term (UtSentenceClass class)
{
  return class == UT_SENTENCE_STOP || class == UT_SENTENCE_END;
}

static gboolean
has_case (UtSentenceClass class)
{
  return class == UT_SENTENCE_UPPER || class == UT_SENTENCE_LOWER;
}

/* Whether behind a term, and what may follow it without a boundary, @class still does so. */
static gboolean
follows_term (UtSentenceRules *self,
              UtSentenceClass  class)
{
  switch (class)
    {
    case UT_SENTENCE_CLOSE: /* SB9 */
      if (self->spaced)
        return FALSE;
      self->closed = TRUE;
      return TRUE;

    case UT_SENTENCE_SPACE: /* SB9, SB10 */
      self->spaced = TRUE;
      return TRUE;

    case UT_SENTENCE_SEPARATOR: /* SB9, SB10 */
      return TRUE;

    case UT_SENTENCE_OTHER:
    case UT_SENTENCE_EXTEND:
    case UT_SENTENCE_LOWER:
    case UT_SENTENCE_UPPER:
    case UT_SENTENCE_LETTER:
    case UT_SENTENCE_NUMERIC:
    case UT_SENTENCE_STOP:
    case UT_SENTENCE_END:
    case UT_SENTENCE_GOES_ON:
    default:
      return FALSE;
    }
}

/* Behind a term, brackets, quotes and spaces: whether the sentence ends before @class, or, where
 * that is for a later character to say, leaves it pending. */
static gboolean
ends_before (UtSentenceRules *self,
             UtSentenceClass  class,
             gsize            at)
{
  gboolean adjoins = !self->closed && !self->spaced;

  if (is_term (class) || class == UT_SENTENCE_GOES_ON) /* SB8a */
    return FALSE;
  if (self->term == UT_SENTENCE_END)
    return class != UT_SENTENCE_LOWER || !self->closed;
  if (adjoins && class == UT_SENTENCE_NUMERIC) /* SB6 */
    return FALSE;
  if (adjoins && class == UT_SENTENCE_UPPER && self->after_letter) /* SB7 */
    return FALSE;
  if (class == UT_SENTENCE_LOWER) /* SB8 */
    return FALSE;
  if (class == UT_SENTENCE_UPPER || class == UT_SENTENCE_LETTER) /* SB11 */
    return TRUE;

  self->pending = TRUE;
  self->place = at;
  return FALSE;
}

/* SB8: what stands between a full stop and lower case, without other letters. */
static gboolean
settle (UtSentenceRules *self,
        UtSentenceClass  class)
{
  gboolean letter = class == UT_SENTENCE_UPPER || class == UT_SENTENCE_LETTER;

  if (!self->pending)
    return FALSE;
  if (class != UT_SENTENCE_LOWER && class != UT_SENTENCE_SEPARATOR && !letter && !is_term (class))
    return FALSE;

  self->pending = FALSE;
  return class != UT_SENTENCE_LOWER;
}

gboolean
_ut_sentence_rules_next (UtSentenceRules *self,
                         UtSentenceClass  class,
                         gsize            at,
                         gsize           *boundary)
{
  gboolean separated = self->previous == UT_SENTENCE_SEPARATOR;

  if (class == UT_SENTENCE_EXTEND && !separated) /* SB5 */
    return FALSE;

  gboolean found = settle (self, class);

  *boundary = self->place;
  if (separated) /* SB4 */
    {
      *boundary = at;
      found = TRUE;
      self->term = UT_SENTENCE_OTHER;
    }
  else if (self->term != UT_SENTENCE_OTHER && !follows_term (self, class))
    {
      if (ends_before (self, class, at))
        {
          *boundary = at;
          found = TRUE;
        }
      self->term = UT_SENTENCE_OTHER;
    }

  if (is_term (class))
    {
      self->term = class;
      self->after_letter = has_case (self->previous);
      self->closed = FALSE;
      self->spaced = FALSE;
    }
  self->previous = class;

  return found;
}
