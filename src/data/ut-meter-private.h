/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Counts the bytes of a fetch and tells how it goes, at most 30 times a second.
 */
#pragma once

#include "ut-fetch.h"

G_BEGIN_DECLS

/* The rate is that of the last UT_METER_SAMPLES times UT_METER_INTERVAL microseconds. */
#define UT_METER_SAMPLES 16
#define UT_METER_INTERVAL (G_USEC_PER_SEC / 4)

typedef struct
{
  gint64 time;
  guint64 n_bytes;
} UtMeterSample;

typedef struct
{
  UtFetchProgressFunc func; /* (nullable) */
  gpointer data;
  UtFetchProgress progress;
  gint64 told_at;           /* monotonic, in microseconds */
  UtMeterSample samples[UT_METER_SAMPLES];
  guint n_samples;          /* taken so far; the last ones are kept */
} UtMeter;

/* _ut_meter_enter: a phase begins, and is told at once. */
void _ut_meter_enter (UtMeter      *self,
                      UtFetchPhase  phase);

/* _ut_meter_count: @n_bytes of the archive are there at the time @now, in microseconds. */
void _ut_meter_count (UtMeter      *self,
                      guint64       n_bytes,
                      gint64        now);

G_END_DECLS
