/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_cli_facts_print: a line that says @text, below its translated @title, which may be "". */
void ut_cli_facts_print          (UtCliOutput *output,
                                  const char  *title,
                                  const char  *text);

/** ut_cli_facts_print_settings: what is trained; @corpus is nullable, and counts the weights. */
void ut_cli_facts_print_settings (UtCliOutput *output,
                                  UtConfig    *config,
                                  UtCorpus    *corpus);

G_END_DECLS
