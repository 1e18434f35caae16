/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-queue-row.h"

#include "ut-resources.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

struct _UtQueueRow
{
  GtkBox parent_instance;

  UtPlotSwatch *swatch;
  GtkLabel *name_label;
  GtkLabel *wait_label;
  GtkWidget *up_button;
  GtkWidget *down_button;
  GtkWidget *start_button;
  GtkWidget *remove_button;

  UtRunStore *store; /* (owned) (nullable): with the run */
  UtRun *run;        /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtQueueRow, ut_queue_row, GTK_TYPE_BOX)

static void
up_cb (UtQueueRow *self)
{
  guint position = ut_run_get_queue_position (self->run);

  if (position > 1)
    ut_run_store_move_queued (self->store, self->run, position - 1);
}

static void
down_cb (UtQueueRow *self)
{
  ut_run_store_move_queued (self->store, self->run, ut_run_get_queue_position (self->run) + 1);
}

static GdkContentProvider *
drag_prepare_cb (UtQueueRow *self)
{
  return self->run != NULL ? gdk_content_provider_new_typed (UT_TYPE_RUN, self->run) : NULL;
}

static void
drag_begin_cb (UtQueueRow    *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (UtQueueRow   *self,
         const GValue *value)
{
  UtRun *run = g_value_get_object (value);

  /* One that has started meanwhile is no longer in the queue. */
  if (run == self->run || self->run == NULL || ut_run_get_queue_position (run) == 0)
    return FALSE;

  ut_run_store_move_queued (self->store, run, ut_run_get_queue_position (self->run));
  return TRUE;
}

static void
set_label (GtkWidget *widget,
           char      *label) /* (transfer full) */
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
}

static void
ut_queue_row_dispose (GObject *object)
{
  UtQueueRow *self = UT_QUEUE_ROW (object);

  g_clear_object (&self->run);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_QUEUE_ROW);

  G_OBJECT_CLASS (ut_queue_row_parent_class)->dispose (object);
}

static void
ut_queue_row_class_init (UtQueueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_queue_row_dispose;

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, wait_label);
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, up_button);
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, down_button);
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, start_button);
  gtk_widget_class_bind_template_child (widget_class, UtQueueRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
}

static void
ut_queue_row_init (UtQueueRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (UT_TYPE_RUN, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
ut_queue_row_new (void)
{
  return g_object_new (UT_TYPE_QUEUE_ROW, NULL);
}

void
ut_queue_row_set_run (UtQueueRow *self,
                      UtRunStore *store,
                      UtRun      *run)
{
  const char *name;

  g_return_if_fail (UT_IS_QUEUE_ROW (self));
  g_return_if_fail (UT_IS_RUN_STORE (store));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  g_set_object (&self->store, store);
  g_set_object (&self->run, run);
  if (run == NULL)
    return;

  name = ut_run_get_name (run);
  gtk_label_set_label (self->name_label, name);
  ut_plot_swatch_set_style (self->swatch, ut_run_get_style (run));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->start_button), "s", ut_run_get_id (run));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove_button), "s", ut_run_get_id (run));
  /* Translators: a button; the name of a run. */
  set_label (self->up_button, g_strdup_printf (_("Move %s up"), name));
  /* Translators: a button; the name of a run. */
  set_label (self->down_button, g_strdup_printf (_("Move %s down"), name));
  /* Translators: a button; the name of a run. */
  set_label (self->remove_button, g_strdup_printf (_("Remove %s"), name));
}

void
ut_queue_row_set_wait (UtQueueRow *self,
                       double      wait)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  GtkWidget *parent;
  gboolean paused;
  guint position;

  g_return_if_fail (UT_IS_QUEUE_ROW (self));

  if (self->run == NULL)
    return;

  paused = ut_run_store_get_queue_paused (self->store);
  position = ut_run_get_queue_position (self->run);
  if (paused || wait < 0)
    {
      gtk_label_set_label (self->wait_label, C_("run of a queue", "waits"));
    }
  else
    {
      g_autofree char *duration = ut_run_text_dup_duration (wait + 0.5);
      g_autofree char *start = g_strdup_printf (_("starts in about %s"), duration);

      gtk_label_set_label (self->wait_label, start);
    }
  gtk_widget_set_sensitive (self->up_button, position > 1);
  gtk_widget_set_sensitive (self->down_button,
                            position < ut_run_store_get_n_queued (self->store));
  gtk_widget_set_sensitive (self->start_button, position > 1 && !paused);

  parent = gtk_widget_get_parent (GTK_WIDGET (self));
  text = ut_run_text_dup_queued (self->run, paused, wait);
  label = g_strdup_printf ("%s, %s", ut_run_get_name (self->run), text);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}
