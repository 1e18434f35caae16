/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-board-private.h"
#include "ut-plot-inks-private.h"
#include "ut-plot.h"

G_BEGIN_DECLS

/**
 * UtPlotDrag:
 * @UT_PLOT_DRAG_BEGUN_PAN, @UT_PLOT_DRAG_BEGUN_BOX: not yet so far that it is no click.
 */
typedef enum
{
  UT_PLOT_DRAG_NONE,
  UT_PLOT_DRAG_BEGUN_PAN,
  UT_PLOT_DRAG_BEGUN_BOX,
  UT_PLOT_DRAG_PAN,
  UT_PLOT_DRAG_BOX,
} UtPlotDrag;

struct _UtPlot
{
  GtkWidget        parent_instance;

  /* Configured state. */
  char            *title;           /* (owned) (nullable) */
  char            *x_title;         /* (owned) (nullable) */
  char            *summary;         /* (owned) (nullable) */
  UtPlotView      *view;            /* (owned) */
  guint            channel;         /* whose y range of the view */
  gboolean         log_allowed;
  double           limit_low;
  double           limit_high;
  gboolean         whole_y;         /* all between the limits is shown, unless a part is chosen */
  double           reference;
  char            *reference_label; /* (owned) (nullable) */
  GListStore      *series;          /* (owned) */
  GListModel      *model;           /* (owned) (nullable): where the series come from */
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
  UtPlotDrag       drag;
  graphene_point_t drag_start;      /* pixels */
  graphene_point_t drag_end;
  UtPlotRange      pan_x;           /* what was shown when the drag began */
  UtScale          pan_y;
  gint64           last_turn;       /* of the wheel, microseconds */
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

/** _ut_plot_activate: emits ::series-activated. */
void               _ut_plot_activate     (UtPlot       *self,
                                          UtPlotSeries *series);

/* ut-plot-input.c */

void               _ut_plot_class_init_input (GtkWidgetClass *klass);
void               _ut_plot_init_input       (UtPlot         *self);

/** _ut_plot_scroll: what the wheel or two fingers do: zoom; pan with Shift or sideways. */
void               _ut_plot_scroll           (UtPlot          *self,
                                              GdkModifierType  state,
                                              GdkScrollUnit    unit,
                                              double           dx,
                                              double           dy);

/* What a drag does, in pixels of the widget. */
void               _ut_plot_begin_drag       (UtPlot          *self,
                                              double           x,
                                              double           y,
                                              gboolean         box);
/** _ut_plot_update_drag: TRUE once it is no click any more. */
gboolean           _ut_plot_update_drag      (UtPlot          *self,
                                              double           dx,
                                              double           dy);
void               _ut_plot_end_drag         (UtPlot          *self);

/** _ut_plot_click: emits ::series-activated for the line at this place; FALSE without one. */
gboolean           _ut_plot_click            (UtPlot          *self,
                                              double           x,
                                              double           y);

/** _ut_plot_get_box: (out): what a drag selects; FALSE where none does. */
gboolean           _ut_plot_get_box          (UtPlot          *self,
                                              graphene_rect_t *box);

/** _ut_plot_slide: moves a view that follows, where its run has grown out of it. */
void               _ut_plot_slide            (UtPlot          *self);

G_END_DECLS
