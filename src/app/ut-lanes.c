/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lanes.h"

struct _UtLanes
{
  GObject parent_instance;

  UtSession *session; /* (owned) (nullable) */
  UtPredictReader *lead; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtLanes, ut_lanes, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ANSWERED,
  STATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
prediction_cb (UtLanes *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, 0);
}

static void
state_cb (UtLanes *self)
{
  g_signal_emit (self, signals[STATE_CHANGED], 0, 0);
}

static void
current_cb (UtLanes *self)
{
  ut_predict_reader_set_run (self->lead, ut_session_get_current (self->session));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ut_lanes_dispose (GObject *object)
{
  UtLanes *self = UT_LANES (object);

  g_clear_object (&self->lead);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_lanes_parent_class)->dispose (object);
}

static void
ut_lanes_class_init (UtLanesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_lanes_dispose;

  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_LANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", UT_TYPE_LANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", UT_TYPE_LANES, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ut_lanes_init (UtLanes *self)
{
  self->lead = ut_predict_reader_new ();
  g_signal_connect_object (self->lead, "notify::prediction", G_CALLBACK (prediction_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lead, "notify::problem", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lead, "notify::stale", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
}

UtLanes *
ut_lanes_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtLanes *self = g_object_new (UT_TYPE_LANES, NULL);

  self->session = g_object_ref (session);
  ut_predict_reader_set_run (self->lead, ut_session_get_current (session));
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

UtSession *
ut_lanes_get_session (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), NULL);

  return self->session;
}

guint
ut_lanes_get_n (UtLanes *self)
{
  g_return_val_if_fail (UT_IS_LANES (self), 0);

  return 1;
}

UtPredictReader *
ut_lanes_get_lead (UtLanes *self)
{
  return ut_lanes_get_reader (self, 0);
}

UtPredictReader *
ut_lanes_get_reader (UtLanes *self,
                     guint    lane)
{
  g_return_val_if_fail (UT_IS_LANES (self), NULL);
  g_return_val_if_fail (lane < ut_lanes_get_n (self), NULL);

  return self->lead;
}

void
ut_lanes_set_text (UtLanes *self,
                   char    *text)
{
  g_return_if_fail (UT_IS_LANES (self));
  g_return_if_fail (text != NULL);

  ut_predict_reader_set_text (self->lead, text);
}

void
ut_lanes_set_reading (UtLanes   *self,
                      UtReading  reading)
{
  g_return_if_fail (UT_IS_LANES (self));

  ut_predict_reader_set_reading (self->lead, reading);
}

void
ut_lanes_set_awake (UtLanes  *self,
                    gboolean  awake)
{
  g_return_if_fail (UT_IS_LANES (self));

  ut_predict_reader_set_awake (self->lead, awake);
}
