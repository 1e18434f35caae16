/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-meter-private.h"

#define TELL_INTERVAL (G_USEC_PER_SEC / 30)

static void
tell (UtMeter *self,
      gint64   now)
{
  self->told_at = now;
  if (self->func != NULL)
    self->func (&self->progress, self->data);
}

void
_ut_meter_enter (UtMeter      *self,
                 UtFetchPhase  phase)
{
  if (phase != self->progress.phase)
    self->n_samples = 0;
  self->progress.phase = phase;
  self->progress.rate = 0;
  tell (self, g_get_monotonic_time ());
}

/* The rate since the oldest sample that is kept, once that is long enough ago to mean something. */
static double
compute_rate (const UtMeter *self,
              guint64        n_bytes,
              gint64         now)
{
  guint oldest = self->n_samples > UT_METER_SAMPLES ? self->n_samples % UT_METER_SAMPLES : 0;
  const UtMeterSample *sample = &self->samples[oldest];

  if (self->n_samples == 0 || now - sample->time < UT_METER_INTERVAL)
    return 0;

  return (double) (n_bytes - sample->n_bytes) * G_USEC_PER_SEC / (double) (now - sample->time);
}

static void
take_sample (UtMeter *self,
             guint64  n_bytes,
             gint64   now)
{
  const UtMeterSample *last = &self->samples[(self->n_samples + UT_METER_SAMPLES - 1)
                                             % UT_METER_SAMPLES];

  if (self->n_samples > 0 && now - last->time < UT_METER_INTERVAL)
    return;

  self->samples[self->n_samples % UT_METER_SAMPLES] = (UtMeterSample) { now, n_bytes };
  self->n_samples++;
}

void
_ut_meter_count (UtMeter *self,
                 guint64  n_bytes,
                 gint64   now)
{
  self->progress.n_bytes = n_bytes;
  self->progress.n_total = MAX (self->progress.n_total, n_bytes);
  if (self->progress.phase == UT_FETCH_FETCHING)
    {
      take_sample (self, n_bytes, now);
      self->progress.rate = compute_rate (self, n_bytes, now);
    }

  if (now - self->told_at >= TELL_INTERVAL)
    tell (self, now);
}
