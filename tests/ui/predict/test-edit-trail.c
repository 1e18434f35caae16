/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-edit-trail.h"
#include "ut-what-if-text.h"

#include <math.h>
#include <string.h>

static const double changes[] = { 0 };

static UtEditTrail *
make_trail (const char *text)
{
  UtPrediction prediction;

  fixture_prediction_init (&prediction, text, changes, 1);
  UtEditTrail *trail = ut_edit_trail_new (&prediction, 0);
  fixture_prediction_clear (&prediction);

  return trail;
}

static gboolean
follow (UtEditTrail *trail,
        const char  *text)
{
  UtPrediction prediction;

  fixture_prediction_init (&prediction, text, changes, 1);
  gboolean found = ut_edit_trail_follow (trail, &prediction, 0);
  fixture_prediction_clear (&prediction);

  return found;
}

static void
assert_edit (UtEditTrail *trail,
             gsize        index,
             gsize        word,
             UtEditKind   kind,
             const char  *text)
{
  gsize n_edits;
  const UtEdit *edits = ut_edit_trail_get_edits (trail, &n_edits);

  g_assert_cmpuint (index, <, n_edits);
  g_assert_cmpuint (edits[index].word, ==, word);
  g_assert_cmpint (edits[index].kind, ==, kind);
  g_assert_cmpstr (edits[index].text, ==, text);
}

static gsize
count_edits (UtEditTrail *trail)
{
  gsize n_edits;

  ut_edit_trail_get_edits (trail, &n_edits);
  return n_edits;
}

static void
test_stages (void)
{
  g_test_summary ("Undoing and redoing find their stage; a new edit takes the later ones away; "
                  "what is no stage is told apart");
  g_autoptr (UtEditTrail) trail = make_trail ("it is not bad .");

  g_assert_cmpuint (ut_edit_trail_get_n_words (trail), ==, 5);
  g_assert_cmpuint (count_edits (trail), ==, 0);
  ut_edit_trail_add (trail, 2, UT_EDIT_STRIKE_OUT, NULL);
  ut_edit_trail_add (trail, 2, UT_EDIT_REPLACE, "Very good");
  g_assert_cmpuint (ut_edit_trail_get_stage (trail), ==, 2);
  assert_edit (trail, 0, 2, UT_EDIT_STRIKE_OUT, NULL);
  assert_edit (trail, 1, 3, UT_EDIT_REPLACE, "very good");

  g_test_message ("the answer to the text of before still comes");
  g_assert_true (follow (trail, "it is not bad ."));
  g_assert_cmpuint (ut_edit_trail_get_stage (trail), ==, 0);
  g_assert_cmpuint (count_edits (trail), ==, 0);
  g_assert_true (follow (trail, "it is very good ."));
  g_assert_cmpuint (ut_edit_trail_get_stage (trail), ==, 2);
  g_assert_true (follow (trail, "it is bad ."));
  g_assert_cmpuint (ut_edit_trail_get_stage (trail), ==, 1);

  g_test_message ("anything else");
  g_assert_false (follow (trail, "it is bad"));
  g_assert_false (follow (trail, "it is bad . ."));
  g_assert_false (follow (trail, "it was bad ."));
  g_assert_false (follow (trail, ""));
  g_assert_false (ut_edit_trail_follow (trail, NULL, -1));
  g_assert_cmpuint (ut_edit_trail_get_stage (trail), ==, 1);

  g_test_message ("another edit from here");
  ut_edit_trail_add (trail, 0, UT_EDIT_NEGATE, NULL);
  g_assert_true (follow (trail, "not it is bad ."));
  g_assert_false (follow (trail, "it is very good ."));
  assert_edit (trail, 0, 0, UT_EDIT_NEGATE, NULL);
  assert_edit (trail, 1, 2, UT_EDIT_STRIKE_OUT, NULL);
}

static void
test_same_word (void)
{
  g_test_summary ("Edits of what an edit put in come to one edit of the word that was there, or "
                  "none");
  g_autoptr (UtEditTrail) trail = make_trail ("it is bad .");

  ut_edit_trail_add (trail, 2, UT_EDIT_NEGATE, NULL);
  assert_edit (trail, 0, 2, UT_EDIT_NEGATE, NULL);
  ut_edit_trail_add (trail, 3, UT_EDIT_REPLACE, "dull");
  assert_edit (trail, 0, 2, UT_EDIT_REPLACE, "not dull");
  ut_edit_trail_add (trail, 2, UT_EDIT_STRIKE_OUT, NULL);
  assert_edit (trail, 0, 2, UT_EDIT_REPLACE, "dull");
  g_assert_true (follow (trail, "it is dull ."));
  ut_edit_trail_add (trail, 2, UT_EDIT_REPLACE, "bad");
  g_assert_cmpuint (count_edits (trail), ==, 0);
  g_assert_true (follow (trail, "it is bad ."));

  ut_edit_trail_add (trail, 2, UT_EDIT_REPLACE, "so so");
  ut_edit_trail_add (trail, 2, UT_EDIT_STRIKE_OUT, NULL);
  ut_edit_trail_add (trail, 2, UT_EDIT_STRIKE_OUT, NULL);
  assert_edit (trail, 0, 2, UT_EDIT_STRIKE_OUT, NULL);
  g_test_message ("the words behind keep their count");
  ut_edit_trail_add (trail, 2, UT_EDIT_NEGATE, NULL);
  assert_edit (trail, 1, 3, UT_EDIT_NEGATE, NULL);
  g_assert_true (follow (trail, "it is not ."));
}

static void
test_no_word (void)
{
  g_test_summary ("A sentence may lose its only word and get it back");
  g_autoptr (UtEditTrail) trail = make_trail ("bad");

  ut_edit_trail_add (trail, 0, UT_EDIT_STRIKE_OUT, NULL);
  g_assert_true (ut_edit_trail_follow (trail, NULL, -1));
  g_assert_cmpuint (count_edits (trail), ==, 1);
  g_assert_true (follow (trail, "bad"));
  g_assert_cmpuint (count_edits (trail), ==, 0);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(UtWhatIf **) data = ut_edit_trail_ask_finish (result, &error);
  g_assert_no_error (error);
}

static UtWhatIf *
ask (UtEditTrail *trail,
     UtModel     *model)
{
  UtWhatIf *what_if = NULL;

  ut_edit_trail_ask_async (trail, model, NULL, asked_cb, &what_if);
  ITER_UNTIL (what_if != NULL);

  return what_if;
}

static UtPrediction *
predict (UtModel    *model,
         const char *text)
{
  g_autoptr (GError) error = NULL;
  UtPrediction *prediction = ut_prediction_new (model, text, strlen (text), UT_READING_SENTENCES,
                                                NULL, &error);

  g_assert_no_error (error);
  return prediction;
}

static void
test_ask (void)
{
  g_test_summary ("The answers to both sentences are those that each gets by itself, in the second "
                  "sentence of a text and for a model that never answered before");
  g_autoptr (UtModel) model = fixture_model_new (FIXTURE_PLAIN);
  g_autoptr (UtModel) other = fixture_model_new (FIXTURE_BIDIRECTIONAL);
  g_autoptr (UtPrediction) prediction = predict (model, "Great. The film isn't bad, but dull.");
  g_autoptr (UtEditTrail) trail = ut_edit_trail_new (prediction, 1);

  g_assert_cmpstr (ut_edit_trail_get_word (trail, 4), ==, "bad");
  ut_edit_trail_add (trail, 4, UT_EDIT_REPLACE, "good");
  for (guint i = 0; i < 2; i++)
    {
      UtModel *asked = i == 0 ? model : other;
      g_autoptr (UtWhatIf) what_if = ask (trail, asked);
      g_autoptr (UtPrediction) before = predict (asked, "The film isn't bad, but dull.");
      g_autoptr (UtPrediction) after = predict (asked, "The film isn't good, but dull.");
      g_autofree char *text = ut_what_if_text_new (trail, what_if, asked);
      g_autofree char *start = g_strdup_printf ("With “good” in place of “bad”: positive %.2f → "
                                                "%.2f. ", before->probability, after->probability);

      g_assert_cmpuint (what_if->n_steps, ==, before->n_words);
      for (gsize k = 0; k < what_if->n_steps; k++)
        {
          g_assert_cmpfloat_with_epsilon (what_if->steps[k].logit_before, before->words[k].logit,
                                          1e-6);
          g_assert_cmpfloat_with_epsilon (what_if->steps[k].logit_after, after->words[k].logit,
                                          1e-6);
        }
      g_test_message ("%s", text);
      g_assert_true (g_str_has_prefix (text, start));
    }
}

/* What is said of a gap that is @n_remembered of @n words long. */
static char *
tell (gsize    n_steps,
      gsize    last_edited,
      gsize    n_remembered,
      gboolean to_the_end,
      double   gap)
{
  static const UtWhatIfStep steps[] = { { "a", "a" }, { "a", "a" }, { "a", "a" }, { "a", "a" } };
  const UtWhatIf what_if = { .steps = steps, .n_steps = n_steps, .last_edited = last_edited,
                             .n_remembered = n_remembered, .to_the_end = to_the_end,
                             .largest_gap = gap };

  return ut_what_if_text_new_memory (&what_if);
}

static void
test_memory (void)
{
  static const UtWhatIfStep nothing[] = { { "a", NULL } };
  const UtWhatIf empty = { .steps = nothing, .n_steps = 1, .largest_gap = 1, .to_the_end = TRUE };
  g_autofree char *some = tell (4, 0, 2, FALSE, 1);
  g_autofree char *one = tell (2, 0, 1, TRUE, 1);
  g_autofree char *to_the_end = tell (4, 1, 2, TRUE, -1);
  g_autofree char *at_once = tell (4, 1, 0, FALSE, 1);
  g_autofree char *last = tell (4, 3, 0, TRUE, 1);
  g_autofree char *none = tell (4, 1, 0, FALSE, 0);
  g_autofree char *no_word = ut_what_if_text_new_memory (&empty);

  g_assert_cmpstr (some, ==, "This model remembers the change for 2 of 3 words.");
  g_assert_cmpstr (one, ==, "This model remembers the change to the end, for 1 word.");
  g_assert_cmpstr (to_the_end, ==, "This model remembers the change to the end, for 2 words.");
  g_assert_cmpstr (at_once, ==, "This model forgets the change at once.");
  g_assert_cmpstr (last, ==, "No word follows that could make this model forget the change.");
  g_assert_cmpstr (none, ==, "That makes no difference to this model.");
  g_assert_cmpstr (no_word, ==, "No word is left; that is what this model says without any.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit-trail/stages", test_stages);
  g_test_add_func ("/edit-trail/same-word", test_same_word);
  g_test_add_func ("/edit-trail/no-word", test_no_word);
  g_test_add_func ("/edit-trail/ask", test_ask);
  g_test_add_func ("/edit-trail/memory", test_memory);
  return g_test_run ();
}
