/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-decimate.h"
#include "ut-plot-inks-private.h"
#include "ut-scale.h"
#include "ut-ticks.h"
#include "ut-word-curve.h"

G_BEGIN_DECLS

typedef struct
{
  char   *label;         /* (owned) (nullable) */
  guint   style;
  double *probabilities; /* (owned) (nullable) (array length=n_words) */
} UtWordLane;

struct _UtWordCurve
{
  GtkWidget             parent_instance;

  char                 *axis_title; /* (owned) */
  char                 *summary;    /* (owned) (nullable) */
  char                **words;      /* (owned) (nullable) (array length=n_words) */
  UtWordMark           *marks;      /* (owned) (nullable) (array length=n_words) */
  gboolean             *disputed;   /* (owned) (nullable) (array length=n_words) */
  double               *weights;    /* (owned) (nullable) (array length=n_words) */
  double                largest;    /* of the weights */
  gsize                 n_words;
  UtWordLane            lanes[UT_WORD_CURVE_N_LANES];
  int                   selected;
  int                   hovered;

  UtPlotInks            inks;
  PangoFontDescription *font;       /* (owned) (nullable): that the words are measured in */
  double               *edges;      /* (owned) (nullable): of the n_words slots, one more */
  double                left;       /* room for the axis */
  double                right;      /* room for the labels of lanes */
  int                   line;       /* height of text */

  GtkAdjustment        *scroll;     /* (unowned) (nullable): while mapped in a viewport */
  gulong                scroll_handler;
};

/* ut-word-curve-draw.c */

/** _ut_word_curve_ensure_layout: measures the words unless that was done. */
void _ut_word_curve_ensure_layout (UtWordCurve *self);

/** _ut_word_curve_get_track_height: what the weights take below the words; 0 without. */
double _ut_word_curve_get_track_height (UtWordCurve *self);

/** _ut_word_curve_snapshot: the vfunc. */
void _ut_word_curve_snapshot      (GtkWidget   *widget,
                                   GtkSnapshot *snapshot);

G_END_DECLS
