/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-heat-map"

#include "config.h"

#include "ut-decimate.h"
#include "ut-heat-map-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* As many units as fit into this height have rows as high as they can be; more have lower ones,
 * down to the least height. */
#define HEIGHT 320
#define LEAST_ROW 3
#define HIGHEST_ROW 14
#define PAGE 10

/**
 * UtHeatMap:
 *
 * Only what is in sight of a viewport is drawn, as an image that is kept until it is another; words
 * and numbers of units stay at its edges.
 *
 * # Keys and mouse
 *
 * Left, Right: previous, next word; Home, End: first, last word; Up, Down: the unit above, below;
 * Page Up, Page Down: by ten units; Return or a click: activate. The pointer tells of the cell
 * under it.
 *
 * # CSS nodes
 *
 * |[
 * heatmap
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * As in #UtPlot; style-1 is above 0, style-2 below.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG, labelled by #UtHeatMap:title; described by what the cursor tells.
 */
G_DEFINE_FINAL_TYPE (UtHeatMap, ut_heat_map, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_WORD,
  PROP_UNIT,
} UtHeatMapProperty;

static GParamSpec *properties[PROP_UNIT + 1];
static guint unit_activated_signal;

static void
relayout (UtHeatMap *self)
{
  g_clear_pointer (&self->edges, g_free);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  _ut_heat_map_forget_picture (self);
}

/* The cell at a place; FALSE where there is none. */
static gboolean
find_cell (UtHeatMap *self,
           double     x,
           double     y,
           int       *word,
           int       *unit)
{
  GdkRectangle sight;

  _ut_heat_map_ensure_layout (self);
  _ut_heat_map_get_sight (self, &sight);
  *word = *unit = -1;
  if (self->n_words == 0 || self->n_units == 0)
    return FALSE;

  gsize i = ut_decimate_lower (self->edges, self->n_words + 1, x);
  double place = floor ((y - self->top) / _ut_heat_map_get_row_height (self));
  /* Words and numbers lie over what is scrolled. */
  if (x < sight.x + self->left || y < sight.y + self->top || i > self->n_words || place < 0
      || place >= (double) self->n_units)
    return FALSE;
  *word = MAX ((int) i - 1, 0);
  *unit = (int) (self->order != NULL ? self->order[(gsize) place] : (guint32) place);
  return TRUE;
}

/* ---- Cursor ---- */

static void
describe (UtHeatMap *self)
{
  g_autofree char *reading = ut_heat_map_dup_reading (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reading, -1);
}

static gsize
get_place (UtHeatMap *self)
{
  return self->places != NULL ? self->places[self->unit] : (gsize) self->unit;
}

static void
reveal_word (UtHeatMap *self)
{
  GtkAdjustment *scroll = self->scroll[GTK_ORIENTATION_HORIZONTAL];

  _ut_heat_map_ensure_layout (self);
  if (scroll != NULL && self->word >= 0)
    gtk_adjustment_clamp_page (scroll, self->edges[self->word] - self->left,
                               self->edges[self->word + 1]);
}

static void
reveal_unit (UtHeatMap *self)
{
  GtkAdjustment *scroll = self->scroll[GTK_ORIENTATION_VERTICAL];

  _ut_heat_map_ensure_layout (self);
  double height = _ut_heat_map_get_row_height (self);
  if (scroll == NULL || self->unit < 0)
    return;
  double y = self->top + (double) get_place (self) * height;
  gtk_adjustment_clamp_page (scroll, y - self->top, y + height);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtHeatMap *self = UT_HEAT_MAP (widget);
  int across = 0, down = 0;

  if (self->n_words == 0 || self->n_units == 0)
    return GDK_EVENT_PROPAGATE;
  g_variant_get (args, "(ii)", &across, &down);
  int last_word = (int) self->n_words - 1, last_place = (int) self->n_units - 1;
  int word = self->word, place = self->unit >= 0 ? (int) get_place (self) : -1;
  /* What is not there yet begins at the end that the key leads away from. */
  if (word < 0 && ABS (across) <= 1)
    word = across < 0 ? last_word : 0;
  else
    word = (int) CLAMP ((gint64) word + across, 0, last_word);
  if (place < 0)
    place = down < 0 ? last_place : 0;
  else
    place = CLAMP (place + down, 0, last_place);
  ut_heat_map_set_unit (self, (int) (self->order != NULL ? self->order[place] : (guint32) place));
  ut_heat_map_set_word (self, word);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  UtHeatMap *self = UT_HEAT_MAP (widget);

  if (self->unit < 0)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, unit_activated_signal, 0, (guint) self->unit);
  return GDK_EVENT_STOP;
}

/* GTK asks whenever the pointer moves, so it is told again only where the cell is another. */
static void
set_hovered (UtHeatMap *self,
             int        word,
             int        unit)
{
  if (self->hovered_word == word && self->hovered_unit == unit)
    return;
  self->hovered_word = word;
  self->hovered_unit = unit;
  if (word >= 0)
    {
      g_autofree char *reading = ut_heat_map_dup_reading (self);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), reading);
    }
  else
    {
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtHeatMap                *self)
{
  int word, unit;

  find_cell (self, x, y, &word, &unit);
  set_hovered (self, word, unit);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtHeatMap                *self)
{
  set_hovered (self, -1, -1);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            UtHeatMap       *self)
{
  int word, unit;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!find_cell (self, x, y, &word, &unit))
    return;
  ut_heat_map_set_unit (self, unit);
  ut_heat_map_set_word (self, word);
  g_signal_emit (self, unit_activated_signal, 0, (guint) unit);
}

/* ---- Widget ---- */

static void
ut_heat_map_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  UtHeatMap *self = UT_HEAT_MAP (widget);

  _ut_heat_map_ensure_layout (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = (int) ceil (self->edges[self->n_words]);
    }
  else
    {
      gsize n = MAX (self->n_units, 1);
      int row = CLAMP (HEIGHT / (int) MIN (n, HEIGHT), LEAST_ROW, HIGHEST_ROW);
      *minimum = *natural = (int) self->top + (int) n * row;
    }
}

static void
ut_heat_map_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  _ut_heat_map_forget_picture (UT_HEAT_MAP (widget));
}

static void
colours_changed (UtHeatMap *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  _ut_heat_map_forget_picture (self);
}

static void
ut_heat_map_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_heat_map_parent_class)->css_changed (widget, change);
  UtHeatMap *self = UT_HEAT_MAP (widget);
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
ut_heat_map_map (GtkWidget *widget)
{
  UtHeatMap *self = UT_HEAT_MAP (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_VIEWPORT (parent))
    {
      self->scroll[GTK_ORIENTATION_HORIZONTAL]
          = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (parent));
      self->scroll[GTK_ORIENTATION_VERTICAL]
          = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (parent));
      for (guint i = 0; i < 2; i++)
        self->scroll_handlers[i] = g_signal_connect_swapped (self->scroll[i], "value-changed",
                                                             G_CALLBACK (gtk_widget_queue_draw),
                                                             self);
    }
  GTK_WIDGET_CLASS (ut_heat_map_parent_class)->map (widget);
}

static void
ut_heat_map_unmap (GtkWidget *widget)
{
  UtHeatMap *self = UT_HEAT_MAP (widget);

  GTK_WIDGET_CLASS (ut_heat_map_parent_class)->unmap (widget);
  for (guint i = 0; i < 2; i++)
    {
      if (self->scroll[i] != NULL)
        g_clear_signal_handler (&self->scroll_handlers[i], self->scroll[i]);
      self->scroll[i] = NULL;
    }
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

static void
clear_values (UtHeatMap *self)
{
  g_clear_pointer (&self->values, g_bytes_unref);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->name, g_free);
  self->n_units = 0;
}

static void
clear_words (UtHeatMap *self)
{
  for (gsize i = 0; i < self->n_words; i++)
    g_free (self->words[i]);
  g_clear_pointer (&self->words, g_free);
  self->n_words = 0;
}

static void
ut_heat_map_dispose (GObject *object)
{
  _ut_plot_inks_dispose (&UT_HEAT_MAP (object)->inks);

  G_OBJECT_CLASS (ut_heat_map_parent_class)->dispose (object);
}

static void
ut_heat_map_finalize (GObject *object)
{
  UtHeatMap *self = UT_HEAT_MAP (object);

  clear_values (self);
  clear_words (self);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->edges, g_free);
  g_clear_pointer (&self->font, pango_font_description_free);
  g_clear_pointer (&self->picture, cairo_surface_destroy);

  G_OBJECT_CLASS (ut_heat_map_parent_class)->finalize (object);
}

static void
ut_heat_map_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  UtHeatMap *self = UT_HEAT_MAP (object);

  switch ((UtHeatMapProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_WORD:
      g_value_set_int (value, self->word);
      break;
    case PROP_UNIT:
      g_value_set_int (value, self->unit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_heat_map_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  UtHeatMap *self = UT_HEAT_MAP (object);

  switch ((UtHeatMapProperty) id)
    {
    case PROP_TITLE:
      if (g_strcmp0 (self->title, g_value_get_string (value)) == 0)
        break;
      g_free (self->title);
      self->title = g_value_dup_string (value);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->title != NULL ? self->title : "", -1);
      g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_WORD:
      ut_heat_map_set_word (self, g_value_get_int (value));
      break;

    case PROP_UNIT:
      ut_heat_map_set_unit (self, g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_move (GtkWidgetClass *klass,
           guint           key,
           guint           keypad,
           int             across,
           int             down)
{
  gtk_widget_class_add_binding (klass, key, 0, move_cb, "(ii)", across, down);
  gtk_widget_class_add_binding (klass, keypad, 0, move_cb, "(ii)", across, down);
}

static void
ut_heat_map_class_init (UtHeatMapClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_heat_map_dispose;
  object_class->finalize = ut_heat_map_finalize;
  object_class->get_property = ut_heat_map_get_property;
  object_class->set_property = ut_heat_map_set_property;
  widget_class->measure = ut_heat_map_measure;
  widget_class->size_allocate = ut_heat_map_size_allocate;
  widget_class->snapshot = _ut_heat_map_snapshot;
  widget_class->css_changed = ut_heat_map_css_changed;
  widget_class->map = ut_heat_map_map;
  widget_class->unmap = ut_heat_map_unmap;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_WORD] = g_param_spec_int ("word", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_UNIT] = g_param_spec_int ("unit", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtHeatMap::unit-activated:
   * @unit: of the cell.
   */
  unit_activated_signal = g_signal_new ("unit-activated", UT_TYPE_HEAT_MAP, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  bind_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  bind_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  bind_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, -G_MAXINT, 0);
  bind_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, G_MAXINT, 0);
  bind_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  bind_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  bind_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, -PAGE);
  bind_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, PAGE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);

  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_heat_map_init (UtHeatMap *self)
{
  self->word = self->unit = self->hovered_word = self->hovered_unit = -1;
  self->limit = 1;
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- Public ---- */

GtkWidget *
ut_heat_map_new (void)
{
  return g_object_new (UT_TYPE_HEAT_MAP, NULL);
}

void
ut_heat_map_set_words (UtHeatMap         *self,
                       const char *const *words,
                       gsize              n)
{
  g_return_if_fail (UT_IS_HEAT_MAP (self));
  g_return_if_fail (words != NULL || n == 0);
  g_return_if_fail (n < G_MAXINT);

  char **copies = g_new (char *, n);
  for (gsize i = 0; i < n; i++)
    copies[i] = g_strdup (words[i]);
  clear_values (self);
  clear_words (self);
  self->words = copies;
  self->n_words = n;
  set_hovered (self, -1, -1);
  if (self->word >= (int) n)
    ut_heat_map_set_word (self, -1);
  relayout (self);
  describe (self);
}

void
ut_heat_map_set_values (UtHeatMap     *self,
                        GBytes        *values,
                        gsize          n_units,
                        const guint32 *order,
                        const char    *name,
                        UtHeatScale    scale,
                        double         limit)
{
  g_return_if_fail (UT_IS_HEAT_MAP (self));
  g_return_if_fail (values == NULL
                    || g_bytes_get_size (values) == self->n_words * n_units * sizeof (float));
  g_return_if_fail (values == NULL || (n_units > 0 && n_units < G_MAXINT && limit > 0));

  gsize n_before = self->n_units;
  set_hovered (self, -1, -1);
  clear_values (self);
  if (values != NULL)
    {
      self->values = g_bytes_ref (values);
      self->n_units = n_units;
      self->name = g_strdup (name);
      self->scale = scale;
      self->limit = limit;
    }
  if (values != NULL && order != NULL)
    {
      self->order = g_memdup2 (order, n_units * sizeof *order);
      self->places = g_new0 (guint32, n_units);
      for (guint32 i = 0; i < n_units; i++)
        if (order[i] < n_units)
          self->places[order[i]] = i;
    }
  if (values != NULL && self->unit >= (int) n_units)
    ut_heat_map_set_unit (self, -1);
  if (n_before != self->n_units)
    relayout (self);
  else
    _ut_heat_map_forget_picture (self);
  describe (self);
}

int
ut_heat_map_get_word (UtHeatMap *self)
{
  g_return_val_if_fail (UT_IS_HEAT_MAP (self), -1);
  return self->word;
}

void
ut_heat_map_set_word (UtHeatMap *self,
                      int        word)
{
  g_return_if_fail (UT_IS_HEAT_MAP (self));

  if (word < 0 || (gsize) word >= self->n_words)
    word = -1;
  if (self->word == word)
    return;
  self->word = word;
  reveal_word (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
}

int
ut_heat_map_get_unit (UtHeatMap *self)
{
  g_return_val_if_fail (UT_IS_HEAT_MAP (self), -1);
  return self->unit;
}

void
ut_heat_map_set_unit (UtHeatMap *self,
                      int        unit)
{
  g_return_if_fail (UT_IS_HEAT_MAP (self));

  if (unit < 0 || (self->n_units > 0 && (gsize) unit >= self->n_units))
    unit = -1;
  if (self->unit == unit)
    return;
  self->unit = unit;
  if (self->n_units > 0)
    reveal_unit (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNIT]);
}

char *
ut_heat_map_dup_reading (UtHeatMap *self)
{
  g_return_val_if_fail (UT_IS_HEAT_MAP (self), NULL);

  gboolean hovers = self->hovered_word >= 0;
  int word = hovers ? self->hovered_word : self->word;
  int unit = hovers ? self->hovered_unit : self->unit;

  if (word < 0 || unit < 0 || self->n_units == 0)
    return g_strdup ("");
  return g_strdup_printf (_("unit %d at “%s”: %s %.2f"), unit + 1, self->words[word],
                          self->name != NULL ? self->name : "",
                          _ut_heat_map_get_value (self, (gsize) word, (gsize) unit));
}
