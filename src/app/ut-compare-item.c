/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-item.h"

struct _UtCompareItem
{
  GObject parent_instance;

  UtCompareKind kind;
  GPtrArray *runs; /* (owned) (element-type UtRun) */
  char *title;     /* (owned): that of the facts */
  UtCompareFacts facts;
  char *keys[UT_COMPARE_ITEM_SLOTS]; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtCompareItem, ut_compare_item, G_TYPE_OBJECT)

static void
ut_compare_item_finalize (GObject *object)
{
  UtCompareItem *self = UT_COMPARE_ITEM (object);

  ut_compare_item_forget_keys (self);
  g_ptr_array_unref (self->runs);
  g_free (self->title);

  G_OBJECT_CLASS (ut_compare_item_parent_class)->finalize (object);
}

static void
ut_compare_item_class_init (UtCompareItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_compare_item_finalize;
}

static void
ut_compare_item_init (UtCompareItem *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

UtCompareItem *
ut_compare_item_new (UtCompareKind kind)
{
  UtCompareItem *self = g_object_new (UT_TYPE_COMPARE_ITEM, NULL);

  self->kind = kind;

  return self;
}

/* Two that are no numbers are the same. */
static gboolean
same_number (double a,
             double b)
{
  return a == b || (a != a && b != b);
}

static gboolean
same_facts (const UtCompareFacts *a,
            const UtCompareFacts *b)
{
  return g_strcmp0 (a->title, b->title) == 0 && a->group == b->group
         && a->is_ranked == b->is_ranked && a->is_as_coded == b->is_as_coded
         && a->standing == b->standing && a->accuracy.n == b->accuracy.n
         && same_number (a->accuracy.mean, b->accuracy.mean)
         && same_number (a->accuracy.deviation, b->accuracy.deviation)
         && a->first_epoch == b->first_epoch && a->last_epoch == b->last_epoch
         && same_number (a->last, b->last) && same_number (a->gap, b->gap)
         && same_number (a->seconds, b->seconds)
         && same_number (a->steps_per_second, b->steps_per_second)
         && a->n_weights == b->n_weights;
}

static gboolean
same_runs (GPtrArray *a,
           GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;

  return TRUE;
}

gboolean
ut_compare_item_update (UtCompareItem        *self,
                        GPtrArray            *runs,
                        const UtCompareFacts *facts)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), FALSE);
  g_return_val_if_fail (runs != NULL && facts != NULL, FALSE);
  g_return_val_if_fail ((runs->len == 0) == (self->kind == UT_COMPARE_HEADING), FALSE);

  gboolean changed = FALSE;

  if (!same_runs (self->runs, runs))
    {
      g_ptr_array_set_size (self->runs, 0);
      for (guint i = 0; i < runs->len; i++)
        g_ptr_array_add (self->runs, g_object_ref (g_ptr_array_index (runs, i)));
      changed = TRUE;
    }
  if (!same_facts (&self->facts, facts))
    {
      char *title = g_strdup (facts->title);

      g_free (self->title);
      self->title = title;
      self->facts = *facts;
      self->facts.title = self->title;
      changed = TRUE;
    }

  if (changed)
    ut_compare_item_forget_keys (self);

  return changed;
}

UtCompareKind
ut_compare_item_get_kind (UtCompareItem *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), UT_COMPARE_HEADING);

  return self->kind;
}

const UtCompareFacts *
ut_compare_item_get_facts (UtCompareItem *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), NULL);

  return &self->facts;
}

GPtrArray *
ut_compare_item_get_runs (UtCompareItem *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), NULL);

  return self->runs;
}

UtRun *
ut_compare_item_get_run (UtCompareItem *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), NULL);

  return self->runs->len > 0 ? g_ptr_array_index (self->runs, 0) : NULL;
}

gboolean
ut_compare_item_has_run (UtCompareItem *self,
                         UtRun         *run)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), FALSE);

  return g_ptr_array_find (self->runs, run, NULL);
}

const char *
ut_compare_item_get_key (UtCompareItem *self,
                         guint          slot)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), NULL);
  g_return_val_if_fail (slot < UT_COMPARE_ITEM_SLOTS, NULL);

  return self->keys[slot];
}

const char *
ut_compare_item_take_key (UtCompareItem *self,
                          guint          slot,
                          char          *key)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (self), NULL);
  g_return_val_if_fail (slot < UT_COMPARE_ITEM_SLOTS, NULL);

  g_free (self->keys[slot]);
  self->keys[slot] = key;

  return key;
}

void
ut_compare_item_forget_keys (UtCompareItem *self)
{
  g_return_if_fail (UT_IS_COMPARE_ITEM (self));

  for (guint i = 0; i < UT_COMPARE_ITEM_SLOTS; i++)
    g_clear_pointer (&self->keys[i], g_free);
}
