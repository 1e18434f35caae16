/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-setting-row.h"

G_BEGIN_DECLS

/**
 * UtSpinRow:
 *
 * A numeric setting: range and step come from the table of settings; a logarithmic one is stepped by
 * a factor and accepts `1e-3`. What is typed and cannot be read stays, turns the row into
 * #UtFormRow:error, and the number stays what it was.
 */
#define UT_TYPE_SPIN_ROW (ut_spin_row_get_type ())
G_DECLARE_FINAL_TYPE (UtSpinRow, ut_spin_row, UT, SPIN_ROW, UtSettingRow)

G_END_DECLS
