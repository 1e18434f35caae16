/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

#include <gio/gio.h>
#include <ut-nn.h>
#include <ut-text.h>

G_BEGIN_DECLS

/**
 * UtModel:
 *
 * A model that answers: configuration, vocabulary and weights. Immutable, atomically counted. As a
 * file it is safetensors under PyTorch's names; equal runs give equal files.
 *
 * An ensemble is a model, too: it answers with the mean of its members' logits, which may have other
 * words, sizes and cells. It has no weights and no file of its own.
 */
typedef struct UtModel UtModel;

#define UT_TYPE_MODEL (ut_model_get_type ())
GType            ut_model_get_type       (void);

/**
 * UtDataFacts:
 * @train_rows: rows of the training set, 0 where unknown.
 * @dev_rows: rows of the development set.
 * @train_hash: (nullable): content hash.
 * @dev_hash: (nullable): content hash.
 * @vectors_hash: (nullable): hash of the word vectors' file.
 * @reviews: whether a row was a whole review, not a sentence.
 *
 * What a model file says of the data it learned from.
 */
typedef struct
{
  gsize train_rows;
  gsize dev_rows;
  const char *train_hash;
  const char *dev_hash;
  const char *vectors_hash;
  gboolean reviews;
} UtDataFacts;

/** UT_TEMPERATURE_MIN: the lowest temperature a model may be calibrated to. */
#define UT_TEMPERATURE_MIN 0.05
/** UT_TEMPERATURE_MAX: the highest. */
#define UT_TEMPERATURE_MAX 20.0

/**
 * UtCalibration:
 * @temperature: that logits are divided by before they become probabilities.
 * @n_rows: rows that it was found on, 0 where unknown.
 * @data_hash: (nullable): their content hash.
 *
 * How sure a model may be of its answers. It stands in the model's file under a key of its own, not
 * in the run's record: so it goes wherever the model goes, and every program that asks the model
 * heeds it. A training never writes it, so that equal runs still give equal files; taken away, it
 * leaves the file as it was, byte for byte, and the same rows give it again.
 */
typedef struct
{
  double temperature;
  gsize n_rows;
  const char *data_hash;
} UtCalibration;

/**
 * ut_model_new:
 * @config: of the run.
 * @vocabulary: of the run.
 * @subwords: (nullable): of the vocabulary, where @weights have a table of them.
 * @weights: (transfer full): a model of the fitting shape, from now on read only.
 * @facts: copied.
 *
 * Returns: (transfer full): the model.
 */
UtModel         *ut_model_new            (UtConfig          *config,
                                          UtVocabulary      *vocabulary,
                                          UtSubwords        *subwords,
                                          UtNnModel         *weights,
                                          const UtDataFacts *facts);

/** UT_MODEL_MAX_MEMBERS: the most models of an ensemble. */
#define UT_MODEL_MAX_MEMBERS 64

/**
 * ut_model_new_ensemble:
 * @members: (array length=n_members): ordinary models.
 * @n_members: from 1 to %UT_MODEL_MAX_MEMBERS.
 * @error: where one of several runs as the notebook's code does: what it gives has no mean.
 *
 * Configuration, vocabulary and facts are those of the first. Of one model it is that model.
 *
 * Returns: (transfer full) (nullable): the mean of @members.
 */
UtModel         *ut_model_new_ensemble   (UtModel * const   *members,
                                          gsize              n_members,
                                          GError           **error);

/**
 * ut_model_get_members: (transfer none) (array length=n_members): whose logits are averaged; an
 * ordinary model is its own only member.
 */
UtModel * const *ut_model_get_members    (const UtModel     *self,
                                          gsize             *n_members);

/**
 * ut_model_check_calibration: whether @self can be calibrated: an ensemble, whose members may be,
 * and a model as the notebook's code runs, whose answers need not be logits, cannot; @error says
 * so.
 */
gboolean         ut_model_check_calibration (const UtModel  *self,
                                             GError        **error);

/**
 * ut_model_new_calibrated:
 * @self: a model that ut_model_check_calibration() passes.
 * @calibration: (nullable): copied; %NULL takes away what there is.
 *
 * Returns: (transfer full): a model with the same weights.
 */
UtModel         *ut_model_new_calibrated    (UtModel             *self,
                                             const UtCalibration *calibration);

/** ut_model_get_calibration: (transfer none) (nullable): %NULL where it has none, as an
 * ensemble. */
const UtCalibration *ut_model_get_calibration (const UtModel     *self);

/**
 * ut_model_read_temperature:
 * @file: a model's.
 * @data_hash: (nullable): content hash of rows.
 * @temperature: (out): that it is calibrated to, NaN where it is not.
 * @is_of_rows: (out): whether that was found on these rows.
 *
 * Reads the beginning of the file only. Blocks; any thread.
 *
 * Returns: whether it could be read.
 */
gboolean         ut_model_read_temperature  (GFile               *file,
                                             const char          *data_hash,
                                             double              *temperature,
                                             gboolean            *is_of_rows,
                                             GCancellable        *cancellable,
                                             GError             **error);

/** ut_model_dup_calibration_text: (transfer full) (nullable): "calibrated (T = 1.8)",
 * translated. */
char            *ut_model_dup_calibration_text (const UtModel    *self);

/**
 * ut_model_get_probability: of the positive class, where the model answers with @logit: the
 * logistic function of @logit divided by the temperature, if there is one. Of an ensemble, whose
 * logit is the mean of its members' as they give them, that of @logit itself: what its members
 * were calibrated to says nothing of their mean, which is less sure already.
 */
double           ut_model_get_probability   (const UtModel       *self,
                                             double               logit);

/**
 * ut_model_load: (transfer full) (nullable): reads a model file, trusting nothing. Blocks; any
 * thread.
 */
UtModel         *ut_model_load           (GFile             *file,
                                          GCancellable      *cancellable,
                                          GError           **error);

void             ut_model_load_async     (GFile               *file,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
UtModel         *ut_model_load_finish    (GAsyncResult        *result,
                                          GError             **error);

/**
 * ut_model_save: writes a temporary file, syncs and renames. An ensemble is refused. Blocks; any
 * thread.
 */
gboolean         ut_model_save           (UtModel           *self,
                                          GFile             *file,
                                          GCancellable      *cancellable,
                                          GError           **error);

void             ut_model_save_async     (UtModel             *self,
                                          GFile               *file,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean         ut_model_save_finish    (GAsyncResult        *result,
                                          GError             **error);

UtModel         *ut_model_ref            (UtModel           *self);
void             ut_model_unref          (UtModel           *self);

UtConfig        *ut_model_get_config     (const UtModel     *self);
UtVocabulary    *ut_model_get_vocabulary (const UtModel     *self);
/**
 * ut_model_get_subwords: (transfer none) (nullable): the parts of the vocabulary's words; of an
 * ensemble those of a member that guesses, if there is one.
 */
UtSubwords      *ut_model_get_subwords   (const UtModel     *self);
/** ut_model_get_weights: (transfer none) (nullable): NULL for an ensemble. */
const UtNnModel *ut_model_get_weights    (const UtModel     *self);
const UtDataFacts *ut_model_get_facts    (const UtModel     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtModel, ut_model_unref)

G_END_DECLS
