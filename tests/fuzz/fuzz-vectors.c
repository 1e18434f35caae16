/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either refused with an error, or become vectors of finite numbers. */

#include "config.h"

#include "fuzz.h"
#include "ut-vectors-private.h"

#include <math.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char * const words[] = { "[pad]", "[unk]", "the", "a", "a b", "1" };
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  guint dimension = size > 0 ? data[0] % 4 : 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtLines) lines = _ut_lines_new_for_bytes ("fuzz", data, size);
  g_autoptr (UtVectors) vectors = _ut_vectors_parse (lines, vocabulary, dimension, NULL,
                                                        &error);

  g_assert_true ((vectors == NULL) == (error != NULL));
  if (vectors == NULL)
    {
      g_assert_true (g_str_has_prefix (error->message, "fuzz:"));
      return 0;
    }

  guint n_found = 0;

  for (guint id = 0; id < G_N_ELEMENTS (words); id++)
    {
      const float *values = ut_vectors_lookup (vectors, id);

      if (values == NULL)
        continue;
      n_found++;
      for (guint i = 0; i < ut_vectors_get_dimension (vectors); i++)
        g_assert_true (isfinite (values[i]));
    }
  g_assert_cmpuint (n_found, ==, ut_vectors_get_n_found (vectors));
  g_assert_true (isfinite (ut_vectors_get_mean (vectors)));
  g_assert_true (isfinite (ut_vectors_get_deviation (vectors)));

  return 0;
}
