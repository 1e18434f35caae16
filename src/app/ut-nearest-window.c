/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-nearest-window.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_NEIGHBOURS 15

struct _UtNearestWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkEditable *entry;
  GtkLabel *status_label;
  GtkLabel *after_label;
  GtkLabel *before_label;

  UtNeighbours *neighbours; /* (owned) (nullable): once they are read */
  GCancellable *reading;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (UtNearestWindow, ut_nearest_window, ADW_TYPE_WINDOW)

static gsize
show_list (UtNearestWindow *self,
           GtkLabel        *label,
           const char      *word,
           gboolean         before)
{
  g_autoptr (GString) text = g_string_new (NULL);
  UtNeighbour items[N_NEIGHBOURS];
  gsize n_items = ut_neighbours_find (self->neighbours, word, before, items, N_NEIGHBOURS);

  for (gsize i = 0; i < n_items; i++)
    g_string_append_printf (text, "%s%.2f  %s", i > 0 ? "\n" : "", (double) items[i].similarity,
                            items[i].word);
  gtk_label_set_text (label, text->str);

  return n_items;
}

static void
show_cb (UtNearestWindow *self)
{
  g_autofree char *typed = NULL;
  g_autofree char *word = NULL;
  g_autofree char *status = NULL;
  const char *reason;

  if (self->neighbours == NULL)
    return;

  typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  word = ut_lower_case (typed, strlen (typed));
  reason = ut_neighbours_get_reason (self->neighbours);
  if (show_list (self, self->after_label, word, FALSE) == 0)
    status = *word == '\0' ? g_strdup (_("By the angle between the words’ vectors: 1 is the same "
                                         "direction, 0 across, -1 opposite."))
                           : g_strdup_printf (_("This model does not know “%s”."), word);
  gtk_label_set_text (self->status_label, status != NULL ? status : "");
  if (reason != NULL)
    gtk_label_set_text (self->before_label, reason);
  else
    show_list (self, self->before_label, word, TRUE);
}

/* Reading */

typedef struct
{
  UtModel *model; /* (owned) */
  GFile *vectors; /* (owned) (nullable) */
} Order;

static void
order_free (Order *self)
{
  ut_model_unref (self->model);
  g_clear_object (&self->vectors);
  g_free (self);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  UtNeighbours *neighbours = ut_neighbours_new (order->model, order->vectors, cancellable, &error);

  if (neighbours != NULL)
    g_task_return_pointer (task, neighbours, (GDestroyNotify) ut_neighbours_unref);
  else
    g_task_return_error (task, error);
}

static void
fail (UtNearestWindow *self,
      const GError    *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_label_set_text (self->status_label, error->message);
  gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "error");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (UtNearestWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtNeighbours) neighbours = g_task_propagate_pointer (G_TASK (result), &error);

  if (neighbours == NULL)
    {
      fail (self, error);
      return;
    }

  self->neighbours = g_steal_pointer (&neighbours);
  show_cb (self);
}

static void
model_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtNearestWindow) self = data;
  UtRun *run = UT_RUN (source);
  g_autoptr (GError) error = NULL;
  UtModel *model = ut_run_get_model_finish (run, result, &error);
  const char *path = ut_config_get_vectors_path (ut_run_get_config (run));
  g_autoptr (GTask) task = NULL;
  Order *order;

  if (model == NULL)
    {
      fail (self, error);
      return;
    }

  order = g_new0 (Order, 1);
  order->model = model;
  order->vectors = path != NULL ? g_file_new_for_path (path) : NULL;
  task = g_task_new (NULL, self->reading, read_cb, g_object_ref (self));
  g_task_set_source_tag (task, model_cb);
  g_task_set_name (task, "[undertone] nearest words");
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, read_thread);
}

/* It is closed then. An answer that is still to come holds this window, but not its parent. */
static void
ut_nearest_window_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (UT_NEAREST_WINDOW (widget)->reading);
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);

  GTK_WIDGET_CLASS (ut_nearest_window_parent_class)->unrealize (widget);
}

static void
ut_nearest_window_finalize (GObject *object)
{
  UtNearestWindow *self = UT_NEAREST_WINDOW (object);

  g_object_unref (self->reading);
  g_clear_pointer (&self->neighbours, ut_neighbours_unref);

  G_OBJECT_CLASS (ut_nearest_window_parent_class)->finalize (object);
}

static void
ut_nearest_window_class_init (UtNearestWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_nearest_window_finalize;
  widget_class->unrealize = ut_nearest_window_unrealize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-nearest-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtNearestWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, UtNearestWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, UtNearestWindow, status_label);
  gtk_widget_class_bind_template_child (widget_class, UtNearestWindow, after_label);
  gtk_widget_class_bind_template_child (widget_class, UtNearestWindow, before_label);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ut_nearest_window_init (UtNearestWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->reading = g_cancellable_new ();
}

GtkWindow *
ut_nearest_window_new (GtkWindow *parent,
                       UtRun     *run)
{
  UtNearestWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  self = g_object_new (UT_TYPE_NEAREST_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE,
                       NULL);
  adw_window_title_set_subtitle (self->window_title, ut_run_get_name (run));
  gtk_label_set_text (self->status_label, _("Reading…"));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entry));
  ut_run_get_model_async (run, self->reading, model_cb, g_object_ref (self));

  return GTK_WINDOW (self);
}
