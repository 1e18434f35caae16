/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-database-private.h"
#include "ut-run-store-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* "UtRn" */
#define DATABASE_ID 0x5574526e

/* Of the fixture's development rows, so many are labelled wrong: nobody may be sure of them. */
#define WRONG_FROM 30

typedef struct
{
  Fixture base;
  UtRunStore *store;
} StoreFixture;

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  g_autofree char *contents = NULL;

  fixture_set_up (&fixture->base, NULL);
  g_assert_true (g_file_get_contents (fixture->base.dev_path, &contents, NULL, NULL));

  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);

  for (guint i = WRONG_FROM; i < FIXTURE_N_DEV; i++)
    {
      char *label = lines[i + 1] + strlen (lines[i + 1]) - 1;

      *label = *label == '0' ? '1' : '0';
    }

  g_autofree char *wrong = g_strjoinv ("\n", lines);

  g_assert_true (g_file_set_contents (fixture->base.dev_path, wrong, -1, NULL));
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

static void
reopen (StoreFixture *fixture)
{
  fixture_close_store (&fixture->store);
  fixture->store = fixture_open_store (&fixture->base);
}

static void
wait_for_end (StoreFixture *fixture,
              UtRun        *run)
{
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  g_assert_cmpstr (ut_run_get_failure (run), ==, NULL);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
}

static UtRun *
add (StoreFixture *fixture,
     guint         n_epochs)
{
  g_autoptr (UtConfig) config = fixture_config (&fixture->base, UT_CELL_LSTM, n_epochs);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_assert_no_error (error);
  wait_for_end (fixture, run);
  return run;
}

static gboolean
calibrate (StoreFixture   *fixture,
           UtRun          *run,
           UtCalibrating  *calibrating,
           GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ut_run_store_calibrate_async (fixture->store, run, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  return ut_run_store_calibrate_finish (fixture->store, result, calibrating, error);
}

static void
uncalibrate (StoreFixture *fixture,
             UtRun        *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ut_run_store_uncalibrate_async (fixture->store, run, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  ut_run_store_calibrate_finish (fixture->store, result, NULL, &error);
  g_assert_no_error (error);
}

static void
calibrate_well (StoreFixture *fixture,
                UtRun        *run)
{
  g_autoptr (GError) error = NULL;
  UtCalibrating found;

  calibrate (fixture, run, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found.kind, ==, UT_TEMPERATURE_FOUND);
}

static UtAnswers *
get_answers (UtRun *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ut_run_get_answers_async (run, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);

  UtAnswers *answers = ut_run_get_answers_finish (run, result, &error);

  g_assert_no_error (error);
  return answers;
}

/* What the file says, NaN where it says nothing. */
static double
read_temperature (UtRun *run)
{
  g_autoptr (GFile) file = ut_run_dup_model_file (run);
  g_autoptr (GError) error = NULL;
  gboolean is_of_rows;
  double temperature;

  ut_model_read_temperature (file, ut_run_get_development (run), &temperature, &is_of_rows, NULL,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpint (is_of_rows, ==, !isnan (temperature));
  return temperature;
}

static GBytes *
read_file (UtRun      *run,
           const char *name)
{
  g_autoptr (GFile) model = ut_run_dup_model_file (run);
  g_autoptr (GFile) folder = g_file_get_parent (model);
  g_autoptr (GFile) file = g_file_get_child (folder, name);

  return g_file_load_bytes (file, NULL, NULL, NULL);
}

static GBytes *
read_model (UtRun *run)
{
  return read_file (run, "model.safetensors");
}

static void
count_cb (UtRun *run,
          guint *n)
{
  (*n)++;
}

static void
test_store (StoreFixture  *fixture,
            gconstpointer  data)
{
  UtRun *run = add (fixture, 4);
  g_autoptr (GBytes) plain = read_model (run);
  g_autoptr (UtAnswers) answers = get_answers (run);
  gsize n_rows = ut_answers_get_n_rows (answers);
  g_autofree float *logits = g_new (float, n_rows);
  const guint8 *labels = ut_dataset_get_labels (ut_answers_get_dataset (answers));
  UtTemperatureKind kind;
  UtCalibrating found;
  g_autoptr (GError) error = NULL;
  guint n_progressed = 0;

  g_test_summary ("The temperature is that of the answers that are kept; it stands in the model's file, and "
                  "taken away it leaves no trace");

  for (gsize i = 0; i < n_rows; i++)
    logits[i] = (float) ut_answers_get_logit (answers, i);
  g_signal_connect (run, "progressed", G_CALLBACK (count_cb), &n_progressed);
  g_assert_true (isnan (read_temperature (run)));

  g_assert_true (calibrate (fixture, run, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_progressed, >, 0);
  g_assert_cmpint (found.kind, ==, UT_TEMPERATURE_FOUND);
  g_assert_cmpfloat (found.calibration.temperature, >, 1);
  g_assert_cmpfloat (found.calibration.temperature, ==,
                     ut_temperature_fit (logits, labels, n_rows, &kind));
  g_assert_cmpfloat (found.after.error, <, found.before.error);
  g_assert_cmpstr (found.calibration.data_hash, ==, ut_run_get_development (run));
  g_assert_cmpfloat (read_temperature (run), ==, found.calibration.temperature);

  g_autoptr (UtModel) model = fixture_load_model (run, &error);
  g_autoptr (UtAnswers) same = get_answers (run);
  g_autoptr (GBytes) calibrated = read_model (run);

  g_assert_no_error (error);
  g_assert_cmpfloat (ut_model_get_probability (model, 2), ==,
                     ut_nn_sigmoid (2 / found.calibration.temperature));
  g_assert_cmpfloat (ut_answers_get_logit (same, 0), ==, ut_answers_get_logit (answers, 0));
  g_assert_false (g_bytes_equal (calibrated, plain));

  g_test_message ("once more it is the same");
  calibrate_well (fixture, run);

  g_autoptr (GBytes) twice = read_model (run);

  g_assert_true (g_bytes_equal (twice, calibrated));
  uncalibrate (fixture, run);

  g_autoptr (GBytes) bare = read_model (run);

  g_assert_true (g_bytes_equal (bare, plain));
  g_assert_true (isnan (read_temperature (run)));
}

static void
test_other_program (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (UtRunStore) other = fixture_open_store (&fixture->base);
  UtRun *run = add (fixture, 3);
  guint n_progressed = 0;

  g_test_summary ("Another program that has the run in its list is told");

  fixture_load_store (other);

  UtRun *same = fixture_get_run (other, 0);

  g_signal_connect (same, "progressed", G_CALLBACK (count_cb), &n_progressed);
  calibrate_well (fixture, run);
  SPIN_UNTIL (n_progressed > 0);
  g_assert_cmpfloat (read_temperature (same), >, 1);
  g_assert_false (ut_run_is_elsewhere (same));
  ut_run_store_close (other);
}

static void
train_further (StoreFixture *fixture,
               UtRun        *run,
               guint         n_epochs)
{
  g_autoptr (GError) error = NULL;

  ut_run_store_train_further (fixture->store, run, n_epochs, &error);
  g_assert_no_error (error);
  wait_for_end (fixture, run);
}

/* As @run, which it is the same as. */
static void
train_both_further (StoreFixture *fixture,
                    UtRun        *run,
                    UtRun        *twin,
                    guint         n_epochs)
{
  train_further (fixture, run, n_epochs);
  train_further (fixture, twin, n_epochs);

  g_autoptr (GBytes) model = read_model (run);
  g_autoptr (GBytes) expected = read_model (twin);

  g_assert_true (isnan (read_temperature (run)));
  g_assert_true (g_bytes_equal (model, expected));
}

static void
test_best_is_last (StoreFixture  *fixture,
                   gconstpointer  data)
{
  UtRun *run = add (fixture, 1);
  UtRun *twin = add (fixture, 1);

  g_test_summary ("A run that goes on from its best epoch leaves the model that it leaves without a "
                  "calibration");

  calibrate_well (fixture, run);
  g_assert_cmpfloat (read_temperature (run), >, 0);
  train_both_further (fixture, run, twin, 2);
}

static void
test_best_is_earlier (StoreFixture  *fixture,
                      gconstpointer  data)
{
  UtRun *run = add (fixture, 8);
  UtRun *twin = add (fixture, 8);
  g_autoptr (GFile) file = ut_run_dup_model_file (run);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) best = g_file_get_child (folder, "state.safetensors.best");

  g_test_summary ("Likewise from an epoch after the best one, whose model is read back from its calibrated "
                  "file, without help of the best state");

  calibrate_well (fixture, run);
  g_assert_true (g_file_delete (best, NULL, NULL));
  train_both_further (fixture, run, twin, 9);
  g_assert_cmpuint (ut_run_get_best (run)->epoch, <, 8);
}

static void
test_reproduce (StoreFixture  *fixture,
                gconstpointer  data)
{
  UtRun *run = add (fixture, 2);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A run that was calibrated and is repeated came out the same");

  calibrate_well (fixture, run);

  UtRun *again = ut_run_store_reproduce (fixture->store, run, &error);

  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_get_reproduction (again) != NULL);
  g_assert_cmpstr (ut_run_get_reproduction (again), ==, "Identical to LSTM 1 to the last bit.");
  g_assert_true (isnan (read_temperature (again)));
}

static void
test_hand_over (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = fixture_path (&fixture->base, "handed-over");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) exported = NULL;
  g_autoptr (GAsyncResult) imported = NULL;
  g_autoptr (GError) error = NULL;
  UtRun *run = add (fixture, 3);

  g_test_summary ("The temperature goes with the run, to somebody else and through a repair");

  calibrate_well (fixture, run);

  double temperature = read_temperature (run);

  ut_run_store_export_async (fixture->store, run, folder, NULL, fixture_result_cb, &exported);
  SPIN_UNTIL (exported != NULL);
  g_assert_true (ut_run_store_export_finish (fixture->store, exported, &error));
  ut_run_store_import_async (fixture->store, folder, NULL, fixture_result_cb, &imported);
  SPIN_UNTIL (imported != NULL);

  UtRun *same = ut_run_store_import_finish (fixture->store, imported, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (read_temperature (same), ==, temperature);
  g_assert_true (ut_run_check_calibration (same, &error));
  train_further (fixture, same, 4);
  g_assert_true (isnan (read_temperature (same)) || ut_run_get_best (same)->epoch < 4);

  /* As if the list of runs were damaged. */
  g_autofree char *id = g_strdup (ut_run_get_id (run));

  g_clear_object (&exported);
  g_clear_object (&imported);
  reopen (fixture);
  g_assert_true (ut_run_store_set_aside (fixture->store, &error));
  g_assert_no_error (error);
  fixture_load_store (fixture->store);
  run = _ut_run_store_find (fixture->store, id);
  g_assert_nonnull (run);
  g_assert_cmpfloat (read_temperature (run), ==, temperature);
  train_further (fixture, run, 4);
}

static void
assert_refused (StoreFixture *fixture,
                UtRun        *run,
                const char   *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;

  g_assert_false (ut_run_check_calibration (run, &told));
  g_assert_false (calibrate (fixture, run, NULL, &error));
  g_assert_cmpstr (error->message, ==, told->message);
  g_assert_nonnull (strstr (told->message, message));
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  UtRun *first = add (fixture, 2);
  g_autoptr (UtConfig) long_config = fixture_config (&fixture->base, UT_CELL_GRU, 1000);
  g_autoptr (UtConfig) coded = fixture_config_with (ut_run_get_config (first),
                                                    UT_SETTING_STATE_ALONG, 1);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, long_config, NULL, &error);
  UtRun *queued = ut_run_store_add (fixture->store, coded, NULL, &error);

  g_test_summary ("What trains or waits is calibrated when it has ended; what has no probabilities, never");

  g_assert_no_error (error);
  assert_refused (fixture, run, "when it has ended");
  SPIN_UNTIL (ut_run_get_best (run) != NULL);
  assert_refused (fixture, run, "when it has ended");
  assert_refused (fixture, queued, "notebook’s code");
  ut_run_stop (run);
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  assert_refused (fixture, queued, "notebook’s code");

  g_autoptr (UtModel) model = fixture_load_model (first, &error);
  UtRun *opened = ut_run_store_add_model (fixture->store, model, "opened");

  assert_refused (fixture, opened, "only opened");

  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  g_ptr_array_add (members, first);
  g_ptr_array_add (members, run);

  UtRun *ensemble = ut_run_store_add_ensemble (fixture->store, members, &error);

  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  g_assert_null (ut_run_dup_model_file (ensemble));
  assert_refused (fixture, ensemble, "An ensemble");

  g_test_message ("a run that was stopped can be");
  calibrate_well (fixture, run);
}

static void
test_owned (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char * const steps[] = { "", "", NULL };
  static const UtDatabaseSchema schema = { DATABASE_ID, steps };
  g_autofree char *path = fixture_path (&fixture->base, "runs.db");
  UtRun *run = add (fixture, 2);
  g_autoptr (GBytes) before = read_model (run);
  g_autoptr (GError) error = NULL;
  UtDatabase *raw = _ut_database_open (path, &schema, NULL, &error);

  g_test_summary ("A run that another program has begun to train is left alone, also before that is seen here");

  g_assert_no_error (error);
  g_assert_true (_ut_database_run (raw, &error, "UPDATE runs SET owner = 'elsewhere/x 1 1', beat = ?",
                                   "i", g_get_real_time ()));
  g_assert_false (calibrate (fixture, run, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  _ut_database_free (raw);

  g_autoptr (GBytes) after = read_model (run);

  g_assert_true (g_bytes_equal (before, after));
}

static void
test_damaged (StoreFixture  *fixture,
              gconstpointer  data)
{
  UtRun *run = add (fixture, 2);
  g_autoptr (GFile) file = ut_run_dup_model_file (run);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A model that cannot be read is said");

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "half", -1, NULL));
  g_assert_false (calibrate (fixture, run, NULL, &error));
  g_assert_nonnull (strstr (error->message, g_file_peek_path (file)));
  g_clear_error (&error);

  g_unlink (g_file_peek_path (file));
  g_assert_false (calibrate (fixture, run, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(path, function) \
  g_test_add ("/run-calibration/" path, StoreFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("store", test_store);
  ADD ("other-program", test_other_program);
  ADD ("best-is-last", test_best_is_last);
  ADD ("best-is-earlier", test_best_is_earlier);
  ADD ("reproduce", test_reproduce);
  ADD ("hand-over", test_hand_over);
  ADD ("refused", test_refused);
  ADD ("owned", test_owned);
  ADD ("damaged", test_damaged);

  return g_test_run ();
}
