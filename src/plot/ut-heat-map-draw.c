/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-decimate.h"
#include "ut-heat-map-private.h"
#include "ut-word-slots-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define GAP 6

void
_ut_heat_map_ensure_layout (UtHeatMap *self)
{
  if (self->edges != NULL)
    return;

  /* The widest number of a unit, as digits have one width. */
  g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, MAX (self->n_units, 100));
  g_autoptr (PangoLayout) layout = _ut_word_slots_layout (GTK_WIDGET (self), number, 0);
  int width = 0;
  pango_layout_get_pixel_size (layout, &width, &self->line);
  self->left = width + 2 * GAP;
  self->top = self->line + GAP;
  self->edges = _ut_word_slots_measure (GTK_WIDGET (self), self->words, self->n_words, self->left,
                                        self->line);
}

void
_ut_heat_map_forget_picture (UtHeatMap *self)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
_ut_heat_map_get_row_height (UtHeatMap *self)
{
  return (gtk_widget_get_height (GTK_WIDGET (self)) - self->top) / (double) MAX (self->n_units, 1);
}

void
_ut_heat_map_get_sight (UtHeatMap    *self,
                        GdkRectangle *sight)
{
  int sizes[2] = { gtk_widget_get_width (GTK_WIDGET (self)),
                   gtk_widget_get_height (GTK_WIDGET (self)) };
  int starts[2] = { 0, 0 };

  for (guint i = 0; i < 2; i++)
    if (self->scroll[i] != NULL && gtk_adjustment_get_page_size (self->scroll[i]) > 0)
      {
        starts[i] = CLAMP ((int) gtk_adjustment_get_value (self->scroll[i]), 0, sizes[i]);
        sizes[i] = CLAMP ((int) ceil (gtk_adjustment_get_page_size (self->scroll[i])), 0,
                          sizes[i] - starts[i]);
      }
  *sight = (GdkRectangle) { starts[0], starts[1], sizes[0], sizes[1] };
}

double
_ut_heat_map_get_value (UtHeatMap *self,
                        gsize      word,
                        gsize      unit)
{
  if (self->values == NULL)
    return NAN;

  const float *values = g_bytes_get_data (self->values, NULL);
  return (double) values[word * self->n_units + unit];
}

/* ---- Cells ---- */

static guint32
pack_colour (const UtColour *colour)
{
  return 0xff000000u | (guint32) lrintf (255 * colour->red) << 16
         | (guint32) lrintf (255 * colour->green) << 8 | (guint32) lrintf (255 * colour->blue);
}

/* The colours of the scale from its lowest value to its highest. */
static void
fill_colours (UtHeatMap *self,
              guint32    colours[UT_HEAT_N_STEPS])
{
  const UtPlotPalette *palette = _ut_plot_inks_get (&self->inks, GTK_WIDGET (self));
  const int middle = UT_HEAT_N_STEPS / 2;

  for (int i = 0; i < UT_HEAT_N_STEPS; i++)
    {
      UtColour colour;
      if (self->scale == UT_HEAT_SEQUENTIAL)
        colour = ut_colour_mix (&palette->ground, &palette->text,
                                0.85f * (float) i / (UT_HEAT_N_STEPS - 1));
      else
        colour = ut_colour_mix (&palette->ground, &palette->series[i < middle ? 1 : 0],
                                (float) ABS (i - middle) / (float) middle);
      colours[i] = pack_colour (&colour);
    }
}

/* Which of the colours; -1 for none. */
static int
choose_step (UtHeatMap *self,
             double     value)
{
  double low = self->scale == UT_HEAT_SEQUENTIAL ? 0 : -self->limit;

  if (isnan (value))
    return -1;
  return (int) lrint (CLAMP ((value - low) / (self->limit - low), 0, 1) * (UT_HEAT_N_STEPS - 1));
}

/* Draws the cells in sight pixel by pixel: a row of them once, and again for each of its lines. */
static void
draw_picture (UtHeatMap          *self,
              const GdkRectangle *sight,
              int                 scale)
{
  int width = sight->width * scale, height = sight->height * scale;
  double row_height = _ut_heat_map_get_row_height (self);
  guint32 colours[UT_HEAT_N_STEPS];

  fill_colours (self, colours);
  self->picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  self->pictured = *sight;
  if (cairo_surface_status (self->picture) != CAIRO_STATUS_SUCCESS)
    return;
  cairo_surface_set_device_scale (self->picture, scale, scale);
  cairo_surface_flush (self->picture);

  guint8 *data = cairo_image_surface_get_data (self->picture);
  gsize stride = (gsize) cairo_image_surface_get_stride (self->picture);
  gsize first = ut_decimate_lower (self->edges, self->n_words + 1, sight->x);
  const guint8 *drawn = NULL;
  gsize drawn_place = 0;

  first -= first > 0 ? 1 : 0;
  for (int y = 0; y < height; y++)
    {
      double down = sight->y + (y + 0.5) / scale - self->top;
      gsize place = (gsize) (down / row_height);
      guint32 *line = (guint32 *) (void *) (data + (gsize) y * stride);

      if (down < 0 || place >= self->n_units)
        continue;
      if (drawn != NULL && drawn_place == place)
        {
          memcpy (line, drawn, (gsize) width * sizeof *line);
          continue;
        }
      drawn = (const guint8 *) line;
      drawn_place = place;
      gsize unit = self->order != NULL ? self->order[place] : place;
      for (gsize i = first; i < self->n_words; i++)
        {
          int from = (int) lrint ((self->edges[i] - sight->x) * scale);
          /* Words stand apart by a line of the ground. */
          int to = (int) lrint ((self->edges[i + 1] - sight->x - 1) * scale);
          int step = choose_step (self, _ut_heat_map_get_value (self, i, unit));

          if (from >= width)
            break;
          for (int x = MAX (from, 0); step >= 0 && x < MIN (to, width); x++)
            line[x] = colours[step];
        }
    }
  cairo_surface_mark_dirty (self->picture);
}

/* ---- Drawing ---- */

typedef struct
{
  cairo_t             *cr;
  const UtPlotPalette *palette;
  GdkRectangle         sight;
} Sheet;

static void
draw_text (UtHeatMap   *self,
           Sheet       *sheet,
           const char  *text,
           float        alpha,
           double       x,
           double       y,
           double       width,
           double       align)
{
  g_autoptr (PangoLayout) layout = _ut_word_slots_layout (GTK_WIDGET (self), text, width);
  UtColour ink = sheet->palette->text;
  int own = 0;

  pango_layout_get_pixel_size (layout, &own, NULL);
  ink.alpha *= alpha;
  ut_colour_set_source (&ink, sheet->cr);
  cairo_move_to (sheet->cr, round (x - align * own), round (y));
  pango_cairo_show_layout (sheet->cr, layout);
}

static double
get_row_top (UtHeatMap *self,
             gsize      place)
{
  return self->top + (double) place * _ut_heat_map_get_row_height (self);
}

static gsize
get_place (UtHeatMap *self,
           gsize      unit)
{
  return self->places != NULL ? self->places[unit] : unit;
}

/* A frame around a cell, dark on light and light on dark, so that it is seen on any colour. */
static void
draw_frame (UtHeatMap *self,
            Sheet     *sheet,
            int        word,
            int        unit)
{
  if (word < 0 || unit < 0)
    return;

  double x = round (self->edges[word]), y = get_row_top (self, get_place (self, (gsize) unit));
  double width = round (self->edges[word + 1] - 1) - x;
  double height = MAX (_ut_heat_map_get_row_height (self), 1);

  ut_colour_set_source (&sheet->palette->ground, sheet->cr);
  cairo_set_line_width (sheet->cr, 4);
  cairo_rectangle (sheet->cr, x - 1, y - 1, width + 2, height + 2);
  cairo_stroke (sheet->cr);
  ut_colour_set_source (&sheet->palette->text, sheet->cr);
  cairo_set_line_width (sheet->cr, 2);
  cairo_rectangle (sheet->cr, x - 1, y - 1, width + 2, height + 2);
  cairo_stroke (sheet->cr);
}

static void
draw_words (UtHeatMap *self,
            Sheet     *sheet)
{
  const GdkRectangle *sight = &sheet->sight;
  UtColour mark = sheet->palette->text;

  ut_colour_set_source (&sheet->palette->ground, sheet->cr);
  cairo_rectangle (sheet->cr, sight->x, sight->y, sight->width, self->top);
  cairo_fill (sheet->cr);
  for (gsize i = 0; i < self->n_words; i++)
    {
      double from = self->edges[i], to = self->edges[i + 1];

      if (to < sight->x)
        continue;
      if (from > sight->x + sight->width)
        break;
      if ((int) i == self->word || (int) i == self->hovered_word)
        {
          mark.alpha = sheet->palette->text.alpha * ((int) i == self->word ? 0.15f : 0.07f);
          ut_colour_set_source (&mark, sheet->cr);
          cairo_rectangle (sheet->cr, round (from), sight->y, round (to - 1) - round (from),
                           self->top - 2);
          cairo_fill (sheet->cr);
        }
      draw_text (self, sheet, self->words[i], 1, (from + to - 1) / 2, sight->y + 1,
                 to - from - UT_WORD_SLOTS_GAP / 2.0, 0.5);
    }
}

/* The numbers of some units, at least a line apart, and always that of the cursor's. */
static void
draw_units (UtHeatMap *self,
            Sheet     *sheet)
{
  const GdkRectangle *sight = &sheet->sight;
  double row_height = _ut_heat_map_get_row_height (self);
  gsize step = (gsize) MAX (ceil ((self->line + 2) / row_height), 1);
  int told = self->hovered_unit >= 0 ? self->hovered_unit : self->unit;
  double middle = -1000;

  ut_colour_set_source (&sheet->palette->ground, sheet->cr);
  cairo_rectangle (sheet->cr, sight->x, sight->y, self->left - 2, sight->height);
  cairo_fill (sheet->cr);
  if (told >= 0)
    middle = get_row_top (self, get_place (self, (gsize) told)) + row_height / 2;
  for (gsize place = 0; place < self->n_units; place += step)
    {
      double y = get_row_top (self, place) + row_height / 2;

      /* Half a line may be hidden behind the words, or below the end. */
      if (y < sight->y + self->top + self->line * 0.4 || y > sight->y + sight->height
          || fabs (y - middle) < self->line)
        continue;
      g_autofree char *number
          = g_strdup_printf ("%" G_GSIZE_FORMAT,
                             1 + (self->order != NULL ? self->order[place] : place));
      draw_text (self, sheet, number, 0.75f, sight->x + self->left - GAP, y - self->line / 2.0, 0,
                 1);
    }
  if (told < 0)
    return;
  g_autofree char *number = g_strdup_printf ("%d", told + 1);
  draw_text (self, sheet, number, 1, sight->x + self->left - GAP, middle - self->line / 2.0, 0, 1);
}

static void
draw_cells (UtHeatMap *self,
            Sheet     *sheet)
{
  const GdkRectangle *sight = &sheet->sight;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->picture == NULL || !gdk_rectangle_equal (&self->pictured, sight))
    {
      g_clear_pointer (&self->picture, cairo_surface_destroy);
      draw_picture (self, sight, scale);
    }
  cairo_set_source_surface (sheet->cr, self->picture, sight->x, sight->y);
  cairo_pattern_set_filter (cairo_get_source (sheet->cr), CAIRO_FILTER_NEAREST);
  cairo_paint (sheet->cr);
}

void
_ut_heat_map_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  UtHeatMap *self = UT_HEAT_MAP (widget);
  Sheet sheet = { .palette = _ut_plot_inks_get (&self->inks, widget) };

  _ut_heat_map_ensure_layout (self);
  _ut_heat_map_get_sight (self, &sheet.sight);
  if (sheet.sight.width < 1 || sheet.sight.height < 1)
    return;

  sheet.cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) sheet.sight.x, (float) sheet.sight.y,
                                     (float) sheet.sight.width, (float) sheet.sight.height));
  if (self->n_words == 0 || self->n_units == 0)
    {
      draw_text (self, &sheet, _("No words yet"), 0.75f,
                 sheet.sight.x + sheet.sight.width / 2.0,
                 sheet.sight.y + (sheet.sight.height - self->line) / 2.0, 0, 0.5);
      cairo_destroy (sheet.cr);
      return;
    }
  draw_cells (self, &sheet);
  draw_frame (self, &sheet, self->word, self->unit);
  if (self->hovered_word != self->word || self->hovered_unit != self->unit)
    draw_frame (self, &sheet, self->hovered_word, self->hovered_unit);
  draw_units (self, &sheet);
  draw_words (self, &sheet);
  /* The corner, over both. */
  ut_colour_set_source (&sheet.palette->ground, sheet.cr);
  cairo_rectangle (sheet.cr, sheet.sight.x, sheet.sight.y, self->left - 2, self->top);
  cairo_fill (sheet.cr);
  cairo_destroy (sheet.cr);
}
