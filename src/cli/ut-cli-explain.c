/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-model.h"
#include "ut-cli-reader.h"
#include "ut-cli-worth.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "explain",
  .operands = N_("[FILE|-]"),
  .n_operands = 1,
  .summary = N_("Says what each word of a text is worth to a model's answer, in units of the\n"
                "logit: above 0 it speaks for positive. On a terminal words are tinted and\n"
                "followed by their worth; elsewhere each has a line. Without FILE, or where it\n"
                "is “-”, standard input is read. Of several models the mean is taken.\n"
                "\n"
                "The methods: “change”, what the answer changes when the word has been read;\n"
                "“leave-out”, the answer less that without the word; “gradient”, the gradient\n"
                "of the answer times the word's vector; “integrated”, that gradient averaged\n"
                "from no vectors to the sentence's, so that the words' worths add up.\n"
                "\n"
                "With --json a sentence has “logit”, “baseline”, from which the worths start,\n"
                "“gap”, by how much their sum is off, and “steps”, how many points\n"
                "“integrated” took; null, or no steps, where a method has none."),
  .examples = N_("Examples:\n"
                 "  echo 'Not bad at all.' | undertone-cli explain --model m.safetensors\n"
                 "  undertone-cli explain --model m.safetensors --method integrated \\\n"
                 "    --json reviews.txt"),
};

/* (transfer full): the names, as a message lists them. */
static char *
list_methods (void)
{
  GString *list = g_string_new (NULL);

  for (UtWorthMethod i = 0; i < UT_N_WORTH_METHODS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", ut_worth_method_get_nick (i));

  return g_string_free (list, FALSE);
}

UtCliStatus
ut_cli_explain (int    argc,
                char **argv)
{
  g_auto (GStrv) model_paths = NULL;
  g_autofree char *nick = NULL;
  gboolean json = FALSE;
  gboolean tokenized = FALSE;
  UtWorthMethod method = UT_WORTH_CHANGE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &model_paths,
      N_("A model that answers; needed, and may be repeated"), N_("MODEL") },
    { "method", 0, 0, G_OPTION_ARG_STRING, &nick,
      N_("change, leave-out, gradient or integrated [change]"), N_("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_("One JSON object a sentence, with every word's worth"), NULL },
    { "tokenized", 0, 0, G_OPTION_ARG_NONE, &tokenized,
      N_("Each line is one sentence, its words are split at spaces"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (nick != NULL && !ut_worth_method_from_nick (nick, &method))
    {
      g_autofree char *methods = list_methods ();

      return ut_cli_wrong_usage (help.command, _("--method %s: one of these was expected: %s"),
                                 nick, methods);
    }

  g_autoptr (UtModel) model = ut_cli_model_load (help.command, model_paths, &status);

  if (model == NULL)
    return status;

  const char *objection = ut_worth_method_get_objection (method, model);

  if (objection != NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (UT_LAB_ERROR, UT_LAB_ERROR_MODEL, objection);

      return ut_cli_fail (error);
    }

  g_autofree char *legend = g_strdup_printf (_("A word's worth (%s):"),
                                             ut_worth_method_get_title (method));
  const UtCliReading reading = {
    .model = model,
    .path = argv[1],
    .tokenized = tokenized,
    .explains = TRUE,
    .method = method,
    .legend = json ? NULL : legend,
    .write = json ? ut_cli_worth_write_json : ut_cli_worth_print,
  };
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  return ut_cli_reader_run (&reading, output);
}
