/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <glib/gstdio.h>
#include <ut-axis-row.h>
#include <ut-choice-row.h>
#include <ut-form.h>
#include <ut-path-row.h>
#include <ut-preset-menu.h>
#include <ut-spin-row.h>
#include <ut-switch-row.h>

typedef struct
{
  UtSession *session;
  UtForm *form;
} Fixture;

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  return ut_ui_test_find (fixture->form, UT_TYPE_FORM, id);
}

static const char *
label (Fixture    *fixture,
       const char *id)
{
  return gtk_label_get_label (find (fixture, id));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = ut_ui_test_session ();
  fixture->form = g_object_ref_sink (g_object_new (UT_TYPE_FORM, NULL));
  ut_form_set_session (fixture->form, fixture->session);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ut_run_store_stop_all (ut_session_get_store (fixture->session));
  ITER_UNTIL (ut_run_store_get_active (ut_session_get_store (fixture->session)) == NULL);
  g_assert_finalize_object (fixture->form);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_object (&fixture->session);
}

static char *
write_file (const char *name,
            const char *text)
{
  char *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_first_start (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkButton *start = find (fixture, "start_button");

  g_test_summary ("On a new machine the sample is chosen, and one press trains three models.");
  g_assert_true (ut_form_get_valid (fixture->form));
  g_assert_cmpuint (gtk_drop_down_get_selected (find (fixture, "preset")), ==, 0);
  g_assert_cmpstr (gtk_button_get_label (start), ==, "Start 3 runs");
  ITER_UNTIL (ut_form_get_corpus (fixture->form) != NULL);
  g_assert_nonnull (strstr (label (fixture, "facts_label"), "to train"));
  g_assert_nonnull (strstr (label (fixture, "estimate_label"), "weights"));
  g_assert_nonnull (strstr (label (fixture, "estimate_label"),
                            "time known after the first batches"));
}

static void
test_cells (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_check_button_set_active (find (fixture, "cell_rnn"), FALSE);
  gtk_check_button_set_active (find (fixture, "cell_lstm"), FALSE);
  g_assert_cmpstr (gtk_button_get_label (find (fixture, "start_button")), ==, "Start");
  ut_setting_row_set_number (find (fixture, "n-seeds"), 4);
  g_assert_cmpstr (gtk_button_get_label (find (fixture, "start_button")), ==, "Start 4 runs");

  gtk_check_button_set_active (find (fixture, "cell_gru"), FALSE);
  g_assert_false (ut_form_get_valid (fixture->form));
  g_assert_true (gtk_widget_get_visible (find (fixture, "reason_label")));
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "Tick at least one cell.");
  g_assert_cmpstr (ut_stacked_row_get_error (find (fixture, "cells_row")), ==,
                   "Tick at least one cell.");
  gtk_check_button_set_active (find (fixture, "cell_rnn"), TRUE);
  g_assert_null (ut_stacked_row_get_error (find (fixture, "cells_row")));
  g_assert_true (ut_form_get_valid (fixture->form));
}

static void
test_wrong_value (Fixture       *fixture,
                  gconstpointer  data)
{
  UtSettingRow *row = find (fixture, "hidden-size");
  UtSettingRow *n_seeds = find (fixture, "n-seeds");
  GtkEditable *spin = ut_ui_test_find (row, UT_TYPE_SPIN_ROW, "spin");

  gtk_editable_set_text (spin, "0");
  g_assert_false (ut_form_get_valid (fixture->form));
  g_assert_cmpstr (label (fixture, "reason_label"), ==, ut_form_row_get_error (UT_FORM_ROW (row)));
  gtk_editable_set_text (spin, "8");
  g_assert_true (ut_form_get_valid (fixture->form));
  g_assert_cmpint (g_settings_get_int (ut_session_get_settings (fixture->session), "hidden-size"),
                   ==, 8);

  spin = ut_ui_test_find (n_seeds, UT_TYPE_SPIN_ROW, "spin");
  gtk_editable_set_text (spin, "101");
  g_assert_false (ut_form_get_valid (fixture->form));
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "Number of seeds: 1 to 100");
  gtk_editable_set_text (spin, "2");
  g_assert_true (ut_form_get_valid (fixture->form));
  g_assert_cmpint (g_settings_get_int (ut_session_get_settings (fixture->session), "n-seeds"), ==,
                   2);
}

static void
test_presets (Fixture       *fixture,
              gconstpointer  data)
{
  GtkDropDown *preset = find (fixture, "preset");
  UtSettingRow *epochs = find (fixture, "epochs");

  g_test_summary ("A preset fills the form; the first change makes the settings the person's own.");
  gtk_drop_down_set_selected (preset, 1);
  g_assert_cmpfloat (ut_setting_row_get_number (epochs), ==, 16);
  g_assert_cmpuint (gtk_drop_down_get_selected (preset), ==, 1);
  ut_setting_row_set_number (epochs, 7);
  g_assert_cmpuint (gtk_drop_down_get_selected (preset), ==, 4);
  ut_setting_row_set_number (epochs, 16);
  g_assert_cmpuint (gtk_drop_down_get_selected (preset), ==, 1);
}

static void
test_preset_is_remembered (Fixture       *fixture,
                           gconstpointer  data)
{
  UtForm *second = g_object_ref_sink (g_object_new (UT_TYPE_FORM, NULL));

  g_test_summary ("The next start shows changes of a preset, not the preset again.");
  gtk_drop_down_set_selected (find (fixture, "preset"), 1);
  ut_setting_row_set_number (find (fixture, "epochs"), 7);
  ut_form_set_session (second, fixture->session);
  g_assert_cmpfloat (ut_setting_row_get_number (ut_ui_test_find (second, UT_TYPE_FORM, "epochs")),
                     ==, 7);
  g_assert_finalize_object (second);
}

static const char *
get_preset (Fixture *fixture)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (find (fixture, "preset")));
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

/* The only descendant of @type of @widget. */
static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);

  return found;
}

static void
respond (AdwMessageDialog *dialog,
         const char       *response)
{
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Opens the dialog and enters @name. */
static AdwMessageDialog *
enter_name (Fixture    *fixture,
            const char *name)
{
  AdwMessageDialog *dialog;

  g_assert_true (gtk_widget_activate_action (find (fixture, "preset_menu"), "preset.save", NULL));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (find_child (adw_message_dialog_get_extra_child (dialog),
                                                   GTK_TYPE_ENTRY)), name);

  return dialog;
}

/* A preset with a cell of its own is shown as long as that is the only one ticked. */
static void
check_cell (Fixture *fixture)
{
  gtk_drop_down_set_selected (find (fixture, "preset"), 0);
  gtk_check_button_set_active (find (fixture, "cell_lstm"), TRUE);
  ut_setting_row_set_number (find (fixture, "seed"), 42);
  gtk_drop_down_set_selected (find (fixture, "preset"), 4);
  g_assert_cmpstr (get_preset (fixture), ==, "My GRU");
  g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, "epochs")), ==, 3);
  g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, "seed")), ==, 42);
  g_assert_false (gtk_check_button_get_active (find (fixture, "cell_lstm")));
  g_assert_true (gtk_check_button_get_active (find (fixture, "cell_gru")));
  gtk_check_button_set_active (find (fixture, "cell_rnn"), TRUE);
  g_assert_cmpstr (get_preset (fixture), ==, "Own settings");
  gtk_check_button_set_active (find (fixture, "cell_rnn"), FALSE);
  g_assert_cmpstr (get_preset (fixture), ==, "My GRU");
}

static void
check_replace (Fixture *fixture)
{
  const UtOwnPreset *preset;
  UtPresetStore *store = ut_session_get_presets (fixture->session);

  ut_setting_row_set_number (find (fixture, "epochs"), 4);
  for (guint i = 0; i < 2; i++)
    {
      respond (enter_name (fixture, "My GRU"), "save");
      preset = ut_preset_store_find (store, "My GRU");
      g_assert_cmpint (ut_config_get_int (preset->config, UT_SETTING_EPOCHS), ==, 3);
      g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "“My GRU”"));
      respond (find_dialog (), i == 0 ? "cancel" : "replace");
    }
  preset = ut_preset_store_find (store, "My GRU");
  g_assert_cmpint (ut_config_get_int (preset->config, UT_SETTING_EPOCHS), ==, 4);
  g_assert_cmpstr (get_preset (fixture), ==, "My GRU");
}

static void
test_own_presets (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (g_object_ref_sink (gtk_window_new ()));
  GtkWidget *overlay = adw_toast_overlay_new ();
  AdwMessageDialog *dialog;
  GtkWidget *reason, *undo;

  g_test_summary ("What the form shows is kept under a name, chosen again, replaced and deleted.");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (fixture->form));
  gtk_window_set_child (window, overlay);
  gtk_window_present (window);

  gtk_check_button_set_active (find (fixture, "cell_rnn"), FALSE);
  gtk_check_button_set_active (find (fixture, "cell_lstm"), FALSE);
  ut_setting_row_set_number (find (fixture, "epochs"), 3);
  g_assert_cmpstr (get_preset (fixture), ==, "Own settings");

  dialog = enter_name (fixture, "quick-look");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  reason = gtk_widget_get_last_child (adw_message_dialog_get_extra_child (dialog));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (reason)), "built-in"));
  respond (dialog, "cancel");
  dialog = enter_name (fixture, " ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  respond (dialog, "cancel");
  respond (enter_name (fixture, "  My GRU "), "save");
  g_assert_cmpstr (get_preset (fixture), ==, "My GRU");
  check_cell (fixture);
  check_replace (fixture);

  g_assert_true (gtk_widget_activate_action (find (fixture, "preset_menu"), "preset.delete", NULL));
  g_assert_cmpstr (get_preset (fixture), ==, "Own settings");
  undo = find_child (overlay, g_type_from_name ("AdwToastWidget"));
  g_assert_nonnull (undo);
  undo = find_child (undo, GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (undo)), ==, "Undo");
  g_signal_emit_by_name (undo, "clicked");
  g_assert_cmpstr (get_preset (fixture), ==, "My GRU");

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), NULL);
  gtk_window_destroy (window);
  g_assert_finalize_object (window);
}

static void
test_as_coded (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const faults[] = { "state-along", "loss", "padding" };
  GtkDropDown *preset = find (fixture, "preset");
  UtPathRow *vectors = find (fixture, "vectors_row");
  UtSettingRow *seed = find (fixture, "seed");
  g_autofree char *path = write_file ("vectors.txt", "a 1 2 3\nb 4 5 6\n");

  g_test_summary ("The notebook's faults are three choices, and want the notebook's network; a preset "
                  "puts right what does not go together, and keeps the person's own.");
  ut_path_row_set_path (vectors, path);
  ut_setting_row_set_number (seed, 12);
  gtk_drop_down_set_selected (preset, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, faults[i])), ==, 1);
  g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, "epochs")), ==, 16);
  ITER_UNTIL (ut_form_get_valid (fixture->form));
  g_assert_cmpuint (gtk_drop_down_get_selected (preset), ==, 2);

  ut_setting_row_set_number (find (fixture, "layers"), 2);
  g_assert_false (ut_form_get_valid (fixture->form));
  g_assert_cmpstr (label (fixture, "reason_label"), ==,
                   "Layers: only “1” as the notebook's code runs");
  g_assert_cmpuint (gtk_drop_down_get_selected (preset), ==, 4);

  gtk_drop_down_set_selected (preset, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, faults[i])), ==, 0);
  g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, "layers")), ==, 1);
  g_assert_cmpfloat (ut_setting_row_get_number (seed), ==, 12);
  g_assert_cmpstr (ut_path_row_get_path (vectors), ==, path);
  ITER_UNTIL (ut_form_get_valid (fixture->form));
  g_assert_cmpuint (gtk_drop_down_get_selected (preset), ==, 1);
}

static void
test_own_files (Fixture       *fixture,
                gconstpointer  data)
{
  GtkDropDown *data_sets = find (fixture, "data");
  UtPathRow *train = find (fixture, "train_row");
  UtPathRow *dev = find (fixture, "dev_row");
  g_autofree char *good = write_file ("good.tsv", "sentence\tlabel\na good one\t1\nbad\t0\n");
  g_autofree char *bad = write_file ("bad.tsv", "sentence\tlabel\na good one\t1\nbad\t7\n");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (train)));
  ITER_UNTIL (ut_form_get_corpus (fixture->form) != NULL);
  gtk_drop_down_set_selected (data_sets, 2);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (train)));
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "Choose a training file.");
  g_assert_cmpstr (ut_stacked_row_get_error (UT_STACKED_ROW (train)), ==,
                   "Choose a training file.");
  /* What the sample says of itself is not said of files yet to be named. */
  g_assert_null (ut_form_get_corpus (fixture->form));
  g_assert_cmpuint (gtk_drop_down_get_selected (find (fixture, "preset")), ==, 4);

  ut_path_row_set_path (train, bad);
  ITER_UNTIL (ut_stacked_row_get_error (UT_STACKED_ROW (train)) != NULL);
  g_assert_nonnull (strstr (ut_stacked_row_get_error (UT_STACKED_ROW (train)), "bad.tsv:3"));
  g_assert_false (ut_form_get_valid (fixture->form));

  ut_path_row_set_path (train, good);
  ut_path_row_set_path (dev, bad);
  ITER_UNTIL (ut_stacked_row_get_error (UT_STACKED_ROW (dev)) != NULL);
  g_assert_null (ut_stacked_row_get_error (UT_STACKED_ROW (train)));

  ut_path_row_set_path (dev, good);
  ITER_UNTIL (ut_form_get_corpus (fixture->form) != NULL);
  g_assert_true (ut_form_get_valid (fixture->form));
  g_assert_cmpstr (label (fixture, "facts_label"), ==, "2 to train, 2 to validate, 4 words");
}

static void
test_refusal (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = write_file ("store", "");
  UtSettingRow *hidden = find (fixture, "hidden-size");

  g_test_summary ("Where no run can be kept the form says so, and Start can be tried again.");
  g_assert_false (ut_form_start (fixture->form));
  g_assert_nonnull (strstr (label (fixture, "reason_label"), "Cannot save to "));
  g_assert_nonnull (strstr (label (fixture, "reason_label"), path));
  g_assert_true (ut_form_get_valid (fixture->form));
  ut_setting_row_set_number (hidden, 4);
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "");

  g_assert_false (ut_form_start (fixture->form));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (ut_form_start (fixture->form));
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "");
}

static void
test_vectors (Fixture       *fixture,
              gconstpointer  data)
{
  UtPathRow *vectors = find (fixture, "vectors_row");
  UtSettingRow *embedding = find (fixture, "embedding-size");
  g_autofree char *good = write_file ("good.txt", "a 1 2 3\nb 4 5 6\n");

  g_test_summary ("The size of the word vectors is the file's as long as there is one.");
  ut_path_row_set_path (vectors, good);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (embedding)));
  ITER_UNTIL (ut_setting_row_get_number (embedding) == 3);
  ut_path_row_set_path (vectors, "/nowhere/to/be/found");
  ITER_UNTIL (ut_stacked_row_get_error (UT_STACKED_ROW (vectors)) != NULL);
  g_assert_false (ut_form_get_valid (fixture->form));
  ut_path_row_set_path (vectors, "");
  g_assert_true (ut_form_get_valid (fixture->form));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (embedding)));
}

static void
test_use (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 2);
  UtRunStore *store = ut_session_get_store (fixture->session);
  UtSettingRow *hidden = find (fixture, "hidden-size");
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (store, config, NULL, &error);

  g_assert_no_error (error);
  g_test_summary ("The form takes over a run; what differs from the current run is marked.");
  ut_session_set_current (fixture->session, run);
  ut_form_use (fixture->form, config);
  g_assert_cmpfloat (ut_setting_row_get_number (hidden), ==, 4);
  g_assert_false (gtk_check_button_get_active (find (fixture, "cell_rnn")));
  g_assert_true (gtk_check_button_get_active (find (fixture, "cell_gru")));
  g_assert_null (ut_form_row_get_was (UT_FORM_ROW (hidden)));

  ut_setting_row_set_number (hidden, 32);
  g_assert_cmpstr (ut_form_row_get_was (UT_FORM_ROW (hidden)), ==, "4");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (hidden)), ==, "was 4");
  gtk_test_accessible_assert_property (ut_ui_test_find (hidden, UT_TYPE_SPIN_ROW, "spin"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "was 4");
  gtk_check_button_set_active (find (fixture, "cell_rnn"), TRUE);
  g_assert_cmpstr (ut_stacked_row_get_was (find (fixture, "cells_row")), ==, "GRU");
  g_assert_cmpstr (gtk_button_get_label (find (fixture, "start_button")), ==,
                   "Add 2 to the queue");
  gtk_check_button_set_active (find (fixture, "cell_rnn"), FALSE);
  g_assert_cmpstr (gtk_button_get_label (find (fixture, "start_button")), ==, "Add to queue");
}

static void
test_several_values (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkButton *start = find (fixture, "start_button");
  UtAxisRow *first = find (fixture, "first_axis_row");
  UtAxisRow *second = find (fixture, "second_axis_row");
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (fixture->session));
  g_autoptr (UtRun) last = NULL;
  g_autoptr (UtConfig) config = ut_ui_test_config (UT_CELL_GRU, 1);
  gsize n_values;

  g_test_summary ("A run for each combination of values, cell and seed; what is wrong stands there.");
  ITER_UNTIL (ut_form_get_corpus (fixture->form) != NULL);
  ut_axis_row_set (first, UT_SETTING_HIDDEN_SIZE, "8, 16, 32");
  g_assert_cmpstr (gtk_button_get_label (start), ==, "Start 9 runs");
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "hidden-size")));
  ut_axis_row_set (second, UT_SETTING_LEARNING_RATE, "1e-3, 3e-3");
  ut_setting_row_set_number (find (fixture, "n-seeds"), 2);
  g_assert_cmpstr (gtk_button_get_label (start), ==, "Start 36 runs");

  ut_axis_row_set (second, UT_SETTING_LEARNING_RATE, "1e-3, fast");
  g_assert_null (ut_axis_row_get_values (second, &n_values));
  g_assert_false (ut_form_get_valid (fixture->form));
  g_assert_nonnull (strstr (ut_stacked_row_get_error (UT_STACKED_ROW (second)), "Learning rate"));
  g_assert_cmpstr (label (fixture, "reason_label"), ==,
                   ut_stacked_row_get_error (UT_STACKED_ROW (second)));
  ut_axis_row_set (second, UT_SETTING_HIDDEN_SIZE, "64");
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "Hidden size is there twice");
  /* All that a choice can be is proposed. */
  ut_axis_row_set (second, 0, NULL);
  gtk_drop_down_set_selected (ut_ui_test_find (second, UT_TYPE_AXIS_ROW, "drop_down"), 8);
  g_assert_nonnull (ut_axis_row_get_values (second, &n_values));
  g_assert_cmpuint (n_values, >=, 2);
  ut_axis_row_set (second, 0, NULL);
  g_assert_true (ut_form_get_valid (fixture->form));
  ut_setting_row_set_number (find (fixture, "n-seeds"), 100);
  ut_axis_row_set (second, UT_SETTING_BATCH_SIZE, "16, 32");
  g_assert_cmpstr (label (fixture, "reason_label"), ==, "At most 1000 runs at a time");

  ut_form_use (fixture->form, config);
  g_assert_cmpstr (gtk_button_get_label (start), ==, "Start");
  ut_axis_row_set (first, UT_SETTING_HIDDEN_SIZE, "2, 3");
  g_assert_true (ut_form_start (fixture->form));
  g_assert_cmpuint (g_list_model_get_n_items (runs), ==, 2);
  last = g_list_model_get_item (runs, 0);
  g_assert_cmpint (ut_config_get_int (ut_run_get_config (last), UT_SETTING_HIDDEN_SIZE), ==, 3);
  g_assert_cmpstr (gtk_button_get_label (start), ==, "Add 2 to the queue");
  ITER_UNTIL (ut_run_get_state (last) == UT_RUN_FINISHED);
  /* The speed is known now: 800 epochs take more than a minute. */
  ut_setting_row_set_number (find (fixture, "epochs"), 800);
  ut_setting_row_set_number (find (fixture, "embedding-size"), 300);
  ut_axis_row_set (first, UT_SETTING_HIDDEN_SIZE, "512, 1024");
  g_assert_nonnull (strstr (label (fixture, "estimate_label"), ", until "));
}

static void
test_baselines (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const cells[] = { "cell_rnn", "cell_lstm", "cell_gru" };
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (fixture->session));

  g_test_summary ("Baselines are ticked beside the cells, and do without any");
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    gtk_check_button_set_active (find (fixture, cells[i]), FALSE);
  ITER_UNTIL (!ut_form_get_valid (fixture->form));
  gtk_check_button_set_active (find (fixture, "cell_bag"), TRUE);
  gtk_check_button_set_active (find (fixture, "cell_majority"), TRUE);
  ITER_UNTIL (ut_form_get_valid (fixture->form));
  g_assert_true (ut_form_start (fixture->form));
  g_assert_cmpuint (g_list_model_get_n_items (runs), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      g_assert_false (ut_cell_kind_is_recurrent (ut_config_get_cell (ut_run_get_config (run))));
    }
}

static void
test_more (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { const char *id; UtSetting setting; double value; } rows[] = {
    { "layers", UT_SETTING_LAYERS, 2 },
    { "bidirectional", UT_SETTING_BIDIRECTIONAL, 1 },
    { "readout", UT_SETTING_READOUT, UT_READOUT_MAX },
    { "embedding-dropout", UT_SETTING_EMBEDDING_DROPOUT, 0.1 },
    { "layer-dropout", UT_SETTING_LAYER_DROPOUT, 0.2 },
    { "readout-dropout", UT_SETTING_READOUT_DROPOUT, 0.3 },
    { "subwords", UT_SETTING_SUBWORDS, 1 },
    { "word-dropout", UT_SETTING_WORD_DROPOUT, 0.4 },
    { "gradient-clipping", UT_SETTING_GRADIENT_CLIPPING, 0.5 },
    { "weight-decay", UT_SETTING_WEIGHT_DECAY, 0.01 },
    { "label-smoothing", UT_SETTING_LABEL_SMOOTHING, 0.15 },
    { "patience", UT_SETTING_PATIENCE, 3 },
    { "min-delta", UT_SETTING_MIN_DELTA, 0.001 },
    { "schedule", UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE },
    { "warm-up", UT_SETTING_WARM_UP, 0.25 },
    { "averaged-epochs", UT_SETTING_AVERAGED_EPOCHS, 4 },
    { "train-embedding", UT_SETTING_TRAIN_EMBEDDING, 0 },
  };
  UtSettingRow *smoothing = find (fixture, "label-smoothing");
  GtkSpinButton *spin = ut_ui_test_find (smoothing, UT_TYPE_SPIN_ROW, "spin");

  g_test_summary ("What stands under More settings reaches the run; steps add up to what one reads.");
  for (gsize i = 0; i < 3; i++)
    gtk_spin_button_spin (spin, GTK_SPIN_STEP_FORWARD, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.15");
  g_assert_cmpfloat (ut_setting_row_get_number (smoothing), ==, 0.15);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    ut_setting_row_set_number (find (fixture, rows[i].id), rows[i].value);
  ITER_UNTIL (ut_form_get_valid (fixture->form));
  g_assert_true (ut_form_start (fixture->form));

  GListModel *runs = G_LIST_MODEL (ut_session_get_store (fixture->session));
  g_autoptr (UtRun) run = g_list_model_get_item (runs, 0);
  UtConfig *config = ut_run_get_config (run);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat (ut_config_get_number (config, rows[i].setting), ==, rows[i].value);

  GSettings *settings = ut_session_get_settings (fixture->session);
  g_autofree char *schedule = g_settings_get_string (settings, "schedule");

  g_assert_cmpstr (schedule, ==, "cosine");
  g_settings_set_string (settings, "schedule", "plateau");
  g_assert_cmpfloat (ut_setting_row_get_number (find (fixture, "schedule")), ==,
                     UT_SCHEDULE_PLATEAU);

  ut_session_set_current (fixture->session, run);
  ut_form_use (fixture->form, config);
  ut_setting_row_set_number (find (fixture, "train-embedding"), 1);
  g_assert_cmpstr (ut_form_row_get_was (find (fixture, "train-embedding")), ==, "off");
  g_assert_null (ut_form_row_get_was (find (fixture, "schedule")));
  ut_setting_row_set_number (find (fixture, "schedule"), UT_SCHEDULE_CONSTANT);
  g_assert_cmpstr (ut_form_row_get_was (find (fixture, "schedule")), ==, "Cosine");
}

static void
test_accessibility (Fixture       *fixture,
                    gconstpointer  data)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->form), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (find (fixture, "data"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Data set");
  gtk_test_accessible_assert_property (find (fixture, "preset"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Preset");
  gtk_test_accessible_assert_property (ut_ui_test_find (find (fixture, "preset_menu"),
                                                        UT_TYPE_PRESET_MENU, "button"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Save or delete presets");
  gtk_test_accessible_assert_property (ut_ui_test_find (find (fixture, "train_row"),
                                                        UT_TYPE_PATH_ROW,
                                                        "entry"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Training file");
  g_assert_true (gtk_test_accessible_has_relation (ut_ui_test_find (find (fixture, "schedule"),
                                                                    UT_TYPE_CHOICE_ROW,
                                                                    "drop_down"),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_role (find (fixture, "reason_label"), GTK_ACCESSIBLE_ROLE_ALERT);
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
    { "/ui/form/first-start", test_first_start },
    { "/ui/form/cells", test_cells },
    { "/ui/form/wrong-value", test_wrong_value },
    { "/ui/form/presets", test_presets },
    { "/ui/form/preset-is-remembered", test_preset_is_remembered },
    { "/ui/form/own-presets", test_own_presets },

    { "/ui/form/as-coded", test_as_coded },
    { "/ui/form/own-files", test_own_files },
    { "/ui/form/refusal", test_refusal },
    { "/ui/form/vectors", test_vectors },
    { "/ui/form/use", test_use },
    { "/ui/form/several-values", test_several_values },
    { "/ui/form/baselines", test_baselines },
    { "/ui/form/more", test_more },
    { "/ui/form/accessibility", test_accessibility },
  };

  ut_ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
