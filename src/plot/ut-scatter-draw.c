/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-scatter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Half the size of a marker, in pixels; of what stands around a selected one. */
#define RADIUS 2.4
#define HALO 1.6
#define RING 7
#define GAP 6
#define TICK 4

/* How much of a marker covers what is under it: sparse points can be seen, many add up. */
#define COVER 0.55
#define COVER_BESIDE 0.4 /* while others are selected */

/* More markers at one device pixel make no difference that could be seen. */
#define MOST_IN_CELL 5

/* The colours of bands and of what is selected, among the styles of the plots. */
static const guint styles[UT_SCATTER_N_BANDS] = {
  [UT_SCATTER_NEVER] = 1,
  [UT_SCATTER_SELDOM] = 4,
  [UT_SCATTER_OFTEN] = 2,
  [UT_SCATTER_ALWAYS] = 0,
};
#define STYLE_SELECTED 3

/* A marker in its colour at device scale, its centre in the middle of its middle pixel. */
typedef struct
{
  guint32 *pixels; /* (owned) (array length=size × size): premultiplied */
  int *starts;     /* (owned) (array length=size): of each line's pixels that are not transparent */
  int *ends;       /* (owned) (array length=size) */
  int reach;       /* pixels on each side of the middle one */
  int size;        /* 2 × reach + 1 */
} Stamp;

/* What stamps are put on: premultiplied pixels of 32 bits, and how often one was put where. */
typedef struct
{
  guint8 *data;
  int stride;
  int width;
  int height;
  int scale;
  guint8 *cells;            /* (owned) (array length=width × height) */
} Sheet;

UtScatterScene *
_ut_scatter_scene_new (UtPlotScene     *plot,
                       UtScatterPoints *points,
                       const guint8    *selected,
                       gsize            n_selected)
{
  UtScatterScene *scene = g_atomic_rc_box_new0 (UtScatterScene);

  scene->plot = plot;
  scene->points = ut_scatter_points_ref (points);
  scene->selected = g_memdup2 (selected, points->n);
  scene->n_selected = n_selected;
  return scene;
}

UtScatterScene *
_ut_scatter_scene_ref (UtScatterScene *scene)
{
  return g_atomic_rc_box_acquire (scene);
}

static void
scene_clear (gpointer data)
{
  UtScatterScene *scene = data;

  _ut_plot_scene_unref (scene->plot);
  ut_scatter_points_unref (scene->points);
  g_free (scene->selected);
}

void
_ut_scatter_scene_unref (UtScatterScene *scene)
{
  g_atomic_rc_box_release_full (scene, scene_clear);
}

const char *
_ut_scatter_band_get_title (UtScatterBand band)
{
  static const char *const titles[UT_SCATTER_N_BANDS] = {
    [UT_SCATTER_NEVER] = N_("never right"),
    [UT_SCATTER_SELDOM] = N_("mostly wrong"),
    [UT_SCATTER_OFTEN] = N_("mostly right"),
    [UT_SCATTER_ALWAYS] = N_("always right"),
  };

  return _ (titles[band]);
}

/* ---- Markers ---- */

/* Cross, triangle, square, disc: they differ without colour, too. */
static void
draw_marker (cairo_t       *cr,
             UtScatterBand  band,
             double         x,
             double         y,
             double         radius)
{
  switch (band)
    {
    case UT_SCATTER_NEVER:
      cairo_save (cr);
      cairo_set_line_width (cr, MAX (1.4, radius * 0.6));
      cairo_move_to (cr, x - radius, y - radius);
      cairo_line_to (cr, x + radius, y + radius);
      cairo_move_to (cr, x - radius, y + radius);
      cairo_line_to (cr, x + radius, y - radius);
      cairo_stroke (cr);
      cairo_restore (cr);
      return;
    case UT_SCATTER_SELDOM:
      cairo_move_to (cr, x, y - 1.25 * radius);
      cairo_line_to (cr, x + 1.15 * radius, y + 0.85 * radius);
      cairo_line_to (cr, x - 1.15 * radius, y + 0.85 * radius);
      cairo_close_path (cr);
      break;
    case UT_SCATTER_OFTEN:
      cairo_rectangle (cr, x - 0.85 * radius, y - 0.85 * radius, 1.7 * radius, 1.7 * radius);
      break;
    case UT_SCATTER_ALWAYS:
    default:
      cairo_arc (cr, x, y, 0.95 * radius, 0, 2 * G_PI);
    }
  cairo_fill (cr);
}

static void
stamp_init (Stamp          *self,
            UtScatterBand   band,
            double          radius,
            int             scale,
            const UtColour *colour,
            double          cover)
{
  UtColour shade = *colour;

  shade.alpha *= (float) cover;
  self->reach = (int) ceil ((1.3 * radius + 1) * scale);
  self->size = 2 * self->reach + 1;

  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->size, self->size);
  cairo_t *cr = cairo_create (surface);
  ut_colour_set_source (&shade, cr);
  draw_marker (cr, band, self->reach + 0.5, self->reach + 0.5, radius * scale);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  self->pixels = g_new0 (guint32, self->size * self->size);
  self->starts = g_new0 (int, self->size);
  self->ends = g_new0 (int, self->size);
  const guint8 *data = cairo_image_surface_get_data (surface);
  for (int row = 0; row < self->size && data != NULL; row++)
    {
      guint32 *line = self->pixels + row * self->size;

      memcpy (line, data + row * cairo_image_surface_get_stride (surface),
              (gsize) self->size * sizeof *line);
      self->ends[row] = self->size;
      while (self->ends[row] > 0 && line[self->ends[row] - 1] == 0)
        self->ends[row]--;
      while (self->starts[row] < self->ends[row] && line[self->starts[row]] == 0)
        self->starts[row]++;
    }
  cairo_surface_destroy (surface);
}

static void
stamp_clear (Stamp *self)
{
  g_free (self->pixels);
  g_free (self->starts);
  g_free (self->ends);
}

/* Two channels of 8 bits at once, times @share / 255, rounded: a / 255 is (a + (a >> 8)) >> 8 for a
 * product plus 128. */
static guint32
scale_pair (guint32 pair,
            guint32 share)
{
  guint32 product = pair * share + 0x800080;

  return ((product + ((product >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
}

/* Puts the stamp over the pixels under it: what is there shows as far as it is transparent. */
static void
stamp_put (const Stamp *self,
           Sheet       *sheet,
           int          x,
           int          y)
{
  int left = x - self->reach, top = y - self->reach;

  for (int row = MAX (0, -top); row < MIN (self->size, sheet->height - top); row++)
    {
      const guint32 *line = self->pixels + row * self->size;
      guint32 *pixels = (guint32 *) (void *) (sheet->data + (top + row) * sheet->stride);
      int end = MIN (self->ends[row], sheet->width - left);

      for (int column = MAX (self->starts[row], -left); column < end; column++)
        {
          guint32 under = pixels[left + column], rest = 255 - (line[column] >> 24);

          pixels[left + column] = line[column] + scale_pair (under & 0xff00ff, rest)
                                  + (scale_pair ((under >> 8) & 0xff00ff, rest) << 8);
        }
    }
}

/* Puts markers of @band at its points that are selected, or at those that are not. */
static void
put_band (Sheet                *sheet,
          const UtScatterScene *scene,
          UtScatterBand         band,
          gboolean              selected,
          double                radius,
          const UtColour       *colour,
          double                cover)
{
  /* What is opaque once needs no second time. */
  guint8 most = cover < 1 ? MOST_IN_CELL : 1;
  const UtScatterPoints *points = scene->points;
  const UtPlotFrame *frame = &scene->plot->frame;
  Stamp stamp;

  if (points->n_of_band[band] == 0)
    return;
  stamp_init (&stamp, band, radius, sheet->scale, colour, cover);
  memset (sheet->cells, 0, (gsize) sheet->width * (gsize) sheet->height);
  for (gsize i = 0; i < points->n; i++)
    {
      if (points->bands[i] != band || scene->selected[i] != selected
          || !ut_scatter_points_has (points, i))
        continue;

      int x = (int) floor (ut_scale_map (&frame->x, (double) points->x[i]) * sheet->scale);
      int y = (int) floor (ut_scale_map (&frame->y, (double) points->y[i]) * sheet->scale);

      if (x < 0 || x >= sheet->width || y < 0 || y >= sheet->height)
        continue;

      guint8 *cell = &sheet->cells[(gsize) y * (gsize) sheet->width + (gsize) x];

      if (*cell < most)
        {
          (*cell)++;
          stamp_put (&stamp, sheet, x, y);
        }
    }
  stamp_clear (&stamp);
}

/* Those that are seldom right are few and what one looks for: on top. Selected ones are over all
 * others, and first what stands around them, so that a region of them has one outline. */
static void
put_points (Sheet                *sheet,
            const UtScatterScene *scene)
{
  const UtPlotPalette *palette = &scene->plot->palette;
  double cover = scene->n_selected > 0 ? COVER_BESIDE : COVER;

  for (int band = UT_SCATTER_ALWAYS; band >= UT_SCATTER_NEVER; band--)
    put_band (sheet, scene, (UtScatterBand) band, FALSE, RADIUS, &palette->series[styles[band]],
              cover);
  if (scene->n_selected == 0)
    return;
  for (int band = UT_SCATTER_ALWAYS; band >= UT_SCATTER_NEVER; band--)
    put_band (sheet, scene, (UtScatterBand) band, TRUE, RADIUS + HALO, &palette->text, 1);
  for (int band = UT_SCATTER_ALWAYS; band >= UT_SCATTER_NEVER; band--)
    put_band (sheet, scene, (UtScatterBand) band, TRUE, RADIUS, &palette->series[STYLE_SELECTED],
              1);
}

cairo_surface_t *
_ut_scatter_draw_picture (const UtScatterScene *scene)
{
  const UtPlotFrame *frame = &scene->plot->frame;
  Sheet sheet = {
    .width = frame->width * frame->scale,
    .height = frame->height * frame->scale,
    .scale = frame->scale,
  };
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sheet.width, sheet.height);

  cairo_surface_set_device_scale (surface, frame->scale, frame->scale);
  cairo_t *cr = cairo_create (surface);
  _ut_plot_draw_grid (cr, scene->plot);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  sheet.data = cairo_image_surface_get_data (surface);
  if (sheet.data == NULL)
    return surface;

  sheet.stride = cairo_image_surface_get_stride (surface);
  sheet.cells = g_malloc ((gsize) sheet.width * (gsize) sheet.height);
  put_points (&sheet, scene);
  g_free (sheet.cells);
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* ---- Text ---- */

static PangoLayout *
layout_new (PangoContext *context,
            const char   *text,
            int          *width,
            int          *height)
{
  PangoLayout *layout = pango_layout_new (context);

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_size (layout, width, height);
  return layout;
}

/* Over the axis, as quiet as the other one's. */
static void
draw_y_title (cairo_t              *cr,
              PangoContext         *context,
              const UtScatterScene *scene)
{
  int width, height;
  g_autoptr (PangoLayout) layout = layout_new (context, scene->plot->title, &width, &height);
  UtColour colour = scene->plot->palette.text;

  colour.alpha *= 0.75f;
  ut_colour_set_source (&colour, cr);
  cairo_move_to (cr, GAP, 2);
  pango_cairo_show_layout (cr, layout);
}

/* In the line of the axis' title, as far as there is room before it. */
static void
draw_key (cairo_t              *cr,
          PangoContext         *context,
          const UtScatterScene *scene)
{
  const UtPlotFrame *frame = &scene->plot->frame;
  double x = frame->left;
  int title_width, height;

  g_object_unref (layout_new (context, scene->plot->x_title, &title_width, &height));
  for (UtScatterBand band = 0; band < UT_SCATTER_N_BANDS; band++)
    {
      int width;
      g_autoptr (PangoLayout) layout
          = layout_new (context, _ut_scatter_band_get_title (band), &width, &height);
      double top = frame->bottom + TICK + 1 + height;

      if (x + 2 * GAP + width > frame->right - title_width - GAP)
        break;
      ut_colour_set_source (&scene->plot->palette.series[styles[band]], cr);
      draw_marker (cr, band, x + GAP / 2.0, top + height / 2.0, RADIUS + 1);
      ut_colour_set_source (&scene->plot->palette.text, cr);
      cairo_move_to (cr, round (x + 2 * GAP), round (top));
      pango_cairo_show_layout (cr, layout);
      x += 5 * GAP + width;
    }
}

void
_ut_scatter_draw_text (cairo_t              *cr,
                       PangoContext         *context,
                       const UtScatterScene *scene)
{
  _ut_plot_text_draw (cr, context, scene->plot, FALSE);
  if (scene->plot->empty)
    return;
  draw_y_title (cr, context, scene);
  draw_key (cr, context, scene);
}

/* ---- What moves ---- */

void
_ut_scatter_draw_lasso (cairo_t              *cr,
                        const UtScatterScene *scene,
                        const UtLassoVertex  *vertices,
                        gsize                 n)
{
  const double dash[] = { 4, 3 };
  UtColour colour = scene->plot->palette.text;

  for (gsize i = 0; i < n; i++)
    cairo_line_to (cr, vertices[i].x, vertices[i].y);
  cairo_close_path (cr);
  colour.alpha *= 0.12f;
  ut_colour_set_source (&colour, cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill_preserve (cr);
  ut_colour_set_source (&scene->plot->palette.text, cr);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_stroke (cr);
}

/* Where the point is, and where its numbers stand: beside it, where there is more room. */
static void
place_hover (const UtScatterScene *scene,
             gsize                 row,
             int                   width,
             int                   height,
             UtLassoVertex        *point,
             graphene_rect_t      *box)
{
  const UtPlotFrame *frame = &scene->plot->frame;

  point->x = ut_scale_map (&frame->x, (double) scene->points->x[row]);
  point->y = ut_scale_map (&frame->y, (double) scene->points->y[row]);

  double x = point->x + RING + GAP;
  double y = CLAMP (point->y - height / 2.0, 2, MAX (2, frame->height - height - 2));

  if (point->x > (frame->left + frame->right) / 2)
    x = MAX (2, point->x - RING - GAP - width - 2 * GAP);
  graphene_rect_init (box, (float) round (x), (float) round (y), (float) (width + 2 * GAP),
                      (float) height);
}

void
_ut_scatter_hover_extent (const UtScatterScene *scene,
                          PangoContext         *context,
                          gsize                 row,
                          const char           *reading,
                          graphene_rect_t      *extent)
{
  int width, height;
  UtLassoVertex point;
  graphene_rect_t box, ring;

  g_object_unref (layout_new (context, reading, &width, &height));
  place_hover (scene, row, width, height, &point, &box);
  graphene_rect_init (&ring, (float) floor (point.x - RING - 3), (float) floor (point.y - RING - 3),
                      2 * RING + 7, 2 * RING + 7);
  graphene_rect_union (&box, &ring, extent);
}

void
_ut_scatter_draw_hover (cairo_t              *cr,
                        PangoContext         *context,
                        const UtScatterScene *scene,
                        gsize                 row,
                        const char           *reading)
{
  const UtPlotPalette *palette = &scene->plot->palette;
  int width, height;
  g_autoptr (PangoLayout) layout = layout_new (context, reading, &width, &height);
  UtLassoVertex point;
  graphene_rect_t box;

  place_hover (scene, row, width, height, &point, &box);

  /* A seam of the ground's colour keeps the ring apart from what is under it. */
  cairo_new_path (cr);
  cairo_arc (cr, point.x, point.y, RING, 0, 2 * G_PI);
  ut_colour_set_source (&palette->ground, cr);
  cairo_set_line_width (cr, 5);
  cairo_stroke_preserve (cr);
  ut_colour_set_source (&palette->text, cr);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);

  gdk_cairo_rectangle (cr, &(GdkRectangle) { (int) box.origin.x, (int) box.origin.y,
                                             (int) box.size.width, (int) box.size.height });
  cairo_fill (cr);
  ut_colour_set_source (&palette->ground, cr);
  cairo_move_to (cr, (double) box.origin.x + GAP, (double) box.origin.y);
  pango_cairo_show_layout (cr, layout);
}
