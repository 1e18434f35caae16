/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * ut_run_keys_press:
 * @widget: a list of runs in a window.
 * @run: (nullable): the run that is selected there.
 * @key: what was pressed.
 * @modifiers: with what.
 *
 * Does what keys do in every list of runs: F2 renames @run, Delete deletes it, Ctrl+Z takes the last
 * deletion back.
 *
 * Returns: whether it was one of these.
 */
gboolean ut_run_keys_press   (GtkWidget       *widget,
                              UtRun           *run,
                              guint            key,
                              GdkModifierType  modifiers);

/** ut_run_keys_is_menu: whether the key asks for a menu: Shift+F10 or the menu key. */
gboolean ut_run_keys_is_menu (guint            key,
                              GdkModifierType  modifiers);

G_END_DECLS
