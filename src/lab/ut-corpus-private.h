/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-corpus.h"

G_BEGIN_DECLS

/** _ut_corpus_dup_identity: (transfer full): which files @config reads, as they are now, and how: the
 * same text gives the same rows. Any thread. */
char    *_ut_corpus_dup_identity (const UtConfig *config);

/** _ut_corpus_dup_dev_path: (transfer full) (nullable): the file that the development rows of @config
 * come from. */
char    *_ut_corpus_dup_dev_path (const UtConfig *config);

/** _ut_corpus_holds_out: whether these are a part of the training file. */
gboolean _ut_corpus_holds_out (const UtConfig *config);

G_END_DECLS
