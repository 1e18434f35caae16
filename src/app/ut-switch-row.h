/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-form-row.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtSwitchRow:
 *
 * A setting that is on or off, titled by the table of settings.
 *
 * Properties: setting (construct only, its key), active.
 */
#define UT_TYPE_SWITCH_ROW (ut_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (UtSwitchRow, ut_switch_row, UT, SWITCH_ROW, UtFormRow)

UtSetting ut_switch_row_get_setting (UtSwitchRow *self);
gboolean  ut_switch_row_get_active  (UtSwitchRow *self);
void      ut_switch_row_set_active  (UtSwitchRow *self,
                                     gboolean     active);

G_END_DECLS
