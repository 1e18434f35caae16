/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <string.h>
#include <ut-answer-table.h>
#include <ut-confusion-grid.h>
#include <ut-distance-pane.h>
#include <ut-plot-all.h>
#include <ut-rows-pane.h>
#include <ut-text-table.h>

/* Of the bundled sample. */
#define N_ROWS 800

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  GtkWidget *pane;
  UtAnswerTable *rows; /* of a pane of rows */
  GString *asked;
} Fixture;

static void
asked_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       asked)
{
  g_string_assign (asked, g_variant_get_string (parameter, NULL));
}

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->pane, G_OBJECT_TYPE (fixture->pane), id);
}

static gpointer
find_in_rows (Fixture    *fixture,
              const char *id)
{
  return ut_ui_test_find (fixture->rows, UT_TYPE_ANSWER_TABLE, id);
}

static UtRun *
train (Fixture    *fixture,
       UtCellKind  cell,
       const char *data,
       guint       n_epochs)
{
  g_autoptr (UtConfig) base = ut_ui_test_config (cell, n_epochs);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtConfig) config = NULL;
  UtRun *run;

  ut_config_builder_set_data (builder, data);
  ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 1e-2);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  run = ut_run_store_add (fixture->store, config, NULL, &error);
  g_assert_no_error (error);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);

  return run;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const GActionEntry entries[] = { { "ask", asked_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *(*new_pane) (UtSession *session) = data;

  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  fixture->asked = g_string_new (NULL);
  fixture->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   fixture->asked);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  fixture->pane = g_object_ref_sink (new_pane (fixture->session));
  if (UT_IS_ROWS_PANE (fixture->pane))
    fixture->rows = find (fixture, "rows");
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
  g_string_free (fixture->asked, TRUE);
}

static const char *
get_title (Fixture *fixture)
{
  return gtk_label_get_text (find_in_rows (fixture, "title_label"));
}

static gsize
count_rows (Fixture *fixture)
{
  gsize n_rows;

  ut_answer_table_get_rows (fixture->rows, &n_rows);

  return n_rows;
}

/* Waits until the list of @title is there, and gives how many rows it has. */
static gsize
wait_for_list (Fixture    *fixture,
               const char *title)
{
  ITER_UNTIL (g_str_equal (get_title (fixture), title)
              && *gtk_label_get_text (find_in_rows (fixture, "count_label")) != '\0');

  return count_rows (fixture);
}

static void
test_confusion (Fixture       *fixture,
                gconstpointer  data)
{
  GtkStack *stack = find (fixture, "stack");
  UtRun *first, *second;
  gsize n = 0;

  g_test_summary ("The cells of the matrix hold all rows, and open them");
  g_assert_true (gtk_stack_get_visible_child (stack) == find (fixture, "empty_page"));
  first = train (fixture, UT_CELL_GRU, "sample-reviews", 2);
  ut_session_set_current (fixture->session, first);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find (fixture, "main_page"));
  ITER_UNTIL (count_rows (fixture) > 0);
  g_assert_cmpstr (gtk_label_get_text (find (fixture, "caption")), ==,
                   "GRU 1 on 800 development rows");
  g_assert_false (gtk_widget_get_visible (find (fixture, "other_box")));

  const char *titles[2][2] = {
    { "GRU 1: negative rows answered positive", "GRU 1: negative rows answered negative" },
    { "GRU 1: positive rows answered negative", "GRU 1: positive rows answered positive" },
  };

  for (guint label = 0; label < 2; label++)
    for (guint right = 0; right < 2; right++)
      {
        g_signal_emit_by_name (find (fixture, "first_grid"), "cell-activated", label, right == 1);
        n += wait_for_list (fixture, titles[label][right]);
      }
  g_assert_cmpuint (n, ==, N_ROWS);
  gtk_test_accessible_assert_property (find (fixture, "first_grid"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Confusion matrix of GRU 1");

  g_test_message ("A second run stands beside it, and in the next column");
  second = train (fixture, UT_CELL_RNN, "sample-reviews", 1);
  ut_session_set_current (fixture->session, first);
  ITER_UNTIL (gtk_widget_get_visible (find (fixture, "other_box")));
  ITER_UNTIL (g_str_equal (gtk_label_get_text (find (fixture, "caption")),
                           "GRU 1 and 1 other on 800 development rows"));
  g_test_message ("The list that was opened stays open");
  ITER_UNTIL (gtk_widget_get_visible (find (fixture, "second_grid"))
              && g_str_equal (get_title (fixture), titles[1][1]));
  g_signal_emit_by_name (find (fixture, "second_grid"), "cell-activated", 1, TRUE);
  ITER_UNTIL (g_str_has_suffix (get_title (fixture), "positive rows answered positive"));
  g_assert_true (g_str_has_prefix (get_title (fixture), ut_run_get_name (second)));
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  GtkDropDown *mode = find (fixture, "mode_drop_down");
  UtRun *first = train (fixture, UT_CELL_GRU, "sample-reviews", 2);
  UtRun *second = train (fixture, UT_CELL_RNN, "sample-reviews", 1);
  g_autofree char *title = g_strdup_printf ("%s right, %s wrong", ut_run_get_name (first),
                                            ut_run_get_name (second));
  GtkWidget *button;

  g_test_summary ("Disagreements, the hardest rows and slices list their rows; a row is asked about");
  ut_session_set_current (fixture->session, first);
  ITER_UNTIL (g_str_equal (gtk_label_get_text (find (fixture, "caption")),
                           "GRU 1 and 1 other on 800 development rows"));
  gtk_drop_down_set_selected (mode, 1);
  wait_for_list (fixture, title);
  button = gtk_widget_get_first_child (find (fixture, "lists_box"));
  g_autofree char *text = g_strdup_printf ("%s (%zu)", title, count_rows (fixture));

  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, text);
  button = gtk_widget_get_next_sibling (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (g_str_has_prefix (get_title (fixture), ut_run_get_name (second)));

  g_test_message ("the hardest first");
  gtk_drop_down_set_selected (mode, 2);
  ITER_UNTIL (count_rows (fixture) == N_ROWS);
  g_assert_false (gtk_widget_get_visible (find (fixture, "overview_side")));
  g_assert_cmpuint (gtk_drop_down_get_selected (find_in_rows (fixture, "order_drop_down")), ==, 1);
  g_signal_emit_by_name (find_in_rows (fixture, "view"), "activate", 0);
  g_assert_cmpuint (fixture->asked->len, >, 0);

  gtk_editable_set_text (find_in_rows (fixture, "search_entry"), "xyzzy");
  ITER_UNTIL (gtk_stack_get_visible_child (find_in_rows (fixture, "stack"))
              == find_in_rows (fixture, "nothing_page"));
  g_assert_cmpstr (gtk_label_get_text (find_in_rows (fixture, "nothing_label")), ==,
                   "Nothing matches xyzzy.");
  gtk_editable_set_text (find_in_rows (fixture, "search_entry"), "");

  UtTextTable *table = find (fixture, "slices_table");

  gtk_drop_down_set_selected (mode, 3);
  ITER_UNTIL (ut_text_table_get_n_rows (table) == 8);
  g_assert_cmpstr (ut_text_table_get_text (table, 1, 0), ==, "6 to 10 words");
  g_signal_emit_by_name (table, "row-activated", 1);
  gsize n_rows = wait_for_list (fixture, "6 to 10 words");
  g_autofree char *count = g_strdup_printf ("%zu", n_rows);

  g_assert_cmpstr (ut_text_table_get_text (table, 1, 1), ==, count);
}

static void
test_expression (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkEditable *entry = find (fixture, "expression_entry");
  GtkWidget *problem = find (fixture, "problem_label");
  UtTextTable *table = find (fixture, "slices_table");

  g_test_summary ("An expression that is none is told in place, and what was found stays");
  train (fixture, UT_CELL_GRU, "sample-reviews", 1);
  ITER_UNTIL (count_rows (fixture) > 0);
  gtk_drop_down_set_selected (find (fixture, "mode_drop_down"), 6);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (entry)));
  gtk_editable_set_text (entry, "\\bbut\\b");
  ITER_UNTIL (strstr (get_title (fixture), "match") != NULL);
  g_assert_cmpuint (ut_text_table_get_n_rows (table), ==, 2);
  gtk_editable_set_text (entry, "(");
  ITER_UNTIL (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_cmpuint (ut_text_table_get_n_rows (table), ==, 2);
  gtk_editable_set_text (entry, "a");
  ITER_UNTIL (!gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_false (gtk_widget_get_visible (problem));
}

static void
test_other_rows (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkLabel *problem = find (fixture, "problem_label");

  g_test_summary ("Runs on other rows are left out, and that is said");
  train (fixture, UT_CELL_GRU, "memory-test", 1);
  UtRun *run = train (fixture, UT_CELL_GRU, "sample-reviews", 1);

  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (g_str_has_prefix (gtk_label_get_text (problem), "1 shown run is left out"));
  g_assert_false (gtk_widget_get_visible (find (fixture, "other_box")));
}

static void
test_distance (Fixture       *fixture,
               gconstpointer  data)
{
  GtkDropDown *kind = find (fixture, "kind_drop_down");
  GtkStack *views = find (fixture, "views");
  UtTextTable *table = find (fixture, "table");
  UtBinPlot *plot = find (fixture, "plot");
  UtRun *run = train (fixture, UT_CELL_GRU, "sample-reviews", 1);
  UtRun *other;

  g_test_summary ("Accuracy by length is of any rows, that by distance of the memory test's");
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (ut_text_table_get_n_rows (table) == 8);
  g_assert_true (gtk_stack_get_visible_child (views)
                 == gtk_widget_get_parent (GTK_WIDGET (plot)));
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "accuracy against words of the sentence");
  gtk_toggle_button_set_active (find (fixture, "table_button"), TRUE);
  g_assert_true (gtk_stack_get_visible_child (views) == GTK_WIDGET (table));

  gtk_drop_down_set_selected (kind, 1);
  ITER_UNTIL (gtk_stack_get_visible_child (views) == find (fixture, "refused_page"));
  g_assert_nonnull (strstr (adw_status_page_get_description (find (fixture, "refused_page")),
                            "overall"));

  g_test_message ("The button trains the same settings on it");
  g_signal_emit_by_name (find (fixture, "train_button"), "clicked");
  other = ut_session_get_current (fixture->session);
  g_assert_true (other != run);
  g_assert_cmpstr (ut_config_get_data (ut_run_get_config (other)), ==, "memory-test");
  g_assert_cmpint (ut_config_get_cell (ut_run_get_config (other)), ==, UT_CELL_GRU);
  ITER_UNTIL (ut_run_get_state (other) == UT_RUN_FINISHED);
  ITER_UNTIL (gtk_stack_get_visible_child (views) == GTK_WIDGET (table));
  g_assert_cmpstr (ut_text_table_get_text (table, 0, 0), ==, "0 to 2 words after it");
}

#define ADD(path, new_pane, function) \
  g_test_add (path, Fixture, new_pane, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/rows-pane/confusion", ut_rows_pane_new, test_confusion);
  ADD ("/rows-pane/lists", ut_rows_pane_new, test_lists);
  ADD ("/rows-pane/expression", ut_rows_pane_new, test_expression);
  ADD ("/rows-pane/other-rows", ut_rows_pane_new, test_other_rows);
  ADD ("/distance-pane/kinds", ut_distance_pane_new, test_distance);

  return g_test_run ();
}
