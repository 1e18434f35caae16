/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtClassifyJob:
 *
 * Asks a model about all texts of a file, on a worker. Main thread.
 *
 * Signals: #UtClassifyJob::changed, #UtClassifyJob::ended.
 */
#define UT_TYPE_CLASSIFY_JOB (ut_classify_job_get_type ())
G_DECLARE_FINAL_TYPE (UtClassifyJob, ut_classify_job, UT, CLASSIFY_JOB, GObject)

/** ut_classify_job_new: (transfer full): does nothing yet. */
UtClassifyJob    *ut_classify_job_new          (void);

/**
 * ut_classify_job_start:
 * @self: a job that was not started.
 * @model: who answers.
 * @guess: from ut_import_guess_texts(), with the columns that are to be read.
 * @options: how, as in ut_classified_rows_new().
 *
 * Begins; #UtClassifyJob::ended tells when there is an end.
 */
void              ut_classify_job_start        (UtClassifyJob           *self,
                                                UtModel                 *model,
                                                UtImportGuess           *guess,
                                                const UtClassifyOptions *options);

/** ut_classify_job_cancel: gives up; nothing is heard of it any more. */
void              ut_classify_job_cancel       (UtClassifyJob           *self);

/** ut_classify_job_get_fraction: how much of the file is done, 0 to 1. */
double            ut_classify_job_get_fraction (UtClassifyJob           *self);

/** ut_classify_job_get_n_rows: how many rows were answered so far. */
guint             ut_classify_job_get_n_rows   (UtClassifyJob           *self);

/** ut_classify_job_get_rows: (transfer none) (nullable): the rows, once it has ended well. */
UtClassifiedRows *ut_classify_job_get_rows     (UtClassifyJob           *self);

/** ut_classify_job_get_error: (nullable): why there are none. */
const char       *ut_classify_job_get_error    (UtClassifyJob           *self);

G_END_DECLS
