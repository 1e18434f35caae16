/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

G_BEGIN_DECLS

/**
 * UtCliCommand:
 * @name: as it is typed.
 * @summary: what it does, to be translated.
 * @run: does it; argv[0] is the name.
 *
 * A command.
 */
typedef struct
{
  const char *name;
  const char *summary;
  UtCliStatus (*run) (int    argc,
                      char **argv);
} UtCliCommand;

/** ut_cli_command_find: (transfer none) (nullable): the command called @name. */
const UtCliCommand *ut_cli_command_find       (const UtCliCommand *commands,
                                               gsize               n_commands,
                                               const char         *name);

/** ut_cli_command_print_list: prints a line for each command. */
void                ut_cli_command_print_list (const UtCliCommand *commands,
                                               gsize               n_commands,
                                               UtCliOutput        *output);

G_END_DECLS
