/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-model.h"

struct _UtRowItem
{
  GObject parent_instance;

  guint32 row;
};

G_DEFINE_FINAL_TYPE (UtRowItem, ut_row_item, G_TYPE_OBJECT)

static void
ut_row_item_class_init (UtRowItemClass *klass)
{
}

static void
ut_row_item_init (UtRowItem *self)
{
}

UtRowItem *
ut_row_item_new (guint32 row)
{
  UtRowItem *self = g_object_new (UT_TYPE_ROW_ITEM, NULL);

  self->row = row;

  return self;
}

guint32
ut_row_item_get_row (UtRowItem *self)
{
  g_return_val_if_fail (UT_IS_ROW_ITEM (self), 0);

  return self->row;
}

struct _UtRowModel
{
  GObject parent_instance;

  guint32 *rows; /* (owned) (nullable): all in their order where there are none */
  guint n_rows;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UtRowModel, ut_row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
ut_row_model_get_item_type (GListModel *model)
{
  return UT_TYPE_ROW_ITEM;
}

static guint
ut_row_model_get_n_items (GListModel *model)
{
  return UT_ROW_MODEL (model)->n_rows;
}

static gpointer
ut_row_model_get_item (GListModel *model,
                       guint       position)
{
  UtRowModel *self = UT_ROW_MODEL (model);

  if (position >= self->n_rows)
    return NULL;

  return ut_row_item_new (self->rows != NULL ? self->rows[position] : position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ut_row_model_get_item_type;
  iface->get_n_items = ut_row_model_get_n_items;
  iface->get_item = ut_row_model_get_item;
}

static void
ut_row_model_finalize (GObject *object)
{
  g_free (UT_ROW_MODEL (object)->rows);

  G_OBJECT_CLASS (ut_row_model_parent_class)->finalize (object);
}

static void
ut_row_model_class_init (UtRowModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_row_model_finalize;
}

static void
ut_row_model_init (UtRowModel *self)
{
}

UtRowModel *
ut_row_model_new (void)
{
  return g_object_new (UT_TYPE_ROW_MODEL, NULL);
}

static void
show (UtRowModel *self,
      guint32    *rows,
      gsize       n_rows)
{
  guint n_old = self->n_rows;

  g_free (self->rows);
  self->rows = rows;
  self->n_rows = (guint) MIN (n_rows, G_MAXUINT);
  if (n_old > 0 || self->n_rows > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, self->n_rows);
}

void
ut_row_model_take (UtRowModel *self,
                   guint32    *rows,
                   gsize       n_rows)
{
  g_return_if_fail (UT_IS_ROW_MODEL (self));
  g_return_if_fail (rows != NULL || n_rows == 0);

  show (self, rows, n_rows);
}

void
ut_row_model_show_all (UtRowModel *self,
                       gsize       n_rows)
{
  g_return_if_fail (UT_IS_ROW_MODEL (self));

  show (self, NULL, n_rows);
}

const guint32 *
ut_row_model_get_rows (UtRowModel *self,
                       gsize      *n_rows)
{
  g_return_val_if_fail (UT_IS_ROW_MODEL (self), NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  *n_rows = self->n_rows;
  return self->rows;
}
