/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtTextChange:
 * @start: the first byte that goes.
 * @end: the byte after the last.
 * @text: (owned): what comes in their place.
 * @caret: the byte of the changed text at which the caret shall stand.
 *
 * What an edit of a word means for the text that the word stands in. A plain value.
 */
typedef struct
{
  gsize start;
  gsize end;
  char *text;
  gsize caret;
} UtTextChange;

/**
 * ut_text_change_init:
 * @self: (out caller-allocates): the change; ut_text_change_clear() frees what it holds.
 * @text: valid UTF-8, as a person wrote it.
 * @sentence: the first byte of the word's sentence.
 * @start: the first byte of the word.
 * @end: the byte after the last.
 * @kind: what is done to the word.
 * @replacement: (nullable): for %UT_EDIT_REPLACE what is to stand there; without a visible
 *   character the word is struck out.
 *
 * Leaves no double space and none before a full stop, and does not let two words run into one. The
 * first word of a sentence keeps its capital, or hands it on. Any thread.
 */
void ut_text_change_init  (UtTextChange *self,
                           const char   *text,
                           gsize         sentence,
                           gsize         start,
                           gsize         end,
                           UtEditKind    kind,
                           const char   *replacement);
void ut_text_change_clear (UtTextChange *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtTextChange, ut_text_change_clear)

G_END_DECLS
