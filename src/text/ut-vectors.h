/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-text-error.h"
#include "ut-vocabulary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtVectors:
 *
 * Word vectors in the text form of GloVe, word2vec and fastText, packed by gzip or not, as far as a
 * vocabulary's words are among them. A first line `COUNT DIM` is accepted, and COUNT not relied
 * upon, so that the head of a file is a file; the last DIM fields of a line are the numbers, divided
 * by spaces alone, so that a word may hold a no-break space; spaces at the end of a line do not
 * count; of a word that is there twice the first counts. Words are compared as they are written, so
 * vectors with capitals do not serve a lower-cased vocabulary. A word that is not UTF-8 is an error:
 * read on, a file in another encoding would lose its accented words without a sign. Immutable,
 * atomically counted.
 */
typedef struct UtVectors UtVectors;

#define UT_TYPE_VECTORS (ut_vectors_get_type ())
GType        ut_vectors_get_type        (void);

/** UT_VECTORS_MAX_DIMENSION: the largest dimension accepted. */
#define UT_VECTORS_MAX_DIMENSION 4096

/**
 * ut_vectors_read:
 * @file: a file of word vectors.
 * @vocabulary: the words that are wanted.
 * @dimension: the dimension it must have, or 0 for the file's own.
 * @progress: (nullable) (scope call): told how far it is.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled while reading.
 * @error: names file, line and what was expected.
 *
 * Reads a whole regular file of at most 16 GiB, packed or not, checks every row, keeps the rows of
 * @vocabulary's words, and needs little more memory than for these. What it read is kept for the
 * next time in `$XDG_CACHE_HOME/undertone`, where there is room, and gives the same vectors and
 * counts as the text, in milliseconds; it serves any vocabulary. Blocks; any thread. Errors are
 * #UtTextError, or #GIOErrorEnum where the file cannot be read, was cancelled, or is none.
 *
 * Returns: (transfer full) (nullable): the vectors.
 */
UtVectors   *ut_vectors_read            (GFile              *file,
                                         const UtVocabulary *vocabulary,
                                         guint               dimension,
                                         UtReadProgress      progress,
                                         gpointer            progress_data,
                                         GCancellable       *cancellable,
                                         GError            **error);

/**
 * ut_vectors_forget:
 * @file: a file of word vectors.
 *
 * Deletes what ut_vectors_read() kept of @file, as it is now. Any thread.
 */
void         ut_vectors_forget          (GFile              *file);

/**
 * ut_vectors_read_dimension:
 * @file: a file of word vectors.
 * @cancellable: (nullable): to give up.
 * @error: names file, line and what was expected.
 *
 * Reads only the first line or two.
 *
 * Returns: the dimension, or 0 with @error set.
 */
guint        ut_vectors_read_dimension  (GFile              *file,
                                         GCancellable       *cancellable,
                                         GError            **error);

UtVectors   *ut_vectors_ref             (UtVectors          *self);
void         ut_vectors_unref           (UtVectors          *self);

/** ut_vectors_get_dimension: how many numbers a word has. */
guint        ut_vectors_get_dimension   (const UtVectors    *self);

/** ut_vectors_get_n_found: how many of the vocabulary's words have a vector. */
guint        ut_vectors_get_n_found     (const UtVectors    *self);

/**
 * ut_vectors_get_n_duplicates:
 * @self: the vectors.
 *
 * Returns: rows of the vocabulary's words passed over because their word was there before.
 */
guint        ut_vectors_get_n_duplicates (const UtVectors   *self);

/** ut_vectors_lookup: (transfer none) (nullable): (dimension) the vector of word @id. */
const float *ut_vectors_lookup          (const UtVectors    *self,
                                         guint               id);

/** ut_vectors_get_mean: mean of all found entries; 0.0165 where none was found. */
double       ut_vectors_get_mean        (const UtVectors    *self);

/** ut_vectors_get_deviation: their standard deviation; 0.6834 where none was found. */
double       ut_vectors_get_deviation   (const UtVectors    *self);

/** ut_vectors_get_hash: (transfer none): SHA-256 of the text, in hexadecimal. */
const char  *ut_vectors_get_hash        (const UtVectors    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtVectors, ut_vectors_unref)

G_END_DECLS
