/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-lanes.h"

#include <math.h>

/* Sentences whose words the models know; the two kinds of weights disagree on some. */
#define TEXT "The film is not good. The film is bad and dull, but great."

typedef struct
{
  UtModel *models[2];
  UtRunStore *store;
  GSettings *settings;
  UtSession *session;
  UtLanes *lanes;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->models[0] = fixture_model_new (FIXTURE_PLAIN);
  fixture->models[1] = fixture_model_new (FIXTURE_OTHER);
  fixture->store = fixture_store_new (g_get_user_data_dir ());
  fixture->settings = g_settings_new (APPLICATION_ID);
  fixture->session = ut_session_new (fixture->store, fixture->settings);
  fixture->lanes = ut_lanes_new (fixture->session);
  ut_lanes_set_awake (fixture->lanes, TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->lanes);
  g_object_unref (fixture->session);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->store);
  for (guint i = 0; i < 2; i++)
    ut_model_unref (fixture->models[i]);
}

/* The models take turns. */
static void
add_runs (Fixture *fixture,
          guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Run %u", i + 1);

      ut_run_store_add_model (fixture->store, fixture->models[i % 2], name);
    }
}

/* (transfer none): in the order of the list. */
static UtRun *
get_run (Fixture *fixture,
         guint    position)
{
  g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (fixture->store), position);

  return run;
}

static UtRun *
get_lane_run (Fixture *fixture,
              guint    lane)
{
  return ut_predict_reader_get_run (ut_lanes_get_reader (fixture->lanes, lane));
}

/* Whether all lanes have answered to so many words, which the front has, too. */
static gboolean
all_have (Fixture *fixture,
          gsize    n_words)
{
  for (guint i = 0; i < ut_lanes_get_n (fixture->lanes); i++)
    {
      const UtPrediction *prediction = ut_lanes_get_prediction (fixture->lanes, i);

      if (prediction == NULL || prediction->n_words != n_words)
        return FALSE;
    }

  return TRUE;
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("The current run leads, shown ones follow in the list's order, four in all.");

  g_assert_cmpuint (ut_lanes_get_n (fixture->lanes), ==, 1);
  g_assert_null (get_lane_run (fixture, 0));

  add_runs (fixture, 7);
  ut_session_set_current (fixture->session, get_run (fixture, 5));
  g_assert_true (get_lane_run (fixture, 0) == get_run (fixture, 5));
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 4 &&
              ut_lanes_get_n_left_out (fixture->lanes) == 3);
  for (guint i = 1; i < 4; i++)
    g_assert_true (get_lane_run (fixture, i) == get_run (fixture, i - 1));

  /* One that is not shown any more makes room for the next. */
  ut_run_set_shown (get_run (fixture, 1), FALSE);
  ITER_UNTIL (ut_lanes_get_n_left_out (fixture->lanes) == 2);
  g_assert_true (get_lane_run (fixture, 0) == get_run (fixture, 5));
  g_assert_true (get_lane_run (fixture, 1) == get_run (fixture, 0));
  g_assert_true (get_lane_run (fixture, 2) == get_run (fixture, 2));
  g_assert_true (get_lane_run (fixture, 3) == get_run (fixture, 3));

  for (guint i = 0; i < 7; i++)
    ut_run_set_shown (get_run (fixture, i), FALSE);
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 1);
  g_assert_true (get_lane_run (fixture, 0) == get_run (fixture, 5));
  g_assert_cmpuint (ut_lanes_get_n_left_out (fixture->lanes), ==, 0);
}

static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree gboolean *disputed = NULL;
  guint n_disputed = 0;

  g_test_summary ("Each lane answers as its model alone does; disputed are the words that pull to "
                  "different sides.");

  add_runs (fixture, 3);
  ut_session_set_current (fixture->session, get_run (fixture, 1));
  ut_lanes_set_text (fixture->lanes, g_strdup (TEXT));
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 3 && all_have (fixture, 16));
  g_assert_cmpuint (ut_lanes_get_front (fixture->lanes), ==, 0);
  g_assert_cmpstr (ut_lanes_get_text (fixture->lanes), ==, TEXT);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      const UtPrediction *lane = ut_lanes_get_prediction (fixture->lanes, i);
      UtModel *model = ut_predict_reader_get_model (ut_lanes_get_reader (fixture->lanes, i));
      g_autoptr (UtPrediction) alone = ut_prediction_new (model, TEXT, strlen (TEXT),
                                                          UT_READING_SENTENCES, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (lane->n_words, ==, alone->n_words);
      g_assert_cmpfloat (lane->probability, ==, alone->probability);
      for (gsize word = 0; word < alone->n_words; word++)
        g_assert_cmpfloat (lane->words[word].probability, ==, alone->words[word].probability);
    }

  disputed = ut_lanes_dup_disputed (fixture->lanes);
  for (gsize word = 0; word < 16; word++)
    {
      double least = INFINITY;
      double most = -INFINITY;

      for (guint i = 0; i < 3; i++)
        {
          double change = ut_lanes_get_prediction (fixture->lanes, i)->words[word].change;

          least = fmin (least, change);
          most = fmax (most, change);
        }
      g_assert_cmpint (disputed[word], ==, least <= -0.5 && most >= 0.5);
      n_disputed += disputed[word];
    }
  g_test_message ("%u of 16 words are disputed", n_disputed);
  g_assert_cmpuint (n_disputed, >, 0);
  g_assert_cmpuint (n_disputed, <, 16);
}

static void
test_keeps_answers (Fixture       *fixture,
                    gconstpointer  data)
{
  g_test_summary ("A lane that becomes the lead keeps its model and answers; a run that was no lane "
                  "begins with those of the lead before it.");

  add_runs (fixture, 3);
  ut_run_set_shown (get_run (fixture, 2), FALSE);
  ut_session_set_current (fixture->session, get_run (fixture, 0));
  ut_lanes_set_text (fixture->lanes, g_strdup (TEXT));
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 2 && all_have (fixture, 16));

  UtPredictReader *first = ut_lanes_get_reader (fixture->lanes, 0);
  UtPredictReader *second = ut_lanes_get_reader (fixture->lanes, 1);
  ut_session_set_current (fixture->session, get_run (fixture, 1));
  g_assert_true (ut_lanes_get_lead (fixture->lanes) == second);
  g_assert_true (ut_lanes_get_reader (fixture->lanes, 1) == first);
  g_assert_true (all_have (fixture, 16));

  ut_session_set_current (fixture->session, get_run (fixture, 2));
  g_assert_true (get_lane_run (fixture, 0) == get_run (fixture, 2));
  g_assert_cmpuint (ut_lanes_get_front (fixture->lanes), ==, 0);
  g_assert_true (ut_predict_reader_get_prediction (ut_lanes_get_lead (fixture->lanes)) ==
                 ut_predict_reader_get_prediction (second));
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 3 &&
              ut_predict_reader_get_model (ut_lanes_get_lead (fixture->lanes)) != NULL &&
              ut_predict_reader_get_prediction (ut_lanes_get_lead (fixture->lanes)) !=
              ut_predict_reader_get_prediction (second));
  g_assert_true (all_have (fixture, 16));
}

static void
test_other_words (Fixture       *fixture,
                  gconstpointer  data)
{
  g_test_summary ("A lane that has answered to another text is not compared word by word.");

  add_runs (fixture, 2);
  ut_session_set_current (fixture->session, get_run (fixture, 0));
  ut_lanes_set_text (fixture->lanes, g_strdup ("good film"));
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 2 && all_have (fixture, 2));

  UtPredictReader *second = ut_lanes_get_reader (fixture->lanes, 1);
  ut_predict_reader_set_text (second, g_strdup ("dull film"));
  ITER_UNTIL (ut_lanes_get_prediction (fixture->lanes, 1) == NULL);
  g_assert_nonnull (ut_lanes_get_prediction (fixture->lanes, 0));
  g_assert_nonnull (ut_predict_reader_get_prediction (second));
  g_assert_null (ut_lanes_dup_disputed (fixture->lanes));

  ut_lanes_set_text (fixture->lanes, g_strdup ("bad"));
  ITER_UNTIL (all_have (fixture, 1));
  ut_lanes_set_reading (fixture->lanes, UT_READING_WHOLE);
  ut_lanes_set_text (fixture->lanes, g_strdup (TEXT));
  ITER_UNTIL (all_have (fixture, 16));
  g_assert_cmpuint (ut_lanes_get_prediction (fixture->lanes, 1)->n_sentences, ==, 1);
}

static void
test_trouble (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  UtRun *runs[2];

  g_test_summary ("A run that waits in the queue says so and keeps no other one from answering.");

  g_assert_true (ut_preset_apply ("quick-look", builder));
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 200);
  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      runs[i] = ut_run_store_add (fixture->store, config, NULL, &error);
      g_assert_no_error (error);
    }
  ut_run_set_shown (runs[0], FALSE);
  add_runs (fixture, 1);
  g_assert_cmpint (ut_run_get_state (runs[1]), ==, UT_RUN_QUEUED);

  ut_lanes_set_text (fixture->lanes, g_strdup ("good film"));
  ut_session_set_current (fixture->session, runs[1]);
  ITER_UNTIL (ut_lanes_get_n (fixture->lanes) == 2 && ut_lanes_get_front (fixture->lanes) == 1);
  g_assert_cmpuint (ut_lanes_get_prediction (fixture->lanes, 1)->n_words, ==, 2);
  g_assert_null (ut_lanes_get_prediction (fixture->lanes, 0));
  g_autofree char *trouble = ut_lanes_dup_trouble (fixture->lanes, 0);
  g_autofree char *none = ut_lanes_dup_trouble (fixture->lanes, 1);
  g_assert_cmpstr (trouble, ==, "It waits in the queue. It answers once it trains.");
  g_assert_null (none);

  /* As soon as the lead answers it is in front. */
  ut_run_stop (runs[0]);
  ITER_UNTIL (ut_lanes_get_front (fixture->lanes) == 0);
  ut_run_stop (runs[1]);
  ITER_UNTIL (!ut_run_is_active (runs[1]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/lanes/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/lanes/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/lanes/keeps-answers", Fixture, NULL, set_up, test_keeps_answers, tear_down);
  g_test_add ("/lanes/other-words", Fixture, NULL, set_up, test_other_words, tear_down);
  g_test_add ("/lanes/trouble", Fixture, NULL, set_up, test_trouble, tear_down);

  return g_test_run ();
}
