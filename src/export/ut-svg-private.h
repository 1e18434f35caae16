/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * _ut_svg_finish:
 * @svg: (array length=length): a picture as Cairo writes it.
 * @title: what it shows, for those who do not see it.
 * @output: receives it: with the title, without names that differ from picture to picture, and with
 *   paths in whole hundredths from point to point, which take a third of the room.
 *
 * What is not as Cairo writes it stays as it is.
 */
void _ut_svg_finish (const char *svg,
                     gsize       length,
                     const char *title,
                     GByteArray *output);

G_END_DECLS
