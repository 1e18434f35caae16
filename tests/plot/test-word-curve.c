/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <string.h>
#include <ut-plot-all.h>

static const char *const words[] = { "not", "bad", "at", "all" };
static const UtWordMark marks[] = { UT_WORD_MARK_NONE, UT_WORD_MARK_UNKNOWN,
                                    UT_WORD_MARK_GUESSED, UT_WORD_MARK_NONE };
static const double values[] = { 0.2, 0.4, NAN, 1.5 };

static UtWordCurve *
make_curve (void)
{
  UtWordCurve *curve = UT_WORD_CURVE (ut_word_curve_new ());
  ut_word_curve_set_words (curve, words, marks, 4);
  ut_word_curve_set_lane (curve, 0, "LSTM 1", 0, values, 4);
  return curve;
}

static void
test_accessible (void)
{
  UtWordCurve *curve = g_object_ref_sink (make_curve ());

  gtk_test_accessible_assert_role (curve, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (curve, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "if the text ended here");
  g_object_set (curve, "summary", "Negative 0.12.", NULL);
  gtk_test_accessible_assert_property (curve, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Negative 0.12.");
  ut_word_curve_set_selected (curve, 1);
  gtk_test_accessible_assert_property (curve, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "bad (unknown word) · LSTM 1: 0.40. Negative 0.12.");
  g_assert_finalize_object (curve);
}

static void
activated_cb (UtWordCurve *curve,
              guint        index,
              guint       *activated)
{
  *activated = index;
}

static void
test_keys (void)
{
  UtWordCurve *curve = g_object_ref_sink (make_curve ());
  GtkWidget *widget = GTK_WIDGET (curve);
  guint notified = 0, activated = G_MAXUINT;

  g_signal_connect (curve, "notify::selected", G_CALLBACK (count_notify), &notified);
  g_signal_connect (curve, "word-activated", G_CALLBACK (activated_cb), &activated);
  g_assert_false (press (widget, GDK_KEY_Return, 0));
  g_assert_true (press (widget, GDK_KEY_Right, 0));
  g_assert_cmpint (ut_word_curve_get_selected (curve), ==, 0);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpint (ut_word_curve_get_selected (curve), ==, 0);
  g_assert_cmpuint (notified, ==, 1);
  press (widget, GDK_KEY_End, 0);
  g_assert_cmpint (ut_word_curve_get_selected (curve), ==, 3);
  g_assert_true (press (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 3);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpint (ut_word_curve_get_selected (curve), ==, 2);
  press (widget, GDK_KEY_Home, 0);
  g_assert_cmpint (ut_word_curve_get_selected (curve), ==, 0);
  ut_word_curve_set_selected (curve, 99);
  g_assert_cmpint (ut_word_curve_get_selected (curve), ==, -1);
  g_assert_finalize_object (curve);
}

static void
test_reading (void)
{
  UtWordCurve *curve = g_object_ref_sink (make_curve ());

  ut_word_curve_set_lane (curve, 1, "GRU 2", 1, (const double[]) { 0, 0.5, 0.75, -3 }, 4);
  ut_word_curve_set_selected (curve, 2);
  g_autofree char *gap = ut_word_curve_dup_reading (curve);
  g_assert_cmpstr (gap, ==, "at (guessed from its parts) · GRU 2: 0.75");
  g_test_message ("what is no probability is clamped");
  ut_word_curve_set_selected (curve, 3);
  g_autofree char *clamped = ut_word_curve_dup_reading (curve);
  g_assert_cmpstr (clamped, ==, "all · LSTM 1: 1.00 · GRU 2: 0.00");
  g_test_message ("new words take everything with them");
  ut_word_curve_set_words (curve, words, NULL, 2);
  g_autofree char *nothing = ut_word_curve_dup_reading (curve);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_finalize_object (curve);
}

static void
test_weights (void)
{
  /* The macro takes what it is given for a format, too. */
  const char *told = "bad (unknown word) · LSTM 1: 0.40 · attention 62.5 %. "
                     "Most attention: “bad”, 62.5 %";
  UtWordCurve *curve = g_object_ref_sink (make_curve ());
  int minimum, plain;

  gtk_widget_measure (GTK_WIDGET (curve), GTK_ORIENTATION_VERTICAL, -1, &plain, NULL, NULL, NULL);
  g_object_set (curve, "summary", "Most attention: “bad”, 62.5 %", NULL);
  ut_word_curve_set_weights (curve, (const double[]) { 0.25, 0.625, NAN, 7 }, 4);
  gtk_widget_measure (GTK_WIDGET (curve), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  g_test_message ("the bars have room of their own");
  g_assert_cmpint (minimum, >, plain + 20);

  ut_word_curve_set_selected (curve, 1);
  gtk_test_accessible_assert_property (curve, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, told);
  ut_word_curve_set_selected (curve, 2);
  g_autofree char *gap = ut_word_curve_dup_reading (curve);
  g_assert_cmpstr (gap, ==, "at (guessed from its parts)");
  ut_word_curve_set_selected (curve, 3);
  g_autofree char *clamped = ut_word_curve_dup_reading (curve);
  g_assert_cmpstr (clamped, ==, "all · LSTM 1: 1.00 · attention 100.0 %");

  g_test_message ("new words take them away");
  ut_word_curve_set_words (curve, words, NULL, 4);
  gtk_widget_measure (GTK_WIDGET (curve), GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, plain);
  g_assert_finalize_object (curve);
}

/* How many of the lowest @height pixels of column @x have the colour of the first lane. */
static guint
count_bar (cairo_surface_t *surface,
           int              x,
           int              height)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int bottom = cairo_image_surface_get_height (surface);
  guint n = 0;

  for (int y = bottom - height; y < bottom; y++)
    {
      guint32 pixel;
      memcpy (&pixel, data + y * stride + 4 * x, sizeof pixel);
      n += pixel == 0xff0072b2 ? 1 : 0;
    }
  return n;
}

static void
test_bars (void)
{
  g_test_summary ("A bar is as high as its weight is of the largest, under the middle of its word");
  GtkWidget *curve = ut_word_curve_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  guint most = 0, heights[4] = { 0 };

  gtk_widget_set_hexpand (curve, TRUE);
  gtk_box_append (GTK_BOX (box), curve);
  ut_word_curve_set_words (UT_WORD_CURVE (curve), words, NULL, 4);
  ut_word_curve_set_lane (UT_WORD_CURVE (curve), 0, "LSTM 1", 0,
                          (const double[]) { 1, 1, 1, 1 }, 4);
  ut_word_curve_set_weights (UT_WORD_CURVE (curve), (const double[]) { 0.2, 0.4, 0.1, 0 }, 4);
  GtkWidget *window = present (box, 400, 240);
  cairo_surface_t *surface = render (curve);
  guint word = 0;
  for (int x = 0, last = 0; x < cairo_image_surface_get_width (surface) && word < 4; x++)
    {
      guint n = count_bar (surface, x, 80);
      if (n > 0 && last == 0)
        heights[word++] = n;
      last = (int) n;
      most = MAX (most, n);
    }
  g_test_message ("%u, %u, %u of %u", heights[0], heights[1], heights[2], most);
  g_assert_cmpuint (word, ==, 3);
  g_assert_cmpuint (most, >=, 20);
  g_assert_cmpuint (heights[1], ==, most);
  g_assert_cmpfloat_with_epsilon (heights[0], most / 2.0, 1.5);
  g_assert_cmpfloat_with_epsilon (heights[2], most / 4.0, 1.5);
  cairo_surface_destroy (surface);
  destroy (window);
}

/* "it is [not -> very] (and) bad at all": a word was replaced, and one struck out behind it. */
static const char *const edited_words[] = { "it", "very", "and", "bad", "at", "all" };
static const UtWordEdit edits[] = { UT_WORD_EDIT_NONE, UT_WORD_EDIT_PUT_IN,
                                    UT_WORD_EDIT_STRUCK_OUT, UT_WORD_EDIT_NONE,
                                    UT_WORD_EDIT_NONE, UT_WORD_EDIT_NONE };
static const char *const replaced[] = { NULL, "not", NULL, NULL, NULL, NULL };
static const double new_values[] = { 0.5, 0.9, 0.9, 0.9, 0.6, 0.5 };
static const double old_values[] = { 0.5, 0.1, 0.1, 0.1, 0.4, 7 };
static const UtWordBefore before = { .edits = edits, .replaced = replaced,
                                     .probabilities = old_values, .first = 3, .n_remembered = 2 };

static UtWordCurve *
make_edited_curve (const UtWordBefore *past)
{
  UtWordCurve *curve = UT_WORD_CURVE (ut_word_curve_new ());
  ut_word_curve_set_words (curve, edited_words, NULL, 6);
  ut_word_curve_set_lane (curve, 0, "LSTM 1", 0, new_values, 6);
  ut_word_curve_set_before (curve, past);
  return curve;
}

static void
assert_reading (UtWordCurve *curve,
                int          word,
                const char  *expected)
{
  ut_word_curve_set_selected (curve, word);
  g_autofree char *reading = ut_word_curve_dup_reading (curve);
  g_assert_cmpstr (reading, ==, expected);
}

static void
test_before_reading (void)
{
  g_test_summary ("What was done to a word is read out, and from the first edit on both values");
  UtWordCurve *curve = g_object_ref_sink (make_edited_curve (&before));

  assert_reading (curve, 0, "it · LSTM 1: 0.50");
  assert_reading (curve, 1, "very (in place of “not”) · LSTM 1: 0.90 · before: 0.10");
  assert_reading (curve, 2, "and (struck out) · LSTM 1: 0.90 · before: 0.10");
  assert_reading (curve, 3, "bad · LSTM 1: 0.90 · before: 0.10");
  g_test_message ("what is no probability is clamped");
  assert_reading (curve, 5, "all · LSTM 1: 0.50 · before: 1.00");
  ut_word_curve_set_selected (curve, 3);
  gtk_test_accessible_assert_property (curve, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "bad · LSTM 1: 0.90 · before: 0.10");
  ut_word_curve_set_before (curve, NULL);
  assert_reading (curve, 1, "very · LSTM 1: 0.90");
  g_assert_finalize_object (curve);
}

static void
test_before_room (void)
{
  g_test_summary ("A word that was replaced makes its place wider, the bracket has room of its own");
  UtWordCurve *curve = g_object_ref_sink (make_edited_curve (NULL));
  GdkRectangle plain, wide, none;
  int plain_height, height;

  gtk_widget_measure (GTK_WIDGET (curve), GTK_ORIENTATION_VERTICAL, -1, &plain_height, NULL, NULL,
                      NULL);
  g_assert_true (ut_word_curve_get_word_area (curve, 1, &plain));
  ut_word_curve_set_before (curve, &before);
  gtk_widget_measure (GTK_WIDGET (curve), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_true (ut_word_curve_get_word_area (curve, 1, &wide));
  g_assert_cmpint (wide.x, ==, plain.x);
  g_assert_cmpint (wide.width, >, plain.width + 10);
  g_assert_cmpint (height, >, plain_height + 10);
  g_assert_false (ut_word_curve_get_word_area (curve, 6, &none));
  g_assert_false (ut_word_curve_get_word_area (curve, -1, &none));
  g_assert_finalize_object (curve);
}

static guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  guint32 pixel;

  memcpy (&pixel, cairo_image_surface_get_data (surface)
                  + y * cairo_image_surface_get_stride (surface) + 4 * x, sizeof pixel);
  return pixel;
}

/* How many pixels of a column differ between two pictures, from @top to @bottom. */
static guint
count_other (cairo_surface_t *a,
             cairo_surface_t *b,
             int              x,
             int              top,
             int              bottom)
{
  guint n = 0;

  for (int y = top; y < bottom; y++)
    n += get_pixel (a, x, y) != get_pixel (b, x, y) ? 1 : 0;
  return n;
}

static cairo_surface_t *
picture (const UtWordBefore *past,
         GdkRectangle       *areas)
{
  UtWordCurve *curve = make_edited_curve (past);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (GTK_WIDGET (curve), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (curve));
  GtkWidget *window = present (box, 700, 260);
  cairo_surface_t *surface = render (GTK_WIDGET (curve));
  for (int i = 0; i < 6; i++)
    g_assert_true (ut_word_curve_get_word_area (curve, i, &areas[i]));
  destroy (window);
  return surface;
}

static int
get_middle (const GdkRectangle *area)
{
  return area->x + area->width / 2;
}

static void
test_before_drawn (void)
{
  g_test_summary ("The gap is shaded where the lines part and not before; the bracket covers the "
                  "words for which the edits matter; struck-out words have a line through them");
  static const UtWordEdit put_in[] = { UT_WORD_EDIT_NONE, UT_WORD_EDIT_PUT_IN, UT_WORD_EDIT_PUT_IN,
                                       UT_WORD_EDIT_NONE, UT_WORD_EDIT_NONE, UT_WORD_EDIT_NONE };
  UtWordBefore same = before, longer = before, other = before;
  GdkRectangle areas[6];

  g_test_message ("the old values alone: what differs is gap and thin line");
  same.probabilities = new_values;
  cairo_surface_t *without = picture (&same, areas);
  cairo_surface_t *with = picture (&before, areas);
  int bottom = areas[0].y;
  g_assert_cmpuint (count_other (with, without, get_middle (&areas[0]) - 8, 0, bottom), ==, 0);
  g_assert_cmpuint (count_other (with, without, get_middle (&areas[3]) + 12, 0, bottom), >, 60);
  cairo_surface_destroy (without);

  g_test_message ("one word more: what differs is the bracket, over that word and in its text");
  longer.n_remembered = 3;
  cairo_surface_t *bracket = picture (&longer, areas);
  g_assert_cmpuint (count_other (bracket, with, areas[5].x + areas[5].width, 0, bottom), >, 3);
  g_assert_cmpuint (count_other (bracket, with, areas[3].x, 0, bottom), ==, 0);
  g_assert_cmpuint (count_other (bracket, with, areas[4].x, bottom, 260), ==, 0);
  cairo_surface_destroy (bracket);

  g_test_message ("put in instead of struck out: what differs is the line of the word, and its dot");
  other.edits = put_in;
  cairo_surface_t *underlined = picture (&other, areas);
  guint n = 0;
  for (int x = areas[2].x; x < areas[2].x + areas[2].width; x++)
    n += count_other (underlined, with, x, areas[2].y, 260);
  g_assert_cmpuint (n, >=, 10);
  g_assert_cmpuint (count_other (underlined, with, get_middle (&areas[3]), areas[3].y, 260), ==, 0);
  cairo_surface_destroy (underlined);
  cairo_surface_destroy (with);
}

static void
test_before_pictures (void)
{
  g_test_summary ("One word that was struck out, gaps and thousands of words have a picture");
  static const gsize sizes[] = { 1, 3, 4096 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize kind = 0; kind < 3; kind++)
      {
        gsize n = sizes[i];
        g_autofree const char **many = g_new0 (const char *, n);
        g_autofree const char **old = g_new0 (const char *, n);
        g_autofree double *values_of = g_new (double, n);
        g_autofree UtWordEdit *edited = g_new0 (UtWordEdit, n);
        for (gsize j = 0; j < n; j++)
          {
            many[j] = "word";
            old[j] = "another";
            values_of[j] = j % 2 == 1 ? NAN : 0.7;
          }
        edited[n / 2] = (UtWordEdit) kind;
        const UtWordBefore past = { edited, old, values_of, n / 2 + 1, n, kind == 2 };
        GtkWidget *curve = ut_word_curve_new ();
        ut_word_curve_set_words (UT_WORD_CURVE (curve), many, NULL, n);
        ut_word_curve_set_before (UT_WORD_CURVE (curve), &past);
        if (kind > 0)
          ut_word_curve_set_lane (UT_WORD_CURVE (curve), 0, "run", 0, values_of, n);
        ut_word_curve_set_selected (UT_WORD_CURVE (curve), (int) n / 2);
        GtkWidget *scrolled = gtk_scrolled_window_new ();
        gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), curve);
        GtkWidget *window = present (scrolled, 500, 240);
        cairo_surface_t *surface = render (scrolled);
        g_assert_cmpuint (count_ink (surface), >, 30);
        cairo_surface_destroy (surface);
        destroy (window);
      }
}

static void
test_pictures (void)
{
  g_test_summary ("None, one and thousands of words have a picture; without lanes, too");
  static const gsize sizes[] = { 0, 1, 4, 4096 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize n = sizes[i];
      g_autofree const char **many = g_new0 (const char *, n + 1);
      g_autofree double *probabilities = g_new (double, n + 1);
      for (gsize j = 0; j < n; j++)
        {
          many[j] = j % 3 == 0 ? "supercalifragilisticexpialidocious" : "";
          probabilities[j] = j % 5 == 0 ? NAN : 0.5;
        }
      GtkWidget *curve = ut_word_curve_new ();
      ut_word_curve_set_words (UT_WORD_CURVE (curve), many, NULL, n);
      if (i != 2)
        ut_word_curve_set_lane (UT_WORD_CURVE (curve), 0, "run", 0, probabilities, n);
      if (i % 2 == 1)
        ut_word_curve_set_weights (UT_WORD_CURVE (curve), probabilities, n);
      GtkWidget *scrolled = gtk_scrolled_window_new ();
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), curve);
      GtkWidget *window = present (scrolled, 500, 200);
      cairo_surface_t *surface = render (scrolled);
      g_assert_cmpuint (count_ink (surface), >, 30);
      cairo_surface_destroy (surface);
      destroy (window);
    }
}

static void
test_scroll (void)
{
  enum { N = 200 };
  const char *many[N];
  for (int i = 0; i < N; i++)
    many[i] = "word";
  GtkWidget *curve = ut_word_curve_new ();
  ut_word_curve_set_words (UT_WORD_CURVE (curve), many, NULL, N);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), curve);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));

  g_test_summary ("The widget is as wide as its words, and the selected one comes into sight");
  GtkWidget *window = present (scrolled, 400, 200);
  ITER_UNTIL (gtk_adjustment_get_upper (adjustment) > 200 * 30);
  press (curve, GDK_KEY_End, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 200 * 30 - 400);
  press (curve, GDK_KEY_Home, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  destroy (window);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/word-curve/accessible", test_accessible);
  g_test_add_func ("/word-curve/keys", test_keys);
  g_test_add_func ("/word-curve/reading", test_reading);
  g_test_add_func ("/word-curve/weights", test_weights);
  g_test_add_func ("/word-curve/bars", test_bars);
  g_test_add_func ("/word-curve/before/reading", test_before_reading);
  g_test_add_func ("/word-curve/before/room", test_before_room);
  g_test_add_func ("/word-curve/before/drawn", test_before_drawn);
  g_test_add_func ("/word-curve/before/pictures", test_before_pictures);
  g_test_add_func ("/word-curve/pictures", test_pictures);
  g_test_add_func ("/word-curve/scroll", test_scroll);
  return g_test_run ();
}
