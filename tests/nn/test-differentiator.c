/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <math.h>
#include <string.h>

#include "test-data.h"
#include "ut-nn.h"

enum { N_SENTENCES = 40, MAX_LENGTH = 13, VOCABULARY = 60, EMBEDDING = 7, HIDDEN = 11 };

typedef struct
{
  UtNnModel *model;
  TestData *data;
  TestSubwords *subwords;       /* (nullable) */
  size_t n_tokens;
  float *scales;                /* one for each sentence */
  float *logits;
  float *vectors;
  float *gradients;
} Fixture;

static void
fixture_set_up (Fixture         *fixture,
                const UtNnShape *shape)
{
  const UtNnRandom random = { 9, UT_NN_STREAM_EMBEDDING };
  const UtNnTensor *tensors;
  size_t n_tensors;

  g_assert_cmpint (ut_nn_model_new (shape, &fixture->model), ==, UT_NN_OK);
  tensors = ut_nn_model_get_tensors (fixture->model, &n_tensors);
  for (size_t i = 0; i < n_tensors; i++)
    for (size_t k = i == 0 ? tensors[i].dims[1] : 0; k < tensors[i].size; k++)
      ut_nn_model_get_data (fixture->model, &tensors[i])[k]
        = 0.4f * (float) ut_nn_random_normal (random, 1000 * i + k);
  fixture->data = test_data_new (N_SENTENCES, MAX_LENGTH, VOCABULARY, 41);
  if (shape->n_subwords > 0)
    fixture->subwords = test_subwords_new (VOCABULARY, shape->n_subwords, 42);
  if (fixture->subwords != NULL)
    fixture->data->view.subwords = &fixture->subwords->view;
  fixture->n_tokens = fixture->data->offsets[N_SENTENCES];
  fixture->scales = g_new (float, N_SENTENCES);
  for (size_t i = 0; i < N_SENTENCES; i++)
    fixture->scales[i] = i % 3 == 0 ? 1.0f : (float) i / N_SENTENCES;
  fixture->logits = g_new0 (float, N_SENTENCES);
  fixture->vectors = g_new0 (float, fixture->n_tokens * shape->embedding);
  fixture->gradients = g_new0 (float, fixture->n_tokens * shape->embedding);
}

static void
fixture_tear_down (Fixture *fixture)
{
  ut_nn_model_free (fixture->model);
  test_data_free (fixture->data);
  g_clear_pointer (&fixture->subwords, test_subwords_free);
  g_free (fixture->scales);
  g_free (fixture->logits);
  g_free (fixture->vectors);
  g_free (fixture->gradients);
}

/* Runs all sentences in batches of @batch, into the fixture. */
static void
run (Fixture *fixture,
     size_t   batch,
     size_t   n_threads)
{
  const UtNnShape *shape = ut_nn_model_get_shape (fixture->model);
  UtNnDifferentiator *differentiator;
  uint32_t rows[N_SENTENCES];

  g_assert_cmpint (ut_nn_differentiator_new (shape, batch, MAX_LENGTH, n_threads,
                                             &differentiator), ==, UT_NN_OK);
  for (uint32_t i = 0; i < N_SENTENCES; i++)
    rows[i] = i;
  for (size_t first = 0; first < N_SENTENCES; first += batch)
    {
      size_t token = fixture->data->offsets[first] * shape->embedding;

      g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture->model,
                                                 &fixture->data->view, rows + first,
                                                 MIN (batch, N_SENTENCES - first),
                                                 fixture->scales + first, fixture->logits + first,
                                                 fixture->vectors + token,
                                                 fixture->gradients + token), ==, UT_NN_OK);
    }
  ut_nn_differentiator_free (differentiator);
}

static void
assert_same_bits (Fixture *fixture)
{
  static const size_t thread_counts[] = { TEST_THREAD_COUNTS };
  size_t n = fixture->n_tokens * ut_nn_model_get_shape (fixture->model)->embedding;

  run (fixture, 1, 1);

  g_autofree float *logits = g_memdup2 (fixture->logits, N_SENTENCES * sizeof (float));
  g_autofree float *vectors = g_memdup2 (fixture->vectors, n * sizeof (float));
  g_autofree float *gradients = g_memdup2 (fixture->gradients, n * sizeof (float));

  for (size_t t = 0; t < G_N_ELEMENTS (thread_counts); t++)
    for (size_t batch = 40; batch > 0; batch /= 3)
      {
        memset (fixture->gradients, 0, n * sizeof (float));
        run (fixture, batch, thread_counts[t]);
        g_assert_cmpmem (fixture->logits, N_SENTENCES * sizeof (float),
                         logits, N_SENTENCES * sizeof (float));
        g_assert_cmpmem (fixture->vectors, n * sizeof (float), vectors, n * sizeof (float));
        g_assert_cmpmem (fixture->gradients, n * sizeof (float), gradients, n * sizeof (float));
      }
}

/* A sentence that is read as it is has the predictor's logit. */
static void
assert_as_predicted (Fixture *fixture)
{
  float logits[N_SENTENCES];
  UtNnPredictor *predictor;

  g_assert_cmpint (ut_nn_predictor_new (ut_nn_model_get_shape (fixture->model), N_SENTENCES,
                                        MAX_LENGTH, 1, &predictor), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, fixture->model, &fixture->data->view, NULL,
                                        N_SENTENCES, logits, NULL, NULL), ==, UT_NN_OK);
  for (size_t i = 0; i < N_SENTENCES; i += 3)
    g_assert_true (memcmp (&logits[i], &fixture->logits[i], sizeof (float)) == 0);
  ut_nn_predictor_free (predictor);
}

/* The logit grows along the path as the gradient says: f(a + h) - f(a - h) ≈ 2h · gradient · x. */
static void
assert_slopes (Fixture *fixture)
{
  const float step = 1.0f / 128.0f;
  size_t columns = ut_nn_model_get_shape (fixture->model)->embedding;
  float sides[2][N_SENTENCES];
  g_autofree float *gradients = g_memdup2 (fixture->gradients,
                                           fixture->n_tokens * columns * sizeof (float));

  for (int side = 0; side < 2; side++)
    {
      for (size_t i = 0; i < N_SENTENCES; i++)
        fixture->scales[i] += side == 0 ? step : -2 * step;
      run (fixture, N_SENTENCES, 1);
      memcpy (sides[side], fixture->logits, sizeof sides[side]);
    }
  for (size_t i = 0; i < N_SENTENCES; i++)
    {
      double slope = 0.0;

      for (size_t k = fixture->data->offsets[i] * columns;
           k < fixture->data->offsets[i + 1] * columns; k++)
        slope += (double) gradients[k] * (double) fixture->vectors[k];

      double quotient = (double) (sides[0][i] - sides[1][i]) / (2.0 * (double) step);

      g_assert_cmpfloat (fabs (quotient - slope), <=, 1e-2 * (1.0 + fabs (slope)));
    }
}

static void
check_shape (const UtNnShape *shape,
             gboolean         is_smooth)
{
  Fixture fixture = { 0 };

  fixture_set_up (&fixture, shape);
  assert_same_bits (&fixture);
  assert_as_predicted (&fixture);
  if (is_smooth)
    assert_slopes (&fixture);
  fixture_tear_down (&fixture);
}

static void
test_form (gconstpointer data)
{
  const TestForm *form = data;

  g_test_summary ("Logits and gradients have the same bits in every batch and on every thread, "
                  "are the predictor's, and fit each other");
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      const UtNnShape shape = test_form_make_shape (form, (UtNnCell) cell, VOCABULARY, EMBEDDING,
                                                    HIDDEN);

      /* Where another state becomes the largest the slope has a step. */
      check_shape (&shape, form->readout != UT_NN_READOUT_MAX);
    }
}

static void
test_bag (void)
{
  const UtNnShape shape = UT_NN_SHAPE_BAG_INIT (VOCABULARY, 31);

  check_shape (&shape, TRUE);
}

static void
test_repeated (void)
{
  const UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, VOCABULARY, EMBEDDING, HIDDEN);
  const uint32_t rows[] = { 1, 1, 5, 1 };
  const float scales[] = { 1, 0, 1, 1 };
  float logits[4];
  Fixture fixture = { 0 };
  UtNnDifferentiator *differentiator;

  g_test_summary ("A row may occur often, and scaled to zero it is as many pads");
  fixture_set_up (&fixture, &shape);
  g_assert_cmpint (ut_nn_differentiator_new (&shape, 4, MAX_LENGTH, 1, &differentiator), ==,
                   UT_NN_OK);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture.model, &fixture.data->view,
                                             rows, 4, scales, logits, NULL, NULL), ==, UT_NN_OK);
  g_assert_cmpfloat (logits[0], ==, logits[3]);
  g_assert_cmpfloat (logits[0], !=, logits[1]);

  uint32_t pads[MAX_LENGTH] = { UT_NN_PAD };
  const size_t offsets[] = { 0, fixture.data->offsets[2] - fixture.data->offsets[1] };
  const UtNnSentences padding = { .tokens = pads, .offsets = offsets };
  float expected;

  g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture.model, &padding, NULL, 1,
                                             NULL, &expected, NULL, NULL), ==, UT_NN_OK);
  g_assert_cmpfloat (logits[1], ==, expected);
  ut_nn_differentiator_free (differentiator);
  fixture_tear_down (&fixture);
}

static void
test_refused (void)
{
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, VOCABULARY, EMBEDDING, HIDDEN);
  UtNnShape other = shape;
  const uint32_t too_long[] = { 1 };
  float logits[N_SENTENCES];
  Fixture fixture = { 0 };
  UtNnDifferentiator *differentiator = NULL;

  g_test_summary ("Faults, no room, other models and batches that do not fit are refused");
  for (unsigned fault = 1; fault <= UT_NN_FAULT_PADDING; fault *= 2)
    {
      shape.faults = (UtNnFaults) fault;
      g_assert_cmpint (ut_nn_differentiator_new (&shape, 4, MAX_LENGTH, 1, &differentiator), ==,
                       UT_NN_ERROR_SHAPE);
      g_assert_null (differentiator);
    }
  shape.faults = 0;
  g_assert_cmpint (ut_nn_differentiator_new (&shape, 0, MAX_LENGTH, 1, &differentiator), ==,
                   UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_differentiator_new (&shape, 4, SIZE_MAX / 2, 1, &differentiator), ==,
                   UT_NN_ERROR_MEMORY);
  g_assert_cmpuint (ut_nn_differentiator_count_workspace (&shape, 4, SIZE_MAX / 2), ==, UINT64_MAX);
  g_assert_cmpuint (ut_nn_differentiator_count_workspace (&shape, 1, MAX_LENGTH), >,
                    ut_nn_shape_count_workspace (&shape, NULL, 1, MAX_LENGTH));

  other.hidden++;
  fixture_set_up (&fixture, &other);
  g_assert_cmpint (ut_nn_differentiator_new (&shape, 4, MAX_LENGTH - 1, 1, &differentiator), ==,
                   UT_NN_OK);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture.model, &fixture.data->view,
                                             NULL, 1, NULL, logits, NULL, NULL), ==,
                   UT_NN_ERROR_SHAPE);
  ut_nn_differentiator_free (differentiator);
  g_assert_cmpint (ut_nn_differentiator_new (&other, 4, MAX_LENGTH - 1, 1, &differentiator), ==,
                   UT_NN_OK);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture.model, &fixture.data->view,
                                             NULL, 5, NULL, logits, NULL, NULL), ==,
                   UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture.model, &fixture.data->view,
                                             too_long, 1, NULL, logits, NULL, NULL), ==,
                   UT_NN_ERROR_SHAPE);
  ut_nn_differentiator_free (differentiator);
  ut_nn_differentiator_free (NULL);
  fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < test_n_forms; i++)
    {
      g_autofree char *path = g_strconcat ("/nn/differentiator/", test_forms[i].name, NULL);

      if (test_forms[i].faults == 0)
        g_test_add_data_func (path, &test_forms[i], test_form);
    }
  g_test_add_func ("/nn/differentiator/bag", test_bag);
  g_test_add_func ("/nn/differentiator/repeated", test_repeated);
  g_test_add_func ("/nn/differentiator/refused", test_refused);
  return g_test_run ();
}
