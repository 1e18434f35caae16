/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-png-private.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#define MM_PER_INCH 25.4

/* The signature and the first chunk, IHDR, before which nothing may stand. */
#define HEAD 33

/* Length, name, two numbers, the unit, and a checksum of all but the length. */
#define CHUNK 21
#define DATA 9

#define UNIT_METRE 1

static void
put_number (guint8  *at,
            guint32  number)
{
  guint32 big = GUINT32_TO_BE (number);

  memcpy (at, &big, sizeof big);
}

void
_ut_png_set_resolution (GByteArray *png,
                        double      dpi)
{
  g_assert (png != NULL && dpi > 0);

  guint32 per_metre = (guint32) lround (dpi / MM_PER_INCH * 1000);
  guint8 chunk[CHUNK];

  if (png->len < HEAD)
    return;

  put_number (chunk, DATA);
  memcpy (chunk + 4, "pHYs", 4);
  put_number (chunk + 8, per_metre);
  put_number (chunk + 12, per_metre);
  chunk[16] = UNIT_METRE;
  put_number (chunk + 17, (guint32) crc32 (crc32 (0, NULL, 0), chunk + 4, DATA + 4));

  g_autofree guint8 *rest = g_memdup2 (png->data + HEAD, png->len - HEAD);
  guint length = png->len - HEAD;

  g_byte_array_set_size (png, HEAD);
  g_byte_array_append (png, chunk, CHUNK);
  g_byte_array_append (png, rest, length);
}
