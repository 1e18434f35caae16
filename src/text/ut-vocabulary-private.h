/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-vocabulary.h"

G_BEGIN_DECLS

#define UT_VOCABULARY_PAD_WORD "[pad]"
#define UT_VOCABULARY_UNKNOWN_WORD "[unk]"

/* _ut_vocabulary_lookup: ut_vocabulary_lookup() for bytes that end in no NUL. */
guint32 _ut_vocabulary_lookup (const UtVocabulary *self,
                               const char         *word,
                               gsize               length);

G_END_DECLS
