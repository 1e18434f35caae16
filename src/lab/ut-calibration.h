/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How sure a model may be: its confidence against how often it is right, and the temperature that
 * makes the two agree best. Guo, Pleiss, Sun and Weinberger 2017, "On Calibration of Modern Neural
 * Networks".
 */
#pragma once

#include "ut-model.h"
#include "ut-statistics.h"

G_BEGIN_DECLS

/** UT_RELIABILITY_BINS: as many as in the paper. */
#define UT_RELIABILITY_BINS 15
/** UT_RELIABILITY_MAX_BINS: the most there may be. */
#define UT_RELIABILITY_MAX_BINS 100

/**
 * UtReliabilityBin:
 * @low: its rows are answered with a confidence above this
 * @high: and up to this.
 * @n: how many rows.
 * @n_right: how many of them are answered right.
 * @confidence: mean of the rows; NaN where there is none.
 * @accuracy: share of @n_right; NaN likewise.
 * @interval: of @accuracy, by Wilson; NaN likewise.
 *
 * A bar of the reliability diagram.
 */
typedef struct
{
  double low;
  double high;
  gsize n;
  gsize n_right;
  double confidence;
  double accuracy;
  UtInterval interval;
} UtReliabilityBin;

/**
 * UtReliability:
 * @n_rows: how many rows.
 * @bins: (array length=n_bins): of equal width, from 0 to 1. The answer of two that is given has a
 *   confidence of a half at least, so that the lower ones are empty.
 * @n_bins: how many.
 * @accuracy: share of rows that are answered right.
 * @confidence: mean of the rows.
 * @error: the expected calibration error, equation 3 of the paper: the mean over the rows of the
 *   difference between accuracy and confidence of their bin, without its sign.
 * @brier: mean square of the difference between the probability of the positive class and the
 *   label, Brier 1950, for two classes.
 * @loss: mean cross-entropy, in nats.
 *
 * How a model's confidence compares with how often it is right.
 */
typedef struct
{
  gsize n_rows;
  UtReliabilityBin bins[UT_RELIABILITY_MAX_BINS];
  guint n_bins;
  double accuracy;
  double confidence;
  double error;
  double brier;
  double loss;
} UtReliability;

/**
 * ut_reliability_measure:
 * @self: (out caller-allocates): the figures.
 * @logits: (array length=n_rows): of the rows, as the model gives them.
 * @labels: (array length=n_rows): 0 or 1.
 * @n_rows: at least one.
 * @temperature: that the logits are divided by; 1: none.
 * @n_bins: 1 to %UT_RELIABILITY_MAX_BINS.
 *
 * Any thread.
 */
void     ut_reliability_measure (UtReliability  *self,
                                 const float    *logits,
                                 const guint8   *labels,
                                 gsize           n_rows,
                                 double          temperature,
                                 guint           n_bins);

/**
 * UtTemperatureKind:
 * @UT_TEMPERATURE_FOUND: another temperature is worse.
 * @UT_TEMPERATURE_LOWEST: the lower, the better, as where all rows are answered right: the rows do
 *   not tell.
 * @UT_TEMPERATURE_HIGHEST: the higher, the better, as where no more rows are answered right than by
 *   chance.
 * @UT_TEMPERATURE_ANY: all logits are 0, so that it makes no difference.
 *
 * What is known of a temperature.
 */
typedef enum
{
  UT_TEMPERATURE_FOUND,
  UT_TEMPERATURE_LOWEST,
  UT_TEMPERATURE_HIGHEST,
  UT_TEMPERATURE_ANY,
} UtTemperatureKind;

/** ut_temperature_kind_get_remark: (nullable): why there is no temperature, translated; NULL where
 * there is one. */
const char *ut_temperature_kind_get_remark (UtTemperatureKind  kind);

/**
 * ut_temperature_fit:
 * @logits: (array length=n_rows): of rows that the model did not learn from.
 * @labels: (array length=n_rows): 0 or 1.
 * @n_rows: at least one.
 * @kind: (out): what is known of it.
 *
 * Temperature scaling, section 4.2 of the paper: the temperature by which logits are divided so
 * that their cross-entropy is the least; no answer becomes another one. Newton's steps on its
 * logarithm, within a bracket; always the same for the same rows. Any thread.
 *
 * Returns: from %UT_TEMPERATURE_MIN to %UT_TEMPERATURE_MAX, one of them if @kind says so; 1 where
 *   any would do.
 */
double   ut_temperature_fit     (const float        *logits,
                                 const guint8       *labels,
                                 gsize               n_rows,
                                 UtTemperatureKind  *kind);

/**
 * UtHeldOut:
 * @is_known: whether both halves of the rows tell a temperature; without, nothing else is set.
 * @temperatures: that the first half tells, and the second.
 * @reliability: of all rows, those of each half with the temperature that the other one told.
 *
 * What a temperature does on rows that it was not fitted on: the estimate that the rows themselves,
 * to which it was made to fit, cannot give.
 */
typedef struct
{
  gboolean is_known;
  double temperatures[2];
  UtReliability reliability;
} UtHeldOut;

/**
 * ut_reliability_hold_out:
 * @self: (out caller-allocates): the estimate.
 * @logits: (array length=n_rows): of rows that the model did not learn from.
 * @labels: (array length=n_rows): 0 or 1.
 * @n_rows: at least one.
 * @n_bins: 1 to %UT_RELIABILITY_MAX_BINS.
 *
 * Two-fold cross-validation. The halves are drawn at random, and always the same for so many rows.
 * Any thread.
 */
void     ut_reliability_hold_out (UtHeldOut     *self,
                                  const float   *logits,
                                  const guint8  *labels,
                                  gsize          n_rows,
                                  guint          n_bins);

/**
 * UtCalibrating:
 * @calibration: what the model would keep; its hash is that of the rows.
 * @kind: what is known of the temperature.
 * @before: without any temperature, also where the model has one.
 * @after: with it, on the same rows.
 * @held_out: with those of the halves, on the other half each.
 *
 * What calibrating a model on some rows comes to.
 */
typedef struct
{
  UtCalibration calibration;
  UtTemperatureKind kind;
  UtReliability before;
  UtReliability after;
  UtHeldOut held_out;
} UtCalibrating;

/**
 * ut_calibrate:
 * @model: an ordinary model; what it was calibrated to before makes no difference.
 * @dataset: rows with labels that it did not learn from; must outlive the hash in @calibrating.
 * @n_bins: 1 to %UT_RELIABILITY_MAX_BINS.
 * @n_threads: 0 for one each physical core.
 * @cancellable: (nullable): polled between batches.
 * @calibrating: (out): what it comes to.
 * @error: cancelled, memory, or a model that has no probability: an ensemble, one as the notebook's
 *   code runs.
 *
 * Changes nothing: ut_model_new_calibrated() makes a model that uses it. Blocks; any thread.
 *
 * Returns: whether it was done.
 */
gboolean ut_calibrate           (UtModel            *model,
                                 UtDataset          *dataset,
                                 guint               n_bins,
                                 guint               n_threads,
                                 GCancellable       *cancellable,
                                 UtCalibrating      *calibrating,
                                 GError            **error);

G_END_DECLS
