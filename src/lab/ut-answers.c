/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-answers-private.h"

#include <math.h>
#include <ut-nn.h>

struct UtAnswerRows
{
  UtDataset *dataset; /* (owned) */
  guint16 *n_unknown; /* (owned) (nullable): (n_rows) */
};

struct UtAnswers
{
  UtAnswerRows *rows;  /* (owned) */
  float *logits;       /* (owned): (n_rows) */
  guint epoch;
  gboolean has_probabilities;
  gsize n_right;
};

G_DEFINE_BOXED_TYPE (UtAnswers, ut_answers, ut_answers_ref, ut_answers_unref)

/* Rows */

G_STATIC_ASSERT (UT_DATASET_MAX_TOKENS <= G_MAXUINT16);

static guint16 *
count_unknown (UtDataset    *dataset,
               UtVocabulary *vocabulary)
{
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  const gsize *offsets = ut_dataset_get_offsets (dataset);
  g_autofree guint32 *ids = ut_dataset_encode (dataset, vocabulary, NULL);
  guint16 *n_unknown = g_new0 (guint16, n_rows);

  for (gsize row = 0; row < n_rows; row++)
    for (gsize i = offsets[row]; i < offsets[row + 1]; i++)
      if (ids[i] == UT_VOCABULARY_UNKNOWN)
        n_unknown[row]++;

  return n_unknown;
}

UtAnswerRows *
_ut_answer_rows_new (UtDataset    *dataset,
                     UtVocabulary *vocabulary)
{
  UtAnswerRows *self = g_atomic_rc_box_new0 (UtAnswerRows);

  self->dataset = ut_dataset_ref (dataset);
  self->n_unknown = vocabulary != NULL ? count_unknown (dataset, vocabulary) : NULL;

  return self;
}

UtAnswerRows *
_ut_answer_rows_ref (UtAnswerRows *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rows_clear (gpointer data)
{
  UtAnswerRows *self = data;

  ut_dataset_unref (self->dataset);
  g_free (self->n_unknown);
}

void
_ut_answer_rows_unref (UtAnswerRows *self)
{
  g_atomic_rc_box_release_full (self, rows_clear);
}

UtDataset *
_ut_answer_rows_get_dataset (UtAnswerRows *self)
{
  return self->dataset;
}

/* Answers */

UtAnswers *
_ut_answers_new (UtAnswerRows *rows,
                 float        *logits,
                 guint         epoch,
                 gboolean      has_probabilities)
{
  UtAnswers *self = g_atomic_rc_box_new0 (UtAnswers);
  gsize n_rows = ut_dataset_get_n_rows (rows->dataset);

  self->rows = _ut_answer_rows_ref (rows);
  self->logits = logits;
  self->epoch = epoch;
  self->has_probabilities = has_probabilities;
  for (gsize row = 0; row < n_rows; row++)
    self->n_right += ut_answers_is_right (self, row);

  return self;
}

UtAnswers *
ut_answers_ref (UtAnswers *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
answers_clear (gpointer data)
{
  UtAnswers *self = data;

  _ut_answer_rows_unref (self->rows);
  g_free (self->logits);
}

void
ut_answers_unref (UtAnswers *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, answers_clear);
}

UtDataset *
ut_answers_get_dataset (const UtAnswers *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rows->dataset;
}

gsize
ut_answers_get_n_rows (const UtAnswers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return ut_dataset_get_n_rows (self->rows->dataset);
}

guint
ut_answers_get_epoch (const UtAnswers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->epoch;
}

gboolean
ut_answers_has_probabilities (const UtAnswers *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_probabilities;
}

gsize
ut_answers_get_n_right (const UtAnswers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_right;
}

double
ut_answers_get_logit (const UtAnswers *self,
                      gsize            row)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (row < ut_answers_get_n_rows (self), NAN);

  return self->logits[row];
}

double
ut_answers_get_probability (const UtAnswers *self,
                            gsize            row)
{
  double logit = ut_answers_get_logit (self, row);

  return self->has_probabilities ? ut_nn_sigmoid (logit) : NAN;
}

guint8
ut_answers_get_label (const UtAnswers *self,
                      gsize            row)
{
  g_return_val_if_fail (self != NULL, 0);

  return ut_dataset_get_label (self->rows->dataset, row);
}

gboolean
ut_answers_is_right (const UtAnswers *self,
                     gsize            row)
{
  double logit = ut_answers_get_logit (self, row);

  /* No label was answered. */
  if (!self->has_probabilities && logit == 0)
    return FALSE;

  return (logit > 0) == (ut_answers_get_label (self, row) == 1);
}

double
ut_answers_get_loss (const UtAnswers *self,
                     gsize            row)
{
  double logit = ut_answers_get_logit (self, row);

  return self->has_probabilities ? ut_nn_loss (logit, ut_answers_get_label (self, row)) : NAN;
}

char *
ut_answers_dup_text (const UtAnswers *self,
                     gsize            row)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ut_dataset_dup_sentence (self->rows->dataset, row);
}

gsize
ut_answers_get_n_words (const UtAnswers *self,
                        gsize            row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < ut_answers_get_n_rows (self), 0);

  const gsize *offsets = ut_dataset_get_offsets (self->rows->dataset);

  return offsets[row + 1] - offsets[row];
}

double
ut_answers_get_unknown_share (const UtAnswers *self,
                              gsize            row)
{
  gsize n_words = ut_answers_get_n_words (self, row);

  if (self->rows->n_unknown == NULL)
    return NAN;

  return n_words > 0 ? (double) self->rows->n_unknown[row] / (double) n_words : 0;
}

gboolean
ut_answers_match (const UtAnswers *a,
                  const UtAnswers *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->rows->dataset == b->rows->dataset
         || g_str_equal (ut_dataset_get_hash (a->rows->dataset),
                         ut_dataset_get_hash (b->rows->dataset));
}

UtAgreement
ut_answers_compare (const UtAnswers *first,
                    const UtAnswers *second)
{
  UtAgreement agreement = { 0 };

  g_return_val_if_fail (ut_answers_match (first, second), agreement);

  gsize n_rows = ut_answers_get_n_rows (first);

  for (gsize row = 0; row < n_rows; row++)
    {
      gboolean first_right = ut_answers_is_right (first, row);
      gboolean second_right = ut_answers_is_right (second, row);

      agreement.n_both += first_right && second_right;
      agreement.n_first += first_right && !second_right;
      agreement.n_second += !first_right && second_right;
      agreement.n_neither += !first_right && !second_right;
    }
  return agreement;
}
