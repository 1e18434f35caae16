/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-evaluation.h"

#include <ut-nn.h>

G_BEGIN_DECLS

/**
 * UtChecker:
 *
 * Compares a model's answers with the labels of a data set. Encodes once, checks as often as
 * wanted. One thread at a time.
 */
typedef struct UtChecker UtChecker;

/** _ut_checker_bytes: about what a checker will take. */
guint64    _ut_checker_bytes (const UtNnShape     *shape,
                              UtDataset           *dataset,
                              guint                batch_size);

/** _ut_checker_new: (transfer full) (nullable): for models of @shape with @vocabulary and
 * @subwords (nullable). */
UtChecker *_ut_checker_new   (const UtNnShape     *shape,
                              UtVocabulary        *vocabulary,
                              UtSubwords          *subwords,
                              UtDataset           *dataset,
                              guint                batch_size,
                              guint                n_threads,
                              GError             **error);
void       _ut_checker_free  (UtChecker           *self);

/**
 * UtCheckerGoOn:
 * @fraction: of the rows that is done.
 * @data: what the caller gave.
 *
 * Asked before each batch whether to go on.
 */
typedef gboolean (*UtCheckerGoOn) (double   fraction,
                                   gpointer data);

/** _ut_checker_run: FALSE where @go_on said so; the figures do not depend on the batch size, but for
 * shapes with faults. */
gboolean   _ut_checker_run   (UtChecker           *self,
                              const UtNnModel     *model,
                              UtCheckerGoOn        go_on,
                              gpointer             data,
                              UtEvaluation        *evaluation);

/** _ut_checker_add_logits: adds the logit of each row to @sums; FALSE where @go_on said so. */
gboolean   _ut_checker_add_logits (UtChecker       *self,
                                   const UtNnModel *model,
                                   UtCheckerGoOn    go_on,
                                   gpointer         data,
                                   double          *sums);

/** _ut_checker_dup_answers: (transfer full) (array length=n_rows): the logit of each row of the
 * dataset; of a model as the notebook's code has it, which has none, 1, -1 or, for neither answer, 0,
 * as the last run of @self found it. */
float     *_ut_checker_dup_answers (UtChecker       *self,
                                    const UtNnModel *model,
                                    gsize           *n_rows);

/** _ut_evaluation_sum_up: the figures of @outcomes, one a row of @dataset. */
void       _ut_evaluation_sum_up  (UtEvaluation      *evaluation,
                                   UtDataset         *dataset,
                                   const UtNnOutcome *outcomes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtChecker, _ut_checker_free)

G_END_DECLS
