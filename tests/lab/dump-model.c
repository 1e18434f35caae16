/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Trains a cell for an epoch and leaves model, sentences and answers in a folder for
 * check-pytorch.py. */

#include "config.h"

#include "lab-fixture.h"

#include <string.h>

/* Lengths from one word to many, known and unknown ones, negation of nothing in particular. */
static const char * const sentences[] = {
  "good",
  "the film is bad",
  "a story with two actors , neither of them good",
  "unknown words only here",
  "dull dull dull dull dull dull dull dull dull dull dull dull dull dull dull dull great",
  NULL
};

static void
dump (const char *directory,
      UtModel    *model)
{
  g_autofree char *model_path = g_build_filename (directory, "model.safetensors", NULL);
  g_autofree char *answers_path = g_build_filename (directory, "answers.tsv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (model_path);
  g_autofree char *text = g_strjoinv ("\n", (char **) sentences);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtPrediction) prediction = ut_prediction_new (model, text, strlen (text),
                                                          UT_READING_TOKENIZED_LINES, NULL, &error);

  g_assert_no_error (error);
  ut_model_save (model, file, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < prediction->n_words; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      gboolean last = FALSE;

      for (gsize s = 0; s < prediction->n_sentences; s++)
        last |= i + 1 == prediction->sentences[s].first_word + prediction->sentences[s].n_words;
      g_string_append_printf (answers, "%s\t%s\n%s", prediction->words[i].word,
                              g_ascii_dtostr (number, sizeof number, prediction->words[i].logit),
                              last ? "\n" : "");
    }
  g_file_set_contents (answers_path, answers->str, -1, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  UtCellKind cell;
  Fixture fixture;

  g_assert_cmpint (argc, ==, 3);
  g_assert_true (ut_cell_kind_from_nick (argv[1], &cell));
  fixture_set_up (&fixture, NULL);

  g_autoptr (UtConfig) config = fixture_config (&fixture, cell, 1);
  g_autoptr (UtModel) model = fixture_train (&fixture, config, "model");

  dump (argv[2], model);
  fixture_tear_down (&fixture, NULL);
  return 0;
}
