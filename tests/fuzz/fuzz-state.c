/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either refused with an error that names the file, or become a training state whose
 * numbers are in their ranges, and that a trainer can go on from. */

#include "config.h"

#include "fuzz.h"
#include "ut-config-private.h"
#include "ut-state-private.h"

#include <math.h>

static void
check_trainer (UtState *state)
{
  UtNnTrainerOptions options = _ut_config_get_options (state->config);
  UtNnTrainer *trainer;

  /* Their parts would follow from a vocabulary. */
  if (ut_nn_model_get_shape (state->weights)->n_subwords > 0)
    return;

  options.max_sentences = 1;
  options.max_length = 1;
  options.n_threads = 1;
  g_assert_cmpint (ut_nn_trainer_new (state->weights, &options, &trainer), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_trainer_restore (trainer, state->progress.step, state->last_steps,
                                          state->further_steps, state->rates, state->n_rates), ==,
                   UT_NN_OK);
  ut_nn_trainer_free (trainer);
}

static void
check (UtState *state)
{
  const UtProgress *progress = &state->progress;
  guint n_epochs = (guint) ut_config_get_int (state->config, UT_SETTING_EPOCHS);

  g_assert_cmpuint (progress->epoch, >=, 1);
  g_assert_cmpuint (progress->epoch, <=, n_epochs);
  g_assert_cmpuint (progress->n_ended, <=, progress->epoch);
  g_assert_cmpuint (progress->n_ended + 1, >=, progress->epoch);
  g_assert_cmpuint (progress->n_checked, <=, progress->n_ended);
  g_assert_cmpuint (progress->n_checked + 1, >=, progress->epoch);
  g_assert_cmpuint (progress->n_correct, <=, progress->n_examples);
  g_assert_cmpuint (progress->n_examples, <=, state->facts.train_rows);
  g_assert_true (isfinite (progress->loss_sum));
  g_assert_true (progress->checked == (progress->n_checked > 0));
  g_assert_cmpfloat (progress->schedule.learning_rate, >, 0);
  g_assert_cmpuint (state->n_averaged, <=, progress->n_ended);
  g_assert_true (_ut_dynamics_check (state->dynamics, state->facts.train_rows, progress->n_ended));
  check_trainer (state);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtState) state = _ut_state_load_stream ("fuzz", stream, size, NULL, &error);

  g_assert_true ((state == NULL) == (error != NULL));
  if (state != NULL)
    check (state);
  else
    g_assert_true (g_str_has_prefix (error->message, "fuzz: "));

  return 0;
}
