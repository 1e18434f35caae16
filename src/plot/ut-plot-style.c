/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-style"

#include "config.h"

#include "ut-plot-style.h"

#include "ut-plot-resources.h"

#define RESOURCES "/io/github/undertone/Undertone/plot/"

static const double dash_dashed[] = { 4, 2 };
static const double dash_dotted[] = { 1.2, 1.6 };
static const double dash_dash_dot[] = { 5, 1.8, 1.2, 1.8 };
static const double dash_long[] = { 9, 2.5 };

static const struct
{
  const double *dashes;
  int           n_dashes;
} dashes[] = {
  { NULL, 0 },
  { dash_dashed, G_N_ELEMENTS (dash_dashed) },
  { dash_dotted, G_N_ELEMENTS (dash_dotted) },
  { dash_dash_dot, G_N_ELEMENTS (dash_dash_dot) },
  { dash_long, G_N_ELEMENTS (dash_long) },
};

static const char *const classes[UT_PLOT_N_COLOURS] = {
  "style-1", "style-2", "style-3", "style-4", "style-5", "style-6", "style-7", "style-8",
};

UtPlotStyle
ut_plot_style_get (guint index)
{
  guint dash = (index + index / UT_PLOT_N_COLOURS) % G_N_ELEMENTS (dashes);
  return (UtPlotStyle) {
    .css_class = classes[index % UT_PLOT_N_COLOURS],
    .dashes = dashes[dash].dashes,
    .n_dashes = dashes[dash].n_dashes,
  };
}

void
ut_plot_style_set_dash (cairo_t *cr,
                        guint    index,
                        double   line_width,
                        double   offset)
{
  UtPlotStyle style = ut_plot_style_get (index);
  double lengths[4];

  g_assert (style.n_dashes <= (int) G_N_ELEMENTS (lengths));
  for (int i = 0; i < style.n_dashes; i++)
    lengths[i] = style.dashes[i] * line_width;
  cairo_set_dash (cr, lengths, style.n_dashes, offset);
}

void
ut_plot_style_draw_swatch (cairo_t       *cr,
                           guint          index,
                           const GdkRGBA *colour,
                           double         width,
                           double         height)
{
  const double line_width = 2.5;

  g_return_if_fail (cr != NULL && colour != NULL);

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  ut_plot_style_set_dash (cr, index, line_width, 0);
  cairo_move_to (cr, 0, height / 2);
  cairo_line_to (cr, width, height / 2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* What a display has: the provider, and what was asked for. */
typedef struct
{
  GtkCssProvider *provider; /* (owned) */
  const char     *loaded;   /* (nullable) */
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;
  g_clear_object (&sheet->provider);
  g_free (sheet);
}

static void
load (Sheet    *sheet,
      gboolean  dark,
      gboolean  high_contrast)
{
  const char *path = high_contrast ? (dark ? RESOURCES "plot-hc-dark.css" : RESOURCES "plot-hc.css")
                                   : (dark ? RESOURCES "plot-dark.css" : RESOURCES "plot.css");
  if (sheet->loaded == path)
    return;
  sheet->loaded = path;
  gtk_css_provider_load_from_resource (sheet->provider, path);
}

static void
theme_changed_cb (GtkSettings *settings,
                  GParamSpec  *pspec,
                  GdkDisplay  *display)
{
  Sheet *sheet = g_object_get_data (G_OBJECT (display), "ut-plot-sheet");
  gboolean dark = FALSE;
  g_autofree char *theme = NULL;

  g_object_get (settings, "gtk-application-prefer-dark-theme", &dark, "gtk-theme-name", &theme,
                NULL);
  gboolean high_contrast = theme != NULL && g_str_has_prefix (theme, "HighContrast");
  dark = dark
         || (theme != NULL
             && (g_str_has_suffix (theme, "-dark") || g_str_has_suffix (theme, "Inverse")));
  load (sheet, dark, high_contrast);
}

void
ut_plot_style_ensure_resources (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      ut_plot_register_resource ();
      g_once_init_leave (&registered, 1);
    }
}

void
ut_plot_style_ensure (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  if (g_object_get_data (G_OBJECT (display), "ut-plot-sheet") != NULL)
    return;
  ut_plot_style_ensure_resources ();
  Sheet *sheet = g_new0 (Sheet, 1);
  sheet->provider = gtk_css_provider_new ();
  g_object_set_data_full (G_OBJECT (display), "ut-plot-sheet", sheet, sheet_free);

  GtkSettings *settings = gtk_settings_get_for_display (display);
  theme_changed_cb (settings, NULL, display);
  /* Below the application's own sheet, which may say otherwise. */
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (sheet->provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
  g_signal_connect_object (settings, "notify::gtk-application-prefer-dark-theme",
                           G_CALLBACK (theme_changed_cb), display, G_CONNECT_DEFAULT);
  g_signal_connect_object (settings, "notify::gtk-theme-name", G_CALLBACK (theme_changed_cb),
                           display, G_CONNECT_DEFAULT);
}

void
ut_plot_style_set_scheme (gboolean dark,
                          gboolean high_contrast)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_return_if_fail (display != NULL);

  ut_plot_style_ensure (display);
  /* From now on the caller says what the theme is. */
  g_signal_handlers_disconnect_by_func (gtk_settings_get_for_display (display), theme_changed_cb,
                                        display);
  load (g_object_get_data (G_OBJECT (display), "ut-plot-sheet"), dark, high_contrast);
}
