/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportProblems:
 *
 * The rows that cannot be used: their number, and the first of them by line, to be selected and
 * copied. Hidden where there are none.
 */
#define UT_TYPE_IMPORT_PROBLEMS (ut_import_problems_get_type ())
G_DECLARE_FINAL_TYPE (UtImportProblems, ut_import_problems, UT, IMPORT_PROBLEMS, AdwBin)

/**
 * ut_import_problems_show:
 * @self: the widget.
 * @problems: (nullable) (array length=n_listed): the first of them.
 * @n_listed: how many are listed.
 * @n_problems: how many there are.
 * @n_rows: how many rows there are, those that cannot be used among them.
 */
void ut_import_problems_show (UtImportProblems      *self,
                              const UtImportProblem *problems,
                              guint                  n_listed,
                              gsize                  n_problems,
                              gsize                  n_rows);

G_END_DECLS
