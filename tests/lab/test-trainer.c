/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <math.h>
#include <string.h>

static UtTrainer *
make_trainer (UtConfig *config)
{
  return ut_trainer_new (config, NULL);
}

static void
test_learns (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(UtConfig) config = fixture_config (fixture, (UtCellKind) GPOINTER_TO_INT (data), 12);
  g_autoptr(UtTrainer) trainer = make_trainer (config);
  Training training;

  g_test_summary ("Each cell answers all rows of a toy set right after a few epochs, and the log "
                  "says so");

  training_start (&training, trainer);
  g_clear_object (&trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);
  g_assert_true (training.result->checked);
  g_assert_cmpfloat (training.result->best.val_accuracy, ==, 1);
  g_assert_cmpuint (training.result->last_epoch, ==, 12);
  g_assert_cmpuint (training.epochs->len, ==, 12);
  g_assert_cmpuint (training.points->len, ==, 12 * FIXTURE_N_TRAIN / 16);
  g_assert_nonnull (training.result->model);
  training_clear (&training);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/trainer/learns/rnn", Fixture, GINT_TO_POINTER (UT_CELL_RNN), fixture_set_up,
              test_learns,
              fixture_tear_down);
  g_test_add ("/trainer/learns/lstm", Fixture, GINT_TO_POINTER (UT_CELL_LSTM), fixture_set_up,
              test_learns,
              fixture_tear_down);
  g_test_add ("/trainer/learns/gru", Fixture, GINT_TO_POINTER (UT_CELL_GRU), fixture_set_up,
              test_learns,
              fixture_tear_down);

  return g_test_run ();
}
