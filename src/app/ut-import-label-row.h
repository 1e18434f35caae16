/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportLabelRow:
 *
 * A value of the label column, how many rows have it, and what it stands for. Property:
 * #UtImportLabelRow:meaning.
 */
#define UT_TYPE_IMPORT_LABEL_ROW (ut_import_label_row_get_type ())
G_DECLARE_FINAL_TYPE (UtImportLabelRow, ut_import_label_row, UT, IMPORT_LABEL_ROW, AdwActionRow)

GtkWidget       *ut_import_label_row_new         (const UtImportLabel *label);

const char      *ut_import_label_row_get_value   (UtImportLabelRow    *self);
UtImportMeaning  ut_import_label_row_get_meaning (UtImportLabelRow    *self);
void             ut_import_label_row_set_meaning (UtImportLabelRow    *self,
                                                  UtImportMeaning      meaning);

G_END_DECLS
