/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-table.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_cli_epoch_table_new: (transfer full): a table of epochs, of which the titles are printed. */
UtCliTable *ut_cli_epoch_table_new   (UtCliOutput   *output);

/** ut_cli_epoch_table_print: a row of it; @best is marked. */
void        ut_cli_epoch_table_print (UtCliTable    *table,
                                      const UtEpoch *epoch,
                                      gboolean       best);

G_END_DECLS
