/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtWhatIfPopover:
 *
 * What can be done to a word: strike it out, put "not" before it, or replace it, with the words
 * that are nearest to it in the model as suggestions. Composite template
 * `ui/ut-what-if-popover.ui`; main thread; the suggestions come from a worker.
 *
 * Signal ::edit (word, a number; kind, of #UtEditKind, a number; text, nullable): the person has
 * chosen.
 */
#define UT_TYPE_WHAT_IF_POPOVER (ut_what_if_popover_get_type ())
G_DECLARE_FINAL_TYPE (UtWhatIfPopover, ut_what_if_popover, UT, WHAT_IF_POPOVER, GtkPopover)

/** ut_what_if_popover_new: a popover without a word. */
GtkWidget *ut_what_if_popover_new      (void);

/**
 * ut_what_if_popover_set_word:
 * @self: the popover.
 * @model: who knows which words are near.
 * @index: which word it is; the signal tells.
 * @word: as @model sees it.
 */
void       ut_what_if_popover_set_word (UtWhatIfPopover *self,
                                        UtModel         *model,
                                        guint            index,
                                        const char      *word);

G_END_DECLS
