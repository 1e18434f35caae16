/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtQueueRow:
 *
 * A run of the queue: its name, when it may start, and buttons that move it up and down, start it
 * next and remove it.
 */
#define UT_TYPE_QUEUE_ROW (ut_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (UtQueueRow, ut_queue_row, UT, QUEUE_ROW, GtkBox)

GtkWidget *ut_queue_row_new      (void);
/** ut_queue_row_set_run: shows @run (nullable) of @store. */
void       ut_queue_row_set_run  (UtQueueRow *self,
                                  UtRunStore *store,
                                  UtRun      *run);
/** ut_queue_row_set_wait: says in how many seconds the run may start, negative where unknown, and
 * where in the queue it is. */
void       ut_queue_row_set_wait (UtQueueRow *self,
                                  double      wait);

G_END_DECLS
