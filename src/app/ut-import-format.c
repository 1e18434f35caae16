/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-format.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <string.h>

struct _UtImportFormat
{
  AdwBin parent_instance;

  AdwExpanderRow *expander;
  GtkWidget *form_row;
  GtkDropDown *form;
  GtkDropDown *encoding;
  GtkWidget *delimiter_row;
  GtkDropDown *delimiter;
  GtkWidget *quoting_row;
  GtkSwitch *quoting;
  GtkWidget *header_row;
  GtkSwitch *header;

  UtImportForm shown; /* the form, which has no row where the files leave no choice */
  UtImportFixed fixed;
  gboolean filling;   /* the rows follow a guess, not a person */
};

G_DEFINE_FINAL_TYPE (UtImportFormat, ut_import_format, ADW_TYPE_BIN)

static guint changed_signal;

/* In the order of the drop-downs; the forms without labels come last. */
static const UtImportForm forms[] = {
  UT_IMPORT_DELIMITED, UT_IMPORT_JSON_LINES, UT_IMPORT_LINES, UT_IMPORT_WHOLE,
};
static const char delimiters[] = { ',', '\t', ';', '|' };

static const char *
get_form_title (UtImportForm form)
{
  switch (form)
    {
    case UT_IMPORT_JSON_LINES:
      return _("JSON lines");
    case UT_IMPORT_PAIR:
      return _("Two files, one text a line");
    case UT_IMPORT_FOLDER:
      return _("Folders, one text a file");
    case UT_IMPORT_LINES:
      return _("One text a line");
    case UT_IMPORT_WHOLE:
      return _("One text, the whole file");
    case UT_IMPORT_DELIMITED:
    default:
      return _("CSV or TSV");
    }
}

/* Where a form stands in the drop-down; -1 where the files leave no choice. */
static int
find_form (UtImportFormat *self,
           UtImportForm    form)
{
  guint n_forms = g_list_model_get_n_items (gtk_drop_down_get_model (self->form));

  for (guint i = 0; i < n_forms; i++)
    if (forms[i] == form)
      return (int) i;

  return -1;
}

static const char *
get_selected_title (GtkDropDown *drop_down)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down));
}

static void
update (UtImportFormat *self)
{
  gboolean delimited = self->shown == UT_IMPORT_DELIMITED;
  GString *summary = g_string_new (get_form_title (self->shown));

  gtk_widget_set_visible (self->form_row, find_form (self, self->shown) >= 0);
  gtk_widget_set_visible (self->delimiter_row, delimited);
  gtk_widget_set_visible (self->quoting_row, delimited);
  gtk_widget_set_visible (self->header_row, delimited);

  g_string_append_printf (summary, " · %s", get_selected_title (self->encoding));
  if (delimited)
    g_string_append_printf (summary, " · %s · %s · %s", get_selected_title (self->delimiter),
                            gtk_switch_get_active (self->quoting) ? _("quoted fields")
                                                                  : _("no quotes"),
                            gtk_switch_get_active (self->header) ? _("header") : _("no header"));
  adw_expander_row_set_subtitle (self->expander, summary->str);
  g_string_free (summary, TRUE);
}

static void
take_choice (UtImportFormat *self,
             UtImportFixed   fixed)
{
  if (self->filling)
    return;

  self->fixed |= fixed;
  update (self);
  g_signal_emit (self, changed_signal, 0, (guint) fixed);
}

static void
form_selected_cb (UtImportFormat *self)
{
  if (!self->filling)
    self->shown = forms[gtk_drop_down_get_selected (self->form)];
  take_choice (self, UT_IMPORT_FIXED_FORM);
}

static void
encoding_selected_cb (UtImportFormat *self)
{
  take_choice (self, UT_IMPORT_FIXED_ENCODING);
}

static void
delimiter_selected_cb (UtImportFormat *self)
{
  take_choice (self, UT_IMPORT_FIXED_DELIMITER);
}

static void
quoting_switched_cb (UtImportFormat *self)
{
  take_choice (self, UT_IMPORT_FIXED_QUOTING);
}

static void
header_switched_cb (UtImportFormat *self)
{
  take_choice (self, UT_IMPORT_FIXED_HEADER);
}

static void
ut_import_format_dispose (GObject *object)
{
  UT_IMPORT_FORMAT (object)->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_FORMAT);

  G_OBJECT_CLASS (ut_import_format_parent_class)->dispose (object);
}

static void
ut_import_format_class_init (UtImportFormatClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_import_format_dispose;

  /** UtImportFormat::changed: (fixed): somebody chose what that #UtImportFixed names. */
  changed_signal = g_signal_new ("changed", UT_TYPE_IMPORT_FORMAT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-format.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, expander);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, form_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, form);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, encoding);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, delimiter);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, quoting_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, quoting);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, header_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFormat, header);
  gtk_widget_class_bind_template_callback (widget_class, form_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, encoding_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, delimiter_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, quoting_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_switched_cb);
}

static void
ut_import_format_init (UtImportFormat *self)
{
  const UtImportOptions options = UT_IMPORT_OPTIONS_INIT;

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_import_format_show (self, &options);
}

void
ut_import_format_set_for_texts (UtImportFormat *self)
{
  g_return_if_fail (UT_IS_IMPORT_FORMAT (self));

  GtkStringList *titles = GTK_STRING_LIST (gtk_drop_down_get_model (self->form));

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (titles)); i < G_N_ELEMENTS (forms); i++)
    gtk_string_list_append (titles, get_form_title (forms[i]));
}

void
ut_import_format_show (UtImportFormat        *self,
                       const UtImportOptions *options)
{
  g_return_if_fail (UT_IS_IMPORT_FORMAT (self));
  g_return_if_fail (options != NULL);

  const char *delimiter = memchr (delimiters, options->delimiter, sizeof delimiters);
  int form = find_form (self, options->form);

  self->filling = TRUE;
  self->shown = options->form;
  if (form >= 0)
    gtk_drop_down_set_selected (self->form, (guint) form);
  gtk_drop_down_set_selected (self->encoding, options->encoding);
  gtk_drop_down_set_selected (self->delimiter,
                              delimiter != NULL ? (guint) (delimiter - delimiters) : 0);
  gtk_switch_set_active (self->quoting, options->quoting);
  gtk_switch_set_active (self->header, options->header);
  self->filling = FALSE;
  update (self);
}

void
ut_import_format_expand (UtImportFormat *self)
{
  g_return_if_fail (UT_IS_IMPORT_FORMAT (self));

  adw_expander_row_set_expanded (self->expander, TRUE);
}

UtImportFixed
ut_import_format_collect (UtImportFormat  *self,
                          UtImportOptions *options)
{
  g_return_val_if_fail (UT_IS_IMPORT_FORMAT (self), UT_IMPORT_FIXED_NONE);
  g_return_val_if_fail (options != NULL, UT_IMPORT_FIXED_NONE);

  options->form = self->shown;
  options->encoding = gtk_drop_down_get_selected (self->encoding);
  options->delimiter = delimiters[gtk_drop_down_get_selected (self->delimiter)];
  options->quoting = gtk_switch_get_active (self->quoting);
  options->header = gtk_switch_get_active (self->header);

  return self->fixed;
}
