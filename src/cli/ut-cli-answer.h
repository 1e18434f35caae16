/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliAnswer:
 * @text: the text the prediction's byte ranges refer to.
 * @words: (array length=n_words): the words of the sentence.
 * @n_words: how many; 0 for an empty line.
 * @n_unknown: how many of them the model neither knows nor guesses.
 * @n_guessed: how many it guesses from their parts.
 * @guesses: whether the model guesses words, so that each says whether it was.
 * @start: first byte of the sentence in @text.
 * @end: the byte after its last one.
 * @shift: what is added to a position in @text for the position in the input.
 * @logit: of the sentence, where there are words.
 * @probability: of the positive class; NaN where there are no words.
 * @worths: (nullable) (array length=n_words): what words are worth, where that was asked for.
 * @worth: (nullable): where it was, what it is of the sentence; NULL of an empty line, too.
 * @method: what the worth of a word is.
 * @trace: (nullable): what went on in the cell, where that was asked for; NULL of an empty line,
 *   too.
 *
 * What a model makes of one sentence.
 */
typedef struct
{
  const char *text;
  const UtWordAnswer *words;
  gsize n_words;
  gsize n_unknown;
  gsize n_guessed;
  gboolean guesses;
  gsize start;
  gsize end;
  gssize shift;
  double logit;
  double probability;
  const double *worths;
  const UtSentenceWorth *worth;
  UtWorthMethod method;
  const UtCellTrace *trace;
} UtCliAnswer;

/** ut_cli_answer_append_sentence: the first members of an object for a sentence: its text, label
 * and probability. */
void ut_cli_answer_append_sentence (const UtCliAnswer *answer,
                                    GString           *json);

/** ut_cli_answer_append_word: the first members of an object for word @i: where it is, and whether
 * it is known. */
void ut_cli_answer_append_word     (const UtCliAnswer *answer,
                                    gsize              i,
                                    GString           *json);

/** ut_cli_answer_write_json: one JSON object on a line of its own. */
void ut_cli_answer_write_json (const UtCliAnswer *answer,
                               UtCliOutput       *output);

/**
 * ut_cli_answer_print: one line for people: label, how sure, the sentence, where there are colours
 * its words tinted by their own change of the answer, or by their worth, which then stands behind
 * them; those that are guessed slanted.
 */
void ut_cli_answer_print      (const UtCliAnswer *answer,
                               UtCliOutput       *output);

/** ut_cli_answer_print_legend: what the tints mean, by their @title, and slanted words of a @model
 * that guesses, and whether it is calibrated; where there are colours. */
void ut_cli_answer_print_legend (UtCliOutput     *output,
                                 const char      *title,
                                 const UtModel   *model);

G_END_DECLS
