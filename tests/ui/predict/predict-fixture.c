/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

gboolean
fixture_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_CONTINUE;
}

UtModel *
fixture_model_new (FixtureParts parts)
{
  static const char * const words[] = {
    "[pad]", "[unk]", "the", "film", "is", "not", "good", "bad", "great", "dull", ".", ",", "and",
    "but",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), &error);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;
  g_autoptr (UtSubwords) subwords = NULL;
  UtReadoutKind readout = UT_READOUT_LAST;
  UtNnModel *weights = NULL;

  g_assert_no_error (error);
  ut_config_builder_set_cell (builder, UT_CELL_GRU);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 8);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 6);
  if (parts & FIXTURE_MEAN)
    readout = UT_READOUT_MEAN;
  if (parts & FIXTURE_ATTENTION)
    readout = UT_READOUT_ATTENTION;
  ut_config_builder_set_number (builder, UT_SETTING_READOUT, readout);
  ut_config_builder_set_number (builder, UT_SETTING_BIDIRECTIONAL,
                                (parts & FIXTURE_BIDIRECTIONAL) != 0);
  ut_config_builder_set_number (builder, UT_SETTING_SUBWORDS, (parts & FIXTURE_SUBWORDS) != 0);
  ut_config_builder_set_number (builder, UT_SETTING_PADDING, (parts & FIXTURE_PADDING) != 0);
  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);

  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, G_N_ELEMENTS (words), 6, 8);
  shape.bidirectional = (parts & FIXTURE_BIDIRECTIONAL) != 0;
  shape.readout = (UtNnReadout) readout;
  if (parts & FIXTURE_PADDING)
    shape.faults = UT_NN_FAULT_PADDING;
  if (parts & FIXTURE_SUBWORDS)
    {
      subwords = ut_subwords_new (&rule, vocabulary, NULL, 0, &error);
      g_assert_no_error (error);
      shape.n_subwords = rule.n_buckets;
    }
  g_assert_cmpint (ut_nn_model_new (&shape, &weights), ==, UT_NN_OK);
  ut_nn_model_initialize (weights, parts & FIXTURE_OTHER ? 8 : 7);

  const UtNnTensor *embedding = ut_nn_model_find_tensor (weights, "embedding.weight");
  float *vectors = ut_nn_model_get_data (weights, embedding);
  for (size_t i = embedding->dims[1]; i < embedding->size; i++)
    vectors[i] = (float) (2 * sin (12.9898 * (double) i));

  const UtNnTensor *classifier = ut_nn_model_find_tensor (weights, "fc.weight");
  float *rows = ut_nn_model_get_data (weights, classifier);
  for (size_t i = 0; i < classifier->size; i++)
    rows[i] *= 12;

  return ut_model_new (config, vocabulary, subwords, weights,
                       &(UtDataFacts) { .reviews = (parts & FIXTURE_REVIEWS) != 0 });
}

UtRunStore *
fixture_store_new (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  return ut_run_store_new (file);
}

void
fixture_prediction_init (UtPrediction *prediction,
                         const char   *text,
                         const double *changes,
                         gsize         n_changes)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (UtWordAnswer));
  UtSentenceAnswer *sentence = g_new0 (UtSentenceAnswer, 1);
  gsize length = strlen (text);
  double logit = 0;

  for (gsize start = 0; start < length; )
    {
      gsize end = start + strcspn (text + start, " \n");

      if (end > start)
        {
          UtWordAnswer word = { .start = start, .end = end,
                                .known = strchr ("qx", text[start]) == NULL,
                                .guessed = text[start] == 'x',
                                .change = changes[words->len % n_changes] };

          logit += word.change;
          word.word = g_strndup (text + start, end - start);
          word.logit = logit;
          word.probability = 1 / (1 + exp (-logit));
          sentence->n_unknown += !word.known && !word.guessed;
          sentence->n_guessed += word.guessed;
          g_array_append_val (words, word);
        }
      start = end + 1;
    }
  sentence->end = length;
  sentence->n_words = words->len;
  sentence->logit = logit;
  sentence->probability = 1 / (1 + exp (-logit));

  *prediction = (UtPrediction) { .sentences = sentence, .n_sentences = 1, .n_words = words->len,
                                 .n_unknown = sentence->n_unknown,
                                 .n_guessed = sentence->n_guessed,
                                 .probability = sentence->probability };
  prediction->words = (const UtWordAnswer *) (gpointer) g_array_free (words, FALSE);
}

void
fixture_prediction_clear (UtPrediction *prediction)
{
  for (gsize i = 0; i < prediction->n_words; i++)
    g_free ((char *) prediction->words[i].word);
  g_free ((gpointer) prediction->words);
  g_free ((gpointer) prediction->sentences);
}

gboolean
fixture_has_display (void)
{
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return FALSE;
    }
  adw_init ();

  return TRUE;
}
