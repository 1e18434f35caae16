/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-reader.h"

#include "ut-cli-error.h"
#include "ut-cli-input.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

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
  const UtCliReading *reading; /* (not owned) */
  UtCliInput *input;           /* (not owned) */
  UtCliOutput *output;         /* (not owned) */
  gboolean guesses;
  GString *block;              /* (not owned) */
  GArray *places;              /* (not owned) (element-type UtCliPlace) */
} UtCliReader;

/* Gathers the lines at hand, at least one. Returns FALSE where there is none. */
static gboolean
fill_block (UtCliReader *self,
            GError     **error)
{
  /* An empty line between two lines keeps them from being read as one sentence. */
  const char *separator = self->reading->tokenized ? "\n" : "\n\n";
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

/* The sentences from @first on that belong to a line, of which @end is the end. */
static gsize
count_sentences (const UtPrediction *prediction,
                 gsize               first,
                 gsize               end)
{
  gsize n = 0;

  while (first + n < prediction->n_sentences && prediction->sentences[first + n].start <= end)
    n++;
  return n;
}

/* Writes the answers of one line: one for each of its sentences from @sentence on, or an empty one.
 * @sentence becomes the first sentence of the next line. */
static gboolean
write_line (UtCliReader       *self,
            UtPrediction      *prediction,
            gsize             *sentence,
            const UtCliPlace  *place,
            GError           **error)
{
  const UtCliReading *reading = self->reading;
  gsize end = place->start + place->length;
  gsize first = *sentence;
  gsize n = count_sentences (prediction, first, end);
  g_autoptr (UtExplanation) explanation = NULL;
  UtCliAnswer answer = {
    .text = self->block->str,
    .start = place->start,
    .end = end,
    .shift = (gssize) place->offset - (gssize) place->start,
    .guesses = self->guesses,
    .probability = NAN,
    .method = reading->method,
  };

  if (reading->explains)
    {
      explanation = ut_explanation_new (reading->model, prediction, reading->method, first, n, NULL,
                                        NULL, NULL, error);
      if (explanation == NULL)
        return FALSE;
    }

  for (gsize i = first; i < first + n; i++)
    {
      const UtSentenceAnswer *found = &prediction->sentences[i];
      g_autoptr (UtCellTrace) trace = NULL;

      answer.words = prediction->words + found->first_word;
      answer.n_words = found->n_words;
      answer.n_unknown = found->n_unknown;
      answer.n_guessed = found->n_guessed;
      answer.start = found->start;
      answer.end = found->end;
      answer.logit = found->logit;
      answer.probability = found->probability;
      if (explanation != NULL)
        {
          answer.worths = explanation->worths + found->first_word;
          answer.worth = &explanation->sentences[i];
        }
      if (reading->traces)
        {
          trace = ut_cell_trace_new (reading->model, prediction, i, reading->layer,
                                     reading->direction, NULL, error);
          if (trace == NULL)
            return FALSE;
          answer.trace = trace;
        }
      reading->write (&answer, self->output);
    }
  if (n == 0)
    reading->write (&answer, self->output);
  *sentence += n;
  /* What took its time shall be seen. */
  if (reading->explains)
    ut_cli_output_flush (self->output);
  return TRUE;
}

static gboolean
answer_block (UtCliReader *self,
              GError     **error)
{
  /* Without the last separator, which would be a line more. */
  gsize length = self->block->len - (self->reading->tokenized ? 1 : 2);
  UtReading reading = self->reading->tokenized ? UT_READING_TOKENIZED_LINES : UT_READING_SENTENCES;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (self->reading->model, self->block->str,
                                                           length, reading, NULL, error);
  gsize sentence = 0;

  if (prediction == NULL)
    return FALSE;
  for (guint i = 0; i < self->places->len; i++)
    {
      const UtCliPlace *place = &g_array_index (self->places, UtCliPlace, i);

      if (!write_line (self, prediction, &sentence, place, error))
        return FALSE;
    }
  if (!ut_cli_input_has_line (self->input))
    ut_cli_output_flush (self->output);
  return TRUE;
}

UtCliStatus
ut_cli_reader_run (const UtCliReading *reading,
                   UtCliOutput        *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtCliInput) input = ut_cli_input_open (reading->path, &error);

  if (input == NULL)
    return ut_cli_fail (error);
  if ((reading->path == NULL || g_str_equal (reading->path, "-")) && isatty (STDIN_FILENO)
      && isatty (STDERR_FILENO))
    ut_cli_say (_("Type a text, a line at a time; Ctrl+D ends it"));

  g_autoptr (GString) block = g_string_sized_new (BLOCK_SIZE);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (UtCliPlace));
  gboolean guesses = ut_model_get_subwords (reading->model) != NULL;
  UtCliReader reader = { reading, input, output, guesses, block, places };

  if (reading->legend != NULL)
    ut_cli_answer_print_legend (output, reading->legend, reading->model);
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
