/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-board-private.h"
#include "ut-plot-inks-private.h"
#include "ut-plot.h"

G_BEGIN_DECLS

struct _UtPlot
{
  GtkWidget        parent_instance;

  /* Configured state. */
  char            *title;           /* (owned) (nullable) */
  char            *x_title;         /* (owned) (nullable) */
  char            *summary;         /* (owned) (nullable) */
  gboolean         y_log;
  double           smoothing;
  double           cursor_x;
  double           view_start;
  double           view_end;
  double           limit_low;
  double           limit_high;
  double           reference;
  char            *reference_label; /* (owned) (nullable) */
  GListStore      *series;          /* (owned) */
  UtPlotBoard      board;           /* with the entries of the series, in their order */
  UtPlotSeries    *followed;        /* (unowned) (nullable): what the cursor keys walk along */

  /* Rendering cache. The picture shows what is finished, in the frame of its own scene. */
  UtPlotInks       inks;
  guint            serial;          /* of everything that the picture shows */
  UtPlotScene     *scene;           /* (owned) (nullable): as displayed */
  UtPlotScene     *picture_scene;   /* (owned) (nullable) */
  cairo_surface_t *picture;         /* (owned) (nullable) */
  guint            picture_serial;
  gboolean         drawing;         /* a worker is at it */
  GskRenderNode   *live_node;       /* (owned) (nullable) */
  GskRenderNode   *text_node;       /* (owned) (nullable) */

  /* Input. */
  double           drag_start;      /* pixel, NaN when nothing is being selected */
  double           drag_end;
  double           pan_low;
  double           pan_high;
  double           pointer;         /* pixel, NaN outside */
};

/* ut-plot-picture.c: from data to a picture. */

/** _ut_plot_drop_scene: what is displayed over the picture is made anew when it is next needed. */
void               _ut_plot_drop_scene   (UtPlot      *self);

/** _ut_plot_fill_options: what the plot shows, for as long as it does not change. */
void               _ut_plot_fill_options (UtPlot          *self,
                                          UtFigureOptions *options);

/** _ut_plot_ensure_range: takes the ranges of the board afresh if they are not valid. */
void               _ut_plot_ensure_range (UtPlot      *self);

/** _ut_plot_get_scene: (transfer none): as displayed; made if there is none. */
const UtPlotScene *_ut_plot_get_scene    (UtPlot   *self);

/** _ut_plot_make_scene: (transfer full): a scene of its own size, for export. */
UtPlotScene       *_ut_plot_make_scene   (UtPlot   *self,
                                          int       width,
                                          int       height,
                                          int       scale,
                                          gboolean  with_title);

/**
 * _ut_plot_get_followed: (transfer none) (nullable):
 * The series that the cursor keys walk along.
 */
UtPlotSeries      *_ut_plot_get_followed (UtPlot   *self);

/** _ut_plot_get_extent: the x of all data; FALSE when there are none. */
gboolean           _ut_plot_get_extent   (UtPlot   *self,
                                          double   *low,
                                          double   *high);

/** _ut_plot_set_view: both ends at once; a view of everything becomes NaN. */
void               _ut_plot_set_view     (UtPlot   *self,
                                          double    start,
                                          double    end);

/* ut-plot-input.c */

void               _ut_plot_class_init_input (GtkWidgetClass *klass);
void               _ut_plot_init_input       (UtPlot         *self);

/** _ut_plot_scroll: what the wheel or two fingers do: zoom with Ctrl, otherwise pan. */
void               _ut_plot_scroll           (UtPlot          *self,
                                              GdkModifierType  state,
                                              GdkScrollUnit    unit,
                                              double           dx,
                                              double           dy);

G_END_DECLS
