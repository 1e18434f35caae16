/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The two ways to the same vectors, their text (ut-vectors-parser.c) and the cache
 * (ut-vectors-cache.c), what both make them with, and the forms that are none of these
 * (ut-vectors-form.c).
 */
#pragma once

#include "ut-lines-private.h"
#include "ut-vectors-cache-private.h"
#include "ut-vectors.h"

G_BEGIN_DECLS

/* _ut_vectors_new: (transfer full): vectors without a row. */
UtVectors *_ut_vectors_new              (const UtVocabulary *vocabulary,
                                         guint               dimension);

/* _ut_vectors_add: the next row of the file whose word is @id of the vocabulary; the first of a
 * word counts. */
void       _ut_vectors_add              (UtVectors          *self,
                                         guint32             id,
                                         const float        *values);

/* _ut_vectors_finish: once all rows are added; @hash is the text's. */
void       _ut_vectors_finish           (UtVectors          *self,
                                         const char         *hash);

/* _ut_vectors_check_form: whether the file does not start as one of another form does; @error says
 * what it is, and what to do. */
gboolean   _ut_vectors_check_form       (UtLines            *lines,
                                         GError            **error);

/*
 * _ut_vectors_parse:
 * @lines: the text from its first line, which may be packed.
 * @vocabulary: the words that are wanted.
 * @dimension: the dimension it must have, or 0 for the file's own.
 * @writer: (nullable): receives every row.
 * @error: names file, line and what was expected.
 *
 * Returns: (transfer full) (nullable): the vectors.
 */
UtVectors *_ut_vectors_parse            (UtLines            *lines,
                                         const UtVocabulary *vocabulary,
                                         guint               dimension,
                                         UtVectorsCacheWriter *writer,
                                         GError            **error);

/* _ut_vectors_parse_dimension: of the text's first line or two, or 0 with @error set. */
guint      _ut_vectors_parse_dimension  (UtLines            *lines,
                                         GError            **error);

G_END_DECLS
