/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"

#include "ut-cli-output.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* One write for the whole message, so that lines of several programs do not mix. What a message
 * quotes, an argument or the name of a file, may hold any bytes. */
static void
write_message (const char *message)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDERR_FILENO);
  g_autofree char *valid = g_utf8_make_valid (message, -1);

  ut_cli_output_print (output, UT_CLI_PROGRAM ": ");
  ut_cli_output_print_safely (output, valid, strlen (valid));
  ut_cli_output_print (output, "\n");
}

void
ut_cli_say (const char *format,
            ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  write_message (message);
}

UtCliStatus
ut_cli_fail (const GError *error)
{
  g_assert (error != NULL);

  write_message (error->message);
  return UT_CLI_FAILED;
}

UtCliStatus
ut_cli_wrong_usage (const char *command,
                    const char *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  write_message (message);

  g_autofree char *help = command == NULL
    ? g_strdup (UT_CLI_PROGRAM " --help")
    : g_strdup_printf (UT_CLI_PROGRAM " %s --help", command);
  g_autofree char *advice = g_strdup_printf (_("“%s” says more."), help);
  write_message (advice);
  return UT_CLI_USAGE;
}

/* Returns the option whose file has an empty name, which no file has, or NULL. */
static const GOptionEntry *
find_empty_name (const GOptionEntry *entries)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (entry->arg == G_OPTION_ARG_FILENAME)
      {
        const char * const *name = entry->arg_data;

        if (*name != NULL && **name == '\0')
          return entry;
      }
    else if (entry->arg == G_OPTION_ARG_FILENAME_ARRAY)
      {
        const char * const * const *names = entry->arg_data;

        if (*names != NULL && g_strv_contains (*names, ""))
          return entry;
      }
  return NULL;
}

char *
ut_cli_dup_operand (const UtCliHelp *help,
                    const char      *operand,
                    UtCliStatus     *status)
{
  char *text = g_locale_to_utf8 (operand, -1, NULL, NULL, NULL);

  if (text == NULL)
    *status = ut_cli_wrong_usage (help->command, _("“%s” is not text in this locale"), operand);
  return text;
}

gboolean
ut_cli_parse (const UtCliHelp    *help,
              const GOptionEntry *entries,
              int                *argc,
              char             ***argv,
              UtCliStatus        *status)
{
  gboolean wanted = FALSE;
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wanted, N_("Show this help and exit"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (help->operands != NULL
                                                              ? _(help->operands) : NULL);
  g_autoptr (GError) error = NULL;

  /* GLib's own --help ends the program without a look at whether its output could be written. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, help->strict);
  g_option_context_set_summary (context, _(help->summary));
  g_option_context_set_description (context, _(help->examples));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *status = ut_cli_wrong_usage (help->command, "%s", error->message);
      return FALSE;
    }

  if (wanted)
    {
      g_autofree char *program = g_strdup_printf (UT_CLI_PROGRAM " %s", help->command);
      g_set_prgname (program);
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
      g_set_prgname (UT_CLI_PROGRAM);
      g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

      ut_cli_output_print (output, text);
      *status = ut_cli_output_finish (output, UT_CLI_DONE);
      return FALSE;
    }

  const GOptionEntry *empty = find_empty_name (entries);

  if (empty != NULL)
    {
      *status = ut_cli_wrong_usage (help->command, _("--%s: the name of a file was expected"),
                                    empty->long_name);
      return FALSE;
    }

  /* GLib leaves the "--" in front of an operand that looks like an option. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)++;
      (*argc)--;
    }
  if (*argc - 1 > help->n_operands)
    {
      *status = ut_cli_wrong_usage (help->command, _("One argument too many: “%s”"),
                                    (*argv)[help->n_operands + 1]);
      return FALSE;
    }

  return TRUE;
}
