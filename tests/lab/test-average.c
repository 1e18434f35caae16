/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-average-private.h"

#define N_MODELS 5
#define MAX_MODELS 3

/* The embedding is longer than a block of the sums, and no multiple of it. */
static const UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, 307, 7, 5);

static void
make_models (UtNnModel *models[static N_MODELS])
{
  guint32 state = 1;

  for (guint i = 0; i < N_MODELS; i++)
    {
      size_t n_tensors;

      g_assert_cmpint (ut_nn_model_new (&shape, &models[i]), ==, UT_NN_OK);

      const UtNnTensor *tensors = ut_nn_model_get_tensors (models[i], &n_tensors);

      for (gsize j = 0; j < n_tensors; j++)
        {
          float *numbers = ut_nn_model_get_data (models[i], &tensors[j]);

          for (gsize k = 0; k < tensors[j].size; k++)
            {
              state = state * 1664525u + 1013904223u;
              numbers[k] = (float) state / 4294967296.0f - 0.5f;
            }
        }
    }
}

static void
test_mean (void)
{
  g_autoptr (UtAverage) average = _ut_average_new (&shape, MAX_MODELS);
  UtNnModel *models[N_MODELS];
  UtNnModel *mean;
  size_t n_tensors;

  g_test_summary ("The mean of the models so far, then of the last three, oldest first");

  make_models (models);
  g_assert_cmpint (ut_nn_model_new (&shape, &mean), ==, UT_NN_OK);

  const UtNnTensor *tensors = ut_nn_model_get_tensors (mean, &n_tensors);

  for (guint last = 0; last < N_MODELS; last++)
    {
      guint first = last < MAX_MODELS ? 0 : last - MAX_MODELS + 1;

      _ut_average_add (average, models[last]);
      _ut_average_get (average, mean);
      for (gsize i = 0; i < n_tensors; i++)
        {
          const float *numbers = ut_nn_model_peek_data (mean, &tensors[i]);

          for (gsize j = 0; j < tensors[i].size; j++)
            {
              double sum = 0;

              for (guint k = first; k <= last; k++)
                sum += (double) ut_nn_model_peek_data (models[k], &tensors[i])[j];
              g_assert_cmpfloat (numbers[j], ==, (float) (sum / (last - first + 1)));
            }
        }
    }

  for (guint i = 0; i < N_MODELS; i++)
    ut_nn_model_free (models[i]);
  ut_nn_model_free (mean);
}

static void
test_one (void)
{
  g_autoptr (UtAverage) average = _ut_average_new (&shape, MAX_MODELS);
  UtNnModel *models[N_MODELS];
  UtNnModel *mean;

  g_test_summary ("The mean of equal models is that model to the bit");

  make_models (models);
  g_assert_cmpint (ut_nn_model_new (&shape, &mean), ==, UT_NN_OK);

  const UtNnTensor *tensor = ut_nn_model_find_tensor (mean, "embedding.weight");

  for (guint i = 0; i < MAX_MODELS; i++)
    {
      _ut_average_add (average, models[0]);
      _ut_average_get (average, mean);
      g_assert_cmpmem (ut_nn_model_peek_data (mean, tensor), tensor->size * sizeof (float),
                       ut_nn_model_peek_data (models[0], tensor), tensor->size * sizeof (float));
    }

  for (guint i = 0; i < N_MODELS; i++)
    ut_nn_model_free (models[i]);
  ut_nn_model_free (mean);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/average/mean", test_mean);
  g_test_add_func ("/lab/average/one", test_one);

  return g_test_run ();
}
