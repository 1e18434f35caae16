/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-loop-trace.h"

/* A poll function gets no user data: the measurement is the one place of the program with a static
 * state, and it exists only while the environment asks for it. */
static struct
{
  char *path;      /* (owned) (nullable) */
  GArray *busy;    /* (owned) (nullable): milliseconds */
  gint64 awake;    /* when the last wait ended, 0 before the first */
} trace;

static int
measuring_poll (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int result;

  if (trace.awake != 0)
    {
      double busy = (double) (g_get_monotonic_time () - trace.awake) / 1000;

      g_array_append_val (trace.busy, busy);
    }
  result = g_poll (fds, n_fds, timeout);
  trace.awake = g_get_monotonic_time ();

  return result;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
reset_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  if (trace.busy != NULL)
    g_array_set_size (trace.busy, 0);
}

void
ut_loop_trace_start (const char *path)
{
  if (path == NULL || trace.busy != NULL)
    return;

  trace.path = g_strdup (path);
  trace.busy = g_array_new (FALSE, FALSE, sizeof (double));
  g_main_context_set_poll_func (NULL, measuring_poll);
}

void
ut_loop_trace_install (GActionMap *map)
{
  const GActionEntry entries[] = {
    { "trace-reset", reset_cb },
  };

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), NULL);
}

void
ut_loop_trace_end (void)
{
  const double shares[] = { 0.5, 0.9, 0.99, 0.999, 1 };
  const char *const names[] = { "p50", "p90", "p99", "p99.9", "max" };
  g_autoptr(GString) json = NULL;
  g_autoptr(GError) error = NULL;

  if (trace.busy == NULL)
    return;

  g_main_context_set_poll_func (NULL, NULL);
  g_array_sort (trace.busy, compare_doubles);
  json = g_string_new (NULL);
  g_string_append_printf (json, "{\"dispatches\":%u", trace.busy->len);
  for (gsize i = 0; i < G_N_ELEMENTS (shares) && trace.busy->len > 0; i++)
    {
      guint rank = (guint) (shares[i] * (trace.busy->len - 1) + 0.5);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, "%.3f", g_array_index (trace.busy, double, rank));
      g_string_append_printf (json, ",\"%s\":%s", names[i], number);
    }
  g_string_append (json, "}\n");

  if (!g_file_set_contents (trace.path, json->str, (gssize) json->len, &error))
    g_printerr ("undertone: %s\n", error->message);
  g_clear_pointer (&trace.busy, g_array_unref);
  g_clear_pointer (&trace.path, g_free);
}
