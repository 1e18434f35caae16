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

/* As #UtWordBefore. */
typedef struct
{
  UtWordEdit *edits;     /* (owned) (array length=n_words) */
  char **replaced;       /* (owned) (array length=n_words) (nullable elements) */
  double *probabilities; /* (owned) (array length=n_words) */
  gsize edited;          /* the first word that was edited: before it nothing is other than it was */
  gsize first;
  gsize n_remembered;
  gboolean to_the_end;
} UtWordPast;

/* What is being drawn, and where. */
typedef struct
{
  cairo_t             *cr;
  const UtPlotPalette *palette;
  UtScale              y;
  UtScale              weight;
  double               low;   /* in sight */
  double               high;
  gsize                first; /* words in sight */
  gsize                last;
  int                  scale;
} UtWordSheet;

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
  UtWordPast           *past;       /* (owned) (nullable) */
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

/** _ut_word_curve_get_track_height: what the weights take below the words, and the bracket of what
 * is remembered above them; 0 without. */
double _ut_word_curve_get_track_height (UtWordCurve *self);

/** _ut_word_curve_get_bars_height: what the weights alone take. */
double _ut_word_curve_get_bars_height (UtWordCurve *self);

/** _ut_word_curve_get_words_range: where the words are written, from the top of the widget. */
void   _ut_word_curve_get_words_range (UtWordCurve *self,
                                       int         *top,
                                       int         *height);

/** _ut_word_curve_layout_new: (transfer full): the beginning of @text in the widget's font;
 * ellipsized at @width, where that is above 0. */
PangoLayout *_ut_word_curve_layout_new (UtWordCurve *self,
                                        const char  *text,
                                        double       width);

/** _ut_word_curve_text_width: in pixels. */
int    _ut_word_curve_text_width  (UtWordCurve *self,
                                   const char  *text);

/** _ut_word_curve_centre: the middle of the slot of @word. */
double _ut_word_curve_centre      (UtWordCurve *self,
                                   gsize        word);

/** _ut_word_curve_draw_text: writes @text in @colour, @alpha times as opaque. */
void   _ut_word_curve_draw_text   (UtWordCurve    *self,
                                   UtWordSheet    *sheet,
                                   const UtColour *colour,
                                   float           alpha,
                                   const char     *text,
                                   double          x,
                                   double          y,
                                   double          width);

/** _ut_word_curve_snapshot: the vfunc. */
void _ut_word_curve_snapshot      (GtkWidget   *widget,
                                   GtkSnapshot *snapshot);

/* ut-word-curve-past.c */

/** _ut_word_past_new: (transfer full): a copy, with probabilities from 0 to 1. */
UtWordPast *_ut_word_past_new     (const UtWordBefore *before,
                                   gsize               n_words);

/** _ut_word_past_free: @n_words as in _ut_word_past_new(). */
void   _ut_word_past_free         (UtWordPast  *self,
                                   gsize        n_words);

/** _ut_word_past_has_value: whether the past has a value of its own at @word. */
gboolean _ut_word_past_has_value  (const UtWordPast *self,
                                   gsize             word);

/** _ut_word_past_dup_shown: (transfer full): the word, and before it what stood in its place, if
 * anything did. */
char  *_ut_word_past_dup_shown    (UtWordCurve *self,
                                   gsize        word);

/** _ut_word_past_layout_word: (transfer full): the word as it is shown after the edits: struck
 * through, underlined, or in place of another one. */
PangoLayout *_ut_word_past_layout_word (UtWordCurve *self,
                                        gsize        word,
                                        double       width);

/** _ut_word_past_draw_gap: shades what lies between the line of before and the present one. */
void   _ut_word_past_draw_gap     (UtWordCurve *self,
                                   UtWordSheet *sheet);

/** _ut_word_past_draw_line: draws the line of before. */
void   _ut_word_past_draw_line    (UtWordCurve *self,
                                   UtWordSheet *sheet);

/** _ut_word_past_draw_bracket: draws over which words the edits matter, from @top on. */
void   _ut_word_past_draw_bracket (UtWordCurve *self,
                                   UtWordSheet *sheet,
                                   double       top);

/** _ut_word_past_read_edit: appends what was done to @word, in words, if anything was. */
void   _ut_word_past_read_edit    (const UtWordPast *self,
                                   gsize             word,
                                   GString          *text);

/** _ut_word_past_dup_duration: (transfer full): for how long they matter, in words. */
char  *_ut_word_past_dup_duration (const UtWordPast *self,
                                   gsize             n_words);

G_END_DECLS
