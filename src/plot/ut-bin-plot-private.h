/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-bin-plot.h"
#include "ut-plot-inks-private.h"
#include "ut-ticks.h"

G_BEGIN_DECLS

/** UtBinPlace: one bin of the widget. */
typedef struct
{
  char  *title; /* (owned) */
  gsize  n;
} UtBinPlace;

/** UtBinStrand: one line of the widget. */
typedef struct
{
  char   *label;  /* (owned) */
  guint   style;
  double *values; /* (owned) (array): for each bin, as the next two */
  double *lows;   /* (owned) */
  double *highs;  /* (owned) */
} UtBinStrand;

struct _UtBinPlot
{
  GtkWidget      parent_instance;

  char          *x_title;  /* (owned) */
  char          *y_title;  /* (owned) */
  GArray        *bins;     /* (owned) (element-type UtBinPlace) */
  GArray        *lines;    /* (owned) (element-type UtBinStrand) */
  int            current;  /* -1 for none */
  int            bin;      /* of the crosshair, -1 for none */
  int            line;     /* likewise */

  /* Rendering cache. */
  UtPlotInks     inks;
  gboolean       laid_out;
  double         left;     /* of the drawing area, in pixels */
  double         top;
  double         right;
  double         bottom;
  int            text;     /* height of a line of it */
  UtScale        y;
  UtTicks        ticks;
  cairo_surface_t *picture; /* (owned) (nullable): all but the crosshair, at device scale */
};

/** _ut_bin_plot_ensure_layout: works out where things are. */
void _ut_bin_plot_ensure_layout (UtBinPlot *self);

/** _ut_bin_plot_place: where the marker of @line in @bin is. */
void _ut_bin_plot_place         (UtBinPlot *self,
                                 guint      bin,
                                 guint      line,
                                 double    *x,
                                 double    *y);

G_END_DECLS
