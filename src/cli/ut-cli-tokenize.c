/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-input.h"
#include "ut-cli-output.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>
#include <ut-text.h>

static const UtCliHelp help = {
  .command = "tokenize",
  .operands = N_("[FILE|-]"),
  .n_operands = 1,
  .summary = N_("Writes each line of a text as SST-2 would: lower case, words, punctuation\n"
                "and contractions apart, one space between them. One line out for each line\n"
                "in. Without FILE, or where it is “-”, standard input is read."),
  .examples = N_("Example:\n"
                 "  echo \"It's good, isn't it?\" | undertone-cli tokenize"),
};

static void
write_tokens (UtCliOutput     *output,
              const UtCliLine *line)
{
  /* The tokenizer takes terminated text. */
  g_autofree char *text = g_strndup (line->text, line->length);
  g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, line->length);
  g_autofree char *joined = ut_tokens_join (tokens);

  ut_cli_output_write (output, joined, strlen (joined));
  ut_cli_output_write (output, "\n", 1);
}

UtCliStatus
ut_cli_tokenize (int    argc,
                 char **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;

  g_autoptr (GError) error = NULL;
  g_autoptr (UtCliInput) input = ut_cli_input_open (argv[1], &error);

  if (input == NULL)
    return ut_cli_fail (error);

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  UtCliLine line;

  while (!ut_cli_output_is_closed (output) && ut_cli_input_next (input, &line, &error))
    {
      write_tokens (output, &line);
      if (!ut_cli_input_has_line (input))
        ut_cli_output_flush (output);
    }

  status = ut_cli_output_finish (output, UT_CLI_DONE);
  return error != NULL ? ut_cli_fail (error) : status;
}
