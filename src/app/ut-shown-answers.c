/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-shown-answers.h"

#include "ut-shown-runs.h"

#include <glib/gi18n.h>

/* What is known of a shown run. */
typedef struct
{
  UtRun *run;         /* (owned) */
  int epoch;          /* its best one when it was asked */
  gboolean asked;
  UtAnswers *answers; /* (owned) (nullable) */
  char *failure;      /* (owned) (nullable) */
  gboolean is_early;  /* it has not answered anything yet */
} Entry;

struct _UtShownAnswers
{
  GObject parent_instance;

  UtSession *session;      /* (owned) (nullable) */
  UtShownRuns *shown;      /* (owned) (nullable) */
  GPtrArray *entries;      /* (owned) (element-type Entry): the current run first */
  GPtrArray *matching;     /* (owned) (element-type Entry): those on the same rows; the entries' */
  gboolean watched;
  GCancellable *reading;   /* (owned) (nullable): of one of them */
  gpointer asked;          /* (nullable): the entry that is being read, only to be compared */
};

G_DEFINE_FINAL_TYPE (UtShownAnswers, ut_shown_answers, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_next (UtShownAnswers *self);

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->run);
  g_clear_pointer (&entry->answers, ut_answers_unref);
  g_free (entry->failure);
  g_free (entry);
}

static int
get_best_epoch (UtRun *run)
{
  int epoch;

  g_object_get (run, "best-epoch", &epoch, NULL);

  return epoch;
}

/* Figures of a run as coded are no match for those of others. */
static gboolean
is_match (const Entry *first,
          const Entry *entry)
{
  return ut_answers_match (first->answers, entry->answers)
         && ut_config_is_as_coded (ut_run_get_config (first->run))
            == ut_config_is_as_coded (ut_run_get_config (entry->run));
}

static void
tell (UtShownAnswers *self)
{
  const Entry *first = NULL;

  g_ptr_array_set_size (self->matching, 0);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->answers == NULL)
        continue;
      if (first == NULL)
        first = entry;
      if (is_match (first, entry))
        g_ptr_array_add (self->matching, entry);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (UtShownAnswers) self = data;
  g_autoptr (GError) error = NULL;
  UtAnswers *answers = ut_run_get_answers_finish (UT_RUN (source), result, &error);
  Entry *entry = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      g_clear_pointer (&answers, ut_answers_unref);
      return;
    }

  g_clear_object (&self->reading);
  for (guint i = 0; i < self->entries->len && entry == NULL; i++)
    {
      Entry *candidate = g_ptr_array_index (self->entries, i);

      if (candidate->run == UT_RUN (source))
        entry = candidate;
    }
  if (entry != NULL)
    {
      g_clear_pointer (&entry->answers, ut_answers_unref);
      entry->answers = g_steal_pointer (&answers);
      entry->is_early = g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN);
      entry->failure = error != NULL ? g_strdup (error->message) : NULL;
    }
  g_clear_pointer (&answers, ut_answers_unref);
  /* Each change is worked on: 20 answers that are there at once are one. */
  read_next (self);
  if (self->reading == NULL || self->matching->len == 0)
    tell (self);
}

static void
read_next (UtShownAnswers *self)
{
  if (!self->watched || self->reading != NULL)
    return;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->asked)
        continue;
      entry->asked = TRUE;
      self->asked = entry;
      self->reading = g_cancellable_new ();
      ut_run_get_answers_async (entry->run, self->reading, read_cb, g_object_ref (self));
      return;
    }
}

/* The entry of @run that was there before, or a new one; @asked (nullable) was being read. */
static Entry *
take_entry (GPtrArray *before,
            UtRun     *run,
            gpointer   asked)
{
  Entry *entry;
  int epoch = get_best_epoch (run);

  for (guint i = 0; i < before->len; i++)
    {
      entry = g_ptr_array_index (before, i);
      if (entry->run != run)
        continue;
      entry = g_ptr_array_steal_index (before, i);
      /* What failed may do better now; what was answered before is shown until there is more. */
      entry->asked = entry->asked && entry != asked && entry->epoch == epoch
                     && entry->answers != NULL;
      entry->epoch = epoch;
      g_clear_pointer (&entry->failure, g_free);
      return entry;
    }

  entry = g_new0 (Entry, 1);
  entry->run = g_object_ref (run);
  entry->epoch = epoch;

  return entry;
}

static void
runs_changed_cb (UtShownAnswers *self)
{
  g_autoptr (GPtrArray) runs = ut_shown_runs_list (self->shown);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->entries);
  UtRun *current = ut_session_get_current (self->session);

  gpointer asked = self->reading != NULL ? self->asked : NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_ptr_array_set_size (self->matching, 0);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (runs, i);

      g_ptr_array_insert (self->entries, run == current ? 0 : -1, take_entry (before, run, asked));
    }
  read_next (self);
  tell (self);
}

static void
ut_shown_answers_dispose (GObject *object)
{
  UtShownAnswers *self = UT_SHOWN_ANSWERS (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_shown_answers_parent_class)->dispose (object);
}

static void
ut_shown_answers_finalize (GObject *object)
{
  UtShownAnswers *self = UT_SHOWN_ANSWERS (object);

  g_ptr_array_unref (self->matching);
  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (ut_shown_answers_parent_class)->finalize (object);
}

static void
ut_shown_answers_class_init (UtShownAnswersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_shown_answers_dispose;
  object_class->finalize = ut_shown_answers_finalize;

  /** UtShownAnswers::changed: there are other answers, or more of them. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_SHOWN_ANSWERS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_shown_answers_init (UtShownAnswers *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->matching = g_ptr_array_new ();
}

UtShownAnswers *
ut_shown_answers_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtShownAnswers *self = g_object_new (UT_TYPE_SHOWN_ANSWERS, NULL);

  self->session = g_object_ref (session);
  self->shown = ut_shown_runs_new (session);
  g_signal_connect_object (self->shown, "changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
ut_shown_answers_set_watched (UtShownAnswers *self,
                              gboolean        watched)
{
  g_return_if_fail (UT_IS_SHOWN_ANSWERS (self));

  self->watched = watched;
  if (!watched && self->reading != NULL)
    {
      /* It is read again when somebody looks. */
      g_cancellable_cancel (self->reading);
      g_clear_object (&self->reading);
      for (guint i = 0; i < self->entries->len; i++)
        {
          Entry *entry = g_ptr_array_index (self->entries, i);

          if (entry == self->asked)
            entry->asked = FALSE;
        }
    }
  ut_shown_runs_set_watched (self->shown, watched);
  read_next (self);
}

gboolean
ut_shown_answers_is_busy (UtShownAnswers *self)
{
  g_return_val_if_fail (UT_IS_SHOWN_ANSWERS (self), FALSE);

  return self->reading != NULL;
}

guint
ut_shown_answers_get_n_runs (UtShownAnswers *self)
{
  g_return_val_if_fail (UT_IS_SHOWN_ANSWERS (self), 0);

  return self->matching->len;
}

UtRun *
ut_shown_answers_get_run (UtShownAnswers *self,
                          guint           index)
{
  g_return_val_if_fail (UT_IS_SHOWN_ANSWERS (self), NULL);
  g_return_val_if_fail (index < self->matching->len, NULL);

  return ((Entry *) g_ptr_array_index (self->matching, index))->run;
}

UtAnswers *
ut_shown_answers_get_answers (UtShownAnswers *self,
                              guint           index)
{
  g_return_val_if_fail (UT_IS_SHOWN_ANSWERS (self), NULL);
  g_return_val_if_fail (index < self->matching->len, NULL);

  return ((Entry *) g_ptr_array_index (self->matching, index))->answers;
}

GPtrArray *
ut_shown_answers_dup_list (UtShownAnswers *self)
{
  g_return_val_if_fail (UT_IS_SHOWN_ANSWERS (self), NULL);

  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_answers_unref);

  for (guint i = 0; i < self->matching->len; i++)
    g_ptr_array_add (list, ut_answers_ref (ut_shown_answers_get_answers (self, i)));

  return list;
}

char *
ut_shown_answers_dup_problems (UtShownAnswers *self)
{
  g_return_val_if_fail (UT_IS_SHOWN_ANSWERS (self), NULL);

  g_autoptr (GString) text = g_string_new (NULL);
  guint n_others = 0, n_early = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      n_others += entry->answers != NULL ? 1 : 0;
      n_early += entry->failure != NULL && entry->is_early ? 1 : 0;
      if (entry->failure != NULL && !entry->is_early)
        g_string_append_printf (text, "%s: %s\n", ut_run_get_name (entry->run), entry->failure);
    }
  n_others -= MIN (n_others, self->matching->len);
  if (n_others > 0)
    {
      g_string_append_printf (text, ngettext ("%'u shown run is left out: it was checked on other "
                                              "rows, or in another way.",
                                              "%'u shown runs are left out: they were checked on "
                                              "other rows, or in another way.", n_others), n_others);
      g_string_append_c (text, '\n');
    }
  if (n_early > 0)
    {
      g_string_append_printf (text, ngettext ("%'u shown run has no answers yet: its first epoch has "
                                              "not ended.",
                                              "%'u shown runs have no answers yet: their first "
                                              "epoch has not ended.", n_early), n_early);
      g_string_append_c (text, '\n');
    }
  if (text->len == 0)
    return NULL;

  g_string_truncate (text, text->len - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
