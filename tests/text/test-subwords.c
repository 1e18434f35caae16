/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-subwords.h"
#include "ut-text-error.h"

/*
 * The buckets below are what this Python prints, which follows fastText's Dictionary::hash() and
 * Dictionary::computeSubwords():
 *
 *   def fnv(b):
 *       h = 2166136261
 *       for c in b:
 *           h = (h ^ (c if c < 128 else c | 0xffffff00)) * 16777619 % 2**32
 *       return h
 *
 *   def buckets(word, low, high, n):
 *       s = "<" + word + ">"
 *       return [fnv(s[i:i+k].encode()) % n for i in range(len(s)) for k in range(low, high + 1)
 *               if i + k <= len(s) and not (k == 1 and i in (0, len(s) - 1))]
 */
static const struct
{
  const char *word;
  UtSubwordRule rule;
  guint n_buckets;
  guint32 buckets[12];
} known[] = {
  /* <wh whe her ere re> */
  { "where", { 3, 3, 4194304 }, 5, { 3785956, 3422797, 3444108, 1542857, 3464234 } },
  /* <wh <whe <wher whe wher where her here here> ere ere> re> */
  { "where", UT_SUBWORD_RULE_INIT, 12,
    { 50404, 22291, 36275, 14925, 45357, 5208, 36236, 26059, 32943, 35529, 49877, 56362 } },
  /* <he <her <her> her her> er>, of which "her" is also in "where", but the word <her> is not */
  { "her", UT_SUBWORD_RULE_INIT, 6, { 5604, 64290, 19732, 36236, 3894, 56888 } },
  { "bad", { 3, 5, 100 }, 6, { 26, 18, 64, 84, 30, 18 } },
  /* <a a a>: the boundaries alone are left out */
  { "a", { 1, 2, 4194304 }, 3, { 3595374, 796972, 2402134 } },
  /* <a aa aa aa a> */
  { "aaaa", { 2, 2, 65536 }, 5, { 56430, 1079, 1079, 1079, 42838 } },
  /* <é <é> é é> */
  { "é", { 1, 3, 4194304 }, 4, { 947987, 367575, 3827905, 3361133 } },
  /* <na naï aïv ïve vet eté té> */
  { "naïveté", { 3, 3, 65536 }, 7, { 12970, 53522, 10208, 2770, 24336, 60108, 12687 } },
  /* <好 <好看 <好看> 好 好看 好看> 看 看> */
  { "好看", { 1, 16, 65536 }, 8, { 50128, 41440, 53370, 2822, 7746, 64820, 61439, 27859 } },
  /* <🙂> */
  { "🙂", { 3, 3, 4194304 }, 1, { 936861 } },
  /* <> */
  { "", { 2, 3, 65536 }, 1, { 8223 } },
  { "", { 1, 1, 65536 }, 0, { 0 } },
  { "", UT_SUBWORD_RULE_INIT, 0, { 0 } },
  { "ab", { 5, 16, 65536 }, 0, { 0 } },
};

static void
test_known (void)
{
  const guint32 first = 7;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GArray) buckets = g_array_new (FALSE, FALSE, sizeof (guint32));

      g_array_append_val (buckets, first);
      g_assert_cmpuint (ut_subwords_append (&known[i].rule, known[i].word, buckets), ==,
                        known[i].n_buckets);
      g_assert_cmpuint (buckets->len, ==, 1 + known[i].n_buckets);
      g_assert_cmpuint (g_array_index (buckets, guint32, 0), ==, first);
      for (guint k = 0; k < known[i].n_buckets; k++)
        g_assert_cmpuint (g_array_index (buckets, guint32, 1 + k), ==, known[i].buckets[k]);
    }
}

static void
test_rule (void)
{
  static const struct
  {
    UtSubwordRule rule;
    gboolean is_valid;
  } cases[] = {
    { UT_SUBWORD_RULE_INIT, TRUE },
    { { 1, 1, 1 }, TRUE },
    { { 1, 16, 1u << 22 }, TRUE },
    { { 16, 16, 65536 }, TRUE },
    { { 0, 3, 65536 }, FALSE },
    { { 4, 3, 65536 }, FALSE },
    { { 3, 17, 65536 }, FALSE },
    { { 17, 17, 65536 }, FALSE },
    { { 3, 5, 0 }, FALSE },
    { { 3, 5, (1u << 22) + 1 }, FALSE },
    { { G_MAXUINT, G_MAXUINT, G_MAXUINT32 }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (ut_subword_rule_is_valid (&cases[i].rule) == cases[i].is_valid);
}

static void
test_long (void)
{
  g_test_summary ("Of a long word only the first characters are cut, be they long or short");

  static const char * const letters[] = { "w", "é", "🙂" };
  const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;
  const UtSubwordRule widest = { 1, UT_SUBWORD_MAX_LENGTH, UT_SUBWORD_MAX_BUCKETS };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (GArray) buckets = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GString) word = g_string_new (NULL);

      for (guint k = 0; k < 100000; k++)
        g_string_append (word, letters[i]);

      g_assert_cmpuint (ut_subwords_append (&rule, word->str, buckets), ==, 254 + 253 + 252);
      g_assert_cmpuint (ut_subwords_append (&widest, word->str, buckets), <=,
                        UT_SUBWORD_MAX_CHARACTERS * UT_SUBWORD_MAX_LENGTH);
    }

  /* With its boundaries this word is just within the limit; one more character, and the second
   * boundary is not. */
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) cut = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *word = g_strnfill (UT_SUBWORD_MAX_CHARACTERS - 2, 'w');
  g_autofree char *longer = g_strconcat (word, "w", NULL);

  ut_subwords_append (&rule, word, whole);
  ut_subwords_append (&rule, longer, cut);
  g_assert_cmpuint (whole->len, ==, 254 + 253 + 252);
  g_assert_cmpuint (cut->len, ==, whole->len);
  g_assert_cmpuint (g_array_index (cut, guint32, 0), ==, g_array_index (whole, guint32, 0));
  g_assert_cmpuint (g_array_index (cut, guint32, cut->len - 1), ==,
                    g_array_index (cut, guint32, 3));
  g_assert_cmpuint (g_array_index (whole, guint32, whole->len - 1), !=,
                    g_array_index (whole, guint32, 3));
}

static void
test_table (void)
{
  const char * const words[] = { "[pad]", "[unk]", "where", "é", "her" };
  const char * const extra_words[] = { "bad", "", "where" };
  const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;
  const gsize offsets[] = { 0, 0, 0, 12, 13, 19, 25, 25, 37 };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  g_autoptr (UtSubwords) subwords = ut_subwords_new (&rule, vocabulary, extra_words,
                                                     G_N_ELEMENTS (extra_words), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_subwords_get_n_words (subwords), ==, 8);
  g_assert_cmpmem (ut_subwords_get_offsets (subwords), 9 * sizeof (gsize), offsets,
                   sizeof offsets);
  g_assert_cmpuint (ut_subwords_get_rule (subwords)->min_length, ==, 3);
  g_assert_cmpuint (ut_subwords_get_rule (subwords)->max_length, ==, 5);
  g_assert_cmpuint (ut_subwords_get_rule (subwords)->n_buckets, ==, 65536);

  const guint32 *buckets = ut_subwords_get_buckets (subwords);

  g_assert_cmpmem (buckets, 12 * sizeof *buckets, known[1].buckets, 12 * sizeof *buckets);
  g_assert_cmpmem (buckets + 13, 6 * sizeof *buckets, known[2].buckets, 6 * sizeof *buckets);
  g_assert_cmpmem (buckets + 25, 12 * sizeof *buckets, known[1].buckets, 12 * sizeof *buckets);

  /* The table stays when one holder lets go of it. */
  UtSubwords *other = ut_subwords_ref (subwords);

  g_clear_pointer (&subwords, ut_subwords_unref);
  g_assert_cmpuint (ut_subwords_get_buckets (other)[0], ==, known[1].buckets[0]);
  ut_subwords_unref (other);
}

static void
test_empty_table (void)
{
  const char * const words[] = { "[pad]", "[unk]" };
  const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  g_autoptr (UtSubwords) subwords = ut_subwords_new (&rule, vocabulary, NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_subwords_get_n_words (subwords), ==, 2);
  g_assert_cmpuint (ut_subwords_get_offsets (subwords)[2], ==, 0);
}

static void
test_too_many (void)
{
  g_test_summary ("A table too large is refused before there is memory for it");

  const char * const words[] = { "[pad]", "[unk]" };
  const UtSubwordRule rule = { 1, UT_SUBWORD_MAX_LENGTH, 65536 };
  const gsize n_extra = UT_SUBWORDS_MAX / UT_SUBWORD_MAX_CHARACTERS;
  g_autofree char *word = g_strnfill (UT_SUBWORD_MAX_CHARACTERS, 'w');
  g_autofree const char **extra_words = g_new (const char *, n_extra);
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n_extra; i++)
    extra_words[i] = word;

  g_assert_null (ut_subwords_new (&rule, vocabulary, extra_words, n_extra, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE);
  g_assert_cmpstr (error->message, ==,
                   "The words have more than 67108864 parts of 1 to 16 characters");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/subwords/known", test_known);
  g_test_add_func ("/subwords/rule", test_rule);
  g_test_add_func ("/subwords/long", test_long);
  g_test_add_func ("/subwords/table", test_table);
  g_test_add_func ("/subwords/empty-table", test_empty_table);
  g_test_add_func ("/subwords/too-many", test_too_many);

  return g_test_run ();
}
