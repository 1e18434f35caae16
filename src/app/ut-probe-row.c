/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-row.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <math.h>
#include <ut-plot-swatch.h>

struct _UtProbeRow
{
  GtkBox parent_instance;

  UtPlotSwatch *swatch;
  GtkEditable *entry;
  GtkLabel *answer_label;
  GtkWidget *remove_button;

  char *text; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UtProbeRow, ut_probe_row, GTK_TYPE_BOX)

static guint edited_signal;

static void
take_text (UtProbeRow *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autofree char *tidy = ut_probe_tidy (text, NULL);

  /* Following none is what the button is for. */
  if (tidy == NULL)
    gtk_editable_set_text (self->entry, self->text);
  else if (!g_str_equal (tidy, self->text))
    g_signal_emit (self, edited_signal, 0, tidy);
}

static void
remove_cb (UtProbeRow *self)
{
  g_signal_emit (self, edited_signal, 0, NULL);
}

static void
ut_probe_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_PROBE_ROW);

  G_OBJECT_CLASS (ut_probe_row_parent_class)->dispose (object);
}

static void
ut_probe_row_finalize (GObject *object)
{
  g_free (UT_PROBE_ROW (object)->text);

  G_OBJECT_CLASS (ut_probe_row_parent_class)->finalize (object);
}

static void
ut_probe_row_class_init (UtProbeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_probe_row_dispose;
  object_class->finalize = ut_probe_row_finalize;

  /** UtProbeRow::edited: (text, nullable): what is to be followed in its place. */
  edited_signal = g_signal_new ("edited", UT_TYPE_PROBE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-probe-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtProbeRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, UtProbeRow, entry);
  gtk_widget_class_bind_template_child (widget_class, UtProbeRow, answer_label);
  gtk_widget_class_bind_template_child (widget_class, UtProbeRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, take_text);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
ut_probe_row_init (UtProbeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_probe_row_new (const char *text)
{
  UtProbeRow *self;
  g_autofree char *remove = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (UT_TYPE_PROBE_ROW, NULL);
  self->text = g_strdup (text);
  gtk_editable_set_text (self->entry, text);
  /* Translators: a button; a sentence. */
  remove = g_strdup_printf (_("Do not follow “%s” any more"), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);

  return GTK_WIDGET (self);
}

const char *
ut_probe_row_get_text (UtProbeRow *self)
{
  g_return_val_if_fail (UT_IS_PROBE_ROW (self), NULL);

  return self->text;
}

void
ut_probe_row_update (UtProbeRow    *self,
                     UtProbeCurves *curves)
{
  g_autofree char *answer = NULL;
  double probability = NAN;
  guint style = 0;
  gboolean followed;

  g_return_if_fail (UT_IS_PROBE_ROW (self));
  g_return_if_fail (UT_IS_PROBE_CURVES (curves));

  followed = ut_probe_curves_find (curves, self->text, &style, &probability);
  /* Its place stays, so that sentences stand in line. */
  gtk_widget_set_opacity (GTK_WIDGET (self->swatch), followed ? 1 : 0);
  if (followed)
    ut_plot_swatch_set_style (self->swatch, style);
  answer = isnan (probability) ? g_strdup ("–") : g_strdup_printf ("%.2f", probability);
  gtk_label_set_label (self->answer_label, answer);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->answer_label),
                               followed ? _("What the current run answers: 0 is negative, 1 positive")
                                        : _("The current run did not follow it"));
}
