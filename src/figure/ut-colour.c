/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-colour.h"

UtColour
ut_colour_from_rgb (guint32 rgb)
{
  return (UtColour) {
    .red = (float) (rgb >> 16 & 0xff) / 255,
    .green = (float) (rgb >> 8 & 0xff) / 255,
    .blue = (float) (rgb & 0xff) / 255,
    .alpha = 1,
  };
}

UtColour
ut_colour_mix (const UtColour *a,
               const UtColour *b,
               float           share)
{
  return (UtColour) {
    .red = a->red + (b->red - a->red) * share,
    .green = a->green + (b->green - a->green) * share,
    .blue = a->blue + (b->blue - a->blue) * share,
    .alpha = a->alpha,
  };
}

void
ut_colour_set_source (const UtColour *self,
                      cairo_t        *cr)
{
  cairo_set_source_rgba (cr, (double) self->red, (double) self->green, (double) self->blue,
                         (double) self->alpha);
}

gboolean
ut_colour_equal (const UtColour *a,
                 const UtColour *b)
{
  return a->red == b->red && a->green == b->green && a->blue == b->blue && a->alpha == b->alpha;
}
