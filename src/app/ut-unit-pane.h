/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtUnitPane:
 *
 * The training phrases that move a unit most, at either end of its range; activating one asks it
 * on the page Predict. They are found for all units at once, when the first one is looked at.
 * Hidden without a unit. Composite template `ui/ut-unit-pane.ui`; main thread.
 *
 * Signals: ::closed: the person is done with the unit.
 */
#define UT_TYPE_UNIT_PANE (ut_unit_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtUnitPane, ut_unit_pane, UT, UNIT_PANE, GtkBox)

/**
 * ut_unit_pane_set_model:
 * @model: (nullable): whose units they are.
 * @config: (nullable): of its run, which says where the training rows are.
 *
 * Another run's model has other units: the pane hides. A later state of the same run leaves what
 * was found until a unit is looked at again.
 */
void       ut_unit_pane_set_model (UtUnitPane *self,
                                   UtModel    *model,
                                   UtConfig   *config);

/** ut_unit_pane_show_unit: shows the phrases of @unit, counted from 0 as the others. */
void       ut_unit_pane_show_unit (UtUnitPane *self,
                                   guint       layer,
                                   guint       direction,
                                   guint       unit);

/** ut_unit_pane_hide_unit: stops looking. */
void       ut_unit_pane_hide_unit (UtUnitPane *self);

G_END_DECLS
