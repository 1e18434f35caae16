/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/** UtColour: a colour without GTK; each part from 0 to 1. Plain memory. */
typedef struct
{
  float red;
  float green;
  float blue;
  float alpha;
} UtColour;

/** ut_colour_from_rgb: (@rgb) as in 0x0072b2, opaque. */
UtColour ut_colour_from_rgb   (guint32         rgb);

/** ut_colour_mix: @share (0 to 1) of the way from @a to @b; the alpha of @a. */
UtColour ut_colour_mix        (const UtColour *a,
                               const UtColour *b,
                               float           share);

/** ut_colour_set_source: what @cr draws with from now on. */
void     ut_colour_set_source (const UtColour *self,
                               cairo_t        *cr);

gboolean ut_colour_equal      (const UtColour *a,
                               const UtColour *b);

G_END_DECLS
