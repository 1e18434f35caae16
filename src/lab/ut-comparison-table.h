/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-comparison.h"
#include "ut-table-text.h"

G_BEGIN_DECLS

/** ut_standing_describe: (transfer none): "best", "≈ best", or nothing; translated. */
const char  *ut_standing_describe             (UtStanding          standing);

/**
 * ut_comparison_make_run_table:
 * @self: the comparison.
 *
 * Returns: (transfer full): a row for each run, group by group, the best first: its figures, how it
 *   stands to the best, and the settings in which the runs differ. Heads are translated; numbers are
 *   as programs read them.
 */
UtTableText *ut_comparison_make_run_table     (const UtComparison *self);

/** ut_comparison_make_setting_table: (transfer full): likewise, a row for each setting: over how many
 * seeds, mean, deviation and the interval of the mean. */
UtTableText *ut_comparison_make_setting_table (const UtComparison *self);

G_END_DECLS
