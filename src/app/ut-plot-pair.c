/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-pair.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <math.h>

#define SPACING 6
/* Below this height of the window the plots would be too flat to read. */
#define ENOUGH_HEIGHT 700
/* Below this height of a plot two of them are better side by side, where there is the width, and else in
 * one place. */
#define LOW_HEIGHT 220
/* Likewise of three. */
#define LOW_HEIGHT_OF_THREE 170
#define MOST_PANES 3

struct _UtPlotPair
{
  GtkWidget parent_instance;

  GtkWidget *switcher;
  GtkCheckButton *loss_button;
  UtPlotPane *loss_pane;
  GtkCheckButton *probes_button;
  UtPlotPane *accuracy_pane;
  UtPlotPane *probes_pane;

  gboolean probes_shown;
};

G_DEFINE_FINAL_TYPE (UtPlotPair, ut_plot_pair, GTK_TYPE_WIDGET)

static guint message_signal;

static void
switched_cb (UtPlotPair *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The panes that there are, in order; returns how many. */
static guint
list_panes (UtPlotPair *self,
            GtkWidget  *panes[MOST_PANES])
{
  guint n = 0;

  panes[n++] = GTK_WIDGET (self->loss_pane);
  panes[n++] = GTK_WIDGET (self->accuracy_pane);
  if (self->probes_shown)
    panes[n++] = GTK_WIDGET (self->probes_pane);

  return n;
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
  GtkWidget *panes[MOST_PANES];
  guint n = list_panes (self, panes);
  int min_switcher, nat_switcher;
  int most = 0;
  int widest = 0;
  int sum = 0;

  gtk_widget_measure (self->switcher, orientation, -1, &min_switcher, &nat_switcher, NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      int min, nat;

      gtk_widget_measure (panes[i], orientation, -1, &min, &nat, NULL, NULL);
      most = MAX (most, min);
      widest = MAX (widest, nat);
      sum += nat + (i > 0 ? SPACING : 0);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (min_switcher, most);
      *natural = MAX (nat_switcher, widest);
    }
  else
    {
      *minimum = min_switcher + SPACING + most;
      *natural = MAX (*minimum, sum);
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

/* Side by side, with the same width. */
static void
allocate_beside (GtkWidget **panes,
                 guint       n,
                 int         y,
                 int         width,
                 int         height)
{
  int x = 0;

  for (guint i = 0; i < n; i++)
    {
      int room = (width - x - (int) (n - i - 1) * SPACING) / (int) (n - i);

      allocate_at (panes[i], x, y, room, height);
      x += room + SPACING;
    }
}

/* One above the other, with the same height. */
static void
allocate_above (GtkWidget **panes,
                guint       n,
                int         width,
                int         height)
{
  int y = 0;

  for (guint i = 0; i < n; i++)
    {
      int room = (height - y - (int) (n - i - 1) * SPACING) / (int) (n - i);

      allocate_at (panes[i], 0, y, width, room);
      y += room + SPACING;
    }
}

static GtkWidget *
get_chosen (UtPlotPair *self)
{
  if (self->probes_shown && gtk_check_button_get_active (self->probes_button))
    return GTK_WIDGET (self->probes_pane);

  return gtk_check_button_get_active (self->loss_button) ? GTK_WIDGET (self->loss_pane)
                                                         : GTK_WIDGET (self->accuracy_pane);
}

typedef enum
{
  PLACES_ABOVE,
  PLACES_TWO_ROWS, /* of three: two side by side, and one below */
  PLACES_BESIDE,
  PLACES_SHARED,
} Places;

static Places
choose_places (UtPlotPair  *self,
               GtkWidget  **panes,
               guint        n,
               int          width,
               int          height)
{
  int window_height = gtk_widget_get_height (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  int enough = n > 2 ? LOW_HEIGHT_OF_THREE : LOW_HEIGHT;
  int min_width = 0;
  int min_height = 0;
  int sum = 0;
  gboolean low;

  for (guint i = 0; i < n; i++)
    {
      int wide, high;

      gtk_widget_measure (panes[i], GTK_ORIENTATION_HORIZONTAL, -1, &wide, NULL, NULL, NULL);
      gtk_widget_measure (panes[i], GTK_ORIENTATION_VERTICAL, width, &high, NULL, NULL, NULL);
      min_width = MAX (min_width, wide);
      min_height = MAX (min_height, high);
      sum += high + (i > 0 ? SPACING : 0);
    }
  low = height < (int) n * enough + (int) (n - 1) * SPACING || height < sum;

  if (low && width >= (int) n * min_width + (int) (n - 1) * SPACING)
    return PLACES_BESIDE;
  if (low && n == 3 && width >= 2 * min_width + SPACING
      && height >= 2 * MAX (enough, min_height) + SPACING)
    return PLACES_TWO_ROWS;

  return low || (window_height > 0 && window_height < ENOUGH_HEIGHT) ? PLACES_SHARED
                                                                     : PLACES_ABOVE;
}

static void
ut_plot_pair_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  UtPlotPair *self = UT_PLOT_PAIR (widget);
  GtkWidget *panes[MOST_PANES];
  guint n = list_panes (self, panes);
  Places places = choose_places (self, panes, n, width, height);
  GtkWidget *chosen = get_chosen (self);
  int upper = (height - SPACING) / 2;
  int top;

  gtk_widget_set_child_visible (self->switcher, places == PLACES_SHARED);
  for (guint i = 0; i < n; i++)
    gtk_widget_set_child_visible (panes[i], places != PLACES_SHARED || panes[i] == chosen);

  switch (places)
    {
    case PLACES_SHARED:
      gtk_widget_measure (self->switcher, GTK_ORIENTATION_VERTICAL, -1, &top, NULL, NULL, NULL);
      allocate_at (self->switcher, 0, 0, width, top);
      allocate_at (chosen, 0, top + SPACING, width, height - top - SPACING);
      break;

    case PLACES_BESIDE:
      allocate_beside (panes, n, 0, width, height);
      break;

    case PLACES_TWO_ROWS:
      allocate_beside (panes, 2, 0, width, upper);
      allocate_at (panes[2], 0, upper + SPACING, width, height - upper - SPACING);
      break;

    case PLACES_ABOVE:
    default:
      allocate_above (panes, n, width, height);
      break;
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
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, probes_button);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, accuracy_pane);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPair, probes_pane);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
}

static void
ut_plot_pair_init (UtPlotPair *self)
{
  UtPlot *loss, *accuracy, *probes;

  gtk_widget_init_template (GTK_WIDGET (self));

  loss = ut_plot_pair_get_loss (self);
  accuracy = ut_plot_pair_get_accuracy (self);
  probes = ut_plot_pair_get_probes (self);
  g_object_set (loss, "title", _("Loss"), "x-title", C_("axis", "step"), "channel", 0, NULL);
  g_object_set (accuracy, "title", _("Accuracy"), "x-title", C_("axis", "step"), "channel", 1,
                "log-allowed", FALSE, NULL);
  ut_plot_set_y_limits (loss, 0, NAN);
  ut_plot_set_y_limits (accuracy, 0, 1);
  ut_plot_set_view (accuracy, ut_plot_get_view (loss));
  g_object_set (probes, "title", _("Sentences: 0 negative, 1 positive"), "x-title",
                C_("axis", "step"), "channel", 2, "log-allowed", FALSE, NULL);
  ut_plot_set_y_limits (probes, 0, 1);
  /* An answer is read by where it stands between the two. */
  ut_plot_set_whole_y (probes, TRUE);
  /* Translators: the level line of the answer that is neither negative nor positive. */
  ut_plot_set_reference (probes, 0.5, _("undecided"));
  ut_plot_set_view (probes, ut_plot_get_view (loss));
}

void
ut_plot_pair_set_view (UtPlotPair *self,
                       UtPlotView *view)
{
  g_return_if_fail (UT_IS_PLOT_PAIR (self));
  g_return_if_fail (UT_IS_PLOT_VIEW (view));

  ut_plot_set_view (ut_plot_pair_get_loss (self), view);
  ut_plot_set_view (ut_plot_pair_get_accuracy (self), view);
  ut_plot_set_view (ut_plot_pair_get_probes (self), view);
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

UtPlot *
ut_plot_pair_get_probes (UtPlotPair *self)
{
  g_return_val_if_fail (UT_IS_PLOT_PAIR (self), NULL);

  return ut_plot_pane_get_plot (self->probes_pane);
}

void
ut_plot_pair_set_probes_shown (UtPlotPair *self,
                               gboolean    shown)
{
  g_return_if_fail (UT_IS_PLOT_PAIR (self));

  if (self->probes_shown == shown)
    return;

  self->probes_shown = shown;
  if (!shown && gtk_check_button_get_active (self->probes_button))
    gtk_check_button_set_active (self->loss_button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->probes_pane), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->probes_button), shown);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
