/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-engine-private.h"

#include "ut-config-private.h"
#include "ut-embedding-private.h"
#include "ut-estimate.h"
#include "ut-memory-private.h"
#include "ut-model-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* An engine in the making. */
typedef struct
{
  UtEngine *engine;
  const UtEngineFuncs *funcs;
  gpointer data;
  GCancellable *cancellable;
} Making;

static void
tell (const Making *self,
      const char   *notice)
{
  self->funcs->tell (notice, self->data);
}

/* Reading */

static void
reading_cb (const char *file,
            double      fraction,
            gpointer    data)
{
  const Making *self = data;

  self->funcs->read (file, fraction, self->data);
}

static void
reading_vectors_cb (double   fraction,
                    gpointer data)
{
  const Making *self = data;
  g_autofree char *name =
    g_filename_display_basename (ut_config_get_vectors_path (self->engine->config));

  reading_cb (name, fraction, data);
}

static gboolean
read_vectors (Making  *self,
              GError **error)
{
  UtEngine *engine = self->engine;
  UtConfig *config = engine->config;
  g_autoptr (GFile) file = g_file_new_for_path (ut_config_get_vectors_path (config));
  UtVocabulary *vocabulary = ut_corpus_get_vocabulary (engine->corpus);

  reading_vectors_cb (0, self);
  engine->vectors = ut_vectors_read (file, vocabulary,
                                     (guint) ut_config_get_int (config, UT_SETTING_EMBEDDING_SIZE),
                                     reading_vectors_cb, self, self->cancellable, error);
  if (engine->vectors == NULL)
    return FALSE;

  g_autofree char *coverage = _ut_embedding_coverage (engine->vectors,
                                                      ut_corpus_get_train (engine->corpus),
                                                      vocabulary);
  guint n_duplicates = ut_vectors_get_n_duplicates (engine->vectors);

  tell (self, coverage);
  if (n_duplicates > 0)
    {
      g_autofree char *notice =
        g_strdup_printf (ngettext ("%'u word has more than one vector; the first one counts.",
                                   "%'u words have more than one vector; the first ones count.",
                                   n_duplicates),
                         n_duplicates);

      tell (self, notice);
    }

  return TRUE;
}

static void
tell_excluded (const Making *self)
{
  const char *path = ut_config_get_exclude_path (self->engine->config);
  UtCorpus *corpus = self->engine->corpus;
  gsize n_excluded = ut_corpus_get_n_excluded (corpus);
  gsize n_rows = ut_dataset_get_n_rows (ut_corpus_get_train (corpus)) + n_excluded;

  if (path == NULL)
    return;

  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: how many rows, of how many, and the name of a file. */
  g_autofree char *notice =
    g_strdup_printf (ngettext ("%'zu of %'zu training rows is left out as %s says.",
                               "%'zu of %'zu training rows are left out as %s says.", n_excluded),
                     n_excluded, n_rows, name);

  tell (self, notice);
}

static gboolean
read_data (Making    *self,
           UtCorpus  *corpus,
           GError   **error)
{
  UtEngine *engine = self->engine;

  engine->corpus = corpus != NULL ? ut_corpus_ref (corpus)
                                  : ut_corpus_read (engine->config, reading_cb, self,
                                                    self->cancellable, error);
  if (engine->corpus == NULL)
    return FALSE;

  self->funcs->got_corpus (engine->corpus, self->data);
  if (ut_corpus_get_held_out (engine->corpus))
    tell (self, _("A tenth of the training rows is held out for validation."));
  tell_excluded (self);

  if (ut_config_get_vectors_path (engine->config) == NULL
      || !ut_cell_kind_is_recurrent (ut_config_get_cell (engine->config)))
    return TRUE;

  return read_vectors (self, error);
}

/* Making */

static gboolean
make_trainer (UtEngine         *self,
              const UtNnShape  *shape,
              GError          **error)
{
  UtConfig *config = self->config;
  UtDataset *train = ut_corpus_get_train (self->corpus);
  UtNnTrainerOptions options = _ut_config_get_options (config);
  guint64 seed = (guint64) ut_config_get_int (config, UT_SETTING_SEED);
  guint n_averaged = _ut_config_get_n_averaged (config);

  if (ut_nn_model_new (shape, &self->weights) != UT_NN_OK
      || ut_nn_model_new (shape, &self->present) != UT_NN_OK)
    {
      _ut_memory_set_error (self->n_bytes, error);
      return FALSE;
    }
  ut_nn_model_initialize (self->weights, seed);
  if (ut_cell_kind_is_recurrent (ut_config_get_cell (config)))
    _ut_embedding_fill (self->weights, self->vectors, seed);

  options.max_sentences = MIN ((gsize) ut_config_get_int (config, UT_SETTING_BATCH_SIZE),
                               ut_dataset_get_n_rows (train));
  options.max_length = ut_dataset_get_max_length (train);
  if (self->subwords != NULL)
    {
      self->parts = _ut_subwords_get_view (self->subwords);
      options.subwords = &self->parts;
    }
  if (n_averaged > 1)
    self->average = _ut_average_new (shape, n_averaged);
  if ((n_averaged > 1 && self->average == NULL)
      || ut_nn_trainer_new (self->weights, &options, &self->trainer) != UT_NN_OK)
    {
      _ut_memory_set_error (self->n_bytes, error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
make_checker (UtEngine         *self,
              const UtNnShape  *shape,
              GError          **error)
{
  UtConfig *config = self->config;

  self->checker = _ut_checker_new (shape, ut_corpus_get_vocabulary (self->corpus), self->subwords,
                                   ut_corpus_get_dev (self->corpus),
                                   (guint) ut_config_get_int (config, UT_SETTING_EVAL_BATCH_SIZE),
                                   (guint) ut_config_get_int (config, UT_SETTING_THREADS), error);
  return self->checker != NULL;
}

static gboolean
make (UtEngine  *self,
      GError   **error)
{
  UtConfig *config = self->config;
  UtDataset *train = ut_corpus_get_train (self->corpus);
  UtVocabulary *vocabulary = ut_corpus_get_vocabulary (self->corpus);
  UtNnShape shape = _ut_config_get_shape (config, ut_vocabulary_get_size (vocabulary));
  UtEstimate estimate;

  ut_config_estimate (config, self->corpus, NAN, &estimate);
  self->n_bytes = estimate.bytes;
  if (!_ut_memory_check (self->n_bytes, error))
    return FALSE;
  if (shape.n_subwords > 0)
    {
      const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;

      self->subwords = ut_subwords_new (&rule, vocabulary, NULL, 0, error);
      if (self->subwords == NULL)
        return FALSE;
    }
  if (!make_trainer (self, &shape, error) || !make_checker (self, &shape, error))
    return FALSE;

  self->feed = _ut_feed_new (train, vocabulary,
                             (guint64) ut_config_get_int (config, UT_SETTING_SEED),
                             ut_config_get_number (config, UT_SETTING_TRAIN_UNKNOWN) != 0,
                             (gsize) ut_config_get_int (config, UT_SETTING_BATCH_SIZE));
  self->dynamics = _ut_dynamics_new (train);

  return TRUE;
}

gboolean
_ut_engine_prepare (UtEngine             *self,
                    UtConfig             *config,
                    UtCorpus             *corpus,
                    const UtEngineFuncs  *funcs,
                    gpointer              data,
                    GCancellable         *cancellable,
                    GError              **error)
{
  Making making = { self, funcs, data, cancellable };

  self->config = ut_config_ref (config);

  return read_data (&making, corpus, error) && make (self, error);
}

void
_ut_engine_clear (UtEngine *self)
{
  g_clear_pointer (&self->average, _ut_average_free);
  g_clear_pointer (&self->checker, _ut_checker_free);
  g_clear_pointer (&self->dynamics, _ut_dynamics_free);
  g_clear_pointer (&self->feed, _ut_feed_free);
  ut_nn_trainer_free (self->trainer);
  ut_nn_model_free (self->weights);
  ut_nn_model_free (self->present);
  g_clear_pointer (&self->vectors, ut_vectors_unref);
  g_clear_pointer (&self->subwords, ut_subwords_unref);
  g_clear_pointer (&self->corpus, ut_corpus_unref);
  g_clear_pointer (&self->config, ut_config_unref);
}

UtDataFacts
_ut_engine_get_facts (const UtEngine *self)
{
  UtDataset *train = ut_corpus_get_train (self->corpus);
  UtDataset *dev = ut_corpus_get_dev (self->corpus);

  return (UtDataFacts) {
    .train_rows = ut_dataset_get_n_rows (train),
    .dev_rows = ut_dataset_get_n_rows (dev),
    .train_hash = ut_dataset_get_hash (train),
    .dev_hash = ut_dataset_get_hash (dev),
    .vectors_hash = self->vectors != NULL ? ut_vectors_get_hash (self->vectors) : NULL,
    .reviews = ut_corpus_get_unit (self->corpus) == UT_DATA_UNIT_REVIEW,
  };
}

void
_ut_engine_begin_epoch (UtEngine *self,
                        guint     epoch)
{
  _ut_engine_continue_epoch (self, epoch);
  _ut_dynamics_begin_epoch (self->dynamics);
}

void
_ut_engine_continue_epoch (UtEngine *self,
                           guint     epoch)
{
  _ut_feed_begin_epoch (self->feed, epoch);
}

void
_ut_engine_end_epoch (UtEngine *self)
{
  _ut_dynamics_end_epoch (self->dynamics);
  if (self->average == NULL)
    return;

  _ut_engine_export (self);
  _ut_average_add (self->average, self->present);
}

void
_ut_engine_export (UtEngine *self)
{
  ut_nn_trainer_export (self->trainer, self->present);
}

void
_ut_engine_export_epoch (UtEngine *self)
{
  if (self->average != NULL && _ut_average_get_n_models (self->average) > 0)
    _ut_average_get (self->average, self->present);
  else
    _ut_engine_export (self);
}

UtModel *
_ut_engine_copy_model (const UtEngine  *self,
                       GError         **error)
{
  const UtDataFacts facts = _ut_engine_get_facts (self);
  UtNnModel *copy;

  if (ut_nn_model_copy (self->present, &copy) != UT_NN_OK)
    {
      const UtNnShape *shape = ut_nn_model_get_shape (self->present);

      _ut_memory_set_error (ut_nn_shape_count_parameters (shape) * sizeof (float), error);
      return NULL;
    }

  return ut_model_new (self->config, ut_corpus_get_vocabulary (self->corpus), self->subwords, copy,
                       &facts);
}
