/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-run-text.h>

static void
assert_text (char       *text,
             const char *wanted)
{
  g_assert_cmpstr (text, ==, wanted);
  g_free (text);
}

static void
assert_has (char       *text,
            const char *wanted)
{
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, wanted));
  g_free (text);
}

static void
test_ordinals (void)
{
  assert_text (ut_run_text_dup_ordinal (1), "1st");
  assert_text (ut_run_text_dup_ordinal (2), "2nd");
  assert_text (ut_run_text_dup_ordinal (3), "3rd");
  assert_text (ut_run_text_dup_ordinal (4), "4th");
  assert_text (ut_run_text_dup_ordinal (11), "11th");
  assert_text (ut_run_text_dup_ordinal (12), "12th");
  assert_text (ut_run_text_dup_ordinal (22), "22nd");
  assert_text (ut_run_text_dup_ordinal (113), "113th");
}

static void
test_durations (void)
{
  assert_text (ut_run_text_dup_duration (0), "0:00");
  assert_text (ut_run_text_dup_duration (12.9), "0:12");
  assert_text (ut_run_text_dup_duration (3723), "1:02:03");
  assert_text (ut_run_text_dup_duration (-5), "0:00");
}

static void
test_states (void)
{
  g_autoptr (UtSession) session = ut_ui_test_session ();
  UtRunStore *store = ut_session_get_store (session);
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_RNN, 3);
  g_autoptr (GError) error = NULL;
  UtRun *first = ut_run_store_add (store, config, NULL, &error);
  UtRun *second = ut_run_store_add (store, config, NULL, &error);
  UtRun *third = ut_run_store_add (store, config, NULL, &error);

  g_test_summary ("What list and status line say of a run from the queue to its end.");
  g_assert_no_error (error);
  ut_run_set_paused (first, TRUE);
  assert_text (ut_run_text_dup_summary (third), "queued, 2nd");
  assert_text (ut_run_text_dup_queued (third, FALSE, 40), "2nd in the queue, starts in about 0:40");
  assert_text (ut_run_text_dup_status (third), "2nd in the queue");
  assert_text (ut_run_text_dup_status (second), "1st in the queue");

  ITER_UNTIL (ut_run_get_state (first) == UT_RUN_PAUSED);
  assert_has (ut_run_text_dup_summary (first), "paused");
  assert_has (ut_run_text_dup_status (first), "Paused");

  ut_run_set_speed (first, 100);
  ut_run_set_paused (first, FALSE);
  ITER_UNTIL (ut_run_get_progress (first)->batch > 3);
  assert_text (ut_run_text_dup_summary (first), "epoch 1 of 3");
  assert_has (ut_run_text_dup_status (first), "Epoch 1 of 3 · batch ");
  assert_text (ut_run_text_dup_milestone (first), "Training");

  ut_run_stop (first);
  ITER_UNTIL (!ut_run_is_active (first));
  g_assert_cmpint (ut_run_get_state (first), ==, UT_RUN_STOPPED);
  assert_has (ut_run_text_dup_summary (first), " within epoch 1");
  assert_has (ut_run_text_dup_end (first), "stopped in its first epoch");
  assert_has (ut_run_text_dup_status (first), "Stopped: 0 of 3 epochs in 0:0");

  ITER_UNTIL (ut_run_get_state (third) == UT_RUN_FINISHED);
  assert_has (ut_run_text_dup_summary (third), " at epoch ");
  assert_has (ut_run_text_dup_status (third), "Finished: 3 of 3 epochs in 0:0");
  g_assert_null (ut_run_text_dup_end (third));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *loaded = user_data;

  *loaded = ut_run_store_load_finish (UT_RUN_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_cut_off (void)
{
  g_autoptr (UtSession) session = ut_ui_test_session ();
  UtRunStore *store = ut_session_get_store (session);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "store", "runs", "a", NULL);
  g_autofree char *path = g_build_filename (folder, "config.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtRun) run = NULL;
  gboolean loaded = FALSE;

  g_test_summary ("A run that was under way when the program ended says so, and once.");
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, "{\"name\":\"GRU 1\",\"created\":1,\"style\":0,\"shown\":true,"
                       "\"state\":\"preparing\",\"failure\":null,\"notices\":null,"
                       "\"majority\":null,\"majority-label\":0,\"config\":{\"cell\":\"gru\","
                       "\"data\":\"sample-reviews\"}}", -1, &error);
  g_assert_no_error (error);
  ut_run_store_load_async (store, NULL, loaded_cb, &loaded);
  ITER_UNTIL (loaded);
  /* It is older than those of other tests. */
  run = g_list_model_get_item (G_LIST_MODEL (store),
                               g_list_model_get_n_items (G_LIST_MODEL (store)) - 1);
  g_assert_nonnull (run);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_INTERRUPTED);
  assert_text (ut_run_text_dup_summary (run), "cut off");
  assert_text (ut_run_text_dup_status (run), "Was cut off before it began.");
}

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/run-text/ordinals", test_ordinals);
  g_test_add_func ("/ui/run-text/durations", test_durations);
  g_test_add_func ("/ui/run-text/states", test_states);
  g_test_add_func ("/ui/run-text/cut-off", test_cut_off);

  return g_test_run ();
}
