/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-figure.h"

G_BEGIN_DECLS

/** UtRunNumbers: the values of one run as they were. */
typedef struct
{
  char     *name;     /* (owned) */
  UtPoint  *points;   /* (owned) (array length=n_points) */
  gsize     n_points;
  UtEpoch  *epochs;   /* (owned) (array length=n_epochs) */
  gsize     n_epochs;
} UtRunNumbers;

/** UT_RUN_FIGURE_N_PLOTS: those of loss and accuracy. */
#define UT_RUN_FIGURE_N_PLOTS 2

struct UtRunFigure
{
  UtFigureOptions options[UT_RUN_FIGURE_N_PLOTS]; /* what the view shows of them */
  GPtrArray *series[UT_RUN_FIGURE_N_PLOTS];       /* (owned) (element-type UtPlotSeries) */
  GMutex     lock;     /* while they are drawn: series keep what they have worked out */
  GPtrArray *numbers;  /* (owned) (element-type UtRunNumbers): by run, the oldest first */
  double     majority; /* NaN where unknown, or not the same for all runs */
  gint64     date;     /* when the last of the runs was added, microseconds since 1970 */
};

/** _ut_run_figure_dup_title: (transfer full): what the figure shows, in a line. */
char *_ut_run_figure_dup_title (UtRunFigure *self);

G_END_DECLS
