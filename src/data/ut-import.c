/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-private.h"

#include "ut-data-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <ut-text.h>

#define BLOCK_SIZE (4u << 20)

static void
clear_problem (gpointer data)
{
  UtImportProblem *problem = data;

  g_free (problem->file);
  g_free (problem->message);
}

UtImport *
_ut_import_new (UtImportGuess         *guess,
                const UtImportOptions *options)
{
  UtImport *self = g_new0 (UtImport, 1);

  self->guess = ut_import_guess_ref (guess);
  self->options = *options;
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->chunks = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_array_new (FALSE, FALSE, sizeof (UtImportProblem));
  g_array_set_clear_func (self->problems, clear_problem);

  return self;
}

void
ut_import_free (UtImport *self)
{
  g_return_if_fail (self != NULL);

  ut_import_guess_unref (self->guess);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->chunks);
  g_array_unref (self->problems);
  for (guint i = 0; i < self->n_labels; i++)
    g_free (self->labels[i].value);
  g_free (self);
}

void
_ut_import_add_row (UtImport          *self,
                    const UtImportRow *row)
{
  if (row->length > self->free_length)
    {
      self->free_text = g_malloc (BLOCK_SIZE + UT_IMPORT_SLACK);
      self->free_length = BLOCK_SIZE;
      g_ptr_array_add (self->blocks, self->free_text);
    }
  if ((self->n_rows & (UT_IMPORT_CHUNK_ROWS - 1)) == 0)
    g_ptr_array_add (self->chunks, g_new (UtImportRow, UT_IMPORT_CHUNK_ROWS));

  UtImportRow *added = _ut_import_get_row (self, self->n_rows++);

  *added = *row;
  added->text = memcpy (self->free_text, row->text, row->length);
  self->free_text += row->length;
  self->free_length -= row->length;
  self->n_part_rows[row->part]++;
  self->labels[row->label].count++;
}

guint
_ut_import_add_label (UtImport   *self,
                      const char *value)
{
  guint i = 0;

  while (i < self->n_labels && !g_str_equal (self->labels[i].value, value))
    i++;
  if (i == self->n_labels && i < UT_IMPORT_MAX_LABELS)
    self->labels[self->n_labels++] = (UtImportLabel) { .value = g_strdup (value) };

  return i;
}

void
_ut_import_add_problem (UtImport   *self,
                        const char *file,
                        guint64     line,
                        const char *message)
{
  UtImportProblem problem = { .line = line };

  self->n_problems++;
  if (self->problems->len == UT_IMPORT_MAX_PROBLEMS)
    return;

  problem.file = g_strdup (file);
  problem.message = g_strdup (message);
  g_array_append_val (self->problems, problem);
}

gboolean
_ut_import_problem_fail (const UtImportProblem  *problem,
                         GError                **error)
{
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, problem->line);

  /* Translators: a file, a line, and what is wrong there. */
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("%s:%s: %s; no row can be used"),
               problem->file, line, problem->message);
  return FALSE;
}

void
_ut_import_end (UtImport *self)
{
  g_autofree gsize *counts = g_new0 (gsize, UT_DATASET_MAX_TOKENS + 1);
  gsize n = 0;

  for (gsize row = 0; row < self->n_rows; row++)
    {
      guint n_words = _ut_import_get_row (self, row)->n_words;

      counts[n_words]++;
      self->max_length = MAX (self->max_length, n_words);
    }
  while (n + counts[self->median_length] <= self->n_rows / 2 && self->median_length
         < self->max_length)
    n += counts[self->median_length++];
  ut_import_labels_propose (self->labels, self->n_labels);
}

/* Public API */

gsize
ut_import_get_n_rows (const UtImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

gsize
ut_import_get_n_usable (const UtImport *self)
{
  gsize n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->n_labels; i++)
    {
      if (self->labels[i].meaning != UT_IMPORT_LEAVE_OUT)
        n += self->labels[i].count;
    }

  return n;
}

gsize
ut_import_get_n_part_rows (const UtImport *self,
                           UtDataPart      part)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail ((guint) part < UT_N_DATA_PARTS, 0);

  return self->n_part_rows[part];
}

const UtImportLabel *
ut_import_get_labels (const UtImport *self,
                      guint          *n_labels)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_labels != NULL, NULL);

  *n_labels = self->n_labels;
  return self->labels;
}

void
ut_import_set_meaning (UtImport        *self,
                       guint            label,
                       UtImportMeaning  meaning)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (label < self->n_labels);

  self->labels[label].meaning = meaning;
}

gsize
ut_import_get_n_problems (const UtImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_problems;
}

const UtImportProblem *
ut_import_get_problems (const UtImport *self,
                        guint          *n_problems)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_problems != NULL, NULL);

  *n_problems = self->problems->len;
  return (const UtImportProblem *) (const void *) self->problems->data;
}

char *
ut_import_dup_sentence (const UtImport *self,
                        gsize           row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->n_rows, NULL);

  const UtImportRow *found = _ut_import_get_row (self, row);

  return g_strndup (found->text, found->length);
}

guint
ut_import_get_row_label (const UtImport *self,
                         gsize           row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->n_rows, 0);

  return _ut_import_get_row (self, row)->label;
}

guint
ut_import_get_median_length (const UtImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->median_length;
}

guint
ut_import_get_max_length (const UtImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_length;
}

const UtImportOptions *
ut_import_get_options (const UtImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->options;
}

UtImportGuess *
ut_import_get_guess (const UtImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->guess;
}
