/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Cuts the text of one file into records, batch after batch.
 */
#pragma once

#include "ut-import-batch-private.h"

G_BEGIN_DECLS

/*
 * UtImportCutter:
 * @layout: of the file; its line end and, of a header, its columns are found at the start.
 * @input: which file it is.
 * @line: of the file, where the next record begins.
 * @skipping: whether the rest of a line that is too long is still to come.
 * @header: (owned) (nullable): the names of the columns, once they were read.
 * @wants_header: whether the first record is one.
 *
 * What is known at a place of a file. A plain value.
 */
typedef struct
{
  UtImportLayout *layout; /* (not owned) */
  guint input;
  guint64 line;
  gboolean skipping;
  gboolean wants_header;
  GStrv header;
} UtImportCutter;

/*
 * _ut_import_cutter_run:
 * @self: the place in the file.
 * @batch: text from there on; receives the records that end in it.
 * @at: first byte in the batch's text that was not looked at.
 * @at_end: whether the file ends with the batch's text.
 *
 * Where a quote is wrong, only the line it stands on is lost: the next line is read as if it began
 * a record. The records do not depend on how the file is cut into batches.
 *
 * Returns: first byte that belongs to a record whose end is not there yet, or the batch's length.
 */
gsize _ut_import_cutter_run (UtImportCutter *self,
                             UtImportBatch  *batch,
                             gsize           at,
                             gboolean        at_end);

G_END_DECLS
