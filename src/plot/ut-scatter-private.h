/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-inks-private.h"
#include "ut-plot-scene-private.h"
#include "ut-scatter-points.h"
#include "ut-scatter.h"

G_BEGIN_DECLS

/**
 * UtScatterScene:
 * @plot: (owned): axes, titles and colours; it has no curves.
 * @points: (owned)
 * @selected: (owned) (array length=points->n): 1 or 0.
 * @n_selected: how many are.
 *
 * All that a picture shows. Atomically counted and never written after it was made, so a worker
 * may draw it.
 */
typedef struct
{
  UtPlotScene     *plot;
  UtScatterPoints *points;
  guint8          *selected;
  gsize            n_selected;
} UtScatterScene;

struct _UtScatter
{
  GtkWidget        parent_instance;

  /* Configured state. */
  char            *x_title;        /* (owned) */
  char            *y_title;        /* (owned) */
  UtScatterPoints *points;         /* (owned) */
  guint8          *selected;       /* (owned) (array length=points->n): 1 or 0 */
  GArray          *selection;      /* (owned) (element-type guint32): the same as rows, rising */
  int              hovered;        /* -1 for none */
  guint32         *sorted;         /* (owned) (nullable): rows by rising y, once asked for */

  /* Rendering cache. */
  UtPlotInks       inks;
  guint            serial;         /* of everything that the picture shows */
  UtScatterScene  *scene;          /* (owned) (nullable): of the picture */
  cairo_surface_t *picture;        /* (owned) (nullable) */
  guint            picture_serial;
  gboolean         drawing;        /* a worker is at it */
  GskRenderNode   *text_node;      /* (owned) (nullable) */

  /* Input. */
  GArray          *lasso;          /* (owned) (element-type UtLassoVertex): empty outside a drag */
};

/* ut-scatter-draw.c: any thread but for what has a context of Pango's. */

UtScatterScene  *_ut_scatter_scene_new      (UtPlotScene        *plot,
                                             UtScatterPoints    *points,
                                             const guint8       *selected,
                                             gsize               n_selected);
UtScatterScene  *_ut_scatter_scene_ref      (UtScatterScene     *scene);
void             _ut_scatter_scene_unref    (UtScatterScene     *scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtScatterScene, _ut_scatter_scene_unref)

/** _ut_scatter_draw_picture: (transfer full): grid and points as an image at device scale. */
cairo_surface_t *_ut_scatter_draw_picture   (const UtScatterScene *scene);

/** _ut_scatter_draw_text: axes and the key of the bands. Main thread. */
void             _ut_scatter_draw_text      (cairo_t              *cr,
                                             PangoContext         *context,
                                             const UtScatterScene *scene);

/** _ut_scatter_draw_lasso: the polygon so far. */
void             _ut_scatter_draw_lasso     (cairo_t              *cr,
                                             const UtScatterScene *scene,
                                             const UtLassoVertex  *vertices,
                                             gsize                 n);

/**
 * _ut_scatter_hover_extent: in which rectangle _ut_scatter_draw_hover() draws. Main thread.
 */
void             _ut_scatter_hover_extent   (const UtScatterScene *scene,
                                             PangoContext         *context,
                                             gsize                 row,
                                             const char           *reading,
                                             graphene_rect_t      *extent);

/** _ut_scatter_draw_hover: a ring around the point of @row, and its numbers. Main thread. */
void             _ut_scatter_draw_hover     (cairo_t              *cr,
                                             PangoContext         *context,
                                             const UtScatterScene *scene,
                                             gsize                 row,
                                             const char           *reading);

/** _ut_scatter_band_get_title: what the key calls a band; static. */
const char      *_ut_scatter_band_get_title (UtScatterBand         band);

/* ut-scatter.c */

/** _ut_scatter_get_scene: (transfer none) (nullable): what is displayed, where that has the present
 * points. */
const UtScatterScene *_ut_scatter_get_scene (UtScatter            *self);

/** _ut_scatter_take_selection: @selected (array length=points->n) is selected from now on. */
void             _ut_scatter_take_selection (UtScatter            *self,
                                             const guint8         *selected);

/** _ut_scatter_activate: emits ::row-activated for the hovered row; FALSE without one. */
gboolean         _ut_scatter_activate       (UtScatter            *self);

/* ut-scatter-input.c */

void             _ut_scatter_class_init_input (GtkWidgetClass     *klass);
void             _ut_scatter_init_input       (UtScatter          *self);

/** UtScatterChange: what a lasso or a click does to the selection. */
typedef enum
{
  UT_SCATTER_REPLACE,
  UT_SCATTER_ADD,
  UT_SCATTER_REMOVE,
} UtScatterChange;

/** _ut_scatter_end_lasso: as when the button is let go. */
void             _ut_scatter_end_lasso        (UtScatter          *self,
                                               UtScatterChange     change);

G_END_DECLS
