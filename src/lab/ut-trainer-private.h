/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-trainer.h"

G_BEGIN_DECLS

/** _ut_trainer_set_journal: points and epochs go into the store at the path @store, too, as those of
 * the run @run_id, which is there and belongs to this program; before the start. */
void _ut_trainer_set_journal (UtTrainer  *self,
                              const char *store,
                              const char *run_id);

G_END_DECLS
