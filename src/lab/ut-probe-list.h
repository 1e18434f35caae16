/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-probe.h"

G_BEGIN_DECLS

/**
 * UtProbeList:
 *
 * The sentences that the person has pinned, kept in one text file, as ut_probes_read() reads it. A file
 * that cannot be read is left alone: nothing is saved until it is repaired or moved away. Main
 * thread.
 *
 * Signals: ::changed after they were read or set; ::failed (text) where they could not be written.
 */
#define UT_TYPE_PROBE_LIST (ut_probe_list_get_type ())
G_DECLARE_FINAL_TYPE (UtProbeList, ut_probe_list, UT, PROBE_LIST, GObject)

/** ut_probe_list_dup_default_file: (transfer full): undertone/probes.txt in the person's folder of
 * configurations. */
GFile       *ut_probe_list_dup_default_file (void);

/**
 * ut_probe_list_new:
 * @file: (nullable): where they are kept; NULL is the default.
 *
 * Returns: (transfer full): a list without sentences.
 */
UtProbeList *ut_probe_list_new         (GFile                *file);

/** ut_probe_list_load_async: reads the file, which may be missing, on a worker. */
void         ut_probe_list_load_async  (UtProbeList          *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/** ut_probe_list_load_finish: @error names the file. */
gboolean     ut_probe_list_load_finish (UtProbeList          *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/** ut_probe_list_get: (transfer none): the sentences; valid until ::changed. */
UtProbes    *ut_probe_list_get         (UtProbeList          *self);

/** ut_probe_list_set: all of them; @error says why they cannot be kept. Later failures are told by
 * ::failed. */
gboolean     ut_probe_list_set         (UtProbeList          *self,
                                        UtProbes             *probes,
                                        GError              **error);
/**
 * ut_probe_list_replace:
 * @self: the list.
 * @old: (nullable): a sentence of it that goes.
 * @text: (nullable): one that comes in its place, or else at the end.
 * @error: why @text cannot be followed, or not be kept.
 *
 * Pins, unpins and edits. A sentence that is there already counts once.
 *
 * Returns: whether it was done.
 */
gboolean     ut_probe_list_replace     (UtProbeList          *self,
                                        const char           *old,
                                        const char           *text,
                                        GError              **error);

G_END_DECLS
