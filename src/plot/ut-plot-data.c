/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot"

#include "config.h"

#include "ut-plot-export-private.h"
#include "ut-plot-private.h"
#include "ut-plot-table-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Runs in a reading; nobody reads or hears more. */
#define MOST_TOLD 8

/* A sentence that grows curve by curve. */
typedef struct
{
  const UtPlotScene *scene;
  double             x;
  double             told; /* the last place that was told */
  GString           *text;
} Reading;

static void
read_curve (Reading           *self,
            const UtPlotCurve *curve,
            gboolean           named)
{
  gsize index = ut_decimate_find (curve->points->x, curve->n, self->x);
  double smoothing = self->scene->frame.smoothing;
  UtSpread mean = _ut_plot_curve_mean (curve, index, smoothing);
  double half
      = curve->halves != NULL ? curve->halves[index] : ut_band_half (&mean, curve->interval);
  g_autofree char *value = ut_ticks_format_value (mean.mean);

  if (named && *curve->name != '\0')
    g_string_append_printf (self->text, "%s ", curve->name);
  g_string_append (self->text, value);
  if (curve->n_members > 1)
    {
      g_autofree char *margin = ut_ticks_format_value (half);
      g_string_append_printf (self->text, " ± %s", margin);
    }
  if (curve->kind == UT_PLOT_SERIES_MARKS && curve->points->x[index] != self->told)
    {
      /* The value is of the nearest epoch. */
      self->told = curve->points->x[index];
      g_autofree char *place = _ut_plot_scene_dup_place (self->scene, self->told);
      g_string_append_printf (self->text, " (%s)", place);
    }
  else if (curve->kind == UT_PLOT_SERIES_DENSE && smoothing > 0 && self->scene->n_runs == 1
           && curve->n_members == 1)
    {
      g_autofree char *own = ut_ticks_format_value (curve->points->y[index]);
      g_string_append (self->text, ", ");
      /* Translators: the value of a single batch, beside the smoothed one. */
      g_string_append_printf (self->text, _("batch %s"), own);
    }
}

/* The curves of the run of the curve at (@from), which is its first, in the order of reading. */
static GPtrArray *
find_run (const UtPlotScene *scene,
          gsize              from)
{
  GPtrArray *run = g_ptr_array_new ();

  for (gsize i = from + 1; i > 0; i--)
    {
      UtPlotCurve *curve = &scene->curves[i - 1];
      if (curve->n > 0 && _ut_plot_curve_same_run (curve, &scene->curves[from]))
        g_ptr_array_add (run, curve);
    }
  return run;
}

static gboolean
same_names (GPtrArray *a,
            GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; i < a->len && same; i++)
    same = ((UtPlotCurve *) a->pdata[i])->name == ((UtPlotCurve *) b->pdata[i])->name;
  return same;
}

char *
ut_plot_dup_reading (UtPlot *self)
{
  g_return_val_if_fail (UT_IS_PLOT (self), NULL);

  double cursor = ut_plot_view_get_cursor (self->view);
  if (isnan (cursor))
    return g_strdup ("");
  const UtPlotScene *scene = _ut_plot_get_scene (self);
  g_autofree char *x = _ut_plot_scene_dup_place (scene, cursor);
  g_autoptr (GString) text = g_string_new (scene->x_title);
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, x);

  /* Run by run, the current one, which is drawn last, first. Its values are named, and those of a
   * run that has others. */
  Reading reading = { .scene = scene, .x = cursor, .told = cursor, .text = text };
  g_autoptr (GPtrArray) first = NULL;
  guint n_told = 0, n_more = 0;
  for (gsize i = scene->n_curves; i > 0; i--)
    {
      const UtPlotCurve *curve = &scene->curves[i - 1];
      gboolean told = curve->n == 0;
      for (gsize j = i; j < scene->n_curves && !told; j++)
        told = scene->curves[j].n > 0 && _ut_plot_curve_same_run (curve, &scene->curves[j]);
      if (told)
        continue;
      if (n_told == MOST_TOLD)
        {
          n_more++;
          continue;
        }
      n_told++;
      g_autoptr (GPtrArray) run = find_run (scene, i - 1);
      gboolean named = first == NULL || !same_names (run, first);
      g_string_append_printf (text, " · %s: ", curve->label);
      for (guint j = 0; j < run->len; j++)
        {
          g_string_append (text, j > 0 ? ", " : "");
          read_curve (&reading, run->pdata[j], named);
        }
      if (first == NULL)
        first = g_steal_pointer (&run);
    }
  if (n_more > 0)
    {
      g_string_append (text, " · ");
      /* Translators: runs that a reading leaves out. */
      g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "%u more run", "%u more runs", n_more), n_more);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_number (GString *text,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  /* Files are read by programs: NaN is an empty field. */
  if (!isnan (value))
    g_string_append (text, g_ascii_dtostr (buffer, sizeof buffer, value));
}

char *
ut_plot_dup_tsv (UtPlot *self)
{
  g_return_val_if_fail (UT_IS_PLOT (self), NULL);

  g_autoptr (UtPlotTable) table = _ut_plot_table_new (self);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_columns = _ut_plot_table_get_n_columns (table);

  for (guint column = 0; column < n_columns; column++)
    {
      g_autofree char *title = _ut_plot_table_dup_title (table, column);
      g_string_append (text, column > 0 ? "\t" : "");
      g_string_append (text, g_strdelimit (title, "\t\r\n", ' '));
    }
  g_string_append_c (text, '\n');
  for (guint row = 0; row < g_list_model_get_n_items (G_LIST_MODEL (table)); row++)
    {
      for (guint column = 0; column < n_columns; column++)
        {
          g_string_append (text, column > 0 ? "\t" : "");
          append_number (text, _ut_plot_table_get_value (table, row, column));
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_quoted (GString    *text,
               const char *field)
{
  g_string_append_c (text, '"');
  for (const char *c = field; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

char *
ut_plot_dup_csv (UtPlot *self)
{
  g_return_val_if_fail (UT_IS_PLOT (self), NULL);

  g_autoptr (GString) text = g_string_new ("run,series,x,y\n");
  for (guint i = 0; i < self->board.entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (&self->board, i);
      const double *x = NULL, *y = NULL;
      gsize n = ut_plot_series_get_points (entry->series, &x, &y);
      for (gsize j = 0; j < n && ut_plot_series_get_shown (entry->series); j++)
        {
          append_quoted (text, ut_plot_series_get_label (entry->series));
          g_string_append_c (text, ',');
          append_quoted (text, ut_plot_series_get_name (entry->series));
          g_string_append_c (text, ',');
          append_number (text, x[j]);
          g_string_append_c (text, ',');
          append_number (text, y[j]);
          g_string_append_c (text, '\n');
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
ut_plot_render (UtPlot  *self,
                cairo_t *cr,
                int      width,
                int      height,
                int      scale)
{
  g_return_if_fail (UT_IS_PLOT (self));
  g_return_if_fail (cr != NULL && width > 0 && height > 0);

  UtFigureOptions options;
  _ut_plot_fill_options (self, &options);
  _ut_plot_board_render (&self->board, &options, gtk_widget_get_pango_context (GTK_WIDGET (self)),
                         cr, width, height, scale);
}

void
ut_plot_copy (UtPlot *self)
{
  g_return_if_fail (UT_IS_PLOT (self));

  cairo_surface_t *surface = _ut_plot_draw_image (self);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes
      = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) height);
  g_autoptr (GdkTexture) texture
      = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  cairo_surface_destroy (surface);
  g_autofree char *tsv = ut_plot_dup_tsv (self);
  g_autoptr (GBytes) svg = _ut_plot_export (self, UT_PLOT_FORMAT_SVG);
  /* A program takes what it likes best: lines, pixels or numbers. */
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_for_bytes ("image/svg+xml", svg),
    gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture),
    gdk_content_provider_new_typed (G_TYPE_STRING, tsv),
  };
  g_autoptr (GdkContentProvider) all
      = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), all);
}
