/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-database-private.h"
#include "ut-run-database-private.h"

G_BEGIN_DECLS

/*
 * What ut-run-database.c, which reads and writes tables that are whole, shares with
 * ut-run-database-looks.c, which does so with one of them, and with ut-run-salvage.c, which reads what is
 * left of others.
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

/** _ut_run_database_sum_block: (transfer full): the sum of block @number of @table. */
GBytes  *_ut_run_database_sum_block   (const char    *id,
                                       const char    *table,
                                       gint64         number,
                                       GBytes        *data);

/* Looks: what writes them belongs within a transaction. */

/** _ut_run_database_count_block: how many of the first @looks (array length=n_looks) make a block: they
 * are of the same sentences. */
gsize    _ut_run_database_count_block (UtProbeLook * const *looks,
                                       gsize                n_looks);
/** _ut_run_database_put_looks: @looks (array length=n_looks) become block @number. */
gboolean _ut_run_database_put_looks   (UtRunDatabase        *self,
                                       const char           *id,
                                       gint64                number,
                                       UtProbeLook * const  *looks,
                                       gsize                 n_looks,
                                       GError              **error);
/** _ut_run_database_put_all_looks: of a run that has none. */
gboolean _ut_run_database_put_all_looks (UtRunDatabase        *self,
                                       const char           *id,
                                       UtProbeLook * const  *looks,
                                       gsize                 n_looks,
                                       GError              **error);
/** _ut_run_database_cut_looks: forgets those after @step. */
gboolean _ut_run_database_cut_looks   (UtRunDatabase        *self,
                                       const char           *id,
                                       guint64               step,
                                       GError              **error);
/** _ut_run_database_count_looks: how many the run with @key has. */
gboolean _ut_run_database_count_looks (UtRunDatabase        *self,
                                       gint64                key,
                                       guint                *n_looks,
                                       GError              **error);

G_END_DECLS
