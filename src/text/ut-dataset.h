/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-text-error.h"
#include "ut-vocabulary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtDataset:
 *
 * Labelled sentences as SST-2's files hold them: a header line `sentence<TAB>label`, then a row a
 * line. A sentence loses its trailing spaces, is split at single spaces and lower-cased by code
 * point; spaces in a row count as one. CR LF and a byte order mark are accepted. The words are
 * interned in order of first appearance. Immutable, atomically counted.
 */
typedef struct UtDataset UtDataset;

#define UT_TYPE_DATASET (ut_dataset_get_type ())
GType         ut_dataset_get_type       (void);

/** UT_DATASET_MAX_TOKENS: the most tokens one sentence may have. */
#define UT_DATASET_MAX_TOKENS 4096

/**
 * ut_dataset_read:
 * @file: a file in SST-2's form.
 * @progress: (nullable) (scope call): told how far it is.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled while reading.
 * @error: names file, line and what was expected.
 *
 * Reads a whole regular file of at most 2 GiB. Blocks; any thread. Errors are #UtTextError, or
 * #GIOErrorEnum where the file cannot be read, was cancelled, or is none.
 *
 * Returns: (transfer full) (nullable): the data set, with at least one row.
 */
UtDataset    *ut_dataset_read           (GFile          *file,
                                         UtReadProgress  progress,
                                         gpointer        progress_data,
                                         GCancellable   *cancellable,
                                         GError        **error);

UtDataset    *ut_dataset_ref            (UtDataset       *self);
void          ut_dataset_unref          (UtDataset       *self);

/** ut_dataset_get_n_rows: how many sentences. */
gsize         ut_dataset_get_n_rows     (const UtDataset *self);

/** ut_dataset_get_n_positive: how many have label 1. */
gsize         ut_dataset_get_n_positive (const UtDataset *self);

/** ut_dataset_get_n_words: how many different words, all of them lower-cased. */
gsize         ut_dataset_get_n_words    (const UtDataset *self);

/** ut_dataset_get_n_tokens: how many words in all. */
gsize         ut_dataset_get_n_tokens   (const UtDataset *self);

/** ut_dataset_get_max_length: tokens of the longest sentence. */
gsize         ut_dataset_get_max_length (const UtDataset *self);

/** ut_dataset_get_label: 0 or 1. */
guint8        ut_dataset_get_label      (const UtDataset *self,
                                         gsize            row);

/** ut_dataset_dup_sentence: (transfer full): the words of @row joined by spaces. */
char         *ut_dataset_dup_sentence   (const UtDataset *self,
                                         gsize            row);

/** ut_dataset_append_sentence: appends the words of @row joined by spaces to @text. */
void          ut_dataset_append_sentence (const UtDataset *self,
                                          gsize            row,
                                          GString         *text);

/** ut_dataset_get_labels: (transfer none): (n_rows) labels. */
const guint8 *ut_dataset_get_labels     (const UtDataset *self);

/** ut_dataset_get_offsets: (transfer none): (n_rows + 1) where each sentence starts. */
const gsize  *ut_dataset_get_offsets    (const UtDataset *self);

/**
 * ut_dataset_get_hash:
 * @self: the data set.
 *
 * The hash knows the rows as they are learnt from, not the file's spaces, line ends or capitals: it
 * is taken of each row's label, a tab, the words joined by single spaces, and a line feed.
 *
 * Returns: (transfer none): SHA-256 of the labels and tokens, in hexadecimal.
 */
const char   *ut_dataset_get_hash       (const UtDataset *self);

/** ut_dataset_make_vocabulary: (transfer full): `[pad]`, `[unk]` and the words in order. */
UtVocabulary *ut_dataset_make_vocabulary (const UtDataset *self);

/**
 * ut_dataset_encode:
 * @self: the data set.
 * @vocabulary: of the model.
 * @n_unknown: (out) (optional): how many tokens @vocabulary does not know.
 *
 * Returns: (transfer full) (array): the ids of all tokens, sentence after sentence; g_free() it.
 */
guint32      *ut_dataset_encode         (const UtDataset    *self,
                                         const UtVocabulary *vocabulary,
                                         gsize              *n_unknown);

/**
 * ut_dataset_encode_open_vocabulary:
 * @self: the data set.
 * @vocabulary: of the model, V words.
 * @n_unknown: (out) (optional): how many tokens @vocabulary does not know.
 * @extra_words: (out) (transfer container) (element-type utf8): the words @vocabulary does not
 *   know, in order of first appearance; they belong to @self.
 *
 * As ut_dataset_encode(), for a model that can make something of any word's letters: no token is
 * %UT_VOCABULARY_UNKNOWN, but word k of @extra_words has the id V + k. As there, `[pad]` and `[unk]`
 * in a text are words like others that the vocabulary does not know.
 *
 * Returns: (transfer full) (array): the ids of all tokens, sentence after sentence; g_free() it.
 */
guint32      *ut_dataset_encode_open_vocabulary (const UtDataset     *self,
                                                 const UtVocabulary  *vocabulary,
                                                 gsize               *n_unknown,
                                                 GPtrArray          **extra_words);

/**
 * ut_dataset_subset:
 * @self: the data set.
 * @rows: (array length=n_rows): rows to take, in order.
 * @n_rows: how many, at least one.
 *
 * Returns: (transfer full): a data set of those rows, its words in their order of appearance there.
 */
UtDataset    *ut_dataset_subset         (const UtDataset    *self,
                                         const guint32      *rows,
                                         gsize               n_rows);

/**
 * ut_dataset_find_unlisted:
 * @self: the data set.
 * @list: another one.
 * @n_rows: (out): how many rows are found.
 *
 * Looks for the rows of @self that @list does not have. Rows are the same where label and words
 * are, so that a row of @list stands for all its copies.
 *
 * Returns: (transfer full) (array length=n_rows) (nullable): these rows, in order; g_free() it.
 */
guint32      *ut_dataset_find_unlisted  (const UtDataset    *self,
                                         const UtDataset    *list,
                                         gsize              *n_rows);

/**
 * ut_dataset_write:
 * @self: the data set.
 * @rows: (array length=n_rows): rows to write, in order.
 * @n_rows: how many, at least one.
 * @file: a local file.
 * @cancellable: (nullable): polled while writing.
 * @error: names the file; #GIOErrorEnum.
 *
 * Writes them in the form that ut_dataset_read() reads, by way of a temporary file. Blocks; any
 * thread.
 */
gboolean      ut_dataset_write          (const UtDataset    *self,
                                         const guint32      *rows,
                                         gsize               n_rows,
                                         GFile              *file,
                                         GCancellable       *cancellable,
                                         GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDataset, ut_dataset_unref)

G_END_DECLS
