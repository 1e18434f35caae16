/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-trainer.h"

#include "ut-trainer-private.h"
#include "ut-worker-private.h"

struct _UtTrainer
{
  GObject parent_instance;

  UtConfig *config;   /* (owned) */
  UtCorpus *corpus;   /* (owned) (nullable) */
  GFile *log;         /* (owned) (nullable) */
  GFile *model;       /* (owned) (nullable) */
  GFile *state;       /* (owned) (nullable) */
  GFile *map;         /* (owned) (nullable) */
  GFile *start;       /* (owned) (nullable) */
  gboolean waits_to_save;
  char *store;        /* (owned) (nullable) */
  char *run_id;       /* (owned) (nullable) */
  UtControl *control; /* (owned), shared with the worker */
  UtMailbox *mailbox; /* (owned) (nullable), shared with the worker */
};

G_DEFINE_FINAL_TYPE (UtTrainer, ut_trainer, G_TYPE_OBJECT)

enum
{
  UPDATE,
  SNAPSHOT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
ut_training_result_free (UtTrainingResult *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->map, ut_data_map_unref);
  g_free (self->early);
  g_clear_error (&self->error);
  g_free (self);
}

/* From the mailbox, on the main thread */

static void
deliver_update (const UtTrainerUpdate *update,
                gpointer               data)
{
  UtTrainer *self = data;

  if (self->corpus == NULL)
    self->corpus = _ut_mailbox_dup_corpus (self->mailbox);

  g_signal_emit (self, signals[UPDATE], 0, update);
}

static void
deliver_snapshot (UtModel  *model,
                  gpointer  data)
{
  g_signal_emit (data, signals[SNAPSHOT], 0, model);
}

static const UtMailboxFuncs mailbox_funcs = { deliver_update, deliver_snapshot };

static void
ut_trainer_dispose (GObject *object)
{
  UtTrainer *self = UT_TRAINER (object);

  if (self->mailbox != NULL)
    _ut_mailbox_close (self->mailbox);

  G_OBJECT_CLASS (ut_trainer_parent_class)->dispose (object);
}

static void
ut_trainer_finalize (GObject *object)
{
  UtTrainer *self = UT_TRAINER (object);

  ut_config_unref (self->config);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  g_clear_object (&self->log);
  g_clear_object (&self->model);
  g_clear_object (&self->state);
  g_clear_object (&self->map);
  g_clear_object (&self->start);
  g_free (self->store);
  g_free (self->run_id);
  _ut_control_unref (self->control);
  g_clear_pointer (&self->mailbox, _ut_mailbox_unref);

  G_OBJECT_CLASS (ut_trainer_parent_class)->finalize (object);
}

static void
ut_trainer_class_init (UtTrainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_trainer_dispose;
  object_class->finalize = ut_trainer_finalize;

  /**
   * UtTrainer::update:
   * @self: the trainer.
   * @update: (type gpointer): a #UtTrainerUpdate, valid during the signal.
   */
  signals[UPDATE] = g_signal_new ("update", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * UtTrainer::snapshot:
   * @self: the trainer.
   * @model: the weights of a moment.
   */
  signals[SNAPSHOT] = g_signal_new ("snapshot", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, UT_TYPE_MODEL);
}

static void
ut_trainer_init (UtTrainer *self)
{
  self->control = _ut_control_new ();
}

UtTrainer *
ut_trainer_new (UtConfig *config,
                UtCorpus *corpus)
{
  g_return_val_if_fail (config != NULL, NULL);

  UtTrainer *self = g_object_new (UT_TYPE_TRAINER, NULL);

  self->config = ut_config_ref (config);
  if (corpus != NULL && ut_corpus_matches (corpus, config))
    self->corpus = ut_corpus_ref (corpus);

  return self;
}

void
ut_trainer_set_outputs (UtTrainer *self,
                        GFile     *log,
                        GFile     *model,
                        GFile     *state)
{
  g_return_if_fail (UT_IS_TRAINER (self));
  g_return_if_fail (self->mailbox == NULL);

  g_set_object (&self->log, log);
  g_set_object (&self->model, model);
  g_set_object (&self->state, state);
}

void
ut_trainer_set_map_output (UtTrainer *self,
                           GFile     *map)
{
  g_return_if_fail (UT_IS_TRAINER (self));
  g_return_if_fail (self->mailbox == NULL);

  g_set_object (&self->map, map);
}

void
ut_trainer_continue_from (UtTrainer *self,
                          GFile     *state)
{
  g_return_if_fail (UT_IS_TRAINER (self));
  g_return_if_fail (G_IS_FILE (state));
  g_return_if_fail (self->mailbox == NULL);

  g_set_object (&self->start, state);
}

void
ut_trainer_set_waits_to_save (UtTrainer *self,
                              gboolean   waits)
{
  g_return_if_fail (UT_IS_TRAINER (self));
  g_return_if_fail (self->mailbox == NULL);

  self->waits_to_save = waits;
}

void
_ut_trainer_set_journal (UtTrainer  *self,
                         const char *store,
                         const char *run_id)
{
  g_assert (self->mailbox == NULL && self->store == NULL);

  self->store = g_strdup (store);
  self->run_id = g_strdup (run_id);
}

void
ut_trainer_set_paused (UtTrainer *self,
                       gboolean   paused)
{
  g_return_if_fail (UT_IS_TRAINER (self));

  _ut_control_set_paused (self->control, paused);
}

gboolean
ut_trainer_get_paused (UtTrainer *self)
{
  g_return_val_if_fail (UT_IS_TRAINER (self), FALSE);

  return _ut_control_get_paused (self->control);
}

void
ut_trainer_step (UtTrainer *self)
{
  g_return_if_fail (UT_IS_TRAINER (self));

  _ut_control_step (self->control);
}

void
ut_trainer_set_speed (UtTrainer *self,
                      double     batches_per_second)
{
  g_return_if_fail (UT_IS_TRAINER (self));
  g_return_if_fail (batches_per_second >= 0);

  _ut_control_set_speed (self->control, batches_per_second);
}

void
ut_trainer_stop (UtTrainer *self)
{
  g_return_if_fail (UT_IS_TRAINER (self));

  _ut_control_stop (self->control);
}

void
ut_trainer_request_snapshot (UtTrainer *self)
{
  g_return_if_fail (UT_IS_TRAINER (self));

  _ut_control_request_snapshot (self->control);
}

void
ut_trainer_set_probes (UtTrainer *self,
                       UtProbes  *probes)
{
  g_return_if_fail (UT_IS_TRAINER (self));

  _ut_control_set_probes (self->control, probes);
}

guint
_ut_trainer_hold (UtTrainer *self)
{
  return _ut_control_hold (self->control);
}

void
_ut_trainer_release (UtTrainer  *self,
                     const char *store)
{
  _ut_control_release (self->control, store);
}

UtCorpus *
ut_trainer_get_corpus (UtTrainer *self)
{
  g_return_val_if_fail (UT_IS_TRAINER (self), NULL);

  return self->corpus;
}

/* Running: the task of the caller belongs to the main thread; the worker has one of its own, which
 * knows nothing of the trainer. Between the two the last updates are delivered. */

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError *error = NULL;
  UtTrainingResult *result = _ut_job_run (data, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) ut_training_result_free);
  else
    g_task_return_error (task, error);
}

static void
run_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtTrainer *self = g_task_get_source_object (task);
  GError *error = NULL;
  UtTrainingResult *training = g_task_propagate_pointer (G_TASK (result), &error);

  _ut_mailbox_flush (self->mailbox);
  _ut_mailbox_close (self->mailbox);
  if (training != NULL)
    g_task_return_pointer (task, training, (GDestroyNotify) ut_training_result_free);
  else
    g_task_return_error (task, error);
}

void
ut_trainer_run_async (UtTrainer           *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (UT_IS_TRAINER (self));
  g_return_if_fail (self->mailbox == NULL);

  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, run_done_cb, task);
  UtJob *job = g_new (UtJob, 1);

  self->mailbox = _ut_mailbox_new (&mailbox_funcs, self);
  *job = (UtJob) {
    .config = ut_config_ref (self->config),
    .corpus = self->corpus != NULL ? ut_corpus_ref (self->corpus) : NULL,
    .log = self->log != NULL ? g_object_ref (self->log) : NULL,
    .model = self->model != NULL ? g_object_ref (self->model) : NULL,
    .state = self->state != NULL ? g_object_ref (self->state) : NULL,
    .map = self->map != NULL ? g_object_ref (self->map) : NULL,
    .store = g_strdup (self->store),
    .run_id = g_strdup (self->run_id),
    .start = self->start != NULL ? g_object_ref (self->start) : NULL,
    .waits_to_save = self->waits_to_save,
    .save_interval = UT_JOB_SAVE_INTERVAL,
    .control = _ut_control_ref (self->control),
    .mailbox = _ut_mailbox_ref (self->mailbox),
    .train = ut_nn_trainer_run,
  };

  g_task_set_source_tag (task, ut_trainer_run_async);
  g_task_set_source_tag (worker, ut_trainer_run_async);
  g_task_set_name (worker, "ut_trainer_run");
  g_task_set_task_data (worker, job, (GDestroyNotify) _ut_job_free);
  g_task_run_in_thread (worker, run_thread);
}

UtTrainingResult *
ut_trainer_run_finish (UtTrainer     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (UT_IS_TRAINER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
