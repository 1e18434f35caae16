/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>
#include <ut-word-mark.h>

G_BEGIN_DECLS

/**
 * UtWordItem:
 *
 * One word of a sentence as the Words table shows it. Immutable; main thread.
 */
#define UT_TYPE_WORD_ITEM (ut_word_item_get_type ())
G_DECLARE_FINAL_TYPE (UtWordItem, ut_word_item, UT, WORD_ITEM, GObject)

/** ut_word_item_new: (transfer full): copies @answer. */
UtWordItem *ut_word_item_new             (const UtWordAnswer *answer);

const char *ut_word_item_get_word        (UtWordItem         *self);
double      ut_word_item_get_probability (UtWordItem         *self);
double      ut_word_item_get_change      (UtWordItem         *self);
UtWordMark  ut_word_item_get_mark        (UtWordItem         *self);

/** ut_word_item_dup_probability: (transfer full): as "0.78". */
char       *ut_word_item_dup_probability (UtWordItem         *self);
/** ut_word_item_dup_change: (transfer full): as "+1.35" or "−0.20". */
char       *ut_word_item_dup_change      (UtWordItem         *self);
/** ut_word_item_dup_attention: (transfer full): as "12.5 %"; "" for a model without attention. */
char       *ut_word_item_dup_attention   (UtWordItem         *self);
/** ut_word_item_dup_known: (transfer full): "yes", "no" or "from its parts". */
char       *ut_word_item_dup_known       (UtWordItem         *self);
/** ut_word_item_dup_label: (transfer full): the whole row in words, for a screen reader. */
char       *ut_word_item_dup_label       (UtWordItem         *self);

G_END_DECLS
