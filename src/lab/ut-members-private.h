/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-evaluation.h"
#include "ut-mailbox-private.h"

G_BEGIN_DECLS

/**
 * UtMember:
 * @id: (owned): name of the run's folder.
 * @name: (owned): as the run was called when it joined.
 *
 * A run whose model belongs to an ensemble.
 */
typedef struct
{
  char *id;
  char *name;
} UtMember;

/**
 * _ut_members_new: (transfer full) (element-type UtMember): an empty list. Once it is filled it does
 * not change, and any thread may read it.
 */
GPtrArray    *_ut_members_new           (void);
void          _ut_members_add           (GPtrArray            *members,
                                         const char           *id,
                                         const char           *name);

/**
 * _ut_members_load_async:
 * @members: at least one.
 * @runs: the folder in which their folders lie.
 *
 * Reads the models of @members on a worker. ut_model_load_finish() gives their ensemble, or an error
 * that names the member.
 */
void          _ut_members_load_async    (GPtrArray            *members,
                                         GFile                *runs,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/**
 * _ut_members_check_async:
 * @members: at least one.
 * @runs: the folder in which their folders lie.
 * @config: says where the development rows are.
 * @corpus: (nullable): its data, where read already.
 * @mailbox: told how far it is, and the data once they are read.
 *
 * Evaluates the ensemble on the development rows on a worker.
 */
void          _ut_members_check_async   (GPtrArray            *members,
                                         GFile                *runs,
                                         UtConfig             *config,
                                         UtCorpus             *corpus,
                                         UtMailbox            *mailbox,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/** _ut_members_check_finish: whether there are figures; @error also where it was cancelled. */
gboolean      _ut_members_check_finish  (GAsyncResult         *result,
                                         UtEvaluation         *evaluation,
                                         GError              **error);

G_END_DECLS
