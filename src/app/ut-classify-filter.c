/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-filter.h"

#include "ut-predict-verdict.h"

#include <glib/gi18n.h>
#include <math.h>

static const char * const filter_titles[UT_N_CLASSIFY_FILTERS] = {
  [UT_CLASSIFY_ALL] = N_("All rows"),
  [UT_CLASSIFY_UNSURE] = N_("Unsure"),
  [UT_CLASSIFY_POSITIVE] = N_("Answered positive"),
  [UT_CLASSIFY_NEGATIVE] = N_("Answered negative"),
  [UT_CLASSIFY_WRONG] = N_("Wrong"),
  [UT_CLASSIFY_WRONG_POSITIVE] = N_("Positive, answered negative"),
  [UT_CLASSIFY_WRONG_NEGATIVE] = N_("Negative, answered positive"),
  [UT_CLASSIFY_RIGHT_POSITIVE] = N_("Positive, answered positive"),
  [UT_CLASSIFY_RIGHT_NEGATIVE] = N_("Negative, answered negative"),
};

static const char * const order_titles[UT_N_CLASSIFY_ORDERS] = {
  [UT_CLASSIFY_AS_IN_FILE] = N_("As in the file"),
  [UT_CLASSIFY_MOST_POSITIVE] = N_("Most positive first"),
  [UT_CLASSIFY_MOST_NEGATIVE] = N_("Most negative first"),
  [UT_CLASSIFY_LEAST_SURE] = N_("Least sure first"),
  [UT_CLASSIFY_MOST_UNKNOWN] = N_("Most unknown first"),
  [UT_CLASSIFY_LONGEST] = N_("Longest first"),
};

static gboolean
is_unsure (const UtClassifiedRow *row)
{
  UtPredictOpinion opinion = ut_predict_opinion (row->probability, row->n_words, row->n_unknown);

  return opinion == UT_PREDICT_UNSURE || opinion == UT_PREDICT_CANNOT_SAY;
}

static gboolean
accept (const UtClassifiedRow *row,
        gconstpointer          data)
{
  const UtClassifyChoice *self = data;
  UtImportMeaning meaning = ut_classify_choice_get_meaning (self, row);

  switch (self->filter)
    {
    case UT_CLASSIFY_UNSURE:
      return is_unsure (row);
    case UT_CLASSIFY_POSITIVE:
      return row->positive;
    case UT_CLASSIFY_NEGATIVE:
      return !row->positive;
    case UT_CLASSIFY_WRONG:
      return meaning == (row->positive ? UT_IMPORT_NEGATIVE : UT_IMPORT_POSITIVE);
    case UT_CLASSIFY_WRONG_POSITIVE:
      return meaning == UT_IMPORT_POSITIVE && !row->positive;
    case UT_CLASSIFY_WRONG_NEGATIVE:
      return meaning == UT_IMPORT_NEGATIVE && row->positive;
    case UT_CLASSIFY_RIGHT_POSITIVE:
      return meaning == UT_IMPORT_POSITIVE && row->positive;
    case UT_CLASSIFY_RIGHT_NEGATIVE:
      return meaning == UT_IMPORT_NEGATIVE && !row->positive;
    case UT_CLASSIFY_ALL:
    default:
      return TRUE;
    }
}

/* The logit, which unlike the probability tells answers apart that are all but certain. */
static float
get_logit (const UtClassifiedRow *row)
{
  return (float) (log (row->probability) - log1p (-row->probability));
}

static float
get_sureness (const UtClassifiedRow *row)
{
  return (float) fabs (row->probability - 0.5);
}

static float
get_unknown (const UtClassifiedRow *row)
{
  return (float) row->n_unknown / (float) MAX (row->n_words, 1);
}

static float
get_length (const UtClassifiedRow *row)
{
  return (float) row->n_words;
}

void
ut_classify_choice_init (UtClassifyChoice       *self,
                         const UtClassification *classification)
{
  guint n_labels;
  const UtImportLabel *labels;

  g_return_if_fail (self != NULL);
  g_return_if_fail (classification != NULL);

  *self = (UtClassifyChoice) { .filter = UT_CLASSIFY_ALL };
  labels = ut_classification_get_labels (classification, &n_labels);
  for (guint i = 0; i < n_labels; i++)
    self->meanings[i] = labels[i].meaning;
}

UtImportMeaning
ut_classify_choice_get_meaning (const UtClassifyChoice *self,
                                const UtClassifiedRow  *row)
{
  g_return_val_if_fail (self != NULL, UT_IMPORT_LEAVE_OUT);
  g_return_val_if_fail (row != NULL, UT_IMPORT_LEAVE_OUT);

  return row->label < G_N_ELEMENTS (self->meanings) ? self->meanings[row->label]
                                                    : UT_IMPORT_LEAVE_OUT;
}

gboolean
ut_classify_choice_is_plain (const UtClassifyChoice *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->filter == UT_CLASSIFY_ALL && self->order == UT_CLASSIFY_AS_IN_FILE;
}

UtClassifiedQuery
ut_classify_choice_get_query (const UtClassifyChoice *self)
{
  UtClassifiedQuery query = { .accept = accept, .data = self };

  g_return_val_if_fail (self != NULL, query);

  switch (self->order)
    {
    case UT_CLASSIFY_MOST_POSITIVE:
    case UT_CLASSIFY_MOST_NEGATIVE:
      query.key = get_logit;
      break;
    case UT_CLASSIFY_LEAST_SURE:
      query.key = get_sureness;
      break;
    case UT_CLASSIFY_MOST_UNKNOWN:
      query.key = get_unknown;
      break;
    case UT_CLASSIFY_LONGEST:
      query.key = get_length;
      break;
    case UT_CLASSIFY_AS_IN_FILE:
    default:
      break;
    }
  query.descending = self->order != UT_CLASSIFY_MOST_NEGATIVE
                     && self->order != UT_CLASSIFY_LEAST_SURE;

  return query;
}

const char *
ut_classify_filter_get_title (UtClassifyFilter filter)
{
  g_return_val_if_fail (filter < UT_N_CLASSIFY_FILTERS, NULL);

  return _(filter_titles[filter]);
}

const char *
ut_classify_order_get_title (UtClassifyOrder order)
{
  g_return_val_if_fail (order < UT_N_CLASSIFY_ORDERS, NULL);

  return _(order_titles[order]);
}
