/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-screenshot.h"

static void
screenshot_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  const char *path = g_variant_get_string (parameter, NULL);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;
  int width, height, scale;

  if (window == NULL)
    return;

  /* The paintable is in logical pixels; a scaled node keeps the device's. */
  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  width = gdk_paintable_get_intrinsic_width (paintable);
  height = gdk_paintable_get_intrinsic_height (paintable);
  scale = gtk_widget_get_scale_factor (GTK_WIDGET (window));
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return;

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_printerr ("undertone: cannot write %s\n", path);
}

static void
resize_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  int width, height;

  g_variant_get (parameter, "(ii)", &width, &height);
  if (window != NULL)
    gtk_window_set_default_size (window, width, height);
}

void
ut_screenshot_install (GtkApplication *application)
{
  const GActionEntry entries[] = {
    { "screenshot", screenshot_cb, "s" },
    { "resize", resize_cb, "(ii)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
}
