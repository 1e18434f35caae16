/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/*
 * UtRowIds:
 * @dataset: (owned) (nullable): whose rows.
 * @ids: (owned) (nullable): of all tokens: of the vocabulary, or, where the model reads words by
 *   their parts, behind it.
 *
 * The rows of a data set as the engine reads them. With subwords a word that the vocabulary does not
 * know has an id of its own, and its parts.
 */
typedef struct
{
  UtDataset *dataset;
  guint32 *ids;
  UtSubwords *subwords;       /* (owned) (nullable): of the vocabulary */
  UtSubwords *extra_subwords; /* (owned) (nullable): of the other words */
  UtNnSubwords views[2];      /* of both */
} UtRowIds;

/** _ut_row_ids_init: fills in @self, which is all zero; clear it with _ut_row_ids_clear() whatever is
 * returned. @subwords is nullable. */
gboolean      _ut_row_ids_init           (UtRowIds      *self,
                                          UtDataset     *dataset,
                                          UtVocabulary  *vocabulary,
                                          UtSubwords    *subwords,
                                          GError       **error);

void          _ut_row_ids_clear          (UtRowIds      *self);

/** _ut_row_ids_make_sentences: a view of @self, which must not move as long as it is used. */
UtNnSentences _ut_row_ids_make_sentences (const UtRowIds *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtRowIds, _ut_row_ids_clear)

G_END_DECLS
