/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <math.h>
#include <string.h>

/* Sums of the same few numbers in another order. */
#define TOLERANCE 1e-12

static UtPrediction *
predict (UtModel    *model,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text),
                                                UT_READING_TOKENIZED_LINES, NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

/* A model of another vocabulary and another cell. */
static UtModel *
train_other (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_write (fixture, "other.tsv",
                                         "sentence\tlabel\nsplendid film\t1\ndire film\t0\n", -1);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_cell (builder, UT_CELL_LSTM);
  ut_config_builder_set_files (builder, path, fixture->dev_path);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 3);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 5);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 2);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return fixture_train (fixture, config, "other");
}

static void
test_mean (Fixture       *fixture,
           gconstpointer  data)
{
  const char *text = "the film is good\n\nsplendid story\nnobody knows dire awful";
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 2);
  g_autoptr (UtModel) first = fixture_train (fixture, config, "first");
  g_autoptr (UtModel) second = train_other (fixture);
  UtModel *members[] = { first, second };
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, NULL);
  g_autoptr (UtPrediction) a = predict (first, text);
  g_autoptr (UtPrediction) b = predict (second, text);
  g_autoptr (UtPrediction) mean = predict (ensemble, text);
  gsize n_members;

  g_test_summary ("An ensemble answers with the mean of the logits, word by word.");
  g_assert_true (ut_model_get_members (ensemble, &n_members)[1] == second);
  g_assert_cmpuint (n_members, ==, 2);
  g_assert_true (ut_model_get_members (first, &n_members)[0] == first);
  g_assert_cmpuint (n_members, ==, 1);

  g_assert_cmpuint (mean->n_words, ==, a->n_words);
  for (gsize i = 0; i < mean->n_words; i++)
    {
      const UtWordAnswer *word = &mean->words[i];

      g_assert_cmpfloat_with_epsilon (word->logit, (a->words[i].logit + b->words[i].logit) / 2,
                                      TOLERANCE);
      g_assert_cmpfloat_with_epsilon (word->change, (a->words[i].change + b->words[i].change) / 2,
                                      TOLERANCE);
      g_assert_cmpfloat_with_epsilon (word->probability, 1 / (1 + exp (-word->logit)), TOLERANCE);
      g_assert_true (isnan (word->attention));
      g_assert_cmpint (word->known, ==, a->words[i].known || b->words[i].known);
    }
  g_assert_cmpuint (mean->n_unknown, ==, 2); /* nobody, knows */
  g_assert_cmpuint (mean->n_sentences, ==, 4);
  for (gsize i = 0; i < mean->n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &mean->sentences[i];

      if (sentence->n_words == 0)
        {
          g_assert_true (isnan (sentence->logit));
          continue;
        }
      g_assert_cmpfloat_with_epsilon (sentence->logit,
                                      (a->sentences[i].logit + b->sentences[i].logit) / 2,
                                      TOLERANCE);
    }
}

static void
test_evaluation (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 1);
  g_autoptr (UtModel) first = fixture_train (fixture, config, "first");
  g_autoptr (UtModel) second = train_other (fixture);
  UtModel *members[] = { first, second };
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->dev_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  UtEvaluation evaluation;
  double loss = 0;
  gsize n_right = 0;

  g_test_summary ("Loss and accuracy are those of the mean logits, worked out row by row.");
  g_assert_true (g_file_get_contents (fixture->dev_path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; *lines[i] != '\0'; i++)
    {
      char *tab = strchr (lines[i], '\t');
      gboolean positive = tab[1] == '1';

      *tab = '\0';

      g_autoptr (UtPrediction) a = predict (first, lines[i]);
      g_autoptr (UtPrediction) b = predict (second, lines[i]);
      double logit = (a->sentences[0].logit + b->sentences[0].logit) / 2;

      loss += log1p (exp (positive ? -logit : logit));
      n_right += (logit > 0) == positive;
    }

  g_assert_true (ut_evaluate (ensemble, dataset, 7, 1, NULL, NULL, NULL, &evaluation, &error));
  g_assert_cmpuint (evaluation.n_examples, ==, FIXTURE_N_DEV);
  g_assert_cmpuint (evaluation.tp + evaluation.tn, ==, n_right);
  g_assert_cmpfloat_with_epsilon (evaluation.loss, loss / FIXTURE_N_DEV, 1e-9);
  g_assert_cmpfloat_with_epsilon (evaluation.accuracy, (double) n_right / FIXTURE_N_DEV, 1e-12);

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (ut_evaluate (ensemble, dataset, 7, 1, NULL, NULL, cancellable, &evaluation,
                               &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  UtModel *members[] = { model, model };
  g_autoptr (UtModel) one = ut_model_new_ensemble (members, 1, NULL);
  g_autoptr (UtModel) two = ut_model_new_ensemble (members, 2, NULL);
  g_autofree char *path = fixture_path (fixture, "ensemble");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Of one model it is that model; of several it cannot be saved.");
  g_assert_true (one == model);
  g_assert_false (ut_model_save (two, file, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_as_coded (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtConfig) as_coded = fixture_config_with (config, UT_SETTING_STATE_ALONG, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autoptr (UtModel) other = fixture_train (fixture, as_coded, "other");
  UtModel *members[] = { model, other };
  g_autoptr (GError) error = NULL;

  g_test_summary ("What a model as the notebook's code runs gives has no mean.");
  g_assert_null (ut_model_new_ensemble (members, 2, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/lab/ensemble/mean", Fixture, NULL, fixture_set_up, test_mean, fixture_tear_down);
  g_test_add ("/lab/ensemble/evaluation", Fixture, NULL, fixture_set_up, test_evaluation,
              fixture_tear_down);
  g_test_add ("/lab/ensemble/no-file", Fixture, NULL, fixture_set_up, test_no_file,
              fixture_tear_down);
  g_test_add ("/lab/ensemble/as-coded", Fixture, NULL, fixture_set_up, test_as_coded,
              fixture_tear_down);

  return g_test_run ();
}
