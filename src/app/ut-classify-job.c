/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-job.h"

/* How often it is told how far it is: smooth enough for a bar. */
#define POLL_MS 50
#define FRACTION_STEPS 10000

/* Counted; written by the worker, atomically. */
typedef struct
{
  int fraction;
  int n_rows;
} Progress;

struct _UtClassifyJob
{
  GObject parent_instance;

  UtClassifiedRows *rows;    /* (owned) (nullable) */
  char *error;               /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  Progress *progress;        /* (owned): counted */
  guint poll_source;
};

G_DEFINE_FINAL_TYPE (UtClassifyJob, ut_classify_job, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What the worker has: it never looks at the job. */
typedef struct
{
  UtModel *model;       /* (owned) */
  UtImportGuess *guess; /* (owned) */
  UtClassifyOptions options;
  Progress *progress;   /* (owned): counted */
} Question;

static void
question_free (Question *question)
{
  ut_model_unref (question->model);
  ut_import_guess_unref (question->guess);
  g_atomic_rc_box_release (question->progress);
  g_free (question);
}

static void
progress_cb (double   fraction,
             guint64  n_rows,
             gpointer data)
{
  Progress *progress = data;

  g_atomic_int_set (&progress->fraction, (int) (CLAMP (fraction, 0, 1) * FRACTION_STEPS));
  g_atomic_int_set (&progress->n_rows, (int) MIN (n_rows, G_MAXINT));
}

static void
worker (GTask        *task,
        gpointer      source_object,
        gpointer      data,
        GCancellable *cancellable)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  UtClassifiedRows *rows = ut_classified_rows_new (question->model, question->guess,
                                                   &question->options, progress_cb,
                                                   question->progress, cancellable, &error);

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, (GDestroyNotify) ut_classified_rows_unref);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtClassifyJob) self = data;
  g_autoptr (GError) error = NULL;

  self->rows = g_task_propagate_pointer (G_TASK (result), &error);
  g_clear_handle_id (&self->poll_source, g_source_remove);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->error = error != NULL ? g_strdup (error->message) : NULL;
  g_signal_emit (self, signals[ENDED], 0);
}

static gboolean
poll_cb (gpointer data)
{
  g_signal_emit (data, signals[CHANGED], 0);

  return G_SOURCE_CONTINUE;
}

static void
ut_classify_job_dispose (GObject *object)
{
  ut_classify_job_cancel (UT_CLASSIFY_JOB (object));

  G_OBJECT_CLASS (ut_classify_job_parent_class)->dispose (object);
}

static void
ut_classify_job_finalize (GObject *object)
{
  UtClassifyJob *self = UT_CLASSIFY_JOB (object);

  g_clear_pointer (&self->rows, ut_classified_rows_unref);
  g_free (self->error);
  g_object_unref (self->cancellable);
  g_atomic_rc_box_release (self->progress);

  G_OBJECT_CLASS (ut_classify_job_parent_class)->finalize (object);
}

static void
ut_classify_job_class_init (UtClassifyJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_classify_job_dispose;
  object_class->finalize = ut_classify_job_finalize;

  /** UtClassifyJob::changed: it may be further. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_CLASSIFY_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /** UtClassifyJob::ended: the rows are there, or the error. */
  signals[ENDED] = g_signal_new ("ended", UT_TYPE_CLASSIFY_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
ut_classify_job_init (UtClassifyJob *self)
{
  self->cancellable = g_cancellable_new ();
  self->progress = g_atomic_rc_box_new0 (Progress);
}

UtClassifyJob *
ut_classify_job_new (void)
{
  return g_object_new (UT_TYPE_CLASSIFY_JOB, NULL);
}

void
ut_classify_job_start (UtClassifyJob           *self,
                       UtModel                 *model,
                       UtImportGuess           *guess,
                       const UtClassifyOptions *options)
{
  g_return_if_fail (UT_IS_CLASSIFY_JOB (self));
  g_return_if_fail (self->poll_source == 0 && self->rows == NULL && self->error == NULL);
  g_return_if_fail (model != NULL);
  g_return_if_fail (guess != NULL);
  g_return_if_fail (options != NULL);

  Question *question = g_new0 (Question, 1);

  question->model = ut_model_ref (model);
  question->guess = ut_import_guess_ref (guess);
  question->options = *options;
  question->progress = g_atomic_rc_box_acquire (self->progress);
  self->poll_source = g_timeout_add (POLL_MS, poll_cb, self);

  /* The task may end on the worker, where the job must not. */
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, ended_cb, g_object_ref (self));

  g_task_set_source_tag (task, ut_classify_job_start);
  g_task_set_name (task, "[undertone] classify");
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  g_task_run_in_thread (task, worker);
}

void
ut_classify_job_cancel (UtClassifyJob *self)
{
  g_return_if_fail (UT_IS_CLASSIFY_JOB (self));

  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

double
ut_classify_job_get_fraction (UtClassifyJob *self)
{
  g_return_val_if_fail (UT_IS_CLASSIFY_JOB (self), 0);

  return (double) g_atomic_int_get (&self->progress->fraction) / FRACTION_STEPS;
}

guint
ut_classify_job_get_n_rows (UtClassifyJob *self)
{
  g_return_val_if_fail (UT_IS_CLASSIFY_JOB (self), 0);

  return (guint) g_atomic_int_get (&self->progress->n_rows);
}

UtClassifiedRows *
ut_classify_job_get_rows (UtClassifyJob *self)
{
  g_return_val_if_fail (UT_IS_CLASSIFY_JOB (self), NULL);

  return self->rows;
}

const char *
ut_classify_job_get_error (UtClassifyJob *self)
{
  g_return_val_if_fail (UT_IS_CLASSIFY_JOB (self), NULL);

  return self->error;
}
