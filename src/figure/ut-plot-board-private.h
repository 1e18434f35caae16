/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-figure.h"
#include "ut-plot-scene-private.h"

G_BEGIN_DECLS

/** UtPlotEntry: what a board keeps of one of its series. */
typedef struct
{
  UtPlotSeries *series; /* (owned) */
  gsize         seen;   /* points that the y range knows of */
  UtSmooth      smooth; /* of these */
  UtDecimator   decimator;
  guint         clock;  /* that its columns were counted by */
  guint         leader; /* index of the first entry of the same group, or its own */
  guint         size;   /* of the group, in its leader; 0 in the others, and in what is not drawn */
  gboolean      current; /* any of the group, in its leader */
  gboolean      live;
} UtPlotEntry;

/**
 * UtPlotBoard:
 *
 * Some series, and the ranges of their data: y grows with the points and shrinks only when it is
 * taken afresh. What is wanted of them is said by the same #UtFigureOptions each time, until
 * _ut_plot_board_invalidate().
 */
typedef struct
{
  GPtrArray *entries;     /* (owned) (element-type UtPlotEntry) */
  gboolean   range_valid;
  gboolean   crowded;     /* so many runs that only the current one has a band */
  double     full_low;    /* x of all data */
  double     full_high;
  double     live;        /* x where a run in training is; NaN without one */
  double     x_low;       /* what is shown */
  double     x_high;
  double     y_low;
  double     y_high;
} UtPlotBoard;

void         _ut_plot_board_init         (UtPlotBoard           *self);
/** _ut_plot_board_clear: forgets all series; may be called again. */
void         _ut_plot_board_clear        (UtPlotBoard           *self);
void         _ut_plot_board_insert       (UtPlotBoard           *self,
                                          guint                  index,
                                          UtPlotSeries          *series);
void         _ut_plot_board_remove       (UtPlotBoard           *self,
                                          guint                  index);
UtPlotEntry *_ut_plot_board_get          (UtPlotBoard           *self,
                                          guint                  index);
/** _ut_plot_board_find: (transfer none) (nullable): the entry of @series. */
UtPlotEntry *_ut_plot_board_find         (UtPlotBoard           *self,
                                          gconstpointer          series);

/** _ut_plot_board_invalidate: the ranges are taken afresh when they are next needed. */
void         _ut_plot_board_invalidate   (UtPlotBoard           *self);
/** _ut_plot_board_update_x: full_low, full_high and live are those of the points of now. */
void         _ut_plot_board_update_x     (UtPlotBoard           *self,
                                          UtPlotAxis             axis);
void         _ut_plot_board_ensure_range (UtPlotBoard           *self,
                                          const UtFigureOptions *options);
/** _ut_plot_board_extend_y: lets the y range grow by the points of @entry that it does not know. */
void         _ut_plot_board_extend_y     (UtPlotBoard           *self,
                                          const UtFigureOptions *options,
                                          UtPlotEntry           *entry);

/** _ut_plot_board_collect: (transfer full): a scene of all shown series, which has no frame yet. */
UtPlotScene *_ut_plot_board_collect      (UtPlotBoard           *self,
                                          const UtFigureOptions *options);
/** _ut_plot_board_get_decimator: (transfer none): columns of @series, kept as it grows. */
UtDecimator *_ut_plot_board_get_decimator (UtPlotBoard          *self,
                                          gconstpointer          series);
/** _ut_plot_board_make_scene: (transfer full): a scene with its frame. */
UtPlotScene *_ut_plot_board_make_scene   (UtPlotBoard           *self,
                                          const UtFigureOptions *options,
                                          PangoContext          *context,
                                          int                    width,
                                          int                    height,
                                          int                    scale,
                                          gboolean               with_title);
/** _ut_plot_board_render: the whole of it, with its title and ground. */
void         _ut_plot_board_render       (UtPlotBoard           *self,
                                          const UtFigureOptions *options,
                                          PangoContext          *context,
                                          cairo_t               *cr,
                                          int                    width,
                                          int                    height,
                                          int                    scale);

G_END_DECLS
