/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "export-fixture.h"
#include "ut-ui-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <ut-figure-preview.h>
#include <ut-figure-window.h>
#include <ut-paper-settings.h>

typedef struct
{
  UtSession *session;
  GSettings *settings;
  UtRunFigure *figure;
  UtFigureWindow *window;
  char *folder;
  GFile *saved;
} Fixture;

static void
saved_cb (Fixture *fixture,
          GFile   *file)
{
  g_set_object (&fixture->saved, file);
}

static void
open_window (Fixture *fixture)
{
  fixture->window = UT_FIGURE_WINDOW (ut_figure_window_new (fixture->figure, fixture->settings));
  g_object_ref (fixture->window);
  g_signal_connect_swapped (fixture->window, "saved", G_CALLBACK (saved_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  /* A worker that is at it holds nothing of the window. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (g_steal_pointer (&fixture->window));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = export_fixture_runs (3, 3, 100);
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  g_autoptr (GError) error = NULL;

  fixture->session = ut_ui_test_session ();
  fixture->settings = ut_session_get_settings (fixture->session);
  fixture->figure = ut_run_figure_new (runs, runs->pdata[0], view);
  fixture->folder = g_dir_make_tmp ("undertone-figure-XXXXXX", &error);
  g_assert_no_error (error);
  open_window (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  close_window (fixture);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_clear_object (&fixture->saved);
  ut_run_figure_unref (fixture->figure);
  g_object_unref (fixture->session);
}

static gpointer
find (Fixture    *fixture,
      const char *id)
{
  gpointer child = ut_ui_test_find (fixture->window, UT_TYPE_FIGURE_WINDOW, id);

  g_assert_nonnull (child);
  return child;
}

static gboolean
says (Fixture    *fixture,
      const char *part)
{
  return strstr (gtk_label_get_text (find (fixture, "size_label")), part) != NULL;
}

static void
test_schema (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_test_summary ("The settings have the ranges, names and defaults of a figure");

  g_object_get (fixture->settings, "settings-schema", &schema, NULL);
  for (guint i = 0; i < UT_N_PAPER_NUMBERS; i++)
    {
      const UtPaperNumberInfo *info = ut_paper_get_number_info ((UtPaperNumber) i);
      g_autofree char *name = ut_paper_settings_dup_key ((UtPaperNumber) i);
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, name);
      g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
      g_autoptr (GVariant) fallback = g_settings_schema_key_get_default_value (key);
      g_autoptr (GVariant) bounds = NULL;
      const char *type;
      double minimum, maximum;

      g_variant_get (range, "(&sv)", &type, &bounds);
      g_assert_cmpstr (type, ==, "range");
      g_variant_get (bounds, "(dd)", &minimum, &maximum);
      g_assert_cmpfloat (minimum, ==, info->minimum);
      g_assert_cmpfloat (maximum, ==, info->maximum);
      g_assert_cmpfloat (g_variant_get_double (fallback), ==, info->fallback);
    }

  const struct
  {
    const char *key;
    const char *const *names;
  } choices[] = {
    { "figure-what", ut_paper_list_whats () },
    { "figure-labels", ut_paper_list_labels () },
    { "figure-format", ut_paper_list_formats () },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, choices[i].key);
      g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
      g_autoptr (GVariant) names = NULL;
      const char *type;

      g_variant_get (range, "(&sv)", &type, &names);
      g_assert_cmpstr (type, ==, "enum");

      g_autofree const char **list = g_variant_get_strv (names, NULL);

      g_assert_cmpstrv ((char **) list, (char **) choices[i].names);
    }
}

static void
test_options (Fixture       *fixture,
              gconstpointer  data)
{
  g_auto (UtPaper) paper;

  g_test_summary ("What is chosen is drawn and remembered");

  ITER_UNTIL (says (fixture, "84 × 110 mm, 3 runs"));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "width_row")));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, "dpi_row")));

  gtk_drop_down_set_selected (find (fixture, "width_choice"), 1);
  ITER_UNTIL (says (fixture, "174 × 55 mm"));
  gtk_drop_down_set_selected (find (fixture, "width_choice"), 2);
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "width_row")));
  gtk_spin_button_set_value (find (fixture, "width"), 120);
  gtk_spin_button_set_value (find (fixture, "height"), 40);
  gtk_drop_down_set_selected (find (fixture, "what"), UT_PAPER_LOSS);
  gtk_drop_down_set_selected (find (fixture, "labels"), UT_FIGURE_LABELS_LEGEND);
  gtk_drop_down_set_selected (find (fixture, "format"), UT_PAPER_PNG);
  gtk_switch_set_active (find (fixture, "grey"), TRUE);
  gtk_spin_button_set_value (find (fixture, "font_size"), 9);
  ITER_UNTIL (says (fixture, "120 × 40 mm"));
  g_assert_true (gtk_widget_get_sensitive (find (fixture, "dpi_row")));

  close_window (fixture);
  open_window (fixture);
  ITER_UNTIL (says (fixture, "120 × 40 mm"));
  g_assert_cmpuint (gtk_drop_down_get_selected (find (fixture, "width_choice")), ==, 2);
  g_assert_cmpuint (gtk_drop_down_get_selected (find (fixture, "format")), ==, UT_PAPER_PNG);
  g_assert_cmpuint (gtk_drop_down_get_selected (find (fixture, "labels")), ==,
                    UT_FIGURE_LABELS_LEGEND);
  ut_paper_settings_read (fixture->settings, &paper);
  g_assert_cmpint (paper.what, ==, UT_PAPER_LOSS);
  g_assert_cmpint (paper.labels, ==, UT_FIGURE_LABELS_LEGEND);
  g_assert_true (paper.grey);
  g_assert_cmpfloat (paper.numbers[UT_PAPER_FONT_SIZE], ==, 9);
}

static void
test_fonts (Fixture       *fixture,
            gconstpointer  data)
{
  GtkDropDown *font = find (fixture, "font");
  GtkStringObject *item = gtk_drop_down_get_selected_item (font);
  g_autofree char *chosen = NULL;
  guint n_fonts = g_list_model_get_n_items (gtk_drop_down_get_model (font));

  g_test_summary ("The families of the system can be chosen, and the one that is set stays");

  g_assert_cmpstr (gtk_string_object_get_string (item), ==, UT_PAPER_FONT);
  g_assert_cmpuint (n_fonts, >=, 2);
  gtk_drop_down_set_selected (font, n_fonts - 1);
  item = gtk_drop_down_get_selected_item (font);
  chosen = g_settings_get_string (fixture->settings, "figure-font");
  g_assert_cmpstr (chosen, ==, gtk_string_object_get_string (item));

  close_window (fixture);
  g_settings_set_string (fixture->settings, "figure-font", "Font of Another Machine");
  open_window (fixture);
  item = gtk_drop_down_get_selected_item (find (fixture, "font"));
  g_assert_cmpstr (gtk_string_object_get_string (item), ==, "Font of Another Machine");
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_auto (UtPaper) paper;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "figure.svg", NULL);
  g_autoptr (GFile) csv = g_file_new_build_filename (fixture->folder, "figure.csv", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_test_summary ("The file has the bytes of the terminal's, and its numbers lie beside it");

  g_settings_set_string (fixture->settings, "figure-format", "svg");
  ut_figure_window_save (fixture->window, file);
  ITER_UNTIL (fixture->saved != NULL);
  g_assert_true (g_file_equal (fixture->saved, file));

  ut_paper_settings_read (fixture->settings, &paper);

  g_autoptr (GBytes) bytes = ut_run_figure_write (fixture->figure, &paper, UT_PAPER_SVG, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &contents, &length, NULL, &error));
  g_assert_cmpmem (contents, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_true (g_file_query_exists (csv, NULL));

  g_autofree char *uri = g_settings_get_string (fixture->settings, "export-folder");
  g_autoptr (GFile) folder = g_file_new_for_uri (uri);
  g_autofree char *path = g_file_get_path (folder);

  g_assert_cmpstr (path, ==, fixture->folder);
  /* It is done: the window goes by itself. */
  ITER_UNTIL (!gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static void
test_trouble (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "none", "figure.pdf", NULL);

  g_test_summary ("What cannot be written is said in the window, which stays");

  ut_figure_window_save (fixture->window, file);
  ITER_UNTIL (gtk_info_bar_get_revealed (find (fixture, "trouble_bar")));
  g_assert_nonnull (strstr (gtk_label_get_text (find (fixture, "trouble_label")), "none/figure.pdf"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  g_assert_null (fixture->saved);

  /* The next try starts afresh. */
  g_autoptr (GFile) better = g_file_new_build_filename (fixture->folder, "figure.pdf", NULL);

  ut_figure_window_save (fixture->window, better);
  g_assert_false (gtk_info_bar_get_revealed (find (fixture, "trouble_bar")));
  ITER_UNTIL (fixture->saved != NULL);
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkAccessible *preview = GTK_ACCESSIBLE (find (fixture, "preview"));

  g_assert_cmpint (gtk_accessible_get_accessible_role (preview), ==, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (preview, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Preview of the figure");
  ITER_UNTIL (says (fixture, "3 runs"));
  gtk_test_accessible_assert_property (preview, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       gtk_label_get_text (find (fixture, "size_label")));
}

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  g_test_add ("/figure-window/schema", Fixture, NULL, set_up, test_schema, tear_down);
  g_test_add ("/figure-window/options", Fixture, NULL, set_up, test_options, tear_down);
  g_test_add ("/figure-window/fonts", Fixture, NULL, set_up, test_fonts, tear_down);
  g_test_add ("/figure-window/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/figure-window/trouble", Fixture, NULL, set_up, test_trouble, tear_down);
  g_test_add ("/figure-window/accessible", Fixture, NULL, set_up, test_accessible, tear_down);

  return g_test_run ();
}
