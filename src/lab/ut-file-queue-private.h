/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtFileQueue:
 *
 * Does small things to files on one thread, in the order in which they were asked for: the main
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

/**
 * UtFileQueueReached:
 * @data: what the caller gave to _ut_file_queue_new().
 *
 * Called on the main thread when what was asked for before is done, or failed.
 */
typedef void (*UtFileQueueReached) (gpointer data);

UtFileQueue *_ut_file_queue_new    (UtFileQueueFailed  failed,
                                    gpointer           data);
/** _ut_file_queue_free: waits until all is done; nothing is told any more. */
void         _ut_file_queue_free   (UtFileQueue       *self);

/** _ut_file_queue_write: @text becomes the contents of @file, at once or not at all. */
void         _ut_file_queue_write  (UtFileQueue       *self,
                                    GFile             *file,
                                    const char        *text);
/** _ut_file_queue_move: renames; makes the folder @to lies in. */
void         _ut_file_queue_move   (UtFileQueue       *self,
                                    GFile             *from,
                                    GFile             *to);
/** _ut_file_queue_remove: deletes @folder and the files in it. */
void         _ut_file_queue_remove (UtFileQueue       *self,
                                    GFile             *folder);
/** _ut_file_queue_reach: @reached is called once all that was asked for until now is done. */
void         _ut_file_queue_reach  (UtFileQueue       *self,
                                    UtFileQueueReached reached);

G_END_DECLS
