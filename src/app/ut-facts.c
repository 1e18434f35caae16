/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-facts.h"

/* Long enough that a path being typed is not looked for letter by letter. */
#define PATIENCE_MS 300

struct _UtFacts
{
  GObject parent_instance;

  UtConfig *asked;              /* (owned) (nullable): the last question */
  UtCorpus *corpus;             /* (owned) (nullable) */
  guint dimension;
  char *errors[UT_N_FACTS_FILES]; /* (owned) (nullable) */

  guint data_timeout;
  GCancellable *data_cancellable; /* (owned) (nullable): while the data is read */
  guint vectors_timeout;
  GCancellable *vectors_cancellable; /* (owned) (nullable): while the vectors are read */
};

G_DEFINE_FINAL_TYPE (UtFacts, ut_facts, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (UtFacts *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_error (UtFacts     *self,
           UtFactsFile  file,
           const char  *message)
{
  g_free (self->errors[file]);
  self->errors[file] = g_strdup (message);
}

static gboolean
has_same_data (const UtConfig *a,
               const UtConfig *b)
{
  gboolean held_out = ut_config_get_data (a) == NULL && ut_config_get_dev_path (a) == NULL;
  gint64 seed = ut_config_get_int (a, UT_SETTING_SEED);

  return g_strcmp0 (ut_config_get_data (a), ut_config_get_data (b)) == 0 &&
         g_strcmp0 (ut_config_get_train_path (a), ut_config_get_train_path (b)) == 0 &&
         g_strcmp0 (ut_config_get_dev_path (a), ut_config_get_dev_path (b)) == 0 &&
         g_strcmp0 (ut_config_get_exclude_path (a), ut_config_get_exclude_path (b)) == 0 &&
         (!held_out || seed == ut_config_get_int (b, UT_SETTING_SEED));
}

static void
corpus_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (UtFacts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtCorpus) corpus = ut_corpus_read_finish (result, &error);
  const char *dev, *exclude;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->data_cancellable);
  self->corpus = g_steal_pointer (&corpus);
  if (error != NULL)
    {
      /* The readers begin their messages with the file they speak of. */
      dev = ut_config_get_dev_path (self->asked);
      exclude = ut_config_get_exclude_path (self->asked);
      if (exclude != NULL && g_str_has_prefix (error->message, exclude))
        set_error (self, UT_FACTS_EXCLUDE, error->message);
      else if (dev != NULL && g_str_has_prefix (error->message, dev))
        set_error (self, UT_FACTS_DEV, error->message);
      else
        set_error (self, UT_FACTS_TRAIN, error->message);
    }
  emit_changed (self);
}

static gboolean
read_corpus_cb (gpointer user_data)
{
  UtFacts *self = user_data;

  self->data_timeout = 0;
  self->data_cancellable = g_cancellable_new ();
  ut_corpus_read_async (self->asked, self->data_cancellable, corpus_read_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
read_dimension (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (data);
  GError *error = NULL;
  guint dimension = ut_vectors_read_dimension (file, cancellable, &error);

  if (dimension == 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, dimension);
}

static void
dimension_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  UtFacts *self = UT_FACTS (source);
  g_autoptr (GError) error = NULL;
  gssize dimension = g_task_propagate_int (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->vectors_cancellable);
  if (error != NULL)
    set_error (self, UT_FACTS_VECTORS, error->message);
  else
    self->dimension = (guint) dimension;
  emit_changed (self);
}

static gboolean
read_vectors_cb (gpointer user_data)
{
  UtFacts *self = user_data;
  g_autoptr (GTask) task = NULL;

  self->vectors_timeout = 0;
  self->vectors_cancellable = g_cancellable_new ();
  task = g_task_new (self, self->vectors_cancellable, dimension_read_cb, NULL);
  g_task_set_source_tag (task, read_vectors_cb);
  g_task_set_name (task, "[undertone] dimension of word vectors");
  g_task_set_task_data (task, g_strdup (ut_config_get_vectors_path (self->asked)), g_free);
  g_task_run_in_thread (task, read_dimension);

  return G_SOURCE_REMOVE;
}

static void
give_up (guint         *timeout,
         GCancellable **cancellable)
{
  g_clear_handle_id (timeout, g_source_remove);
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
ut_facts_dispose (GObject *object)
{
  UtFacts *self = UT_FACTS (object);

  give_up (&self->data_timeout, &self->data_cancellable);
  give_up (&self->vectors_timeout, &self->vectors_cancellable);

  G_OBJECT_CLASS (ut_facts_parent_class)->dispose (object);
}

static void
ut_facts_finalize (GObject *object)
{
  UtFacts *self = UT_FACTS (object);

  g_clear_pointer (&self->asked, ut_config_unref);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  for (int i = 0; i < UT_N_FACTS_FILES; i++)
    g_free (self->errors[i]);

  G_OBJECT_CLASS (ut_facts_parent_class)->finalize (object);
}

static void
ut_facts_class_init (UtFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_facts_dispose;
  object_class->finalize = ut_facts_finalize;

  /** UtFacts::changed: something is known, or no longer. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_FACTS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_facts_init (UtFacts *self)
{
}

UtFacts *
ut_facts_new (void)
{
  return g_object_new (UT_TYPE_FACTS, NULL);
}

void
ut_facts_ask (UtFacts  *self,
              UtConfig *config)
{
  g_autoptr (UtConfig) before = NULL;
  const char *vectors = NULL;
  const char *vectors_before = NULL;

  g_return_if_fail (UT_IS_FACTS (self));

  before = g_steal_pointer (&self->asked);
  self->asked = config != NULL ? ut_config_ref (config) : NULL;
  if (config != NULL)
    vectors = ut_config_get_vectors_path (config);
  if (before != NULL)
    vectors_before = ut_config_get_vectors_path (before);

  if (before == NULL || config == NULL || !has_same_data (before, config))
    {
      gboolean bundled = config != NULL && ut_config_get_data (config) != NULL;

      give_up (&self->data_timeout, &self->data_cancellable);
      g_clear_pointer (&self->corpus, ut_corpus_unref);
      set_error (self, UT_FACTS_TRAIN, NULL);
      set_error (self, UT_FACTS_DEV, NULL);
      set_error (self, UT_FACTS_EXCLUDE, NULL);
      if (config != NULL)
        self->data_timeout = g_timeout_add (bundled ? 0 : PATIENCE_MS, read_corpus_cb, self);
    }

  if (g_strcmp0 (vectors_before, vectors) != 0)
    {
      give_up (&self->vectors_timeout, &self->vectors_cancellable);
      self->dimension = 0;
      set_error (self, UT_FACTS_VECTORS, NULL);
      if (vectors != NULL)
        self->vectors_timeout = g_timeout_add (PATIENCE_MS, read_vectors_cb, self);
    }

  emit_changed (self);
}

UtCorpus *
ut_facts_get_corpus (UtFacts *self)
{
  g_return_val_if_fail (UT_IS_FACTS (self), NULL);

  return self->corpus;
}

guint
ut_facts_get_dimension (UtFacts *self)
{
  g_return_val_if_fail (UT_IS_FACTS (self), 0);

  return self->dimension;
}

const char *
ut_facts_get_error (UtFacts     *self,
                    UtFactsFile  file)
{
  g_return_val_if_fail (UT_IS_FACTS (self), NULL);
  g_return_val_if_fail (file < UT_N_FACTS_FILES, NULL);

  return self->errors[file];
}

gboolean
ut_facts_is_reading (UtFacts *self)
{
  g_return_val_if_fail (UT_IS_FACTS (self), FALSE);

  return self->data_timeout != 0 || self->data_cancellable != NULL;
}
