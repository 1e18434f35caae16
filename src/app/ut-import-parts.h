/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import-files.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtImportParts:
 *
 * How rows become training, development and test rows: by files of their own, or drawn.
 *
 * Signals: #UtImportParts::files-changed, when somebody has named another file and paused.
 */
#define UT_TYPE_IMPORT_PARTS (ut_import_parts_get_type ())
G_DECLARE_FINAL_TYPE (UtImportParts, ut_import_parts, UT, IMPORT_PARTS, AdwBin)

/** ut_import_parts_show: shows the split that was guessed, without a signal. */
void          ut_import_parts_show        (UtImportParts         *self,
                                           const UtImportGuess   *guess);

/** ut_import_parts_show_import: says how many rows were given for each part; %NULL does not. */
void          ut_import_parts_show_import (UtImportParts         *self,
                                           const UtImport        *import);

/** ut_import_parts_get_files: (transfer none): dev and test are what is named; the rest %NULL. */
const UtImportFiles *ut_import_parts_get_files (UtImportParts    *self);

/**
 * ut_import_parts_collect:
 * @self: the rows.
 * @options: receives what they show.
 *
 * Returns: which of that somebody chose.
 */
UtImportFixed ut_import_parts_collect     (UtImportParts         *self,
                                           UtImportOptions       *options);

G_END_DECLS
