/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-scale.h"

G_BEGIN_DECLS

#define UT_TICKS_MAX 40

/**
 * UtTicks:
 * @step: distance of two ticks; 0 where a logarithmic axis has unequal ones.
 * @time: whether the values are seconds.
 * @n: how many there are.
 * @values: ascending, within the scale.
 *
 * Where an axis has its labels: steps of 1, 2 or 5 times a power of ten. Pure; any thread.
 */
typedef struct
{
  double   step;
  gboolean time;
  gsize    n;
  double   values[UT_TICKS_MAX];
} UtTicks;

/** ut_ticks_step: the 1-2-5 step that cuts @span into at most @pieces (> 0). */
double ut_ticks_step        (double         span,
                             double         pieces);

/**
 * ut_ticks_init:
 * @distance: smallest distance of two labels, in pixels, > 0.
 *
 * A logarithmic axis gets decades, or 1-2-5 of each decade where there is room, or linear steps
 * where it shows less than a decade.
 */
void   ut_ticks_init        (UtTicks       *self,
                             const UtScale *scale,
                             double         distance);

/** ut_ticks_init_time: of seconds: steps of 1, 2, 5, 10, 15, 30 seconds or minutes, and hours. */
void   ut_ticks_init_time   (UtTicks       *self,
                             const UtScale *scale,
                             double         distance);

/**
 * ut_ticks_widen:
 * @low, @high: (inout): widened to the next ticks, so that small growth of the data moves nothing.
 * @length: of the axis in pixels.
 * @distance: as ut_ticks_init().
 */
void   ut_ticks_widen       (double        *low,
                             double        *high,
                             gboolean       log,
                             double         length,
                             double         distance);

/**
 * ut_ticks_format: (transfer full):
 * The label of @value: as many digits as tell it from its neighbour.
 */
char  *ut_ticks_format      (const UtTicks *self,
                             double         value);

/**
 * ut_ticks_format_value: (transfer full): @value with four digits, for a reading.
 *
 * NaN reads "not a number" and infinity "∞", in the person's language.
 */
char  *ut_ticks_format_value (double        value);

/** ut_ticks_format_place: (transfer full): as before for an x: a whole number has no decimals. */
char  *ut_ticks_format_place (double        x);

/** ut_ticks_format_time: (transfer full): so many seconds, as "2.35 s", "1:05" or "2:00:00". */
char  *ut_ticks_format_time  (double        seconds);

/**
 * ut_ticks_spread:
 * @centres: (inout) (array length=n): wanted centres of labels, in any order.
 * @height: of a label.
 * @low, @high: the room.
 *
 * Moves the labels as little as keeps them @height apart and within the room, in their order.
 * Where the room is too small they stand evenly.
 */
void   ut_ticks_spread      (double        *centres,
                             gsize          n,
                             double         height,
                             double         low,
                             double         high);

G_END_DECLS
