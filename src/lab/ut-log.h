/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-metrics.h"
#include "ut-probe.h"

G_BEGIN_DECLS

/*
 * The lines of a run's log, one JSON object each: a file gets them while the run trains, and the
 * terminal program prints them. Any thread.
 */

/** ut_log_append_point: the line of a step. */
void ut_log_append_point (GString       *log,
                          const UtPoint *point);
/** ut_log_append_epoch: the line of an epoch. */
void ut_log_append_epoch (GString       *log,
                          const UtEpoch *epoch);
/** ut_log_append_look: a line for each sentence that was asked. */
void ut_log_append_look  (GString           *log,
                          const UtProbeLook *look);
/** ut_log_append_error: the line of what ended a run that failed. */
void ut_log_append_error (GString       *log,
                          const char    *message);
/** ut_log_append_done: the last line of any other run; @best is NULL where nothing was checked. */
void ut_log_append_done  (GString       *log,
                          const UtEpoch *best,
                          double         seconds);

G_END_DECLS
