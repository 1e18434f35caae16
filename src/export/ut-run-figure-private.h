/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-figure.h"

G_BEGIN_DECLS

/** UtRunCurve: one run as it was. */
typedef struct
{
  char     *name;     /* (owned) */
  guint     style;
  gboolean  current;
  UtPoint  *points;   /* (owned) (array length=n_points) */
  gsize     n_points;
  UtEpoch  *epochs;   /* (owned) (array length=n_epochs) */
  gsize     n_epochs;
  gssize    best;     /* of the epochs; -1 for none */
} UtRunCurve;

struct UtRunFigure
{
  UtFigureOptions loss;     /* what the view shows of it */
  UtFigureOptions accuracy;
  GPtrArray *curves;   /* (owned) (element-type UtRunCurve) */
  double     majority; /* NaN where unknown, or not the same for all runs */
  gint64     date;     /* when the last of the runs was added, microseconds since 1970 */
};

/** _ut_run_figure_dup_title: (transfer full): what the figure shows, in a line. */
char *_ut_run_figure_dup_title (UtRunFigure *self);

G_END_DECLS
