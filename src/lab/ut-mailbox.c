/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-mailbox-private.h"

#include "ut-probe-private.h"

/* Thirty times a second. */
#define INTERVAL_MS 33

struct UtMailbox
{
  GMutex mutex;
  GMainContext *context; /* (owned) */

  /* Under the lock */
  UtTrainerUpdate status; /* without its pointers */
  char *file;             /* (owned) (nullable) */
  char *trouble;          /* (owned) (nullable) */
  GArray *points;         /* (owned) (element-type UtPoint) */
  GArray *epochs;         /* (owned) (element-type UtEpoch) */
  GPtrArray *looks;       /* (owned) (element-type UtProbeLook) */
  GString *notices;       /* (owned) */
  UtModel *snapshot;      /* (owned) (nullable) */
  UtCorpus *corpus;       /* (owned) (nullable) */
  gboolean filled;
  gboolean scheduled;

  /* Main thread only */
  const UtMailboxFuncs *funcs; /* (nullable), static */
  gpointer data;
  GArray *spare_points; /* (owned), swapped with the full one */
  GArray *spare_epochs; /* (owned) */
};

UtMailbox *
_ut_mailbox_new (const UtMailboxFuncs *funcs,
                 gpointer              data)
{
  UtMailbox *self = g_atomic_rc_box_new0 (UtMailbox);

  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  self->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  self->spare_points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  self->spare_epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  self->looks = _ut_probe_looks_new ();
  self->notices = g_string_new (NULL);
  self->funcs = funcs;
  self->data = data;

  return self;
}

static void
mailbox_clear (gpointer data)
{
  UtMailbox *self = data;

  g_array_unref (self->points);
  g_array_unref (self->epochs);
  g_array_unref (self->spare_points);
  g_array_unref (self->spare_epochs);
  g_ptr_array_unref (self->looks);
  g_string_free (self->notices, TRUE);
  g_clear_pointer (&self->snapshot, ut_model_unref);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  g_free (self->file);
  g_free (self->trouble);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
}

UtMailbox *
_ut_mailbox_ref (UtMailbox *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
_ut_mailbox_unref (UtMailbox *self)
{
  g_atomic_rc_box_release_full (self, mailbox_clear);
}

static gboolean
deliver_cb (gpointer data)
{
  UtMailbox *self = data;

  g_mutex_lock (&self->mutex);
  self->scheduled = FALSE;
  g_mutex_unlock (&self->mutex);

  _ut_mailbox_flush (self);
  return G_SOURCE_REMOVE;
}

/* The mutex is held. */
static void
schedule (UtMailbox *self)
{
  if (self->scheduled)
    return;

  GSource *source = g_timeout_source_new (INTERVAL_MS);

  self->scheduled = TRUE;
  g_source_set_static_name (source, "ut_mailbox");
  g_source_set_callback (source, deliver_cb, _ut_mailbox_ref (self),
                         (GDestroyNotify) _ut_mailbox_unref);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static void
set_text (char       **place,
          const char  *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return;

  g_free (*place);
  *place = g_strdup (text);
}

void
_ut_mailbox_post (UtMailbox             *self,
                  const UtTrainerUpdate *status,
                  const UtPoint         *point,
                  const UtEpoch         *epoch,
                  const char            *notice)
{
  g_mutex_lock (&self->mutex);

  self->status = *status;
  set_text (&self->file, status->file);
  set_text (&self->trouble, status->trouble);
  if (point != NULL)
    g_array_append_vals (self->points, point, 1);
  if (epoch != NULL)
    g_array_append_vals (self->epochs, epoch, 1);
  if (notice != NULL)
    g_string_append_printf (self->notices, "%s%s", self->notices->len > 0 ? "\n" : "", notice);
  self->filled = TRUE;
  schedule (self);

  g_mutex_unlock (&self->mutex);
}

void
_ut_mailbox_post_look (UtMailbox   *self,
                       UtProbeLook *look)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->looks, look);
  schedule (self);
  g_mutex_unlock (&self->mutex);
}

void
_ut_mailbox_post_snapshot (UtMailbox *self,
                           UtModel   *model)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->snapshot, ut_model_unref);
  self->snapshot = model;
  schedule (self);
  g_mutex_unlock (&self->mutex);
}

void
_ut_mailbox_post_corpus (UtMailbox *self,
                         UtCorpus  *corpus)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  self->corpus = ut_corpus_ref (corpus);
  g_mutex_unlock (&self->mutex);
}

UtCorpus *
_ut_mailbox_dup_corpus (UtMailbox *self)
{
  g_mutex_lock (&self->mutex);

  UtCorpus *corpus = self->corpus != NULL ? ut_corpus_ref (self->corpus) : NULL;

  g_mutex_unlock (&self->mutex);
  return corpus;
}

void
_ut_mailbox_close (UtMailbox *self)
{
  self->funcs = NULL;
}

void
_ut_mailbox_flush (UtMailbox *self)
{
  if (self->funcs == NULL)
    return;

  g_mutex_lock (&self->mutex);

  GArray *points = self->points;
  GArray *epochs = self->epochs;
  g_autoptr (GPtrArray) looks = self->looks;
  g_autoptr (UtModel) snapshot = g_steal_pointer (&self->snapshot);
  g_autofree char *file = g_strdup (self->file);
  g_autofree char *trouble = g_strdup (self->trouble);
  g_autofree char *notices = self->notices->len > 0 ? g_strdup (self->notices->str) : NULL;
  UtTrainerUpdate update = self->status;
  gboolean filled = self->filled || looks->len > 0;

  self->points = self->spare_points;
  self->epochs = self->spare_epochs;
  self->looks = _ut_probe_looks_new ();
  self->spare_points = points;
  self->spare_epochs = epochs;
  g_string_truncate (self->notices, 0);
  self->filled = FALSE;

  g_mutex_unlock (&self->mutex);

  if (filled)
    {
      update.file = file;
      update.trouble = trouble;
      update.notices = notices;
      update.points = (const UtPoint *) (void *) points->data;
      update.n_points = points->len;
      update.epochs = (const UtEpoch *) (void *) epochs->data;
      update.n_new_epochs = epochs->len;
      update.looks = (UtProbeLook * const *) looks->pdata;
      update.n_looks = looks->len;
      self->funcs->update (&update, self->data);
    }
  g_array_set_size (points, 0);
  g_array_set_size (epochs, 0);

  /* The receiver of the update may have closed the box. */
  if (snapshot != NULL && self->funcs != NULL)
    self->funcs->snapshot (snapshot, self->data);
}
