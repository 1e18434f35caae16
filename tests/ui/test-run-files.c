/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <glib/gstdio.h>
#include <ut-clean-up-window.h>
#include <ut-run-text.h>
#include <ut-scratch.h>
#include <ut-store-bar.h>
#include <ut-window.h>

typedef struct
{
  UtScratch *scratch; /* the store's */
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
} Fixture;

static void
open_window (Fixture *fixture)
{
  g_autoptr (UtRunStore) store = ut_run_store_new (ut_scratch_get_folder (fixture->scratch));
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);

  fixture->session = ut_session_new (store, settings);
  fixture->store = store;
  fixture->window = ut_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  ut_ui_test_end_runs (fixture->store);
  g_clear_object (&fixture->session);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->scratch = ut_scratch_new (&error);
  g_assert_no_error (error);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_file_get_path (ut_scratch_get_folder (fixture->scratch));

  close_window (fixture);
  ut_scratch_free (fixture->scratch);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->window, UT_TYPE_WINDOW, id);
}

static UtRun *
train (Fixture *fixture)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 2);
  UtRun *run = ut_ui_test_add_run (fixture->store, config);

  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  return run;
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static GFile *
get_file (Fixture    *fixture,
          const char *name)
{
  return g_file_get_child (ut_scratch_get_folder (fixture->scratch), name);
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;

  return FALSE;
}

static gboolean
mentions (GtkWidget  *widget,
          const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (mentions (child, text))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_last_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_last_child (widget);
       child != NULL;
       child = gtk_widget_get_prev_sibling (child))
    {
      GtkWidget *button = find_last_button (child);

      if (button != NULL)
        return button;
    }

  return NULL;
}

/* The others wait until it is gone. */
static void
close_toast (Fixture *fixture)
{
  for (GtkWidget *child = gtk_widget_get_first_child (find (fixture, "toasts"));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != find (fixture, "leaflet"))
      {
        g_signal_emit_by_name (find_last_button (child), "clicked");
        return;
      }
}

/* Handing over */

static void
export_to (Fixture    *fixture,
           UtRun      *run,
           const char *folder)
{
  g_autoptr (GFile) file = get_file (fixture, folder);
  g_autofree char *uri = g_file_get_uri (file);

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "run-export-to",
                                  g_variant_new ("(ss)", ut_run_get_id (run), uri));
}

static void
import_from (Fixture    *fixture,
             const char *folder)
{
  g_autoptr (GFile) file = get_file (fixture, folder);

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "import-run-from",
                                  g_variant_new_take_string (g_file_get_uri (file)));
}

static void
test_exchange (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GFile) out = get_file (fixture, "out");
  g_autoptr (GFile) second = get_file (fixture, "out/-Was ist-das? (2)/model.safetensors");
  GtkWidget *toasts = find (fixture, "toasts");
  UtRun *run = train (fixture);
  UtRun *imported;

  g_test_summary ("A run is exported into a folder of its name, never over another, and imported.");
  g_assert_true (g_file_make_directory (out, NULL, NULL));
  ut_run_set_name (run, ".Was ist/das?");
  export_to (fixture, run, "out");
  ITER_UNTIL (says (toasts, ".Was ist/das? is exported to the folder “-Was ist-das?”."));
  close_toast (fixture);
  export_to (fixture, run, "out");
  ITER_UNTIL (says (toasts, ".Was ist/das? is exported to the folder “-Was ist-das? (2)”."));
  g_assert_true (g_file_query_exists (second, NULL));
  close_toast (fixture);

  import_from (fixture, "out/-Was ist-das?");
  ITER_UNTIL (count (fixture) == 2);
  imported = ut_session_get_current (fixture->session);
  g_assert_true (imported != run);
  g_assert_cmpfloat (ut_run_get_best (imported)->val_accuracy, ==,
                     ut_run_get_best (run)->val_accuracy);

  g_test_message ("What is no run, or no folder, is said");
  ITER_UNTIL (says (toasts, ".Was ist/das? (2) is imported."));
  close_toast (fixture);
  import_from (fixture, "out");
  ITER_UNTIL (mentions (toasts, "config.json"));
  close_toast (fixture);
  export_to (fixture, run, "nowhere");
  ITER_UNTIL (mentions (toasts, "No such file or directory"));
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
test_reproduce (Fixture       *fixture,
                gconstpointer  data)
{
  UtRun *run = train (fixture);
  UtRun *again;
  g_autofree char *summary = NULL;
  g_autofree char *status = NULL;

  g_test_summary ("A run is trained once more, and row, status and toast say what came of it.");
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "run-reproduce",
                                  g_variant_new_string (ut_run_get_id (run)));
  again = ut_session_get_current (fixture->session);
  g_assert_true (again != run);
  ITER_UNTIL (ut_run_get_reproduction (again) != NULL);
  summary = ut_run_text_dup_summary (again);
  status = ut_run_text_dup_status (again);
  g_assert_true (g_str_has_prefix (summary, "0."));
  g_assert_true (g_str_has_suffix (summary, " · Identical to GRU 1 to the last bit."));
  g_assert_true (g_str_has_prefix (status, "Finished: 2 of 2 epochs in 0:0"));
  g_assert_true (g_str_has_suffix (status, " · Identical to GRU 1 to the last bit."));
  ITER_UNTIL (says (find (fixture, "toasts"), "Identical to GRU 1 to the last bit."));
  ITER_UNTIL (says (find (fixture, "run_list"), summary));
}

/* Cleaning up */

static gpointer
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window; /* GTK keeps it */
    }

  return NULL;
}

static void
answer (const char *response)
{
  AdwMessageDialog *dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ITER_UNTIL (find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

static void
test_clean_up (Fixture       *fixture,
               gconstpointer  data)
{
  UtRun *run = train (fixture);
  GtkWindow *window;
  GtkWidget *states, *trash;
  GtkLabel *label;

  g_test_summary ("The room that runs take is said, and freed where a person agrees.");
  g_assert_true (ut_run_store_remove (fixture->store, train (fixture)));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "clean-up", NULL);
  window = find_window (UT_TYPE_CLEAN_UP_WINDOW);
  states = ut_ui_test_find (window, UT_TYPE_CLEAN_UP_WINDOW, "states_button");
  trash = ut_ui_test_find (window, UT_TYPE_CLEAN_UP_WINDOW, "trash_button");
  label = ut_ui_test_find (window, UT_TYPE_CLEAN_UP_WINDOW, "status_label");
  ITER_UNTIL (gtk_widget_get_sensitive (states) && gtk_widget_get_sensitive (trash));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (label), "The runs take "));
  g_assert_false (says (GTK_WIDGET (window), "0 bytes"));

  g_assert_true (ut_run_can_train_further (run));
  g_signal_emit_by_name (states, "clicked");
  answer ("cancel");
  g_assert_true (ut_run_can_train_further (run));
  g_signal_emit_by_name (states, "clicked");
  answer ("delete");
  ITER_UNTIL (!gtk_widget_get_sensitive (states));
  g_assert_false (ut_run_can_train_further (run));
  g_assert_nonnull (ut_run_get_best (run));

  g_signal_emit_by_name (trash, "clicked");
  answer ("delete");
  ITER_UNTIL (!gtk_widget_get_sensitive (trash));
  g_assert_cmpuint (g_list_model_get_n_items (ut_run_store_get_trash (fixture->store)), ==, 0);
  ITER_UNTIL (g_str_has_suffix (gtk_label_get_label (label), "of which 0 bytes can be freed."));
  gtk_window_destroy (window);
}

/* A store that cannot be read */

/* Closes the window; the next one is to find another folder, with nothing in it. */
static void
move_out (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  close_window (fixture);
  ut_scratch_free (fixture->scratch);
  fixture->scratch = ut_scratch_new (&error);
  g_assert_no_error (error);
}

static void
write_database (Fixture    *fixture,
                const char *bytes,
                gsize       length)
{
  g_autoptr (GFile) file = get_file (fixture, "runs.db");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (file), bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
damage (Fixture *fixture)
{
  g_autofree char *text = g_strnfill (100000, '?');

  write_database (fixture, text, 100000);
}

static void
load (Fixture *fixture)
{
  ut_store_loader_load (ut_session_get_loader (fixture->session));
}

/* Trains a run and copies the database: (transfer full): the copy's bytes; @name receives its
 * name. */
static GBytes *
make_backup (Fixture  *fixture,
             char    **name)
{
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  /* The first copy is made when it is loaded. */
  load (fixture);
  ITER_UNTIL ((path = ut_run_store_dup_backup (fixture->store)) != NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  train (fixture);
  ut_run_store_tend (fixture->store);
  ITER_UNTIL (g_file_test (path, G_FILE_TEST_EXISTS));
  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  *name = g_path_get_basename (path);

  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

static GtkInfoBar *
get_bar (Fixture *fixture)
{
  return ut_ui_test_find (find (fixture, "store_bar"), UT_TYPE_STORE_BAR, "bar");
}

static GtkButton *
get_bar_button (Fixture *fixture)
{
  return ut_ui_test_find (find (fixture, "store_bar"), UT_TYPE_STORE_BAR, "button");
}

static void
test_backup (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autofree char *label = g_date_time_format (today, "Use the Backup of %-d %B %Y");
  g_autofree char *name = NULL;
  g_autofree char *copy_name = NULL;
  g_autoptr (GBytes) backup = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GError) error = NULL;
  GtkLabel *text;

  g_test_summary ("Where the store is damaged, its last copy is offered by its day, and is used.");
  backup = make_backup (fixture, &name);
  g_assert_false (gtk_info_bar_get_revealed (get_bar (fixture)));

  move_out (fixture);
  damage (fixture);
  copy_name = g_build_filename ("backups", name, NULL);
  copy = get_file (fixture, copy_name);
  folder = g_file_get_parent (copy);
  g_assert_true (g_file_make_directory (folder, NULL, NULL));
  g_file_set_contents (g_file_peek_path (copy), g_bytes_get_data (backup, NULL),
                       (gssize) g_bytes_get_size (backup), &error);
  g_assert_no_error (error);
  open_window (fixture);
  load (fixture);
  ITER_UNTIL (gtk_info_bar_get_revealed (get_bar (fixture)));
  text = ut_ui_test_find (find (fixture, "store_bar"), UT_TYPE_STORE_BAR, "label");
  g_assert_nonnull (strstr (gtk_label_get_label (text), "runs.db "));
  g_assert_true (gtk_label_get_selectable (text));
  g_assert_cmpstr (gtk_button_get_label (get_bar_button (fixture)), ==, label);
  g_signal_emit_by_name (get_bar_button (fixture), "clicked");
  ITER_UNTIL (count (fixture) == 1);
  g_assert_false (gtk_info_bar_get_revealed (get_bar (fixture)));
}

static void
test_new_list (Fixture       *fixture,
               gconstpointer  data)
{
  g_test_summary ("Where the damaged store has no copy, a new list is offered, and works.");
  move_out (fixture);
  damage (fixture);
  open_window (fixture);
  load (fixture);
  ITER_UNTIL (gtk_info_bar_get_revealed (get_bar (fixture)));
  g_assert_cmpstr (gtk_button_get_label (get_bar_button (fixture)), ==, "Start a New List");
  g_signal_emit_by_name (get_bar_button (fixture), "clicked");
  g_assert_false (gtk_info_bar_get_revealed (get_bar (fixture)));
  train (fixture);
}

static void
start_without_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  gboolean *started = user_data;

  *started = TRUE;
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  const GActionEntry entries[] = { { "start-without-runs", start_without_cb } };
  g_autoptr (GBytes) backup = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *same = NULL;
  gsize length, same_length;
  gboolean started = FALSE;
  AdwMessageDialog *dialog;

  g_test_summary ("A store of a later version is left alone; it is asked how to go on.");
  backup = make_backup (fixture, &name);
  move_out (fixture);
  bytes = g_bytes_unref_to_data (g_steal_pointer (&backup), &length);
  bytes[18] = bytes[19] = 2; /* has a write-ahead log, as a store in use */
  bytes[60] = 0x7f;          /* of the version, a number that is there */
  write_database (fixture, bytes, length);

  open_window (fixture);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &started);
  gtk_widget_insert_action_group (fixture->window, "app", G_ACTION_GROUP (actions));
  load (fixture);
  ITER_UNTIL (find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "runs.db was written by a later"));
  answer ("without");
  ITER_UNTIL (started);
  g_assert_false (gtk_info_bar_get_revealed (get_bar (fixture)));
  g_assert_cmpuint (count (fixture), ==, 0);

  file = get_file (fixture, "runs.db");
  g_file_get_contents (g_file_peek_path (file), &same, &same_length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (same, same_length, bytes, length);
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
    { "/ui/run-files/exchange", test_exchange },
    { "/ui/run-files/reproduce", test_reproduce },
    { "/ui/run-files/clean-up", test_clean_up },
    { "/ui/run-files/backup", test_backup },
    { "/ui/run-files/new-list", test_new_list },
    { "/ui/run-files/newer", test_newer },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
