/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-reading-private.h"

#include <math.h>
#include <string.h>

static void
cut_lines (GArray     *spans,
           const char *text,
           gsize       length)
{
  for (gsize start = 0; start < length;)
    {
      const char *newline = memchr (text + start, '\n', length - start);
      gsize next = newline != NULL ? (gsize) (newline - text) + 1 : length;
      UtSpan span = { .start = start, .end = newline != NULL ? next - 1 : length };

      if (span.end > start && text[span.end - 1] == '\r')
        span.end--;
      g_array_append_val (spans, span);
      start = next;
    }
}

GArray *
_ut_reading_cut (UtReading   reading,
                 const char *text,
                 gsize       length)
{
  if (reading == UT_READING_SENTENCES)
    return ut_sentences_split (text, length);

  GArray *spans = g_array_new (FALSE, FALSE, sizeof (UtSpan));
  UtSpan whole = { .end = length };

  if (reading != UT_READING_WHOLE)
    cut_lines (spans, text, length);
  else if (length > 0)
    g_array_append_val (spans, whole);

  return spans;
}

void
_ut_text_mean_add (UtTextMean *self,
                   gsize       n_words,
                   double      probability)
{
  if (n_words == 0)
    return;

  self->sum += probability;
  self->n++;
}

double
_ut_text_mean_get (const UtTextMean *self)
{
  return self->n > 0 ? self->sum / (double) self->n : NAN;
}

void
_ut_guessed_words_init (UtGuessedWords *self)
{
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->parts = g_array_new (FALSE, FALSE, sizeof (guint32));
  _ut_guessed_words_truncate (self);
}

void
_ut_guessed_words_clear (UtGuessedWords *self)
{
  g_array_unref (self->offsets);
  g_array_unref (self->parts);
}

void
_ut_guessed_words_truncate (UtGuessedWords *self)
{
  const gsize start = 0;

  g_array_set_size (self->offsets, 0);
  g_array_set_size (self->parts, 0);
  g_array_append_val (self->offsets, start);
}

guint32
_ut_guessed_words_add (UtGuessedWords   *self,
                       const UtSubwords *subwords,
                       const char       *word)
{
  guint32 id = (guint32) (ut_subwords_get_n_words (subwords) + self->offsets->len - 1);
  gsize end;

  ut_subwords_append (ut_subwords_get_rule (subwords), word, self->parts);
  end = self->parts->len;
  g_array_append_val (self->offsets, end);

  return id;
}

UtNnSubwords
_ut_guessed_words_get_view (const UtGuessedWords *self)
{
  return (UtNnSubwords) {
    .offsets = (const gsize *) (void *) self->offsets->data,
    .rows = (const guint32 *) (void *) self->parts->data,
    .n_words = self->offsets->len - 1,
  };
}
