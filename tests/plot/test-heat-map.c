/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <string.h>
#include <ut-plot-all.h>

enum { N_WORDS = 4, N_UNITS = 3 };

static const char *const words[] = { "not", "bad", "at", "all" };
/* Of each word the units' values. */
static const float values[] = { 0.93f, -1, 0, 0.5f, 0.25f, 0, NAN, 1, -0.5f, 0, 0, 2 };
static const guint32 order[] = { 2, 0, 1 };

static void
set_values (UtHeatMap     *map,
            const guint32 *units,
            UtHeatScale    scale)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (values, sizeof values);

  ut_heat_map_set_values (map, bytes, N_UNITS, units, "forget gate", scale, 1);
}

static UtHeatMap *
make_map (const guint32 *units)
{
  UtHeatMap *map = UT_HEAT_MAP (ut_heat_map_new ());

  g_object_set (map, "title", "Inside the cell", NULL);
  ut_heat_map_set_words (map, words, N_WORDS);
  set_values (map, units, UT_HEAT_DIVERGING);
  return map;
}

static void
test_accessible (void)
{
  UtHeatMap *map = g_object_ref_sink (make_map (order));

  gtk_test_accessible_assert_role (map, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_LABEL, "Inside the cell");
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  ut_heat_map_set_word (map, 0);
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  ut_heat_map_set_unit (map, 0);
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "unit 1 at “not”: forget gate 0.93");
  ut_heat_map_set_unit (map, 1);
  gtk_test_accessible_assert_property (map, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "unit 2 at “not”: forget gate -1.00");
  g_assert_finalize_object (map);
}

static void
activated_cb (UtHeatMap *map,
              guint      unit,
              guint     *activated)
{
  *activated = unit;
}

static void
test_keys (void)
{
  UtHeatMap *map = g_object_ref_sink (make_map (order));
  GtkWidget *widget = GTK_WIDGET (map);
  guint words_notified = 0, units_notified = 0, activated = G_MAXUINT;

  g_test_summary ("The cursor goes through words and through units as they stand");

  g_signal_connect (map, "notify::word", G_CALLBACK (count_notify), &words_notified);
  g_signal_connect (map, "notify::unit", G_CALLBACK (count_notify), &units_notified);
  g_signal_connect (map, "unit-activated", G_CALLBACK (activated_cb), &activated);
  g_assert_false (press (widget, GDK_KEY_Return, 0));
  g_assert_true (press (widget, GDK_KEY_Right, 0));
  g_assert_cmpint (ut_heat_map_get_word (map), ==, 0);
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, 2);
  g_assert_true (press (widget, GDK_KEY_Down, 0));
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, 0);
  g_assert_true (press (widget, GDK_KEY_KP_Page_Down, 0));
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, 1);
  g_assert_true (press (widget, GDK_KEY_Up, 0));
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, 0);
  g_assert_true (press (widget, GDK_KEY_End, 0));
  g_assert_cmpint (ut_heat_map_get_word (map), ==, 3);
  g_assert_true (press (widget, GDK_KEY_Left, 0));
  g_assert_true (press (widget, GDK_KEY_Page_Up, 0));
  g_assert_cmpint (ut_heat_map_get_word (map), ==, 2);
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, 2);
  g_assert_true (press (widget, GDK_KEY_Home, 0));
  g_assert_cmpint (ut_heat_map_get_word (map), ==, 0);
  g_assert_true (press (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 2);
  g_assert_cmpuint (words_notified, ==, 4);
  g_assert_cmpuint (units_notified, ==, 5);
  g_assert_finalize_object (map);
}

static void
test_replaced (void)
{
  UtHeatMap *map = g_object_ref_sink (make_map (NULL));
  GtkWidget *widget = GTK_WIDGET (map);
  g_autofree char *reading = NULL;

  g_test_summary ("The unit stays when words become others, the word where there is one");

  ut_heat_map_set_word (map, 3);
  ut_heat_map_set_unit (map, 2);
  ut_heat_map_set_words (map, words, 2);
  g_assert_cmpint (ut_heat_map_get_word (map), ==, -1);
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, 2);
  g_assert_false (press (widget, GDK_KEY_Right, 0));
  ut_heat_map_set_word (map, 1);
  ut_heat_map_set_words (map, words, N_WORDS);
  g_assert_cmpint (ut_heat_map_get_word (map), ==, 1);
  reading = ut_heat_map_dup_reading (map);
  g_assert_cmpstr (reading, ==, "");
  ut_heat_map_set_unit (map, 7);
  set_values (map, NULL, UT_HEAT_SEQUENTIAL);
  g_assert_cmpint (ut_heat_map_get_unit (map), ==, -1);
  ut_heat_map_set_words (map, NULL, 0);
  g_assert_cmpint (ut_heat_map_get_word (map), ==, -1);
  g_assert_finalize_object (map);
}

/* The colour in the middle of a cell, of four columns of equal width and three rows. */
static guint32
get_colour (cairo_surface_t *surface,
            double           left,
            double           top,
            int              word,
            int              place)
{
  double width = (cairo_image_surface_get_width (surface) - left) / N_WORDS;
  double height = (cairo_image_surface_get_height (surface) - top) / N_UNITS;
  const guint8 *data = cairo_image_surface_get_data (surface);
  int x = (int) (left + (word + 0.5) * width);
  int y = (int) (top + (place + 0.5) * height);

  return *(const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (surface)
                                            + 4 * x);
}

static int
get_channel (guint32 colour,
             int     channel)
{
  return (int) (colour >> (8 * channel) & 0xff);
}

static void
test_colours (void)
{
  static const char *const same[] = { "mm", "mm", "mm", "mm" };
  UtHeatMap *map = UT_HEAT_MAP (ut_heat_map_new ());
  GtkWidget *widget = GTK_WIDGET (map);
  g_autoptr (GBytes) bytes = g_bytes_new_static (values, sizeof values);

  g_test_summary ("Blue above 0, orange below, nothing at 0 and where there is no number; rows in "
                  "their order; grey where there is no sign");

  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  ut_heat_map_set_words (map, same, N_WORDS);
  ut_heat_map_set_values (map, bytes, N_UNITS, order, "state", UT_HEAT_DIVERGING, 1);
  GtkWidget *window = present (widget, 600, 200);
  cairo_surface_t *surface = render (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "100");
  int left, top;

  pango_layout_get_pixel_size (layout, &left, &top);
  left += 12;
  top += 6;

  guint32 plus = get_colour (surface, left, top, 0, 1);   /* unit 0: 0.93 */
  guint32 minus = get_colour (surface, left, top, 0, 2);  /* unit 1: -1 */
  guint32 none = get_colour (surface, left, top, 0, 0);   /* unit 2: 0 */
  guint32 missing = get_colour (surface, left, top, 2, 1); /* unit 0: NaN */
  guint32 half = get_colour (surface, left, top, 1, 1);   /* unit 0: 0.5 */
  guint32 beyond = get_colour (surface, left, top, 3, 0); /* unit 2: 2 */

  g_assert_cmpint (get_channel (plus, 0), >, get_channel (plus, 2));
  g_assert_cmpint (get_channel (minus, 2), >, get_channel (minus, 0));
  g_assert_cmpint (ABS (get_channel (none, 0) - get_channel (none, 2)), <=, 8);
  g_assert_cmpuint (missing, !=, plus);
  g_assert_cmpint (get_channel (missing, 3), ==, 0);
  g_assert_cmpint (get_channel (half, 2), >, get_channel (plus, 2));
  g_assert_cmpint (get_channel (beyond, 2), <=, get_channel (plus, 2));
  cairo_surface_destroy (surface);

  ut_heat_map_set_values (map, bytes, N_UNITS, NULL, "input gate", UT_HEAT_SEQUENTIAL, 1);
  gtk_test_widget_wait_for_draw (widget);
  surface = render (widget);
  plus = get_colour (surface, left, top, 0, 0);
  minus = get_colour (surface, left, top, 0, 1);
  half = get_colour (surface, left, top, 1, 0);
  g_assert_cmpint (ABS (get_channel (plus, 0) - get_channel (plus, 2)), <=, 16);
  g_assert_cmpint (get_channel (plus, 1), <, get_channel (half, 1));
  g_assert_cmpint (get_channel (half, 1), <, get_channel (minus, 1));
  cairo_surface_destroy (surface);
  destroy (window);
}

static void
test_large (void)
{
  enum { MANY_WORDS = 4096, MANY_UNITS = 512 };
  UtHeatMap *map = UT_HEAT_MAP (ut_heat_map_new ());
  GtkWidget *widget = GTK_WIDGET (map);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autofree const char **many = g_new (const char *, MANY_WORDS);
  float *numbers = g_new (float, MANY_WORDS * MANY_UNITS);

  g_test_summary ("What is in sight is drawn of a large map, and the cursor brings the rest there");

  for (gsize i = 0; i < MANY_WORDS; i++)
    many[i] = words[i % N_WORDS];
  for (gsize i = 0; i < (gsize) MANY_WORDS * MANY_UNITS; i++)
    numbers[i] = (float) (i % 201) / 100 - 1;

  g_autoptr (GBytes) bytes = g_bytes_new_take (numbers,
                                               MANY_WORDS * MANY_UNITS * sizeof *numbers);

  ut_heat_map_set_words (map, many, MANY_WORDS);
  ut_heat_map_set_values (map, bytes, MANY_UNITS, NULL, "state", UT_HEAT_DIVERGING, 1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), widget);
  GtkWidget *window = present (scroller, 500, 300);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  ITER_UNTIL (gtk_adjustment_get_upper (across) > 10000);
  g_assert_cmpfloat (gtk_adjustment_get_upper (down), >=, 3 * MANY_UNITS);
  g_assert_true (press (widget, GDK_KEY_End, 0));
  ut_heat_map_set_unit (map, MANY_UNITS - 1);
  g_assert_cmpfloat (gtk_adjustment_get_value (across), >, 10000);
  g_assert_cmpfloat (gtk_adjustment_get_value (down), >, 1000);

  gtk_test_widget_wait_for_draw (widget);

  cairo_surface_t *surface = render (scroller);

  g_assert_cmpuint (count_ink (surface), >, 100000);
  cairo_surface_destroy (surface);
  destroy (window);
}

static void
test_empty (void)
{
  UtHeatMap *map = UT_HEAT_MAP (ut_heat_map_new ());
  GtkWidget *window = present (GTK_WIDGET (map), 300, 200);
  cairo_surface_t *surface = render (GTK_WIDGET (map));

  g_assert_cmpuint (count_ink (surface), >, 20);
  cairo_surface_destroy (surface);
  destroy (window);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/plot/heat-map/accessible", test_accessible);
  g_test_add_func ("/plot/heat-map/keys", test_keys);
  g_test_add_func ("/plot/heat-map/replaced", test_replaced);
  g_test_add_func ("/plot/heat-map/colours", test_colours);
  g_test_add_func ("/plot/heat-map/large", test_large);
  g_test_add_func ("/plot/heat-map/empty", test_empty);
  return g_test_run ();
}
