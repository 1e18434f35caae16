/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* A training that was ended somewhere and goes on leaves the same files as one that never ended. The
 * worker runs on this thread, with steps that do something at a time of the test's choice. */

#include "config.h"

#include "lab-fixture.h"

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
  UtTrainerUpdate first; /* what the training told first */
  guint n_updates;
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
  if (plan.n_updates++ == 0)
    plan.first = *update;
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
  plan.n_updates = 0;
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
      if (i == N_EPOCHS && (c->cell == UT_CELL_BAG || c->settings[0].setting == UT_SETTING_SUBWORDS))
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
test_position (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = make_config (fixture, &cases[0]);
  g_autoptr (UtTrainingResult) stopped = train_until (fixture, config, "run", NULL, 14, 1);
  g_autoptr (UtTrainingResult) result = train_until (fixture, config, "run", "run.state", 18, 1);

  g_test_summary ("What it tells first is where it goes on, and times add up");

  g_assert_cmpuint (plan.first.epoch, ==, 2);
  g_assert_cmpuint (plan.first.n_points, >, 0);
  g_assert_cmpuint (plan.first.step, >=, 14);
  g_assert_cmpuint (result->last_epoch, ==, 2);
  g_assert_cmpuint (result->best.epoch, ==, 1);
  g_assert_cmpfloat (result->seconds, >, stopped->seconds);
  g_assert_cmpfloat (result->best.seconds, ==, stopped->best.seconds);
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
  ADD ("position", NULL, test_position);

  int status = g_test_run ();

  g_string_free (plan.notices, TRUE);
  return status;
}
