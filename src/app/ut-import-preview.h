/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportPreview:
 *
 * Eight rows as they will be learnt from or, as long as that is not known, as they stand there.
 */
#define UT_TYPE_IMPORT_PREVIEW (ut_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (UtImportPreview, ut_import_preview, UT, IMPORT_PREVIEW, AdwBin)

/** ut_import_preview_show_guess: shows the fields of the columns that @options names; without
 * @guess, nothing. */
void ut_import_preview_show_guess  (UtImportPreview       *self,
                                    const UtImportGuess   *guess,
                                    const UtImportOptions *options);

/** ut_import_preview_show_import: shows the words of rows from all over @import, the first among
 * them. */
void ut_import_preview_show_import (UtImportPreview       *self,
                                    const UtImport        *import);

G_END_DECLS
