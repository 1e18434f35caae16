/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-form-row.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtSettingRow:
 *
 * A row of the form for one setting, titled by the table of settings. It holds the setting's
 * number, however its widget shows it.
 *
 * Properties: setting (construct only, its key), number.
 */
#define UT_TYPE_SETTING_ROW (ut_setting_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (UtSettingRow, ut_setting_row, UT, SETTING_ROW, UtFormRow)

/**
 * UtSettingRowClass:
 * @show_number: lets the widget show the row's number.
 */
struct _UtSettingRowClass
{
  UtFormRowClass parent_class;

  void (*show_number) (UtSettingRow *self);
};

UtSetting ut_setting_row_get_setting (UtSettingRow *self);
double    ut_setting_row_get_number  (UtSettingRow *self);
/** ut_setting_row_set_number: @number is brought into the setting's range. */
void      ut_setting_row_set_number  (UtSettingRow *self,
                                      double        number);

/** ut_setting_row_take_number: for subclasses: @number, in range, is what the widget shows. */
void      ut_setting_row_take_number (UtSettingRow *self,
                                      double        number);

/** ut_setting_row_bind: binds the number to the setting's key in @settings, both ways. */
void      ut_setting_row_bind        (UtSettingRow *self,
                                      GSettings    *settings);

G_END_DECLS
