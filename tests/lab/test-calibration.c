/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <math.h>
#include <string.h>

/* The bar; Newton's steps end far below it. */
#define TEMPERATURE_TOLERANCE 1e-3
/* Sums of a thousand numbers in another order, at a temperature that differs in its last digits. */
#define FIGURE_TOLERANCE 1e-6

typedef struct
{
  GArray *logits; /* (element-type gfloat) */
  GArray *labels; /* (element-type guint8) */
} Rows;

static void
rows_init (Rows *rows)
{
  rows->logits = g_array_new (FALSE, FALSE, sizeof (float));
  rows->labels = g_array_new (FALSE, FALSE, sizeof (guint8));
}

static void
rows_clear (Rows *rows)
{
  g_array_unref (rows->logits);
  g_array_unref (rows->labels);
}

static void
rows_add (Rows   *rows,
          double  logit,
          guint8  label)
{
  float number = (float) logit;

  g_array_append_val (rows->logits, number);
  g_array_append_val (rows->labels, label);
}

static double
fit (const Rows        *rows,
     UtTemperatureKind *kind)
{
  return ut_temperature_fit ((const float *) (void *) rows->logits->data,
                             (const guint8 *) rows->labels->data, rows->logits->len, kind);
}

static void
measure (const Rows    *rows,
         double         temperature,
         guint          n_bins,
         UtReliability *reliability)
{
  ut_reliability_measure (reliability, (const float *) (void *) rows->logits->data,
                          (const guint8 *) rows->labels->data, rows->logits->len, temperature,
                          n_bins);
}

static void
read_rows (Rows       *rows,
           const char *logits_text,
           const char *labels_text)
{
  g_auto (GStrv) logits = g_strsplit (logits_text, " ", -1);
  g_auto (GStrv) labels = g_strsplit (labels_text, " ", -1);

  g_assert_cmpuint (g_strv_length (logits), ==, g_strv_length (labels));
  for (guint i = 0; logits[i] != NULL; i++)
    rows_add (rows, g_ascii_strtod (logits[i], NULL), *labels[i] == '1');
}

static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "lab", "calibration-golden.tsv",
                                                 NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("Temperatures are SciPy's, figures at them NumPy's.");
  g_assert_true (g_file_get_contents (path, &contents, NULL, &error));

  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  guint n_lines = 0;
  double largest = 0;

  for (; lines[n_lines] != NULL && *lines[n_lines] != '\0'; n_lines++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[n_lines], "\t", -1);
      double expected[5];
      UtTemperatureKind kind;
      UtReliability ten, fifteen;
      Rows rows;

      g_assert_cmpuint (g_strv_length (fields), ==, 7);
      rows_init (&rows);
      read_rows (&rows, fields[0], fields[1]);
      for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        expected[i] = g_ascii_strtod (fields[2 + i], NULL);

      double temperature = fit (&rows, &kind);

      largest = fmax (largest, fabs (temperature / expected[0] - 1));
      g_assert_cmpfloat_with_epsilon (temperature, expected[0],
                                      TEMPERATURE_TOLERANCE * expected[0]);
      g_assert_cmpint (kind, ==, expected[0] > 19.99 ? UT_TEMPERATURE_HIGHEST
                                                     : UT_TEMPERATURE_FOUND);
      g_assert_true (kind == UT_TEMPERATURE_FOUND || temperature == UT_TEMPERATURE_MAX);
      measure (&rows, expected[0], 10, &ten);
      measure (&rows, expected[0], 15, &fifteen);
      g_assert_cmpfloat_with_epsilon (ten.loss, expected[1], FIGURE_TOLERANCE);
      g_assert_cmpfloat_with_epsilon (ten.brier, expected[2], FIGURE_TOLERANCE);
      g_assert_cmpfloat_with_epsilon (ten.error, expected[3], FIGURE_TOLERANCE);
      g_assert_cmpfloat_with_epsilon (fifteen.error, expected[4], FIGURE_TOLERANCE);
      g_assert_cmpfloat (fifteen.loss, ==, ten.loss);
      rows_clear (&rows);
    }
  g_assert_cmpuint (n_lines, ==, 10);
  g_test_message ("temperatures differ from SciPy's by %.1e at most", largest);
}

static void
test_ends (void)
{
  static const struct
  {
    double logits[4];
    guint8 labels[4];
    UtTemperatureKind kind;
    double temperature;
  } cases[] = {
    { { 1, 2, -1, -3 }, { 1, 1, 0, 0 }, UT_TEMPERATURE_LOWEST, UT_TEMPERATURE_MIN },
    { { 1e4, 2e4, -3e4, 1e4 }, { 1, 1, 0, 1 }, UT_TEMPERATURE_LOWEST, UT_TEMPERATURE_MIN },
    { { 1, 2, -1, -3 }, { 0, 0, 1, 1 }, UT_TEMPERATURE_HIGHEST, UT_TEMPERATURE_MAX },
    { { 2, 2, -2, -2 }, { 1, 0, 0, 1 }, UT_TEMPERATURE_HIGHEST, UT_TEMPERATURE_MAX },
    { { 0, 0, 0, 0 }, { 1, 0, 0, 1 }, UT_TEMPERATURE_ANY, 1 },
    /* Three of four right: log (3) = 2 / T. */
    { { 2, 2, -2, -2 }, { 1, 0, 0, 0 }, UT_TEMPERATURE_FOUND, 1.8204784532536746 },
  };

  g_test_summary ("Where the rows do not tell, the temperature lies at an end, which is said.");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtTemperatureKind kind;
      Rows rows;

      rows_init (&rows);
      for (guint j = 0; j < 4; j++)
        rows_add (&rows, cases[i].logits[j], cases[i].labels[j]);
      g_assert_cmpfloat_with_epsilon (fit (&rows, &kind), cases[i].temperature, 1e-9);
      g_assert_cmpint (kind, ==, cases[i].kind);
      rows_clear (&rows);
    }
}

static void
test_bins (void)
{
  UtReliability found;
  Rows rows;

  g_test_summary ("A row belongs to the bin up to whose end its confidence reaches.");

  rows_init (&rows);
  rows_add (&rows, 0, 0);            /* 0.5, answered negative: right */
  rows_add (&rows, log (3), 1);      /* 0.75, right */
  rows_add (&rows, -log (3), 1);     /* 0.75, wrong */
  rows_add (&rows, -1000, 0);        /* 1, right */
  rows_add (&rows, 1000, 0);         /* 1, wrong */
  rows_add (&rows, 1000, 1);         /* 1, right */
  measure (&rows, 1, 10, &found);

  g_assert_cmpuint (found.n_rows, ==, 6);
  g_assert_cmpuint (found.n_bins, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      gsize n = i == 4 ? 1 : i == 7 ? 2 : i == 9 ? 3 : 0;

      g_assert_cmpuint (found.bins[i].n, ==, n);
      g_assert_cmpfloat_with_epsilon (found.bins[i].low, i / 10.0, 1e-15);
      g_assert_cmpfloat_with_epsilon (found.bins[i].high, (i + 1) / 10.0, 1e-15);
      g_assert_true (isnan (found.bins[i].accuracy) == (n == 0));
      g_assert_true (isnan (found.bins[i].interval.low) == (n == 0));
    }
  g_assert_cmpfloat (found.bins[7].accuracy, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (found.bins[7].confidence, 0.75, 1e-7);
  /* Wilson's, for two of three. */
  g_assert_cmpfloat_with_epsilon (found.bins[9].interval.low, 0.2076596, 1e-6);
  g_assert_cmpfloat_with_epsilon (found.bins[9].interval.high, 0.9385081, 1e-6);
  g_assert_cmpfloat_with_epsilon (found.error, (0.5 + 2 * 0.25 + 3 * (1 - 2.0 / 3)) / 6, 1e-7);
  g_assert_cmpfloat_with_epsilon (found.accuracy, 4.0 / 6, 1e-15);
  g_assert_cmpfloat_with_epsilon (found.brier, (0.25 + 0.0625 + 0.5625 + 1) / 6, 1e-7);
  rows_clear (&rows);
}

/* Models */

static UtModel *
load (Fixture    *fixture,
      const char *name,
      GError    **error)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ut_model_load (file, NULL, error);
}

static void
save (Fixture    *fixture,
      UtModel    *model,
      const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  ut_model_save (model, file, NULL, &error);
  g_assert_no_error (error);
}

static UtPrediction *
predict (UtModel *model)
{
  static const char text[] = "The film was good. Bad music!";
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text), UT_READING_SENTENCES,
                                                NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

/* Fails the test unless @tempered says what @plain says, less sure by @temperature. */
static void
assert_tempered (UtModel *plain,
                 UtModel *tempered,
                 double   temperature)
{
  g_autoptr (UtPrediction) first = predict (plain);
  g_autoptr (UtPrediction) second = predict (tempered);
  double sum = 0;

  for (gsize i = 0; i < first->n_words; i++)
    {
      g_assert_cmpfloat (second->words[i].logit, ==, first->words[i].logit);
      g_assert_cmpfloat (second->words[i].change, ==, first->words[i].change);
      g_assert_cmpfloat (second->words[i].probability, ==,
                         ut_nn_sigmoid (first->words[i].logit / temperature));
    }
  for (gsize i = 0; i < first->n_sentences; i++)
    sum += ut_nn_sigmoid (first->sentences[i].logit / temperature);
  g_assert_cmpfloat (second->probability, ==, sum / (double) first->n_sentences);
}

static void
test_model (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 2);
  UtModel *plain = fixture_train (fixture, config, "model");
  const UtCalibration calibration = { .temperature = 1.8125, .n_rows = 7, .data_hash = "abc" };
  UtModel *tempered = ut_model_new_calibrated (plain, &calibration);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = ut_model_dup_calibration_text (tempered);

  g_test_summary ("A calibrated model says the same less surely, in every form; its file loses the "
                  "temperature without a trace.");

  g_assert_cmpstr (text, ==, "calibrated (T = 1.81)");
  g_assert_null (ut_model_get_calibration (plain));
  g_assert_null (ut_model_dup_calibration_text (plain));
  assert_tempered (plain, tempered, 1.8125);
  save (fixture, plain, "plain.safetensors");
  save (fixture, tempered, "tempered.safetensors");

  g_autoptr (UtModel) loaded = load (fixture, "tempered.safetensors", &error);
  const UtCalibration *found = ut_model_get_calibration (loaded);

  g_assert_no_error (error);
  g_assert_cmpfloat (found->temperature, ==, 1.8125);
  g_assert_cmpuint (found->n_rows, ==, 7);
  g_assert_cmpstr (found->data_hash, ==, "abc");
  assert_tempered (plain, loaded, 1.8125);

  /* Again the same, and then none. */
  g_autoptr (UtModel) again = ut_model_new_calibrated (loaded, found);
  g_autoptr (UtModel) bare = ut_model_new_calibrated (again, NULL);

  save (fixture, again, "again.safetensors");
  save (fixture, bare, "bare.safetensors");
  fixture_assert_same_file (fixture, "tempered.safetensors", "again.safetensors");
  fixture_assert_same_file (fixture, "plain.safetensors", "bare.safetensors");

  /* The weights stay as long as anybody has them. */
  g_autoptr (UtPrediction) before = predict (plain);

  ut_model_unref (plain);

  g_autoptr (UtPrediction) behind = predict (tempered);

  ut_model_unref (tempered);
  g_assert_cmpfloat (behind->words[0].logit, ==, before->words[0].logit);
}

static void
test_ensemble (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 2);
  g_autoptr (UtConfig) coded_config = fixture_config_with (config, UT_SETTING_LOSS, 1);
  g_autoptr (UtModel) plain = fixture_train (fixture, config, "model");
  g_autoptr (UtModel) coded = fixture_train (fixture, coded_config, "coded");
  const UtCalibration calibration = { .temperature = 3 };
  g_autoptr (UtModel) tempered = ut_model_new_calibrated (plain, &calibration);
  UtModel * const members[] = { tempered, tempered };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, &error);

  g_assert_no_error (error);
  g_assert_null (ut_model_get_calibration (ensemble));
  assert_tempered (plain, ensemble, 1);
  g_assert_true (ut_model_check_calibration (tempered, &error));
  g_assert_no_error (error);
  g_assert_false (ut_model_check_calibration (ensemble, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
  g_clear_error (&error);
  g_assert_false (ut_model_check_calibration (coded, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  /* Of the same length, all of them. */
  static const char * const texts[] = {
    "\\\"temperature\\\":0.000", "\\\"temperature\\\":99999", "\\\"temperature\\\":-1.25",
    "\\\"temperature\\\":null ", "\\\"temperature\\\":true ", "\\\"temperatura\\\":1.625",
    "\\\"temperature\\\":1e999",
  };
  static const char original[] = "\\\"temperature\\\":1.625";
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtModel) plain = fixture_train (fixture, config, "model");
  const UtCalibration calibration = { .temperature = 1.625 };
  g_autoptr (UtModel) tempered = ut_model_new_calibrated (plain, &calibration);
  g_autofree char *path = fixture_path (fixture, "tempered.safetensors");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_test_summary ("A file whose temperature is none is refused.");
  save (fixture, tempered, "tempered.safetensors");
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  fixture_forget_checksum (contents, length);

  char *place = g_strstr_len (contents + 8, (gssize) length - 8, original);

  g_assert_nonnull (place);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpuint (strlen (texts[i]), ==, strlen (original));
      memcpy (place, texts[i], strlen (original));

      g_autofree char *bad = fixture_write (fixture, "bad.safetensors", contents, (gssize) length);
      g_autoptr (UtModel) loaded = load (fixture, "bad.safetensors", &error);

      g_assert_null (loaded);
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
      g_assert_nonnull (strstr (error->message, "undertone.calibration"));
      g_clear_error (&error);
    }
  memcpy (place, original, strlen (original));

  g_autofree char *good = fixture_write (fixture, "good.safetensors", contents, (gssize) length);
  g_autoptr (UtModel) loaded = load (fixture, "good.safetensors", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (ut_model_get_calibration (loaded)->temperature, ==, 1.625);
}

/* On the sample */

/* Writes lines @first to @end of the sample's training rows, in steps of @step. */
static char *
write_sample (Fixture    *fixture,
              const char *name,
              guint       first,
              guint       end,
              guint       step)
{
  g_autofree char *path = g_build_filename (g_getenv ("UNDERTONE_PKGDATADIR"), "samples",
                                            "sample-reviews", "train.tsv", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, &error));

  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  g_autoptr (GString) rows = g_string_new (lines[0]);

  g_assert_cmpuint (end, <, g_strv_length (lines));
  g_string_append_c (rows, '\n');
  for (guint i = first; i < end; i += step)
    g_string_append_printf (rows, "%s\n", lines[i]);

  return fixture_write (fixture, name, rows->str, -1);
}

static UtDataset *
read_dataset (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtDataset *dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
calibrate (UtModel       *model,
           UtDataset     *dataset,
           UtCalibrating *calibrating)
{
  g_autoptr (GError) error = NULL;

  ut_calibrate (model, dataset, UT_RELIABILITY_BINS, 1, NULL, calibrating, &error);
  g_assert_no_error (error);
}

static double
evaluate_loss (UtModel   *model,
               UtDataset *dataset)
{
  g_autoptr (GError) error = NULL;
  UtEvaluation evaluation;

  ut_evaluate (model, dataset, 32, 1, NULL, NULL, NULL, &evaluation, &error);
  g_assert_no_error (error);
  return evaluation.loss;
}

static void
check_half (UtModel       *model,
            UtDataset     *fitted,
            UtDataset     *held_out)
{
  UtCalibrating found, other, again;

  calibrate (model, fitted, &found);
  g_assert_cmpint (found.kind, ==, UT_TEMPERATURE_FOUND);
  g_assert_cmpfloat (found.calibration.temperature, >, 1.2);
  g_assert_cmpuint (found.calibration.n_rows, ==, ut_dataset_get_n_rows (fitted));
  g_assert_cmpstr (found.calibration.data_hash, ==, ut_dataset_get_hash (fitted));
  g_assert_cmpfloat (found.before.confidence, >, found.before.accuracy);
  g_assert_cmpfloat (found.after.accuracy, ==, found.before.accuracy);
  g_assert_cmpfloat (found.after.loss, <, found.before.loss);
  g_assert_true (found.held_out.is_known);
  g_assert_cmpfloat (found.held_out.reliability.error, <, 0.8 * found.before.error);
  g_assert_cmpfloat (found.held_out.reliability.loss, <, found.before.loss);
  g_assert_cmpfloat (found.held_out.reliability.loss, >, found.after.loss);
  g_test_message ("within it: calibration error %.4f to %.4f, judged by halves %.4f",
                  found.before.error, found.after.error, found.held_out.reliability.error);

  g_autoptr (UtModel) tempered = ut_model_new_calibrated (model, &found.calibration);
  UtEvaluation evaluation;
  g_autoptr (GError) error = NULL;

  calibrate (model, held_out, &other);
  /* What it was calibrated to before makes no difference. */
  calibrate (tempered, held_out, &again);
  g_assert_cmpfloat (again.calibration.temperature, ==, other.calibration.temperature);
  g_assert_cmpfloat (again.before.loss, ==, other.before.loss);

  /* As the tempered model answers the other half. */
  g_autofree float *logits = ut_evaluate_answers (tempered, held_out, 128, 1, NULL, &error);
  UtReliability tempered_reliability;

  g_assert_no_error (error);
  ut_reliability_measure (&tempered_reliability, logits, ut_dataset_get_labels (held_out),
                          ut_dataset_get_n_rows (held_out), found.calibration.temperature,
                          UT_RELIABILITY_BINS);
  g_test_message ("T = %.3f, calibration error %.4f to %.4f, cross-entropy %.4f to %.4f",
                  found.calibration.temperature, other.before.error, tempered_reliability.error,
                  other.before.loss, tempered_reliability.loss);
  g_assert_cmpfloat (tempered_reliability.error, <, 0.8 * other.before.error);
  g_assert_cmpfloat (tempered_reliability.loss, <, other.before.loss);
  g_assert_cmpfloat (tempered_reliability.brier, <, other.before.brier);
  g_assert_cmpfloat_with_epsilon (evaluate_loss (model, held_out), other.before.loss, 1e-6);
  g_assert_cmpfloat_with_epsilon (evaluate_loss (tempered, held_out), tempered_reliability.loss,
                                  1e-6);
  ut_evaluate (tempered, held_out, 32, 1, NULL, NULL, NULL, &evaluation, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (evaluation.accuracy, ==, other.before.accuracy);
}

static void
test_held_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *train = write_sample (fixture, "few.tsv", 1, 1501, 1);
  g_autofree char *first_path = write_sample (fixture, "first.tsv", 1501, 3501, 2);
  g_autofree char *second_path = write_sample (fixture, "second.tsv", 1502, 3502, 2);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A model that learned 1,500 reviews by heart is too sure of the others; what one half "
                  "of these says makes it less wrong about the other half.");

  ut_config_builder_set_cell (builder, UT_CELL_LSTM);
  /* Checked on what it learns from, the epoch that knows most of it by heart is kept. */
  ut_config_builder_set_files (builder, train, train);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 16);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 16);
  ut_config_builder_set_number (builder, UT_SETTING_BATCH_SIZE, 16);
  ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 0.01);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 25);
  ut_config_builder_set_number (builder, UT_SETTING_AVERAGED_EPOCHS, 1);
  ut_config_builder_set_number (builder, UT_SETTING_THREADS, 1);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);

  g_autoptr (UtModel) model = fixture_train (fixture, config, "heart");
  g_autoptr (UtDataset) first = read_dataset (first_path);
  g_autoptr (UtDataset) second = read_dataset (second_path);

  check_half (model, first, second);
  check_half (model, second, first);
}

static void
test_classification (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, 2);
  g_autoptr (UtModel) plain = fixture_train (fixture, config, "model");
  const UtCalibration calibration = { .temperature = 2.5 };
  g_autoptr (UtModel) tempered = ut_model_new_calibrated (plain, &calibration);
  g_autofree char *path = fixture_write (fixture, "one.txt", "a good film\n", -1);
  g_autofree char *output_path = fixture_path (fixture, "out.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) output = g_file_new_for_path (output_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) guess = ut_import_guess_texts (file, NULL, UT_IMPORT_FIXED_NONE, NULL,
                                                           &error);
  g_autoptr (UtClassification) found = ut_classify (tempered, guess, NULL, output, NULL, NULL, NULL,
                                                    &error);
  g_autoptr (UtPrediction) prediction = ut_prediction_new (plain, "a good film", 11,
                                                           UT_READING_WHOLE, NULL, &error);
  g_autofree char *contents = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_true (g_file_get_contents (output_path, &contents, NULL, &error));

  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);

  g_assert_cmpfloat (g_ascii_strtod (fields[2], NULL), ==,
                     ut_nn_sigmoid (prediction->sentences[0].logit / 2.5));
}

static void
test_hold_out (void)
{
  const float logits[] = { 4, -4, 3, -3, 2, -2, 1, -1, 4, -4, 3, -3, 2, -2, 1, -1 };
  guint8 labels[G_N_ELEMENTS (logits)];
  UtHeldOut held_out, again;

  g_test_summary ("Each half is judged by the other's temperature, always the same; rows that tell none give "
                  "no estimate");

  for (gsize i = 0; i < G_N_ELEMENTS (logits); i++)
    labels[i] = logits[i] > 0;
  ut_reliability_hold_out (&held_out, logits, labels, G_N_ELEMENTS (logits), 10);
  g_assert_false (held_out.is_known);
  ut_reliability_hold_out (&held_out, logits, labels, 1, 10);
  g_assert_false (held_out.is_known);

  Rows rows;

  rows_init (&rows);
  for (gsize i = 0; i < 400; i++)
    rows_add (&rows, i % 2 == 0 ? 3 : -2, (i % 2 == 0) != (i % 5 == 0));

  const float *numbers = (const float *) (void *) rows.logits->data;
  const guint8 *truth = (const guint8 *) rows.labels->data;
  UtTemperatureKind kind;
  UtReliability fitted;

  ut_reliability_hold_out (&held_out, numbers, truth, 400, 10);
  ut_reliability_hold_out (&again, numbers, truth, 400, 10);
  g_assert_true (held_out.is_known);
  g_assert_cmpmem (held_out.temperatures, sizeof held_out.temperatures, again.temperatures,
                   sizeof again.temperatures);
  g_assert_cmpfloat (held_out.temperatures[0], !=, held_out.temperatures[1]);

  /* On either side of what all rows tell, which makes their loss the least there is. */
  double all = ut_temperature_fit (numbers, truth, 400, &kind);

  g_assert_cmpfloat (MIN (held_out.temperatures[0], held_out.temperatures[1]), <, all);
  g_assert_cmpfloat (MAX (held_out.temperatures[0], held_out.temperatures[1]), >, all);
  ut_reliability_measure (&fitted, numbers, truth, 400, all, 10);
  g_assert_cmpuint (held_out.reliability.n_rows, ==, 400);
  g_assert_cmpfloat (held_out.reliability.accuracy, ==, fitted.accuracy);
  g_assert_cmpfloat (held_out.reliability.loss, >, fitted.loss);
  rows_clear (&rows);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/calibration/golden", test_golden);
  g_test_add_func ("/calibration/ends", test_ends);
  g_test_add_func ("/calibration/bins", test_bins);
  g_test_add_func ("/calibration/hold-out", test_hold_out);
  ADD ("/calibration/model", test_model);
  ADD ("/calibration/ensemble", test_ensemble);
  ADD ("/calibration/hostile", test_hostile);
  ADD ("/calibration/held-out", test_held_out);
  ADD ("/calibration/classification", test_classification);

  return g_test_run ();
}
