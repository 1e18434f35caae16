/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-run-database-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A mean of losses in double, from logits that are kept in single precision. */
#define LOSS_TOLERANCE 1e-6

typedef struct
{
  Fixture base;
  UtRunStore *store;
} StoreFixture;

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  fixture_set_up (&fixture->base, NULL);
  fixture->store = fixture_open_store (&fixture->base);
  fixture_load_store (fixture->store);
}

static void
tear_down (StoreFixture  *fixture,
           gconstpointer  data)
{
  fixture_close_store (&fixture->store);
  fixture_tear_down (&fixture->base, NULL);
}

static UtRun *
train (StoreFixture *fixture,
       UtConfig     *config)
{
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  return run;
}

static UtRun *
train_cell (StoreFixture *fixture,
            UtCellKind    cell)
{
  g_autoptr (UtConfig) config = fixture_config (&fixture->base, cell, 2);

  return train (fixture, config);
}

static UtAnswers *
get_answers (UtRun   *run,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ut_run_get_answers_async (run, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);

  return ut_run_get_answers_finish (run, result, error);
}

static double
get_mean_loss (UtAnswers *answers)
{
  gsize n_rows = ut_answers_get_n_rows (answers);
  double sum = 0;

  for (gsize row = 0; row < n_rows; row++)
    sum += ut_answers_get_loss (answers, row);

  return sum / (double) n_rows;
}

static double
get_accuracy (UtAnswers *answers)
{
  return (double) ut_answers_get_n_right (answers) / (double) ut_answers_get_n_rows (answers);
}

static void
assert_refused (UtRun      *run,
                GQuark      domain,
                int         code,
                const char *names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) answers = get_answers (run, &error);

  g_assert_null (answers);
  g_assert_error (error, domain, code);
  if (names != NULL)
    g_assert_nonnull (strstr (error->message, names));
}

static void
test_of_run (StoreFixture  *fixture,
             gconstpointer  data)
{
  UtRun *run = train_cell (fixture, UT_CELL_GRU);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) answers = get_answers (run, &error);

  g_test_summary ("The answers of a run have the accuracy and the loss of its best epoch");

  g_assert_no_error (error);

  const UtEpoch *best = ut_run_get_best (run);
  UtDataset *dataset = ut_answers_get_dataset (answers);

  g_assert_cmpuint (ut_answers_get_n_rows (answers), ==, FIXTURE_N_DEV);
  g_assert_cmpuint (ut_run_get_n_development_rows (run), ==, FIXTURE_N_DEV);
  g_assert_cmpuint (ut_answers_get_epoch (answers), ==, best->epoch);
  g_assert_cmpstr (ut_dataset_get_hash (dataset), ==, ut_run_get_development (run));
  g_assert_cmpfloat (get_accuracy (answers), ==, best->val_accuracy);
  g_assert_cmpfloat_with_epsilon (get_mean_loss (answers), best->val_loss, LOSS_TOLERANCE);
  g_assert_true (ut_answers_has_probabilities (answers));
  for (gsize row = 0; row < FIXTURE_N_DEV; row++)
    {
      g_autofree char *text = ut_answers_dup_text (answers, row);
      g_auto (GStrv) words = g_strsplit (text, " ", -1);
      double probability = ut_answers_get_probability (answers, row);

      g_assert_cmpuint (ut_answers_get_label (answers, row), ==, row % 2);
      g_assert_cmpuint (ut_answers_get_n_words (answers, row), ==, g_strv_length (words));
      g_assert_cmpfloat (ut_answers_get_unknown_share (answers, row), ==, 0);
      g_assert_true (ut_answers_is_right (answers, row) == ((probability > 0.5) == (row % 2 == 1)));
      g_assert_cmpfloat_with_epsilon (ut_answers_get_loss (answers, row),
                                      -log (row % 2 == 1 ? probability : 1 - probability), 1e-9);
    }
}

static void
test_shared (StoreFixture  *fixture,
             gconstpointer  data)
{
  UtRun *runs[3];
  GAsyncResult *results[G_N_ELEMENTS (runs)] = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  UtAnswers *answers[G_N_ELEMENTS (runs)];

  g_test_summary ("Those who ask at once share the rows; one who gives up does not spoil it");

  runs[0] = train_cell (fixture, UT_CELL_RNN);
  runs[1] = train_cell (fixture, UT_CELL_LSTM);
  runs[2] = train_cell (fixture, UT_CELL_BAG);
  ut_run_get_answers_async (runs[0], cancellable, fixture_result_cb, &cancelled);
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    ut_run_get_answers_async (runs[i], NULL, fixture_result_cb, &results[i]);
  g_cancellable_cancel (cancellable);
  SPIN_UNTIL (cancelled != NULL && results[0] != NULL && results[1] != NULL && results[2] != NULL);

  g_assert_null (ut_run_get_answers_finish (runs[0], cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      answers[i] = ut_run_get_answers_finish (runs[i], results[i], &error);
      g_assert_no_error (error);
      g_assert_true (ut_answers_get_dataset (answers[i]) == ut_answers_get_dataset (answers[0]));
      g_assert_true (ut_answers_match (answers[i], answers[0]));
    }

  UtAgreement agreement = ut_answers_compare (answers[0], answers[1]);

  g_assert_cmpuint (agreement.n_both + agreement.n_first + agreement.n_second + agreement.n_neither,
                    ==, FIXTURE_N_DEV);
  g_assert_cmpuint (agreement.n_both + agreement.n_first, ==, ut_answers_get_n_right (answers[0]));
  g_assert_cmpuint (agreement.n_both + agreement.n_second, ==, ut_answers_get_n_right (answers[1]));
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      ut_answers_unref (answers[i]);
      g_object_unref (results[i]);
    }
}

static void
test_anew (StoreFixture  *fixture,
           gconstpointer  data)
{
  UtRun *run = train_cell (fixture, UT_CELL_GRU);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) kept = get_answers (run, &error);
  g_autofree char *path = fixture_path (&fixture->base, "runs.db");

  g_test_summary ("A run whose answers were not kept gives the same ones anew");

  g_assert_no_error (error);
  {
    g_autoptr (UtRunDatabase) database = _ut_run_database_open (path, &error);

    g_assert_no_error (error);
    g_assert_true (_ut_run_database_cut (database, ut_run_get_id (run), G_MAXINT64, 0, &error));
  }

  g_autoptr (UtAnswers) anew = get_answers (run, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_answers_get_epoch (anew), ==, ut_answers_get_epoch (kept));
  for (gsize row = 0; row < FIXTURE_N_DEV; row++)
    g_assert_cmpfloat_with_epsilon (ut_answers_get_logit (anew, row),
                                    ut_answers_get_logit (kept, row), 1e-5);
}

static void
test_as_coded (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (&fixture->base, UT_CELL_LSTM, 2);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_LOSS, 1);
  g_autoptr (GError) error = NULL;
  UtRun *run = train (fixture, config);
  g_autoptr (UtAnswers) answers = get_answers (run, &error);

  g_test_summary ("As the notebook's code runs there are answers, but no probabilities");

  g_assert_no_error (error);
  g_assert_false (ut_answers_has_probabilities (answers));
  g_assert_cmpfloat (get_accuracy (answers), ==, ut_run_get_best (run)->val_accuracy);
  g_assert_true (isnan (ut_answers_get_probability (answers, 0)));
  g_assert_true (isnan (ut_answers_get_loss (answers, 0)));
}

static void
test_of_ensemble (StoreFixture  *fixture,
                  gconstpointer  data)
{
  UtRun *first = train_cell (fixture, UT_CELL_RNN);
  UtRun *second = train_cell (fixture, UT_CELL_GRU);
  g_autoptr (GPtrArray) members = ut_ensemble_list_shown (fixture->store);
  g_autoptr (GError) error = NULL;
  UtRun *ensemble = ut_run_store_add_ensemble (fixture->store, members, &error);

  g_test_summary ("An ensemble answers with the mean of what its members answered");

  g_assert_no_error (error);
  assert_refused (ensemble, UT_LAB_ERROR, UT_LAB_ERROR_RUN, NULL);
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);

  g_autoptr (UtAnswers) answers = get_answers (ensemble, &error);
  g_autoptr (UtAnswers) of_first = get_answers (first, NULL);
  g_autoptr (UtAnswers) of_second = get_answers (second, NULL);

  g_assert_no_error (error);
  g_assert_cmpfloat (get_accuracy (answers), ==, ut_run_get_evaluation (ensemble)->accuracy);
  g_assert_cmpuint (ut_answers_get_epoch (answers), ==, 0);
  for (gsize row = 0; row < FIXTURE_N_DEV; row++)
    g_assert_cmpfloat_with_epsilon (ut_answers_get_logit (answers, row),
                                    (ut_answers_get_logit (of_first, row)
                                     + ut_answers_get_logit (of_second, row)) / 2, 1e-5);
}

static void
test_changed (StoreFixture  *fixture,
              gconstpointer  data)
{
  UtRun *run = train_cell (fixture, UT_CELL_BAG);
  g_autofree char *path = fixture_write (&fixture->base, "dev.tsv",
                                         "sentence\tlabel\nother rows \t1\nthan those \t0\n", -1);

  g_test_summary ("Rows that changed, or are gone, are told by the name of their file");

  assert_refused (run, UT_LAB_ERROR, UT_LAB_ERROR_DATA, path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_refused (run, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "dev.tsv");
}

static void
test_without_training_rows (StoreFixture  *fixture,
                            gconstpointer  data)
{
  UtRun *run = train_cell (fixture, UT_CELL_BAG);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Without the training rows only what is unknown is not known");

  g_assert_cmpint (g_unlink (fixture->base.train_path), ==, 0);

  g_autoptr (UtAnswers) answers = get_answers (run, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (get_accuracy (answers), ==, ut_run_get_best (run)->val_accuracy);
  g_assert_true (isnan (ut_answers_get_unknown_share (answers, 0)));
  g_assert_null (ut_slices_new (answers, UT_SLICE_UNKNOWN, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA);
}

static void
test_held_out (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (&fixture->base, UT_CELL_BAG, 2);
  g_autoptr (GError) error = NULL;
  UtRun *runs[3];

  g_test_summary ("Rows held out of the training file are found again, by seed");

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      UtConfigBuilder *builder = ut_config_builder_new (base);

      ut_config_builder_set_files (builder, fixture->base.train_path, NULL);
      ut_config_builder_set_number (builder, UT_SETTING_SEED, i < 2 ? 1 : 2);
      ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, i == 1 ? 1 : 2);

      g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

      g_assert_no_error (error);
      runs[i] = train (fixture, config);
    }

  g_autoptr (UtAnswers) first = get_answers (runs[0], &error);
  g_autoptr (UtAnswers) same = get_answers (runs[1], &error);
  g_autoptr (UtAnswers) other = get_answers (runs[2], &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_answers_get_n_rows (first), ==, FIXTURE_N_TRAIN / 10);
  g_assert_cmpfloat (get_accuracy (first), ==, ut_run_get_best (runs[0])->val_accuracy);
  g_assert_cmpfloat (get_accuracy (other), ==, ut_run_get_best (runs[2])->val_accuracy);
  g_assert_true (ut_answers_get_dataset (first) == ut_answers_get_dataset (same));
  g_assert_false (ut_answers_match (first, other));
}

static void
test_none (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (&fixture->base, UT_CELL_GRU, 2);
  g_autoptr (UtConfig) long_config = fixture_config_with (base, UT_SETTING_EPOCHS, 1000);
  g_autoptr (GError) error = NULL;
  UtRun *trained = train_cell (fixture, UT_CELL_BAG);
  g_autoptr (UtModel) model = fixture_load_model (trained, &error);
  UtRun *opened = ut_run_store_add_model (fixture->store, model, "opened");
  UtRun *run = ut_run_store_add (fixture->store, long_config, NULL, &error);
  UtRun *queued = ut_run_store_add (fixture->store, base, NULL, &error);

  g_test_summary ("Who was not checked has no answers, and it is said why");

  g_assert_no_error (error);
  assert_refused (opened, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "opened from a file");
  assert_refused (queued, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "not checked on any rows");
  /* It has not read its rows. */
  ut_run_set_paused (run, TRUE);
  assert_refused (run, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "its first epoch has ended");
  ut_run_stop (run);
  ut_run_stop (run);
  SPIN_UNTIL (!ut_run_is_active (run));
  if (ut_run_get_best (run) == NULL)
    assert_refused (run, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "not checked on any rows");
  SPIN_UNTIL (ut_run_get_state (queued) == UT_RUN_FINISHED);
}

static void
test_while_training (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (&fixture->base, UT_CELL_GRU, 2);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_EPOCHS, 1000);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_test_summary ("A run that still trains answers as its best epoch so far did");

  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_get_best (run) != NULL);
  ut_run_set_paused (run, TRUE);
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_PAUSED);

  g_autoptr (UtAnswers) answers = get_answers (run, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_answers_get_n_rows (answers), ==, FIXTURE_N_DEV);
  ut_run_stop (run);
  SPIN_UNTIL (!ut_run_is_active (run));
}

static void
test_of_earlier_version (StoreFixture  *fixture,
                         gconstpointer  data)
{
  UtRun *run = train_cell (fixture, UT_CELL_GRU);
  g_autofree char *path = fixture_path (&fixture->base, "handed-over");
  g_autofree char *description = g_build_filename (path, "config.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) exported = NULL;
  g_autoptr (GAsyncResult) imported = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) answers = get_answers (run, NULL);

  g_test_summary ("Which rows a run of an earlier version was checked on, its model says");

  ut_run_store_export_async (fixture->store, run, folder, NULL, fixture_result_cb, &exported);
  SPIN_UNTIL (exported != NULL);
  ut_run_store_export_finish (fixture->store, exported, &error);
  g_assert_no_error (error);
  g_file_get_contents (description, &text, NULL, &error);
  g_assert_no_error (error);

  g_autoptr (GString) earlier = g_string_new (text);

  g_assert_cmpuint (g_string_replace (earlier, "\"dev_hash\":", "\"other\":", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (earlier, "\"weights\":", "\"another\":", 0), ==, 1);
  g_file_set_contents (description, earlier->str, -1, &error);
  g_assert_no_error (error);
  ut_run_store_import_async (fixture->store, folder, NULL, fixture_result_cb, &imported);
  SPIN_UNTIL (imported != NULL);

  UtRun *same = ut_run_store_import_finish (fixture->store, imported, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ut_run_get_development (same), ==, ut_run_get_development (run));
  g_assert_cmpuint (ut_run_get_n_development_rows (same), ==, FIXTURE_N_DEV);
  g_assert_cmpuint (ut_run_get_n_weights (same), ==, ut_run_get_n_weights (run));
  g_assert_cmpuint (ut_run_get_n_weights (same), >, 0);

  g_autoptr (UtAnswers) anew = get_answers (same, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_answers_get_n_right (anew), ==, ut_answers_get_n_right (answers));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/lab/answers/" path, StoreFixture, NULL, set_up, function, tear_down)
  ADD ("of-run", test_of_run);
  ADD ("shared", test_shared);
  ADD ("anew", test_anew);
  ADD ("as-coded", test_as_coded);
  ADD ("of-ensemble", test_of_ensemble);
  ADD ("changed", test_changed);
  ADD ("without-training-rows", test_without_training_rows);
  ADD ("held-out", test_held_out);
  ADD ("none", test_none);
  ADD ("while-training", test_while_training);
  ADD ("of-earlier-version", test_of_earlier_version);
#undef ADD

  return g_test_run ();
}
