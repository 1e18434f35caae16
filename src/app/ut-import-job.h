/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-import-files.h"

G_BEGIN_DECLS

/**
 * UtImportActivity:
 * @UT_IMPORT_IDLE: nothing.
 * @UT_IMPORT_GUESSING: looking at the files' starts.
 * @UT_IMPORT_SCANNING: reading all rows.
 * @UT_IMPORT_WRITING: making the data set.
 *
 * What a job is doing.
 */
typedef enum
{
  UT_IMPORT_IDLE,
  UT_IMPORT_GUESSING,
  UT_IMPORT_SCANNING,
  UT_IMPORT_WRITING,
} UtImportActivity;

/**
 * UtImportJob:
 *
 * Looks at files, reads them and makes a data set of them on workers, one question at a time: a
 * newer one cancels the older, whose answer is dropped. Main thread.
 *
 * Signals: #UtImportJob::guessed, #UtImportJob::scanned, #UtImportJob::written,
 * #UtImportJob::changed.
 */
#define UT_TYPE_IMPORT_JOB (ut_import_job_get_type ())
G_DECLARE_FINAL_TYPE (UtImportJob, ut_import_job, UT, IMPORT_JOB, GObject)

UtImportJob          *ut_import_job_new          (void);

/** ut_import_job_new_for_texts: (transfer full): for one file of texts that are to be classified,
 * which is only looked at. */
UtImportJob          *ut_import_job_new_for_texts (void);

/**
 * ut_import_job_guess:
 * @self: the job.
 * @files: what is to be read; a missing file of a pair is looked for.
 * @options: what was chosen.
 * @fixed: which members of @options were.
 *
 * Looks at the files, then reads them. What was known of others is forgotten.
 */
void                  ut_import_job_guess        (UtImportJob           *self,
                                                  const UtImportFiles   *files,
                                                  const UtImportOptions *options,
                                                  UtImportFixed          fixed);

/** ut_import_job_scan: reads the files again, of which there must be a guess, by @options. */
void                  ut_import_job_scan         (UtImportJob           *self,
                                                  const UtImportOptions *options);

/**
 * ut_import_job_write:
 * @self: a job that has read its files.
 * @options: unit, split and seed count.
 * @title: what the data set shall be called.
 *
 * Makes the data set among the person's own. Until that has ended ut_import_job_get_import() is
 * %NULL.
 */
void                  ut_import_job_write        (UtImportJob           *self,
                                                  const UtImportOptions *options,
                                                  const char            *title);

/** ut_import_job_cancel: gives up what is under way, with the rows if that is writing; nothing is
 * heard of it any more. */
void                  ut_import_job_cancel       (UtImportJob           *self);

/** ut_import_job_get_activity: what it is doing. */
UtImportActivity      ut_import_job_get_activity (UtImportJob           *self);

/** ut_import_job_get_fraction: how much of it is done, 0 to 1. */
double                ut_import_job_get_fraction (UtImportJob           *self);

/** ut_import_job_get_error: (nullable): why the last question has no answer. */
const char           *ut_import_job_get_error    (UtImportJob           *self);

/** ut_import_job_get_files: (transfer none): what is read, with what was found beside it. */
const UtImportFiles  *ut_import_job_get_files    (UtImportJob           *self);

/** ut_import_job_get_guess: (transfer none) (nullable): what the files look like. */
UtImportGuess        *ut_import_job_get_guess    (UtImportJob           *self);

/** ut_import_job_get_import: (transfer none) (nullable): the rows, until the next question. */
UtImport             *ut_import_job_get_import   (UtImportJob           *self);

/** ut_import_job_get_report: (transfer none): what became of the rows, once they are written. */
const UtImportReport *ut_import_job_get_report   (UtImportJob           *self);

G_END_DECLS
