/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The terminal program: the commands of `undertone-cli` on top of `lab`, `data` and `text`; never
 * GTK.
 *
 * Each command is one function in a file of its own. It gets its own part of the command line,
 * argv[0] being the command's name, and returns the exit status of the program. Everything runs on
 * the main thread; only a trainer and a fetch have a worker. What a command prints goes through
 * #UtCliOutput, so that a reader that went away or a full disk is noticed; what is underway is shown
 * by #UtCliProgress on standard error; what went wrong is reported by the functions of
 * ut-cli-error.h.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtCliStatus:
 * @UT_CLI_DONE: all went well.
 * @UT_CLI_FAILED: a file, a model or the training was at fault; the reason was printed.
 * @UT_CLI_USAGE: the command line was at fault; the reason was printed.
 * @UT_CLI_INTERRUPTED: ended by a signal, what there was is saved.
 *
 * The exit status of the program.
 */
typedef enum
{
  UT_CLI_DONE = 0,
  UT_CLI_FAILED = 1,
  UT_CLI_USAGE = 2,
  UT_CLI_INTERRUPTED = 130,
} UtCliStatus;

/** ut_cli_train: trains a model. */
UtCliStatus ut_cli_train    (int    argc,
                             char **argv);
/** ut_cli_sweep: trains a grid of settings. */
UtCliStatus ut_cli_sweep    (int    argc,
                             char **argv);
/** ut_cli_resume: goes on with a run. */
UtCliStatus ut_cli_resume   (int    argc,
                             char **argv);
/** ut_cli_reproduce: trains a run again. */
UtCliStatus ut_cli_reproduce (int    argc,
                              char **argv);
/** ut_cli_runs: what is done with the runs that are kept. */
UtCliStatus ut_cli_runs     (int    argc,
                             char **argv);
/** ut_cli_compare: says which runs are best, and whether that may be chance. */
UtCliStatus ut_cli_compare  (int    argc,
                             char **argv);
/** ut_cli_export: writes runs down for others. */
UtCliStatus ut_cli_export   (int    argc,
                             char **argv);
/** ut_cli_evaluate: measures a model on labelled sentences. */
UtCliStatus ut_cli_evaluate (int    argc,
                             char **argv);
/** ut_cli_calibrate: makes a model as sure as it is right. */
UtCliStatus ut_cli_calibrate (int    argc,
                              char **argv);
/** ut_cli_predict: asks a model what it makes of a text. */
UtCliStatus ut_cli_predict  (int    argc,
                             char **argv);
/** ut_cli_cells: says what goes on inside of a model's cell. */
UtCliStatus ut_cli_cells    (int    argc,
                             char **argv);
/** ut_cli_explain: says what each word is worth to a model's answers. */
UtCliStatus ut_cli_explain  (int    argc,
                             char **argv);
/** ut_cli_classify: asks a model about the texts of a file. */
UtCliStatus ut_cli_classify (int    argc,
                             char **argv);
/** ut_cli_import: reads labelled reviews into a data set. */
UtCliStatus ut_cli_import   (int    argc,
                             char **argv);
/** ut_cli_tokenize: writes a text as SST-2 would. */
UtCliStatus ut_cli_tokenize (int    argc,
                             char **argv);
/** ut_cli_nearest: says which words lie near each other. */
UtCliStatus ut_cli_nearest  (int    argc,
                             char **argv);
/** ut_cli_get: fetches public data. */
UtCliStatus ut_cli_get      (int    argc,
                             char **argv);
/** ut_cli_benchmark: measures this machine. */
UtCliStatus ut_cli_benchmark (int    argc,
                              char **argv);

G_END_DECLS
