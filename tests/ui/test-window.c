/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-form.h>
#include <ut-nearest-window.h>
#include <ut-notebook-page.h>
#include <ut-predict-page.h>
#include <ut-run-list.h>
#include <ut-run-row.h>
#include <ut-run-text.h>
#include <ut-window.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->window, UT_TYPE_WINDOW, id);
}

static UtRun *
add (Fixture *fixture)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 2);

  return ut_ui_test_add_run (fixture->store, config);
}

static void
act (Fixture    *fixture,
     const char *action,
     UtRun      *run)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action,
                                  run != NULL ? g_variant_new_string (ut_run_get_id (run)) : NULL);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  fixture->window = ut_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_width (fixture->window) > 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  ut_ui_test_end_runs (fixture->store);
  g_clear_object (&fixture->session);
}

static void
test_finalized (Fixture       *fixture,
                gconstpointer  data)
{
  gpointer watched = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (watched), &watched);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  ITER_UNTIL (watched == NULL);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  UtRun *first = add (fixture);
  UtRun *second;

  g_test_summary ("A deleted run can be taken back and stays in the trash; one that trains is not "
                  "deleted.");
  ITER_UNTIL (ut_run_get_state (first) == UT_RUN_FINISHED);
  act (fixture, "run-delete", first);
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_null (ut_session_get_current (fixture->session));
  act (fixture, "run-restore", NULL);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_true (ut_session_get_current (fixture->session) == first);

  act (fixture, "run-delete", first);
  ut_run_store_purge (fixture->store, first);
  act (fixture, "run-restore", NULL);
  g_assert_cmpuint (count (fixture), ==, 0);

  first = add (fixture);
  ITER_UNTIL (ut_run_get_state (first) == UT_RUN_FINISHED);
  act (fixture, "run-delete", first);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 1);
  fixture->window = ut_window_new (NULL, fixture->session);

  second = add (fixture);
  ut_run_set_speed (second, 5);
  act (fixture, "run-delete", second);
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_show_only (Fixture       *fixture,
                gconstpointer  data)
{
  UtRun *first = add (fixture);
  UtRun *second = add (fixture);

  act (fixture, "run-show-only", second);
  g_assert_false (ut_run_get_shown (first));
  g_assert_true (ut_run_get_shown (second));
}

static gboolean
is_enabled (Fixture    *fixture,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

/* Whether the toast that shows says @text. Another one is closed, since each waits for those before it;
 * there may be none at all, where the machine took longer than toasts stay. */
static gboolean
has_toast (Fixture    *fixture,
           const char *text)
{
  AdwToastOverlay *overlay = find (fixture, "toasts");
  GtkWidget *toast = gtk_widget_get_last_child (GTK_WIDGET (overlay));
  GtkWidget *title = toast;
  GtkWidget *close;

  if (toast == adw_toast_overlay_get_child (overlay))
    return FALSE;

  while (title != NULL && !GTK_IS_LABEL (title))
    title = gtk_widget_get_first_child (title);
  g_assert_nonnull (title);
  if (strcmp (gtk_label_get_label (GTK_LABEL (title)), text) == 0)
    return TRUE;

  close = gtk_widget_get_last_child (toast);
  g_assert_true (GTK_IS_BUTTON (close));
  if (gtk_widget_get_sensitive (close))
    {
      gtk_widget_set_sensitive (close, FALSE); /* a toast that goes away is not closed again */
      g_signal_emit_by_name (close, "clicked");
    }

  return FALSE;
}

static void
test_ensemble (Fixture       *fixture,
               gconstpointer  data)
{
  UtRun *first = add (fixture);
  UtRun *second = add (fixture);
  UtRun *ensemble;
  g_autofree char *summary = NULL;
  g_autofree char *status = NULL;
  g_autofree char *members = NULL;

  g_test_summary ("Of shown runs an ensemble is made, checked, and missed where a member goes.");
  g_assert_false (is_enabled (fixture, "ensemble"));
  ITER_UNTIL (ut_run_get_state (second) == UT_RUN_FINISHED);
  g_assert_true (is_enabled (fixture, "ensemble"));
  ut_run_set_shown (first, FALSE);
  g_assert_false (is_enabled (fixture, "ensemble"));
  ut_run_set_shown (first, TRUE);

  act (fixture, "ensemble", NULL);
  ensemble = ut_session_get_current (fixture->session);
  g_assert_cmpstr (ut_run_get_name (ensemble), ==, "Ensemble of 2");
  ITER_UNTIL (ut_run_get_state (ensemble) == UT_RUN_ENSEMBLE);
  g_assert_false (is_enabled (fixture, "save-model"));
  g_assert_false (is_enabled (fixture, "pause"));
  g_assert_true (is_enabled (fixture, "ensemble"));

  summary = ut_run_text_dup_summary (ensemble);
  g_assert_true (g_str_has_prefix (summary, "0."));
  g_assert_true (g_str_has_suffix (summary, ", mean of 2"));
  status = ut_run_text_dup_status (ensemble);
  g_assert_true (g_str_has_prefix (status, "An ensemble: validation accuracy 0."));
  members = ut_run_text_dup_members (ensemble);
  g_assert_cmpstr (members, ==, "The mean of what these answer: GRU 2, GRU 1.");
  g_assert_null (ut_run_text_dup_members (first));

  act (fixture, "run-delete", first);
  ITER_UNTIL (has_toast (fixture, "GRU 1 deleted. Without it Ensemble of 2 cannot answer."));
  act (fixture, "run-restore", NULL);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  UtRunList *list = find (fixture, "run_list");
  GtkStack *stack = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "stack");
  GtkEditable *search = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "search_entry");
  GtkSingleSelection *selection = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "selection");
  GtkLabel *nothing = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "nothing_label");
  UtRun *first, *second;

  g_test_summary ("The list selects the current run and says what a search misses.");
  g_assert_true (gtk_stack_get_visible_child (stack) == ut_ui_test_find (list, UT_TYPE_RUN_LIST,
                                                                         "empty_page"));
  first = add (fixture);
  ut_run_set_speed (first, 5); /* at its end the current run would be the next one */
  second = add (fixture);
  ITER_UNTIL (gtk_single_selection_get_selected_item (selection) ==
              ut_session_get_current (fixture->session));
  gtk_single_selection_set_selected (selection, 0);
  g_assert_true (ut_session_get_current (fixture->session) == second);
  gtk_single_selection_set_selected (selection, 1);
  g_assert_true (ut_session_get_current (fixture->session) == first);

  gtk_editable_set_text (search, "lstn");
  ITER_UNTIL (gtk_stack_get_visible_child (stack) == ut_ui_test_find (list, UT_TYPE_RUN_LIST,
                                                                      "nothing_page"));
  g_assert_cmpstr (gtk_label_get_text (nothing), ==, "Nothing matches lstn.");
  g_assert_true (ut_session_get_current (fixture->session) == first);
  gtk_editable_set_text (search, "");
  ITER_UNTIL (gtk_single_selection_get_selected_item (selection) == first);
}

static void
test_list_scrolls (Fixture       *fixture,
                   gconstpointer  data)
{
  UtRunList *list = find (fixture, "run_list");
  GtkScrolledWindow *scrolled = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "list_page");
  GtkAdjustment *position = gtk_scrolled_window_get_vadjustment (scrolled);
  GtkSingleSelection *selection = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "selection");
  UtRun *first = add (fixture);
  UtRun *last = NULL;

  g_test_summary ("The current run is brought into view, wherever the list was scrolled to.");
  for (guint i = 0; i < 40; i++)
    last = add (fixture);
  ut_run_store_stop_all (fixture->store);
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL);
  ITER_UNTIL (gtk_adjustment_get_upper (position) > gtk_adjustment_get_page_size (position));
  ut_session_set_current (fixture->session, last);
  ITER_UNTIL (gtk_single_selection_get_selected_item (selection) == last);
  ut_session_set_current (fixture->session, first);
  ITER_UNTIL (gtk_adjustment_get_value (position) > 0);
  ut_session_set_current (fixture->session, last);
  ITER_UNTIL (gtk_adjustment_get_value (position) == 0);
}

static void
test_list_focus (Fixture       *fixture,
                 gconstpointer  data)
{
  UtRunList *list = find (fixture, "run_list");
  GtkWidget *search = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "search_entry");
  GtkWidget *view = ut_ui_test_find (list, UT_TYPE_RUN_LIST, "list");
  GtkWidget *focus;

  g_test_summary ("Tab leads from the search to a row as a whole, whose name a screen reader says.");
  add (fixture);
  ITER_UNTIL (gtk_widget_get_mapped (view) && gtk_widget_get_first_child (view) != NULL);
  ut_run_list_search (list);
  gtk_widget_child_focus (GTK_WIDGET (list), GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_false (gtk_widget_is_ancestor (focus, search));
  g_assert_true (gtk_widget_get_parent (focus) == view);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }

  return NULL;
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  UtRun *run = add (fixture);
  gpointer watched = fixture->window;
  GtkWindow *dialog;

  g_test_summary ("Closing while a run trains asks, and waits for the run to stop.");
  g_object_add_weak_pointer (G_OBJECT (watched), &watched);
  ut_run_set_speed (run, 20);
  ITER_UNTIL (ut_run_get_progress (run) != NULL && ut_run_get_progress (run)->step > 1);
  gtk_window_close (GTK_WINDOW (fixture->window));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)),
                            "epoch 1 of 2"));
  gtk_window_close (dialog); /* is Cancel */
  ITER_UNTIL (find_dialog () == NULL);
  g_assert_true (ut_run_is_active (run));

  gtk_window_close (GTK_WINDOW (fixture->window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "quit");
  fixture->window = NULL;
  ITER_UNTIL (watched == NULL);
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_STOPPED);
}

static UtNearestWindow *
find_nearest (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (UT_IS_NEAREST_WINDOW (window))
        return UT_NEAREST_WINDOW (window); /* GTK keeps it */
    }

  return NULL;
}

static void
test_nearest (Fixture       *fixture,
              gconstpointer  data)
{
  UtRun *run = add (fixture);
  UtNearestWindow *window;
  GtkLabel *after, *before, *status;
  GtkEditable *entry;

  g_test_summary ("A run says which words lie near each other, after its training and before it");

  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  act (fixture, "run-nearest", run);
  window = find_nearest ();
  g_assert_nonnull (window);
  after = ut_ui_test_find (window, UT_TYPE_NEAREST_WINDOW, "after_label");
  before = ut_ui_test_find (window, UT_TYPE_NEAREST_WINDOW, "before_label");
  status = ut_ui_test_find (window, UT_TYPE_NEAREST_WINDOW, "status_label");
  entry = ut_ui_test_find (window, UT_TYPE_NEAREST_WINDOW, "entry");
  ITER_UNTIL (g_str_has_prefix (gtk_label_get_text (status), "By the angle "));
  gtk_editable_set_text (entry, " The ");
  g_assert_cmpstr (gtk_label_get_text (status), ==, "");
  g_assert_nonnull (strchr (gtk_label_get_text (after), '\n'));
  g_assert_nonnull (strchr (gtk_label_get_text (before), '\n'));
  g_assert_cmpstr (gtk_label_get_text (before), !=, gtk_label_get_text (after));
  gtk_editable_set_text (entry, "xyzzy");
  g_assert_cmpstr (gtk_label_get_text (status), ==, "This model does not know “xyzzy”.");
  g_assert_cmpstr (gtk_label_get_text (after), ==, "");

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (find_nearest ());

  g_test_message ("Closed before the model is read, it is gone");
  act (fixture, "run-nearest", run);
  gtk_window_destroy (GTK_WINDOW (find_nearest ()));
}

static void
test_notebook (Fixture       *fixture,
               gconstpointer  data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gpointer page = NULL;
  guint n_pages = 0;

  g_test_summary ("The page about the notebook opens once, beside the window, and ends with it.");
  act (fixture, "about-notebook", NULL);
  act (fixture, "about-notebook", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (!UT_IS_NOTEBOOK_PAGE (window))
        continue;
      page = window;
      n_pages++;
    }
  g_assert_cmpuint (n_pages, ==, 1);
  g_assert_true (gtk_window_get_transient_for (page) == GTK_WINDOW (fixture->window));
  g_assert_false (gtk_window_get_modal (page));
  ITER_UNTIL (gtk_widget_get_mapped (page));

  g_object_add_weak_pointer (G_OBJECT (page), &page);
  gtk_window_close (page);
  ITER_UNTIL (page == NULL);

  act (fixture, "about-notebook", NULL);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  ITER_UNTIL (g_list_model_get_n_items (windows) == 0);
}

static GtkWidget *
find_notebook_page (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (UT_IS_NOTEBOOK_PAGE (window))
        return window; /* GTK keeps it */
    }

  return NULL;
}

static gboolean
can_repair (GtkWidget *page)
{
  return gtk_widget_get_visible (ut_ui_test_find (page, UT_TYPE_NOTEBOOK_PAGE, "loss_button"));
}

static void
test_repair (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtConfig) as_coded = ut_ui_test_config_as_coded (UT_CELL_LSTM, 1);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, as_coded, NULL, &error);
  UtRun *plain = add (fixture);
  UtForm *form = ut_ui_test_find (find (fixture, "train_page"), g_type_from_name ("UtTrainPage"),
                                  "form");
  GtkWidget *page;

  g_assert_no_error (error);
  g_test_summary ("The page is about the current run; to repair a fault fills the form with its "
                  "settings but for that one.");
  ut_session_set_current (fixture->session, plain);
  act (fixture, "about-notebook", NULL);
  page = find_notebook_page ();
  g_assert_false (can_repair (page));
  ut_session_set_current (fixture->session, run);
  g_assert_true (can_repair (page));

  g_signal_emit_by_name (page, "repair", UT_NOTEBOOK_FAULT_LOSS);
  ITER_UNTIL (find_notebook_page () == NULL);

  g_autoptr (UtConfig) next = ut_form_dup_config (form);

  g_assert_cmpint (ut_config_get_cell (next), ==, UT_CELL_LSTM);
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    g_assert_cmpfloat (ut_config_get_number (next, i), ==,
                       i == UT_SETTING_LOSS ? 0 : ut_config_get_number (as_coded, i));
  g_assert_true (ut_config_is_as_coded (next));
}

static void
test_badge (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtConfig) as_coded = ut_ui_test_config_as_coded (UT_CELL_LSTM, 1);
  g_autoptr (GtkWidget) row = g_object_ref_sink (ut_run_row_new ());
  GtkWidget *badge = ut_ui_test_find (row, UT_TYPE_RUN_ROW, "as_coded_badge");
  g_autoptr (GError) error = NULL;

  g_test_summary ("A run as the notebook's code runs is badged in the list.");
  ut_run_row_set_run (UT_RUN_ROW (row), add (fixture));
  g_assert_false (gtk_widget_get_visible (badge));
  ut_run_row_set_run (UT_RUN_ROW (row), ut_run_store_add (fixture->store, as_coded, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (gtk_widget_get_visible (badge));
}

static gboolean
has_rename (GtkWidget *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
      return TRUE;

  return FALSE;
}

/* Whether a row below @widget asks for another name. */
static gboolean
asks_for_name (GtkWidget *widget)
{
  if (UT_IS_RUN_ROW (widget))
    return has_rename (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (asks_for_name (child))
      return TRUE;

  return FALSE;
}

static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *sidebar = find (fixture, "sidebar");
  UtRun *run = add (fixture);

  g_test_summary ("To rename a run from another page opens the list that asks for the name.");
  act (fixture, "run-list", NULL);
  g_assert_false (gtk_widget_get_visible (sidebar));
  act (fixture, "run-rename", run);
  g_assert_true (gtk_widget_get_visible (sidebar));
  ITER_UNTIL (asks_for_name (find (fixture, "run_list")));
}

static void
test_size (Fixture       *fixture,
           gconstpointer  data)
{
  GSettings *settings = ut_session_get_settings (fixture->session);
  int width, height;

  g_test_summary ("The window's size is there again at the next start.");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 720);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1100);
  fixture->window = ut_window_new (NULL, fixture->session);
  gtk_window_get_default_size (GTK_WINDOW (fixture->window), &width, &height);
  g_assert_cmpint (width, ==, 1100);
  g_assert_cmpint (height, ==, 720);
}

static void
test_folding (Fixture       *fixture,
              gconstpointer  data)
{
  AdwLeaflet *leaflet = find (fixture, "leaflet");
  AdwFlap *flap = ut_ui_test_find (find (fixture, "train_page"), g_type_from_name ("UtTrainPage"),
                                   "flap");
  UtRun *run = add (fixture);
  int minimum;

  g_test_summary ("At 1024 pixels the form folds, at 700 the list, and it goes down to 504.");
  ut_run_set_paused (run, TRUE); /* the state with most buttons */
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_PAUSED);
  g_assert_false (adw_leaflet_get_folded (leaflet));
  g_assert_false (adw_flap_get_folded (flap));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 800);
  ITER_UNTIL (adw_flap_get_folded (flap));
  g_assert_false (adw_leaflet_get_folded (leaflet));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 800);
  ITER_UNTIL (adw_leaflet_get_folded (leaflet));
  gtk_widget_measure (GTK_WIDGET (leaflet), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 504);

  g_test_message ("The form that slides over the plots takes the focus");
  act (fixture, "new-run", NULL);
  ITER_UNTIL (gtk_root_get_focus (GTK_ROOT (fixture->window)) != NULL &&
              gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                      adw_flap_get_flap (flap)));
}

static void
test_class_room (Fixture       *fixture,
                 gconstpointer  data)
{
  AdwFlap *flap = ut_ui_test_find (find (fixture, "train_page"), g_type_from_name ("UtTrainPage"),
                                   "flap");
  GtkSettings *settings = gtk_widget_get_settings (fixture->window);
  int before, inside, after;

  g_object_get (settings, "gtk-xft-dpi", &before, NULL);
  act (fixture, "class-room", NULL);
  g_object_get (settings, "gtk-xft-dpi", &inside, NULL);
  g_assert_cmpfloat_with_epsilon ((double) inside / before, 1.3, 0.01);
  ITER_UNTIL (adw_flap_get_folded (flap));
  g_assert_false (gtk_widget_get_visible (find (fixture, "sidebar")));
  act (fixture, "class-room", NULL);
  g_object_get (settings, "gtk-xft-dpi", &after, NULL);
  g_assert_cmpint (after, ==, before);
  g_assert_true (gtk_widget_get_visible (find (fixture, "sidebar")));
}

static void
test_ask (Fixture       *fixture,
          gconstpointer  data)
{
  AdwViewStack *stack = find (fixture, "stack");
  GtkWidget *page = adw_view_stack_get_child_by_name (stack, "predict");
  GtkTextView *view = ut_ui_test_find (page, UT_TYPE_PREDICT_PAGE, "view");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *asked = NULL;
  g_autofree char *undone = NULL;

  g_test_summary ("A sentence that is asked about comes to Predict; Ctrl+Z brings back what was there");
  gtk_text_buffer_set_text (buffer, "Mine.", -1);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "ask",
                                  g_variant_new_string ("not bad at all"));
  g_assert_true (adw_view_stack_get_visible_child (stack) == page);
  g_object_get (buffer, "text", &asked, NULL);
  g_assert_cmpstr (asked, ==, "not bad at all");
  gtk_text_buffer_undo (buffer);
  g_object_get (buffer, "text", &undone, NULL);
  g_assert_cmpstr (undone, ==, "Mine.");
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
    { "/ui/window/finalized", test_finalized },
    { "/ui/window/delete", test_delete },
    { "/ui/window/show-only", test_show_only },
    { "/ui/window/ensemble", test_ensemble },
    { "/ui/window/list", test_list },
    { "/ui/window/list-focus", test_list_focus },
    { "/ui/window/list-scrolls", test_list_scrolls },
    { "/ui/window/close", test_close },
    { "/ui/window/nearest", test_nearest },
    { "/ui/window/notebook", test_notebook },
    { "/ui/window/repair", test_repair },
    { "/ui/window/badge", test_badge },
    { "/ui/window/rename", test_rename },
    { "/ui/window/ask", test_ask },
    { "/ui/window/size", test_size },
    { "/ui/window/folding", test_folding },
    { "/ui/window/class-room", test_class_room },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
