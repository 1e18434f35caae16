/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-report.h"

G_BEGIN_DECLS

/**
 * UtReportFacts:
 * @comparison: (owned): the runs, with what they answered, where that could be read.
 * @troubles: (owned) (element-type utf8): by run: why its answers could not be read; %NULL where they
 *   were.
 * @curves: (owned): an SVG picture.
 * @date: microseconds since 1970; 0 for none.
 *
 * What a report is made of.
 */
typedef struct
{
  UtComparison *comparison;
  GPtrArray    *troubles;
  GBytes       *curves;
  gint64        date;
} UtReportFacts;

/** _ut_report_write: (transfer full): the page. Main thread. */
GBytes *_ut_report_write       (const UtReportFacts *facts);

/* Parts of the page; each appends a section, or nothing where there is nothing to say. */

/* ut-report-runs.c */
void    _ut_report_append_runs     (GString             *html,
                                    const UtReportFacts *facts);
void    _ut_report_append_tests    (GString             *html,
                                    const UtReportFacts *facts);
void    _ut_report_append_settings (GString             *html,
                                    const UtReportFacts *facts);
void    _ut_report_append_sources  (GString             *html,
                                    const UtReportFacts *facts);

/* ut-report-rows.c */
void    _ut_report_append_confusion (GString             *html,
                                     const UtReportFacts *facts);
void    _ut_report_append_rows      (GString             *html,
                                     const UtReportFacts *facts);

/** _ut_report_append_cell: a cell of a table; @is_number aligns it at the right. */
void    _ut_report_append_cell (GString    *html,
                                const char *text,
                                gboolean    is_number);

/** _ut_report_append_number: a cell with @value and @n_digits behind the point, or a dash. */
void    _ut_report_append_number (GString *html,
                                  double   value,
                                  int      n_digits);

/** _ut_report_begin_table: a table and its heads (array zero-terminated=1), of which those from
 * @first_number on are over numbers. */
void    _ut_report_begin_table (GString           *html,
                                const char *const *heads,
                                guint              first_number);
void    _ut_report_end_table   (GString           *html);

G_END_DECLS
