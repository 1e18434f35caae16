/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Pieces of work that go to workers and come back in the order in which they went, so that what is
 * made of them is the same for every number of workers. The relay belongs to one thread; workers
 * see the pieces alone.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct UtRelay UtRelay;

/*
 * UtRelayRun:
 * @item: the piece.
 * @stop: (not owned): set, atomically, once nobody wants to know any more.
 * @data: what the owner gave.
 *
 * Called by a worker, which has @item for itself until it is taken back.
 */
typedef void (*UtRelayRun) (gpointer    item,
                            const int  *stop,
                            gpointer    data);

/* _ut_relay_new: (transfer full): @n_threads of 0 is one for each core. */
UtRelay  *_ut_relay_new           (guint           n_threads,
                                   UtRelayRun      run,
                                   GDestroyNotify  free_item,
                                   gpointer        data);

/* _ut_relay_free: has the workers stop, waits for them, and frees what was not taken back. */
void      _ut_relay_free          (UtRelay        *self);

/* _ut_relay_get_n_threads: how many workers there are at most. */
guint     _ut_relay_get_n_threads (const UtRelay  *self);

/* _ut_relay_is_full: whether enough pieces are underway to keep all workers busy. */
gboolean  _ut_relay_is_full       (const UtRelay  *self);

/* _ut_relay_push: hands @item (transfer full) to a worker. */
void      _ut_relay_push          (UtRelay        *self,
                                   gpointer        item);

/* _ut_relay_take: (transfer full) (nullable): waits for the piece that was handed over first of
 * those underway; %NULL: there is none. */
gpointer  _ut_relay_take          (UtRelay        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRelay, _ut_relay_free)

G_END_DECLS
