/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <math.h>
#include <string.h>

/* Everything that was told while a file was classified. */
typedef struct
{
  GString *text;
  GArray *rows;       /* (element-type UtClassifiedRow): without texts */
  GPtrArray *texts;   /* (element-type utf8) */
  double fraction;
  GCancellable *cancellable; /* (nullable): cancelled by the first rows */
} Told;

static gboolean
write_cb (const char  *text,
          gsize        length,
          gpointer     data,
          GError     **error)
{
  Told *told = data;

  g_string_append_len (told->text, text, (gssize) length);
  return TRUE;
}

static gboolean
write_fails_cb (const char  *text,
                gsize        length,
                gpointer     data,
                GError     **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
take_cb (const UtClassifiedRow *rows,
         gsize                  n_rows,
         gpointer               data)
{
  Told *told = data;

  for (gsize i = 0; i < n_rows; i++)
    {
      UtClassifiedRow row = rows[i];

      g_ptr_array_add (told->texts, g_strndup (row.text, row.length));
      row.text = NULL;
      g_array_append_val (told->rows, row);
    }
  if (told->cancellable != NULL)
    g_cancellable_cancel (told->cancellable);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  Told *told = data;

  g_assert_cmpfloat (fraction, >=, told->fraction);
  told->fraction = fraction;
}

static const UtClassifyFuncs funcs = { write_cb, take_cb, progress_cb };

static void
told_init (Told *told)
{
  *told = (Told) {
    .text = g_string_new (NULL),
    .rows = g_array_new (FALSE, FALSE, sizeof (UtClassifiedRow)),
    .texts = g_ptr_array_new_with_free_func (g_free),
  };
}

static void
told_clear (Told *told)
{
  g_string_free (told->text, TRUE);
  g_array_unref (told->rows);
  g_ptr_array_unref (told->texts);
}

static UtImportGuess *
guess_with (const char    *path,
            UtImportFixed  fixed)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  UtImportOptions options = UT_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  UtImportGuess *guess = ut_import_guess_texts (file, &options, fixed, NULL, &error);

  g_assert_no_error (error);
  return guess;
}

static UtImportGuess *
guess_file (const char *path)
{
  return guess_with (path, UT_IMPORT_FIXED_NONE);
}

/* Classifies a file of @contents; what was told is added to @told. */
static UtClassification *
classify (Fixture                 *fixture,
          UtModel                 *model,
          const char              *name,
          const char              *contents,
          const UtClassifyOptions *options,
          Told                    *told,
          GError                 **error)
{
  g_autofree char *path = fixture_write (fixture, name, contents, -1);
  g_autoptr (UtImportGuess) guess = guess_file (path);

  return ut_classify (model, guess, options, NULL, &funcs, told, told->cancellable, error);
}

static UtModel *
train (Fixture    *fixture,
       UtCellKind  cell,
       UtSetting   setting,
       double      value)
{
  g_autoptr (UtConfig) base = fixture_config (fixture, cell, 2);
  g_autoptr (UtConfig) config = fixture_config_with (base, setting, value);

  return fixture_train (fixture, config, "model");
}

static const char texts[] =
  "The film was good. It was bad! Was it fine?\n"
  "awful plot\n"
  "a zebra , a giraffe and a good film\n"
  "\n"
  "  Good.   \n"
  "… good … bad – Mr. Burns was good .\n";

/* Fails the test unless a row says what a prediction says. */
static void
assert_predicted (UtModel               *model,
                  const char            *text,
                  UtReading              reading,
                  const UtClassifiedRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (model, text, strlen (text), reading,
                                                           NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (row->probability, ==, prediction->probability);
  g_assert_cmpint (row->positive, ==, prediction->probability > 0.5);
  g_assert_cmpuint (row->n_words, ==, prediction->n_words);
  g_assert_cmpuint (row->n_unknown, ==, prediction->n_unknown);
}

static void
check_model (Fixture *fixture,
             UtModel *model)
{
  static const UtReading readings[] = {
    UT_READING_SENTENCES, UT_READING_WHOLE, UT_READING_TOKENIZED_LINES,
  };
  static const guint64 lines[] = { 1, 2, 3, 5, 6 };
  g_autofree char *path = fixture_write (fixture, "texts.txt", texts, -1);
  g_autoptr (UtImportGuess) guess = guess_file (path);

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      const UtClassifyOptions options = { .reading = readings[i] };
      g_autoptr (GError) error = NULL;
      Told told;

      told_init (&told);

      g_autoptr (UtClassification) found = ut_classify (model, guess, &options, NULL, &funcs, &told,
                                                        NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ut_classification_get_n_rows (found), ==, G_N_ELEMENTS (lines));
      g_assert_cmpuint (told.rows->len, ==, G_N_ELEMENTS (lines));
      for (guint row = 0; row < told.rows->len; row++)
        {
          g_assert_cmpuint (g_array_index (told.rows, UtClassifiedRow, row).line, ==, lines[row]);
          assert_predicted (model, g_ptr_array_index (told.texts, row), readings[i],
                            &g_array_index (told.rows, UtClassifiedRow, row));
        }
      g_assert_cmpfloat (told.fraction, ==, 1);
      told_clear (&told);
    }
}

static void
test_predictions (Fixture       *fixture,
                  gconstpointer  data)
{
  g_test_summary ("Bit for bit what a prediction says of each text, by every kind of model.");

  g_autoptr (UtModel) rnn = train (fixture, UT_CELL_RNN, UT_SETTING_HIDDEN_SIZE, 8);
  g_autoptr (UtModel) lstm = train (fixture, UT_CELL_LSTM, UT_SETTING_BIDIRECTIONAL, 1);
  g_autoptr (UtModel) gru = train (fixture, UT_CELL_GRU, UT_SETTING_SUBWORDS, 1);
  g_autoptr (UtModel) coded = train (fixture, UT_CELL_LSTM, UT_SETTING_LOSS, 1);
  UtModel * const members[] = { rnn, lstm, gru };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, G_N_ELEMENTS (members), &error);

  g_assert_no_error (error);
  check_model (fixture, rnn);
  check_model (fixture, lstm);
  check_model (fixture, gru);
  check_model (fixture, coded);
  check_model (fixture, ensemble);
}

/* Rows enough for many batches, some of them bad. */
static char *
make_many_rows (guint n)
{
  static const char * const words[] = { "good", "bad", "film", "the", "zebra", "plot", "," };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  GString *rows = g_string_new ("id,review,stars\n");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (rows, "%u,\"", i);
      for (int j = g_rand_int_range (rand, 1, 40); j > 0; j--)
        g_string_append_printf (rows, "%s%s", words[g_rand_int_range (rand, 0, 7)],
                                j == 20 ? ".\nThe " : " ");
      g_string_append_printf (rows, "\",%d%s\n", g_rand_int_range (rand, 1, 6),
                              i % 1000 == 500 ? ",more" : "");
    }

  return g_string_free (rows, FALSE);
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_GRU, UT_SETTING_HIDDEN_SIZE, 8);
  g_autofree char *contents = make_many_rows (10000);
  static const guint n_threads[] = { 1, 2, 7 };
  g_autofree char *first = NULL;

  g_test_summary ("Rows, sums and problems are the same for every number of threads.");

  for (gsize i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      const UtClassifyOptions options = { .n_threads = n_threads[i] };
      g_autoptr (GError) error = NULL;
      Told told;

      told_init (&told);

      g_autoptr (UtClassification) found = classify (fixture, model, "many.csv", contents, &options,
                                                     &told, &error);
      guint n_problems;
      const UtImportProblem *problems = ut_classification_get_problems (found, &n_problems);
      UtEvaluation evaluation;

      g_assert_no_error (error);
      g_assert_true (ut_classification_evaluate (found, &evaluation));
      /* Ten rows, seven of them with a line break, whose second line is no row either. */
      g_assert_cmpuint (n_problems, ==, 17);
      g_string_append_printf (told.text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %zu %zu %s",
                              ut_classification_get_n_rows (found), problems[16].line,
                              evaluation.tp, evaluation.fn, problems[0].message);
      if (first == NULL)
        first = g_strdup (told.text->str);
      g_assert_true (strcmp (told.text->str, first) == 0);
      told_clear (&told);
    }
}

static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_LSTM, UT_SETTING_HIDDEN_SIZE, 8);
  g_autoptr (GString) contents = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const UtClassifyOptions options = { .reading = UT_READING_WHOLE };
  Told told;

  g_test_summary ("Texts longer than any sentence that could be learned from are read in pieces.");

  for (guint i = 0; i < 10000; i++)
    g_string_append (contents, i % 3 == 0 ? "good " : "film ");
  g_string_append (contents, "\nbad film\n");
  told_init (&told);

  g_autoptr (UtClassification) found = classify (fixture, model, "long.txt", contents->str,
                                                 &options, &told, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_classification_get_n_rows (found), ==, 2);
  for (guint row = 0; row < 2; row++)
    assert_predicted (model, g_ptr_array_index (told.texts, row), UT_READING_WHOLE,
                      &g_array_index (told.rows, UtClassifiedRow, row));
  g_assert_cmpuint (g_array_index (told.rows, UtClassifiedRow, 0).n_sentences, ==, 3);
  told_clear (&told);
}

/* What is written is read again, with the columns of the answer behind the others. */
static void
check_round_trip (Fixture    *fixture,
                  UtModel    *model,
                  UtRowForm   form,
                  const char *name)
{
  static const char contents[] =
    "\"the review\",label,note\n"
    "\"Good, \"\"really\"\" good.\nA film.\",pos,\"tab\there\"\n"
    "bad film,neg,\n"
    "bad plot,neg, x \n"
    "good plot,pos,\"\r\"\n";
  const UtClassifyOptions options = { .form = form };
  g_autoptr (GError) error = NULL;
  Told told;
  Told again;

  told_init (&told);
  told_init (&again);

  g_autoptr (UtClassification) found = classify (fixture, model, "quotes.csv", contents, &options,
                                                 &told, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_classification_get_n_rows (found), ==, 4);

  g_autofree char *path = fixture_write (fixture, name, told.text->str, (gssize) told.text->len);
  g_autoptr (UtImportGuess) guess = guess_with (path, UT_IMPORT_FIXED_TEXT_COLUMN);
  static const char * const names[] = {
    "the review", "label", "note", "predicted_label", "probability", "n_words", "n_unknown",
  };
  g_autoptr (UtClassification) second = ut_classify (model, guess, NULL, NULL, &funcs, &again, NULL,
                                                     &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_import_guess_get_n_columns (guess), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (ut_import_guess_get_column (guess, i), ==, names[i]);
  g_assert_cmpuint (again.texts->len, ==, told.texts->len);
  for (guint i = 0; i < told.texts->len; i++)
    g_assert_cmpstr (g_ptr_array_index (again.texts, i), ==, g_ptr_array_index (told.texts, i));
  g_assert_cmpstr (g_ptr_array_index (again.texts, 0), ==, "Good, \"really\" good.\nA film.");
  g_assert_cmpstr (ut_import_guess_get_fields (guess, 0)[2], ==, "tab\there");

  /* And the numbers are those that were told. */
  for (guint i = 0; i < told.rows->len; i++)
    {
      const UtClassifiedRow *row = &g_array_index (told.rows, UtClassifiedRow, i);
      const char * const *fields = ut_import_guess_get_fields (guess, i);

      g_assert_cmpstr (fields[3], ==, row->positive ? "1" : "0");
      g_assert_cmpfloat (g_ascii_strtod (fields[4], NULL), ==, row->probability);
      g_assert_cmpuint (g_ascii_strtoull (fields[5], NULL, 10), ==, row->n_words);
      g_assert_cmpuint (g_ascii_strtoull (fields[6], NULL, 10), ==, row->n_unknown);
    }
  told_clear (&told);
  told_clear (&again);
}

static void
test_forms (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_RNN, UT_SETTING_HIDDEN_SIZE, 8);

  check_round_trip (fixture, model, UT_ROWS_CSV, "again.csv");
  check_round_trip (fixture, model, UT_ROWS_TSV, "again.tsv");
  check_round_trip (fixture, model, UT_ROWS_JSON_LINES, "again.jsonl");
}

static void
test_json (Fixture       *fixture,
           gconstpointer  data)
{
  static const char contents[] =
    "{\"text\":\"Good \\u00e9 film.\",\"n\":3,\"deep\":[1,{\"a\":null}],\"x\":null}\n"
    "{\"text\":\"Bad.\",\"label\":true}\n"
    "{\"text\":7}\n"
    "{\"n\":1}\n"
    "{\"text\":\"Good \\ud800.\"}\n"
    "{\"text\":\"Good.\"\n";
  static const char * const messages[] = {
    "“text” is not text", "There is no “text”",
    "The row has bytes that are no text in the file’s encoding",
  };
  g_autoptr (UtModel) model = train (fixture, UT_CELL_RNN, UT_SETTING_HIDDEN_SIZE, 8);
  g_autoptr (GError) error = NULL;
  Told told;
  guint n_problems;

  told_init (&told);

  g_autoptr (UtClassification) found = classify (fixture, model, "a.jsonl", contents, NULL, &told,
                                                 &error);
  const UtImportProblem *problems = ut_classification_get_problems (found, &n_problems);
  g_auto (GStrv) lines = g_strsplit (told.text->str, "\n", -1);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "{\"text\":\"Good é film.\",\"n\":3,"
                                   "\"deep\":[1,{\"a\":null}],\"predicted_label\":"));
  g_assert_true (g_str_has_prefix (lines[1], "{\"text\":\"Bad.\",\"label\":true,"
                                   "\"predicted_label\":"));
  g_assert_cmpuint (n_problems, ==, 4);
  for (guint i = 0; i < n_problems; i++)
    {
      g_assert_cmpuint (problems[i].line, ==, 3 + i);
      if (i < G_N_ELEMENTS (messages))
        g_assert_cmpstr (problems[i].message, ==, messages[i]);
    }
  told_clear (&told);
}

static void
test_bad_rows (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_GRU, UT_SETTING_SUBWORDS, 1);
  g_autoptr (GString) contents = g_string_new ("review,label\n"
                                               "\"Good, fine.\",1\n"
                                               "ragged,0,more\n"
                                               "short\n"
                                               "\"open,0\n"
                                               "good film,1\n"
                                               "\"closed\" early,0\n"
                                               "bad \xff film,0\n"
                                               " \xc2\xa0 ,1\n"
                                               "😀 👍🏽,1\n"
                                               "שלום \xe2\x80\xae" "עולם,0\n"
                                               "e\xcc\x81\xcc\x82 good,perhaps\n");
  static const guint64 lines[] = { 3, 4, 5, 7, 8, 9, 13 };
  g_autofree char *word = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;
  Told told;
  guint n_problems;

  g_test_summary ("Whatever stands in a file, other rows are answered, and each bad one is named.");

  g_string_append_printf (contents, "bad %s film,0\n", word);
  g_string_append (contents, "\"bad plot\",0\n\"bad\",0\n");
  told_init (&told);

  g_autoptr (UtClassification) found = classify (fixture, model, "bad.csv", contents->str, NULL,
                                                 &told, &error);
  const UtImportProblem *problems = ut_classification_get_problems (found, &n_problems);
  UtEvaluation evaluation;

  g_assert_no_error (error);
  g_assert_cmpuint (n_problems, ==, G_N_ELEMENTS (lines));
  g_assert_cmpuint (ut_classification_get_n_problems (found), ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < n_problems; i++)
    {
      g_assert_cmpuint (problems[i].line, ==, lines[i]);
      g_assert_true (g_str_has_suffix (problems[i].file, "bad.csv"));
      g_assert_cmpuint (strlen (problems[i].message), >, 10);
    }
  g_assert_cmpstr (problems[0].message, ==, "The row has 3 columns instead of 2");
  g_assert_cmpuint (ut_classification_get_n_rows (found), ==, 7);
  g_assert_cmpuint (told.rows->len, ==, 7);
  for (guint row = 0; row < told.rows->len; row++)
    assert_predicted (model, g_ptr_array_index (told.texts, row), UT_READING_SENTENCES,
                      &g_array_index (told.rows, UtClassifiedRow, row));
  /* A label that nobody knows makes no row of the comparison. */
  g_assert_true (ut_classification_evaluate (found, &evaluation));
  g_assert_cmpuint (evaluation.n_examples, ==, 3 + 3);
  told_clear (&told);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_RNN, UT_SETTING_HIDDEN_SIZE, 8);
  g_autoptr (GError) error = NULL;
  Told told;

  told_init (&told);
  g_assert_null (classify (fixture, model, "blank.txt", " \n\t\n", NULL, &told, &error));
  g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "blank.txt:1: The text is blank; no row can be used"));
  told_clear (&told);
}

/* Labels "a0", "a1", … , each twice. */
static char *
make_labels (guint n)
{
  GString *rows = g_string_new ("review,label\n");

  for (guint i = 0; i < 2 * n; i++)
    g_string_append_printf (rows, "good film,a%u\n", i % n);

  return g_string_free (rows, FALSE);
}

static void
test_labels (Fixture       *fixture,
             gconstpointer  data)
{
  static const char contents[] =
    "review,stars\ngood film,5\ngood plot,4\nbad film,1\nbad plot,5\nfilm,3\ngood,\n";
  g_autoptr (UtModel) model = train (fixture, UT_CELL_LSTM, UT_SETTING_HIDDEN_SIZE, 8);
  g_autoptr (GError) error = NULL;
  UtEvaluation evaluation;
  guint n_labels;
  Told told;

  told_init (&told);

  g_autoptr (UtClassification) found = classify (fixture, model, "stars.csv", contents, NULL, &told,
                                                 &error);
  const UtImportLabel *labels = ut_classification_get_labels (found, &n_labels);
  gsize n[2][2] = { { 0 } };
  static const int truth[] = { 1, 1, 0, 1, -1, -1 };

  g_assert_no_error (error);
  g_assert_cmpuint (n_labels, ==, 4);
  g_assert_cmpstr (labels[0].value, ==, "5");
  g_assert_cmpuint (labels[0].count, ==, 2);
  g_assert_cmpint (labels[0].meaning, ==, UT_IMPORT_POSITIVE);
  g_assert_cmpint (labels[3].meaning, ==, UT_IMPORT_LEAVE_OUT);
  for (guint i = 0; i < told.rows->len; i++)
    {
      if (truth[i] >= 0)
        n[truth[i]][g_array_index (told.rows, UtClassifiedRow, i).positive]++;
    }
  g_assert_true (ut_classification_evaluate (found, &evaluation));
  g_assert_cmpuint (evaluation.n_examples, ==, 4);
  g_assert_cmpuint (evaluation.tp, ==, n[1][1]);
  g_assert_cmpuint (evaluation.fn, ==, n[1][0]);
  g_assert_cmpuint (evaluation.fp, ==, n[0][1]);
  g_assert_cmpuint (evaluation.tn, ==, n[0][0]);
  g_assert_cmpfloat (evaluation.accuracy, ==, (n[1][1] + n[0][0]) / 4.0);

  /* The other way round, right is wrong. */
  for (guint i = 0; i < 3; i++)
    ut_classification_set_meaning (found, i, labels[i].meaning == UT_IMPORT_POSITIVE
                                             ? UT_IMPORT_NEGATIVE : UT_IMPORT_POSITIVE);
  g_assert_true (ut_classification_evaluate (found, &evaluation));
  g_assert_cmpuint (evaluation.tp, ==, n[0][1]);
  g_assert_cmpuint (evaluation.tn, ==, n[1][0]);
  told_clear (&told);
}

static void
test_no_labels (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_RNN, UT_SETTING_HIDDEN_SIZE, 8);
  const UtClassifyOptions strict = { .check_labels = TRUE };
  g_autofree char *few = make_labels (UT_IMPORT_MAX_LABELS);
  g_autofree char *many = make_labels (UT_IMPORT_MAX_LABELS + 1);
  g_autoptr (GError) error = NULL;
  UtEvaluation evaluation;
  guint n_labels;
  Told told;

  g_test_summary ("A column with too many values is no column of labels.");
  told_init (&told);

  g_autoptr (UtClassification) all = classify (fixture, model, "few.csv", few, &strict, &told,
                                               &error);

  g_assert_no_error (error);
  g_assert_true (ut_classification_has_labels (all));
  ut_classification_get_labels (all, &n_labels);
  g_assert_cmpuint (n_labels, ==, UT_IMPORT_MAX_LABELS);
  g_assert_false (ut_classification_evaluate (all, &evaluation));

  /* Only a label that was chosen must be one. */
  g_autofree char *path = fixture_write (fixture, "many.csv", many, -1);
  g_autoptr (UtImportGuess) guess = guess_with (path, UT_IMPORT_FIXED_LABEL_COLUMN);

  g_assert_null (ut_classify (model, guess, &strict, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS);
  g_clear_error (&error);

  g_autoptr (UtClassification) any = ut_classify (model, guess, NULL, NULL, NULL, NULL, NULL,
                                                  &error);

  g_assert_no_error (error);
  g_assert_false (ut_classification_has_labels (any));
  g_assert_false (ut_classification_evaluate (any, &evaluation));
  g_assert_cmpuint (ut_classification_get_n_rows (any), ==, 2 * (UT_IMPORT_MAX_LABELS + 1));
  told_clear (&told);
}

static void
test_output (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtModel) model = train (fixture, UT_CELL_RNN, UT_SETTING_HIDDEN_SIZE, 8);
  g_autofree char *contents = make_many_rows (3000);
  g_autofree char *path = fixture_write (fixture, "rows.csv", contents, -1);
  g_autofree char *output_path = fixture_write (fixture, "answers.csv", "old", -1);
  g_autoptr (GFile) output = g_file_new_for_path (output_path);
  g_autoptr (UtImportGuess) guess = guess_file (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const UtClassifyFuncs failing = { write_fails_cb, NULL, NULL };
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = NULL;
  const char *name;
  Told told;

  g_test_summary ("Until all rows are written the file is the one that was there.");
  told_init (&told);
  told.cancellable = cancellable;

  g_assert_null (ut_classify (model, guess, NULL, output, &funcs, &told, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (told.rows->len, >, 0);
  g_assert_cmpuint (told.rows->len, <, 3000);

  g_assert_null (ut_classify (model, guess, NULL, output, &failing, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);

  g_assert_true (g_file_get_contents (output_path, &written, NULL, &error));
  g_assert_cmpstr (written, ==, "old");
  directory = g_dir_open (fixture->directory, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (directory)) != NULL)
    g_assert_false (g_str_has_prefix (name, ".answers"));

  /* To the very file that is read, too. */
  g_autoptr (GFile) same = g_file_new_for_path (path);
  g_autoptr (UtClassification) found = NULL;

  told.cancellable = NULL;
  g_string_truncate (told.text, 0);
  told.fraction = 0;
  found = ut_classify (model, guess, NULL, same, &funcs, &told, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&written, g_free);
  g_assert_true (g_file_get_contents (path, &written, NULL, &error));
  g_assert_true (strcmp (written, told.text->str) == 0);
  told_clear (&told);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/classification/predictions", test_predictions);
  ADD ("/classification/threads", test_threads);
  ADD ("/classification/long", test_long);
  ADD ("/classification/forms", test_forms);
  ADD ("/classification/json", test_json);
  ADD ("/classification/bad-rows", test_bad_rows);
  ADD ("/classification/nothing", test_nothing);
  ADD ("/classification/labels", test_labels);
  ADD ("/classification/no-labels", test_no_labels);
  ADD ("/classification/output", test_output);

  return g_test_run ();
}
