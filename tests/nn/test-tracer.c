/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <math.h>
#include <string.h>

#include "test-data.h"
#include "ut-nn.h"

enum { N_SENTENCES = 40, MAX_LENGTH = 13, VOCABULARY = 60, EMBEDDING = 7, HIDDEN = 11 };

/* Largest difference of a number between -1 and 1 that is computed again in double precision. */
#define TOLERANCE 1e-5
/* Of a logit. */
#define LOGIT_TOLERANCE 1e-4

typedef struct
{
  UtNnModel *model;
  TestData *data;
  TestSubwords *subwords;       /* (nullable) */
  size_t n_tokens;
  size_t n_values;              /* all layers, directions and signals together */
  float *values;                /* as get_place() says */
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
  fixture->n_values = UT_NN_MAX_LAYERS * 2 * UT_NN_N_SIGNALS * fixture->n_tokens * HIDDEN;
  fixture->values = g_new0 (float, fixture->n_values);
}

static void
fixture_tear_down (Fixture *fixture)
{
  ut_nn_model_free (fixture->model);
  test_data_free (fixture->data);
  g_clear_pointer (&fixture->subwords, test_subwords_free);
  g_free (fixture->values);
}

/* Of a sentence's first token. */
static float *
get_place (const Fixture *fixture,
           size_t         layer,
           size_t         direction,
           UtNnSignal     signal,
           size_t         sentence)
{
  size_t part = (layer * 2 + direction) * UT_NN_N_SIGNALS + signal;

  return fixture->values
         + (part * fixture->n_tokens + fixture->data->offsets[sentence]) * HIDDEN;
}

/* Traces all sentences in batches of @batch, into the fixture. */
static void
run (Fixture *fixture,
     size_t   batch,
     size_t   n_threads)
{
  const UtNnShape *shape = ut_nn_model_get_shape (fixture->model);
  size_t n_directions = shape->bidirectional ? 2 : 1;
  UtNnTracer *tracer;
  uint32_t rows[N_SENTENCES];

  g_assert_cmpint (ut_nn_tracer_new (shape, batch, MAX_LENGTH, n_threads, &tracer), ==, UT_NN_OK);
  for (uint32_t i = 0; i < N_SENTENCES; i++)
    rows[i] = i;
  for (size_t first = 0; first < N_SENTENCES; first += batch)
    {
      g_assert_cmpint (ut_nn_tracer_run (tracer, fixture->model, &fixture->data->view,
                                         rows + first, MIN (batch, N_SENTENCES - first)), ==,
                       UT_NN_OK);
      for (size_t layer = 0; layer < shape->n_layers; layer++)
        for (size_t direction = 0; direction < n_directions; direction++)
          for (int signal = 0; signal < UT_NN_N_SIGNALS; signal++)
            {
              if (!ut_nn_cell_has_signal (shape->cell, (UtNnSignal) signal))
                continue;
              g_assert_cmpint (ut_nn_tracer_copy (tracer, layer, direction, (UtNnSignal) signal,
                                                  get_place (fixture, layer, direction,
                                                             (UtNnSignal) signal, first)), ==,
                               UT_NN_OK);
            }
    }
  ut_nn_tracer_free (tracer);
}

static void
assert_same_bits (Fixture *fixture)
{
  static const size_t thread_counts[] = { TEST_THREAD_COUNTS };
  size_t size = fixture->n_values * sizeof (float);

  run (fixture, 1, 1);

  g_autofree float *values = g_memdup2 (fixture->values, size);

  for (size_t t = 0; t < G_N_ELEMENTS (thread_counts); t++)
    for (size_t batch = 40; batch > 0; batch /= 3)
      {
        memset (fixture->values, 0, size);
        run (fixture, batch, thread_counts[t]);
        g_assert_cmpmem (fixture->values, size, values, size);
      }
}

/* The vectors of all tokens (N, I), as the network reads them. */
static float *
get_vectors (Fixture *fixture)
{
  float *vectors = g_new (float, fixture->n_tokens * EMBEDDING);
  g_autofree float *logits = g_new (float, N_SENTENCES);
  UtNnDifferentiator *differentiator;

  g_assert_cmpint (ut_nn_differentiator_new (ut_nn_model_get_shape (fixture->model), N_SENTENCES,
                                             MAX_LENGTH, 1, &differentiator), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_differentiator_run (differentiator, fixture->model, &fixture->data->view,
                                             NULL, N_SENTENCES, NULL, logits, vectors, NULL), ==,
                   UT_NN_OK);
  ut_nn_differentiator_free (differentiator);
  return vectors;
}

/* The weights of one direction of a layer. */
typedef struct
{
  size_t n_inputs;
  const float *weight_ih;
  const float *weight_hh;
  const float *bias_ih;
  const float *bias_hh;
} Weights;

static void
weights_find (Weights         *weights,
              const UtNnModel *model,
              size_t           layer,
              size_t           direction)
{
  static const char *const names[] = { "weight_ih", "weight_hh", "bias_ih", "bias_hh" };
  const float *numbers[G_N_ELEMENTS (names)];

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("rnn.%s_l%zu%s", names[i], layer,
                                               direction == 1 ? "_reverse" : "");
      const UtNnTensor *tensor = ut_nn_model_find_tensor (model, name);

      g_assert_nonnull (tensor);
      numbers[i] = ut_nn_model_peek_data (model, tensor);
      if (i == 0)
        weights->n_inputs = tensor->dims[1];
    }
  weights->weight_ih = numbers[0];
  weights->weight_hh = numbers[1];
  weights->bias_ih = numbers[2];
  weights->bias_hh = numbers[3];
}

/* Row @row of W_ih x + b_ih, and of W_hh h + b_hh. */
static double
multiply_input (const Weights *weights,
                size_t         row,
                const double  *x)
{
  double sum = (double) weights->bias_ih[row];

  for (size_t i = 0; i < weights->n_inputs; i++)
    sum += (double) weights->weight_ih[row * weights->n_inputs + i] * x[i];
  return sum;
}

static double
multiply_state (const Weights *weights,
                size_t         row,
                const float   *h)
{
  double sum = (double) weights->bias_hh[row];

  for (size_t i = 0; h != NULL && i < HIDDEN; i++)
    sum += (double) weights->weight_hh[row * HIDDEN + i] * (double) h[i];
  return sum;
}

/* What each signal of a unit should be, from the token's input and what was traced before it. */
static void
compute_unit (UtNnCell       cell,
              const Weights *weights,
              size_t         unit,
              const double  *x,
              const float   *h_before,
              const float   *c_before,
              double         values[UT_NN_N_SIGNALS])
{
  double from_input[4];
  double from_state[4];
  size_t n_gates = cell == UT_NN_CELL_LSTM ? 4 : cell == UT_NN_CELL_GRU ? 3 : 1;

  for (size_t gate = 0; gate < n_gates; gate++)
    {
      from_input[gate] = multiply_input (weights, gate * HIDDEN + unit, x);
      from_state[gate] = multiply_state (weights, gate * HIDDEN + unit, h_before);
    }
  if (cell == UT_NN_CELL_LSTM)
    {
      double c = c_before != NULL ? (double) c_before[unit] : 0.0;

      values[UT_NN_SIGNAL_INPUT] = ut_nn_sigmoid (from_input[0] + from_state[0]);
      values[UT_NN_SIGNAL_FORGET] = ut_nn_sigmoid (from_input[1] + from_state[1]);
      values[UT_NN_SIGNAL_CANDIDATE] = tanh (from_input[2] + from_state[2]);
      values[UT_NN_SIGNAL_OUTPUT] = ut_nn_sigmoid (from_input[3] + from_state[3]);
      values[UT_NN_SIGNAL_CELL] = values[UT_NN_SIGNAL_FORGET] * c
                                  + values[UT_NN_SIGNAL_INPUT] * values[UT_NN_SIGNAL_CANDIDATE];
      values[UT_NN_SIGNAL_STATE] = values[UT_NN_SIGNAL_OUTPUT] * tanh (values[UT_NN_SIGNAL_CELL]);
    }
  else if (cell == UT_NN_CELL_GRU)
    {
      double h = h_before != NULL ? (double) h_before[unit] : 0.0;

      values[UT_NN_SIGNAL_RESET] = ut_nn_sigmoid (from_input[0] + from_state[0]);
      values[UT_NN_SIGNAL_UPDATE] = ut_nn_sigmoid (from_input[1] + from_state[1]);
      values[UT_NN_SIGNAL_CANDIDATE] = tanh (from_input[2]
                                             + values[UT_NN_SIGNAL_RESET] * from_state[2]);
      values[UT_NN_SIGNAL_STATE]
        = (1.0 - values[UT_NN_SIGNAL_UPDATE]) * values[UT_NN_SIGNAL_CANDIDATE]
          + values[UT_NN_SIGNAL_UPDATE] * h;
    }
  else
    {
      values[UT_NN_SIGNAL_STATE] = tanh (from_input[0] + from_state[0]);
    }
}

/* What layer @layer reads at token @t of a sentence. */
static void
get_input (const Fixture *fixture,
           const float   *vectors,
           size_t         layer,
           size_t         sentence,
           size_t         t,
           double        *x)
{
  size_t n_directions = ut_nn_model_get_shape (fixture->model)->bidirectional ? 2 : 1;

  if (layer == 0)
    for (size_t i = 0; i < EMBEDDING; i++)
      x[i] = (double) vectors[(fixture->data->offsets[sentence] + t) * EMBEDDING + i];
  else
    for (size_t i = 0; i < n_directions * HIDDEN; i++)
      x[i] = (double) get_place (fixture, layer - 1, i / HIDDEN, UT_NN_SIGNAL_STATE,
                                 sentence)[t * HIDDEN + i % HIDDEN];
}

/* Each number follows from those before it by the cell's equations. */
static void
assert_equations (Fixture *fixture)
{
  const UtNnShape *shape = ut_nn_model_get_shape (fixture->model);
  size_t n_directions = shape->bidirectional ? 2 : 1;
  g_autofree float *vectors = get_vectors (fixture);

  for (size_t layer = 0; layer < shape->n_layers; layer++)
    for (size_t direction = 0; direction < n_directions; direction++)
      {
        Weights weights = { 0 };

        weights_find (&weights, fixture->model, layer, direction);
        for (size_t s = 0; s < N_SENTENCES; s++)
          {
            size_t length = fixture->data->offsets[s + 1] - fixture->data->offsets[s];
            const float *h = get_place (fixture, layer, direction, UT_NN_SIGNAL_STATE, s);
            const float *c = get_place (fixture, layer, direction, UT_NN_SIGNAL_CELL, s);

            for (size_t t = 0; t < length; t++)
              {
                double x[MAX (EMBEDDING, 2 * HIDDEN)];
                gboolean is_first = direction == 0 ? t == 0 : t == length - 1;
                size_t before = direction == 0 ? t - 1 : t + 1;

                get_input (fixture, vectors, layer, s, t, x);
                for (size_t unit = 0; unit < HIDDEN; unit++)
                  {
                    double expected[UT_NN_N_SIGNALS];

                    compute_unit (shape->cell, &weights, unit, x,
                                  is_first ? NULL : h + before * HIDDEN,
                                  is_first ? NULL : c + before * HIDDEN, expected);
                    for (int i = 0; i < UT_NN_N_SIGNALS; i++)
                      if (ut_nn_cell_has_signal (shape->cell, (UtNnSignal) i))
                        g_assert_cmpfloat_with_epsilon (
                            (double) get_place (fixture, layer, direction, (UtNnSignal) i,
                                                s)[t * HIDDEN + unit],
                            expected[i], TOLERANCE);
                  }
              }
          }
      }
}

/* With one direction the answer after each token is the classifier on the last layer's state. */
static void
assert_as_predicted (Fixture *fixture)
{
  const UtNnShape *shape = ut_nn_model_get_shape (fixture->model);
  const UtNnModel *model = fixture->model;
  const float *weight = ut_nn_model_peek_data (model, ut_nn_model_find_tensor (model, "fc.weight"));
  const float *bias = ut_nn_model_peek_data (model, ut_nn_model_find_tensor (model, "fc.bias"));
  const float *h = get_place (fixture, shape->n_layers - 1, 0, UT_NN_SIGNAL_STATE, 0);
  float logits[N_SENTENCES];
  g_autofree float *token_logits = g_new (float, fixture->n_tokens);
  UtNnPredictor *predictor;

  g_assert_cmpint (ut_nn_predictor_new (shape, N_SENTENCES, MAX_LENGTH, 1, &predictor), ==,
                   UT_NN_OK);
  g_assert_cmpint (ut_nn_predictor_run (predictor, model, &fixture->data->view, NULL, N_SENTENCES,
                                        logits, token_logits, NULL), ==, UT_NN_OK);
  for (size_t t = 0; t < fixture->n_tokens; t++)
    {
      double logit = (double) *bias;

      for (size_t i = 0; i < HIDDEN; i++)
        logit += (double) weight[i] * (double) h[t * HIDDEN + i];
      g_assert_cmpfloat_with_epsilon (logit, (double) token_logits[t], LOGIT_TOLERANCE);
    }
  ut_nn_predictor_free (predictor);
}

static void
test_form (gconstpointer data)
{
  const TestForm *form = data;

  g_test_summary ("Gates and states follow the cell's equations, are what the predictor answers "
                  "from, and have the same bits in every batch and on every thread");
  for (int cell = UT_NN_CELL_RNN; cell <= (int) UT_NN_CELL_GRU; cell++)
    {
      const UtNnShape shape = test_form_make_shape (form, (UtNnCell) cell, VOCABULARY, EMBEDDING,
                                                    HIDDEN);
      Fixture fixture = { 0 };

      fixture_set_up (&fixture, &shape);
      assert_same_bits (&fixture);
      assert_equations (&fixture);
      if (shape.readout == UT_NN_READOUT_LAST && !shape.bidirectional)
        assert_as_predicted (&fixture);
      fixture_tear_down (&fixture);
    }
}

static void
test_signals (void)
{
  static const char *const expected[] = {
    [UT_NN_CELL_RNN] = "10000000", [UT_NN_CELL_LSTM] = "11111001",
    [UT_NN_CELL_GRU] = "10000111", [UT_NN_CELL_BAG] = "00000000",
  };

  g_test_summary ("Each cell has the signals of its equations");
  for (size_t cell = 0; cell < G_N_ELEMENTS (expected); cell++)
    for (int signal = 0; signal < UT_NN_N_SIGNALS; signal++)
      g_assert_cmpint (ut_nn_cell_has_signal ((UtNnCell) cell, (UtNnSignal) signal), ==,
                       expected[cell][signal] == '1');
}

static void
test_refused (void)
{
  const UtNnShape bag = UT_NN_SHAPE_BAG_INIT (VOCABULARY, 31);
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, VOCABULARY, EMBEDDING, HIDDEN);
  const uint32_t longest[] = { 1 };
  float values[MAX_LENGTH * HIDDEN];
  Fixture fixture = { 0 };
  UtNnTracer *tracer = NULL;

  g_test_summary ("What has no cell, no room or other sizes is refused, and what a cell lacks");
  for (unsigned fault = 1; fault <= UT_NN_FAULT_PADDING; fault *= 2)
    {
      shape.faults = (UtNnFaults) fault;
      g_assert_cmpint (ut_nn_tracer_new (&shape, 4, MAX_LENGTH, 1, &tracer), ==,
                       UT_NN_ERROR_SHAPE);
      g_assert_null (tracer);
    }
  shape.faults = 0;
  g_assert_cmpint (ut_nn_tracer_new (&bag, 4, MAX_LENGTH, 1, &tracer), ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_tracer_new (&shape, 0, MAX_LENGTH, 1, &tracer), ==, UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_tracer_new (&shape, 4, SIZE_MAX / 2, 1, &tracer), ==,
                   UT_NN_ERROR_MEMORY);

  fixture_set_up (&fixture, &shape);
  g_assert_cmpint (ut_nn_tracer_new (&shape, 1, MAX_LENGTH - 1, 1, &tracer), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_tracer_run (tracer, fixture.model, &fixture.data->view, longest, 1), ==,
                   UT_NN_ERROR_SHAPE);
  ut_nn_tracer_free (tracer);
  g_assert_cmpint (ut_nn_tracer_new (&shape, 1, MAX_LENGTH, 1, &tracer), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_tracer_run (tracer, fixture.model, &fixture.data->view, longest, 1), ==,
                   UT_NN_OK);
  g_assert_cmpint (ut_nn_tracer_copy (tracer, 0, 0, UT_NN_SIGNAL_UPDATE, values), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_tracer_copy (tracer, 1, 0, UT_NN_SIGNAL_UPDATE, values), ==,
                   UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_tracer_copy (tracer, 0, 1, UT_NN_SIGNAL_UPDATE, values), ==,
                   UT_NN_ERROR_SHAPE);
  g_assert_cmpint (ut_nn_tracer_copy (tracer, 0, 0, UT_NN_SIGNAL_FORGET, values), ==,
                   UT_NN_ERROR_SHAPE);
  ut_nn_tracer_free (tracer);
  ut_nn_tracer_free (NULL);
  fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < test_n_forms; i++)
    {
      g_autofree char *path = g_strconcat ("/nn/tracer/", test_forms[i].name, NULL);

      if (test_forms[i].faults == 0)
        g_test_add_data_func (path, &test_forms[i], test_form);
    }
  g_test_add_func ("/nn/tracer/signals", test_signals);
  g_test_add_func ("/nn/tracer/refused", test_refused);
  return g_test_run ();
}
