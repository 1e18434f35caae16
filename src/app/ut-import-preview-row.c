/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-preview-row.h"

#include "ut-resources.h"
#include "ut-short-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* About three lines: enough to see how words are split. */
#define MAX_LENGTH 200
/* Boxes in neighbouring lines do not touch. */
#define LINE_HEIGHT 1.2

struct _UtImportPreviewRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *tag;
  GtkLabel *text;

  gboolean boxed; /* the text is words */
};

G_DEFINE_FINAL_TYPE (UtImportPreviewRow, ut_import_preview_row, ADW_TYPE_PREFERENCES_ROW)

static guint16
scale_colour (float component)
{
  return (guint16) (CLAMP (component, 0.f, 1.f) * G_MAXUINT16 + 0.5f);
}

/* Puts a box behind each word, in the row's own colour; the spaces between them stay free. */
static void
update_boxes (UtImportPreviewRow *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  const char *text = gtk_label_get_label (self->text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA colour;

  gtk_style_context_get_color (context, &colour);
  pango_attr_list_insert (attributes, pango_attr_line_height_new (LINE_HEIGHT));
  for (const char *p = text; self->boxed && *p != '\0'; )
    {
      const char *end = strchrnul (p, ' ');
      PangoAttribute *both[] = {
        pango_attr_background_new (scale_colour (colour.red), scale_colour (colour.green),
                                   scale_colour (colour.blue)),
        pango_attr_background_alpha_new (scale_colour (colour.alpha)),
      };

      for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
        {
          both[i]->start_index = (guint) (p - text);
          both[i]->end_index = (guint) (end - text);
          pango_attr_list_insert (attributes, both[i]);
        }
      p = *end == ' ' ? end + 1 : end;
    }
  gtk_label_set_attributes (self->text, attributes);
}

static void
show (UtImportPreviewRow *self,
      const char         *tag,
      const char         *style,
      const char         *text)
{
  static const char * const styles[] = { "negative", "positive", "left-out" };
  g_autofree char *start = ut_short_text_dup (text, MAX_LENGTH);
  /* Translators: a label and the text that has it. */
  g_autofree char *name = tag != NULL ? g_strdup_printf (_("%s: %s"), tag, start)
                                      : g_strdup (start);

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->tag), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->tag), style);
  gtk_label_set_label (self->tag, tag != NULL ? tag : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tag), tag != NULL);
  gtk_label_set_label (self->text, start);
  update_boxes (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
ut_import_preview_row_css_changed (GtkWidget         *widget,
                                   GtkCssStyleChange *change)
{
  UtImportPreviewRow *self = UT_IMPORT_PREVIEW_ROW (widget);

  GTK_WIDGET_CLASS (ut_import_preview_row_parent_class)->css_changed (widget, change);
  if (self->text != NULL)
    update_boxes (self);
}

static void
ut_import_preview_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_PREVIEW_ROW);

  G_OBJECT_CLASS (ut_import_preview_row_parent_class)->dispose (object);
}

static void
ut_import_preview_row_class_init (UtImportPreviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_import_preview_row_dispose;
  widget_class->css_changed = ut_import_preview_row_css_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-preview-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportPreviewRow, tag);
  gtk_widget_class_bind_template_child (widget_class, UtImportPreviewRow, text);
}

static void
ut_import_preview_row_init (UtImportPreviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_import_preview_row_new (void)
{
  return g_object_new (UT_TYPE_IMPORT_PREVIEW_ROW, NULL);
}

void
ut_import_preview_row_show_words (UtImportPreviewRow *self,
                                  const char         *value,
                                  UtImportMeaning     meaning,
                                  const char         *sentence)
{
  g_return_if_fail (UT_IS_IMPORT_PREVIEW_ROW (self));
  g_return_if_fail (value != NULL);
  g_return_if_fail (sentence != NULL);

  self->boxed = TRUE;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->tag), value);
  switch (meaning)
    {
    case UT_IMPORT_NEGATIVE:
      show (self, C_("label", "negative"), "negative", sentence);
      break;
    case UT_IMPORT_POSITIVE:
      show (self, C_("label", "positive"), "positive", sentence);
      break;
    case UT_IMPORT_LEAVE_OUT:
    default:
      show (self, C_("label", "left out"), "left-out", sentence);
    }
}

void
ut_import_preview_row_show_fields (UtImportPreviewRow *self,
                                   const char         *value,
                                   const char         *text)
{
  g_return_if_fail (UT_IS_IMPORT_PREVIEW_ROW (self));

  self->boxed = FALSE;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->tag), NULL);
  g_autofree char *tag = value != NULL ? ut_short_text_dup (value, MAX_LENGTH) : NULL;

  show (self, tag, "left-out", text != NULL ? text : "");
}
