/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-columns.h"

#include "ut-cell-names.h"
#include "ut-row-cell.h"
#include "ut-row-model.h"

#define TAG_STYLE "verdict-tag"

/* What a factory is given. */
typedef struct
{
  UtRowColumns *owner;
  guint number;
  UtRowColumnKind kind;
  GtkColumnViewColumn *column; /* (owned) */
  GtkListItemFactory *factory; /* (owned) */
} Place;

struct UtRowColumns
{
  const UtRowColumnsFuncs *funcs;
  gpointer table;
  GPtrArray *places;          /* (owned) (element-type Place) */
  UtCellNames *names;         /* (owned) */
  PangoFontDescription *font; /* (owned) (nullable): what the widths are for */
};

static void
place_free (Place *place)
{
  g_signal_handlers_disconnect_by_data (place->factory, place);
  g_object_unref (place->factory);
  g_object_unref (place->column);
  g_free (place);
}

static guint32
get_row (GtkListItem *item)
{
  return ut_row_item_get_row (gtk_list_item_get_item (item));
}

/* GTK names neither the cell nor the row after what they hold. */
static void
name_cell_cb (GtkListItem *item,
              guint        column,
              gpointer     data)
{
  UtRowColumns *self = data;
  const Place *place = g_ptr_array_index (self->places, column);
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (child);
  g_autofree char *name = NULL;

  if (self->funcs->dup_name != NULL)
    name = self->funcs->dup_name (self->table, column, get_row (item));
  ut_cell_names_fix_width (place->column, cell, place->kind == UT_ROW_COLUMN_TEXT);
  ut_cell_names_set (cell, name != NULL ? name : ut_row_cell_get_text (UT_ROW_CELL (child)));
  if (place->kind == UT_ROW_COLUMN_TEXT)
    {
      g_autofree char *row_name = self->funcs->dup_row_name (self->table, get_row (item));

      ut_cell_names_set (gtk_widget_get_parent (cell), row_name);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          const Place              *place)
{
  static const float alignments[] = {
    [UT_ROW_COLUMN_TEXT] = 0,
    [UT_ROW_COLUMN_NUMBER] = 1,
    [UT_ROW_COLUMN_TAG] = 0.5f,
  };
  const UtRowColumns *self = place->owner;
  g_autofree char *sample = self->funcs->dup_sample (self->table, place->number);
  GtkWidget *cell = ut_row_cell_new (sample, alignments[place->kind]);

  if (place->kind == UT_ROW_COLUMN_TAG)
    gtk_widget_set_halign (cell, GTK_ALIGN_START);
  gtk_widget_add_css_class (cell, place->kind == UT_ROW_COLUMN_TAG ? TAG_STYLE : "word-cell");
  gtk_list_item_set_child (item, cell);
}

/* Even the classes that it has already would have GTK compute the style of a cell anew. */
static void
set_tag_style (GtkWidget  *cell,
               const char *style)
{
  const char *styles[] = { TAG_STYLE, style, NULL };

  if (!gtk_widget_has_css_class (cell, style))
    gtk_widget_set_css_classes (cell, styles);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         const Place              *place)
{
  const UtRowColumns *self = place->owner;
  guint32 row = get_row (item);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = self->funcs->dup_text (self->table, place->number, row);

  ut_row_cell_set_text (UT_ROW_CELL (cell), text);
  if (place->kind == UT_ROW_COLUMN_TAG)
    set_tag_style (cell, self->funcs->get_style (self->table, place->number, row));
  ut_cell_names_add (self->names, item, place->number);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           const Place              *place)
{
  ut_cell_names_remove (place->owner->names, item);
}

UtRowColumns *
ut_row_columns_new (const UtRowColumnsFuncs *funcs,
                    gpointer                 table)
{
  g_return_val_if_fail (funcs != NULL, NULL);

  UtRowColumns *self = g_new0 (UtRowColumns, 1);

  self->funcs = funcs;
  self->table = table;
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  self->names = ut_cell_names_new (name_cell_cb, self);

  return self;
}

void
ut_row_columns_free (UtRowColumns *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->places);
  ut_cell_names_free (self->names);
  g_clear_pointer (&self->font, pango_font_description_free);
  g_free (self);
}

void
ut_row_columns_add (UtRowColumns        *self,
                    GtkColumnViewColumn *column,
                    UtRowColumnKind      kind)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));
  g_return_if_fail (kind != UT_ROW_COLUMN_TAG || self->funcs->get_style != NULL);

  Place *place = g_new (Place, 1);

  *place = (Place) {
    .owner = self,
    .number = self->places->len,
    .kind = kind,
    .column = g_object_ref (column),
    .factory = gtk_signal_list_item_factory_new (),
  };
  g_ptr_array_add (self->places, place);
  g_signal_connect (place->factory, "setup", G_CALLBACK (setup_cb), place);
  g_signal_connect (place->factory, "bind", G_CALLBACK (bind_cb), place);
  g_signal_connect (place->factory, "unbind", G_CALLBACK (unbind_cb), place);
  gtk_column_view_column_set_factory (column, place->factory);
}

GtkColumnViewColumn *
ut_row_columns_get (UtRowColumns *self,
                    guint         column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column < self->places->len, NULL);

  return ((const Place *) g_ptr_array_index (self->places, column))->column;
}

void
ut_row_columns_free_widths (UtRowColumns *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->places->len; i++)
    gtk_column_view_column_set_fixed_width (ut_row_columns_get (self, i), -1);
}

void
ut_row_columns_css_changed (UtRowColumns *self,
                            GtkWidget    *table)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (table));

  const PangoFontDescription *font
    = pango_context_get_font_description (gtk_widget_get_pango_context (table));

  if (self->font != NULL && pango_font_description_equal (self->font, font))
    return;

  g_clear_pointer (&self->font, pango_font_description_free);
  self->font = pango_font_description_copy (font);
  ut_row_columns_free_widths (self);
}
