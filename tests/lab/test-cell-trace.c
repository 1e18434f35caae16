/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"
#include "model-fixture.h"

#include <math.h>
#include <string.h>

static UtPrediction *
predict (UtModel    *model,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text),
                                                UT_READING_TOKENIZED_LINES, NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

static UtCellTrace *
trace (UtModel      *model,
       UtPrediction *prediction,
       gsize         sentence,
       guint         layer,
       guint         direction)
{
  g_autoptr (GError) error = NULL;
  UtCellTrace *self = ut_cell_trace_new (model, prediction, sentence, layer, direction, NULL,
                                         &error);

  g_assert_no_error (error);
  return self;
}

static void
test_by_hand (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0.5f);
  g_autoptr (UtPrediction) prediction = predict (model, "film .\ngood film bad zebra\n");
  g_autoptr (UtCellTrace) self = trace (model, prediction, 1, 0, 0);
  static const double inputs[] = { 1, 0, -1, 0.5 };
  double state = 0;

  g_test_summary ("The states of the sentence that is asked for, and what they add to its logit");

  g_assert_cmpint (self->cell, ==, UT_NN_CELL_RNN);
  g_assert_cmpuint (self->n_words, ==, 4);
  g_assert_cmpuint (self->n_units, ==, 1);
  g_assert_cmpuint (self->n_layers, ==, 1);
  g_assert_cmpuint (self->n_directions, ==, 1);
  g_assert_true (self->exact);
  g_assert_null (self->values[UT_NN_SIGNAL_FORGET]);
  for (gsize i = 0; i < self->n_words; i++)
    {
      state = tanh (inputs[i] + 0.5 * state);
      g_assert_cmpfloat_with_epsilon (ut_cell_trace_get (self, UT_NN_SIGNAL_STATE, i, 0), state,
                                      1e-6);
      g_assert_cmpfloat_with_epsilon (ut_cell_trace_get_share (self, i, 0),
                                      MODEL_FIXTURE_WEIGHT * state, 1e-6);
    }
}

/* Where the weights say so, the units' shares and the bias are the logit after each word. */
static void
assert_shares (const UtCellTrace *self,
               UtModel           *model)
{
  const UtNnModel *weights = ut_model_get_weights (model);
  const float *bias = ut_nn_model_peek_data (weights, ut_nn_model_find_tensor (weights, "fc.bias"));
  const UtSentenceAnswer *sentence = &self->prediction->sentences[self->sentence];

  for (gsize i = 0; i < self->n_words; i++)
    {
      double logit = *bias;

      for (gsize unit = 0; unit < self->n_units; unit++)
        logit += ut_cell_trace_get_share (self, i, unit);
      g_assert_cmpfloat_with_epsilon (
          logit, self->prediction->words[sentence->first_word + i].logit, 1e-5);
    }
}

static void
test_shapes (void)
{
  static const struct
  {
    UtNnCell cell;
    gsize n_layers;
    gboolean bidirectional;
    UtNnReadout readout;
    gsize n_subwords;
    gboolean exact;
  } shapes[] = {
    { UT_NN_CELL_RNN, 1, FALSE, UT_NN_READOUT_LAST, 0, TRUE },
    { UT_NN_CELL_LSTM, 1, FALSE, UT_NN_READOUT_LAST, 1, TRUE },
    { UT_NN_CELL_GRU, 2, FALSE, UT_NN_READOUT_LAST, 0, TRUE },
    { UT_NN_CELL_LSTM, 2, TRUE, UT_NN_READOUT_LAST, 0, FALSE },
    { UT_NN_CELL_GRU, 1, FALSE, UT_NN_READOUT_ATTENTION, 0, FALSE },
  };
  g_autofree char *text = model_fixture_make_text (17, 3);

  g_test_summary ("Each layer and direction has the signals of its cell; only the last has weights");

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      UtNnShape shape = UT_NN_SHAPE_INIT (shapes[i].cell, 2, 6, 9);

      shape.n_layers = shapes[i].n_layers;
      shape.bidirectional = shapes[i].bidirectional;
      shape.readout = shapes[i].readout;
      shape.n_subwords = shapes[i].n_subwords;

      g_autoptr (UtModel) model = model_fixture_new_random (&shape, 5);
      g_autoptr (UtPrediction) prediction = predict (model, text);

      for (guint layer = 0; layer < shape.n_layers; layer++)
        for (guint direction = 0; direction < (shape.bidirectional ? 2 : 1); direction++)
          {
            g_autoptr (UtCellTrace) self = trace (model, prediction, 0, layer, direction);
            gboolean is_last = layer + 1 == shape.n_layers;

            g_assert_cmpuint (self->layer, ==, layer);
            g_assert_cmpuint (self->direction, ==, direction);
            g_assert_cmpuint (self->n_words, ==, 17);
            for (int k = 0; k < UT_NN_N_SIGNALS; k++)
              g_assert_cmpint (self->values[k] != NULL, ==,
                               ut_nn_cell_has_signal (shape.cell, (UtNnSignal) k));
            g_assert_cmpint (self->weights != NULL, ==, is_last);
            g_assert_cmpint (self->exact, ==, is_last && shapes[i].exact);
            if (self->exact)
              assert_shares (self, model);
            if (!is_last)
              g_assert_true (isnan (ut_cell_trace_get_share (self, 0, 0)));
          }
    }
}

static void
test_range (void)
{
  UtNnShape shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, 2, 6, 9);
  g_autofree char *text = model_fixture_make_text (9, 3);

  g_test_summary ("A layer or a direction too many is the last that there is; no words, no numbers");

  shape.n_layers = 2;

  g_autoptr (UtModel) model = model_fixture_new_random (&shape, 5);
  g_autoptr (UtPrediction) prediction = predict (model, text);
  g_autoptr (UtPrediction) empty = predict (model, "\n");
  g_autoptr (UtCellTrace) self = trace (model, prediction, 0, 7, 1);
  g_autoptr (UtCellTrace) nothing = trace (model, empty, 0, 0, 0);

  g_assert_cmpuint (self->layer, ==, 1);
  g_assert_cmpuint (self->direction, ==, 0);
  g_assert_cmpuint (nothing->n_words, ==, 0);
  g_assert_null (nothing->values[UT_NN_SIGNAL_STATE]);
}

static void
test_ensemble (void)
{
  const UtNnShape first_shape = UT_NN_SHAPE_INIT (UT_NN_CELL_GRU, 2, 6, 9);
  const UtNnShape second_shape = UT_NN_SHAPE_INIT (UT_NN_CELL_LSTM, 2, 4, 5);
  g_autofree char *text = model_fixture_make_text (12, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) first = model_fixture_new_random (&first_shape, 5);
  g_autoptr (UtModel) second = model_fixture_new_random (&second_shape, 6);
  UtModel *members[] = { first, second };
  g_autoptr (UtModel) ensemble = ut_model_new_ensemble (members, 2, &error);

  g_test_summary ("Of an ensemble the first model is shown, and any other one that is asked for");

  g_assert_no_error (error);

  g_autoptr (UtPrediction) prediction = predict (ensemble, text);
  g_autoptr (UtPrediction) own = predict (first, text);
  g_autoptr (UtCellTrace) whole = trace (ensemble, prediction, 0, 0, 0);
  g_autoptr (UtCellTrace) alone = trace (first, own, 0, 0, 0);
  g_autoptr (UtCellTrace) other = trace (second, prediction, 0, 0, 0);

  g_assert_cmpmem (whole->values[UT_NN_SIGNAL_STATE], 12 * 9 * sizeof (float),
                   alone->values[UT_NN_SIGNAL_STATE], 12 * 9 * sizeof (float));
  g_assert_cmpint (other->cell, ==, UT_NN_CELL_LSTM);
  g_assert_cmpuint (other->n_units, ==, 5);
}

static void
test_objection (void)
{
  const UtNnShape bag_shape = UT_NN_SHAPE_BAG_INIT (2, 31);
  g_autoptr (UtModel) bag = model_fixture_new_random (&bag_shape, 5);
  g_autoptr (UtModel) faulty = model_fixture_new (UT_NN_FAULT_LOSS, 0);
  g_autoptr (UtModel) good = model_fixture_new (0, 0);
  UtModel *models[] = { bag, faulty };

  g_test_summary ("A bag of words and the notebook's code have no cell to look into");

  g_assert_null (ut_cell_trace_get_objection (good));
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (UtPrediction) prediction = predict (models[i], "good film");
      g_autoptr (UtCellTrace) self = ut_cell_trace_new (models[i], prediction, 0, 0, 0, NULL,
                                                        &error);

      g_assert_null (self);
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
      g_assert_cmpstr (error->message, ==, ut_cell_trace_get_objection (models[i]));
    }
}

static void
test_async (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0.5f);
  g_autoptr (UtPrediction) prediction = predict (model, "good film");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("On a worker the same, or nothing once it was cancelled");

  ut_cell_trace_new_async (model, prediction, 0, 0, 0, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);

  g_autoptr (UtCellTrace) self = ut_cell_trace_new_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (ut_cell_trace_get (self, UT_NN_SIGNAL_STATE, 0, 0), tanh (1),
                                  1e-6);

  g_cancellable_cancel (cancellable);
  ut_cell_trace_new_async (model, prediction, 0, 0, 0, cancellable, fixture_result_cb, &cancelled);
  SPIN_UNTIL (cancelled != NULL);
  g_assert_null (ut_cell_trace_new_finish (cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_names (void)
{
  g_test_summary ("Gates lie between 0 and 1, all else has a sign; each has a name of its own");

  for (int i = 0; i < UT_NN_N_SIGNALS; i++)
    {
      const char *name = ut_cell_signal_get_name ((UtNnSignal) i);

      g_assert_cmpint (ut_cell_signal_is_gate ((UtNnSignal) i), ==,
                       g_str_has_suffix (name, " gate"));
      for (int k = 0; k < i; k++)
        g_assert_cmpstr (ut_cell_signal_get_name ((UtNnSignal) k), !=, name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/lab/cell-trace/by-hand", test_by_hand);
  g_test_add_func ("/lab/cell-trace/shapes", test_shapes);
  g_test_add_func ("/lab/cell-trace/range", test_range);
  g_test_add_func ("/lab/cell-trace/ensemble", test_ensemble);
  g_test_add_func ("/lab/cell-trace/objection", test_objection);
  g_test_add_func ("/lab/cell-trace/async", test_async);
  g_test_add_func ("/lab/cell-trace/names", test_names);
  return g_test_run ();
}
