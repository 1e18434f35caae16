/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-ticks.h"

G_BEGIN_DECLS

/**
 * UtReliabilityKind:
 * @UT_RELIABILITY_BEFORE: what it is about: with intervals, discs and filled bars.
 * @UT_RELIABILITY_AFTER: the same after something was done: dashed, with rings and outlined bars.
 * @UT_RELIABILITY_OTHER: another one beside it: a thin line.
 *
 * How a line of a reliability diagram is drawn.
 */
typedef enum
{
  UT_RELIABILITY_BEFORE,
  UT_RELIABILITY_AFTER,
  UT_RELIABILITY_OTHER,
} UtReliabilityKind;

/**
 * UtReliabilityPoint:
 * @low: its rows are answered with a confidence above this
 * @high: and up to this.
 * @n: how many rows.
 * @confidence: mean of the rows, 0.5 to 1; NaN where there are none, as the next three.
 * @accuracy: share of rows that are answered right.
 * @accuracy_low: lower end of its interval.
 * @accuracy_high: the upper end.
 *
 * One bin of a line.
 */
typedef struct
{
  double low;
  double high;
  gsize n;
  double confidence;
  double accuracy;
  double accuracy_low;
  double accuracy_high;
} UtReliabilityPoint;

/**
 * UtReliabilityLine:
 * @label: whose it is.
 * @style: colour, as #UtPlotStyle counts them; of another line the dash, too.
 * @kind: how it is drawn.
 * @points: (array): its bins; the same limits for all lines.
 */
typedef struct
{
  const char *label;
  guint style;
  UtReliabilityKind kind;
  const UtReliabilityPoint *points;
} UtReliabilityLine;

/**
 * UtReliabilityLayout:
 * @x: confidence, 0.5 to 1, from left to right.
 * @y: accuracy, upwards, up to 1.
 * @rows: how many rows, upwards from the bottom of the bars.
 * @x_ticks, @y_ticks: where their labels are.
 *
 * Where things are in a reliability diagram of two answers: the diagram above, bars of how many
 * rows are in the bins below. Pure; any thread.
 */
typedef struct
{
  UtScale x;
  UtScale y;
  UtScale rows;
  UtTicks x_ticks;
  UtTicks y_ticks;
} UtReliabilityLayout;

/**
 * UtReliabilityRoom:
 * @width, @height: of the whole, in pixels.
 * @text: height of a line of text.
 * @tick_width: of the widest label of the y axis.
 * @label_width: of the widest label at the end of a line, 0 for none.
 */
typedef struct
{
  double width;
  double height;
  double text;
  double tick_width;
  double label_width;
} UtReliabilityRoom;

/** UT_RELIABILITY_GAP: between texts and what they stand beside, in pixels. */
#define UT_RELIABILITY_GAP 6

/** ut_reliability_layout_init: lays out @lines of @n_points bins each in @room, however small. */
void     ut_reliability_layout_init (UtReliabilityLayout     *self,
                                     const UtReliabilityLine *lines,
                                     guint                    n_lines,
                                     guint                    n_points,
                                     const UtReliabilityRoom *room);

/** ut_reliability_layout_place: where the marker of @point is; NaN where it has none. */
void     ut_reliability_layout_place (const UtReliabilityLayout *self,
                                     const UtReliabilityPoint *point,
                                     double                   *x,
                                     double                   *y);

/** ut_reliability_layout_span: from where to where the bar of @point goes; both are the same where
 * no row can be in it. */
void     ut_reliability_layout_span (const UtReliabilityLayout *self,
                                     const UtReliabilityPoint *point,
                                     double                   *from,
                                     double                   *to);

/**
 * ut_reliability_layout_find:
 * @x, @y: a place.
 * @line: (out): the line whose marker is the next one to it.
 * @point: (out): which marker of it.
 *
 * Returns: whether there is one near enough to be meant.
 */
gboolean ut_reliability_layout_find (const UtReliabilityLayout *self,
                                     const UtReliabilityLine  *lines,
                                     guint                     n_lines,
                                     guint                     n_points,
                                     double                    x,
                                     double                    y,
                                     guint                    *line,
                                     guint                    *point);

G_END_DECLS
