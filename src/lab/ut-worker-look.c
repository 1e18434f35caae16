/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worker-parts-private.h"

#include "ut-probe-private.h"

/* A look is no part of the training: where there is no memory for it, there is none. */
static void
ask (UtWorker *self,
     UtProbes *probes)
{
  const UtProgress *progress = &self->progress;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = _ut_engine_copy_model (&self->engine, &error);
  UtProbeLook *look = NULL;

  if (model != NULL)
    look = _ut_probe_look_ask (model, probes, progress->step, progress->epoch,
                               _ut_stopwatch_get_seconds (&self->watch), &error);
  if (look == NULL)
    {
      g_debug ("No look after step %" G_GUINT64_FORMAT ": %s", progress->step, error->message);
      return;
    }

  g_clear_pointer (&self->asked, ut_probes_unref);
  self->asked = ut_probes_ref (probes);
  self->asked_step = progress->step;
  _ut_keeper_add_look (self->keeper, look);
  _ut_mailbox_post_look (self->job->mailbox, look);
}

void
_ut_worker_look (UtWorker *self)
{
  g_autoptr (UtProbes) probes = _ut_control_dup_probes (self->job->control);

  _ut_stopwatch_count_look (&self->watch);
  if (probes == NULL || self->progress.step == 0
      || (self->asked != NULL && self->asked_step == self->progress.step
          && ut_probes_equal (probes, self->asked)))
    return;

  _ut_engine_export (&self->engine);
  ask (self, probes);
}

void
_ut_worker_look_checked (UtWorker *self)
{
  g_autoptr (UtProbes) probes = _ut_control_dup_probes (self->job->control);

  _ut_stopwatch_count_look (&self->watch);
  if (probes != NULL)
    ask (self, probes);
}
