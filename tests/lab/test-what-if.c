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

static UtWhatIf *
edit (UtModel      *model,
      UtPrediction *prediction,
      gsize         word,
      UtEditKind    kind,
      const char   *text)
{
  const UtEdit edits[] = { { word, kind, text } };
  g_autoptr (GError) error = NULL;
  UtWhatIf *what_if = ut_what_if_new (model, prediction, 0, edits, 1, NULL, &error);

  g_assert_no_error (error);
  return what_if;
}

static void
assert_step (const UtWhatIf *what_if,
             gsize           index,
             const char     *before,
             const char     *after,
             gboolean        edited,
             double          state_before,
             double          state_after)
{
  const UtWhatIfStep *step = &what_if->steps[index];

  g_assert_cmpuint (index, <, what_if->n_steps);
  g_assert_cmpstr (step->before, ==, before);
  g_assert_cmpstr (step->after, ==, after);
  g_assert_cmpint (step->edited, ==, edited);
  g_assert_cmpfloat_with_epsilon (step->logit_before,
                                  MODEL_FIXTURE_WEIGHT * state_before + MODEL_FIXTURE_BIAS, 1e-6);
  g_assert_cmpfloat_with_epsilon (step->logit_after,
                                  MODEL_FIXTURE_WEIGHT * state_after + MODEL_FIXTURE_BIAS, 1e-6);
  g_assert_cmpfloat (step->gap, ==, step->logit_after - step->logit_before);
}

static void
test_strike_out (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0.5f);
  g_autoptr (UtPrediction) prediction = predict (model, "film good film film film film film .");
  g_autoptr (UtWhatIf) what_if = edit (model, prediction, 1, UT_EDIT_STRIKE_OUT, NULL);
  double state = tanh (1);

  g_test_summary ("A word that is struck out leaves its place; the gap halves with every word, so "
                  "that a tenth is left after three");

  g_assert_cmpuint (what_if->n_steps, ==, 8);
  g_assert_cmpstr (what_if->text, ==, "film film film film film film .");
  assert_step (what_if, 0, "film", "film", FALSE, 0, 0);
  assert_step (what_if, 1, "good", NULL, TRUE, state, 0);
  for (gsize i = 2; i < 7; i++)
    {
      state = tanh (0.5 * state);
      assert_step (what_if, i, "film", "film", FALSE, state, 0);
      g_assert_cmpuint (what_if->steps[i].word, ==, i);
    }
  g_assert_cmpuint (what_if->first_edited, ==, 1);
  g_assert_cmpuint (what_if->last_edited, ==, 1);
  g_assert_cmpfloat_with_epsilon (what_if->largest_gap, -MODEL_FIXTURE_WEIGHT * tanh (1), 1e-6);
  g_assert_cmpuint (what_if->n_remembered, ==, 3);
  g_assert_false (what_if->to_the_end);
  g_assert_cmpfloat (what_if->logit_before, ==, prediction->sentences[0].logit);
  g_assert_cmpfloat (what_if->logit_after, ==, what_if->steps[7].logit_after);
}

static void
test_replace (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0);
  g_autoptr (UtPrediction) prediction = predict (model, "good film");
  g_autoptr (UtWhatIf) one = edit (model, prediction, 0, UT_EDIT_REPLACE, "Bad");
  g_autoptr (UtWhatIf) two = edit (model, prediction, 0, UT_EDIT_REPLACE, " zebra's ");
  g_autoptr (UtWhatIf) none = edit (model, prediction, 1, UT_EDIT_REPLACE, " \n ");

  g_test_summary ("Words are replaced by what a text is cut into");

  g_assert_cmpuint (one->n_steps, ==, 2);
  assert_step (one, 0, "good", "bad", TRUE, tanh (1), tanh (-1));
  assert_step (one, 1, "film", "film", FALSE, 0, 0);
  g_assert_cmpuint (one->n_remembered, ==, 0);
  g_assert_false (one->to_the_end);

  g_assert_cmpstr (two->text, ==, "zebra 's film");
  g_assert_cmpuint (two->n_steps, ==, 3);
  assert_step (two, 0, "good", "zebra", TRUE, tanh (1), tanh (0.5));
  assert_step (two, 1, NULL, "'s", TRUE, tanh (1), tanh (0.5));
  assert_step (two, 2, "film", "film", FALSE, 0, 0);
  g_assert_false (two->steps[0].known);
  g_assert_true (two->steps[2].known);
  g_assert_cmpuint (two->steps[1].word, ==, 1);
  g_assert_cmpuint (two->last_edited, ==, 1);

  assert_step (none, 1, "film", NULL, TRUE, 0, tanh (1));
  g_assert_true (none->to_the_end);
  g_assert_cmpuint (none->n_remembered, ==, 0);
}

static void
test_negate (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 1);
  g_autoptr (UtPrediction) prediction = predict (model, "good good");
  g_autoptr (UtWhatIf) what_if = edit (model, prediction, 1, UT_EDIT_NEGATE, NULL);
  double first = tanh (1);
  double not = tanh (0.5 + first);

  g_test_summary ("Where a word is put in, the old curve waits");

  g_assert_cmpstr (what_if->text, ==, "good not good");
  assert_step (what_if, 0, "good", "good", FALSE, first, first);
  assert_step (what_if, 1, NULL, "not", TRUE, first, not);
  assert_step (what_if, 2, "good", "good", FALSE, tanh (1 + first), tanh (1 + not));
  g_assert_cmpuint (what_if->last_edited, ==, 1);

  g_autoptr (UtWhatIf) start = edit (model, prediction, 0, UT_EDIT_NEGATE, NULL);

  assert_step (start, 0, NULL, "not", TRUE, 0, tanh (0.5));
  g_assert_cmpuint (start->steps[0].word, ==, 0);
}

static void
test_memory (void)
{
  g_autoptr (UtModel) deaf = model_fixture_new (0, 0);
  g_autoptr (UtModel) elephant = model_fixture_new (0, 4);
  g_autoptr (UtPrediction) soon = predict (deaf, "film film good bad");
  g_autoptr (UtPrediction) never = predict (elephant, "good film film");
  g_autoptr (UtWhatIf) nothing = edit (deaf, soon, 1, UT_EDIT_REPLACE, ".");
  g_autoptr (UtWhatIf) all = edit (elephant, never, 0, UT_EDIT_REPLACE, "bad");
  g_autoptr (UtWhatIf) only = NULL;
  g_autoptr (UtPrediction) word = predict (deaf, "good");

  g_test_summary ("Nothing, everything and the only word");

  g_assert_cmpfloat (nothing->largest_gap, ==, 0);
  g_assert_cmpuint (nothing->n_remembered, ==, 0);
  g_assert_false (nothing->to_the_end);

  g_assert_cmpuint (all->n_remembered, ==, 2);
  g_assert_true (all->to_the_end);
  g_assert_cmpfloat (all->largest_gap, <, 0);

  only = edit (deaf, word, 0, UT_EDIT_STRIKE_OUT, NULL);
  g_assert_cmpstr (only->text, ==, "");
  g_assert_cmpfloat (only->logit_after, ==, MODEL_FIXTURE_BIAS);
  assert_step (only, 0, "good", NULL, TRUE, tanh (1), 0);
}

static void
test_several (void)
{
  const UtNnShape shape = {
    .cell = UT_NN_CELL_GRU, .vocabulary = 2, .embedding = 5, .hidden = 7, .n_layers = 1,
    .bidirectional = true, .n_subwords = 1,
  };
  g_autoptr (UtModel) model = model_fixture_new_random (&shape, 6);
  const char *text = "word3\nword5 word9 word4 word9 word7 word4";
  const char *edited = "not word5 word4 word8 word6 word7 word4";
  const UtEdit edits[] = {
    { 1, UT_EDIT_NEGATE, NULL }, { 2, UT_EDIT_STRIKE_OUT, NULL },
    { 4, UT_EDIT_REPLACE, "word8 word6" },
  };
  g_autoptr (UtPrediction) prediction = predict (model, text);
  g_autoptr (UtPrediction) expected = predict (model, edited);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtWhatIf) what_if = ut_what_if_new (model, prediction, 1, edits, 3, NULL, &error);
  gsize before = 1;
  gsize after = 0;

  g_test_summary ("Both curves are those of asking for each sentence alone");

  g_assert_no_error (error);
  g_assert_cmpstr (what_if->text, ==, edited);
  g_assert_cmpuint (what_if->n_steps, ==, 8);
  for (gsize i = 0; i < what_if->n_steps; i++)
    {
      const UtWhatIfStep *step = &what_if->steps[i];

      if (step->before != NULL)
        {
          g_assert_cmpstr (step->before, ==, prediction->words[before].word);
          g_assert_cmpfloat (step->logit_before, ==, prediction->words[before++].logit);
        }
      if (step->after != NULL)
        {
          g_assert_cmpstr (step->after, ==, expected->words[after].word);
          g_assert_cmpfloat (step->logit_after, ==, expected->words[after++].logit);
        }
    }
  g_assert_cmpuint (before, ==, prediction->n_words);
  g_assert_cmpuint (after, ==, expected->n_words);
  g_assert_cmpuint (what_if->first_edited, ==, 0);
  g_assert_cmpuint (what_if->last_edited, ==, 5);
}

static void
test_carriage_return (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0);
  g_autoptr (UtPrediction) prediction = predict (model, "good \r film");
  g_autoptr (UtWhatIf) what_if = edit (model, prediction, 2, UT_EDIT_STRIKE_OUT, NULL);

  g_test_summary ("A carriage return that comes to stand last is a line's end, no word");
  g_assert_cmpuint (prediction->n_words, ==, 3);
  g_assert_null (what_if->steps[1].after);
  g_assert_cmpfloat (what_if->steps[1].logit_after, ==, what_if->steps[0].logit_after);
}

static void
test_async (void)
{
  g_autoptr (UtModel) model = model_fixture_new (0, 0.5f);
  g_autoptr (UtPrediction) prediction = predict (model, "film good film");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup ("bad");
  const UtEdit edits[] = { { 1, UT_EDIT_REPLACE, text } };

  ut_what_if_new_async (model, prediction, 0, edits, 1, NULL, fixture_result_cb, &result);
  memset (text, 'x', strlen (text));
  SPIN_UNTIL (result != NULL);

  g_autoptr (UtWhatIf) what_if = ut_what_if_new_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (what_if->steps[1].after, ==, "bad");

  g_clear_object (&result);
  g_cancellable_cancel (cancellable);
  ut_what_if_new_async (model, prediction, 0, edits, 1, cancellable, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  g_assert_null (ut_what_if_new_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Without its vectors at the start, a model has suggestions all the same. */
static void
test_suggestions (void)
{
  const UtNnShape shape = {
    .cell = UT_NN_CELL_RNN, .vocabulary = 2, .embedding = 5, .hidden = 7, .n_layers = 1,
  };
  g_autoptr (UtModel) model = model_fixture_new_random (&shape, 6);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtNeighbours) neighbours = ut_neighbours_new (model, NULL, NULL, &error);
  g_autoptr (UtPrediction) prediction = predict (model, "word3 word4");
  UtNeighbour items[5];

  g_assert_no_error (error);
  g_assert_cmpuint (ut_neighbours_find (neighbours, prediction->words[0].word, FALSE, items, 5), ==,
                    5);
  for (gsize i = 0; i < 5; i++)
    {
      g_autoptr (UtWhatIf) what_if = edit (model, prediction, 0, UT_EDIT_REPLACE, items[i].word);

      g_assert_cmpstr (what_if->steps[0].after, ==, items[i].word);
      g_assert_true (what_if->steps[0].known);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/what-if/strike-out", test_strike_out);
  g_test_add_func ("/lab/what-if/replace", test_replace);
  g_test_add_func ("/lab/what-if/negate", test_negate);
  g_test_add_func ("/lab/what-if/memory", test_memory);
  g_test_add_func ("/lab/what-if/several", test_several);
  g_test_add_func ("/lab/what-if/carriage-return", test_carriage_return);
  g_test_add_func ("/lab/what-if/async", test_async);
  g_test_add_func ("/lab/what-if/suggestions", test_suggestions);
  return g_test_run ();
}
