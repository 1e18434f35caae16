/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-vectors-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* The largest public set of vectors has 5.7 GB. What is kept of a file is never larger than twice
 * its text. */
#define MAX_FILE_SIZE (G_GUINT64_CONSTANT (16) << 30)

/* Mean and deviation of glove.6B.50d's entries. */
#define GLOVE_MEAN 0.0165
#define GLOVE_DEVIATION 0.6834

/* Microseconds; file systems and network shares tell times down to two seconds. */
#define SETTLING_TIME (2 * G_USEC_PER_SEC)

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

UtVectors *
_ut_vectors_new (const UtVocabulary *vocabulary,
                 guint               dimension)
{
  UtVectors *self = g_new0 (UtVectors, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_words = ut_vocabulary_get_size (vocabulary);
  self->dimension = dimension;
  self->rows = g_new (guint32, self->n_words);
  for (guint id = 0; id < self->n_words; id++)
    self->rows[id] = NO_ROW;

  return self;
}

void
_ut_vectors_add (UtVectors   *self,
                 guint32      id,
                 const float *values)
{
  gsize row_size = self->dimension * sizeof (float);

  if (self->rows[id] != NO_ROW)
    {
      self->n_duplicates++;
      return;
    }
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

void
_ut_vectors_finish (UtVectors  *self,
                    const char *hash)
{
  compute_statistics (self);
  self->hash = g_strdup (hash);
}

/* A file that was changed just now may change again without another time to show it. */
static gboolean
is_settled (const UtVectorsKey *key)
{
  return g_get_real_time () - key->modified / 1000 > SETTLING_TIME;
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
  UtVectorsKey key;

  if (lines == NULL)
    return NULL;
  if (!_ut_vectors_key_init (&key, file) || !is_settled (&key))
    return _ut_vectors_parse (lines, vocabulary, dimension, NULL, error);

  UtVectors *self = _ut_vectors_cache_read (&key, vocabulary, dimension);

  if (self != NULL)
    {
      if (progress != NULL)
        progress (1, progress_data);
      return self;
    }

  g_autoptr (UtVectorsCacheWriter) writer = _ut_vectors_cache_writer_new (&key);
  UtVectorsKey key_now;

  self = _ut_vectors_parse (lines, vocabulary, dimension, writer, error);
  if (self != NULL && _ut_vectors_key_init (&key_now, file)
      && memcmp (&key, &key_now, sizeof key) == 0)
    _ut_vectors_cache_writer_commit (writer, self->hash, self->dimension);

  return self;
}

void
ut_vectors_forget (GFile *file)
{
  UtVectorsKey key;

  g_return_if_fail (G_IS_FILE (file));

  if (!_ut_vectors_key_init (&key, file))
    return;

  g_autofree char *path = _ut_vectors_cache_dup_path (&key);
  g_unlink (path);
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

  return lines != NULL ? _ut_vectors_parse_dimension (lines, error) : 0;
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
