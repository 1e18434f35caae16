/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-parallel-axis.h"
#include "ut-parallel.h"
#include "ut-plot-inks-private.h"

G_BEGIN_DECLS

/** UtParallelColumn: one axis of the widget. */
typedef struct
{
  char            *title;   /* (owned) */
  gboolean         log;
  char           **choices; /* (owned) (nullable) */
  double          *values;  /* (owned) (array): one for each line */
  UtParallelBrush  brush;
  UtParallelAxis   axis;    /* in pixels; valid while the layout is */
  double           x;       /* likewise */
  double          *places;  /* (owned) (array): likewise, where each line crosses it, NaN for none */
} UtParallelColumn;

/** UtParallelThread: one line of the widget. */
typedef struct
{
  char     *label; /* (owned) */
  guint     style;
  gboolean  kept;
} UtParallelThread;

struct _UtParallel
{
  GtkWidget         parent_instance;

  GArray           *columns;  /* (owned) (element-type UtParallelColumn) */
  GArray           *threads;  /* (owned) (element-type UtParallelThread) */
  int               current;  /* -1 for none */
  int               hovered;  /* -1 for none */
  guint             n_kept;
  guint             active;   /* the axis that the keys are about */

  /* Rendering cache. */
  UtPlotInks        inks;
  gboolean          laid_out;
  double            top;      /* of the axes, in pixels */
  double            bottom;
  int               line;     /* height of a line of text */
  cairo_surface_t  *picture;  /* (owned) (nullable): all but the hovered line, at device scale */

  /* Input. */
  int               dragged;  /* the axis that a brush is being drawn on, -1 for none */
  double            anchor;   /* where it was begun, y in pixels */
  double            pressed_x;
  double            pressed_y;
};

static inline UtParallelColumn *
_ut_parallel_column (UtParallel *self,
                     guint       index)
{
  return &g_array_index (self->columns, UtParallelColumn, index);
}

static inline UtParallelThread *
_ut_parallel_thread (UtParallel *self,
                     guint       index)
{
  return &g_array_index (self->threads, UtParallelThread, index);
}

/* ut-parallel-draw.c */

/** _ut_parallel_ensure_layout: works out where the axes are. */
void     _ut_parallel_ensure_layout (UtParallel  *self);

/** _ut_parallel_dup_value: (transfer full): @value as the axis says it. */
char    *_ut_parallel_dup_value     (UtParallel  *self,
                                     guint        column,
                                     double       value);

void     _ut_parallel_measure       (GtkWidget      *widget,
                                     GtkOrientation  orientation,
                                     int            *minimum,
                                     int            *natural);
void     _ut_parallel_snapshot      (GtkWidget   *widget,
                                     GtkSnapshot *snapshot);

/* ut-parallel.c */

/** _ut_parallel_set_hovered: @line, or -1. */
void     _ut_parallel_set_hovered   (UtParallel  *self,
                                     int          line);
/** _ut_parallel_activate: emits ::line-activated for the hovered line; FALSE without one. */
gboolean _ut_parallel_activate      (UtParallel  *self);
/** _ut_parallel_brush_changed: after a column's brush was written. */
void     _ut_parallel_brush_changed (UtParallel  *self);
/** _ut_parallel_set_active: the axis that the keys are about. */
void     _ut_parallel_set_active    (UtParallel  *self,
                                     guint        column);

/* ut-parallel-input.c */

void     _ut_parallel_class_init_input (GtkWidgetClass *klass);
void     _ut_parallel_init_input       (UtParallel     *self);

/** _ut_parallel_find_line: the line nearest to a place, -1 where none is near. */
int      _ut_parallel_find_line        (UtParallel     *self,
                                        double          x,
                                        double          y);
/** _ut_parallel_find_axis: the axis at @x, -1 between axes. */
int      _ut_parallel_find_axis        (UtParallel     *self,
                                        double          x);

G_END_DECLS
