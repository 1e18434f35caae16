/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"
#include "ut-probe.h"

G_BEGIN_DECLS

/** _ut_probe_look_new: (transfer full): at @step, its probabilities to be filled in by the caller. */
UtProbeLook *_ut_probe_look_new   (UtProbes     *probes,
                                   guint64       step,
                                   guint         epoch,
                                   double        seconds);

/** _ut_probe_look_ask: (transfer full) (nullable): asks @model. Blocks; any thread. */
UtProbeLook *_ut_probe_look_ask   (UtModel      *model,
                                   UtProbes     *probes,
                                   guint64       step,
                                   guint         epoch,
                                   double        seconds,
                                   GError      **error);

/** _ut_probe_looks_new: (transfer full): an empty array (element-type UtProbeLook) that owns what is
 * put into it. */
GPtrArray   *_ut_probe_looks_new  (void);
/** _ut_probe_looks_dup: (transfer full): another array with the same looks. */
GPtrArray   *_ut_probe_looks_dup  (GPtrArray    *looks);
/** _ut_probe_looks_cut: forgets looks after @step. */
void         _ut_probe_looks_cut  (GPtrArray    *looks,
                                   guint64       step);

G_END_DECLS
