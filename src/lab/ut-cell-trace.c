/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cell-trace.h"

#include "ut-lab-error.h"
#include "ut-memory-private.h"
#include "ut-word-ids-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A second thread pays from a sentence on that takes a few milliseconds by itself. */
#define MIN_WORDS_FOR_THREADS 128

typedef struct
{
  UtCellTrace public;
  float *numbers;       /* (owned) (nullable): all signals, one after another */
  float *weights;       /* (owned) (nullable) */
} Trace;

G_DEFINE_BOXED_TYPE (UtCellTrace, ut_cell_trace, ut_cell_trace_ref, ut_cell_trace_unref)

const char *
ut_cell_signal_get_name (UtNnSignal signal)
{
  static const char *const names[UT_NN_N_SIGNALS] = {
    [UT_NN_SIGNAL_STATE] = N_("state"),
    [UT_NN_SIGNAL_CELL] = N_("cell state"),
    [UT_NN_SIGNAL_INPUT] = N_("input gate"),
    [UT_NN_SIGNAL_FORGET] = N_("forget gate"),
    [UT_NN_SIGNAL_OUTPUT] = N_("output gate"),
    [UT_NN_SIGNAL_RESET] = N_("reset gate"),
    [UT_NN_SIGNAL_UPDATE] = N_("update gate"),
    [UT_NN_SIGNAL_CANDIDATE] = N_("candidate"),
  };

  g_return_val_if_fail (signal < UT_NN_N_SIGNALS, NULL);

  return _(names[signal]);
}

gboolean
ut_cell_signal_is_gate (UtNnSignal signal)
{
  return signal != UT_NN_SIGNAL_STATE && signal != UT_NN_SIGNAL_CELL
         && signal != UT_NN_SIGNAL_CANDIDATE;
}

static void
trace_clear (gpointer data)
{
  Trace *self = data;

  ut_prediction_unref (self->public.prediction);
  g_free (self->numbers);
  g_free (self->weights);
}

UtCellTrace *
ut_cell_trace_ref (UtCellTrace *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_cell_trace_unref (UtCellTrace *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, trace_clear);
}

/* Which model's cell is shown. */
static UtModel *
get_member (UtModel *model)
{
  gsize n_members;

  return ut_model_get_members (model, &n_members)[0];
}

const char *
ut_cell_trace_get_objection (UtModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);

  const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (get_member (model)));

  if (shape->cell == UT_NN_CELL_BAG)
    return _("A bag of words has no cell: it adds up a weight for each word and each pair of "
             "neighbours");
  if (shape->faults != 0)
    return _("A model that runs as the notebook’s code does has no states that belong to one "
             "sentence alone");

  return NULL;
}

/* What the classifier gives the units of the last layer. */
static void
copy_weights (Trace           *self,
              const UtNnModel *weights)
{
  const UtNnShape *shape = ut_nn_model_get_shape (weights);
  const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, "fc.weight");
  gsize n_units = self->public.n_units;

  if (self->public.layer + 1 < self->public.n_layers)
    return;

  self->weights = g_memdup2 (ut_nn_model_peek_data (weights, tensor)
                             + self->public.direction * n_units, n_units * sizeof (float));
  self->public.weights = self->weights;
  self->public.exact = shape->readout == UT_NN_READOUT_LAST && !shape->bidirectional;
}

static gboolean
read_sentence (Trace                   *self,
               UtModel                 *model,
               const UtSentenceAnswer  *sentence,
               GError                 **error)
{
  UtCellTrace *public = &self->public;
  const UtNnModel *weights = ut_model_get_weights (model);
  const UtNnShape *shape = ut_nn_model_get_shape (weights);
  g_auto (UtWordIds) words = { NULL };
  const gsize offsets[] = { 0, sentence->n_words };
  gsize n_values = public->n_words * public->n_units;
  guint n_signals = 0;

  for (guint i = 0; i < UT_NN_N_SIGNALS; i++)
    n_signals += ut_nn_cell_has_signal (shape->cell, i);

  guint64 bytes = _ut_bytes_multiply (n_values, n_signals * sizeof (float));
  UtNnTracer *tracer = NULL;

  _ut_word_ids_init (&words, model, public->prediction->words + sentence->first_word,
                     sentence->n_words);
  self->numbers = g_try_malloc (bytes);
  if (self->numbers == NULL
      || ut_nn_tracer_new (shape, 1, sentence->n_words,
                           sentence->n_words < MIN_WORDS_FOR_THREADS ? 1 : 0, &tracer) != UT_NN_OK)
    {
      _ut_memory_set_error (
          _ut_bytes_add (bytes, ut_nn_shape_count_workspace (shape, NULL, 1, sentence->n_words)),
          error);
      return FALSE;
    }

  const UtNnSentences sentences = _ut_word_ids_make_sentences (&words, words.ids, offsets);
  UtNnStatus status = ut_nn_tracer_run (tracer, weights, &sentences, NULL, 1);
  float *place = self->numbers;

  /* The sizes were taken from this very sentence. */
  g_assert (status == UT_NN_OK);
  for (guint i = 0; i < UT_NN_N_SIGNALS; i++)
    {
      if (!ut_nn_cell_has_signal (shape->cell, i))
        continue;
      status = ut_nn_tracer_copy (tracer, public->layer, public->direction, i, place);
      g_assert (status == UT_NN_OK);
      public->values[i] = place;
      place += n_values;
    }
  ut_nn_tracer_free (tracer);

  return TRUE;
}

UtCellTrace *
ut_cell_trace_new (UtModel       *model,
                   UtPrediction  *prediction,
                   gsize          sentence,
                   guint          layer,
                   guint          direction,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (prediction != NULL, NULL);
  g_return_val_if_fail (sentence < prediction->n_sentences, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  UtModel *member = get_member (model);
  const char *objection = ut_cell_trace_get_objection (member);

  if (objection != NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL, objection);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  const UtNnModel *weights = ut_model_get_weights (member);
  const UtNnShape *shape = ut_nn_model_get_shape (weights);
  const UtSentenceAnswer *answer = &prediction->sentences[sentence];
  Trace *self = g_atomic_rc_box_new0 (Trace);
  g_autoptr (UtCellTrace) public = &self->public;

  *public = (UtCellTrace) {
    .prediction = ut_prediction_ref (prediction),
    .sentence = sentence,
    .layer = MIN (layer, (guint) shape->n_layers - 1),
    .direction = shape->bidirectional ? MIN (direction, 1) : 0,
    .cell = shape->cell,
    .n_layers = (guint) shape->n_layers,
    .n_directions = shape->bidirectional ? 2 : 1,
    .n_words = answer->n_words,
    .n_units = shape->hidden,
  };
  copy_weights (self, weights);
  if (answer->n_words > 0 && !read_sentence (self, member, answer, error))
    return NULL;

  return g_steal_pointer (&public);
}

float
ut_cell_trace_get (const UtCellTrace *self,
                   UtNnSignal         signal,
                   gsize              word,
                   gsize              unit)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (signal < UT_NN_N_SIGNALS && self->values[signal] != NULL, NAN);
  g_return_val_if_fail (word < self->n_words && unit < self->n_units, NAN);

  return self->values[signal][word * self->n_units + unit];
}

double
ut_cell_trace_get_share (const UtCellTrace *self,
                         gsize              word,
                         gsize              unit)
{
  g_return_val_if_fail (self != NULL, NAN);

  if (self->weights == NULL)
    return NAN;

  return (double) self->weights[unit]
         * (double) ut_cell_trace_get (self, UT_NN_SIGNAL_STATE, word, unit);
}

/* On a worker */

typedef struct
{
  UtModel *model;           /* (owned) */
  UtPrediction *prediction; /* (owned) */
  gsize sentence;
  guint layer;
  guint direction;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  ut_model_unref (job->model);
  ut_prediction_unref (job->prediction);
  g_free (job);
}

static void
new_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  UtCellTrace *trace = ut_cell_trace_new (job->model, job->prediction, job->sentence, job->layer,
                                          job->direction, cancellable, &error);

  if (trace != NULL)
    g_task_return_pointer (task, trace, (GDestroyNotify) ut_cell_trace_unref);
  else
    g_task_return_error (task, error);
}

void
ut_cell_trace_new_async (UtModel             *model,
                         UtPrediction        *prediction,
                         gsize                sentence,
                         guint                layer,
                         guint                direction,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (model != NULL);
  g_return_if_fail (prediction != NULL);
  g_return_if_fail (sentence < prediction->n_sentences);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job) {
    .model = ut_model_ref (model),
    .prediction = ut_prediction_ref (prediction),
    .sentence = sentence,
    .layer = layer,
    .direction = direction,
  };
  g_task_set_source_tag (task, ut_cell_trace_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, new_thread);
}

UtCellTrace *
ut_cell_trace_new_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
