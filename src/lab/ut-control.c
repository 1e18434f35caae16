/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-control-private.h"

struct UtControl
{
  GMutex mutex;
  GCond changed;
  GCancellable *cancellable; /* (owned) */
  gboolean paused;
  gboolean snapshot;
  gboolean look;
  UtProbes *probes; /* (owned) (nullable) */
  guint hold;    /* number of the one that stands, or 0 */
  guint n_holds;
  char *store; /* (owned) (nullable): from a release until the worker takes it */
  guint steps; /* batches allowed while paused */
  guint stops;
  double speed;
  gint64 last_go; /* when the last batch was let through, on the monotonic clock */
};

UtControl *
_ut_control_new (void)
{
  UtControl *self = g_atomic_rc_box_new0 (UtControl);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->cancellable = g_cancellable_new ();

  return self;
}

static void
control_clear (gpointer data)
{
  UtControl *self = data;

  g_object_unref (self->cancellable);
  g_free (self->store);
  g_clear_pointer (&self->probes, ut_probes_unref);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
}

UtControl *
_ut_control_ref (UtControl *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
_ut_control_unref (UtControl *self)
{
  g_atomic_rc_box_release_full (self, control_clear);
}

void
_ut_control_set_paused (UtControl *self,
                        gboolean   paused)
{
  g_mutex_lock (&self->mutex);
  self->paused = paused;
  self->steps = 0;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

gboolean
_ut_control_get_paused (UtControl *self)
{
  g_mutex_lock (&self->mutex);

  gboolean paused = self->paused;

  g_mutex_unlock (&self->mutex);
  return paused;
}

void
_ut_control_step (UtControl *self)
{
  g_mutex_lock (&self->mutex);
  if (self->paused)
    self->steps++;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
_ut_control_set_speed (UtControl *self,
                       double     batches_per_second)
{
  g_mutex_lock (&self->mutex);
  self->speed = batches_per_second;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
_ut_control_stop (UtControl *self)
{
  g_mutex_lock (&self->mutex);
  self->stops++;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);

  g_cancellable_cancel (self->cancellable);
}

guint
_ut_control_get_stops (UtControl *self)
{
  g_mutex_lock (&self->mutex);

  guint stops = self->stops;

  g_mutex_unlock (&self->mutex);
  return stops;
}

void
_ut_control_request_snapshot (UtControl *self)
{
  g_mutex_lock (&self->mutex);
  self->snapshot = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
_ut_control_set_probes (UtControl *self,
                        UtProbes  *probes)
{
  g_autoptr (UtProbes) old = NULL;

  g_mutex_lock (&self->mutex);
  old = self->probes;
  self->probes = probes != NULL && probes->n_texts > 0 ? ut_probes_ref (probes) : NULL;
  self->look = self->probes != NULL;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

UtProbes *
_ut_control_dup_probes (UtControl *self)
{
  g_mutex_lock (&self->mutex);

  UtProbes *probes = self->probes != NULL ? ut_probes_ref (self->probes) : NULL;

  g_mutex_unlock (&self->mutex);
  return probes;
}

guint
_ut_control_hold (UtControl *self)
{
  g_mutex_lock (&self->mutex);

  guint hold = self->hold = ++self->n_holds;

  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return hold;
}

guint
_ut_control_get_hold (UtControl *self)
{
  g_mutex_lock (&self->mutex);

  guint hold = self->hold;

  g_mutex_unlock (&self->mutex);
  return hold;
}

void
_ut_control_release (UtControl  *self,
                     const char *store)
{
  g_mutex_lock (&self->mutex);
  self->hold = 0;
  g_free (self->store);
  self->store = g_strdup (store);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

char *
_ut_control_wait_held (UtControl *self,
                       guint      hold)
{
  g_mutex_lock (&self->mutex);
  while (hold != 0 && self->hold == hold)
    g_cond_wait (&self->changed, &self->mutex);

  char *store = g_steal_pointer (&self->store);

  g_mutex_unlock (&self->mutex);
  return store;
}

GCancellable *
_ut_control_get_cancellable (UtControl *self)
{
  return self->cancellable;
}

/* The mutex is held. */
static UtControlTurn
decide (UtControl     *self,
        UtControlTurn  last)
{
  for (;;)
    {
      /* What a stop writes is written where it is to be. */
      if (self->hold != 0)
        return UT_CONTROL_HOLD;
      if (self->stops > 0)
        return UT_CONTROL_STOP;
      if (self->snapshot)
        {
          self->snapshot = FALSE;
          return UT_CONTROL_SNAPSHOT;
        }
      if (self->look)
        {
          self->look = FALSE;
          return UT_CONTROL_LOOK;
        }

      if (self->paused && self->steps == 0)
        {
          if (last != UT_CONTROL_PAUSE)
            return UT_CONTROL_PAUSE;
          g_cond_wait (&self->changed, &self->mutex);
        }
      else if (self->paused)
        {
          self->steps--;
          return UT_CONTROL_GO;
        }
      else
        {
          gint64 due = 0;

          if (self->speed > 0)
            due = self->last_go + (gint64) (G_USEC_PER_SEC / self->speed);

          if (due <= g_get_monotonic_time ())
            return UT_CONTROL_GO;
          if (last != UT_CONTROL_SLOW)
            return UT_CONTROL_SLOW;
          g_cond_wait_until (&self->changed, &self->mutex, due);
        }
    }
}

UtControlTurn
_ut_control_next (UtControl     *self,
                  UtControlTurn  last)
{
  g_mutex_lock (&self->mutex);

  UtControlTurn turn = decide (self, last);

  if (turn == UT_CONTROL_GO && self->speed > 0)
    self->last_go = g_get_monotonic_time ();

  g_mutex_unlock (&self->mutex);
  return turn;
}
