/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-calibration.h"

#include "ut-evaluation.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the forward pass; the logits do not depend on it. */
#define BATCH_SIZE 128

/* Newton's steps double the digits; halving the bracket needs so many for the last one. */
#define MAX_STEPS 100
/* Of the temperature's logarithm. */
#define PRECISION 1e-12

/* Of the halves; any would do. */
#define HALVES_SEED 1

/* Reliability */

static void
settle_bin (UtReliabilityBin *bin,
            double            confidence_sum)
{
  bin->confidence = bin->n > 0 ? confidence_sum / (double) bin->n : NAN;
  bin->accuracy = bin->n > 0 ? (double) bin->n_right / (double) bin->n : NAN;
  bin->interval = ut_wilson_interval (bin->n_right, bin->n);
}

void
ut_reliability_measure (UtReliability *self,
                        const float   *logits,
                        const guint8  *labels,
                        gsize          n_rows,
                        double         temperature,
                        guint          n_bins)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (logits != NULL && labels != NULL && n_rows > 0);
  g_return_if_fail (temperature > 0);
  g_return_if_fail (n_bins >= 1 && n_bins <= UT_RELIABILITY_MAX_BINS);

  double sums[UT_RELIABILITY_MAX_BINS] = { 0 };
  gsize n_right = 0;

  *self = (UtReliability) { .n_rows = n_rows, .n_bins = n_bins };
  for (gsize i = 0; i < n_rows; i++)
    {
      double logit = logits[i] / temperature;
      double positive = ut_nn_sigmoid (logit);
      /* Not one less the other, which is rounded to 1 early. */
      double confidence = ut_nn_sigmoid (fabs (logit));
      guint bin = (guint) CLAMP (ceil (confidence * n_bins) - 1, 0, n_bins - 1);
      gboolean right = (logits[i] > 0) == (labels[i] == 1);

      self->bins[bin].n++;
      self->bins[bin].n_right += right;
      sums[bin] += confidence;
      self->confidence += confidence;
      self->brier += (positive - labels[i]) * (positive - labels[i]);
      self->loss += ut_nn_loss (logit, labels[i]);
      n_right += right;
    }
  self->accuracy = (double) n_right / (double) n_rows;
  self->confidence /= (double) n_rows;
  self->brier /= (double) n_rows;
  self->loss /= (double) n_rows;

  for (guint i = 0; i < n_bins; i++)
    {
      UtReliabilityBin *bin = &self->bins[i];

      bin->low = (double) i / n_bins;
      bin->high = (i + 1.0) / n_bins;
      settle_bin (bin, sums[i]);
      if (bin->n > 0)
        self->error += (double) bin->n / (double) n_rows * fabs (bin->accuracy - bin->confidence);
    }
}

/* Temperature */

/*
 * The first and second derivatives of the mean cross-entropy by u, the logarithm of the
 * temperature. With the margin m = ±logit, positive where the answer is right, and b = exp (-u):
 *   loss = log (1 + exp (-m b)),  dloss/db = -m s (-m b),  d²loss/db² = m² s (m b) s (-m b),
 *   dloss/du = -b dloss/db,  d²loss/du² = b dloss/db + b² d²loss/db²,
 * s being the logistic function.
 */
static void
derive (const float  *logits,
        const guint8 *labels,
        gsize         n_rows,
        double        u,
        double       *first,
        double       *second)
{
  double b = exp (-u);
  double slope = 0;
  double bend = 0;

  for (gsize i = 0; i < n_rows; i++)
    {
      double margin = labels[i] == 1 ? logits[i] : -(double) logits[i];
      double wrong = ut_nn_sigmoid (-margin * b);

      slope -= margin * wrong;
      bend += margin * margin * wrong * ut_nn_sigmoid (margin * b);
    }
  *first = -b * slope / (double) n_rows;
  *second = (b * slope + b * b * bend) / (double) n_rows;
}

static gboolean
is_all_zero (const float *logits,
             gsize        n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (logits[i] != 0)
        return FALSE;
    }

  return TRUE;
}

/* The cross-entropy is convex in the inverse of the temperature, so its slope has one zero at
 * most. */
static double
find_zero (const float  *logits,
           const guint8 *labels,
           gsize         n_rows)
{
  double low = log (UT_TEMPERATURE_MIN);
  double high = log (UT_TEMPERATURE_MAX);
  double u = 0;

  for (guint i = 0; i < MAX_STEPS && high - low > PRECISION; i++)
    {
      double first, second;

      derive (logits, labels, n_rows, u, &first, &second);
      if (first == 0)
        break;
      *(first < 0 ? &low : &high) = u;

      double next = u - first / second;

      if (!(second > 0) || next <= low || next >= high)
        next = (low + high) / 2;
      if (fabs (next - u) < PRECISION)
        return exp (next);
      u = next;
    }

  return exp (u);
}

double
ut_temperature_fit (const float        *logits,
                    const guint8       *labels,
                    gsize               n_rows,
                    UtTemperatureKind  *kind)
{
  g_return_val_if_fail (logits != NULL && labels != NULL && n_rows > 0, 1);
  g_return_val_if_fail (kind != NULL, 1);

  double first, second;

  *kind = UT_TEMPERATURE_ANY;
  if (is_all_zero (logits, n_rows))
    return 1;

  *kind = UT_TEMPERATURE_LOWEST;
  derive (logits, labels, n_rows, log (UT_TEMPERATURE_MIN), &first, &second);
  if (first >= 0)
    return UT_TEMPERATURE_MIN;

  *kind = UT_TEMPERATURE_HIGHEST;
  derive (logits, labels, n_rows, log (UT_TEMPERATURE_MAX), &first, &second);
  if (first <= 0)
    return UT_TEMPERATURE_MAX;

  *kind = UT_TEMPERATURE_FOUND;
  return find_zero (logits, labels, n_rows);
}

const char *
ut_temperature_kind_get_remark (UtTemperatureKind kind)
{
  switch (kind)
    {
    case UT_TEMPERATURE_LOWEST:
      return _("the rows do not tell: the lower, the better, as where all are answered right");
    case UT_TEMPERATURE_HIGHEST:
      return _("the rows do not tell: the higher, the better, as where answers are no better than "
               "chance");
    case UT_TEMPERATURE_ANY:
      return _("the rows do not tell: the model is never sure of anything");
    case UT_TEMPERATURE_FOUND:
    default:
      return NULL;
    }
}

/* Holding out */

/* Puts the rows of @order into @logits and @labels. */
static void
gather (const guint32 *order,
        gsize          n_rows,
        const float   *from_logits,
        const guint8  *from_labels,
        float         *logits,
        guint8        *labels)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      logits[i] = from_logits[order[i]];
      labels[i] = from_labels[order[i]];
    }
}

static void
divide (float  *logits,
        gsize   n_rows,
        double  temperature)
{
  for (gsize i = 0; i < n_rows; i++)
    logits[i] = (float) (logits[i] / temperature);
}

void
ut_reliability_hold_out (UtHeldOut    *self,
                         const float  *logits,
                         const guint8 *labels,
                         gsize         n_rows,
                         guint         n_bins)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (logits != NULL && labels != NULL && n_rows > 0 && n_rows <= G_MAXUINT32);

  const UtNnRandom random = { HALVES_SEED, UT_NN_STREAM_SPLIT };
  gsize middle = n_rows / 2;
  g_autofree guint32 *order = g_new (guint32, n_rows);
  g_autofree float *shuffled = g_new (float, n_rows);
  g_autofree guint8 *answers = g_new (guint8, n_rows);
  UtTemperatureKind kinds[2];

  self->is_known = FALSE;
  if (middle == 0)
    return;

  for (gsize i = 0; i < n_rows; i++)
    order[i] = (guint32) i;
  ut_nn_random_shuffle (random, order, n_rows);
  gather (order, n_rows, logits, labels, shuffled, answers);
  self->temperatures[0] = ut_temperature_fit (shuffled, answers, middle, &kinds[0]);
  self->temperatures[1] = ut_temperature_fit (shuffled + middle, answers + middle, n_rows - middle,
                                              &kinds[1]);
  self->is_known = kinds[0] == UT_TEMPERATURE_FOUND && kinds[1] == UT_TEMPERATURE_FOUND;
  if (!self->is_known)
    return;

  divide (shuffled, middle, self->temperatures[1]);
  divide (shuffled + middle, n_rows - middle, self->temperatures[0]);
  ut_reliability_measure (&self->reliability, shuffled, answers, n_rows, 1, n_bins);
}

/* Calibrating */

gboolean
ut_calibrate (UtModel        *model,
              UtDataset      *dataset,
              guint           n_bins,
              guint           n_threads,
              GCancellable   *cancellable,
              UtCalibrating  *calibrating,
              GError        **error)
{
  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (dataset != NULL, FALSE);
  g_return_val_if_fail (calibrating != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!ut_model_check_calibration (model, error))
    return FALSE;

  gsize n_rows = ut_dataset_get_n_rows (dataset);
  const guint8 *labels = ut_dataset_get_labels (dataset);
  g_autofree float *logits = ut_evaluate_answers (model, dataset, BATCH_SIZE, n_threads,
                                                  cancellable, error);

  if (logits == NULL)
    return FALSE;

  double temperature = ut_temperature_fit (logits, labels, n_rows, &calibrating->kind);

  calibrating->calibration = (UtCalibration) {
    .temperature = temperature, .n_rows = n_rows, .data_hash = ut_dataset_get_hash (dataset),
  };
  ut_reliability_measure (&calibrating->before, logits, labels, n_rows, 1, n_bins);
  ut_reliability_measure (&calibrating->after, logits, labels, n_rows, temperature, n_bins);
  ut_reliability_hold_out (&calibrating->held_out, logits, labels, n_rows, n_bins);

  return TRUE;
}
