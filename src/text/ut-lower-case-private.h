/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * _ut_lower_case_append:
 * @out: receives the text.
 * @text: valid UTF-8.
 * @length: its bytes.
 *
 * Appends @text, lower-cased code point by code point.
 */
void _ut_lower_case_append (GString    *out,
                            const char *text,
                            gsize       length);

G_END_DECLS
