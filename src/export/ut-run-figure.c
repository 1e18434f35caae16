/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-figure-private.h"

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
curve_free (gpointer data)
{
  UtRunCurve *curve = data;

  g_free (curve->name);
  g_free (curve->points);
  g_free (curve->epochs);
  g_free (curve);
}

static UtRunCurve *
curve_new (UtRun    *run,
           gboolean  current)
{
  UtRunCurve *self = g_new0 (UtRunCurve, 1);
  const UtPoint *points = ut_run_get_points (run, &self->n_points);
  const UtEpoch *epochs = ut_run_get_epochs (run, &self->n_epochs);

  self->name = g_strdup (ut_run_get_name (run));
  self->style = ut_run_get_style (run);
  self->current = current;
  self->points = g_memdup2 (points, self->n_points * sizeof *points);
  self->epochs = g_memdup2 (epochs, self->n_epochs * sizeof *epochs);
  self->best = ut_epochs_find_best (epochs, self->n_epochs);
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

/* What @view shows, in plots of @channel. */
static void
take_view (UtFigureOptions *options,
           UtPlotView      *view,
           guint            channel)
{
  UtPlotRange x = ut_plot_view_get_x (view);
  UtPlotRange y = ut_plot_view_get_y (view, channel);

  ut_figure_options_init (options);
  options->smoothing = ut_plot_view_get_smoothing (view);
  options->x_low = x.low;
  options->x_high = x.high;
  options->y_low = y.low;
  options->y_high = y.high;
  options->y_log = ut_plot_view_get_y_log (view);
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

  take_view (&self->loss, view, UT_RUN_CHANNEL_LOSS);
  take_view (&self->accuracy, view, UT_RUN_CHANNEL_ACCURACY);
  /* Shares that are nearly one are not told apart by their ratios. */
  self->accuracy.y_log = FALSE;
  self->curves = g_ptr_array_new_with_free_func (curve_free);
  self->majority = find_majority (runs);
  for (guint i = 0; i < sorted->len; i++)
    {
      UtRun *run = g_ptr_array_index (sorted, i);

      g_ptr_array_add (self->curves, curve_new (run, run == current));
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

  g_ptr_array_unref (self->curves);
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

  return self->curves->len;
}

char *
_ut_run_figure_dup_title (UtRunFigure *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->curves->len, MAX_NAMES); i++)
    {
      const UtRunCurve *curve = g_ptr_array_index (self->curves, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", curve->name);
    }
  if (self->curves->len > MAX_NAMES)
    g_string_append (names, ", …");
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Drawing */

typedef double (*Measure) (const UtRunCurve *curve, gsize index);

static double
get_loss (const UtRunCurve *curve,
          gsize             index)
{
  return curve->points[index].loss;
}

static double
get_accuracy (const UtRunCurve *curve,
              gsize             index)
{
  return curve->points[index].accuracy;
}

static double
get_val_loss (const UtRunCurve *curve,
              gsize             index)
{
  return curve->epochs[index].val_loss;
}

static double
get_val_accuracy (const UtRunCurve *curve,
                  gsize             index)
{
  return curve->epochs[index].val_accuracy;
}

/* What one plot of the figure is about. */
typedef struct
{
  Measure per_batch;
  Measure per_epoch;
  double  lowest;
  double  highest; /* NaN for no limit */
} Subject;

static const Subject loss_subject = { get_loss, get_val_loss, 0, NAN };
static const Subject accuracy_subject = { get_accuracy, get_val_accuracy, 0, 1 };

static UtPlotSeries *
series_new (const UtRunCurve *curve,
            UtPlotSeriesKind  kind,
            Measure           measure)
{
  gboolean dense = kind == UT_PLOT_SERIES_DENSE;
  gsize n = dense ? curve->n_points : curve->n_epochs;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  UtPlotSeries *series = ut_plot_series_new (kind, curve->name,
                                             dense ? C_ ("curve", "training")
                                                   : C_ ("curve", "validation"),
                                             curve->style);

  for (gsize i = 0; i < n; i++)
    {
      x[i] = (double) (dense ? curve->points[i].step : curve->epochs[i].step);
      y[i] = measure (curve, i);
    }
  ut_plot_series_append (series, x, y, n);
  ut_plot_series_set_current (series, curve->current);
  ut_plot_series_set_best (series, dense ? -1 : curve->best);
  return series;
}

static GPtrArray *
make_series (UtRunFigure   *self,
             const Subject *subject)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->curves->len; i++)
    {
      const UtRunCurve *curve = g_ptr_array_index (self->curves, i);

      g_ptr_array_add (list, series_new (curve, UT_PLOT_SERIES_DENSE, subject->per_batch));
      g_ptr_array_add (list, series_new (curve, UT_PLOT_SERIES_MARKS, subject->per_epoch));
    }
  return list;
}

/* A band has an upper and a lower edge beside the line; with many runs only one has a band. */
static guint
count_columns (UtRunFigure   *self,
               const UtPaper *paper)
{
  guint n_curves = self->curves->len * (paper->what == UT_PAPER_BOTH ? 2 : 1);
  guint n_lines = self->curves->len > UT_PLOT_MAX_LABELS ? 1 : 3;

  return MIN (MAX_COLUMNS, MAX_PLACES / MAX (n_curves * n_lines, 1));
}

static void
draw_plot (UtRunFigure   *self,
           const Subject *subject,
           const UtPaper *paper,
           cairo_t       *cr,
           double         width,
           double         height,
           int            scale)
{
  gboolean is_loss = subject == &loss_subject;
  g_autoptr (GPtrArray) series = make_series (self, subject);
  g_autofree char *reference = NULL;
  UtFigureOptions options = is_loss ? self->loss : self->accuracy;

  options.title = is_loss ? _("Loss") : _("Accuracy");
  options.x_title = C_ ("axis", "step");
  if (paper->grey)
    ut_plot_palette_init_grey (&options.palette);
  options.labels = paper->labels;
  options.line_width = paper->numbers[UT_PAPER_LINE_WIDTH];
  options.font_family = paper->font;
  options.font_size = paper->numbers[UT_PAPER_FONT_SIZE];
  options.n_columns = count_columns (self, paper);
  options.limit_low = subject->lowest;
  options.limit_high = subject->highest;
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

  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (paper->what != UT_PAPER_ACCURACY)
    draw_plot (self, &loss_subject, paper, cr, wide ? (width - gap) / 2 : width, height, scale);
  if (wide)
    cairo_translate (cr, (width + gap) / 2, 0);
  else if (paper->what == UT_PAPER_BOTH)
    cairo_translate (cr, 0, height);
  if (paper->what != UT_PAPER_LOSS)
    draw_plot (self, &accuracy_subject, paper, cr, wide ? (width - gap) / 2 : width, height, scale);
  cairo_restore (cr);
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
