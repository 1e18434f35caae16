/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtParallelVariable:
 * @title: what the axis stands for; two axes of one plot have different ones.
 * @log: whether it is logarithmic.
 * @choices: (nullable) (array zero-terminated=1): what the values 0, 1, 2 … are called, where they
 *   are no numbers.
 */
typedef struct
{
  const char         *title;
  gboolean            log;
  const char *const  *choices;
} UtParallelVariable;

/**
 * UtParallelLine:
 * @label: whose line it is.
 * @style: colour and dash, as #UtPlotStyle counts them.
 * @values: (array): one for each axis, NaN for none.
 */
typedef struct
{
  const char   *label;
  guint         style;
  const double *values;
} UtParallelLine;

/**
 * UtParallel:
 *
 * Parallel coordinates: an upright axis for each variable, and across them a line for each of many
 * things. A brush on an axis keeps the lines that go through it; the others fade. Main thread.
 *
 * Properties: #UtParallel:hovered (the line under the pointer or the crosshair, -1 for none; read
 * only), #UtParallel:n-kept (how many lines all brushes keep; read only).
 * Signals: ::brushed, whoever changed a brush; ::line-activated (guint line): a click on a line, or
 * Return.
 *
 * Keys, mouse, CSS nodes and accessibility are described in ut-parallel.c.
 */
#define UT_TYPE_PARALLEL (ut_parallel_get_type ())
G_DECLARE_FINAL_TYPE (UtParallel, ut_parallel, UT, PARALLEL, GtkWidget)

/** ut_parallel_new: without axes and lines. */
GtkWidget *ut_parallel_new            (void);

/**
 * ut_parallel_set_data:
 * @self: the plot.
 * @variables: (array length=n_variables) (nullable): copied.
 * @n_variables: how many axes.
 * @lines: (array length=n_lines) (nullable): copied; the first is drawn first.
 * @n_lines: how many.
 * @current: the line that is drawn thick and on top, -1 for none.
 *
 * An axis that has the title of one before keeps its brush.
 */
void       ut_parallel_set_data       (UtParallel               *self,
                                       const UtParallelVariable *variables,
                                       guint                     n_variables,
                                       const UtParallelLine     *lines,
                                       guint                     n_lines,
                                       int                       current);

/** ut_parallel_set_brush: keeps the lines from @low to @high on @axis; all where @high is less. */
void       ut_parallel_set_brush      (UtParallel               *self,
                                       guint                     axis,
                                       double                    low,
                                       double                    high);

/** ut_parallel_clear_brushes: keeps all lines. */
void       ut_parallel_clear_brushes  (UtParallel               *self);

/** ut_parallel_is_brushed: whether there is a brush on any axis. */
gboolean   ut_parallel_is_brushed     (UtParallel               *self);

/** ut_parallel_keeps: whether all brushes keep @line. */
gboolean   ut_parallel_keeps          (UtParallel               *self,
                                       guint                     line);

int        ut_parallel_get_hovered    (UtParallel               *self);

/** ut_parallel_dup_reading: (transfer full): the hovered line, in words; "" without one. */
char      *ut_parallel_dup_reading    (UtParallel               *self);

G_END_DECLS
