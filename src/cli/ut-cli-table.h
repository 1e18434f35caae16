/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

G_BEGIN_DECLS

/**
 * UtCliColumn:
 * @title: translated.
 * @width: the least width; a title may be wider.
 * @left: whether it is aligned at the left.
 *
 * A column of a table.
 */
typedef struct
{
  const char *title;
  glong width;
  gboolean left;
} UtCliColumn;

/**
 * UtCliTable:
 *
 * A table whose rows are printed as they come, in columns aligned at the right, if not said
 * otherwise. On a terminal too narrow for it each row is a paragraph that names the columns.
 */
typedef struct UtCliTable UtCliTable;

/** ut_cli_table_new: (transfer full): a table of @columns, which are copied, on @output. */
UtCliTable *ut_cli_table_new          (UtCliOutput       *output,
                                       const UtCliColumn *columns,
                                       gsize              n_columns);
void        ut_cli_table_free         (UtCliTable        *self);

/** ut_cli_table_print_titles: prints the head of the table. */
void        ut_cli_table_print_titles (UtCliTable        *self);

/**
 * ut_cli_table_print_row:
 * @self: the table.
 * @texts: one for each column.
 * @remark: (nullable): what stands behind the row.
 *
 * Prints a row.
 */
void        ut_cli_table_print_row    (UtCliTable         *self,
                                       const char * const *texts,
                                       const char         *remark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliTable, ut_cli_table_free)

G_END_DECLS
