/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-text-change.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  const char *text;   /* the word is between [ and ], its sentence begins after | or at the start */
  UtEditKind kind;
  const char *replacement;
  const char *result; /* with the caret as ^ */
} Case;

static const Case cases[] = {
  /* Spaces. */
  { "It is [not] bad.", UT_EDIT_STRIKE_OUT, NULL, "It is ^bad." },
  { "It is not [bad].", UT_EDIT_STRIKE_OUT, NULL, "It is not^." },
  { "It is [very]   bad", UT_EDIT_STRIKE_OUT, NULL, "It is ^bad" },
  { "It is [bad]", UT_EDIT_STRIKE_OUT, NULL, "It is^" },
  { "It is [bad]\nbut", UT_EDIT_STRIKE_OUT, NULL, "It is^\nbut" },
  { "It is (really [bad]).", UT_EDIT_STRIKE_OUT, NULL, "It is (really^)." },
  { "It is bad[.]", UT_EDIT_STRIKE_OUT, NULL, "It is bad^" },
  { "bad[,] dull", UT_EDIT_STRIKE_OUT, NULL, "bad^ dull" },
  { "[Bad]", UT_EDIT_STRIKE_OUT, NULL, "^" },
  { "Good. |[Bad]", UT_EDIT_STRIKE_OUT, NULL, "Good.^" },
  /* Words stay apart. */
  { "and[/]or", UT_EDIT_STRIKE_OUT, NULL, "and ^or" },
  { "I do[n't] like it", UT_EDIT_STRIKE_OUT, NULL, "I do^ like it" },
  { "I do[n't] like it", UT_EDIT_REPLACE, "still", "I do ^still like it" },
  { "I [do]n't like it", UT_EDIT_REPLACE, "did", "I ^didn't like it" },
  { "bad[.]", UT_EDIT_NEGATE, NULL, "bad not ^." },
  { "It[']s", UT_EDIT_REPLACE, "is", "It ^is s" },
  /* Capitals. */
  { "[Not] bad.", UT_EDIT_STRIKE_OUT, NULL, "^Bad." },
  { "So. |[Not] bad.", UT_EDIT_STRIKE_OUT, NULL, "So. ^Bad." },
  { "So. [Not] bad.", UT_EDIT_STRIKE_OUT, NULL, "So. ^Bad." },
  { "By J.[Smith]", UT_EDIT_REPLACE, "lee", "By J.^lee" },
  { "[Bad] film", UT_EDIT_REPLACE, "good", "^Good film" },
  { "a [Bad] film", UT_EDIT_REPLACE, "good", "a ^good film" },
  { "[bad] film", UT_EDIT_REPLACE, "good", "^good film" },
  { "[Éclair] film", UT_EDIT_REPLACE, "über", "^Über film" },
  { "[Bad] film", UT_EDIT_NEGATE, NULL, "Not ^bad film" },
  { "[I] like it", UT_EDIT_NEGATE, NULL, "Not ^I like it" },
  { "[NASA] lies", UT_EDIT_NEGATE, NULL, "Not ^NASA lies" },
  { "It is [bad].", UT_EDIT_NEGATE, NULL, "It is not ^bad." },
  /* A replacement is a text, too. */
  { "It is [bad].", UT_EDIT_REPLACE, "  rather good ", "It is ^rather good." },
  { "It is [bad].", UT_EDIT_REPLACE, " \t ", "It is^." },
  { "É [bad] é", UT_EDIT_REPLACE, "gut", "É ^gut é" },
};

/* (transfer full): @marked without its marks. */
static char *
unmark (const char *marked,
        gsize      *sentence,
        gsize      *start,
        gsize      *end)
{
  GString *text = g_string_new (NULL);

  *sentence = 0;
  for (const char *p = marked; *p != '\0'; p++)
    {
      if (*p == '|')
        *sentence = text->len;
      else if (*p == '[')
        *start = text->len;
      else if (*p == ']')
        *end = text->len;
      else
        g_string_append_c (text, *p);
    }

  return g_string_free (text, FALSE);
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize sentence, start = 0, end = 0;
      g_autofree char *text = unmark (cases[i].text, &sentence, &start, &end);
      g_auto (UtTextChange) change = { 0 };

      ut_text_change_init (&change, text, sentence, start, end, cases[i].kind,
                           cases[i].replacement);

      g_autoptr (GString) result = g_string_new_len (text, (gssize) change.start);
      g_string_append (result, change.text);
      g_string_append (result, text + change.end);
      g_string_insert (result, (gssize) change.caret, "^");
      g_test_message ("%s -> %s", cases[i].text, result->str);
      g_assert_cmpstr (result->str, ==, cases[i].result);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-change/cases", test_cases);
  return g_test_run ();
}
