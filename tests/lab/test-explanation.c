/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"
#include "model-fixture.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *name;
  UtNnShape shape;
} Form;

#define SHAPE(kind, ...) { .cell = UT_NN_CELL_##kind, .vocabulary = 2, .n_layers = 1, __VA_ARGS__ }

static const Form forms[] = {
  { "rnn", SHAPE (RNN, .embedding = 5, .hidden = 7) },
  { "lstm", SHAPE (LSTM, .embedding = 5, .hidden = 7) },
  { "gru-mean", SHAPE (GRU, .embedding = 5, .hidden = 7, .readout = UT_NN_READOUT_MEAN) },
  { "lstm-attention",
    SHAPE (LSTM, .embedding = 5, .hidden = 7, .readout = UT_NN_READOUT_ATTENTION,
           .bidirectional = true) },
  { "gru-subwords",
    SHAPE (GRU, .embedding = 5, .hidden = 7, .n_subwords = 1, .bidirectional = true) },
  { "bag", { .cell = UT_NN_CELL_BAG, .vocabulary = 2, .embedding = 1, .hidden = 1,
             .n_bigrams = 30 } },
};

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

static UtExplanation *
explain (UtModel       *model,
         UtPrediction  *prediction,
         UtWorthMethod  method)
{
  g_autoptr (GError) error = NULL;
  UtExplanation *explanation = ut_explanation_new (model, prediction, method, 0,
                                                   prediction->n_sentences, NULL, NULL, NULL,
                                                   &error);

  g_assert_no_error (error);
  return explanation;
}

static UtModel *
make_ensemble (void)
{
  g_autoptr (UtModel) a = model_fixture_new_random (&forms[1].shape, 1);
  g_autoptr (UtModel) b = model_fixture_new_random (&forms[4].shape, 2);
  UtModel *members[] = { a, b };
  g_autoptr (GError) error = NULL;
  UtModel *ensemble = ut_model_new_ensemble (members, 2, &error);

  g_assert_no_error (error);
  return ensemble;
}

static double
sum_up (const UtExplanation *explanation,
        gsize                index)
{
  const UtSentenceAnswer *sentence = &explanation->prediction->sentences[index];
  double sum = 0;

  for (gsize i = 0; i < sentence->n_words; i++)
    sum += explanation->worths[sentence->first_word + i];

  return sum;
}

static void
test_by_hand (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0);
  g_autoptr (UtPrediction) prediction = predict (model, "bad film good\n\nbad");
  const double bias = MODEL_FIXTURE_BIAS;
  const double good = MODEL_FIXTURE_WEIGHT * tanh (1);

  g_test_summary ("A model that hears the last word alone, worked out by hand");

  g_autoptr (UtExplanation) change = explain (model, prediction, UT_WORTH_CHANGE);

  g_assert_cmpfloat_with_epsilon (change->worths[0], -good, 1e-6);
  g_assert_cmpfloat_with_epsilon (change->worths[1], good, 1e-6);
  g_assert_cmpfloat_with_epsilon (change->worths[2], good, 1e-6);
  g_assert_cmpfloat_with_epsilon (change->sentences[0].logit, good + bias, 1e-6);
  g_assert_cmpfloat_with_epsilon (change->sentences[0].baseline, bias, 1e-6);
  g_assert_cmpfloat_with_epsilon (change->sentences[0].gap, 0, 1e-6);
  g_assert_true (isnan (change->sentences[1].logit));
  g_assert_true (isnan (change->sentences[1].baseline));
  g_assert_true (change->prediction == prediction);

  g_autoptr (UtExplanation) leave_out = explain (model, prediction, UT_WORTH_LEAVE_OUT);

  g_assert_cmpfloat_with_epsilon (leave_out->worths[0], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (leave_out->worths[1], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (leave_out->worths[2], good, 1e-6);
  /* Without its only word a sentence leaves the bias. */
  g_assert_cmpfloat_with_epsilon (leave_out->worths[3], -good, 1e-6);
  g_assert_true (isnan (leave_out->sentences[2].baseline));
  g_assert_true (isnan (leave_out->sentences[2].gap));
  g_assert_cmpuint (leave_out->sentences[0].n_steps, ==, 0);

  g_autoptr (UtExplanation) gradient = explain (model, prediction, UT_WORTH_GRADIENT);
  const double slope = MODEL_FIXTURE_WEIGHT * (1 - tanh (1) * tanh (1));

  g_assert_cmpfloat (gradient->worths[0], ==, 0);
  g_assert_cmpfloat (gradient->worths[1], ==, 0);
  g_assert_cmpfloat_with_epsilon (gradient->worths[2], slope, 1e-6);
  g_assert_cmpfloat_with_epsilon (gradient->worths[3], -slope, 1e-6);
  g_assert_cmpfloat_with_epsilon (gradient->sentences[0].baseline, bias, 1e-6);
  g_assert_cmpfloat_with_epsilon (gradient->sentences[0].gap, slope - good, 1e-6);

  g_autoptr (UtExplanation) integrated = explain (model, prediction, UT_WORTH_INTEGRATED);

  g_assert_cmpfloat (integrated->worths[1], ==, 0);
  g_assert_cmpfloat_with_epsilon (integrated->worths[2], good, 1e-3);
  g_assert_cmpfloat_with_epsilon (integrated->worths[3], -good, 1e-3);
  g_assert_cmpfloat_with_epsilon (integrated->sentences[0].baseline, bias, 1e-6);
  g_assert_cmpuint (integrated->sentences[0].n_steps, ==, UT_WORTH_MIN_STEPS);
  g_assert_true (integrated->sentences[0].converged);
  g_assert_cmpuint (integrated->sentences[1].n_steps, ==, 0);
}

/* The sentence's words but one. */
static char *
leave_out (const UtPrediction *prediction,
           gsize               left_out)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < prediction->n_words; i++)
    if (i != left_out)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", prediction->words[i].word);

  return g_string_free (text, FALSE);
}

static void
check_leave_out (UtModel *model,
                 guint    n_words)
{
  g_autofree char *text = model_fixture_make_text (n_words, n_words);
  g_autoptr (UtPrediction) prediction = predict (model, text);
  g_autoptr (UtExplanation) explanation = explain (model, prediction, UT_WORTH_LEAVE_OUT);

  for (gsize i = 0; i < n_words; i++)
    {
      g_autofree char *rest = leave_out (prediction, i);
      g_autoptr (UtPrediction) without = predict (model, rest);
      double worth = prediction->sentences[0].logit - without->sentences[0].logit;

      g_assert_cmpfloat_with_epsilon (explanation->worths[i], worth, 1e-5);
      g_assert_cmpfloat_with_epsilon (explanation->worths[i], worth, 1e-12);
    }
}

static void
check_gradients (UtModel *model)
{
  g_autofree char *text = model_fixture_make_text (23, 7);
  g_autoptr (UtPrediction) prediction = predict (model, text);
  g_autoptr (UtExplanation) gradient = explain (model, prediction, UT_WORTH_GRADIENT);
  g_autoptr (UtExplanation) integrated = explain (model, prediction, UT_WORTH_INTEGRATED);
  const UtSentenceWorth *answer = &integrated->sentences[0];
  double difference = answer->logit - answer->baseline;

  g_assert_cmpfloat (answer->logit, ==, prediction->sentences[0].logit);
  g_assert_cmpfloat (answer->baseline, ==, gradient->sentences[0].baseline);
  g_assert_true (answer->converged);
  g_assert_cmpfloat (fabs (answer->gap), <=, fmax (0.01, 0.01 * fabs (difference)));
  g_assert_cmpfloat_with_epsilon (sum_up (integrated, 0), difference + answer->gap, 1e-12);
  g_assert_cmpfloat_with_epsilon (sum_up (gradient, 0), difference + gradient->sentences[0].gap,
                                  1e-12);
}

static void
test_form (gconstpointer data)
{
  const Form *form = data;
  g_autoptr (UtModel) model = model_fixture_new_random (&form->shape, 11);

  g_test_summary ("A word's worth by leaving it out is that of asking again; the path's integral "
                  "is complete");
  check_leave_out (model, 2);
  check_leave_out (model, 33);
  check_gradients (model);
}

static void
test_long (void)
{
  g_autoptr (UtModel) model = model_fixture_new_random (&forms[1].shape, 11);

  g_test_summary ("So it is for a sentence that takes several threads");
  check_leave_out (model, 150);
}

static void
test_bag (void)
{
  g_autoptr (UtModel) model = model_fixture_new_random (&forms[G_N_ELEMENTS (forms) - 1].shape, 3);
  g_autoptr (UtPrediction) prediction = predict (model, "word5 word6 word5");
  g_autoptr (UtExplanation) change = explain (model, prediction, UT_WORTH_CHANGE);
  g_autoptr (UtExplanation) gradient = explain (model, prediction, UT_WORTH_GRADIENT);
  g_autoptr (UtExplanation) integrated = explain (model, prediction, UT_WORTH_INTEGRATED);

  g_test_summary ("To a sum all but leaving out is the same: the word's weight and its pair's");
  for (gsize i = 0; i < 3; i++)
    {
      g_assert_cmpfloat_with_epsilon (change->worths[i], gradient->worths[i], 1e-6);
      g_assert_cmpfloat_with_epsilon (change->worths[i], integrated->worths[i], 1e-6);
    }
}

static void
test_ensemble (void)
{
  g_autoptr (UtModel) ensemble = make_ensemble ();
  g_autofree char *text = model_fixture_make_text (20, 5);
  gsize n_members;
  UtModel * const *members = ut_model_get_members (ensemble, &n_members);
  g_autoptr (UtPrediction) prediction = predict (ensemble, text);

  g_test_summary ("The worths of an ensemble are the means of its models'");

  check_leave_out (ensemble, 20);
  check_gradients (ensemble);
  for (UtWorthMethod method = 0; method < UT_WORTH_INTEGRATED; method++)
    {
      g_autoptr (UtExplanation) both = explain (ensemble, prediction, method);
      g_autoptr (UtPrediction) first = predict (members[0], text);
      g_autoptr (UtPrediction) second = predict (members[1], text);
      g_autoptr (UtExplanation) a = explain (members[0], first, method);
      g_autoptr (UtExplanation) b = explain (members[1], second, method);

      for (gsize i = 0; i < prediction->n_words; i++)
        g_assert_cmpfloat_with_epsilon (both->worths[i], (a->worths[i] + b->worths[i]) / 2, 1e-12);
    }
}

/* A model whose answer jumps, near nothing, by @weight times as much as it would. */
static UtModel *
make_steep (float weight)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0);
  UtNnModel *weights;
  const UtDataFacts facts = { 0 };

  g_assert_cmpint (ut_nn_model_copy (ut_model_get_weights (model), &weights), ==, UT_NN_OK);
  *ut_nn_model_get_data (weights, ut_nn_model_find_tensor (weights, "rnn.weight_ih_l0")) = weight;

  return ut_model_new (ut_model_get_config (model), ut_model_get_vocabulary (model), NULL, weights,
                       &facts);
}

static void
test_steps (void)
{
  static const struct
  {
    float weight;
    guint n_steps;
    gboolean converged;
  } cases[] = { { 1, 16, TRUE }, { 60, 64, TRUE }, { 4000, 512, FALSE } };

  g_test_summary ("Steps are doubled until the gap is small; what is left of it is reported");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (UtModel) model = make_steep (cases[i].weight);
      g_autoptr (UtPrediction) prediction = predict (model, "good");
      g_autoptr (UtExplanation) explanation = explain (model, prediction, UT_WORTH_INTEGRATED);
      const UtSentenceWorth *answer = &explanation->sentences[0];
      double expected = 0;

      for (guint k = 0; k < answer->n_steps; k++)
        {
          double state = tanh ((double) cases[i].weight * (k + 0.5) / answer->n_steps);

          expected += (double) (MODEL_FIXTURE_WEIGHT * cases[i].weight) * (1 - state * state)
                      / answer->n_steps;
        }
      g_test_message ("weight %g: %u steps, gap %g", (double) cases[i].weight, answer->n_steps,
                      answer->gap);
      g_assert_cmpuint (answer->n_steps, ==, cases[i].n_steps);
      g_assert_cmpint (answer->converged, ==, cases[i].converged);
      g_assert_cmpfloat_with_epsilon (explanation->worths[0], expected, 1e-3);
      g_assert_cmpfloat_with_epsilon (answer->gap, explanation->worths[0]
                                                   - (answer->logit - answer->baseline), 1e-12);
    }
}

static void
test_same_bits (void)
{
  g_autoptr (UtModel) model = model_fixture_new_random (&forms[3].shape, 21);
  g_autofree char *brief = model_fixture_make_text (9, 1);
  g_autofree char *other = model_fixture_make_text (140, 2);
  g_autofree char *text = g_strdup_printf ("%s\n%s", brief, other);
  g_autoptr (UtPrediction) alone = predict (model, brief);
  g_autoptr (UtPrediction) both = predict (model, text);

  g_test_summary ("The numbers are those of a sentence alone, on one thread or on several");
  for (UtWorthMethod method = 0; method < UT_N_WORTH_METHODS; method++)
    {
      g_autoptr (UtExplanation) first = explain (model, alone, method);
      g_autoptr (UtExplanation) second = explain (model, both, method);
      g_autoptr (UtExplanation) third = explain (model, both, method);
      g_autoptr (GError) error = NULL;

      g_assert_cmpmem (second->worths, 9 * sizeof (double), first->worths, 9 * sizeof (double));
      g_assert_cmpmem (second->worths, 149 * sizeof (double), third->worths, 149 * sizeof (double));

      g_autoptr (UtExplanation) last = ut_explanation_new (model, both, method, 1, 1, NULL, NULL,
                                                           NULL, &error);

      g_assert_no_error (error);
      g_assert_true (isnan (last->worths[8]));
      g_assert_true (isnan (last->sentences[0].logit));
      g_assert_cmpmem (last->worths + 9, 140 * sizeof (double),
                       second->worths + 9, 140 * sizeof (double));
    }
}

typedef struct
{
  GArray *worths;
  guint n_calls;
  GCancellable *cancellable; /* (nullable): cancelled by the first call */
} Listener;

static void
worth_cb (gsize         first_word,
          const double *worths,
          gsize         n_words,
          gpointer      data)
{
  Listener *listener = data;

  g_assert_cmpuint (first_word, ==, listener->worths->len);
  g_array_append_vals (listener->worths, worths, (guint) n_words);
  listener->n_calls++;
  if (listener->cancellable != NULL)
    g_cancellable_cancel (listener->cancellable);
}

static void
test_stream (void)
{
  g_autoptr (UtModel) model = model_fixture_new_random (&forms[0].shape, 4);
  g_autofree char *first = model_fixture_make_text (40, 3);
  g_autofree char *second = model_fixture_make_text (1, 4);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", first, second, first);
  g_autoptr (UtPrediction) prediction = predict (model, text);

  g_test_summary ("Every word is told of once, in order, in parts where that is costly; what is "
                  "cancelled ends");
  for (UtWorthMethod method = 0; method < UT_N_WORTH_METHODS; method++)
    {
      Listener listener = { g_array_new (FALSE, FALSE, sizeof (double)) };
      g_autoptr (GError) error = NULL;
      g_autoptr (UtExplanation) explanation =
        ut_explanation_new (model, prediction, method, 0, 3, worth_cb, &listener, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (listener.worths->data, listener.worths->len * sizeof (double),
                       explanation->worths, prediction->n_words * sizeof (double));
      g_assert_cmpuint (listener.n_calls, ==, method == UT_WORTH_LEAVE_OUT ? 7 : 3);

      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      listener.cancellable = cancellable;
      g_array_set_size (listener.worths, 0);
      g_assert_null (ut_explanation_new (model, prediction, method, 0, 3, worth_cb, &listener,
                                         cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (listener.worths->len, <, prediction->n_words);
      g_array_unref (listener.worths);
    }
}

static void
test_async (void)
{
  g_autoptr (UtModel) model = model_fixture_new_random (&forms[1].shape, 4);
  g_autofree char *text = model_fixture_make_text (60, 3);
  g_autoptr (UtPrediction) prediction = predict (model, text);
  g_autoptr (UtExplanation) expected = explain (model, prediction, UT_WORTH_LEAVE_OUT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Listener listener = { g_array_new (FALSE, FALSE, sizeof (double)) };

  g_test_summary ("On a worker, words come to the main thread before the end does");

  ut_explanation_new_async (model, prediction, UT_WORTH_LEAVE_OUT, 0, 1, worth_cb, &listener, NULL,
                            fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);

  g_autoptr (UtExplanation) explanation = ut_explanation_new_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (listener.n_calls, >, 1);
  g_assert_cmpmem (listener.worths->data, listener.worths->len * sizeof (double),
                   expected->worths, 60 * sizeof (double));
  g_assert_cmpmem (explanation->worths, 60 * sizeof (double),
                   expected->worths, 60 * sizeof (double));

  g_clear_object (&result);
  g_array_set_size (listener.worths, 0);
  listener.n_calls = 0;
  ut_explanation_new_async (model, prediction, UT_WORTH_LEAVE_OUT, 0, 1, worth_cb, &listener,
                            cancellable, fixture_result_cb, &result);
  g_cancellable_cancel (cancellable);
  SPIN_UNTIL (result != NULL);
  g_assert_null (ut_explanation_new_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (listener.n_calls, ==, 0);
  g_array_unref (listener.worths);
}

static void
test_as_coded (void)
{
  g_test_summary ("As the notebook's code runs there is no gradient, but the other worths");
  for (guint fault = UT_NN_FAULT_STATE; fault <= UT_NN_FAULT_PADDING; fault *= 2)
    {
      g_autoptr (UtModel) model = model_fixture_new ((UtNnFaults) fault, 1);
      g_autoptr (UtPrediction) prediction = predict (model, "good film bad film");

      check_leave_out (model, 4);
      for (UtWorthMethod method = UT_WORTH_GRADIENT; method < UT_N_WORTH_METHODS; method++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (ut_explanation_new (model, prediction, method, 0, 1, NULL, NULL, NULL,
                                             &error));
          g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL);
          g_assert_cmpstr (error->message, ==, ut_worth_method_get_objection (method, model));
        }
      g_assert_null (ut_worth_method_get_objection (UT_WORTH_CHANGE, model));
      g_assert_null (ut_worth_method_get_objection (UT_WORTH_LEAVE_OUT, model));
    }
}

static void
test_methods (void)
{
  UtWorthMethod method = UT_WORTH_GRADIENT;
  g_autoptr (GEnumClass) methods = g_type_class_ref (UT_TYPE_WORTH_METHOD);

  g_assert_cmpuint (methods->n_values, ==, UT_N_WORTH_METHODS);
  for (UtWorthMethod i = 0; i < UT_N_WORTH_METHODS; i++)
    {
      g_assert_true (ut_worth_method_from_nick (ut_worth_method_get_nick (i), &method));
      g_assert_cmpint (method, ==, i);
      g_assert_cmpstr (g_enum_get_value (methods, (int) i)->value_nick, ==,
                       ut_worth_method_get_nick (i));
      g_assert_cmpint (strlen (ut_worth_method_get_title (i)), >, 0);
    }
  g_assert_false (ut_worth_method_from_nick ("shap", &method));
  g_assert_false (ut_worth_method_from_nick (NULL, &method));
  g_assert_true (ut_worth_method_is_costly (UT_WORTH_LEAVE_OUT));
  g_assert_false (ut_worth_method_is_costly (UT_WORTH_GRADIENT));
}

static void
test_empty (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0);
  g_autoptr (UtPrediction) nothing = predict (model, "");
  g_autoptr (UtPrediction) blank = predict (model, "\n\n");

  for (UtWorthMethod method = 0; method < UT_N_WORTH_METHODS; method++)
    {
      g_autoptr (UtExplanation) a = explain (model, nothing, method);
      g_autoptr (UtExplanation) b = explain (model, blank, method);

      g_assert_cmpuint (a->prediction->n_sentences, ==, 0);
      g_assert_true (isnan (b->sentences[1].logit));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/explanation/by-hand", test_by_hand);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strconcat ("/lab/explanation/", forms[i].name, NULL);

      g_test_add_data_func (path, &forms[i], test_form);
    }
  g_test_add_func ("/lab/explanation/long", test_long);
  g_test_add_func ("/lab/explanation/sum", test_bag);
  g_test_add_func ("/lab/explanation/ensemble", test_ensemble);
  g_test_add_func ("/lab/explanation/steps", test_steps);
  g_test_add_func ("/lab/explanation/same-bits", test_same_bits);
  g_test_add_func ("/lab/explanation/stream", test_stream);
  g_test_add_func ("/lab/explanation/async", test_async);
  g_test_add_func ("/lab/explanation/as-coded", test_as_coded);
  g_test_add_func ("/lab/explanation/methods", test_methods);
  g_test_add_func ("/lab/explanation/empty", test_empty);
  return g_test_run ();
}
