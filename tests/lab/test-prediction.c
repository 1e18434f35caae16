/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"
#include "model-fixture.h"

#include <math.h>
#include <string.h>

#define BIAS MODEL_FIXTURE_BIAS
#define WEIGHT MODEL_FIXTURE_WEIGHT

static UtModel *
make_model (void)
{
  return model_fixture_new (0, 0);
}

static double
logit_of (double x)
{
  return WEIGHT * tanh (x) + BIAS;
}

static UtPrediction *
predict (UtModel    *model,
         const char *text,
         UtReading   reading)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text), reading, NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

static void
assert_word (const UtPrediction *prediction,
             gsize               index,
             const char         *text,
             const char         *word,
             gboolean            known,
             double              logit,
             double              before)
{
  const UtWordAnswer *answer = &prediction->words[index];
  g_autofree char *range = g_strndup (text + answer->start, answer->end - answer->start);
  g_autofree char *lower = g_utf8_strdown (range, -1);

  g_assert_cmpuint (index, <, prediction->n_words);
  g_assert_cmpstr (answer->word, ==, word);
  g_assert_cmpstr (lower, ==, word);
  g_assert_cmpint (answer->known, ==, known);
  g_assert_cmpfloat_with_epsilon (answer->logit, logit, 1e-6);
  g_assert_cmpfloat_with_epsilon (answer->probability, 1 / (1 + exp (-logit)), 1e-6);
  g_assert_cmpfloat_with_epsilon (answer->change, logit - before, 1e-6);
}

static void
test_sentences (void)
{
  g_autoptr (UtModel) model = make_model ();
  const char *text = "  A Good film.\n\nThe film was BAD. ";
  g_autoptr (UtPrediction) prediction = predict (model, text, UT_READING_SENTENCES);

  g_test_summary ("Ranges, running answers, changes, unknown words and the mean of two sentences");

  g_assert_cmpuint (prediction->n_sentences, ==, 2);
  g_assert_cmpuint (prediction->n_words, ==, 9);
  assert_word (prediction, 0, text, "a", FALSE, logit_of (0.5), BIAS);
  assert_word (prediction, 1, text, "good", TRUE, logit_of (1), logit_of (0.5));
  assert_word (prediction, 2, text, "film", TRUE, BIAS, logit_of (1));
  assert_word (prediction, 3, text, ".", TRUE, BIAS, BIAS);
  assert_word (prediction, 7, text, "bad", TRUE, logit_of (-1), logit_of (0.5));

  const UtSentenceAnswer *sentence = &prediction->sentences[1];

  g_assert_cmpuint (sentence->start, ==, strstr (text, "The") - text);
  g_assert_cmpuint (sentence->end, ==, strlen (text) - 1);
  g_assert_cmpuint (sentence->first_word, ==, 4);
  g_assert_cmpuint (sentence->n_words, ==, 5);
  g_assert_cmpuint (sentence->n_unknown, ==, 2);
  g_assert_cmpfloat_with_epsilon (sentence->logit, BIAS, 1e-6);
  g_assert_cmpuint (prediction->n_unknown, ==, 3);
  g_assert_cmpfloat_with_epsilon (prediction->probability, 1 / (1 + exp (-BIAS)), 1e-6);
}

static void
test_lines (void)
{
  g_autoptr (UtModel) model = make_model ();
  const char *text = "good\n\nfilm bad\r\ndon't";
  g_autoptr (UtPrediction) lines = predict (model, text, UT_READING_LINES);
  g_autoptr (UtPrediction) tokenized = predict (model, text, UT_READING_TOKENIZED_LINES);
  g_autoptr (UtPrediction) closed = predict (model, "good\n", UT_READING_LINES);

  g_test_summary ("Each line is one answer, an empty one without a number; the last may lack its "
                  "end");

  g_assert_cmpuint (lines->n_sentences, ==, 4);
  g_assert_cmpuint (lines->sentences[1].n_words, ==, 0);
  g_assert_true (isnan (lines->sentences[1].probability));
  g_assert_cmpuint (lines->sentences[1].start, ==, 5);
  g_assert_cmpuint (lines->sentences[1].end, ==, 5);
  g_assert_cmpuint (lines->sentences[2].n_words, ==, 2);
  g_assert_cmpuint (lines->sentences[2].end, ==, 14);
  g_assert_cmpfloat_with_epsilon (lines->sentences[2].logit, logit_of (-1), 1e-6);
  g_assert_cmpuint (lines->sentences[3].n_words, ==, 2);
  g_assert_cmpuint (tokenized->n_sentences, ==, 4);
  g_assert_cmpuint (tokenized->sentences[3].n_words, ==, 1);
  g_assert_cmpstr (tokenized->words[tokenized->n_words - 1].word, ==, "don't");
  g_assert_cmpuint (closed->n_sentences, ==, 1);
}

static void
test_empty (void)
{
  g_autoptr (UtModel) model = make_model ();

  for (UtReading reading = UT_READING_SENTENCES; reading <= UT_READING_LINES; reading++)
    {
      g_autoptr (UtPrediction) prediction = predict (model, "", reading);

      g_assert_cmpuint (prediction->n_sentences, ==, 0);
      g_assert_cmpuint (prediction->n_words, ==, 0);
      g_assert_true (isnan (prediction->probability));
    }

  g_autoptr (UtPrediction) blank = predict (model, " \n\n ", UT_READING_SENTENCES);

  g_assert_cmpuint (blank->n_words, ==, 0);
}

static void
test_long (void)
{
  g_autoptr (UtModel) model = make_model ();
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_summary ("A sentence of more than 4,096 words is read in pieces that meet");

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i == 4095 ? "bad " : "good ");

  g_autoptr (UtPrediction) prediction = predict (model, text->str, UT_READING_WHOLE);

  g_assert_cmpuint (prediction->n_sentences, ==, 2);
  g_assert_cmpuint (prediction->sentences[0].n_words, ==, 4096);
  g_assert_cmpuint (prediction->sentences[1].first_word, ==, 4096);
  g_assert_cmpuint (prediction->sentences[1].n_words, ==, 904);
  g_assert_cmpuint (prediction->sentences[0].end, <, prediction->sentences[1].start);
  g_assert_cmpfloat_with_epsilon (prediction->sentences[0].logit, logit_of (-1), 1e-6);
  g_assert_cmpfloat_with_epsilon (prediction->words[4096].change, logit_of (1) - BIAS, 1e-6);

  /* As much as may be pasted. */
  g_string_truncate (text, 0);
  while (text->len < 200000)
    g_string_append (text, "not a good film . ");

  g_autoptr (UtPrediction) pasted = predict (model, text->str, UT_READING_SENTENCES);

  g_assert_cmpuint (pasted->n_words, >, 50000);
}

static void
test_async (void)
{
  g_autoptr (UtModel) model = make_model ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ut_prediction_new_async (model, "good", UT_READING_SENTENCES, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);

  g_autoptr (UtPrediction) prediction = ut_prediction_new_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (prediction->n_words, ==, 1);

  g_clear_object (&result);
  g_cancellable_cancel (cancellable);
  ut_prediction_new_async (model, "good", UT_READING_SENTENCES, cancellable, fixture_result_cb,
                           &result);
  SPIN_UNTIL (result != NULL);
  g_assert_null (ut_prediction_new_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  *(double *) data = fraction;
}

static void
test_evaluation (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "eval.tsv",
                                         "sentence\tlabel\na good\t1\nbad\t0\nbad "
                                         "film\t0\nbad\t1\nfilm\t1\n", -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_autoptr (UtModel) model = make_model ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  double loss = (log1p (exp (-logit_of (1))) + log1p (exp (logit_of (-1))) + log1p (exp (BIAS))
                 + log1p (exp (-logit_of (-1))) + log1p (exp (-BIAS))) / 5;

  g_test_summary ("Loss, accuracy and confusion as worked out by hand, for every batch size");

  g_assert_no_error (error);
  for (guint batch_size = 1; batch_size <= 6; batch_size++)
    {
      UtEvaluation evaluation;
      double progress = 0;

      g_assert_true (ut_evaluate (model, dataset, batch_size, 1, progress_cb, &progress, NULL,
                                  &evaluation,
                                  &error));
      g_assert_no_error (error);
      g_assert_cmpuint (evaluation.n_examples, ==, 5);
      g_assert_cmpuint (evaluation.tp, ==, 2);
      g_assert_cmpuint (evaluation.fp, ==, 1);
      g_assert_cmpuint (evaluation.tn, ==, 1);
      g_assert_cmpuint (evaluation.fn, ==, 1);
      g_assert_cmpfloat (evaluation.accuracy, ==, 0.6);
      g_assert_cmpfloat_with_epsilon (evaluation.loss, loss, 1e-6);
      g_assert_cmpfloat (progress, ==, 1);
    }

  g_autofree float *losses = ut_evaluate_rows (model, dataset, 1, NULL, &error);
  double sum = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < 5; i++)
    sum += losses[i];
  g_assert_cmpfloat_with_epsilon (sum / 5, loss, 1e-6);
  g_assert_cmpfloat_with_epsilon (losses[0], log1p (exp (-logit_of (1))), 1e-6);

  UtEvaluation evaluation;

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_evaluate_rows (model, dataset, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (ut_evaluate (model, dataset, 1, 1, NULL, NULL, cancellable, &evaluation, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static UtDataset *
read_rows (Fixture    *fixture,
           const char *rows)
{
  g_autofree char *text = g_strconcat ("sentence\tlabel\n", rows, NULL);
  g_autofree char *path = fixture_write (fixture, "rows.tsv", text, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtDataset *dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static UtEvaluation
evaluate (UtModel   *model,
          UtDataset *dataset,
          guint      batch_size)
{
  g_autoptr (GError) error = NULL;
  UtEvaluation evaluation;

  g_assert_true (ut_evaluate (model, dataset, batch_size, 1, NULL, NULL, NULL, &evaluation,
                              &error));
  g_assert_no_error (error);
  return evaluation;
}

static void
test_batches (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) model = model_fixture_new (UT_NN_FAULT_STATE, 1);
  g_autoptr (UtDataset) dataset = read_rows (fixture, "good\t1\nfilm bad\t0\nbad\t1\n");
  double state = 0;
  double loss = 0;

  g_test_summary ("Along the batch a row follows the one before it in the file, up to the batch's "
                  "size");

  UtEvaluation alone = evaluate (model, dataset, 1);

  g_assert_cmpfloat_with_epsilon (alone.loss, (ut_nn_loss (logit_of (1), 1)
                                               + ut_nn_loss (logit_of (-1), 0)
                                               + ut_nn_loss (logit_of (-1), 1)) / 3, 1e-6);

  /* The second row's answer stands at a position that the others do not have. */
  state = tanh (1);
  loss = ut_nn_loss (WEIGHT * state + BIAS, 1) + ut_nn_loss (logit_of (-1), 0);
  state = tanh (0 + state);
  state = tanh (-1 + state);
  loss += ut_nn_loss (WEIGHT * state + BIAS, 1);
  UtEvaluation together = evaluate (model, dataset, 3);

  g_assert_cmpfloat_with_epsilon (together.loss, loss / 3, 1e-6);
  g_assert_cmpuint (together.tp, ==, 1);
  g_assert_cmpuint (together.tn, ==, 1);
  g_assert_cmpuint (together.fn, ==, 1);
}

static void
test_positions (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (UtModel) model = model_fixture_new (UT_NN_FAULT_LOSS, 0);
  g_autoptr (UtDataset) dataset =
    read_rows (fixture, "good bad\t0\nbad good\t1\nfilm bad good\t0\ngood\t1\n");
  double good = WEIGHT * tanh (1);
  double sums[] = { exp (good) + exp (-good), exp (good) + exp (-good), 1 + exp (-good) + exp (good) };
  double loss = (log (sums[0]) - good + log (sums[1]) - good + log (sums[2])) / 3;

  g_test_summary ("Over positions an answer may be neither, and who cannot be right has no loss");

  UtEvaluation evaluation = evaluate (model, dataset, 4);

  g_assert_cmpuint (evaluation.n_examples, ==, 4);
  g_assert_cmpuint (evaluation.tp, ==, 1);
  g_assert_cmpuint (evaluation.tn, ==, 1);
  g_assert_cmpuint (evaluation.neither, ==, 1);
  g_assert_cmpuint (evaluation.fn, ==, 1);
  g_assert_cmpfloat (evaluation.accuracy, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (evaluation.loss, loss, 1e-6);

  g_autoptr (UtPrediction) prediction = predict (model, "Good bad film. Film. Good bad film.",
                                                 UT_READING_SENTENCES);
  const UtWordAnswer *words = prediction->words;

  g_assert_cmpfloat (words[0].logit, ==, 0);
  g_assert_cmpfloat (words[0].change, ==, 0);
  g_assert_cmpfloat_with_epsilon (words[1].change, -2 * good, 1e-6);
  g_assert_cmpfloat (words[2].change, ==, 0);
  g_assert_cmpfloat (prediction->sentences[0].logit, ==, prediction->sentences[2].logit);
}

static void
test_alone (void)
{
  UtNnFaults faults = UT_NN_FAULT_STATE | UT_NN_FAULT_LOSS | UT_NN_FAULT_PADDING;
  g_autoptr (UtModel) model = model_fixture_new (faults, 1);
  g_autoptr (UtPrediction) one = predict (model, "Bad film.", UT_READING_SENTENCES);
  g_autoptr (UtPrediction) many = predict (model, "Good. A good good good film. Bad film. Good.",
                                           UT_READING_SENTENCES);

  g_test_summary ("As the notebook's code runs, a sentence of a text is still asked by itself");

  g_assert_cmpuint (many->n_sentences, ==, 4);
  g_assert_cmpfloat (one->sentences[0].logit, ==, many->sentences[2].logit);
  g_assert_cmpfloat (many->sentences[0].logit, ==, many->sentences[3].logit);
}

static void
test_agrees (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autoptr (GFile) file = g_file_new_for_path (fixture->dev_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  UtEvaluation evaluation;
  guint n_correct = 0;

  g_test_summary ("Predicting the rows of a file gives the accuracy of evaluating it");

  g_assert_no_error (error);
  for (gsize row = 0; row < ut_dataset_get_n_rows (dataset); row++)
    {
      g_autofree char *sentence = ut_dataset_dup_sentence (dataset, row);

      g_string_append_printf (text, "%s\n", sentence);
    }

  g_autoptr (UtPrediction) prediction = predict (model, text->str, UT_READING_TOKENIZED_LINES);

  g_assert_true (ut_evaluate (model, dataset, 8, 1, NULL, NULL, NULL, &evaluation, &error));
  g_assert_cmpuint (prediction->n_sentences, ==, evaluation.n_examples);
  for (gsize row = 0; row < prediction->n_sentences; row++)
    n_correct += (prediction->sentences[row].logit > 0) == ut_dataset_get_label (dataset, row);
  g_assert_cmpuint (n_correct, ==, evaluation.tp + evaluation.tn);
}

static void
assert_verdict (const UtEpoch *epochs,
                gsize          n_epochs,
                double         majority,
                guint8         label,
                gboolean       ended,
                const char    *expected)
{
  g_autofree char *verdict = ut_verdict_new (epochs, n_epochs, majority, label, ended, FALSE);

  g_assert_cmpstr (verdict, ==, expected);
}

#define EPOCH(n, t, v, a) { .epoch = n, .train_loss = t, .val_loss = v, .val_accuracy = a }

static void
test_verdict (void)
{
  static const UtEpoch by_heart[] = {
    EPOCH (1, 0.6, 0.60, 0.70),
    EPOCH (2, 0.4, 0.40, 0.82),
    EPOCH (3, 0.3, 0.51, 0.833),
    EPOCH (4, 0.2, 0.50, 0.83),
  };
  static const UtEpoch improving[] = { EPOCH (1, 0.6, 0.6, 0.70), EPOCH (2, 0.5, 0.5, 0.82) };
  static const UtEpoch poor[] = { EPOCH (1, 0.7, 0.7, 0.48), EPOCH (2, 0.7, 0.7, 0.49) };
  static const UtEpoch wavering[] = {
    EPOCH (1, 0.6, 0.60, 0.70),
    EPOCH (2, 0.4, 0.40, 0.82),
    EPOCH (3, 0.3, 0.41, 0.833),
    EPOCH (4, 0.2, 0.41, 0.83),
  };
  static const UtEpoch idle[] = { EPOCH (1, 0.7, 0.7, 0.49), EPOCH (2, 0.7, 0.7, 0.515) };
  static const UtEpoch solved[] = { EPOCH (1, 0.2, 0.2, 0.95), EPOCH (2, 0.1, 0.1, 0.98) };
  static const UtEpoch early[] = { EPOCH (0, 0.6, 0.6, 0.70) };
  static const UtEpoch broken[] = { EPOCH (1, 0.6, 0.6, 0.70), EPOCH (2, 0.6, NAN, NAN) };

  assert_verdict (NULL, 0, 0.5, 1, FALSE, "");
  assert_verdict (by_heart, 4, 0.509, 1, TRUE,
                  "Best 0.833 at epoch 3. Since epoch 2 the validation loss rises while the "
                  "training loss falls: "
                  "the model learns the examples by heart.");
  assert_verdict (improving, 2, 0.509, 1, TRUE,
                  "Best 0.820 at epoch 2. Still improving at the last epoch: more epochs may "
                  "help.");
  assert_verdict (improving, 2, 0.509, 1, FALSE, "Best 0.820 at epoch 2.");
  assert_verdict (improving, 2, NAN, 1, FALSE, "Best 0.820 at epoch 2.");
  assert_verdict (poor, 2, 0.509, 1, TRUE,
                  "Below 0.509, which always answering “positive” reaches: something is wrong with "
                  "the run.");
  assert_verdict (poor, 2, 0.509, 0, FALSE,
                  "Below 0.509, which always answering “negative” reaches: something is wrong with "
                  "the run.");
  assert_verdict (poor, 1, 0.509, 0, FALSE, "Best 0.480 at epoch 1, still below 0.509 of one "
                                            "answer for all.");
  assert_verdict (wavering, 4, 0.509, 1, TRUE, "Best 0.833 at epoch 3.");
  assert_verdict (idle, 2, 0.509, 0, TRUE,
                  "Best 0.515 at epoch 2, hardly above 0.509, which always answering “negative” "
                  "reaches: it has not learnt to tell the labels apart.");
  assert_verdict (idle, 2, 0.509, 0, FALSE, "Best 0.515 at epoch 2.");
  assert_verdict (solved, 2, 0.509, 1, TRUE,
                  "Best 0.980 at epoch 2. Nearly every sentence is answered right.");
  assert_verdict (early, 1, 0.509, 0, TRUE, "0.700 when it was stopped, before the first epoch was "
                                            "complete.");
  assert_verdict (broken, 2, 0.509, 0, TRUE, "Best 0.700 at epoch 1.");

  g_autofree char *as_coded = ut_verdict_new (poor, 2, 0.509, 1, TRUE, TRUE);
  g_autofree char *repaired = ut_verdict_new (wavering, 4, 0.509, 1, TRUE, TRUE);

  g_assert_cmpstr (as_coded, ==, "Best 0.490 at epoch 2: as the notebook's code runs, below 0.509, "
                                 "which always answering “positive” reaches.");
  g_assert_cmpstr (repaired, ==, "Best 0.833 at epoch 3.");
}

static void
test_best (void)
{
  static const UtEpoch epochs[] = {
    EPOCH (1, 0, NAN, NAN),
    EPOCH (2, 0, 0.6, 0.8),
    EPOCH (3, 0, 0.5, 0.8),
    EPOCH (4, 0, 0.5, 0.8),
    EPOCH (5, 0, 0.1, 0.7),
  };

  g_test_summary ("Accuracy first, then loss, then the earliest");

  g_assert_cmpint (ut_epochs_find_best (epochs, 5), ==, 2);
  g_assert_cmpint (ut_epochs_find_best (epochs, 2), ==, 1);
  g_assert_cmpint (ut_epochs_find_best (epochs, 1), ==, -1);
  g_assert_cmpint (ut_epochs_find_best (NULL, 0), ==, -1);
}

/* The model of make_model(), in other forms. */
static UtModel *
make_model_with (UtSetting setting,
                 double    value)
{
  static const char * const words[] = { "[pad]", "[unk]", "good", "bad", "film", "." };
  const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, G_N_ELEMENTS (words), 6, 8);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (UtSubwords) subwords = NULL;
  g_autoptr (GError) error = NULL;
  UtNnModel *weights;

  ut_config_builder_set_number (builder, setting, value);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), &error);

  shape.bidirectional = setting == UT_SETTING_BIDIRECTIONAL;
  if (setting == UT_SETTING_READOUT)
    shape.readout = UT_NN_READOUT_ATTENTION;
  if (setting == UT_SETTING_SUBWORDS)
    {
      subwords = ut_subwords_new (&rule, vocabulary, NULL, 0, &error);
      shape.n_subwords = rule.n_buckets;
    }
  g_assert_no_error (error);
  g_assert_cmpint (ut_nn_model_new (&shape, &weights), ==, UT_NN_OK);
  ut_nn_model_initialize (weights, 1);
  for (gsize table = 0; table < 1 + (shape.n_subwords > 0); table++)
    {
      const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, table == 0 ? "embedding.weight"
                                                                              : "subword.weight");
      const UtNnRandom random = { 1, UT_NN_STREAM_EMBEDDING };
      float *numbers = ut_nn_model_get_data (weights, tensor);

      for (gsize i = table == 0 ? 6 : 0; i < tensor->size; i++)
        numbers[i] = (float) ut_nn_random_normal (random, i);
    }

  return ut_model_new (config, vocabulary, subwords, weights, &(UtDataFacts) { 0 });
}

static void
test_guessed (void)
{
  g_autoptr (UtModel) model = make_model_with (UT_SETTING_SUBWORDS, 1);
  g_autoptr (UtModel) plain = make_model ();
  g_autoptr (UtPrediction) one = predict (model, "Good goodish film.", UT_READING_WHOLE);
  g_autoptr (UtPrediction) other = predict (model, "Good gloomish film.", UT_READING_WHOLE);
  g_autoptr (UtPrediction) unknown = predict (plain, "Good goodish film.", UT_READING_WHOLE);

  g_test_summary ("With subwords an unknown word is guessed from its parts, and which it is counts");

  g_assert_true (one->words[0].known);
  g_assert_false (one->words[0].guessed);
  g_assert_false (one->words[1].known);
  g_assert_true (one->words[1].guessed);
  g_assert_cmpuint (one->n_unknown, ==, 0);
  g_assert_cmpuint (one->n_guessed, ==, 1);
  g_assert_cmpuint (one->sentences[0].n_guessed, ==, 1);
  g_assert_cmpfloat (one->words[0].logit, ==, other->words[0].logit);
  g_assert_cmpfloat (one->words[1].logit, !=, other->words[1].logit);
  g_assert_cmpuint (unknown->n_unknown, ==, 1);
  g_assert_cmpuint (unknown->n_guessed, ==, 0);
  g_assert_false (unknown->words[1].guessed);
}

static void
test_prefixes (void)
{
  g_autoptr (UtModel) model = make_model_with (UT_SETTING_BIDIRECTIONAL, 1);
  g_autoptr (UtPrediction) whole = predict (model, "Good film. A bad film.", UT_READING_SENTENCES);
  g_autoptr (UtPrediction) part = predict (model, "Good film. A bad", UT_READING_SENTENCES);

  g_test_summary ("Read from both ends, a word's answer is still that of the text that ends there");

  g_assert_cmpuint (part->n_words, ==, 5);
  for (gsize i = 0; i < part->n_words; i++)
    g_assert_cmpfloat (part->words[i].logit, ==, whole->words[i].logit);
  g_assert_cmpfloat (whole->sentences[1].logit, ==, whole->words[whole->n_words - 1].logit);
  g_assert_true (isnan (whole->words[0].attention));
}

static void
test_attention (void)
{
  g_autoptr (UtModel) model = make_model_with (UT_SETTING_READOUT, UT_READOUT_ATTENTION);
  g_autoptr (UtPrediction) prediction = predict (model, "Good film. A bad film.",
                                                 UT_READING_SENTENCES);

  g_test_summary ("With attention each word has its weight in its sentence");

  for (gsize i = 0; i < prediction->n_sentences; i++)
    {
      const UtSentenceAnswer *sentence = &prediction->sentences[i];
      double sum = 0;

      for (gsize word = 0; word < sentence->n_words; word++)
        sum += prediction->words[sentence->first_word + word].attention;
      g_assert_cmpfloat_with_epsilon (sum, 1, 1e-6);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/prediction/sentences", test_sentences);
  g_test_add_func ("/prediction/lines", test_lines);
  g_test_add_func ("/prediction/empty", test_empty);
  g_test_add_func ("/prediction/long", test_long);
  g_test_add_func ("/prediction/async", test_async);
  g_test_add_func ("/prediction/guessed", test_guessed);
  g_test_add_func ("/prediction/prefixes", test_prefixes);
  g_test_add_func ("/prediction/attention", test_attention);
  g_test_add_func ("/prediction/alone", test_alone);
  g_test_add ("/evaluation/by-hand", Fixture, NULL, fixture_set_up, test_evaluation,
              fixture_tear_down);
  g_test_add ("/evaluation/agrees", Fixture, NULL, fixture_set_up, test_agrees, fixture_tear_down);
  g_test_add ("/evaluation/batches", Fixture, NULL, fixture_set_up, test_batches,
              fixture_tear_down);
  g_test_add ("/evaluation/positions", Fixture, NULL, fixture_set_up, test_positions,
              fixture_tear_down);
  g_test_add_func ("/metrics/best", test_best);
  g_test_add_func ("/metrics/verdict", test_verdict);

  return g_test_run ();
}
