/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The calling thread reads the file and cuts it into batches of records; workers ask the model
 * about a batch's texts and write its rows; the calling thread takes the batches in order. So
 * nothing depends on how many workers there are, and no more than some batches are in memory.
 */

#include "config.h"

#include "ut-classification.h"

#include "ut-classify-batch-private.h"
#include "ut-data-error.h"
#include "ut-file-private.h"
#include "ut-import-private.h"
#include "ut-import-stream-private.h"
#include "ut-relay-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct UtClassification
{
  guint64 n_rows;
  guint64 n_positive;
  guint64 n_words;
  guint64 n_unknown;
  guint64 n_problems;
  GArray *problems; /* (owned) (element-type UtImportProblem) */
  UtClassifyLabels labels;
  gboolean has_labels;
};

typedef struct
{
  UtModel *model;               /* (not owned) */
  UtImportGuess *guess;         /* (not owned) */
  UtClassifyOptions options;
  const UtImportOptions *form;  /* (not owned) */
  UtImportLayout *layout;       /* (owned) */
  char **keys;                  /* (owned): names of the columns */
  UtRowWriter *writer;          /* (owned) (nullable): where rows are wanted as text */
  UtClassifyPlan plan;          /* of these three */
  const UtClassifyFuncs *funcs; /* (not owned) */
  gpointer data;
  UtFileWriter *output;         /* (owned) (nullable) */
  GCancellable *cancellable;    /* (not owned) (nullable) */
  UtRelay *relay;               /* (owned) */
  GQueue spare;                 /* (element-type UtClassifyBatch) */
  GMutex mutex;
  GQueue askers;                /* (element-type UtAsker), guarded by the mutex: those at rest */
  char *name;                   /* (owned): of the file */
  UtClassification *result;     /* (owned) (nullable): taken when all is done */
} Job;

/* There are never more askers than workers; each keeps its room. */
static UtAsker *
take_asker (Job *job)
{
  g_mutex_lock (&job->mutex);

  UtAsker *asker = g_queue_pop_head (&job->askers);

  g_mutex_unlock (&job->mutex);

  return asker != NULL ? asker : _ut_asker_new (job->model, job->options.reading);
}

static void
put_asker (Job     *job,
           UtAsker *asker)
{
  g_mutex_lock (&job->mutex);
  g_queue_push_head (&job->askers, asker);
  g_mutex_unlock (&job->mutex);
}

static void
run_batch (gpointer   item,
           const int *stop,
           gpointer   data)
{
  Job *job = data;
  UtAsker *asker = take_asker (job);

  _ut_classify_batch_run (item, &job->plan, asker, stop);
  put_asker (job, asker);
}

static void
free_batch (gpointer item)
{
  _ut_classify_batch_free (item);
}

/* Taking */

static gboolean
write_text (Job         *self,
            const char  *text,
            gsize        length,
            GError     **error)
{
  if (length == 0)
    return TRUE;
  if (self->output != NULL
      && !_ut_file_writer_write (self->output, text, length, self->cancellable, error))
    return FALSE;

  return self->funcs->write == NULL || self->funcs->write (text, length, self->data, error);
}

/* Rows have the batch's numbers of labels and receive those of the file. */
static gboolean
take_labels (Job                    *self,
             const UtClassifyBatch  *batch,
             GError                **error)
{
  UtClassifyLabels *labels = &self->result->labels;
  guint numbers[G_N_ELEMENTS (labels->items)];

  for (guint i = 0; i < batch->labels.n; i++)
    {
      const UtImportLabel *item = &batch->labels.items[i];

      numbers[i] = UT_CLASSIFIED_NO_LABEL;
      if (!self->result->has_labels)
        continue;

      numbers[i] = _ut_classify_labels_find (labels, item->value, strlen (item->value));
      labels->items[numbers[i]].count += item->count;
      labels->n_positive[numbers[i]] += batch->labels.n_positive[i];
      self->result->has_labels = labels->n <= UT_IMPORT_MAX_LABELS;
    }
  for (guint i = 0; i < batch->answers->len; i++)
    {
      UtClassifiedRow *row = &g_array_index (batch->answers, UtClassifiedRow, i);

      if (row->label != UT_CLASSIFIED_NO_LABEL)
        row->label = numbers[row->label];
    }
  if (self->result->has_labels || !self->options.check_labels
      || self->layout->label_column == UT_IMPORT_NO_COLUMN)
    return TRUE;

  return _ut_import_layout_fail_labels (self->layout, labels->items, error);
}

static void
take_bad_rows (Job                   *self,
               const UtClassifyBatch *batch)
{
  UtClassification *result = self->result;

  for (guint i = 0; i < batch->bad_rows->len && result->problems->len < UT_IMPORT_MAX_PROBLEMS; i++)
    {
      const UtImportBadRow *row = &g_array_index (batch->bad_rows, UtImportBadRow, i);
      UtImportProblem problem = {
        .file = g_strdup (self->name), .line = row->line, .message = g_strdup (row->message),
      };

      g_array_append_val (result->problems, problem);
    }
  result->n_problems += batch->n_bad_rows;
}

static gboolean
take_batch (Job              *self,
            UtClassifyBatch  *batch,
            GError          **error)
{
  UtClassification *result = self->result;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (batch->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&batch->error));
      return FALSE;
    }

  for (guint i = 0; i < batch->answers->len; i++)
    {
      const UtClassifiedRow *row = &g_array_index (batch->answers, UtClassifiedRow, i);

      result->n_positive += row->positive;
      result->n_words += row->n_words;
      result->n_unknown += row->n_unknown;
    }
  result->n_rows += batch->answers->len;
  take_bad_rows (self, batch);
  if (!take_labels (self, batch, error)
      || !write_text (self, batch->text->str, batch->text->len, error))
    return FALSE;
  if (self->funcs->take != NULL && batch->answers->len > 0)
    self->funcs->take ((const UtClassifiedRow *) (void *) batch->answers->data, batch->answers->len,
                       self->data);
  if (self->funcs->progress != NULL)
    self->funcs->progress (batch->batch->fraction, self->data);

  return TRUE;
}

/* Waits for the batch that was begun first, and takes what was made of it. */
static gboolean
take_next (Job       *self,
           gboolean  *ended,
           GError   **error)
{
  UtClassifyBatch *batch = _ut_relay_take (self->relay);

  *ended = batch == NULL;
  if (batch == NULL)
    return TRUE;

  gboolean taken = take_batch (self, batch, error);

  _ut_classify_batch_clear (batch);
  g_queue_push_head (&self->spare, batch);

  return taken;
}

/* Reading */

static gboolean
read_file (Job             *self,
           UtImportStream  *stream,
           GError         **error)
{
  gboolean ended = FALSE;

  do
    {
      while (_ut_relay_is_full (self->relay))
        {
          if (!take_next (self, &ended, error))
            return FALSE;
        }

      UtClassifyBatch *batch = g_queue_pop_head (&self->spare);

      if (batch == NULL)
        batch = _ut_classify_batch_new (self->guess);
      batch->batch->layout = self->layout;
      if (!(self->layout->form == UT_IMPORT_WHOLE
            ? _ut_import_stream_read_whole (stream, batch->batch, error)
            : _ut_import_stream_next (stream, batch->batch, error)))
        {
          _ut_classify_batch_free (batch);
          return FALSE;
        }
      batch->batch->fraction = _ut_import_stream_get_fraction (stream);
      _ut_relay_push (self->relay, batch);
    }
  while (!_ut_import_stream_is_at_end (stream));

  while (!ended)
    {
      if (!take_next (self, &ended, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_rows (const Job  *self,
            GError    **error)
{
  const UtClassification *result = self->result;

  if (result->n_rows > 0)
    return TRUE;
  if (result->problems->len > 0)
    return _ut_import_problem_fail (&g_array_index (result->problems, UtImportProblem, 0), error);

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("%s: The file has no rows"),
               self->name);
  return FALSE;
}

static gboolean
write_header (Job     *self,
              GError **error)
{
  g_autoptr (GString) header = g_string_new (NULL);

  if (self->writer == NULL)
    return TRUE;

  _ut_row_writer_append_header (self->writer, header);
  return write_text (self, header->str, header->len, error);
}

static gboolean
run (Job     *self,
     GError **error)
{
  g_autoptr (UtImportStream) stream =
    _ut_import_stream_open (self->guess, 0, self->form, self->layout, G_MAXUINT64,
                            self->cancellable, error);

  if (stream == NULL || !write_header (self, error))
    return FALSE;

  self->relay = _ut_relay_new (self->options.n_threads, run_batch, free_batch, self);

  /* Batches refer to the layout, which the stream changes at its start alone. */
  gboolean done = read_file (self, stream, error) && check_rows (self, error);

  _ut_relay_free (self->relay);

  return done && (self->output == NULL || _ut_file_writer_commit (self->output, error));
}

/* Names of columns in files are not translated. */
static char **
dup_names (const UtImportGuess *guess)
{
  const UtImportOptions *options = ut_import_guess_get_options (guess);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < ut_import_guess_get_n_columns (guess); i++)
    {
      g_autofree char *number = g_strdup_printf ("column_%u", i + 1);

      g_strv_builder_add (names, options->form == UT_IMPORT_DELIMITED && !options->header
                          ? number : ut_import_guess_get_column (guess, i));
    }

  return g_strv_builder_end (names);
}

static void
clear_problem (gpointer data)
{
  UtImportProblem *problem = data;

  g_free (problem->file);
  g_free (problem->message);
}

static UtClassification *
classification_new (gboolean has_labels)
{
  UtClassification *self = g_new0 (UtClassification, 1);

  self->problems = g_array_new (FALSE, FALSE, sizeof (UtImportProblem));
  g_array_set_clear_func (self->problems, clear_problem);
  self->has_labels = has_labels;

  return self;
}

static void
free_asker (gpointer data)
{
  _ut_asker_free (data);
}

static void
job_clear (Job *self)
{
  g_queue_clear_full (&self->spare, free_batch);
  g_queue_clear_full (&self->askers, free_asker);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->output, _ut_file_writer_free);
  g_clear_pointer (&self->writer, _ut_row_writer_free);
  g_clear_pointer (&self->result, ut_classification_free);
  g_strfreev (self->keys);
  g_free (self->layout);
  g_free (self->name);
}

/* Public API */

void
ut_classify_options_init (UtClassifyOptions *self,
                          UtModel           *model,
                          UtImportGuess     *guess)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (model != NULL);
  g_return_if_fail (guess != NULL);

  const UtImportOptions *options = ut_import_guess_get_options (guess);
  gboolean tabs = options->form == UT_IMPORT_DELIMITED && options->delimiter == '\t';
  gboolean reviews = ut_model_get_facts (model)->reviews;

  *self = (UtClassifyOptions) {
    .reading = options->tokenized ? UT_READING_TOKENIZED_LINES
               : reviews ? UT_READING_WHOLE : UT_READING_SENTENCES,
    .form = options->form == UT_IMPORT_JSON_LINES ? UT_ROWS_JSON_LINES
            : tabs ? UT_ROWS_TSV : UT_ROWS_CSV,
  };
}

UtClassification *
ut_classify (UtModel                  *model,
             UtImportGuess            *guess,
             const UtClassifyOptions  *options,
             GFile                    *output,
             const UtClassifyFuncs    *funcs,
             gpointer                  data,
             GCancellable             *cancellable,
             GError                  **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (guess != NULL && !_ut_import_guess_is_labelled (guess), NULL);
  g_return_val_if_fail (output == NULL || G_IS_FILE (output), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  static const UtClassifyFuncs nobody = { NULL, NULL, NULL };
  const UtImportOptions *form = ut_import_guess_get_options (guess);
  Job job = {
    .model = model,
    .guess = guess,
    .form = form,
    .funcs = funcs != NULL ? funcs : &nobody,
    .data = data,
    .cancellable = cancellable,
    .layout = _ut_import_layout_new (guess, form),
    .keys = dup_names (guess),
    .name = _ut_import_guess_dup_input_name (guess, 0),
    .result = classification_new (form->label_column != UT_IMPORT_NO_COLUMN),
    .spare = G_QUEUE_INIT,
    .askers = G_QUEUE_INIT,
  };
  UtClassification *result = NULL;

  ut_classify_options_init (&job.options, model, guess);
  if (options != NULL)
    job.options = *options;
  g_mutex_init (&job.mutex);
  if (output != NULL || job.funcs->write != NULL)
    job.writer = _ut_row_writer_new (job.options.form, (const char * const *) job.keys);
  job.plan = (UtClassifyPlan) {
    .layout = job.layout,
    .keys = (const char * const *) job.keys,
    .n_columns = ut_import_guess_get_n_columns (guess),
    .writer = job.writer,
  };
  if (output != NULL)
    job.output = _ut_file_writer_new (output, error);
  if ((output == NULL || job.output != NULL) && run (&job, error))
    {
      result = g_steal_pointer (&job.result);
      ut_import_labels_propose (result->labels.items, result->has_labels ? result->labels.n : 0);
    }
  job_clear (&job);

  return result;
}

void
ut_classification_free (UtClassification *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->problems);
  _ut_classify_labels_clear (&self->labels);
  g_free (self);
}

guint64
ut_classification_get_n_rows (const UtClassification *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

guint64
ut_classification_get_n_positive (const UtClassification *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_positive;
}

guint64
ut_classification_get_n_words (const UtClassification *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_words;
}

guint64
ut_classification_get_n_unknown (const UtClassification *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_unknown;
}

guint64
ut_classification_get_n_problems (const UtClassification *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_problems;
}

const UtImportProblem *
ut_classification_get_problems (const UtClassification *self,
                                guint                  *n_problems)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_problems != NULL, NULL);

  *n_problems = self->problems->len;
  return (const UtImportProblem *) (const void *) self->problems->data;
}

gboolean
ut_classification_has_labels (const UtClassification *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_labels;
}

const UtImportLabel *
ut_classification_get_labels (const UtClassification *self,
                              guint                  *n_labels)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_labels != NULL, NULL);

  *n_labels = self->has_labels ? self->labels.n : 0;
  return self->labels.items;
}

void
ut_classification_set_meaning (UtClassification *self,
                               guint             label,
                               UtImportMeaning   meaning)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->has_labels && label < self->labels.n);

  self->labels.items[label].meaning = meaning;
}

gboolean
ut_classification_evaluate (const UtClassification *self,
                            UtEvaluation           *evaluation)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (evaluation != NULL, FALSE);

  guint n_labels;
  const UtImportLabel *labels = ut_classification_get_labels (self, &n_labels);

  *evaluation = (UtEvaluation) { .loss = NAN };
  for (guint i = 0; i < n_labels; i++)
    {
      gsize n_positive = self->labels.n_positive[i];
      gsize n_negative = labels[i].count - n_positive;

      if (labels[i].meaning == UT_IMPORT_POSITIVE)
        {
          evaluation->tp += n_positive;
          evaluation->fn += n_negative;
        }
      else if (labels[i].meaning == UT_IMPORT_NEGATIVE)
        {
          evaluation->fp += n_positive;
          evaluation->tn += n_negative;
        }
    }
  evaluation->n_examples = evaluation->tp + evaluation->fp + evaluation->tn + evaluation->fn;
  if (evaluation->n_examples > 0)
    evaluation->accuracy = (double) (evaluation->tp + evaluation->tn)
                           / (double) evaluation->n_examples;

  return evaluation->n_examples > 0;
}
