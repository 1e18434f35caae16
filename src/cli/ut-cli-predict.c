/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-answer.h"
#include "ut-cli-error.h"
#include "ut-cli-input.h"
#include "ut-cli-model.h"
#include "ut-cli-output.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>
#include <ut-lab.h>

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

/* Lines at hand are asked together up to this many bytes, which spares the model's preparations. */
#define BLOCK_SIZE 65536

/* Where a line of a block lies in the block and in the input. */
typedef struct
{
  gsize start;
  gsize length;
  gsize offset;
} UtCliPlace;

typedef struct
{
  UtModel *model;      /* (not owned) */
  UtCliInput *input;   /* (not owned) */
  UtCliOutput *output; /* (not owned) */
  gboolean json;
  gboolean tokenized;
  gboolean guesses;
  GString *block;      /* (owned) */
  GArray *places;      /* (owned) (element-type UtCliPlace) */
} UtCliReader;

static void
write_answer (UtCliReader       *self,
              const UtCliAnswer *answer)
{
  if (self->json)
    ut_cli_answer_write_json (answer, self->output);
  else
    ut_cli_answer_print (answer, self->output);
}

/* Gathers the lines at hand, at least one. Returns FALSE where there is none. */
static gboolean
fill_block (UtCliReader *self,
            GError     **error)
{
  /* An empty line between two lines keeps them from being read as one sentence. */
  const char *separator = self->tokenized ? "\n" : "\n\n";
  UtCliLine line;

  g_string_truncate (self->block, 0);
  g_array_set_size (self->places, 0);
  do
    {
      if (!ut_cli_input_next (self->input, &line, error))
        break;

      UtCliPlace place = { self->block->len, line.length, line.offset };

      g_array_append_val (self->places, place);
      g_string_append_len (self->block, line.text, (gssize) line.length);
      g_string_append (self->block, separator);
    }
  while (self->block->len < BLOCK_SIZE && ut_cli_input_has_line (self->input));

  return self->places->len > 0;
}

/* Writes the answers of one line: one for each of its sentences from @sentence on, or an empty one.
 * Returns the first sentence of the next line. */
static gsize
write_line (UtCliReader        *self,
            const UtPrediction *prediction,
            gsize               sentence,
            const UtCliPlace   *place)
{
  gsize end = place->start + place->length;
  gsize first = sentence;
  UtCliAnswer answer = {
    .text = self->block->str,
    .start = place->start,
    .end = end,
    .shift = (gssize) place->offset - (gssize) place->start,
    .guesses = self->guesses,
    .probability = NAN,
  };

  for (; sentence < prediction->n_sentences; sentence++)
    {
      const UtSentenceAnswer *found = &prediction->sentences[sentence];

      if (found->start > end)
        break;
      answer.words = prediction->words + found->first_word;
      answer.n_words = found->n_words;
      answer.n_unknown = found->n_unknown;
      answer.n_guessed = found->n_guessed;
      answer.start = found->start;
      answer.end = found->end;
      answer.logit = found->logit;
      answer.probability = found->probability;
      write_answer (self, &answer);
    }
  if (sentence == first)
    write_answer (self, &answer);
  return sentence;
}

static gboolean
answer_block (UtCliReader *self,
              GError     **error)
{
  /* Without the last separator, which would be a line more. */
  gsize length = self->block->len - (self->tokenized ? 1 : 2);
  UtReading reading = self->tokenized ? UT_READING_TOKENIZED_LINES : UT_READING_SENTENCES;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (self->model, self->block->str, length,
                                                           reading, NULL, error);
  gsize sentence = 0;

  if (prediction == NULL)
    return FALSE;
  for (guint i = 0; i < self->places->len; i++)
    {
      const UtCliPlace *place = &g_array_index (self->places, UtCliPlace, i);

      sentence = write_line (self, prediction, sentence, place);
    }
  if (!ut_cli_input_has_line (self->input))
    ut_cli_output_flush (self->output);
  return TRUE;
}

static UtCliStatus
answer_all (UtModel     *model,
            UtCliInput  *input,
            gboolean     json,
            gboolean     tokenized)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (GString) block = g_string_sized_new (BLOCK_SIZE);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (UtCliPlace));
  gboolean guesses = ut_model_get_subwords (model) != NULL;
  UtCliReader reader = { model, input, output, json, tokenized, guesses, block, places };

  if (!json)
    ut_cli_answer_print_legend (output, model);
  while (!ut_cli_output_is_closed (output) && error == NULL && fill_block (&reader, &error))
    {
      g_autoptr (GError) failure = NULL;

      /* The lines before a bad one are still answered. */
      if (!answer_block (&reader, &failure))
        {
          ut_cli_output_flush (output);
          return ut_cli_fail (failure);
        }
    }

  UtCliStatus status = ut_cli_output_finish (output, UT_CLI_DONE);

  return error != NULL ? ut_cli_fail (error) : status;
}

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

  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = ut_cli_model_load ("predict", model_paths, &status);

  if (model == NULL)
    return status;

  g_autoptr (UtCliInput) input = ut_cli_input_open (argv[1], &error);

  if (input == NULL)
    return ut_cli_fail (error);
  if ((argv[1] == NULL || g_str_equal (argv[1], "-")) && isatty (STDIN_FILENO)
      && isatty (STDERR_FILENO))
    ut_cli_say (_("Type a text, a line at a time; Ctrl+D ends it"));
  return answer_all (model, input, json, tokenized);
}
