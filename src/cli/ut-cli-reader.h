/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-answer.h"

G_BEGIN_DECLS

/**
 * UtCliReading:
 * @model: who answers.
 * @path: (nullable): the file; NULL or "-" is standard input.
 * @tokenized: whether each line is one sentence, split at spaces.
 * @explains: whether words get what they are worth by @method.
 * @method: the method.
 * @traces: whether what goes on in the cell is wanted.
 * @layer: in which layer, from 0.
 * @direction: in which direction, 0 or 1.
 * @legend: (nullable): what the tints of words are, where answers are for people.
 * @write: writes one answer; those of the lines come in their order.
 *
 * What is to be read, and how it is answered.
 */
typedef struct
{
  UtModel *model;
  const char *path;
  gboolean tokenized;
  gboolean explains;
  UtWorthMethod method;
  gboolean traces;
  guint layer;
  guint direction;
  const char *legend;
  void (*write) (const UtCliAnswer *answer,
                 UtCliOutput       *output);
} UtCliReading;

/**
 * ut_cli_reader_run:
 * @reading: what is to be read.
 * @output: what the answers are written to.
 *
 * Reads a text line by line and has the model answer each line's sentences, an empty line with an
 * empty answer. Lines at hand are asked together; a person who types has each answered at once.
 * Says what is wrong.
 *
 * Returns: the exit status; @output is finished with it.
 */
UtCliStatus ut_cli_reader_run (const UtCliReading *reading,
                               UtCliOutput        *output);

G_END_DECLS
