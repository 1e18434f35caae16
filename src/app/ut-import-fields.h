/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportFields:
 *
 * What a row is made of: the column that is the text, the one that is the label, whether words are
 * split already, and whether a row is a sentence or a review. For texts that are to be classified
 * there may be no label, and what is read at once takes the place of what a row is.
 *
 * Signals: #UtImportFields::changed, after a choice that has the files read again.
 */
#define UT_TYPE_IMPORT_FIELDS (ut_import_fields_get_type ())
G_DECLARE_FINAL_TYPE (UtImportFields, ut_import_fields, UT, IMPORT_FIELDS, AdwBin)

/** ut_import_fields_set_for_texts: the rows are to be classified. To be called once. */
void          ut_import_fields_set_for_texts (UtImportFields *self);

/** ut_import_fields_propose_unit: of texts to be classified, @unit is read at once, unless somebody
 * chose. */
void          ut_import_fields_propose_unit (UtImportFields  *self,
                                             UtDataUnit       unit);

/** ut_import_fields_show: shows the columns there are and which were guessed, without a signal. */
void          ut_import_fields_show        (UtImportFields      *self,
                                            const UtImportGuess *guess);

/** ut_import_fields_show_import: says how long the rows are; %NULL does not. */
void          ut_import_fields_show_import (UtImportFields      *self,
                                            const UtImport      *import);

/** ut_import_fields_forget: the files have other columns now: chosen ones are guessed again. */
void          ut_import_fields_forget      (UtImportFields      *self);

/**
 * ut_import_fields_collect:
 * @self: the rows.
 * @options: receives what they show.
 *
 * Returns: which of that somebody chose.
 */
UtImportFixed ut_import_fields_collect     (UtImportFields      *self,
                                            UtImportOptions     *options);

G_END_DECLS
