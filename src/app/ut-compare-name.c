/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-name.h"

#include "ut-compare-column.h"
#include "ut-row-cell.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

#define SPACING 6

struct _UtCompareName
{
  GtkWidget parent_instance;

  GtkWidget *tick;
  GtkWidget *swatch;
  GtkWidget *text;
  GtkWidget *mark;

  UtCompareItem *item; /* (owned) (nullable) */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (UtCompareName, ut_compare_name, GTK_TYPE_WIDGET)

static gboolean
is_heading (UtCompareName *self)
{
  return self->item != NULL && ut_compare_item_get_kind (self->item) == UT_COMPARE_HEADING;
}

static int
measure_child (GtkWidget *child)
{
  int width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

static void
ut_compare_name_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  GtkWidget *child;

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 3 * SPACING : 0;
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int size;

      gtk_widget_measure (child, orientation, -1, NULL, &size, NULL, NULL);
      *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? *minimum + size : MAX (*minimum, size);
    }
  *natural = *minimum;
}

/* Allocates @child the width from @x on, in the middle of the height. */
static void
place_child (UtCompareName *self,
             GtkWidget     *child,
             int            x,
             int            width)
{
  int whole = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &wanted, NULL, NULL);
  wanted = MIN (wanted, height);
  gtk_widget_size_allocate (child,
                            &(GtkAllocation) {
                              to_left ? whole - x - width : x, (height - wanted) / 2, width, wanted,
                            }, -1);
}

static void
ut_compare_name_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  UtCompareName *self = UT_COMPARE_NAME (widget);
  int tick = measure_child (self->tick);
  int swatch = measure_child (self->swatch);
  int mark = gtk_widget_get_child_visible (self->mark) ? measure_child (self->mark) : 0;
  int x = tick + SPACING + swatch + SPACING;
  int end = width - (mark > 0 ? mark + SPACING : 0);

  if (is_heading (self))
    {
      /* Beside it there is nothing that it could cover. */
      place_child (self, self->text, 0, MAX (width, ut_row_cell_measure_text
                                                      (UT_ROW_CELL (self->text))));
      return;
    }

  place_child (self, self->tick, 0, tick);
  place_child (self, self->swatch, tick + SPACING, swatch);
  place_child (self, self->text, x, MAX (end - x, 0));
  if (mark > 0)
    place_child (self, self->mark, width - mark, mark);
}

/* How many of its runs are shown. */
static guint
count_shown (UtCompareItem *item)
{
  GPtrArray *runs = ut_compare_item_get_runs (item);
  guint n_shown = 0;

  for (guint i = 0; i < runs->len; i++)
    n_shown += ut_run_get_shown (g_ptr_array_index (runs, i)) ? 1 : 0;

  return n_shown;
}

static void
toggled_cb (UtCompareName *self)
{
  if (!self->filling && self->item != NULL)
    ut_compare_name_toggle (self->item);
}

static void
ut_compare_name_dispose (GObject *object)
{
  UtCompareName *self = UT_COMPARE_NAME (object);

  g_clear_pointer (&self->tick, gtk_widget_unparent);
  g_clear_pointer (&self->swatch, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (ut_compare_name_parent_class)->dispose (object);
}

static void
ut_compare_name_class_init (UtCompareNameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_compare_name_dispose;
  widget_class->measure = ut_compare_name_measure;
  widget_class->size_allocate = ut_compare_name_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "comparename");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ut_compare_name_init (UtCompareName *self)
{
  g_autofree char *marks = g_strjoin ("\n", _("as coded"),
                                      ut_standing_describe (UT_STANDING_BEST),
                                      ut_standing_describe (UT_STANDING_NEAR), NULL);

  self->tick = gtk_check_button_new ();
  self->swatch = ut_plot_swatch_new (0);
  self->mark = ut_row_cell_new (marks, 0.5f);
  gtk_widget_add_css_class (self->mark, "badge");
  gtk_widget_set_child_visible (self->mark, FALSE);
  /* The row has the focus as a whole, with a key for it. */
  gtk_widget_set_can_focus (self->tick, FALSE);
  g_signal_connect_object (self->tick, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->tick, GTK_WIDGET (self));
  gtk_widget_set_parent (self->swatch, GTK_WIDGET (self));
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
}

GtkWidget *
ut_compare_name_new (const char *sample)
{
  g_return_val_if_fail (sample != NULL, NULL);

  UtCompareName *self = g_object_new (UT_TYPE_COMPARE_NAME, NULL);

  self->text = ut_row_cell_new (sample, 0);
  gtk_widget_insert_after (self->text, GTK_WIDGET (self), self->swatch);

  return GTK_WIDGET (self);
}

/* Where its children are depends on what it shows, how large it wants to be does not. */
static void
set_visible (UtCompareName *self,
             GtkWidget     *child,
             gboolean       visible)
{
  if (gtk_widget_get_child_visible (child) == visible)
    return;

  gtk_widget_set_child_visible (child, visible);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
fill_tick (UtCompareName *self)
{
  guint n_shown = count_shown (self->item);
  guint n_runs = ut_compare_item_get_runs (self->item)->len;

  self->filling = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->tick), n_shown == n_runs);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->tick),
                                     n_shown > 0 && n_shown < n_runs);
  self->filling = FALSE;
}

void
ut_compare_name_set_item (UtCompareName *self,
                          UtCompareItem *item)
{
  const char *mark = NULL;
  gboolean heading;

  g_return_if_fail (UT_IS_COMPARE_NAME (self));
  g_return_if_fail (item == NULL || UT_IS_COMPARE_ITEM (item));

  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  heading = is_heading (self);
  ut_row_cell_set_text (UT_ROW_CELL (self->text), ut_compare_item_get_facts (item)->title);
  if (heading)
    {
      gtk_widget_add_css_class (self->text, "heading");
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  else
    {
      gtk_widget_remove_css_class (self->text, "heading");
      mark = ut_compare_item_get_mark (item);
      ut_plot_swatch_set_style (UT_PLOT_SWATCH (self->swatch),
                                ut_run_get_style (ut_compare_item_get_run (item)));
      fill_tick (self);
    }
  ut_row_cell_set_text (UT_ROW_CELL (self->mark), mark != NULL ? mark : "");
  set_visible (self, self->tick, !heading);
  set_visible (self, self->swatch, !heading);
  set_visible (self, self->mark, mark != NULL);
}

const char *
ut_compare_name_get_text (UtCompareName *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_NAME (self), NULL);

  return ut_row_cell_get_text (UT_ROW_CELL (self->text));
}

void
ut_compare_name_name_tick (UtCompareName *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (UT_IS_COMPARE_NAME (self));

  name = g_strdup_printf (_("Show %s"), ut_compare_name_get_text (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tick), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  /* A heading has none that could be seen. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->tick), GTK_ACCESSIBLE_STATE_HIDDEN,
                               is_heading (self), -1);
}

void
ut_compare_name_toggle (UtCompareItem *item)
{
  GPtrArray *runs;
  gboolean shown;

  g_return_if_fail (UT_IS_COMPARE_ITEM (item));

  runs = ut_compare_item_get_runs (item);
  shown = count_shown (item) < runs->len;
  for (guint i = 0; i < runs->len; i++)
    ut_run_set_shown (g_ptr_array_index (runs, i), shown);
}
