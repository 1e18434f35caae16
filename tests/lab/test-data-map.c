/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-data-map-private.h"
#include "ut-dynamics-private.h"

#include <math.h>
#include <string.h>

static GFile *
file_of (Fixture    *fixture,
         const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);

  return g_file_new_for_path (path);
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

static UtNnOutcome
answer (double probability,
        guint8 label)
{
  return (UtNnOutcome) {
    .answer = (probability > 0.5) == (label == 1) ? UT_NN_ANSWER_POSITIVE : UT_NN_ANSWER_NEGATIVE,
    .counts = TRUE,
    .loss = -log (probability),
  };
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  static const double probabilities[3][3] = {
    { 0.9, 0.8, 0.7 }, { 0.25, 0.75, 0.5 }, { 1e-9, 1e-9, 1e-9 },
  };
  g_autoptr (UtDataset) train = read_rows (fixture, "a\t1\nb\t0\nc\t1\nd\t1\n");
  g_autoptr (UtDynamics) dynamics = _ut_dynamics_new (train);
  /* The last row never has a loss. */
  static const guint32 rows[] = { 2, 0, 3, 1 };
  static const guint8 labels[] = { 1, 0, 1 };

  g_test_summary ("Mean, deviation and share of right answers are of each row's own probabilities, "
                  "over whole epochs");

  g_assert_null (_ut_dynamics_make_map (dynamics));
  for (guint epoch = 0; epoch < 4; epoch++)
    {
      UtNnOutcome outcomes[4] = { 0 };

      _ut_dynamics_begin_epoch (dynamics);
      for (guint i = 0; i < 4; i++)
        {
          if (rows[i] < 3)
            outcomes[i] = answer (epoch < 3 ? probabilities[rows[i]][epoch] : 0.1, labels[rows[i]]);
        }
      _ut_dynamics_add (dynamics, rows, outcomes, 2);
      /* The last epoch is broken off. */
      if (epoch == 3)
        break;
      _ut_dynamics_add (dynamics, rows + 2, outcomes + 2, 2);
      _ut_dynamics_end_epoch (dynamics);
    }

  g_autoptr (UtDataMap) map = _ut_dynamics_make_map (dynamics);
  const float *confidence = ut_data_map_get_confidence (map);
  const float *variability = ut_data_map_get_variability (map);
  const float *correctness = ut_data_map_get_correctness (map);

  g_assert_cmpuint (ut_data_map_get_n_epochs (map), ==, 3);
  g_assert_cmpuint (ut_data_map_get_n_rows (map), ==, 4);
  g_assert_true (ut_data_map_matches (map, train));
  for (guint row = 0; row < 3; row++)
    {
      double sum = 0, squares = 0;
      guint n_right = 0;

      for (guint epoch = 0; epoch < 3; epoch++)
        {
          sum += probabilities[row][epoch];
          n_right += probabilities[row][epoch] > 0.5;
        }
      for (guint epoch = 0; epoch < 3; epoch++)
        squares += pow (probabilities[row][epoch] - sum / 3, 2);
      g_assert_cmpfloat_with_epsilon ((double) confidence[row], sum / 3, 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) variability[row], sqrt (squares / 3), 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) correctness[row], n_right / 3.0, 1e-6);
    }
  g_assert_true (isnan (confidence[3]) && isnan (variability[3]) && isnan (correctness[3]));

  gsize n_rows;
  g_autofree guint32 *half = ut_data_map_find_hardest (map, 0.5, &n_rows);

  g_assert_cmpuint (n_rows, ==, 2);
  g_assert_cmpuint (half[0], ==, 2);
  g_assert_cmpuint (half[1], ==, 1);

  g_autofree guint32 *all = ut_data_map_find_hardest (map, 1, &n_rows);

  g_assert_cmpuint (n_rows, ==, 3);
  g_assert_cmpuint (all[2], ==, 0);
}

/* As loud as a probability can get: the recurrence must not drift in ten thousand epochs. */
static void
test_many_epochs (Fixture       *fixture,
                  gconstpointer  data)
{
  enum { N_EPOCHS = 10000 };
  g_autoptr (UtDataset) train = read_rows (fixture, "a\t1\nb\t1\n");
  g_autoptr (UtDynamics) dynamics = _ut_dynamics_new (train);
  static const guint32 rows[] = { 0, 1 };

  g_test_summary ("Ten thousand epochs, the most a run has, lose no exactness that matters");

  for (guint epoch = 0; epoch < N_EPOCHS; epoch++)
    {
      const UtNnOutcome outcomes[] = {
        answer (epoch % 2 == 0 ? 1 : 1e-30, 1),
        answer (0.3, 1),
      };

      _ut_dynamics_begin_epoch (dynamics);
      _ut_dynamics_add (dynamics, rows, outcomes, 2);
      _ut_dynamics_end_epoch (dynamics);
    }

  g_autoptr (UtDataMap) map = _ut_dynamics_make_map (dynamics);

  g_assert_cmpfloat_with_epsilon ((double) ut_data_map_get_confidence (map)[0], 0.5, 1e-4);
  g_assert_cmpfloat_with_epsilon ((double) ut_data_map_get_variability (map)[0], 0.5, 1e-4);
  g_assert_cmpfloat ((double) ut_data_map_get_correctness (map)[0], ==, 0.5);
  g_assert_cmpfloat_with_epsilon ((double) ut_data_map_get_confidence (map)[1], 0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon ((double) ut_data_map_get_variability (map)[1], 0, 1e-6);
}

static void
assert_same (const UtDataMap *a,
             const UtDataMap *b)
{
  gsize n_bytes = ut_data_map_get_n_rows (a) * sizeof (float);

  g_assert_cmpuint (ut_data_map_get_n_rows (b), ==, ut_data_map_get_n_rows (a));
  g_assert_cmpuint (ut_data_map_get_n_epochs (b), ==, ut_data_map_get_n_epochs (a));
  g_assert_cmpmem (ut_data_map_get_confidence (a), n_bytes,
                   ut_data_map_get_confidence (b), n_bytes);
  g_assert_cmpmem (ut_data_map_get_variability (a), n_bytes,
                   ut_data_map_get_variability (b), n_bytes);
  g_assert_cmpmem (ut_data_map_get_correctness (a), n_bytes,
                   ut_data_map_get_correctness (b), n_bytes);
}

/* A map of three rows, the last of which has no numbers. */
static UtDataMap *
make_small_map (const char *hash)
{
  static const UtDataMapRow rows[] = { { 2, 0.25f, 0.125f, 0.5f }, { 2, 1, 0, 1 }, { 0 } };
  UtDataMap *map = _ut_data_map_new (G_N_ELEMENTS (rows), 2, hash);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    _ut_data_map_set_row (map, i, &rows[i]);
  return map;
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtDataset) train = read_rows (fixture, "good film\t1\nBAD\t0\nx\t1\n");
  g_autoptr (UtDataset) other = read_rows (fixture, "good film\t1\nbad\t1\nx\t1\n");
  g_autoptr (UtDataMap) map = make_small_map (ut_dataset_get_hash (train));
  g_autoptr (GFile) file = file_of (fixture, "map.safetensors");
  g_autoptr (GFile) table = file_of (fixture, "map.tsv");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_test_summary ("A map survives its file, knows whose rows it has, and is written as a table");

  g_assert_true (_ut_data_map_save (map, file, NULL, &error));
  g_assert_no_error (error);

  g_autoptr (UtDataMap) same = ut_data_map_read (file, NULL, &error);

  g_assert_no_error (error);
  assert_same (map, same);
  g_assert_true (ut_data_map_matches (same, train));
  g_assert_false (ut_data_map_matches (same, other));

  g_assert_true (ut_data_map_export (same, train, table, NULL, &error));
  g_assert_no_error (error);
  g_file_get_contents (g_file_peek_path (table), &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "sentence\tlabel\tconfidence\tvariability\tcorrectness\n"
                   "good film\t1\t0.250000\t0.125000\t0.500000\n"
                   "bad\t0\t1.000000\t0.000000\t1.000000\n"
                   "x\t1\t\t\t\n");

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_data_map_read (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (ut_data_map_export (same, train, table, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Puts @replacement, which is as long, where @part is in the header, a text behind its length. */
static void
replace (char       *bytes,
         gsize       length,
         const char *part,
         const char *replacement)
{
  char *place = g_strstr_len (bytes + 8, (gssize) length - 8, part);

  g_assert_nonnull (place);
  g_assert_cmpuint (strlen (part), ==, strlen (replacement));
  memcpy (place, replacement, strlen (part));
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *part;
    const char *replacement;
    const char *message;
  } cases[] = {
    { "\"confidence\"", "\"confidance\"", "the tensor “confidence” is missing" },
    { "undertone.epochs\":\"2\"", "undertone.epochs\":\"0\"",
      "“undertone.epochs” is no number of epochs" },
    { "undertone.epochs\":\"2\"", "undertone.epochs\":\"x\"",
      "“undertone.epochs” is no number of epochs" },
    /* Rows of more epochs than there were. */
    { "undertone.epochs\":\"2\"", "undertone.epochs\":\"1\"",
      "the tensor “epochs” has a number out of its range" },
    { "undertone.train_hash", "undertone.other_hash", "“undertone.train_hash” is no hash" },
    { "abcdef", "ABCDEF", "“undertone.train_hash” is no hash" },
  };
  static const float numbers[][2] = { { 0, -1 }, { 0, 1.5f }, { 3, 0.75f }, { 6, 2 }, { 9, 0.5f } };
  g_autofree char *hash = g_strnfill (64, 'f');
  g_autoptr (GFile) file = file_of (fixture, "map.safetensors");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_test_summary ("A damaged map is refused, with a message that says what is wrong");

  memcpy (hash, "abcdef", 6);

  g_autoptr (UtDataMap) map = make_small_map (hash);

  g_assert_true (_ut_data_map_save (map, file, NULL, &error));
  g_file_get_contents (g_file_peek_path (file), &bytes, &length, &error);
  g_assert_no_error (error);
  fixture_forget_checksum (bytes, length);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad = g_memdup2 (bytes, length);

      replace (bad, length, cases[i].part, cases[i].replacement);
      g_free (fixture_write (fixture, "map.safetensors", bad, (gssize) length));
      g_assert_null (ut_data_map_read (file, NULL, &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
      g_assert_nonnull (strstr (error->message, "map.safetensors: "));
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_clear_error (&error);
    }

  /* Four columns of three numbers at the end. */
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *bad = g_memdup2 (bytes, length);

      memcpy (bad + length - (12 - (gsize) numbers[i][0]) * sizeof (float), &numbers[i][1],
              sizeof (float));
      g_free (fixture_write (fixture, "map.safetensors", bad, (gssize) length));
      g_assert_null (ut_data_map_read (file, NULL, &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
      g_assert_nonnull (strstr (error->message, "out of its range"));
      g_clear_error (&error);
    }

  for (gsize cut = 0; cut < length; cut++)
    {
      g_free (fixture_write (fixture, "map.safetensors", bytes, (gssize) cut));
      g_assert_null (ut_data_map_read (file, NULL, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
}

/* Trains to the end; (transfer full): the map, which is also in the file @name. */
static UtDataMap *
train_map (Fixture    *fixture,
           UtConfig   *config,
           const char *name)
{
  g_autoptr (GFile) file = file_of (fixture, name);
  g_autoptr (GError) error = NULL;
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  ut_trainer_set_map_output (trainer, file);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);

  UtDataMap *map = ut_data_map_ref (training.result->map);
  g_autoptr (UtDataMap) saved = ut_data_map_read (file, NULL, &error);

  g_assert_no_error (error);
  assert_same (map, saved);
  g_assert_true (ut_data_map_matches (map, ut_corpus_get_train (ut_trainer_get_corpus (trainer))));
  training_clear (&training);
  return map;
}

static void
test_training (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, 3);
  g_autoptr (UtConfig) threads = fixture_config_with (config, UT_SETTING_THREADS, 3);
  g_autoptr (UtConfig) shorter = fixture_config_with (config, UT_SETTING_EPOCHS, 1);

  g_test_summary ("A run leaves its map, the same for every number of threads; it tells of the "
                  "rows what the steps' losses say");

  g_autoptr (UtDataMap) map = train_map (fixture, config, "map");
  g_autoptr (UtDataMap) same = train_map (fixture, threads, "same");
  g_autoptr (UtDataMap) first = train_map (fixture, shorter, "first");

  g_assert_cmpuint (ut_data_map_get_n_rows (map), ==, FIXTURE_N_TRAIN);
  g_assert_cmpuint (ut_data_map_get_n_epochs (map), ==, 3);
  g_assert_cmpuint (ut_data_map_get_n_epochs (first), ==, 1);
  assert_same (map, same);

  /* After one epoch the mean loss is that of the rows, and nothing varies. */
  UtTrainer *trainer = ut_trainer_new (shorter, NULL);
  Training training;
  double loss = 0, n_right = 0;

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  for (gsize i = 0; i < FIXTURE_N_TRAIN; i++)
    {
      loss -= log ((double) ut_data_map_get_confidence (first)[i]) / FIXTURE_N_TRAIN;
      n_right += (double) ut_data_map_get_correctness (first)[i];
      g_assert_cmpfloat ((double) ut_data_map_get_variability (first)[i], ==, 0);
    }

  const UtEpoch *epoch = &g_array_index (training.epochs, UtEpoch, 0);

  g_assert_cmpfloat_with_epsilon (loss, epoch->train_loss, 1e-5);
  g_assert_cmpfloat_with_epsilon (n_right / FIXTURE_N_TRAIN, epoch->train_accuracy, 1e-9);
  training_clear (&training);
}

static void
test_as_coded (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "train.tsv",
                                         "sentence\tlabel\ngood\t1\na good film\t1\nbad\t0\n"
                                         "a bad film\t0\n", -1);
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_LSTM, 2);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_LOSS, 1);
  g_autoptr (UtDataMap) map = train_map (fixture, config, "map");
  const float *confidence = ut_data_map_get_confidence (map);

  g_test_summary ("With the notebook's loss, a row that has no such position as its label has no "
                  "numbers");

  g_assert_true (isnan (confidence[0]));
  for (gsize i = 1; i < 4; i++)
    g_assert_true (confidence[i] > 0 && confidence[i] <= 1);
  /* The only position is the right one. */
  g_assert_cmpfloat ((double) confidence[2], ==, 1);
}

/* Eight kinds of sentence in @n_rows rows, some of which have the other label: every twentieth. */
static void
write_flipped (Fixture *fixture,
               guint    n_rows)
{
  static const char * const films[] = { "film", "story", "cast", "plot" };
  static const char * const opinions[2][2] = { { "bad", "dull" }, { "good", "fine" } };
  g_autoptr (GString) text = g_string_new ("sentence\tlabel\n");

  for (guint i = 0; i < n_rows; i++)
    {
      guint label = i % 2;

      g_string_append_printf (text, "the %s is %s %s\t%u\n", films[(i / 2) % 4],
                              (i / 8) % 3 == 0 ? "so" : "very", opinions[label][(i / 4) % 2],
                              i % 20 == 7 ? 1 - label : label);
    }
  g_free (fixture_write (fixture, "train.tsv", text->str, -1));
}

static void
test_flipped (Fixture       *fixture,
              gconstpointer  data)
{
  enum { N_ROWS = 600, N_FLIPPED = N_ROWS / 20 };
  UtCellKind cell = (UtCellKind) GPOINTER_TO_INT (data);
  g_autoptr (UtConfig) config = fixture_config (fixture, cell, 5);
  gsize n_rows;
  guint n_found = 0;

  g_test_summary ("Rows whose label was flipped have the least confidence");

  write_flipped (fixture, N_ROWS);

  g_autoptr (UtDataMap) map = train_map (fixture, config, "map");
  g_autofree guint32 *hardest = ut_data_map_find_hardest (map, 0.05, &n_rows);

  g_assert_cmpuint (n_rows, ==, N_FLIPPED);
  for (gsize i = 0; i < n_rows; i++)
    n_found += hardest[i] % 20 == 7;
  g_test_message ("%u of %u", n_found, N_FLIPPED);
  g_assert_cmpuint (n_found, >=, N_FLIPPED / 2);
}

static void
test_leave_out (Fixture       *fixture,
                gconstpointer  data)
{
  enum { N_ROWS = 600, N_FLIPPED = N_ROWS / 20 };
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, 5);
  g_autofree char *list_path = fixture_path (fixture, "flagged.tsv");
  g_autoptr (GFile) list = g_file_new_for_path (list_path);
  UtConfigBuilder *builder = ut_config_builder_new (config);
  g_autoptr (GError) error = NULL;
  gsize n_rows;

  g_test_summary ("The rows that a map flags, once written, are left out of the next run, which "
                  "says so; its model knows what it was trained on");

  write_flipped (fixture, N_ROWS);

  g_autoptr (UtDataMap) map = train_map (fixture, config, "map");
  g_autofree guint32 *hardest = ut_data_map_find_hardest (map, 0.01, &n_rows);
  g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ut_data_map_matches (map, ut_corpus_get_train (corpus)));
  g_assert_true (ut_dataset_write (ut_corpus_get_train (corpus), hardest, n_rows, list, NULL,
                                   &error));
  ut_config_builder_set_exclude (builder, list_path);

  g_autoptr (UtConfig) next = ut_config_builder_end (builder, &error);
  g_autoptr (UtCorpus) left = ut_corpus_read (next, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_corpus_get_n_excluded (left), >=, n_rows);
  g_assert_cmpuint (ut_corpus_get_n_excluded (left), <, N_ROWS);

  UtTrainer *trainer = ut_trainer_new (next, corpus);
  Training training;

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);

  gsize n_excluded = ut_corpus_get_n_excluded (left);
  const UtDataFacts *facts = ut_model_get_facts (training.result->model);
  g_autofree char *notice = g_strdup_printf ("%zu of %d training rows are left out as flagged.tsv "
                                             "says.\n", n_excluded, N_ROWS);

  g_assert_cmpuint (facts->train_rows, ==, N_ROWS - n_excluded);
  g_assert_cmpstr (facts->train_hash, ==, ut_dataset_get_hash (ut_corpus_get_train (left)));
  g_assert_cmpuint (ut_data_map_get_n_rows (training.result->map), ==, facts->train_rows);
  g_assert_nonnull (strstr (training.notices->str, notice));
  training_clear (&training);
}

static UtDataMap *
load_map (UtRun      *run,
          UtDataset  *train,
          GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ut_run_get_data_map_async (run, train, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  return ut_run_get_data_map_finish (run, result, error);
}

static void
test_run (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 2);
  g_autoptr (UtRunStore) store = fixture_open_store (fixture);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (store, config, NULL, &error);
  UtRun *queued = ut_run_store_add (store, config, NULL, &error);

  g_test_summary ("A run's map is read from its folder, now and after the next start");

  g_assert_null (load_map (queued, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_assert_true (g_str_has_prefix (error->message, "This run has no data map"));
  g_clear_error (&error);

  SPIN_UNTIL (ut_run_get_state (queued) == UT_RUN_FINISHED);

  g_autoptr (UtDataMap) map = load_map (run, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_data_map_get_n_epochs (map), ==, 2);
  g_assert_cmpuint (ut_data_map_get_n_rows (map), ==, FIXTURE_N_TRAIN);

  fixture_close_store (&store);
  store = fixture_open_store (fixture);
  fixture_load_store (store);

  g_autoptr (UtDataMap) again = load_map (fixture_get_run (store, 1), NULL, &error);

  g_assert_no_error (error);
  assert_same (map, again);
  fixture_close_store (&store);
}

static void
test_spread (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtDataset) all = read_rows (fixture, "a\t1\nout\t0\nb\t0\nout\t0\nout\t1\n");
  g_autoptr (UtDataset) list = read_rows (fixture, "out\t0\n");
  g_autoptr (UtDataset) other = read_rows (fixture, "a\t1\n");
  g_autoptr (UtDataset) same_size = read_rows (fixture, "a\t1\nb\t0\n");
  g_autoptr (UtDataset) kept = read_rows (fixture, "a\t1\nb\t0\nout\t1\n");
  g_autoptr (UtDataMap) map = make_small_map (ut_dataset_get_hash (kept));
  g_autoptr (UtDataMap) spread = ut_data_map_spread (map, all, list);
  gsize n_rows;

  g_test_summary ("The map of a run that left rows out tells of the rows of the file, but for "
                  "those, and of no other file nor list");

  g_assert_nonnull (spread);
  g_assert_true (ut_data_map_matches (spread, all));
  g_assert_cmpuint (ut_data_map_get_n_rows (spread), ==, 5);
  g_assert_cmpuint (ut_data_map_get_n_left_out (spread), ==, 2);
  g_assert_cmpuint (ut_data_map_get_n_left_out (map), ==, 0);
  g_assert_cmpuint (ut_data_map_get_n_epochs (spread), ==, 2);
  g_assert_cmpfloat ((double) ut_data_map_get_confidence (spread)[0], ==, 0.25);
  g_assert_cmpfloat ((double) ut_data_map_get_variability (spread)[0], ==, 0.125);
  g_assert_cmpfloat ((double) ut_data_map_get_correctness (spread)[0], ==, 0.5);
  g_assert_cmpfloat ((double) ut_data_map_get_confidence (spread)[2], ==, 1);
  for (gsize row = 1; row < 5; row++)
    {
      if (row != 2)
        g_assert_true (isnan (ut_data_map_get_confidence (spread)[row]));
    }

  /* A third of three rows, not of five. */
  g_autofree guint32 *hardest = ut_data_map_find_hardest (spread, 1 / 3.0, &n_rows);

  g_assert_cmpuint (n_rows, ==, 1);
  g_assert_cmpuint (hardest[0], ==, 0);

  g_assert_null (ut_data_map_spread (map, all, other));
  g_assert_null (ut_data_map_spread (map, all, same_size));
  g_assert_null (ut_data_map_spread (map, all, all));
}

static void
assert_no_map (UtRun      *run,
               UtDataset  *train,
               const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load_map (run, train, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_run_left_out (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 1);
  g_autoptr (UtRunStore) store = fixture_open_store (fixture);
  g_autofree char *path = fixture_path (fixture, "list.tsv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  static const guint32 rows[] = { 3, 5 };
  g_autoptr (GError) error = NULL;

  g_test_summary ("A run that left rows out has a map of the whole file as long as its list is what "
                  "it was, and says so when it is not");

  g_autoptr (UtCorpus) corpus = ut_corpus_read (base, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  UtDataset *train = ut_corpus_get_train (corpus);

  g_assert_true (ut_dataset_write (train, rows, G_N_ELEMENTS (rows), file, NULL, &error));
  ut_config_builder_set_exclude (builder, path);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);

  UtRun *whole = ut_run_store_add (store, base, NULL, &error);
  UtRun *run = ut_run_store_add (store, config, NULL, &error);

  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);

  g_autoptr (UtDataMap) own = load_map (run, NULL, &error);
  g_autoptr (UtDataMap) map = load_map (run, train, &error);

  g_assert_no_error (error);
  g_assert_true (ut_data_map_matches (map, train));
  g_assert_cmpuint (ut_data_map_get_n_rows (map), ==, FIXTURE_N_TRAIN);
  g_assert_cmpuint (ut_data_map_get_n_left_out (map), >=, G_N_ELEMENTS (rows));
  g_assert_cmpuint (ut_data_map_get_n_rows (own), ==,
                    FIXTURE_N_TRAIN - ut_data_map_get_n_left_out (map));
  g_assert_true (isnan (ut_data_map_get_confidence (map)[3]));
  g_assert_true (isnan (ut_data_map_get_confidence (map)[5]));
  g_assert_cmpfloat ((double) ut_data_map_get_confidence (map)[0], ==,
                     (double) ut_data_map_get_confidence (own)[0]);

  g_test_message ("Another list, a damaged one, none");
  g_assert_true (ut_dataset_write (train, rows, 1, file, NULL, &error));
  assert_no_map (run, train, "list.tsv had. The file or the training rows have changed since");
  g_assert_true (g_file_set_contents (path, "sentence\tlabel\nx\t7\n", -1, NULL));
  assert_no_map (run, train, "cannot be read any more: ");
  g_assert_true (g_file_delete (file, NULL, &error));
  assert_no_map (run, train, "list.tsv had. The file is gone");

  g_autoptr (UtDataset) other = read_rows (fixture, "a\t1\nb\t0\n");

  assert_no_map (whole, other, "These are not the rows that the run was trained on");
  fixture_close_store (&store);
}

#define ADD(path, data, function) \
  g_test_add ("/data-map/" path, Fixture, data, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("numbers", NULL, test_numbers);
  ADD ("many-epochs", NULL, test_many_epochs);
  ADD ("file", NULL, test_file);
  ADD ("hostile", NULL, test_hostile);
  ADD ("training", NULL, test_training);
  ADD ("as-coded", NULL, test_as_coded);
  ADD ("flipped/lstm", GINT_TO_POINTER (UT_CELL_LSTM), test_flipped);
  ADD ("flipped/bag", GINT_TO_POINTER (UT_CELL_BAG), test_flipped);
  ADD ("leave-out", NULL, test_leave_out);
  ADD ("run", NULL, test_run);
  ADD ("spread", NULL, test_spread);
  ADD ("run-left-out", NULL, test_run_left_out);

  return g_test_run ();
}
