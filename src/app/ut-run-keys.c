/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-keys.h"

gboolean
ut_run_keys_press (GtkWidget       *widget,
                   UtRun           *run,
                   guint            key,
                   GdkModifierType  modifiers)
{
  const char *action = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (run == NULL || UT_IS_RUN (run), FALSE);

  if (key == GDK_KEY_z && modifiers == GDK_CONTROL_MASK)
    {
      gtk_widget_activate_action (widget, "win.run-restore", NULL);
      return TRUE;
    }

  if (key == GDK_KEY_F2 && modifiers == 0)
    action = "win.run-rename";
  else if ((key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete) && modifiers == 0)
    action = "win.run-delete";
  if (action == NULL || run == NULL)
    return FALSE;

  gtk_widget_activate_action (widget, action, "s", ut_run_get_id (run));
  return TRUE;
}

gboolean
ut_run_keys_is_menu (guint           key,
                     GdkModifierType modifiers)
{
  return (key == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK)
         || (key == GDK_KEY_Menu && modifiers == 0);
}
