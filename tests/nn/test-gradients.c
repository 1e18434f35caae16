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
  UtNnLesson lesson;
  void *memory;
  TestData *data;
  TestSubwords *subwords;       /* (nullable) */
  double *parameters;
  double *gradient;
} Fixture;

static void
place (Fixture   *fixture,
       UtNnArena *arena)
{
  _ut_nn_packing_place (&fixture->packing, arena, &fixture->network.shape, N_SENTENCES, MAX_LENGTH);
  _ut_nn_network_place_weights (&fixture->network, arena, true, &fixture->weights);
  _ut_nn_network_place_workspace (&fixture->network, arena, &fixture->lesson.rates, N_SENTENCES,
                                  MAX_LENGTH, &fixture->workspace);
  _ut_nn_network_place_dense (&fixture->network, arena, &fixture->workspace);
}

static void
fixture_set_up_shape (Fixture         *fixture,
                      const UtNnShape *shape,
                      double           dropout)
{
  const UtNnLayout *layout = &fixture->network.layout;
  UtNnArena arena = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  g_assert_cmpint (_ut_nn_network_init (&fixture->network, shape), ==, UT_NN_OK);
  fixture->lesson = (UtNnLesson) {
    .dropout = { 7, 3 },
    .rates = { dropout, 0.5 * dropout, 0.5 * dropout, dropout },
  };
  place (fixture, &arena);
  g_assert_false (arena.overflow);
  fixture->memory = _ut_nn_alloc_zeroed (arena.used);
  arena = (UtNnArena) { .base = fixture->memory };
  place (fixture, &arena);

  fixture->data = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 12);
  g_assert_cmpint (_ut_nn_packing_fill (&fixture->packing, &fixture->data->view, NULL, N_SENTENCES,
                                        VOCABULARY), ==, UT_NN_OK);
  if (shape->n_subwords > 0)
    fixture->subwords = test_subwords_new (VOCABULARY, shape->n_subwords, 14);
  fixture->lesson.labels = fixture->data->labels;
  fixture->parameters = g_new0 (double, layout->n_numbers);
  fixture->gradient = g_new0 (double, layout->n_numbers);
  for (size_t i = 0; i < layout->n_tensors; i++)
    for (size_t k = 0; k < layout->tensors[i].size; k++)
      fixture->parameters[layout->tensors[i].offset + k] = g_rand_double_range (random, -0.7, 0.7);
  memset (fixture->parameters, 0, shape->embedding * sizeof (double));
}

static void
fixture_set_up (Fixture        *fixture,
                UtNnCell        cell,
                const TestForm *form,
                size_t          embedding,
                size_t          hidden)
{
  const UtNnShape shape = test_form_make_shape (form, cell, VOCABULARY, embedding, hidden);

  fixture_set_up_shape (fixture, &shape, form->dropout);
}

static void
fixture_tear_down (Fixture *fixture)
{
  _ut_nn_free (fixture->memory);
  test_data_free (fixture->data);
  g_clear_pointer (&fixture->subwords, test_subwords_free);
  g_free (fixture->parameters);
  g_free (fixture->gradient);
}

static double
get_loss (Fixture *fixture)
{
  const UtNnSequence *sequence = &fixture->packing.shards[0];
  double sum = 0;
  size_t n = 0;

  fixture->weights.lookup = (UtNnLookup) {
    .n_columns = fixture->network.shape.embedding,
    .words = fixture->parameters,
    .n_words = VOCABULARY,
  };
  if (fixture->subwords != NULL)
    {
      const UtNnLayout *layout = &fixture->network.layout;

      fixture->weights.lookup.subwords = fixture->parameters
                                         + layout->tensors[layout->further].offset;
      fixture->weights.lookup.listed = fixture->subwords->view;
    }
  _ut_nn_network_pack (&fixture->network, fixture->parameters, &fixture->weights);
  _ut_nn_network_forward (&fixture->network, &_ut_nn_kernels_ref, &fixture->weights, sequence,
                          &fixture->lesson, &fixture->workspace);
  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      UtNnOutcome outcome
        = _ut_nn_network_compare (&fixture->network, sequence, &fixture->workspace, s,
                                  fixture->data->labels[sequence->items[s]]);

      sum += outcome.loss;
      n += outcome.counts;
    }
  fixture->lesson.n_batch = n;
  return sum / (double) n;
}

/* The gradient of a token's vector, to those of its own and of its parts. */
static void
add_token (Fixture *fixture,
           uint32_t id,
           size_t   row)
{
  const UtNnNetwork *network = &fixture->network;
  const UtNnLookup *lookup = &fixture->weights.lookup;
  const double *d_x = fixture->workspace.d_x + row * network->input_width;
  size_t columns = network->shape.embedding;
  size_t n_parts;
  const uint32_t *parts = _ut_nn_lookup_get_list (lookup, id, &n_parts);
  size_t first = network->layout.tensors[network->layout.further].offset;
  bool keeps_own = fixture->workspace.keeps == NULL || fixture->workspace.keeps[row];

  for (size_t k = 0; k < columns; k++)
    {
      if (keeps_own)
        fixture->gradient[id * columns + k] += d_x[k];
      for (size_t i = 0; i < n_parts; i++)
        fixture->gradient[first + parts[i] * columns + k]
          += d_x[k] / (double) n_parts;
    }
}

static void
compute_gradient (Fixture *fixture)
{
  const UtNnNetwork *network = &fixture->network;
  const UtNnSequence *sequence = &fixture->packing.shards[0];

  get_loss (fixture);
  _ut_nn_network_backward (network, &_ut_nn_kernels_ref, &fixture->weights, sequence,
                           &fixture->lesson, &fixture->workspace);
  memcpy (fixture->gradient + network->layout.first_dense, fixture->workspace.dense,
          network->n_dense * sizeof (double));
  for (size_t row = 0; row < sequence->n_tokens; row++)
    add_token (fixture, sequence->ids[row], row);
}

static double
get_difference_quotient (Fixture      *fixture,
                         const double *direction)
{
  size_t n = fixture->network.layout.n_numbers;
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

/* The test's data is the number of a cell, and three times the number of a form. */
static UtNnCell
get_cell (gconstpointer data)
{
  return (UtNnCell) (GPOINTER_TO_INT (data) % 3);
}

static const TestForm *
get_form (gconstpointer data)
{
  return &test_forms[GPOINTER_TO_INT (data) / 3];
}

static void
test_differences (gconstpointer data)
{
  Fixture fixture = { 0 };
  g_autofree double *direction = NULL;

  g_test_summary ("Every entry of the gradient is the loss's central difference");
  fixture_set_up (&fixture, get_cell (data), get_form (data), 3, 5);
  compute_gradient (&fixture);
  direction = g_new0 (double, fixture.network.layout.n_numbers);
  for (size_t i = 0; i < fixture.network.layout.n_tensors; i++)
    {
      const UtNnTensor *tensor = &fixture.network.layout.tensors[i];

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
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  g_test_summary ("The gradient along random directions, for sizes that need padding and do not");
  for (int i = 0; i < 6; i++)
    {
      Fixture fixture = { 0 };

      fixture_set_up (&fixture, get_cell (data), get_form (data), i % 2 == 0 ? 10 : 8,
                      i % 3 == 0 ? 16 : 13);
      compute_gradient (&fixture);

      size_t n = fixture.network.layout.n_numbers;
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

/* The sum of the sentences' logits, once element @i of the tokens' vectors was moved by @step. */
static double
sum_logits (Fixture *fixture,
            size_t   i,
            double   step)
{
  const UtNnSequence *sequence = &fixture->packing.shards[0];
  double *x = fixture->workspace.x;
  double before = x[i];
  double sum = 0;

  x[i] = before + step;
  _ut_nn_network_read (&fixture->network, &_ut_nn_kernels_ref, &fixture->weights, sequence, NULL,
                       &fixture->workspace);
  for (size_t s = 0; s < sequence->n_sentences; s++)
    sum += fixture->workspace.logits[s];
  x[i] = before;
  return sum;
}

static void
check_inputs (const UtNnShape *shape)
{
  Fixture fixture = { 0 };
  UtNnSentences *view;

  fixture_set_up_shape (&fixture, shape, 0.0);
  view = &fixture.data->view;
  view->subwords = fixture.subwords != NULL ? &fixture.subwords->view : NULL;

  const UtNnSequence *sequence = &fixture.packing.shards[0];
  size_t width = fixture.network.input_width;

  _ut_nn_network_take (&fixture.network, fixture.parameters, view, &fixture.weights);
  _ut_nn_network_look_up (&fixture.network, &fixture.weights, sequence, NULL, &fixture.workspace);
  sum_logits (&fixture, 0, 0);
  _ut_nn_network_differentiate (&fixture.network, &_ut_nn_kernels_ref, &fixture.weights, sequence,
                                &fixture.workspace);

  g_autofree double *gradient = g_memdup2 (fixture.workspace.d_x, sequence->n_tokens * width
                                                                  * sizeof (double));

  for (size_t row = 0; row < sequence->n_tokens; row++)
    for (size_t k = 0; k < shape->embedding; k++)
      {
        size_t i = row * width + k;
        double expected = (sum_logits (&fixture, i, STEP) - sum_logits (&fixture, i, -STEP))
                          / (2 * STEP);

        if (!(fabs (gradient[i] - expected) <= TOLERANCE))
          g_error ("row %zu, column %zu: gradient %.9g, difference quotient %.9g", row, k,
                   gradient[i], expected);
      }
  fixture_tear_down (&fixture);
}

static void
test_inputs (gconstpointer data)
{
  g_test_summary ("What a logit gains with each number of its tokens' vectors is its difference");
  for (int i = 0; i < 4; i++)
    {
      const UtNnShape shape = test_form_make_shape (get_form (data), get_cell (data), VOCABULARY,
                                                    i % 2 == 0 ? 3 : 16, i < 2 ? 5 : 16);

      check_inputs (&shape);
    }
}

static void
test_bag_inputs (void)
{
  const UtNnShape shape = UT_NN_SHAPE_BAG_INIT (VOCABULARY, 11);

  g_test_summary ("So it is for a bag, where every word gains what it has");
  check_inputs (&shape);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 0; i < 3 * (int) test_n_forms; i++)
    {
      gconstpointer data = GINT_TO_POINTER (i);
      g_autofree char *path = g_strdup_printf ("/nn/gradients/%s/%s", get_form (data)->name,
                                               test_cell_names[get_cell (data)]);
      g_autofree char *differences = g_strconcat (path, "/differences", NULL);
      g_autofree char *direction = g_strconcat (path, "/direction", NULL);

      g_test_add_data_func (differences, data, test_differences);
      g_test_add_data_func (direction, data, test_direction);
      if (get_form (data)->faults == 0)
        {
          g_autofree char *inputs = g_strconcat (path, "/inputs", NULL);

          g_test_add_data_func (inputs, data, test_inputs);
        }
    }
  g_test_add_func ("/nn/gradients/bag/inputs", test_bag_inputs);
  return g_test_run ();
}
