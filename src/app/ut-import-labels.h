/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportLabels:
 *
 * What each value of the label column stands for. What somebody chose for a value is kept when the
 * files are read again.
 *
 * Signals: #UtImportLabels::meaning-changed.
 */
#define UT_TYPE_IMPORT_LABELS (ut_import_labels_get_type ())
G_DECLARE_FINAL_TYPE (UtImportLabels, ut_import_labels, UT, IMPORT_LABELS, AdwBin)

/** ut_import_labels_show: lists @labels (nullable) (array length=n_labels), with the meanings that
 * were chosen before. No signal. */
void  ut_import_labels_show      (UtImportLabels      *self,
                                  const UtImportLabel *labels,
                                  guint                n_labels);

/** ut_import_labels_get_meaning: what the value number @label stands for. */
UtImportMeaning ut_import_labels_get_meaning (UtImportLabels *self,
                                              guint           label);

/** ut_import_labels_forget: the values to come are of another column. */
void  ut_import_labels_forget    (UtImportLabels  *self);

/** ut_import_labels_get_count: how many rows have a value that stands for @meaning. */
gsize ut_import_labels_get_count (UtImportLabels  *self,
                                  UtImportMeaning  meaning);

G_END_DECLS
