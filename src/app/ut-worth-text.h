/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-worth-reader.h"

G_BEGIN_DECLS

/** ut_worth_text_get_meaning: what the colour of a word says, in a sentence. */
const char *ut_worth_text_get_meaning  (UtWorthMethod          method);

/**
 * ut_worth_text_new_gap:
 * @worth: of a sentence whose integral has not converged.
 *
 * Returns: (transfer full): how far the worths of its words miss what they are to add up to.
 */
char       *ut_worth_text_new_gap      (const UtSentenceWorth *worth);

/**
 * ut_worth_text_new:
 * @reader: whose worths words are coloured by.
 * @sentence: the sentence at the caret; -1 for none.
 *
 * Returns: (transfer full): what is to be said of the colours: why there are none, how far they got,
 *   what is wrong with those of @sentence, else what they mean.
 */
char       *ut_worth_text_new          (UtWorthReader         *reader,
                                        int                    sentence);

/**
 * ut_worth_text_new_legend:
 * @reader: whose worths words are coloured by; %NULL where they are not.
 * @guesses: whether the model guesses words that it does not know.
 * @compares: whether words are marked that models disagree on.
 *
 * Returns: (transfer full): the legend in words, for a screen reader.
 */
char       *ut_worth_text_new_legend   (UtWorthReader         *reader,
                                        gboolean               guesses,
                                        gboolean               compares);

/** ut_worth_text_new_tip: (transfer full): what the numbers of the legend are. */
char       *ut_worth_text_new_tip      (UtWorthReader         *reader);

/** ut_worth_text_dup_number: (transfer full): a worth as "+1.35" or "−0.20"; one that is printed as
 * nothing has no sign, and NaN is "…": it is to come. */
char       *ut_worth_text_dup_number   (double                 worth);

G_END_DECLS
