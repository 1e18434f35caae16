/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * ut_cli_map_write:
 * @path: (nullable): where to; nowhere is fine, too.
 * @map: (nullable): what an interrupted run may not have.
 * @corpus: the data that it is of.
 *
 * Writes how the rows were learned; says what is wrong, and where there is nothing to write.
 *
 * Returns: the exit status.
 */
UtCliStatus ut_cli_map_write (const char *path,
                              UtDataMap  *map,
                              UtCorpus   *corpus);

G_END_DECLS
