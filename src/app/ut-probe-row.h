/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-probe-curves.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtProbeRow:
 *
 * One sentence that is followed: the mark of its line, the sentence, to be edited, what was answered
 * last, and a button that ends following it. Composite template `ui/ut-probe-row.ui`; main thread.
 *
 * Signal ::edited (text, nullable): another sentence is to be followed in its place, or none.
 */
#define UT_TYPE_PROBE_ROW (ut_probe_row_get_type ())
G_DECLARE_FINAL_TYPE (UtProbeRow, ut_probe_row, UT, PROBE_ROW, GtkBox)

/** ut_probe_row_new: the row of @text. */
GtkWidget  *ut_probe_row_new      (const char    *text);

/** ut_probe_row_get_text: (transfer none): the sentence that is followed. */
const char *ut_probe_row_get_text (UtProbeRow    *self);

/** ut_probe_row_update: shows what @curves know of the sentence. */
void        ut_probe_row_update   (UtProbeRow    *self,
                                   UtProbeCurves *curves);

G_END_DECLS
