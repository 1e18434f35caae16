/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-moment.h"

#include <glib/gi18n.h>

static char *
format (GDateTime  *date,
        const char *as)
{
  char *text = date != NULL ? g_date_time_format (date, as) : NULL;

  return text != NULL ? text : g_strdup ("?");
}

static gboolean
is_same_day (GDateTime *a,
             GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
ut_moment_dup_day (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  /* Translators: a date, as strftime() takes it. */
  return format (date, _("%-d %B %Y"));
}

char *
ut_moment_dup (gint64 time,
               gint64 now)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) yesterday = today != NULL ? g_date_time_add_days (today, -1) : NULL;

  if (date != NULL && today != NULL && is_same_day (date, today))
    /* Translators: a moment, as strftime() takes it: "today at 14:03". */
    return format (date, _("today at %-H:%M"));
  if (date != NULL && yesterday != NULL && is_same_day (date, yesterday))
    /* Translators: a moment, as strftime() takes it: "yesterday at 9:30". */
    return format (date, _("yesterday at %-H:%M"));

  /* Translators: a day, as strftime() takes it: "on 28 November 2026". */
  return format (date, _("on %-d %B %Y"));
}
