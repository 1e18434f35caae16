/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-error.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliGrid:
 *
 * What the runs of a sweep differ in: values of some settings, cells and seeds.
 */
typedef struct UtCliGrid UtCliGrid;

/**
 * ut_cli_grid_new:
 * @command: the command, for messages.
 * @base: what all runs have in common.
 * @grid: (nullable) (array zero-terminated=1): "hidden=32,64" each.
 * @cells: (nullable): "rnn,gru"; the cell of @base, where %NULL.
 * @seeds: (nullable): how many of them; 1, where %NULL.
 *
 * Says what is wrong.
 *
 * Returns: (transfer full) (nullable): the grid.
 */
UtCliGrid  *ut_cli_grid_new           (const char        *command,
                                       UtConfig          *base,
                                       char             **grid,
                                       const char        *cells,
                                       const char        *seeds);
void        ut_cli_grid_free          (UtCliGrid         *self);

/** ut_cli_grid_get_configs: (transfer none) (element-type UtConfig): what to train, in this
 * order. */
GPtrArray  *ut_cli_grid_get_configs   (UtCliGrid         *self);

/** ut_cli_grid_get_n_seeds: how many configurations that follow each other differ in the seed
 * only. */
guint       ut_cli_grid_get_n_seeds   (UtCliGrid         *self);

/** ut_cli_grid_get_n_axes: how many settings differ. */
gsize       ut_cli_grid_get_n_axes    (UtCliGrid         *self);

/** ut_cli_grid_get_option: (transfer none): what the person called the setting of @axis. */
const char *ut_cli_grid_get_option    (UtCliGrid         *self,
                                       gsize              axis);

/** ut_cli_grid_dup_value: (transfer full): its value in @config, for a person. */
char       *ut_cli_grid_dup_value     (UtCliGrid         *self,
                                       gsize              axis,
                                       UtConfig          *config);

/** ut_cli_grid_append_json: "cell":"gru","hidden-size":64,… of @config. */
void        ut_cli_grid_append_json   (UtCliGrid         *self,
                                       UtConfig          *config,
                                       GString           *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliGrid, ut_cli_grid_free)

G_END_DECLS
