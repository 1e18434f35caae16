/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-grid.h"
#include "ut-cli-output.h"

G_BEGIN_DECLS

/**
 * UtCliRanking:
 *
 * The settings of a grid with the mean and the deviation of the best accuracies that their runs
 * reached, the best mean first.
 */
typedef struct UtCliRanking UtCliRanking;

/**
 * ut_cli_ranking_new:
 * @grid: the grid.
 * @accuracies: of each configuration of @grid; NaN where there is none.
 * @n_accuracies: how many are known, at most as many as there are configurations.
 *
 * Returns: (transfer full): the settings of which there is any.
 */
UtCliRanking *ut_cli_ranking_new        (UtCliGrid    *grid,
                                         const double *accuracies,
                                         gsize         n_accuracies);
void          ut_cli_ranking_free       (UtCliRanking *self);

/** ut_cli_ranking_print: a table for people; nothing where there is no setting. */
void          ut_cli_ranking_print      (UtCliRanking *self,
                                         UtCliOutput  *output);

/** ut_cli_ranking_write_json: one JSON object on a line of its own. */
void          ut_cli_ranking_write_json (UtCliRanking *self,
                                         UtCliOutput  *output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliRanking, ut_cli_ranking_free)

G_END_DECLS
