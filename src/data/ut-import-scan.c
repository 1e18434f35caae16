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
#include "ut-import-reader-private.h"
#include "ut-import-stream-private.h"
#include "ut-relay-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  UtImport *import;     /* (owned) (nullable): taken when all is read */
  UtRelay *relay;       /* (owned): of batches */
  GQueue spare;         /* (element-type UtImportBatch): with room for text */
  GPtrArray *layouts;   /* (owned) (element-type UtImportLayout) */
  guint64 n_bytes;      /* of text, of the files before */
  double *weights;      /* (owned): share of each file in all, where they are few */
  double fraction;      /* of the files before */
  UtReadProgress progress;
  gpointer progress_data;
  GCancellable *cancellable; /* (not owned) (nullable) */
} Scan;

static void
run_batch (gpointer   item,
           const int *stop,
           gpointer   data)
{
  _ut_import_batch_run (item, stop);
}

static void
free_batch (gpointer item)
{
  _ut_import_batch_free (item);
}

/* Taking */

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
        return _ut_import_layout_fail_labels (batch->layout, import->labels, error);
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
take_next (Scan      *self,
           gboolean  *ended,
           GError   **error)
{
  UtImportBatch *batch = _ut_relay_take (self->relay);

  *ended = batch == NULL;
  if (batch == NULL)
    return TRUE;

  gboolean taken = !g_cancellable_set_error_if_cancelled (self->cancellable, error)
                   && take_batch (self, batch, error);

  _ut_import_batch_clear (batch);
  g_queue_push_head (&self->spare, batch);

  return taken;
}

/* Returns an empty batch, or NULL with @error set. */
static UtImportBatch *
begin_batch (Scan                  *self,
             const UtImportLayout  *layout,
             GError               **error)
{
  gboolean ended;

  while (_ut_relay_is_full (self->relay))
    {
      if (!take_next (self, &ended, error))
        return NULL;
    }

  UtImportBatch *batch = g_queue_pop_head (&self->spare);

  if (batch == NULL)
    batch = _ut_import_batch_new (self->import->guess);
  batch->layout = layout;

  return batch;
}

static void
push_batch (Scan          *self,
            UtImportBatch *batch,
            double         fraction)
{
  batch->fraction = fraction;
  _ut_relay_push (self->relay, batch);
}

static UtImportLayout *
add_layout (Scan *self)
{
  UtImportLayout *layout = _ut_import_layout_new (self->import->guess, &self->import->options);

  g_ptr_array_add (self->layouts, layout);

  return layout;
}

/* Reading */

static double
get_fraction (const Scan           *self,
              guint                 input,
              const UtImportStream *stream)
{
  guint n = _ut_import_guess_get_n_inputs (self->import->guess);
  double weight = self->weights != NULL ? self->weights[input] : 1.0 / n;

  return self->fraction + weight * _ut_import_stream_get_fraction (stream);
}

static UtImportStream *
open_input (Scan            *self,
            guint            input,
            UtImportLayout  *layout,
            GError         **error)
{
  return _ut_import_stream_open (self->import->guess, input, &self->import->options, layout,
                                 UT_IMPORT_MAX_TEXT - self->n_bytes, self->cancellable, error);
}

/* Reads one file of records. */
static gboolean
scan_file (Scan    *self,
           guint    input,
           GError **error)
{
  UtImportLayout *layout = add_layout (self);
  g_autoptr (UtImportStream) stream = open_input (self, input, layout, error);

  if (stream == NULL)
    return FALSE;

  do
    {
      g_autoptr (UtImportBatch) batch = begin_batch (self, layout, error);

      if (batch == NULL || !_ut_import_stream_next (stream, batch, error))
        return FALSE;
      push_batch (self, g_steal_pointer (&batch), get_fraction (self, input, stream));
    }
  while (!_ut_import_stream_is_at_end (stream));

  self->fraction = get_fraction (self, input, stream);
  self->n_bytes += _ut_import_stream_get_length (stream);

  return TRUE;
}

/* Adds a file that is one row to @batch. */
static gboolean
scan_text (Scan            *self,
           guint            input,
           UtImportLayout  *layout,
           UtImportBatch   *batch,
           GError         **error)
{
  g_autoptr (UtImportStream) stream = open_input (self, input, layout, error);

  if (stream == NULL || !_ut_import_stream_read_whole (stream, batch, error))
    return FALSE;
  self->n_bytes += _ut_import_stream_get_length (stream);

  return TRUE;
}

static gboolean
scan_folder (Scan    *self,
             GError **error)
{
  UtImportLayout *layout = add_layout (self);
  guint n = _ut_import_guess_get_n_inputs (self->import->guess);
  g_autoptr (UtImportBatch) batch = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (batch == NULL && (batch = begin_batch (self, layout, error)) == NULL)
        return FALSE;
      if (!scan_text (self, i, layout, batch, error))
        return FALSE;
      if (batch->length >= UT_IMPORT_BATCH_SIZE || i + 1 == n)
        push_batch (self, g_steal_pointer (&batch), (i + 1.0) / n);
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
  gboolean ended = FALSE;

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
  while (!ended)
    {
      if (!take_next (self, &ended, error))
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
  if (import->problems->len > 0)
    return _ut_import_problem_fail (&g_array_index (import->problems, UtImportProblem, 0), error);

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("%s: The file has no rows"), name);
  return FALSE;
}

static void
scan_clear (Scan *self)
{
  _ut_relay_free (self->relay);
  g_queue_clear_full (&self->spare, free_batch);
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
  g_return_val_if_fail (guess != NULL && _ut_import_guess_is_labelled (guess), NULL);
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

  Scan self = {
    .import = _ut_import_new (guess, &used),
    .layouts = g_ptr_array_new_with_free_func (g_free),
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  UtImport *import = NULL;

  g_queue_init (&self.spare);
  self.relay = _ut_relay_new (used.n_threads, run_batch, free_batch, NULL);

  if (scan_inputs (&self, error) && check_rows (&self, error))
    {
      _ut_import_end (self.import);
      import = g_steal_pointer (&self.import);
    }
  scan_clear (&self);

  return import;
}
