/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-word-editor.h"

#include <ut-word-curve.h>

G_BEGIN_DECLS

/**
 * ut_what_if_curve_show:
 * @curve: where to show it.
 * @editor: who compares.
 * @lanes: who answers.
 * @words: (array length=n_words): the front's answers to the words of the edited sentence.
 * @n_words: how many.
 *
 * Shows a sentence before and after its edits in a curve, if the front has compared them: all words
 * of both, with the lines of all lanes, and the front's of before.
 *
 * Returns: (transfer full) (nullable) (element-type int): for each word of the curve which of
 *   @words it is, -1 for one that was struck out; %NULL where there is nothing to compare.
 */
GArray *ut_what_if_curve_show (UtWordCurve        *curve,
                               UtWordEditor       *editor,
                               UtLanes            *lanes,
                               const UtWordAnswer *words,
                               gsize               n_words);

G_END_DECLS
