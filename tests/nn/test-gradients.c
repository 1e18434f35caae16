/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Compiled, with the reference kernels, in double precision. */
#include <math.h>
#include <string.h>

#include "test-data.h"
#include "ut-nn-network-private.h"
#include "ut-nn-predictor.h"

/* Central differences with this step err by about its square times the third derivative. */
#define STEP 1e-5
#define TOLERANCE 1e-7

enum { N_SENTENCES = 6, MAX_LENGTH = 7, VOCABULARY = 9 };

typedef struct
{
  UtNnNetwork network;
  UtNnPacking packing;
  UtNnNetworkWeights weights;
  UtNnWorkspace workspace;
  void *memory;
  TestData *data;
  double *parameters;
  double *gradient;
} Fixture;

static void
place (Fixture   *fixture,
       UtNnArena *arena)
{
  _ut_nn_packing_place (&fixture->packing, arena, N_SENTENCES, MAX_LENGTH);
  _ut_nn_network_place_weights (&fixture->network, arena, true, &fixture->weights);
  _ut_nn_network_place_workspace (&fixture->network, arena, true, N_SENTENCES, MAX_LENGTH,
                                  &fixture->workspace);
}

static void
fixture_set_up (Fixture  *fixture,
                UtNnCell  cell,
                size_t    embedding,
                size_t    hidden)
{
  const UtNnShape shape = { cell, VOCABULARY, embedding, hidden };
  UtNnArena arena = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  g_assert_cmpint (_ut_nn_network_init (&fixture->network, &shape), ==, UT_NN_OK);
  place (fixture, &arena);
  g_assert_false (arena.overflow);
  fixture->memory = _ut_nn_alloc_zeroed (arena.used);
  arena = (UtNnArena) { .base = fixture->memory };
  place (fixture, &arena);

  fixture->data = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 12);
  g_assert_cmpint (_ut_nn_packing_fill (&fixture->packing, &fixture->data->view, NULL, N_SENTENCES,
                                        VOCABULARY), ==, UT_NN_OK);
  fixture->parameters = g_new0 (double, fixture->network.n_numbers);
  fixture->gradient = g_new0 (double, fixture->network.n_numbers);
  for (size_t i = 0; i < UT_NN_N_TENSORS; i++)
    for (size_t k = 0; k < fixture->network.tensors[i].size; k++)
      fixture->parameters[fixture->network.tensors[i].offset + k]
        = g_rand_double_range (random, -0.7, 0.7);
  memset (fixture->parameters, 0, embedding * sizeof (double));
}

static void
fixture_tear_down (Fixture *fixture)
{
  _ut_nn_free (fixture->memory);
  test_data_free (fixture->data);
  g_free (fixture->parameters);
  g_free (fixture->gradient);
}

static double
get_loss (Fixture *fixture)
{
  const UtNnSequence *sequence = &fixture->packing.shards[0];
  double sum = 0;

  fixture->weights.embedding = fixture->parameters
                               + fixture->network.tensors[UT_NN_TENSOR_EMBEDDING].offset;
  _ut_nn_network_pack (&fixture->network, fixture->parameters, &fixture->weights);
  _ut_nn_network_forward (&fixture->network, &_ut_nn_kernels_ref, &fixture->weights, sequence,
                          &fixture->workspace);
  for (size_t s = 0; s < sequence->n_sentences; s++)
    sum += ut_nn_loss (fixture->workspace.logits[s], fixture->data->labels[sequence->items[s]]);
  return sum / N_SENTENCES;
}

static void
compute_gradient (Fixture *fixture)
{
  const UtNnNetwork *network = &fixture->network;
  const UtNnSequence *sequence = &fixture->packing.shards[0];

  get_loss (fixture);
  _ut_nn_network_backward (network, &_ut_nn_kernels_ref, &fixture->weights, sequence,
                           fixture->data->labels, 0.0, N_SENTENCES, &fixture->workspace);
  memcpy (fixture->gradient + network->n_numbers - network->n_dense, fixture->workspace.dense,
          network->n_dense * sizeof (double));
  for (size_t row = 0; row < sequence->n_tokens; row++)
    for (size_t k = 0; k < network->layer.inputs; k++)
      fixture->gradient[sequence->ids[row] * network->layer.inputs + k]
        += fixture->workspace.d_x[row * network->layer.input_width + k];
}

static double
get_difference_quotient (Fixture      *fixture,
                         const double *direction)
{
  size_t n = fixture->network.n_numbers;
  g_autofree double *parameters = g_memdup2 (fixture->parameters, n * sizeof (double));
  double losses[2];

  for (int side = 0; side < 2; side++)
    {
      for (size_t i = 0; i < n; i++)
        fixture->parameters[i] = parameters[i] + (side == 0 ? STEP : -STEP) * direction[i];
      losses[side] = get_loss (fixture);
    }
  memcpy (fixture->parameters, parameters, n * sizeof (double));
  return (losses[0] - losses[1]) / (2 * STEP);
}

static void
test_differences (gconstpointer data)
{
  Fixture fixture = { 0 };
  UtNnCell cell = (UtNnCell) GPOINTER_TO_INT (data);
  g_autofree double *direction = NULL;

  g_test_summary ("Every entry of the gradient is the loss's central difference");
  fixture_set_up (&fixture, cell, 3, 5);
  compute_gradient (&fixture);
  direction = g_new0 (double, fixture.network.n_numbers);
  for (size_t i = 0; i < UT_NN_N_TENSORS; i++)
    {
      const UtNnTensor *tensor = &fixture.network.tensors[i];

      for (size_t k = 0; k < tensor->size; k++)
        {
          double *here = &direction[tensor->offset + k];

          *here = 1;
          double expected = get_difference_quotient (&fixture, direction);
          *here = 0;
          double difference = fabs (fixture.gradient[tensor->offset + k] - expected);
          if (!(difference <= TOLERANCE))
            g_error ("%s[%zu]: gradient %.9g, difference quotient %.9g", tensor->name, k,
                     fixture.gradient[tensor->offset + k], expected);
        }
    }
  fixture_tear_down (&fixture);
}

static void
test_direction (gconstpointer data)
{
  UtNnCell cell = (UtNnCell) GPOINTER_TO_INT (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  g_test_summary ("The gradient along random directions, for sizes that need padding and do not");
  for (int i = 0; i < 6; i++)
    {
      Fixture fixture = { 0 };

      fixture_set_up (&fixture, cell, i % 2 == 0 ? 10 : 8, i % 3 == 0 ? 16 : 13);
      compute_gradient (&fixture);

      size_t n = fixture.network.n_numbers;
      g_autofree double *direction = g_new (double, n);
      double slope = 0;
      for (size_t k = 0; k < n; k++)
        {
          direction[k] = g_rand_double_range (random, -1, 1);
          slope += direction[k] * fixture.gradient[k];
        }
      double expected = get_difference_quotient (&fixture, direction);
      g_assert_cmpfloat (fabs (slope - expected), <=, 1e-6 * (1 + fabs (expected)));
      fixture_tear_down (&fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      g_autofree char *differences = g_strdup_printf ("/nn/gradients/%s/differences",
                                                      test_cell_names[cell]);
      g_autofree char *direction = g_strdup_printf ("/nn/gradients/%s/direction",
                                                    test_cell_names[cell]);

      g_test_add_data_func (differences, GINT_TO_POINTER (cell), test_differences);
      g_test_add_data_func (direction, GINT_TO_POINTER (cell), test_direction);
    }
  return g_test_run ();
}
