/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-batch-private.h"

#include "ut-import-fault-private.h"
#include "ut-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No word is longer, in bytes, nor any value of a label. */
#define MAX_WORD 65536
#define MAX_LABEL_LENGTH 1000

/* A row that can be used. */
typedef struct
{
  guint64 line;
  gsize first_cell;
  guint label; /* number among those of the batch */
} Row;

/* Labels */

void
_ut_classify_labels_clear (UtClassifyLabels *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->items[i].value);
  self->n = 0;
}

/* Returns the number of a value, the greatest one where there are too many. */
guint
_ut_classify_labels_find (UtClassifyLabels *self,
                          const char       *value,
                          gsize             length)
{
  for (guint i = 0; i < self->n; i++)
    {
      if (strlen (self->items[i].value) == length
          && memcmp (self->items[i].value, value, length) == 0)
        return i;
    }
  if (self->n > UT_IMPORT_MAX_LABELS)
    return UT_IMPORT_MAX_LABELS;

  self->n_positive[self->n] = 0;
  self->items[self->n] = (UtImportLabel) { .value = g_strndup (value, length) };
  return self->n++;
}

/* Batches */

static void
clear_cell (gpointer data)
{
  _ut_import_value_clear (data);
}

static void
clear_bad_row (gpointer data)
{
  g_free (((UtImportBadRow *) data)->message);
}

UtClassifyBatch *
_ut_classify_batch_new (const UtImportGuess *guess)
{
  UtClassifyBatch *self = g_new0 (UtClassifyBatch, 1);

  self->batch = _ut_import_batch_new (guess);
  self->cells = g_array_new (FALSE, FALSE, sizeof (UtImportValue));
  g_array_set_clear_func (self->cells, clear_cell);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->answers = g_array_new (FALSE, FALSE, sizeof (UtClassifiedRow));
  self->bad_rows = g_array_new (FALSE, FALSE, sizeof (UtImportBadRow));
  g_array_set_clear_func (self->bad_rows, clear_bad_row);
  self->text = g_string_new (NULL);

  return self;
}

void
_ut_classify_batch_free (UtClassifyBatch *self)
{
  _ut_import_batch_free (self->batch);
  g_array_unref (self->cells);
  g_array_unref (self->rows);
  g_array_unref (self->answers);
  g_array_unref (self->bad_rows);
  _ut_classify_labels_clear (&self->labels);
  g_string_free (self->text, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

void
_ut_classify_batch_clear (UtClassifyBatch *self)
{
  _ut_import_batch_clear (self->batch);
  g_array_set_size (self->cells, 0);
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->answers, 0);
  g_array_set_size (self->bad_rows, 0);
  self->n_bad_rows = 0;
  _ut_classify_labels_clear (&self->labels);
  g_string_truncate (self->text, 0);
}

/* On a worker */

/* Takes @message; always FALSE. */
static gboolean
reject (UtClassifyBatch     *self,
        const UtImportPiece *piece,
        char                *message)
{
  UtImportBadRow row = { .input = piece->input, .line = piece->line, .message = message };

  self->n_bad_rows++;
  if (self->bad_rows->len < UT_IMPORT_MAX_PROBLEMS)
    g_array_append_val (self->bad_rows, row);
  else
    g_free (message);

  return FALSE;
}

static gboolean
reject_fault (UtClassifyBatch     *self,
              const UtImportPiece *piece,
              UtImportFault        fault)
{
  return reject (self, piece, g_strdup (_ut_import_fault_get_message (fault)));
}

static gboolean
read_fields (const UtClassifyPlan *plan,
             UtClassifyBatch      *self,
             const UtImportPiece  *piece,
             UtImportValue        *cells)
{
  UtImportField fields[UT_IMPORT_MAX_COLUMNS];
  guint n = _ut_import_record_split (&plan->layout->dialect, self->batch->text + piece->start,
                                     piece->length, fields, plan->n_columns);

  if (n != plan->n_columns)
    return reject (self, piece, _ut_import_fault_dup_columns (n, plan->n_columns));
  for (guint i = 0; i < n; i++)
    cells[i] = (UtImportValue) {
      .kind = UT_IMPORT_VALUE_STRING, .text = fields[i].text, .length = fields[i].length,
    };

  return TRUE;
}

static gboolean
read_object (const UtClassifyPlan *plan,
             UtClassifyBatch      *self,
             const UtImportPiece  *piece,
             UtImportValue        *cells)
{
  const UtImportValue *text = &cells[plan->layout->text_column];
  g_autoptr (GError) error = NULL;

  if (!_ut_import_object_read (self->batch->text + piece->start, piece->length,
                               plan->keys, plan->n_columns, cells, &error))
    return reject (self, piece, g_utf8_make_valid (error->message, -1));
  if (text->kind == UT_IMPORT_VALUE_MISSING)
    return reject (self, piece, _ut_import_fault_dup_missing (plan->layout->text_name));
  if (text->kind != UT_IMPORT_VALUE_STRING)
    return reject (self, piece, _ut_import_fault_dup_no_text (plan->layout->text_name));

  /* An escape may stand for half a character, which is none. */
  for (guint i = 0; i < plan->n_columns; i++)
    {
      if (cells[i].owned != NULL
          && _ut_import_fault_find (cells[i].text, cells[i].length) != UT_IMPORT_FAULT_NONE)
        return reject_fault (self, piece, UT_IMPORT_FAULT_ENCODING);
    }

  return TRUE;
}

/* Finds the cells of a record that is text at all. */
static gboolean
read_cells (const UtClassifyPlan *plan,
            UtClassifyBatch      *self,
            const UtImportPiece  *piece,
            UtImportValue        *cells)
{
  char *text = self->batch->text + piece->start;
  UtImportFault fault = (UtImportFault) piece->fault;

  if (fault == UT_IMPORT_FAULT_NONE)
    fault = _ut_import_fault_find (text, piece->length);

  if (fault != UT_IMPORT_FAULT_NONE)
    return reject_fault (self, piece, fault);

  switch (plan->layout->form)
    {
    case UT_IMPORT_DELIMITED:
      return read_fields (plan, self, piece, cells);

    case UT_IMPORT_JSON_LINES:
      return read_object (plan, self, piece, cells);

    case UT_IMPORT_LINES:
    case UT_IMPORT_WHOLE:
    case UT_IMPORT_PAIR:
    case UT_IMPORT_FOLDER:
    default:
      cells[0] = (UtImportValue) {
        .kind = UT_IMPORT_VALUE_STRING, .text = text, .length = piece->length,
      };
      return TRUE;
    }
}

static gboolean
add_text (UtClassifyBatch     *self,
          const UtImportPiece *piece,
          UtAsker             *asker,
          const UtImportValue *text)
{
  gsize longest_word;

  if (_ut_asker_add (asker, text->text, text->length, &longest_word) == 0)
    {
      _ut_asker_drop (asker);
      return reject_fault (self, piece, UT_IMPORT_FAULT_BLANK);
    }
  if (longest_word > MAX_WORD)
    {
      _ut_asker_drop (asker);
      return reject (self, piece, g_strdup_printf (_("A word has %'zu bytes; is this a text?"),
                                                   longest_word));
    }

  return TRUE;
}

static guint
find_label (const UtClassifyPlan *plan,
            UtClassifyBatch      *self,
            const UtImportValue  *cells)
{
  if (plan->layout->label_column == UT_IMPORT_NO_COLUMN)
    return UT_CLASSIFIED_NO_LABEL;

  const UtImportValue *value = &cells[plan->layout->label_column];
  UtImportField field = { (char *) value->text, value->length };

  if (value->kind == UT_IMPORT_VALUE_MISSING || value->kind == UT_IMPORT_VALUE_NESTED)
    return UT_CLASSIFIED_NO_LABEL;
  _ut_import_field_strip (&field);
  if (field.length == 0 || field.length > MAX_LABEL_LENGTH)
    return UT_CLASSIFIED_NO_LABEL;

  return _ut_classify_labels_find (&self->labels, field.text, field.length);
}

static void
read_piece (const UtClassifyPlan *plan,
            UtClassifyBatch      *self,
            const UtImportPiece  *piece,
            UtAsker              *asker)
{
  Row row = { .line = piece->line, .first_cell = self->cells->len };

  g_array_set_size (self->cells, self->cells->len + plan->n_columns);

  UtImportValue *cells = &g_array_index (self->cells, UtImportValue, row.first_cell);

  for (guint i = 0; i < plan->n_columns; i++)
    cells[i] = (UtImportValue) { .kind = UT_IMPORT_VALUE_MISSING };
  if (!read_cells (plan, self, piece, cells)
      || !add_text (self, piece, asker, &cells[plan->layout->text_column]))
    {
      g_array_set_size (self->cells, (guint) row.first_cell);
      return;
    }

  row.label = find_label (plan, self, cells);
  g_array_append_val (self->rows, row);
}

static void
write_rows (const UtClassifyPlan *plan,
            UtClassifyBatch      *self,
            const UtAsker        *asker)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      const UtImportValue *cells = &g_array_index (self->cells, UtImportValue, row->first_cell);
      const UtTextAnswer *answer = _ut_asker_get_answer (asker, i);
      UtClassifiedRow classified = {
        .line = row->line,
        .text = cells[plan->layout->text_column].text,
        .length = cells[plan->layout->text_column].length,
        .positive = answer->positive,
        .probability = answer->probability,
        .n_words = answer->n_words,
        .n_unknown = answer->n_unknown,
        .n_sentences = answer->n_sentences,
        .label = row->label,
      };
      gsize n_before = self->text->len;

      if (row->label != UT_CLASSIFIED_NO_LABEL)
        {
          self->labels.items[row->label].count++;
          self->labels.n_positive[row->label] += answer->positive;
        }
      if (plan->writer != NULL)
        _ut_row_writer_append_row (plan->writer, self->text, cells, answer);
      classified.n_written = self->text->len - n_before;
      g_array_append_val (self->answers, classified);
    }
}

void
_ut_classify_batch_run (UtClassifyBatch      *self,
                        const UtClassifyPlan *plan,
                        UtAsker              *asker,
                        const int            *stop)
{
  _ut_asker_clear (asker);
  for (guint i = 0; i < self->batch->pieces->len && !g_atomic_int_get (stop); i++)
    read_piece (plan, self, &g_array_index (self->batch->pieces, UtImportPiece, i), asker);
  if (_ut_asker_run (asker, stop, &self->error))
    write_rows (plan, self, asker);
}
