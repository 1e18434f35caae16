/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-bin-plot"

#include "config.h"

#include "ut-bin-plot-private.h"

#include "ut-plot-label-private.h"
#include "ut-plot-sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define GAP 6
#define TICK 4

/* With more lines only the current one has intervals and a label, unless one is pointed at. */
#define MOST_INTERVALS 4
#define MOST_LABELS 8
#define LABEL_WIDTH 120

/* What a bin is called may take so many lines. */
#define TITLE_LINES 2

/* Between the lines of one bin, so that their intervals do not hide each other. */
#define DODGE 5

/* How near is near, in pixels. */
#define NEAR 12

/**
 * UtBinPlot:
 *
 * # Keys and mouse
 *
 * Left and Right go from bin to bin, Up and Down to the next line above or below in that bin; Return
 * or a click on a line activates it; Escape takes the crosshair away.
 *
 * # CSS nodes
 *
 * |[
 * binplot
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * As in #UtPlot.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG, labelled by the axes' titles; described by the reading, how many bins
 * and how many lines there are.
 */
G_DEFINE_FINAL_TYPE (UtBinPlot, ut_bin_plot, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_X_TITLE = 1,
  PROP_Y_TITLE,
  PROP_BIN,
  PROP_LINE,
} UtBinPlotProperty;

static GParamSpec *properties[PROP_LINE + 1];

enum
{
  LINE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_place (gpointer data)
{
  UtBinPlace *place = data;

  g_free (place->title);
}

static void
clear_strand (gpointer data)
{
  UtBinStrand *strand = data;

  g_free (strand->label);
  g_free (strand->values);
  g_free (strand->lows);
  g_free (strand->highs);
}

static UtBinPlace *
get_place (UtBinPlot *self,
           guint      bin)
{
  return &g_array_index (self->bins, UtBinPlace, bin);
}

static UtBinStrand *
get_strand (UtBinPlot *self,
            guint      line)
{
  return &g_array_index (self->lines, UtBinStrand, line);
}

static void
describe (UtBinPlot *self)
{
  g_autofree char *reading = ut_bin_plot_dup_reading (self);
  g_autofree char *bins = g_strdup_printf (ngettext ("%'u bin", "%'u bins", self->bins->len),
                                           self->bins->len);
  g_autofree char *lines = g_strdup_printf (ngettext ("%'u line", "%'u lines", self->lines->len),
                                            self->lines->len);
  g_autofree char *text = g_strdup_printf ("%s%s%s, %s", reading, *reading != '\0' ? ". " : "", bins,
                                           lines);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
name (UtBinPlot *self)
{
  /* Translators: what the two axes of a plot measure: y, then x. */
  g_autofree char *label = g_strdup_printf (_("%s against %s"), self->y_title, self->x_title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
invalidate (UtBinPlot *self)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- Layout ---- */

static gboolean
has_interval (UtBinPlot *self,
              guint      line)
{
  return self->lines->len <= MOST_INTERVALS || (int) line == self->current
         || (int) line == self->line;
}

static gboolean
has_label (UtBinPlot *self,
           guint      line)
{
  return self->bins->len > 0 && (self->lines->len <= MOST_LABELS || (int) line == self->current);
}

static void
scale_y (UtBinPlot *self,
         double     distance)
{
  double low = 1, high = 0;

  for (guint i = 0; i < self->lines->len; i++)
    for (guint j = 0; j < self->bins->len; j++)
      {
        const UtBinStrand *strand = get_strand (self, i);
        gboolean with_interval = self->lines->len <= MOST_INTERVALS || (int) i == self->current;

        low = fmin (low, with_interval ? strand->lows[j] : strand->values[j]);
        high = fmax (high, with_interval ? strand->highs[j] : strand->values[j]);
      }
  if (low > high)
    {
      low = 0;
      high = 1;
    }
  ut_ticks_widen (&low, &high, FALSE, self->bottom - self->top, distance);
  ut_scale_init (&self->y, MAX (low, 0), MIN (high, 1), self->bottom, self->top, FALSE);
  ut_ticks_init (&self->ticks, &self->y, distance);
}

/* Where a line's marker stands in a bin: beside those of the others where there are few. */
static double
get_x (UtBinPlot *self,
       guint      bin,
       guint      line)
{
  double x = self->left + (bin + 0.5) * (self->right - self->left) / MAX (self->bins->len, 1);

  if (self->lines->len <= MOST_INTERVALS)
    x += (line - (self->lines->len - 1) / 2.0) * DODGE;
  return x;
}

void
_ut_bin_plot_place (UtBinPlot *self,
                    guint      bin,
                    guint      line,
                    double    *x,
                    double    *y)
{
  _ut_bin_plot_ensure_layout (self);
  *x = get_x (self, bin, line);
  *y = ut_scale_map (&self->y, get_strand (self, line)->values[bin]);
}

void
_ut_bin_plot_ensure_layout (UtBinPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int ticks = 0, ends = 0;

  if (self->laid_out)
    return;

  self->laid_out = TRUE;
  g_autoptr (PangoLayout) layout = _ut_plot_label_new (GTK_WIDGET (self), "0", 0);

  pango_layout_get_pixel_size (layout, NULL, &self->text);
  self->top = 1.5 * self->text + GAP;
  self->bottom = MAX (self->top + 1, gtk_widget_get_height (widget)
                                     - (TITLE_LINES + 2) * self->text - 2 * GAP);
  scale_y (self, 2.2 * self->text);
  for (gsize i = 0; i < self->ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&self->ticks, self->ticks.values[i]);

      ticks = MAX (ticks, _ut_plot_label_measure (GTK_WIDGET (self), label, 0));
    }
  for (guint i = 0; i < self->lines->len; i++)
    if (has_label (self, i))
      ends = MAX (ends, _ut_plot_label_measure (GTK_WIDGET (self), get_strand (self, i)->label,
                                                LABEL_WIDTH));
  self->left = ticks + 2 * GAP;
  self->right = MAX (self->left + 1, gtk_widget_get_width (widget) - ends - 2 * GAP);
}

/* ---- Drawing ---- */

/* Below its bin, on as few lines as there is room for. */
static void
draw_bin_title (UtBinPlot           *self,
                cairo_t             *cr,
                const UtPlotPalette *palette,
                const char          *title,
                double               centre,
                double               width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), title);

  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_height (layout, -TITLE_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  ut_colour_set_source (&palette->text, cr);
  cairo_move_to (cr, round (centre - width / 2), round (self->bottom + GAP));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_axes (UtBinPlot           *self,
           cairo_t             *cr,
           const UtPlotPalette *palette)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double slot = (self->right - self->left) / MAX (self->bins->len, 1);
  UtColour dim = palette->text;

  dim.alpha *= 0.75f;
  cairo_set_line_width (cr, 1.0 / scale);
  ut_colour_set_source (&palette->grid, cr);
  for (gsize i = 0; i < self->ticks.n; i++)
    {
      double y = (floor (ut_scale_map (&self->y, self->ticks.values[i]) * scale) + 0.5) / scale;

      cairo_move_to (cr, self->left, y);
      cairo_line_to (cr, self->right, y);
    }
  cairo_stroke (cr);
  for (gsize i = 0; i < self->ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&self->ticks, self->ticks.values[i]);
      double y = ut_scale_map (&self->y, self->ticks.values[i]) - self->text / 2.0;

      _ut_plot_label_draw (GTK_WIDGET (self), cr, &dim, label,
                           self->left - GAP - _ut_plot_label_measure (GTK_WIDGET (self), label, 0),
                           y, 0);
    }
  for (guint i = 0; i < self->bins->len; i++)
    {
      const UtBinPlace *place = get_place (self, i);
      g_autofree char *n = g_strdup_printf (_("n = %'zu"), place->n);
      double centre = self->left + (i + 0.5) * slot;
      double n_width = _ut_plot_label_measure (GTK_WIDGET (self), n, slot - GAP);

      draw_bin_title (self, cr, palette, place->title, centre, slot - GAP);
      _ut_plot_label_draw (GTK_WIDGET (self), cr, &dim, n, centre - n_width / 2,
                           self->bottom + GAP + TITLE_LINES * self->text, slot - GAP);
    }
  _ut_plot_label_draw (GTK_WIDGET (self), cr, &dim, self->y_title, 0, 0, self->right);
  _ut_plot_label_draw (GTK_WIDGET (self), cr, &dim, self->x_title,
                       self->right - _ut_plot_label_measure (GTK_WIDGET (self), self->x_title,
                                                             self->right - self->left),
                       self->bottom + GAP + (TITLE_LINES + 1) * self->text,
                       self->right - self->left);
}

static void
draw_intervals (UtBinPlot         *self,
                cairo_t           *cr,
                const UtBinStrand *strand,
                guint              line,
                double             width)
{
  cairo_set_line_width (cr, width);
  for (guint i = 0; i < self->bins->len; i++)
    {
      double x = get_x (self, i, line);
      double low = ut_scale_map (&self->y, strand->lows[i]);
      double high = ut_scale_map (&self->y, strand->highs[i]);

      if (isnan (low) || isnan (high))
        continue;
      /* The line of another one may be longer than the axis. */
      low = MIN (low, self->bottom);
      high = MAX (high, self->top);
      cairo_move_to (cr, x, low);
      cairo_line_to (cr, x, high);
      cairo_move_to (cr, x - TICK, low);
      cairo_line_to (cr, x + TICK, low);
      cairo_move_to (cr, x - TICK, high);
      cairo_line_to (cr, x + TICK, high);
    }
  cairo_stroke (cr);
}

static void
draw_line (UtBinPlot           *self,
           cairo_t             *cr,
           const UtPlotPalette *palette,
           guint                line)
{
  const UtBinStrand *strand = get_strand (self, line);
  gboolean strong = (int) line == self->current || (int) line == self->line;
  UtColour colour = palette->series[strand->style % UT_PLOT_N_COLOURS];
  double width = strong ? 2.5 : 1.5;
  gboolean down = FALSE;

  if (!strong && self->lines->len > MOST_LABELS)
    colour = ut_colour_mix (&colour, &palette->ground, 0.6f);
  ut_colour_set_source (&colour, cr);
  if (has_interval (self, line))
    draw_intervals (self, cr, strand, line, strong ? 1.5 : 1);
  cairo_set_line_width (cr, width);
  ut_plot_style_set_dash (cr, strand->style, width, 0);
  for (guint i = 0; i < self->bins->len; i++)
    {
      double y = ut_scale_map (&self->y, strand->values[i]);

      if (isnan (y))
        continue;
      if (down)
        cairo_line_to (cr, get_x (self, i, line), y);
      else
        cairo_move_to (cr, get_x (self, i, line), y);
      down = TRUE;
    }
  cairo_stroke (cr);
  ut_plot_style_set_dash (cr, 0, width, 0);
  for (guint i = 0; i < self->bins->len; i++)
    {
      double y = ut_scale_map (&self->y, strand->values[i]);

      if (isnan (y))
        continue;
      cairo_arc (cr, get_x (self, i, line), y, strong ? 4 : 3, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_ends (UtBinPlot           *self,
           cairo_t             *cr,
           const UtPlotPalette *palette)
{
  g_autofree double *centres = g_new (double, self->lines->len + 1);
  g_autofree guint *which = g_new (guint, self->lines->len + 1);
  gsize n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      double y = NAN;

      /* At the last bin that has a value. */
      for (guint j = 0; j < self->bins->len; j++)
        {
          double value = ut_scale_map (&self->y, get_strand (self, i)->values[j]);

          y = isnan (value) ? y : value;
        }
      if (isnan (y) || !has_label (self, i))
        continue;
      centres[n] = y;
      which[n++] = i;
    }
  ut_ticks_spread (centres, n, self->text, self->top - self->text / 2.0,
                   self->bottom + self->text / 2.0);
  for (gsize i = 0; i < n; i++)
    _ut_plot_label_draw (GTK_WIDGET (self), cr, &palette->text, get_strand (self, which[i])->label,
                         self->right + GAP, centres[i] - self->text / 2.0, LABEL_WIDTH);
}

static void
draw_all (UtBinPlot           *self,
          cairo_t             *cr,
          const UtPlotPalette *palette)
{
  draw_axes (self, cr, palette);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->lines->len; i++)
    if ((int) i != self->current)
      draw_line (self, cr, palette, i);
  if (self->current >= 0)
    draw_line (self, cr, palette, (guint) self->current);
  draw_ends (self, cr, palette);
}

/* The column of the crosshair, and the line under it over all others. */
static void
draw_crosshair (UtBinPlot           *self,
                cairo_t             *cr,
                const UtPlotPalette *palette)
{
  double slot = (self->right - self->left) / MAX (self->bins->len, 1);
  UtColour colour = palette->text;

  colour.alpha *= 0.06f;
  ut_colour_set_source (&colour, cr);
  cairo_rectangle (cr, round (self->left + self->bin * slot), self->top, round (slot),
                   self->bottom - self->top + GAP + (TITLE_LINES + 1) * self->text);
  cairo_fill (cr);
  if (self->line >= 0)
    draw_line (self, cr, palette, (guint) self->line);
}

static cairo_surface_t *
draw_picture (UtBinPlot *self,
              int        scale)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  int line = self->line;
  cairo_surface_t *picture
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);

  cairo_surface_set_device_scale (picture, scale, scale);
  cairo_t *cr = cairo_create (picture);

  /* What is pointed at is drawn over the picture. */
  self->line = -1;
  draw_all (self, cr, _ut_plot_inks_get (&self->inks, GTK_WIDGET (self)));
  self->line = line;
  cairo_destroy (cr);
  return picture;
}

static void
ensure_picture (UtBinPlot *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double drawn = 0;

  if (self->picture != NULL)
    cairo_surface_get_device_scale (self->picture, &drawn, NULL);
  if ((int) drawn == scale)
    return;

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = draw_picture (self, scale);
}

static void
ut_bin_plot_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  UtBinPlot *self = UT_BIN_PLOT (widget);
  const graphene_rect_t whole
      = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                            (float) gtk_widget_get_height (widget));

  if (self->bins->len == 0)
    return;

  _ut_bin_plot_ensure_layout (self);
  ensure_picture (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &whole);

  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  if (self->bin >= 0)
    draw_crosshair (self, cr, _ut_plot_inks_get (&self->inks, widget));
  cairo_destroy (cr);
}

static void
ut_bin_plot_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ut_bin_plot_parent_class)->unmap (widget);
  g_clear_pointer (&UT_BIN_PLOT (widget)->picture, cairo_surface_destroy);
}

/* ---- Input ---- */

static void
point_at (UtBinPlot *self,
          int        bin,
          int        line)
{
  gboolean other_bin = bin != self->bin;
  gboolean other_line = line != self->line;

  if (!other_bin && !other_line)
    return;

  self->bin = bin;
  self->line = line;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (other_bin)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BIN]);
  if (other_line)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtBinPlot                *self)
{
  int line = -1, bin;
  double least = NEAR;

  if (self->bins->len == 0)
    return;

  _ut_bin_plot_ensure_layout (self);
  bin = (int) floor ((x - self->left) / (self->right - self->left) * self->bins->len);
  bin = CLAMP (bin, 0, (int) self->bins->len - 1);
  for (guint i = 0; i < self->lines->len; i++)
    {
      double at_x, at_y;

      _ut_bin_plot_place (self, (guint) bin, i, &at_x, &at_y);
      if (hypot (at_x - x, at_y - y) < least)
        {
          least = hypot (at_x - x, at_y - y);
          line = (int) i;
        }
    }
  point_at (self, bin, line);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtBinPlot                *self)
{
  point_at (self, -1, -1);
}

static gboolean
activate (UtBinPlot *self)
{
  if (self->line < 0)
    return FALSE;

  g_signal_emit (self, signals[LINE_ACTIVATED], 0, (guint) self->line);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            UtBinPlot       *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  motion_cb (NULL, x, y, self);
  activate (self);
}

static gboolean
bin_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  UtBinPlot *self = UT_BIN_PLOT (widget);
  int step = g_variant_get_int32 (args);
  int next = self->bin < 0 ? (step > 0 ? 0 : (int) self->bins->len - 1) : self->bin + step;

  if (next < 0 || next >= (int) self->bins->len)
    return GDK_EVENT_PROPAGATE;
  point_at (self, next, self->line >= 0 ? self->line : self->current);
  return GDK_EVENT_STOP;
}

static gboolean
line_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtBinPlot *self = UT_BIN_PLOT (widget);
  gboolean up = g_variant_get_int32 (args) > 0;
  guint bin = (guint) MAX (self->bin, 0);
  int next = -1;

  if (self->bins->len == 0 || self->lines->len == 0)
    return GDK_EVENT_PROPAGATE;

  for (guint i = 0; i < self->lines->len; i++)
    {
      double value = get_strand (self, i)->values[bin];
      double here = self->line >= 0 ? get_strand (self, (guint) self->line)->values[bin] : NAN;
      double best = next >= 0 ? get_strand (self, (guint) next)->values[bin] : NAN;
      gboolean beyond = up ? value > here || (value == here && (int) i > self->line)
                           : value < here || (value == here && (int) i < self->line);

      if (isnan (value) || (!isnan (here) && !beyond))
        continue;
      if (next < 0 || (up ? value < best : value >= best))
        next = (int) i;
    }
  if (next >= 0)
    point_at (self, (int) bin, next);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  return activate (UT_BIN_PLOT (widget));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  UtBinPlot *self = UT_BIN_PLOT (widget);

  if (self->bin < 0)
    return GDK_EVENT_PROPAGATE;
  point_at (self, -1, -1);
  return GDK_EVENT_STOP;
}

/* ---- Widget ---- */

static void
ut_bin_plot_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 140;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 260;
}

static void
ut_bin_plot_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  UtBinPlot *self = UT_BIN_PLOT (widget);

  self->laid_out = FALSE;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

static void
colours_changed (UtBinPlot *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  invalidate (self);
}

static void
ut_bin_plot_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_bin_plot_parent_class)->css_changed (widget, change);
  UT_BIN_PLOT (widget)->laid_out = FALSE;
  colours_changed (UT_BIN_PLOT (widget));
}

static void
set_title (UtBinPlot    *self,
           char        **title,
           const GValue *value,
           GParamSpec   *pspec)
{
  const char *text = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";

  if (g_str_equal (*title, text))
    return;
  g_free (*title);
  *title = g_strdup (text);
  name (self);
  invalidate (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ut_bin_plot_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  UtBinPlot *self = UT_BIN_PLOT (object);

  switch ((UtBinPlotProperty) id)
    {
    case PROP_X_TITLE:
      set_title (self, &self->x_title, value, pspec);
      break;
    case PROP_Y_TITLE:
      set_title (self, &self->y_title, value, pspec);
      break;
    case PROP_BIN:
    case PROP_LINE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_bin_plot_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  UtBinPlot *self = UT_BIN_PLOT (object);

  switch ((UtBinPlotProperty) id)
    {
    case PROP_X_TITLE:
      g_value_set_string (value, self->x_title);
      break;
    case PROP_Y_TITLE:
      g_value_set_string (value, self->y_title);
      break;
    case PROP_BIN:
      g_value_set_int (value, self->bin);
      break;
    case PROP_LINE:
      g_value_set_int (value, self->line);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_bin_plot_dispose (GObject *object)
{
  UtBinPlot *self = UT_BIN_PLOT (object);

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  _ut_plot_inks_dispose (&self->inks);

  G_OBJECT_CLASS (ut_bin_plot_parent_class)->dispose (object);
}

static void
ut_bin_plot_finalize (GObject *object)
{
  UtBinPlot *self = UT_BIN_PLOT (object);

  g_free (self->x_title);
  g_free (self->y_title);
  g_array_unref (self->bins);
  g_array_unref (self->lines);

  G_OBJECT_CLASS (ut_bin_plot_parent_class)->finalize (object);
}

static void
bind (GtkWidgetClass      *klass,
      guint                key,
      guint                keypad,
      GtkShortcutFunc      callback,
      int                  step)
{
  gtk_widget_class_add_binding (klass, key, 0, callback, "i", step);
  gtk_widget_class_add_binding (klass, keypad, 0, callback, "i", step);
}

static void
ut_bin_plot_class_init (UtBinPlotClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags both = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_bin_plot_dispose;
  object_class->finalize = ut_bin_plot_finalize;
  object_class->get_property = ut_bin_plot_get_property;
  object_class->set_property = ut_bin_plot_set_property;
  widget_class->measure = ut_bin_plot_measure;
  widget_class->size_allocate = ut_bin_plot_size_allocate;
  widget_class->snapshot = ut_bin_plot_snapshot;
  widget_class->css_changed = ut_bin_plot_css_changed;
  widget_class->unmap = ut_bin_plot_unmap;

  /** UtBinPlot:x-title: what the bins are of. */
  properties[PROP_X_TITLE] = g_param_spec_string ("x-title", NULL, NULL, "", both);
  /** UtBinPlot:y-title: what the shares are of. */
  properties[PROP_Y_TITLE] = g_param_spec_string ("y-title", NULL, NULL, "", both);
  /** UtBinPlot:bin: the bin of the crosshair, -1 for none. */
  properties[PROP_BIN] = g_param_spec_int ("bin", NULL, NULL, -1, G_MAXINT, -1, readable);
  /** UtBinPlot:line: the line of the crosshair, -1 for none. */
  properties[PROP_LINE] = g_param_spec_int ("line", NULL, NULL, -1, G_MAXINT, -1, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /** UtBinPlot::line-activated: (line): a click on a line, or Return. */
  signals[LINE_ACTIVATED] = g_signal_new ("line-activated", UT_TYPE_BIN_PLOT, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  bind (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, bin_cb, -1);
  bind (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, bin_cb, 1);
  bind (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, line_cb, 1);
  bind (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, line_cb, -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "binplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_bin_plot_init (UtBinPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->x_title = g_strdup ("");
  self->y_title = g_strdup ("");
  self->bins = g_array_new (FALSE, TRUE, sizeof (UtBinPlace));
  g_array_set_clear_func (self->bins, clear_place);
  self->lines = g_array_new (FALSE, TRUE, sizeof (UtBinStrand));
  g_array_set_clear_func (self->lines, clear_strand);
  self->current = self->bin = self->line = -1;
  ut_plot_sheet_ensure (gtk_widget_get_display (GTK_WIDGET (self)));
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  describe (self);
}

GtkWidget *
ut_bin_plot_new (void)
{
  return g_object_new (UT_TYPE_BIN_PLOT, NULL);
}

void
ut_bin_plot_set_data (UtBinPlot       *self,
                      const UtBin     *bins,
                      guint            n_bins,
                      const UtBinLine *lines,
                      guint            n_lines,
                      int              current)
{
  g_return_if_fail (UT_IS_BIN_PLOT (self));
  g_return_if_fail (bins != NULL || n_bins == 0);
  g_return_if_fail (lines != NULL || n_lines == 0);
  g_return_if_fail (current < (int) n_lines);

  point_at (self, -1, -1);
  g_array_set_size (self->bins, 0);
  for (guint i = 0; i < n_bins; i++)
    {
      UtBinPlace place = { .title = g_strdup (bins[i].title), .n = bins[i].n };

      g_array_append_val (self->bins, place);
    }
  g_array_set_size (self->lines, 0);
  for (guint i = 0; i < n_lines; i++)
    {
      UtBinStrand strand = {
        .label = g_strdup (lines[i].label),
        .style = lines[i].style,
        .values = g_memdup2 (lines[i].values, n_bins * sizeof (double)),
        .lows = g_memdup2 (lines[i].lows, n_bins * sizeof (double)),
        .highs = g_memdup2 (lines[i].highs, n_bins * sizeof (double)),
      };

      g_array_append_val (self->lines, strand);
    }
  self->current = MAX (current, -1);
  self->laid_out = FALSE;
  describe (self);
  invalidate (self);
}

char *
ut_bin_plot_dup_reading (UtBinPlot *self)
{
  g_return_val_if_fail (UT_IS_BIN_PLOT (self), NULL);

  int line = self->line >= 0 ? self->line : self->current;

  if (self->bin < 0)
    return g_strdup ("");

  const UtBinPlace *place = get_place (self, (guint) self->bin);
  g_autoptr (GString) text = g_string_new (place->title);

  g_string_append_c (text, ' ');
  /* Translators: how many rows are in a bin. */
  g_string_append_printf (text, _("(n = %'zu)"), place->n);
  if (line >= 0)
    {
      const UtBinStrand *strand = get_strand (self, (guint) line);

      if (isnan (strand->values[self->bin]))
        g_string_append_printf (text, ": %s –", strand->label);
      else
        g_string_append_printf (text, ": %s %.3f (%.3f–%.3f)", strand->label,
                                strand->values[self->bin], strand->lows[self->bin],
                                strand->highs[self->bin]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
