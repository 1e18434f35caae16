/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-keep-awake.h"

#include <glib/gi18n.h>

struct _UtKeepAwake
{
  GObject parent_instance;

  GtkWindow *window;       /* (unowned) */
  UtRunStore *store;       /* (owned) (nullable) */
  GSignalGroup *signals;   /* (owned): of the run that trains */
  GtkApplication *asked;   /* (owned) (nullable): where the machine was asked to stay awake */
  guint cookie;            /* the answer */
  gboolean needed;
};

G_DEFINE_FINAL_TYPE (UtKeepAwake, ut_keep_awake, G_TYPE_OBJECT)

typedef enum
{
  PROP_NEEDED = 1,
} UtKeepAwakeProperty;

static GParamSpec *properties[PROP_NEEDED + 1];

static void
set_needed (UtKeepAwake *self,
            gboolean     needed)
{
  GtkApplication *application = gtk_window_get_application (self->window);

  if (self->needed == needed)
    return;

  self->needed = needed;
  if (needed && application != NULL)
    {
      self->asked = g_object_ref (application);
      /* 0 where the desktop has no such service. */
      self->cookie = gtk_application_inhibit (application, self->window,
                                              GTK_APPLICATION_INHIBIT_SUSPEND,
                                              _("A run is training"));
    }
  else if (self->cookie != 0)
    {
      gtk_application_uninhibit (self->asked, self->cookie);
      self->cookie = 0;
    }
  if (!needed)
    g_clear_object (&self->asked);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDED]);
}

static void
update (UtKeepAwake *self)
{
  UtRun *active = ut_run_store_get_active (self->store);

  set_needed (self, active != NULL && ut_run_get_state (active) != UT_RUN_PAUSED);
}

static void
active_changed_cb (UtKeepAwake *self)
{
  g_signal_group_set_target (self->signals, ut_run_store_get_active (self->store));
  update (self);
}

static void
ut_keep_awake_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  UtKeepAwake *self = UT_KEEP_AWAKE (object);

  switch ((UtKeepAwakeProperty) property_id)
    {
    case PROP_NEEDED:
      g_value_set_boolean (value, self->needed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_keep_awake_dispose (GObject *object)
{
  UtKeepAwake *self = UT_KEEP_AWAKE (object);

  if (self->cookie != 0)
    gtk_application_uninhibit (self->asked, self->cookie);
  self->cookie = 0;
  g_clear_object (&self->asked);
  g_clear_object (&self->signals);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (ut_keep_awake_parent_class)->dispose (object);
}

static void
ut_keep_awake_class_init (UtKeepAwakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ut_keep_awake_get_property;
  object_class->dispose = ut_keep_awake_dispose;

  /** UtKeepAwake:needed: whether the machine is to stay awake. */
  properties[PROP_NEEDED] = g_param_spec_boolean ("needed", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ut_keep_awake_init (UtKeepAwake *self)
{
  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
}

UtKeepAwake *
ut_keep_awake_new (GtkWindow  *window,
                   UtRunStore *store)
{
  UtKeepAwake *self;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  self = g_object_new (UT_TYPE_KEEP_AWAKE, NULL);
  self->window = window;
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "notify::active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
  active_changed_cb (self);

  return self;
}

gboolean
ut_keep_awake_get_needed (UtKeepAwake *self)
{
  g_return_val_if_fail (UT_IS_KEEP_AWAKE (self), FALSE);

  return self->needed;
}
