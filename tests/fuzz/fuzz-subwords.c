/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are cut into a bounded number of n-grams, valid text into as many as its characters
 * give. The first five bytes make the rule. */

#include "config.h"

#include "fuzz.h"
#include "ut-subwords.h"

#define N_RULE_BYTES 5

static guint
count (const UtSubwordRule *rule,
       const char          *word)
{
  glong n_all = g_utf8_strlen (word, -1) + 2;
  guint n_characters = (guint) MIN (n_all, UT_SUBWORD_MAX_CHARACTERS);
  guint n_ngrams = 0;

  for (guint n = rule->min_length; n <= MIN (rule->max_length, n_characters); n++)
    n_ngrams += n_characters - n + 1;
  if (rule->min_length == 1)
    n_ngrams -= n_all > UT_SUBWORD_MAX_CHARACTERS ? 1 : 2;

  return n_ngrams;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  if (size < N_RULE_BYTES)
    return 0;

  guint min_length = 1 + data[0] % UT_SUBWORD_MAX_LENGTH;
  guint n_lengths = UT_SUBWORD_MAX_LENGTH - min_length + 1;
  guint32 bits = data[2] | (guint32) data[3] << 8 | (guint32) data[4] << 16;
  UtSubwordRule rule = {
    .min_length = min_length,
    .max_length = min_length + data[1] % n_lengths,
    .n_buckets = 1 + bits % UT_SUBWORD_MAX_BUCKETS,
  };
  g_autofree char *word = g_strndup ((const char *) data + N_RULE_BYTES, size - N_RULE_BYTES);
  g_autoptr (GArray) buckets = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_ngrams = ut_subwords_append (&rule, word, buckets);

  g_assert_true (ut_subword_rule_is_valid (&rule));
  g_assert_cmpuint (n_ngrams, ==, buckets->len);
  g_assert_cmpuint (n_ngrams, <=, UT_SUBWORD_MAX_CHARACTERS * UT_SUBWORD_MAX_LENGTH);
  if (g_utf8_validate (word, -1, NULL))
    g_assert_cmpuint (n_ngrams, ==, count (&rule, word));
  for (guint i = 0; i < n_ngrams; i++)
    g_assert_cmpuint (g_array_index (buckets, guint32, i), <, rule.n_buckets);

  return 0;
}
