/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Evaluations, runs and their parts as JSON.
 */
#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_cli_json_append_evaluation: {"examples","loss","accuracy","confusion":{…}}. */
void ut_cli_json_append_evaluation (GString            *json,
                                    const UtEvaluation *evaluation);

/**
 * ut_cli_json_append_summary: what `runs list` says of @run: the members of an object, without its
 * brackets.
 */
void ut_cli_json_append_summary    (GString            *json,
                                    UtRun              *run,
                                    gboolean            trashed);

/** ut_cli_json_append_text: ,"key":"text", or null where @text is %NULL. */
void ut_cli_json_append_text       (GString            *json,
                                    const char         *key,
                                    const char         *text);

/** ut_cli_json_append_time: ,"key":"2026-11-29T08:55:31Z"; @time is in microseconds since 1970. */
void ut_cli_json_append_time       (GString            *json,
                                    const char         *key,
                                    gint64              time);

G_END_DECLS
