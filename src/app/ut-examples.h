/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtExamples:
 *
 * What stands in the place of the plots before the first run: eight random sentences of the data
 * with their labels, and Start.
 */
#define UT_TYPE_EXAMPLES (ut_examples_get_type ())
G_DECLARE_FINAL_TYPE (UtExamples, ut_examples, UT, EXAMPLES, AdwBin)

/**
 * ut_examples_show:
 * @corpus: (nullable): the data, where it is read.
 * @config: (nullable): the first of the runs that Start would make.
 */
void ut_examples_show (UtExamples *self,
                       UtCorpus   *corpus,
                       UtConfig   *config);

G_END_DECLS
