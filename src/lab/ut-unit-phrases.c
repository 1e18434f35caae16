/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-unit-phrases.h"

#include "ut-cell-trace.h"
#include "ut-lab-error.h"
#include "ut-memory-private.h"
#include "ut-prediction-private.h"
#include "ut-row-ids-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* One shard, whose memory stays in the cache. It is read by the worker alone: threads that training
   keeps busy would be waited for at each of some thousand batches. */
#define BATCH ((gsize) UT_NN_SHARD_SENTENCES)
/* How many words up to the peak tell phrases apart. */
#define N_SAME_WORDS 3
/* How often progress is told, at most. */
#define N_REPORTS 50

/* The strongest phrases of a unit at one end, the strongest first. */
typedef struct
{
  UtUnitPhrase phrases[UT_UNIT_PHRASES_MAX];
  guint8 n;
} List;

struct UtUnitPhrases
{
  gatomicrefcount ref_count;
  UtDataset *train;     /* (owned) */
  guint n_layers;
  guint n_directions;
  gsize n_units;
  List *lists;          /* (owned): as get_list() says */
};

G_DEFINE_BOXED_TYPE (UtUnitPhrases, ut_unit_phrases, ut_unit_phrases_ref, ut_unit_phrases_unref)

UtUnitPhrases *
ut_unit_phrases_ref (UtUnitPhrases *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_unit_phrases_unref (UtUnitPhrases *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  ut_dataset_unref (self->train);
  g_free (self->lists);
  g_free (self);
}

static List *
get_list (const UtUnitPhrases *self,
          guint                layer,
          guint                direction,
          gsize                unit,
          UtUnitEnd            end)
{
  gsize place = (layer * self->n_directions + direction) * self->n_units + unit;

  return &self->lists[place * UT_N_UNIT_ENDS + end];
}

/* Finding */

typedef struct
{
  UtUnitPhrases *phrases; /* (not owned) */
  UtRowIds rows;
  UtNnTracer *tracer;     /* (owned) (nullable) */
  gsize batch;
  float *states;          /* (owned) (nullable): (N, H) of a batch */
  /* Of a row, at either end. */
  float *peaks;           /* (owned): (ends, H), with the sign turned at the lower end */
  guint32 *places;        /* (owned): (ends, H): the words where they are */
} Finder;

static void
finder_clear (Finder *self)
{
  _ut_row_ids_clear (&self->rows);
  ut_nn_tracer_free (self->tracer);
  g_free (self->states);
  g_free (self->peaks);
  g_free (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static gboolean
finder_init (Finder         *self,
             UtUnitPhrases  *phrases,
             UtModel        *model,
             GError        **error)
{
  const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (model));
  gsize max_length = ut_dataset_get_max_length (phrases->train);
  guint64 bytes = _ut_bytes_add (ut_nn_shape_count_workspace (shape, NULL, 1, max_length),
                                 _ut_bytes_multiply (max_length, shape->hidden * sizeof (float)));

  self->phrases = phrases;
  self->batch = MAX (1, MIN (BATCH, UT_PREDICTION_MAX_WORKSPACE / bytes));
  self->states = g_try_malloc (_ut_bytes_multiply (self->batch * max_length,
                                                   shape->hidden * sizeof (float)));
  if (self->states == NULL
      || ut_nn_tracer_new (shape, self->batch, max_length, 1, &self->tracer) != UT_NN_OK)
    {
      _ut_memory_set_error (_ut_bytes_multiply (bytes, self->batch), error);
      return FALSE;
    }
  self->peaks = g_new (float, UT_N_UNIT_ENDS * shape->hidden);
  self->places = g_new (guint32, UT_N_UNIT_ENDS * shape->hidden);

  return _ut_row_ids_init (&self->rows, phrases->train, ut_model_get_vocabulary (model),
                           ut_model_get_subwords (model), error);
}

/* The peaks of all units over a row's words; of equal ones the one that is read first. */
static void
find_peaks (Finder      *self,
            const float *states,
            gsize        length,
            guint        direction)
{
  gsize n_units = self->phrases->n_units;

  for (guint end = 0; end < UT_N_UNIT_ENDS; end++)
    {
      float sign = end == UT_UNIT_HIGHEST ? 1 : -1;
      float *peaks = self->peaks + end * n_units;
      guint32 *places = self->places + end * n_units;

      for (gsize unit = 0; unit < n_units; unit++)
        peaks[unit] = -INFINITY;
      memset (places, 0, n_units * sizeof *places);
      for (gsize step = 0; step < length; step++)
        {
          gsize word = direction == 0 ? step : length - 1 - step;
          const float *state = states + word * n_units;

          for (gsize unit = 0; unit < n_units; unit++)
            if (sign * state[unit] > peaks[unit])
              {
                peaks[unit] = sign * state[unit];
                places[unit] = (guint32) word;
              }
        }
    }
}

/* The word that is read @back words before the peak; %UT_NN_PAD where none is. */
static guint32
get_word (const Finder       *self,
          const UtUnitPhrase *phrase,
          guint               direction,
          gsize               back)
{
  const gsize *offsets = ut_dataset_get_offsets (self->phrases->train);
  gsize word = offsets[phrase->row] + phrase->word;

  if (direction == 0)
    return back <= phrase->word ? self->rows.ids[word - back] : UT_NN_PAD;

  return word + back < offsets[phrase->row + 1] ? self->rows.ids[word + back] : UT_NN_PAD;
}

/* Whether both agree in the last words that are read up to the peak. */
static gboolean
is_same (const Finder       *self,
         const UtUnitPhrase *a,
         const UtUnitPhrase *b,
         guint               direction)
{
  for (gsize i = 0; i < N_SAME_WORDS; i++)
    if (get_word (self, a, direction, i) != get_word (self, b, direction, i))
      return FALSE;

  return TRUE;
}

static gsize
get_length (const Finder *self,
            guint32       row)
{
  const gsize *offsets = ut_dataset_get_offsets (self->phrases->train);

  return offsets[row + 1] - offsets[row];
}

/* Takes phrase @place out. */
static void
drop_phrase (List  *list,
             guint  place)
{
  list->n--;
  memmove (list->phrases + place, list->phrases + place + 1,
           (list->n - place) * sizeof *list->phrases);
}

/* Rows come in their order, so that of equally strong ones the first stays before the others. */
static void
add_phrase (const Finder       *self,
            List               *list,
            UtUnitEnd           end,
            const UtUnitPhrase *phrase,
            guint               direction)
{
  float sign = end == UT_UNIT_HIGHEST ? 1 : -1;
  guint place;

  for (guint i = 0; i < list->n; i++)
    {
      const UtUnitPhrase *other = &list->phrases[i];

      if (!is_same (self, other, phrase, direction))
        continue;
      if (sign * other->value > sign * phrase->value
          || (other->value == phrase->value
              && get_length (self, other->row) <= get_length (self, phrase->row)))
        return;
      drop_phrase (list, i);
      break;
    }

  place = list->n;
  while (place > 0 && sign * list->phrases[place - 1].value < sign * phrase->value)
    place--;
  if (place == UT_UNIT_PHRASES_MAX)
    return;

  list->n = (guint8) MIN (list->n + 1, UT_UNIT_PHRASES_MAX);
  memmove (list->phrases + place + 1, list->phrases + place,
           (list->n - place - 1) * sizeof *list->phrases);
  list->phrases[place] = *phrase;
}

static void
add_row (Finder      *self,
         gsize        row,
         const float *states,
         guint        layer,
         guint        direction)
{
  gsize n_units = self->phrases->n_units;

  find_peaks (self, states, get_length (self, (guint32) row), direction);
  for (guint end = 0; end < UT_N_UNIT_ENDS; end++)
    for (gsize unit = 0; unit < n_units; unit++)
      {
        float peak = self->peaks[end * n_units + unit];
        List *list = get_list (self->phrases, layer, direction, unit, end);
        const UtUnitPhrase *last = &list->phrases[UT_UNIT_PHRASES_MAX - 1];
        const UtUnitPhrase phrase = {
          .row = (guint32) row,
          .word = self->places[end * n_units + unit],
          .value = end == UT_UNIT_HIGHEST ? peak : -peak,
        };

        /* Most rows end here. Minus infinity is what numbers leave that are none. */
        if (peak == -INFINITY
            || (list->n == UT_UNIT_PHRASES_MAX
                && peak < (end == UT_UNIT_HIGHEST ? last->value : -last->value)))
          continue;
        add_phrase (self, list, end, &phrase, direction);
      }
}

static gboolean
find_all (Finder             *self,
          const UtNnModel    *weights,
          UtUnitPhrasesFunc   func,
          gpointer            user_data,
          GCancellable       *cancellable,
          GError            **error)
{
  const UtUnitPhrases *phrases = self->phrases;
  gsize n_rows = ut_dataset_get_n_rows (phrases->train);
  const gsize *offsets = ut_dataset_get_offsets (phrases->train);
  const UtNnSentences sentences = _ut_row_ids_make_sentences (&self->rows);
  g_autofree guint32 *rows = g_new (guint32, self->batch);
  gsize n_reports = 0;

  for (gsize first = 0; first < n_rows; first += self->batch)
    {
      gsize n = MIN (self->batch, n_rows - first);

      for (gsize i = 0; i < n; i++)
        rows[i] = (guint32) (first + i);

      UtNnStatus status = ut_nn_tracer_run (self->tracer, weights, &sentences, rows, n);

      /* The sizes were taken from these very sentences. */
      g_assert (status == UT_NN_OK);
      for (guint layer = 0; layer < phrases->n_layers; layer++)
        for (guint direction = 0; direction < phrases->n_directions; direction++)
          {
            status = ut_nn_tracer_copy (self->tracer, layer, direction, UT_NN_SIGNAL_STATE,
                                        self->states);
            g_assert (status == UT_NN_OK);
            for (gsize row = first; row < first + n; row++)
              add_row (self, row, self->states + (offsets[row] - offsets[first]) * phrases->n_units,
                       layer, direction);
          }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (func != NULL && (first + n) * N_REPORTS / n_rows > n_reports)
        {
          n_reports = (first + n) * N_REPORTS / n_rows;
          func ((double) (first + n) / (double) n_rows, user_data);
        }
    }

  return TRUE;
}

/* Whether they are the rows that the model learned from, as far as its file says. */
static gboolean
check_rows (UtModel    *model,
            UtDataset  *train,
            GError    **error)
{
  const char *hash = ut_model_get_facts (model)->train_hash;

  if (hash == NULL || strcmp (hash, ut_dataset_get_hash (train)) == 0)
    return TRUE;

  g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                       _("The training rows have changed since the model learned from them, so that "
                         "its strongest phrases are not known any more."));
  return FALSE;
}

UtUnitPhrases *
ut_unit_phrases_new (UtModel            *model,
                     UtDataset          *train,
                     UtUnitPhrasesFunc   func,
                     gpointer            user_data,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (train != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  const char *objection = ut_cell_trace_get_objection (model);
  gsize n_members;
  UtModel *member = ut_model_get_members (model, &n_members)[0];

  if (objection != NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL, objection);
      return NULL;
    }
  if (!check_rows (member, train, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  const UtNnModel *weights = ut_model_get_weights (member);
  const UtNnShape *shape = ut_nn_model_get_shape (weights);
  g_autoptr (UtUnitPhrases) self = g_new0 (UtUnitPhrases, 1);
  g_auto (Finder) finder = { NULL };

  g_atomic_ref_count_init (&self->ref_count);
  self->train = ut_dataset_ref (train);
  self->n_layers = (guint) shape->n_layers;
  self->n_directions = shape->bidirectional ? 2 : 1;
  self->n_units = shape->hidden;
  self->lists = g_new0 (List, self->n_layers * self->n_directions * self->n_units * UT_N_UNIT_ENDS);
  if (!finder_init (&finder, self, member, error)
      || !find_all (&finder, weights, func, user_data, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

UtDataset *
ut_unit_phrases_get_train (const UtUnitPhrases *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->train;
}

const UtUnitPhrase *
ut_unit_phrases_get (const UtUnitPhrases *self,
                     guint                layer,
                     guint                direction,
                     gsize                unit,
                     UtUnitEnd            end,
                     gsize               *n_phrases)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (layer < self->n_layers, NULL);
  g_return_val_if_fail (direction < self->n_directions, NULL);
  g_return_val_if_fail (unit < self->n_units, NULL);
  g_return_val_if_fail (end < UT_N_UNIT_ENDS, NULL);
  g_return_val_if_fail (n_phrases != NULL, NULL);

  const List *list = get_list (self, layer, direction, unit, end);

  *n_phrases = list->n;
  return list->phrases;
}

/* On a worker */

typedef struct
{
  UtModel *model;            /* (owned) */
  UtConfig *config;          /* (owned) */
  UtUnitPhrasesFunc func;    /* (nullable) */
  gpointer func_data;
  GMainContext *context;     /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
} Job;

/* How far it is, on its way to who asked. */
typedef struct
{
  UtUnitPhrasesFunc func;
  gpointer func_data;
  GCancellable *cancellable; /* (owned) (nullable) */
  double fraction;
} Report;

static void
job_free (gpointer data)
{
  Job *job = data;

  ut_model_unref (job->model);
  ut_config_unref (job->config);
  g_main_context_unref (job->context);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_clear_object (&report->cancellable);
  g_free (report);
}

static gboolean
deliver_cb (gpointer data)
{
  Report *report = data;

  if (!g_cancellable_is_cancelled (report->cancellable))
    report->func (report->fraction, report->func_data);

  return G_SOURCE_REMOVE;
}

/* Sources of one priority are called in the order in which they came, so the task's own, which
   tells that all is done, is the last. */
static void
send_cb (double   fraction,
         gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  Report *report = g_new (Report, 1);

  *report = (Report) {
    .func = job->func,
    .func_data = job->func_data,
    .cancellable = job->cancellable != NULL ? g_object_ref (job->cancellable) : NULL,
    .fraction = fraction,
  };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, report, report_free);
  g_source_set_static_name (source, "ut_unit_phrases_new_async fraction");
  g_source_attach (source, job->context);
}

static void
new_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  UtUnitPhrases *phrases = NULL;
  g_autoptr (UtCorpus) corpus = ut_corpus_read (job->config, NULL, NULL, cancellable, &error);

  if (corpus != NULL)
    phrases = ut_unit_phrases_new (job->model, ut_corpus_get_train (corpus),
                                   job->func != NULL ? send_cb : NULL, job, cancellable, &error);

  if (phrases != NULL)
    g_task_return_pointer (task, phrases, (GDestroyNotify) ut_unit_phrases_unref);
  else
    g_task_return_error (task, error);
}

void
ut_unit_phrases_new_async (UtModel             *model,
                           UtConfig            *config,
                           UtUnitPhrasesFunc    func,
                           gpointer             func_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (model != NULL);
  g_return_if_fail (config != NULL);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job) {
    .model = ut_model_ref (model),
    .config = ut_config_ref (config),
    .func = func,
    .func_data = func_data,
    .context = g_main_context_ref_thread_default (),
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
  };
  g_task_set_source_tag (task, ut_unit_phrases_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, new_thread);
}

UtUnitPhrases *
ut_unit_phrases_new_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
