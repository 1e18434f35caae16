/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/**
 * UtWorthMethod:
 * @UT_WORTH_CHANGE: "change": what the answer changes at this word: the logit if the text ended
 *   after it, less the logit if it ended before it. Adds up to the logit less that of no words.
 *   Knows nothing of the words behind.
 * @UT_WORTH_LEAVE_OUT: "leave-out": the logit of the sentence less that of the sentence without
 *   this word (erasure, which Li, Monroe and Jurafsky 2016 give as a share). Two words that say the
 *   same may both seem worth nothing.
 * @UT_WORTH_GRADIENT: "gradient": gradient times input, Σ_i x_i ∂F(x)/∂x_i over the numbers x_i of
 *   this word's vector, F being the logit (Shrikumar et al. 2016). What the answer would lose, at
 *   its present slope, if the vector were shrunk to zero; of a saturated answer next to nothing.
 * @UT_WORTH_INTEGRATED: "integrated": integrated gradients,
 *   Σ_i (x_i - x'_i) ∫ ∂F(x' + a (x - x'))/∂x_i da for a from 0 to 1 (Sundararajan, Taly and Yan
 *   2017, equation 1), with zero vectors for the baseline x'. Adds up to F(x) - F(x') (their
 *   completeness axiom). The integral is taken by the midpoint rule.
 *
 * What a word's worth is. All are in units of the logit, and above 0 where the word speaks for the
 * positive label.
 */
typedef enum
{
  UT_WORTH_CHANGE,
  UT_WORTH_LEAVE_OUT,
  UT_WORTH_GRADIENT,
  UT_WORTH_INTEGRATED,
} UtWorthMethod;

#define UT_N_WORTH_METHODS (UT_WORTH_INTEGRATED + 1)

#define UT_TYPE_WORTH_METHOD (ut_worth_method_get_type ())
GType       ut_worth_method_get_type      (void);

/** ut_worth_method_get_nick: "change", "leave-out", "gradient" or "integrated". */
const char *ut_worth_method_get_nick      (UtWorthMethod  method);
/** ut_worth_method_get_title: what people read, translated: "change at this word". */
const char *ut_worth_method_get_title     (UtWorthMethod  method);
/** ut_worth_method_from_nick: whether @nick names a method; @method receives it. */
gboolean    ut_worth_method_from_nick     (const char    *nick,
                                           UtWorthMethod *method);
/** ut_worth_method_is_costly: whether it runs the model more than once or twice, so that words come
 * one after the other. */
gboolean    ut_worth_method_is_costly     (UtWorthMethod  method);
/**
 * ut_worth_method_get_objection: (nullable): why words have no such worth to @model, translated. A
 * model that runs as the notebook's code does has no gradient: its answer is one of positions, or
 * of the sentences beside it.
 */
const char *ut_worth_method_get_objection (UtWorthMethod  method,
                                           UtModel       *model);

G_END_DECLS
