/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-list.h"

#include <ut-text.h>

G_BEGIN_DECLS

/**
 * UtInspectedPart:
 * @summary: the part in numbers; the unknown words are those the training part has not.
 * @index: (owned): its rows.
 * @lengths: (owned) (array): (n_rows) words of each row.
 * @unknown: (owned) (nullable) (array): (n_rows) of each row the share of words that the training
 *   part has not, 0 to 1; %NULL for the training part itself.
 * @no_vector: (owned) (nullable) (array): (n_rows) likewise the share of words without a vector;
 *   %NULL where no word vectors are chosen.
 */
typedef struct
{
  UtPartSummary summary;
  UtRowIndex *index;
  float *lengths;
  float *unknown;
  float *no_vector;
} UtInspectedPart;

/**
 * UtInspection:
 *
 * A data set with all that is shown of it, as it was when it was read. Immutable, atomically
 * counted.
 */
typedef struct UtInspection UtInspection;

#define UT_TYPE_INSPECTION (ut_inspection_get_type ())
GType         ut_inspection_get_type     (void);

/**
 * ut_inspect_async:
 * @entry: a data set.
 * @vectors_path: (nullable): a file of word vectors, to say how many words have one.
 * @cancellable: (nullable): to give up.
 *
 * Reads all parts of @entry on a worker. Word vectors that cannot be read are no failure of the
 * whole: ut_inspection_get_vectors_error() tells. Main thread.
 */
void          ut_inspect_async           (UtDataEntry         *entry,
                                          const char          *vectors_path,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
/** ut_inspect_finish: (transfer full) (nullable): what was found; @error names file and line. */
UtInspection *ut_inspect_finish          (GAsyncResult        *result,
                                          GError             **error);

UtInspection *ut_inspection_ref          (UtInspection        *self);
void          ut_inspection_unref        (UtInspection        *self);

/** ut_inspection_get_part: (transfer none) (nullable): @part, where there is one. */
const UtInspectedPart *ut_inspection_get_part (const UtInspection *self,
                                               UtDataPart          part);

/**
 * ut_inspection_get_coverage:
 * @self: the inspection.
 * @n_words: (out): different words of the training part that have a vector.
 * @token_share: (out): of all its words the share that has one, 0 to 1.
 *
 * Returns: whether word vectors were read.
 */
gboolean      ut_inspection_get_coverage (const UtInspection  *self,
                                          gsize               *n_words,
                                          double              *token_share);

/** ut_inspection_get_vectors_error: (nullable): why the word vectors could not be read. */
const char   *ut_inspection_get_vectors_error (const UtInspection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtInspection, ut_inspection_unref)

G_END_DECLS
