/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-pair.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <math.h>

#define SPACING 6
/* Below this height of the window both plots would be too flat to read. */
#define ENOUGH_HEIGHT 700
/* Below this height of a plot two of them are better side by side, where there is the width, and else in
 * one place. */
#define LOW_HEIGHT 220

struct _UtPlotPair
{
  GtkWidget parent_instance;

  GtkWidget *switcher;
  GtkCheckButton *loss_button;
  UtPlotPane *loss_pane;
  UtPlotPane *accuracy_pane;
};

G_DEFINE_FINAL_TYPE (UtPlotPair, ut_plot_pair, GTK_TYPE_WIDGET)

static guint message_signal;

static void
switched_cb (UtPlotPair *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
ut_plot_pair_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  UtPlotPair *self = UT_PLOT_PAIR (widget);
  int min_switcher, min_loss, min_accuracy, nat_switcher, nat_loss, nat_accuracy;

  gtk_widget_measure (self->switcher, orientation, -1, &min_switcher, &nat_switcher, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->loss_pane), orientation, -1, &min_loss, &nat_loss, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (self->accuracy_pane), orientation, -1,
                      &min_accuracy, &nat_accuracy, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (min_switcher, MAX (min_loss, min_accuracy));
      *natural = MAX (nat_switcher, MAX (nat_loss, nat_accuracy));
    }
  else
    {
      *minimum = min_switcher + SPACING + MAX (min_loss, min_accuracy);
      *natural = MAX (*minimum, nat_loss + SPACING + nat_accuracy);
    }
}

static void
allocate_at (GtkWidget *child,
             int        x,
             int        y,
             int        width,
             int        height)
{
  GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x,
                                                                                 (float) y));

  gtk_widget_allocate (child, width, height, -1, transform);
}

static void
ut_plot_pair_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  UtPlotPair *self = UT_PLOT_PAIR (widget);
  GtkWidget *loss = GTK_WIDGET (self->loss_pane);
  GtkWidget *accuracy = GTK_WIDGET (self->accuracy_pane);
  int window_height = gtk_widget_get_height (GTK_WIDGET (gtk_widget_get_root (widget)));
  int min_loss, min_accuracy, min_switcher, min_width;
  gboolean low, beside, share, loss_chosen;

  gtk_widget_measure (loss, GTK_ORIENTATION_VERTICAL, width, &min_loss, NULL, NULL, NULL);
  gtk_widget_measure (accuracy, GTK_ORIENTATION_VERTICAL, width, &min_accuracy, NULL, NULL, NULL);
  gtk_widget_measure (accuracy, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  low = height < 2 * LOW_HEIGHT + SPACING || height < min_loss + SPACING + min_accuracy;
  beside = low && width >= 2 * min_width + SPACING;
  share = !beside && (low || (window_height > 0 && window_height < ENOUGH_HEIGHT));
  loss_chosen = gtk_check_button_get_active (self->loss_button);

  gtk_widget_set_child_visible (self->switcher, share);
  gtk_widget_set_child_visible (loss, !share || loss_chosen);
  gtk_widget_set_child_visible (accuracy, !share || !loss_chosen);

  if (share)
    {
      gtk_widget_measure (self->switcher, GTK_ORIENTATION_VERTICAL, -1, &min_switcher, NULL, NULL,
                          NULL);
      allocate_at (self->switcher, 0, 0, width, min_switcher);
      allocate_at (loss_chosen ? loss : accuracy, 0, min_switcher + SPACING,
                   width, height - min_switcher - SPACING);
    }
  else if (beside)
    {
      int left = (width - SPACING) / 2;

      allocate_at (loss, 0, 0, left, height);
      allocate_at (accuracy, left + SPACING, 0, width - left - SPACING, height);
    }
  else
    {
      int upper = (height - SPACING) / 2;

      allocate_at (loss, 0, 0, width, upper);
      allocate_at (accuracy, 0, upper + SPACING, width, height - upper - SPACING);
    }
}

static void
message_cb (UtPlotPair *self,
            const char *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static void
ut_plot_pair_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_PLOT_PAIR);

  G_OBJECT_CLASS (ut_plot_pair_parent_class)->dispose (object);
}

static void
ut_plot_pair_class_init (UtPlotPairClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_plot_pair_dispose;
  widget_class->measure = ut_plot_pair_measure;
  widget_class->size_allocate = ut_plot_pair_size_allocate;

  /** UtPlotPair::message: (text): a sentence for the person, from one of the panes. */
  message_signal = g_signal_new ("message", UT_TYPE_PLOT_PAIR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (UT_TYPE_PLOT_PANE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-plot-pair.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, switcher);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, loss_button);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, loss_pane);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, accuracy_pane);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
}

static void
ut_plot_pair_init (UtPlotPair *self)
{
  UtPlot *loss, *accuracy;

  gtk_widget_init_template (GTK_WIDGET (self));

  loss = ut_plot_pair_get_loss (self);
  accuracy = ut_plot_pair_get_accuracy (self);
  g_object_set (loss, "title", _("Loss"), "x-title", C_("axis", "step"), "channel", 0, NULL);
  g_object_set (accuracy, "title", _("Accuracy"), "x-title", C_("axis", "step"), "channel", 1,
                "log-allowed", FALSE, NULL);
  ut_plot_set_y_limits (loss, 0, NAN);
  ut_plot_set_y_limits (accuracy, 0, 1);
  ut_plot_set_view (accuracy, ut_plot_get_view (loss));
}

void
ut_plot_pair_set_view (UtPlotPair *self,
                       UtPlotView *view)
{
  g_return_if_fail (UT_IS_PLOT_PAIR (self));
  g_return_if_fail (UT_IS_PLOT_VIEW (view));

  ut_plot_set_view (ut_plot_pair_get_loss (self), view);
  ut_plot_set_view (ut_plot_pair_get_accuracy (self), view);
}

UtPlot *
ut_plot_pair_get_loss (UtPlotPair *self)
{
  g_return_val_if_fail (UT_IS_PLOT_PAIR (self), NULL);

  return ut_plot_pane_get_plot (self->loss_pane);
}

UtPlot *
ut_plot_pair_get_accuracy (UtPlotPair *self)
{
  g_return_val_if_fail (UT_IS_PLOT_PAIR (self), NULL);

  return ut_plot_pane_get_plot (self->accuracy_pane);
}
