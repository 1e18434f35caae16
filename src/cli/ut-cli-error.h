/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

/** UT_CLI_PROGRAM: what every message on standard error starts with. */
#define UT_CLI_PROGRAM "undertone-cli"

/** ut_cli_say: prints "undertone-cli: " and the text on standard error. */
void        ut_cli_say         (const char   *format,
                                ...) G_GNUC_PRINTF (1, 2);

/** ut_cli_fail: says what @error says; returns %UT_CLI_FAILED. */
UtCliStatus ut_cli_fail        (const GError *error);

/**
 * ut_cli_wrong_usage:
 * @command: (nullable): the command whose help tells more.
 * @format: what is wrong, in printf's manner.
 *
 * Returns: %UT_CLI_USAGE.
 */
UtCliStatus ut_cli_wrong_usage (const char   *command,
                                const char   *format,
                                ...) G_GNUC_PRINTF (2, 3);

/**
 * UtCliHelp:
 * @command: name of the command.
 * @operands: (nullable): what follows the options, as "[FILE|-]"; to be translated.
 * @n_operands: how many there may be.
 * @summary: what the command does; to be translated.
 * @examples: what stands below the options; to be translated.
 * @strict: whether options come before the operands, which may look like options.
 *
 * What `--help` says of a command beside its options.
 */
typedef struct
{
  const char *command;
  const char *operands;
  int n_operands;
  const char *summary;
  const char *examples;
  gboolean strict;
} UtCliHelp;

/**
 * ut_cli_dup_operand:
 * @help: the command.
 * @operand: as it was typed.
 * @status: (out): the exit status, where %NULL is returned.
 *
 * Says where it is no text in the locale's character set.
 *
 * Returns: (transfer full) (nullable): the text.
 */
char       *ut_cli_dup_operand (const UtCliHelp    *help,
                                const char         *operand,
                                UtCliStatus        *status);

/**
 * ut_cli_parse:
 * @help: the command.
 * @entries: its options.
 * @argc: (inout): length of @argv.
 * @argv: (inout): the command line; the options are taken out.
 * @status: (out): the exit status, where FALSE is returned.
 *
 * Reads the options of a command; `--help` prints the help and ends the command.
 *
 * Returns: whether the command goes on.
 */
gboolean    ut_cli_parse       (const UtCliHelp    *help,
                                const GOptionEntry *entries,
                                int                *argc,
                                char             ***argv,
                                UtCliStatus        *status);

G_END_DECLS
