/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-line-fold.h"
#include "ut-sentences.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *folded; /* in lines of 20 bytes; NULL if as it is */
} examples[] = {
  { "", NULL },
  { "Good. Bad.", NULL },
  { "Good film. Bad film.\nGood film. Bad film.", NULL },
  { "Good film. Bad film. ", "Good film. \nBad film. " },
  { "One. Two. Three. Four. Five. Six. Seven.", "One. Two. Three. \nFour. Five. Six. \nSeven." },
  { "a good film that has no end at all", "a good film that \nhas no end at all" },
  /* Behind a sentence, however short, rather than behind a word. */
  { "Good. A long and a longer sentence", "Good. \nA long and a longer \nsentence" },
  { "short\nOne film. Another film.\rlast", "short\nOne film. \nAnother film.\rlast" },
  { "One film. Another.\r\nOne film. Another film.", "One film. Another.\r\nOne film. \nAnother film." },
  /* A bullet, or what could be one, begins no line. */
  { "one two three four - six", "one two three \nfour - six" },
  { "a film 2 3 4 5 6 7 8 9 10 11 12", "a \nfilm 2 3 4 5 6 7 8 9 10 11 12" },
  /* No place to break. */
  { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
  { "bb aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cc", "bb \naaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \ncc" },
  /* Bytes are counted, characters kept. */
  { "żółć żółć żółć żółć", "żółć żółć \nżółć żółć" },
};

static void
test_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *folded = ut_line_fold (examples[i].text, strlen (examples[i].text), 20);

      g_assert_cmpstr (folded, ==, examples[i].folded);
    }
}

static char *
take_line_break (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c != '\n')
      g_string_append_c (plain, *c);

  return g_string_free (plain, FALSE);
}

static void
test_property (void)
{
  static const char * const pieces[] = {
    "good", "Bad", "Mr.", "J.", "film", "12", "…", "—", "-", "*", "\"So?\"", "(not", "bad)", "1.",
    "end.", "End!", "why?", "e.g.", "żółć.", "don't", "www.a.b", "good...", "\xe2\x80\xa2",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  g_test_summary ("Nothing but line breaks comes in, no line is too long that could be shorter, and the "
                  "sentences are the same.");

  for (guint n = 0; n < 2000; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (int i = g_rand_int_range (random, 1, 200); i > 0; i--)
        g_string_append_printf (text, "%s%s", pieces[g_rand_int_range (random, 0,
                                                                       G_N_ELEMENTS (pieces))],
                                g_rand_int_range (random, 0, 8) == 0 ? "  " : " ");

      g_autofree char *folded = ut_line_fold (text->str, text->len, 120);
      if (folded == NULL)
        folded = g_strdup (text->str);

      g_autofree char *plain = take_line_break (folded);
      g_autoptr (GArray) before = ut_sentences_split (text->str, text->len);
      g_autoptr (GArray) after = ut_sentences_split (folded, strlen (folded));

      g_assert_cmpstr (plain, ==, text->str);
      g_assert_cmpuint (after->len, ==, before->len);
      for (guint i = 0; i < before->len; i++)
        {
          const UtSpan *span = &g_array_index (before, UtSpan, i);
          const UtSpan *other = &g_array_index (after, UtSpan, i);
          g_autofree char *one = g_strndup (text->str + span->start, span->end - span->start);
          g_autofree char *raw = g_strndup (folded + other->start, other->end - other->start);
          g_autofree char *two = take_line_break (raw);

          g_assert_cmpstr (two, ==, one);
        }

      g_auto (GStrv) lines = g_strsplit (folded, "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          /* What does not fit could not be broken: no letter follows a space in it. */
          for (const char *c = lines[i]; strlen (lines[i]) > 120 && *c != '\0'; c++)
            g_assert_false (c > lines[i] && c[-1] == ' ' && c - lines[i] <= 120 &&
                            g_unichar_isalpha (g_utf8_get_char (c)));
        }
      /* Once is enough. */
      g_autofree char *again = ut_line_fold (folded, strlen (folded), 120);
      g_assert_null (again);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-fold/examples", test_examples);
  g_test_add_func ("/line-fold/property", test_property);

  return g_test_run ();
}
