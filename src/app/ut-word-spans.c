/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-spans.h"

#include <math.h>

void
ut_char_cursor_init (UtCharCursor *self,
                     const char   *text,
                     gsize         length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL || length == 0);

  *self = (UtCharCursor) { .text = text, .length = length };
}

guint
ut_char_cursor_seek (UtCharCursor *self,
                     gsize         byte)
{
  g_return_val_if_fail (self != NULL, 0);

  byte = MIN (byte, self->length);
  if (byte < self->byte)
    {
      self->byte = 0;
      self->chars = 0;
    }

  /* A character begins at every byte that does not continue one (10xxxxxx). */
  guint chars = self->chars;
  for (gsize i = self->byte; i < byte; i++)
    chars += ((guchar) self->text[i] & 0xc0) != 0x80;
  self->byte = byte;
  self->chars = chars;

  return chars;
}

int
ut_word_step (double worth)
{
  static const double bounds[UT_WORD_STEPS] = { 0.5, 1, 2, 4 };
  int step = 0;

  /* A comparison with NaN is false: no tint. */
  while (step < UT_WORD_STEPS && fabs (worth) >= bounds[step])
    step++;

  return worth < 0 ? -step : step;
}

void
ut_word_spans_insert (GArray *spans,
                      guint   at,
                      guint   n)
{
  g_return_if_fail (spans != NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      UtWordSpan *span = &g_array_index (spans, UtWordSpan, i);

      if (span->start >= at)
        {
          span->start += n;
          span->end += n;
        }
      else if (span->end > at)
        {
          span->end += n;
        }
    }
}

/* Where the character @offset is once those from @start to @end are gone. */
static guint
offset_after_delete (guint offset,
                     guint start,
                     guint end)
{
  if (offset <= start)
    return offset;

  return offset < end ? start : offset - (end - start);
}

void
ut_word_spans_delete (GArray *spans,
                      guint   start,
                      guint   end)
{
  g_return_if_fail (spans != NULL);
  g_return_if_fail (start <= end);

  for (guint i = 0; i < spans->len; i++)
    {
      UtWordSpan *span = &g_array_index (spans, UtWordSpan, i);

      span->start = offset_after_delete (span->start, start, end);
      span->end = offset_after_delete (span->end, start, end);
    }
}

void
ut_word_spans_inherit (GArray       *spans,
                       const double *worths,
                       const GArray *old)
{
  guint k = 0;

  g_return_if_fail (spans != NULL && old != NULL);
  g_return_if_fail (worths != NULL || spans->len == 0);

  for (guint i = 0; i < spans->len; i++)
    {
      UtWordSpan *span = &g_array_index (spans, UtWordSpan, i);

      if (!isnan (worths[i]))
        continue;
      while (k < old->len && g_array_index (old, UtWordSpan, k).start < span->start)
        k++;
      if (k == old->len)
        return;

      const UtWordSpan *found = &g_array_index (old, UtWordSpan, k);
      if (found->start == span->start && found->end == span->end)
        {
          span->step = found->step;
          span->pale = span->step != 0;
        }
    }
}

void
ut_word_spans_inherit_disputes (GArray       *spans,
                                const GArray *old)
{
  guint k = 0;

  g_return_if_fail (spans != NULL && old != NULL);

  for (guint i = 0; i < spans->len; i++)
    {
      UtWordSpan *span = &g_array_index (spans, UtWordSpan, i);

      while (k < old->len && g_array_index (old, UtWordSpan, k).start < span->start)
        k++;
      if (k == old->len)
        return;

      const UtWordSpan *found = &g_array_index (old, UtWordSpan, k);
      span->disputed = found->start == span->start && found->end == span->end && found->disputed;
    }
}

int
ut_word_spans_find (const GArray *spans,
                    guint         at)
{
  g_return_val_if_fail (spans != NULL, -1);

  if (spans->len == 0)
    return -1;

  guint low = 0;
  guint high = spans->len;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (spans, UtWordSpan, middle).start <= at)
        low = middle;
      else
        high = middle;
    }

  return (int) low;
}
