/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-setting-row.h"

G_BEGIN_DECLS

/**
 * UtSwitchRow:
 *
 * A setting that is on (1) or off (0).
 */
#define UT_TYPE_SWITCH_ROW (ut_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (UtSwitchRow, ut_switch_row, UT, SWITCH_ROW, UtSettingRow)

G_END_DECLS
