/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-table.h"

G_BEGIN_DECLS

/**
 * UtCompareVerdict:
 *
 * What stands under the table of runs: a sentence about the two rows that are selected, whether
 * their difference is real; and, where the best of many is chosen, that it looks better than it is,
 * with the line that tests it once. What the sentence needs is read while the person goes on; another
 * selection gives that up. Composite template `ui/ut-compare-verdict.ui`; main thread.
 *
 * Accessibility: the sentence can be selected and has the role of a status.
 */
#define UT_TYPE_COMPARE_VERDICT (ut_compare_verdict_get_type ())
G_DECLARE_FINAL_TYPE (UtCompareVerdict, ut_compare_verdict, UT, COMPARE_VERDICT, GtkBox)

/** ut_compare_verdict_set_table: it is about what is selected in @table, which has a session; once. */
void ut_compare_verdict_set_table (UtCompareVerdict *self,
                                   UtCompareTable   *table,
                                   UtSession        *session);

G_END_DECLS
