/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "ut-nn.h"

static void
test_tensors (void)
{
  static const struct
  {
    UtNnCell cell;
    size_t n_gates;
  } cells[] = { { UT_NN_CELL_RNN, 1 }, { UT_NN_CELL_LSTM, 4 }, { UT_NN_CELL_GRU, 3 } };

  g_test_summary ("The table of tensors is PyTorch's state dict");
  for (size_t i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      const UtNnShape shape = UT_NN_SHAPE_INIT (cells[i].cell, 10, 3, 5);
      const size_t rows = cells[i].n_gates * 5;
      const struct
      {
        const char *name;
        size_t n_dims;
        size_t dims[2];
      } expected[] = {
        { "embedding.weight", 2, { 10, 3 } }, { "rnn.weight_ih_l0", 2, { rows, 3 } },
        { "rnn.weight_hh_l0", 2, { rows, 5 } }, { "rnn.bias_ih_l0", 1, { rows, 1 } },
        { "rnn.bias_hh_l0", 1, { rows, 1 } }, { "fc.weight", 2, { 1, 5 } },
        { "fc.bias", 1, { 1, 1 } },
      };
      UtNnModel *model;
      size_t n_tensors;
      size_t end = 0;
      size_t n_parameters = 0;

      g_assert_cmpint (ut_nn_model_new (&shape, &model), ==, UT_NN_OK);
      const UtNnTensor *tensors = ut_nn_model_get_tensors (model, &n_tensors);
      g_assert_cmpuint (n_tensors, ==, G_N_ELEMENTS (expected));
      for (size_t k = 0; k < n_tensors; k++)
        {
          g_assert_cmpstr (tensors[k].name, ==, expected[k].name);
          g_assert_cmpuint (tensors[k].n_dims, ==, expected[k].n_dims);
          g_assert_cmpuint (tensors[k].dims[0], ==, expected[k].dims[0]);
          g_assert_cmpuint (tensors[k].dims[1], ==, expected[k].dims[1]);
          g_assert_cmpuint (tensors[k].size, ==, expected[k].dims[0] * expected[k].dims[1]);
          g_assert_cmpuint (tensors[k].offset, >=, end);
          g_assert_cmpuint ((uintptr_t) ut_nn_model_get_data (model, &tensors[k]) % 64, ==, 0);
          g_assert_true (ut_nn_model_find_tensor (model, tensors[k].name) == &tensors[k]);
          end = tensors[k].offset + tensors[k].size;
          n_parameters += tensors[k].size;
        }
      g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, n_parameters);
      g_assert_null (ut_nn_model_find_tensor (model, "rnn.weight_ih_l1"));
      ut_nn_model_free (model);
    }
}

static void
test_form_tensors (void)
{
  static const struct
  {
    const char *name;
    size_t dims[2];
  } expected[] = {
    { "embedding.weight", { 10, 3 } },
    { "rnn.weight_ih_l0", { 15, 3 } }, { "rnn.weight_hh_l0", { 15, 5 } },
    { "rnn.bias_ih_l0", { 15, 1 } }, { "rnn.bias_hh_l0", { 15, 1 } },
    { "rnn.weight_ih_l0_reverse", { 15, 3 } }, { "rnn.weight_hh_l0_reverse", { 15, 5 } },
    { "rnn.bias_ih_l0_reverse", { 15, 1 } }, { "rnn.bias_hh_l0_reverse", { 15, 1 } },
    { "rnn.weight_ih_l1", { 15, 10 } }, { "rnn.weight_hh_l1", { 15, 5 } },
    { "rnn.bias_ih_l1", { 15, 1 } }, { "rnn.bias_hh_l1", { 15, 1 } },
    { "rnn.weight_ih_l1_reverse", { 15, 10 } }, { "rnn.weight_hh_l1_reverse", { 15, 5 } },
    { "rnn.bias_ih_l1_reverse", { 15, 1 } }, { "rnn.bias_hh_l1_reverse", { 15, 1 } },
    { "attention.weight", { 5, 10 } }, { "attention.bias", { 5, 1 } },
    { "context.weight", { 1, 5 } }, { "fc.weight", { 1, 10 } }, { "fc.bias", { 1, 1 } },
  };
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 10, 3, 5);
  UtNnModel *model;
  size_t n_tensors;

  g_test_summary ("Layers, directions and attention have PyTorch's names and order, too");
  shape.n_layers = 2;
  shape.bidirectional = true;
  shape.readout = UT_NN_READOUT_ATTENTION;
  g_assert_cmpint (ut_nn_model_new (&shape, &model), ==, UT_NN_OK);
  const UtNnTensor *tensors = ut_nn_model_get_tensors (model, &n_tensors);
  g_assert_cmpuint (n_tensors, ==, G_N_ELEMENTS (expected));
  for (size_t i = 0; i < n_tensors; i++)
    {
      g_assert_cmpstr (tensors[i].name, ==, expected[i].name);
      g_assert_cmpuint (tensors[i].dims[0], ==, expected[i].dims[0]);
      g_assert_cmpuint (tensors[i].dims[1], ==, expected[i].dims[1]);
    }
  ut_nn_model_free (model);
}

static void
test_initialize (void)
{
  const UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 20, 9, 25);
  UtNnModel *model, *same, *other, *copy;
  size_t n_tensors;

  g_test_summary ("Weights are uniform in ±1/√H, a function of the seed; the embedding stays");
  g_assert_cmpint (ut_nn_model_new (&shape, &model), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_model_new (&shape, &same), ==, UT_NN_OK);
  g_assert_cmpint (ut_nn_model_new (&shape, &other), ==, UT_NN_OK);
  const UtNnTensor *tensors = ut_nn_model_get_tensors (model, &n_tensors);
  ut_nn_model_get_data (model, &tensors[0])[7] = 3.0f;
  ut_nn_model_initialize (model, 5);
  ut_nn_model_initialize (same, 5);
  ut_nn_model_initialize (other, 6);
  g_assert_cmpint (ut_nn_model_copy (model, &copy), ==, UT_NN_OK);

  double bound = 1 / sqrt (25);
  for (size_t k = 1; k < n_tensors; k++)
    {
      const float *numbers = ut_nn_model_peek_data (model, &tensors[k]);
      size_t n_bytes = tensors[k].size * sizeof (float);
      double sum = 0, largest = 0;

      for (size_t i = 0; i < tensors[k].size; i++)
        {
          largest = fmax (largest, fabs ((double) numbers[i]));
          sum += (double) numbers[i];
        }
      g_assert_cmpfloat (largest, <=, bound);
      if (tensors[k].size > 100)
        {
          g_assert_cmpfloat (largest, >, 0.9 * bound);
          g_assert_cmpfloat (fabs (sum / (double) tensors[k].size), <,
                             5 * bound / sqrt (3.0 * (double) tensors[k].size));
        }
      g_assert_cmpmem (numbers, n_bytes, ut_nn_model_peek_data (same, &tensors[k]), n_bytes);
      g_assert_cmpmem (numbers, n_bytes, ut_nn_model_peek_data (copy, &tensors[k]), n_bytes);
      g_assert_cmpint (memcmp (numbers, ut_nn_model_peek_data (other, &tensors[k]), n_bytes),
                       !=, 0);
    }
  g_assert_cmpfloat (ut_nn_model_peek_data (copy, &tensors[0])[7], ==, 3.0f);
  g_assert_cmpfloat (ut_nn_model_peek_data (copy, &tensors[0])[8], ==, 0.0f);

  ut_nn_model_assign (other, model);
  g_assert_cmpmem (ut_nn_model_peek_data (other, &tensors[1]), tensors[1].size * sizeof (float),
                   ut_nn_model_peek_data (model, &tensors[1]), tensors[1].size * sizeof (float));
  ut_nn_model_free (model);
  ut_nn_model_free (same);
  ut_nn_model_free (other);
  ut_nn_model_free (copy);
  ut_nn_model_free (NULL);
}

static void
test_hostile_shapes (void)
{
  static const UtNnShape shapes[] = {
    UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, 1, 50, 64),
    UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, (1u << 24) + 1, 50, 64),
    UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, SIZE_MAX, SIZE_MAX, SIZE_MAX),
    UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, 10, 0, 64),
    UT_NN_SHAPE_INIT (UT_NN_CELL_RNN, 10, 4097, 64),
    UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 10, 50, 0),
    UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 10, 50, 4097),
    UT_NN_SHAPE_INIT ((UtNnCell) 4, 10, 50, 64),
    UT_NN_SHAPE_INIT ((UtNnCell) -1, 10, 50, 64),
  };

  g_test_summary ("Shapes outside of their ranges are refused before anything is allocated");
  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      UtNnModel *model = (UtNnModel *) &shapes[i];

      g_assert_cmpuint (ut_nn_shape_count_parameters (&shapes[i]), ==, 0);
      g_assert_cmpint (ut_nn_model_new (&shapes[i], &model), ==, UT_NN_ERROR_SHAPE);
      g_assert_null (model);
    }

  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 10, 50, 64);

  shape.n_layers = 0;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, 0);
  shape.n_layers = UT_NN_MAX_LAYERS + 1;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, 0);
  shape.n_layers = UT_NN_MAX_LAYERS;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), >, 0);
  shape.readout = (UtNnReadout) 4;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, 0);

  UtNnShape bag = UT_NN_SHAPE_BAG_INIT (10, 20);

  g_assert_cmpuint (ut_nn_shape_count_parameters (&bag), ==, 10 + 20 + 1);
  bag.embedding = 2;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&bag), ==, 0);
  bag.embedding = 1;
  bag.n_layers = 1;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&bag), ==, 0);
  shape = (UtNnShape) UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 10, 50, 64);
  shape.n_bigrams = 1;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, 0);

  const UtNnShape largest = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, 1u << 24, 4096, 4096);
  g_assert_cmpuint (ut_nn_shape_count_parameters (&largest), ==,
                    ((size_t) 1 << 36) + 4 * 4096 * (4096 + 4096 + 2) + 4096 + 1);
}

static void
test_faults (void)
{
  const UtNnShape plain = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 10, 50, 64);
  UtNnShape shape = plain;

  g_test_summary ("The notebook's faults have the tensors of the notebook's network, and no others");
  for (unsigned int faults = 0; faults < 8; faults++)
    {
      shape.faults = (UtNnFaults) faults;
      g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==,
                        ut_nn_shape_count_parameters (&plain));
    }
  shape.faults = (UtNnFaults) 8;
  g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, 0);

#define REFUSES(field, value) \
  G_STMT_START \
    { \
      shape = plain; \
      shape.field = value; \
      g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), >, 0); \
      shape.faults = UT_NN_FAULT_PADDING; \
      g_assert_cmpuint (ut_nn_shape_count_parameters (&shape), ==, 0); \
    } \
  G_STMT_END

  REFUSES (n_layers, 2);
  REFUSES (bidirectional, true);
  REFUSES (readout, UT_NN_READOUT_MEAN);
  REFUSES (n_subwords, 3);
#undef REFUSES
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/model/tensors", test_tensors);
  g_test_add_func ("/nn/model/form-tensors", test_form_tensors);
  g_test_add_func ("/nn/model/initialize", test_initialize);
  g_test_add_func ("/nn/model/hostile-shapes", test_hostile_shapes);
  g_test_add_func ("/nn/model/faults", test_faults);
  return g_test_run ();
}
