/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-figure-private.h"

#include "ut-run-curves.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Points to the millimetre. */
#define POINTS (72 / 25.4)

/* So many names make a title. */
#define MAX_NAMES 20

/* Between two plots, in the size of the font. */
#define GAP 1.5

/* What bounds a file whatever the number of runs, points and millimetres: how many places all curves
 * are drawn at, and how many one of them is. */
#define MAX_PLACES 9600
#define MAX_COLUMNS 400

/* A snapshot of the runs */

static void
numbers_free (gpointer data)
{
  UtRunNumbers *numbers = data;

  g_free (numbers->name);
  g_free (numbers->points);
  g_free (numbers->epochs);
  g_free (numbers);
}

static UtRunNumbers *
numbers_new (UtRun *run)
{
  UtRunNumbers *self = g_new0 (UtRunNumbers, 1);
  const UtPoint *points = ut_run_get_points (run, &self->n_points);
  const UtEpoch *epochs = ut_run_get_epochs (run, &self->n_epochs);

  self->name = g_strdup (ut_run_get_name (run));
  self->points = g_memdup2 (points, self->n_points * sizeof *points);
  self->epochs = g_memdup2 (epochs, self->n_epochs * sizeof *epochs);
  return self;
}

/* The line of the commoner label is drawn where it is the same for all. */
static double
find_majority (GPtrArray *runs)
{
  double majority = NAN;

  for (guint i = 0; i < runs->len; i++)
    {
      guint8 label = 0;
      double value = ut_run_get_majority (g_ptr_array_index (runs, i), &label);

      if (i > 0 && value != majority)
        return NAN;
      majority = value;
    }
  return majority;
}

/* The oldest first: whoever names the runs, and in whatever order, gets the same figure. */
static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  UtRun *first = *(UtRun *const *) a;
  UtRun *second = *(UtRun *const *) b;

  if (ut_run_get_created (first) != ut_run_get_created (second))
    return ut_run_get_created (first) < ut_run_get_created (second) ? -1 : 1;
  return g_strcmp0 (ut_run_get_id (first), ut_run_get_id (second));
}

UtRunFigure *
ut_run_figure_new (GPtrArray  *runs,
                   UtRun      *current,
                   UtPlotView *view)
{
  g_return_val_if_fail (runs != NULL && UT_IS_PLOT_VIEW (view), NULL);

  UtRunFigure *self = g_atomic_rc_box_new0 (UtRunFigure);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  g_ptr_array_extend (sorted, runs, NULL, NULL);
  g_ptr_array_sort (sorted, compare_runs);

  g_mutex_init (&self->lock);
  for (guint i = 0; i < UT_RUN_FIGURE_N_PLOTS; i++)
    {
      ut_figure_options_init (&self->options[i]);
      ut_figure_options_take_view (&self->options[i], view, i);
      self->series[i] = g_ptr_array_new_with_free_func (g_object_unref);
    }
  /* Shares that are nearly one are not told apart by their ratios. */
  self->options[UT_RUN_CHANNEL_ACCURACY].y_log = FALSE;
  self->numbers = g_ptr_array_new_with_free_func (numbers_free);
  self->majority = find_majority (runs);
  for (guint i = 0; i < sorted->len; i++)
    {
      UtRun *run = g_ptr_array_index (sorted, i);

      ut_run_curves_freeze (run, run == current, self->series[UT_RUN_CHANNEL_LOSS],
                            self->series[UT_RUN_CHANNEL_ACCURACY]);
      g_ptr_array_add (self->numbers, numbers_new (run));
      self->date = MAX (self->date, ut_run_get_created (run));
    }
  return self;
}

UtRunFigure *
ut_run_figure_ref (UtRunFigure *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
figure_clear (gpointer data)
{
  UtRunFigure *self = data;

  for (guint i = 0; i < UT_RUN_FIGURE_N_PLOTS; i++)
    g_ptr_array_unref (self->series[i]);
  g_ptr_array_unref (self->numbers);
  g_mutex_clear (&self->lock);
}

void
ut_run_figure_unref (UtRunFigure *self)
{
  g_atomic_rc_box_release_full (self, figure_clear);
}

guint
ut_run_figure_get_n_runs (UtRunFigure *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->numbers->len;
}

char *
_ut_run_figure_dup_title (UtRunFigure *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->numbers->len, MAX_NAMES); i++)
    {
      const UtRunNumbers *run = g_ptr_array_index (self->numbers, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", run->name);
    }
  if (self->numbers->len > MAX_NAMES)
    g_string_append (names, ", …");
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Drawing */

/* A band has an upper and a lower edge beside the line; with many runs only one has a band. */
static guint
count_columns (UtRunFigure   *self,
               const UtPaper *paper)
{
  guint n_curves = self->numbers->len * (paper->what == UT_PAPER_BOTH ? 2 : 1);
  guint n_lines = self->numbers->len > UT_PLOT_MAX_LABELS ? 1 : 3;

  return MIN (MAX_COLUMNS, MAX_PLACES / MAX (n_curves * n_lines, 1));
}

static void
draw_plot (UtRunFigure   *self,
           guint          channel,
           const UtPaper *paper,
           cairo_t       *cr,
           double         width,
           double         height,
           int            scale)
{
  gboolean is_loss = channel == UT_RUN_CHANNEL_LOSS;
  GPtrArray *series = self->series[channel];
  UtFigureOptions options = self->options[channel];
  g_autofree char *reference = NULL;

  options.title = is_loss ? _("Loss") : _("Accuracy");
  options.x_title = C_("axis", "step");
  if (paper->grey)
    ut_plot_palette_init_grey (&options.palette);
  options.labels = paper->labels;
  options.line_width = paper->numbers[UT_PAPER_LINE_WIDTH];
  options.font_family = paper->font;
  options.font_size = paper->numbers[UT_PAPER_FONT_SIZE];
  options.n_columns = count_columns (self, paper);
  options.limit_low = 0;
  options.limit_high = is_loss ? NAN : 1;
  if (!is_loss && isfinite (self->majority))
    {
      reference = ut_verdict_dup_majority (self->majority);
      options.reference = self->majority;
      options.reference_label = reference;
    }
  ut_figure_draw ((UtPlotSeries *const *) series->pdata, series->len, &options, cr, width, height,
                  scale);
}

void
ut_run_figure_draw (UtRunFigure   *self,
                    const UtPaper *paper,
                    cairo_t       *cr,
                    int            scale)
{
  g_return_if_fail (self != NULL && paper != NULL && cr != NULL);

  double width = paper->numbers[UT_PAPER_WIDTH] * POINTS;
  double height = paper->numbers[UT_PAPER_HEIGHT] * POINTS;
  double gap = round (GAP * paper->numbers[UT_PAPER_FONT_SIZE]);
  gboolean wide = ut_paper_is_wide (paper);
  double plot_width = wide ? (width - gap) / 2 : width;

  g_mutex_lock (&self->lock);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (paper->what != UT_PAPER_ACCURACY)
    draw_plot (self, UT_RUN_CHANNEL_LOSS, paper, cr, plot_width, height, scale);
  if (wide)
    cairo_translate (cr, (width + gap) / 2, 0);
  else if (paper->what == UT_PAPER_BOTH)
    cairo_translate (cr, 0, height);
  if (paper->what != UT_PAPER_LOSS)
    draw_plot (self, UT_RUN_CHANNEL_ACCURACY, paper, cr, plot_width, height, scale);
  cairo_restore (cr);
  g_mutex_unlock (&self->lock);
}

cairo_surface_t *
ut_run_figure_draw_image (UtRunFigure   *self,
                          const UtPaper *paper,
                          int            width,
                          int            height)
{
  g_return_val_if_fail (self != NULL && paper != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  double scale_x = width / (paper->numbers[UT_PAPER_WIDTH] * POINTS);
  double scale_y = height / (ut_paper_get_height (paper) * POINTS);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale_x, scale_y);
  ut_run_figure_draw (self, paper, cr, MAX (1, (int) lround (scale_x)));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
