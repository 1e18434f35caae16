/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lower-case-private.h"
#include "ut-tokens.h"

/* Without a call or a branch for each byte. */
static void
lower_ascii (char  *text,
             gsize  length)
{
  for (gsize i = 0; i < length; i++)
    text[i] |= (char) (((guchar) (text[i] - 'A') < 26) << 5);
}

/* ASCII and g_unichar_tolower() know no locale, unlike g_utf8_strdown(), which under a
 * Turkish one makes a dotless i of I and so would give a model other words than it was trained
 * on. */
void
_ut_lower_case_append (GString    *out,
                       const char *text,
                       gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *run = text;

      while (text < end && (guchar) *text < 0x80)
        text++;

      gsize at = out->len;
      g_string_append_len (out, run, text - run);
      lower_ascii (out->str + at, out->len - at);

      while (text < end && (guchar) *text >= 0x80)
        {
          g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (text)));
          text = g_utf8_next_char (text);
        }
    }
}

char *
ut_lower_case (const char *text,
               gsize       length)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);

  GString *out = g_string_sized_new (length);

  _ut_lower_case_append (out, text, length);

  return g_string_free (out, FALSE);
}
