/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtStatusLine:
 *
 * What the current run is doing: name, progress, figures, what failed; its buttons; and the speed,
 * which belongs to the window: it holds for the run that trains and for each that follows.
 *
 * Property: form-hidden (writable): whether New run is offered, because the form is out of sight.
 *
 * Accessibility: a group. The status label is named by the last epoch or state, so that a screen
 * reader is not told each batch; its text has the figures of this moment.
 */
#define UT_TYPE_STATUS_LINE (ut_status_line_get_type ())
G_DECLARE_FINAL_TYPE (UtStatusLine, ut_status_line, UT, STATUS_LINE, GtkBox)

/** ut_status_line_set_session: follows the current run of @session; once. */
void ut_status_line_set_session     (UtStatusLine *self,
                                     UtSession    *session);

void ut_status_line_set_form_hidden (UtStatusLine *self,
                                     gboolean      form_hidden);

/** ut_status_line_toggle_pause: Pause or Continue. */
void ut_status_line_toggle_pause    (UtStatusLine *self);

G_END_DECLS
