/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-board-private.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
entry_free (gpointer data)
{
  UtPlotEntry *entry = data;
  g_clear_object (&entry->series);
  ut_decimator_clear (&entry->decimator);
  g_free (entry);
}

void
_ut_plot_board_init (UtPlotBoard *self)
{
  *self = (UtPlotBoard) { .full_low = NAN, .full_high = NAN, .live = NAN };
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

void
_ut_plot_board_clear (UtPlotBoard *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

void
_ut_plot_board_insert (UtPlotBoard  *self,
                       guint         index,
                       UtPlotSeries *series)
{
  UtPlotEntry *entry = g_new0 (UtPlotEntry, 1);
  entry->series = g_object_ref (series);
  g_ptr_array_insert (self->entries, (int) index, entry);
}

void
_ut_plot_board_remove (UtPlotBoard *self,
                       guint        index)
{
  g_ptr_array_remove_index (self->entries, index);
}

UtPlotEntry *
_ut_plot_board_get (UtPlotBoard *self,
                    guint        index)
{
  return g_ptr_array_index (self->entries, index);
}

UtPlotEntry *
_ut_plot_board_find (UtPlotBoard   *self,
                     gconstpointer  series)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (_ut_plot_board_get (self, i)->series == series)
      return _ut_plot_board_get (self, i);
  return NULL;
}

/* ---- Ranges ---- */

static gboolean
same_run (UtPlotSeries *a,
          UtPlotSeries *b)
{
  return ut_plot_series_get_style (a) == ut_plot_series_get_style (b)
         && g_str_equal (ut_plot_series_get_label (a), ut_plot_series_get_label (b));
}

static gboolean
is_drawn (UtPlotEntry *entry,
          UtPlotAxis   axis)
{
  return ut_plot_series_get_shown (entry->series)
         && _ut_plot_series_peek (entry->series, axis, NULL, NULL) > 0;
}

static gboolean
same_group (UtPlotSeries *a,
            UtPlotSeries *b)
{
  /* Keys and names are interned. */
  return ut_plot_series_get_group (a) != NULL
         && ut_plot_series_get_group (a) == ut_plot_series_get_group (b)
         && ut_plot_series_get_name (a) == ut_plot_series_get_name (b)
         && ut_plot_series_get_kind (a) == ut_plot_series_get_kind (b);
}

/* Which series are one line. */
static void
find_groups (UtPlotBoard           *self,
             const UtFigureOptions *options)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      entry->leader = i;
      entry->size = 0;
      entry->current = entry->live = FALSE;
      if (!is_drawn (entry, options->axis))
        continue;
      for (guint j = 0; j < i && options->spread != UT_PLOT_SPREAD_RUNS; j++)
        if (_ut_plot_board_get (self, j)->size > 0
            && same_group (_ut_plot_board_get (self, j)->series, entry->series))
          {
            entry->leader = j;
            break;
          }
      UtPlotEntry *leader = _ut_plot_board_get (self, entry->leader);
      leader->size++;
      leader->current = leader->current || ut_plot_series_get_current (entry->series);
      leader->live = leader->live || ut_plot_series_get_live (entry->series);
    }
}

/* Of lines, after find_groups(). */
static guint
count_runs (UtPlotBoard *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      gboolean known = entry->size == 0;
      for (guint j = 0; j < i && !known; j++)
        {
          UtPlotEntry *other = _ut_plot_board_get (self, j);
          known = other->size > 0 && same_run (other->series, entry->series);
        }
      n += known ? 0 : 1;
    }
  return n;
}

void
_ut_plot_board_extend_y (UtPlotBoard           *self,
                         const UtFigureOptions *options,
                         UtPlotEntry           *entry)
{
  const double *x = NULL, *y = NULL;
  gsize n = _ut_plot_series_peek (entry->series, options->axis, &x, &y);
  gboolean grouped = _ut_plot_board_get (self, entry->leader)->size > 1;
  /* Values whose band is not drawn must not make room for themselves. */
  gboolean smoothed
      = ((self->crowded && !ut_plot_series_get_current (entry->series)) || grouped)
        && ut_plot_series_get_kind (entry->series) == UT_PLOT_SERIES_DENSE;
  gsize from = smoothed ? entry->seen : MAX (entry->seen, ut_decimate_lower (x, n, self->x_low));

  if (entry->seen == 0)
    ut_smooth_init (&entry->smooth, options->smoothing);
  /* Many points: what the loop needs stays in registers. */
  UtSmooth smooth = entry->smooth;
  double x_low = self->x_low, x_high = self->x_high;
  double least = options->y_log ? DBL_TRUE_MIN : -DBL_MAX;
  double low = self->y_low, high = self->y_high;
  for (gsize i = from; i < n && x[i] <= x_high; i++)
    {
      double value = smoothed ? ut_smooth_next (&smooth, y[i]) : y[i];
      /* NaN is neither; infinity is not within. */
      if (value >= least && value <= DBL_MAX && x[i] >= x_low)
        {
          if (!(value >= low))
            low = value;
          if (!(value <= high))
            high = value;
        }
    }
  entry->smooth = smooth;
  self->y_low = low;
  self->y_high = high;
  entry->seen = n;
}

/* The next stop of an axis whose data grow. */
static double
run_ahead (double value)
{
  static const double stops[] = { 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 };
  if (!(value > 0))
    return value;
  double power = pow (10, floor (log10 (value)));
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    if (value <= stops[i] * power)
      return stops[i] * power;
  return 10 * power;
}

void
_ut_plot_board_update_x (UtPlotBoard *self,
                         UtPlotAxis   axis)
{
  double low = NAN, high = NAN, live = NAN;

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      const double *x = NULL;
      gsize n = _ut_plot_series_peek (entry->series, axis, &x, NULL);
      if (!is_drawn (entry, axis))
        continue;
      if (isfinite (x[0]) && !(x[0] >= low))
        low = x[0];
      if (isfinite (x[n - 1]) && !(x[n - 1] <= high))
        high = x[n - 1];
      if (ut_plot_series_get_live (entry->series) && !(x[n - 1] <= live))
        live = x[n - 1];
    }
  /* Steps count from 1, and a run that has just begun should not fill the width. */
  if (low > 0 && (low == high || low <= high / 2))
    low = 0;
  if (live >= high)
    high = run_ahead (live);
  if (low != self->full_low || high != self->full_high)
    self->range_valid = FALSE;
  self->full_low = low;
  self->full_high = high;
  self->live = live;
}

void
_ut_plot_board_invalidate (UtPlotBoard *self)
{
  self->range_valid = FALSE;
}

void
_ut_plot_board_ensure_range (UtPlotBoard           *self,
                             const UtFigureOptions *options)
{
  _ut_plot_board_update_x (self, options->axis);
  if (self->range_valid)
    return;

  self->range_valid = TRUE;
  find_groups (self, options);
  self->crowded = count_runs (self) > UT_PLOT_MAX_LABELS;
  UtScale scale;
  ut_scale_init (&scale, isnan (options->x_low) ? self->full_low : options->x_low,
                 isnan (options->x_high) ? self->full_high : options->x_high, 0, 1, FALSE);
  self->x_low = scale.low;
  self->x_high = scale.high;
  self->y_low = self->y_high = NAN;
  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      entry->seen = 0;
      if (ut_plot_series_get_shown (entry->series))
        _ut_plot_board_extend_y (self, options, entry);
    }
  if (isfinite (options->reference) && (!options->y_log || options->reference > 0))
    {
      if (!(options->reference >= self->y_low))
        self->y_low = options->reference;
      if (!(options->reference <= self->y_high))
        self->y_high = options->reference;
    }
}

/* ---- Scene ---- */

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const UtPlotMember *one = a, *other = b;
  return (one->n < other->n) - (one->n > other->n);
}

/* The mean by epoch. */
static void
average_marks (UtPlotCurve *curve)
{
  gsize end = 0;
  curve->first = G_MAXUINT;
  for (gsize i = 0; i < curve->n_members; i++)
    {
      curve->first = MIN (curve->first, curve->members[i].first);
      end = MAX (end, curve->members[i].first + curve->members[i].n);
    }

  curve->n = end - curve->first;
  curve->points = _ut_plot_points_new (curve->n);
  curve->halves = g_new (double, curve->n);
  g_autofree double *x = g_new (double, curve->n_members);
  g_autofree double *y = g_new (double, curve->n_members);
  for (gsize epoch = 0; epoch < curve->n; epoch++)
    {
      UtSpread place, mean;
      for (gsize i = 0; i < curve->n_members; i++)
        {
          const UtPlotMember *member = &curve->members[i];
          gsize at = curve->first + epoch - member->first;
          gboolean has = curve->first + epoch >= member->first && at < member->n;
          x[i] = has ? member->points->x[at] : NAN;
          y[i] = has ? member->points->y[at] : NAN;
        }
      ut_spread_init (&place, x, curve->n_members);
      ut_spread_init (&mean, y, curve->n_members);
      /* An epoch that nobody has stands where the one before is: x ascend. */
      curve->points->x[epoch]
          = isnan (place.mean) && epoch > 0 ? curve->points->x[epoch - 1] : place.mean;
      curve->points->y[epoch] = mean.mean;
      curve->halves[epoch] = ut_band_half (&mean, curve->interval);
    }
}

/* The oldest run, whose style is the least, stands for its group. */
static UtPlotSeries *
find_first (UtPlotBoard *self,
            guint        index)
{
  UtPlotSeries *first = _ut_plot_board_get (self, index)->series;

  for (guint i = index + 1; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      if (entry->leader == index
          && ut_plot_series_get_style (entry->series) < ut_plot_series_get_style (first))
        first = entry->series;
    }
  return first;
}

static void
fill_curve (UtPlotBoard           *self,
            const UtFigureOptions *options,
            guint                  index,
            UtPlotCurve           *curve)
{
  const UtPlotEntry *leader = _ut_plot_board_get (self, index);
  UtPlotSeries *series = find_first (self, index);

  *curve = (UtPlotCurve) {
    .series = series,
    .position = index,
    .kind = ut_plot_series_get_kind (series),
    .style = ut_plot_series_get_style (series),
    .current = leader->size > 0 ? leader->current : ut_plot_series_get_current (leader->series),
    .live = leader->size > 0 ? leader->live : ut_plot_series_get_live (leader->series),
    .interval = options->spread == UT_PLOT_SPREAD_INTERVAL,
    .best = leader->size > 1 ? -1 : ut_plot_series_get_best (leader->series),
    .label = g_strdup (ut_plot_series_get_label (series)),
    .name = ut_plot_series_get_name (series),
    .members = g_new0 (UtPlotMember, MAX (leader->size, 1)),
  };
  for (guint i = index; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      if (entry->leader != index || (i != index && !is_drawn (entry, options->axis)))
        continue;
      UtPlotMember *member = &curve->members[curve->n_members++];
      member->series = entry->series;
      member->first = ut_plot_series_get_first_epoch (entry->series);
      member->points = _ut_plot_series_ref_points (entry->series, options->axis, &member->n);
    }
  if (curve->n_members > 1 && curve->kind == UT_PLOT_SERIES_MARKS)
    {
      average_marks (curve);
      return;
    }
  /* The longest is where the mean has points. */
  if (curve->n_members > 1)
    qsort (curve->members, curve->n_members, sizeof *curve->members, compare_lengths);
  curve->points = _ut_plot_points_ref (curve->members[0].points);
  curve->n = curve->members[0].n;
  curve->first = curve->members[0].first;
}

/* What the names of the members have in common, without their numbers: "GRU" of "GRU 1" and
 * "GRU 2". */
static char *
dup_common_label (UtPlotBoard *self,
                  guint        index)
{
  g_autofree char *common
      = g_strdup (ut_plot_series_get_label (_ut_plot_board_get (self, index)->series));

  for (guint i = index + 1; i < self->entries->len; i++)
    if (_ut_plot_board_get (self, i)->leader == index)
      {
        const char *other = ut_plot_series_get_label (_ut_plot_board_get (self, i)->series);
        gsize n = 0;
        while (common[n] != '\0' && common[n] == other[n])
          n++;
        common[n] = '\0';
      }
  const char *end = NULL;
  if (!g_utf8_validate (common, -1, &end))
    common[end - common] = '\0';
  gsize n = strlen (common);
  while (n > 0 && strchr (" 0123456789,;:-(", common[n - 1]) != NULL)
    n--;
  common[n] = '\0';
  return n > 0 ? g_steal_pointer (&common)
               : g_strdup (ut_plot_series_get_label (_ut_plot_board_get (self, index)->series));
}

static gboolean
is_told_apart (const UtPlotScene *scene,
               char             **labels,
               gsize              index)
{
  for (gsize i = 0; i < scene->n_curves; i++)
    if (i != index && labels[i] != NULL && scene->curves[i].style != scene->curves[index].style
        && g_str_equal (labels[i], labels[index]))
      return FALSE;
  return TRUE;
}

/* "GRU, mean of 5"; where two groups would have the same name, with that of their first run. */
static void
name_groups (UtPlotBoard *self,
             UtPlotScene *scene)
{
  g_auto (GStrv) labels = g_new0 (char *, scene->n_curves + 1);
  gboolean any = FALSE;

  for (gsize i = 0; i < scene->n_curves; i++)
    {
      labels[i] = scene->curves[i].n_members > 1
                      ? dup_common_label (self, scene->curves[i].position)
                      : g_strdup (scene->curves[i].label);
      any = any || scene->curves[i].n_members > 1;
    }
  for (gsize i = 0; i < scene->n_curves && any; i++)
    {
      UtPlotCurve *curve = &scene->curves[i];
      if (curve->n_members <= 1)
        continue;
      const char *name = is_told_apart (scene, labels, i) ? labels[i] : curve->label;
      /* Translators: the name of runs that differ in the seed only, and how many there are. */
      char *label = g_strdup_printf (_("%s, mean of %u"), name, (guint) curve->n_members);
      g_free (curve->label);
      curve->label = label;
    }
}

static const char *
title_of_axis (const UtFigureOptions *options)
{
  if (options->x_title == NULL || options->axis == UT_PLOT_AXIS_STEP)
    return options->x_title;
  return options->axis == UT_PLOT_AXIS_EPOCH ? C_("axis", "epoch") : C_("axis", "time");
}

UtPlotScene *
_ut_plot_board_collect (UtPlotBoard           *self,
                        const UtFigureOptions *options)
{
  gsize n = 0;

  find_groups (self, options);
  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      n += entry->leader == i && ut_plot_series_get_shown (entry->series) ? 1 : 0;
    }

  UtPlotScene *scene = _ut_plot_scene_new (n);
  gsize at = 0;
  gsize points = 0;
  for (int current = 0; current < 2; current++)
    for (guint i = 0; i < self->entries->len; i++)
      {
        UtPlotEntry *entry = _ut_plot_board_get (self, i);
        gboolean is_current
            = entry->size > 0 ? entry->current : ut_plot_series_get_current (entry->series);
        if (entry->leader == i && ut_plot_series_get_shown (entry->series)
            && is_current == current)
          {
            fill_curve (self, options, i, &scene->curves[at]);
            points += scene->curves[at].n;
            at++;
          }
      }
  name_groups (self, scene);
  scene->n_runs = count_runs (self);
  gboolean any_current = n > 0 && scene->curves[n - 1].current;
  for (gsize i = 0; i < n; i++)
    scene->curves[i].faded
        = any_current && scene->n_runs > UT_PLOT_MAX_LABELS && !scene->curves[i].current;
  scene->empty = points == 0;
  scene->axis = options->axis;
  scene->palette = options->palette;
  scene->labels = options->labels;
  scene->title = g_strdup (options->title);
  scene->x_title = g_strdup (title_of_axis (options));
  scene->reference = options->reference;
  scene->reference_label = g_strdup (options->reference_label);
  return scene;
}

UtDecimator *
_ut_plot_board_get_decimator (UtPlotBoard   *self,
                              gconstpointer  series)
{
  UtPlotEntry *entry = _ut_plot_board_find (self, series);
  guint clock = _ut_plot_series_get_clock_serial (entry->series);

  /* Columns of another clock have points in other places. */
  if (entry->clock != clock)
    ut_decimator_clear (&entry->decimator);
  entry->clock = clock;
  return &entry->decimator;
}

UtPlotScene *
_ut_plot_board_make_scene (UtPlotBoard           *self,
                           const UtFigureOptions *options,
                           PangoContext          *context,
                           int                    width,
                           int                    height,
                           int                    scale,
                           gboolean               with_title)
{
  _ut_plot_board_ensure_range (self, options);
  UtPlotScene *scene = _ut_plot_board_collect (self, options);
  gboolean fixed = options->y_low < options->y_high;
  scene->frame.width = width;
  scene->frame.height = height;
  scene->frame.scale = MAX (scale, 1);
  scene->frame.max_columns = options->n_columns;
  scene->frame.line_width = options->line_width;
  scene->frame.unit = options->font_size / UT_PLOT_FONT_SIZE;
  scene->frame.smoothing = options->smoothing;
  scene->frame.y_fixed = fixed;
  _ut_plot_text_arrange (scene, context, with_title, self->x_low, self->x_high,
                         fixed ? options->y_low : self->y_low,
                         fixed ? options->y_high : self->y_high, options->y_log,
                         options->limit_low, options->limit_high);
  return scene;
}

void
_ut_plot_board_render (UtPlotBoard           *self,
                       const UtFigureOptions *options,
                       PangoContext          *context,
                       cairo_t               *cr,
                       int                    width,
                       int                    height,
                       int                    scale)
{
  g_autoptr (UtPlotScene) scene
      = _ut_plot_board_make_scene (self, options, context, width, height, scale, TRUE);

  cairo_save (cr);
  ut_colour_set_source (&scene->palette.ground, cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  _ut_plot_draw_grid (cr, scene);
  _ut_plot_draw_curves (cr, scene, FALSE);
  _ut_plot_draw_curves (cr, scene, TRUE);
  _ut_plot_text_draw (cr, context, scene, TRUE);
  cairo_restore (cr);
}
