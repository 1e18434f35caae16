/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-predict-reader.h"

typedef struct
{
  UtModel *model;
  UtRunStore *store;
  UtRun *run;
  UtPredictReader *reader;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->model = fixture_model_new ((FixtureParts) GPOINTER_TO_UINT (data));
  fixture->store = fixture_store_new (g_get_user_data_dir ());
  fixture->run = ut_run_store_add_model (fixture->store, fixture->model, "Tiny");
  fixture->reader = ut_predict_reader_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->reader);
  g_object_unref (fixture->store);
  ut_model_unref (fixture->model);
}

/* Whether the answers are for a text of so many words. */
static gboolean
has_words (Fixture *fixture,
           gsize    n_words)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (fixture->reader);

  return prediction != NULL && prediction->n_words == n_words;
}

static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  ut_predict_reader_set_text (fixture->reader, g_strdup ("the film is good . not bad ."));
  ut_predict_reader_set_run (fixture->reader, fixture->run);
  g_assert_null (ut_predict_reader_get_model (fixture->reader));

  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ITER_UNTIL (has_words (fixture, 8));
  g_assert_true (ut_predict_reader_get_model (fixture->reader) == fixture->model);
  g_assert_null (ut_predict_reader_get_problem (fixture->reader));
  g_assert_false (ut_predict_reader_get_stale (fixture->reader));

  ut_predict_reader_set_reading (fixture->reader, UT_READING_WHOLE);
  ITER_UNTIL (ut_predict_reader_get_prediction (fixture->reader)->n_sentences == 1);

  ut_predict_reader_set_text (fixture->reader, g_strdup (""));
  ITER_UNTIL (has_words (fixture, 0));
}

static void
forbid_old_cb (Fixture *fixture)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (fixture->reader);

  /* Whatever is told is an answer to the text that is there now. */
  g_assert_nonnull (prediction);
  g_assert_cmpuint (prediction->n_words, ==, 1);
}

static void
test_drops_stale (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GString) long_text = g_string_new (NULL);

  g_test_summary ("An answer that arrives after the text has changed is never shown.");

  for (guint i = 0; i < 20000; i++)
    g_string_append (long_text, "the film is not good . ");

  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ut_predict_reader_set_run (fixture->reader, fixture->run);
  ITER_UNTIL (has_words (fixture, 0));

  ut_predict_reader_set_text (fixture->reader, g_strdup (long_text->str));
  /* Long enough for the question to be asked, not for its answer. */
  gint64 end = g_get_monotonic_time () + 60 * 1000;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);

  g_signal_connect_swapped (fixture->reader, "notify::prediction", G_CALLBACK (forbid_old_cb),
                            fixture);
  ut_predict_reader_set_text (fixture->reader, g_strdup ("dull"));
  ITER_UNTIL (has_words (fixture, 1));
  g_signal_handlers_disconnect_by_data (fixture->reader, fixture);
}

/* How many threads this process has; 0 where the system does not say. */
static guint
count_threads (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
test_one_worker (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GString) sentence = g_string_new (NULL);
  guint most = 0;

  g_test_summary ("However fast one types into a sentence that takes long to read again and again, "
                  "one worker reads at a time, in the end the present text.");

  for (guint i = 0; i < 1000; i++)
    g_string_append (sentence, "film ");

  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ut_predict_reader_set_reading (fixture->reader, UT_READING_WHOLE);
  ut_predict_reader_set_text (fixture->reader, g_strdup ("good"));
  ut_predict_reader_set_run (fixture->reader, fixture->run);
  ITER_UNTIL (has_words (fixture, 1));

  guint before = count_threads ();
  for (guint key = 0; key < 8; key++)
    {
      gint64 end = g_get_monotonic_time () + 60 * 1000;

      g_string_append (sentence, "good ");
      ut_predict_reader_set_text (fixture->reader, g_strdup (sentence->str));
      while (g_get_monotonic_time () < end)
        {
          g_main_context_iteration (NULL, FALSE);
          most = MAX (most, count_threads ());
        }
    }
  ut_predict_reader_set_text (fixture->reader, g_strdup ("dull film"));
  ITER_UNTIL (has_words (fixture, 2));
  g_test_message ("%u threads, then %u", before, most);
  /* The one that answered before may be gone. */
  g_assert_cmpuint (most, <=, before + 1);
}

static void
test_text_of_answers (Fixture       *fixture,
                      gconstpointer  data)
{
  UtPredictReader *other = ut_predict_reader_new ();

  g_test_summary ("The bytes in the last answers always count in the text they were made from.");

  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ut_predict_reader_set_text (fixture->reader, g_strdup ("the film is good . not bad ."));
  g_assert_cmpstr (ut_predict_reader_get_answered_text (fixture->reader), ==,
                   "the film is good . not bad .");
  ut_predict_reader_set_run (fixture->reader, fixture->run);
  ITER_UNTIL (has_words (fixture, 8));

  for (guint i = 0; i < 2; i++)
    {
      ut_predict_reader_set_text (fixture->reader, g_strdup (i == 0 ? "bad" : "dull film"));
      ut_predict_reader_set_reading (fixture->reader, UT_READING_WHOLE);
      g_assert_true (has_words (fixture, 8));
      g_assert_cmpstr (ut_predict_reader_get_answered_text (fixture->reader), ==,
                       "the film is good . not bad .");
      g_assert_cmpint (ut_predict_reader_get_answered_reading (fixture->reader), ==,
                       UT_READING_SENTENCES);
    }

  /* Who takes the answers over takes that over, too. */
  ut_predict_reader_inherit (other, fixture->reader);
  g_assert_true (ut_predict_reader_get_prediction (other) ==
                 ut_predict_reader_get_prediction (fixture->reader));
  g_assert_cmpstr (ut_predict_reader_get_answered_text (other), ==, "the film is good . not bad .");
  g_object_unref (other);

  ITER_UNTIL (has_words (fixture, 2));
  g_assert_cmpstr (ut_predict_reader_get_answered_text (fixture->reader), ==, "dull film");
  g_assert_cmpint (ut_predict_reader_get_answered_reading (fixture->reader), ==, UT_READING_WHOLE);
}

static void
test_sleeps (Fixture       *fixture,
             gconstpointer  data)
{
  g_test_summary ("Nothing is asked while nobody looks; the answer comes when somebody does.");

  ut_predict_reader_set_run (fixture->reader, fixture->run);
  ut_predict_reader_set_text (fixture->reader, g_strdup ("good"));
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (ut_predict_reader_get_model (fixture->reader));
  g_assert_null (ut_predict_reader_get_prediction (fixture->reader));

  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ITER_UNTIL (has_words (fixture, 1));
}

static void
test_run_goes (Fixture       *fixture,
               gconstpointer  data)
{
  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ut_predict_reader_set_run (fixture->reader, fixture->run);
  ut_predict_reader_set_text (fixture->reader, g_strdup ("good"));
  ITER_UNTIL (has_words (fixture, 1));

  ut_predict_reader_set_run (fixture->reader, NULL);
  g_assert_null (ut_predict_reader_get_prediction (fixture->reader));
  g_assert_null (ut_predict_reader_get_model (fixture->reader));

  /* A reader may go while model and answer are under way. */
  ut_predict_reader_set_run (fixture->reader, fixture->run);
  UtPredictReader *other = ut_predict_reader_new ();
  ut_predict_reader_set_awake (other, TRUE);
  ut_predict_reader_set_run (other, fixture->run);
  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  g_object_unref (other);
  ITER_UNTIL (other == NULL);
}

static void
test_training (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  g_test_summary ("A run that trains answers with its weights of the moment, again and again.");

  g_assert_true (ut_preset_apply ("quick-look", builder));
  ut_config_builder_set_cell (builder, UT_CELL_RNN);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 200);
  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);
  g_assert_no_error (error);

  ut_predict_reader_set_awake (fixture->reader, TRUE);
  ut_predict_reader_set_text (fixture->reader, g_strdup ("good"));
  ut_predict_reader_set_run (fixture->reader, run);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_TRAINING);
  ut_run_set_speed (run, 20);

  ITER_UNTIL (has_words (fixture, 1));
  UtModel *first = ut_model_ref (ut_predict_reader_get_model (fixture->reader));
  ITER_UNTIL (ut_predict_reader_get_model (fixture->reader) != first);
  g_assert_true (ut_run_is_active (run));
  ut_model_unref (first);

  ut_run_stop (run);
  ITER_UNTIL (!ut_run_is_active (run));
  g_assert_null (ut_predict_reader_get_problem (fixture->reader));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/predict-reader/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/predict-reader/drops-stale", Fixture, NULL, set_up, test_drops_stale, tear_down);
  g_test_add ("/predict-reader/one-worker", Fixture, GUINT_TO_POINTER (FIXTURE_BIDIRECTIONAL),
              set_up, test_one_worker, tear_down);
  g_test_add ("/predict-reader/text-of-answers", Fixture, NULL, set_up, test_text_of_answers,
              tear_down);
  g_test_add ("/predict-reader/sleeps", Fixture, NULL, set_up, test_sleeps, tear_down);
  g_test_add ("/predict-reader/run-goes", Fixture, NULL, set_up, test_run_goes, tear_down);
  g_test_add ("/predict-reader/training", Fixture, NULL, set_up, test_training, tear_down);

  return g_test_run ();
}
