/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <string.h>
#include <ut-compare-page.h>
#include <ut-compare-verdict.h>
#include <ut-test-line.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->page, UT_TYPE_COMPARE_PAGE, id);
}

static UtRun *
add_cell (Fixture    *fixture,
          UtCellKind  cell,
          guint       seed)
{
  g_autoptr (UtConfig) config = ut_ui_test_config_of_seed (cell, seed);

  return ut_ui_test_add_run (fixture->store, config);
}

static UtRun *
add (Fixture *fixture)
{
  return add_cell (fixture, UT_CELL_GRU, 1);
}

static gpointer
find_in_table (Fixture    *fixture,
               const char *id)
{
  return ut_ui_test_find (find (fixture, "table"), UT_TYPE_COMPARE_TABLE, id);
}

static gpointer
find_in_verdict (Fixture    *fixture,
                 const char *id)
{
  return ut_ui_test_find (find (fixture, "verdict"), UT_TYPE_COMPARE_VERDICT, id);
}

static const char *
get_sentence (Fixture *fixture)
{
  return gtk_label_get_text (find_in_verdict (fixture, "sentence_label"));
}

static gboolean
says (Fixture    *fixture,
      const char *part)
{
  return strstr (get_sentence (fixture), part) != NULL;
}

static guint
find_row (Fixture *fixture,
          UtRun   *run)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (find_in_table (fixture, "view")));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (UtCompareItem) item = g_list_model_get_item (rows, i);

      if (ut_compare_item_has_run (item, run))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* Whether the table has noticed that @run was checked. */
static gboolean
is_ranked (Fixture *fixture,
           UtRun   *run)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (find_in_table (fixture, "view")));
  g_autoptr (UtCompareItem) item = g_list_model_get_item (rows, find_row (fixture, run));

  return item != NULL
         && ut_compare_item_get_facts (item)->is_ranked == (ut_run_get_best (run) != NULL);
}

static void
select_two (Fixture *fixture,
            UtRun   *first,
            UtRun   *second)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (find_in_table (fixture, "view"));

  ITER_UNTIL (is_ranked (fixture, first) && is_ranked (fixture, second));
  gtk_selection_model_select_item (selection, find_row (fixture, first), TRUE);
  gtk_selection_model_select_item (selection, find_row (fixture, second), FALSE);
}

/* Another page for the same session. */
static void
open_page (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  fixture->page = g_object_ref_sink (ut_compare_page_new (fixture->session));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1020, 760);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (fixture->page) && gtk_widget_get_width (fixture->page) > 0);
}

static void
close_page (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->page);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  /* Nothing trains unless a test wants it to. */
  ut_run_store_set_queue_paused (fixture->store, TRUE);
  open_page (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_run_store_stop_all (fixture->store);
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  close_page (fixture);
  g_clear_object (&fixture->session);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  GtkStack *pages = find (fixture, "pages");
  GtkWidget *empty = find (fixture, "empty_page");
  UtRun *run;

  g_test_summary ("One run cannot be compared; what to do about it is said.");
  g_assert_true (gtk_stack_get_visible_child (pages) == empty);
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (empty)), ==,
                   "Train a second run, or tick two, to compare.");

  run = add (fixture);
  g_assert_true (gtk_stack_get_visible_child (pages) == empty);
  add (fixture);
  g_assert_true (gtk_stack_get_visible_child (pages) == find (fixture, "paned"));
  g_assert_true (ut_run_store_remove (fixture->store, run));
  g_assert_true (gtk_stack_get_visible_child (pages) == empty);
}

static void
add_panes (Fixture *fixture)
{
  UtComparePage *page = UT_COMPARE_PAGE (fixture->page);

  ut_compare_page_add_pane (page, "first", "First", gtk_label_new ("1"));
  ut_compare_page_add_pane (page, "second", "Second", gtk_label_new ("2"));
}

static void
test_remembers (Fixture       *fixture,
                gconstpointer  data)
{
  GtkStack *panes;

  g_test_summary ("Which pane is in view, and how high the table is, outlive the window.");
  add (fixture);
  add (fixture);
  add_panes (fixture);
  panes = find (fixture, "panes");
  ITER_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (panes)));
  g_assert_true (gtk_widget_get_visible (find (fixture, "lower")));

  gtk_stack_set_visible_child_name (panes, "second");
  gtk_paned_set_position (find (fixture, "paned"), 400);
  close_page (fixture);
  open_page (fixture);
  add_panes (fixture);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (find (fixture, "panes")), ==, "second");
  g_assert_cmpint (gtk_paned_get_position (find (fixture, "paned")), ==, 400);
}

static void
test_two_runs (Fixture       *fixture,
               gconstpointer  data)
{
  UtRun *bag = add_cell (fixture, UT_CELL_BAG, 1);
  UtRun *same = add_cell (fixture, UT_CELL_BAG, 1);
  UtRun *majority = add_cell (fixture, UT_CELL_MAJORITY, 1);
  UtRun *waiting;

  g_test_summary ("Two rows are spoken of by what their models answered on the same rows.");
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (says (fixture, "Select two rows"));
  select_two (fixture, bag, majority);
  ITER_UNTIL (says (fixture, "p < 0.001"));
  g_assert_true (says (fixture, "Bag of words 1") && says (fixture, "rows where "));
  g_assert_true (gtk_label_get_selectable (find_in_verdict (fixture, "sentence_label")));
  gtk_test_accessible_assert_role (find_in_verdict (fixture, "sentence_label"),
                                   GTK_ACCESSIBLE_ROLE_STATUS);

  select_two (fixture, bag, same);
  ITER_UNTIL (!says (fixture, "p < 0.001") && !says (fixture, "Reading"));
  g_assert_true (says (fixture, "Bag of words 2"));

  g_test_message ("One that has no answers is told of in place");
  waiting = add (fixture);
  select_two (fixture, bag, waiting);
  g_assert_false (says (fixture, "p = "));
  g_assert_cmpstr (get_sentence (fixture), !=, "");

  g_test_message ("One row alone is no pair");
  gtk_selection_model_select_item (gtk_column_view_get_model (find_in_table (fixture, "view")),
                                   find_row (fixture, bag), TRUE);
  g_assert_true (says (fixture, "Select two rows"));
}

static gboolean
has_settings (Fixture *fixture)
{
  GListModel *rows = G_LIST_MODEL (gtk_column_view_get_model (find_in_table (fixture, "view")));
  g_autoptr (UtCompareItem) item = g_list_model_get_item (rows, 0);

  return item != NULL && ut_compare_item_get_kind (item) == UT_COMPARE_SETTING;
}

static void
test_two_settings (Fixture       *fixture,
                   gconstpointer  data)
{
  UtRun *bag = add_cell (fixture, UT_CELL_BAG, 1);
  UtRun *gru = add_cell (fixture, UT_CELL_GRU, 1);

  g_test_summary ("Two settings are spoken of by their seeds, of which there must be some.");
  ut_ui_test_train_queue (fixture->store);
  gtk_switch_set_active (find_in_table (fixture, "setting_switch"), TRUE);
  ITER_UNTIL (has_settings (fixture));
  select_two (fixture, bag, gru);
  ITER_UNTIL (says (fixture, "1 seed"));

  add_cell (fixture, UT_CELL_BAG, 2);
  add_cell (fixture, UT_CELL_GRU, 2);
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (says (fixture, "over 2 seeds each"));
  g_assert_true (says (fixture, "t test"));

  g_test_message ("Of two runs of such settings there is both to say");
  gtk_switch_set_active (find_in_table (fixture, "setting_switch"), FALSE);
  select_two (fixture, bag, gru);
  ITER_UNTIL (says (fixture, "over 2 seeds each") && says (fixture, "these two models"));
}

static void
test_selection_changes (Fixture       *fixture,
                        gconstpointer  data)
{
  UtRun *bag = add_cell (fixture, UT_CELL_BAG, 1);
  UtRun *majority = add_cell (fixture, UT_CELL_MAJORITY, 1);

  g_test_summary ("What is read for a pair is given up with it, and with the page.");
  ut_ui_test_train_queue (fixture->store);
  for (guint i = 0; i < 3; i++)
    {
      close_page (fixture);
      open_page (fixture);
      select_two (fixture, bag, majority);
    }
  gtk_selection_model_unselect_all (gtk_column_view_get_model (find_in_table (fixture, "view")));
  g_assert_true (says (fixture, "Select two rows"));
  select_two (fixture, majority, bag);
  ITER_UNTIL (says (fixture, "p < 0.001"));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ut_data_list_load_finish (UT_DATA_LIST (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* Adds a data set that has test rows. */
static UtDataEntry *
add_own_data (Fixture *fixture)
{
  const UtDataAbout about = { .unit = UT_DATA_UNIT_SENTENCE, .source = (char *) "own.csv" };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataFolder) folder = ut_data_folder_new (NULL, &error);
  g_autoptr (GFile) made = NULL;
  gboolean loaded = FALSE;

  g_assert_no_error (error);
  for (UtDataPart part = 0; part < UT_N_DATA_PARTS; part++)
    {
      g_autoptr (GFile) file = ut_data_folder_dup_part (folder, part);
      g_autoptr (GString) text = g_string_new ("sentence\tlabel\n");

      for (guint i = 0; i < 20; i++)
        g_string_append_printf (text, "a %s film %u\t%u\n", i % 2 == 0 ? "good" : "bad",
                                (guint) part, i % 2 == 0);
      g_assert_true (g_file_set_contents (g_file_peek_path (file), text->str, -1, NULL));
    }
  made = ut_data_folder_commit (folder, "Tested", &about, &error);
  g_assert_no_error (error);
  ut_data_list_load_async (ut_session_get_data (fixture->session), NULL, loaded_cb, &loaded);
  ITER_UNTIL (loaded);

  return ut_data_list_find_folder (ut_session_get_data (fixture->session), made);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *warning = find_in_verdict (fixture, "warning_box");
  GtkWidget *line = find_in_verdict (fixture, "test_line");
  UtDataEntry *entry = add_own_data (fixture);
  UtRun *best = NULL;

  g_test_summary ("Above ten runs the best is said to look better than it is, and can be tested.");
  for (guint i = 0; i < UT_COMPARISON_MANY + 1; i++)
    {
      g_autoptr (UtConfig) base = ut_ui_test_config (UT_CELL_BAG, 2);
      UtConfigBuilder *builder = ut_config_builder_new (base);
      g_autoptr (UtConfig) config = NULL;

      ut_data_entry_apply (entry, builder);
      config = ut_config_builder_end (builder, NULL);
      ut_ui_test_add_run (fixture->store, config);
      if (i == UT_COMPARISON_MANY)
        g_assert_false (gtk_widget_get_visible (warning));
    }
  ut_ui_test_train_queue (fixture->store);
  ITER_UNTIL (gtk_widget_get_visible (warning));
  g_assert_nonnull (strstr (gtk_label_get_text (find_in_verdict (fixture, "warning_label")),
                            "The best of 11"));

  g_test_message ("The button tests the best one, and the result stays in the run");
  ITER_UNTIL (gtk_widget_get_visible (line));
  g_signal_emit_by_name (ut_ui_test_find (line, UT_TYPE_TEST_LINE, "button"), "clicked");
  ITER_UNTIL (!gtk_widget_get_visible (ut_ui_test_find (line, UT_TYPE_TEST_LINE, "button")));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->store)); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (fixture->store), i);

      if (ut_run_get_test (run, NULL) != NULL)
        {
          g_assert_null (best);
          best = run;
        }
    }
  g_assert_nonnull (best);
  g_assert_true (g_str_has_prefix (
    gtk_label_get_text (ut_ui_test_find (line, UT_TYPE_TEST_LINE, "label")), ut_run_get_name (best)));
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/compare-page/empty", test_empty);
  ADD ("/compare-page/remembers", test_remembers);
  ADD ("/compare-page/two-runs", test_two_runs);
  ADD ("/compare-page/two-settings", test_two_settings);
  ADD ("/compare-page/selection-changes", test_selection_changes);
  ADD ("/compare-page/many", test_many);

  return g_test_run ();
}
