/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-signals.h"

#include <glib-unix.h>
#include <signal.h>

static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

struct UtCliSignals
{
  GSource *sources[G_N_ELEMENTS (numbers)]; /* (owned) (nullable) */
};

UtCliSignals *
ut_cli_signals_new (GSourceFunc callback,
                    gpointer    data)
{
  UtCliSignals *self = g_new0 (UtCliSignals, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction action;

      if (sigaction (numbers[i], NULL, &action) == 0 && action.sa_handler == SIG_IGN)
        continue;
      self->sources[i] = g_unix_signal_source_new (numbers[i]);
      g_source_set_callback (self->sources[i], callback, data, NULL);
      g_source_attach (self->sources[i], NULL);
    }
  return self;
}

void
ut_cli_signals_free (UtCliSignals *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (self->sources[i] != NULL)
      {
        g_source_destroy (self->sources[i]);
        g_source_unref (self->sources[i]);
      }
  g_free (self);
}
