/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-worth-reader.h"
#include "ut-worth-text.h"

#include <math.h>
#include <string.h>

#define TEXT "The film is good. The film is not bad and dull. Not great, but good. Dull."

typedef struct
{
  UtModel *model;
  UtWorthReader *reader;
  guint n_changes;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->model = fixture_model_new (FIXTURE_PLAIN);
  fixture->reader = ut_worth_reader_new ((UtWorthScope) GPOINTER_TO_UINT (data));
  fixture->n_changes = 0;
  g_signal_connect_swapped (fixture->reader, "changed", G_CALLBACK (count_cb), &fixture->n_changes);
  ut_worth_reader_set_awake (fixture->reader, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  /* A worker may hold it a moment longer. */
  g_signal_handlers_disconnect_by_data (fixture->reader, &fixture->n_changes);
  ut_worth_reader_set_awake (fixture->reader, FALSE);
  g_object_unref (fixture->reader);
  ut_model_unref (fixture->model);
}

static UtPrediction *
predict (UtModel    *model,
         const char *text,
         UtReading   reading)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text), reading, NULL, &error);

  g_assert_no_error (error);

  return prediction;
}

static void
wait_until_done (Fixture *fixture)
{
  ITER_UNTIL (!ut_worth_reader_is_busy (fixture->reader));
}

/* All worths are the very numbers that come out when they are asked for at once. */
static void
assert_equal (Fixture       *fixture,
              UtModel       *model,
              UtPrediction  *prediction,
              UtWorthMethod  method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtExplanation) expected =
    ut_explanation_new (model, prediction, method, 0, prediction->n_sentences, NULL, NULL, NULL,
                        &error);
  const double *worths = ut_worth_reader_get_worths (fixture->reader, NULL);

  g_assert_no_error (error);
  for (gsize i = 0; i < prediction->n_words; i++)
    g_assert_cmpfloat (worths[i], ==, expected->worths[i]);
  for (gsize i = 0; i < prediction->n_sentences; i++)
    {
      const UtSentenceWorth *worth = ut_worth_reader_get_sentence (fixture->reader, i);

      g_assert_nonnull (worth);
      g_assert_cmpuint (worth->n_steps, ==, expected->sentences[i].n_steps);
      g_assert_cmpfloat (worth->logit, ==, expected->sentences[i].logit);
    }
}

static void
test_methods (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtPrediction) prediction = predict (fixture->model, TEXT, UT_READING_SENTENCES);

  g_assert_cmpuint (prediction->n_sentences, ==, 4);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, prediction);
  for (UtWorthMethod method = UT_WORTH_CHANGE; method < UT_N_WORTH_METHODS; method++)
    {
      ut_worth_reader_set_method (fixture->reader, method);
      /* The one that costs nothing is there at once. */
      if (method == UT_WORTH_CHANGE)
        g_assert_false (ut_worth_reader_is_busy (fixture->reader));
      wait_until_done (fixture);
      g_assert_null (ut_worth_reader_get_problem (fixture->reader));
      assert_equal (fixture, fixture->model, prediction, method);

      UtWorthProgress progress = ut_worth_reader_get_progress (fixture->reader);
      g_assert_cmpuint (progress.n_sentences_known, ==, 4);
      g_assert_cmpuint (progress.n_words_known, ==, prediction->n_words);
    }

  ut_worth_reader_set_answers (fixture->reader, NULL, NULL, NULL);
  g_assert_null (ut_worth_reader_get_worths (fixture->reader, NULL));
  g_assert_null (ut_worth_reader_get_sentence (fixture->reader, 0));
  g_assert_false (ut_worth_reader_is_busy (fixture->reader));
}

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtPrediction) before = predict (fixture->model, TEXT, UT_READING_SENTENCES);
  g_autoptr (UtPrediction) after = predict (fixture->model, "Good film. " TEXT " And dull.",
                                            UT_READING_SENTENCES);

  g_test_summary ("What is known of sentences is known where they stand now; only others are asked "
                  "for.");

  ut_worth_reader_set_method (fixture->reader, UT_WORTH_LEAVE_OUT);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, before);
  wait_until_done (fixture);

  ut_worth_reader_stop (fixture->reader);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, after);
  g_assert_cmpuint (ut_worth_reader_get_progress (fixture->reader).n_sentences, ==, 6);
  g_assert_cmpuint (ut_worth_reader_get_progress (fixture->reader).n_sentences_known, ==, 4);
  g_assert_true (isnan (ut_worth_reader_get_worths (fixture->reader, NULL)[0]));
  g_assert_null (ut_worth_reader_get_sentence (fixture->reader, 0));
  g_assert_nonnull (ut_worth_reader_get_sentence (fixture->reader, 1));
  wait_until_done (fixture);
  assert_equal (fixture, fixture->model, after, UT_WORTH_LEAVE_OUT);
}

static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (UtPrediction) other = predict (fixture->model, "Good.", UT_READING_SENTENCES);

  g_test_summary ("The next key ends what is under way, and nothing is told until there are other "
                  "answers.");

  for (guint i = 0; i < 700; i++)
    g_string_append (text, "good bad film ");
  g_autoptr (UtPrediction) prediction = predict (fixture->model, text->str, UT_READING_WHOLE);
  ut_worth_reader_set_method (fixture->reader, UT_WORTH_LEAVE_OUT);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, prediction);

  /* Words come while others are still to come. */
  ITER_UNTIL (fixture->n_changes > 0 &&
              ut_worth_reader_get_progress (fixture->reader).n_words_known > 0);
  g_assert_true (ut_worth_reader_is_busy (fixture->reader));
  UtWorthProgress progress = ut_worth_reader_get_progress (fixture->reader);
  g_assert_cmpuint (progress.n_words_known, >, 0);
  g_assert_cmpuint (progress.n_words_known, <, progress.n_words);
  g_assert_false (isnan (ut_worth_reader_get_worths (fixture->reader, NULL)[0]));

  ut_worth_reader_stop (fixture->reader);
  guint n_changes = fixture->n_changes;
  gint64 end = g_get_monotonic_time () + 200 * 1000;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes);

  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, other);
  g_assert_cmpuint (ut_worth_reader_get_progress (fixture->reader).n_words, ==, 2);
  wait_until_done (fixture);
  assert_equal (fixture, fixture->model, other, UT_WORTH_LEAVE_OUT);
}

static void
test_shorter (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtPrediction) prediction = predict (fixture->model, TEXT, UT_READING_SENTENCES);
  g_autoptr (UtPrediction) shorter = predict (fixture->model, "Good.", UT_READING_SENTENCES);

  g_test_summary ("What is known is counted in a text that ends before the sentence last worked at.");

  ut_worth_reader_set_method (fixture->reader, UT_WORTH_LEAVE_OUT);
  ut_worth_reader_set_sentence (fixture->reader, 3);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, prediction);
  ut_worth_reader_set_awake (fixture->reader, FALSE);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, shorter);
  g_assert_cmpuint (ut_worth_reader_get_progress (fixture->reader).n_words, ==, 2);
  g_assert_cmpuint (ut_worth_reader_get_progress (fixture->reader).n_words_known, ==, 0);
  ut_worth_reader_set_awake (fixture->reader, TRUE);
  wait_until_done (fixture);
  assert_equal (fixture, fixture->model, shorter, UT_WORTH_LEAVE_OUT);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_seen = 0;

  g_test_summary ("The sentence at the caret comes first, then those in sight.");

  for (guint i = 0; i < 400; i++)
    {
      for (guint k = 0; k < 20 + i % 7; k++)
        g_string_append (text, k % 3 == 0 ? "not " : "good ");
      g_string_append_printf (text, "%s.\n\n", i % 2 == 0 ? "film" : "dull");
    }
  g_autoptr (UtPrediction) prediction = predict (fixture->model, text->str, UT_READING_SENTENCES);
  g_assert_cmpuint (prediction->n_sentences, ==, 400);

  ut_worth_reader_set_method (fixture->reader, UT_WORTH_INTEGRATED);
  ut_worth_reader_set_sentence (fixture->reader, 300);
  ut_worth_reader_set_in_sight (fixture->reader, 200, 203);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, prediction);

  /* As soon as anything is known, it is that. */
  while (n_seen == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      for (gsize i = 0; i < 400; i++)
        n_seen += ut_worth_reader_get_sentence (fixture->reader, i) != NULL;
    }
  g_assert_cmpuint (n_seen, ==, 1);
  g_assert_nonnull (ut_worth_reader_get_sentence (fixture->reader, 300));
  ITER_UNTIL (ut_worth_reader_get_sentence (fixture->reader, 200) != NULL);
  g_assert_null (ut_worth_reader_get_sentence (fixture->reader, 0));
  wait_until_done (fixture);
  assert_equal (fixture, fixture->model, prediction, UT_WORTH_INTEGRATED);
}

static void
test_throttled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_summary ("However many pieces come, the one who paints them is told ten times a second.");

  for (guint i = 0; i < 1200; i++)
    g_string_append (text, "good bad film ");
  g_autoptr (UtPrediction) prediction = predict (fixture->model, text->str, UT_READING_WHOLE);
  gint64 start = g_get_monotonic_time ();
  ut_worth_reader_set_method (fixture->reader, UT_WORTH_LEAVE_OUT);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, prediction);
  ITER_UNTIL (ut_worth_reader_get_progress (fixture->reader).n_words_known >= 600);

  gint64 tenths = (g_get_monotonic_time () - start) / 100000;
  g_test_message ("told %u times in %.1f s", fixture->n_changes, (double) tenths / 10);
  g_assert_cmpuint (fixture->n_changes, <=, (guint) tenths + 1);
}

static void
test_sentence_scope (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (UtPrediction) prediction = predict (fixture->model, TEXT, UT_READING_SENTENCES);

  g_test_summary ("Where only the sentence at the caret is wanted, no other is asked for.");

  ut_worth_reader_set_method (fixture->reader, UT_WORTH_LEAVE_OUT);
  ut_worth_reader_set_answers (fixture->reader, NULL, fixture->model, prediction);
  g_assert_false (ut_worth_reader_is_busy (fixture->reader));

  ut_worth_reader_set_sentence (fixture->reader, 1);
  wait_until_done (fixture);
  for (gsize i = 0; i < 4; i++)
    g_assert_true ((ut_worth_reader_get_sentence (fixture->reader, i) != NULL) == (i == 1));

  ut_worth_reader_set_sentence (fixture->reader, 3);
  ut_worth_reader_set_sentence (fixture->reader, 2);
  wait_until_done (fixture);
  for (gsize i = 0; i < 4; i++)
    g_assert_true ((ut_worth_reader_get_sentence (fixture->reader, i) != NULL) ==
                   (i == 1 || i == 2));

  /* Nobody looks. */
  ut_worth_reader_set_awake (fixture->reader, FALSE);
  ut_worth_reader_set_sentence (fixture->reader, 3);
  for (guint i = 0; i < 200; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (ut_worth_reader_get_sentence (fixture->reader, 3));
  ut_worth_reader_set_awake (fixture->reader, TRUE);
  wait_until_done (fixture);
  g_assert_nonnull (ut_worth_reader_get_sentence (fixture->reader, 3));
}

/* The same network with other weights, as of a run a moment later. */
static UtModel *
make_later (UtModel *model,
            guint    moment)
{
  UtNnModel *weights;

  g_assert_cmpint (ut_nn_model_copy (ut_model_get_weights (model), &weights), ==, UT_NN_OK);
  const UtNnTensor *bias = ut_nn_model_find_tensor (weights, "fc.bias");
  ut_nn_model_get_data (weights, bias)[0] += 0.25f * (float) moment;

  return ut_model_new (ut_model_get_config (model), ut_model_get_vocabulary (model), NULL, weights,
                       ut_model_get_facts (model));
}

static void
test_training (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (UtModel) latest = ut_model_ref (fixture->model);
  UtPrediction *prediction;
  guint n_models = 0;

  g_test_summary ("Under a model that is another one all the time each pass is ended before the next "
                  "one begins, and old worths stay until there are new ones.");

  for (guint i = 0; i < 100; i++)
    g_string_append (text, i % 10 == 9 ? "film.\n\n" : "not good ");
  prediction = predict (latest, text->str, UT_READING_SENTENCES);
  ut_worth_reader_set_method (fixture->reader, UT_WORTH_INTEGRATED);
  ut_worth_reader_set_answers (fixture->reader, NULL, latest, prediction);

  while (ut_worth_reader_get_progress (fixture->reader).n_sentences_known <
         prediction->n_sentences)
    {
      ut_prediction_unref (prediction);
      ut_model_unref (latest);
      latest = make_later (fixture->model, ++n_models);
      prediction = predict (latest, text->str, UT_READING_SENTENCES);
      ut_worth_reader_set_answers (fixture->reader, NULL, latest, prediction);
      g_main_context_iteration (NULL, TRUE);
    }
  g_test_message ("%u models during a pass", n_models);

  /* The last one is answered for in the end. */
  for (gsize i = 0; i < prediction->n_words; i++)
    g_assert_false (isnan (ut_worth_reader_get_worths (fixture->reader, NULL)[i]));
  wait_until_done (fixture);
  assert_equal (fixture, latest, prediction, UT_WORTH_INTEGRATED);
  ut_prediction_unref (prediction);
}

static void
test_other_run (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (UtRunStore) store = fixture_store_new (g_get_user_data_dir ());
  g_autoptr (UtPrediction) prediction = predict (fixture->model, TEXT, UT_READING_SENTENCES);
  UtRun *one = ut_run_store_add_model (store, fixture->model, "One");
  UtRun *other = ut_run_store_add_model (store, fixture->model, "Other");

  g_test_summary ("The worths of one run are not those of another.");

  ut_worth_reader_set_method (fixture->reader, UT_WORTH_GRADIENT);
  ut_worth_reader_set_answers (fixture->reader, one, fixture->model, prediction);
  wait_until_done (fixture);
  ut_worth_reader_set_answers (fixture->reader, other, fixture->model, prediction);
  g_assert_true (isnan (ut_worth_reader_get_worths (fixture->reader, NULL)[0]));
  wait_until_done (fixture);
  assert_equal (fixture, fixture->model, prediction, UT_WORTH_GRADIENT);
}

static void
test_goes (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (UtPrediction) prediction = predict (fixture->model, TEXT, UT_READING_SENTENCES);
  UtWorthReader *reader = ut_worth_reader_new (UT_WORTH_TEXT);

  g_test_summary ("A reader may go while a worker is at it.");

  ut_worth_reader_set_awake (reader, TRUE);
  ut_worth_reader_set_method (reader, UT_WORTH_INTEGRATED);
  ut_worth_reader_set_answers (reader, NULL, fixture->model, prediction);
  g_object_add_weak_pointer (G_OBJECT (reader), (gpointer *) &reader);
  g_object_unref (reader);
  ITER_UNTIL (reader == NULL);
}

static void
test_words (void)
{
  const UtSentenceWorth more = { 1, 0, 0.024, 512, FALSE };
  const UtSentenceWorth less = { 1, 0, -0.5, 512, FALSE };
  const struct
  {
    double worth;
    const char *text;
  } numbers[] = { { 1.346, "+1.35" }, { -0.2, "−0.20" }, { 0.004, "0.00" }, { NAN, "…" } };
  g_autofree char *one = ut_worth_text_new_gap (&more);
  g_autofree char *other = ut_worth_text_new_gap (&less);

  g_assert_cmpstr (one, ==,
                   "In this sentence the words add up to 0.02 more than they should, after 512 steps.");
  g_assert_cmpstr (other, ==,
                   "In this sentence the words add up to 0.50 less than they should, after 512 steps.");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = ut_worth_text_dup_number (numbers[i].worth);

      g_assert_cmpstr (text, ==, numbers[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  gconstpointer text = GUINT_TO_POINTER (UT_WORTH_TEXT);
  gconstpointer sentence = GUINT_TO_POINTER (UT_WORTH_SENTENCE);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/worth-reader/methods", Fixture, text, set_up, test_methods, tear_down);
  g_test_add ("/worth-reader/typing", Fixture, text, set_up, test_typing, tear_down);
  g_test_add ("/worth-reader/stop", Fixture, text, set_up, test_stop, tear_down);
  g_test_add ("/worth-reader/shorter", Fixture, text, set_up, test_shorter, tear_down);
  g_test_add ("/worth-reader/order", Fixture, text, set_up, test_order, tear_down);
  g_test_add ("/worth-reader/throttled", Fixture, text, set_up, test_throttled, tear_down);
  g_test_add ("/worth-reader/sentence-scope", Fixture, sentence, set_up, test_sentence_scope,
              tear_down);
  g_test_add ("/worth-reader/training", Fixture, text, set_up, test_training, tear_down);
  g_test_add ("/worth-reader/other-run", Fixture, text, set_up, test_other_run, tear_down);
  g_test_add ("/worth-reader/goes", Fixture, text, set_up, test_goes, tear_down);
  g_test_add_func ("/worth-reader/words", test_words);

  return g_test_run ();
}
