/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtImportMeaning:
 * @UT_IMPORT_LEAVE_OUT: its rows are not wanted.
 * @UT_IMPORT_NEGATIVE: its rows have label 0.
 * @UT_IMPORT_POSITIVE: its rows have label 1.
 *
 * What a value of the label column stands for.
 */
typedef enum
{
  UT_IMPORT_LEAVE_OUT,
  UT_IMPORT_NEGATIVE,
  UT_IMPORT_POSITIVE,
} UtImportMeaning;

/**
 * UtImportLabel:
 * @value: (owned): as it stands in the file, without white space at its ends.
 * @count: rows that have it.
 * @meaning: what it stands for.
 * @known: whether @meaning was proposed because of @value; otherwise the value is left out because
 *   nothing is known of it.
 */
typedef struct
{
  char *value;
  gsize count;
  UtImportMeaning meaning;
  gboolean known;
} UtImportLabel;

/** UT_IMPORT_MAX_LABELS: the most values a label column may have. */
#define UT_IMPORT_MAX_LABELS 64

/**
 * ut_import_labels_propose:
 * @labels: (array length=n_labels): the values of one column; their meaning and known are set.
 * @n_labels: how many.
 *
 * Proposes what the values mean: 0 and 1, -1 and 1, 0 and 4, neg and pos, true and false, one to
 * five stars, one to ten, whatever the capitals. What a number means depends on which other numbers
 * are there.
 */
void ut_import_labels_propose (UtImportLabel *labels,
                               guint          n_labels);

G_END_DECLS
