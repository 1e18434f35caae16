/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot.h"

G_BEGIN_DECLS

/**
 * UtPlotRow:
 *
 * One line of a table; only its number, since the table has the values.
 */
#define UT_TYPE_PLOT_ROW (ut_plot_row_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotRow, ut_plot_row, UT, PLOT_ROW, GObject)

guint        _ut_plot_row_get_index       (UtPlotRow   *self);

/**
 * UtPlotTable:
 *
 * The values per epoch of a plot's shown series as they were when the table was made: a list
 * model of #UtPlotRow, one for each epoch. Column 0 is the number of the epoch, the others are the
 * %UT_PLOT_SERIES_MARKS series. Where there is a %UT_PLOT_SERIES_LOOKS series, columns are all of
 * these, and there is a row for each step that one of them has. Main thread.
 */
#define UT_TYPE_PLOT_TABLE (ut_plot_table_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotTable, ut_plot_table, UT, PLOT_TABLE, GObject)

UtPlotTable *_ut_plot_table_new           (UtPlot      *plot);
guint        _ut_plot_table_get_n_columns (UtPlotTable *self);
/** _ut_plot_table_dup_title: (transfer full): what @column holds. */
char        *_ut_plot_table_dup_title     (UtPlotTable *self,
                                           guint        column);
/** _ut_plot_table_get_value: NaN where the run has no such epoch or step, or had no number there. */
double       _ut_plot_table_get_value     (UtPlotTable *self,
                                           guint        row,
                                           guint        column);

G_END_DECLS
