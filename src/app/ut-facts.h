/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtFacts:
 *
 * What the files that the form names hold, read on workers while the person goes on: the corpus,
 * the dimension of the word vectors, and what is wrong with which file. Changes are awaited for 300
 * ms before anything is read; a newer question cancels the older one.
 *
 * Signal ::changed after an answer came or a question was asked.
 */
#define UT_TYPE_FACTS (ut_facts_get_type ())
G_DECLARE_FINAL_TYPE (UtFacts, ut_facts, UT, FACTS, GObject)

/**
 * UtFactsFile:
 * @UT_FACTS_TRAIN: the training file.
 * @UT_FACTS_DEV: the development file.
 * @UT_FACTS_EXCLUDE: the training rows to leave out.
 * @UT_FACTS_VECTORS: the word vectors.
 */
typedef enum
{
  UT_FACTS_TRAIN,
  UT_FACTS_DEV,
  UT_FACTS_EXCLUDE,
  UT_FACTS_VECTORS,
} UtFactsFile;

#define UT_N_FACTS_FILES (UT_FACTS_VECTORS + 1)

/** ut_facts_new: (transfer full): knows nothing yet. */
UtFacts    *ut_facts_new           (void);

/**
 * ut_facts_ask: @config (nullable) names the files; nothing is read again that is known or under
 * way.
 */
void        ut_facts_ask           (UtFacts     *self,
                                    UtConfig    *config);

/** ut_facts_get_corpus: (transfer none) (nullable): the data, once it is read. */
UtCorpus   *ut_facts_get_corpus    (UtFacts     *self);

/** ut_facts_get_dimension: of the word vectors, 0 where there are none or it is not known yet. */
guint       ut_facts_get_dimension (UtFacts     *self);

/** ut_facts_get_error: (nullable): what is wrong with @file, with file and line. */
const char *ut_facts_get_error     (UtFacts     *self,
                                    UtFactsFile  file);

/** ut_facts_is_reading: whether an answer about the data is still to come. */
gboolean    ut_facts_is_reading    (UtFacts     *self);

G_END_DECLS
