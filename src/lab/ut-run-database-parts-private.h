/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-database-private.h"
#include "ut-run-database-private.h"

G_BEGIN_DECLS

/*
 * What ut-run-database.c, which reads and writes tables that are whole, shares with ut-run-salvage.c,
 * which reads what is left of others.
 */

struct UtRunDatabase
{
  UtDatabase *database; /* (owned) */
  gint64 data_version;  /* at the last look */
};

/** _ut_run_database_fill_record: fills @record, of which the id is known, from the row that @statement
 * is at; @sum_column and the one behind it have sum and text. */
gboolean _ut_run_database_fill_record (UtRunRecord   *record,
                                       sqlite3_stmt  *statement,
                                       int            sum_column,
                                       GError       **error);
/** _ut_run_database_take_block: (transfer full) (nullable): the block of the row that @statement is at,
 * whose columns from @column on are its number, sum and data; NULL where it is damaged. */
GBytes  *_ut_run_database_take_block  (sqlite3_stmt  *statement,
                                       int            column,
                                       const char    *id,
                                       const char    *table);

G_END_DECLS
