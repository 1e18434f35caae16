/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtFileQueue:
 *
 * Writes small files on one thread, in the order in which they were asked for: the main
 * thread never waits for a disk, and a file never ends up with older contents. Main thread.
 */
typedef struct UtFileQueue UtFileQueue;

/**
 * UtFileQueueFailed:
 * @message: names the file.
 * @data: what the caller gave.
 *
 * Called on the main thread when something could not be done.
 */
typedef void (*UtFileQueueFailed) (const char *message,
                                   gpointer    data);

UtFileQueue *_ut_file_queue_new    (UtFileQueueFailed  failed,
                                    gpointer           data);
/** _ut_file_queue_free: waits until all is done; nothing is told any more. */
void         _ut_file_queue_free   (UtFileQueue       *self);

/** _ut_file_queue_write: @text becomes the contents of @file, at once or not at all. */
void         _ut_file_queue_write  (UtFileQueue       *self,
                                    GFile             *file,
                                    const char        *text);

/**
 * _ut_file_queue_load:
 * @task: of whoever owns a queue; ends as @load does.
 * @file: what @load is given as its data.
 * @load: returns a pointer or an error; another thread.
 * @free_result: for a pointer that nobody takes.
 *
 * As g_task_run_in_thread(), but without a hold of the other thread on the object of @task: that could
 * be the last one, and the object, with its queue, would then go on that thread, unseen by a program
 * that ends.
 */
void         _ut_file_queue_load   (GTask             *task,
                                    GFile             *file,
                                    GTaskThreadFunc    load,
                                    GDestroyNotify     free_result);

G_END_DECLS
