/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-probe-curves.h"
#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtProbeMenu:
 *
 * The button "Follow a sentence…" with the list of the sentences that are followed: adding, editing
 * and leaving out, with what the current run answers to each of them. Composite template
 * `ui/ut-probe-menu.ui`; main thread.
 */
#define UT_TYPE_PROBE_MENU (ut_probe_menu_get_type ())
G_DECLARE_FINAL_TYPE (UtProbeMenu, ut_probe_menu, UT, PROBE_MENU, GtkWidget)

/** ut_probe_menu_set_session: whose sentences, and what the current run answers; once. */
void ut_probe_menu_set_session (UtProbeMenu   *self,
                                UtSession     *session,
                                UtProbeCurves *curves);

G_END_DECLS
