/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <math.h>
#include <string.h>
#include <ut-compare-columns.h>
#include <ut-compare-name.h>
#include <ut-compare-table.h>
#include <ut-row-cell.h>
#include <ut-sparkline.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  UtCompareTable *table;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->table, UT_TYPE_COMPARE_TABLE, id);
}

/* Runs */

static UtRun *
add (Fixture    *fixture,
     UtCellKind  cell,
     guint       seed)
{
  g_autoptr (UtConfig) config = ut_ui_test_config_of_seed (cell, seed);

  return ut_ui_test_add_run (fixture->store, config);
}

/* Rows */

static GListModel *
get_rows (Fixture *fixture)
{
  return G_LIST_MODEL (gtk_column_view_get_model (find (fixture, "view")));
}

static UtCompareItem *
get_row (Fixture *fixture,
         guint    position)
{
  g_autoptr (UtCompareItem) item = g_list_model_get_item (get_rows (fixture), position);

  return item;
}

static const char *
get_title (Fixture *fixture,
           guint    position)
{
  UtCompareItem *item = get_row (fixture, position);

  return item != NULL ? ut_compare_item_get_facts (item)->title : NULL;
}

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (get_rows (fixture));
}

static guint
find_row (Fixture *fixture,
          UtRun   *run)
{
  for (guint i = 0; i < count_rows (fixture); i++)
    if (ut_compare_item_has_run (get_row (fixture, i), run))
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static gboolean
is_selected (Fixture *fixture,
             UtRun   *run)
{
  guint position = find_row (fixture, run);

  return position != GTK_INVALID_LIST_POSITION
         && gtk_selection_model_is_selected (gtk_column_view_get_model (find (fixture, "view")),
                                             position);
}

static void
act (Fixture    *fixture,
     const char *action,
     const char *target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->table), action, "s", target));
}

/* The widget of a bound cell whose name for screen readers is @label; NULL where there is none. */
static GtkWidget *
find_named (GtkWidget  *widget,
            const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *wrong =
        gtk_test_accessible_check_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                            label);
      GtkWidget *found;

      if (wrong == NULL)
        return child;
      found = find_named (child, label);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
open_table (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  fixture->table = g_object_ref_sink (g_object_new (UT_TYPE_COMPARE_TABLE, NULL));
  ut_compare_table_set_session (fixture->table, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->table));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_width (GTK_WIDGET (fixture->table)) > 0);
}

static void
close_table (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->table);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  ut_run_store_set_queue_paused (fixture->store, TRUE);
  open_table (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_run_store_stop_all (fixture->store);
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  close_table (fixture);
  g_clear_object (&fixture->session);
}

static double
get_best (Fixture *fixture,
          guint    position)
{
  return ut_compare_item_get_facts (get_row (fixture, position))->accuracy.mean;
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  UtRun *runs[] = { add (fixture, UT_CELL_GRU, 1), add (fixture, UT_CELL_RNN, 1),
                    add (fixture, UT_CELL_LSTM, 1), add (fixture, UT_CELL_GRU, 2) };

  g_test_summary ("The best comes first, then by what is asked for; the marks say who is best.");
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (count_rows (fixture) == G_N_ELEMENTS (runs)
              && ut_compare_item_get_facts (get_row (fixture, 0))->is_ranked);
  ITER_UNTIL (get_best (fixture, 0) >= get_best (fixture, 1)
              && get_best (fixture, 1) >= get_best (fixture, 2)
              && get_best (fixture, 2) >= get_best (fixture, 3));
  g_assert_cmpstr (ut_compare_item_get_mark (get_row (fixture, 0)), ==, "best");

  act (fixture, "compare.sort", "name");
  g_assert_cmpstr (get_title (fixture, 0), ==, "GRU 1");
  g_assert_cmpstr (get_title (fixture, 1), ==, "GRU 2");
  g_assert_cmpstr (get_title (fixture, 3), ==, "RNN 1");
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "compare.descending", NULL);
  g_assert_cmpstr (get_title (fixture, 0), ==, "RNN 1");

  g_test_message ("Another name puts a row elsewhere");
  ut_run_set_name (runs[1], "A small one");
  ITER_UNTIL (g_strcmp0 (get_title (fixture, 3), "A small one") == 0);

  g_test_message ("The order is remembered");
  close_table (fixture);
  open_table (fixture);
  ITER_UNTIL (count_rows (fixture) == G_N_ELEMENTS (runs));
  g_assert_cmpstr (get_title (fixture, 3), ==, "A small one");
}

static void
test_near (Fixture       *fixture,
           gconstpointer  data)
{
  g_test_summary ("What a test cannot tell from the best is marked, what it can is not.");
  add (fixture, UT_CELL_BAG, 1);
  add (fixture, UT_CELL_BAG, 1);
  add (fixture, UT_CELL_MAJORITY, 1);
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (count_rows (fixture) == 3);
  /* The same training twice gives the same answers. */
  ITER_UNTIL (g_strcmp0 (ut_compare_item_get_mark (get_row (fixture, 1)), "≈ best") == 0);
  g_assert_cmpstr (ut_compare_item_get_mark (get_row (fixture, 0)), ==, "best");
  ITER_UNTIL (ut_compare_item_get_facts (get_row (fixture, 2))->standing == UT_STANDING_BEHIND);
  g_assert_null (ut_compare_item_get_mark (get_row (fixture, 2)));
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) config = ut_ui_test_config_as_coded (UT_CELL_GRU, 1);
  UtRun *coded;

  g_test_summary ("Runs that do not compare stand under a heading of their own, without a rank.");
  add (fixture, UT_CELL_BAG, 1);
  coded = ut_ui_test_add_run (fixture->store, config);
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (count_rows (fixture) == 4 && ut_compare_item_get_mark (get_row (fixture, 1)) != NULL
              && ut_compare_item_get_mark (get_row (fixture, 3)) != NULL);
  g_assert_cmpint (ut_compare_item_get_kind (get_row (fixture, 0)), ==, UT_COMPARE_HEADING);
  g_assert_cmpint (ut_compare_item_get_kind (get_row (fixture, 2)), ==, UT_COMPARE_HEADING);
  g_assert_true (ut_compare_item_has_run (get_row (fixture, 3), coded));
  g_assert_cmpstr (ut_compare_item_get_mark (get_row (fixture, 1)), ==, "best");
  g_assert_cmpstr (ut_compare_item_get_mark (get_row (fixture, 3)), ==, "as coded");
  g_assert_false (ut_compare_item_get_facts (get_row (fixture, 3))->is_ranked);

  g_test_message ("A search takes the heading along with the last of its rows");
  gtk_editable_set_text (find (fixture, "search_entry"), "bag");
  ITER_UNTIL (count_rows (fixture) == 2);
  gtk_editable_set_text (find (fixture, "search_entry"), "xyzzy");
  ITER_UNTIL (gtk_stack_get_visible_child (find (fixture, "stack"))
              == find (fixture, "nothing_page"));
  g_assert_cmpstr (gtk_label_get_text (find (fixture, "nothing_label")), ==,
                   "Nothing matches xyzzy.");
  g_signal_emit_by_name (find (fixture, "search_entry"), "stop-search");
  ITER_UNTIL (count_rows (fixture) == 4);

  g_test_message ("A heading that is selected is nothing that is compared");
  gtk_selection_model_select_item (gtk_column_view_get_model (find (fixture, "view")), 0, TRUE);
  g_autoptr (GPtrArray) selected = ut_compare_table_dup_selected (fixture->table);

  g_assert_cmpuint (selected->len, ==, 0);
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  UtRun *first = add (fixture, UT_CELL_GRU, 1);
  UtRun *second = add (fixture, UT_CELL_GRU, 2);
  const UtCompareFacts *facts;
  double accuracies[2];
  UtMean mean;

  g_test_summary ("Runs that differ in their seed alone make one row: mean, deviation, number.");
  add (fixture, UT_CELL_RNN, 1);
  ut_ui_test_train_queue (fixture->store);
  gtk_switch_set_active (find (fixture, "setting_switch"), TRUE);
  ITER_UNTIL (count_rows (fixture) == 2 && get_best (fixture, 0) > 0);

  facts = ut_compare_item_get_facts (get_row (fixture, find_row (fixture, first)));
  accuracies[0] = ut_run_get_best (first)->val_accuracy;
  accuracies[1] = ut_run_get_best (second)->val_accuracy;
  mean = ut_mean (accuracies, 2);
  g_assert_cmpuint (facts->accuracy.n, ==, 2);
  g_assert_cmpfloat (facts->accuracy.mean, ==, mean.mean);
  g_assert_cmpfloat (facts->accuracy.deviation, ==, mean.deviation);
  g_assert_cmpuint (find_row (fixture, first), ==, find_row (fixture, second));

  g_autofree char *best = ut_compare_column_dup_text (UT_COLUMN_BEST,
                                                      get_row (fixture, find_row (fixture, first)),
                                                      NULL);
  g_autofree char *expected = g_strdup_printf ("%.3f ± %.3f", mean.mean, mean.deviation);
  g_autofree char *seeds = ut_compare_column_dup_text (UT_COLUMN_SEED,
                                                       get_row (fixture, find_row (fixture, first)),
                                                       NULL);

  g_assert_cmpstr (best, ==, expected);
  g_assert_cmpstr (seeds, ==, "1, 2");

  g_test_message ("Its tick is that of all its runs");
  ut_run_set_shown (first, FALSE);
  ut_compare_name_toggle (get_row (fixture, find_row (fixture, first)));
  g_assert_true (ut_run_get_shown (first));
  ut_compare_name_toggle (get_row (fixture, find_row (fixture, first)));
  g_assert_false (ut_run_get_shown (first));
  g_assert_false (ut_run_get_shown (second));

  g_test_message ("The switch is remembered");
  close_table (fixture);
  open_table (fixture);
  ITER_UNTIL (count_rows (fixture) == 2);
}

static void
test_baseline (Fixture       *fixture,
               gconstpointer  data)
{
  UtRun *baseline = add (fixture, UT_CELL_BAG, 1);
  UtRun *other = add (fixture, UT_CELL_MAJORITY, 1);
  GtkWidget *button = find (fixture, "baseline_button");
  double difference;

  g_test_summary ("Rows say by how much they differ from the one that they are compared with.");
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (count_rows (fixture) == 2 && ut_compare_item_get_mark (get_row (fixture, 0)) != NULL);
  g_assert_false (gtk_widget_get_visible (button));
  act (fixture, "compare.baseline", ut_run_get_id (baseline));
  g_assert_true (gtk_widget_get_visible (button));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Against Bag of words 1");

  difference = ut_run_get_best (other)->val_accuracy - ut_run_get_best (baseline)->val_accuracy;
  g_assert_cmpfloat (difference, <, 0);

  g_autofree char *text = g_strdup_printf ("Best: %.3f (−%.3f)",
                                           ut_run_get_best (other)->val_accuracy, -difference);
  g_autofree char *same = g_strdup_printf ("Best: %.3f (=)",
                                           ut_run_get_best (baseline)->val_accuracy);

  ITER_UNTIL (find_named (find (fixture, "view"), text) != NULL
              && find_named (find (fixture, "view"), same) != NULL);

  g_test_message ("It goes with its run");
  g_assert_true (ut_run_store_remove (fixture->store, baseline));
  ITER_UNTIL (!gtk_widget_get_visible (button));
  act (fixture, "compare.baseline", ut_run_get_id (other));
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_visible (button));
}

static gboolean
is_shown (Fixture    *fixture,
          const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (find (fixture, "view"));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_title (column), title))
        return gtk_column_view_column_get_visible (column);
    }
  g_assert_not_reached ();
}

static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  GListModel *columns = gtk_column_view_get_columns (find (fixture, "view"));
  g_autoptr (GtkColumnViewColumn) moved = NULL;
  g_autoptr (GtkColumnViewColumn) first = NULL;

  g_test_summary ("Which columns there are, and in which order, is remembered.");
  g_assert_false (is_shown (fixture, "Tags"));
  g_assert_true (is_shown (fixture, "Weights"));
  g_assert_false (is_shown (fixture, "n"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "compare.column-tags", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "compare.column-weights", NULL);
  g_assert_true (is_shown (fixture, "Tags"));
  g_assert_false (is_shown (fixture, "Weights"));

  /* As a drag of its head does. */
  moved = g_list_model_get_item (columns, 3);
  gtk_column_view_insert_column (find (fixture, "view"), 0, moved);
  close_table (fixture);
  open_table (fixture);
  g_assert_true (is_shown (fixture, "Tags"));
  g_assert_false (is_shown (fixture, "Weights"));
  first = g_list_model_get_item (gtk_column_view_get_columns (find (fixture, "view")), 0);
  g_assert_cmpstr (gtk_column_view_column_get_title (first), ==, "Best");

  g_test_message ("With little room there are name, best and time");
  add (fixture, UT_CELL_GRU, 1);
  ITER_UNTIL (find_named (find (fixture, "view"), "Seed: 1") != NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 500);
  ITER_UNTIL (!is_shown (fixture, "Tags"));
  g_assert_true (is_shown (fixture, "Name"));
  g_assert_true (is_shown (fixture, "Best"));
  g_assert_true (is_shown (fixture, "Time"));
  g_assert_false (is_shown (fixture, "Data"));
  /* They take the room of those that went, of which GTK 4.8 would keep the widths. */
  ITER_UNTIL (gtk_widget_get_width (gtk_widget_get_first_child (find (fixture, "view")))
              == gtk_widget_get_width (find (fixture, "view")));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 500);
  ITER_UNTIL (is_shown (fixture, "Tags"));
}

static void
test_columns_damaged (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *const ids[] = { "time", "nonsense", "-name", "time", "", "-", NULL };

  g_test_summary ("Whatever the settings say, each column is there once, and names are shown.");
  close_table (fixture);
  g_settings_set_strv (ut_session_get_settings (fixture->session), "compare-columns", ids);
  g_settings_set_string (ut_session_get_settings (fixture->session), "compare-sort", "nonsense");
  open_table (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (find (fixture, "view"))),
                    ==, UT_N_COMPARE_COLUMNS);
  g_assert_true (is_shown (fixture, "Name"));
  g_assert_true (is_shown (fixture, "Time"));
  g_assert_false (is_shown (fixture, "Best"));
}

static void
test_current (Fixture       *fixture,
              gconstpointer  data)
{
  UtRun *runs[] = { add (fixture, UT_CELL_GRU, 1), add (fixture, UT_CELL_GRU, 2),
                    add (fixture, UT_CELL_GRU, 3) };
  GtkSelectionModel *selection;

  g_test_summary ("The current run is selected; further rows leave it the current one.");
  ITER_UNTIL (count_rows (fixture) == G_N_ELEMENTS (runs));
  selection = gtk_column_view_get_model (find (fixture, "view"));
  ut_session_set_current (fixture->session, runs[1]);
  ITER_UNTIL (is_selected (fixture, runs[1]));
  g_assert_false (is_selected (fixture, runs[0]));

  gtk_selection_model_select_item (selection, find_row (fixture, runs[0]), FALSE);
  g_assert_true (ut_session_get_current (fixture->session) == runs[1]);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true (is_selected (fixture, runs[0]) && is_selected (fixture, runs[1]));

  g_test_message ("Another run outside of the selection becomes the only one");
  ut_session_set_current (fixture->session, runs[2]);
  ITER_UNTIL (is_selected (fixture, runs[2]));
  g_assert_false (is_selected (fixture, runs[0]) || is_selected (fixture, runs[1]));

  g_test_message ("A single row that is selected is the current run");
  gtk_selection_model_select_item (selection, find_row (fixture, runs[0]), TRUE);
  g_assert_true (ut_session_get_current (fixture->session) == runs[0]);

  g_test_message ("Sorting keeps what is selected, deleting takes the neighbour");
  act (fixture, "compare.sort", "seed");
  g_assert_true (is_selected (fixture, runs[0]));
  g_assert_true (ut_run_store_remove (fixture->store, runs[0]));
  ITER_UNTIL (count_rows (fixture) == 2 && is_selected (fixture, ut_session_get_current
                                                                   (fixture->session)));
  g_assert_true (ut_session_get_current (fixture->session) != runs[0]);
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_training (Fixture       *fixture,
               gconstpointer  data)
{
  UtCompareItem *item;
  UtRun *run;
  guint n_changes = 0;

  g_test_summary ("A run that trains changes its row, not the list of rows.");
  add (fixture, UT_CELL_GRU, 1);
  run = add (fixture, UT_CELL_GRU, 2);
  ITER_UNTIL (count_rows (fixture) == 2);
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (ut_compare_item_get_facts (get_row (fixture, find_row (fixture, run)))->is_ranked);

  /* On rows that are known: before, they were in another group. */
  run = add (fixture, UT_CELL_GRU, 3);
  ut_run_store_set_queue_paused (fixture->store, FALSE);
  ITER_UNTIL (ut_run_get_development (run) != NULL && find_row (fixture, run) < 3
              && count_rows (fixture) == 3);
  item = get_row (fixture, find_row (fixture, run));
  g_signal_connect_swapped (ut_compare_model_get_items (ut_compare_table_get_model (fixture->table)),
                            "items-changed", G_CALLBACK (count_cb), &n_changes);
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (ut_compare_item_get_facts (item)->is_ranked
              && ut_compare_item_get_facts (item)->last_epoch >= 0);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_true (get_row (fixture, find_row (fixture, run)) == item);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  UtRun *run = add (fixture, UT_CELL_BAG, 1);
  GtkWidget *view = find (fixture, "view");
  g_autofree char *row = NULL;
  g_autofree char *cell = NULL;
  GtkWidget *named;

  g_test_summary ("Rows and cells have names for screen readers.");
  ut_ui_test_train_queue (fixture->store);
  row = g_strdup_printf ("Bag of words 1, %.3f at epoch %u, best",
                         ut_run_get_best (run)->val_accuracy, ut_run_get_best (run)->epoch);
  cell = g_strdup_printf ("Best: %.3f", ut_run_get_best (run)->val_accuracy);
  ITER_UNTIL (find_named (view, row) != NULL && find_named (view, cell) != NULL);
  g_assert_nonnull (find_named (view, "Cell: Bag of words"));
  named = find_named (view, "Show Bag of words 1");
  g_assert_true (GTK_IS_CHECK_BUTTON (named));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (named)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (named), FALSE);
  g_assert_false (ut_run_get_shown (run));

  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Table of runs");
  gtk_test_accessible_assert_property (find (fixture, "setting_switch"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "One row per setting");
  gtk_test_accessible_assert_property (find (fixture, "menu_button"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Menu of the table");
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_test_summary ("What is copied is what is shown, in its order.");
  add (fixture, UT_CELL_BAG, 1);
  add (fixture, UT_CELL_MAJORITY, 1);
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (count_rows (fixture) == 2 && ut_compare_item_get_mark (get_row (fixture, 0)) != NULL);
  act (fixture, "compare.sort", "name");
  gtk_widget_activate_action (GTK_WIDGET (fixture->table), "compare.descending", NULL);
  text = ut_compare_table_dup_text (fixture->table, UT_TABLE_TSV);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "Name\tMark\tData\tCell\tBest\t"));
  g_assert_true (g_str_has_prefix (lines[1], get_title (fixture, 0)));
  g_assert_true (g_str_has_prefix (lines[2], "Bag of words 1\tbest\tSample reviews (synthetic)\t"));
  g_assert_null (strstr (lines[0], "Course"));
}

static void
test_sparkline (void)
{
  UtSparkline *line = g_object_ref_sink (UT_SPARKLINE (ut_sparkline_new ()));
  const double values[] = { 0.5, NAN, 0.9, 0.7 };
  g_autofree double *many = g_new (double, 5000);
  const float *points;
  gsize n_points;

  g_test_summary ("A line spans its values, leaves out what is none, and is never long.");
  ut_sparkline_set_values (line, values, G_N_ELEMENTS (values), 2);
  points = ut_sparkline_get_points (line, &n_points);
  g_assert_cmpuint (n_points, ==, 3);
  g_assert_cmpfloat_with_epsilon (points[0], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[1], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[2], 2.0 / 3, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[3], 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[5], 0.5, 1e-6);

  g_test_message ("What hardly moves is drawn so");
  ut_sparkline_set_values (line, (const double[]) { 0.80, 0.81 }, 2, 1);
  points = ut_sparkline_get_points (line, &n_points);
  g_assert_cmpfloat_with_epsilon (points[3] - points[1], 0.2, 1e-5);

  for (guint i = 0; i < 5000; i++)
    many[i] = i % 7;
  ut_sparkline_set_values (line, many, 5000, 5000);
  ut_sparkline_get_points (line, &n_points);
  g_assert_cmpuint (n_points, <, 200);
  ut_sparkline_set_values (line, NULL, 0, 0);
  ut_sparkline_get_points (line, &n_points);
  g_assert_cmpuint (n_points, ==, 0);
  g_assert_finalize_object (line);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/compare-table/sort", test_sort);
  ADD ("/compare-table/near", test_near);
  ADD ("/compare-table/groups", test_groups);
  ADD ("/compare-table/settings", test_settings);
  ADD ("/compare-table/baseline", test_baseline);
  ADD ("/compare-table/columns", test_columns);
  ADD ("/compare-table/columns-damaged", test_columns_damaged);
  ADD ("/compare-table/current", test_current);
  ADD ("/compare-table/training", test_training);
  ADD ("/compare-table/names", test_names);
  ADD ("/compare-table/copy", test_copy);
  g_test_add_func ("/compare-table/sparkline", test_sparkline);

  return g_test_run ();
}
