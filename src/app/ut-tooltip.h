/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_tooltip_set:
 * @widget: a widget.
 * @text: (nullable): its tooltip, as plain text.
 *
 * As gtk_widget_set_tooltip_text(), but does nothing where @text is set already: GTK 4.8 asks the
 * display where the pointer is, and waits for the answer, each time. For tooltips that are set with
 * every answer. Main thread.
 */
void ut_tooltip_set (GtkWidget  *widget,
                     const char *text);

G_END_DECLS
