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

/** ut_import_problems_show: lists those of @import; %NULL for none. */
void ut_import_problems_show (UtImportProblems *self,
                              const UtImport   *import);

G_END_DECLS
