/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtConfusionGrid:
 *
 * The confusion matrix of a run: how many rows of which label it answered how, as counts and shares,
 * and its accuracy with an interval of 95 %. Each cell is a button. Main thread.
 *
 * Signal ::cell-activated (label as a guint, whether the answer is right): a cell was pressed.
 */
#define UT_TYPE_CONFUSION_GRID (ut_confusion_grid_get_type ())
G_DECLARE_FINAL_TYPE (UtConfusionGrid, ut_confusion_grid, UT, CONFUSION_GRID, GtkBox)

/** ut_confusion_grid_new: without a run. */
GtkWidget *ut_confusion_grid_new (void);

/** ut_confusion_grid_set: shows @confusion, which is @run's. */
void       ut_confusion_grid_set (UtConfusionGrid   *self,
                                  UtRun             *run,
                                  const UtConfusion *confusion);

G_END_DECLS
