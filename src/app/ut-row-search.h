/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtRowSearch:
 *
 * The search of a table for the rows that it shows. It runs in a worker, one that begins cancels the
 * one before, and while a person types it waits a moment. Main thread.
 */
typedef struct UtRowSearch UtRowSearch;

/** UtRowSearchBegin: begins the search of @table, as a rule by ut_row_search_run(). */
typedef void (*UtRowSearchBegin) (gpointer table);

/** ut_row_search_new: (transfer full): of @table, a #GObject which owns it. */
UtRowSearch *ut_row_search_new         (gpointer             table,
                                        UtRowSearchBegin     begin);
void         ut_row_search_free        (UtRowSearch         *self);

/** ut_row_search_wait: begins @delay ms after the first of the calls that come until then. */
void         ut_row_search_wait        (UtRowSearch         *self,
                                        guint                delay);
/** ut_row_search_cancel: nothing is looked for any more, not even after a delay. */
void         ut_row_search_cancel      (UtRowSearch         *self);

/**
 * ut_row_search_run:
 * @thread: looks for rows.
 * @order: (transfer full): the data of its task.
 * @found: called with the table when @thread has returned; with %G_IO_ERROR_CANCELLED where the
 *   search was cancelled.
 *
 * Cancels what was looked for before, and runs @thread with @order.
 */
void         ut_row_search_run         (UtRowSearch         *self,
                                        GTaskThreadFunc      thread,
                                        gpointer             order,
                                        GDestroyNotify       free_order,
                                        GAsyncReadyCallback  found);

/** ut_row_search_dup_count: (transfer full): says that @n_found of @n_rows rows were found. */
char        *ut_row_search_dup_count   (guint                n_found,
                                        guint                n_rows);
/** ut_row_search_dup_nothing: (transfer full): says, in Pango markup, that no row has @pattern. */
char        *ut_row_search_dup_nothing (const char          *pattern);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRowSearch, ut_row_search_free)

G_END_DECLS
