/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "ut-predict-verdict.h"

#define MAX_SENTENCES 30

static void
check (gsize       n_sentences,
       gsize       n_positive,
       gsize       n_words,
       gsize       n_unknown,
       gsize       n_guessed,
       double      probability,
       UtReading   reading,
       const char *head,
       const char *verdict)
{
  UtSentenceAnswer sentences[MAX_SENTENCES] = { 0 };
  const UtPrediction prediction = {
    .sentences = sentences, .n_sentences = n_sentences, .n_words = n_words, .n_unknown = n_unknown,
    .n_guessed = n_guessed, .probability = probability,
  };
  gsize n_head = 99;

  for (gsize i = 0; i < n_sentences; i++)
    {
      sentences[i].n_words = n_words > 0 ? 1 : 0;
      sentences[i].probability = i < n_positive ? 0.9 : 0.1;
    }

  g_autofree char *text = ut_predict_verdict_new (&prediction, reading, &n_head);
  g_assert_cmpstr (text, ==, verdict);
  g_assert_cmpuint (n_head, ==, strlen (head));
  g_assert_true (g_str_has_prefix (text, head));
}

static void
test_wording (void)
{
  check (27, 19, 612, 31, 0, 0.78, UT_READING_SENTENCES, "Positive 0.78",
         "Positive 0.78: mean of 27 sentences, 19 of them positive. 31 of 612 words unknown "
         "(shown dotted).");
  check (2, 0, 9, 0, 0, 0.123, UT_READING_SENTENCES, "Negative 0.12",
         "Negative 0.12: mean of 2 sentences, 0 of them positive. All 9 words are known.");
  check (1, 1, 1, 0, 0, 0.9, UT_READING_SENTENCES, "Positive 0.90",
         "Positive 0.90: one sentence. The only word is known.");
  check (1, 1, 40, 1, 0, 0.9, UT_READING_WHOLE, "Positive 0.90",
         "Positive 0.90: the whole text read as one sentence. 1 of 40 words unknown (shown dotted).");
  check (3, 2, 20, 0, 0, 0.5, UT_READING_SENTENCES, "Unsure 0.50",
         "Unsure 0.50: mean of 3 sentences, 2 of them positive. All 20 words are known.");
  check (1, 1, 7, 5, 0, 0.97, UT_READING_SENTENCES, "Cannot say",
         "Cannot say: 5 of 7 words are unknown to this model");
  check (1, 1, 1, 1, 0, 0.97, UT_READING_SENTENCES, "Cannot say",
         "Cannot say: 1 of 1 word is unknown to this model");
  check (2, 1, 612, 0, 12, 0.7, UT_READING_SENTENCES, "Positive 0.70",
         "Positive 0.70: mean of 2 sentences, 1 of them positive. 12 of 612 words guessed from "
         "their parts (shown dashed).");
  check (1, 1, 1, 0, 1, 0.7, UT_READING_SENTENCES, "Positive 0.70",
         "Positive 0.70: one sentence. 1 of 1 word guessed from its parts (shown dashed).");
  check (1, 1, 9, 2, 3, 0.7, UT_READING_SENTENCES, "Positive 0.70",
         "Positive 0.70: one sentence. 2 of 9 words unknown (shown dotted). 3 of 9 words guessed "
         "from their parts (shown dashed).");
  check (1, 1, 7, 3, 4, 0.97, UT_READING_SENTENCES, "Positive 0.97",
         "Positive 0.97: one sentence. 3 of 7 words unknown (shown dotted). 4 of 7 words guessed "
         "from their parts (shown dashed).");
  check (1, 1, 7, 5, 2, 0.97, UT_READING_SENTENCES, "Cannot say",
         "Cannot say: 5 of 7 words are unknown to this model");
  check (0, 0, 0, 0, 0, NAN, UT_READING_SENTENCES, "", "There is no word to read yet.");
}

static void
test_bounds (void)
{
  const struct
  {
    double probability;
    UtPredictOpinion opinion;
  } cases[] = {
    { 0, UT_PREDICT_NEGATIVE }, { 0.39, UT_PREDICT_NEGATIVE }, { 0.40, UT_PREDICT_UNSURE },
    { 0.60, UT_PREDICT_UNSURE }, { 0.61, UT_PREDICT_POSITIVE }, { 1, UT_PREDICT_POSITIVE },
    { NAN, UT_PREDICT_NOTHING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ut_predict_opinion (cases[i].probability, 10, 0), ==, cases[i].opinion);

  g_assert_cmpint (ut_predict_opinion (0.9, 10, 4), ==, UT_PREDICT_POSITIVE);
  g_assert_cmpint (ut_predict_opinion (0.9, 10, 5), ==, UT_PREDICT_CANNOT_SAY);
  g_assert_cmpint (ut_predict_opinion (0.9, 9, 4), ==, UT_PREDICT_POSITIVE);
  g_assert_cmpint (ut_predict_opinion (0.9, 0, 0), ==, UT_PREDICT_NOTHING);
}

static void
test_sentences_without_words (void)
{
  const UtSentenceAnswer sentences[] = {
    { .n_words = 3, .probability = 0.7 },
    { .n_words = 0, .probability = NAN },
    { .n_words = 2, .probability = 0.9 },
  };
  const UtPrediction prediction = { .sentences = sentences, .n_sentences = 3, .n_words = 5,
                                    .probability = 0.8 };

  g_test_summary ("The mean is said to be of the sentences that have words.");

  g_autofree char *text = ut_predict_verdict_new (&prediction, UT_READING_SENTENCES, NULL);
  g_assert_cmpstr (text, ==,
                   "Positive 0.80: mean of 2 sentences, 2 of them positive. All 5 words are known.");
}

static void
test_positive_sentences (void)
{
  const UtSentenceAnswer sentences[] = {
    { .n_words = 5, .probability = 0.9 },
    { .n_words = 5, .probability = 0.55 },
    { .n_words = 5, .n_unknown = 3, .probability = 0.95 },
  };
  const UtPrediction prediction = { .sentences = sentences, .n_sentences = 3, .n_words = 15,
                                    .n_unknown = 3, .probability = 0.8 };

  g_test_summary ("A sentence that the list calls unsure, or not to be answered, is not counted as "
                  "positive.");

  g_autofree char *text = ut_predict_verdict_new (&prediction, UT_READING_SENTENCES, NULL);
  g_assert_cmpstr (text, ==, "Positive 0.80: mean of 3 sentences, 1 of them positive. 3 of 15 words "
                             "unknown (shown dotted).");
}

static void
test_lines (void)
{
  const UtPrediction known = { .n_words = 600, .n_unknown = 180 };
  const UtPrediction unknown = { .n_words = 600, .n_unknown = 214 };
  const UtPrediction none = { .n_words = 0 };

  g_autofree char *note = ut_predict_sample_note_new (&unknown);
  g_assert_cmpstr (note, ==,
                   "This model learned from made-up reviews and does not know 214 of 600 words.");
  g_assert_null (ut_predict_sample_note_new (&known));
  g_assert_null (ut_predict_sample_note_new (&none));

  g_autofree char *limit = ut_predict_limit_new (34000, 10000);
  g_assert_cmpstr (limit, ==, "10000 of 34000 words are tinted; the rest is read, too.");
  g_assert_null (ut_predict_limit_new (10000, 10000));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/predict-verdict/wording", test_wording);
  g_test_add_func ("/predict-verdict/bounds", test_bounds);
  g_test_add_func ("/predict-verdict/sentences-without-words", test_sentences_without_words);
  g_test_add_func ("/predict-verdict/positive-sentences", test_positive_sentences);
  g_test_add_func ("/predict-verdict/lines", test_lines);

  return g_test_run ();
}
