/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-lines-private.h"
#include "ut-vectors.h"

G_BEGIN_DECLS

/* _ut_vectors_parse: ut_vectors_read() for a file that is open already. */
UtVectors *_ut_vectors_parse (UtLines            *lines,
                              const UtVocabulary *vocabulary,
                              guint               dimension,
                              GError            **error);

G_END_DECLS
