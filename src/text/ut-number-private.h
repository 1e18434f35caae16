/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * _ut_number_parse:
 * @text: (inout): where to read; moved behind the number.
 * @value: (out): the number.
 *
 * Reads a finite decimal number ("-12.5e-3"), whatever the locale says: no hexadecimal digits,
 * "inf" or "nan". What follows the number is the caller's to check. The result is the double
 * nearest to the number.
 *
 * Returns: whether there was one.
 */
gboolean _ut_number_parse (const char **text,
                           double      *value);

G_END_DECLS
