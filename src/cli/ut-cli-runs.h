/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The commands below `undertone-cli runs`: argv[0] is the name of each.
 */
#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

UtCliStatus ut_cli_runs_list        (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_show        (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_rename      (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_tag         (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_note        (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_export      (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_import      (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_delete      (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_restore     (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_empty_trash (int    argc,
                                     char **argv);
UtCliStatus ut_cli_runs_repair      (int    argc,
                                     char **argv);

G_END_DECLS
