/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-model.h"
#include "ut-cli-reader.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "predict",
  .operands = N_("[FILE|-]"),
  .n_operands = 1,
  .summary = N_("Asks a model what it makes of a text: for each sentence of a line its label\n"
                "and how sure the model is. On a terminal words are tinted by their own change\n"
                "of the answer. Without FILE, or where it is “-”, standard input is read. Of\n"
                "several models the mean of their logits answers.\n"
                "\n"
                "With --json a word of a model with subwords also has “guessed”: whether it was\n"
                "read by its parts alone; one of a model with attention has “attention”: its\n"
                "weight in the sentence, 0 to 1."),
  .examples = N_("Examples:\n"
                 "  echo 'Not bad at all.' | undertone-cli predict --model m.safetensors\n"
                 "  undertone-cli predict --model m.safetensors --json reviews.txt\n"
                 "  undertone-cli predict --model a.safetensors --model b.safetensors \\\n"
                 "    reviews.txt"),
};

UtCliStatus
ut_cli_predict (int    argc,
                char **argv)
{
  g_auto (GStrv) model_paths = NULL;
  gboolean json = FALSE;
  gboolean tokenized = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &model_paths,
      N_("A model that answers; needed, and may be repeated"), N_("MODEL") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_("One JSON object a sentence, with every word's answer"), NULL },
    { "tokenized", 0, 0, G_OPTION_ARG_NONE, &tokenized,
      N_("Each line is one sentence, its words are split at spaces"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;

  g_autoptr (UtModel) model = ut_cli_model_load (help.command, model_paths, &status);

  if (model == NULL)
    return status;

  const UtCliReading reading = {
    .model = model,
    .path = argv[1],
    .tokenized = tokenized,
    .legend = json ? NULL : _("A word's own change of the answer:"),
    .write = json ? ut_cli_answer_write_json : ut_cli_answer_print,
  };
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  return ut_cli_reader_run (&reading, output);
}
