/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtClassifyFilter:
 * @UT_CLASSIFY_ALL: every row.
 * @UT_CLASSIFY_UNSURE: whose answer is unsure, or says nothing for unknown words.
 * @UT_CLASSIFY_POSITIVE: answered positive.
 * @UT_CLASSIFY_NEGATIVE: answered negative.
 * @UT_CLASSIFY_WRONG: whose label says otherwise; this and the next are for files with labels.
 * @UT_CLASSIFY_WRONG_POSITIVE: label positive, answered negative.
 * @UT_CLASSIFY_WRONG_NEGATIVE: label negative, answered positive.
 * @UT_CLASSIFY_RIGHT_POSITIVE: label positive, answered so.
 * @UT_CLASSIFY_RIGHT_NEGATIVE: label negative, answered so.
 *
 * Which rows of a classified file are listed, in the order of the choices.
 */
typedef enum
{
  UT_CLASSIFY_ALL,
  UT_CLASSIFY_UNSURE,
  UT_CLASSIFY_POSITIVE,
  UT_CLASSIFY_NEGATIVE,
  UT_CLASSIFY_WRONG,
  UT_CLASSIFY_WRONG_POSITIVE,
  UT_CLASSIFY_WRONG_NEGATIVE,
  UT_CLASSIFY_RIGHT_POSITIVE,
  UT_CLASSIFY_RIGHT_NEGATIVE,
} UtClassifyFilter;

#define UT_N_CLASSIFY_FILTERS (UT_CLASSIFY_RIGHT_NEGATIVE + 1)

/**
 * UtClassifyOrder:
 * @UT_CLASSIFY_AS_IN_FILE: by line.
 * @UT_CLASSIFY_MOST_POSITIVE: by probability, falling.
 * @UT_CLASSIFY_MOST_NEGATIVE: by probability, rising.
 * @UT_CLASSIFY_LEAST_SURE: by the distance of the probability from 0.5.
 * @UT_CLASSIFY_MOST_UNKNOWN: by the share of unknown words, falling.
 * @UT_CLASSIFY_LONGEST: by words, falling.
 *
 * In what order, likewise.
 */
typedef enum
{
  UT_CLASSIFY_AS_IN_FILE,
  UT_CLASSIFY_MOST_POSITIVE,
  UT_CLASSIFY_MOST_NEGATIVE,
  UT_CLASSIFY_LEAST_SURE,
  UT_CLASSIFY_MOST_UNKNOWN,
  UT_CLASSIFY_LONGEST,
} UtClassifyOrder;

#define UT_N_CLASSIFY_ORDERS (UT_CLASSIFY_LONGEST + 1)

/**
 * UtClassifyChoice:
 * @filter: which rows.
 * @order: in what order.
 * @meanings: of the labels by their number; those that are not there are left out.
 *
 * A plain value, for a worker to look at rows with.
 */
typedef struct
{
  UtClassifyFilter filter;
  UtClassifyOrder order;
  UtImportMeaning meanings[UT_IMPORT_MAX_LABELS + 1];
} UtClassifyChoice;

/** ut_classify_choice_init: all rows of @classification as in the file, with its meanings. */
void            ut_classify_choice_init    (UtClassifyChoice       *self,
                                            const UtClassification *classification);

/** ut_classify_choice_get_meaning: what the label of @row stands for. */
UtImportMeaning ut_classify_choice_get_meaning (const UtClassifyChoice *self,
                                                const UtClassifiedRow  *row);

/** ut_classify_choice_is_plain: whether it asks for all rows as in the file. */
gboolean        ut_classify_choice_is_plain (const UtClassifyChoice *self);

/** ut_classify_choice_get_query: the same for ut_classified_rows_find(), as long as @self is there.
 * */
UtClassifiedQuery ut_classify_choice_get_query (const UtClassifyChoice *self);

/** ut_classify_filter_get_title: (transfer none): what rows of @filter are called, translated. */
const char     *ut_classify_filter_get_title (UtClassifyFilter        filter);

/** ut_classify_order_get_title: (transfer none): likewise. */
const char     *ut_classify_order_get_title  (UtClassifyOrder         order);

G_END_DECLS
