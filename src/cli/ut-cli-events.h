/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/*
 * A training as the events of its log, one JSON object a line.
 */

/** ut_cli_events_write_update: writes the new steps, epochs and looks in the order in which they were. */
void ut_cli_events_write_update (UtCliOutput            *output,
                                 const UtTrainerUpdate  *update);

/** ut_cli_events_write_run: the steps, epochs and looks of a whole run, whose points must be there. */
void ut_cli_events_write_run    (UtCliOutput            *output,
                                 UtRun                  *run);

/** ut_cli_events_write_end: writes how a run ended that did not fail. */
void ut_cli_events_write_end    (UtCliOutput            *output,
                                 const UtTrainingResult *result);

/** ut_cli_events_write_error: writes what ended a run that failed. */
void ut_cli_events_write_error  (UtCliOutput            *output,
                                 const GError           *error);

G_END_DECLS
