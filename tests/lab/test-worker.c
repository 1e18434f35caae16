/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Runs the worker on this thread, with steps that do something at a time of the test's choice. */

#include "config.h"

#include "lab-fixture.h"

#include "ut-worker-private.h"

#include <math.h>
#include <string.h>

#define STEPS_PER_EPOCH (FIXTURE_N_TRAIN / 16)

/* The worker's trainer has no data of its own. */
static struct
{
  guint64 n_steps;
  guint64 stop_at; /* Stop is asked for during this step, @n_stops times */
  guint n_stops;
  guint64 break_at; /* this step's loss is not a number */
  UtControl *control;
} plan;

static GArray *epochs;

typedef struct
{
  UtNnBatchFunc on_batch;
  gpointer data;
  bool goes_on;
} Teller;

static bool
tell (void                 *data,
      const UtNnStepResult *result)
{
  Teller *teller = data;

  teller->goes_on = teller->on_batch (teller->data, result);
  return teller->goes_on;
}

static UtNnStatus
planned_train (UtNnTrainer         *trainer,
               const UtNnSentences *sentences,
               const guint32       *rows,
               gsize                n_rows,
               gsize                batch_size,
               UtNnBatchFunc        on_batch,
               gpointer             data)
{
  Teller teller = { on_batch, data, true };

  for (gsize start = 0; start < n_rows && teller.goes_on; start += batch_size)
    {
      gsize n = MIN (batch_size, n_rows - start);
      UtNnStatus status;

      plan.n_steps++;
      if (plan.n_steps == plan.break_at)
        {
          const UtNnOutcome outcomes[16] = { { .loss = NAN } };
          const UtNnStepResult result = { .loss = NAN, .n_sentences = n, .outcomes = outcomes };

          tell (&teller, &result);
          return UT_NN_ERROR_NOT_FINITE;
        }
      for (guint i = 0; plan.n_steps == plan.stop_at && i < plan.n_stops; i++)
        _ut_control_stop (plan.control);

      status = ut_nn_trainer_run (trainer, sentences, rows + start, n, n, tell, &teller);
      g_assert_cmpint (status, ==, UT_NN_OK);
    }

  return UT_NN_OK;
}

static void
take_update (const UtTrainerUpdate *update,
             gpointer               data)
{
  if (update->n_new_epochs > 0)
    g_array_append_vals (epochs, update->epochs, (guint) update->n_new_epochs);
}

static void
take_snapshot (UtModel  *model,
               gpointer  data)
{
  g_assert_not_reached ();
}

static UtTrainingResult *
run (Fixture  *fixture,
     guint64   stop_at,
     guint     n_stops,
     guint64   break_at,
     GError  **error)
{
  static const UtMailboxFuncs funcs = { take_update, take_snapshot };
  g_autofree char *log = fixture_path (fixture, "log.jsonl");
  g_autofree char *model = fixture_path (fixture, "model");
  g_autofree char *state = fixture_path (fixture, "state");
  g_autofree char *map = fixture_path (fixture, "map");
  g_autoptr (UtJob) job = g_new (UtJob, 1);

  *job = (UtJob) {
    .config = fixture_config (fixture, UT_CELL_LSTM, 4),
    .log = g_file_new_for_path (log),
    .model = g_file_new_for_path (model),
    .state = g_file_new_for_path (state),
    .map = g_file_new_for_path (map),
    .control = _ut_control_new (),
    .mailbox = _ut_mailbox_new (&funcs, NULL),
    .save_interval = UT_JOB_SAVE_INTERVAL,
    .train = planned_train,
  };
  memset (&plan, 0, sizeof plan);
  plan.stop_at = stop_at;
  plan.n_stops = n_stops;
  plan.break_at = break_at;
  plan.control = job->control;
  g_array_set_size (epochs, 0);

  UtTrainingResult *result = _ut_job_run (job, error);

  _ut_mailbox_flush (job->mailbox);
  _ut_mailbox_close (job->mailbox);
  return result;
}

static char *
read_log (Fixture *fixture)
{
  g_autofree char *path = fixture_path (fixture, "log.jsonl");
  g_autoptr (GError) error = NULL;
  char *log;

  g_file_get_contents (path, &log, NULL, &error);
  g_assert_no_error (error);
  return log;
}

static void
assert_model (Fixture *fixture,
              UtModel *model)
{
  g_autofree char *path = fixture_path (fixture, "model");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) saved = ut_model_load (file, NULL, &error);

  g_assert_no_error (error);

  const UtNnModel *weights = ut_model_get_weights (model);
  const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, "rnn.weight_hh_l0");

  g_assert_cmpmem (ut_nn_model_peek_data (weights, tensor), tensor->size * sizeof (float),
                   ut_nn_model_peek_data (ut_model_get_weights (saved), tensor),
                   tensor->size * sizeof (float));
}

/* Whether the file and the result have the map of @n_epochs epochs, or, with 0, neither is there. */
static void
assert_map (Fixture                *fixture,
            const UtTrainingResult *result,
            guint                   n_epochs)
{
  g_autofree char *path = fixture_path (fixture, "map");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataMap) map = ut_data_map_read (file, NULL, &error);

  if (n_epochs == 0)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      g_assert_null (result->map);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_cmpuint (ut_data_map_get_n_epochs (map), ==, n_epochs);
      g_assert_cmpuint (ut_data_map_get_n_epochs (result->map), ==, n_epochs);
    }
}

static void
test_stop_in_epoch (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtTrainingResult) result = run (fixture, STEPS_PER_EPOCH + 3, 1, 0, &error);

  g_test_summary ("Stop takes effect after the batch at hand and keeps the best epoch");

  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_cmpuint (plan.n_steps, ==, STEPS_PER_EPOCH + 3);
  g_assert_cmpuint (result->best.epoch, ==, 1);
  g_assert_cmpuint (result->last_epoch, ==, 2);
  g_assert_cmpuint (epochs->len, ==, 1);
  assert_model (fixture, result->model);
  assert_map (fixture, result, 1);

  g_autofree char *log = read_log (fixture);

  g_assert_nonnull (strstr (log, "{\"event\":\"done\",\"best_epoch\":1,"));
}

static void
test_stop_early (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtTrainingResult) result = run (fixture, 3, 1, 0, &error);

  g_test_summary ("Stopped before the first check, the weights are checked as epoch 0");

  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_cmpuint (plan.n_steps, ==, 3);
  g_assert_true (result->checked);
  g_assert_cmpuint (result->best.epoch, ==, 0);
  g_assert_cmpuint (result->best.step, ==, 3);
  g_assert_cmpuint (epochs->len, ==, 1);
  assert_model (fixture, result->model);
  assert_map (fixture, result, 0);

  g_autofree char *log = read_log (fixture);

  g_assert_nonnull (strstr (log, "{\"event\":\"epoch\",\"epoch\":0,"));
  g_assert_nonnull (strstr (log, "{\"event\":\"done\",\"best_epoch\":0,\"best_val_accuracy\":0."));
}

static void
test_stop_twice (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtTrainingResult) result = run (fixture, 3, 2, 0, &error);

  g_test_summary ("A second stop skips the check; the weights are kept unchecked");

  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_false (result->checked);
  g_assert_cmpuint (epochs->len, ==, 0);
  assert_model (fixture, result->model);
}

static void
test_stop_in_check (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("A stop abandons a check, but not the first one");

  g_autoptr (UtTrainingResult) first = run (fixture, STEPS_PER_EPOCH, 1, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (first->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_cmpuint (first->best.epoch, ==, 1);
  g_assert_cmpuint (epochs->len, ==, 1);

  g_autoptr (UtTrainingResult) second = run (fixture, 2 * STEPS_PER_EPOCH, 1, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (second->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_cmpuint (second->best.epoch, ==, 1);
  g_assert_cmpuint (second->last_epoch, ==, 2);
  g_assert_cmpuint (epochs->len, ==, 1);
}

static void
test_not_finite (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtTrainingResult) result = run (fixture, 0, 0, 2 * STEPS_PER_EPOCH + 4, &error);

  g_test_summary ("A loss that is not a number ends the run, is told, and keeps the last good "
                  "model");

  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, UT_TRAINER_FAILED);
  g_assert_error (result->error, UT_LAB_ERROR, UT_LAB_ERROR_NOT_FINITE);
  g_assert_true (g_str_has_prefix (result->error->message,
                                   "Loss was not a number at step 24. The model of epoch "));
  assert_model (fixture, result->model);
  assert_map (fixture, result, 2);

  g_autofree char *log = read_log (fixture);

  g_assert_nonnull (strstr (log,
                            "{\"event\":\"step\",\"step\":24,\"epoch\":3,"
                            "\"loss\":null,\"accuracy\":0}\n"
                                 "{\"event\":\"error\",\"message\":\"Loss was not a number at step "
                                 "24."));
}

static void
test_not_finite_at_once (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtTrainingResult) result = run (fixture, 0, 0, 1, &error);

  g_test_summary ("Without a model to keep the run is an error");

  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_NOT_FINITE);
  g_assert_null (result);
}

#define ADD(path, function) \
  g_test_add ("/worker/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  ADD ("stop/in-epoch", test_stop_in_epoch);
  ADD ("stop/early", test_stop_early);
  ADD ("stop/twice", test_stop_twice);
  ADD ("stop/in-check", test_stop_in_check);
  ADD ("not-finite/later", test_not_finite);
  ADD ("not-finite/at-once", test_not_finite_at_once);

  int status = g_test_run ();

  g_array_unref (epochs);
  return status;
}
