/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <math.h>
#include <ut-notebook-drawing.h>
#include <ut-notebook-page.h>

#define N_FAULTS 3

static const char *const names[N_FAULTS] = { "state", "loss", "padding" };

static GtkWidget *
find (GtkWidget  *page,
      const char *name,
      const char *what)
{
  g_autofree char *id = g_strconcat (name, what, NULL);

  return ut_ui_test_find (page, UT_TYPE_NOTEBOOK_PAGE, id);
}

static void
test_template (void)
{
  GtkWidget *page = ut_notebook_page_new ();
  gpointer watched = page;
  GtkWidget *focus;
  int least;

  g_test_summary ("The page is as narrow as a telephone, begins at its top and closes.");
  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  gtk_window_present (GTK_WINDOW (page));
  ITER_UNTIL (gtk_widget_get_width (page) > 0);
  focus = gtk_root_get_focus (GTK_ROOT (page));
  g_assert_true (GTK_IS_SCROLLED_WINDOW (focus));
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (
                         GTK_SCROLLED_WINDOW (focus))), ==, 0);

  g_assert_true (gtk_widget_activate_action (page, "window.close", NULL));
  ITER_UNTIL (watched == NULL);
}

static void
assert_faults (GtkWidget       *page,
               UtNotebookFault  buttons,
               UtNotebookFault  repaired)
{
  for (int i = 0; i < N_FAULTS; i++)
    {
      g_assert_cmpint (gtk_widget_get_visible (find (page, names[i], "_button")), ==,
                       (buttons & (1 << i)) != 0);
      g_assert_cmpint (gtk_widget_get_visible (find (page, names[i], "_repaired")), ==,
                       (repaired & (1 << i)) != 0);
    }
}

static void
test_faults (void)
{
  GtkWidget *page = ut_notebook_page_new ();
  const UtNotebookFault all = UT_NOTEBOOK_FAULT_STATE | UT_NOTEBOOK_FAULT_LOSS
                              | UT_NOTEBOOK_FAULT_PADDING;

  g_test_summary ("What the run has can be repaired, what it has not is said to be; without a run "
                  "there is neither.");
  assert_faults (page, 0, 0);
  ut_notebook_page_set_faults (UT_NOTEBOOK_PAGE (page), all);
  assert_faults (page, all, 0);
  ut_notebook_page_set_faults (UT_NOTEBOOK_PAGE (page), UT_NOTEBOOK_FAULT_LOSS);
  assert_faults (page, UT_NOTEBOOK_FAULT_LOSS, UT_NOTEBOOK_FAULT_STATE | UT_NOTEBOOK_FAULT_PADDING);
  ut_notebook_page_set_faults (UT_NOTEBOOK_PAGE (page), 0);
  assert_faults (page, 0, all);
  ut_notebook_page_unset_faults (UT_NOTEBOOK_PAGE (page));
  assert_faults (page, 0, 0);

  gtk_window_destroy (GTK_WINDOW (page));
}

static void
repair_cb (UtNotebookPage  *page,
           UtNotebookFault  fault,
           GArray          *faults)
{
  g_array_append_val (faults, fault);
}

static void
test_repair (void)
{
  GtkWidget *page = ut_notebook_page_new ();
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (UtNotebookFault));

  g_test_summary ("Each button asks for the repair of its own fault, and is named after it.");
  g_signal_connect (page, "repair", G_CALLBACK (repair_cb), faults);
  for (int i = 0; i < N_FAULTS; i++)
    g_signal_emit_by_name (find (page, names[i], "_button"), "clicked");
  g_assert_cmpuint (faults->len, ==, 3);
  g_assert_cmpint (g_array_index (faults, UtNotebookFault, 0), ==, UT_NOTEBOOK_FAULT_STATE);
  g_assert_cmpint (g_array_index (faults, UtNotebookFault, 1), ==, UT_NOTEBOOK_FAULT_LOSS);
  g_assert_cmpint (g_array_index (faults, UtNotebookFault, 2), ==, UT_NOTEBOOK_FAULT_PADDING);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find (page, "padding", "_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Repair this: what padding does");

  gtk_window_destroy (GTK_WINDOW (page));
}

static int
get_height (GtkWidget *drawing,
            int        width)
{
  int height;

  gtk_widget_measure (drawing, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
test_drawing_size (void)
{
  g_autoptr (GtkWidget) drawing = g_object_ref_sink (ut_notebook_drawing_new ());
  int least;

  g_test_summary ("Side by side where there is room, else one above the other.");
  gtk_widget_measure (drawing, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 336);
  g_assert_cmpint (get_height (drawing, least), >, 3 * get_height (drawing, 3 * least) / 2);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (drawing), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (drawing), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "A batch, as documented and as coded");
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (drawing),
                                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static void
add_style (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat ("/io/github/undertone/Undertone/", name, NULL);

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static cairo_surface_t *
draw (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_t *cr = cairo_create (surface);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* How many pixels have wholly the named colour. */
static guint
count (cairo_surface_t *surface,
       GtkWidget       *widget,
       const char      *name)
{
  int width = cairo_image_surface_get_width (surface);
  GdkRGBA colour;
  guint32 wanted;
  guint n = 0;

  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name,
                                                 &colour));
  wanted = 0xffu << 24 | (guint32) lround (colour.red * 255) << 16
           | (guint32) lround (colour.green * 255) << 8 | (guint32) lround (colour.blue * 255);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guint32 *row = (const guint32 *) (const void *)
          (cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++)
        n += row[x] == wanted;
    }

  return n;
}

static void
test_drawing (gconstpointer data)
{
  gboolean dark = GPOINTER_TO_INT (data);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *drawing = ut_notebook_drawing_new ();
  cairo_surface_t *surface;

  g_test_summary ("Arrows and answers are drawn in the theme's colours.");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  add_style ("style.css");
  if (dark)
    add_style ("style-dark.css");
  gtk_window_set_child (GTK_WINDOW (window), drawing);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 400);
  gtk_window_present (GTK_WINDOW (window));
  ITER_UNTIL (gtk_widget_get_width (drawing) > 0);

  surface = draw (drawing);
  g_assert_cmpuint (count (surface, drawing, "ut_notebook_state"), >, 100);
  g_assert_cmpuint (count (surface, drawing, "ut_notebook_answer"), >, 500);
  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  ut_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/notebook-page/template", test_template);
  g_test_add_func ("/ui/notebook-page/faults", test_faults);
  g_test_add_func ("/ui/notebook-page/repair", test_repair);
  g_test_add_func ("/ui/notebook-drawing/size", test_drawing_size);
  /* Styles are added to those before. */
  g_test_add_data_func ("/ui/notebook-drawing/light", GINT_TO_POINTER (FALSE), test_drawing);
  g_test_add_data_func ("/ui/notebook-drawing/dark", GINT_TO_POINTER (TRUE), test_drawing);

  return g_test_run ();
}
