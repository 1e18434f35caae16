/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-cell.h"

#define MIN_CHARS "000"

struct _UtRowCell
{
  GtkWidget parent_instance;

  char *sample; /* (owned) */
  char *text;   /* (owned) */
  float alignment;
};

G_DEFINE_FINAL_TYPE (UtRowCell, ut_row_cell, GTK_TYPE_WIDGET)

/* Digits are as wide as each other, as CSS class numeric has it, which is not told to layouts. */
static PangoLayout *
new_layout (UtRowCell  *self,
            const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

static PangoLayout *
new_line (UtRowCell *self)
{
  PangoLayout *layout = new_layout (self, self->text);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, gtk_widget_get_width (GTK_WIDGET (self)) * PANGO_SCALE);

  return layout;
}

static void
ut_row_cell_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  UtRowCell *self = UT_ROW_CELL (widget);
  g_autoptr (PangoLayout) least = new_layout (self, MIN_CHARS);
  int width, height, wanted;

  pango_layout_get_pixel_size (least, &width, &height);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = height;
      *minimum_baseline = *natural_baseline = PANGO_PIXELS (pango_layout_get_baseline (least));
      return;
    }

  g_autoptr (PangoLayout) sample = new_layout (self, self->sample);

  pango_layout_get_pixel_size (sample, &wanted, NULL);
  *minimum = *natural = MAX (width, wanted);
}

static void
ut_row_cell_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  UtRowCell *self = UT_ROW_CELL (widget);
  g_autoptr (PangoLayout) layout = new_line (self);
  gboolean to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float alignment = to_left ? 1 - self->alignment : self->alignment;
  PangoRectangle place;
  int x, y;

  pango_layout_get_pixel_extents (layout, NULL, &place);
  x = (int) (alignment * (float) (gtk_widget_get_width (widget) - place.width)) - place.x;
  y = (gtk_widget_get_height (widget) - place.height) / 2;
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x, y, layout);
}

/* It is asked for only when it is to be seen: whenever a tooltip is set, GTK asks the display where
 * the pointer is, and waits for the answer. */
static gboolean
ut_row_cell_query_tooltip (GtkWidget  *widget,
                           int         x,
                           int         y,
                           gboolean    keyboard,
                           GtkTooltip *tooltip)
{
  UtRowCell *self = UT_ROW_CELL (widget);
  g_autoptr (PangoLayout) layout = new_line (self);

  if (!pango_layout_is_ellipsized (layout))
    return FALSE;

  gtk_tooltip_set_text (tooltip, self->text);
  return TRUE;
}

static void
ut_row_cell_finalize (GObject *object)
{
  UtRowCell *self = UT_ROW_CELL (object);

  g_free (self->sample);
  g_free (self->text);

  G_OBJECT_CLASS (ut_row_cell_parent_class)->finalize (object);
}

static void
ut_row_cell_class_init (UtRowCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_row_cell_finalize;
  widget_class->measure = ut_row_cell_measure;
  widget_class->snapshot = ut_row_cell_snapshot;
  widget_class->query_tooltip = ut_row_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ut_row_cell_init (UtRowCell *self)
{
  self->sample = g_strdup ("");
  self->text = g_strdup ("");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
ut_row_cell_new (const char *sample,
                 float       alignment)
{
  g_return_val_if_fail (sample != NULL, NULL);
  g_return_val_if_fail (alignment >= 0 && alignment <= 1, NULL);

  UtRowCell *self = g_object_new (UT_TYPE_ROW_CELL, NULL);

  g_free (self->sample);
  self->sample = g_strdup (sample);
  self->alignment = alignment;

  return GTK_WIDGET (self);
}

const char *
ut_row_cell_get_text (UtRowCell *self)
{
  g_return_val_if_fail (UT_IS_ROW_CELL (self), NULL);

  return self->text;
}

void
ut_row_cell_set_text (UtRowCell  *self,
                      const char *text)
{
  g_return_if_fail (UT_IS_ROW_CELL (self));
  g_return_if_fail (text != NULL);

  if (g_str_equal (self->text, text))
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
ut_row_cell_measure_text (UtRowCell *self)
{
  int width;

  g_return_val_if_fail (UT_IS_ROW_CELL (self), 0);

  g_autoptr (PangoLayout) layout = new_layout (self, self->text);

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}
