/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-database-private.h"
#include "ut-run-place-private.h"
#include "ut-run-store-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* "UtRn" */
#define DATABASE_ID 0x5574526e

typedef struct
{
  Fixture base;
  UtRunStore *store;
  guint n_ended;
  UtRun *last_ended; /* (unowned) */
} StoreFixture;

static void
ended_cb (UtRunStore   *store,
          UtRun        *run,
          StoreFixture *fixture)
{
  fixture->n_ended++;
  fixture->last_ended = run;
}

static UtRunStore *
open_store (StoreFixture *fixture)
{
  UtRunStore *store = fixture_open_store (&fixture->base);

  g_signal_connect (store, "run-ended", G_CALLBACK (ended_cb), fixture);
  return store;
}

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  fixture_set_up (&fixture->base, NULL);
  fixture->store = open_store (fixture);
}

static void
tear_down (StoreFixture  *fixture,
           gconstpointer  data)
{
  if (fixture->store != NULL)
    fixture_close_store (&fixture->store);
  fixture_tear_down (&fixture->base, NULL);
}

static UtRun *
add (StoreFixture *fixture,
     UtCellKind    cell,
     guint         n_epochs)
{
  g_autoptr (UtConfig) config = fixture_config (&fixture->base, cell, n_epochs);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static char *
run_path (StoreFixture *fixture,
          const char   *id,
          const char   *name)
{
  return g_build_filename (fixture->base.directory, "runs", id, name, NULL);
}

static void
test_empty (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_test_summary ("At the first start there is no folder, and no error");

  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
  g_assert_null (ut_run_store_get_active (fixture->store));
}

static void
test_queue (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_test_summary ("Runs are named by counting, train one after another, newest first in the list");

  UtRun *first = add (fixture, UT_CELL_GRU, 2);
  UtRun *second = add (fixture, UT_CELL_GRU, 1);
  UtRun *third = add (fixture, UT_CELL_RNN, 1);

  g_assert_cmpstr (ut_run_get_name (first), ==, "GRU 1");
  g_assert_cmpstr (ut_run_get_name (second), ==, "GRU 2");
  g_assert_cmpstr (ut_run_get_name (third), ==, "RNN 1");
  g_assert_true (fixture_get_run (fixture->store, 0) == third);
  g_assert_true (fixture_get_run (fixture->store, 2) == first);
  g_assert_true (ut_run_store_get_active (fixture->store) == first);
  g_assert_true (ut_run_is_active (first));
  g_assert_cmpint (ut_run_get_state (second), ==, UT_RUN_QUEUED);
  g_assert_cmpuint (ut_run_get_queue_position (second), ==, 1);
  g_assert_cmpuint (ut_run_get_queue_position (third), ==, 2);
  g_assert_cmpuint (ut_run_get_style (first), ==, 0);
  g_assert_cmpuint (ut_run_get_style (second), ==, 1);
  g_assert_cmpuint (ut_run_get_style (third), ==, 2);

  ut_run_store_start_now (fixture->store, third);
  g_assert_cmpuint (ut_run_get_queue_position (third), ==, 1);
  g_assert_cmpuint (ut_run_get_queue_position (second), ==, 2);
  g_assert_false (ut_run_store_remove (fixture->store, first));

  SPIN_UNTIL (fixture->n_ended == 3);
  g_assert_true (fixture->last_ended == second);
  for (guint i = 0; i < 3; i++)
    {
      UtRun *run = fixture_get_run (fixture->store, i);
      guint8 label;

      g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
      g_assert_nonnull (ut_run_get_best (run));
      g_assert_cmpfloat (ut_run_get_majority (run, &label), ==, 0.5);
      g_assert_cmpuint (ut_run_get_queue_position (run), ==, 0);
    }
  g_assert_null (ut_run_store_get_active (fixture->store));
}

static void
test_reload (StoreFixture  *fixture,
             gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_LSTM, 3);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Another start finds the run with its name, points, epochs and model");

  SPIN_UNTIL (fixture->n_ended == 1);
  ut_run_set_name (run, "Mein „Lauf“");
  ut_run_set_shown (run, FALSE);

  g_autofree char *id = g_strdup (ut_run_get_id (run));
  gsize n_points, n_epochs, n_same_points, n_same_epochs;
  const UtPoint *points = ut_run_get_points (run, &n_points);
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
  g_autofree UtPoint *points_copy = g_memdup2 (points, n_points * sizeof *points);
  g_autofree UtEpoch *epochs_copy = g_memdup2 (epochs, n_epochs * sizeof *epochs);
  g_autoptr (UtConfig) config = ut_config_ref (ut_run_get_config (run));
  static const char * const tags[] = { " good ", "", "good", "zwei Worte", NULL };

  ut_run_set_tags (run, tags);
  ut_run_set_note (run, "A note\nof two lines");
  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);

  UtRun *same = fixture_get_run (fixture->store, 0);
  g_autofree char *database_path = fixture_path (&fixture->base, "runs.db");
  g_autoptr (UtRunDatabase) database = _ut_run_database_open (database_path, &error);
  guint answers_epoch;
  gsize n_answers;
  g_autofree float *answers = _ut_run_database_read_answers (database, id, &answers_epoch, &n_answers,
                                                             &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_answers, ==, _ut_run_get_record (same)->dev_rows);
  g_assert_cmpuint (answers_epoch, ==, ut_run_get_best (same)->epoch);
  g_assert_cmpstr (ut_run_get_id (same), ==, id);
  g_assert_cmpstr (ut_run_get_name (same), ==, "Mein „Lauf“");
  g_assert_false (ut_run_get_shown (same));
  g_assert_cmpint (ut_run_get_state (same), ==, UT_RUN_FINISHED);
  g_assert_null (ut_run_get_failure (same));
  g_assert_true (ut_config_equal (ut_run_get_config (same), config));
  g_assert_cmpfloat (ut_run_get_progress (same)->fraction, ==, 1);

  g_assert_cmpuint (g_strv_length ((char **) ut_run_get_tags (same)), ==, 2);
  g_assert_cmpstr (ut_run_get_tags (same)[0], ==, "good");
  g_assert_cmpstr (ut_run_get_tags (same)[1], ==, "zwei Worte");
  g_assert_cmpstr (ut_run_get_note (same), ==, "A note\nof two lines");

  /* Hidden, its points are read when somebody asks for them. */
  ut_run_get_points (same, &n_same_points);
  g_assert_cmpuint (n_same_points, ==, 0);
  ut_run_store_read_points (fixture->store, same);
  SPIN_UNTIL (ut_run_get_points (same, &n_same_points) != NULL && n_same_points > 0);

  const UtPoint *same_points = ut_run_get_points (same, &n_same_points);
  const UtEpoch *same_epochs = ut_run_get_epochs (same, &n_same_epochs);

  g_assert_cmpuint (n_same_points, ==, n_points);
  for (gsize i = 0; i < n_points; i++)
    {
      g_assert_cmpuint (same_points[i].step, ==, points_copy[i].step);
      g_assert_cmpuint (same_points[i].epoch, ==, points_copy[i].epoch);
      g_assert_cmpfloat (same_points[i].loss, ==, points_copy[i].loss);
      g_assert_cmpfloat (same_points[i].accuracy, ==, points_copy[i].accuracy);
    }
  g_assert_cmpuint (n_same_epochs, ==, n_epochs);
  for (gsize i = 0; i < n_epochs; i++)
    {
      g_assert_cmpuint (same_epochs[i].step, ==, epochs_copy[i].step);
      g_assert_cmpfloat (same_epochs[i].val_loss, ==, epochs_copy[i].val_loss);
      g_assert_cmpfloat (same_epochs[i].val_accuracy, ==, epochs_copy[i].val_accuracy);
      g_assert_cmpfloat (same_epochs[i].steps_per_second, ==, epochs_copy[i].steps_per_second);
    }

  g_autoptr (UtModel) model = fixture_load_model (same, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);

  /* The next one of the cell counts on, with a colour of its own. */
  ut_run_set_name (same, "LSTM 7");

  UtRun *next = add (fixture, UT_CELL_LSTM, 1);

  g_assert_cmpstr (ut_run_get_name (next), ==, "LSTM 8");
  g_assert_cmpuint (ut_run_get_style (next), !=, ut_run_get_style (same));
  g_assert_true (fixture_get_run (fixture->store, 0) == next);
  SPIN_UNTIL (fixture->n_ended == 2);
}

static void
write_run (StoreFixture *fixture,
           const char   *id,
           const char   *config,
           const char   *log)
{
  g_autofree char *folder = run_path (fixture, id, NULL);
  g_autofree char *config_path = run_path (fixture, id, "config.json");
  g_autofree char *log_path = run_path (fixture, id, "log.jsonl");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (config != NULL)
    g_file_set_contents (config_path, config, -1, &error);
  g_assert_no_error (error);
  if (log != NULL)
    g_file_set_contents (log_path, log, -1, &error);
  g_assert_no_error (error);
}

#define STEP(n) "{\"event\":\"step\",\"step\":" n ",\"epoch\":1,\"loss\":0.5,\"accuracy\":0.5}\n"

static GAsyncResult *
test_run (UtRun *run,
          GFile *file)
{
  GAsyncResult *result = NULL;

  ut_run_test_async (run, file, NULL, fixture_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return result;
}

static void
test_test (StoreFixture  *fixture,
           gconstpointer  data)
{
  static const char rows[] = "sentence\tlabel\ngood\t1\nbad\t0\nan odd one\t1\n";
  g_autofree char *path = fixture_write (&fixture->base, "test.tsv", rows, -1);
  g_autofree char *missing_path = fixture_path (&fixture->base, "missing.tsv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path (missing_path);
  UtRun *run = add (fixture, UT_CELL_RNN, 1);
  g_autoptr (GAsyncResult) early = test_run (run, file);
  g_autoptr (GError) error = NULL;
  gint64 date, later;

  g_test_summary ("A run that has ended is tested once, and keeps the result and its date");

  g_assert_false (ut_run_test_finish (run, early, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_clear_error (&error);
  while (fixture->n_ended < 1)
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (GAsyncResult) lost = test_run (run, missing);

  g_assert_false (ut_run_test_finish (run, lost, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ut_run_get_test (run, NULL));

  g_autoptr (GAsyncResult) first = test_run (run, file);

  g_assert_true (ut_run_test_finish (run, first, &error));
  g_assert_no_error (error);
  g_assert_nonnull (ut_run_get_test (run, &date));

  UtEvaluation evaluation = *ut_run_get_test (run, NULL);

  g_assert_cmpuint (evaluation.n_examples, ==, 3);
  g_assert_cmpint (ABS (g_get_real_time () - date), <, 100 * G_USEC_PER_SEC);

  g_autoptr (GAsyncResult) second = test_run (run, file);

  g_assert_false (ut_run_test_finish (run, second, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_clear_error (&error);

  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  run = fixture_get_run (fixture->store, 0);
  g_assert_nonnull (ut_run_get_test (run, &later));
  g_assert_cmpint (later, ==, date);
  g_assert_cmpuint (ut_run_get_test (run, NULL)->tp, ==, evaluation.tp);
  g_assert_cmpuint (ut_run_get_test (run, NULL)->fn, ==, evaluation.fn);
  g_assert_cmpfloat (ut_run_get_test (run, NULL)->loss, ==, evaluation.loss);
}

/* How many there are. */
static gsize
read_points (StoreFixture *fixture,
             UtRun        *run)
{
  gsize n_points = 0;

  ut_run_store_read_points (fixture->store, run);
  if (ut_run_get_progress (run)->step > 0)
    SPIN_UNTIL (ut_run_get_points (run, &n_points) != NULL && n_points > 0);

  return n_points;
}

static void
test_damaged (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *id;
    const char *config;
    const char *log;
    UtRunState state;
    const char *failure;
    gsize n_points;
  } cases[] = {
    { "b-no-json", "{", NULL, UT_RUN_FAILED, "config.json", 0 },
    { "c-array", "[]", NULL, UT_RUN_FAILED, "config.json", 0 },
    { "d-nothing", "{}", NULL, UT_RUN_FAILED, "no configuration", 0 },
    { "e-state", "{\"config\":{},\"state\":\"flying\"}", NULL, UT_RUN_FAILED, "flying", 0 },
    { "f-setting", "{\"config\":{\"epochs\":0},\"state\":\"finished\"}", NULL, UT_RUN_FAILED,
      "Epochs", 0 },
    { "g-log", "{\"config\":{},\"state\":\"finished\"}", STEP ("1") "what\n" STEP ("2"),
      UT_RUN_FAILED,
      "log.jsonl:2", 1 },
    { "h-back", "{\"config\":{},\"state\":\"finished\"}", STEP ("2") STEP ("2"), UT_RUN_FAILED,
      "log.jsonl:2", 1 },
    { "i-cut", "{\"config\":{},\"state\":\"finished\"}", STEP ("1") "{\"event\":\"st",
      UT_RUN_FINISHED, NULL, 1 },
    { "j-null", "{\"config\":{},\"state\":\"failed\",\"failure\":\"NaN\"}",
      STEP ("1") "{\"event\":\"step\",\"step\":2,\"epoch\":1,\"loss\":null,\"accuracy\":0}\n"
      "{\"event\":\"error\",\"message\":\"a \\\"b\\\", c\"}\n", UT_RUN_FAILED, "NaN", 2 },
    { "k-training", "{\"config\":{},\"state\":\"training\"}", STEP ("1"), UT_RUN_INTERRUPTED,
      "Was cut off at epoch 1.", 1 },
    { "l-queued", "{\"config\":{},\"state\":\"queued\"}", NULL, UT_RUN_STOPPED, NULL, 0 },
    { "m-name",
      "{\"config\":{},\"state\":\"stopped\",\"name\":7,\"style\":-3,\"created\":\"x\","
      "\"majority\":9}",
      NULL, UT_RUN_STOPPED, NULL, 0 },
  };

  g_test_summary ("Folders of earlier versions are taken over; a damaged one is a failed run that says "
                  "why, and is kept");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    write_run (fixture, cases[i].id, cases[i].config, cases[i].log);

  g_autofree char *file = run_path (fixture, "not-a-folder", NULL);
  g_autofree char *directory = run_path (fixture, "n-directory", "config.json");

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);

  fixture_load_store (fixture->store);
  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==,
                    G_N_ELEMENTS (cases) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *config = run_path (fixture, cases[i].id, "config.json");
      gboolean damaged = cases[i].failure != NULL && cases[i].state == UT_RUN_FAILED
                         && !g_str_equal (cases[i].failure, "NaN");

      g_assert_cmpint (g_file_test (config, G_FILE_TEST_EXISTS), ==, damaged);
    }

  guint n_seen = 0;

  for (guint position = 0; position <= G_N_ELEMENTS (cases); position++)
    {
      UtRun *run = fixture_get_run (fixture->store, position);
      const char *failure = ut_run_get_failure (run);
      gsize n_points;

      n_points = read_points (fixture, run);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          if (!g_str_equal (cases[i].id, ut_run_get_id (run)))
            continue;

          g_test_message ("%s: %s", cases[i].id, failure);
          n_seen++;
          g_assert_cmpint (ut_run_get_state (run), ==, cases[i].state);
          g_assert_cmpuint (n_points, ==, cases[i].n_points);
          if (cases[i].failure == NULL)
            g_assert_null (failure);
          else
            g_assert_nonnull (strstr (failure, cases[i].failure));
        }
    }
  g_assert_cmpuint (n_seen, ==, G_N_ELEMENTS (cases));

  UtRun *next = add (fixture, UT_CELL_RNN, 1);

  SPIN_UNTIL (fixture->n_ended == 1);
  g_assert_cmpint (ut_run_get_state (next), ==, UT_RUN_FINISHED);
}

static void
test_long_log (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *line = g_strnfill (2000000, 'a');
  gsize n_points;

  g_test_summary ("A log is read in pieces; a line longer than a piece is none of ours");

  for (guint step = 1; step <= 40000; step++)
    g_string_append_printf (log, "{\"event\":\"step\",\"step\":%u,\"epoch\":1,\"loss\":0.5}\n",
                            step);
  write_run (fixture, "long", "{\"config\":{},\"state\":\"finished\",\"created\":2}", log->str);
  g_string_append (log, line);
  write_run (fixture, "longer", "{\"config\":{},\"state\":\"finished\",\"created\":1}", log->str);
  fixture_load_store (fixture->store);

  UtRun *longest = fixture_get_run (fixture->store, 0);

  n_points = read_points (fixture, longest);

  const UtPoint *points = ut_run_get_points (longest, &n_points);

  g_assert_cmpint (ut_run_get_state (fixture_get_run (fixture->store, 0)), ==, UT_RUN_FINISHED);
  g_assert_cmpuint (n_points, ==, 40000);
  for (gsize i = 0; i < n_points; i++)
    g_assert_cmpuint (points[i].step, ==, i + 1);
  g_assert_true (isnan (points[0].accuracy));

  UtRun *longer = fixture_get_run (fixture->store, 1);

  g_assert_cmpuint (read_points (fixture, longer), ==, 40000);
  g_assert_nonnull (strstr (ut_run_get_failure (longer), "log.jsonl:40001"));
}

typedef struct
{
  guint position;
  guint removed;
  guint added;
} Change;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Change     *change)
{
  *change = (Change) { position, removed, added };
}

static void
test_remove (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (UtRun) first = g_object_ref (add (fixture, UT_CELL_RNN, 1));
  g_autoptr (UtRun) second = g_object_ref (add (fixture, UT_CELL_RNN, 1));
  g_autofree char *folder = run_path (fixture, ut_run_get_id (first), NULL);
  Change change = { 0 };

  g_test_summary ("A removed run lies in the trash, after a restart, too, comes back, or is deleted");

  SPIN_UNTIL (fixture->n_ended == 2);
  g_signal_connect (fixture->store, "items-changed", G_CALLBACK (items_changed_cb), &change);

  g_assert_true (ut_run_store_remove (fixture->store, first));
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.removed, ==, 1);
  g_assert_cmpuint (change.added, ==, 0);
  g_assert_false (ut_run_store_remove (fixture->store, first));
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 1);

  ut_run_store_restore (fixture->store, first);
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.added, ==, 1);
  g_assert_true (fixture_get_run (fixture->store, 1) == first);
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 0);

  g_assert_true (ut_run_store_remove (fixture->store, first));
  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 1);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));

  g_autoptr (UtRun) trashed = g_list_model_get_item (ut_run_store_get_trash (fixture->store), 0);

  ut_run_store_purge (fixture->store, trashed);
  ut_run_store_restore (fixture->store, trashed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 0);

  /* Letting go of the store waits for its files. */
  fixture_close_store (&fixture->store);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_remove_queued (StoreFixture  *fixture,
                    gconstpointer  data)
{
  UtRun *first = add (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtRun) second = NULL;
  g_autoptr (UtRun) third = NULL;

  g_test_summary ("A queued run that is removed does not train, one that is restored does");

  ut_run_set_paused (first, TRUE);
  second = g_object_ref (add (fixture, UT_CELL_RNN, 1));
  third = g_object_ref (add (fixture, UT_CELL_RNN, 1));
  g_assert_true (ut_run_store_remove (fixture->store, second));
  g_assert_true (ut_run_store_remove (fixture->store, third));
  g_assert_cmpuint (ut_run_get_queue_position (second), ==, 0);
  ut_run_store_restore (fixture->store, third);
  g_assert_cmpuint (ut_run_get_queue_position (third), ==, 1);
  ut_run_set_paused (first, FALSE);
  SPIN_UNTIL (fixture->n_ended == 2);
  g_assert_cmpint (ut_run_get_state (third), ==, UT_RUN_FINISHED);
  g_assert_cmpint (ut_run_get_state (second), ==, UT_RUN_QUEUED);
}

static void
test_live (StoreFixture  *fixture,
           gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_LSTM, 10000);
  UtRun *queued = add (fixture, UT_CELL_LSTM, 1);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A run in training gives a snapshot, pauses, stops; Stop all empties the queue");

  ut_run_set_paused (run, TRUE);
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_PAUSED);

  g_autoptr (UtModel) paused = fixture_load_model (run, &error);

  g_assert_no_error (error);
  g_assert_nonnull (paused);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_PAUSED);
  g_assert_null (fixture_load_model (queued, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_clear_error (&error);

  ut_run_set_paused (run, FALSE);
  SPIN_UNTIL (ut_run_get_best (run) != NULL);

  g_autoptr (UtModel) live = fixture_load_model (run, &error);

  g_assert_no_error (error);
  g_assert_nonnull (live);
  ut_run_store_stop_all (fixture->store);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_STOPPING);
  g_assert_cmpint (ut_run_get_state (queued), ==, UT_RUN_STOPPED);

  /* Asked for while it stops, the answer is the best epoch's. */
  g_autoptr (UtModel) best = fixture_load_model (run, &error);

  g_assert_no_error (error);
  g_assert_nonnull (best);
  SPIN_UNTIL (fixture->n_ended == 1);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_STOPPED);
}

static void
test_let_go (StoreFixture  *fixture,
             gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_GRU, 10000);
  gpointer store = fixture->store;

  g_test_summary ("A store that is let go of while it trains lives until the worker is done");

  g_object_add_weak_pointer (store, &store);
  SPIN_UNTIL (ut_run_get_best (run) != NULL);
  g_object_unref (g_steal_pointer (&fixture->store));
  g_assert_nonnull (store);
  ut_run_stop (run);
  SPIN_UNTIL (store == NULL);
  g_assert_cmpuint (fixture->n_ended, ==, 1);
}

static void
test_failed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  g_test_summary ("Data that is not there fails the run, which names it; the queue goes on");

  ut_config_builder_set_files (builder, "/nowhere/train.tsv", NULL);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);
  UtRun *next = add (fixture, UT_CELL_RNN, 1);

  SPIN_UNTIL (fixture->n_ended == 2);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FAILED);
  g_assert_nonnull (strstr (ut_run_get_failure (run), "/nowhere/train.tsv"));
  g_assert_null (fixture_load_model (run, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_clear_error (&error);
  g_assert_cmpint (ut_run_get_state (next), ==, UT_RUN_FINISHED);

  /* A place where no folder can be. */
  g_autofree char *path = fixture_write (&fixture->base, "file", "", 0);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (UtRunStore) store = ut_run_store_new (file);

  g_assert_null (ut_run_store_add (store, config, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_cannot_save (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_test_summary ("A store that cannot be written says so, keeps all, and saves it when it can");

  if (getuid () == 0)
    {
      g_test_skip ("the superuser may write everywhere");
      return;
    }

  UtRun *run = add (fixture, UT_CELL_RNN, 1);

  SPIN_UNTIL (fixture->n_ended == 1);
  fixture_close_store (&fixture->store);
  g_assert_cmpint (g_chmod (fixture->base.directory, 0500), ==, 0);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  run = fixture_get_run (fixture->store, 0);
  g_assert_null (ut_run_store_get_trouble (fixture->store));
  ut_run_set_name (run, "Another");
  ut_run_set_note (run, "More");
  SPIN_UNTIL (ut_run_store_get_trouble (fixture->store) != NULL);
  g_assert_nonnull (strstr (ut_run_store_get_trouble (fixture->store), "runs.db"));
  ut_run_store_retry (fixture->store);
  g_assert_cmpint (g_chmod (fixture->base.directory, 0700), ==, 0);
  ut_run_store_retry (fixture->store);
  SPIN_UNTIL (ut_run_store_get_trouble (fixture->store) == NULL);

  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  g_assert_cmpstr (ut_run_get_name (fixture_get_run (fixture->store, 0)), ==, "Another");
  g_assert_cmpstr (ut_run_get_note (fixture_get_run (fixture->store, 0)), ==, "More");
}

static char *
move_to (UtRunStore    *store,
         const char    *folder,
         GCancellable  *cancellable,
         char         **notice,
         GError       **error)
{
  g_autoptr (GFile) chosen = g_file_new_for_path (folder);
  g_autoptr (GAsyncResult) result = NULL;

  ut_run_store_move_async (store, chosen, cancellable, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  return ut_run_store_move_finish (store, result, notice, error);
}

/* Has the next model of @run fail to be written, as on a disk that is full. */
static char *
obstruct (StoreFixture *fixture,
          UtRun        *run)
{
  char *obstacle = run_path (fixture, ut_run_get_id (run), "model.safetensors");

  g_assert_cmpint (g_mkdir (obstacle, 0700), ==, 0);
  return obstacle;
}

static void
assert_refused (StoreFixture *fixture,
                const char   *folder,
                GCancellable *cancellable,
                GQuark        domain,
                int           code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = move_to (fixture->store, folder, cancellable, NULL, &error);
  g_autofree char *part = g_build_filename (folder, "undertone.part", NULL);

  g_assert_null (moved);
  g_assert_error (error, domain, code);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_nonnull (ut_run_store_get_trouble (fixture->store));
  g_assert_true (ut_run_is_active (ut_run_store_get_active (fixture->store)));
}

static void
assert_same_points (UtRun *run,
                    UtRun *whole)
{
  gsize n_points, n_whole;
  const UtPoint *points = ut_run_get_points (run, &n_points);
  const UtPoint *whole_points = ut_run_get_points (whole, &n_whole);

  g_assert_cmpuint (n_points, ==, n_whole);
  for (gsize i = 0; i < n_points; i++)
    {
      g_assert_cmpuint (points[i].step, ==, i + 1);
      g_assert_cmpfloat (points[i].loss, ==, whole_points[i].loss);
    }
}

static void
assert_same_contents (const char *folder,
                      UtRun      *run,
                      UtRun      *whole)
{
  g_autofree char *path = g_build_filename (folder, "runs", ut_run_get_id (run), "model.safetensors",
                                            NULL);
  g_autofree char *whole_path = g_build_filename (folder, "runs", ut_run_get_id (whole),
                                                  "model.safetensors", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *whole_contents = NULL;
  gsize length, whole_length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_get_contents (whole_path, &whole_contents, &whole_length, NULL));
  g_assert_cmpmem (contents, length, whole_contents, whole_length);
}

static void
write_later_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "undertone", "runs.db", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  UtDatabase *database;
  static const char * const steps[] = {
    "CREATE TABLE a (b)", "CREATE TABLE c (d)", "CREATE TABLE e (f)", NULL
  };
  static const UtDatabaseSchema schema = { DATABASE_ID, steps };

  g_assert_cmpint (g_mkdir (parent, 0700), ==, 0);
  database = _ut_database_open (path, &schema, NULL, &error);
  g_assert_no_error (error);
  _ut_database_free (database);
}

static void
test_move (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *elsewhere = g_dir_make_tmp ("undertone-elsewhere-XXXXXX", NULL);
  g_autofree char *other = g_dir_make_tmp ("undertone-other-XXXXXX", NULL);
  g_autofree char *later = g_dir_make_tmp ("undertone-later-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (elsewhere, "missing", NULL);
  g_autofree char *inside = run_path (fixture, "", NULL);
  g_autofree char *taken = g_build_filename (other, "undertone", NULL);
  g_autofree char *letter = g_build_filename (taken, "letter", NULL);
  g_autofree char *notice = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  UtRun *whole = add (fixture, UT_CELL_LSTM, 4);

  g_test_summary ("What cannot be saved is saved elsewhere, and the run goes on as if nothing had been; "
                  "the old place stays as it was");

  SPIN_UNTIL (fixture->n_ended == 1);

  UtRun *run = add (fixture, UT_CELL_LSTM, 4);
  g_autofree char *obstacle = obstruct (fixture, run);

  SPIN_UNTIL (ut_run_store_get_trouble (fixture->store) != NULL);
  g_assert_nonnull (strstr (ut_run_store_get_trouble (fixture->store), obstacle));

  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  g_assert_true (g_file_set_contents (letter, "", 0, NULL));
  write_later_store (later);
  g_cancellable_cancel (cancelled);
  assert_refused (fixture, missing, NULL, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_refused (fixture, fixture->base.directory, NULL, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, inside, NULL, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, other, NULL, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_refused (fixture, later, NULL, UT_LAB_ERROR, UT_LAB_ERROR_NEWER);
  assert_refused (fixture, elsewhere, cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Edited meanwhile, and waiting: written there. */
  g_autofree char *moved = NULL;
  UtRun *next = add (fixture, UT_CELL_RNN, 1);

  ut_run_set_note (whole, "Written elsewhere");
  moved = move_to (fixture->store, elsewhere, NULL, &notice, &error);
  g_assert_no_error (error);
  g_assert_null (notice);
  g_assert_true (g_str_has_prefix (moved, elsewhere));
  SPIN_UNTIL (fixture->n_ended == 3);
  g_assert_null (ut_run_store_get_trouble (fixture->store));
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  g_assert_cmpint (ut_run_get_state (next), ==, UT_RUN_FINISHED);
  assert_same_points (run, whole);
  assert_same_contents (moved, run, whole);
  fixture_close_store (&fixture->store);

  /* The old one knows nothing of it. */
  g_assert_cmpint (g_rmdir (obstacle), ==, 0);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  run = fixture_get_run (fixture->store, g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) - 2);
  g_assert_cmpint (ut_run_get_state (run), !=, UT_RUN_FINISHED);
  fixture_close_store (&fixture->store);

  g_autoptr (GFile) place = g_file_new_for_path (moved);

  fixture->store = ut_run_store_new (place);
  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 3);
  run = fixture_get_run (fixture->store, 1);
  whole = fixture_get_run (fixture->store, 2);
  g_assert_cmpstr (ut_run_get_note (whole), ==, "Written elsewhere");
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  read_points (fixture, run);
  read_points (fixture, whole);
  assert_same_points (run, whole);
}

static void
test_move_while_training (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autofree char *elsewhere = g_dir_make_tmp ("undertone-elsewhere-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  UtRun *whole = add (fixture, UT_CELL_GRU, 6);
  UtRun *run = add (fixture, UT_CELL_GRU, 6);
  gsize n_points;

  g_test_summary ("A run that trains waits for the copy, and goes on with the same bits");

  SPIN_UNTIL (fixture->n_ended == 1);
  ut_run_set_speed (run, 200);
  SPIN_UNTIL (ut_run_get_points (run, &n_points) != NULL && n_points > 13);

  g_autofree char *moved = move_to (fixture->store, elsewhere, NULL, NULL, &error);

  g_assert_no_error (error);
  ut_run_set_speed (run, 0);
  SPIN_UNTIL (fixture->n_ended == 2);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  assert_same_points (run, whole);
  assert_same_contents (moved, run, whole);
}

static void
assert_not_there (UtRunStore *store,
                  const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ut_run_store_load_async (store, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  g_assert_false (ut_run_store_load_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, folder));
}

static void
test_place (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *elsewhere = g_dir_make_tmp ("undertone-elsewhere-XXXXXX", NULL);
  g_autofree char *away = g_strconcat (elsewhere, "-away", NULL);
  g_autoptr (UtConfig) config = fixture_config (&fixture->base, UT_CELL_RNN, 1);
  g_autoptr (GError) error = NULL;
  UtRunStore *store = ut_run_store_new (NULL);
  UtRunStore *late = ut_run_store_new (NULL);
  UtRun *run, *late_run;

  g_test_summary ("Later programs look for the runs where they were moved to; earlier ones start none in "
                  "the old place; a place that is missing is not made anew");

  fixture_load_store (store);
  fixture_load_store (late);
  run = ut_run_store_add (store, config, NULL, &error);
  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED && ut_run_store_get_active (store) == NULL);

  g_autofree char *moved = move_to (store, elsewhere, NULL, NULL, &error);
  g_autofree char *remembered = _ut_run_place_dup_remembered ();

  g_assert_no_error (error);
  g_assert_cmpstr (remembered, ==, moved);
  fixture_close_store (&store);

  late_run = ut_run_store_add (late, config, NULL, &error);
  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_get_state (late_run) == UT_RUN_FAILED);
  g_assert_nonnull (strstr (ut_run_get_failure (late_run), moved));
  fixture_close_store (&late);

  store = ut_run_store_new (NULL);
  fixture_load_store (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  fixture_close_store (&store);

  g_assert_cmpint (g_rename (elsewhere, away), ==, 0);
  store = ut_run_store_new (NULL);
  assert_not_there (store, moved);
  g_assert_null (ut_run_store_add (store, config, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture_close_store (&store);
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));

  g_assert_true (_ut_run_place_remember (NULL, &error));
  store = ut_run_store_new (NULL);
  fixture_load_store (store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
  fixture_close_store (&store);
}

static void
test_move_beside_another (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autofree char *elsewhere = g_dir_make_tmp ("undertone-elsewhere-XXXXXX", NULL);
  g_autofree char *path = fixture_path (&fixture->base, "runs.db");
  g_autoptr (GError) error = NULL;
  UtRun *run = add (fixture, UT_CELL_RNN, 1);

  g_test_summary ("While another program trains a run of the store, it is not moved from under it");

  SPIN_UNTIL (fixture->n_ended == 1);

  /* On another machine, a moment ago. */
  static const char * const steps[] = { "", "", NULL };
  static const UtDatabaseSchema schema = { DATABASE_ID, steps };
  UtDatabase *raw = _ut_database_open (path, &schema, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (_ut_database_run (raw, &error, "UPDATE runs SET owner = 'there 1 1', beat = ?", "i",
                                   g_get_real_time ()));
  g_assert_null (move_to (fixture->store, elsewhere, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, ut_run_get_name (run)));
  g_clear_error (&error);

  g_assert_true (_ut_database_run (raw, &error, "UPDATE runs SET owner = NULL", ""));

  g_autofree char *moved = move_to (fixture->store, elsewhere, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (moved);
  _ut_database_free (raw);
}

static void
test_continue (StoreFixture  *fixture,
               gconstpointer  data)
{
  UtRun *whole = add (fixture, UT_CELL_LSTM, 4);
  UtRun *run = add (fixture, UT_CELL_LSTM, 4);
  gsize n_points, n_whole_points, n_epochs;
  g_autoptr (GError) error = NULL;

  g_test_summary ("A run that was stopped goes on as if it had not been, and further than it was to");

  SPIN_UNTIL (fixture->n_ended == 1);
  ut_run_set_speed (run, 200);
  SPIN_UNTIL (ut_run_get_points (run, &n_points) != NULL && n_points > 13);
  g_assert_false (ut_run_can_continue (run));
  ut_run_stop (run);
  SPIN_UNTIL (fixture->n_ended == 2);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_STOPPED);
  ut_run_set_shown (run, FALSE);

  /* By another program, which has to read it first. */
  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  run = fixture_get_run (fixture->store, 0);
  whole = fixture_get_run (fixture->store, 1);
  g_assert_false (ut_run_can_continue (whole));
  g_assert_true (ut_run_store_continue (fixture->store, run));
  SPIN_UNTIL (fixture->n_ended == 3);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  read_points (fixture, whole);

  for (guint round = 0; round < 2; round++)
    {
      const UtPoint *whole_points = ut_run_get_points (whole, &n_whole_points);
      const UtPoint *points = ut_run_get_points (run, &n_points);

      g_assert_cmpuint (n_points, ==, n_whole_points);
      for (gsize i = 0; i < n_points; i++)
        {
          g_assert_cmpuint (points[i].step, ==, i + 1);
          g_assert_cmpfloat (points[i].loss, ==, whole_points[i].loss);
        }
      ut_run_get_epochs (run, &n_epochs);
      g_assert_cmpuint (n_epochs, ==, round == 0 ? 4 : 6);
      if (round > 0)
        break;
      g_assert_false (ut_run_store_train_further (fixture->store, run, 4, &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
      g_clear_error (&error);
      g_assert_true (ut_run_store_train_further (fixture->store, run, 6, &error));
      g_assert_true (ut_run_store_train_further (fixture->store, whole, 6, &error));
      SPIN_UNTIL (fixture->n_ended == 5);
      g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
    }
}

static char *
read_model (StoreFixture *fixture,
            const char   *id,
            gsize        *length)
{
  g_autofree char *path = run_path (fixture, id, "model.safetensors");
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
test_killed_between (StoreFixture  *fixture,
                     gconstpointer  data)
{
  static const char * const steps[] = { "", "", NULL };
  static const UtDatabaseSchema schema = { DATABASE_ID, steps };
  g_autofree char *database_path = fixture_path (&fixture->base, "runs.db");
  g_autoptr (GError) error = NULL;
  UtRun *whole = add (fixture, UT_CELL_LSTM, 4);

  g_test_summary ("A run with a model that is ahead of its state gets model and answers of its best "
                  "epoch back as soon as it goes on");

  SPIN_UNTIL (fixture->n_ended == 1);
  g_assert_cmpuint (ut_run_get_best (whole)->epoch, >, 1);

  /* In the midst of the epoch that is to be the best. */
  UtRun *run = add (fixture, UT_CELL_LSTM, 4);
  gsize n_points, length, later_length, again_length;
  gsize end = (gsize) ut_run_get_best (whole)->step;

  ut_run_set_speed (run, 100);
  SPIN_UNTIL (ut_run_get_points (run, &n_points) != NULL && n_points > end - 8);
  ut_run_stop (run);
  SPIN_UNTIL (fixture->n_ended == 2);

  guint best = ut_run_get_best (run)->epoch;
  g_autofree char *id = g_strdup (ut_run_get_id (run));
  g_autofree char *path = run_path (fixture, id, "model.safetensors");
  g_autofree char *contents = read_model (fixture, id, &length);
  g_autofree char *later = read_model (fixture, ut_run_get_id (whole), &later_length);

  g_assert_cmpuint (best, <, ut_run_get_best (whole)->epoch);
  g_assert_true (g_file_set_contents (path, later, (gssize) later_length, NULL));

  UtDatabase *raw = _ut_database_open (database_path, &schema, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (_ut_database_run (raw, &error, "DELETE FROM answers", ""));
  _ut_database_free (raw);

  ut_run_set_paused (run, TRUE);
  g_assert_true (ut_run_store_continue (fixture->store, run));
  ut_run_set_paused (run, TRUE);
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_PAUSED);
  ut_run_stop (run);
  SPIN_UNTIL (fixture->n_ended == 3);

  g_autofree char *again = read_model (fixture, id, &again_length);
  g_autoptr (UtRunDatabase) database = _ut_run_database_open (database_path, &error);
  guint answers_epoch;
  gsize n_answers;
  g_autofree float *answers = _ut_run_database_read_answers (database, id, &answers_epoch, &n_answers,
                                                             &error);

  g_assert_no_error (error);
  g_assert_cmpmem (again, again_length, contents, length);
  g_assert_nonnull (answers);
  g_assert_cmpuint (answers_epoch, ==, best);
  g_assert_cmpuint (ut_run_get_best (run)->epoch, ==, best);
}

static void
test_slower (StoreFixture  *fixture,
             gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_GRU, 1000);
  g_autoptr (GError) error = NULL;
  gsize n_epochs;
  double rate = ut_config_get_number (ut_run_get_config (run), UT_SETTING_LEARNING_RATE);

  g_test_summary ("A run goes on from its best epoch with half the learning rate");

  SPIN_UNTIL (ut_run_get_epochs (run, &n_epochs) != NULL && n_epochs > 4);
  ut_run_stop (run);
  SPIN_UNTIL (fixture->n_ended == 1);

  guint best = ut_run_get_best (run)->epoch;

  g_assert_true (ut_run_store_continue_slower (fixture->store, run, &error));
  SPIN_UNTIL (ut_run_get_state (run) == UT_RUN_TRAINING);
  g_assert_cmpfloat (ut_config_get_number (ut_run_get_config (run), UT_SETTING_LEARNING_RATE), ==,
                     rate / 2);
  SPIN_UNTIL (ut_run_get_epochs (run, &n_epochs) != NULL && n_epochs > best);
  ut_run_stop (run);
  SPIN_UNTIL (fixture->n_ended == 2);

  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);

  for (gsize i = 0; i < n_epochs; i++)
    g_assert_cmpuint (epochs[i].epoch, ==, i + 1);
}

static void
test_other_program (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (UtRunStore) other = fixture_open_store (&fixture->base);
  GListModel *seen = G_LIST_MODEL (other);

  g_test_summary ("What another connection adds, trains, names and deletes is seen");

  fixture_load_store (other);
  ut_run_store_follow_shown (other);

  UtRun *run = add (fixture, UT_CELL_RNN, 2);

  SPIN_UNTIL (fixture->n_ended == 1);
  SPIN_UNTIL (g_list_model_get_n_items (seen) == 1);
  SPIN_UNTIL (ut_run_get_state (fixture_get_run (other, 0)) == UT_RUN_FINISHED);

  UtRun *same = fixture_get_run (other, 0);
  gsize n_points, n_same;

  g_assert_false (ut_run_is_elsewhere (same));
  ut_run_get_points (run, &n_points);
  SPIN_UNTIL (ut_run_get_points (same, &n_same) != NULL && n_same == n_points);
  ut_run_set_name (run, "Renamed");
  SPIN_UNTIL (g_str_equal (ut_run_get_name (same), "Renamed"));
  g_assert_true (ut_run_store_remove (other, same));
  g_assert_cmpuint (g_list_model_get_n_items (seen), ==, 0);
  ut_run_store_purge (other, same);
  g_clear_object (&other);
  fixture_load_store (fixture->store);
  SPIN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) == 0);
}

static void
test_queue_again (StoreFixture  *fixture,
                  gconstpointer  data)
{
  UtRun *first = add (fixture, UT_CELL_RNN, 10000);
  UtRun *runs[3];

  g_test_summary ("The queue is reordered and paused; runs that waited wait after a restart, too");

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = add (fixture, UT_CELL_RNN, 1);
  ut_run_store_move_queued (fixture->store, runs[0], 3);
  ut_run_store_move_queued (fixture->store, runs[2], 1);
  g_assert_cmpuint (ut_run_get_queue_position (runs[0]), ==, 3);
  g_assert_cmpuint (ut_run_get_queue_position (runs[1]), ==, 2);
  g_assert_cmpuint (ut_run_get_queue_position (runs[2]), ==, 1);
  ut_run_store_set_queue_paused (fixture->store, TRUE);
  ut_run_stop (first);
  SPIN_UNTIL (fixture->n_ended == 1);
  g_assert_null (ut_run_store_get_active (fixture->store));
  g_assert_cmpuint (ut_run_store_get_n_queued (fixture->store), ==, 3);

  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  g_assert_cmpuint (ut_run_store_get_n_queued (fixture->store), ==, 0);
  g_assert_cmpuint (ut_run_store_tend (fixture->store), ==, 3);
  g_assert_true (ut_run_store_get_queue_paused (fixture->store));
  g_assert_cmpuint (ut_run_get_queue_position (fixture_get_run (fixture->store, 2)), ==, 1);
  g_assert_null (ut_run_store_get_active (fixture->store));
  ut_run_store_set_queue_paused (fixture->store, FALSE);
  SPIN_UNTIL (fixture->n_ended == 4);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (ut_run_get_state (fixture_get_run (fixture->store, i)), ==, UT_RUN_FINISHED);

  g_autofree char *backup = ut_run_store_dup_backup (fixture->store);

  g_assert_nonnull (backup);
}

static void
test_backup (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *path = fixture_path (&fixture->base, "runs.db");
  g_autofree char *text = g_strnfill (100000, '?');
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("A damaged store is not touched; the last copy takes its place when asked for");

  add (fixture, UT_CELL_RNN, 1);
  SPIN_UNTIL (fixture->n_ended == 1);
  ut_run_store_tend (fixture->store);
  fixture_close_store (&fixture->store);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  fixture->store = open_store (fixture);
  ut_run_store_load_async (fixture->store, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  g_assert_false (ut_run_store_load_finish (fixture->store, result, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (ut_run_store_restore_backup (fixture->store, &error));
  g_assert_no_error (error);
  fixture_load_store (fixture->store);
  g_assert_cmpint (ut_run_get_state (fixture_get_run (fixture->store, 0)), ==, UT_RUN_FINISHED);
}

/* As SQLite has it unless told otherwise. */
#define PAGE_SIZE 4096

static void
spoil (const char *path,
       gsize       first,
       gsize       n_bytes)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (first + n_bytes, <=, length);
  memset (text + first, 0xff, n_bytes);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
}

static void
load_damaged (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->store = open_store (fixture);
  ut_run_store_load_async (fixture->store, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  g_assert_false (ut_run_store_load_finish (fixture->store, result, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED);
}

/* Overwrites the pages that @text lies on. */
static void
spoil_pages_with (const char *path,
                  const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;
  guint n_pages = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize page = 0; page + PAGE_SIZE <= length; page += PAGE_SIZE)
    {
      if (memmem (contents + page, PAGE_SIZE, text, strlen (text)) == NULL)
        continue;
      spoil (path, page, PAGE_SIZE);
      n_pages++;
    }
  g_assert_cmpuint (n_pages, >, 0);
}

/* So long that no two of them share a page. */
static void
set_long_note (UtRun *run,
               char   letter)
{
  g_autofree char *note = g_strnfill (2500, letter);

  ut_run_set_note (run, note);
}

static void
test_recover (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *path = fixture_path (&fixture->base, "runs.db");
  g_autoptr (GError) error = NULL;
  gsize n_points;

  g_test_summary ("After a repair, runs that are newer than the copy are back: by the rows of the damaged "
                  "store that can be read, and else by their files; they can go on");

  UtRun *old = add (fixture, UT_CELL_RNN, 1);

  SPIN_UNTIL (fixture->n_ended == 1);
  ut_run_store_tend (fixture->store);

  UtRun *whole = add (fixture, UT_CELL_LSTM, 4);
  UtRun *run = add (fixture, UT_CELL_LSTM, 4);

  SPIN_UNTIL (fixture->n_ended == 2);
  ut_run_set_speed (run, 200);
  SPIN_UNTIL (ut_run_get_points (run, &n_points) != NULL && n_points > 13);
  ut_run_stop (run);
  SPIN_UNTIL (fixture->n_ended == 3);
  set_long_note (old, 'o');
  set_long_note (whole, 'w');
  set_long_note (run, 'r');
  ut_run_set_name (run, "Newer than the copy");

  g_autofree char *id = g_strdup (ut_run_get_id (run));
  g_autofree char *whole_id = g_strdup (ut_run_get_id (whole));
  g_autofree char *old_id = g_strdup (ut_run_get_id (old));
  guint64 step = ut_run_get_progress (run)->step;

  /* First damage: the row in the middle. */
  fixture_close_store (&fixture->store);
  spoil_pages_with (path, "wwwwwwwwww");
  load_damaged (fixture);
  g_assert_true (ut_run_store_restore_backup (fixture->store, &error));
  g_assert_no_error (error);
  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 3);

  g_autofree char *told = ut_run_store_dup_recovered (fixture->store);

  g_assert_cmpstr (told, ==, "2 runs were recovered from the damaged store. Of 1 run only its files were "
                   "left.");
  old = _ut_run_store_find (fixture->store, old_id);
  run = _ut_run_store_find (fixture->store, id);
  whole = _ut_run_store_find (fixture->store, whole_id);
  g_assert_true (g_str_has_prefix (ut_run_get_note (old), "oooo"));
  g_assert_cmpstr (ut_run_get_name (run), ==, "Newer than the copy");
  g_assert_null (ut_run_get_notices (run));
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_STOPPED);
  g_assert_cmpuint (ut_run_get_progress (run)->step, ==, step);
  g_assert_cmpuint (read_points (fixture, run), ==, step);
  g_assert_cmpint (ut_run_get_state (whole), ==, UT_RUN_FINISHED);
  g_assert_cmpstr (ut_run_get_name (whole), ==, "LSTM recovered");
  g_assert_nonnull (strstr (ut_run_get_notices (whole), "recovered from its files"));

  /* Second damage: nothing of it can be read, and the copy is older than two of the runs. */
  fixture_close_store (&fixture->store);
  spoil (path, 0, PAGE_SIZE);
  load_damaged (fixture);
  g_assert_true (ut_run_store_restore_backup (fixture->store, &error));
  g_assert_no_error (error);
  fixture_load_store (fixture->store);
  g_clear_pointer (&told, g_free);
  told = ut_run_store_dup_recovered (fixture->store);
  g_assert_cmpstr (told, ==, "Of 2 runs only their files were left.");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 3);
  run = _ut_run_store_find (fixture->store, id);
  g_assert_nonnull (run);
  g_assert_cmpstr (ut_run_get_name (run), ==, "LSTM recovered");
  g_assert_nonnull (strstr (ut_run_get_notices (run), "recovered from its files"));
  g_assert_nonnull (ut_run_get_best (run));
  g_assert_true (ut_run_can_continue (run));

  g_autoptr (UtModel) model = fixture_load_model (run, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  g_assert_true (ut_run_store_continue (fixture->store, run));
  SPIN_UNTIL (fixture->n_ended == 4);
  g_assert_cmpstr (ut_run_get_failure (run), ==, NULL);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);

  /* Once only. */
  fixture_load_store (fixture->store);
  g_clear_pointer (&told, g_free);
  told = ut_run_store_dup_recovered (fixture->store);
  g_assert_null (told);
}

static gboolean
was_set_aside (const char *folder,
               const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (!found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *there = NULL;

      found = g_str_has_prefix (name, "runs.db.damaged-")
              && g_file_get_contents (path, &there, NULL, NULL) && g_str_equal (there, text);
    }

  return found;
}

static void
test_set_aside (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = fixture_path (&fixture->base, "runs.db");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_strnfill (100000, '?');
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("Where a damaged store has no copy it steps aside, and the list begins anew");

  fixture_close_store (&fixture->store);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  fixture->store = open_store (fixture);
  ut_run_store_load_async (fixture->store, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  g_assert_false (ut_run_store_load_finish (fixture->store, result, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (ut_run_store_dup_backup (fixture->store));

  g_assert_true (ut_run_store_set_aside (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_true (was_set_aside (folder, text));
  fixture_load_store (fixture->store);
  add (fixture, UT_CELL_RNN, 1);
  SPIN_UNTIL (fixture->n_ended == 1);
  g_assert_cmpint (ut_run_get_state (fixture_get_run (fixture->store, 0)), ==, UT_RUN_FINISHED);
}

static void
test_hand_over (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = fixture_path (&fixture->base, "handed-over");
  g_autofree char *model_path = g_build_filename (path, "model.safetensors", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at/all");
  g_autoptr (GAsyncResult) exported = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GAsyncResult) imported = NULL;
  g_autoptr (GAsyncResult) damaged = NULL;
  g_autoptr (GAsyncResult) missing = NULL;
  g_autoptr (GError) error = NULL;
  UtRun *run = add (fixture, UT_CELL_GRU, 3);
  gsize n_points, n_same;
  UtRunSizes sizes;

  g_test_summary ("A run is handed over as a folder, and is the same run elsewhere");

  SPIN_UNTIL (fixture->n_ended == 1);
  ut_run_set_note (run, "mine");
  ut_run_store_export_async (fixture->store, run, folder, NULL, fixture_result_cb, &exported);
  SPIN_UNTIL (exported != NULL);
  g_assert_true (ut_run_store_export_finish (fixture->store, exported, &error));
  g_assert_no_error (error);
  ut_run_store_export_async (fixture->store, run, folder, NULL, fixture_result_cb, &again);
  SPIN_UNTIL (again != NULL);
  g_assert_false (ut_run_store_export_finish (fixture->store, again, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);

  ut_run_store_import_async (fixture->store, folder, NULL, fixture_result_cb, &imported);
  SPIN_UNTIL (imported != NULL);

  UtRun *same = ut_run_store_import_finish (fixture->store, imported, &error);
  const UtPoint *points = ut_run_get_points (run, &n_points);
  const UtPoint *same_points = ut_run_get_points (same, &n_same);
  g_autoptr (UtModel) model = fixture_load_model (same, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  g_assert_cmpstr (ut_run_get_name (same), ==, "GRU 1 (2)");
  g_assert_cmpstr (ut_run_get_note (same), ==, "mine");
  g_assert_cmpint (ut_run_get_state (same), ==, UT_RUN_FINISHED);
  g_assert_true (fixture_get_run (fixture->store, 0) == same);
  g_assert_cmpuint (n_same, ==, n_points);
  for (gsize i = 0; i < n_points; i++)
    g_assert_cmpfloat (same_points[i].loss, ==, points[i].loss);

  /* It may go on here. */
  g_assert_true (ut_run_store_train_further (fixture->store, same, 4, &error));
  SPIN_UNTIL (fixture->n_ended == 2);
  g_assert_cmpint (ut_run_get_state (same), ==, UT_RUN_FINISHED);

  g_autoptr (GAsyncResult) measured = NULL;

  ut_run_store_measure_async (fixture->store, NULL, fixture_result_cb, &measured);
  SPIN_UNTIL (measured != NULL);
  g_assert_true (ut_run_store_measure_finish (fixture->store, measured, &sizes, &error));
  g_assert_cmpuint (sizes.n_states, ==, 2);
  g_assert_cmpuint (sizes.states, >, 0);
  g_assert_cmpuint (sizes.models, >, 0);
  g_assert_cmpuint (sizes.database, >, 0);
  g_assert_cmpuint (sizes.n_trash, ==, 0);
  g_assert_true (ut_run_can_train_further (run));
  ut_run_store_delete_states (fixture->store);
  SPIN_UNTIL (!ut_run_can_train_further (run));

  /* A model that is not whole, a folder that is none. */
  g_assert_true (g_file_set_contents (model_path, "half", -1, NULL));
  ut_run_store_import_async (fixture->store, folder, NULL, fixture_result_cb, &damaged);
  SPIN_UNTIL (damaged != NULL);
  g_assert_null (ut_run_store_import_finish (fixture->store, damaged, &error));
  g_assert_nonnull (strstr (error->message, model_path));
  g_clear_error (&error);
  ut_run_store_import_async (fixture->store, nowhere, NULL, fixture_result_cb, &missing);
  SPIN_UNTIL (missing != NULL);
  g_assert_null (ut_run_store_import_finish (fixture->store, missing, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 2);
}

static void
test_reproduce (StoreFixture  *fixture,
                gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_LSTM, 2);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A run is repeated and found identical; one that was continued otherwise differs");

  g_assert_null (ut_run_store_reproduce (fixture->store, run, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
  g_clear_error (&error);
  SPIN_UNTIL (fixture->n_ended == 1);

  UtRun *again = ut_run_store_reproduce (fixture->store, run, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ut_run_get_name (again), ==, "LSTM 1 again");
  SPIN_UNTIL (ut_run_get_reproduction (again) != NULL);
  g_assert_cmpstr (ut_run_get_reproduction (again), ==, "Identical to LSTM 1 to the last bit.");

  g_assert_true (ut_run_store_train_further (fixture->store, run, 3, &error));
  SPIN_UNTIL (fixture->n_ended == 3);
  fixture_close_store (&fixture->store);
  fixture->store = open_store (fixture);
  fixture_load_store (fixture->store);
  run = fixture_get_run (fixture->store, 1);
  again = fixture_get_run (fixture->store, 0);
  g_assert_cmpstr (ut_run_get_reproduction (again), ==, "Identical to LSTM 1 to the last bit.");
  again = ut_run_store_reproduce (fixture->store, again, &error);
  g_assert_no_error (error);
  SPIN_UNTIL (ut_run_get_reproduction (again) != NULL);
  g_assert_cmpstr (ut_run_get_reproduction (again), ==,
                   "Identical to LSTM 1 again to the last bit.");

  /* Another seed makes another run. */
  UtConfigBuilder *builder = ut_config_builder_new (ut_run_get_config (run));

  ut_config_builder_set_number (builder, UT_SETTING_SEED, 99);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  UtRun *other = ut_run_store_add (fixture->store, config, NULL, &error);

  SPIN_UNTIL (fixture->n_ended == 5);
  _ut_run_get_record (other)->reproduces = g_strdup (ut_run_get_id (run));
  _ut_run_store_compare (fixture->store, other);
  SPIN_UNTIL (ut_run_get_reproduction (other) != NULL);
  g_assert_cmpstr (ut_run_get_reproduction (other), ==, "Differs from LSTM 1 from step 1 on.");
}

static void
test_opened (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (&fixture->base, UT_CELL_RNN, 1);
  g_autoptr (UtModel) model = fixture_train (&fixture->base, config, "model");
  UtRun *run = ut_run_store_add_model (fixture->store, model, "model.safetensors");
  g_autoptr (GError) error = NULL;

  g_test_summary ("An opened model is listed for this session and answers");

  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_OPENED);

  g_autoptr (UtModel) same = fixture_load_model (run, &error);

  g_assert_no_error (error);
  g_assert_true (same == model);
  g_assert_cmpint (ut_run_get_deleted (run), ==, 0);
  g_assert_true (ut_run_store_remove (fixture->store, run));
  g_assert_cmpint (ut_run_get_deleted (run), >, 0);

  g_test_message ("The database does not know it, and cannot miss it in the trash either");
  fixture_load_store (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 1);
}

static void
test_close (StoreFixture  *fixture,
            gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_RNN, 1);
  g_autoptr (GAsyncResult) loaded = NULL;

  g_test_summary ("Closing writes all, though others hold the store; nothing is done from then on");

  SPIN_UNTIL (fixture->n_ended == 1);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *note = g_strdup_printf ("note %u", i);

      ut_run_set_note (run, note);
    }
  ut_run_store_close (fixture->store);
  ut_run_set_note (run, "too late");
  ut_run_store_load_async (fixture->store, NULL, fixture_result_cb, &loaded);

  UtRunStore *other = fixture_open_store (&fixture->base);

  fixture_load_store (other);
  g_assert_cmpstr (ut_run_get_note (fixture_get_run (other, 0)), ==, "note 99");
  g_assert_cmpint (ut_run_get_state (fixture_get_run (other, 0)), ==, UT_RUN_FINISHED);
  fixture_close_store (&other);

  g_autoptr (GError) error = NULL;

  SPIN_UNTIL (loaded != NULL);
  g_assert_false (ut_run_store_load_finish (fixture->store, loaded, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) \
  g_test_add ("/run-store/" path, StoreFixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("empty", test_empty);
  ADD ("close", test_close);
  ADD ("queue", test_queue);
  ADD ("reload", test_reload);
  ADD ("damaged", test_damaged);
  ADD ("test", test_test);
  ADD ("long-log", test_long_log);
  ADD ("remove", test_remove);
  ADD ("remove-queued", test_remove_queued);
  ADD ("live", test_live);
  ADD ("let-go", test_let_go);
  ADD ("failed", test_failed);
  ADD ("cannot-save", test_cannot_save);
  ADD ("move", test_move);
  ADD ("move-while-training", test_move_while_training);
  ADD ("move-beside-another", test_move_beside_another);
  ADD ("place", test_place);
  ADD ("continue", test_continue);
  ADD ("killed-between", test_killed_between);
  ADD ("slower", test_slower);
  ADD ("other-program", test_other_program);
  ADD ("queue-again", test_queue_again);
  ADD ("backup", test_backup);
  ADD ("recover", test_recover);
  ADD ("hand-over", test_hand_over);
  ADD ("reproduce", test_reproduce);
  ADD ("set-aside", test_set_aside);
  ADD ("opened", test_opened);

  return g_test_run ();
}
