/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-curves.h"
#include "ut-queue-list.h"
#include "ut-store-loader.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtSession:
 *
 * What all pages of a window share: the store of runs, the current run, the person's own presets and
 * pinned sentences, and the settings. Main thread.
 *
 * Properties: store, settings (construct only); current (#UtRun, nullable, writable); left-over
 * (number, writable: how many runs wait since the program ended the last time; 0 as soon as the
 * queue goes on).
 * Signals ::request-training: a page had the sample trained ("Train and come back"); ::message
 * (text): something a person should know and need not answer.
 */
#define UT_TYPE_SESSION (ut_session_get_type ())
G_DECLARE_FINAL_TYPE (UtSession, ut_session, UT, SESSION, GObject)

/** ut_session_new: (transfer full): a session on @store. */
UtSession  *ut_session_new              (UtRunStore *store,
                                         GSettings  *settings);

UtRunStore *ut_session_get_store        (UtSession  *self);
/** ut_session_get_loader: (transfer none): what loads the store, and knows why it could not. */
UtStoreLoader *ut_session_get_loader    (UtSession  *self);
/** ut_session_get_presets: (transfer none): the person's own, yet to be loaded. */
UtPresetStore *ut_session_get_presets   (UtSession  *self);
/** ut_session_get_probes: (transfer none): the sentences that the person has pinned, yet to be loaded;
 * the runs of the store follow them. */
UtProbeList *ut_session_get_probes      (UtSession  *self);
/** ut_session_get_data: (transfer none): the data sets, of which the person's own are yet to be
 * loaded. */
UtDataList *ut_session_get_data         (UtSession  *self);
GSettings  *ut_session_get_settings     (UtSession  *self);
/** ut_session_get_current: (transfer none) (nullable): the selected run. */
UtRun      *ut_session_get_current      (UtSession  *self);
void        ut_session_set_current      (UtSession  *self,
                                         UtRun      *run);
/** ut_session_get_plot_view: (transfer none): how the curves are looked at, on whatever page. */
UtPlotView *ut_session_get_plot_view    (UtSession  *self);
/** ut_session_get_curves: (transfer none): the lines of all shown runs, for all plots. */
UtCurves   *ut_session_get_curves       (UtSession  *self);
/** ut_session_find_run: (transfer none) (nullable): the run of the store that is called @id. */
UtRun      *ut_session_find_run         (UtSession  *self,
                                         const char *id);
/** ut_session_get_queue: (transfer none): the runs that wait, in their order. */
UtQueueList *ut_session_get_queue       (UtSession  *self);
guint       ut_session_get_left_over    (UtSession  *self);
void        ut_session_set_left_over    (UtSession  *self,
                                         guint       n_runs);
/**
 * ut_session_start:
 * @configs: (element-type UtConfig): at least one.
 * @corpus: (nullable): their data, where read already.
 * @error: where a run's folder cannot be made.
 *
 * Adds a run for each configuration; the first becomes the current one.
 *
 * Returns: whether all were added.
 */
gboolean    ut_session_start            (UtSession  *self,
                                         GPtrArray  *configs,
                                         UtCorpus   *corpus,
                                         GError    **error);
/** ut_session_train_sample: starts one run of each ticked cell on the bundled sample. */
void        ut_session_train_sample     (UtSession  *self);
/** ut_session_send_message: emits ::message. */
void        ut_session_send_message     (UtSession  *self,
                                         const char *text);

G_END_DECLS
