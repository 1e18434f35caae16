/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-database-private.h"

G_BEGIN_DECLS

/**
 * UtRunSalvage:
 * @n_read: runs that were read from a damaged store.
 * @n_rebuilt: runs of which only their files were left.
 *
 * What came of it.
 */
typedef struct
{
  guint n_read;
  guint n_rebuilt;
} UtRunSalvage;

/** _ut_run_salvage_plan: notes beside the damaged store at @path, which was set aside or is about to be,
 * that it is still to be read. */
gboolean _ut_run_salvage_plan (const char     *path,
                               GError        **error);

/**
 * _ut_run_salvage_do:
 * @database: what took the place of damaged stores.
 * @salvage: receives what was found.
 * @error: where @database cannot be written; it is all done again the next time then.
 *
 * Brings back what can still be read of the stores that were set aside and are noted as not read yet:
 * runs that @database does not have, or has as they were earlier. Then each folder of a run that nobody
 * knows of any more becomes a run again, by what its files say. What is missing of a run stands in its
 * notices. Blocks.
 */
gboolean _ut_run_salvage_do   (UtRunDatabase  *database,
                               UtRunSalvage   *salvage,
                               GError        **error);

G_END_DECLS
