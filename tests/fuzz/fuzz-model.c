/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either refused with an error that names the file, or become a model that
 * answers. */

#include "config.h"

#include "fuzz.h"
#include "ut-model-private.h"
#include "ut-prediction.h"

#include <math.h>
#include <string.h>

static void
check (UtModel *model)
{
  static const char text[] = "A good film.";
  const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (model));
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (shape->vocabulary, ==,
                    ut_vocabulary_get_size (ut_model_get_vocabulary (model)));

  g_autoptr (UtPrediction) prediction = ut_prediction_new (model, text, strlen (text),
                                                           UT_READING_SENTENCES, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (prediction->n_words, ==, 4);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = _ut_model_load_stream ("fuzz", stream, size, NULL, &error);

  g_assert_true ((model == NULL) == (error != NULL));
  if (model != NULL)
    check (model);
  else
    g_assert_true (g_str_has_prefix (error->message, "fuzz: "));

  return 0;
}
