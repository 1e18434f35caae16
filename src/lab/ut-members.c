/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-members-private.h"

#include "ut-lab-error.h"
#include "ut-run-folder-private.h"

#include <glib/gi18n-lib.h>

static void
member_free (gpointer data)
{
  UtMember *member = data;

  g_free (member->id);
  g_free (member->name);
  g_free (member);
}

GPtrArray *
_ut_members_new (void)
{
  return g_ptr_array_new_with_free_func (member_free);
}

void
_ut_members_add (GPtrArray  *members,
                 const char *id,
                 const char *name)
{
  UtMember *member = g_new (UtMember, 1);

  *member = (UtMember) { g_strdup (id), g_strdup (name) };
  g_ptr_array_add (members, member);
}

/* Work: plain memory and counted values only */

typedef struct
{
  GPtrArray *members; /* (owned) (element-type UtMember) */
  GFile *runs;        /* (owned) */
  UtConfig *config;   /* (owned) (nullable): of a check, as what follows */
  UtCorpus *corpus;   /* (owned) (nullable) */
  UtMailbox *mailbox; /* (owned) (nullable) */
  UtTrainerUpdate status;
} Work;

static Work *
work_new (GPtrArray *members,
          GFile     *runs)
{
  Work *work = g_new0 (Work, 1);

  work->members = g_ptr_array_ref (members);
  work->runs = g_object_ref (runs);
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_ptr_array_unref (work->members);
  g_object_unref (work->runs);
  g_clear_pointer (&work->config, ut_config_unref);
  g_clear_pointer (&work->corpus, ut_corpus_unref);
  g_clear_pointer (&work->mailbox, _ut_mailbox_unref);
  g_free (work);
}

static void
post (Work           *work,
      UtTrainerPhase  phase,
      const char     *file,
      double          fraction)
{
  if (work->mailbox == NULL)
    return;

  work->status.phase = phase;
  work->status.file = file;
  work->status.fraction = fraction;
  work->status.remaining = -1;
  _ut_mailbox_post (work->mailbox, &work->status, NULL, NULL, NULL);
}

static UtModel *
load_member (Work            *work,
             const UtMember  *member,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (GFile) folder = g_file_get_child (work->runs, member->id);
  g_autoptr (GFile) file = g_file_get_child (folder, UT_RUN_MODEL_NAME);
  UtModel *model = ut_model_load (file, cancellable, error);

  if (model == NULL)
    /* Translators: the name of a run; what is wrong with its file follows. */
    g_prefix_error (error, _("The ensemble needs %s. "), member->name);

  return model;
}

static UtModel *
load (Work          *work,
      GCancellable  *cancellable,
      GError       **error)
{
  guint n_members = work->members->len;
  g_autoptr (GPtrArray) models =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ut_model_unref);

  for (guint i = 0; i < n_members; i++)
    {
      const UtMember *member = g_ptr_array_index (work->members, i);

      post (work, UT_TRAINER_PREPARING, member->name, (double) i / n_members);

      UtModel *model = load_member (work, member, cancellable, error);

      if (model == NULL)
        return NULL;
      g_ptr_array_add (models, model);
    }

  return ut_model_new_ensemble ((UtModel * const *) models->pdata, models->len, error);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  UtModel *model = load (data, cancellable, &error);

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) ut_model_unref);
  else
    g_task_return_error (task, error);
}

static void
reading_cb (const char *file,
            double      fraction,
            gpointer    data)
{
  post (data, UT_TRAINER_PREPARING, file, fraction);
}

static void
checking_cb (double   fraction,
             gpointer data)
{
  post (data, UT_TRAINER_CHECKING, NULL, fraction);
}

/* A file may have changed since a member was validated; then its accuracy and the ensemble's would
 * not be of the same rows. */
static gboolean
check_rows (Work       *work,
            UtModel    *ensemble,
            UtDataset  *dev,
            GError    **error)
{
  gsize n_members;
  UtModel * const *members = ut_model_get_members (ensemble, &n_members);

  for (gsize i = 0; i < n_members; i++)
    {
      const UtMember *member = g_ptr_array_index (work->members, (guint) i);
      const char *hash = ut_model_get_facts (members[i])->dev_hash;

      if (hash != NULL && !g_str_equal (hash, ut_dataset_get_hash (dev)))
        {
          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                       _("%s was validated on other rows than its file has now."), member->name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check (Work          *work,
       UtEvaluation  *evaluation,
       GCancellable  *cancellable,
       GError       **error)
{
  if (work->corpus == NULL)
    work->corpus = ut_corpus_read (work->config, reading_cb, work, cancellable, error);
  if (work->corpus == NULL)
    return FALSE;
  _ut_mailbox_post_corpus (work->mailbox, work->corpus);

  UtDataset *dev = ut_corpus_get_dev (work->corpus);
  g_autoptr (UtModel) ensemble = load (work, cancellable, error);

  if (ensemble == NULL || !check_rows (work, ensemble, dev, error))
    return FALSE;

  work->status.n_dev = (guint) ut_dataset_get_n_rows (dev);

  return ut_evaluate (ensemble, dev,
                      (guint) ut_config_get_int (work->config, UT_SETTING_EVAL_BATCH_SIZE),
                      (guint) ut_config_get_int (work->config, UT_SETTING_THREADS),
                      checking_cb, work, cancellable, evaluation, error);
}

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autofree UtEvaluation *evaluation = g_new (UtEvaluation, 1);
  GError *error = NULL;

  if (check (data, evaluation, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&evaluation), g_free);
  else
    g_task_return_error (task, error);
}

/* Main thread */

void
_ut_members_load_async (GPtrArray           *members,
                        GFile               *runs,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _ut_members_load_async);
  g_task_set_task_data (task, work_new (members, runs), work_free);
  g_task_run_in_thread (task, load_thread);
}

void
_ut_members_check_async (GPtrArray           *members,
                         GFile               *runs,
                         UtConfig            *config,
                         UtCorpus            *corpus,
                         UtMailbox           *mailbox,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = work_new (members, runs);

  work->config = ut_config_ref (config);
  work->corpus = corpus != NULL ? ut_corpus_ref (corpus) : NULL;
  work->mailbox = _ut_mailbox_ref (mailbox);
  g_task_set_source_tag (task, _ut_members_check_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, check_thread);
}

gboolean
_ut_members_check_finish (GAsyncResult  *result,
                          UtEvaluation  *evaluation,
                          GError       **error)
{
  g_autofree UtEvaluation *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found == NULL)
    return FALSE;

  *evaluation = *found;
  return TRUE;
}
