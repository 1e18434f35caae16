/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-queue-window.h"

#include "ut-cost.h"
#include "ut-queue-row.h"
#include "ut-resources.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>

struct _UtQueueWindow
{
  AdwWindow parent_instance;

  GtkButton *pause_button;
  GtkLabel *end_label;
  GtkStack *stack;
  GtkWidget *empty_page;
  GtkWidget *list_page;
  GtkListView *list;
  GtkSingleSelection *selection;

  UtSession *session; /* (owned) (nullable) */
  GHashTable *rows;   /* (owned): UtRun to the UtQueueRow that shows it; neither owned */
  guint clock;
  gboolean moves;     /* a key moved the selected run, which is to keep the focus */
};

G_DEFINE_FINAL_TYPE (UtQueueWindow, ut_queue_window, ADW_TYPE_WINDOW)

static UtRunStore *
get_store (UtQueueWindow *self)
{
  return ut_session_get_store (self->session);
}

static void
setup_cb (UtQueueWindow *self,
          GtkListItem   *item)
{
  gtk_list_item_set_child (item, ut_queue_row_new ());
}

static void
bind_cb (UtQueueWindow *self,
         GtkListItem   *item)
{
  UtRun *run = gtk_list_item_get_item (item);
  UtQueueRow *row = UT_QUEUE_ROW (gtk_list_item_get_child (item));
  guint n_before = gtk_list_item_get_position (item);

  ut_queue_row_set_run (row, get_store (self), run);
  ut_queue_row_set_wait (row, ut_queue_list_get_wait (ut_session_get_queue (self->session),
                                                      n_before));
  g_hash_table_insert (self->rows, run, row);
}

static void
unbind_cb (UtQueueWindow *self,
           GtkListItem   *item)
{
  g_hash_table_remove (self->rows, gtk_list_item_get_item (item));
  ut_queue_row_set_run (UT_QUEUE_ROW (gtk_list_item_get_child (item)), get_store (self), NULL);
}

/* @wait: seconds until all are done, negative where unknown. */
static char *
dup_end (UtQueueWindow *self,
         double         wait)
{
  UtRun *active = ut_run_store_get_active (get_store (self));
  const char *name = active != NULL ? ut_run_get_name (active) : NULL;
  g_autofree char *duration = ut_run_text_dup_duration (wait + 0.5);
  g_autofree char *end = ut_cost_dup_end (MAX (wait, 0));

  if (ut_run_store_get_queue_paused (get_store (self)))
    {
      if (wait < 0)
        return g_strdup (_("The queue is paused."));

      return g_strdup_printf (_("The queue is paused. All of it takes about %s."), duration);
    }
  if (active == NULL)
    return g_strdup (_("Nothing trains."));
  if (ut_run_get_state (active) == UT_RUN_PAUSED)
    {
      if (wait < 0)
        return g_strdup_printf (_("%s is paused."), name);

      return g_strdup_printf (_("%s is paused. All of it takes about %s."), name, duration);
    }
  if (wait < 0)
    return g_strdup_printf (_("%s trains. How long all takes is known after the first batches."),
                            name);

  /* Translators: the name of a run, a duration and a time of the day. */
  return g_strdup_printf (_("%s trains. All is done in about %s, at %s."), name, duration, end);
}

static void
update (UtQueueWindow *self)
{
  GListModel *queue = G_LIST_MODEL (ut_session_get_queue (self->session));
  guint n_runs = g_list_model_get_n_items (queue);
  gboolean paused = ut_run_store_get_queue_paused (get_store (self));
  g_autofree double *waits = ut_queue_list_dup_waits (ut_session_get_queue (self->session));
  g_autofree char *end = dup_end (self, waits[n_runs]);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (queue, i);
      UtQueueRow *row = g_hash_table_lookup (self->rows, run);

      if (row != NULL)
        ut_queue_row_set_wait (row, waits[i]);
    }
  gtk_label_set_label (self->end_label, end);
  gtk_button_set_label (self->pause_button, paused ? _("Resume the queue") : _("Pause the queue"));
  gtk_stack_set_visible_child (self->stack, n_runs > 0 ? self->list_page : self->empty_page);
}

static gboolean
clock_cb (gpointer data)
{
  update (data);

  return G_SOURCE_CONTINUE;
}

static void
queue_changed_cb (UtQueueWindow *self)
{
  UtRun *run = gtk_single_selection_get_selected_item (self->selection);
  GtkWidget *row;

  update (self);
  if (!self->moves || run == NULL)
    return;

  self->moves = FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                              gtk_single_selection_get_selected (self->selection));
  row = g_hash_table_lookup (self->rows, run);
  if (row != NULL)
    gtk_widget_grab_focus (gtk_widget_get_parent (row));
}

/* The position that @key gives a run at @position; 0 where it gives none. */
static guint
find_target (guint           key,
             GdkModifierType modifiers,
             guint           position)
{
  if (modifiers != GDK_ALT_MASK)
    return 0;

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return position - 1;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return position + 1;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return 1;
    default:
      return 0;
    }
}

static gboolean
key_pressed_cb (UtQueueWindow   *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  UtRun *run = gtk_single_selection_get_selected_item (self->selection);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  guint position = run != NULL ? ut_run_get_queue_position (run) : 0;
  guint target;

  if (key == GDK_KEY_z && modifiers == GDK_CONTROL_MASK)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.run-restore", NULL);
      return GDK_EVENT_STOP;
    }
  if (position == 0)
    return GDK_EVENT_PROPAGATE;

  if ((key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete) && modifiers == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.run-delete", "s", ut_run_get_id (run));
      return GDK_EVENT_STOP;
    }
  target = find_target (key, modifiers, position);
  if (target == 0)
    return GDK_EVENT_PROPAGATE;

  self->moves = target != position && target <= ut_run_store_get_n_queued (get_store (self));
  if (self->moves)
    ut_run_store_move_queued (get_store (self), run, target);

  return GDK_EVENT_STOP;
}

/* The parent's actions keep the parent, so that it would not be destroyed as long as this window is
 * there. Whoever still holds this window, as an event in the making does, lets go of it after the
 * parent, of which GTK 4.8 must not know any more then. */
static void
parent_gone_cb (UtQueueWindow *self)
{
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
ut_queue_window_dispose (GObject *object)
{
  UtQueueWindow *self = UT_QUEUE_WINDOW (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_QUEUE_WINDOW);

  G_OBJECT_CLASS (ut_queue_window_parent_class)->dispose (object);
}

static void
ut_queue_window_finalize (GObject *object)
{
  UtQueueWindow *self = UT_QUEUE_WINDOW (object);

  g_hash_table_unref (self->rows);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_queue_window_parent_class)->finalize (object);
}

static void
ut_queue_window_class_init (UtQueueWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_queue_window_dispose;
  object_class->finalize = ut_queue_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-queue-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, end_label);
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, list);
  gtk_widget_class_bind_template_child (widget_class, UtQueueWindow, selection);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ut_queue_window_init (UtQueueWindow *self)
{
  GtkEventController *keys;

  self->rows = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

GtkWindow *
ut_queue_window_new (GtkWindow *parent,
                     UtSession *session)
{
  UtQueueWindow *self;
  GListModel *queue;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  self = g_object_new (UT_TYPE_QUEUE_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (parent));
  g_signal_connect_object (parent, "unrealize", G_CALLBACK (parent_gone_cb), self,
                           G_CONNECT_SWAPPED);
  queue = G_LIST_MODEL (ut_session_get_queue (session));
  gtk_single_selection_set_model (self->selection, queue);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (queue_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (get_store (self), "notify::queue-paused", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_store (self), "notify::active", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  self->clock = g_timeout_add_seconds (1, clock_cb, self);
  update (self);

  return GTK_WINDOW (self);
}
