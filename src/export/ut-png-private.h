/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * _ut_png_set_resolution:
 * @png: a PNG as Cairo writes it.
 * @dpi: pixels to the inch.
 *
 * Has the file say how large it is on paper, which Cairo leaves out (a pHYs chunk: W3C, "Portable
 * Network Graphics", 11.3.5.3).
 */
void _ut_png_set_resolution (GByteArray *png,
                             double      dpi);

G_END_DECLS
