/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-band.h"
#include "ut-figure.h"
#include "ut-plot-series-private.h"
#include "ut-scale.h"

G_BEGIN_DECLS

/** UT_PLOT_LINE_WIDTH: of lines in a widget; markers and swatches go with it. */
#define UT_PLOT_LINE_WIDTH 1.5

/** UT_PLOT_FONT_SIZE: at which gaps and swatches have the sizes of a widget. */
#define UT_PLOT_FONT_SIZE 12.0

/**
 * UtPlotFrame:
 * @max_columns: into how many columns points are folded at most; 0 for one a device pixel.
 * @line_width: of lines, %UT_PLOT_LINE_WIDTH in a widget.
 * @unit: by which gaps of a widget are multiplied.
 * @left, @top, @right, @bottom: the drawing area between the axes, on whole device pixels.
 *
 * Where things are, in pixels of the widget. Plain memory.
 */
typedef struct
{
  int     width;
  int     height;
  int     scale; /* device pixels per pixel */
  guint   max_columns;
  double  line_width;
  double  unit;
  double  legend; /* where its rows begin */
  double  left;
  double  top;
  double  right;
  double  bottom;
  double  smoothing;
  gboolean y_fixed; /* y shows just what was asked for */
  UtScale x;
  UtScale y;
  UtTicks x_ticks;
  UtTicks y_ticks;
} UtPlotFrame;

/** UtPlotMember: one series as it was. */
typedef struct
{
  gconstpointer  series;    /* (unowned): only to be compared */
  UtPlotPoints  *points;    /* (owned) */
  gsize          n;
  guint          first;     /* number of the first epoch of a series of marks */
  UtDecimator   *decimator; /* (unowned) (nullable): kept by the plot, main thread only */
} UtPlotMember;

/**
 * UtPlotCurve:
 * @series: that of its oldest run, by whose style and name it goes.
 * @position: of the first of its members among the series.
 * @points: (owned): where the curve has points. Those of marks are the curve's own, the mean by
 *   epoch; those of a dense one with several members are the longest member's.
 * @halves: (owned) (nullable) (array length=n): half of the band of marks.
 *
 * A line: one series, or the mean of several.
 */
typedef struct
{
  gconstpointer     series;
  guint             position;
  UtPlotSeriesKind  kind;
  guint             style;
  gboolean          current;
  gboolean          faded;
  gboolean          live;
  gboolean          interval; /* what the band is, where there are several members */
  gint64            best;
  char             *label;    /* (owned) */
  const char       *name;     /* interned */
  UtPlotPoints     *points;
  gsize             n;
  double           *halves;
  guint             first;    /* number of the first epoch of marks */
  UtPlotMember     *members;  /* (owned) (array length=n_members) */
  gsize             n_members;
} UtPlotCurve;

/**
 * UtPlotScene:
 *
 * All that a picture shows. Atomically counted and never written after it was made, so a worker
 * may draw it.
 */
typedef struct
{
  UtPlotFrame    frame;
  UtPlotPalette  palette;
  UtFigureLabels labels;
  char          *title;           /* (owned) (nullable) */
  char          *x_title;         /* (owned) (nullable) */
  double         reference;       /* NaN for none */
  char          *reference_label; /* (owned) (nullable) */
  UtPlotCurve   *curves;          /* (owned) (array length=n_curves): the current ones last */
  gsize          n_curves;
  guint          n_runs;
  UtPlotAxis     axis;
  gboolean       empty;           /* nothing can be drawn */
} UtPlotScene;

UtPlotScene *_ut_plot_scene_new   (gsize        n_curves);
UtPlotScene *_ut_plot_scene_ref   (UtPlotScene *scene);
void         _ut_plot_scene_unref (UtPlotScene *scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtPlotScene, _ut_plot_scene_unref)

/** _ut_plot_frame_equal: whether a picture for @a also fits @b. */
gboolean _ut_plot_frame_equal     (const UtPlotFrame *a,
                                   const UtPlotFrame *b);

/** _ut_plot_curve_mean: what @curve shows at point @index: smoothed for a value per batch. */
UtSpread _ut_plot_curve_mean      (const UtPlotCurve *curve,
                                   gsize              index,
                                   double             smoothing);

/** _ut_plot_curve_value: the same without what it varies by. */
double   _ut_plot_curve_value     (const UtPlotCurve *curve,
                                   gsize              index,
                                   double             smoothing);

/** _ut_plot_scene_dup_place: (transfer full): a place on the x axis, for a reading. */
char    *_ut_plot_scene_dup_place (const UtPlotScene *scene,
                                   double             x);

/** _ut_plot_curve_last: index of the last finite point with x <= @x; -1 for none. */
gint64   _ut_plot_curve_last      (const UtPlotCurve *curve,
                                   double             x);

/** _ut_plot_curve_has: whether @series is a member of @curve. */
gboolean _ut_plot_curve_has       (const UtPlotCurve *curve,
                                   gconstpointer      series);

/** _ut_plot_curve_same_run: whether two curves are of one run. */
gboolean _ut_plot_curve_same_run  (const UtPlotCurve *a,
                                   const UtPlotCurve *b);

/**
 * _ut_plot_scene_find_curve:
 * Index of the curve that passes (@x, @y) nearest, in pixels, at most @reach away; -1 for none.
 */
gssize   _ut_plot_scene_find_curve (const UtPlotScene *scene,
                                    double             x,
                                    double             y,
                                    double             reach);

/* ut-plot-draw.c: everything but text. Any thread, as long as no curve has a decimator of the
 * plot's. */

void     _ut_plot_draw_grid       (cairo_t           *cr,
                                   const UtPlotScene *scene);

/** _ut_plot_draw_curves: those that are @live, or those that are not. */
void     _ut_plot_draw_curves     (cairo_t           *cr,
                                   const UtPlotScene *scene,
                                   gboolean           live);

/** _ut_plot_draw_sample: what a series of @kind looks like, for a key; a colour of no run. */
void     _ut_plot_draw_sample     (cairo_t         *cr,
                                   UtPlotSeriesKind kind,
                                   const UtColour  *colour,
                                   double           width,
                                   double           height);

/** _ut_plot_draw_hover: line at @x and a dot on each curve; @followed (or -1) gets a ring. */
void     _ut_plot_draw_hover      (cairo_t           *cr,
                                   const UtPlotScene *scene,
                                   double             x,
                                   gssize             followed);

/**
 * _ut_plot_hover_extent:
 * @left, @right: (out): between which pixels the cursor at @x and its label draw.
 */
void     _ut_plot_hover_extent    (const UtPlotScene *scene,
                                   double             x,
                                   double            *left,
                                   double            *right);

/** _ut_plot_draw_picture: (transfer full): grid and finished curves as an image at device scale. */
cairo_surface_t *
         _ut_plot_draw_picture    (const UtPlotScene *scene);

/* ut-plot-text.c: layout and labels. Main thread. */

/**
 * _ut_plot_text_arrange:
 * @x_low, @x_high, @y_low, @y_high: the data to show.
 * @limit_low, @limit_high: what y can never leave, or NaN.
 *
 * Fills @scene's frame, whose sizes, widths and smoothing are set.
 */
void     _ut_plot_text_arrange    (UtPlotScene       *scene,
                                   PangoContext      *context,
                                   gboolean           with_title,
                                   double             x_low,
                                   double             x_high,
                                   double             y_low,
                                   double             y_high,
                                   gboolean           y_log,
                                   double             limit_low,
                                   double             limit_high);

/** _ut_plot_text_draw: tick, end, reference and best labels; the title only if it was arranged. */
void     _ut_plot_text_draw       (cairo_t           *cr,
                                   PangoContext      *context,
                                   const UtPlotScene *scene,
                                   gboolean           with_title);

/** _ut_plot_text_draw_cursor: the cursor's x, on the axis. */
void     _ut_plot_text_draw_cursor (cairo_t           *cr,
                                    PangoContext      *context,
                                    const UtPlotScene *scene,
                                    double             x);

G_END_DECLS
