/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ut_json_append_string: appends UTF-8 @text to @json with quotes and escapes. Any thread. */
void ut_json_append_string (GString    *json,
                            const char *text);

/**
 * ut_json_append_number: appends the shortest text that reads back as @value, whatever the locale;
 * null where it is not finite. Any thread.
 */
void ut_json_append_number (GString    *json,
                            double      value);

G_END_DECLS
