/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import.h"

G_BEGIN_DECLS

/**
 * UtImportReport:
 * @n_rows: (array fixed-size=3): rows of each part.
 * @n_left_out: rows that could not be used or are not wanted.
 * @n_duplicates: rows whose words another row before them has, too.
 * @largest_group: rows of the largest group that had to stay together, 1 without such a group and
 *   where the parts were given.
 * @warnings: (owned) (nullable): what is to be known of the data set, translated sentences.
 *
 * What became of the rows. A plain value.
 */
typedef struct
{
  gsize n_rows[UT_N_DATA_PARTS];
  gsize n_left_out;
  gsize n_duplicates;
  gsize largest_group;
  char **warnings;
} UtImportReport;

#define UT_IMPORT_REPORT_INIT { .warnings = NULL }

void   ut_import_report_clear (UtImportReport         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtImportReport, ut_import_report_clear)

/**
 * ut_import_write:
 * @import: the rows, with what their labels mean.
 * @options: (nullable): unit, split, seed and number of threads count; %NULL are those of the scan.
 * @title: what the data set shall be called.
 * @directory: (nullable): where its folder will lie, %NULL is ut_data_get_directory().
 * @report: (out caller-allocates) (optional): ut_import_report_clear() it; empty after an error.
 * @progress: (nullable) (scope call): told how far it is, on the calling thread.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled all the time.
 * @error: says what is missing or cannot be written; nothing has appeared then.
 *
 * Makes the data set. Rows keep their order. In a split that is drawn each label has its share of
 * each part, rows of equal words stay in one part, and so do rows one of which is a phrase of the
 * other; groups of such rows that are too large for the smaller parts go to the training rows. The
 * result depends on rows, labels' meanings, split and seed alone. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the folder.
 */
GFile *ut_import_write        (const UtImport         *import,
                               const UtImportOptions  *options,
                               const char             *title,
                               GFile                  *directory,
                               UtImportReport         *report,
                               UtReadProgress          progress,
                               gpointer                progress_data,
                               GCancellable           *cancellable,
                               GError                **error);

G_END_DECLS
