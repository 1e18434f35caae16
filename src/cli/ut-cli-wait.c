/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-wait.h"

struct UtCliWait
{
  GAsyncResult *result; /* (owned) (nullable): once there is one */
};

UtCliWait *
ut_cli_wait_new (void)
{
  return g_new0 (UtCliWait, 1);
}

void
ut_cli_wait_free (UtCliWait *self)
{
  g_clear_object (&self->result);
  g_free (self);
}

void
ut_cli_wait_done_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  UtCliWait *self = data;

  self->result = g_object_ref (result);
  g_main_context_wakeup (NULL);
}

GAsyncResult *
ut_cli_wait_for (UtCliWait *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return self->result;
}
