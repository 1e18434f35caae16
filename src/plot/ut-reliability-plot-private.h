/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-inks-private.h"
#include "ut-reliability-plot.h"

G_BEGIN_DECLS

struct _UtReliabilityPlot
{
  GtkWidget            parent_instance;

  char                *summary;  /* (owned) */
  GArray              *lines;    /* (owned) (element-type UtReliabilityLine), whose texts and points
                                  * are owned */
  guint                n_points;
  int                  line;     /* of the crosshair, -1 for none */
  int                  point;    /* likewise */
  double               pointer_x; /* where the pointer was seen last, NaN for nowhere */
  double               pointer_y;

  /* Rendering cache. */
  UtPlotInks           inks;
  gboolean             laid_out;
  int                  text;     /* height of a line of it */
  UtReliabilityLayout  layout;
  cairo_surface_t     *picture;  /* (owned) (nullable): all but the crosshair, at device scale */
};

/* ut-reliability-plot-draw.c */

/** _ut_reliability_plot_get_lines: (transfer none) (array): the lines. */
const UtReliabilityLine *_ut_reliability_plot_get_lines (UtReliabilityPlot *self);

/** _ut_reliability_plot_ensure_layout: works out where things are. */
void _ut_reliability_plot_ensure_layout (UtReliabilityPlot *self);

/** _ut_reliability_plot_snapshot: the vfunc. */
void _ut_reliability_plot_snapshot      (GtkWidget         *widget,
                                         GtkSnapshot       *snapshot);

G_END_DECLS
