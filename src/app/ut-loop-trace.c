/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-loop-trace.h"

#include <time.h>

/* A poll function gets no user data: the measurement is the one place of the program with a static
 * state, and it exists only while the environment asks for it. */
static struct
{
  char *path;       /* (owned) (nullable) */
  GArray *busy;     /* (owned) (nullable): milliseconds by the clock */
  GArray *computed; /* (owned) (nullable): milliseconds of this thread's own computing */
  GArray *frames;   /* (owned) (nullable): milliseconds from a frame's tick until it is painted */
  GArray *painting; /* (owned) (nullable): this thread's own computing of them */
  gint64 awake;     /* when the last wait ended, 0 before the first */
  double awake_cpu; /* what the thread had computed by then */
  gint64 tick;      /* when the frame began that is being made */
  double tick_cpu;  /* what the thread had computed by then */
} trace;

/* Where the machine is shared, the clock also counts what others did meanwhile. */
static double
get_thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static int
measuring_poll (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int result;

  if (trace.awake != 0)
    {
      double busy = (double) (g_get_monotonic_time () - trace.awake) / 1000;
      double computed = get_thread_ms () - trace.awake_cpu;

      g_array_append_val (trace.busy, busy);
      g_array_append_val (trace.computed, computed);
    }
  result = g_poll (fds, n_fds, timeout);
  trace.awake = g_get_monotonic_time ();
  trace.awake_cpu = get_thread_ms ();

  return result;
}

static void
before_paint_cb (GdkFrameClock *clock,
                 gpointer       user_data)
{
  trace.tick = g_get_monotonic_time ();
  trace.tick_cpu = get_thread_ms ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  double took = (double) (g_get_monotonic_time () - trace.tick) / 1000;
  double computed = get_thread_ms () - trace.tick_cpu;

  if (trace.frames == NULL)
    return;

  g_array_append_val (trace.frames, took);
  g_array_append_val (trace.painting, computed);
}

static void
realized_cb (GtkWidget *window,
             gpointer   user_data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        user_data)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (realized_cb), NULL);
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
  if (trace.busy == NULL)
    return;

  g_array_set_size (trace.busy, 0);
  g_array_set_size (trace.computed, 0);
  g_array_set_size (trace.frames, 0);
  g_array_set_size (trace.painting, 0);
}

/* Before the program ends, which is no dispatch that anybody waits for. */
static void
end_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  ut_loop_trace_end ();
}

void
ut_loop_trace_start (const char *path)
{
  if (path == NULL || trace.busy != NULL)
    return;

  trace.path = g_strdup (path);
  trace.busy = g_array_new (FALSE, FALSE, sizeof (double));
  trace.computed = g_array_new (FALSE, FALSE, sizeof (double));
  trace.frames = g_array_new (FALSE, FALSE, sizeof (double));
  trace.painting = g_array_new (FALSE, FALSE, sizeof (double));
  g_main_context_set_poll_func (NULL, measuring_poll);
}

void
ut_loop_trace_install (GtkApplication *application)
{
  const GActionEntry entries[] = {
    { "trace-reset", reset_cb },
    { "trace-end", end_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   NULL);
  if (trace.frames != NULL)
    g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
}

static void
append_percentiles (GString    *json,
                    const char *name,
                    GArray     *times)
{
  const double shares[] = { 0.5, 0.9, 0.99, 0.999, 1 };
  const char *const names[] = { "p50", "p90", "p99", "p99.9", "max" };

  g_array_sort (times, compare_doubles);
  g_string_append_printf (json, "\"%s\":{\"count\":%u", name, times->len);
  for (gsize i = 0; i < G_N_ELEMENTS (shares) && times->len > 0; i++)
    {
      guint rank = (guint) (shares[i] * (times->len - 1) + 0.5);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, "%.3f", g_array_index (times, double, rank));
      g_string_append_printf (json, ",\"%s\":%s", names[i], number);
    }
  g_string_append_c (json, '}');
}

void
ut_loop_trace_end (void)
{
  g_autoptr (GString) json = NULL;
  g_autoptr (GError) error = NULL;

  if (trace.busy == NULL)
    return;

  g_main_context_set_poll_func (NULL, NULL);
  json = g_string_new ("{");
  append_percentiles (json, "clock", trace.busy);
  g_string_append_c (json, ',');
  append_percentiles (json, "computing", trace.computed);
  g_string_append_c (json, ',');
  append_percentiles (json, "frames", trace.frames);
  g_string_append_c (json, ',');
  append_percentiles (json, "painting", trace.painting);
  g_string_append (json, "}\n");

  if (!g_file_set_contents (trace.path, json->str, (gssize) json->len, &error))
    g_printerr ("undertone: %s\n", error->message);
  g_clear_pointer (&trace.busy, g_array_unref);
  g_clear_pointer (&trace.computed, g_array_unref);
  g_clear_pointer (&trace.frames, g_array_unref);
  g_clear_pointer (&trace.painting, g_array_unref);
  g_clear_pointer (&trace.path, g_free);
}
