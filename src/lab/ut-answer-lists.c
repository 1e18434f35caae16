/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-answer-lists.h"

#include "ut-file-private.h"

#include <math.h>

/* Lines are handed over in pieces of about this size. */
#define PIECE 65536

UtConfusion
ut_answers_confuse (const UtAnswers *answers)
{
  UtConfusion confusion = { 0 };

  g_return_val_if_fail (answers != NULL, confusion);

  for (gsize row = 0; row < ut_answers_get_n_rows (answers); row++)
    confusion.n[ut_answers_get_label (answers, row)][ut_answers_is_right (answers, row) ? 1 : 0]++;

  return confusion;
}

/* Returns: (transfer full): the rows that @marks has. */
static guint32 *
gather (const guint8 *marks,
        gsize         n_marks,
        gsize        *n_rows)
{
  guint32 *rows;
  gsize n = 0;

  for (gsize row = 0; row < n_marks; row++)
    n += marks[row];
  rows = g_new (guint32, n);
  *n_rows = n;
  n = 0;
  for (gsize row = 0; row < n_marks; row++)
    if (marks[row])
      rows[n++] = (guint32) row;

  return rows;
}

guint32 *
ut_answers_find_cell (const UtAnswers *answers,
                      guint8           label,
                      gboolean         is_right,
                      gsize           *n_rows)
{
  g_return_val_if_fail (answers != NULL && n_rows != NULL, NULL);

  gsize n = ut_answers_get_n_rows (answers);
  g_autofree guint8 *marks = g_new (guint8, n);

  for (gsize row = 0; row < n; row++)
    marks[row] = ut_answers_get_label (answers, row) == label
                 && !ut_answers_is_right (answers, row) == !is_right;

  return gather (marks, n, n_rows);
}

guint32 *
ut_answers_find_pair (const UtAnswers *first,
                      gboolean         first_right,
                      const UtAnswers *second,
                      gboolean         second_right,
                      gsize           *n_rows)
{
  g_return_val_if_fail (first != NULL && second != NULL && n_rows != NULL, NULL);
  g_return_val_if_fail (ut_answers_match (first, second), NULL);

  gsize n = ut_answers_get_n_rows (first);
  g_autofree guint8 *marks = g_new (guint8, n);

  for (gsize row = 0; row < n; row++)
    marks[row] = !ut_answers_is_right (first, row) == !first_right
                 && !ut_answers_is_right (second, row) == !second_right;

  return gather (marks, n, n_rows);
}

/* On how many rows as many of @answers are right as @is_wanted likes. */
static guint32 *
find_by_count (UtAnswers * const *answers,
               guint              n_answers,
               gboolean         (*is_wanted) (guint n_right,
                                              guint n_answers),
               gsize             *n_rows)
{
  gsize n = ut_answers_get_n_rows (answers[0]);
  g_autofree guint8 *marks = g_new (guint8, n);

  for (gsize row = 0; row < n; row++)
    {
      guint n_right = 0;

      for (guint i = 0; i < n_answers; i++)
        n_right += ut_answers_is_right (answers[i], row) ? 1 : 0;
      marks[row] = is_wanted (n_right, n_answers) ? 1 : 0;
    }

  return gather (marks, n, n_rows);
}

static gboolean
is_disputed (guint n_right,
             guint n_answers)
{
  return n_right > 0 && n_right < n_answers;
}

static gboolean
is_missed (guint n_right,
           guint n_answers)
{
  return n_right == 0;
}

guint32 *
ut_answers_find_disputed (UtAnswers * const *answers,
                          guint              n_answers,
                          gsize             *n_rows)
{
  g_return_val_if_fail (answers != NULL && n_answers > 0 && n_rows != NULL, NULL);

  return find_by_count (answers, n_answers, is_disputed, n_rows);
}

guint32 *
ut_answers_find_missed (UtAnswers * const *answers,
                        guint              n_answers,
                        gsize             *n_rows)
{
  g_return_val_if_fail (answers != NULL && n_answers > 0 && n_rows != NULL, NULL);

  return find_by_count (answers, n_answers, is_missed, n_rows);
}

float *
ut_answers_mean_losses (UtAnswers * const *answers,
                        guint              n_answers)
{
  g_return_val_if_fail (answers != NULL && n_answers > 0, NULL);

  gsize n = ut_answers_get_n_rows (answers[0]);
  float *losses = g_new (float, n);

  for (gsize row = 0; row < n; row++)
    {
      double sum = 0;
      guint n_losses = 0;

      for (guint i = 0; i < n_answers; i++)
        {
          double loss = ut_answers_get_loss (answers[i], row);

          if (isnan (loss))
            continue;
          sum += loss;
          n_losses++;
        }
      losses[row] = n_losses > 0 ? (float) (sum / n_losses) : NAN;
    }

  return losses;
}

/* Writing */

/* A name must not be taken for two columns. */
static void
append_name (GString    *text,
             const char *name)
{
  gsize start = text->len;

  g_string_append (text, name);
  for (char *c = text->str + start; *c != '\0'; c++)
    if (*c == '\t' || *c == '\n' || *c == '\r')
      *c = ' ';
}

static void
append_number (GString    *text,
               const char *format,
               double      number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (number))
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, format, number));
}

static void
append_line (GString           *text,
             UtAnswers * const *answers,
             guint              n_answers,
             const float       *losses,
             gsize              row)
{
  ut_dataset_append_sentence (ut_answers_get_dataset (answers[0]), row, text);
  g_string_append_printf (text, "\t%u\t", ut_answers_get_label (answers[0], row));
  append_number (text, "%.4f", losses != NULL ? (double) losses[row] : NAN);
  for (guint i = 0; i < n_answers; i++)
    {
      guint8 label = ut_answers_get_label (answers[i], row);

      g_string_append_c (text, '\t');
      if (ut_answers_has_probabilities (answers[i]))
        append_number (text, "%.4f", ut_answers_get_probability (answers[i], row));
      else
        g_string_append_printf (text, "%d", ut_answers_is_right (answers[i], row) ? label : !label);
    }
  g_string_append_c (text, '\n');
}

gboolean
ut_answers_write (UtAnswers * const   *answers,
                  const char * const  *names,
                  guint                n_answers,
                  const float         *losses,
                  const guint32       *rows,
                  gsize                n_rows,
                  GFile               *file,
                  GCancellable        *cancellable,
                  GError             **error)
{
  g_autoptr (GString) text = g_string_new ("sentence\tlabel\tloss");

  g_return_val_if_fail (answers != NULL && names != NULL && n_answers > 0, FALSE);
  g_return_val_if_fail (rows != NULL || n_rows == 0, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);

  if (writer == NULL)
    return FALSE;

  for (guint i = 0; i < n_answers; i++)
    {
      g_string_append_c (text, '\t');
      append_name (text, names[i]);
    }
  g_string_append_c (text, '\n');
  for (gsize i = 0; i < n_rows; i++)
    {
      append_line (text, answers, n_answers, losses, rows[i]);
      if (text->len < PIECE)
        continue;
      if (!_ut_file_writer_write (writer, text->str, text->len, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
    }

  return _ut_file_writer_write (writer, text->str, text->len, cancellable, error)
         && _ut_file_writer_commit (writer, error);
}
