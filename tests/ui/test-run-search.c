/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-run-search.h>

typedef struct
{
  UtSession *session;
  UtRun *run;
} Fixture;

static UtRun *
add (Fixture    *fixture,
     UtCellKind  cell,
     UtSetting   setting,
     double      value)
{
  g_autoptr (UtConfig) base = ut_ui_test_config (cell, 1);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (UtConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  UtRun *run;

  ut_config_builder_set_number (builder, setting, value);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  run = ut_run_store_add (ut_session_get_store (fixture->session), config, NULL, &error);
  g_assert_no_error (error);

  return run;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *const tags[] = { "GloVe 50", "slow", NULL };

  fixture->session = ut_ui_test_session ();
  ut_run_store_set_queue_paused (ut_session_get_store (fixture->session), TRUE);
  fixture->run = add (fixture, UT_CELL_GRU, UT_SETTING_LEARNING_RATE, 0.004);
  ut_run_set_name (fixture->run, "First attempt");
  ut_run_set_tags (fixture->run, tags);
  ut_run_set_note (fixture->run, "Größer as the one\nbefore it");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->session);
}

static gboolean
finds (UtRun      *run,
       const char *text)
{
  g_autoptr (UtRunSearch) search = ut_run_search_new (text);

  g_test_message ("%s", text);
  return ut_run_search_matches (search, run);
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  UtRun *run = fixture->run;

  g_test_summary ("Every word must be found, in whatever a person calls the run.");
  g_assert_true (finds (run, ""));
  g_assert_true (finds (run, "  "));
  g_assert_true (finds (run, "FIRST"));
  g_assert_true (finds (run, "attempt first"));
  g_assert_false (finds (run, "second attempt"));
  g_assert_true (finds (run, "gru"));
  g_assert_false (finds (run, "lstm"));
  g_assert_true (finds (run, "sample"));
  g_assert_true (finds (run, "GRÖSSER"));
  g_assert_true (finds (run, "glove before"));

  g_test_message ("Quotation marks keep words together");
  g_assert_true (finds (run, "\"first attempt\""));
  g_assert_false (finds (run, "\"attempt first\""));
  g_assert_true (finds (run, "“first attempt” slow"));
  g_assert_true (finds (run, "\"first att"));
}

static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  UtRun *run = fixture->run;

  g_test_summary ("What stands behind “tag:” is looked for among tags alone.");
  g_assert_true (finds (run, "tag:glove"));
  g_assert_true (finds (run, "Tag:SLOW tag:glo"));
  g_assert_true (finds (run, "tag:\"glove 50\""));
  g_assert_false (finds (run, "tag:first"));
  g_assert_false (finds (run, "tag:low"));
  g_assert_true (finds (run, "low"));
  g_assert_true (finds (run, "tag:"));
  ut_run_set_tags (run, NULL);
  g_assert_false (finds (run, "tag:"));
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  UtRun *wide = add (fixture, UT_CELL_LSTM, UT_SETTING_HIDDEN_SIZE, 128);
  UtRun *both = add (fixture, UT_CELL_LSTM, UT_SETTING_BIDIRECTIONAL, 1);
  UtRun *falling = add (fixture, UT_CELL_LSTM, UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE);

  g_test_summary ("A setting is found by its name, as far as it is clear, and its value.");
  g_assert_true (finds (wide, "hidden 128"));
  g_assert_true (finds (wide, "Hidden size 128"));
  g_assert_true (finds (wide, "hidden-size 128"));
  g_assert_true (finds (wide, "lstm hid 128"));
  g_assert_false (finds (wide, "gru hidden 128"));
  g_assert_false (finds (wide, "hidden 12"));
  g_assert_false (finds (both, "hidden 128"));
  g_assert_true (finds (both, "hidden 4"));
  g_assert_true (finds (fixture->run, "learning rate 4e-3"));
  g_assert_true (finds (fixture->run, "rate 0.004 first"));
  g_assert_false (finds (wide, "learning rate 4e-3"));
  g_assert_true (finds (falling, "schedule cos"));
  g_assert_false (finds (wide, "schedule cos"));
  g_assert_true (finds (wide, "bidirectional off"));
  g_assert_false (finds (both, "bidirectional off"));

  g_test_message ("Without a value it is one that differs from the default");
  g_assert_true (finds (both, "bidirectional"));
  g_assert_false (finds (wide, "bidirectional"));
  g_assert_true (finds (falling, "schedule"));

  g_test_message ("A name with such words is found, too");
  g_assert_false (finds (falling, "hidden 77"));
  ut_run_set_name (falling, "Hidden 77");
  g_assert_true (finds (falling, "hidden 77"));
  g_assert_false (finds (wide, "\"hidden 128\""));
}

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);
  g_test_add ("/ui/run-search/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/ui/run-search/tags", Fixture, NULL, set_up, test_tags, tear_down);
  g_test_add ("/ui/run-search/settings", Fixture, NULL, set_up, test_settings, tear_down);

  return g_test_run ();
}
