/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_screenshot_install:
 * @application: gets the actions screenshot (a path, written as PNG) and resize (width, height).
 *
 * For tests only: pictures of the window as it is drawn, without a screen.
 */
void ut_screenshot_install (GtkApplication *application);

G_END_DECLS
