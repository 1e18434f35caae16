/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-form-row.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtSpinRow:
 *
 * A numeric setting: title, range and step come from the table of settings; a logarithmic one is
 * stepped by a factor and accepts `1e-3`. What is typed and cannot be read stays, turns the row
 * into #UtFormRow:error, and the value stays what it was.
 *
 * Properties: setting (construct only, its key), value.
 */
#define UT_TYPE_SPIN_ROW (ut_spin_row_get_type ())
G_DECLARE_FINAL_TYPE (UtSpinRow, ut_spin_row, UT, SPIN_ROW, UtFormRow)

UtSetting ut_spin_row_get_setting (UtSpinRow *self);
double    ut_spin_row_get_value   (UtSpinRow *self);
void      ut_spin_row_set_value   (UtSpinRow *self,
                                   double     value);

/** ut_spin_row_find_setting: whether @key names a setting; @setting receives it. */
gboolean  ut_spin_row_find_setting (const char *key,
                                    UtSetting  *setting);

G_END_DECLS
