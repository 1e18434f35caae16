/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <ut-answer-table.h>
#include <ut-choice-row.h>
#include <ut-classify-summary.h>
#include <ut-classify-table.h>
#include <ut-compare-page.h>
#include <ut-compare-table.h>
#include <ut-compare-verdict.h>
#include <ut-confusion-grid.h>
#include <ut-data-details.h>
#include <ut-data-page.h>
#include <ut-distance-pane.h>
#include <ut-examples.h>
#include <ut-form.h>
#include <ut-import-fields.h>
#include <ut-import-format.h>
#include <ut-import-label-row.h>
#include <ut-import-labels.h>
#include <ut-import-parts.h>
#include <ut-import-preview-row.h>
#include <ut-import-preview.h>
#include <ut-import-problems.h>
#include <ut-map-pane.h>
#include <ut-path-row.h>
#include <ut-plot-pair.h>
#include <ut-preset-menu.h>
#include <ut-row-table.h>
#include <ut-run-list.h>
#include <ut-run-row.h>
#include <ut-rows-pane.h>
#include <ut-settings-pane.h>
#include <ut-source-list.h>
#include <ut-source-row.h>
#include <ut-spin-row.h>
#include <ut-status-line.h>
#include <ut-store-bar.h>
#include <ut-sure-pane.h>
#include <ut-switch-row.h>
#include <ut-test-line.h>
#include <ut-text-table.h>
#include <ut-train-page.h>
#include <ut-trash-row.h>

/* With fatal warnings a template with a wrong property, a child left behind or a leaked widget
 * fails. */
static void
test_template (gconstpointer data)
{
  GType type = *(const GType *) data;
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (widget, type));
  g_assert_finalize_object (widget);
}

static void
test_in_window (gconstpointer data)
{
  GType type = *(const GType *) data;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  if (GTK_IS_LIST_BOX_ROW (widget))
    {
      GtkWidget *list = gtk_list_box_new ();

      gtk_list_box_append (GTK_LIST_BOX (list), widget);
      gtk_window_set_child (GTK_WINDOW (window), list);
    }
  else
    {
      gtk_window_set_child (GTK_WINDOW (window), widget);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_present (GTK_WINDOW (window));
  /* Some have nothing to show yet. */
  ITER_UNTIL (gtk_widget_get_width (widget) > 0 || !gtk_widget_get_visible (widget));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (widget);
}

static void
test_spin_row (void)
{
  UtSettingRow *row = g_object_ref_sink (g_object_new (UT_TYPE_SPIN_ROW, "setting", "hidden-size",
                                                       NULL));
  GtkSpinButton *spin = ut_ui_test_find (row, UT_TYPE_SPIN_ROW, "spin");
  guint n_notified = 0;

  g_test_summary ("What cannot be read stays, is explained, and the value stays what it was.");
  g_signal_connect_swapped (row, "notify::number", G_CALLBACK (g_atomic_int_inc), &n_notified);

  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, 64);
  gtk_editable_set_text (GTK_EDITABLE (spin), "128");
  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, 128);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_null (ut_form_row_get_error (UT_FORM_ROW (row)));

  gtk_editable_set_text (GTK_EDITABLE (spin), "9000");
  g_assert_nonnull (strstr (ut_form_row_get_error (UT_FORM_ROW (row)), "Hidden size"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   ut_form_row_get_error (UT_FORM_ROW (row)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, 128);
  gtk_spin_button_update (spin);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "9000");
  g_assert_nonnull (ut_form_row_get_error (UT_FORM_ROW (row)));

  gtk_spin_button_spin (spin, GTK_SPIN_STEP_FORWARD, 0);
  g_assert_null (ut_form_row_get_error (UT_FORM_ROW (row)));
  g_assert_cmpfloat (ut_setting_row_get_number (row), >, 128);
  g_assert_cmpuint (n_notified, ==, 2);

  g_assert_finalize_object (row);
}

static void
test_learning_rate (void)
{
  UtSettingRow *row = g_object_ref_sink (g_object_new (UT_TYPE_SPIN_ROW, "setting", "learning-rate",
                                                       NULL));
  GtkSpinButton *spin = ut_ui_test_find (row, UT_TYPE_SPIN_ROW, "spin");

  g_test_summary ("A rate is typed as 3e-4, kept to the last bit, and stepped by a factor.");
  gtk_editable_set_text (GTK_EDITABLE (spin), "3e-4");
  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, 3e-4);
  gtk_spin_button_update (spin);
  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, 3e-4);

  gtk_spin_button_spin (spin, GTK_SPIN_STEP_FORWARD, 0);
  g_assert_cmpfloat (ut_setting_row_get_number (row), >, 3.2e-4);
  gtk_spin_button_spin (spin, GTK_SPIN_STEP_BACKWARD, 0);
  g_assert_cmpfloat_with_epsilon (ut_setting_row_get_number (row), 3e-4, 3e-5);

  gtk_editable_set_text (GTK_EDITABLE (spin), "-1");
  g_assert_nonnull (ut_form_row_get_error (UT_FORM_ROW (row)));
  gtk_editable_set_text (GTK_EDITABLE (spin), "nan");
  g_assert_nonnull (ut_form_row_get_error (UT_FORM_ROW (row)));

  g_assert_finalize_object (row);
}

static void
test_choice_row (void)
{
  UtSettingRow *row = g_object_ref_sink (g_object_new (UT_TYPE_CHOICE_ROW, "setting", "schedule",
                                                       NULL));
  GtkDropDown *drop_down = ut_ui_test_find (row, UT_TYPE_CHOICE_ROW, "drop_down");
  GListModel *titles = gtk_drop_down_get_model (drop_down);
  guint n_notified = 0;

  g_test_summary ("The number of a choice is its place in the list, which has the titles.");
  g_signal_connect_swapped (row, "notify::number", G_CALLBACK (g_atomic_int_inc), &n_notified);

  g_assert_cmpuint (g_list_model_get_n_items (titles), ==, 4);
  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, UT_SCHEDULE_CONSTANT);
  gtk_drop_down_set_selected (drop_down, UT_SCHEDULE_COSINE);
  g_assert_cmpfloat (ut_setting_row_get_number (row), ==, UT_SCHEDULE_COSINE);
  g_assert_cmpuint (n_notified, ==, 1);
  ut_setting_row_set_number (row, UT_SCHEDULE_LINEAR);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, UT_SCHEDULE_LINEAR);
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down)), ==,
                   "Linear");
  g_assert_cmpuint (n_notified, ==, 2);
  ut_setting_row_set_number (row, UT_SCHEDULE_LINEAR);
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_true (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) ==
                 GTK_WIDGET (drop_down));

  g_assert_finalize_object (row);
}

static void
test_marks (void)
{
  UtSwitchRow *row = g_object_ref_sink (g_object_new (UT_TYPE_SWITCH_ROW, "hint", "what it means",
                                                      NULL));
  GtkWidget *dot = ut_ui_test_find (row, UT_TYPE_FORM_ROW, "dot");

  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "what it means");
  g_assert_false (gtk_widget_get_visible (dot));
  ut_form_row_set_was (UT_FORM_ROW (row), "off");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "was off");
  g_assert_true (gtk_widget_get_visible (dot));
  ut_form_row_set_was (UT_FORM_ROW (row), NULL);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "what it means");

  g_assert_finalize_object (row);
}

int
main (int    argc,
      char **argv)
{
  static GType types[60];
  gsize n_types = 0;

  ut_ui_test_init (&argc, &argv);

  types[n_types++] = UT_TYPE_ANSWER_TABLE;
  types[n_types++] = UT_TYPE_CHOICE_ROW;
  types[n_types++] = UT_TYPE_CLASSIFY_SUMMARY;
  types[n_types++] = UT_TYPE_CLASSIFY_TABLE;
  types[n_types++] = UT_TYPE_COMPARE_PAGE;
  types[n_types++] = UT_TYPE_COMPARE_TABLE;
  types[n_types++] = UT_TYPE_COMPARE_VERDICT;
  types[n_types++] = UT_TYPE_CONFUSION_GRID;
  types[n_types++] = UT_TYPE_DATA_DETAILS;
  types[n_types++] = UT_TYPE_DATA_PAGE;
  types[n_types++] = UT_TYPE_DISTANCE_PANE;
  types[n_types++] = UT_TYPE_EXAMPLES;
  types[n_types++] = UT_TYPE_FORM;
  types[n_types++] = UT_TYPE_FORM_ROW;
  types[n_types++] = UT_TYPE_IMPORT_FIELDS;
  types[n_types++] = UT_TYPE_IMPORT_FORMAT;
  types[n_types++] = UT_TYPE_IMPORT_LABELS;
  types[n_types++] = UT_TYPE_IMPORT_LABEL_ROW;
  types[n_types++] = UT_TYPE_IMPORT_PARTS;
  types[n_types++] = UT_TYPE_IMPORT_PREVIEW;
  types[n_types++] = UT_TYPE_IMPORT_PREVIEW_ROW;
  types[n_types++] = UT_TYPE_IMPORT_PROBLEMS;
  types[n_types++] = UT_TYPE_MAP_PANE;
  types[n_types++] = UT_TYPE_PATH_ROW;
  types[n_types++] = UT_TYPE_PLOT_PAIR;
  types[n_types++] = UT_TYPE_PRESET_MENU;
  types[n_types++] = UT_TYPE_ROWS_PANE;
  types[n_types++] = UT_TYPE_ROW_TABLE;
  types[n_types++] = UT_TYPE_RUN_LIST;
  types[n_types++] = UT_TYPE_RUN_ROW;
  types[n_types++] = UT_TYPE_SETTINGS_PANE;
  types[n_types++] = UT_TYPE_SOURCE_LIST;
  types[n_types++] = UT_TYPE_SOURCE_ROW;
  types[n_types++] = UT_TYPE_SPIN_ROW;
  types[n_types++] = UT_TYPE_STACKED_ROW;
  types[n_types++] = UT_TYPE_STATUS_LINE;
  types[n_types++] = UT_TYPE_STORE_BAR;
  types[n_types++] = UT_TYPE_SURE_PANE;
  types[n_types++] = UT_TYPE_SWITCH_ROW;
  types[n_types++] = UT_TYPE_TEST_LINE;
  types[n_types++] = UT_TYPE_TEXT_TABLE;
  types[n_types++] = UT_TYPE_TRAIN_PAGE;
  types[n_types++] = UT_TYPE_TRASH_ROW;
  for (gsize i = 0; i < n_types; i++)
    {
      g_autofree char *bare = g_strdup_printf ("/ui/template/%s", g_type_name (types[i]));
      g_autofree char *shown = g_strdup_printf ("/ui/template/%s/shown", g_type_name (types[i]));

      g_test_add_data_func (bare, &types[i], test_template);
      g_test_add_data_func (shown, &types[i], test_in_window);
    }
  g_test_add_func ("/ui/spin-row", test_spin_row);
  g_test_add_func ("/ui/spin-row/learning-rate", test_learning_rate);
  g_test_add_func ("/ui/choice-row", test_choice_row);
  g_test_add_func ("/ui/form-row/marks", test_marks);

  return g_test_run ();
}
