/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-model.h"
#include "ut-cli-progress.h"
#include "ut-cli-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "cells",
  .operands = N_("[FILE|-]"),
  .n_operands = 1,
  .summary = N_("Says what goes on inside of a model's cell while it reads a text: of each\n"
                "word the mean of each gate over the units, and the mean size of the states;\n"
                "with --json the numbers of all units. Without FILE, or where it is “-”,\n"
                "standard input is read.\n"
                "\n"
                "With --unit no text is read: of the rows that --train names, those the model\n"
                "was trained on, the twenty are listed in which the unit's state gets highest,\n"
                "and the twenty in which it gets lowest, with the word after which it does.\n"
                "Layers and units count from 1."),
  .examples = N_("Examples:\n"
                 "  echo 'Not bad at all.' | undertone-cli cells --model lstm.safetensors\n"
                 "  undertone-cli cells --model lstm.safetensors --unit 17 --train train.tsv"),
};

/* Texts */

static void
append_signal (const UtCellTrace *trace,
               UtNnSignal         signal,
               gsize              word,
               GString           *json)
{
  /* Names for programs: not translated. */
  static const char *const keys[UT_NN_N_SIGNALS] = {
    [UT_NN_SIGNAL_STATE] = "state",
    [UT_NN_SIGNAL_CELL] = "cell",
    [UT_NN_SIGNAL_INPUT] = "input",
    [UT_NN_SIGNAL_FORGET] = "forget",
    [UT_NN_SIGNAL_OUTPUT] = "output",
    [UT_NN_SIGNAL_RESET] = "reset",
    [UT_NN_SIGNAL_UPDATE] = "update",
    [UT_NN_SIGNAL_CANDIDATE] = "candidate",
  };

  g_string_append_printf (json, ",\"%s\":[", keys[signal]);
  for (gsize unit = 0; unit < trace->n_units; unit++)
    {
      if (unit > 0)
        g_string_append_c (json, ',');
      ut_json_append_number (json, (double) ut_cell_trace_get (trace, signal, word, unit));
    }
  g_string_append_c (json, ']');
}

static void
write_json (const UtCliAnswer *answer,
            UtCliOutput       *output)
{
  const UtCellTrace *trace = answer->trace;
  g_autoptr (GString) json = g_string_new ("{");

  ut_cli_answer_append_sentence (answer, json);
  if (trace != NULL)
    g_string_append_printf (json, ",\"layer\":%u,\"direction\":\"%s\",\"units\":%" G_GSIZE_FORMAT,
                            trace->layer + 1, trace->direction == 0 ? "forward" : "backward",
                            trace->n_units);
  g_string_append (json, ",\"tokens\":[");
  for (gsize i = 0; i < answer->n_words; i++)
    {
      g_string_append (json, i > 0 ? ",{" : "{");
      ut_cli_answer_append_word (answer, i, json);
      for (guint signal = 0; signal < UT_NN_N_SIGNALS; signal++)
        if (trace->values[signal] != NULL)
          append_signal (trace, signal, i, json);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}\n");
  ut_cli_output_write (output, json->str, json->len);
}

/* Over the units, of the sizes where there are signs. */
static double
get_mean (const UtCellTrace *trace,
          UtNnSignal         signal,
          gsize              word)
{
  double sum = 0;

  for (gsize unit = 0; unit < trace->n_units; unit++)
    sum += fabs ((double) ut_cell_trace_get (trace, signal, word, unit));

  return sum / (double) trace->n_units;
}

static void
print_text (const UtCliAnswer *answer,
            UtCliOutput       *output)
{
  const UtCellTrace *trace = answer->trace;

  ut_cli_answer_print (answer, output);
  for (gsize i = 0; i < answer->n_words; i++)
    {
      const UtWordAnswer *word = &answer->words[i];

      for (guint signal = 0; signal < UT_NN_N_SIGNALS; signal++)
        if (trace->values[signal] != NULL)
          ut_cli_output_printf (output, "  %s %.2f", ut_cell_signal_get_name (signal),
                                get_mean (trace, signal, i));
      ut_cli_output_print (output, "  ");
      ut_cli_output_print_safely (output, answer->text + word->start, word->end - word->start);
      ut_cli_output_print (output, "\n");
    }
}

/* Phrases */

static void
show_cb (double   fraction,
         gpointer data)
{
  ut_cli_progress_show (data, _("Reading phrases"), fraction, NULL);
}

static void
write_phrases (const UtUnitPhrases *phrases,
               guint                layer,
               guint                direction,
               gsize                unit,
               gboolean             json,
               UtCliOutput         *output)
{
  UtDataset *train = ut_unit_phrases_get_train (phrases);

  for (guint end = 0; end < UT_N_UNIT_ENDS; end++)
    {
      gsize n;
      const UtUnitPhrase *list = ut_unit_phrases_get (phrases, layer, direction, unit, end, &n);

      for (gsize i = 0; i < n; i++)
        {
          g_autofree char *text = ut_dataset_dup_sentence (train, list[i].row);
          g_auto (GStrv) words = g_strsplit (text, " ", -1);
          g_autoptr (GString) line = g_string_new (NULL);

          if (json)
            {
              g_string_append (line, "{\"text\":");
              ut_json_append_string (line, text);
              g_string_append_printf (line, ",\"row\":%u,\"word\":%u,\"token\":", list[i].row + 1,
                                      list[i].word + 1);
              ut_json_append_string (line, words[list[i].word]);
              g_string_append (line, ",\"state\":");
              ut_json_append_number (line, (double) list[i].value);
              g_string_append (line, "}\n");
              ut_cli_output_write (output, line->str, line->len);
              continue;
            }
          ut_cli_output_printf (output, "%+.3f  ", (double) list[i].value);
          for (guint32 word = 0; words[word] != NULL; word++)
            g_string_append_printf (line, word == list[i].word ? "%s[%s]" : "%s%s",
                                    word > 0 ? " " : "", words[word]);
          ut_cli_output_print_safely (output, line->str, line->len);
          ut_cli_output_print (output, "\n");
        }
    }
}

static UtCliStatus
list_phrases (UtModel    *model,
              const char *train_path,
              guint       layer,
              guint       direction,
              int         unit,
              gboolean    json)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (train_path);
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) train = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_autoptr (UtUnitPhrases) phrases = NULL;

  if (train != NULL)
    phrases = ut_unit_phrases_new (model, train, show_cb, progress, NULL, &error);
  ut_cli_progress_clear (progress);
  if (phrases == NULL)
    return ut_cli_fail (error);

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  write_phrases (phrases, layer, direction, (gsize) unit - 1, json, output);

  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_cells (int    argc,
              char **argv)
{
  g_auto (GStrv) model_paths = NULL;
  g_autofree char *train_path = NULL;
  gboolean json = FALSE;
  gboolean tokenized = FALSE;
  gboolean backward = FALSE;
  int layer = 0;
  int unit = 0;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &model_paths,
      N_("A model; needed, of several the first is shown"), N_("MODEL") },
    { "layer", 0, 0, G_OPTION_ARG_INT, &layer, N_("Which layer [the last]"), N_("N") },
    { "backward", 0, 0, G_OPTION_ARG_NONE, &backward,
      N_("The direction that reads from the end"), NULL },
    { "unit", 0, 0, G_OPTION_ARG_INT, &unit, N_("List the phrases of this unit"), N_("N") },
    { "train", 0, 0, G_OPTION_ARG_FILENAME, &train_path,
      N_("The rows that the model was trained on"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_("One JSON object a sentence, or a phrase"), NULL },
    { "tokenized", 0, 0, G_OPTION_ARG_NONE, &tokenized,
      N_("Each line is one sentence, its words are split at spaces"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (unit < 0)
    return ut_cli_wrong_usage (help.command, _("--unit %d: units count from 1"), unit);
  if (unit > 0 && train_path == NULL)
    return ut_cli_wrong_usage (help.command, "%s", _("--unit needs --train FILE"));
  if (unit == 0 && train_path != NULL)
    return ut_cli_wrong_usage (help.command, "%s", _("--train needs --unit N"));

  g_autoptr (UtModel) model = ut_cli_model_load (help.command, model_paths, &status);

  if (model == NULL)
    return status;

  const char *objection = ut_cell_trace_get_objection (model);

  if (objection != NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (UT_LAB_ERROR, UT_LAB_ERROR_MODEL, objection);

      return ut_cli_fail (error);
    }

  gsize n_members;
  UtModel *member = ut_model_get_members (model, &n_members)[0];
  const UtNnShape *shape = ut_nn_model_get_shape (ut_model_get_weights (member));

  if (layer < 0 || layer > (int) shape->n_layers)
    return ut_cli_wrong_usage (help.command, _("--layer %d: the model has %u"), layer,
                               (guint) shape->n_layers);
  if (backward && !shape->bidirectional)
    return ut_cli_wrong_usage (help.command, "%s",
                               _("--backward: the model reads from the beginning alone"));
  if (unit > 0 && (gsize) unit > shape->hidden)
    return ut_cli_wrong_usage (help.command, _("--unit %d: the layer has %u"), unit,
                               (guint) shape->hidden);
  if (layer == 0)
    layer = (int) shape->n_layers;
  if (unit > 0)
    return list_phrases (model, train_path, (guint) layer - 1, backward, unit, json);

  const UtCliReading reading = {
    .model = model,
    .path = argv[1],
    .tokenized = tokenized,
    .traces = TRUE,
    .layer = (guint) layer - 1,
    .direction = backward,
    .write = json ? write_json : print_text,
  };
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  return ut_cli_reader_run (&reading, output);
}
