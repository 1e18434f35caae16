/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/** UT_CLI_COMPARISON_MAX_ALL: of more runs than these not all pairs are tested, but each run with the
 * best one of its group. */
#define UT_CLI_COMPARISON_MAX_ALL 20

/**
 * ut_cli_comparison_json_append:
 * @json: receives an object.
 * @comparison: runs with their answers.
 * @failures: (array): (n_runs) (nullable): why the answers of a run are not known.
 *
 * Groups with their runs and settings, the tests of pairs of runs and of settings, and in what the
 * runs differ.
 */
void ut_cli_comparison_json_append (GString            *json,
                                    const UtComparison *comparison,
                                    char              **failures);

G_END_DECLS
