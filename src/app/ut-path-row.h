/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-stacked-row.h"

G_BEGIN_DECLS

/**
 * UtPathRow:
 *
 * A row with a file: a path to type, paste or drop, and a button that asks for it.
 *
 * Properties: path (never %NULL, "" for none), placeholder (what stands there instead).
 */
#define UT_TYPE_PATH_ROW (ut_path_row_get_type ())
G_DECLARE_FINAL_TYPE (UtPathRow, ut_path_row, UT, PATH_ROW, UtStackedRow)

const char *ut_path_row_get_path  (UtPathRow  *self);
void        ut_path_row_set_path  (UtPathRow  *self,
                                   const char *path);

G_END_DECLS
