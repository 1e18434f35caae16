/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The program with its window: application, session, pages, rows, dialogs.
 *
 * This layer uses `lab`, `text`, `plot`, GTK and libadwaita, and nothing uses it but the program
 * and its tests. Everything here belongs to the main thread; what takes longer than a frame is done
 * by the asynchronous functions of `lab`. Widgets are composite templates in `ui/`; commands are
 * actions of the application and the window. A widget holds the #UtSession it shows, the window
 * holds the application's.
 */

#pragma once

#include "ut-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtApplication:
 *
 * The program: one session, one window, models opened as files.
 */
#define UT_TYPE_APPLICATION (ut_application_get_type ())
G_DECLARE_FINAL_TYPE (UtApplication, ut_application, UT, APPLICATION, AdwApplication)

/** ut_application_new: (transfer full): the application, not yet registered. */
UtApplication *ut_application_new (void);

G_END_DECLS
