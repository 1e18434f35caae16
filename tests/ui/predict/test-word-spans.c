/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "ut-word-spans.h"

/* Every offset at once, and each for itself, against the definition. */
static void
check_text (const char *text)
{
  gsize length = strlen (text);
  UtCharCursor forward;

  ut_char_cursor_init (&forward, text, length);
  for (guint expected = 0; expected <= (guint) g_utf8_strlen (text, -1); expected++)
    {
      UtCharCursor single;
      gsize byte = (gsize) (g_utf8_offset_to_pointer (text, expected) - text);

      ut_char_cursor_init (&single, text, length);
      g_assert_cmpuint (ut_char_cursor_seek (&single, byte), ==, expected);
      g_assert_cmpuint (ut_char_cursor_seek (&forward, byte), ==, expected);
    }
}

static void
test_offsets (void)
{
  check_text ("");
  check_text ("plain words");
  check_text ("dépaysement “naïve” — Żółć …");
  check_text ("e\xcc\x81te\xcc\x81"); /* combining accents */
  check_text ("so 👍🏽 good 👨‍👩‍👧 🇫🇷!");
  check_text ("one\r\ntwo\r\n\r\nthree");
}

static void
test_offsets_backwards (void)
{
  const char *text = "über 👍 gut";
  UtCharCursor cursor;

  ut_char_cursor_init (&cursor, text, strlen (text));
  g_assert_cmpuint (ut_char_cursor_seek (&cursor, strlen (text)), ==, 10);
  g_assert_cmpuint (ut_char_cursor_seek (&cursor, 2), ==, 1);
  g_assert_cmpuint (ut_char_cursor_seek (&cursor, 10), ==, 6);
  /* Beyond the end is the end. */
  g_assert_cmpuint (ut_char_cursor_seek (&cursor, 1000), ==, 10);
}

static void
test_steps (void)
{
  g_assert_cmpint (ut_word_step (0), ==, 0);
  g_assert_cmpint (ut_word_step (0.4999), ==, 0);
  g_assert_cmpint (ut_word_step (0.5), ==, 1);
  g_assert_cmpint (ut_word_step (-1), ==, -2);
  g_assert_cmpint (ut_word_step (3.99), ==, 3);
  g_assert_cmpint (ut_word_step (-4), ==, -4);
  g_assert_cmpint (ut_word_step (INFINITY), ==, 4);
  g_assert_cmpint (ut_word_step (NAN), ==, 0);
}

static GArray *
spans_new (const guint *ends,
           gsize        n)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));

  for (gsize i = 0; i + 1 < n; i += 2)
    {
      UtWordSpan span = { .start = ends[i], .end = ends[i + 1] };

      g_array_append_val (spans, span);
    }

  return spans;
}

static void
assert_spans (const GArray *spans,
              const guint  *ends)
{
  for (guint i = 0; i < spans->len; i++)
    {
      g_assert_cmpuint (g_array_index (spans, UtWordSpan, i).start, ==, ends[2 * i]);
      g_assert_cmpuint (g_array_index (spans, UtWordSpan, i).end, ==, ends[2 * i + 1]);
    }
}

static void
test_edits (void)
{
  g_autoptr (GArray) spans = spans_new ((const guint[]) { 0, 4, 5, 8, 9, 12 }, 6);

  /* At the edges of the second span, then inside it. */
  ut_word_spans_insert (spans, 5, 2);
  assert_spans (spans, (const guint[]) { 0, 4, 7, 10, 11, 14 });
  ut_word_spans_insert (spans, 10, 1);
  assert_spans (spans, (const guint[]) { 0, 4, 7, 10, 12, 15 });
  ut_word_spans_insert (spans, 8, 3);
  assert_spans (spans, (const guint[]) { 0, 4, 7, 13, 15, 18 });

  /* Over the end of the first and the beginning of the second; then all of the third. */
  ut_word_spans_delete (spans, 2, 9);
  assert_spans (spans, (const guint[]) { 0, 2, 2, 6, 8, 11 });
  ut_word_spans_delete (spans, 7, 20);
  assert_spans (spans, (const guint[]) { 0, 2, 2, 6, 7, 7 });
}

static void
test_find (void)
{
  g_autoptr (GArray) none = spans_new (NULL, 0);
  g_autoptr (GArray) spans = spans_new ((const guint[]) { 3, 6, 7, 9, 20, 24 }, 6);
  const struct
  {
    guint at;
    int index;
  } cases[] = { { 0, 0 }, { 3, 0 }, { 6, 0 }, { 7, 1 }, { 15, 1 }, { 20, 2 }, { 99, 2 } };

  g_assert_cmpint (ut_word_spans_find (none, 0), ==, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ut_word_spans_find (spans, cases[i].at), ==, cases[i].index);
}

static void
test_inherit (void)
{
  const struct
  {
    double worth;
    int step;
    gboolean pale;
  } expected[] = {
    { 3, 3, FALSE }, /* known */
    { NAN, -2, TRUE }, /* where one was */
    { NAN, 0, FALSE }, /* a longer one stands where one was */
    { NAN, 0, FALSE }, /* none was there */
    { NAN, 0, FALSE }, /* one without a tint was */
    { NAN, 1, TRUE },
  };
  g_autoptr (GArray) old = spans_new ((const guint[]) { 0, 4, 5, 10, 11, 14, 20, 22, 30, 32, 40, 41 },
                                      12);
  g_autoptr (GArray) spans = spans_new ((const guint[]) { 0, 4, 5, 10, 11, 15, 16, 18, 30, 32, 40, 41 },
                                        12);
  const int steps[] = { 1, -2, 4, 4, 0, 1 };
  double worths[G_N_ELEMENTS (expected)];

  g_test_summary ("A word without a worth keeps the tint of the very same place, paler.");

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      worths[i] = expected[i].worth;
      g_array_index (old, UtWordSpan, i).step = steps[i];
      g_array_index (spans, UtWordSpan, i).step = ut_word_step (worths[i]);
    }
  ut_word_spans_inherit (spans, worths, old);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const UtWordSpan *span = &g_array_index (spans, UtWordSpan, i);

      g_assert_cmpint (span->step, ==, expected[i].step);
      g_assert_cmpint (span->pale, ==, expected[i].pale);
    }

  /* Also where there were none. */
  g_array_set_size (old, 0);
  ut_word_spans_inherit (spans, worths, old);
  g_assert_cmpint (g_array_index (spans, UtWordSpan, 1).step, ==, -2);
}

static void
test_disputes (void)
{
  const UtWordSpan before[] = { { .start = 0, .end = 4, .disputed = TRUE },
                                { .start = 5, .end = 8 },
                                { .start = 9, .end = 12, .disputed = TRUE },
                                { .start = 13, .end = 14, .disputed = TRUE } };
  const UtWordSpan after[] = { { .start = 0, .end = 4 }, { .start = 5, .end = 8, .disputed = TRUE },
                               { .start = 9, .end = 14 }, { .start = 20, .end = 21 } };
  const gboolean expected[] = { TRUE, FALSE, FALSE, FALSE };
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));

  g_test_summary ("What models disagreed on stays marked where the word is the same.");

  g_array_append_vals (old, before, G_N_ELEMENTS (before));
  g_array_append_vals (spans, after, G_N_ELEMENTS (after));
  ut_word_spans_inherit_disputes (spans, old);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (g_array_index (spans, UtWordSpan, i).disputed, ==, expected[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/word-spans/offsets", test_offsets);
  g_test_add_func ("/word-spans/offsets-backwards", test_offsets_backwards);
  g_test_add_func ("/word-spans/steps", test_steps);
  g_test_add_func ("/word-spans/edits", test_edits);
  g_test_add_func ("/word-spans/find", test_find);
  g_test_add_func ("/word-spans/inherit", test_inherit);
  g_test_add_func ("/word-spans/disputes", test_disputes);

  return g_test_run ();
}
