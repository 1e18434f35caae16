/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportFormat:
 *
 * How files become columns: form, encoding, delimiter, quoting, header. What was guessed is shown
 * in one line, which opens where something else is to be chosen.
 *
 * Signals: #UtImportFormat::changed, after a choice.
 */
#define UT_TYPE_IMPORT_FORMAT (ut_import_format_get_type ())
G_DECLARE_FINAL_TYPE (UtImportFormat, ut_import_format, UT, IMPORT_FORMAT, AdwBin)

/** ut_import_format_set_for_texts: the file need not have labels: it may have one text a line, or be
 * one. To be called once. */
void          ut_import_format_set_for_texts (UtImportFormat  *self);

/** ut_import_format_show: shows what is to be, without a signal. */
void          ut_import_format_show    (UtImportFormat        *self,
                                        const UtImportOptions *options);

/** ut_import_format_expand: opens it, as where the guess was wrong. */
void          ut_import_format_expand  (UtImportFormat        *self);

/**
 * ut_import_format_collect:
 * @self: the rows.
 * @options: receives what they show.
 *
 * Returns: which of that somebody chose.
 */
UtImportFixed ut_import_format_collect (UtImportFormat        *self,
                                        UtImportOptions       *options);

G_END_DECLS
