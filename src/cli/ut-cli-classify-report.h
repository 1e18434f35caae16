/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What is said of a file that was classified.
 */
#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliClassifyReport:
 * @model: who answered.
 * @classification: what came out.
 * @guess: how the file was read.
 * @reading: what of a text was asked about.
 * @output: (nullable): where the rows are.
 *
 * All that there is to say. Owns nothing.
 */
typedef struct
{
  const UtModel *model;
  const UtClassification *classification;
  const UtImportGuess *guess;
  UtReading reading;
  const char *output;
} UtCliClassifyReport;

/** ut_cli_classify_report_problems: names the rows that cannot be used on standard error. */
void ut_cli_classify_report_problems (const UtCliClassifyReport *self);

/** ut_cli_classify_report_line: sums up in a line on standard error. */
void ut_cli_classify_report_line     (const UtCliClassifyReport *self);

/** ut_cli_classify_report_print: sums up for people. */
void ut_cli_classify_report_print    (const UtCliClassifyReport *self,
                                      UtCliOutput               *output);

/** ut_cli_classify_report_json: sums up in an object. */
void ut_cli_classify_report_json     (const UtCliClassifyReport *self,
                                      UtCliOutput               *output);

G_END_DECLS
