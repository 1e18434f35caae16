/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-command.h"

#include <glib/gi18n.h>
#include <string.h>

/* The least width of the names. */
#define NAME_WIDTH 10

const UtCliCommand *
ut_cli_command_find (const UtCliCommand *commands,
                     gsize               n_commands,
                     const char         *name)
{
  for (gsize i = 0; i < n_commands; i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

void
ut_cli_command_print_list (const UtCliCommand *commands,
                           gsize               n_commands,
                           UtCliOutput        *output)
{
  int width = NAME_WIDTH;

  for (gsize i = 0; i < n_commands; i++)
    width = MAX (width, (int) strlen (commands[i].name));
  for (gsize i = 0; i < n_commands; i++)
    ut_cli_output_printf (output, "  %-*s  %s\n", width, commands[i].name, _(commands[i].summary));
}
