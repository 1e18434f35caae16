/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-queue-private.h"

struct UtRunQueue
{
  GQueue runs;      /* (element-type UtRun), each with a reference */
  GHashTable *data; /* (owned), UtRun to the UtCorpus it was given */
};

UtRunQueue *
_ut_run_queue_new (void)
{
  UtRunQueue *self = g_new0 (UtRunQueue, 1);

  g_queue_init (&self->runs);
  self->data = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) ut_corpus_unref);

  return self;
}

void
_ut_run_queue_free (UtRunQueue *self)
{
  g_queue_clear_full (&self->runs, g_object_unref);
  g_hash_table_unref (self->data);
  g_free (self);
}

static void
number (UtRunQueue *self)
{
  guint position = 1;

  for (GList *l = self->runs.head; l != NULL; l = l->next)
    _ut_run_set_queue_position (l->data, position++);
}

void
_ut_run_queue_add (UtRunQueue *self,
                   UtRun      *run,
                   UtCorpus   *corpus)
{
  if (corpus != NULL)
    g_hash_table_insert (self->data, g_object_ref (run), ut_corpus_ref (corpus));
  g_queue_push_tail (&self->runs, g_object_ref (run));
  number (self);
}

gboolean
_ut_run_queue_remove (UtRunQueue *self,
                      UtRun      *run)
{
  if (!g_queue_remove (&self->runs, run))
    return FALSE;

  g_hash_table_remove (self->data, run);
  _ut_run_set_queue_position (run, 0);
  number (self);
  g_object_unref (run);

  return TRUE;
}

void
_ut_run_queue_move (UtRunQueue *self,
                    UtRun      *run,
                    guint       position)
{
  g_assert (position > 0);

  if (!g_queue_remove (&self->runs, run))
    return;

  g_queue_push_nth (&self->runs, run, (int) position - 1);
  number (self);
}

UtRun *
_ut_run_queue_peek (UtRunQueue *self)
{
  return g_queue_peek_head (&self->runs);
}

UtRun *
_ut_run_queue_pop (UtRunQueue  *self,
                   UtCorpus   **corpus)
{
  UtRun *run = g_queue_pop_head (&self->runs);
  UtCorpus *given = g_hash_table_lookup (self->data, run);

  *corpus = given != NULL ? ut_corpus_ref (given) : NULL;
  g_hash_table_remove (self->data, run);
  _ut_run_set_queue_position (run, 0);
  number (self);

  return run;
}

guint
_ut_run_queue_get_length (UtRunQueue *self)
{
  return g_queue_get_length (&self->runs);
}
