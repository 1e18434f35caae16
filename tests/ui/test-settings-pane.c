/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-parallel.h>
#include <ut-settings-pane.h>
#include <ut-text-table.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  GtkWidget *pane;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->pane, UT_TYPE_SETTINGS_PANE, id);
}

static UtRun *
add (Fixture    *fixture,
     UtCellKind  cell,
     double      hidden)
{
  g_autoptr (UtConfig) base = ut_ui_test_config (cell, 2);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtConfig) config = NULL;
  UtRun *run;

  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, hidden);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  run = ut_run_store_add (fixture->store, config, NULL, &error);
  g_assert_no_error (error);

  return run;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  ut_run_store_set_queue_paused (fixture->store, TRUE);
  fixture->window = gtk_window_new ();
  fixture->pane = g_object_ref_sink (ut_settings_pane_new (fixture->session));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->pane);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (fixture->pane));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->pane);
  g_clear_object (&fixture->session);
}

static void
wait_for_caption (Fixture    *fixture,
                  const char *text)
{
  ITER_UNTIL (g_str_equal (gtk_label_get_text (find (fixture, "caption")), text));
}

static void
test_few (Fixture       *fixture,
          gconstpointer  data)
{
  GtkStack *stack = find (fixture, "stack");
  UtTextTable *table = find (fixture, "table");
  UtRun *run, *other;

  g_test_summary ("Of two runs what differs is a row; of one nothing is told");
  g_assert_true (gtk_stack_get_visible_child (stack) == find (fixture, "empty_page"));
  other = add (fixture, UT_CELL_GRU, 4);
  run = add (fixture, UT_CELL_LSTM, 4);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find (fixture, "main_page"));
  g_assert_true (g_str_has_suffix (gtk_label_get_text (find (fixture, "caption")),
                                   "settings differs between the 2 shown runs."));
  g_assert_cmpuint (ut_text_table_get_n_rows (table), ==, 2);
  g_assert_cmpstr (ut_text_table_get_text (table, 0, 0), ==, "Cell");
  g_assert_cmpstr (ut_text_table_get_text (table, 0, 1), ==, "LSTM");
  g_assert_cmpstr (ut_text_table_get_text (table, 0, 2), ==, "GRU");
  g_assert_cmpstr (ut_text_table_get_text (table, 1, 0), ==, "Best accuracy");
  g_assert_cmpstr (ut_text_table_get_text (table, 1, 2), ==, "–");

  gtk_switch_set_active (find (fixture, "all_switch"), TRUE);
  g_assert_cmpuint (ut_text_table_get_n_rows (table), >, 20);

  g_test_message ("The current run counts though it is not ticked, another one does not");
  ut_session_set_current (fixture->session, run);
  ut_run_set_shown (run, FALSE);
  for (int i = 0; i < 5; i++)
    ut_ui_test_iterate ();
  g_assert_true (gtk_stack_get_visible_child (stack) == find (fixture, "main_page"));
  ut_run_set_shown (run, TRUE);
  ut_run_set_shown (other, FALSE);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find (fixture, "empty_page"));
}

static void
test_same (Fixture       *fixture,
           gconstpointer  data)
{
  g_test_summary ("Where nothing differs that is said, and there are no lines");
  add (fixture, UT_CELL_GRU, 4);
  add (fixture, UT_CELL_GRU, 4);
  wait_for_caption (fixture, "2 runs, and no setting differs.");
  g_assert_true (gtk_widget_get_visible (find (fixture, "same_label")));
  g_assert_false (gtk_widget_get_visible (find (fixture, "lines_page")));
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  UtTextTable *table = find (fixture, "table");
  UtParallel *parallel = find (fixture, "parallel");
  GtkWidget *keep = find (fixture, "keep_button");
  UtRun *runs[6];

  g_test_summary ("Many runs are rows, the newest first; brushes choose among them");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = add (fixture, i % 2 == 0 ? UT_CELL_GRU : UT_CELL_RNN, 1 << i);
  ITER_UNTIL (ut_text_table_get_n_rows (table) == 6);
  g_assert_cmpstr (ut_text_table_get_text (table, 2, 0), ==, ut_run_get_name (runs[3]));
  g_assert_cmpstr (ut_text_table_get_text (table, 2, 2), ==, "RNN");
  g_assert_cmpstr (ut_text_table_get_text (table, 2, 3), ==, "8");

  g_signal_emit_by_name (table, "row-activated", 2);
  g_assert_true (ut_session_get_current (fixture->session) == runs[3]);

  gtk_toggle_button_set_active (find (fixture, "lines_button"), TRUE);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (find (fixture, "views")), ==, "lines");
  g_assert_false (gtk_widget_get_sensitive (keep));
  gtk_test_accessible_assert_property (parallel, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Settings and best accuracy of 6 runs");
  g_signal_emit_by_name (parallel, "line-activated", 1);
  g_assert_true (ut_session_get_current (fixture->session) == runs[4]);
  while (g_main_context_iteration (NULL, FALSE))
    continue;

  g_test_message ("The current run goes with those that are left out");
  ut_session_set_current (fixture->session, runs[0]);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  ut_parallel_set_brush (parallel, 1, 8, 16);
  g_assert_true (gtk_widget_get_sensitive (keep));
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "clear_button")));
  g_signal_emit_by_name (keep, "clicked");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    g_assert_cmpint (ut_run_get_shown (runs[i]), ==, i == 3 || i == 4);
  g_assert_true (ut_session_get_current (fixture->session) == runs[4]);
  ITER_UNTIL (!gtk_widget_get_sensitive (keep));
  g_signal_emit_by_name (find (fixture, "clear_button"), "clicked");
  g_assert_false (ut_parallel_is_brushed (parallel));
}

static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  UtTextTable *table = find (fixture, "table");

  g_test_summary ("What nobody sees does not change until somebody does");
  add (fixture, UT_CELL_GRU, 4);
  add (fixture, UT_CELL_GRU, 8);
  ITER_UNTIL (ut_text_table_get_n_rows (table) == 2);
  gtk_widget_set_visible (fixture->pane, FALSE);
  add (fixture, UT_CELL_RNN, 8);
  for (int i = 0; i < 5; i++)
    ut_ui_test_iterate ();
  g_assert_cmpuint (ut_text_table_get_n_rows (table), ==, 2);
  gtk_widget_set_visible (fixture->pane, TRUE);
  ITER_UNTIL (ut_text_table_get_n_rows (table) == 3);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/settings-pane/few", test_few);
  ADD ("/settings-pane/same", test_same);
  ADD ("/settings-pane/many", test_many);
  ADD ("/settings-pane/hidden", test_hidden);

  return g_test_run ();
}
