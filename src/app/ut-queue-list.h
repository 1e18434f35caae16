/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtQueueList:
 *
 * The runs of a store that wait for their turn, as a #GListModel of #UtRun in the order in which
 * they will train. It follows the store in an idle moment, once for all that changed. Main thread.
 */
#define UT_TYPE_QUEUE_LIST (ut_queue_list_get_type ())
G_DECLARE_FINAL_TYPE (UtQueueList, ut_queue_list, UT, QUEUE_LIST, GObject)

/** ut_queue_list_new: (transfer full): the queue of @store. */
UtQueueList *ut_queue_list_new       (UtRunStore  *store);

/**
 * ut_queue_list_get_wait:
 * @self: the queue.
 * @n_before: how many of its runs are trained before, those in front.
 *
 * What the run that trains has left, and what those before need by the speed of earlier runs. A
 * paused queue is taken to go on now.
 *
 * Returns: seconds, negative where unknown.
 */
double       ut_queue_list_get_wait  (UtQueueList *self,
                                      guint        n_before);

/**
 * ut_queue_list_dup_waits: (transfer full): ut_queue_list_get_wait() for each run and, behind them,
 * until all are done.
 */
double      *ut_queue_list_dup_waits (UtQueueList *self);

G_END_DECLS
