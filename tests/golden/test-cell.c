/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Compares gates and states with PyTorch's in the files that make-cell.py writes. */
#include "golden.h"

/* Largest difference over the largest entry. */
#define TOLERANCE 1e-5

static const char *const signal_names[UT_NN_N_SIGNALS] = {
  [UT_NN_SIGNAL_STATE] = "state",
  [UT_NN_SIGNAL_CELL] = "cell",
  [UT_NN_SIGNAL_INPUT] = "input",
  [UT_NN_SIGNAL_FORGET] = "forget",
  [UT_NN_SIGNAL_OUTPUT] = "output",
  [UT_NN_SIGNAL_RESET] = "reset",
  [UT_NN_SIGNAL_UPDATE] = "update",
  [UT_NN_SIGNAL_CANDIDATE] = "candidate",
};

static void
test_signals (gconstpointer data)
{
  g_autofree char *model_name = g_strconcat (data, ".safetensors", NULL);
  g_autofree char *cell_name = g_strconcat ("cell-", model_name, NULL);
  Golden model = { 0 };
  Golden cell = { 0 };
  UtNnTracer *tracer;
  size_t n_rows;
  size_t n_tokens = 0;
  size_t max_length = 0;

  g_test_summary ("Every gate and state of every layer and direction is PyTorch's");
  golden_open (&model, model_name);
  golden_open_tensors (&cell, cell_name);

  const UtNnShape *shape = ut_nn_model_get_shape (model.model);
  g_autofree size_t *numbers = golden_copy_sizes (&cell, "rows", &n_rows);
  g_autofree uint32_t *rows = g_new (uint32_t, n_rows);

  for (size_t i = 0; i < n_rows; i++)
    {
      size_t length = model.offsets[numbers[i] + 1] - model.offsets[numbers[i]];

      rows[i] = (uint32_t) numbers[i];
      n_tokens += length;
      max_length = MAX (max_length, length);
    }

  g_autofree float *values = g_new (float, n_tokens * shape->hidden);

  g_assert_cmpint (ut_nn_tracer_new (shape, n_rows, max_length, 1, &tracer), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_tracer_run (tracer, model.model, &model.sentences, rows, n_rows), ==,
                   UT_NN_OK);
  for (size_t layer = 0; layer < shape->n_layers; layer++)
    for (size_t direction = 0; direction < (shape->bidirectional ? 2 : 1); direction++)
      for (int i = 0; i < UT_NN_N_SIGNALS; i++)
        {
          g_autofree char *name = g_strdup_printf ("%zu.%zu.%s", layer, direction,
                                                   signal_names[i]);
          size_t n;

          if (!ut_nn_cell_has_signal (shape->cell, (UtNnSignal) i))
            continue;

          g_autofree float *expected = golden_copy_floats (&cell, "", name, &n);

          g_assert_cmpuint (n, ==, n_tokens * shape->hidden);
          g_assert_cmpint (ut_nn_tracer_copy (tracer, layer, direction, (UtNnSignal) i, values),
                           ==, UT_NN_OK);
          golden_assert_close (name, values, expected, n, golden_get_largest (expected, n),
                               TOLERANCE);
        }

  ut_nn_tracer_free (tracer);
  golden_close (&model);
  golden_close (&cell);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = {
    "rnn-0", "lstm-0", "gru-0", "rnn-attention", "lstm-mean", "gru-directions", "lstm-deep",
    "gru-wide", "lstm-subwords",
  };

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/cell/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_signals);
    }
  return g_test_run ();
}
