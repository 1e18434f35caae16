/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtClassifySummary:
 *
 * What came out when a file was classified: how many texts were answered how, the accuracy and the
 * confusion matrix where there are labels, whose meanings can be changed, and the rows that cannot
 * be used. Composite template `ui/ut-classify-summary.ui`; main thread.
 *
 * Signals: ::cell-activated (label as a guint, whether the answer is right): a cell of the matrix
 * was pressed; ::meaning-changed: labels mean something else now.
 */
#define UT_TYPE_CLASSIFY_SUMMARY (ut_classify_summary_get_type ())
G_DECLARE_FINAL_TYPE (UtClassifySummary, ut_classify_summary, UT, CLASSIFY_SUMMARY, AdwBin)

/** ut_classify_summary_show: sums @classification up, which must outlive the widget's use, and
 * whose answers are @run's. To be called once. */
void ut_classify_summary_show (UtClassifySummary *self,
                               UtRun             *run,
                               UtClassification  *classification);

G_END_DECLS
