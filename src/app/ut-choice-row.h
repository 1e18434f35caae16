/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-setting-row.h"

G_BEGIN_DECLS

/**
 * UtChoiceRow:
 *
 * A setting that is one of a list; the number is its place there.
 */
#define UT_TYPE_CHOICE_ROW (ut_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (UtChoiceRow, ut_choice_row, UT, CHOICE_ROW, UtSettingRow)

G_END_DECLS
