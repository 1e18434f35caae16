/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* A training that was ended somewhere and goes on leaves the same files as one that never ended. The
 * worker runs on this thread, with steps that do something at a time of the test's choice. */

#include "config.h"

#include "lab-fixture.h"

#include "ut-log-private.h"
#include "ut-state-private.h"
#include "ut-worker-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define STEPS_PER_EPOCH (FIXTURE_N_TRAIN / 16)
#define N_EPOCHS 3
#define N_STEPS (N_EPOCHS * STEPS_PER_EPOCH)
#define N_RANDOM 10
/* A stop before this step never comes. */
#define NEVER G_MAXUINT64

static const char * const outputs[] = { "model", "state", "map", "jsonl" };

/* What happens during a step; the worker's trainer has no data of its own. */
static struct
{
  guint64 step;
  guint64 stop_at;
  guint n_stops;
  guint64 kill_at; /* copies the files as a kill would leave them */
  Fixture *fixture;
  UtControl *control;
  GString *notices;
} plan;

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

/* Copies what is there of the files called @from to those called @to. */
static void
copy_files (Fixture    *fixture,
            const char *from,
            const char *to)
{
  static const char * const names[] = { "model", "state", "state.best", "map", "jsonl" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from_name = g_strconcat (from, ".", names[i], NULL);
      g_autofree char *to_name = g_strconcat (to, ".", names[i], NULL);
      g_autofree char *from_path = fixture_path (fixture, from_name);
      g_autofree char *to_path = fixture_path (fixture, to_name);
      g_autofree char *data = NULL;
      gsize length;

      g_unlink (to_path);
      if (g_file_get_contents (from_path, &data, &length, NULL))
        g_assert_true (g_file_set_contents_full (to_path, data, (gssize) length,
                                                 G_FILE_SET_CONTENTS_NONE, 0666, NULL));
    }
}

static void
replace_model (Fixture    *fixture,
               const char *name,
               const char *by)
{
  g_autofree char *from_name = g_strconcat (by, ".model", NULL);
  g_autofree char *to_name = g_strconcat (name, ".model", NULL);
  g_autofree char *from = fixture_path (fixture, from_name);
  g_autofree char *to = fixture_path (fixture, to_name);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (to, contents, (gssize) length, NULL));
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

      plan.step = ut_nn_trainer_get_step_count (trainer) + 1;
      for (guint i = 0; plan.step == plan.stop_at && i < plan.n_stops; i++)
        _ut_control_stop (plan.control);
      if (plan.step == plan.kill_at)
        copy_files (plan.fixture, "run", "killed");

      UtNnStatus status = ut_nn_trainer_run (trainer, sentences, rows + start, n, n, tell, &teller);

      g_assert_cmpint (status, ==, UT_NN_OK);
    }

  return UT_NN_OK;
}

static void
take_update (const UtTrainerUpdate *update,
             gpointer               data)
{
  if (update->notices != NULL)
    g_string_append_printf (plan.notices, "%s\n", update->notices);
}

static void
take_snapshot (UtModel  *model,
               gpointer  data)
{
  g_assert_not_reached ();
}

static GFile *
get_file (Fixture    *fixture,
          const char *name,
          const char *ending)
{
  g_autofree char *full = g_strconcat (name, ".", ending, NULL);
  g_autofree char *path = fixture_path (fixture, full);

  return g_file_new_for_path (path);
}

/* Trains with all outputs under @name, from the state called @start, if one is. */
static UtTrainingResult *
train (Fixture     *fixture,
       UtConfig    *config,
       const char  *name,
       const char  *start,
       gint64       save_interval,
       GError     **error)
{
  static const UtMailboxFuncs funcs = { take_update, take_snapshot };
  g_autoptr (UtJob) job = g_new (UtJob, 1);
  g_autofree char *start_path = start != NULL ? fixture_path (fixture, start) : NULL;

  *job = (UtJob) {
    .config = ut_config_ref (config),
    .log = get_file (fixture, name, "jsonl"),
    .model = get_file (fixture, name, "model"),
    .state = get_file (fixture, name, "state"),
    .map = get_file (fixture, name, "map"),
    .start = start != NULL ? g_file_new_for_path (start_path) : NULL,
    .save_interval = save_interval,
    .control = _ut_control_new (),
    .mailbox = _ut_mailbox_new (&funcs, NULL),
    .train = planned_train,
  };
  plan.fixture = fixture;
  plan.control = job->control;
  g_string_truncate (plan.notices, 0);

  UtTrainingResult *result = _ut_job_run (job, error);

  _ut_mailbox_flush (job->mailbox);
  _ut_mailbox_close (job->mailbox);
  plan.control = NULL;
  return result;
}

static UtTrainingResult *
train_until (Fixture    *fixture,
             UtConfig   *config,
             const char *name,
             const char *start,
             guint64     stop_at,
             guint       n_stops)
{
  g_autoptr (GError) error = NULL;

  plan.stop_at = stop_at;
  plan.n_stops = n_stops;

  UtTrainingResult *result = train (fixture, config, name, start, UT_JOB_SAVE_INTERVAL, &error);

  plan.stop_at = NEVER;
  g_assert_no_error (error);
  g_assert_no_error (result->error);
  return result;
}

static void
assert_same (Fixture    *fixture,
             const char *first,
             const char *second)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_autofree char *first_name = g_strconcat (first, ".", outputs[i], NULL);
      g_autofree char *second_name = g_strconcat (second, ".", outputs[i], NULL);

      if (g_str_equal (outputs[i], "jsonl"))
        {
          g_autofree char *first_log = fixture_read_log (fixture, first_name);
          g_autofree char *second_log = fixture_read_log (fixture, second_name);

          g_assert_cmpstr (first_log, ==, second_log);
        }
      else if (g_str_equal (outputs[i], "state"))
        fixture_assert_same_state (fixture, first_name, second_name);
      else
        fixture_assert_same_file (fixture, first_name, second_name);
    }
}

/* The run goes on until its end, which is as that of the whole one. */
static void
assert_continues (Fixture                *fixture,
                  UtConfig               *config,
                  const UtTrainingResult *whole)
{
  g_autoptr (UtTrainingResult) result = train_until (fixture, config, "run", "run.state", NEVER, 0);

  g_assert_cmpint (result->outcome, ==, UT_TRAINER_FINISHED);
  g_assert_true (result->checked);
  g_assert_true (result->saved);
  g_assert_cmpuint (result->best.epoch, ==, whole->best.epoch);
  g_assert_cmpuint (result->best.step, ==, whole->best.step);
  g_assert_cmpfloat (result->best.val_loss, ==, whole->best.val_loss);
  g_assert_cmpuint (result->last_epoch, ==, whole->last_epoch);
  g_assert_cmpstr (result->early, ==, whole->early);
  g_assert_nonnull (result->model);
  g_assert_nonnull (result->map);
  assert_same (fixture, "run", "whole");
}

typedef struct
{
  UtSetting setting;
  double value;
} Setting;

typedef struct
{
  UtCellKind cell;
  Setting settings[5]; /* up to one with the value 0 */
} Case;

static const Case cases[] = {
  { UT_CELL_RNN, { { UT_SETTING_READOUT_DROPOUT, 0.3 }, { UT_SETTING_SCHEDULE, UT_SCHEDULE_LINEAR },
                   { UT_SETTING_AVERAGED_EPOCHS, 2 } } },
  { UT_CELL_LSTM, { { UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE }, { UT_SETTING_WARM_UP, 0.1 },
                    { UT_SETTING_TRAIN_UNKNOWN, 1 }, { UT_SETTING_GRADIENT_CLIPPING, 0.5 },
                    { UT_SETTING_AVERAGED_EPOCHS, 5 } } },
  { UT_CELL_GRU, { { UT_SETTING_SCHEDULE, UT_SCHEDULE_PLATEAU }, { UT_SETTING_PATIENCE, 1 },
                   { UT_SETTING_MIN_DELTA, 0.3 }, { UT_SETTING_WEIGHT_DECAY, 0.01 },
                   { UT_SETTING_EMBEDDING_DROPOUT, 0.2 } } },
  { UT_CELL_GRU, { { UT_SETTING_LAYERS, 2 }, { UT_SETTING_LAYER_DROPOUT, 0.5 },
                   { UT_SETTING_LABEL_SMOOTHING, 0.1 }, { UT_SETTING_BIDIRECTIONAL, 1 } } },
  { UT_CELL_LSTM, { { UT_SETTING_SUBWORDS, 1 }, { UT_SETTING_WORD_DROPOUT, 0.2 },
                    { UT_SETTING_TRAIN_UNKNOWN, 1 } } },
  { UT_CELL_LSTM, { { UT_SETTING_STATE_ALONG, 1 }, { UT_SETTING_PADDING, 1 } } },
  { UT_CELL_BAG, { { UT_SETTING_WEIGHT_DECAY, 0.1 } } },
};

static UtConfig *
make_config (Fixture    *fixture,
             const Case *c)
{
  UtConfig *config = fixture_config (fixture, c->cell, N_EPOCHS);

  for (gsize i = 0; i < G_N_ELEMENTS (c->settings) && c->settings[i].value != 0; i++)
    {
      g_autoptr (UtConfig) base = g_steal_pointer (&config);

      config = fixture_config_with (base, c->settings[i].setting, c->settings[i].value);
    }
  return config;
}

static void
test_anywhere (Fixture       *fixture,
               gconstpointer  data)
{
  const Case *c = data;
  g_autoptr (UtConfig) config = make_config (fixture, c);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);

  g_test_summary ("Stopped in the last step of an epoch, or in any other, and continued, it ends as "
                  "if it had never stopped");

  for (guint i = 0; i < N_EPOCHS + N_RANDOM; i++)
    {
      guint64 stop_at = i < N_EPOCHS ? (i + 1) * STEPS_PER_EPOCH
                                     : (guint64) g_test_rand_int_range (1, N_STEPS + 1);
      g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, stop_at,
                                                          1 + i % 2);

      g_test_message ("Stopped at step %" G_GUINT64_FORMAT, stop_at);
      assert_continues (fixture, config, whole);
      /* Subwords and bigrams make large files. */
      if (i == N_EPOCHS
          && (c->cell == UT_CELL_BAG || c->settings[0].setting == UT_SETTING_SUBWORDS))
        break;
    }
}

static void
test_often (Fixture       *fixture,
            gconstpointer  data)
{
  static const guint64 stops[] = { 1, 2, 7, 10, 11, 20, 20, 23, 29, 30 };
  g_autoptr (UtConfig) config = make_config (fixture, &cases[0]);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);

  g_test_summary ("A training may be stopped and continued as often as one likes");

  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    ut_training_result_free (train_until (fixture, config, "run", i > 0 ? "run.state" : NULL,
                                          stops[i], 1));
  assert_continues (fixture, config, whole);

  /* And once more, when there is nothing left to do. */
  assert_continues (fixture, config, whole);
}

static void
append_to_log (Fixture    *fixture,
               const char *name,
               const char *text)
{
  g_autofree char *path = fixture_path (fixture, name);
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) config = make_config (fixture, &cases[2]);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);

  g_test_summary ("After a kill it goes on from the last state that was saved; what the log says of "
                  "later, and a line that was cut off, are forgotten");

  for (guint64 kill_at = 3; kill_at <= whole->best.step + STEPS_PER_EPOCH; kill_at += 4)
    {
      g_autoptr (GError) error = NULL;

      /* The state is saved after each step, but for every other kill only at the ends of epochs. */
      plan.kill_at = kill_at;
      ut_training_result_free (train (fixture, config, "run", NULL,
                                      kill_at % 8 == 3 ? 0 : UT_JOB_SAVE_INTERVAL, &error));
      plan.kill_at = NEVER;
      g_assert_no_error (error);
      copy_files (fixture, "killed", "run");

      g_autoptr (GFile) state = get_file (fixture, "run", "state");

      if (!g_file_query_exists (state, NULL))
        continue;
      append_to_log (fixture, "run.jsonl",
                     "{\"event\":\"step\",\"step\":29,\"epoch\":3,\"loss\":1,\"accuracy\":1}\n"
                     "{\"event\":\"step\",\"step\":30,\"ep");
      assert_continues (fixture, config, whole);
    }
}

static void
test_killed_between (Fixture       *fixture,
                     gconstpointer  data)
{
  g_test_summary ("A kill after a better model was written, and before its state was, leaves the two an "
                  "epoch apart; a run that goes on has the model of its state again");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (UtConfig) config = make_config (fixture, &cases[i]);
      g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);
      guint64 end = whole->best.step;

      /* The first epoch has no model before it. */
      if (whole->best.epoch == 1)
        continue;

      g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, end - 2, 1);

      g_assert_cmpuint (stopped->best.epoch, <, whole->best.epoch);
      copy_files (fixture, "run", "before");
      replace_model (fixture, "run", "whole");

      g_autoptr (UtTrainingResult) again = train_until (fixture, config, "run", "run.state", end - 1,
                                                        1);

      g_assert_cmpint (again->outcome, ==, UT_TRAINER_STOPPED);
      g_assert_cmpuint (again->best.epoch, ==, stopped->best.epoch);
      fixture_assert_same_file (fixture, "run.model", "before.model");

      replace_model (fixture, "run", "whole");
      assert_continues (fixture, config, whole);
    }
}

static UtLogContents
read_log (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtLogContents log;

  _ut_log_read (file, &log, NULL, &error);
  g_assert_no_error (error);
  return log;
}

static UtState *
load_state (Fixture    *fixture,
            const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  UtState *state = _ut_state_load (file, NULL, &error);

  g_assert_no_error (error);
  return state;
}

static void
test_times (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = make_config (fixture, &cases[0]);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);
  g_autoptr (UtState) before = load_state (fixture, "run.state");
  g_autoptr (UtTrainingResult) result = train_until (fixture, config, "run", "run.state", 18, 1);
  g_autoptr (UtState) after = load_state (fixture, "run.state");

  g_test_summary ("The times of what came before and after add up");

  g_assert_cmpuint (result->last_epoch, ==, 2);
  g_assert_cmpuint (result->best.epoch, ==, 1);
  g_assert_cmpint (before->progress.times.elapsed, >, 0);
  g_assert_cmpint (before->progress.times.epoch, >, 0);
  g_assert_cmpint (after->progress.times.elapsed, >, before->progress.times.elapsed);
  g_assert_cmpint (after->progress.times.epoch, >, before->progress.times.epoch);
  g_assert_cmpint (after->progress.times.training, >, before->progress.times.training);
  g_assert_cmpfloat (result->seconds, >=, (double) after->progress.times.elapsed / G_USEC_PER_SEC);
  g_assert_cmpfloat (result->best.seconds, ==, stopped->best.seconds);
}

/* The training under "run" cannot go on, for that reason, and no file of it has changed. */
static void
assert_refused (Fixture    *fixture,
                UtConfig   *config,
                const char *reason)
{
  static const char * const files[] = { "model", "state", "map", "jsonl" };
  g_autoptr (GError) error = NULL;

  copy_files (fixture, "run", "before");

  g_autoptr (UtTrainingResult) result = train (fixture, config, "run", "run.state",
                                               UT_JOB_SAVE_INTERVAL, &error);

  g_assert_null (result);
  g_assert_nonnull (error);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” is not in “%s”", reason, error->message);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat ("run.", files[i], NULL);
      g_autofree char *before = g_strconcat ("before.", files[i], NULL);
      g_autofree char *path = fixture_path (fixture, name);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        fixture_assert_same_file (fixture, name, before);
    }
}

/* What a trainer told first, and the phase that it told last. */
typedef struct
{
  UtTrainerUpdate first;
  UtTrainerPhase phase;
  guint n_updates;
} Told;

static void
update_cb (UtTrainer             *trainer,
           const UtTrainerUpdate *update,
           Told                  *told)
{
  if (told->n_updates++ == 0)
    told->first = *update;
  told->phase = update->phase;
}

static guint64
get_saved_step (Fixture *fixture)
{
  g_autoptr (UtState) state = load_state (fixture, "run.state");

  return state->progress.step;
}

static void
test_trainer (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) config = make_config (fixture, &cases[0]);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);
  g_autoptr (GFile) log = get_file (fixture, "run", "jsonl");
  g_autoptr (GFile) model = get_file (fixture, "run", "model");
  g_autoptr (GFile) state = get_file (fixture, "run", "state");
  g_autoptr (GFile) map = get_file (fixture, "run", "map");
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Told told = { 0 };
  Training training;

  g_test_summary ("A trainer tells first where it goes on, and in a pause the state is saved once");

  ut_trainer_set_outputs (trainer, log, model, state);
  ut_trainer_set_map_output (trainer, map);
  ut_trainer_continue_from (trainer, state);
  ut_trainer_set_paused (trainer, TRUE);
  training_start (&training, trainer);
  g_signal_connect (trainer, "update", G_CALLBACK (update_cb), &told);
  SPIN_UNTIL (told.phase == UT_TRAINER_PAUSED);
  g_assert_cmpuint (told.first.step, ==, 14);
  g_assert_cmpuint (told.first.epoch, ==, 2);
  g_assert_cmpuint (told.first.batch, ==, 4);
  g_assert_cmpuint (training.points->len, ==, 0);

  /* A single step does not end the pause. */
  ut_trainer_step (trainer);
  SPIN_UNTIL (training.points->len == 1 && told.phase == UT_TRAINER_PAUSED);
  g_assert_cmpuint (get_saved_step (fixture), ==, 14);

  ut_trainer_set_speed (trainer, 40);
  ut_trainer_set_paused (trainer, FALSE);
  SPIN_UNTIL (training.points->len > 1);
  ut_trainer_set_paused (trainer, TRUE);
  SPIN_UNTIL (told.phase == UT_TRAINER_PAUSED);
  SPIN_UNTIL (get_saved_step (fixture) == 14 + training.points->len);

  UtLogContents contents = read_log (fixture, "run.jsonl");

  g_assert_cmpuint (contents.points->len, ==, 14 + training.points->len);
  _ut_log_contents_clear (&contents);

  ut_trainer_set_speed (trainer, 0);
  ut_trainer_set_paused (trainer, FALSE);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);
  assert_same (fixture, "run", "whole");
  g_signal_handlers_disconnect_by_data (trainer, &told);
  g_object_unref (trainer);
  training_clear (&training);
}

static void
test_other_settings (Fixture       *fixture,
                     gconstpointer  data)
{
  static const struct { UtSetting setting; double value; const char *reason; } others[] = {
    { UT_SETTING_HIDDEN_SIZE, 9, "“Hidden size” at 8 and cannot go on with 9" },
    { UT_SETTING_SEED, 2, "“Seed” at 1 and cannot go on with 2" },
    { UT_SETTING_BATCH_SIZE, 8, "“Batch size” at 16 and cannot go on with 8" },
    { UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE, "at Constant and cannot go on with Cosine" },
    { UT_SETTING_WEIGHT_DECAY, 0.125, "at 0 and cannot go on with 0.125" },
    { UT_SETTING_EPOCHS, 1, "has come to epoch 2 and cannot go on with no more than 1" },
  };
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, N_EPOCHS);
  g_autoptr (UtConfig) other_cell = fixture_config (fixture, UT_CELL_GRU, N_EPOCHS);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);

  g_test_summary ("A setting that would have given other steps so far is refused by its name");

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (UtConfig) other = fixture_config_with (config, others[i].setting,
                                                        others[i].value);

      assert_refused (fixture, other, others[i].reason);
    }
  assert_refused (fixture, other_cell, "began with the cell LSTM and cannot go on with GRU");
}

static void
test_same_settings (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (UtConfig) config = make_config (fixture, &cases[0]);
  g_autoptr (UtConfig) threads = fixture_config_with (config, UT_SETTING_THREADS, 2);
  g_autoptr (UtConfig) other = fixture_config_with (threads, UT_SETTING_EVAL_BATCH_SIZE, 7);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);
  g_autoptr (UtTrainingResult) result = train_until (fixture, other, "run", "run.state", NEVER, 0);

  g_test_summary ("Other threads and another validation batch leave the numbers as they are");

  g_assert_cmpfloat (result->best.val_loss, ==, whole->best.val_loss);

  g_autofree char *log = fixture_read_log (fixture, "run.jsonl");
  g_autofree char *whole_log = fixture_read_log (fixture, "whole.jsonl");

  g_assert_cmpstr (log, ==, whole_log);
}

static void
test_other_data (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, N_EPOCHS);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);
  char * const paths[] = { fixture->train_path, fixture->dev_path };
  static const char * const reasons[] = { "the training rows (", "the validation rows (" };

  g_test_summary ("Data that have changed are refused, with the file that has");

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *contents = NULL;
      g_autofree char *reason = g_strconcat (reasons[i], paths[i], ")", NULL);

      g_assert_true (g_file_get_contents (paths[i], &contents, NULL, NULL));

      g_autofree char *changed = g_strconcat (contents, "good\t0\n", NULL);

      g_assert_true (g_file_set_contents (paths[i], changed, -1, NULL));
      assert_refused (fixture, config, reason);
      g_assert_true (g_file_set_contents (paths[i], contents, -1, NULL));
    }

  g_autoptr (UtTrainingResult) result = train_until (fixture, config, "run", "run.state", NEVER, 0);

  g_assert_cmpint (result->outcome, ==, UT_TRAINER_FINISHED);
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  /* Each is as long as what it replaces. */
  static const struct { const char *from; const char *to; const char *reason; } edits[] = {
    { "\\\"step\\\":14", "\\\"step\\\":15", "“undertone.state” is damaged: step" },
    { "\\\"batch\\\":4", "\\\"batch\\\":5", "“undertone.state” is damaged: step" },
    { "\\\"checked\\\":1", "\\\"checked\\\":2", "“undertone.state” is damaged: checked" },
    { "\\\"examples\\\":64", "\\\"examples\\\":65", "“undertone.state” is damaged: examples" },
    { "\\\"best\\\":{", "\\\"bess\\\":{", "“undertone.state” is damaged: best" },
    { "\\\"elapsed\\\":", "\\\"elapsex\\\":", "“undertone.times” is damaged: elapsed" },
    { "undertone.data", "undertone.date", "there is no “undertone.data” in it" },
    { "\\\"hidden-size\\\":8", "\\\"hidden-size\\\":9",
      "it has not as many numbers as a training state" },
    { "\\\"train_rows\\\":160", "\\\"train_rows\\\":161", "“undertone.state” is damaged: step" },
    { "\"first_moment.fc.bias\"", "\"first_moment.fc.bits\"",
      "the tensor “first_moment.fc.bias” is missing" },
    { "last_steps.e", "last_steps.f", "the tensor “last_steps.embedding.weight” is missing" },
  };
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, N_EPOCHS);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);
  g_autofree char *path = fixture_path (fixture, "run.state");
  g_autofree char *bytes = NULL;
  gsize length;

  g_test_summary ("A state that is damaged, cut off or untrue is refused, with what is wrong");

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = 0; i < length; i += 1 + length / 40)
    {
      bytes[i] ^= 16;
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      assert_refused (fixture, config, "run.state: ");
      assert_refused (fixture, config, "a copy of");
      bytes[i] ^= 16;
    }
  for (gsize i = 0; i < length; i += 1 + length / 20)
    {
      g_assert_true (g_file_set_contents (path, bytes, (gssize) i, NULL));
      assert_refused (fixture, config, "run.state: ");
    }

  fixture_forget_checksum (bytes, length);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *changed = g_memdup2 (bytes, length);
      char *place = g_strstr_len (changed + 8, (gssize) length - 8, edits[i].from);

      g_assert_cmpuint (strlen (edits[i].from), ==, strlen (edits[i].to));
      if (place == NULL)
        g_error ("“%s” is not in the state", edits[i].from);
      memcpy (place, edits[i].to, strlen (edits[i].to));
      g_assert_true (g_file_set_contents (path, changed, (gssize) length, NULL));
      assert_refused (fixture, config, edits[i].reason);
    }
}

static void
test_best (Fixture       *fixture,
           gconstpointer  data)
{
  /* The better it learns the training rows, the worse it answers these. */
  g_autofree char *dev = fixture_write (fixture, "dev.tsv",
                                        "sentence\tlabel\nbad\t1\ngood\t0\n", -1);
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 12);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 115, 1);
  g_autofree char *model_path = fixture_path (fixture, "run.model");
  g_autofree char *best_path = fixture_path (fixture, "run.state.best");
  g_autofree char *contents = NULL;
  gsize length;

  g_test_summary ("The best model so far stays where nothing better comes, and is asked for where it "
                  "is gone");

  g_assert_cmpuint (whole->best.epoch, <, 11);
  g_assert_true (g_file_test (best_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (model_path, &contents, &length, NULL));

  g_assert_cmpint (g_unlink (model_path), ==, 0);
  assert_refused (fixture, config, "cannot be read back: ");
  g_assert_true (g_file_set_contents (model_path, contents, (gssize) length - 1, NULL));
  assert_refused (fixture, config, "cannot be read back: ");
  g_assert_true (g_file_set_contents (model_path, contents, (gssize) length, NULL));
  assert_continues (fixture, config, whole);
  fixture_assert_same_state (fixture, "run.state.best", "whole.state.best");

  /* From the best epoch itself, in files of its own, and as it was from there on. */
  g_autoptr (UtTrainingResult) other = train_until (fixture, config, "other", "run.state.best",
                                                    NEVER, 0);

  g_assert_cmpuint (other->best.epoch, ==, whole->best.epoch);
  fixture_assert_same_file (fixture, "other.model", "whole.model");
  fixture_assert_same_file (fixture, "other.map", "whole.map");
  fixture_assert_same_state (fixture, "other.state", "whole.state");
  fixture_assert_same_state (fixture, "other.state.best", "whole.state.best");
}

static void
test_plateau (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *dev = fixture_write (fixture, "dev.tsv",
                                        "sentence\tlabel\nbad\t1\ngood\t0\n", -1);
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 8);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_SCHEDULE,
                                                     UT_SCHEDULE_PLATEAU);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, config, "whole", NULL, NEVER, 0);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 63, 1);
  g_autoptr (UtState) state = load_state (fixture, "run.state");

  g_test_summary ("A rate that a plateau has lowered stays low");

  g_assert_cmpfloat (state->progress.schedule.learning_rate, <, 0.02);
  assert_continues (fixture, config, whole);
}

static void
test_more_epochs (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, N_EPOCHS);
  g_autoptr (UtConfig) longer = fixture_config_with (config, UT_SETTING_EPOCHS, N_EPOCHS + 2);
  g_autoptr (UtConfig) falling = fixture_config_with (config, UT_SETTING_SCHEDULE,
                                                      UT_SCHEDULE_LINEAR);
  g_autoptr (UtConfig) longer_falling = fixture_config_with (falling, UT_SETTING_EPOCHS,
                                                             N_EPOCHS + 2);
  g_autoptr (UtTrainingResult) whole = train_until (fixture, longer, "whole", NULL, NEVER, 0);

  g_test_summary ("A finished training goes on with more epochs, as if it had had them from the start "
                  "where the rate does not fall; otherwise a notice says how it goes on");

  ut_training_result_free (train_until (fixture, config, "run", NULL, NEVER, 0));

  g_autoptr (UtTrainingResult) result = train_until (fixture, longer, "run", "run.state", NEVER, 0);

  g_assert_cmpuint (result->last_epoch, ==, N_EPOCHS + 2);
  g_assert_cmpuint (result->best.epoch, ==, whole->best.epoch);
  g_assert_cmpstr (plan.notices->str, ==, "");
  fixture_assert_same_state (fixture, "run.state", "whole.state");
  fixture_assert_same_file (fixture, "run.map", "whole.map");

  ut_training_result_free (train_until (fixture, falling, "run", NULL, NEVER, 0));
  ut_training_result_free (train_until (fixture, longer_falling, "run", "run.state", NEVER, 0));
  g_assert_nonnull (strstr (plan.notices->str, "over 5 epochs from here on; until here it was over "
                                               "3."));

  UtLogContents log = read_log (fixture, "run.jsonl");

  g_assert_cmpuint (log.points->len, ==, (N_EPOCHS + 2) * STEPS_PER_EPOCH);
  g_assert_cmpuint (log.epochs->len, ==, N_EPOCHS + 2);
  _ut_log_contents_clear (&log);
}

/* The last learning rate that the state called @name has. */
static float
get_last_rate (Fixture    *fixture,
               const char *name)
{
  g_autoptr (UtState) state = load_state (fixture, name);

  return state->rates[state->n_rates - 1].learning_rate;
}

static void
test_half_rate (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, N_EPOCHS);
  g_autoptr (UtConfig) longer = fixture_config_with (config, UT_SETTING_EPOCHS, N_EPOCHS + 2);
  g_autoptr (UtConfig) halved = fixture_config_with (longer, UT_SETTING_LEARNING_RATE, 0.01);

  g_test_summary ("It goes on with half the learning rate, which stays that when it goes on again");

  ut_training_result_free (train_until (fixture, config, "run", NULL, NEVER, 0));
  ut_training_result_free (train_until (fixture, halved, "half", "run.state", 34, 1));
  g_assert_cmpfloat (get_last_rate (fixture, "run.state"), ==, 0.02f);
  g_assert_cmpfloat (get_last_rate (fixture, "half.state"), ==, 0.01f);
  ut_training_result_free (train_until (fixture, halved, "half", "half.state", NEVER, 0));
  g_assert_cmpfloat (get_last_rate (fixture, "half.state"), ==, 0.01f);

  UtLogContents log = read_log (fixture, "half.jsonl");

  g_assert_cmpuint (log.points->len, ==, 2 * STEPS_PER_EPOCH);
  _ut_log_contents_clear (&log);
}

static void
test_more_patience (Fixture       *fixture,
                    gconstpointer  data)
{
  const Case *c = &cases[2];
  g_autoptr (UtConfig) config = make_config (fixture, c);
  g_autoptr (UtConfig) longer = fixture_config_with (config, UT_SETTING_EPOCHS, N_EPOCHS + 5);

  g_test_summary ("A training that ended early ends at once where it goes on, but not with more "
                  "epochs");

  g_autoptr (UtTrainingResult) early = train_until (fixture, config, "run", NULL, NEVER, 0);

  g_assert_nonnull (early->early);

  g_autoptr (UtTrainingResult) same = train_until (fixture, config, "run", "run.state", NEVER, 0);

  g_assert_cmpuint (same->last_epoch, ==, early->last_epoch);
  g_assert_cmpstr (same->early, ==, early->early);

  g_autoptr (UtTrainingResult) more = train_until (fixture, longer, "run", "run.state", NEVER, 0);

  g_assert_cmpuint (more->last_epoch, >, early->last_epoch);
}

#define ADD(path, data, function) \
  g_test_add ("/continue/" path, Fixture, data, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  plan.stop_at = NEVER;
  plan.kill_at = NEVER;
  plan.notices = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/continue/anywhere/%s-%" G_GSIZE_FORMAT,
                                               ut_cell_kind_get_nick (cases[i].cell), i);

      g_test_add (path, Fixture, &cases[i], fixture_set_up, test_anywhere, fixture_tear_down);
    }
  ADD ("often", NULL, test_often);
  ADD ("killed", NULL, test_killed);
  ADD ("killed-between", NULL, test_killed_between);
  ADD ("times", NULL, test_times);
  ADD ("trainer", NULL, test_trainer);
  ADD ("other-settings", NULL, test_other_settings);
  ADD ("same-settings", NULL, test_same_settings);
  ADD ("other-data", NULL, test_other_data);
  ADD ("hostile", NULL, test_hostile);
  ADD ("best", NULL, test_best);
  ADD ("plateau", NULL, test_plateau);
  ADD ("more-epochs", NULL, test_more_epochs);
  ADD ("half-rate", NULL, test_half_rate);
  ADD ("more-patience", NULL, test_more_patience);

  int status = g_test_run ();

  g_string_free (plan.notices, TRUE);
  return status;
}
