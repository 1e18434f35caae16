/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>
#include <ut-keep-awake.h>
#include <ut-queue-row.h>
#include <ut-queue-window.h>
#include <ut-run-text.h>
#include <ut-status-line.h>
#include <ut-train-page.h>
#include <ut-window.h>

typedef struct
{
  UtSession *session;
  UtRunStore *store;
  GtkWidget *window;
  UtStatusLine *line;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->window, UT_TYPE_WINDOW, id);
}

static UtRun *
add (Fixture *fixture,
     guint    n_epochs)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, n_epochs);

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

/* The labels of the buttons that the status line offers, between bars. */
static char *
list_buttons (Fixture *fixture)
{
  static const char * const ids[] = {
    "start_now_button", "resume_button", "remove_button", "continue_button", "more_button",
    "slower_button", "use_button", "pause_button", "step_button", "stop_button", "queue_button",
  };
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GtkButton *button = ut_ui_test_find (fixture->line, UT_TYPE_STATUS_LINE, ids[i]);

      if (gtk_widget_get_visible (GTK_WIDGET (button)))
        g_ptr_array_add (labels, (gpointer) gtk_button_get_label (button));
    }
  g_ptr_array_add (labels, NULL);

  return g_strjoinv (" | ", (char **) labels->pdata);
}

static void
assert_buttons (Fixture    *fixture,
                UtRun      *run,
                const char *wanted)
{
  g_autofree char *buttons = NULL;

  ut_session_set_current (fixture->session, run);
  buttons = list_buttons (fixture);
  g_assert_cmpstr (buttons, ==, wanted);
}

static const char *
get_status (Fixture *fixture)
{
  return gtk_label_get_label (ut_ui_test_find (fixture->line, UT_TYPE_STATUS_LINE, "status_label"));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->store = ut_session_get_store (fixture->session);
  fixture->window = ut_window_new (NULL, fixture->session);
  fixture->line = ut_ui_test_find (find (fixture, "train_page"), UT_TYPE_TRAIN_PAGE, "status_line");
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
test_states (Fixture       *fixture,
             gconstpointer  data)
{
  UtRun *first = add (fixture, 2);
  UtRun *second = add (fixture, 2);
  UtRun *third = add (fixture, 2);
  GListModel *queue = G_LIST_MODEL (ut_session_get_queue (fixture->session));

  g_test_summary ("What the status line offers of a run from the queue to its end.");
  ut_run_set_speed (first, 20);
  ITER_UNTIL (g_list_model_get_n_items (queue) == 2);
  assert_buttons (fixture, second, "Remove | 2 waiting");
  assert_buttons (fixture, third, "Start now | Remove | 2 waiting");
  g_assert_true (g_str_has_prefix (get_status (fixture), "2nd in the queue"));
  act (fixture, "run-start-now", third);
  ITER_UNTIL (ut_run_get_queue_position (third) == 1);
  act (fixture, "queue-paused", NULL);
  assert_buttons (fixture, third, "Resume the queue | Remove | 2 waiting, paused");
  g_assert_cmpstr (get_status (fixture), ==, "1st in the queue, which is paused");

  ITER_UNTIL (ut_run_get_progress (first)->step > 1);
  assert_buttons (fixture, first, "Pause | Stop | 2 waiting, paused");
  ut_run_stop (first);
  ITER_UNTIL (ut_run_get_state (first) == UT_RUN_STOPPED);
  assert_buttons (fixture, first, "Continue | More epochs… | 2 waiting, paused");

  act (fixture, "queue-resume", NULL);
  ITER_UNTIL (ut_run_get_state (second) == UT_RUN_FINISHED);
  ITER_UNTIL (g_list_model_get_n_items (queue) == 0);
  assert_buttons (fixture, second, "More epochs…");
  act (fixture, "run-continue", first);
  g_assert_true (ut_session_get_current (fixture->session) == first);
  ITER_UNTIL (ut_run_get_state (first) == UT_RUN_FINISHED);
  g_assert_true (g_str_has_prefix (get_status (fixture), "Finished: 2 of 2 epochs"));
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (UtConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  UtRun *run;

  g_test_summary ("A run that failed before it kept anything is tried again, or its settings are.");
  ut_config_builder_set_files (builder, "/nowhere/train.tsv", NULL);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  run = ut_run_store_add (fixture->store, config, NULL, &error);
  g_assert_no_error (error);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FAILED);
  assert_buttons (fixture, run, "Continue | Use these settings");
  text = ut_run_text_dup_failure (run);
  g_assert_nonnull (strstr (text, "/nowhere/train.tsv"));
  g_assert_null (strstr (text, "is kept"));
  title = ut_run_text_dup_news (run, 1, &body);
  g_assert_cmpstr (title, ==, "LSTM 1 failed");
  g_assert_cmpstr (body, ==, text);
}

/* Deletes the data of @run that only its training needs, and lets it go on: it fails, and has a best
 * epoch. */
static void
test_failed_later (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("undertone-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "train.tsv", NULL);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (UtConfig) config = NULL;
  g_autoptr (GString) rows = g_string_new ("sentence\tlabel\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  UtRun *run;

  g_test_summary ("A run that failed later goes on from its best epoch with half the rate.");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (rows, "%s film %u\t%u\n", i % 2 != 0 ? "good" : "bad", i, i % 2);
  g_file_set_contents (path, rows->str, -1, &error);
  g_assert_no_error (error);
  ut_config_builder_set_files (builder, path, NULL);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 2);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  run = ut_run_store_add (fixture->store, config, NULL, &error);
  g_assert_no_error (error);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);

  /* Other rows under the same name: the training cannot go on with them. */
  g_string_append (rows, "another row\t1\n");
  g_file_set_contents (path, rows->str, -1, &error);
  g_assert_no_error (error);
  /* The store has the rows of its last run; a run on others makes it forget them. */
  add (fixture, 1);
  g_assert_true (ut_run_store_train_further (fixture->store, run, 3, &error));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FAILED);
  text = ut_run_text_dup_failure (run);
  g_test_message ("%s", text);
  g_assert_true (g_str_has_suffix (text, "is kept."));
  ITER_UNTIL (ut_run_store_get_active (fixture->store) == NULL
              && ut_run_store_get_n_queued (fixture->store) == 0);
  label = g_strdup_printf ("Continue from epoch %u with half the learning rate | "
                           "Use these settings", ut_run_get_best (run)->epoch);
  assert_buttons (fixture, run, label);
  act (fixture, "run-continue-slower", run);
  g_assert_cmpfloat (ut_config_get_number (ut_run_get_config (run), UT_SETTING_LEARNING_RATE), ==,
                     ut_config_get_number (config, UT_SETTING_LEARNING_RATE) / 2);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FAILED);
  g_unlink (path);
  g_rmdir (folder);
}

/* Writes into the database that this test's parent trains all runs. */
static void
give_away (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "store", "runs.db", NULL);
  g_autofree char *boot = NULL;
  g_autofree char *space = g_file_read_link ("/proc/self/ns/pid", NULL);
  g_autofree char *stat_path = g_strdup_printf ("/proc/%u/stat", (guint) getppid ());
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  g_autofree char *sql = NULL;
  sqlite3 *database;

  g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot, NULL, NULL);
  g_file_get_contents (stat_path, &stat, NULL, NULL);
  fields = g_strsplit (strrchr (stat, ')') + 2, " ", -1);
  sql = g_strdup_printf ("UPDATE runs SET owner = '%s/%s %u %s', change = change + 1",
                         g_strchomp (boot), space, (guint) getppid (), fields[19]);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  ut_run_store_load_finish (UT_RUN_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
load (Fixture *fixture)
{
  gboolean loaded = FALSE;

  ut_run_store_load_async (fixture->store, NULL, loaded_cb, &loaded);
  ITER_UNTIL (loaded);
}

static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) directory = g_file_new_build_filename (g_get_user_data_dir (), "store", NULL);
  g_autoptr (UtRunStore) other = ut_run_store_new (directory);
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtRun) seen = NULL;
  g_autofree char *summary = NULL;
  UtRun *run = ut_run_store_add (other, config, NULL, &error);

  g_test_summary ("A run that another program trains says so and cannot be steered.");
  g_assert_no_error (error);
  ut_run_set_speed (run, 5);
  ITER_UNTIL (ut_run_get_progress (run)->step > 1);
  give_away ();
  load (fixture);
  seen = g_list_model_get_item (G_LIST_MODEL (fixture->store), 0);
  g_assert_nonnull (seen);
  ITER_UNTIL (ut_run_is_elsewhere (seen));
  assert_buttons (fixture, seen, "");
  g_assert_true (g_str_has_prefix (get_status (fixture), "Trains in another program"));
  summary = ut_run_text_dup_summary (seen);
  g_assert_true (g_str_has_suffix (summary, "in another program"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "stop"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "pause"));

  /* A change of it is no reason to look at another run. */
  add (fixture, 1);
  ut_session_set_current (fixture->session, seen);
  ut_run_set_name (run, "Of the other one");
  ITER_UNTIL (g_str_equal (ut_run_get_name (seen), "Of the other one"));
  g_assert_true (ut_session_get_current (fixture->session) == seen);
  ut_run_stop (run);
  ITER_UNTIL (ut_run_store_get_active (other) == NULL);
}

static UtQueueWindow *
find_queue_window (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (UT_IS_QUEUE_WINDOW (window))
        return UT_QUEUE_WINDOW (window);
    }

  return NULL;
}

static const char *
end_says (UtQueueWindow *window)
{
  return gtk_label_get_label (ut_ui_test_find (window, UT_TYPE_QUEUE_WINDOW, "end_label"));
}

/* The first row of the queue's window below @widget. */
static GtkWidget *
find_row (GtkWidget *widget)
{
  GtkWidget *found = UT_IS_QUEUE_ROW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child);

  return found;
}

static void
test_queue (Fixture       *fixture,
            gconstpointer  data)
{
  UtRun *active = add (fixture, 2);
  UtRun *runs[3];
  UtQueueWindow *window;
  GListModel *queue = G_LIST_MODEL (ut_session_get_queue (fixture->session));
  GtkWidget *row;
  GtkStack *stack;
  gpointer watched, parent;

  g_test_summary ("The queue's window orders, holds back and removes, and closes with its parent.");
  ut_run_set_speed (active, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = add (fixture, 2);
  act (fixture, "queue", NULL);
  window = find_queue_window ();
  g_assert_nonnull (window);
  act (fixture, "queue", NULL);
  g_assert_true (find_queue_window () == window);
  ITER_UNTIL (g_list_model_get_n_items (queue) == 3);
  ITER_UNTIL (find_row (GTK_WIDGET (window)) != NULL);
  row = find_row (GTK_WIDGET (window));
  g_assert_cmpstr (gtk_label_get_label (ut_ui_test_find (row, UT_TYPE_QUEUE_ROW, "name_label")), ==,
                   "GRU 2");
  ITER_UNTIL (g_str_has_prefix (end_says (window), "GRU 1 trains. All is done in about "));
  g_assert_false (gtk_widget_get_sensitive (ut_ui_test_find (row, UT_TYPE_QUEUE_ROW, "up_button")));

  g_signal_emit_by_name (ut_ui_test_find (row, UT_TYPE_QUEUE_ROW, "down_button"), "clicked");
  g_assert_cmpuint (ut_run_get_queue_position (runs[0]), ==, 2);
  g_assert_cmpuint (ut_run_get_queue_position (runs[1]), ==, 1);
  ITER_UNTIL (ut_queue_list_get_wait (ut_session_get_queue (fixture->session), 2) >
              ut_queue_list_get_wait (ut_session_get_queue (fixture->session), 1));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.queue-paused", NULL);
  g_assert_true (ut_run_store_get_queue_paused (fixture->store));
  ITER_UNTIL (g_str_has_prefix (end_says (window), "The queue is paused. All of it takes about "));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.run-delete", "s", ut_run_get_id (runs[2]));
  ITER_UNTIL (g_list_model_get_n_items (queue) == 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.run-restore", NULL);
  ITER_UNTIL (g_list_model_get_n_items (queue) == 3);
  ut_run_store_stop_all (fixture->store);
  stack = ut_ui_test_find (window, UT_TYPE_QUEUE_WINDOW, "stack");
  ITER_UNTIL (gtk_stack_get_visible_child (stack) ==
              ut_ui_test_find (window, UT_TYPE_QUEUE_WINDOW, "empty_page"));

  /* An event that is still at work holds the window for longer than its parent lives. */
  watched = g_object_ref (window);
  parent = fixture->window;
  g_object_add_weak_pointer (G_OBJECT (window), &watched);
  g_object_add_weak_pointer (G_OBJECT (parent), &parent);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  ITER_UNTIL (parent == NULL);
  g_object_unref (window);
  ITER_UNTIL (watched == NULL);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;

  return NULL;
}

static void
test_more_epochs (Fixture       *fixture,
                  gconstpointer  data)
{
  UtRun *run = add (fixture, 2);
  AdwMessageDialog *dialog;
  GtkSpinButton *spin;
  double minimum;
  gsize n_epochs;

  g_test_summary ("A finished run gets more epochs, at least one.");
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  act (fixture, "run-more-epochs", run);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==,
                   "GRU 1 has had 2 epochs. It goes on from there.");
  spin = g_object_get_data (G_OBJECT (dialog), "spin");
  gtk_spin_button_get_range (spin, &minimum, NULL);
  g_assert_cmpfloat (minimum, ==, 3);
  g_assert_cmpfloat (gtk_spin_button_get_value (spin), ==, 4);
  gtk_spin_button_set_value (spin, 3);
  adw_message_dialog_response (dialog, "train");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (ut_run_is_active (run));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  ut_run_get_epochs (run, &n_epochs);
  g_assert_cmpuint (n_epochs, ==, 3);
}

static void
test_reproduction (Fixture       *fixture,
                   gconstpointer  data)
{
  UtRun *run = add (fixture, 2);
  g_autoptr (GError) error = NULL;
  UtRun *again;

  g_test_summary ("A run that trains another one again says whether it came to the same.");
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  again = ut_run_store_reproduce (fixture->store, run, &error);
  g_assert_no_error (error);
  ut_session_set_current (fixture->session, again);
  ITER_UNTIL (g_str_has_suffix (get_status (fixture), " · Identical to GRU 1 to the last bit."));
  g_assert_true (g_str_has_prefix (get_status (fixture), "Finished: 2 of 2 epochs"));
}

static void
test_left_over (Fixture       *fixture,
                gconstpointer  data)
{
  GtkInfoBar *bar = find (fixture, "waiting_bar");
  UtRun *run;

  g_test_summary ("Runs that wait from last time are named, and wait until they are resumed.");
  g_assert_false (gtk_info_bar_get_revealed (bar));
  ut_run_store_set_queue_paused (fixture->store, TRUE);
  run = add (fixture, 1);
  ut_session_set_left_over (fixture->session, 3);
  g_assert_true (gtk_info_bar_get_revealed (bar));
  g_assert_cmpstr (gtk_label_get_label (find (fixture, "waiting_label")), ==,
                   "3 runs wait from last time.");
  g_assert_cmpint (ut_run_get_state (run), ==, UT_RUN_QUEUED);
  act (fixture, "queue-resume", NULL);
  g_assert_false (gtk_info_bar_get_revealed (bar));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
}

static void
test_quit (Fixture       *fixture,
           gconstpointer  data)
{
  UtRun *run = add (fixture, 2);
  UtRun *queued = add (fixture, 2);
  gpointer watched = fixture->window;

  g_test_summary ("A quit keeps the run, which can be continued, and the queue for the next start.");
  g_object_add_weak_pointer (G_OBJECT (watched), &watched);
  ut_run_set_speed (run, 20);
  ITER_UNTIL (ut_run_get_progress (run)->step > 1);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()),
                            "It is kept and can be continued."));
  adw_message_dialog_response (find_dialog (), "quit");
  fixture->window = NULL;
  ITER_UNTIL (watched == NULL);
  g_assert_true (ut_run_can_continue (run));
  g_assert_cmpint (ut_run_get_state (queued), ==, UT_RUN_QUEUED);
  g_assert_cmpuint (ut_run_get_queue_position (queued), ==, 1);
}

/* The button with @label below @widget. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    found = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);

  return found;
}

static void
test_late_quit (Fixture       *fixture,
                gconstpointer  data)
{
  UtRun *run = add (fixture, 2);
  gpointer watched = fixture->window;

  g_test_summary ("A quit that is confirmed when the run has ended closes the window, too.");
  g_object_add_weak_pointer (G_OBJECT (watched), &watched);
  gtk_window_close (GTK_WINDOW (fixture->window));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  gtk_widget_activate (find_button (GTK_WIDGET (find_dialog ()), "Quit"));
  fixture->window = NULL;
  ITER_UNTIL (watched == NULL);
  /* The button is at work for longer than the window lives. */
  ITER_UNTIL (find_dialog () == NULL);
}

static void
test_awake (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtKeepAwake) awake = ut_keep_awake_new (GTK_WINDOW (fixture->window), fixture->store);
  UtRun *run;

  g_test_summary ("The machine stays awake while a run trains, not while it is paused.");
  g_assert_false (ut_keep_awake_get_needed (awake));
  run = add (fixture, 2);
  ut_run_set_speed (run, 20);
  g_assert_true (ut_keep_awake_get_needed (awake));
  ITER_UNTIL (ut_run_get_progress (run)->step > 1);
  ut_run_set_paused (run, TRUE);
  ITER_UNTIL (!ut_keep_awake_get_needed (awake));
  ut_run_set_paused (run, FALSE);
  ITER_UNTIL (ut_keep_awake_get_needed (awake));
  ut_run_stop (run);
  ITER_UNTIL (!ut_keep_awake_get_needed (awake));
}

static void
test_news (Fixture       *fixture,
           gconstpointer  data)
{
  UtRun *run = add (fixture, 1);
  g_autofree char *last = NULL;
  g_autofree char *middle = NULL;
  g_autofree char *many = NULL;
  g_autofree char *body = NULL;

  g_test_summary ("Of runs that end as planned only the last of a queue is told of.");
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  middle = ut_run_text_dup_news (run, 0, &body);
  g_assert_null (middle);
  g_assert_null (body);
  many = ut_run_text_dup_news (run, 18, &body);
  g_assert_cmpstr (many, ==, "18 runs are done");
  g_assert_null (body);
  last = ut_run_text_dup_news (run, 1, &body);
  g_assert_cmpstr (last, ==, "GRU 1 is done");
  g_assert_true (g_str_has_prefix (body, "Best 0."));
}

static void
test_trouble (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "store", NULL);
  g_autofree char *away = g_strconcat (folder, "-away", NULL);
  g_autofree char *text = ut_run_text_dup_trouble (NULL, "/m: No space left on device");
  GtkInfoBar *bar = find (fixture, "trouble_bar");
  UtRun *run;

  g_test_summary ("What cannot be saved stands over the pages until it can.");
  g_assert_cmpstr (text, ==, "Cannot save to /m: No space left on device. The queue waits.");
  run = add (fixture, 1);
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
  g_assert_false (gtk_info_bar_get_revealed (bar));

  /* The folders of the runs are away, and where they were nothing can be made. */
  run = add (fixture, 2);
  ut_run_set_speed (run, 100);
  ITER_UNTIL (ut_run_get_progress (run)->step > 1);
  {
    g_autofree char *runs = g_build_filename (folder, "runs", NULL);

    g_assert_cmpint (g_rename (runs, away), ==, 0);
    ITER_UNTIL (gtk_info_bar_get_revealed (bar));
    g_assert_true (g_str_has_prefix (gtk_label_get_label (find (fixture, "trouble_label")),
                                     "Cannot save to "));
    g_assert_true (g_str_has_suffix (gtk_label_get_label (find (fixture, "trouble_label")),
                                     "GRU 2 is paused."));
    g_assert_true (gtk_label_get_selectable (find (fixture, "trouble_label")));
    g_assert_nonnull (strstr (get_status (fixture), "a file cannot be saved"));
    g_assert_cmpint (g_rename (away, runs), ==, 0);
  }
  act (fixture, "retry", NULL);
  ITER_UNTIL (!gtk_info_bar_get_revealed (bar));
  ITER_UNTIL (ut_run_get_state (run) == UT_RUN_FINISHED);
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
    { "/ui/steering/states", test_states },
    { "/ui/steering/failed", test_failed },
    { "/ui/steering/failed-later", test_failed_later },
    { "/ui/steering/elsewhere", test_elsewhere },
    { "/ui/steering/queue", test_queue },
    { "/ui/steering/more-epochs", test_more_epochs },
    { "/ui/steering/reproduction", test_reproduction },
    { "/ui/steering/left-over", test_left_over },
    { "/ui/steering/quit", test_quit },
    { "/ui/steering/late-quit", test_late_quit },
    { "/ui/steering/awake", test_awake },
    { "/ui/steering/news", test_news },
    { "/ui/steering/trouble", test_trouble },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
