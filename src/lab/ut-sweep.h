/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

G_BEGIN_DECLS

/** UT_SWEEP_MAX_RUNS: the most runs of a sweep. */
#define UT_SWEEP_MAX_RUNS 1000

/**
 * UtSweepAxis:
 * @setting: a setting.
 * @n_values: how many, at least 1.
 * @values: (array length=n_values): that it takes in turn.
 */
typedef struct
{
  UtSetting setting;
  gsize n_values;
  const double *values;
} UtSweepAxis;

/**
 * ut_sweep_axis_parse:
 * @setting: what the values are of.
 * @text: "32, 64, 128": one or more values as ut_setting_parse() reads them, between commas, or
 *   semicolons where the person's decimal sign is the comma.
 * @n_values: (out): how many there are.
 * @error: which value is wrong, and why; also a value that is there twice.
 *
 * Returns: (transfer full) (nullable) (array length=n_values): the values.
 */
double    *ut_sweep_axis_parse (UtSetting           setting,
                                const char         *text,
                                gsize              *n_values,
                                GError            **error);

/**
 * ut_sweep_expand:
 * @base: what all runs have in common; its seed is the first one.
 * @cells: (array length=n_cells): the cells to train, at least one.
 * @n_cells: how many.
 * @axes: (nullable) (array length=n_axes): the fields of the grid; the last one changes the fastest.
 * @n_axes: how many.
 * @n_seeds: runs of each setting, at least 1, with seeds that follow each other.
 * @error: where a setting is outside its range or the seed, or there are more runs than %UT_SWEEP_MAX_RUNS.
 *
 * A full grid: each combination of values, and of that each cell, and of that each seed.
 *
 * Returns: (transfer full) (nullable) (element-type UtConfig): what to train, in this order.
 */
GPtrArray *ut_sweep_expand     (UtConfig           *base,
                                const UtCellKind   *cells,
                                gsize               n_cells,
                                const UtSweepAxis  *axes,
                                gsize               n_axes,
                                guint               n_seeds,
                                GError            **error);

G_END_DECLS
