/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-figure-window.h"

#include "ut-choice-setting.h"
#include "ut-figure-preview.h"
#include "ut-paper-settings.h"
#include "ut-resources.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

/* The entries of the choice of a width. */
enum
{
  WIDTH_ONE_COLUMN,
  WIDTH_TWO_COLUMNS,
  WIDTH_OWN,
};

struct _UtFigureWindow
{
  AdwWindow parent_instance;

  GtkInfoBar *trouble_bar;
  GtkLabel *trouble_label;
  UtFigurePreview *preview;
  GtkLabel *size_label;
  GtkDropDown *what;
  GtkDropDown *labels;
  GtkDropDown *width_choice;
  GtkWidget *width_row;
  GtkSpinButton *width;
  GtkSpinButton *height;
  GtkDropDown *font;
  GtkStringList *fonts;
  GtkSpinButton *font_size;
  GtkSpinButton *line_width;
  GtkSwitch *grey;
  GtkDropDown *format;
  GtkWidget *dpi_row;
  GtkSpinButton *dpi;
  GtkSwitch *csv;

  UtRunFigure *figure;           /* (owned) */
  GSettings *settings;           /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GCancellable *cancellable;     /* (owned): of writing */
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (UtFigureWindow, ut_figure_window, ADW_TYPE_WINDOW)

static guint saved_signal;

/* What it looks like */

static void
drawn_cb (UtFigureWindow *self,
          guint64         n_bytes)
{
  g_auto (UtPaper) paper;

  ut_paper_settings_read (self->settings, &paper);

  guint n_runs = ut_run_figure_get_n_runs (self->figure);
  g_autofree char *runs = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u run", "%u runs",
                                                        n_runs), n_runs);
  g_autofree char *bytes = g_format_size (n_bytes);
  /* Translators: width and height of a figure, how many runs it has, and how large its file is. */
  g_autofree char *text = g_strdup_printf (_("%g × %g mm, %s, %s"),
                                           paper.numbers[UT_PAPER_WIDTH],
                                           ut_paper_get_height (&paper), runs, bytes);

  gtk_label_set_text (self->size_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
update_cb (UtFigureWindow *self)
{
  g_auto (UtPaper) paper;
  UtPaperFormat format = ut_paper_settings_get_format (self->settings);

  ut_paper_settings_read (self->settings, &paper);
  gtk_widget_set_sensitive (self->dpi_row, format == UT_PAPER_PNG);
  ut_figure_preview_show (self->preview, self->figure, &paper, format);
}

static void
width_chosen_cb (UtFigureWindow *self)
{
  guint choice = gtk_drop_down_get_selected (self->width_choice);

  gtk_widget_set_sensitive (self->width_row, choice == WIDTH_OWN);
  if (choice != WIDTH_OWN)
    gtk_spin_button_set_value (self->width, choice == WIDTH_ONE_COLUMN ? UT_PAPER_ONE_COLUMN
                                                                       : UT_PAPER_TWO_COLUMNS);
}

static void
bind_number (UtFigureWindow *self,
             UtPaperNumber  number,
             GtkSpinButton  *spin)
{
  const UtPaperNumberInfo *info = ut_paper_get_number_info (number);
  g_autofree char *key = ut_paper_settings_dup_key (number);

  gtk_spin_button_set_increments (spin, info->step, 10 * info->step);
  gtk_spin_button_set_range (spin, info->minimum, info->maximum);
  g_settings_bind (self->settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
}

static void
choose_width (UtFigureWindow *self)
{
  double width = gtk_spin_button_get_value (self->width);
  guint choice = width == UT_PAPER_ONE_COLUMN    ? WIDTH_ONE_COLUMN
                 : width == UT_PAPER_TWO_COLUMNS ? WIDTH_TWO_COLUMNS
                                                  : WIDTH_OWN;

  gtk_drop_down_set_selected (self->width_choice, choice);
  width_chosen_cb (self);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): all families there are, and the one that is set, which may not be there. */
static GStrv
list_fonts (const char *set)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree PangoFontFamily **families = NULL;
  gboolean known = FALSE;
  int n_families;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n_families);
  for (int i = 0; i < n_families; i++)
    {
      const char *name = pango_font_family_get_name (families[i]);

      known = known || g_str_equal (name, set);
      g_strv_builder_add (builder, name);
    }
  if (!known)
    g_strv_builder_add (builder, set);

  GStrv names = g_strv_builder_end (builder);

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

static void
font_chosen_cb (UtFigureWindow *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->font);

  if (item != NULL)
    g_settings_set_string (self->settings, "figure-font", gtk_string_object_get_string (item));
}

static void
fill_fonts (UtFigureWindow *self)
{
  g_autofree char *set = g_settings_get_string (self->settings, "figure-font");
  g_auto (GStrv) names = list_fonts (set);

  gtk_string_list_splice (self->fonts, 0, 0, (const char *const *) names);
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], set))
      gtk_drop_down_set_selected (self->font, i);
  g_signal_connect_object (self->font, "notify::selected", G_CALLBACK (font_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Saving */

typedef struct
{
  UtRunFigure *figure; /* (owned) */
  UtPaper paper;
  UtPaperFormat format;
  GFile *file;         /* (owned) */
  GFile *csv;          /* (owned) (nullable) */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  ut_run_figure_unref (order->figure);
  ut_paper_clear (&order->paper);
  g_object_unref (order->file);
  g_clear_object (&order->csv);
  g_free (order);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;

  if (ut_run_figure_save (order->figure, &order->paper, order->format, order->file, cancellable,
                          &error)
      && (order->csv == NULL
          || ut_run_figure_save_csv (order->figure, order->csv, cancellable, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_trouble (UtFigureWindow *self,
              const char     *text)
{
  gtk_label_set_text (self->trouble_label, text);
  gtk_info_bar_set_revealed (self->trouble_bar, TRUE);
}

static void
trouble_closed_cb (UtFigureWindow *self)
{
  gtk_info_bar_set_revealed (self->trouble_bar, FALSE);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtFigureWindow) self = data;
  const Order *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_signal_emit (self, saved_signal, 0, order->file);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "figure.save", TRUE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error->message);
}

/* (transfer full) (nullable): "figure.csv" beside "figure.pdf". */
static GFile *
find_csv (UtFigureWindow *self,
          GFile          *file)
{
  return g_settings_get_boolean (self->settings, "figure-csv") ? ut_run_figure_find_csv (file)
                                                               : NULL;
}

void
ut_figure_window_save (UtFigureWindow *self,
                       GFile          *file)
{
  g_return_if_fail (UT_IS_FIGURE_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->saving)
    return;

  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;
  Order *order = g_new0 (Order, 1);

  if (uri != NULL)
    g_settings_set_string (self->settings, "export-folder", uri);
  order->figure = ut_run_figure_ref (self->figure);
  ut_paper_settings_read (self->settings, &order->paper);
  order->format = ut_paper_settings_get_format (self->settings);
  order->file = g_object_ref (file);
  order->csv = find_csv (self, file);

  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, saved_cb, g_object_ref (self));

  g_task_set_source_tag (task, ut_figure_window_save);
  g_task_set_name (task, "[undertone] save figure");
  g_task_set_task_data (task, order, order_free);
  self->saving = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "figure.save", FALSE);
  trouble_closed_cb (self);
  g_task_run_in_thread (task, save_thread);
}

static void
replace_cb (UtFigureWindow   *self,
            const char       *response,
            AdwMessageDialog *dialog)
{
  if (g_str_equal (response, "replace"))
    ut_figure_window_save (self, g_object_get_data (G_OBJECT (dialog), "file"));
}

/* The chooser has asked about the figure itself, which is the only file it knows of. */
static void
ask_about_csv (UtFigureWindow *self,
               GFile          *file,
               GFile          *csv)
{
  g_autofree char *base = g_file_get_basename (csv);
  g_autofree char *name = g_filename_display_name (base);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Replace “%s”?"), name);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("A file of that name is already there. The numbers of the figure "
                                 "would overwrite what it contains."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"),
                                    "replace", _("Replace"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (replace_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (UtFigureWindow *self,
             int             response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                           ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);
  if (file == NULL)
    return;

  g_autoptr (GFile) csv = find_csv (self, file);

  if (csv != NULL && g_file_query_exists (csv, NULL))
    ask_about_csv (self, file, csv);
  else
    ut_figure_window_save (self, file);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  UtFigureWindow *self = UT_FIGURE_WINDOW (widget);
  UtPaperFormat format = ut_paper_settings_get_format (self->settings);
  g_autofree char *uri = g_settings_get_string (self->settings, "export-folder");
  g_autofree char *file = g_strdup_printf ("%s.%s", C_("name of a file", "figure"),
                                           ut_paper_list_formats ()[format]);

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Save Figure"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file);
  if (*uri != '\0')
    {
      g_autoptr (GFile) folder = g_file_new_for_uri (uri);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Window */

static void
ut_figure_window_dispose (GObject *object)
{
  UtFigureWindow *self = UT_FIGURE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_FIGURE_WINDOW);

  G_OBJECT_CLASS (ut_figure_window_parent_class)->dispose (object);
}

static void
ut_figure_window_finalize (GObject *object)
{
  UtFigureWindow *self = UT_FIGURE_WINDOW (object);

  g_clear_pointer (&self->figure, ut_run_figure_unref);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ut_figure_window_parent_class)->finalize (object);
}

static void
ut_figure_window_class_init (UtFigureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_figure_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = ut_figure_window_finalize;

  saved_signal = g_signal_new ("saved", UT_TYPE_FIGURE_WINDOW, G_SIGNAL_RUN_FIRST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  g_type_ensure (UT_TYPE_FIGURE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-figure-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, trouble_bar);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, size_label);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, what);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, labels);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, width_choice);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, width_row);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, width);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, height);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, font);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, fonts);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, font_size);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, line_width);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, grey);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, format);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, dpi);
  gtk_widget_class_bind_template_child (widget_class, UtFigureWindow, csv);
  gtk_widget_class_bind_template_callback (widget_class, drawn_cb);
  gtk_widget_class_bind_template_callback (widget_class, trouble_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_chosen_cb);

  gtk_widget_class_install_action (widget_class, "figure.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "figure.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ut_figure_window_init (UtFigureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

static void
set_figure (UtFigureWindow *self,
            UtRunFigure    *figure,
            GSettings      *settings)
{
  self->figure = ut_run_figure_ref (figure);
  self->settings = g_object_ref (settings);

  ut_choice_setting_bind (settings, "figure-what", self->what, ut_paper_list_whats ());
  ut_choice_setting_bind (settings, "figure-labels", self->labels, ut_paper_list_labels ());
  ut_choice_setting_bind (settings, "figure-format", self->format, ut_paper_list_formats ());
  g_settings_bind (settings, "figure-grey", self->grey, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "figure-csv", self->csv, "active", G_SETTINGS_BIND_DEFAULT);
  bind_number (self, UT_PAPER_WIDTH, self->width);
  bind_number (self, UT_PAPER_HEIGHT, self->height);
  bind_number (self, UT_PAPER_FONT_SIZE, self->font_size);
  bind_number (self, UT_PAPER_LINE_WIDTH, self->line_width);
  bind_number (self, UT_PAPER_DPI, self->dpi);
  choose_width (self);
  fill_fonts (self);

  g_signal_connect_object (settings, "changed", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}

GtkWidget *
ut_figure_window_new (UtRunFigure *figure,
                      GSettings   *settings)
{
  g_return_val_if_fail (figure != NULL, NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  UtFigureWindow *self = g_object_new (UT_TYPE_FIGURE_WINDOW, NULL);

  set_figure (self, figure, settings);
  return GTK_WIDGET (self);
}
