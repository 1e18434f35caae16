/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-schedule-private.h"

#include <float.h>

#define LEARNING_RATE 0.002
#define N_STEPS 20

/* By PyTorch 1.13, with n_warm = 20 × the share and Constant as LinearLR (optimizer, 1, 1, n):
 *
 *   optimizer = torch.optim.SGD ([torch.zeros (1, requires_grad=True)], lr=0.002)
 *   decay = LinearLR (optimizer, 1, 0, 20 - n_warm)  # or CosineAnnealingLR (optimizer, 20 - n_warm)
 *   warm_up = LinearLR (optimizer, 1 / n_warm, 1, n_warm - 1)
 *   schedule = SequentialLR (optimizer, [warm_up, decay], [n_warm])  # decay alone without warm-up
 *   for _ in range (20):
 *       print (optimizer.param_groups[0]["lr"])
 *       optimizer.step ()
 *       schedule.step ()
 */
static const struct
{
  UtScheduleKind kind;
  double warm_up;
  double rates[N_STEPS];
} cases[] = {
  { UT_SCHEDULE_CONSTANT, 0.25, {
      0.0004, 0.0008, 0.0012, 0.0016, 0.002, 0.002, 0.002, 0.002, 0.002, 0.002, 0.002, 0.002,
      0.002, 0.002, 0.002, 0.002, 0.002, 0.002, 0.002, 0.002,
    } },
  { UT_SCHEDULE_LINEAR, 0, {
      0.002, 0.0019, 0.0018, 0.0017, 0.0016, 0.0015, 0.0014, 0.0013, 0.0012, 0.0011, 0.001,
      0.0009, 0.0008, 0.0007, 0.0006, 0.0005, 0.0004, 0.0003, 0.0002, 0.0001,
    } },
  { UT_SCHEDULE_LINEAR, 0.25, {
      0.0004, 0.0008, 0.0012, 0.0016, 0.002, 0.002, 0.001866666667, 0.001733333333, 0.0016,
      0.001466666667, 0.001333333333, 0.0012, 0.001066666667, 0.0009333333333, 0.0008,
      0.0006666666667, 0.0005333333333, 0.0004, 0.0002666666667, 0.0001333333333,
    } },
  { UT_SCHEDULE_COSINE, 0, {
      0.002, 0.001987688341, 0.001951056516, 0.001891006524, 0.001809016994, 0.001707106781,
      0.001587785252, 0.0014539905, 0.001309016994, 0.001156434465, 0.001, 0.000843565535,
      0.0006909830056, 0.0005460095003, 0.0004122147477, 0.0002928932188, 0.0001909830056,
      0.0001089934758, 4.89434837e-05, 1.23116594e-05,
    } },
  { UT_SCHEDULE_COSINE, 0.25, {
      0.0004, 0.0008, 0.0012, 0.0016, 0.002, 0.002, 0.001978147601, 0.001913545458,
      0.001809016994, 0.001669130606, 0.0015, 0.001309016994, 0.001104528463, 0.0008954715367,
      0.0006909830056, 0.0005, 0.0003308693936, 0.0001909830056, 8.645454236e-05, 2.185239927e-05,
    } },
};

/* By PyTorch 1.13, for each of the two learning rates:
 *
 *   schedule = ReduceLROnPlateau (optimizer, "max", 0.5, 0, 0)
 *   for accuracy in (0.5, 0.625, 0.625, 0.75, 0.5, 0.7, 0.8, 0.1):
 *       schedule.step (accuracy)
 *       print (optimizer.param_groups[0]["lr"])
 */
static const double accuracies[] = { 0.5, 0.625, 0.625, 0.75, 0.5, 0.7, 0.8, 0.1 };
static const double after[][G_N_ELEMENTS (accuracies)] = {
  { 0.002, 0.002, 0.001, 0.001, 0.0005, 0.00025, 0.00025, 0.000125 },
  { 5e-08, 5e-08, 2.5e-08, 2.5e-08, 1.25e-08, 1.25e-08, 1.25e-08, 1.25e-08 },
};

static void
test_steps (void)
{
  g_test_summary ("Warm-up and decay give the learning rates that PyTorch gives");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtSchedule schedule;

      _ut_schedule_init (&schedule, cases[i].kind, LEARNING_RATE, cases[i].warm_up, N_STEPS);
      for (guint64 step = 1; step <= N_STEPS; step++)
        {
          double rate = cases[i].rates[step - 1];

          g_assert_cmpfloat_with_epsilon (_ut_schedule_get_rate (&schedule, step), rate,
                                          rate * FLT_EPSILON);
        }
    }
}

static void
test_plateau (void)
{
  g_test_summary ("An epoch that is no better than the best before halves the rate, as in PyTorch");

  for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
    {
      UtSchedule schedule;

      _ut_schedule_init (&schedule, UT_SCHEDULE_PLATEAU, after[i][0], 0, N_STEPS);
      for (gsize epoch = 0; epoch < G_N_ELEMENTS (accuracies); epoch++)
        {
          _ut_schedule_end_epoch (&schedule, accuracies[epoch]);
          g_assert_cmpfloat (_ut_schedule_get_rate (&schedule, 1), ==, (float) after[i][epoch]);
        }
    }
}

static void
test_others_have_no_plateau (void)
{
  UtSchedule schedule;

  _ut_schedule_init (&schedule, UT_SCHEDULE_CONSTANT, LEARNING_RATE, 0, N_STEPS);
  for (gsize epoch = 0; epoch < G_N_ELEMENTS (accuracies); epoch++)
    _ut_schedule_end_epoch (&schedule, accuracies[epoch]);
  g_assert_cmpfloat (_ut_schedule_get_rate (&schedule, N_STEPS), ==, (float) LEARNING_RATE);
}

static void
test_extremes (void)
{
  static const guint64 n_steps[] = { 1, 2, 3, 1000000, G_GUINT64_CONSTANT (10000000000) };
  static const double warm_ups[] = { 0, 1e-9, 0.1, 0.5 };

  g_test_summary ("From one step to ten thousand million, no rate is zero or above the full one");

  for (gsize i = 0; i < G_N_ELEMENTS (n_steps); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (warm_ups); j++)
      for (UtScheduleKind kind = UT_SCHEDULE_CONSTANT; kind <= UT_SCHEDULE_PLATEAU; kind++)
        {
          const guint64 steps[] = { 1, (n_steps[i] + 1) / 2, n_steps[i] };
          UtSchedule schedule;

          _ut_schedule_init (&schedule, kind, 1e-7, warm_ups[j], n_steps[i]);
          for (gsize k = 0; k < G_N_ELEMENTS (steps); k++)
            {
              g_assert_cmpfloat (_ut_schedule_get_rate (&schedule, steps[k]), >, FLT_MIN);
              g_assert_cmpfloat (_ut_schedule_get_rate (&schedule, steps[k]), <=, 1e-7f);
            }
        }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/schedule/steps", test_steps);
  g_test_add_func ("/lab/schedule/plateau", test_plateau);
  g_test_add_func ("/lab/schedule/no-plateau", test_others_have_no_plateau);
  g_test_add_func ("/lab/schedule/extremes", test_extremes);

  return g_test_run ();
}
