/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-probe.h"

G_BEGIN_DECLS

/**
 * UtProbeLines:
 *
 * Puts looks together from the lines of a log, of which each has one sentence. One thread at a time.
 */
typedef struct UtProbeLines UtProbeLines;

/** _ut_probe_lines_new: (transfer full): @looks (element-type UtProbeLook) receives the looks. */
UtProbeLines *_ut_probe_lines_new  (GPtrArray     *looks);
void          _ut_probe_lines_free (UtProbeLines  *self);
/** _ut_probe_lines_add: @text is as it stands in the log, between its quotes; FALSE where it is no
 * sentence, or the steps do not ascend. */
gboolean      _ut_probe_lines_add  (UtProbeLines  *self,
                                    const char    *text,
                                    guint64        step,
                                    guint          epoch,
                                    double         seconds,
                                    double         probability);
/** _ut_probe_lines_end: the look of the last lines is complete. */
void          _ut_probe_lines_end  (UtProbeLines  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtProbeLines, _ut_probe_lines_free)

G_END_DECLS
