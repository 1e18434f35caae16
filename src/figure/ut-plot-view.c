/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-view"

#include "config.h"

#include "ut-plot-view.h"

#include "ut-smooth.h"

#include <math.h>

/* What a new view smooths over. */
#define DEFAULT_STEPS 60

/* Further back nobody finds the way. */
#define MAX_HISTORY 100

G_DEFINE_ENUM_TYPE (UtPlotAxis, ut_plot_axis,
                    G_DEFINE_ENUM_VALUE (UT_PLOT_AXIS_STEP, "step"),
                    G_DEFINE_ENUM_VALUE (UT_PLOT_AXIS_EPOCH, "epoch"),
                    G_DEFINE_ENUM_VALUE (UT_PLOT_AXIS_TIME, "time"))

G_DEFINE_ENUM_TYPE (UtPlotSpread, ut_plot_spread,
                    G_DEFINE_ENUM_VALUE (UT_PLOT_SPREAD_RUNS, "runs"),
                    G_DEFINE_ENUM_VALUE (UT_PLOT_SPREAD_DEVIATION, "deviation"),
                    G_DEFINE_ENUM_VALUE (UT_PLOT_SPREAD_INTERVAL, "interval"))

/* What is shown, and what Back returns to. */
typedef struct
{
  UtPlotRange x;
  UtPlotRange y[UT_PLOT_VIEW_CHANNELS];
} Place;

struct _UtPlotView
{
  GObject       parent_instance;

  UtPlotAxis    axis;
  gboolean      y_log;
  double        smoothing;
  UtPlotSpread  spread;
  double        cursor;
  gboolean      follow;
  Place         place;
  gboolean      remembers; /* the place, as soon as it is left */
  GArray       *history; /* (owned) (element-type Place) */
};

G_DEFINE_FINAL_TYPE (UtPlotView, ut_plot_view, G_TYPE_OBJECT)

typedef enum
{
  PROP_X_AXIS = 1,
  PROP_Y_LOG,
  PROP_SMOOTHING,
  PROP_SPREAD,
  PROP_CURSOR_X,
  PROP_FOLLOW,
  PROP_ZOOMED,
  PROP_CAN_GO_BACK,
} UtPlotViewProperty;

static GParamSpec *properties[PROP_CAN_GO_BACK + 1];
static guint moved_signal;

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
same_range (const UtPlotRange *a,
            const UtPlotRange *b)
{
  return same (a->low, b->low) && same (a->high, b->high);
}

static gboolean
same_place (const Place *a,
            const Place *b)
{
  gboolean equal = same_range (&a->x, &b->x);

  for (guint i = 0; i < UT_PLOT_VIEW_CHANNELS; i++)
    equal = equal && same_range (&a->y[i], &b->y[i]);
  return equal;
}

static Place
everything (void)
{
  Place place = { .x = { NAN, NAN } };

  for (guint i = 0; i < UT_PLOT_VIEW_CHANNELS; i++)
    place.y[i] = (UtPlotRange) { NAN, NAN };
  return place;
}

static gboolean
is_zoomed (const Place *place)
{
  const Place all = everything ();
  return !same_place (place, &all);
}

static void
remember (UtPlotView *self)
{
  if (self->history->len == MAX_HISTORY)
    g_array_remove_index (self->history, 0);
  g_array_append_val (self->history, self->place);
  self->remembers = FALSE;
  if (self->history->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

static void
move_to (UtPlotView *self,
         Place       place)
{
  gboolean was_zoomed = is_zoomed (&self->place);

  if (same_place (&self->place, &place))
    return;
  if (self->remembers)
    remember (self);
  self->place = place;
  if (was_zoomed != is_zoomed (&place))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOMED]);
  g_signal_emit (self, moved_signal, 0);
}

static void
forget (UtPlotView *self)
{
  self->remembers = FALSE;
  if (self->history->len == 0)
    return;
  g_array_set_size (self->history, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

static void
set_axis (UtPlotView *self,
          UtPlotAxis  axis)
{
  if (self->axis == axis)
    return;
  self->axis = axis;
  ut_plot_view_set_cursor (self, NAN);
  forget (self);
  move_to (self, everything ());
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_X_AXIS]);
}

static void
ut_plot_view_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  UtPlotView *self = UT_PLOT_VIEW (object);

  switch ((UtPlotViewProperty) id)
    {
    case PROP_X_AXIS:
      g_value_set_enum (value, (int) self->axis);
      break;
    case PROP_Y_LOG:
      g_value_set_boolean (value, self->y_log);
      break;
    case PROP_SMOOTHING:
      g_value_set_double (value, self->smoothing);
      break;
    case PROP_SPREAD:
      g_value_set_enum (value, (int) self->spread);
      break;
    case PROP_CURSOR_X:
      g_value_set_double (value, self->cursor);
      break;
    case PROP_FOLLOW:
      g_value_set_boolean (value, self->follow);
      break;
    case PROP_ZOOMED:
      g_value_set_boolean (value, is_zoomed (&self->place));
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, self->history->len > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_view_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  UtPlotView *self = UT_PLOT_VIEW (object);

  switch ((UtPlotViewProperty) id)
    {
    case PROP_X_AXIS:
      set_axis (self, (UtPlotAxis) g_value_get_enum (value));
      break;
    case PROP_Y_LOG:
      if (self->y_log == g_value_get_boolean (value))
        break;
      self->y_log = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SMOOTHING:
      if (self->smoothing == g_value_get_double (value))
        break;
      self->smoothing = g_value_get_double (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SPREAD:
      if (self->spread == (UtPlotSpread) g_value_get_enum (value))
        break;
      self->spread = (UtPlotSpread) g_value_get_enum (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CURSOR_X:
      ut_plot_view_set_cursor (self, g_value_get_double (value));
      break;
    case PROP_FOLLOW:
      ut_plot_view_set_follow (self, g_value_get_boolean (value));
      break;
    case PROP_ZOOMED:
    case PROP_CAN_GO_BACK:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_view_finalize (GObject *object)
{
  g_array_unref (UT_PLOT_VIEW (object)->history);

  G_OBJECT_CLASS (ut_plot_view_parent_class)->finalize (object);
}

static void
ut_plot_view_class_init (UtPlotViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ut_plot_view_get_property;
  object_class->set_property = ut_plot_view_set_property;
  object_class->finalize = ut_plot_view_finalize;

  properties[PROP_X_AXIS] = g_param_spec_enum ("x-axis", NULL, NULL, UT_TYPE_PLOT_AXIS,
                                               UT_PLOT_AXIS_STEP, flags);
  properties[PROP_Y_LOG] = g_param_spec_boolean ("y-log", NULL, NULL, FALSE, flags);
  properties[PROP_SMOOTHING]
      = g_param_spec_double ("smoothing", NULL, NULL, 0, UT_SMOOTH_MAX, 0, flags);
  properties[PROP_SPREAD] = g_param_spec_enum ("spread", NULL, NULL, UT_TYPE_PLOT_SPREAD,
                                               UT_PLOT_SPREAD_RUNS, flags);
  /* NaN, which is the default in truth, passes a lax validation only: it never equals itself. */
  properties[PROP_CURSOR_X]
      = g_param_spec_double ("cursor-x", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                             flags | G_PARAM_LAX_VALIDATION);
  properties[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, TRUE, flags);
  properties[PROP_ZOOMED] = g_param_spec_boolean ("zoomed", NULL, NULL, FALSE, told);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtPlotView::moved:
   *
   * Another part of x or of a y is shown.
   */
  moved_signal = g_signal_new ("moved", UT_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
ut_plot_view_init (UtPlotView *self)
{
  self->smoothing = ut_smooth_weight (DEFAULT_STEPS);
  self->cursor = NAN;
  self->follow = TRUE;
  self->place = everything ();
  self->history = g_array_new (FALSE, FALSE, sizeof (Place));
}

gboolean
ut_plot_range_is_all (const UtPlotRange *self)
{
  return isnan (self->low) || isnan (self->high);
}

UtPlotView *
ut_plot_view_new (void)
{
  return g_object_new (UT_TYPE_PLOT_VIEW, NULL);
}

UtPlotAxis
ut_plot_view_get_axis (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), UT_PLOT_AXIS_STEP);
  return self->axis;
}

gboolean
ut_plot_view_get_y_log (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), FALSE);
  return self->y_log;
}

double
ut_plot_view_get_smoothing (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), 0);
  return self->smoothing;
}

UtPlotSpread
ut_plot_view_get_spread (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), UT_PLOT_SPREAD_RUNS);
  return self->spread;
}

double
ut_plot_view_get_cursor (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), NAN);
  return self->cursor;
}

void
ut_plot_view_set_cursor (UtPlotView *self,
                         double      x)
{
  g_return_if_fail (UT_IS_PLOT_VIEW (self));

  if (same (self->cursor, x))
    return;
  self->cursor = x;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR_X]);
}

gboolean
ut_plot_view_get_follow (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), FALSE);
  return self->follow;
}

void
ut_plot_view_set_follow (UtPlotView *self,
                         gboolean    follow)
{
  g_return_if_fail (UT_IS_PLOT_VIEW (self));

  follow = !!follow;
  if (self->follow == follow)
    return;
  self->follow = follow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOW]);
}

UtPlotRange
ut_plot_view_get_x (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), ((UtPlotRange) { NAN, NAN }));
  return self->place.x;
}

UtPlotRange
ut_plot_view_get_y (UtPlotView *self,
                    guint       channel)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), ((UtPlotRange) { NAN, NAN }));
  g_return_val_if_fail (channel < UT_PLOT_VIEW_CHANNELS, ((UtPlotRange) { NAN, NAN }));
  return self->place.y[channel];
}

gboolean
ut_plot_view_is_zoomed (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), FALSE);
  return is_zoomed (&self->place);
}

void
ut_plot_view_remember (UtPlotView *self)
{
  g_return_if_fail (UT_IS_PLOT_VIEW (self));

  self->remembers = TRUE;
}

static UtPlotRange
checked (double low,
         double high)
{
  return low < high ? (UtPlotRange) { low, high } : (UtPlotRange) { NAN, NAN };
}

void
ut_plot_view_set_x (UtPlotView *self,
                    double      low,
                    double      high)
{
  g_return_if_fail (UT_IS_PLOT_VIEW (self));

  Place place = self->place;
  place.x = checked (low, high);
  move_to (self, place);
}

void
ut_plot_view_set_y (UtPlotView *self,
                    guint       channel,
                    double      low,
                    double      high)
{
  g_return_if_fail (UT_IS_PLOT_VIEW (self));
  g_return_if_fail (channel < UT_PLOT_VIEW_CHANNELS);

  Place place = self->place;
  place.y[channel] = checked (low, high);
  move_to (self, place);
}

void
ut_plot_view_show_all (UtPlotView *self)
{
  g_return_if_fail (UT_IS_PLOT_VIEW (self));

  if (!is_zoomed (&self->place))
    return;
  ut_plot_view_remember (self);
  ut_plot_view_set_follow (self, TRUE);
  move_to (self, everything ());
}

gboolean
ut_plot_view_go_back (UtPlotView *self)
{
  g_return_val_if_fail (UT_IS_PLOT_VIEW (self), FALSE);

  self->remembers = FALSE;
  /* A way may have led back to where one is. */
  while (self->history->len > 0)
    {
      Place place = g_array_index (self->history, Place, self->history->len - 1);
      g_array_set_size (self->history, self->history->len - 1);
      if (self->history->len == 0)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
      if (!same_place (&place, &self->place))
        {
          move_to (self, place);
          return TRUE;
        }
    }
  return FALSE;
}
