/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Some hundred kilobytes of records, and what a worker makes of them. One thread at a time.
 */
#pragma once

#include "ut-asker-private.h"
#include "ut-import-batch-private.h"
#include "ut-row-writer-private.h"

G_BEGIN_DECLS

/**
 * UtClassifyLabels:
 * @items: their values are owned; more than %UT_IMPORT_MAX_LABELS are too many.
 * @n_positive: how many rows with each value were answered positive.
 * @n: how many values there are.
 *
 * The values of the column of labels, and how often each occurs. Starts with zeros.
 */
typedef struct
{
  UtImportLabel items[UT_IMPORT_MAX_LABELS + 1];
  guint64 n_positive[UT_IMPORT_MAX_LABELS + 1];
  guint n;
} UtClassifyLabels;

void   _ut_classify_labels_clear   (UtClassifyLabels     *self);

/** _ut_classify_labels_find: the number of a value; of all that are too many the same one. */
guint  _ut_classify_labels_find    (UtClassifyLabels     *self,
                                    const char           *value,
                                    gsize                 length);

/**
 * UtClassifyPlan:
 * @layout: of the file; a batch reads its columns and line end alone.
 * @keys: names of the columns.
 * @n_columns: how many a row must have.
 * @writer: (nullable): where rows are wanted as text.
 *
 * What all batches of a file have in common. Owned by somebody else.
 */
typedef struct
{
  const UtImportLayout *layout;
  const char * const *keys;
  guint n_columns;
  const UtRowWriter *writer;
} UtClassifyPlan;

/**
 * UtClassifyBatch:
 * @batch: (owned): the records, to be filled in by who reads.
 * @answers: (owned) (element-type UtClassifiedRow): the rows that can be used, with the batch's
 *   numbers of labels.
 * @bad_rows: (owned) (element-type UtImportBadRow): the first ones that cannot.
 * @n_bad_rows: how many there are.
 * @labels: of the rows that can be used.
 * @text: (owned): these rows as they are written.
 * @error: (owned) (nullable): why there is no answer.
 */
typedef struct
{
  UtImportBatch *batch;
  GArray *answers;
  GArray *bad_rows;
  gsize n_bad_rows;
  UtClassifyLabels labels;
  GString *text;
  GError *error;
  GArray *cells; /* (owned) (element-type UtImportValue): of the rows, one behind the other */
  GArray *rows;  /* (owned) (element-type Row) */
} UtClassifyBatch;

UtClassifyBatch *_ut_classify_batch_new (const UtImportGuess *guess);
void             _ut_classify_batch_free (UtClassifyBatch    *self);

/** _ut_classify_batch_clear: for further records; keeps the room. */
void             _ut_classify_batch_clear (UtClassifyBatch   *self);

/** _ut_classify_batch_run: asks @asker about the records, unless @stop is set. */
void             _ut_classify_batch_run (UtClassifyBatch      *self,
                                         const UtClassifyPlan *plan,
                                         UtAsker              *asker,
                                         const int            *stop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtClassifyBatch, _ut_classify_batch_free)

G_END_DECLS
