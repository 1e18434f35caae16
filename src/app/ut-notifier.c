/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-notifier.h"

#include "ut-run-text.h"

struct _UtNotifier
{
  GObject parent_instance;

  GtkWindow *window; /* (unowned) */
  GPtrArray *told;   /* (owned) (element-type utf8): ids of what the person has not seen yet */
  guint n_ended;     /* runs, since nothing trained */
};

G_DEFINE_FINAL_TYPE (UtNotifier, ut_notifier, G_TYPE_OBJECT)

static GApplication *
get_application (UtNotifier *self)
{
  return (GApplication *) gtk_window_get_application (self->window);
}

static void
run_ended_cb (UtNotifier *self,
              UtRun      *run,
              UtRunStore *store)
{
  gboolean goes_on = ut_run_store_get_n_queued (store) > 0 &&
                     !ut_run_store_get_queue_paused (store);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  self->n_ended++;
  title = ut_run_text_dup_news (run, goes_on ? 0 : self->n_ended, &body);
  if (!goes_on)
    self->n_ended = 0;
  if (title == NULL || gtk_window_is_active (self->window) || get_application (self) == NULL)
    return;

  notification = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-run", "s",
                                                ut_run_get_id (run));
  g_application_send_notification (get_application (self), ut_run_get_id (run), notification);
  g_ptr_array_add (self->told, g_strdup (ut_run_get_id (run)));
}

static void
withdraw (UtNotifier *self)
{
  for (guint i = 0; i < self->told->len && get_application (self) != NULL; i++)
    g_application_withdraw_notification (get_application (self),
                                         g_ptr_array_index (self->told, i));
  g_ptr_array_set_size (self->told, 0);
}

static void
active_changed_cb (UtNotifier *self)
{
  if (gtk_window_is_active (self->window))
    withdraw (self);
}

static void
ut_notifier_finalize (GObject *object)
{
  g_ptr_array_unref (UT_NOTIFIER (object)->told);

  G_OBJECT_CLASS (ut_notifier_parent_class)->finalize (object);
}

static void
ut_notifier_class_init (UtNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_notifier_finalize;
}

static void
ut_notifier_init (UtNotifier *self)
{
  self->told = g_ptr_array_new_with_free_func (g_free);
}

UtNotifier *
ut_notifier_new (GtkWindow  *window,
                 UtRunStore *store)
{
  UtNotifier *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  self = g_object_new (UT_TYPE_NOTIFIER, NULL);
  self->window = window;
  g_signal_connect_object (store, "run-ended", G_CALLBACK (run_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
