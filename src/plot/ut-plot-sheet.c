/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-sheet"

#include "config.h"

#include "ut-plot-sheet.h"

#include "ut-plot-resources.h"

#define RESOURCES "/io/github/undertone/Undertone/plot/"

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
ut_plot_sheet_ensure_resources (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      ut_plot_register_resource ();
      g_once_init_leave (&registered, 1);
    }
}

void
ut_plot_sheet_ensure (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  if (g_object_get_data (G_OBJECT (display), "ut-plot-sheet") != NULL)
    return;
  ut_plot_sheet_ensure_resources ();
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
ut_plot_sheet_set_scheme (gboolean dark,
                          gboolean high_contrast)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_return_if_fail (display != NULL);

  ut_plot_sheet_ensure (display);
  /* From now on the caller says what the theme is. */
  g_signal_handlers_disconnect_by_func (gtk_settings_get_for_display (display), theme_changed_cb,
                                        display);
  load (g_object_get_data (G_OBJECT (display), "ut-plot-sheet"), dark, high_contrast);
}
