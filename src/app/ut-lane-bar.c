/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lane-bar.h"

#include "ut-run-text.h"
#include "ut-tooltip.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

#define N_OTHERS (UT_LANES_MAX - 1)

struct _UtLaneBar
{
  GtkBox parent_instance;

  UtPlotSwatch *run_swatch;
  GtkLabel *run_name;
  GtkLabel *run_summary;
  GtkWidget *buttons[N_OTHERS];
  UtPlotSwatch *swatches[N_OTHERS];
  GtkLabel *names[N_OTHERS];
  GtkMenuButton *more;
  GtkLabel *more_label;
  GtkLabel *more_reason;

  UtLanes *lanes; /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned): of the current run */
  gboolean brief;
};

G_DEFINE_FINAL_TYPE (UtLaneBar, ut_lane_bar, GTK_TYPE_BOX)

typedef enum
{
  PROP_BRIEF = 1,
} UtLaneBarProperty;

static GParamSpec *properties[PROP_BRIEF + 1];

static void
update_lead (UtLaneBar *self)
{
  UtRun *run = ut_predict_reader_get_run (ut_lanes_get_lead (self->lanes));

  if (run == NULL)
    return;

  g_autofree char *summary = ut_run_text_dup_summary (run);

  ut_plot_swatch_set_style (self->run_swatch, ut_run_get_style (run));
  gtk_label_set_text (self->run_name, ut_run_get_name (run));
  gtk_label_set_text (self->run_summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->run_summary), !self->brief);
}

/* Shows the lane of @button, which has a run. */
static void
update_button (UtLaneBar *self,
               guint      button,
               UtRun     *run)
{
  const char *name = ut_run_get_name (run);
  g_autofree char *summary = ut_run_text_dup_summary (run);
  g_autofree char *what = g_strdup_printf (_("Make %s the current run"), name);
  g_autofree char *tooltip = g_strdup_printf ("%s: %s\n%s", name, summary, what);

  ut_plot_swatch_set_style (self->swatches[button], ut_run_get_style (run));
  gtk_label_set_text (self->names[button], name);
  ut_tooltip_set (self->buttons[button], tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[button]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, what,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary,
                                  -1);
}

static void
update (UtLaneBar *self)
{
  guint n = ut_lanes_get_n (self->lanes);
  guint n_left_out = ut_lanes_get_n_left_out (self->lanes);

  g_signal_group_set_target (self->signals,
                             ut_predict_reader_get_run (ut_lanes_get_lead (self->lanes)));
  update_lead (self);
  for (guint i = 0; i < N_OTHERS; i++)
    {
      gtk_widget_set_visible (self->buttons[i], i + 1 < n);
      if (i + 1 < n)
        update_button (self, i,
                       ut_predict_reader_get_run (ut_lanes_get_reader (self->lanes, i + 1)));
    }

  gtk_widget_set_visible (GTK_WIDGET (self->more), n_left_out > 0);
  if (n_left_out > 0)
    {
      /* Translators: so many runs are shown elsewhere, but not here. */
      g_autofree char *label = g_strdup_printf (ngettext ("+ %'u more", "+ %'u more", n_left_out),
                                                n_left_out);
      g_autofree char *reason = g_strdup_printf (
          ngettext ("%'u shown run does not answer: four can be compared at once, the current one "
                    "and the next ones of the list. Untick others to make room for it.",
                    "%'u shown runs do not answer: four can be compared at once, the current one "
                    "and the next ones of the list. Untick others to make room for them.",
                    n_left_out), n_left_out);

      gtk_label_set_text (self->more_label, label);
      gtk_label_set_text (self->more_reason, reason);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
    }
}

static void
clicked_cb (GtkButton *button,
            gpointer   data)
{
  UtLaneBar *self = data;

  for (guint i = 0; i < N_OTHERS; i++)
    {
      if (self->buttons[i] == GTK_WIDGET (button) && i + 1 < ut_lanes_get_n (self->lanes))
        {
          UtPredictReader *reader = ut_lanes_get_reader (self->lanes, i + 1);

          ut_session_set_current (ut_lanes_get_session (self->lanes),
                                  ut_predict_reader_get_run (reader));
          return;
        }
    }
}

static void
ut_lane_bar_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch ((UtLaneBarProperty) id)
    {
    case PROP_BRIEF:
      g_value_set_boolean (value, ut_lane_bar_get_brief (UT_LANE_BAR (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_lane_bar_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch ((UtLaneBarProperty) id)
    {
    case PROP_BRIEF:
      ut_lane_bar_set_brief (UT_LANE_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_lane_bar_dispose (GObject *object)
{
  UtLaneBar *self = UT_LANE_BAR (object);

  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_LANE_BAR);
  g_clear_object (&self->lanes);

  G_OBJECT_CLASS (ut_lane_bar_parent_class)->dispose (object);
}

static void
bind_part (GtkWidgetClass *widget_class,
           const char     *name,
           guint           index,
           gsize           offset)
{
  g_autofree char *full = g_strdup_printf ("%s_%u", name, index + 1);

  gtk_widget_class_bind_template_child_full (widget_class, full, FALSE,
                                             (gssize) (offset + index * sizeof (gpointer)));
}

static void
ut_lane_bar_class_init (UtLaneBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_lane_bar_get_property;
  object_class->set_property = ut_lane_bar_set_property;
  object_class->dispose = ut_lane_bar_dispose;

  properties[PROP_BRIEF] = g_param_spec_boolean ("brief", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-lane-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, UtLaneBar, run_swatch);
  gtk_widget_class_bind_template_child (widget_class, UtLaneBar, run_name);
  gtk_widget_class_bind_template_child (widget_class, UtLaneBar, run_summary);
  gtk_widget_class_bind_template_child (widget_class, UtLaneBar, more);
  gtk_widget_class_bind_template_child (widget_class, UtLaneBar, more_label);
  gtk_widget_class_bind_template_child (widget_class, UtLaneBar, more_reason);
  for (guint i = 0; i < N_OTHERS; i++)
    {
      bind_part (widget_class, "button", i, G_STRUCT_OFFSET (UtLaneBar, buttons));
      bind_part (widget_class, "swatch", i, G_STRUCT_OFFSET (UtLaneBar, swatches));
      bind_part (widget_class, "name", i, G_STRUCT_OFFSET (UtLaneBar, names));
    }
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
ut_lane_bar_init (UtLaneBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (update_lead), self,
                                 G_CONNECT_SWAPPED);
}

void
ut_lane_bar_set_lanes (UtLaneBar *self,
                       UtLanes   *lanes)
{
  g_return_if_fail (UT_IS_LANE_BAR (self));
  g_return_if_fail (UT_IS_LANES (lanes));
  g_return_if_fail (self->lanes == NULL);

  self->lanes = g_object_ref (lanes);
  g_signal_connect_object (lanes, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanes, "state-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

gboolean
ut_lane_bar_get_brief (UtLaneBar *self)
{
  g_return_val_if_fail (UT_IS_LANE_BAR (self), FALSE);

  return self->brief;
}

void
ut_lane_bar_set_brief (UtLaneBar *self,
                       gboolean   brief)
{
  g_return_if_fail (UT_IS_LANE_BAR (self));

  brief = !!brief;
  if (brief == self->brief)
    return;

  self->brief = brief;
  gtk_widget_set_visible (GTK_WIDGET (self->run_summary), !brief);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BRIEF]);
}
