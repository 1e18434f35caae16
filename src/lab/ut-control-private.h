/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-probe.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtControl:
 *
 * What the main thread wishes of a worker: pause, step, speed, snapshot, hold, stop; and which sentences
 * it follows. Atomically counted; all functions may be called on any thread.
 */
typedef struct UtControl UtControl;

/**
 * UtControlTurn:
 * @UT_CONTROL_GO: do the next batch.
 * @UT_CONTROL_PAUSE: about to wait for Continue or Step; ask again.
 * @UT_CONTROL_SLOW: about to wait for the speed limit; ask again.
 * @UT_CONTROL_SNAPSHOT: hand over the weights, then ask again.
 * @UT_CONTROL_LOOK: there are other sentences to follow; ask them, then ask again.
 * @UT_CONTROL_HOLD: write nothing until _ut_control_wait_held() returns, then ask again.
 * @UT_CONTROL_STOP: end.
 */
typedef enum
{
  UT_CONTROL_GO,
  UT_CONTROL_PAUSE,
  UT_CONTROL_SLOW,
  UT_CONTROL_SNAPSHOT,
  UT_CONTROL_LOOK,
  UT_CONTROL_HOLD,
  UT_CONTROL_STOP,
} UtControlTurn;

UtControl     *_ut_control_new              (void);
UtControl     *_ut_control_ref              (UtControl     *self);
void           _ut_control_unref            (UtControl     *self);

void           _ut_control_set_paused       (UtControl     *self,
                                             gboolean       paused);
gboolean       _ut_control_get_paused       (UtControl     *self);
void           _ut_control_step             (UtControl     *self);
/** _ut_control_set_speed: batches a second, 0 for no limit. */
void           _ut_control_set_speed        (UtControl     *self,
                                             double         batches_per_second);
void           _ut_control_stop             (UtControl     *self);
/** _ut_control_get_stops: how often Stop was asked for. */
guint          _ut_control_get_stops        (UtControl     *self);
void           _ut_control_request_snapshot (UtControl     *self);
/** _ut_control_set_probes: (nullable): the sentences to follow from now on. */
void           _ut_control_set_probes       (UtControl     *self,
                                             UtProbes      *probes);
/** _ut_control_dup_probes: (transfer full) (nullable): the same; %NULL where there is none. */
UtProbes      *_ut_control_dup_probes       (UtControl     *self);
/** _ut_control_hold: the worker is to write nothing from the next turn on, until it is released. Returns
 * the number of the hold, not 0. */
guint          _ut_control_hold             (UtControl     *self);
/** _ut_control_get_hold: its number, 0 where there is none. */
guint          _ut_control_get_hold         (UtControl     *self);
/** _ut_control_release: lets it go on; @store (nullable) is the path of the store that has its run
 * now. */
void           _ut_control_release          (UtControl     *self,
                                             const char    *store);
/** _ut_control_wait_held: (transfer full) (nullable): waits until the hold of that number is released;
 * what the release says. */
char          *_ut_control_wait_held        (UtControl     *self,
                                             guint          hold);
/** _ut_control_get_cancellable: (transfer none): cancelled by the first stop. */
GCancellable  *_ut_control_get_cancellable  (UtControl     *self);

/**
 * _ut_control_next:
 * @self: the control.
 * @last: what the call before gave; %UT_CONTROL_GO after a batch.
 *
 * Asked by the worker before each batch, until the answer is go or stop. Before it waits it returns
 * once with the reason, so that the worker can tell; then it blocks.
 */
UtControlTurn  _ut_control_next             (UtControl     *self,
                                             UtControlTurn  last);

G_END_DECLS
