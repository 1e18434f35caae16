/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ut_short_text_dup:
 * @text: valid UTF-8 of any length, as it stands in somebody's file.
 * @n_max: the most characters that are kept.
 *
 * Returns: (transfer full): the start of @text in one line, with an ellipsis where more follows.
 */
char *ut_short_text_dup (const char *text,
                         guint       n_max);

G_END_DECLS
