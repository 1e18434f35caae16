/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-log-private.h"
#include "ut-mailbox-private.h"
#include "ut-safetensors-private.h"
#include "ut-schedule-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define STEPS_PER_EPOCH (FIXTURE_N_TRAIN / 16)

static void
test_learns (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, (UtCellKind) GPOINTER_TO_INT (data), 12);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  g_test_summary ("Each cell answers all rows of a toy set right after a few epochs");

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);
  g_assert_true (training.result->checked);
  g_assert_cmpfloat (training.result->best.val_accuracy, ==, 1);
  g_assert_cmpuint (training.result->last_epoch, ==, 12);
  g_assert_nonnull (training.result->model);
  g_assert_cmpstr (training.notices->str, ==, "");
  g_assert_cmpuint (training.epochs->len, ==, 12);
  training_clear (&training);
}

static void
test_overfits_one_batch (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "one.tsv",
                                         "sentence\tlabel\na b\t1\nb a\t0\na a b\t0\nb\t1\n", -1);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Four rows with labels that only their order explains are learned by heart");

  ut_config_builder_set_files (builder, path, path);
  ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 0.02);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 150);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);

  const UtEpoch *last = &g_array_index (training.epochs, UtEpoch, training.epochs->len - 1);

  g_assert_cmpfloat (last->train_loss, <, 0.01);
  g_assert_cmpfloat (last->val_accuracy, ==, 1);
  training_clear (&training);
}

static void
test_points (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 30);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  g_test_summary ("Every step and every epoch arrives once, in order, before the end");

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpuint (training.points->len, ==, 30 * STEPS_PER_EPOCH);
  for (guint i = 0; i < training.points->len; i++)
    {
      const UtPoint *point = &g_array_index (training.points, UtPoint, i);

      g_assert_cmpuint (point->step, ==, i + 1);
      g_assert_cmpuint (point->epoch, ==, i / STEPS_PER_EPOCH + 1);
    }
  g_assert_cmpuint (training.epochs->len, ==, 30);

  /* The mean of the points of the epoch, as all batches are of one size. */
  double loss = 0;

  for (guint i = 0; i < STEPS_PER_EPOCH; i++)
    loss += g_array_index (training.points, UtPoint, i).loss / STEPS_PER_EPOCH;
  g_assert_cmpfloat_with_epsilon (g_array_index (training.epochs, UtEpoch, 0).train_loss, loss,
                                  1e-9);
  training_clear (&training);
}

static void
test_early (Fixture       *fixture,
            gconstpointer  data)
{
  enum { EPOCHS = 60, PATIENCE = 2 };
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_LSTM, EPOCHS);
  g_autoptr (UtConfig) patient = fixture_config_with (base, UT_SETTING_PATIENCE, PATIENCE);
  g_autoptr (UtConfig) demanding = fixture_config_with (patient, UT_SETTING_MIN_DELTA, 1);
  UtConfig * const configs[] = { patient, demanding };

  g_test_summary ("Patience ends a training that no longer gets better, by more than the delta");

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      UtTrainer *trainer = ut_trainer_new (configs[i], NULL);
      guint last_better = 1;
      Training training;

      training_start (&training, trainer);
      g_object_unref (trainer);
      training_wait (&training);
      g_assert_no_error (training.error);
      g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);

      /* No epoch is better than the first one by 1; of the others every rise counts. */
      for (guint epoch = 2; configs[i] == patient && epoch <= training.epochs->len; epoch++)
        {
          const UtEpoch *epochs = (const UtEpoch *) training.epochs->data;

          if (epochs[epoch - 1].val_accuracy > epochs[last_better - 1].val_accuracy)
            last_better = epoch;
        }
      g_assert_cmpuint (training.epochs->len, ==, last_better + PATIENCE);
      g_assert_cmpuint (training.epochs->len, <, EPOCHS);
      g_assert_cmpuint (training.result->last_epoch, ==, training.epochs->len);
      g_assert_nonnull (strstr (training.result->early, "ended early"));
      training_clear (&training);
    }
}

static void
test_further_settings (Fixture       *fixture,
                       gconstpointer  data)
{
  static const struct { UtSetting setting; double value; } settings[] = {
    { UT_SETTING_TRAIN_EMBEDDING, 0 },
    { UT_SETTING_GRADIENT_CLIPPING, 0.01 },
    { UT_SETTING_WEIGHT_DECAY, 0.5 },
    { UT_SETTING_LABEL_SMOOTHING, 0.2 },
  };
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_LSTM, 2);
  g_autoptr (UtModel) plain = fixture_train (fixture, base, "plain");

  g_test_summary ("What is set reaches the engine: the same seed ends elsewhere");

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (UtConfig) config = fixture_config_with (base, settings[i].setting,
                                                         settings[i].value);
      g_autoptr (UtModel) model = fixture_train (fixture, config, "set");
      const UtNnModel *a = ut_model_get_weights (plain);
      const UtNnModel *b = ut_model_get_weights (model);
      const UtNnTensor *tensor = ut_nn_model_find_tensor (a, "rnn.weight_hh_l0");

      g_assert_cmpint (memcmp (ut_nn_model_peek_data (a, tensor), ut_nn_model_peek_data (b, tensor),
                               tensor->size * sizeof (float)), !=, 0);
    }
}

static void
test_deterministic (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_TRAIN_UNKNOWN, 1);
  g_autoptr (UtConfig) two_threads = fixture_config_with (config, UT_SETTING_THREADS, 2);
  g_autoptr (UtConfig) other_batches = fixture_config_with (config, UT_SETTING_EVAL_BATCH_SIZE, 7);
  g_autoptr (UtConfig) other_seed = fixture_config_with (config, UT_SETTING_SEED, 2);

  g_test_summary ("Equal seeds give equal bytes, whatever the threads; another seed does not");

  ut_model_unref (fixture_train (fixture, config, "first"));
  ut_model_unref (fixture_train (fixture, config, "second"));
  ut_model_unref (fixture_train (fixture, two_threads, "threads"));
  ut_model_unref (fixture_train (fixture, other_batches, "batches"));
  ut_model_unref (fixture_train (fixture, other_seed, "seed"));
  fixture_assert_same_file (fixture, "first", "second");
  fixture_assert_same_file (fixture, "first", "threads");
  fixture_assert_same_state (fixture, "first.state", "second.state");
  fixture_assert_same_state (fixture, "first.state", "threads.state");

  g_autofree char *first = fixture_read_log (fixture, "first.jsonl");
  g_autofree char *second = fixture_read_log (fixture, "second.jsonl");
  g_autofree char *threads = fixture_read_log (fixture, "threads.jsonl");
  g_autofree char *batches = fixture_read_log (fixture, "batches.jsonl");
  g_autofree char *seed = fixture_read_log (fixture, "seed.jsonl");

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, ==, threads);
  g_assert_cmpstr (first, ==, batches);
  g_assert_cmpstr (first, !=, seed);
  g_assert_nonnull (strstr (first, "{\"event\":\"done\",\"best_epoch\":"));
}

static void
phase_cb (UtTrainer             *trainer,
          const UtTrainerUpdate *update,
          UtTrainerPhase        *phase)
{
  *phase = update->phase;
}

static void
snapshot_cb (UtTrainer  *trainer,
             UtModel    *model,
             UtModel   **place)
{
  g_clear_pointer (place, ut_model_unref);
  *place = ut_model_ref (model);
}

static void
test_controls (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, 2);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  g_autofree char *path = fixture_path (fixture, "controlled");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (UtModel) snapshot = NULL;
  UtTrainerPhase phase = UT_TRAINER_PREPARING;
  Training training;

  g_test_summary ("Pause, steps, speed limit and snapshots leave the result as it is");

  ut_model_unref (fixture_train (fixture, config, "plain"));

  ut_trainer_set_outputs (trainer, NULL, file, NULL);
  ut_trainer_set_paused (trainer, TRUE);
  training_start (&training, trainer);
  g_signal_connect (trainer, "update", G_CALLBACK (phase_cb), &phase);
  g_signal_connect (trainer, "snapshot", G_CALLBACK (snapshot_cb), &snapshot);
  SPIN_UNTIL (phase == UT_TRAINER_PAUSED);
  g_assert_true (ut_trainer_get_paused (trainer));
  g_assert_cmpuint (training.points->len, ==, 0);

  ut_trainer_step (trainer);
  ut_trainer_step (trainer);
  SPIN_UNTIL (training.points->len == 2 && phase == UT_TRAINER_PAUSED);

  ut_trainer_request_snapshot (trainer);
  SPIN_UNTIL (snapshot != NULL);
  g_assert_cmpuint (training.points->len, ==, 2);

  ut_trainer_set_speed (trainer, 100);
  ut_trainer_set_paused (trainer, FALSE);
  g_clear_pointer (&snapshot, ut_model_unref);
  ut_trainer_request_snapshot (trainer);
  SPIN_UNTIL (snapshot != NULL);
  SPIN_UNTIL (training.points->len > 5);
  ut_trainer_set_speed (trainer, 0);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  fixture_assert_same_file (fixture, "plain", "controlled");
  g_signal_handlers_disconnect_by_data (training.trainer, &phase);
  g_signal_handlers_disconnect_by_data (training.trainer, &snapshot);
  training_clear (&training);
}

static void
test_speed (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  gint64 start = g_get_monotonic_time ();
  Training training;

  g_test_summary ("With fifty batches a second ten batches take the time of nine at least");

  ut_trainer_set_speed (trainer, 50);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 9 * G_USEC_PER_SEC / 50);
  training_clear (&training);
}

/* (transfer full): the numbers of the tensor called @name; @n_rows receives its rows. */
static float *
read_tensor (const char *path,
             const char *name,
             gsize      *n_rows)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtSafetensors) state = _ut_safetensors_open (file, NULL, &error);
  gsize n_entries;

  g_assert_no_error (error);

  g_autofree float *numbers = g_new (float, _ut_safetensors_count (state));
  const UtSafetensorsEntry *entries = _ut_safetensors_get_entries (state, &n_entries);

  for (gsize i = 0; i < n_entries; i++)
    {
      _ut_safetensors_read_next (state, numbers, NULL, &error);
      g_assert_no_error (error);
      if (g_str_equal (entries[i].name, name))
        {
          *n_rows = entries[i].dims[0];
          return g_steal_pointer (&numbers);
        }
    }
  g_assert_not_reached ();
}

/* Of the best epoch's words those that were in its last batch have the vectors of its model. */
static void
assert_rows_are_stored (const char      *path,
                        const UtNnModel *weights)
{
  const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, "embedding.weight");
  gsize n_columns = tensor->dims[1];
  const float *present = ut_nn_model_peek_data (weights, tensor);
  gsize n_rows;
  g_autofree float *stored = read_tensor (path, "embedding.weight", &n_rows);
  g_autofree float *last_steps = read_tensor (path, "last_steps.embedding.weight", &n_rows);
  double last_step = 0;

  g_assert_cmpuint (n_rows, ==, tensor->dims[0]);
  for (gsize row = 0; row < n_rows; row++)
    {
      g_assert_cmpfloat (last_steps[2 * row], ==, 0);
      last_step = MAX (last_step, (double) last_steps[2 * row + 1]);
    }
  g_assert_cmpfloat (last_step, >, 0);
  for (gsize row = 0; row < n_rows; row++)
    {
      if ((double) last_steps[2 * row + 1] == last_step)
        g_assert_cmpmem (stored + row * n_columns, n_columns * sizeof (float),
                         present + row * n_columns, n_columns * sizeof (float));
    }
}

static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  /* The better it learns the training rows, the worse it answers these. */
  g_autofree char *dev = fixture_write (fixture, "dev.tsv", "sentence\tlabel\nbad\t1\ngood\t0\n",
                                        -1);
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_GRU, 12);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autofree char *last_path = fixture_path (fixture, "model.state");
  g_autofree char *best_path = fixture_path (fixture, "model.state.best");
  const char * const paths[] = { best_path, last_path };
  const char * const positions[] =
    { "\"batch\":10,\"checked\":", "\"epoch\":12,\"batch\":10,\"checked\":12," };

  g_test_summary ("The state of the last and of the best epoch is kept: weights, both moments, "
                  "last steps and the learning rate");

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (UtSafetensors) state = _ut_safetensors_open (file, NULL, &error);
      gsize n_entries;

      g_assert_no_error (error);
      _ut_safetensors_get_entries (state, &n_entries);
      g_assert_cmpuint (n_entries, ==, 24);
      g_assert_nonnull (_ut_safetensors_find (state, "second_moment.rnn.weight_hh_l0"));
      g_assert_nonnull (_ut_safetensors_find (state, "last_steps.embedding.weight"));
      g_assert_nonnull (strstr (_ut_safetensors_get_metadata (state, "undertone.state"),
                                positions[i]));

      gsize n_rates;
      g_autofree float *rates = read_tensor (paths[i], "rates", &n_rates);

      g_assert_cmpuint (n_rates, ==, 1);
      g_assert_cmpfloat (rates[0], ==, 0);
      g_assert_cmpfloat (rates[1], ==, 1);
      g_assert_cmpfloat (rates[2], ==, 0.02f);
      if (i == 0)
        assert_rows_are_stored (paths[i], ut_model_get_weights (model));
    }
}

/* The state of a finished run holds the rates that the schedule gives, with the log's epochs. */
static void
assert_rates (Fixture    *fixture,
              const char *name,
              UtConfig   *config)
{
  g_autofree char *base = fixture_path (fixture, name);
  g_autofree char *path = g_strconcat (base, ".state", NULL);
  g_autofree char *log_path = g_strconcat (base, ".jsonl", NULL);
  g_autoptr (GFile) log_file = g_file_new_for_path (log_path);
  g_autoptr (GError) error = NULL;
  UtLogContents log;
  UtSchedule schedule;
  gsize n_rates;
  g_autofree float *rates = read_tensor (path, "rates", &n_rates);
  gsize n_used = 0;

  _ut_log_read (log_file, &log, NULL, &error);
  g_assert_no_error (error);

  guint n_steps = log.points->len;
  guint epoch_steps = n_steps / log.epochs->len;

  _ut_schedule_init (&schedule, (UtScheduleKind) ut_config_get_int (config, UT_SETTING_SCHEDULE),
                     ut_config_get_number (config, UT_SETTING_LEARNING_RATE),
                     ut_config_get_number (config, UT_SETTING_WARM_UP), n_steps);
  for (guint step = 1; step <= n_steps; step++)
    {
      if (n_used < n_rates && rates[3 * n_used + 1] == (float) step)
        n_used++;
      g_assert_cmpuint (n_used, >, 0);
      g_assert_cmpfloat (rates[3 * n_used - 1], ==, _ut_schedule_get_rate (&schedule, step));
      if (step % epoch_steps == 0)
        {
          const UtEpoch *epoch = &g_array_index (log.epochs, UtEpoch, step / epoch_steps - 1);

          _ut_schedule_end_epoch (&schedule, epoch->val_accuracy);
        }
    }
  g_assert_cmpuint (n_used, ==, n_rates);
  g_assert_cmpuint (n_rates, >, 1);
  _ut_log_contents_clear (&log);
}

static void
test_schedule (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { UtScheduleKind kind; double warm_up; } cases[] = {
    { UT_SCHEDULE_CONSTANT, 0.5 },
    { UT_SCHEDULE_LINEAR, 0 },
    { UT_SCHEDULE_COSINE, 0.1 },
    { UT_SCHEDULE_PLATEAU, 0 },
  };
  static const char * const names[] = { "one", "two", "three" };

  g_test_summary ("The rate follows the schedule, and bits do not depend on the threads");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 12);
      g_autoptr (UtConfig) batched = fixture_config_with (base, UT_SETTING_BATCH_SIZE, 40);
      g_autoptr (UtConfig) kind = fixture_config_with (batched, UT_SETTING_SCHEDULE,
                                                       cases[i].kind);
      g_autoptr (UtConfig) warm = fixture_config_with (kind, UT_SETTING_WARM_UP,
                                                       cases[i].warm_up);

      for (guint n_threads = 1; n_threads <= G_N_ELEMENTS (names); n_threads++)
        {
          g_autoptr (UtConfig) config = fixture_config_with (warm, UT_SETTING_THREADS, n_threads);

          ut_model_unref (fixture_train (fixture, config, names[n_threads - 1]));
          fixture_assert_same_file (fixture, "one", names[n_threads - 1]);
        }
      fixture_assert_same_state (fixture, "one.state", "two.state");
      fixture_assert_same_state (fixture, "one.state", "three.state");
      assert_rates (fixture, "one", warm);
    }
}

/* (transfer full): the model of the last of @n_epochs, each of which is better than those before. */
static UtModel *
train_rising (Fixture  *fixture,
              UtConfig *base,
              guint     n_epochs)
{
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_EPOCHS, n_epochs);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpuint (training.result->best.epoch, ==, n_epochs);

  UtModel *model = ut_model_ref (training.result->model);

  training_clear (&training);
  return model;
}

/* All steps have the same loss in two logs. */
static void
assert_same_steps (Fixture    *fixture,
                   const char *first_name,
                   const char *second_name)
{
  const char * const names[] = { first_name, second_name };
  UtLogContents logs[2];

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_path (fixture, names[i]);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;

      _ut_log_read (file, &logs[i], NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (logs[0].points->len, ==, logs[1].points->len);
  for (guint i = 0; i < logs[0].points->len; i++)
    g_assert_cmpfloat (g_array_index (logs[0].points, UtPoint, i).loss, ==,
                       g_array_index (logs[1].points, UtPoint, i).loss);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    _ut_log_contents_clear (&logs[i]);
}

static void
test_average (Fixture       *fixture,
              gconstpointer  data)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("The model that is kept is the mean of the last epochs, not what is trained on");

  ut_config_builder_set_files (builder, fixture->train_path, fixture->train_path);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 8);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 8);
  ut_config_builder_set_number (builder, UT_SETTING_BATCH_SIZE, 40);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);

  g_autoptr (UtConfig) averaged = fixture_config_with (config, UT_SETTING_AVERAGED_EPOCHS, 2);
  g_autoptr (UtModel) second = train_rising (fixture, config, 2);
  g_autoptr (UtModel) third = train_rising (fixture, config, 3);
  g_autoptr (UtModel) mean = train_rising (fixture, averaged, 3);
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (ut_model_get_weights (mean), &n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    {
      const float *a = ut_nn_model_peek_data (ut_model_get_weights (second), &tensors[i]);
      const float *b = ut_nn_model_peek_data (ut_model_get_weights (third), &tensors[i]);
      const float *m = ut_nn_model_peek_data (ut_model_get_weights (mean), &tensors[i]);

      for (gsize j = 0; j < tensors[i].size; j++)
        g_assert_cmpfloat (m[j], ==, (float) (((double) a[j] + (double) b[j]) / 2));
    }
}

static void
test_average_bits (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char * const names[] = { "one", "two", "three" };
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 6);
  g_autoptr (UtConfig) plain = fixture_config_with (base, UT_SETTING_BATCH_SIZE, 40);
  g_autoptr (UtConfig) averaged = fixture_config_with (plain, UT_SETTING_AVERAGED_EPOCHS, 3);

  g_test_summary ("Averaging leaves every step as it is, and bits do not depend on the threads");

  ut_model_unref (fixture_train (fixture, plain, "plain"));
  for (guint n_threads = 1; n_threads <= G_N_ELEMENTS (names); n_threads++)
    {
      g_autoptr (UtConfig) config = fixture_config_with (averaged, UT_SETTING_THREADS, n_threads);

      ut_model_unref (fixture_train (fixture, config, names[n_threads - 1]));
      fixture_assert_same_file (fixture, "one", names[n_threads - 1]);
    }
  fixture_assert_same_state (fixture, "one.state", "two.state");
  fixture_assert_same_state (fixture, "one.state", "three.state");
  assert_same_steps (fixture, "plain.jsonl", "one.jsonl");
}

static void
test_vectors (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = fixture_write (fixture, "vectors.txt",
                                         "good 1 2\nbad -1 -2\ngood 5 5\nelsewhere 3 4\n", -1);
  g_autofree char *train = fixture_write (fixture, "few.tsv",
                                          "sentence\tlabel\ngood film\t1\nbad "
                                          "film\t0\ngood\t1\nbad\t0\n", -1);
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_files (builder, train, NULL);
  ut_config_builder_set_vectors (builder, path);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 2);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 1);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_autoptr (UtConfig) wrong = fixture_config_with (config, UT_SETTING_EMBEDDING_SIZE, 3);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  g_test_summary ("Vectors are used, counted and compared with the embedding size; a tenth is held "
                  "out");

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_nonnull (strstr (training.notices->str, "words have a vector, "));
  g_assert_nonnull (strstr (training.notices->str, "1 word has more than one vector"));
  g_assert_nonnull (strstr (training.notices->str, "A tenth of the training rows is held out"));
  g_assert_nonnull (ut_model_get_facts (training.result->model)->vectors_hash);
  training_clear (&training);

  trainer = ut_trainer_new (wrong, NULL);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_error (training.error, UT_TEXT_ERROR, UT_TEXT_ERROR_DIMENSION);
  g_assert_nonnull (strstr (training.error->message, "2"));
  g_assert_nonnull (strstr (training.error->message, "3"));
  training_clear (&training);
}

static void
test_cannot_write (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 3);
  g_autofree char *path = fixture_path (fixture, "nowhere/model");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) full = g_file_new_for_path ("/dev/full");
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  g_test_summary ("A model that cannot be written ends the run, names the path, and is kept in "
                  "memory");

  ut_trainer_set_outputs (trainer, NULL, file, NULL);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FAILED);
  g_assert_nonnull (strstr (training.result->error->message, path));
  g_assert_nonnull (training.result->model);
  g_assert_cmpuint (training.result->best.epoch, ==, 1);
  training_clear (&training);

  if (!g_file_query_exists (full, NULL))
    {
      g_test_skip ("There is no /dev/full");
      return;
    }
  trainer = ut_trainer_new (config, NULL);
  ut_trainer_set_outputs (trainer, full, NULL, NULL);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FAILED);
  g_assert_error (training.result->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (training.result->error->message, "/dev/full"));
  g_assert_nonnull (training.result->model);
  training_clear (&training);
}

/* What a training told of its trouble last. */
typedef struct
{
  UtTrainerPhase phase;
  char *trouble; /* (owned) (nullable) */
  guint n_troubles;
} Trouble;

static void
trouble_cb (UtTrainer             *trainer,
            const UtTrainerUpdate *update,
            Trouble               *trouble)
{
  if (update->trouble != NULL && trouble->trouble == NULL)
    trouble->n_troubles++;
  trouble->phase = update->phase;
  g_free (trouble->trouble);
  trouble->trouble = g_strdup (update->trouble);
}

static void
test_waits_to_save (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char * const outputs[] = { "run.jsonl", "run", "run.state", "run.map" };
  static const char * const wholes[] = { "whole.jsonl", "whole", "whole.state" };
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 3);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_AVERAGED_EPOCHS, 2);
  g_autofree char *folder = fixture_path (fixture, "folder");
  g_autofree char *away = fixture_path (fixture, "away");
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Trouble trouble = { 0 };
  GFile *files[G_N_ELEMENTS (outputs)];
  g_autoptr (UtModel) snapshot = NULL;
  Training training;

  g_test_summary ("A file that cannot be written pauses the run, which says why, and goes on with the "
                  "same bits once it can");

  ut_model_unref (fixture_train (fixture, config, "whole"));
  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_autofree char *path = g_build_filename (folder, outputs[i], NULL);

      files[i] = g_file_new_for_path (path);
    }
  ut_trainer_set_outputs (trainer, files[0], files[1], files[2]);
  ut_trainer_set_map_output (trainer, files[3]);
  ut_trainer_set_waits_to_save (trainer, TRUE);
  ut_trainer_set_paused (trainer, TRUE);
  training_start (&training, trainer);
  g_signal_connect (trainer, "update", G_CALLBACK (trouble_cb), &trouble);
  g_signal_connect (trainer, "snapshot", G_CALLBACK (snapshot_cb), &snapshot);
  SPIN_UNTIL (trouble.phase == UT_TRAINER_PAUSED);
  g_assert_null (trouble.trouble);

  /* Three of the files are written where they are not; the log is open. */
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  ut_trainer_set_paused (trainer, FALSE);
  SPIN_UNTIL (trouble.trouble != NULL);
  g_assert_cmpint (trouble.phase, ==, UT_TRAINER_PAUSED);
  g_assert_true (ut_trainer_get_paused (trainer));
  g_assert_true (g_str_has_prefix (trouble.trouble, g_file_peek_path (files[3])));
  ut_trainer_request_snapshot (trainer);
  SPIN_UNTIL (snapshot != NULL);

  /* To try again does not help yet. */
  ut_trainer_set_paused (trainer, FALSE);
  SPIN_UNTIL (trouble.n_troubles >= 1 && ut_trainer_get_paused (trainer));
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  ut_trainer_set_paused (trainer, FALSE);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_no_error (training.result->error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);
  g_assert_null (trouble.trouble);
  fixture_assert_same_file (fixture, "folder/run", wholes[1]);
  fixture_assert_same_state (fixture, "folder/run.state", wholes[2]);

  g_autofree char *log = fixture_read_log (fixture, "folder/run.jsonl");
  g_autofree char *whole_log = fixture_read_log (fixture, wholes[0]);

  g_assert_cmpstr (log, ==, whole_log);
  g_signal_handlers_disconnect_by_data (trainer, &trouble);
  g_signal_handlers_disconnect_by_data (trainer, &snapshot);
  g_object_unref (trainer);
  training_clear (&training);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
}

static void
test_stop_in_trouble (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 3);
  g_autoptr (GFile) full = g_file_new_for_path ("/dev/full");
  g_autofree char *path = fixture_path (fixture, "model");
  g_autoptr (GFile) model = g_file_new_for_path (path);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Trouble trouble = { 0 };
  Training training;

  g_test_summary ("A stop while the disk is full ends the run as failed, with what it has");

  if (!g_file_query_exists (full, NULL))
    {
      g_test_skip ("There is no /dev/full");
      g_object_unref (trainer);
      return;
    }
  ut_trainer_set_outputs (trainer, full, model, NULL);
  ut_trainer_set_waits_to_save (trainer, TRUE);
  training_start (&training, trainer);
  g_signal_connect (trainer, "update", G_CALLBACK (trouble_cb), &trouble);
  SPIN_UNTIL (trouble.trouble != NULL);
  g_assert_cmpstr (trouble.trouble, ==, "/dev/full: No space left on device");
  ut_trainer_set_paused (trainer, FALSE);
  SPIN_UNTIL (ut_trainer_get_paused (trainer));
  ut_trainer_stop (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FAILED);
  g_assert_error (training.result->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (training.result->saved);
  g_signal_handlers_disconnect_by_data (trainer, &trouble);
  g_object_unref (trainer);
  training_clear (&training);
  g_free (trouble.trouble);
}

/* The log cannot grow for a while: the limit is within a line. */
static void
test_file_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 3);
  g_autofree char *path = fixture_path (fixture, "run.jsonl");
  g_autoptr (GFile) log = g_file_new_for_path (path);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Trouble trouble = { 0 };
  struct rlimit limit, low;
  g_autofree char *part = NULL;
  gsize length;
  Training training;

  g_test_summary ("A line of the log that was written in part is complete in the end");

  ut_model_unref (fixture_train (fixture, config, "whole"));
  ut_trainer_set_outputs (trainer, log, NULL, NULL);
  ut_trainer_set_waits_to_save (trainer, TRUE);
  ut_trainer_set_paused (trainer, TRUE);
  training_start (&training, trainer);
  g_signal_connect (trainer, "update", G_CALLBACK (trouble_cb), &trouble);
  SPIN_UNTIL (trouble.phase == UT_TRAINER_PAUSED);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  low = limit;
  low.rlim_cur = 500;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  ut_trainer_set_paused (trainer, FALSE);
  SPIN_UNTIL (trouble.trouble != NULL);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_true (g_file_get_contents (path, &part, &length, NULL));
  g_assert_cmpuint (length, ==, low.rlim_cur);

  ut_trainer_set_paused (trainer, FALSE);
  training_wait (&training);
  g_assert_no_error (training.result->error);

  g_autofree char *text = fixture_read_log (fixture, "run.jsonl");
  g_autofree char *whole = fixture_read_log (fixture, "whole.jsonl");

  g_assert_cmpstr (text, ==, whole);
  g_signal_handlers_disconnect_by_data (trainer, &trouble);
  g_object_unref (trainer);
  training_clear (&training);
  g_free (trouble.trouble);
}

static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) rows = g_string_new ("sentence\tlabel\n");

  for (guint row = 0; row < 600; row++)
    {
      for (guint i = 0; i < 4000; i++)
        g_string_append (rows, "a ");
      g_string_append_printf (rows, "b\t%u\n", row % 2);
    }

  g_autofree char *path = fixture_write (fixture, "long.tsv", rows->str, -1);
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_files (builder, path, fixture->dev_path);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 4096);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 4096);
  ut_config_builder_set_number (builder, UT_SETTING_BATCH_SIZE, 4096);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  g_test_summary ("A run for which the memory would not suffice is refused before it takes any");

  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_error (training.error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY);
  training_clear (&training);
}

static void
test_estimate (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { UtSetting setting; double value; guint n_models; guint n_rates; } cases[] = {
    { UT_SETTING_AVERAGED_EPOCHS, 1, 0, 0 },
    { UT_SETTING_AVERAGED_EPOCHS, 2, 2, 0 },
    { UT_SETTING_AVERAGED_EPOCHS, 64, 4, 0 },
    { UT_SETTING_WARM_UP, 0.5, 0, 2 * STEPS_PER_EPOCH },
    { UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE, 0, 4 * STEPS_PER_EPOCH },
    { UT_SETTING_SCHEDULE, UT_SCHEDULE_PLATEAU, 0, 0 },
  };
  g_autoptr (UtConfig) plain = fixture_config (fixture, UT_CELL_LSTM, 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtCorpus) corpus = ut_corpus_read (plain, NULL, NULL, NULL, &error);
  UtEstimate without;

  g_assert_no_error (error);
  g_test_summary ("The estimate counts the epochs that are averaged and a rate for each step");

  ut_config_estimate (plain, corpus, NAN, &without);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (UtConfig) config = fixture_config_with (plain, cases[i].setting, cases[i].value);
      UtEstimate with;

      ut_config_estimate (config, corpus, NAN, &with);
      g_assert_cmpuint (with.bytes - without.bytes, ==,
                        cases[i].n_models * with.n_parameters * sizeof (float)
                        + cases[i].n_rates * (2 * sizeof (UtNnRate) + 3 * sizeof (float)));
    }
}

static void
test_stop_before_start (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 3);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  g_test_summary ("A stop while the files are read ends the run at once, without a model");

  ut_trainer_stop (trainer);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_null (training.result->model);
  g_assert_false (training.result->checked);
  training_clear (&training);
}

static void
test_stop_paused (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 3);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  UtTrainerPhase phase = UT_TRAINER_PREPARING;
  Training training;

  g_test_summary ("A paused run stops without another batch");

  ut_trainer_set_paused (trainer, TRUE);
  training_start (&training, trainer);
  g_signal_connect (trainer, "update", G_CALLBACK (phase_cb), &phase);
  ut_trainer_step (trainer);
  SPIN_UNTIL (training.points->len == 1 && phase == UT_TRAINER_PAUSED);
  ut_trainer_stop (trainer);
  g_signal_handlers_disconnect_by_data (trainer, &phase);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_STOPPED);
  g_assert_cmpuint (training.points->len, ==, 1);
  g_assert_true (training.result->checked);
  g_assert_cmpuint (training.result->best.epoch, ==, 0);
  training_clear (&training);
}

/* A mailbox on its own, flooded from another thread. */

typedef struct
{
  UtMailbox *mailbox;
  guint64 n_sent;
  guint64 n_received;
  guint n_updates;
  gboolean in_order;
} Flood;

static void
flood_update (const UtTrainerUpdate *update,
              gpointer               data)
{
  Flood *flood = data;

  flood->n_updates++;
  for (gsize i = 0; i < update->n_points; i++)
    flood->in_order &= update->points[i].step == ++flood->n_received;
}

static gpointer
flood_thread (gpointer data)
{
  Flood *flood = data;
  UtTrainerUpdate status = { 0 };

  for (guint64 step = 1; step <= flood->n_sent; step++)
    {
      UtPoint point = { .step = step };

      _ut_mailbox_post (flood->mailbox, &status, &point, NULL, NULL);
    }

  return NULL;
}

static void
test_mailbox (void)
{
  static const UtMailboxFuncs funcs = { flood_update, NULL };
  Flood flood = { .n_sent = 300000, .in_order = TRUE };

  g_test_summary ("No point is lost, and deliveries keep their distance");

  flood.mailbox = _ut_mailbox_new (&funcs, &flood);

  gint64 start = g_get_monotonic_time ();
  GThread *thread = g_thread_new ("flood", flood_thread, &flood);

  SPIN_UNTIL (flood.n_received == flood.n_sent);
  g_thread_join (thread);
  g_assert_true (flood.in_order);
  g_assert_cmpuint (flood.n_updates, <=, 1 + (g_get_monotonic_time () - start) / 33000);
  _ut_mailbox_flush (flood.mailbox);
  g_assert_cmpuint (flood.n_received, ==, flood.n_sent);
  _ut_mailbox_close (flood.mailbox);
  _ut_mailbox_unref (flood.mailbox);
}

#define ADD(path, data, function) \
  g_test_add ("/trainer/" path, Fixture, data, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("learns/rnn", GINT_TO_POINTER (UT_CELL_RNN), test_learns);
  ADD ("learns/lstm", GINT_TO_POINTER (UT_CELL_LSTM), test_learns);
  ADD ("learns/gru", GINT_TO_POINTER (UT_CELL_GRU), test_learns);
  ADD ("overfits-one-batch", NULL, test_overfits_one_batch);
  ADD ("points", NULL, test_points);
  ADD ("early", NULL, test_early);
  ADD ("further-settings", NULL, test_further_settings);
  ADD ("deterministic", NULL, test_deterministic);
  ADD ("controls", NULL, test_controls);
  ADD ("speed", NULL, test_speed);
  ADD ("state", NULL, test_state);
  ADD ("schedule", NULL, test_schedule);
  ADD ("average", NULL, test_average);
  ADD ("average/bits", NULL, test_average_bits);
  ADD ("vectors", NULL, test_vectors);
  ADD ("cannot-write", NULL, test_cannot_write);
  ADD ("trouble/waits", NULL, test_waits_to_save);
  ADD ("trouble/stop", NULL, test_stop_in_trouble);
  ADD ("trouble/limit", NULL, test_file_limit);
  ADD ("memory", NULL, test_memory);
  ADD ("estimate", NULL, test_estimate);
  ADD ("stop/before-start", NULL, test_stop_before_start);
  ADD ("stop/paused", NULL, test_stop_paused);
  g_test_add_func ("/trainer/mailbox", test_mailbox);

  return g_test_run ();
}
