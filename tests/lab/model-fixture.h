/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

#define MODEL_FIXTURE_BIAS 0.25f
#define MODEL_FIXTURE_WEIGHT 2.0f
#define MODEL_FIXTURE_N_WORDS 40

/* A model whose answer can be worked out by hand: its state, tanh (x) where @memory is 0, is that
 * of the last word, and it gives 2 tanh (x + memory · state before) + 0.25, x being 1 for "good",
 * -1 for "bad", 0.5 for an unknown word and 0 for the rest. */
UtModel *model_fixture_new        (UtNnFaults       faults,
                                   float            memory);

/* One with random weights, of @shape but for the number of words, which are "word2" to "word39",
 * and of buckets, where it has any. */
UtModel *model_fixture_new_random (const UtNnShape *shape,
                                   guint64          seed);

/* (transfer full): words between spaces, most of them known to a random model. */
char    *model_fixture_make_text  (guint            n_words,
                                   guint32          seed);
