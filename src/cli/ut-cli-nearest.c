/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-model.h"
#include "ut-cli-output.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>
#include <ut-lab.h>

#define N_NEIGHBOURS 10

static const UtCliHelp help = {
  .command = "nearest",
  .operands = N_("WORD…"),
  .n_operands = G_MAXINT,
  .summary = N_("Says which words lie nearest to WORD in a model’s embedding, by the cosine,\n"
                "after the training and before it. For the time before, a model that began with\n"
                "word vectors needs the same ones."),
  .examples = N_("Example:\n"
                 "  undertone-cli nearest --model lstm.safetensors \\\n"
                 "    --vectors glove.6B.50d.txt good dull"),
};

static void
append_json (GString            *json,
             const char         *key,
             const UtNeighbour  *items,
             gsize               n_items)
{
  g_string_append_printf (json, ",\"%s\":[", key);
  for (gsize i = 0; i < n_items; i++)
    {
      g_string_append (json, i > 0 ? ",{\"word\":" : "{\"word\":");
      ut_json_append_string (json, items[i].word);
      g_string_append (json, ",\"similarity\":");
      ut_json_append_number (json, (double) items[i].similarity);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
write_json (UtCliOutput        *output,
            const UtNeighbours *neighbours,
            const char         *word)
{
  g_autoptr (GString) json = g_string_new ("{\"word\":");
  UtNeighbour items[N_NEIGHBOURS];
  gsize n_items = ut_neighbours_find (neighbours, word, FALSE, items, N_NEIGHBOURS);

  ut_json_append_string (json, word);
  g_string_append_printf (json, ",\"known\":%s", n_items > 0 ? "true" : "false");
  append_json (json, "after", items, n_items);
  if (ut_neighbours_get_reason (neighbours) == NULL)
    {
      n_items = ut_neighbours_find (neighbours, word, TRUE, items, N_NEIGHBOURS);
      append_json (json, "before", items, n_items);
    }
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

static void
write_list (UtCliOutput        *output,
            const UtNeighbours *neighbours,
            const char         *word,
            gboolean            before)
{
  UtNeighbour items[N_NEIGHBOURS];
  gsize n_items = ut_neighbours_find (neighbours, word, before, items, N_NEIGHBOURS);

  ut_cli_output_printf (output, "  %s", before ? _("before:") : _("after: "));
  for (gsize i = 0; i < n_items; i++)
    ut_cli_output_printf (output, "%s %s %.2f", i > 0 ? "," : "", items[i].word,
                          (double) items[i].similarity);
  ut_cli_output_write (output, "\n", 1);
}

static void
write_text (UtCliOutput        *output,
            const UtNeighbours *neighbours,
            const char         *word)
{
  UtNeighbour item;

  if (ut_neighbours_find (neighbours, word, FALSE, &item, 1) == 0)
    {
      ut_cli_output_printf (output, _("%s: unknown to this model"), word);
      ut_cli_output_write (output, "\n", 1);
      return;
    }

  ut_cli_output_printf (output, "%s\n", word);
  write_list (output, neighbours, word, FALSE);
  if (ut_neighbours_get_reason (neighbours) == NULL)
    write_list (output, neighbours, word, TRUE);
}

UtCliStatus
ut_cli_nearest (int    argc,
                char **argv)
{
  g_auto (GStrv) models = NULL;
  g_autofree char *vectors_path = NULL;
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &models, N_("Whose words"), N_("MODEL") },
    { "vectors", 0, 0, G_OPTION_ARG_FILENAME, &vectors_path,
      N_("Word vectors that the training began with"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print one JSON object a word"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (help.command, "%s", _("WORD is missing"));

  g_autoptr (UtModel) model = ut_cli_model_load (help.command, models, &status);

  if (model == NULL)
    return status;

  g_autoptr (GFile) vectors = vectors_path != NULL ? g_file_new_for_path (vectors_path) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtNeighbours) neighbours = ut_neighbours_new (model, vectors, NULL, &error);

  if (neighbours == NULL)
    return ut_cli_fail (error);
  if (ut_neighbours_get_reason (neighbours) != NULL)
    g_printerr ("%s: %s\n", UT_CLI_PROGRAM, ut_neighbours_get_reason (neighbours));

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  for (int i = 1; i < argc; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (argv[i], -1);
      g_autofree char *word = ut_lower_case (valid, strlen (valid));

      if (json)
        write_json (output, neighbours, word);
      else
        write_text (output, neighbours, word);
    }

  return ut_cli_output_finish (output, UT_CLI_DONE);
}
