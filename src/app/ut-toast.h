/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ut_toast_show:
 * @widget: a widget inside an #AdwToastOverlay; elsewhere nothing happens.
 * @text: plain text that needs no answer.
 */
void ut_toast_show (GtkWidget  *widget,
                    const char *text);

G_END_DECLS
