/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Figures of a measurement, a line each, and how answers compare with labels.
 */
#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_cli_figures_begin: begins a line of a figure called @title, whose value the caller prints. */
void ut_cli_figures_begin           (UtCliOutput        *output,
                                     const char         *title);

/** ut_cli_figures_print: a figure called @title. */
void ut_cli_figures_print           (UtCliOutput        *output,
                                     const char         *title,
                                     const char         *value);

/** ut_cli_figures_print_accuracy: beside that of answering always the same, @n_positive rows being
 * positive. */
void ut_cli_figures_print_accuracy  (UtCliOutput        *output,
                                     const UtEvaluation *evaluation,
                                     gsize               n_positive);

/** ut_cli_figures_print_unknown: which share of @n_words is unknown. */
void ut_cli_figures_print_unknown   (UtCliOutput        *output,
                                     guint64             n_unknown,
                                     guint64             n_words);

/** ut_cli_figures_print_calibration: that @model is calibrated, where it is. */
void ut_cli_figures_print_calibration (UtCliOutput      *output,
                                       const UtModel    *model);

/** ut_cli_figures_print_confusion: which label is taken for which. */
void ut_cli_figures_print_confusion (UtCliOutput        *output,
                                     const UtEvaluation *evaluation);

G_END_DECLS
