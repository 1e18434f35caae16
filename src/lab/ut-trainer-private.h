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

/** _ut_trainer_hold: has it write nothing from its next turn on; an update says that it does not any
 * more, by the number that this returns. */
guint _ut_trainer_hold       (UtTrainer  *self);
/** _ut_trainer_release: lets it go on, in the store at the path @store (nullable) and in the folder
 * that its run has there, where the run was copied to while it was held. */
void _ut_trainer_release     (UtTrainer  *self,
                              const char *store);

G_END_DECLS
