/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <string.h>
#include <ut-data-details.h>
#include <ut-data-page.h>
#include <ut-map-pane.h>
#include <ut-row-cell.h>
#include <ut-row-model.h>
#include <ut-row-table.h>
#include <ut-test-line.h>

typedef struct
{
  UtSession *session;
  GtkWidget *window;
  UtDataPage *page;
  UtDataDetails *details;
  UtRowTable *rows;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->details, UT_TYPE_DATA_DETAILS, id);
}

static gpointer
find_in_rows (Fixture    *fixture,
              const char *id)
{
  return ut_ui_test_find (fixture->rows, UT_TYPE_ROW_TABLE, id);
}

static const char *
get_count (Fixture *fixture)
{
  return gtk_label_get_text (find_in_rows (fixture, "count_label"));
}

static void
wait_for_count (Fixture    *fixture,
                const char *text)
{
  ITER_UNTIL (g_str_has_prefix (get_count (fixture), text));
}

/* The number of the row at the head of the table, from 0; G_MAXUINT32 where there is none. */
static guint32
get_first_row (Fixture *fixture)
{
  GtkColumnView *view = find_in_rows (fixture, "view");
  g_autoptr (UtRowItem) item =
    g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), 0);

  return item != NULL ? ut_row_item_get_row (item) : G_MAXUINT32;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->window = gtk_window_new ();
  fixture->page = g_object_ref_sink (UT_DATA_PAGE (ut_data_page_new (fixture->session)));
  fixture->details = ut_ui_test_find (fixture->page, UT_TYPE_DATA_PAGE, "details");
  fixture->rows = find (fixture, "rows");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1040, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_count (fixture, "6000 rows");
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
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  GtkGrid *grid = find (fixture, "grid");
  GtkWidget *n_train = gtk_grid_get_child_at (grid, 1, 1);
  GtkWidget *n_dev = gtk_grid_get_child_at (grid, 1, 2);

  g_assert_cmpstr (gtk_label_get_text (find (fixture, "title_label")), ==,
                   "Sample reviews (synthetic)");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (n_train)), ==, "6000");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (n_dev)), ==, "800");
  g_assert_null (gtk_grid_get_child_at (grid, 1, 3));
  g_assert_false (gtk_widget_get_visible (find (fixture, "trash_button")));
  g_assert_false (gtk_widget_get_visible (find (fixture, "coverage_label")));
  gtk_test_accessible_assert_property (find (fixture, "histogram"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Lengths of the rows");
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  GtkEditable *entry = find_in_rows (fixture, "search_entry");
  GtkToggleButton *regex = find_in_rows (fixture, "regex_button");
  GtkDropDown *label = find_in_rows (fixture, "label_drop_down");
  GtkStack *stack = find_in_rows (fixture, "stack");

  gtk_editable_set_text (entry, "SUPERBLY");
  ITER_UNTIL (strstr (get_count (fixture), " of 6000 rows") != NULL);

  g_test_message ("A pattern that is no expression is told, what was found stays");
  guint32 first = get_first_row (fixture);
  int position = 0;

  gtk_toggle_button_set_active (regex, TRUE);
  gtk_editable_insert_text (entry, "(", 1, &position);
  ITER_UNTIL (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_nonnull (strstr (get_count (fixture), "(SUPERBLY"));
  g_assert_cmpuint (get_first_row (fixture), ==, first);

  gtk_editable_set_text (entry, "^superbly$");
  ITER_UNTIL (!gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_cmpuint (get_first_row (fixture), ==, 8);

  gtk_drop_down_set_selected (label, 2);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find_in_rows (fixture, "nothing_page"));
  g_assert_cmpstr (gtk_label_get_text (find_in_rows (fixture, "nothing_label")), ==,
                   "Nothing matches ^superbly$.");
  g_signal_emit_by_name (entry, "stop-search");
  wait_for_count (fixture, "6000 rows");
}

static void
asked_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       asked)
{
  g_string_assign (asked, g_variant_get_string (parameter, NULL));
}

static void
test_ask (Fixture       *fixture,
          gconstpointer  data)
{
  const GActionEntry entries[] = { { "ask", asked_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GString) asked = g_string_new (NULL);

  g_test_summary ("A row that is activated is asked about");
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), asked);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  g_signal_emit_by_name (find_in_rows (fixture, "view"), "activate", 0);
  g_assert_cmpstr (asked->str, ==,
                   "these visuals are not second-rate , but the songs are quite awkward");
  gtk_widget_insert_action_group (fixture->window, "win", NULL);
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  GtkColumnView *view = find_in_rows (fixture, "view");
  GtkColumnViewColumn *length = find_in_rows (fixture, "length_column");
  GtkColumnViewColumn *number = find_in_rows (fixture, "number_column");

  g_test_summary ("Rows are sorted by the heads of the columns, up and down");

  gtk_column_view_sort_by_column (view, length, GTK_SORT_ASCENDING);
  ITER_UNTIL (get_first_row (fixture) == 8);
  gtk_column_view_sort_by_column (view, number, GTK_SORT_DESCENDING);
  ITER_UNTIL (get_first_row (fixture) == 5999);
  gtk_column_view_sort_by_column (view, number, GTK_SORT_ASCENDING);
  ITER_UNTIL (get_first_row (fixture) == 0);
  gtk_column_view_sort_by_column (view, length, GTK_SORT_DESCENDING);
  ITER_UNTIL (get_first_row (fixture) != 0);

  g_test_message ("The drop-down says the same as the heads, and does the same without a mouse");
  GtkDropDown *order = find_in_rows (fixture, "order_drop_down");

  g_assert_cmpuint (gtk_drop_down_get_selected (order), ==, 1);
  gtk_drop_down_set_selected (order, 2);
  ITER_UNTIL (get_first_row (fixture) == 8);
  gtk_drop_down_set_selected (order, 0);
  ITER_UNTIL (get_first_row (fixture) == 0);
}

/* The first cell on the way through @widget's children that shows @text. */
static GtkWidget *
find_cell (GtkWidget  *widget,
           const char *text)
{
  if (UT_IS_ROW_CELL (widget))
    return g_str_equal (ut_row_cell_get_text (UT_ROW_CELL (widget)), text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_cell (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static int
get_width_wanted (GtkWidget *cell)
{
  int width;

  gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static gboolean
has_label (GtkWidget  *widget,
           const char *label)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  return other == NULL;
}

static void
test_cells (Fixture       *fixture,
            gconstpointer  data)
{
  static const char sentence[] = "these visuals are not second-rate , but the songs are quite "
                                 "awkward";
  GtkWidget *view = find_in_rows (fixture, "view");
  GtkWidget *cell;
  g_autofree char *name = g_strdup_printf ("Row 1, negative: %s", sentence);

  g_test_summary ("Cells want the same size whatever they show, and get their names when there is "
                  "time");

  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL ((cell = find_cell (view, sentence)) != NULL);
  ITER_UNTIL (has_label (gtk_widget_get_parent (cell), sentence));

  GtkWidget *row = gtk_widget_get_parent (gtk_widget_get_parent (cell));

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  g_assert_cmpint (get_width_wanted (find_cell (view, "1")), ==,
                   get_width_wanted (find_cell (view, "200")));
  g_assert_cmpint (get_width_wanted (find_cell (view, "positive")), ==,
                   get_width_wanted (find_cell (view, "negative")));

  int width = get_width_wanted (cell);

  ut_row_cell_set_text (UT_ROW_CELL (cell), "short");
  g_assert_cmpint (get_width_wanted (cell), ==, width);
  ut_row_cell_set_text (UT_ROW_CELL (cell), sentence);

  g_test_message ("A column has room for cells that came while nobody could see it");
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), FALSE);
  ut_row_table_set_part (fixture->rows, UT_DATA_DEV);
  wait_for_count (fixture, "800 rows");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), TRUE);
  ITER_UNTIL ((cell = find_cell (view, "positive")) != NULL && gtk_widget_get_width (cell) > 0);
  /* GTK gives the cell's child what it wants even where the column has not got it. */
  g_assert_cmpint (gtk_widget_get_allocated_width (gtk_widget_get_parent (cell)), >=,
                   get_width_wanted (cell));
}

static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  static const guint32 subset[] = { 3, 7 };
  GtkColumnViewColumn *unknown = find_in_rows (fixture, "unknown_column");

  ut_row_table_set_subset (fixture->rows, subset, G_N_ELEMENTS (subset));
  wait_for_count (fixture, "2 rows");
  g_assert_cmpuint (get_first_row (fixture), ==, 3);
  ut_row_table_set_subset (fixture->rows, subset, 0);
  wait_for_count (fixture, "0 rows");

  g_assert_false (gtk_column_view_column_get_visible (unknown));
  ut_row_table_set_part (fixture->rows, UT_DATA_DEV);
  wait_for_count (fixture, "800 rows");
  g_assert_true (gtk_column_view_column_get_visible (unknown));
  ut_row_table_set_part (fixture->rows, UT_DATA_TEST);
  g_assert_cmpint (ut_row_table_get_part (fixture->rows), ==, UT_DATA_DEV);
}

static void
test_losses (Fixture       *fixture,
             gconstpointer  data)
{
  UtRunStore *store = ut_session_get_store (fixture->session);
  GtkColumnViewColumn *loss = find_in_rows (fixture, "loss_column");
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_RNN, 1);
  g_autoptr (GError) error = NULL;
  UtRun *run;

  g_test_summary ("The current run's model says which rows are the hardest");

  g_assert_false (gtk_column_view_column_get_visible (loss));
  run = ut_run_store_add (store, config, NULL, &error);
  g_assert_no_error (error);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_column_view_column_get_visible (loss));
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_FINISHED);
  ITER_UNTIL (strstr (get_count (fixture), ut_run_get_name (run)) != NULL);
  ut_row_table_sort_by_loss (fixture->rows);
  ITER_UNTIL (get_first_row (fixture) != 0);

  g_test_message ("Other rows have other losses");
  ut_row_table_set_part (fixture->rows, UT_DATA_DEV);
  g_assert_false (gtk_column_view_column_get_visible (loss));
  ITER_UNTIL (gtk_column_view_column_get_visible (loss));

  ut_session_set_current (fixture->session, NULL);
  g_assert_false (gtk_column_view_column_get_visible (loss));
}

static void
test_map (Fixture       *fixture,
          gconstpointer  data)
{
  UtRunStore *store = ut_session_get_store (fixture->session);
  GSettings *settings = ut_session_get_settings (fixture->session);
  GtkToggleButton *button = find (fixture, "map_button");
  UtMapPane *map = find (fixture, "map");
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_RNN, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) list = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  gsize n_selected;
  UtRun *run;

  g_test_summary ("The rows that a run believed least are listed, and left out of the next run");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  run = ut_run_store_add (store, config, NULL, &error);
  g_assert_no_error (error);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_widget_get_visible (GTK_WIDGET (button)));

  ut_row_table_set_part (fixture->rows, UT_DATA_DEV);
  gtk_toggle_button_set_active (button, TRUE);
  g_assert_cmpint (ut_row_table_get_part (fixture->rows), ==, UT_DATA_TRAIN);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (map)));
  wait_for_count (fixture, "6000 rows");
  g_signal_emit_by_name (ut_ui_test_find (map, UT_TYPE_MAP_PANE, "hardest_button"), "clicked");
  wait_for_count (fixture, "120 rows");
  ut_map_pane_get_selection (map, &n_selected);
  g_assert_cmpuint (n_selected, ==, 120);

  g_signal_emit_by_name (ut_ui_test_find (map, UT_TYPE_MAP_PANE, "exclude_button"), "clicked");
  ITER_UNTIL ((g_free (path), path = g_settings_get_string (settings, "exclude-path")) != NULL
              && *path != '\0');
  file = g_file_new_for_path (path);
  list = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ut_dataset_get_n_rows (list), ==, 120);

  g_signal_emit_by_name (ut_ui_test_find (map, UT_TYPE_MAP_PANE, "clear_button"), "clicked");
  wait_for_count (fixture, "6000 rows");
  ut_row_table_set_part (fixture->rows, UT_DATA_DEV);
  g_assert_false (gtk_toggle_button_get_active (button));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (map)));
  ut_session_set_current (fixture->session, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_settings_reset (settings, "exclude-path");
}

/* The pane says of a run that left rows out what became of them. */
static void
test_left_out (Fixture       *fixture,
               gconstpointer  data)
{
  UtMapPane *map = find (fixture, "map");
  GtkWidget *button = find (fixture, "map_button");
  GtkWidget *failure = ut_ui_test_find (map, UT_TYPE_MAP_PANE, "failure_label");
  GtkWidget *box = ut_ui_test_find (map, UT_TYPE_MAP_PANE, "map_box");
  GtkLabel *caption = ut_ui_test_find (map, UT_TYPE_MAP_PANE, "caption");
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "list.tsv", NULL);
  g_autoptr (UtConfig) base = ut_ui_test_config (UT_CELL_RNN, 1);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (UtCorpus) corpus = NULL;
  g_autoptr (UtConfig) config = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *unlisted = NULL;
  g_autofree char *text = NULL;
  static const guint32 rows[] = { 1, 4 };
  gsize n_unlisted, n_selected;
  UtDataset *train;
  UtRun *run;

  corpus = ut_corpus_read (base, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  train = ut_corpus_get_train (corpus);
  g_assert_true (ut_dataset_write (train, rows, G_N_ELEMENTS (rows), file, NULL, &error));
  ut_config_builder_set_exclude (builder, path);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  run = ut_run_store_add (ut_session_get_store (fixture->session), config, NULL, &error);
  g_assert_no_error (error);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_widget_get_visible (button));

  g_test_message ("They are counted, and are none of the hardest");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  {
    g_autoptr (UtDataset) list = ut_dataset_read (file, NULL, NULL, NULL, &error);

    unlisted = ut_dataset_find_unlisted (train, list, &n_unlisted);
  }
  text = g_strdup_printf ("%u rows were left out of this run.",
                          (guint) (ut_dataset_get_n_rows (train) - n_unlisted));
  g_assert_nonnull (strstr (gtk_label_get_text (caption), text));
  g_assert_true (gtk_widget_get_visible (box));
  g_assert_false (gtk_widget_get_visible (failure));
  g_signal_emit_by_name (ut_ui_test_find (map, UT_TYPE_MAP_PANE, "hardest_button"), "clicked");
  ut_map_pane_get_selection (map, &n_selected);
  g_assert_cmpuint (n_selected, ==, (n_unlisted + 49) / 50);

  g_test_message ("Without the list nobody knows which rows they were");
  g_assert_true (g_file_delete (file, NULL, &error));
  ut_session_set_current (fixture->session, NULL);
  g_assert_false (gtk_widget_get_visible (button));
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_widget_get_visible (button));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_true (gtk_widget_get_visible (failure));
  g_assert_false (gtk_widget_get_visible (box));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (failure)), "The file is gone"));
  wait_for_count (fixture, "6000 rows");
  ut_session_set_current (fixture->session, NULL);
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

/* Adds a data set whose training rows are @text. */
static UtDataEntry *
add_own (Fixture    *fixture,
         const char *title,
         const char *text)
{
  const UtDataAbout about = { .unit = UT_DATA_UNIT_REVIEW, .split_seed = 5, .n_left_out = 2,
                              .source = (char *) "own.csv" };
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataFolder) folder = ut_data_folder_new (NULL, &error);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) made = NULL;
  gboolean loaded = FALSE;

  g_assert_no_error (error);
  file = ut_data_folder_dup_part (folder, UT_DATA_TRAIN);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
  made = ut_data_folder_commit (folder, title, &about, &error);
  g_assert_no_error (error);
  ut_data_list_load_async (ut_session_get_data (fixture->session), NULL, loaded_cb, &loaded);
  ITER_UNTIL (loaded);

  return ut_data_list_find_folder (ut_session_get_data (fixture->session), made);
}

static void
test_own (Fixture       *fixture,
          gconstpointer  data)
{
  UtDataEntry *entry = add_own (fixture, "Own set", "sentence\tlabel\ngood\t1\nbad one\t0\n");
  g_autofree char *key = NULL;

  ut_data_page_select (fixture->page, entry);
  wait_for_count (fixture, "2 rows");
  g_assert_cmpstr (gtk_label_get_text (find (fixture, "title_label")), ==, "Own set");
  g_assert_cmpstr (gtk_label_get_text (find (fixture, "origin_label")), ==,
                   "Made of own.csv. A row is a review. Split by seed 5. 2 rows are left out.");
  g_assert_true (gtk_widget_get_visible (find (fixture, "trash_button")));
  g_signal_emit_by_name (find (fixture, "use_button"), "clicked");
  key = g_settings_get_string (ut_session_get_settings (fixture->session), "data");
  g_assert_cmpstr (key, ==, "own/Own set");
  g_settings_reset (ut_session_get_settings (fixture->session), "data");
}

static void
test_test (Fixture       *fixture,
           gconstpointer  data)
{
  static const char rows[] = "sentence\tlabel\ngood film\t1\nbad film\t0\ngood\t1\nbad\t0\n";
  UtTestLine *line = find (fixture, "test_line");
  GtkLabel *label = ut_ui_test_find (line, UT_TYPE_TEST_LINE, "label");
  GtkWidget *button = ut_ui_test_find (line, UT_TYPE_TEST_LINE, "button");
  UtDataEntry *entry = add_own (fixture, "Tested", rows);
  g_autoptr (UtConfig) sample = ut_ui_test_config (UT_CELL_RNN, 1);
  UtConfigBuilder *builder = ut_config_builder_new (sample);
  g_autoptr (UtConfig) config = NULL;
  g_autoptr (GFile) folder = g_object_ref (ut_data_entry_get_folder (entry));
  g_autoptr (GFile) file = g_file_get_child (folder, "test.tsv");
  g_autoptr (GError) error = NULL;
  gboolean loaded = FALSE;
  UtRun *run;

  g_test_summary ("A run is tested by a button, once, and the result stays to be seen");

  g_assert_true (g_file_set_contents (g_file_peek_path (file), rows, -1, NULL));
  ut_data_list_load_async (ut_session_get_data (fixture->session), NULL, loaded_cb, &loaded);
  ITER_UNTIL (loaded);
  entry = ut_data_list_find_folder (ut_session_get_data (fixture->session), folder);

  ut_data_entry_apply (entry, builder);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  ut_data_page_select (fixture->page, entry);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (line)));
  run = ut_run_store_add (ut_session_get_store (fixture->session), config, NULL, &error);
  g_assert_no_error (error);
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (gtk_widget_get_visible (GTK_WIDGET (line)));
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  ITER_UNTIL (ut_run_get_test (run, NULL) != NULL);
  ITER_UNTIL (!gtk_widget_get_visible (button));
  g_assert_nonnull (strstr (gtk_label_get_text (label), " on the 4 test rows, on "));
  ut_session_set_current (fixture->session, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (line)));
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  UtDataEntry *entry = add_own (fixture, "Damaged", "sentence\tlabel\ngood\t1\nbad\t7\n");
  GtkStack *stack = find (fixture, "stack");

  ut_data_page_select (fixture->page, entry);
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == find (fixture, "error_page"));
  g_assert_nonnull (strstr (gtk_label_get_text (find (fixture, "error_label")), "train.tsv:3: "));
}

static void
test_vectors (Fixture       *fixture,
              gconstpointer  data)
{
  GSettings *settings = ut_session_get_settings (fixture->session);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "vectors.txt", NULL);
  GtkWidget *label = find (fixture, "coverage_label");

  g_assert_true (g_file_set_contents (path, "the 0 1\nzebra 1 2\nfilm 2 3\n", -1, NULL));
  g_settings_set_string (settings, "vectors-path", path);
  ITER_UNTIL (gtk_widget_get_visible (label));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)),
                                   "vectors.txt has vectors of 2 of the 1373 "));
  g_assert_true (gtk_column_view_column_get_visible (find_in_rows (fixture, "no_vector_column")));

  g_settings_set_string (settings, "vectors-path", "/nowhere/vectors.txt");
  ITER_UNTIL (gtk_widget_has_css_class (label, "error"));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (label)), "/nowhere/vectors.txt"));
  g_settings_reset (settings, "vectors-path");
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  ADD ("/data-page/numbers", test_numbers);
  ADD ("/data-page/search", test_search);
  ADD ("/data-page/ask", test_ask);
  ADD ("/data-page/sort", test_sort);
  ADD ("/data-page/cells", test_cells);
  ADD ("/data-page/parts", test_parts);
  ADD ("/data-page/losses", test_losses);
  ADD ("/data-page/map", test_map);
  ADD ("/data-page/left-out", test_left_out);
  ADD ("/data-page/own", test_own);
  ADD ("/data-page/test", test_test);
  ADD ("/data-page/damaged", test_damaged);
  ADD ("/data-page/vectors", test_vectors);

  return g_test_run ();
}
