/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * ut_cli_model_load:
 * @command: who asks, for messages.
 * @paths: (nullable) (array zero-terminated=1): what --model named, once or more often.
 * @status: (out): the exit status, where there is no model.
 *
 * Says what is wrong.
 *
 * Returns: (transfer full) (nullable): the model, of several files their mean.
 */
UtModel *ut_cli_model_load (const char   *command,
                            char        **paths,
                            UtCliStatus  *status);

G_END_DECLS
