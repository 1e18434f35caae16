/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import-guess.h"
#include "ut-import-input-private.h"

G_BEGIN_DECLS

/* _ut_import_guess_get_input: (transfer none): one of the files to read. */
const UtImportInput *_ut_import_guess_get_input    (const UtImportGuess *self,
                                                    guint                input);

/* _ut_import_guess_get_n_inputs: how many files there are to read. */
guint                _ut_import_guess_get_n_inputs (const UtImportGuess *self);

/* _ut_import_guess_dup_input_name: (transfer full): how one of them is shown. */
char                *_ut_import_guess_dup_input_name (const UtImportGuess *self,
                                                      guint                input);

/* _ut_import_guess_is_labelled: whether it is one of rows with labels. */
gboolean             _ut_import_guess_is_labelled  (const UtImportGuess *self);

/* _ut_import_guess_dup_source: (transfer full): base name of the file or folder that was named. */
char                *_ut_import_guess_dup_source   (const UtImportGuess *self);

G_END_DECLS
