/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-vectors-private.h"

#include "ut-number-private.h"
#include "ut-vocabulary-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The largest public set of vectors has 5.7 GB. What is kept of a file is never larger than twice
 * the file. */
#define MAX_FILE_SIZE (G_GUINT64_CONSTANT (16) << 30)

/* Mean and deviation of glove.6B.50d's entries. */
#define GLOVE_MEAN 0.0165
#define GLOVE_DEVIATION 0.6834

#define NO_ROW G_MAXUINT32

struct UtVectors
{
  gatomicrefcount ref_count;
  float *values;     /* (owned): (n_found, dimension) in the order of the file */
  guint32 *rows;     /* (owned): (n_words) the row of a word in values, or NO_ROW */
  guint n_words;     /* of the vocabulary */
  guint dimension;
  guint n_found;
  guint n_room;      /* rows that values has room for while it is being filled */
  guint n_duplicates;
  double mean;
  double deviation;
  char *hash;        /* (owned) */
};

G_DEFINE_BOXED_TYPE (UtVectors, ut_vectors, ut_vectors_ref, ut_vectors_unref)

/* What the start of the file says of its form. */
typedef struct
{
  const char *line; /* the first row; valid until the next line is read */
  gsize length;
  guint dimension;
} FirstRow;

static gboolean
is_field_end (char c)
{
  return c == ' ' || c == '\0';
}

static gboolean
is_number (const char *field)
{
  double value;

  return _ut_number_parse (&field, &value) && is_field_end (*field);
}

/* A number, or what only a number that went wrong is written as. */
static gboolean
looks_like_number (const char *field)
{
  static const char * const not_finite[] = { "nan", "inf", "infinity" };

  if (is_number (field))
    return TRUE;

  if (*field == '+' || *field == '-')
    field++;
  for (gsize i = 0; i < G_N_ELEMENTS (not_finite); i++)
    {
      gsize n = strlen (not_finite[i]);

      if (g_ascii_strncasecmp (field, not_finite[i], n) == 0 && is_field_end (field[n]))
        return TRUE;
    }

  return FALSE;
}

static gsize
count_fields (const char *line,
              gsize       length)
{
  gsize n = 1;

  for (gsize i = 0; i < length; i++)
    n += line[i] == ' ';

  return n;
}

/* The field behind @field, or NULL. */
static const char *
next_field (const char *field)
{
  const char *space = strchr (field, ' ');

  return space != NULL ? space + 1 : NULL;
}

/* word2vec's tool writes a space at the end of each line. */
static gsize
trim (const char *line,
      gsize       length)
{
  while (length > 0 && line[length - 1] == ' ')
    length--;

  return length;
}

static void
set_number_error (UtLines     *lines,
                  const char  *field,
                  GError     **error)
{
  g_autofree char *excerpt = _ut_lines_excerpt (field, strcspn (field, " "));

  _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                       _("“%s” is not a number; a finite decimal number was expected"), excerpt);
}

/* "COUNT DIM", which word2vec and fastText write. COUNT is not relied upon: the head of a file is a
 * file. */
static gboolean
parse_counts (const char *line,
              gsize      *dimension)
{
  gsize first = strspn (line, "0123456789");

  if (first == 0 || line[first] != ' ')
    return FALSE;

  const char *second = line + first + 1;
  gsize n = strspn (second, "0123456789");

  if (n == 0 || second[n + strspn (second + n, " ")] != '\0')
    return FALSE;

  *dimension = MIN (g_ascii_strtoull (second, NULL, 10), G_MAXSIZE);

  return TRUE;
}

/* How many numbers end the first row of a file that does not say. Words may hold spaces, but a
 * number or a NaN among them is more likely an accident in the row. */
static guint
guess_dimension (UtLines     *lines,
                 const char  *line,
                 GError     **error)
{
  guint n = 0;

  for (const char *field = next_field (line); field != NULL; field = next_field (field))
    {
      if (looks_like_number (field))
        {
          n++;
        }
      else if (field[strspn (field, " ")] == '\0')
        {
          break;
        }
      else if (n > 0)
        {
          set_number_error (lines, field, error);
          return 0;
        }
    }

  if (n == 0)
    _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                         _("No number follows the word; a word and its numbers, "
                           "divided by spaces, were expected"));

  return n;
}

static gboolean
read_first_row (UtLines   *lines,
                guint      wanted,
                FirstRow  *first,
                GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  const char *line = _ut_lines_next (lines, &length, &local_error);
  gsize dimension = 0;

  if (line == NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        _ut_lines_set_error (lines, error, UT_TEXT_ERROR_EMPTY,
                             _("The file is empty; lines with a word and its numbers "
                               "were expected"));
      return FALSE;
    }

  gboolean has_counts = parse_counts (line, &dimension);

  if (!has_counts)
    {
      dimension = guess_dimension (lines, line, error);
      if (dimension == 0)
        return FALSE;
    }
  if (dimension == 0 || dimension > UT_VECTORS_MAX_DIMENSION)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_DIMENSION,
                           _("The dimension of the vectors is %zu; 1 to %d was expected"),
                           dimension, UT_VECTORS_MAX_DIMENSION);
      return FALSE;
    }
  if (wanted != 0 && dimension != wanted)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_DIMENSION,
                           _("The dimension of the vectors is %zu; %u was expected"),
                           dimension, wanted);
      return FALSE;
    }

  if (has_counts)
    {
      line = _ut_lines_next (lines, &length, &local_error);
      if (line == NULL)
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          else
            _ut_lines_set_error (lines, error, UT_TEXT_ERROR_EMPTY,
                                 _("Nothing follows the first line; lines with a word and "
                                   "its numbers were expected"));
          return FALSE;
        }
    }

  *first = (FirstRow) { .line = line, .length = length, .dimension = (guint) dimension };

  return TRUE;
}

/* Splits a row into its word and numbers. */
static gboolean
parse_row (UtLines     *lines,
           const char  *line,
           gsize        length,
           guint        dimension,
           gsize       *word_length,
           float       *values,
           GError     **error)
{
  gsize trimmed = trim (line, length);
  gsize n_fields = count_fields (line, trimmed);

  if (n_fields <= dimension)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line has too few fields, %zu; a word and its numbers, "
                             "%u of them, divided by spaces, were expected"),
                           trimmed == 0 ? 0 : n_fields, dimension);
      return FALSE;
    }

  const char *last = line;
  const char *field = line;

  for (gsize i = 0; i < n_fields - dimension; i++)
    {
      last = field;
      field = next_field (field);
    }

  if (last > line && looks_like_number (last))
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_DIMENSION,
                           _("The line has too many numbers; a word and its numbers, %u of them, "
                             "were expected"), dimension);
      return FALSE;
    }

  *word_length = trim (line, (gsize) (field - line));
  if (*word_length == 0)
    {
      _ut_lines_set_error (lines, error, UT_TEXT_ERROR_ROW,
                           _("The line has no word before its numbers"));
      return FALSE;
    }

  for (guint i = 0; i < dimension; i++)
    {
      const char *p = field;
      double value;

      if (!_ut_number_parse (&p, &value) || !is_field_end (*p) || !isfinite ((float) value))
        {
          set_number_error (lines, field, error);
          return FALSE;
        }
      values[i] = (float) value;
      field = p + 1;
    }

  return TRUE;
}

static void
keep_row (UtVectors   *self,
          guint32      id,
          const float *values)
{
  gsize row_size = self->dimension * sizeof (float);

  if (self->n_found == self->n_room)
    {
      self->n_room = MAX (self->n_room * 2, 256);
      self->values = g_realloc_n (self->values, self->n_room, row_size);
    }

  memcpy (self->values + (gsize) self->n_found * self->dimension, values, row_size);
  self->rows[id] = self->n_found++;
}

/* In two passes, so that the deviation does not suffer from cancellation. */
static void
compute_statistics (UtVectors *self)
{
  gsize n = (gsize) self->n_found * self->dimension;

  self->mean = GLOVE_MEAN;
  self->deviation = GLOVE_DEVIATION;
  if (n == 0)
    return;

  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += self->values[i];
  self->mean = sum / (double) n;

  double squares = 0;
  for (gsize i = 0; i < n; i++)
    squares += (self->values[i] - self->mean) * (self->values[i] - self->mean);
  self->deviation = sqrt (squares / (double) n);
}

static UtVectors *
vectors_new (guint n_words,
             guint dimension)
{
  UtVectors *self = g_new0 (UtVectors, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_words = n_words;
  self->dimension = dimension;
  self->rows = g_new (guint32, n_words);
  for (guint id = 0; id < n_words; id++)
    self->rows[id] = NO_ROW;

  return self;
}

UtVectors *
_ut_vectors_parse (UtLines            *lines,
                   const UtVocabulary *vocabulary,
                   guint               dimension,
                   GError            **error)
{
  FirstRow first;

  _ut_lines_start_hash (lines);
  if (!read_first_row (lines, dimension, &first, error))
    return NULL;

  g_autoptr (UtVectors) self = vectors_new (ut_vocabulary_get_size (vocabulary), first.dimension);
  g_autofree float *values = g_new (float, first.dimension);
  g_autoptr (GError) local_error = NULL;
  const char *line = first.line;
  gsize length = first.length;

  for (; line != NULL; line = _ut_lines_next (lines, &length, &local_error))
    {
      gsize word_length;

      if (!parse_row (lines, line, length, self->dimension, &word_length, values, error))
        return NULL;

      guint32 id = _ut_vocabulary_lookup (vocabulary, line, word_length);

      if (id == UT_VOCABULARY_UNKNOWN)
        continue;
      if (self->rows[id] != NO_ROW)
        self->n_duplicates++;
      else
        keep_row (self, id, values);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  compute_statistics (self);
  self->hash = _ut_lines_finish_hash (lines);

  return g_steal_pointer (&self);
}

UtVectors *
ut_vectors_read (GFile              *file,
                 const UtVocabulary *vocabulary,
                 guint               dimension,
                 UtReadProgress      progress,
                 gpointer            progress_data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (vocabulary != NULL, NULL);
  g_return_val_if_fail (dimension <= UT_VECTORS_MAX_DIMENSION, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtLines) lines = _ut_lines_open (file, MAX_FILE_SIZE, progress, progress_data,
                                              cancellable, error);

  return lines != NULL ? _ut_vectors_parse (lines, vocabulary, dimension, error) : NULL;
}

guint
ut_vectors_read_dimension (GFile         *file,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), 0);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  g_autoptr (UtLines) lines = _ut_lines_open (file, MAX_FILE_SIZE, NULL, NULL, cancellable, error);
  FirstRow first;

  if (lines == NULL || !read_first_row (lines, 0, &first, error))
    return 0;

  return first.dimension;
}

UtVectors *
ut_vectors_ref (UtVectors *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_vectors_unref (UtVectors *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->values);
  g_free (self->rows);
  g_free (self->hash);
  g_free (self);
}

guint
ut_vectors_get_dimension (const UtVectors *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->dimension;
}

guint
ut_vectors_get_n_found (const UtVectors *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_found;
}

guint
ut_vectors_get_n_duplicates (const UtVectors *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_duplicates;
}

const float *
ut_vectors_lookup (const UtVectors *self,
                   guint            id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id < self->n_words, NULL);

  guint32 row = self->rows[id];

  return row != NO_ROW ? self->values + (gsize) row * self->dimension : NULL;
}

double
ut_vectors_get_mean (const UtVectors *self)
{
  g_return_val_if_fail (self != NULL, GLOVE_MEAN);

  return self->mean;
}

double
ut_vectors_get_deviation (const UtVectors *self)
{
  g_return_val_if_fail (self != NULL, GLOVE_DEVIATION);

  return self->deviation;
}

const char *
ut_vectors_get_hash (const UtVectors *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hash;
}
