/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

#include <ut-data.h>
#include <ut-text.h>

G_BEGIN_DECLS

/**
 * UtBundledData:
 * @id: "sample-reviews", as #UtConfig names it; a folder of the program's samples.
 * @title: "Sample reviews (synthetic)", to be translated.
 */
typedef struct
{
  const char *id;
  const char *title;
} UtBundledData;

/** ut_bundled_data_get: (transfer none) (array length=n_data): the data sets that come along. */
const UtBundledData *ut_bundled_data_get      (gsize      *n_data);

/** ut_bundled_data_dup_path: (transfer full): the folder of the data set @id that comes along. */
char                *ut_bundled_data_dup_path (const char *id);

/**
 * UtCorpus:
 *
 * The data of a run as read: training and development rows and the vocabulary of the training rows.
 * Immutable, atomically counted; runs on the same files share one.
 */
typedef struct UtCorpus UtCorpus;

#define UT_TYPE_CORPUS (ut_corpus_get_type ())
GType         ut_corpus_get_type             (void);

/**
 * UtCorpusProgress:
 * @file: base name of the file being read.
 * @fraction: 0 to 1 of that file.
 * @data: what the caller gave.
 */
typedef void (*UtCorpusProgress) (const char *file,
                                  double      fraction,
                                  gpointer    data);

/**
 * ut_corpus_read:
 * @config: whose data; the seed decides which rows are held out where there is no development file.
 * @progress: (nullable) (scope call): told how far it is, on this thread.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled while reading.
 * @error: names file, line and what was expected.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the corpus.
 */
UtCorpus     *ut_corpus_read                 (const UtConfig      *config,
                                              UtCorpusProgress     progress,
                                              gpointer             progress_data,
                                              GCancellable        *cancellable,
                                              GError             **error);

/** ut_corpus_read_async: ut_corpus_read() on a worker; main thread. */
void          ut_corpus_read_async           (UtConfig            *config,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
UtCorpus     *ut_corpus_read_finish          (GAsyncResult        *result,
                                              GError             **error);

UtCorpus     *ut_corpus_ref                  (UtCorpus            *self);
void          ut_corpus_unref                (UtCorpus            *self);

/** ut_corpus_matches: whether reading for @config would give the same rows. */
gboolean      ut_corpus_matches              (const UtCorpus      *self,
                                              const UtConfig      *config);

UtDataset    *ut_corpus_get_train            (const UtCorpus      *self);
UtDataset    *ut_corpus_get_dev              (const UtCorpus      *self);
UtVocabulary *ut_corpus_get_vocabulary       (const UtCorpus      *self);
/** ut_corpus_get_unit: what a row is, as the data set says; a sentence where it says nothing. */
UtDataUnit    ut_corpus_get_unit             (const UtCorpus      *self);
/** ut_corpus_get_held_out: whether the development rows are a tenth of the training file. */
gboolean      ut_corpus_get_held_out         (const UtCorpus      *self);
/** ut_corpus_get_n_excluded: how many training rows were left out because the configuration's list
 * has them. */
gsize         ut_corpus_get_n_excluded       (const UtCorpus      *self);
/**
 * ut_corpus_get_majority: share of the commoner label among the development rows; @label receives
 * it.
 */
double        ut_corpus_get_majority         (const UtCorpus      *self,
                                              guint8              *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCorpus, ut_corpus_unref)

G_END_DECLS
