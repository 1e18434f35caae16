/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sentence-rules-private.h"
#include "ut-sentences.h"

#include <locale.h>
#include <string.h>

/* Every span lies in the text behind the one before, is not empty and has no white space at its
 * ends. */
static void
assert_spans (GArray     *spans,
              const char *text,
              gsize       length)
{
  gsize start = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const UtSpan *span = &g_array_index (spans, UtSpan, i);

      g_assert_cmpuint (span->start, >=, start);
      g_assert_cmpuint (span->start, <, span->end);
      g_assert_cmpuint (span->end, <=, length);
      g_assert_false (g_unichar_isspace (g_utf8_get_char (text + span->start)));
      g_assert_false (g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (text + span->end))));
      g_assert_true (g_utf8_validate_len (text + span->start, span->end - span->start, NULL));
      start = span->end;
    }
}

static const struct
{
  const char *text;
  const char *sentences; /* divided by "|" */
} examples[] = {
  { "", "" },
  { " \n\t\r\n ", "" },
  { "Good.", "Good." },
  { "  I liked it.  You may not! Why?  ", "I liked it.|You may not!|Why?" },
  { "One line\nand the next. Then\r\nmore.", "One line\nand the next.|Then\r\nmore." },
  { "No full stop\n\nSecond", "No full stop|Second" },
  { "No full stop\n \t \nSecond\r\n\r\nThird\r\rFourth", "No full stop|Second|Third|Fourth" },
  { "Pro:\n* good cast\n - fine songs\n\xe2\x80\xa2 short", "Pro:|good cast|fine songs|short" },
  { "*\n-\n", "*\n-" },
  { "a well-\n-made film", "a well-\n-made film" },
  { "He said \"Stop.\" Then (he left.) Done", "He said \"Stop.\"|Then (he left.)|Done" },
  { "Wait... what? It costs 3.50 a piece.", "Wait... what?|It costs 3.50 a piece." },
  { "Mr. Burns met Dr. No. It was J. K. Rowling vs. The World.",
    "Mr. Burns met Dr. No.|It was J. K. Rowling vs. The World." },
  { "“Mr. X” ended it. Late films. Éa. B", "“Mr. X” ended it.|Late films.|Éa.|B" },
  { "The U.S. won. So did I. Fine.", "The U.S. won.|So did I.|Fine." },
  { "Plan B. It fails.", "Plan B. It fails." },
  { "I give it 3.5/5, or 7.5%. Not 9.5/10!", "I give it 3.5/5, or 7.5%.|Not 9.5/10!" },
  { "1. Good songs. 2) Bad. 12. Short.\n1984. It was",
    "1. Good songs.|2) Bad.|12. Short.|1984.|It was" },
  { "Bar No. 9 is. On Sept. 11, Oct. 3 is. So no. 9 is",
    "Bar No. 9 is.|On Sept. 11, Oct. 3 is.|So no. 9 is" },
  { "Good? No. 2 stars. Again? No. 1/10", "Good?|No. 2 stars.|Again?|No.|1/10" },
  { "“Good?” he asked. 'Yes!' She left. Wow! what",
    "“Good?” he asked.|'Yes!'|She left.|Wow!|what" },
  { "Well… It ended… somehow.... Then…no", "Well…|It ended… somehow....|Then…no" },
  { "See www.x.org/a?b!C and (http://y.org/?q). Yes?No!",
    "See www.x.org/a?b!C and (http://y.org/?q).|Yes?|No!" },
  { "Fine (really!) said I. [It (was.)] So. (Then",
    "Fine (really!) said I.|[It (was.)]|So.|(Then" },
  { "At 5 p.m. it ended, e.g. this, i.e. that. Inc. etc.",
    "At 5 p.m. it ended, e.g. this, i.e. that.|Inc. etc." },
  { "1.", "1." },
  { "\xf0\x9f\x98\x80. \xf0\x9f\x98\x80! \xf0\x9f\x98\x80",
    "\xf0\x9f\x98\x80.|\xf0\x9f\x98\x80!|\xf0\x9f\x98\x80" },
  { "e\xcc\x81.\xcc\x81 Ab. \xe2\x80\xa9" "B", "e\xcc\x81.\xcc\x81|Ab.|B" },
  { "שלום עולם. מה שלומך?", "שלום עולם.|מה שלומך?" },
  { "好电影。很好！", "好电影。|很好！" },
};

static void
test_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      const char *text = examples[i].text;
      g_autoptr (GArray) spans = ut_sentences_split (text, strlen (text));
      g_autoptr (GString) joined = g_string_new (NULL);

      assert_spans (spans, text, strlen (text));
      for (guint k = 0; k < spans->len; k++)
        {
          const UtSpan *span = &g_array_index (spans, UtSpan, k);

          if (k > 0)
            g_string_append_c (joined, '|');
          g_string_append_len (joined, text + span->start, span->end - span->start);
        }
      g_assert_cmpstr (joined->str, ==, examples[i].sentences);
    }
}

/* Cuts by the rules alone. */
static char *
cut_by_rules (const char *text)
{
  g_autoptr (GString) cut = g_string_new (NULL);
  UtSentenceRules rules = { UT_SENTENCE_OTHER };
  gsize length = strlen (text);
  gsize from = 0;

  for (gsize at = 0; at < length; at = (gsize) (g_utf8_next_char (text + at) - text))
    {
      gsize boundary;

      if (_ut_sentence_rules_next (&rules, _ut_sentence_class (g_utf8_get_char (text + at)), at,
                                   &boundary))
        {
          g_string_append_len (cut, text + from, (gssize) (boundary - from));
          g_string_append_c (cut, '|');
          from = boundary;
        }
    }
  if (rules.pending)
    {
      g_string_append_len (cut, text + from, (gssize) (rules.place - from));
      g_string_append_c (cut, '|');
      from = rules.place;
    }
  g_string_append (cut, text + from);

  return g_strdup (cut->str);
}

static void
test_rules (void)
{
  g_test_summary ("Sentences end where another program that knows Unicode's rules ends them");

  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "text", "sentence-rules-golden.txt",
                                                 NULL);
  g_autofree char *golden = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);

  g_auto (GStrv) lines = g_strsplit (golden, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;

      g_autofree char *expected = g_strcompress (lines[i]);
      g_auto (GStrv) sentences = g_strsplit (expected, "|", -1);
      g_autofree char *text = g_strjoinv ("", sentences);
      g_autofree char *cut = cut_by_rules (text);

      g_assert_cmpstr (cut, ==, expected);
      n++;
    }
  g_assert_cmpuint (n, >, 200);
}

static void
test_length (void)
{
  g_test_summary ("No byte behind the length counts, and a NUL is a space");

  static const char text[] = "Good film. Bad";
  g_autoptr (GArray) spans = ut_sentences_split (text, strlen ("Good film"));
  g_autoptr (GArray) with_nul = ut_sentences_split ("Good\0 film.\0", 12);
  g_autoptr (GArray) nothing = ut_sentences_split (NULL, 0);

  g_assert_cmpuint (spans->len, ==, 1);
  g_assert_cmpuint (g_array_index (spans, UtSpan, 0).end, ==, strlen ("Good film"));
  g_assert_cmpuint (with_nul->len, ==, 1);
  g_assert_cmpuint (g_array_index (with_nul, UtSpan, 0).end, ==, 11);
  g_assert_cmpuint (nothing->len, ==, 0);
}

static void
test_long (void)
{
  g_test_summary ("Megabytes of anything take no more than their share of time");

  static const char * const units[] = {
    "a", " ", "\n", "\r", "a\n\n", "* a\n", ".", ". ", "A. ", "Mr. ", "Good film. ",
    "word ", "\xf0\x9f\x98\x80",
    "\xcc\x81", "a\xcc\x81", "\xe2\x80\x8f", "\xd7\x90\xd7\x91 ", "\xd7\x90. a. ",
    "\xe0\xb8\x81", "\xe5\xa5\xbd", "\"", "(",
    "\xe2\x80\xa9", "Mr.  ", "1. ", "1.  \n", "www.a?", "(www.", ".(\"", "!) ", ". ,",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize n = 1500000 / strlen (units[i]);
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize k = 0; k < n; k++)
        g_string_append (text, units[i]);

      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) spans = ut_sentences_split (text->str, text->len);

      g_test_message ("%s: %u sentences in %.3f s", units[i], spans->len,
                      (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
      assert_spans (spans, text->str, text->len);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sentences/examples", test_examples);
  g_test_add_func ("/sentences/rules", test_rules);
  g_test_add_func ("/sentences/length", test_length);
  g_test_add_func ("/sentences/long", test_long);

  return g_test_run ();
}
