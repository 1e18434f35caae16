/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-answer.h"

G_BEGIN_DECLS

/** ut_cli_worth_write_json: one JSON object on a line of its own, of an answer whose words have a
 * worth. */
void ut_cli_worth_write_json (const UtCliAnswer *answer,
                              UtCliOutput       *output);

/**
 * ut_cli_worth_print: for people: ut_cli_answer_print(), and where there are no colours a line for
 * each word, with its worth in a column. Says where the worths do not add up to what they should.
 */
void ut_cli_worth_print      (const UtCliAnswer *answer,
                              UtCliOutput       *output);

G_END_DECLS
