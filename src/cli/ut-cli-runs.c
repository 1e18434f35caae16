/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-runs.h"

#include "ut-cli-command.h"
#include "ut-cli-error.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const UtCliCommand commands[] = {
  { "list", N_("List the runs, the newest first"), ut_cli_runs_list },
  { "show", N_("Tell all that is known of a run"), ut_cli_runs_show },
  { "rename", N_("Give a run another name"), ut_cli_runs_rename },
  { "tag", N_("Put words on a run, or take them off"), ut_cli_runs_tag },
  { "note", N_("Write a note about a run"), ut_cli_runs_note },
  { "export", N_("Copy a run into a folder, with its model and log"), ut_cli_runs_export },
  { "import", N_("Add a run from such a folder"), ut_cli_runs_import },
  { "delete", N_("Put runs into the trash"), ut_cli_runs_delete },
  { "restore", N_("Take runs out of the trash"), ut_cli_runs_restore },
  { "empty-trash", N_("Delete for good what is in the trash"), ut_cli_runs_empty_trash },
  { "repair", N_("Put the last copy in the place of a damaged store"), ut_cli_runs_repair },
};

static UtCliStatus
print_help (void)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  ut_cli_output_printf (output, "%s\n  %s runs %s\n\n", _("Usage:"), UT_CLI_PROGRAM,
                        _("COMMAND [OPTION…]"));
  ut_cli_output_printf (output, "%s\n\n%s\n",
                        _("What is done with the runs that are kept, by the window or by\n"
                          "“train --keep”. Either program sees at once what the other does."),
                        _("Commands:"));
  ut_cli_command_print_list (commands, G_N_ELEMENTS (commands), output);
  ut_cli_output_printf (output, "\n%s\n  %-10s  %s\n", _("Options:"), "-h, --help",
                        _("Show this help and exit"));
  ut_cli_output_printf (output, "\n%s\n",
                        _("A RUN is a name, where one run has it, an id, or the beginning of one.\n"
                          "A run that another program is training is listed, and only changed "
                          "there."));
  ut_cli_output_printf (output, "\n%s\n  %s\n", _("What a command does and takes:"),
                        "undertone-cli runs COMMAND --help");
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_runs (int    argc,
             char **argv)
{
  if (argc < 2)
    return ut_cli_wrong_usage ("runs", "%s", _("A command is missing"));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return print_help ();
  if (argv[1][0] == '-')
    return ut_cli_wrong_usage ("runs", _("A command must come before “%s”"), argv[1]);

  const UtCliCommand *command = ut_cli_command_find (commands, G_N_ELEMENTS (commands), argv[1]);

  if (command == NULL)
    return ut_cli_wrong_usage ("runs", _("There is no command “%s”"), argv[1]);
  return command->run (argc - 1, argv + 1);
}
