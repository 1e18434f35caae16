/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-curve-private.h"
#include "ut-word-slots-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define GAP 6
#define BAR_WIDTH 12
#define BAR_LINES 1.7 /* height of the bars in lines of text */

PangoLayout *
_ut_word_curve_layout_new (UtWordCurve *self,
                           const char  *text,
                           double       width)
{
  return _ut_word_slots_layout (GTK_WIDGET (self), text, width);
}

int
_ut_word_curve_text_width (UtWordCurve *self,
                           const char  *text)
{
  g_autoptr (PangoLayout) layout = _ut_word_curve_layout_new (self, text, 0);
  int width = 0;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static guint
count_lanes (UtWordCurve *self)
{
  guint n = 0;
  for (guint i = 0; i < UT_WORD_CURVE_N_LANES; i++)
    n += self->lanes[i].probabilities != NULL ? 1 : 0;
  return n;
}

/* (transfer full): a word as it is shown. */
static PangoLayout *
layout_word (UtWordCurve *self,
             gsize        word,
             double       width)
{
  if (self->past != NULL)
    return _ut_word_past_layout_word (self, word, width);

  return _ut_word_curve_layout_new (self, self->words[word], width);
}

/* (transfer full): all words, as they are shown. */
static GStrv
dup_shown_words (UtWordCurve *self)
{
  GStrv shown = g_new0 (char *, self->n_words + 1);

  for (gsize i = 0; i < self->n_words; i++)
    shown[i] = _ut_word_past_dup_shown (self, i);
  return shown;
}

/* Whether the lines are named behind the last word. */
static gboolean
names_lines (UtWordCurve *self)
{
  return count_lanes (self) > 1 || self->past != NULL;
}

/* Makes room for the name of a line. */
static void
reserve_label (UtWordCurve *self,
               const char  *label)
{
  int width = MIN (_ut_word_curve_text_width (self, label), UT_WORD_SLOTS_WIDEST);

  self->right = MAX (self->right, width + 3 * GAP);
}

void
_ut_word_curve_ensure_layout (UtWordCurve *self)
{
  if (self->edges != NULL)
    return;

  g_autoptr (PangoLayout) layout = _ut_word_curve_layout_new (self, "0.5", 0);
  int width = 0;
  pango_layout_get_pixel_size (layout, &width, &self->line);
  self->left = width + 2 * GAP;
  self->right = GAP;
  for (guint i = 0; i < UT_WORD_CURVE_N_LANES && names_lines (self); i++)
    if (self->lanes[i].probabilities != NULL)
      reserve_label (self, self->lanes[i].label);
  if (self->past != NULL)
    reserve_label (self, C_ ("curve", "before"));

  g_auto (GStrv) shown = dup_shown_words (self);
  self->edges = _ut_word_slots_measure (GTK_WIDGET (self), shown, self->n_words, self->left,
                                        self->line);
}

double
_ut_word_curve_get_bars_height (UtWordCurve *self)
{
  if (self->weights == NULL)
    return 0;
  return round ((1 + BAR_LINES) * self->line) + 2 * GAP;
}

static double
get_bracket_height (UtWordCurve *self)
{
  if (self->past == NULL)
    return 0;
  return self->line + GAP;
}

void
_ut_word_curve_get_words_range (UtWordCurve *self,
                                int         *top,
                                int         *height)
{
  _ut_word_curve_ensure_layout (self);
  *height = self->line + GAP;
  *top = gtk_widget_get_height (GTK_WIDGET (self)) - (int) _ut_word_curve_get_bars_height (self)
         - self->line - *height;
}

double
_ut_word_curve_get_track_height (UtWordCurve *self)
{
  if (self->weights == NULL && self->past == NULL)
    return 0;
  _ut_word_curve_ensure_layout (self);
  return _ut_word_curve_get_bars_height (self) + get_bracket_height (self);
}

double
_ut_word_curve_centre (UtWordCurve *self,
                       gsize        word)
{
  return (self->edges[word] + self->edges[word + 1]) / 2;
}

/* What is in sight of a viewport, or everything. */
static void
get_sight (UtWordCurve *self,
           double      *low,
           double      *high)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  *low = 0;
  *high = width;
  if (self->scroll != NULL && gtk_adjustment_get_page_size (self->scroll) > 0)
    {
      *low = CLAMP (gtk_adjustment_get_value (self->scroll), 0, width);
      *high = CLAMP (*low + gtk_adjustment_get_page_size (self->scroll), *low, width);
    }
}

/* ---- Drawing ---- */

void
_ut_word_curve_draw_text (UtWordCurve    *self,
                          UtWordSheet    *sheet,
                          const UtColour *colour,
                          float           alpha,
                          const char     *text,
                          double          x,
                          double          y,
                          double          width)
{
  g_autoptr (PangoLayout) layout = _ut_word_curve_layout_new (self, text, width);
  UtColour ink = *colour;
  ink.alpha *= alpha;
  ut_colour_set_source (&ink, sheet->cr);
  cairo_move_to (sheet->cr, round (x), round (y));
  pango_cairo_show_layout (sheet->cr, layout);
}

static void
draw_level (UtWordCurve    *self,
            UtWordSheet    *sheet,
            const UtColour *colour,
            const UtScale  *scale,
            double          value)
{
  double hair = 1.0 / sheet->scale;
  double y = (floor (ut_scale_map (scale, value) * sheet->scale) + 0.5) / sheet->scale;
  ut_colour_set_source (colour, sheet->cr);
  cairo_set_line_width (sheet->cr, hair);
  cairo_move_to (sheet->cr, sheet->low + self->left - GAP, y);
  cairo_line_to (sheet->cr, sheet->high, y);
  cairo_stroke (sheet->cr);
}

static void
draw_mark (UtWordCurve *self,
           UtWordSheet *sheet,
           int          word,
           float        alpha)
{
  if (word < 0 || (gsize) word >= self->n_words)
    return;
  UtColour colour = sheet->palette->text;
  colour.alpha *= alpha;
  ut_colour_set_source (&colour, sheet->cr);
  cairo_rectangle (sheet->cr, round (self->edges[word]), sheet->y.end - GAP,
                   round (self->edges[word + 1]) - round (self->edges[word]),
                   gtk_widget_get_height (GTK_WIDGET (self)) - sheet->y.end + GAP);
  cairo_fill (sheet->cr);
}

/* Dots or dashes under a word. */
static void
draw_word_mark (UtWordSheet *sheet,
                UtWordMark   mark,
                double       x0,
                double       x1,
                double       y)
{
  static const double dots[] = { 0, 3.5 };
  static const double dashes[] = { 5, 2.5 };
  gboolean dotted = mark == UT_WORD_MARK_UNKNOWN;

  cairo_save (sheet->cr);
  cairo_set_dash (sheet->cr, dotted ? dots : dashes, G_N_ELEMENTS (dots), 0);
  cairo_set_line_cap (sheet->cr, dotted ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (sheet->cr, dotted ? 1.6 : 1.2);
  cairo_move_to (sheet->cr, x0, y);
  cairo_line_to (sheet->cr, x1, y);
  cairo_stroke (sheet->cr);
  cairo_restore (sheet->cr);
}

static void
draw_words (UtWordCurve *self,
            UtWordSheet *sheet)
{
  double top = sheet->y.start + GAP + 2;

  if (self->past != NULL)
    _ut_word_past_draw_bracket (self, sheet, sheet->y.start + GAP);
  top += get_bracket_height (self);
  for (gsize i = sheet->first; i < sheet->last; i++)
    {
      double room = self->edges[i + 1] - self->edges[i] - UT_WORD_SLOTS_GAP / 2.0;
      g_autoptr (PangoLayout) layout = layout_word (self, i, room);
      int width = 0;
      pango_layout_get_pixel_size (layout, &width, NULL);
      double x = round (_ut_word_curve_centre (self, i) - width / 2.0);
      ut_colour_set_source (&sheet->palette->text, sheet->cr);
      cairo_move_to (sheet->cr, x, round (top));
      pango_cairo_show_layout (sheet->cr, layout);
      if (self->marks != NULL && self->marks[i] != UT_WORD_MARK_NONE)
        draw_word_mark (sheet, self->marks[i], x + 1, x + width, round (top) + self->line + 1);
      if (self->disputed != NULL && self->disputed[i])
        {
          cairo_rectangle (sheet->cr, x, round (top) - 1, width, 1.5);
          cairo_fill (sheet->cr);
        }
    }
}

/* The stretch of values that can be drawn from @from on: its end, and its beginning in @from. */
static gsize
find_stretch (const double *values,
              gsize        *from,
              gsize         last)
{
  while (*from < last && isnan (values[*from]))
    (*from)++;
  gsize end = *from;
  while (end < last && !isnan (values[end]))
    end++;
  return end;
}

static void
draw_lane (UtWordCurve      *self,
           UtWordSheet      *sheet,
           const UtWordLane *lane,
           gboolean          first)
{
  cairo_t *cr = sheet->cr;
  const UtColour *colour = &sheet->palette->series[lane->style % UT_PLOT_N_COLOURS];
  double width = first ? 2 : 1.5;
  double middle = ut_scale_map (&sheet->y, 0.5);
  /* One word more on each side, for the lines that lead out of sight. */
  gsize from = sheet->first > 0 ? sheet->first - 1 : 0;
  gsize last = MIN (sheet->last + 1, self->n_words);

  for (gsize end = 0; from < last; from = end)
    {
      end = find_stretch (lane->probabilities, &from, last);
      if (from == end)
        break;
      if (first && self->past == NULL)
        {
          UtColour area = *colour;
          area.alpha *= 0.12f;
          cairo_move_to (cr, _ut_word_curve_centre (self, from), middle);
          for (gsize i = from; i < end; i++)
            cairo_line_to (cr, _ut_word_curve_centre (self, i),
                           ut_scale_map (&sheet->y, lane->probabilities[i]));
          cairo_line_to (cr, _ut_word_curve_centre (self, end - 1), middle);
          ut_colour_set_source (&area, cr);
          cairo_fill (cr);
        }
      ut_colour_set_source (colour, cr);
      cairo_set_line_width (cr, width);
      ut_plot_style_set_dash (cr, lane->style, width, 0);
      for (gsize i = from; i < end; i++)
        cairo_line_to (cr, _ut_word_curve_centre (self, i),
                       ut_scale_map (&sheet->y, lane->probabilities[i]));
      cairo_stroke (cr);
      ut_plot_style_set_dash (cr, 0, width, 0);
      for (gsize i = from; i < end; i++)
        {
          /* A word that was struck out has no answer, only that of the word before it. */
          if (self->past != NULL && self->past->edits[i] == UT_WORD_EDIT_STRUCK_OUT)
            continue;
          cairo_arc (cr, _ut_word_curve_centre (self, i),
                     ut_scale_map (&sheet->y, lane->probabilities[i]), first ? 3 : 2.5, 0,
                     2 * G_PI);
          cairo_fill (cr);
        }
    }
}

/* The weights of the words in sight, on a scale of their own. */
static void
draw_weights (UtWordCurve *self,
              UtWordSheet *sheet)
{
  double bottom = sheet->weight.start;

  draw_level (self, sheet, &sheet->palette->grid, &sheet->weight, 0);
  draw_level (self, sheet, &sheet->palette->grid, &sheet->weight, self->largest);
  ut_colour_set_source (&sheet->palette->series[self->lanes[0].style % UT_PLOT_N_COLOURS],
                        sheet->cr);
  for (gsize i = sheet->first; i < sheet->last; i++)
    if (!isnan (self->weights[i]))
      cairo_rectangle (sheet->cr, round (_ut_word_curve_centre (self, i) - BAR_WIDTH / 2.0), bottom,
                       BAR_WIDTH, ut_scale_map (&sheet->weight, self->weights[i]) - bottom);
  cairo_fill (sheet->cr);
}

/* What the bars are, and over its bar, or else beside the title, the weight of the word that is
 * told of. */
static void
draw_weight_title (UtWordCurve *self,
                   UtWordSheet *sheet,
                   int          told)
{
  g_autofree char *title = g_strdup_printf (_("attention in the whole sentence, 0 to %.1f %%"),
                                            100 * self->largest);
  double y = sheet->weight.end - self->line - 1;

  _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, 0.75f, title, sheet->low, y,
                            sheet->high - sheet->low);
  if (told < (int) sheet->first || told >= (int) sheet->last || isnan (self->weights[told]))
    return;
  g_autofree char *value = g_strdup_printf (_("%.1f %%"), 100 * self->weights[told]);
  int width = _ut_word_curve_text_width (self, value);
  double x = MIN (_ut_word_curve_centre (self, (gsize) told) - width / 2.0, sheet->high - width);
  x = MAX (x, sheet->low + _ut_word_curve_text_width (self, title) + 2 * GAP);
  _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, 1, value, x, y, 0);
}

/* A value that is written, or whose line is named. */
typedef struct
{
  double value;
  const char *label;
  const UtColour *colour;
} Told;

/* (array length=return): the values at @word, that of before the edits last. */
static gsize
collect_told (UtWordCurve *self,
              UtWordSheet *sheet,
              gsize        word,
              Told        *told)
{
  gsize n = 0;

  for (guint i = 0; i < UT_WORD_CURVE_N_LANES; i++)
    {
      const UtWordLane *lane = &self->lanes[i];

      if (lane->probabilities != NULL && !isnan (lane->probabilities[word]))
        told[n++] = (Told) { lane->probabilities[word], lane->label,
                             &sheet->palette->series[lane->style % UT_PLOT_N_COLOURS] };
    }
  if (_ut_word_past_has_value (self->past, word))
    told[n++] = (Told) { self->past->probabilities[word], C_ ("curve", "before"),
                         &sheet->palette->text };

  return n;
}

static void
draw_value (UtWordCurve *self,
            UtWordSheet *sheet,
            gsize        word,
            const Told  *told,
            double       middle)
{
  g_autofree char *text = g_strdup_printf ("%.2f", told->value);
  int width = _ut_word_curve_text_width (self, text);
  double x = _ut_word_curve_centre (self, word);
  double y = ut_scale_map (&sheet->y, told->value);
  double left = x + 9;
  double top = middle - self->line / 2.0;
  gboolean past = told->colour == &sheet->palette->text;

  /* Beside the last word stand the names of the lines, where there are several. */
  if (left + width > sheet->high || (names_lines (self) && word == self->n_words - 1))
    left = x - 9 - width;
  UtColour patch = sheet->palette->ground;
  patch.alpha = 0.85f;
  ut_colour_set_source (&patch, sheet->cr);
  cairo_rectangle (sheet->cr, left - 2, round (top), width + 4, self->line);
  cairo_fill (sheet->cr);
  _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, past ? 0.75f : 1, text, left, top,
                            0);
  cairo_arc (sheet->cr, x, y, past ? 4 : 5.5, 0, 2 * G_PI);
  ut_colour_set_source (&sheet->palette->ground, sheet->cr);
  cairo_fill (sheet->cr);
  cairo_arc (sheet->cr, x, y, past ? 2.5 : 4, 0, 2 * G_PI);
  ut_colour_set_source (told->colour, sheet->cr);
  cairo_fill (sheet->cr);
}

/* Beside the last word, or beside @word its values. */
static void
draw_labels (UtWordCurve *self,
             UtWordSheet *sheet,
             gsize        word,
             gboolean     values)
{
  Told told[UT_WORD_CURVE_N_LANES + 1];
  double centres[UT_WORD_CURVE_N_LANES + 1];
  gsize n = collect_told (self, sheet, word, told);

  for (gsize i = 0; i < n; i++)
    centres[i] = ut_scale_map (&sheet->y, told[i].value);
  ut_ticks_spread (centres, n, self->line, sheet->y.end - self->line / 2.0,
                   sheet->y.start + self->line / 2.0);
  for (gsize i = 0; i < n; i++)
    {
      if (values)
        draw_value (self, sheet, word, &told[i], centres[i]);
      else
        _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, 1, told[i].label,
                                  self->edges[word + 1] + GAP, centres[i] - self->line / 2.0,
                                  self->right - GAP);
    }
}

static void
draw_axis (UtWordCurve *self,
           UtWordSheet *sheet)
{
  static const double levels[] = { 0, 0.5, 1 };
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  /* Words and curve scroll under the axis. */
  ut_colour_set_source (&sheet->palette->ground, sheet->cr);
  cairo_rectangle (sheet->cr, sheet->low, 0, self->left - GAP, height);
  if (sheet->low > 0)
    cairo_fill (sheet->cr);
  cairo_new_path (sheet->cr);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autofree char *text = g_strdup_printf ("%g", levels[i]);
      double x = sheet->low + self->left - 2 * GAP - _ut_word_curve_text_width (self, text);
      _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, 0.75f, text, x,
                                ut_scale_map (&sheet->y, levels[i]) - self->line / 2.0, 0);
    }
  _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, 0.75f, self->axis_title, sheet->low,
                            0, sheet->high - sheet->low);
}

void
_ut_word_curve_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  UtWordCurve *self = UT_WORD_CURVE (widget);
  int height = gtk_widget_get_height (widget);
  UtWordSheet sheet = {
    .palette = _ut_plot_inks_get (&self->inks, widget),
    .scale = gtk_widget_get_scale_factor (widget),
  };

  _ut_word_curve_ensure_layout (self);
  get_sight (self, &sheet.low, &sheet.high);
  if (sheet.high - sheet.low < 1 || height < 1)
    return;
  sheet.first = MIN (ut_decimate_lower (self->edges, self->n_words + 1, sheet.low), self->n_words);
  sheet.first -= sheet.first > 0 ? 1 : 0;
  sheet.last = MIN (ut_decimate_lower (self->edges, self->n_words + 1, sheet.high), self->n_words);
  double track = _ut_word_curve_get_track_height (self);
  double bottom = height - self->line - GAP;
  ut_scale_init (&sheet.y, 0, 1, bottom - track - self->line - GAP, 1.8 * self->line, FALSE);
  if (self->weights != NULL)
    ut_scale_init (&sheet.weight, 0, self->largest, bottom, bottom - BAR_LINES * self->line,
                   FALSE);

  sheet.cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT ((float) sheet.low, 0, (float) (sheet.high - sheet.low), (float) height));
  if (self->n_words == 0)
    {
      const char *text = _("No words yet");
      double x = (sheet.low + sheet.high - _ut_word_curve_text_width (self, text)) / 2;
      _ut_word_curve_draw_text (self, &sheet, &sheet.palette->text, 0.75f, text, x,
                                (height - self->line) / 2.0, 0);
      cairo_destroy (sheet.cr);
      return;
    }
  draw_mark (self, &sheet, self->selected, 0.10f);
  if (self->hovered != self->selected)
    draw_mark (self, &sheet, self->hovered, 0.05f);
  draw_level (self, &sheet, &sheet.palette->grid, &sheet.y, 0);
  draw_level (self, &sheet, &sheet.palette->grid, &sheet.y, 1);
  UtColour middle = sheet.palette->text;
  middle.alpha *= 0.5f;
  draw_level (self, &sheet, &middle, &sheet.y, 0.5);
  if (self->past != NULL)
    {
      _ut_word_past_draw_gap (self, &sheet);
      _ut_word_past_draw_line (self, &sheet);
    }
  /* The first lane is the current run's: on top. */
  for (guint i = UT_WORD_CURVE_N_LANES; i > 0; i--)
    if (self->lanes[i - 1].probabilities != NULL)
      draw_lane (self, &sheet, &self->lanes[i - 1], i == 1);
  draw_words (self, &sheet);
  if (self->weights != NULL)
    draw_weights (self, &sheet);
  if (names_lines (self))
    draw_labels (self, &sheet, self->n_words - 1, FALSE);
  int told = self->hovered >= 0 ? self->hovered : self->selected;
  if (told >= 0)
    draw_labels (self, &sheet, (gsize) told, TRUE);
  draw_axis (self, &sheet);
  if (self->weights != NULL)
    draw_weight_title (self, &sheet, told);
  cairo_destroy (sheet.cr);
}
