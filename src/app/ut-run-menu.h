/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_run_menu_fill: puts into @menu, in the place of what is in it, the commands for @run that its
 * kind and its state allow; they are actions of the window, by the run's id. */
void ut_run_menu_fill (GMenu *menu,
                       UtRun *run);

G_END_DECLS
