/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

char *
ut_cli_text_dup_time (double seconds)
{
  guint64 whole = (guint64) llround (MAX (seconds, 0));
  guint hours = (guint) (whole / 3600);
  guint minutes = (guint) (whole / 60 % 60);

  if (hours > 0)
    return g_strdup_printf ("%u:%02u:%02u", hours, minutes, (guint) (whole % 60));
  return g_strdup_printf ("%u:%02u", minutes, (guint) (whole % 60));
}

char *
ut_cli_text_dup_duration (double seconds)
{
  return seconds < 59.95 ? g_strdup_printf (_("%.1f s"), seconds) : ut_cli_text_dup_time (seconds);
}

char *
ut_cli_text_dup_number (double value,
                        int    n_digits)
{
  return isfinite (value) ? g_strdup_printf ("%'.*f", n_digits, value) : g_strdup ("–");
}

char *
ut_cli_text_quote (const char *text)
{
  gboolean simple = text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._+-")] == '\0';

  return simple && *text != '\0' ? g_strdup (text) : g_shell_quote (text);
}

char *
ut_cli_text_dup_age (gint64 created)
{
  gint64 seconds = MAX ((g_get_real_time () - created) / G_USEC_PER_SEC, 0);

  if (seconds < 60)
    return g_strdup (_("now"));
  if (seconds < 60 * 60)
    /* Translators: an age in minutes, and below in hours and days, as short as can be. */
    return g_strdup_printf (_("%d min"), (int) (seconds / 60));
  if (seconds < 24 * 60 * 60)
    return g_strdup_printf (_("%d h"), (int) (seconds / 60 / 60));
  return g_strdup_printf (_("%d d"), (int) (seconds / 60 / 60 / 24));
}

char *
ut_cli_text_dup_safe (const char *text,
                      gsize       length)
{
  GString *safe = g_string_sized_new (length);

  for (const char *c = text; c < text + length; c = g_utf8_next_char (c))
    {
      gunichar code = g_utf8_get_char (c);

      if (code == '\t')
        g_string_append_c (safe, ' ');
      else if (g_unichar_iscntrl (code))
        g_string_append (safe, "\357\277\275");
      else
        g_string_append_unichar (safe, code);
    }
  return g_string_free (safe, FALSE);
}
