/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <signal.h>
#include <sys/prctl.h>
#include <ut-moment.h>
#include <ut-run-menu.h>
#include <ut-run-notes.h>
#include <ut-run-row.h>
#include <ut-scratch.h>
#include <ut-trash-row.h>
#include <ut-trash-window.h>

typedef struct
{
  UtScratch *scratch; /* the store's */
  UtSession *session;
  UtRunStore *store;
  UtRun *run; /* finished */
} Fixture;

static UtRun *
add (Fixture    *fixture,
     UtCellKind  cell)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (cell, 1);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GError) error = NULL;

  fixture->scratch = ut_scratch_new (&error);
  g_assert_no_error (error);

  g_autoptr (UtRunStore) store = ut_run_store_new (ut_scratch_get_folder (fixture->scratch));

  fixture->store = store;
  fixture->session = ut_session_new (store, settings);
  fixture->run = add (fixture, UT_CELL_GRU);
  ITER_UNTIL (ut_run_get_state (fixture->run) == UT_RUN_FINISHED);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_ui_test_end_runs (fixture->store);
  g_clear_object (&fixture->session);
  ut_scratch_free (fixture->scratch);
}

/* Rows */

static void
append_labels (GMenuModel *menu,
               GString    *labels)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *label = NULL;

      if (section != NULL)
        append_labels (section, labels);
      else if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", label);
    }
}

static void
assert_menu (UtRun      *run,
             const char *wanted)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GString) labels = g_string_new (NULL);

  /* It takes the place of what was there. */
  g_menu_append (menu, "Old", NULL);
  ut_run_menu_fill (menu, run);
  append_labels (G_MENU_MODEL (menu), labels);
  g_assert_cmpstr (labels->str, ==, wanted);
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  UtRun *ensemble;

  g_test_summary ("The menu offers what the run's kind and state allow when it opens.");
  assert_menu (fixture->run,
               "Show only this, Use these settings, More epochs…, Rename, Tags and Note…, "
               "Save Model As…, Nearest Words…, Export…, Reproduce, Delete");
  assert_menu (add (fixture, UT_CELL_BAG),
               "Show only this, Use these settings, Rename, Tags and Note…, Save Model As…, Delete");

  g_ptr_array_add (members, fixture->run);
  ensemble = ut_run_store_add_ensemble (fixture->store, members, &error);
  g_assert_no_error (error);
  assert_menu (ensemble, "Show only this, Rename, Tags and Note…, Delete");
}

static void
test_stopped_menu (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_RNN, 500);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (fixture->store, config, NULL, &error);

  g_test_summary ("A run that was stopped can be continued, one that trains cannot.");
  g_assert_no_error (error);
  ITER_UNTIL (ut_run_get_best (run) != NULL);
  assert_menu (run,
               "Show only this, Use these settings, Rename, Tags and Note…, Save Model As…, "
               "Nearest Words…, Delete");
  ut_run_stop (run);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_STOPPED && !ut_run_is_active (run));
  ITER_UNTIL (ut_run_can_continue (run));
  assert_menu (run,
               "Show only this, Use these settings, Continue, More epochs…, Rename, "
               "Tags and Note…, Save Model As…, Nearest Words…, Export…, Reproduce, Delete");
}

static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  const char *const tags[] = { "baseline", "slow one", NULL };
  GtkWidget *parent = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  UtRunRow *row = UT_RUN_ROW (ut_run_row_new ());
  GtkLabel *label = ut_ui_test_find (row, UT_TYPE_RUN_ROW, "tags_label");
  const char *tooltip;

  g_object_ref_sink (parent);
  gtk_box_append (GTK_BOX (parent), GTK_WIDGET (row));
  g_test_summary ("Tags stand in the row; they and the note describe it to those who ask for more.");
  ut_run_row_set_run (row, fixture->run);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));

  ut_run_set_tags (fixture->run, tags);
  ut_run_set_note (fixture->run, "The learning rate\nwas a slip.");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "#baseline #slow one");
  g_assert_cmpint (gtk_label_get_ellipsize (label), ==, PANGO_ELLIPSIZE_END);
  tooltip = gtk_widget_get_tooltip_text (GTK_WIDGET (row));
  g_assert_true (g_str_has_prefix (tooltip, "0."));
  g_assert_true (g_str_has_suffix (tooltip, "at epoch 1\nTags: baseline, slow one\n"
                                            "The learning rate\nwas a slip."));
  gtk_test_accessible_assert_property (parent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Tags: baseline, slow one\nThe learning rate\nwas a slip.");

  ut_run_set_tags (fixture->run, NULL);
  ut_run_set_note (fixture->run, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  gtk_test_accessible_assert_property (parent, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_object_unref (parent);
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

/* Another program that trains a run of the store in @path, until it is killed. */
static int
train (const char *path)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (UtRunStore) store = ut_run_store_new (folder);
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_RNN, 10000);
  UtRun *run = ut_run_store_add (store, config, NULL, NULL);

  /* A test that fails does not come to kill it. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  ut_run_set_speed (run, 20);
  for (;;)
    g_main_context_iteration (NULL, TRUE);

  return EXIT_FAILURE;
}

static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (ut_run_row_new ());
  GtkLabel *summary = ut_ui_test_find (row, UT_TYPE_RUN_ROW, "summary_label");
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtRun) run = NULL;
  GListModel *runs = G_LIST_MODEL (fixture->store);
  gboolean loaded = FALSE;
  guint n_runs;

  g_test_summary ("A run that another program trains says so, until that program is gone.");
  ut_run_store_load_async (fixture->store, NULL, loaded_cb, &loaded);
  ITER_UNTIL (loaded);
  n_runs = g_list_model_get_n_items (runs);
  program = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "train",
                              g_file_peek_path (ut_scratch_get_folder (fixture->scratch)), NULL);
  g_assert_no_error (error);
  ITER_UNTIL (g_list_model_get_n_items (runs) > n_runs);
  run = g_list_model_get_item (runs, 0);
  ut_run_row_set_run (UT_RUN_ROW (row), run);
  ITER_UNTIL (g_str_has_suffix (gtk_label_get_label (summary), " of 10000, in another program"));
  g_assert_false (ut_run_store_remove (fixture->store, run));

  g_subprocess_force_exit (program);
  ITER_UNTIL (strstr (gtk_label_get_label (summary), "in another program") == NULL);
}

/* Tags and note */

static void
test_notes (Fixture       *fixture,
            gconstpointer  data)
{
  const char *const tags[] = { "baseline", "slow", NULL };
  GtkWindow *window;
  GtkEditable *entry;
  GtkTextBuffer *buffer;
  GtkWidget *save, *problem;
  g_autofree char *long_note = g_strnfill (20001, 'a');

  g_test_summary ("Tags and note are shown, saved as asked for, and left alone by Cancel.");
  ut_run_set_tags (fixture->run, tags);
  window = ut_run_notes_new (NULL, fixture->run);
  entry = ut_ui_test_find (window, UT_TYPE_RUN_NOTES, "tags_entry");
  buffer = ut_ui_test_find (window, UT_TYPE_RUN_NOTES, "note_buffer");
  gtk_window_present (window);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "baseline, slow");
  gtk_editable_set_text (entry, "new");
  gtk_window_close (window);
  g_assert_true (g_strv_equal (ut_run_get_tags (fixture->run), tags));

  window = ut_run_notes_new (NULL, fixture->run);
  entry = ut_ui_test_find (window, UT_TYPE_RUN_NOTES, "tags_entry");
  buffer = ut_ui_test_find (window, UT_TYPE_RUN_NOTES, "note_buffer");
  save = ut_ui_test_find (window, UT_TYPE_RUN_NOTES, "save_button");
  problem = ut_ui_test_find (window, UT_TYPE_RUN_NOTES, "problem_label");
  gtk_window_present (window);
  gtk_editable_set_text (entry, " slow one,baseline,, baseline ");
  gtk_text_buffer_set_text (buffer, long_note, -1);
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (gtk_widget_get_visible (problem));
  gtk_text_buffer_set_text (buffer, "As in the paper.\n", -1);
  g_assert_true (gtk_widget_get_sensitive (save));
  g_assert_false (gtk_widget_get_visible (problem));
  g_signal_emit_by_name (save, "clicked");
  g_assert_cmpuint (g_strv_length ((char **) ut_run_get_tags (fixture->run)), ==, 2);
  g_assert_cmpstr (ut_run_get_tags (fixture->run)[0], ==, "slow one");
  g_assert_cmpstr (ut_run_get_tags (fixture->run)[1], ==, "baseline");
  g_assert_cmpstr (ut_run_get_note (fixture->run), ==, "As in the paper.");
}

/* Deleted runs */

static gint64
get_time (int year,
          int month,
          int day,
          int hour)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (year, month, day, hour, 5, 0);

  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static void
test_moment (Fixture       *fixture,
             gconstpointer  data)
{
  const struct
  {
    gint64 time;
    const char *text;
  } moments[] = {
    { get_time (2027, 1, 1, 9), "today at 9:05" },
    { get_time (2026, 12, 31, 23), "yesterday at 23:05" },
    { get_time (2026, 1, 1, 9), "on 1 January 2026" },
    { get_time (2026, 11, 28, 9), "on 28 November 2026" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *text = ut_moment_dup (moments[i].time, get_time (2027, 1, 1, 14));

      g_assert_cmpstr (text, ==, moments[i].text);
    }
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window); /* GTK keeps it */
    }

  return NULL;
}

/* A button of a dialog answers and closes it. */
static void
answer (const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ITER_UNTIL (find_dialog () == NULL);
}

static UtTrashRow *
get_row (GtkListBox *list,
         int         position)
{
  return UT_TRASH_ROW (gtk_list_box_get_row_at_index (list, position));
}

static void
press (UtTrashRow *row,
       const char *button)
{
  g_signal_emit_by_name (ut_ui_test_find (row, UT_TYPE_TRASH_ROW, button), "clicked");
}

static void
test_trash (Fixture       *fixture,
            gconstpointer  data)
{
  GListModel *trash = ut_run_store_get_trash (fixture->store);
  UtRun *runs[3];
  GtkWindow *window;
  GtkListBox *list;
  GtkStack *stack;
  GtkWidget *empty_page, *empty_button;

  g_test_summary ("Deleted runs are listed, restored and, when a person says so, gone for good.");
  for (guint i = 0; i < 3; i++)
    runs[i] = add (fixture, UT_CELL_MAJORITY);
  ITER_UNTIL (ut_run_get_state (runs[2]) == UT_RUN_FINISHED);
  window = ut_trash_window_new (NULL, fixture->session);
  list = ut_ui_test_find (window, UT_TYPE_TRASH_WINDOW, "list");
  stack = ut_ui_test_find (window, UT_TYPE_TRASH_WINDOW, "stack");
  empty_page = ut_ui_test_find (window, UT_TYPE_TRASH_WINDOW, "empty_page");
  empty_button = ut_ui_test_find (window, UT_TYPE_TRASH_WINDOW, "empty_button");
  gtk_window_present (window);
  g_assert_true (gtk_stack_get_visible_child (stack) == empty_page);
  g_assert_false (gtk_widget_get_sensitive (empty_button));

  g_assert_true (ut_run_store_remove (fixture->store, fixture->run));
  for (guint i = 0; i < 3; i++)
    g_assert_true (ut_run_store_remove (fixture->store, runs[i]));
  g_assert_false (gtk_stack_get_visible_child (stack) == empty_page);
  g_assert_true (ut_trash_row_get_run (get_row (list, 0)) == runs[2]);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_row (list, 3))),
                            " at epoch 1 · deleted today at "));
  gtk_test_accessible_assert_property (ut_ui_test_find (get_row (list, 3), UT_TYPE_TRASH_ROW,
                                                        "delete_button"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Delete GRU 1 for good");

  ITER_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (get_row (list, 3))));
  press (get_row (list, 3), "restore_button");
  g_assert_cmpuint (g_list_model_get_n_items (trash), ==, 3);
  g_assert_true (ut_session_get_current (fixture->session) == fixture->run);

  g_test_message ("The focus goes on to the row that takes the place");
  ITER_UNTIL (gtk_root_get_focus (GTK_ROOT (window)) != NULL &&
              gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)),
                                      GTK_WIDGET (get_row (list, 2))));

  press (get_row (list, 0), "delete_button");
  answer ("cancel");
  g_assert_cmpuint (g_list_model_get_n_items (trash), ==, 3);
  press (get_row (list, 0), "delete_button");
  answer ("delete");
  g_assert_cmpuint (g_list_model_get_n_items (trash), ==, 2);
  g_assert_true (ut_trash_row_get_run (get_row (list, 0)) == runs[1]);

  g_signal_emit_by_name (empty_button, "clicked");
  g_assert_cmpstr (adw_message_dialog_get_body (find_dialog ()), ==,
                   "2 runs are deleted for good, with their models and their curves.");
  answer ("cancel");
  g_assert_cmpuint (g_list_model_get_n_items (trash), ==, 2);
  g_signal_emit_by_name (empty_button, "clicked");
  answer ("delete");
  g_assert_cmpuint (g_list_model_get_n_items (trash), ==, 0);
  g_assert_true (gtk_stack_get_visible_child (stack) == empty_page);
  gtk_window_destroy (window);
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
    { "/ui/run-rows/menu", test_menu },
    { "/ui/run-rows/stopped-menu", test_stopped_menu },
    { "/ui/run-rows/tags", test_tags },
    { "/ui/run-rows/elsewhere", test_elsewhere },
    { "/ui/run-rows/notes", test_notes },
    { "/ui/run-rows/moment", test_moment },
    { "/ui/run-rows/trash", test_trash },
  };

  if (argc == 3 && strcmp (argv[1], "train") == 0)
    return train (argv[2]);

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
