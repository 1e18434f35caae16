/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-fetch.h"

G_BEGIN_DECLS

/* How long a host may send nothing. */
#define UT_FETCH_STALL_SECONDS 30

/* _ut_fetch: ut_fetch() or, with an @archive, ut_fetch_from_file(), with another stall time. */
GFile *_ut_fetch (UtSource             *source,
                  GFile                *archive,
                  guint                 stall_seconds,
                  UtFetchProgressFunc   progress,
                  gpointer              progress_data,
                  GCancellable         *cancellable,
                  GError              **error);

G_END_DECLS
