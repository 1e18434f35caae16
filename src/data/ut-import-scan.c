/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The calling thread reads and cuts the text into records, batch after batch; workers make rows of
 * a batch's records; the calling thread takes the batches in order. So the rows are the same for
 * every number of workers.
 */

#include "config.h"

#include "ut-import-private.h"

#include "ut-data-error.h"
#include "ut-import-batch-private.h"
#include "ut-import-cutter-private.h"
#include "ut-import-reader-private.h"
#include "ut-lines-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_THREADS 64

/* A batch on its way through a worker. */
typedef struct
{
  UtImportBatch *batch; /* (owned) */
  gboolean done;        /* guarded by the scan's mutex */
} Job;

typedef struct
{
  UtImport *import;     /* (owned) (nullable): taken when all is read */
  GThreadPool *pool;    /* (owned) */
  guint max_jobs;
  GQueue jobs;          /* (element-type Job): in the files' order */
  GQueue spare;         /* (element-type Job): with room for a batch */
  GMutex mutex;
  GCond cond;           /* a job is done */
  int stop;             /* atomic */
  GPtrArray *layouts;   /* (owned) (element-type UtImportLayout) */
  guint64 n_bytes;      /* of text, of the files before */
  double *weights;      /* (owned): share of each file in all, where they are few */
  double fraction;      /* of the files before */
  UtReadProgress progress;
  gpointer progress_data;
  GCancellable *cancellable; /* (not owned) (nullable) */
} Scan;

static void
run_job (gpointer data,
         gpointer user_data)
{
  Job *job = data;
  Scan *self = user_data;

  _ut_import_batch_run (job->batch, &self->stop);

  g_mutex_lock (&self->mutex);
  job->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  _ut_import_batch_free (job->batch);
  g_free (job);
}

/* Taking */

static gboolean
fail_labels (Scan                 *self,
             const UtImportLayout *layout,
             GError              **error)
{
  g_autofree char *first = _ut_lines_excerpt (self->import->labels[0].value,
                                              strlen (self->import->labels[0].value));
  g_autofree char *second = _ut_lines_excerpt (self->import->labels[1].value,
                                               strlen (self->import->labels[1].value));

  /* Translators: the name of a column, a number, two of its values. */
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
               _("The column “%s” has more than %u different values, such as “%s” and “%s”, so it "
                 "holds no labels; choose another one"),
               layout->label_name, UT_IMPORT_MAX_LABELS, first, second);
  return FALSE;
}

static void
take_bad_rows (Scan                *self,
               const UtImportBatch *batch)
{
  UtImport *import = self->import;

  for (guint i = 0; i < batch->bad_rows->len; i++)
    {
      const UtImportBadRow *row = &g_array_index (batch->bad_rows, UtImportBadRow, i);
      g_autofree char *name = import->problems->len < UT_IMPORT_MAX_PROBLEMS
                              ? _ut_import_guess_dup_input_name (import->guess, row->input) : NULL;

      _ut_import_add_problem (import, name, row->line, row->message);
    }
  import->n_problems += batch->n_bad_rows - batch->bad_rows->len;
}

static gboolean
take_batch (Scan                 *self,
            const UtImportBatch  *batch,
            GError              **error)
{
  UtImport *import = self->import;
  guint numbers[UT_IMPORT_MAX_LABELS + 1];

  for (guint i = 0; i < batch->labels->len; i++)
    {
      numbers[i] = _ut_import_add_label (import, g_ptr_array_index (batch->labels, i));
      if (numbers[i] == UT_IMPORT_MAX_LABELS)
        return fail_labels (self, batch->layout, error);
    }
  if (import->n_rows + batch->rows->len > UT_IMPORT_MAX_ROWS)
    {
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE,
                   _("There are more than %u rows, the most that are read"), UT_IMPORT_MAX_ROWS);
      return FALSE;
    }

  for (guint i = 0; i < batch->rows->len; i++)
    {
      UtImportRow row = g_array_index (batch->rows, UtImportRow, i);

      row.label = (guint8) numbers[row.label];
      _ut_import_add_row (import, &row);
    }
  take_bad_rows (self, batch);
  if (self->progress != NULL)
    self->progress (batch->fraction, self->progress_data);

  return TRUE;
}

/* Waits for the batch that was begun first, and takes what was made of it. */
static gboolean
take_job (Scan    *self,
          GError **error)
{
  Job *job = g_queue_pop_head (&self->jobs);

  g_mutex_lock (&self->mutex);
  while (!job->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  gboolean taken = !g_cancellable_set_error_if_cancelled (self->cancellable, error)
                   && take_batch (self, job->batch, error);

  _ut_import_batch_clear (job->batch);
  job->done = FALSE;
  g_queue_push_head (&self->spare, job);

  return taken;
}

/* Returns a job with an empty batch, or NULL with @error set. */
static Job *
begin_job (Scan                  *self,
           const UtImportLayout  *layout,
           GError               **error)
{
  while (g_queue_get_length (&self->jobs) >= self->max_jobs)
    {
      if (!take_job (self, error))
        return NULL;
    }

  Job *job = g_queue_pop_head (&self->spare);

  if (job == NULL)
    {
      job = g_new0 (Job, 1);
      job->batch = _ut_import_batch_new (self->import->guess);
    }
  job->batch->layout = layout;

  return job;
}

static void
push_job (Scan   *self,
          Job    *job,
          double  fraction)
{
  job->batch->fraction = fraction;
  g_queue_push_tail (&self->jobs, job);
  g_thread_pool_push (self->pool, job, NULL);
}

static UtImportLayout *
add_layout (Scan *self)
{
  UtImportLayout *layout = _ut_import_layout_new (self->import->guess, &self->import->options);

  g_ptr_array_add (self->layouts, layout);

  return layout;
}

/* Reading */

/* Reads until the batch has @wanted bytes or the file ends. */
static gboolean
fill_batch (Scan            *self,
            UtImportReader  *reader,
            UtImportBatch   *batch,
            gsize            wanted,
            gboolean        *at_end,
            GError         **error)
{
  /* The reader wants some room even for the last byte. */
  _ut_import_batch_reserve (batch, wanted + 16);
  while (batch->length < wanted && !*at_end)
    {
      gsize n_read;

      if (!_ut_import_reader_read (reader, batch->text + batch->length,
                                   batch->size - batch->length, &n_read, self->cancellable, error))
        return FALSE;
      batch->length += n_read;
      *at_end = n_read == 0;
    }

  return TRUE;
}

static double
get_fraction (const Scan           *self,
              guint                 input,
              const UtImportReader *reader)
{
  guint n = _ut_import_guess_get_n_inputs (self->import->guess);
  double weight = self->weights != NULL ? self->weights[input] : 1.0 / n;

  return self->fraction + weight * _ut_import_reader_get_fraction (reader);
}

static UtImportReader *
open_input (Scan    *self,
            guint    input,
            GError **error)
{
  g_autoptr (GFile) file =
    _ut_import_input_dup_file (_ut_import_guess_get_input (self->import->guess, input));

  return _ut_import_reader_open (file, self->import->options.encoding,
                                 UT_IMPORT_MAX_TEXT - self->n_bytes, self->cancellable, error);
}

/* Reads one file of records. */
static gboolean
scan_records (Scan            *self,
              UtImportCutter  *cutter,
              UtImportReader  *reader,
              GError         **error)
{
  Job *job = begin_job (self, cutter->layout, error);
  gboolean at_start = TRUE;
  gboolean at_end = FALSE;
  gsize wanted = UT_IMPORT_BATCH_SIZE;
  gsize at = 0;

  while (job != NULL)
    {
      UtImportBatch *batch = job->batch;
      gboolean had_header = cutter->header != NULL;

      if (!fill_batch (self, reader, batch, wanted, &at_end, error))
        break;
      if (at_start)
        cutter->layout->dialect.line_end = _ut_import_find_line_end (batch->text, batch->length);
      at_start = FALSE;

      at = _ut_import_cutter_run (cutter, batch, at, at_end);
      if (!had_header && cutter->header != NULL
          && !_ut_import_layout_apply_header (cutter->layout, self->import->guess, cutter->input,
                                              (const char * const *) cutter->header, error))
        break;
      /* A record longer than the batch: no worker has anything to do yet. */
      if (!at_end && batch->pieces->len == 0 && at == 0)
        {
          wanted = batch->length + UT_IMPORT_BATCH_SIZE;
          continue;
        }

      Job *next = at_end ? NULL : begin_job (self, cutter->layout, error);

      if (next != NULL)
        {
          gsize rest = batch->length - at;

          _ut_import_batch_reserve (next->batch, rest);
          if (rest > 0)
            memcpy (next->batch->text, batch->text + at, rest);
          next->batch->length = rest;
        }
      push_job (self, job, get_fraction (self, cutter->input, reader));
      job = next;
      wanted = UT_IMPORT_BATCH_SIZE;
      at = 0;
      if (at_end)
        return TRUE;
    }
  g_clear_pointer (&job, free_job);

  return FALSE;
}

static gboolean
scan_file (Scan    *self,
           guint    input,
           GError **error)
{
  g_autoptr (UtImportReader) reader = open_input (self, input, error);
  const UtImportOptions *options = &self->import->options;

  if (reader == NULL)
    return FALSE;

  UtImportCutter cutter = {
    .layout = add_layout (self),
    .input = input,
    .line = 1,
    .wants_header = options->form == UT_IMPORT_DELIMITED && options->header,
  };
  gboolean read = scan_records (self, &cutter, reader, error);

  g_strfreev (cutter.header);
  self->fraction = get_fraction (self, input, reader);
  self->n_bytes += _ut_import_reader_get_length (reader);

  return read;
}

/* Adds a file that is one row to @batch. */
static gboolean
scan_text (Scan           *self,
           guint           input,
           UtImportBatch  *batch,
           GError        **error)
{
  g_autoptr (UtImportReader) reader = open_input (self, input, error);
  gsize start = batch->length;
  gboolean at_end = FALSE;
  gsize wanted = 0;

  if (reader == NULL)
    return FALSE;
  while (!at_end && wanted <= UT_IMPORT_MAX_RECORD)
    {
      wanted += 16 * 1024;
      if (!fill_batch (self, reader, batch, start + wanted, &at_end, error))
        return FALSE;
    }

  gsize length = batch->length - start;
  gboolean is_long = !at_end || length > UT_IMPORT_MAX_RECORD;

  _ut_import_batch_add (batch, start, is_long ? 0 : length,
                        is_long ? UT_IMPORT_FAULT_LONG : UT_IMPORT_FAULT_NONE, input, 1);
  self->n_bytes += _ut_import_reader_get_length (reader);

  return TRUE;
}

static gboolean
scan_folder (Scan    *self,
             GError **error)
{
  const UtImportLayout *layout = add_layout (self);
  guint n = _ut_import_guess_get_n_inputs (self->import->guess);
  Job *job = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (job == NULL && (job = begin_job (self, layout, error)) == NULL)
        return FALSE;
      if (!scan_text (self, i, job->batch, error))
        {
          free_job (job);
          return FALSE;
        }
      if (job->batch->length >= UT_IMPORT_BATCH_SIZE || i + 1 == n)
        push_job (self, g_steal_pointer (&job), (i + 1.0) / n);
    }

  return TRUE;
}

/* A small development file beside a large training file takes little of the time. */
static void
weigh_inputs (Scan *self)
{
  guint n = _ut_import_guess_get_n_inputs (self->import->guess);
  double sum = 0;

  self->weights = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file =
        _ut_import_input_dup_file (_ut_import_guess_get_input (self->import->guess, i));
      g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                      G_FILE_QUERY_INFO_NONE, NULL, NULL);

      self->weights[i] = 1 + (info != NULL ? (double) g_file_info_get_size (info) : 0);
      sum += self->weights[i];
    }
  for (guint i = 0; i < n; i++)
    self->weights[i] /= sum;
}

static gboolean
scan_inputs (Scan    *self,
             GError **error)
{
  guint n = _ut_import_guess_get_n_inputs (self->import->guess);

  if (self->import->options.form == UT_IMPORT_FOLDER)
    {
      if (!scan_folder (self, error))
        return FALSE;
    }
  else
    {
      weigh_inputs (self);
      for (guint i = 0; i < n; i++)
        {
          if (!scan_file (self, i, error))
            return FALSE;
        }
    }
  while (!g_queue_is_empty (&self->jobs))
    {
      if (!take_job (self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_rows (const Scan  *self,
            GError     **error)
{
  const UtImport *import = self->import;
  g_autofree char *name = _ut_import_guess_dup_input_name (self->import->guess, 0);

  if (import->n_rows > 0)
    return TRUE;

  if (import->problems->len == 0)
    {
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("%s: The file has no rows"), name);
    }
  else
    {
      const UtImportProblem *problem = &g_array_index (import->problems, UtImportProblem, 0);
      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, problem->line);

      /* Translators: a file, a line, and what is wrong there. */
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT,
                   _("%s:%s: %s; no row can be used"), problem->file, line, problem->message);
    }

  return FALSE;
}

static void
scan_clear (Scan *self)
{
  g_atomic_int_set (&self->stop, TRUE);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_queue_clear_full (&self->jobs, free_job);
  g_queue_clear_full (&self->spare, free_job);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_ptr_array_unref (self->layouts);
  g_free (self->weights);
  g_clear_pointer (&self->import, ut_import_free);
}

UtImport *
ut_import_scan (UtImportGuess          *guess,
                const UtImportOptions  *options,
                UtReadProgress          progress,
                gpointer                progress_data,
                GCancellable           *cancellable,
                GError                **error)
{
  g_return_val_if_fail (guess != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  UtImportOptions used = *ut_import_guess_get_options (guess);
  guint n_columns = ut_import_guess_get_n_columns (guess);

  if (options != NULL)
    {
      used.text_column = options->text_column;
      used.label_column = options->label_column;
      used.tokenized = options->tokenized;
      used.unit = options->unit;
      used.split = options->split;
      used.seed = options->seed;
      used.n_threads = options->n_threads;
    }
  g_return_val_if_fail (n_columns == 0 || (used.text_column < n_columns
                                           && used.label_column < n_columns
                                           && used.text_column != used.label_column), NULL);

  guint n_threads = used.n_threads > 0 ? used.n_threads : g_get_num_processors ();
  Scan self = {
    .import = _ut_import_new (guess, &used),
    .layouts = g_ptr_array_new_with_free_func (g_free),
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  UtImport *import = NULL;

  n_threads = CLAMP (n_threads, 1, MAX_THREADS);
  self.max_jobs = 2 * n_threads + 1;
  g_mutex_init (&self.mutex);
  g_cond_init (&self.cond);
  g_queue_init (&self.jobs);
  g_queue_init (&self.spare);
  self.pool = g_thread_pool_new (run_job, &self, (int) n_threads, FALSE, NULL);

  if (scan_inputs (&self, error) && check_rows (&self, error))
    {
      _ut_import_end (self.import);
      import = g_steal_pointer (&self.import);
    }
  scan_clear (&self);

  return import;
}
