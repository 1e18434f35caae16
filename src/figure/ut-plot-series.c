/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-series"

#include "config.h"

#include "ut-plot-series-private.h"

#include <math.h>
#include <string.h>

/* The first storage; later ones double. */
#define FIRST_CAPACITY 256

/* A step, and what it is on each axis. */
typedef struct
{
  double at[UT_PLOT_AXIS_TIME + 1];
} Knot;

struct _UtPlotSeries
{
  GObject           parent_instance;

  UtPlotSeriesKind  kind;
  char             *label;  /* (owned) (not nullable) */
  const char       *name;   /* interned */
  guint             style;
  gboolean          shown;
  gboolean          current;
  gboolean          live;
  gint64            best;
  guint             first_epoch;

  const char       *group;  /* interned, or NULL */

  UtPlotPoints     *points; /* (owned) (not nullable) */
  gsize             n_points;

  GArray           *clock;  /* (owned) (nullable) (element-type Knot) */
  guint             clock_serial;
  UtPlotPoints     *mapped; /* (owned) (nullable): the points on another axis */
  UtPlotAxis        mapped_axis;
  gsize             n_mapped;
};

G_DEFINE_FINAL_TYPE (UtPlotSeries, ut_plot_series, G_TYPE_OBJECT)

typedef enum
{
  PROP_LABEL = 1,
  PROP_STYLE,
  PROP_SHOWN,
  PROP_CURRENT,
  PROP_LIVE,
  PROP_BEST,
} UtPlotSeriesProperty;

static GParamSpec *properties[PROP_BEST + 1];
static guint changed_signal;

UtPlotPoints *
_ut_plot_points_new (gsize capacity)
{
  UtPlotPoints *points = g_atomic_rc_box_new (UtPlotPoints);
  points->capacity = capacity;
  points->x = g_new (double, capacity);
  points->y = g_new (double, capacity);
  points->base = NULL;
  return points;
}

static void
points_clear (gpointer data)
{
  UtPlotPoints *points = data;
  g_free (points->x);
  if (points->base == NULL)
    g_free (points->y);
  g_clear_pointer (&points->base, _ut_plot_points_unref);
}

UtPlotPoints *
_ut_plot_points_ref (UtPlotPoints *points)
{
  return g_atomic_rc_box_acquire (points);
}

void
_ut_plot_points_unref (UtPlotPoints *points)
{
  g_atomic_rc_box_release_full (points, points_clear);
}

static void
emit (UtPlotSeries         *self,
      UtPlotSeriesProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  g_signal_emit (self, changed_signal, 0);
}

static void
ut_plot_series_finalize (GObject *object)
{
  UtPlotSeries *self = UT_PLOT_SERIES (object);

  g_clear_pointer (&self->mapped, _ut_plot_points_unref);
  g_clear_pointer (&self->points, _ut_plot_points_unref);
  g_clear_pointer (&self->clock, g_array_unref);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (ut_plot_series_parent_class)->finalize (object);
}

static void
ut_plot_series_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtPlotSeries *self = UT_PLOT_SERIES (object);

  switch ((UtPlotSeriesProperty) id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_STYLE:
      g_value_set_uint (value, self->style);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, self->shown);
      break;
    case PROP_CURRENT:
      g_value_set_boolean (value, self->current);
      break;
    case PROP_LIVE:
      g_value_set_boolean (value, self->live);
      break;
    case PROP_BEST:
      g_value_set_int64 (value, self->best);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_series_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtPlotSeries *self = UT_PLOT_SERIES (object);

  switch ((UtPlotSeriesProperty) id)
    {
    case PROP_LABEL:
      ut_plot_series_set_label (self, g_value_get_string (value));
      break;
    case PROP_SHOWN:
      ut_plot_series_set_shown (self, g_value_get_boolean (value));
      break;
    case PROP_CURRENT:
      ut_plot_series_set_current (self, g_value_get_boolean (value));
      break;
    case PROP_LIVE:
      ut_plot_series_set_live (self, g_value_get_boolean (value));
      break;
    case PROP_BEST:
      ut_plot_series_set_best (self, g_value_get_int64 (value));
      break;
    case PROP_STYLE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_series_class_init (UtPlotSeriesClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ut_plot_series_finalize;
  object_class->get_property = ut_plot_series_get_property;
  object_class->set_property = ut_plot_series_set_property;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", flags);
  properties[PROP_STYLE] = g_param_spec_uint ("style", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, flags);
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  properties[PROP_LIVE] = g_param_spec_boolean ("live", NULL, NULL, FALSE, flags);
  properties[PROP_BEST] = g_param_spec_int64 ("best", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtPlotSeries::changed:
   *
   * Points were appended or a property changed.
   */
  changed_signal = g_signal_new ("changed", UT_TYPE_PLOT_SERIES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
ut_plot_series_init (UtPlotSeries *self)
{
  self->label = g_strdup ("");
  self->shown = TRUE;
  self->best = -1;
  self->first_epoch = 1;
  self->points = _ut_plot_points_new (FIRST_CAPACITY);
}

UtPlotSeries *
ut_plot_series_new (UtPlotSeriesKind  kind,
                    const char       *label,
                    const char       *name,
                    guint             style)
{
  UtPlotSeries *self = g_object_new (UT_TYPE_PLOT_SERIES, NULL);

  self->kind = kind;
  self->name = g_intern_string (name != NULL ? name : "");
  self->style = style;
  g_free (self->label);
  self->label = g_strdup (label != NULL ? label : "");
  return self;
}

void
ut_plot_series_append (UtPlotSeries *self,
                       const double *x,
                       const double *y,
                       gsize         n)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));
  g_return_if_fail ((x != NULL && y != NULL) || n == 0);

  gsize total = 0;
  if (n == 0)
    return;
  if (!g_size_checked_add (&total, self->n_points, n) || total > G_MAXSIZE / 4 / sizeof (double))
    g_error ("%" G_GSIZE_FORMAT " points do not fit into memory", n);

  if (total > self->points->capacity)
    {
      UtPlotPoints *points = _ut_plot_points_new (MAX (total, 2 * self->points->capacity));
      memcpy (points->x, self->points->x, self->n_points * sizeof (double));
      memcpy (points->y, self->points->y, self->n_points * sizeof (double));
      _ut_plot_points_unref (self->points);
      self->points = points;
    }
  memcpy (self->points->x + self->n_points, x, n * sizeof (double));
  memcpy (self->points->y + self->n_points, y, n * sizeof (double));
  self->n_points = total;
  g_signal_emit (self, changed_signal, 0);
}

UtPlotSeriesKind
ut_plot_series_get_kind (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), UT_PLOT_SERIES_DENSE);
  return self->kind;
}

const char *
ut_plot_series_get_label (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), NULL);
  return self->label;
}

const char *
ut_plot_series_get_name (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), NULL);
  return self->name;
}

guint
ut_plot_series_get_style (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), 0);
  return self->style;
}

gboolean
ut_plot_series_get_shown (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), FALSE);
  return self->shown;
}

gboolean
ut_plot_series_get_current (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), FALSE);
  return self->current;
}

gboolean
ut_plot_series_get_live (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), FALSE);
  return self->live;
}

gint64
ut_plot_series_get_best (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), -1);
  return self->best;
}

void
ut_plot_series_set_label (UtPlotSeries *self,
                          const char   *label)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));

  label = label != NULL ? label : "";
  if (g_str_equal (self->label, label))
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  emit (self, PROP_LABEL);
}

void
ut_plot_series_set_shown (UtPlotSeries *self,
                          gboolean      shown)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));

  shown = !!shown;
  if (self->shown == shown)
    return;
  self->shown = shown;
  emit (self, PROP_SHOWN);
}

void
ut_plot_series_set_current (UtPlotSeries *self,
                            gboolean      current)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));

  current = !!current;
  if (self->current == current)
    return;
  self->current = current;
  emit (self, PROP_CURRENT);
}

void
ut_plot_series_set_live (UtPlotSeries *self,
                         gboolean      live)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));

  live = !!live;
  if (self->live == live)
    return;
  self->live = live;
  emit (self, PROP_LIVE);
}

void
ut_plot_series_set_best (UtPlotSeries *self,
                         gint64        index)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));

  index = MAX (index, -1);
  if (self->best == index)
    return;
  self->best = index;
  emit (self, PROP_BEST);
}

guint
ut_plot_series_get_first_epoch (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), 1);
  return self->first_epoch;
}

void
ut_plot_series_set_first_epoch (UtPlotSeries *self,
                                guint         epoch)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));
  self->first_epoch = epoch;
}

gsize
ut_plot_series_get_points (UtPlotSeries  *self,
                           const double **x,
                           const double **y)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), 0);

  if (x != NULL)
    *x = self->points->x;
  if (y != NULL)
    *y = self->points->y;
  return self->n_points;
}

void
ut_plot_series_set_clock (UtPlotSeries *self,
                          const double *steps,
                          const double *epochs,
                          const double *seconds,
                          gsize         n)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));
  g_return_if_fail ((steps != NULL && epochs != NULL && seconds != NULL) || n == 0);

  g_autoptr (GArray) clock = g_array_new (FALSE, FALSE, sizeof (Knot));
  Knot last = { .at = { 0, 0, 0 } };
  if (n > 0)
    g_array_append_val (clock, last);
  for (gsize i = 0; i < n; i++)
    {
      Knot knot = { .at = { steps[i], epochs[i], seconds[i] } };
      /* Whatever was measured, time does not run backwards. */
      if (!(knot.at[UT_PLOT_AXIS_STEP] > last.at[UT_PLOT_AXIS_STEP]))
        continue;
      for (guint axis = UT_PLOT_AXIS_EPOCH; axis <= UT_PLOT_AXIS_TIME; axis++)
        if (!(knot.at[axis] > last.at[axis]) || !isfinite (knot.at[axis]))
          knot.at[axis] = last.at[axis];
      g_array_append_val (clock, knot);
      last = knot;
    }
  if (self->clock != NULL && self->clock->len == clock->len
      && memcmp (self->clock->data, clock->data, clock->len * sizeof (Knot)) == 0)
    return;
  g_clear_pointer (&self->clock, g_array_unref);
  self->clock = clock->len > 1 ? g_steal_pointer (&clock) : NULL;
  self->clock_serial++;
  g_clear_pointer (&self->mapped, _ut_plot_points_unref);
  g_signal_emit (self, changed_signal, 0);
}

const char *
ut_plot_series_get_group (UtPlotSeries *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self), NULL);
  return self->group;
}

void
ut_plot_series_set_group (UtPlotSeries *self,
                          const char   *group)
{
  g_return_if_fail (UT_IS_PLOT_SERIES (self));

  if (g_strcmp0 (self->group, group) == 0)
    return;
  self->group = g_intern_string (group);
  g_signal_emit (self, changed_signal, 0);
}

guint
_ut_plot_series_get_clock_serial (UtPlotSeries *self)
{
  return self->clock_serial;
}

/* Brings the points on @axis up to the steps. Those that a reader was told of are never written. */
static void
map_points (UtPlotSeries *self,
            UtPlotAxis    axis)
{
  if (self->mapped == NULL || self->mapped_axis != axis || self->mapped->base != self->points)
    {
      g_clear_pointer (&self->mapped, _ut_plot_points_unref);
      self->mapped = g_atomic_rc_box_new (UtPlotPoints);
      self->mapped->capacity = self->points->capacity;
      self->mapped->x = g_new (double, self->points->capacity);
      self->mapped->y = self->points->y;
      self->mapped->base = _ut_plot_points_ref (self->points);
      self->mapped_axis = axis;
      self->n_mapped = 0;
    }
  guint knot = 1;
  for (gsize i = self->n_mapped; i < self->n_points; i++)
    {
      double step = self->points->x[i];
      while (knot + 1 < self->clock->len
             && step > g_array_index (self->clock, Knot, knot).at[UT_PLOT_AXIS_STEP])
        knot++;
      const Knot *a = &g_array_index (self->clock, Knot, knot - 1);
      const Knot *b = &g_array_index (self->clock, Knot, knot);
      double share = (step - a->at[UT_PLOT_AXIS_STEP])
                     / (b->at[UT_PLOT_AXIS_STEP] - a->at[UT_PLOT_AXIS_STEP]);
      self->mapped->x[i] = a->at[axis] + share * (b->at[axis] - a->at[axis]);
    }
  self->n_mapped = self->n_points;
}

gsize
_ut_plot_series_peek (UtPlotSeries  *self,
                      UtPlotAxis     axis,
                      const double **x,
                      const double **y)
{
  if (axis == UT_PLOT_AXIS_STEP)
    return ut_plot_series_get_points (self, x, y);
  if (self->clock == NULL)
    return 0;
  map_points (self, axis);
  if (x != NULL)
    *x = self->mapped->x;
  if (y != NULL)
    *y = self->mapped->y;
  return self->n_mapped;
}

UtPlotPoints *
_ut_plot_series_ref_points (UtPlotSeries *self,
                            UtPlotAxis    axis,
                            gsize        *n)
{
  g_return_val_if_fail (UT_IS_PLOT_SERIES (self) && n != NULL, NULL);

  *n = _ut_plot_series_peek (self, axis, NULL, NULL);
  return _ut_plot_points_ref (axis == UT_PLOT_AXIS_STEP || *n == 0 ? self->points : self->mapped);
}
