/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-checker-private.h"

#include "ut-memory-private.h"
#include "ut-row-ids-private.h"

/* A batch of the largest size with the longest sentence would take any amount of memory. As an answer
   is the same in every batch, such batches are made smaller instead. */
#define MAX_WORKSPACE (256u << 20)

struct UtChecker
{
  UtRowIds rows;
  UtNnPredictor *predictor;   /* (owned) */
  guint32 *order;             /* (owned) (n_rows), longest sentence first */
  UtNnOutcome *batch;         /* (owned) (batch_size) */
  UtNnOutcome *outcomes;      /* (owned) (n_rows), by row */
  gsize batch_size;
};

/* Whether it is for the notebook to say which rows make up a batch: those of the file, in its
   order. */
static gboolean
has_company (const UtNnShape *shape)
{
  return shape->faults != 0;
}

static gsize
choose_batch_size (const UtNnShape *shape,
                   UtDataset       *dataset,
                   guint            batch_size)
{
  guint64 bytes_per_sentence =
    ut_nn_shape_count_workspace (shape, NULL, 1, ut_dataset_get_max_length (dataset));
  gsize n_rows = MIN (batch_size, ut_dataset_get_n_rows (dataset));

  return has_company (shape) ? n_rows : MAX (1, MIN (n_rows, MAX_WORKSPACE / bytes_per_sentence));
}

guint64
_ut_checker_bytes (const UtNnShape *shape,
                   UtDataset       *dataset,
                   guint            batch_size)
{
  return ut_nn_shape_count_workspace (shape, NULL, choose_batch_size (shape, dataset, batch_size),
                                      ut_dataset_get_max_length (dataset));
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const gsize *offsets = data;
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;
  gsize first_length = offsets[first + 1] - offsets[first];
  gsize second_length = offsets[second + 1] - offsets[second];

  if (first_length != second_length)
    return first_length > second_length ? -1 : 1;

  return first < second ? -1 : first > second;
}

UtChecker *
_ut_checker_new (const UtNnShape  *shape,
                 UtVocabulary     *vocabulary,
                 UtSubwords       *subwords,
                 UtDataset        *dataset,
                 guint             batch_size,
                 guint             n_threads,
                 GError          **error)
{
  g_autoptr (UtChecker) self = g_new0 (UtChecker, 1);
  gsize n_rows = ut_dataset_get_n_rows (dataset);

  self->batch_size = choose_batch_size (shape, dataset, batch_size);
  if (ut_nn_predictor_new (shape, self->batch_size, ut_dataset_get_max_length (dataset), n_threads,
                           &self->predictor) != UT_NN_OK)
    {
      _ut_memory_set_error (_ut_checker_bytes (shape, dataset, batch_size), error);
      return NULL;
    }

  if (!_ut_row_ids_init (&self->rows, dataset, vocabulary, subwords, error))
    return NULL;
  self->order = g_new (guint32, n_rows);
  self->batch = g_new (UtNnOutcome, self->batch_size);
  self->outcomes = g_new (UtNnOutcome, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    self->order[i] = (guint32) i;
  if (!has_company (shape))
    g_qsort_with_data (self->order, (int) n_rows, sizeof *self->order, compare_lengths,
                       (gpointer) ut_dataset_get_offsets (dataset));

  return g_steal_pointer (&self);
}

void
_ut_checker_free (UtChecker *self)
{
  ut_nn_predictor_free (self->predictor);
  _ut_row_ids_clear (&self->rows);
  g_free (self->order);
  g_free (self->batch);
  g_free (self->outcomes);
  g_free (self);
}

/* In the order of the rows, so that the sums do not depend on the batches. */
void
_ut_evaluation_sum_up (UtEvaluation      *evaluation,
                       UtDataset         *dataset,
                       const UtNnOutcome *outcomes)
{
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  const guint8 *labels = ut_dataset_get_labels (dataset);
  double loss = 0;
  gsize n_counted = 0;

  *evaluation = (UtEvaluation) { .n_examples = n_rows };
  for (gsize i = 0; i < n_rows; i++)
    {
      const UtNnOutcome *outcome = &outcomes[i];
      gboolean positive = outcome->answer == UT_NN_ANSWER_POSITIVE;

      loss += outcome->loss;
      n_counted += outcome->counts;
      if (outcome->answer == UT_NN_ANSWER_NEITHER)
        evaluation->neither++;
      else if (labels[i] == 1)
        *(positive ? &evaluation->tp : &evaluation->fn) += 1;
      else
        *(positive ? &evaluation->fp : &evaluation->tn) += 1;
    }
  evaluation->loss = n_counted > 0 ? loss / (double) n_counted : 0;
  evaluation->accuracy = (double) (evaluation->tp + evaluation->tn) / (double) n_rows;
}

gboolean
_ut_checker_run (UtChecker       *self,
                 const UtNnModel *model,
                 UtCheckerGoOn    go_on,
                 gpointer         data,
                 UtEvaluation    *evaluation)
{
  gsize n_rows = ut_dataset_get_n_rows (self->rows.dataset);
  UtNnSentences sentences = _ut_row_ids_make_sentences (&self->rows);

  for (gsize start = 0; start < n_rows; start += self->batch_size)
    {
      gsize n = MIN (self->batch_size, n_rows - start);

      if (!go_on ((double) start / (double) n_rows, data))
        return FALSE;

      UtNnStatus status = ut_nn_predictor_compare (self->predictor, model, &sentences,
                                                   self->order + start, n, self->batch);

      /* The sizes were taken from these very sentences. */
      g_assert (status == UT_NN_OK);
      for (gsize i = 0; i < n; i++)
        self->outcomes[self->order[start + i]] = self->batch[i];
    }

  _ut_evaluation_sum_up (evaluation, self->rows.dataset, self->outcomes);
  return TRUE;
}

gboolean
_ut_checker_add_logits (UtChecker       *self,
                        const UtNnModel *model,
                        UtCheckerGoOn    go_on,
                        gpointer         data,
                        double          *sums)
{
  gsize n_rows = ut_dataset_get_n_rows (self->rows.dataset);
  UtNnSentences sentences = _ut_row_ids_make_sentences (&self->rows);
  g_autofree float *logits = g_new (float, self->batch_size);

  for (gsize start = 0; start < n_rows; start += self->batch_size)
    {
      gsize n = MIN (self->batch_size, n_rows - start);

      if (!go_on ((double) start / (double) n_rows, data))
        return FALSE;

      UtNnStatus status = ut_nn_predictor_run (self->predictor, model, &sentences,
                                               self->order + start, n, logits, NULL, NULL);

      /* The sizes were taken from these very sentences. */
      g_assert (status == UT_NN_OK);
      for (gsize i = 0; i < n; i++)
        sums[self->order[start + i]] += logits[i];
    }

  return TRUE;
}

static gboolean
go_on_always (double   fraction,
              gpointer data)
{
  return TRUE;
}

static float
get_sign (UtNnAnswer answer)
{
  switch (answer)
    {
    case UT_NN_ANSWER_POSITIVE:
      return 1;
    case UT_NN_ANSWER_NEGATIVE:
      return -1;
    case UT_NN_ANSWER_NEITHER:
    default:
      return 0;
    }
}

float *
_ut_checker_dup_answers (UtChecker       *self,
                         const UtNnModel *model,
                         gsize           *n_rows)
{
  float *answers = g_new (float, ut_dataset_get_n_rows (self->rows.dataset));
  g_autofree double *sums = g_new0 (double, ut_dataset_get_n_rows (self->rows.dataset));

  *n_rows = ut_dataset_get_n_rows (self->rows.dataset);
  if (ut_nn_model_get_shape (model)->faults == 0)
    {
      _ut_checker_add_logits (self, model, go_on_always, NULL, sums);
      for (gsize i = 0; i < *n_rows; i++)
        answers[i] = (float) sums[i];
    }
  else
    {
      for (gsize i = 0; i < *n_rows; i++)
        answers[i] = get_sign (self->outcomes[i].answer);
    }

  return answers;
}
