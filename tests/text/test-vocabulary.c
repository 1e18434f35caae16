/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-text-error.h"
#include "ut-vocabulary.h"

#include <string.h>

static void
test_lookup (void)
{
  const char * const words[] = { "[pad]", "[unk]", "good", "film", "é" };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_vocabulary_get_size (vocabulary), ==, 5);
  for (guint id = 0; id < 5; id++)
    g_assert_cmpstr (ut_vocabulary_get_word (vocabulary, id), ==, words[id]);

  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "good"), ==, 2);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "é"), ==, 4);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "goo"), ==, UT_VOCABULARY_UNKNOWN);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "goods"), ==, UT_VOCABULARY_UNKNOWN);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, ""), ==, UT_VOCABULARY_UNKNOWN);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "[pad]"), ==, UT_VOCABULARY_UNKNOWN);
  g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, "[unk]"), ==, UT_VOCABULARY_UNKNOWN);
}

static void
test_many (void)
{
  g_test_summary ("Every one of many words is found again");

  const guint n = 50000;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup ("[pad]"));
  g_ptr_array_add (words, g_strdup ("[unk]"));
  for (guint i = 2; i < n; i++)
    g_ptr_array_add (words, g_strdup_printf ("%0*u", (int) (1 + i % 40), i));

  g_autoptr (UtVocabulary) vocabulary =
    ut_vocabulary_new ((const char * const *) words->pdata, n, NULL);

  g_assert_nonnull (vocabulary);
  for (guint i = 2; i < n; i++)
    {
      g_assert_cmpuint (ut_vocabulary_lookup (vocabulary, words->pdata[i]), ==, i);
      g_assert_cmpstr (ut_vocabulary_get_word (vocabulary, i), ==, words->pdata[i]);
    }
}

static const struct
{
  const char *words[5];
  gsize n_words;
  UtTextError code;
  const char *fragment;
} bad_words[] = {
  { { NULL }, 0, UT_TEXT_ERROR_ROW, "Word 0 of the vocabulary is not “[pad]”" },
  { { "[pad]" }, 1, UT_TEXT_ERROR_ROW, "Word 1 of the vocabulary is not “[unk]”" },
  { { "[unk]", "[pad]" }, 2, UT_TEXT_ERROR_ROW, "Word 0" },
  { { "[pad]", "[unk]", "a", "a" }, 4, UT_TEXT_ERROR_ROW,
    "Word 3 of the vocabulary, “a”, is word 2" },
  { { "[pad]", "[unk]", "[pad]" }, 3, UT_TEXT_ERROR_ROW, "“[pad]”, is word 0" },
  { { "[pad]", "[unk]", "" }, 3, UT_TEXT_ERROR_ROW, "Word 2 of the vocabulary is empty" },
  { { "[pad]", "[unk]", "a", "\xff" }, 4, UT_TEXT_ERROR_ENCODING, "Word 3" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_words); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ut_vocabulary_new (bad_words[i].words, bad_words[i].n_words, &error));
      g_assert_error (error, UT_TEXT_ERROR, (int) bad_words[i].code);
      g_assert_nonnull (strstr (error->message, bad_words[i].fragment));
    }

  g_autoptr (GError) error = NULL;

  /* The count is looked at before any word. */
  g_assert_null (ut_vocabulary_new (bad_words[3].words, (gsize) UT_VOCABULARY_MAX + 1, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vocabulary/lookup", test_lookup);
  g_test_add_func ("/vocabulary/many", test_many);
  g_test_add_func ("/vocabulary/bad", test_bad);

  return g_test_run ();
}
