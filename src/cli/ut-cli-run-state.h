/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_cli_run_state_get_nick: (transfer none): what options and JSON call @state. */
const char *ut_cli_run_state_get_nick  (UtRunState   state);

/** ut_cli_run_state_from_nick: whether @nick names a state; @state receives it. */
gboolean    ut_cli_run_state_from_nick (const char  *nick,
                                        UtRunState  *state);

/** ut_cli_run_state_list: (transfer full): "queued, preparing, …" of those that are kept. */
char       *ut_cli_run_state_list      (void);

/** ut_cli_run_state_describe: (transfer full): how @run is, for a person. */
char       *ut_cli_run_state_describe  (UtRun       *run);

G_END_DECLS
