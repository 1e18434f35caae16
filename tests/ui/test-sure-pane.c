/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <math.h>
#include <string.h>
#include <ut-plot-all.h>
#include <ut-sure-pane.h>
#include <ut-text-table.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  GtkWidget *pane;
  GString *message;
} Fixture;

static void
message_cb (UtSession  *session,
            const char *text,
            GString    *message)
{
  g_string_assign (message, text);
}

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->pane, UT_TYPE_SURE_PANE, id);
}

static UtRun *
train (Fixture  *fixture,
       UtConfig *config)
{
  UtRun *run = ut_ui_test_add_run (fixture->store, config);

  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  return run;
}

/* So well that the rows tell a temperature. */
static UtRun *
train_cell (Fixture    *fixture,
            UtCellKind  cell)
{
  g_autoptr (UtConfig) base = ut_ui_test_config (cell, 3);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 1e-2);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return train (fixture, config);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  fixture->message = g_string_new (NULL);
  g_signal_connect (fixture->session, "message", G_CALLBACK (message_cb), fixture->message);
  fixture->window = gtk_window_new ();
  fixture->pane = g_object_ref_sink (ut_sure_pane_new (fixture->session));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->pane);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (fixture->pane));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_run_store_stop_all (fixture->store);
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->pane);
  g_clear_object (&fixture->session);
  g_string_free (fixture->message, TRUE);
}

static const char *
get_text (Fixture    *fixture,
          const char *id)
{
  return gtk_label_get_text (find (fixture, id));
}

static gboolean
says (Fixture    *fixture,
      const char *id,
      const char *part)
{
  return strstr (get_text (fixture, id), part) != NULL;
}

static gboolean
is_visible (Fixture    *fixture,
            const char *id)
{
  return gtk_widget_get_visible (find (fixture, id));
}

static double
read_temperature (UtRun *run)
{
  g_autoptr (GFile) file = ut_run_dup_model_file (run);
  gboolean is_of_rows;
  double temperature;

  g_assert_true (ut_model_read_temperature (file, NULL, &temperature, &is_of_rows, NULL, NULL));
  return temperature;
}

static void
test_calibrate (Fixture       *fixture,
                gconstpointer  data)
{
  UtTextTable *runs = find (fixture, "runs_table");
  UtTextTable *bins = find (fixture, "bins_table");
  GtkStack *stack = find (fixture, "stack");
  UtRun *run, *other;

  g_test_summary ("A click stores the temperature with the model, another one takes it away; both are "
                  "shown, in words, in the diagram and in tables");
  g_assert_true (gtk_stack_get_visible_child (stack) == find (fixture, "empty_page"));
  run = train_cell (fixture, UT_CELL_GRU);
  other = train_cell (fixture, UT_CELL_RNN);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find (fixture, "main_page")
              && ut_text_table_get_n_rows (runs) == 2);
  ITER_UNTIL (g_str_has_prefix (get_text (fixture, "verdict"), ut_run_get_name (run)));
  g_assert_true (says (fixture, "verdict", "of 800 rows"));
  g_assert_true (says (fixture, "effect", "With T = "));
  g_assert_true (says (fixture, "effect", "Judged by halves"));
  g_assert_true (is_visible (fixture, "calibrate_button"));
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "calibrate_button")));
  g_assert_false (is_visible (fixture, "take_away_button"));
  g_assert_cmpstr (ut_text_table_get_text (runs, 0, 0), ==, ut_run_get_name (run));
  g_assert_true (g_str_has_prefix (ut_text_table_get_text (runs, 0, 7), "none; would be "));
  g_assert_cmpuint (ut_text_table_get_n_rows (bins), >, 0);

  g_signal_emit_by_name (find (fixture, "calibrate_button"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "calibrate_button")));
  ITER_UNTIL (is_visible (fixture, "take_away_button")
              && gtk_widget_get_sensitive (find (fixture, "take_away_button")));
  g_assert_false (is_visible (fixture, "calibrate_button"));
  g_assert_true (says (fixture, "effect", "Calibrated with T = "));
  g_assert_nonnull (strstr (fixture->message->str, "is calibrated: T = "));
  g_assert_cmpfloat (read_temperature (run), >, 0);
  g_assert_true (isnan (read_temperature (other)));

  g_autofree char *text = g_strdup_printf ("%.2f", read_temperature (run));

  ITER_UNTIL (g_str_equal (ut_text_table_get_text (runs, 0, 7), text));
  g_assert_true (g_str_has_prefix (ut_text_table_get_text (runs, 1, 7), "none"));

  g_test_message ("the table stands in the diagram's place");
  gtk_toggle_button_set_active (find (fixture, "table_button"), TRUE);
  g_assert_true (gtk_stack_get_visible_child (find (fixture, "views")) == find (fixture, "tables"));
  gtk_toggle_button_set_active (find (fixture, "table_button"), FALSE);

  g_signal_emit_by_name (find (fixture, "take_away_button"), "clicked");
  ITER_UNTIL (is_visible (fixture, "calibrate_button")
              && gtk_widget_get_sensitive (find (fixture, "calibrate_button")));
  g_assert_false (is_visible (fixture, "take_away_button"));
  g_assert_true (isnan (read_temperature (run)));
  g_assert_nonnull (strstr (fixture->message->str, "as it was trained again"));

  g_test_message ("a marker of another run makes it the current one");
  g_signal_emit_by_name (find (fixture, "plot"), "line-activated", 2);
  g_assert_true (ut_session_get_current (fixture->session) == other);
  ITER_UNTIL (g_str_has_prefix (get_text (fixture, "verdict"), ut_run_get_name (other)));
}

static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  UtRun *run = train_cell (fixture, UT_CELL_GRU);
  g_autoptr (GFile) file = ut_run_dup_model_file (run);
  g_autoptr (GError) error = NULL;
  const UtCalibration calibration = { .temperature = 3.5, .n_rows = 5, .data_hash = "0" };

  g_test_summary ("A temperature that comes from other rows is shown as such, and may be found anew");
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (says (fixture, "effect", "With T = "));

  g_autoptr (UtModel) model = ut_model_load (file, NULL, &error);
  g_autoptr (UtModel) calibrated = ut_model_new_calibrated (model, &calibration);

  g_assert_true (ut_model_save (calibrated, file, NULL, &error));
  g_signal_emit_by_name (run, "progressed");
  ITER_UNTIL (says (fixture, "effect", "Calibrated on other rows with T = 3.5"));
  g_assert_true (says (fixture, "effect", "On these rows T would be"));
  g_assert_true (is_visible (fixture, "calibrate_button"));
  g_assert_true (is_visible (fixture, "take_away_button"));
  g_signal_emit_by_name (find (fixture, "calibrate_button"), "clicked");
  ITER_UNTIL (says (fixture, "effect", "Calibrated with T = "));
  ITER_UNTIL (!is_visible (fixture, "calibrate_button"));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) coded = ut_ui_test_config_as_coded (UT_CELL_LSTM, 1);
  g_autoptr (UtConfig) endless = ut_ui_test_config (UT_CELL_RNN, 1000);
  g_autoptr (GError) error = NULL;
  GtkStack *stack = find (fixture, "stack");
  AdwStatusPage *refused = find (fixture, "refused_page");
  UtRun *run = train (fixture, coded);

  g_test_summary ("What has no probability is said in its place; what trains or is an ensemble is shown, and "
                  "why it cannot be calibrated");
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == GTK_WIDGET (refused));
  g_assert_nonnull (strstr (adw_status_page_get_description (refused), "answers with a label"));

  run = ut_ui_test_add_run (fixture->store, endless);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find (fixture, "main_page"));
  ITER_UNTIL (says (fixture, "reason", "when it has ended"));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "calibrate_button")));
  ut_run_stop (run);
  ITER_UNTIL (!is_visible (fixture, "reason"));
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "calibrate_button")));

  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  g_ptr_array_add (members, run);
  g_ptr_array_add (members, train_cell (fixture, UT_CELL_GRU));
  run = ut_run_store_add_ensemble (fixture->store, members, &error);
  g_assert_no_error (error);
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (says (fixture, "reason", "An ensemble cannot be calibrated"));
  ITER_UNTIL (g_str_has_prefix (get_text (fixture, "verdict"), ut_run_get_name (run)));
  g_assert_false (is_visible (fixture, "effect"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/sure-pane/calibrate", test_calibrate);
  ADD ("/sure-pane/elsewhere", test_elsewhere);
  ADD ("/sure-pane/refused", test_refused);

  return g_test_run ();
}
