/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-edit-trail.h"

G_BEGIN_DECLS

/**
 * ut_what_if_text_new:
 * @trail: the edits.
 * @what_if: what @model makes of them.
 * @model: who was asked.
 *
 * Returns: (transfer full): what the edits change and for how long the model remembers them, in
 *   translated sentences.
 */
char *ut_what_if_text_new        (const UtEditTrail *trail,
                                  const UtWhatIf    *what_if,
                                  UtModel           *model);

/** ut_what_if_text_new_memory: (transfer full): for how long, alone. */
char *ut_what_if_text_new_memory (const UtWhatIf    *what_if);

/** ut_what_if_text_new_lane: (transfer full): both in one line that begins with @name, which is
 * that of a run. */
char *ut_what_if_text_new_lane   (const UtWhatIf    *what_if,
                                  UtModel           *model,
                                  const char        *name);

G_END_DECLS
