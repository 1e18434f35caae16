/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-word-curve"

#include "config.h"

#include "ut-word-curve-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LEAST_HEIGHT 120
#define HEIGHT 170

/**
 * UtWordCurve:
 *
 * Each word has a slot as wide as itself; a value stands over the middle of its word, the bar of
 * its weight under it, in the colour of the first lane. Only the words in sight are drawn, and the
 * axis stays at the left of what is in sight.
 *
 * # Keys and mouse
 *
 * Left, Right: previous, next word; Home, End: first, last; Return or a click: activate. The
 * pointer and the selection show the values of their word, and that of before an edit.
 *
 * # CSS nodes
 *
 * |[
 * wordcurve
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * As in #UtPlot.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG, labelled by the axis title; described by the selected word with
 * its values, then
 * #UtWordCurve:summary. Words run in the direction of the plot, from left to right.
 */
G_DEFINE_FINAL_TYPE (UtWordCurve, ut_word_curve, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_AXIS_TITLE = 1,
  PROP_SELECTED,
  PROP_SUMMARY,
} UtWordCurveProperty;

static GParamSpec *properties[PROP_SUMMARY + 1];
static guint word_activated_signal;

static void
relayout (UtWordCurve *self)
{
  g_clear_pointer (&self->edges, g_free);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
word_at (UtWordCurve *self,
         double       x)
{
  _ut_word_curve_ensure_layout (self);
  gsize i = ut_decimate_lower (self->edges, self->n_words + 1, x);
  return self->n_words > 0 && x >= self->edges[0] && i <= self->n_words ? MAX ((int) i - 1, 0) : -1;
}

/* ---- Selection ---- */

static void
describe (UtWordCurve *self)
{
  g_autofree char *reading = ut_word_curve_dup_reading (self);
  g_autofree char *text = *reading != '\0' && self->summary != NULL
      ? g_strjoin (". ", reading, self->summary, NULL)
      : g_strdup (*reading != '\0' || self->summary == NULL ? reading : self->summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
reveal (UtWordCurve *self)
{
  if (self->scroll == NULL || self->selected < 0)
    return;
  _ut_word_curve_ensure_layout (self);
  gtk_adjustment_clamp_page (self->scroll, self->edges[self->selected] - self->left,
                             self->edges[self->selected + 1] + self->right);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtWordCurve *self = UT_WORD_CURVE (widget);
  int step = 0, last = (int) self->n_words - 1;
  gboolean to_end = FALSE;

  if (last < 0)
    return GDK_EVENT_PROPAGATE;
  g_variant_get (args, "(ib)", &step, &to_end);
  int target = to_end               ? (step < 0 ? 0 : last)
               : self->selected < 0 ? (step < 0 ? last : 0)
                                    : CLAMP (self->selected + step, 0, last);
  ut_word_curve_set_selected (self, target);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  UtWordCurve *self = UT_WORD_CURVE (widget);

  if (self->selected < 0)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, word_activated_signal, 0, (guint) self->selected);
  return GDK_EVENT_STOP;
}

static void
set_hovered (UtWordCurve *self,
             int          word)
{
  if (self->hovered == word)
    return;
  self->hovered = word;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtWordCurve              *self)
{
  set_hovered (self, word_at (self, x));
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtWordCurve              *self)
{
  set_hovered (self, -1);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            UtWordCurve     *self)
{
  int word = word_at (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (word >= 0)
    ut_word_curve_set_selected (self, word);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             UtWordCurve     *self)
{
  int word = word_at (self, x);

  if (word >= 0 && word == self->selected && n_press == 1)
    g_signal_emit (self, word_activated_signal, 0, (guint) word);
}

/* ---- Widget ---- */

static void
ut_word_curve_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  UtWordCurve *self = UT_WORD_CURVE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      _ut_word_curve_ensure_layout (self);
      *minimum = *natural = (int) ceil (self->edges[self->n_words] + self->right);
    }
  else
    {
      int track = (int) ceil (_ut_word_curve_get_track_height (self));
      *minimum = LEAST_HEIGHT + track;
      *natural = HEIGHT + track;
    }
}

static void
colours_changed (UtWordCurve *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ut_word_curve_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_word_curve_parent_class)->css_changed (widget, change);
  UtWordCurve *self = UT_WORD_CURVE (widget);
  const PangoFontDescription *font
      = pango_context_get_font_description (gtk_widget_get_pango_context (widget));

  colours_changed (self);
  if (self->font != NULL && pango_font_description_equal (self->font, font))
    return;
  g_clear_pointer (&self->font, pango_font_description_free);
  self->font = pango_font_description_copy (font);
  relayout (self);
}

static void
ut_word_curve_map (GtkWidget *widget)
{
  UtWordCurve *self = UT_WORD_CURVE (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_VIEWPORT (parent))
    {
      self->scroll = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (parent));
      self->scroll_handler = g_signal_connect_swapped (self->scroll, "value-changed",
                                                       G_CALLBACK (gtk_widget_queue_draw), self);
    }
  GTK_WIDGET_CLASS (ut_word_curve_parent_class)->map (widget);
}

static void
ut_word_curve_unmap (GtkWidget *widget)
{
  UtWordCurve *self = UT_WORD_CURVE (widget);

  GTK_WIDGET_CLASS (ut_word_curve_parent_class)->unmap (widget);
  if (self->scroll != NULL)
    g_clear_signal_handler (&self->scroll_handler, self->scroll);
  self->scroll = NULL;
}

static void
lane_clear (UtWordLane *lane)
{
  g_clear_pointer (&lane->label, g_free);
  g_clear_pointer (&lane->probabilities, g_free);
}

static void
clear_past (UtWordCurve *self)
{
  if (self->past != NULL)
    _ut_word_past_free (self->past, self->n_words);
  self->past = NULL;
}

static void
clear_words (UtWordCurve *self)
{
  clear_past (self);
  for (guint i = 0; i < UT_WORD_CURVE_N_LANES; i++)
    lane_clear (&self->lanes[i]);
  for (gsize i = 0; i < self->n_words; i++)
    g_free (self->words[i]);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->disputed, g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->edges, g_free);
  self->n_words = 0;
  self->hovered = -1;
}

static void
ut_word_curve_dispose (GObject *object)
{
  _ut_plot_inks_dispose (&UT_WORD_CURVE (object)->inks);

  G_OBJECT_CLASS (ut_word_curve_parent_class)->dispose (object);
}

static void
ut_word_curve_finalize (GObject *object)
{
  UtWordCurve *self = UT_WORD_CURVE (object);

  clear_words (self);
  g_clear_pointer (&self->axis_title, g_free);
  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->font, pango_font_description_free);

  G_OBJECT_CLASS (ut_word_curve_parent_class)->finalize (object);
}

static void
set_axis_title (UtWordCurve *self,
                const char  *title)
{
  g_free (self->axis_title);
  self->axis_title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ut_word_curve_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  UtWordCurve *self = UT_WORD_CURVE (object);

  switch ((UtWordCurveProperty) id)
    {
    case PROP_AXIS_TITLE:
      g_value_set_string (value, self->axis_title);
      break;
    case PROP_SELECTED:
      g_value_set_int (value, self->selected);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_word_curve_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  UtWordCurve *self = UT_WORD_CURVE (object);
  const char *text = NULL;

  switch ((UtWordCurveProperty) id)
    {
    case PROP_AXIS_TITLE:
      text = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";
      if (g_strcmp0 (self->axis_title, text) != 0)
        {
          set_axis_title (self, text);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    case PROP_SELECTED:
      ut_word_curve_set_selected (self, g_value_get_int (value));
      break;

    case PROP_SUMMARY:
      if (g_strcmp0 (self->summary, g_value_get_string (value)) != 0)
        {
          g_free (self->summary);
          self->summary = g_value_dup_string (value);
          describe (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_move (GtkWidgetClass *klass,
           guint           key,
           guint           keypad,
           int             step,
           gboolean        to_end)
{
  gtk_widget_class_add_binding (klass, key, 0, move_cb, "(ib)", step, to_end);
  gtk_widget_class_add_binding (klass, keypad, 0, move_cb, "(ib)", step, to_end);
}

static void
ut_word_curve_class_init (UtWordCurveClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_word_curve_dispose;
  object_class->finalize = ut_word_curve_finalize;
  object_class->get_property = ut_word_curve_get_property;
  object_class->set_property = ut_word_curve_set_property;
  widget_class->measure = ut_word_curve_measure;
  widget_class->snapshot = _ut_word_curve_snapshot;
  widget_class->css_changed = ut_word_curve_css_changed;
  widget_class->map = ut_word_curve_map;
  widget_class->unmap = ut_word_curve_unmap;

  properties[PROP_AXIS_TITLE] = g_param_spec_string ("axis-title", NULL, NULL, NULL, flags);
  properties[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtWordCurve::word-activated:
   * @index: of the word.
   */
  word_activated_signal = g_signal_new ("word-activated", UT_TYPE_WORD_CURVE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  bind_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, FALSE);
  bind_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, FALSE);
  bind_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, -1, TRUE);
  bind_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, 1, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);

  gtk_widget_class_set_css_name (widget_class, "wordcurve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_word_curve_init (UtWordCurve *self)
{
  self->selected = self->hovered = -1;
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  set_axis_title (self, _("if the text ended here"));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- Public ---- */

GtkWidget *
ut_word_curve_new (void)
{
  return g_object_new (UT_TYPE_WORD_CURVE, NULL);
}

void
ut_word_curve_set_words (UtWordCurve       *self,
                         const char *const *words,
                         const UtWordMark  *marks,
                         gsize              n)
{
  g_return_if_fail (UT_IS_WORD_CURVE (self));
  g_return_if_fail (words != NULL || n == 0);
  g_return_if_fail (n < G_MAXINT);

  clear_words (self);
  self->words = g_new (char *, n);
  for (gsize i = 0; i < n; i++)
    self->words[i] = g_strdup (words[i]);
  if (marks != NULL)
    self->marks = g_memdup2 (marks, n * sizeof *marks);
  self->n_words = n;
  ut_word_curve_set_selected (self, -1);
  relayout (self);
}

void
ut_word_curve_set_lane (UtWordCurve  *self,
                        guint         lane,
                        const char   *label,
                        guint         style,
                        const double *probabilities,
                        gsize         n)
{
  g_return_if_fail (UT_IS_WORD_CURVE (self));
  g_return_if_fail (lane < UT_WORD_CURVE_N_LANES);
  g_return_if_fail (probabilities == NULL || n == self->n_words);

  lane_clear (&self->lanes[lane]);
  if (probabilities != NULL && n > 0)
    {
      self->lanes[lane].label = g_strdup (label != NULL ? label : "");
      self->lanes[lane].style = style;
      self->lanes[lane].probabilities = g_memdup2 (probabilities, n * sizeof *probabilities);
      for (gsize i = 0; i < n; i++)
        {
          double *value = &self->lanes[lane].probabilities[i];
          *value = isnan (*value) ? NAN : CLAMP (*value, 0, 1);
        }
    }
  relayout (self);
  describe (self);
}

void
ut_word_curve_set_disputed (UtWordCurve    *self,
                            const gboolean *disputed,
                            gsize           n)
{
  g_return_if_fail (UT_IS_WORD_CURVE (self));
  g_return_if_fail (disputed == NULL || n == self->n_words);

  g_clear_pointer (&self->disputed, g_free);
  if (disputed != NULL && n > 0)
    self->disputed = g_memdup2 (disputed, n * sizeof *disputed);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  describe (self);
}

void
ut_word_curve_set_weights (UtWordCurve  *self,
                           const double *weights,
                           gsize         n)
{
  g_return_if_fail (UT_IS_WORD_CURVE (self));
  g_return_if_fail (weights == NULL || n == self->n_words);

  g_clear_pointer (&self->weights, g_free);
  self->largest = 0;
  if (weights != NULL && n > 0)
    self->weights = g_memdup2 (weights, n * sizeof *weights);
  for (gsize i = 0; self->weights != NULL && i < n; i++)
    {
      double *weight = &self->weights[i];
      *weight = isnan (*weight) ? NAN : CLAMP (*weight, 0, 1);
      self->largest = fmax (self->largest, *weight);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  describe (self);
}

void
ut_word_curve_set_before (UtWordCurve        *self,
                          const UtWordBefore *before)
{
  g_return_if_fail (UT_IS_WORD_CURVE (self));
  g_return_if_fail (before == NULL
                    || (before->edits != NULL && before->probabilities != NULL));

  clear_past (self);
  if (before != NULL && self->n_words > 0)
    self->past = _ut_word_past_new (before, self->n_words);
  relayout (self);
  describe (self);
}

void
ut_word_curve_clear (UtWordCurve *self)
{
  ut_word_curve_set_words (self, NULL, NULL, 0);
}

int
ut_word_curve_get_selected (UtWordCurve *self)
{
  g_return_val_if_fail (UT_IS_WORD_CURVE (self), -1);
  return self->selected;
}

void
ut_word_curve_set_selected (UtWordCurve *self,
                            int          selected)
{
  g_return_if_fail (UT_IS_WORD_CURVE (self));

  if (selected < 0 || (gsize) selected >= self->n_words)
    selected = -1;
  if (self->selected == selected)
    return;
  self->selected = selected;
  reveal (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

gboolean
ut_word_curve_get_word_area (UtWordCurve  *self,
                             int           index,
                             GdkRectangle *area)
{
  g_return_val_if_fail (UT_IS_WORD_CURVE (self), FALSE);
  g_return_val_if_fail (area != NULL, FALSE);

  if (index < 0 || (gsize) index >= self->n_words)
    return FALSE;

  _ut_word_curve_get_words_range (self, &area->y, &area->height);
  area->x = (int) self->edges[index];
  area->width = (int) (self->edges[index + 1] - self->edges[index]);
  return TRUE;
}

char *
ut_word_curve_dup_reading (UtWordCurve *self)
{
  g_return_val_if_fail (UT_IS_WORD_CURVE (self), NULL);

  int word = self->hovered >= 0 ? self->hovered : self->selected;
  if (word < 0)
    return g_strdup ("");
  g_autoptr (GString) text = g_string_new (self->words[word]);
  UtWordMark mark = self->marks != NULL ? self->marks[word] : UT_WORD_MARK_NONE;
  if (self->past != NULL)
    _ut_word_past_read_edit (self->past, (gsize) word, text);
  if (mark != UT_WORD_MARK_NONE)
    g_string_append_printf (text, " (%s)", mark == UT_WORD_MARK_GUESSED
                                               ? _("guessed from its parts")
                                               : _("unknown word"));
  for (guint i = 0; i < UT_WORD_CURVE_N_LANES; i++)
    if (self->lanes[i].probabilities != NULL && !isnan (self->lanes[i].probabilities[word]))
      g_string_append_printf (text, " · %s: %.2f", self->lanes[i].label,
                              self->lanes[i].probabilities[word]);
  if (_ut_word_past_has_value (self->past, (gsize) word))
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("before: %.2f"), self->past->probabilities[word]);
    }
  if (self->weights != NULL && !isnan (self->weights[word]))
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("attention %.1f %%"), 100 * self->weights[word]);
    }
  if (self->disputed != NULL && self->disputed[word])
    g_string_append_printf (text, " · %s", _("models disagree"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
