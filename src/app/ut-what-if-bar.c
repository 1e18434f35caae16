/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-what-if-bar.h"

#include "ut-resources.h"
#include "ut-tooltip.h"

struct _UtWhatIfBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (UtWhatIfBar, ut_what_if_bar, GTK_TYPE_WIDGET)

static guint closed_signal;

static void
close_cb (UtWhatIfBar *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static void
ut_what_if_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_WHAT_IF_BAR);

  G_OBJECT_CLASS (ut_what_if_bar_parent_class)->dispose (object);
}

static void
ut_what_if_bar_class_init (UtWhatIfBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_what_if_bar_dispose;

  closed_signal = g_signal_new ("closed", UT_TYPE_WHAT_IF_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-what-if-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, UtWhatIfBar, label);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
ut_what_if_bar_init (UtWhatIfBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
ut_what_if_bar_set_text (UtWhatIfBar *self,
                         const char  *text,
                         const char  *details)
{
  g_return_if_fail (UT_IS_WHAT_IF_BAR (self));

  /* An answer that says the same is not read out again, and what is selected in it stays so. */
  if (text != NULL && g_strcmp0 (text, gtk_label_get_text (self->label)) != 0)
    gtk_label_set_text (self->label, text);
  ut_tooltip_set (GTK_WIDGET (self->label), details);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
}
