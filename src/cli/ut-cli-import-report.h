/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-data.h>

G_BEGIN_DECLS

/** ut_cli_import_report_json: prints one JSON object; without @folder nothing was written. */
void ut_cli_import_report_json (UtCliOutput           *output,
                                const UtImport        *import,
                                const UtImportOptions *options,
                                const UtImportReport  *report,
                                GFile                 *folder);

/** ut_cli_import_report_guess: prints, for people, how the files are read and what they hold. */
void ut_cli_import_report_guess (UtCliOutput           *output,
                                 const UtImport        *import,
                                 const UtImportOptions *options);

/** ut_cli_import_report_end: prints what became of the rows. */
void ut_cli_import_report_end  (UtCliOutput           *output,
                                const UtImportReport  *report,
                                GFile                 *folder);

G_END_DECLS
