/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportPreviewRow:
 *
 * A row of a file: its label, and its text as words or as it stands there.
 *
 * CSS: a `row` node with the class `import-preview`; its colour is that of the boxes around words.
 */
#define UT_TYPE_IMPORT_PREVIEW_ROW (ut_import_preview_row_get_type ())
G_DECLARE_FINAL_TYPE (UtImportPreviewRow, ut_import_preview_row, UT, IMPORT_PREVIEW_ROW,
                      AdwPreferencesRow)

GtkWidget *ut_import_preview_row_new         (void);

/** ut_import_preview_row_show_words: shows @sentence, which single spaces cut into words, under
 * what its label, @value, stands for. */
void       ut_import_preview_row_show_words  (UtImportPreviewRow *self,
                                              const char         *value,
                                              UtImportMeaning     meaning,
                                              const char         *sentence);

/** ut_import_preview_row_show_fields: shows what stands in the file; both are nullable. */
void       ut_import_preview_row_show_fields (UtImportPreviewRow *self,
                                              const char         *value,
                                              const char         *text);

G_END_DECLS
