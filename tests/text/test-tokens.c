/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-tokens.h"

#include <locale.h>
#include <string.h>

static void
assert_words (const char *text,
              const char *expected)
{
  g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, strlen (text));
  g_autofree char *joined = ut_tokens_join (tokens);

  g_assert_cmpstr (joined, ==, expected);
}

static const struct
{
  const char *text;
  const char *words;
} examples[] = {
  { "", "" },
  { "  \n\t ", "" },
  { "It's good.", "it 's good ." },
  { "I don't, can't and won't.", "i do n't , ca n't and wo n't ." },
  { "We're sure I'm who you'll say they've said he'd be",
    "we 're sure i 'm who you 'll say they 've said he 'd be" },
  { "n't 's you're's's", "n't 's you 're 's 's" },
  { "a's's's's's", "a's's 's 's 's" },
  { "You shouldn't've", "you should n't 've" },
  { "DON'T! Cannot. Gonna?", "do n't ! can not . gon na ?" },
  { "The film's cast's, the actors' best.", "the film 's cast 's , the actors ' best ." },
  { "O'Fallon's raison d'etre", "o'fallon 's raison d'etre" },
  { "rock 'n' roll, give 'em the '70s", "rock 'n' roll , give 'em the '70s" },
  { "A 'small' film, 'twisty.'", "a ` small ' film , ` twisty . '" },
  { "\"Sade\" and (\"Quills\")!", "`` sade '' and ( `` quills '' ) !" },
  { "``Sade'' is \" fine \".", "`` sade '' is `` fine '' ." },
  { "''Sade'' ends '' there", "'' sade '' ends '' there" },
  { "\"open (\"fine\" \"", "`` open ( `` fine '' ``" },
  { "«fin» „low” „on“ ``a`` `", "`` fin '' `` low '' `` on '' `` a `` `" },
  { "“It’s ‘fine’,” she’d say", "`` it 's ` fine ' , '' she 'd say" },
  { "(A)n utterly [charming] {film}", "( a ) n utterly [ charming ] { film }" },
  { "Wait...what… no....", "wait ... what ... no ..." },
  { "slow -- very—slow – a mile away--still", "slow -- very -- slow -- a mile away -- still" },
  { "A well-made K-19, wham-bam", "a well-made k-19 , wham-bam" },
  { "old-world- meets-new", "old-world - meets-new" },
  { "it's-surreal, a soul's-eye view", "it 's - surreal , a soul 's - eye view" },
  { "ain't-she-cute O'Hara-like", "ai n't - she-cute o'hara-like" },
  { "shoot-'em-up of the mid-'90s", "shoot - 'em - up of the mid - '90s" },
  { "Matrix'-style 'well-made'", "matrix ' - style ` well-made '" },
  { "About $40, 100% of 2,500 at 9:30, 1990–2000.",
    "about $ 40 , 100 % of 2,500 at 9:30 , 1990-2000 ." },
  { "Mr. Burns, J.K. Rowling vs. the U.S. etc.", "mr. burns , j.k. rowling vs. the u.s. etc ." },
  { "Reeves etc.  \n ", "reeves etc ." },
  { "R. Polanski and I. A.I. is 1.8", "r. polanski and i . a.i. is 1.8" },
  { "tony r. abrams to a T.", "tony r. abrams to a t." },
  { "jason x. \xc2\xa0 \xe2\x80\x8b ", "jason x." },
  { "No. 9 said No. Then no.", "no. 9 said no . then no ." },
  { "Sept. 11, et al., but great., fine", "sept. 11 , et al. , but great . , fine" },
  { "good ol' boys, fool' Ol'", "good ol' boys , fool ' ol'" },
  { "writer/director and/or 24/7 / fine", "writer/director and/or 24/7 / fine" },
  { "What?! No!!! Yes?", "what ?! no ! ! ! yes ?" },
  { "f**k this *** film", "f**k this *** film" },
  { "Lilo & Stitch, AT&T; #1: fine", "lilo & stitch , at&t ; # 1 : fine" },
  { "na\xc3\xafve Cafe\xcc\x81 \xc3\x89LAN", "naïve cafe\xcc\x81 élan" },
  { "soft\xc2\xadhyphen zero\xe2\x80\x8bwidth \xe2\x80\x8b!", "softhyphen zerowidth !" },
  { "no\xc2\xa0" "break\xe3\x80\x80space", "no break space" },
  { "great\xf0\x9f\x98\x80\xf0\x9f\x98\x80!", "great \xf0\x9f\x98\x80 \xf0\x9f\x98\x80 !" },
  { "I\xc4\xb0", "ii" },
  { "<br />", "< br / >" },
  { "me@mail.example.co.uk, www.x.org. (http://y.org/a?b=1#c)!",
    "me@mail.example.co.uk , www.x.org . ( http://y.org/a?b=1#c ) !" },
  { "http:// www. 'https://X.org/'", "http : / / www . ` https://x.org/ '" },
  { "£3.50, €20, 50¢ and ¥1,000; 3.5/5, -5, 7.5%",
    "£ 3.50 , € 20 , 50 ¢ and ¥ 1,000 ; 3.5/5 , - 5 , 7.5 %" },
  { "isn`t wasn´t DON’T `a`", "is n't was n't do n't ` a `" },
  { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 שלום \xe2\x80\xab" "ab\xe2\x80\xac",
    "\xf0\x9f\x91\xa9 \xf0\x9f\x91\xa7 שלום ab" },
};

static void
test_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    assert_words (examples[i].text, examples[i].words);
}

/* Every range lies in the piece, is not empty, and begins where the one before ended or later. */
static void
assert_ranges (const UtTokens *tokens,
               gsize           start,
               gsize           end)
{
  for (gsize i = 0; i < tokens->n_items; i++)
    {
      const UtToken *token = &tokens->items[i];

      g_assert_cmpuint (token->start, >=, start);
      g_assert_cmpuint (token->start, <, token->end);
      g_assert_cmpuint (token->end, <=, end);
      g_assert_true (*token->word != '\0');
      g_assert_true (g_utf8_validate (token->word, -1, NULL));
      start = token->end;
    }
}

static void
test_ranges (void)
{
  static const char text[] = "Before. “It’s” ca\xc2\xadn’t… wait\xe2\x80\x8b. After";
  static const char * const words[] = { "``", "it", "'s", "''", "ca", "n't", "...", "wait", "." };
  static const char * const pieces[] = {
    "“", "It", "’s", "”", "ca\xc2\xad", "n’t", "…", "wait\xe2\x80\x8b", ".",
  };
  gsize start = strlen ("Before. ");
  gsize end = strlen (text) - strlen (" After");
  g_autoptr (UtTokens) tokens = ut_tokens_new (text, start, end);

  g_assert_cmpuint (tokens->n_items, ==, G_N_ELEMENTS (words));
  assert_ranges (tokens, start, end);
  for (gsize i = 0; i < tokens->n_items; i++)
    {
      const UtToken *token = &tokens->items[i];
      g_autofree char *piece = g_strndup (text + token->start, token->end - token->start);

      g_assert_cmpstr (token->word, ==, words[i]);
      g_assert_cmpstr (piece, ==, pieces[i]);
    }
}

static void
test_spaces (void)
{
  static const char text[] = "xx  IT 's  na\xc3\xafve.\xcc\x81 \xc3\x89\xff ";
  static const char * const words[] = { "it", "'s", "naïve.\xcc\x81", "é\xef\xbf\xbd" };
  static const gsize starts[] = { 4, 7, 11, 21 };
  g_autoptr (UtTokens) tokens = ut_tokens_new_from_spaces (text, 2, strlen (text));
  g_autoptr (UtTokens) same = ut_tokens_ref (tokens);
  g_autofree char *joined = ut_tokens_join (same);

  g_assert_cmpuint (tokens->n_items, ==, G_N_ELEMENTS (words));
  assert_ranges (tokens, 4, strlen (text));
  for (gsize i = 0; i < tokens->n_items; i++)
    {
      g_assert_cmpstr (tokens->items[i].word, ==, words[i]);
      g_assert_cmpuint (tokens->items[i].start, ==, starts[i]);
    }
  g_assert_cmpstr (joined, ==, "it 's naïve.\xcc\x81 é\xef\xbf\xbd");
}

static void
test_lower_case (void)
{
  g_test_summary ("I has a dot in lower case, under whatever locale");

  static const char text[] = "IT WAS ÀÉÎ İ Σ \xe1\xba\x9e";
  g_autofree char *lower = ut_lower_case (text, strlen (text));
  g_autofree char *empty = ut_lower_case (NULL, 0);

  g_assert_cmpstr (lower, ==, "it was àéî i σ ß");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_long (void)
{
  g_test_summary ("A stretch of a million bytes takes no more than its share of time");

  /* Anything but linear time would take minutes for one of these, and the test would run out of
   * time. */
  static const char * const units[] = {
    "a", "'", "\"", "`", ".", "-", "!", "!?", "a'", "'s", "'s-", "a's-", "'em-", "'a-", "n't", "a.",
    "a*", "*", "1,", "(", "a-", "'n", "'1", "\xc2\xad", "\xcc\x81", "\xf0\x9f\x98\x80", "\xd7\x90",
    "\xe2\x80\xa6", "\xe2\x80\x94", "\xff", " ", "\xe2\x80\x8b ", "www.)", "http://)",
    "a`", "no. ", "ol'", "a.,",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize n = 1000000 / strlen (units[i]);
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize k = 0; k < n; k++)
        g_string_append (text, units[i]);

      g_autoptr (UtTokens) tokens = ut_tokens_new (text->str, 0, text->len);
      g_autoptr (UtTokens) spaced = ut_tokens_new_from_spaces (text->str, 0, text->len);

      assert_ranges (tokens, 0, text->len);
      assert_ranges (spaced, 0, text->len);
    }
}

static void
test_stretch (void)
{
  g_test_summary ("A word of two million letters is cut, and no letter lost");

  g_autofree char *text = g_strnfill (2000000, 'A');
  g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, 2000000);

  g_assert_cmpuint (tokens->n_items, ==, 2);
  g_assert_cmpuint (tokens->items[0].end, ==, 1024 * 1024);
  g_assert_cmpuint (tokens->items[1].start, ==, 1024 * 1024);
  g_assert_cmpuint (tokens->items[1].end, ==, 2000000);
  g_assert_cmpuint (strlen (tokens->items[1].word), ==, 2000000 - 1024 * 1024);
}

static void
test_any_bytes (void)
{
  g_test_summary ("Bytes that are no UTF-8, and NUL, are taken for what they are not");

  guint8 bytes[256];

  for (guint round = 0; round < 2000; round++)
    {
      for (gsize i = 0; i < sizeof bytes; i++)
        bytes[i] = (guint8) g_test_rand_int ();

      /* On the heap and without a NUL, so that a sanitizer sees any byte read too many. */
      g_autofree char *text = g_memdup2 (bytes, sizeof bytes);
      g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, sizeof bytes);
      g_autoptr (UtTokens) spaced = ut_tokens_new_from_spaces (text, 0, sizeof bytes);

      assert_ranges (tokens, 0, sizeof bytes);
      assert_ranges (spaced, 0, sizeof bytes);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tokens/examples", test_examples);
  g_test_add_func ("/tokens/ranges", test_ranges);
  g_test_add_func ("/tokens/spaces", test_spaces);
  g_test_add_func ("/tokens/lower-case", test_lower_case);
  g_test_add_func ("/tokens/long", test_long);
  g_test_add_func ("/tokens/stretch", test_stretch);
  g_test_add_func ("/tokens/any-bytes", test_any_bytes);

  return g_test_run ();
}
