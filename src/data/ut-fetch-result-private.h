/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-folder.h"
#include "ut-source-private.h"
#include "ut-unpack-private.h"

G_BEGIN_DECLS

/**
 * UtFetchResult:
 *
 * What becomes of the members of an archive: a data set or a file of word vectors in the making.
 * Nothing appears before the commit. One thread at a time.
 */
typedef struct
{
  UtSource *source;     /* (owned) */
  UtDataFolder *folder; /* (owned) (nullable): of a data set */
  UtUnpackTarget targets[UT_SOURCE_MAX_MEMBERS]; /* their writers are owned */
  gsize n_targets;
} UtFetchResult;

/* _ut_fetch_result_new: (transfer full) (nullable): opens the targets. No other program is at work on
 * the same; what one that was killed left behind is deleted. */
UtFetchResult *_ut_fetch_result_new    (UtSource       *source,
                                        GError        **error);
void           _ut_fetch_result_free   (UtFetchResult  *self);

/* _ut_fetch_result_check_space: whether there is room for what will be unpacked and @n_saved bytes
 * of what is fetched. */
gboolean       _ut_fetch_result_check_space (UtFetchResult  *self,
                                             guint64         n_saved,
                                             GCancellable   *cancellable,
                                             GError        **error);

/* _ut_fetch_result_commit: reads what was unpacked as its reader will, and lets it appear.
 * Returns: (transfer full) (nullable): the data set's folder, or the file of word vectors. */
GFile         *_ut_fetch_result_commit (UtFetchResult  *self,
                                        GCancellable   *cancellable,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtFetchResult, _ut_fetch_result_free)

G_END_DECLS
