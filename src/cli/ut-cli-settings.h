/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-error.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliSettings:
 *
 * The options that say what is trained: data, preset, cell and settings, of each command that
 * trains.
 */
typedef struct UtCliSettings UtCliSettings;

/** ut_cli_settings_new: (transfer full): no option being given yet. */
UtCliSettings *ut_cli_settings_new         (void);
void           ut_cli_settings_free        (UtCliSettings      *self);

/**
 * ut_cli_settings_parse:
 * @self: receives what the options say.
 * @help: the command, which must outlive @self.
 * @own: (array length=n_own): further options of the command.
 * @n_own: how many.
 * @argc: (inout): length of @argv.
 * @argv: (inout): the command line; the options are taken out.
 * @status: (out): the exit status, where FALSE is returned.
 *
 * ut_cli_parse() with all options of the command. Says what is wrong.
 *
 * Returns: whether the command goes on.
 */
gboolean       ut_cli_settings_parse       (UtCliSettings      *self,
                                            const UtCliHelp    *help,
                                            const GOptionEntry *own,
                                            gsize               n_own,
                                            int                *argc,
                                            char             ***argv,
                                            UtCliStatus        *status);

/**
 * ut_cli_settings_make_config:
 * @self: the options.
 * @absolute: whether the configuration must name its files from any folder.
 * @status: (out): the exit status, where %NULL is returned.
 *
 * Says what is wrong.
 *
 * Returns: (transfer full) (nullable): what is to be trained.
 */
UtConfig      *ut_cli_settings_make_config (UtCliSettings      *self,
                                            gboolean            absolute,
                                            UtCliStatus        *status);

/**
 * ut_cli_settings_find:
 * @option: an option with a value or the key of a setting, without dashes.
 * @setting: (out): which setting it is.
 *
 * Returns: whether there is one.
 */
gboolean       ut_cli_settings_find        (const char         *option,
                                            UtSetting          *setting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliSettings, ut_cli_settings_free)

G_END_DECLS
