/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-log.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtLogWriter:
 *
 * Writes a run's log: one JSON object a line. Equal runs give equal lines but for times. Lines are
 * gathered in memory; an error shows at the next flush. One thread at a time.
 */
typedef struct UtLogWriter UtLogWriter;

/** _ut_log_writer_new: (transfer full) (nullable): starts @file anew. */
UtLogWriter *_ut_log_writer_new       (GFile          *file,
                                       GError        **error);
/**
 * _ut_log_writer_continue:
 * @file: a log, or no file yet.
 * @step: how many steps the training goes on after.
 * @n_epochs: and how many epochs.
 *
 * Cuts off what @file says of later steps and epochs, of a check in the middle of the first epoch,
 * and of the end, and goes on behind it.
 *
 * Returns: (transfer full) (nullable): a writer.
 */
UtLogWriter *_ut_log_writer_continue  (GFile          *file,
                                       guint64         step,
                                       guint           n_epochs,
                                       GError        **error);
void         _ut_log_writer_add_point (UtLogWriter    *self,
                                       const UtPoint  *point);
void         _ut_log_writer_add_epoch (UtLogWriter    *self,
                                       const UtEpoch  *epoch);
void         _ut_log_writer_add_look  (UtLogWriter       *self,
                                       const UtProbeLook *look);
void         _ut_log_writer_add_error (UtLogWriter    *self,
                                       const char     *message);
/** _ut_log_writer_add_done: @best is NULL where nothing was checked. */
void         _ut_log_writer_add_done  (UtLogWriter    *self,
                                       const UtEpoch  *best,
                                       double          seconds);
/** _ut_log_writer_flush: where that fails, what is not written yet stays for the next flush. */
gboolean     _ut_log_writer_flush     (UtLogWriter    *self,
                                       GError        **error);
/** _ut_log_writer_sync: has the disk have what was flushed. */
gboolean     _ut_log_writer_sync      (UtLogWriter    *self,
                                       GError        **error);
void         _ut_log_writer_free      (UtLogWriter    *self);

/**
 * UtLogContents:
 * @points: (owned) (element-type UtPoint): the steps, in order.
 * @epochs: (owned) (element-type UtEpoch): the epochs, in order.
 * @looks: (owned) (element-type UtProbeLook): what sentences that were followed got, in order.
 */
typedef struct
{
  GArray *points;
  GArray *epochs;
  GPtrArray *looks;
} UtLogContents;

/**
 * _ut_log_read:
 * @file: a log as #UtLogWriter writes it.
 * @contents: (out): what it says.
 * @cancellable: (nullable): to give up.
 * @error: names file and line.
 *
 * A last line that was cut off is passed over. Blocks; any thread.
 */
gboolean     _ut_log_read             (GFile          *file,
                                       UtLogContents  *contents,
                                       GCancellable   *cancellable,
                                       GError        **error);
/** _ut_log_read_stream: the same from a stream that messages call @name. */
gboolean     _ut_log_read_stream      (const char     *name,
                                       GInputStream   *stream,
                                       UtLogContents  *contents,
                                       GCancellable   *cancellable,
                                       GError        **error);
void         _ut_log_contents_clear   (UtLogContents  *contents);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtLogWriter, _ut_log_writer_free)

G_END_DECLS
