/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either refused with an error, or become a data set that holds together. */

#include "config.h"

#include "fuzz.h"
#include "ut-dataset-private.h"


/* A vocabulary without words knows none of the data set's. */
static void
check_open_vocabulary (const UtDataset *dataset)
{
  const char * const words[] = { "[pad]", "[unk]" };
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  g_autoptr (GPtrArray) extra_words = NULL;
  gsize n_unknown;
  g_autofree guint32 *ids = ut_dataset_encode_open_vocabulary (dataset, vocabulary, &n_unknown,
                                                               &extra_words);
  guint32 next = G_N_ELEMENTS (words);

  for (gsize i = 0; i < ut_dataset_get_n_tokens (dataset); i++)
    {
      g_assert_cmpuint (ids[i], >=, G_N_ELEMENTS (words));
      g_assert_cmpuint (ids[i], <=, next);
      next += ids[i] == next;
    }
  g_assert_cmpuint (n_unknown, ==, ut_dataset_get_n_tokens (dataset));
  g_assert_cmpuint (extra_words->len, ==, ut_dataset_get_n_words (dataset));
  g_assert_cmpuint (next, ==, G_N_ELEMENTS (words) + extra_words->len);
}

static void
check (const UtDataset *dataset)
{
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  const gsize *offsets = ut_dataset_get_offsets (dataset);
  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (dataset);
  gsize n_unknown;
  g_autofree guint32 *ids = ut_dataset_encode (dataset, vocabulary, &n_unknown);
  g_autofree guint32 *rows = g_new (guint32, n_rows);
  gsize n_positive = 0;

  g_assert_cmpuint (n_rows, >, 0);
  g_assert_cmpuint (offsets[0], ==, 0);
  g_assert_cmpuint (offsets[n_rows], ==, ut_dataset_get_n_tokens (dataset));
  for (gsize i = 0; i < ut_dataset_get_n_tokens (dataset); i++)
    g_assert_cmpuint (ids[i], <, ut_vocabulary_get_size (vocabulary));
  for (gsize row = 0; row < n_rows; row++)
    {
      g_autofree char *sentence = ut_dataset_dup_sentence (dataset, row);

      g_assert_cmpuint (offsets[row], <, offsets[row + 1]);
      g_assert_true (g_utf8_validate (sentence, -1, NULL));
      n_positive += ut_dataset_get_label (dataset, row);
      rows[row] = (guint32) row;
    }
  g_assert_cmpuint (n_positive, ==, ut_dataset_get_n_positive (dataset));

  g_autoptr (UtDataset) same = ut_dataset_subset (dataset, rows, n_rows);
  g_assert_cmpstr (ut_dataset_get_hash (same), ==, ut_dataset_get_hash (dataset));

  check_open_vocabulary (dataset);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtLines) lines = _ut_lines_new_for_bytes ("fuzz", data, size);
  g_autoptr (UtDataset) dataset = _ut_dataset_parse (lines, &error);

  g_assert_true ((dataset == NULL) == (error != NULL));
  if (dataset != NULL)
    check (dataset);
  else
    g_assert_true (g_str_has_prefix (error->message, "fuzz:"));

  return 0;
}
