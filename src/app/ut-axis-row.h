/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-stacked-row.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtAxisRow:
 *
 * A setting of which several values are tried in turn, and these values ("32, 64, 128"). What cannot
 * be read stays and turns the row into an error, which stands below.
 *
 * Signal ::changed when it says something else.
 */
#define UT_TYPE_AXIS_ROW (ut_axis_row_get_type ())
G_DECLARE_FINAL_TYPE (UtAxisRow, ut_axis_row, UT, AXIS_ROW, UtStackedRow)

/** ut_axis_row_get_setting: whether a setting is chosen; @setting receives it. */
gboolean      ut_axis_row_get_setting (UtAxisRow  *self,
                                       UtSetting  *setting);
/**
 * ut_axis_row_get_values: (transfer none) (nullable) (array length=n_values): the values; %NULL where
 * there is no setting, or they cannot be read.
 */
const double *ut_axis_row_get_values  (UtAxisRow  *self,
                                       gsize      *n_values);
/** ut_axis_row_refuse: @reason (nullable): why its setting cannot be tried, although its values can
 * be read. */
void          ut_axis_row_refuse      (UtAxisRow  *self,
                                       const char *reason);
/** ut_axis_row_set: chooses @setting, with the values @text; %NULL chooses none. */
void          ut_axis_row_set         (UtAxisRow  *self,
                                       UtSetting   setting,
                                       const char *text);

G_END_DECLS
