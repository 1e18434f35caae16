/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>
#include <ut-word-mark.h>

G_BEGIN_DECLS

/**
 * UtWordItem:
 *
 * One word of a sentence as the Words table shows it: what the lead makes of it, and what the other
 * lanes answer if the text ended there. Main thread.
 *
 * Signal ::changed: anything of it is another.
 */
#define UT_TYPE_WORD_ITEM (ut_word_item_get_type ())
G_DECLARE_FINAL_TYPE (UtWordItem, ut_word_item, UT, WORD_ITEM, GObject)

/** UT_WORD_ITEM_N_LANES: how many lanes there may be beside the lead. */
#define UT_WORD_ITEM_N_LANES 3

/** ut_word_item_new: (transfer full): copies @answer. */
UtWordItem *ut_word_item_new             (const UtWordAnswer *answer);

/** ut_word_item_set_answer: copies @answer in place of what the lead made of it before. */
void        ut_word_item_set_answer      (UtWordItem         *self,
                                          const UtWordAnswer *answer);

const char *ut_word_item_get_word        (UtWordItem         *self);
double      ut_word_item_get_probability (UtWordItem         *self);
double      ut_word_item_get_change      (UtWordItem         *self);
UtWordMark  ut_word_item_get_mark        (UtWordItem         *self);
/** ut_word_item_get_disputed: whether lanes are pulled to different sides by it. */
gboolean    ut_word_item_get_disputed    (UtWordItem         *self);
void        ut_word_item_set_disputed    (UtWordItem         *self,
                                          gboolean            disputed);

/** ut_word_item_get_left_out: what leaving it out is worth; NaN until it is known. */
double      ut_word_item_get_left_out    (UtWordItem         *self);
/** ut_word_item_get_gradient: its worth by a gradient; NaN until it is known. */
double      ut_word_item_get_gradient    (UtWordItem         *self);

/**
 * ut_word_item_set_worths:
 * @self: the word.
 * @left_out: what leaving it out is worth; NaN while it is not known.
 * @method: what @gradient is.
 * @gradient: its worth by @method; NaN while it is not known, or not wanted.
 */
void        ut_word_item_set_worths      (UtWordItem         *self,
                                          double              left_out,
                                          UtWorthMethod       method,
                                          double              gradient);

/**
 * ut_word_item_set_lane:
 * @lane: below %UT_WORD_ITEM_N_LANES.
 * @name: (nullable): interned name of its run; %NULL takes the lane away.
 * @probability: if the text ended at the word.
 */
void        ut_word_item_set_lane        (UtWordItem         *self,
                                          guint               lane,
                                          const char         *name,
                                          double              probability);

/** ut_word_item_dup_lane: (transfer full): as "0.78"; "" where there is none. */
char       *ut_word_item_dup_lane        (UtWordItem         *self,
                                          guint               lane);
/** ut_word_item_dup_dispute: (transfer full): "disagree" or "". */
char       *ut_word_item_dup_dispute     (UtWordItem         *self);
/** ut_word_item_dup_probability: (transfer full): as "0.78". */
char       *ut_word_item_dup_probability (UtWordItem         *self);
/** ut_word_item_dup_change: (transfer full): as "+1.35" or "−0.20". */
char       *ut_word_item_dup_change      (UtWordItem         *self);
/** ut_word_item_dup_left_out: (transfer full): likewise; "…" until it is known. */
char       *ut_word_item_dup_left_out    (UtWordItem         *self);
/** ut_word_item_dup_gradient: (transfer full): likewise. */
char       *ut_word_item_dup_gradient    (UtWordItem         *self);
/** ut_word_item_dup_attention: (transfer full): as "12.5 %"; "" for a model without attention. */
char       *ut_word_item_dup_attention   (UtWordItem         *self);
/** ut_word_item_dup_known: (transfer full): "yes", "no" or "from its parts". */
char       *ut_word_item_dup_known       (UtWordItem         *self);
/** ut_word_item_dup_label: (transfer full): the whole row in words, for a screen reader. */
char       *ut_word_item_dup_label       (UtWordItem         *self);

G_END_DECLS
