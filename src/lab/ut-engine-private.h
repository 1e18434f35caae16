/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-average-private.h"
#include "ut-checker-private.h"
#include "ut-corpus.h"
#include "ut-dynamics-private.h"
#include "ut-feed-private.h"
#include "ut-model.h"

G_BEGIN_DECLS

/**
 * UtEngineFuncs:
 * @read: part of a file, called @file, was read.
 * @got_corpus: the data are read.
 * @tell: one sentence a person should know.
 *
 * Whom an engine tells while it is made; on its own thread.
 */
typedef struct
{
  void (*read)       (const char *file,
                      double      fraction,
                      gpointer    data);
  void (*got_corpus) (UtCorpus   *corpus,
                      gpointer    data);
  void (*tell)       (const char *notice,
                      gpointer    data);
} UtEngineFuncs;

/**
 * UtEngine:
 * @config: (owned): what is trained.
 * @corpus: (owned): its data.
 * @vectors: (owned) (nullable): where the configuration names them.
 * @subwords: (owned) (nullable): of the vocabulary, where the model has a table of them.
 * @weights: (owned): as the trainer stores them.
 * @present: (owned): as they stand, or the average, to be checked and kept.
 * @average: (owned) (nullable): of the last epochs, where that is asked for.
 * @trainer: (owned): of @weights.
 * @feed: (owned): the training rows in their order.
 * @dynamics: (owned): how the rows are taken.
 * @checker: (owned): of the development rows.
 * @n_bytes: that it all takes, by the estimate.
 *
 * All that a training works with. One thread at a time; its fields may be used, but are set by
 * _ut_engine_prepare() alone.
 */
typedef struct
{
  UtConfig *config;
  UtCorpus *corpus;
  UtVectors *vectors;
  UtSubwords *subwords;
  UtNnSubwords parts; /* the same as the trainer reads them */
  UtNnModel *weights;
  UtNnModel *present;
  UtAverage *average;
  UtNnTrainer *trainer;
  UtFeed *feed;
  UtDynamics *dynamics;
  UtChecker *checker;
  guint64 n_bytes;
} UtEngine;

/**
 * _ut_engine_prepare:
 * @self: all zero; to be cleared also where this fails.
 * @config: what to train.
 * @corpus: (nullable): its data, where read already.
 * @funcs: whom to tell.
 * @data: for @funcs.
 * @cancellable: polled while reading.
 *
 * Reads what is not read yet, and makes a network at its start.
 */
gboolean _ut_engine_prepare        (UtEngine             *self,
                                    UtConfig             *config,
                                    UtCorpus             *corpus,
                                    const UtEngineFuncs  *funcs,
                                    gpointer              data,
                                    GCancellable         *cancellable,
                                    GError              **error);
void     _ut_engine_clear          (UtEngine             *self);

/** _ut_engine_get_facts: of the data; they point into the engine. */
UtDataFacts _ut_engine_get_facts   (const UtEngine       *self);

/** _ut_engine_begin_epoch: @epoch, from 1, is to be fed. */
void     _ut_engine_begin_epoch    (UtEngine             *self,
                                    guint                 epoch);
/** _ut_engine_continue_epoch: likewise, once its first batches are restored. */
void     _ut_engine_continue_epoch (UtEngine             *self,
                                    guint                 epoch);
/** _ut_engine_end_epoch: all steps of an epoch are done. */
void     _ut_engine_end_epoch      (UtEngine             *self);

/** _ut_engine_export: has @present be the weights after the last step, without any average. */
void     _ut_engine_export         (UtEngine             *self);
/** _ut_engine_export_epoch: has @present be what is to be checked after the epoch that ended with
 * the last step. */
void     _ut_engine_export_epoch   (UtEngine             *self);

/** _ut_engine_copy_model: (transfer full) (nullable): @present as a model. */
UtModel *_ut_engine_copy_model     (const UtEngine       *self,
                                    GError              **error);

G_END_DECLS
