/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-curves-pane.h>
#include <ut-examples.h>
#include <ut-plot-pair.h>
#include <ut-probe-menu.h>
#include <ut-probe-row.h>
#include <ut-status-line.h>
#include <ut-train-page.h>

typedef struct
{
  UtSession *session;
  GtkWidget *window;
  UtTrainPage *page;
  UtStatusLine *line;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->page, UT_TYPE_TRAIN_PAGE, id);
}

/* A part of the page's curves. */
static gpointer
find_in_curves (Fixture    *fixture,
                const char *id)
{
  return ut_ui_test_find (find (fixture, "curves"), UT_TYPE_CURVES_PANE, id);
}

static gboolean
line_shows (Fixture    *fixture,
            const char *id)
{
  return gtk_widget_get_visible (ut_ui_test_find (fixture->line, UT_TYPE_STATUS_LINE, id));
}

static const char *
line_says (Fixture    *fixture,
           const char *id)
{
  return gtk_label_get_label (ut_ui_test_find (fixture->line, UT_TYPE_STATUS_LINE, id));
}

static UtRun *
add (Fixture    *fixture,
     UtCellKind  cell)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (cell, 2);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (ut_session_get_store (fixture->session), config, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->window = gtk_window_new ();
  fixture->page = g_object_ref_sink (g_object_new (UT_TYPE_TRAIN_PAGE, NULL));
  fixture->line = find (fixture, "status_line");
  ut_train_page_set_session (fixture->page, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1040, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_width (GTK_WIDGET (fixture->page)) > 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_run_store_stop_all (ut_session_get_store (fixture->session));
  ITER_UNTIL (ut_run_store_get_active (ut_session_get_store (fixture->session)) == NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->page);
  g_clear_object (&fixture->session);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  UtExamples *examples = find (fixture, "examples");
  GtkListBox *list = ut_ui_test_find (examples, UT_TYPE_EXAMPLES, "list");
  GtkLabel *text = ut_ui_test_find (examples, UT_TYPE_EXAMPLES, "text");

  g_test_summary ("Before the first run eight examples stand in the place of the plots.");
  g_assert_true (gtk_stack_get_visible_child (find (fixture, "stack")) == GTK_WIDGET (examples));
  ITER_UNTIL (gtk_list_box_get_row_at_index (list, 7) != NULL);
  g_assert_null (gtk_list_box_get_row_at_index (list, 8));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (text), "Eight of "));
  g_assert_nonnull (strstr (gtk_label_get_label (text),
                            "made-up reviews. Start trains three small models on them in "
                            "a few seconds."));
  g_assert_false (line_shows (fixture, "pause_button"));
  g_assert_false (line_shows (fixture, "stop_button"));
}

static void
test_controls (Fixture       *fixture,
               gconstpointer  data)
{
  GtkDropDown *speed = ut_ui_test_find (fixture->line, UT_TYPE_STATUS_LINE, "speed");
  GtkButton *pause = ut_ui_test_find (fixture->line, UT_TYPE_STATUS_LINE, "pause_button");
  UtRun *run, *queued;
  guint64 step;

  g_test_summary ("The speed holds for the next run; step by step it waits after each batch.");
  gtk_drop_down_set_selected (speed, 4);
  run = add (fixture, UT_CELL_LSTM);
  queued = add (fixture, UT_CELL_GRU);
  g_assert_true (ut_session_get_current (fixture->session) == run);
  g_assert_true (gtk_stack_get_visible_child (find (fixture,
                                                    "stack")) == find (fixture, "curves"));

  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_PAUSED);
  g_assert_true (line_shows (fixture, "step_button"));
  g_assert_true (line_shows (fixture, "stop_button"));
  g_assert_cmpstr (gtk_button_get_label (pause), ==, "Continue");
  step = ut_run_get_progress (run)->step;
  ut_run_step (run);
  /* What the step came to may be told before the pause that follows it. */
  ITER_UNTIL (ut_run_get_progress (run)->step == step + 1);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_PAUSED);
  g_assert_cmpuint (ut_run_get_progress (run)->step, ==, step + 1);

  ut_session_set_current (fixture->session, queued);
  g_assert_true (line_shows (fixture, "remove_button"));
  g_assert_false (line_shows (fixture, "step_button"));
  g_assert_nonnull (strstr (line_says (fixture, "status_label"), "in the queue"));
  ut_session_set_current (fixture->session, run);

  ut_train_page_toggle_pause (fixture->page);
  g_assert_cmpuint (gtk_drop_down_get_selected (speed), ==, 0);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  ITER_UNTIL (ut_run_get_state (queued) == UT_RUN_FINISHED);
  g_assert_true (ut_session_get_current (fixture->session) == queued);
  g_assert_true (g_str_has_prefix (line_says (fixture, "status_label"), "Finished: 2 of 2 epochs"));
  g_assert_false (line_shows (fixture, "pause_button"));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (find_in_curves (fixture, "verdict_label")),
                                   "Best 0."));
}

static void
test_curves (Fixture       *fixture,
             gconstpointer  data)
{
  UtPlotPair *plots = find_in_curves (fixture, "plots");
  GListModel *loss = ut_plot_get_series (ut_plot_pair_get_loss (plots));
  GListModel *accuracy = ut_plot_get_series (ut_plot_pair_get_accuracy (plots));
  UtRun *run = add (fixture, UT_CELL_RNN);
  g_autoptr (UtPlotSeries) training = NULL;
  g_autoptr (UtPlotSeries) validation = NULL;
  const double *x, *y;
  gsize n_points;

  g_test_summary ("Each point and epoch of a run is in its curves, and they go with the run.");
  g_assert_cmpuint (g_list_model_get_n_items (loss), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (accuracy), ==, 2);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);

  training = g_list_model_get_item (loss, 0);
  validation = g_list_model_get_item (accuracy, 1);
  ut_run_get_points (run, &n_points);
  g_assert_cmpuint (ut_plot_series_get_points (training, &x, &y), ==, n_points);
  g_assert_cmpuint (ut_plot_series_get_points (validation, &x, &y), ==, 2);
  g_assert_cmpfloat (y[ut_plot_series_get_best (validation)], ==,
                     ut_run_get_best (run)->val_accuracy);
  g_assert_false (ut_plot_series_get_live (training));
  ut_run_set_name (run, "the one with four");
  g_assert_cmpstr (ut_plot_series_get_label (training), ==, "the one with four");

  /* Only shown runs cost the plots anything. */
  ut_run_set_shown (run, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (loss), ==, 0);
  ut_run_set_shown (run, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (loss), ==, 2);
  g_clear_object (&training);
  training = g_list_model_get_item (loss, 0);
  g_assert_cmpuint (ut_plot_series_get_points (training, &x, &y), ==, n_points);
  g_assert_cmpstr (ut_plot_series_get_label (training), ==, "the one with four");

  g_assert_true (ut_run_store_remove (ut_session_get_store (fixture->session), run));
  g_assert_cmpuint (g_list_model_get_n_items (loss), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (accuracy), ==, 0);
}

static void
test_linked (Fixture       *fixture,
             gconstpointer  data)
{
  UtPlotPair *plots = find_in_curves (fixture, "plots");
  UtPlotView *view = ut_session_get_plot_view (fixture->session);
  GSettings *settings = ut_session_get_settings (fixture->session);
  g_autofree char *axis = NULL;

  g_test_summary ("Both plots have the session's view, of which the program remembers the most.");
  g_assert_true (ut_plot_get_view (ut_plot_pair_get_loss (plots)) == view);
  g_assert_true (ut_plot_get_view (ut_plot_pair_get_accuracy (plots)) == view);
  g_object_set (view, "smoothing", 0.5, "x-axis", UT_PLOT_AXIS_EPOCH, NULL);
  g_assert_cmpfloat (g_settings_get_double (settings, "smoothing"), ==, 0.5);
  axis = g_settings_get_string (settings, "x-axis");
  g_assert_cmpstr (axis, ==, "epoch");
}

static void
test_axes (Fixture       *fixture,
           gconstpointer  data)
{
  UtPlotPair *plots = find_in_curves (fixture, "plots");
  UtPlotView *view = ut_session_get_plot_view (fixture->session);
  UtRun *run = add (fixture, UT_CELL_RNN);
  g_autofree char *reading = NULL;
  g_autofree char *timed = NULL;

  g_test_summary ("Epochs and time are those of the run.");
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  g_object_set (view, "x-axis", UT_PLOT_AXIS_EPOCH, NULL);
  ut_plot_view_set_cursor (view, 2);
  reading = ut_plot_dup_reading (ut_plot_pair_get_loss (plots));
  g_assert_true (g_str_has_prefix (reading, "epoch 2 · "));
  g_assert_null (strstr (reading, "not a number"));
  g_object_set (view, "x-axis", UT_PLOT_AXIS_TIME, NULL);
  ut_plot_view_set_cursor (view, 0.001);
  timed = ut_plot_dup_reading (ut_plot_pair_get_accuracy (plots));
  g_assert_true (g_str_has_prefix (timed, "time 0.001 s · "));
}

static void
test_means (Fixture       *fixture,
            gconstpointer  data)
{
  UtPlotPair *plots = find_in_curves (fixture, "plots");
  UtPlot *plot = ut_plot_pair_get_accuracy (plots);
  UtPlotView *view = ut_session_get_plot_view (fixture->session);
  g_autofree char *table = NULL;
  UtRun *run = NULL;

  g_test_summary ("Runs that differ in the seed alone are their mean, if one wants to see that.");
  for (int seed = 1; seed <= 3; seed++)
    {
      g_autoptr (UtConfig) plain = ut_ui_test_config (seed < 3 ? UT_CELL_GRU : UT_CELL_RNN, 2);
      UtConfigBuilder *builder = ut_config_builder_new (plain);
      g_autoptr (UtConfig) config = NULL;
      g_autoptr (GError) error = NULL;

      ut_config_builder_set_number (builder, UT_SETTING_SEED, seed);
      config = ut_config_builder_end (builder, &error);
      g_assert_no_error (error);
      run = ut_run_store_add (ut_session_get_store (fixture->session), config, NULL, &error);
      g_assert_no_error (error);
    }
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  g_object_set (view, "spread", UT_PLOT_SPREAD_DEVIATION, NULL);
  table = ut_plot_dup_tsv (plot);
  g_test_message ("%s", table);
  g_assert_nonnull (strstr (table, ", mean of 2 validation\t"));
  g_assert_nonnull (strstr (table, ", mean of 2 validation, deviation\t"));
  g_assert_null (strstr (table, "mean of 3"));
}

static void
test_click (Fixture       *fixture,
            gconstpointer  data)
{
  UtPlot *plot = ut_plot_pair_get_loss (find_in_curves (fixture, "plots"));
  UtRun *first = add (fixture, UT_CELL_RNN);
  UtRun *second = add (fixture, UT_CELL_GRU);
  GListModel *loss = ut_plot_get_series (plot);
  g_autoptr (UtPlotSeries) series = NULL;

  g_test_summary ("A run whose line is clicked becomes the current one.");
  ITER_UNTIL (ut_run_get_state (second) == UT_RUN_FINISHED);
  ut_session_set_current (fixture->session, second);
  series = g_list_model_get_item (loss, 0);
  g_assert_false (ut_plot_series_get_current (series));
  g_signal_emit_by_name (plot, "series-activated", series);
  g_assert_true (ut_session_get_current (fixture->session) == first);
  g_assert_true (ut_plot_series_get_current (series));
}

static void
test_shared (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *other = g_object_ref_sink (ut_curves_pane_new (fixture->session));
  UtPlotPair *plots = ut_ui_test_find (other, UT_TYPE_CURVES_PANE, "plots");
  UtPlotPair *own = find_in_curves (fixture, "plots");
  UtRun *run = add (fixture, UT_CELL_RNN);
  g_autoptr (UtPlotSeries) here = NULL;
  g_autoptr (UtPlotSeries) there = NULL;

  g_test_summary ("Curves of another page are the same series; what is not seen says nothing.");
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  here = g_list_model_get_item (ut_plot_get_series (ut_plot_pair_get_loss (own)), 0);
  there = g_list_model_get_item (ut_plot_get_series (ut_plot_pair_get_loss (plots)), 0);
  g_assert_true (here == there);
  g_assert_cmpstr (gtk_label_get_label (ut_ui_test_find (other, UT_TYPE_CURVES_PANE,
                                                         "verdict_label")), ==, "");
  ut_run_set_shown (run, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (ut_plot_get_series (ut_plot_pair_get_loss (plots))),
                    ==, 0);
  g_assert_finalize_object (other);
}

static void
test_one_place (Fixture       *fixture,
                gconstpointer  data)
{
  UtPlotPair *plots = find_in_curves (fixture, "plots");
  GtkWidget *loss = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "loss_pane");
  GtkWidget *accuracy = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "accuracy_pane");
  GtkWidget *choice = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "loss_button");

  g_test_summary ("In a low window the plots share one place.");
  add (fixture, UT_CELL_RNN);
  ITER_UNTIL (gtk_widget_get_mapped (loss) && gtk_widget_get_mapped (accuracy));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1040, 600);
  ITER_UNTIL (gtk_widget_get_mapped (loss) && !gtk_widget_get_mapped (accuracy));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_next_sibling (choice)), TRUE);
  ITER_UNTIL (!gtk_widget_get_mapped (loss) && gtk_widget_get_mapped (accuracy));
}

/* The first button below @widget with that text. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);

  return found;
}

static void
test_probes (Fixture       *fixture,
             gconstpointer  data)
{
  UtPlotPair *plots = find_in_curves (fixture, "plots");
  UtPlot *plot = ut_plot_pair_get_probes (plots);
  GtkWidget *pane = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "probes_pane");
  UtProbeMenu *menu = find_in_curves (fixture, "probe_menu");
  GtkMenuButton *button = ut_ui_test_find (menu, UT_TYPE_PROBE_MENU, "button");
  GtkWidget *suggestions = ut_ui_test_find (menu, UT_TYPE_PROBE_MENU, "suggestions");
  GtkWidget *rows = ut_ui_test_find (menu, UT_TYPE_PROBE_MENU, "rows");
  GtkEditable *entry = ut_ui_test_find (menu, UT_TYPE_PROBE_MENU, "entry");
  GtkWidget *add_button = ut_ui_test_find (menu, UT_TYPE_PROBE_MENU, "add_button");
  GtkLabel *reason = ut_ui_test_find (menu, UT_TYPE_PROBE_MENU, "reason_label");
  UtProbeList *list = ut_session_get_probes (fixture->session);
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autofree char *tsv = NULL;
  g_autoptr (UtPlotSeries) line = NULL;
  UtRun *run, *without;
  UtProbeRow *row;
  const double *steps, *values;

  g_test_summary ("Sentences are followed in a third plot, which is there where there is one.");

  without = add (fixture, UT_CELL_RNN);
  ITER_UNTIL (ut_run_get_state (without) == UT_RUN_FINISHED);
  g_assert_false (gtk_widget_get_visible (pane));
  g_assert_cmpstr (gtk_menu_button_get_label (button), ==, "Follow a sentence…");

  gtk_menu_button_popup (button);
  ITER_UNTIL (gtk_widget_get_mapped (suggestions));
  g_signal_emit_by_name (find_button (suggestions, "Follow “Not bad at all.”"), "clicked");
  g_assert_cmpuint (ut_probe_list_get (list)->n_texts, ==, 1);
  g_assert_false (gtk_widget_get_visible (suggestions));
  g_assert_cmpstr (gtk_menu_button_get_label (button), ==, "1 sentence followed");

  g_assert_false (gtk_widget_get_sensitive (add_button));
  for (gsize i = 0; i < UT_PROBE_MAX_LENGTH / 2 + 1; i++)
    g_string_append (long_text, "ü");
  gtk_editable_set_text (entry, long_text->str);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpuint (ut_probe_list_get (list)->n_texts, ==, 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (reason)));
  g_assert_nonnull (strstr (gtk_label_get_label (reason), "at most 1,000 bytes"));
  gtk_editable_set_text (entry, " The  good film. ");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (reason)));
  g_signal_emit_by_name (add_button, "clicked");
  g_assert_cmpstr (ut_probe_list_get (list)->texts[1], ==, "The good film.");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  /* A run that has ended follows none. */
  g_assert_false (gtk_widget_get_visible (pane));
  row = UT_PROBE_ROW (gtk_widget_get_first_child (rows));
  g_assert_cmpstr (gtk_label_get_label (ut_ui_test_find (row, UT_TYPE_PROBE_ROW, "answer_label")),
                   ==, "–");

  run = add (fixture, UT_CELL_GRU);
  ut_session_set_current (fixture->session, run);
  g_assert_true (gtk_widget_get_visible (pane));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  g_assert_cmpuint (g_list_model_get_n_items (ut_plot_get_series (plot)), ==, 2);
  line = g_list_model_get_item (ut_plot_get_series (plot), 0);
  g_assert_cmpstr (ut_plot_series_get_label (line), ==, "Not bad at all.");
  g_assert_false (ut_plot_series_get_live (line));
  g_assert_cmpuint (ut_plot_series_get_points (line, &steps, &values), >=, 2);
  g_assert_cmpfloat (steps[0], >, 0);
  g_assert_true (values[0] > 0 && values[0] < 1);

  tsv = ut_plot_dup_tsv (plot);
  g_assert_true (g_str_has_prefix (tsv, "step\tNot bad at all.\tThe good film.\n"));
  ut_plot_view_set_cursor (ut_session_get_plot_view (fixture->session), steps[0]);
  ITER_UNTIL (strstr (gtk_label_get_label (find_in_curves (fixture, "probes_reading")),
                      "Not bad at all.: ") != NULL);
  ITER_UNTIL (g_strcmp0 (gtk_label_get_label (ut_ui_test_find (row, UT_TYPE_PROBE_ROW,
                                                               "answer_label")), "–") != 0);

  /* The other run has no answers, and this one keeps its own when nobody follows them any more. */
  ut_session_set_current (fixture->session, without);
  g_assert_false (gtk_widget_get_visible (pane));
  ut_session_set_current (fixture->session, run);
  g_assert_true (gtk_widget_get_visible (pane));
  gtk_editable_set_text (ut_ui_test_find (row, UT_TYPE_PROBE_ROW, "entry"), "bad");
  g_signal_emit_by_name (ut_ui_test_find (row, UT_TYPE_PROBE_ROW, "entry"), "activate");
  g_assert_cmpstr (ut_probe_list_get (list)->texts[0], ==, "bad");
  while (ut_probe_list_get (list)->n_texts > 0)
    {
      row = UT_PROBE_ROW (gtk_widget_get_first_child (rows));
      g_signal_emit_by_name (ut_ui_test_find (row, UT_TYPE_PROBE_ROW, "remove_button"), "clicked");
    }
  g_assert_true (gtk_widget_get_visible (suggestions));
  g_assert_true (gtk_widget_get_visible (pane));
  g_assert_cmpuint (g_list_model_get_n_items (ut_plot_get_series (plot)), ==, 2);
  gtk_menu_button_popdown (button);
}

static void
test_places (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();
  UtPlotPair *plots = g_object_new (UT_TYPE_PLOT_PAIR, NULL);
  GtkWidget *loss = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "loss_pane");
  GtkWidget *probes = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "probes_pane");
  GtkWidget *choice = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "probes_button");
  static const struct
  {
    int width;
    int height;
    gboolean shared;
    gboolean beside; /* loss and accuracy */
  } cases[] = {
    { 700, 900, FALSE, FALSE },
    { 1250, 520, FALSE, TRUE },
    { 700, 520, TRUE, FALSE },
  };
  GtkWidget *accuracy = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "accuracy_pane");
  graphene_rect_t place, other;

  g_test_summary ("Three plots find their places in windows of all shapes.");

  ut_plot_pair_set_probes_shown (plots, TRUE);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (plots));
  gtk_window_present (GTK_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (window), cases[i].width, cases[i].height);
      /* Some of the window is its decoration. */
      ITER_UNTIL (ABS (gtk_widget_get_width (GTK_WIDGET (plots)) - cases[i].width) < 70
                  && ABS (gtk_widget_get_height (GTK_WIDGET (plots)) - cases[i].height) < 110);
      ITER_UNTIL (gtk_widget_get_mapped (probes) != cases[i].shared);
      g_assert_true (gtk_widget_get_mapped (loss));
      if (cases[i].shared)
        continue;
      g_assert_true (gtk_widget_compute_bounds (probes, GTK_WIDGET (plots), &place));
      g_assert_true (gtk_widget_compute_bounds (accuracy, GTK_WIDGET (plots), &other));
      g_assert_cmpfloat (place.origin.x, <, 1);
      g_assert_cmpfloat (place.origin.y, >=, other.origin.y + other.size.height);
      g_assert_true ((other.origin.x > 100) == cases[i].beside);
    }

  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  ITER_UNTIL (gtk_widget_get_mapped (probes) && !gtk_widget_get_mapped (loss));
  ut_plot_pair_set_probes_shown (plots, FALSE);
  ITER_UNTIL (gtk_widget_get_mapped (loss));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_beside (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *pane = ut_curves_pane_new (fixture->session);
  UtPlotPair *plots = ut_ui_test_find (pane, UT_TYPE_CURVES_PANE, "plots");
  GtkWidget *loss = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "loss_pane");
  GtkWidget *accuracy = ut_ui_test_find (plots, UT_TYPE_PLOT_PAIR, "accuracy_pane");
  GtkWidget *window = gtk_window_new ();
  graphene_rect_t here, there;

  g_test_summary ("Where it is wide and low the plots stand side by side, and both can be read.");
  gtk_window_set_child (GTK_WINDOW (window), pane);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 400);
  gtk_window_present (GTK_WINDOW (window));
  ITER_UNTIL (gtk_widget_get_mapped (loss) && gtk_widget_get_mapped (accuracy));
  g_assert_true (gtk_widget_compute_bounds (loss, pane, &here));
  g_assert_true (gtk_widget_compute_bounds (accuracy, pane, &there));
  g_assert_cmpfloat (there.origin.x, >=, here.origin.x + here.size.width);
  g_assert_cmpfloat (there.origin.y, ==, here.origin.y);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_as_coded (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (UtConfig) config = ut_ui_test_config_as_coded (UT_CELL_LSTM, 2);
  g_autoptr (GError) error = NULL;
  UtRunStore *store = ut_session_get_store (fixture->session);
  UtRun *plain = add (fixture, UT_CELL_RNN);
  UtRun *run = ut_run_store_add (store, config, NULL, &error);

  g_assert_no_error (error);
  g_test_summary ("The status of a run as the notebook's code runs leads to the page about it.");
  ut_session_set_current (fixture->session, plain);
  g_assert_false (line_shows (fixture, "as_coded_button"));
  ut_session_set_current (fixture->session, run);
  g_assert_true (line_shows (fixture, "as_coded_button"));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  g_assert_nonnull (
      strstr (gtk_label_get_label (find_in_curves (fixture, "verdict_label")), "Best"));
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture       *fixture,
                  gconstpointer  data);
  } tests[] = {
    { "/ui/train-page/empty", test_empty },
    { "/ui/train-page/controls", test_controls },
    { "/ui/train-page/curves", test_curves },
    { "/ui/train-page/linked", test_linked },
    { "/ui/train-page/axes", test_axes },
    { "/ui/train-page/means", test_means },
    { "/ui/train-page/click", test_click },
    { "/ui/train-page/shared", test_shared },
    { "/ui/train-page/one-place", test_one_place },
    { "/ui/train-page/beside", test_beside },
    { "/ui/train-page/probes", test_probes },
    { "/ui/train-page/places", test_places },
    { "/ui/train-page/as-coded", test_as_coded },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
