/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-command.h"
#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

static const UtCliCommand commands[] = {
  { "train", N_("Train a recurrent network on labelled sentences"), ut_cli_train },
  { "sweep", N_("Train a grid of settings, each with several seeds"), ut_cli_sweep },
  { "resume", N_("Go on with a run that was stopped, or train it further"), ut_cli_resume },
  { "reproduce", N_("Train a run again and see whether it is the same"), ut_cli_reproduce },
  { "runs", N_("List, show, name, tag, copy and delete the runs that are kept"), ut_cli_runs },
  { "compare", N_("Say which runs are best, and whether that may be chance"), ut_cli_compare },
  { "export", N_("Write figures, numbers, tables and a report of runs"), ut_cli_export },
  { "evaluate", N_("Measure a model on labelled sentences"), ut_cli_evaluate },
  { "calibrate", N_("Make a model as sure of its answers as it is right"), ut_cli_calibrate },
  { "predict", N_("Ask a model what it makes of a text, word by word"), ut_cli_predict },
  { "explain", N_("Say what each word is worth to a model's answer"), ut_cli_explain },
  { "cells", N_("Say what goes on inside of a model's cell"), ut_cli_cells },
  { "classify", N_("Ask a model about the texts of a file, and write its answers"),
    ut_cli_classify },
  { "nearest", N_("Say which words lie near each other in a model"), ut_cli_nearest },
  { "import", N_("Read labelled reviews of many forms into a data set"), ut_cli_import },
  { "tokenize", N_("Write a text the way SST-2 does"), ut_cli_tokenize },
  { "get", N_("Fetch public data and word vectors"), ut_cli_get },
  { "benchmark", N_("Measure how fast this machine trains and answers"), ut_cli_benchmark },
};

static UtCliStatus
print_help (void)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  ut_cli_output_printf (output, "%s\n  %s %s\n\n", _("Usage:"), UT_CLI_PROGRAM,
                        _("COMMAND [OPTION…]"));
  ut_cli_output_printf (output, "%s\n\n%s\n",
                        _("Trains recurrent sentiment classifiers and asks them about a text."),
                        _("Commands:"));
  ut_cli_command_print_list (commands, G_N_ELEMENTS (commands), output);
  ut_cli_output_printf (output, "\n%s\n  %-10s  %s\n  %-10s  %s\n", _("Options:"),
                        "-h, --help", _("Show this help and exit"),
                        "--version", _("Show the version and exit"));
  ut_cli_output_printf (output, "\n%s\n  %s\n  %s\n\n%s\n  %s\n",
                        _("A first model, from made-up reviews, and a first question:"),
                        "undertone-cli train --output first.safetensors",
                        "echo 'Not bad at all.' | undertone-cli predict --model first.safetensors",
                        _("What a command does and takes:"),
                        "undertone-cli COMMAND --help");
  ut_cli_output_printf (output, "\n%s\n",
                        _("Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted."));
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

static UtCliStatus
print_version (void)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  ut_cli_output_printf (output, "%s %s\n", UT_CLI_PROGRAM, PACKAGE_VERSION);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

/* The first file opened would take the place of a standard stream that is closed, and receive what
 * is printed. What stands in for it fails to be read or written, as a closed one does. */
static gboolean
reserve_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0
        && open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
      return FALSE;
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  if (!reserve_standard_streams ())
    return UT_CLI_FAILED;
  /* A reader that goes away is seen by the failed write; it must not end a training. */
  signal (SIGPIPE, SIG_IGN);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (UT_CLI_PROGRAM);

  if (argc < 2)
    return ut_cli_wrong_usage (NULL, "%s", _("A command is missing"));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return print_help ();
  if (g_str_equal (argv[1], "--version"))
    return print_version ();
  if (argv[1][0] == '-')
    return ut_cli_wrong_usage (NULL, _("A command must come before “%s”"), argv[1]);

  const UtCliCommand *command = ut_cli_command_find (commands, G_N_ELEMENTS (commands), argv[1]);

  if (command == NULL)
    return ut_cli_wrong_usage (NULL, _("There is no command “%s”"), argv[1]);
  return command->run (argc - 1, argv + 1);
}
