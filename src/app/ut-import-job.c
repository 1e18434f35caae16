/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-job.h"

/* How often the fraction is looked at: smooth enough for a bar. */
#define POLL_MS 50
#define FRACTION_STEPS 10000

struct _UtImportJob
{
  GObject parent_instance;

  gboolean for_texts;
  UtImportFiles files;
  UtImportGuess *guess;   /* (owned) (nullable) */
  UtImport *import;       /* (owned) (nullable): not while a worker has it */
  UtImportReport report;
  char *error;            /* (owned) (nullable) */

  UtImportActivity activity;
  GCancellable *cancellable; /* (owned) (nullable): of the question under way */
  int *done;                 /* (owned) (nullable): counted; written by the worker, atomically */
  guint poll_source;
  guint generation;          /* of the question under way */
};

G_DEFINE_FINAL_TYPE (UtImportJob, ut_import_job, G_TYPE_OBJECT)

enum
{
  GUESSED,
  SCANNED,
  WRITTEN,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a worker has: it never looks at the job. */
typedef struct
{
  guint generation;
  gboolean for_texts;
  UtImportFiles files;
  UtImportOptions options;
  UtImportFixed fixed;
  UtImportGuess *guess; /* (owned) (nullable) */
  UtImport *import;     /* (owned) (nullable) */
  UtImportReport report;
  char *title;          /* (owned) (nullable) */
  int *done;            /* (owned): counted */
} Question;

static void
question_free (Question *question)
{
  ut_import_files_clear (&question->files);
  g_clear_pointer (&question->guess, ut_import_guess_unref);
  g_clear_pointer (&question->import, ut_import_free);
  ut_import_report_clear (&question->report);
  g_free (question->title);
  g_atomic_rc_box_release (question->done);
  g_free (question);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  int *done = data;

  g_atomic_int_set (done, (int) (CLAMP (fraction, 0, 1) * FRACTION_STEPS));
}

static gboolean
poll_cb (gpointer data)
{
  UtImportJob *self = data;

  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_CONTINUE;
}

/* Forgets the question under way, whose answer will be nobody's. */
static void
stop (UtImportJob *self)
{
  self->generation++;
  self->activity = UT_IMPORT_IDLE;
  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_pointer (&self->done, g_atomic_rc_box_release);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
ask (UtImportJob           *self,
     UtImportActivity       activity,
     const UtImportOptions *options,
     UtImportFixed          fixed,
     const char            *title,
     GTaskThreadFunc        worker,
     GAsyncReadyCallback    callback)
{
  Question *question = g_new0 (Question, 1);

  stop (self);
  g_clear_pointer (&self->error, g_free);
  self->activity = activity;
  self->cancellable = g_cancellable_new ();
  self->done = g_atomic_rc_box_new0 (int);
  self->poll_source = g_timeout_add (POLL_MS, poll_cb, self);

  question->generation = self->generation;
  question->for_texts = self->for_texts;
  ut_import_files_copy (&question->files, &self->files);
  question->options = *options;
  question->fixed = fixed;
  question->title = g_strdup (title);
  question->done = g_atomic_rc_box_acquire (self->done);
  if (activity != UT_IMPORT_GUESSING)
    question->guess = ut_import_guess_ref (self->guess);
  if (activity == UT_IMPORT_WRITING)
    question->import = g_steal_pointer (&self->import);
  else
    g_clear_pointer (&self->import, ut_import_free);

  /* The task may end on the worker, where the job must not. */
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, callback, g_object_ref (self));

  /* A data set that is there is there, even if it was cancelled a moment too late. */
  g_task_set_check_cancellable (task, activity != UT_IMPORT_WRITING);
  g_task_set_source_tag (task, ask);
  g_task_set_name (task, "[undertone] import");
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, worker);

  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether @question is the one under way, whose work has ended. */
static gboolean
take_answer (UtImportJob    *self,
             const Question *question)
{
  if (question->generation != self->generation)
    return FALSE;

  stop (self);
  return TRUE;
}

static void
take_error (UtImportJob  *self,
            const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_strdup (error->message);
}

static void
guess_worker (GTask        *task,
              gpointer      source_object,
              gpointer      data,
              GCancellable *cancellable)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  UtImportGuess *guess;

  if (question->for_texts)
    {
      guess = ut_import_guess_texts (question->files.train, &question->options, question->fixed,
                                     cancellable, &error);
    }
  else
    {
      ut_import_files_find_sibling (&question->files);

      const UtImportSource source = ut_import_files_get_source (&question->files);

      guess = ut_import_guess (&source, &question->options, question->fixed, cancellable, &error);
    }
  if (guess == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, guess, (GDestroyNotify) ut_import_guess_unref);
}

static void
guessed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtImportJob) self = data;
  const Question *question = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImportGuess) guess = g_task_propagate_pointer (G_TASK (result), &error);

  if (!take_answer (self, question))
    return;

  ut_import_files_copy (&self->files, &question->files);
  if (guess == NULL)
    {
      take_error (self, error);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }

  UtImportOptions options = *ut_import_guess_get_options (guess);

  options.n_threads = question->options.n_threads;
  self->guess = g_steal_pointer (&guess);
  g_signal_emit (self, signals[GUESSED], 0);
  if (self->for_texts)
    g_signal_emit (self, signals[CHANGED], 0);
  else
    ut_import_job_scan (self, &options);
}

static void
scan_worker (GTask        *task,
             gpointer      source_object,
             gpointer      data,
             GCancellable *cancellable)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  UtImport *import = ut_import_scan (question->guess, &question->options, progress_cb,
                                     question->done, cancellable, &error);

  if (import == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, import, (GDestroyNotify) ut_import_free);
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtImportJob) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtImport) import = g_task_propagate_pointer (G_TASK (result), &error);

  if (!take_answer (self, g_task_get_task_data (G_TASK (result))))
    return;

  self->import = g_steal_pointer (&import);
  if (self->import == NULL)
    take_error (self, error);
  else
    g_signal_emit (self, signals[SCANNED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
write_worker (GTask        *task,
              gpointer      source_object,
              gpointer      data,
              GCancellable *cancellable)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  GFile *folder = ut_import_write (question->import, &question->options, question->title, NULL,
                                   &question->report, progress_cb, question->done, cancellable,
                                   &error);

  if (folder == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, folder, g_object_unref);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtImportJob) self = data;
  Question *question = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = g_task_propagate_pointer (G_TASK (result), &error);

  if (!take_answer (self, question))
    return;

  self->import = g_steal_pointer (&question->import);
  ut_import_report_clear (&self->report);
  self->report = question->report;
  question->report = (UtImportReport) UT_IMPORT_REPORT_INIT;
  if (folder == NULL)
    take_error (self, error);
  g_signal_emit (self, signals[CHANGED], 0);
  if (folder != NULL)
    g_signal_emit (self, signals[WRITTEN], 0, folder);
}

static void
ut_import_job_dispose (GObject *object)
{
  stop (UT_IMPORT_JOB (object));

  G_OBJECT_CLASS (ut_import_job_parent_class)->dispose (object);
}

static void
ut_import_job_finalize (GObject *object)
{
  UtImportJob *self = UT_IMPORT_JOB (object);

  ut_import_files_clear (&self->files);
  g_clear_pointer (&self->guess, ut_import_guess_unref);
  g_clear_pointer (&self->import, ut_import_free);
  ut_import_report_clear (&self->report);
  g_free (self->error);

  G_OBJECT_CLASS (ut_import_job_parent_class)->finalize (object);
}

static void
ut_import_job_class_init (UtImportJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_import_job_dispose;
  object_class->finalize = ut_import_job_finalize;

  /** UtImportJob::guessed: what the files look like is known. */
  signals[GUESSED] = g_signal_new ("guessed", UT_TYPE_IMPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /** UtImportJob::scanned: the rows are there. */
  signals[SCANNED] = g_signal_new ("scanned", UT_TYPE_IMPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /** UtImportJob::written: (folder): the data set is there. */
  signals[WRITTEN] = g_signal_new ("written", UT_TYPE_IMPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  /** UtImportJob::changed: it does something else, is further with it, or has failed. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_IMPORT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
ut_import_job_init (UtImportJob *self)
{
}

UtImportJob *
ut_import_job_new (void)
{
  return g_object_new (UT_TYPE_IMPORT_JOB, NULL);
}

UtImportJob *
ut_import_job_new_for_texts (void)
{
  UtImportJob *self = ut_import_job_new ();

  self->for_texts = TRUE;
  return self;
}

void
ut_import_job_guess (UtImportJob           *self,
                     const UtImportFiles   *files,
                     const UtImportOptions *options,
                     UtImportFixed          fixed)
{
  g_return_if_fail (UT_IS_IMPORT_JOB (self));
  g_return_if_fail (files != NULL && files->train != NULL);
  g_return_if_fail (options != NULL);

  ut_import_files_copy (&self->files, files);
  g_clear_pointer (&self->guess, ut_import_guess_unref);
  ask (self, UT_IMPORT_GUESSING, options, fixed, NULL, guess_worker, guessed_cb);
}

void
ut_import_job_scan (UtImportJob           *self,
                    const UtImportOptions *options)
{
  g_return_if_fail (UT_IS_IMPORT_JOB (self) && self->guess != NULL && !self->for_texts);
  g_return_if_fail (options != NULL);

  ask (self, UT_IMPORT_SCANNING, options, UT_IMPORT_FIXED_NONE, NULL, scan_worker, scanned_cb);
}

void
ut_import_job_write (UtImportJob           *self,
                     const UtImportOptions *options,
                     const char            *title)
{
  g_return_if_fail (UT_IS_IMPORT_JOB (self) && self->import != NULL);
  g_return_if_fail (options != NULL);
  g_return_if_fail (title != NULL);

  ask (self, UT_IMPORT_WRITING, options, UT_IMPORT_FIXED_NONE, title, write_worker, written_cb);
}

void
ut_import_job_cancel (UtImportJob *self)
{
  g_return_if_fail (UT_IS_IMPORT_JOB (self));

  stop (self);
}

UtImportActivity
ut_import_job_get_activity (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), UT_IMPORT_IDLE);

  return self->activity;
}

double
ut_import_job_get_fraction (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), 0);

  return self->done != NULL ? (double) g_atomic_int_get (self->done) / FRACTION_STEPS : 0;
}

const char *
ut_import_job_get_error (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), NULL);

  return self->error;
}

const UtImportFiles *
ut_import_job_get_files (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), NULL);

  return &self->files;
}

UtImportGuess *
ut_import_job_get_guess (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), NULL);

  return self->guess;
}

UtImport *
ut_import_job_get_import (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), NULL);

  return self->import;
}

const UtImportReport *
ut_import_job_get_report (UtImportJob *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_JOB (self), NULL);

  return &self->report;
}
