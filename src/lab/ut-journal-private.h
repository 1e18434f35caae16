/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-metrics.h"
#include "ut-probe.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtJournal:
 *
 * Writes the course of a run that trains into the store. Points, epochs and looks are gathered in memory; a
 * flush that fails keeps them for the next one, so that nothing is lost where it can be tried again.
 * One thread at a time.
 */
typedef struct UtJournal UtJournal;

/**
 * _ut_journal_new:
 * @path: of the store.
 * @id: a run of it that no other program trains.
 * @error: names the store.
 *
 * Returns: (transfer full) (nullable): the journal, which has not begun.
 */
UtJournal *_ut_journal_new           (const char     *path,
                                      const char     *id,
                                      GError        **error);
void       _ut_journal_free          (UtJournal      *self);

/** _ut_journal_begin: what comes next follows on @step and @epoch, each 0 at the start of a run; what
 * the store has beyond them is forgotten. */
gboolean   _ut_journal_begin         (UtJournal      *self,
                                      guint64         step,
                                      guint           epoch,
                                      GError        **error);
void       _ut_journal_add_point     (UtJournal      *self,
                                      const UtPoint  *point);
void       _ut_journal_add_epoch     (UtJournal      *self,
                                      const UtEpoch  *epoch);
void       _ut_journal_add_look      (UtJournal      *self,
                                      UtProbeLook    *look);
/** _ut_journal_add_answers: (array length=n_rows): the logits of the development rows after @epoch,
 * the best one so far; @logits is (transfer full). */
void       _ut_journal_add_answers   (UtJournal      *self,
                                      guint           epoch,
                                      float          *logits,
                                      gsize           n_rows);
/** _ut_journal_move: what comes next, and what was not written yet, goes into the store at @path, which
 * has the run as far as it was written. */
void       _ut_journal_move          (UtJournal      *self,
                                      const char     *path);
/** _ut_journal_flush: once it returns %TRUE, all that was added is on the disk. */
gboolean   _ut_journal_flush         (UtJournal      *self,
                                      GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtJournal, _ut_journal_free)

G_END_DECLS
