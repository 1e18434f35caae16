/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-heat-map.h"
#include "ut-plot-inks-private.h"

G_BEGIN_DECLS

/* Colours of a scale, from one end to the other. */
#define UT_HEAT_N_STEPS 255

struct _UtHeatMap
{
  GtkWidget             parent_instance;

  char                 *title;    /* (owned) (nullable) */
  char                **words;    /* (owned) (nullable) (array length=n_words) */
  gsize                 n_words;
  GBytes               *values;   /* (owned) (nullable) */
  gsize                 n_units;  /* 0 without values */
  guint32              *order;    /* (owned) (nullable) (array length=n_units): by place */
  guint32              *places;   /* (owned) (nullable) (array length=n_units): by unit */
  char                 *name;     /* (owned) (nullable) */
  UtHeatScale           scale;
  double                limit;
  int                   word;     /* of the cursor */
  int                   unit;
  int                   hovered_word;
  int                   hovered_unit;

  UtPlotInks            inks;
  PangoFontDescription *font;     /* (owned) (nullable): that the words are measured in */
  double               *edges;    /* (owned) (nullable): of the n_words columns, one more */
  double                left;     /* room for the units' numbers */
  int                   line;     /* height of text */
  double                top;      /* room for the words */

  cairo_surface_t      *picture;  /* (owned) (nullable): the cells in sight */
  GdkRectangle          pictured; /* which part of the widget that is */

  GtkAdjustment        *scroll[2]; /* (unowned) (nullable): by orientation, in a viewport */
  gulong                scroll_handlers[2];
};

/* ut-heat-map-draw.c */

/** _ut_heat_map_ensure_layout: measures the words unless that was done. */
void   _ut_heat_map_ensure_layout  (UtHeatMap   *self);

/** _ut_heat_map_forget_picture: the cells are to be drawn anew. */
void   _ut_heat_map_forget_picture (UtHeatMap   *self);

/** _ut_heat_map_get_row_height: in pixels. */
double _ut_heat_map_get_row_height (UtHeatMap   *self);

/** _ut_heat_map_get_sight: the part of the widget that is in sight of a viewport, or all of it. */
void   _ut_heat_map_get_sight      (UtHeatMap   *self,
                                    GdkRectangle *sight);

/** _ut_heat_map_get_value: NaN without values. */
double _ut_heat_map_get_value      (UtHeatMap   *self,
                                    gsize        word,
                                    gsize        unit);

/** _ut_heat_map_snapshot: the vfunc. */
void   _ut_heat_map_snapshot       (GtkWidget   *widget,
                                    GtkSnapshot *snapshot);

G_END_DECLS
