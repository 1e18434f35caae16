/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-dynamics-private.h"

#include "ut-data-map-private.h"

#include <math.h>

/* Of a row in the whole epochs: by B. P. Welford's recurrence ("Note on a method for calculating
 * corrected sums of squares and products", 1962), which needs no sums of squares and so stays exact
 * where the probability hardly changes. */
typedef struct
{
  float mean;
  float m2; /* sum of the squared distances from the mean */
  guint16 n_epochs;
  guint16 n_right;
} Track;

struct UtDynamics
{
  UtDataset *train;    /* (owned) */
  const guint8 *labels; /* of @train */
  gsize n_rows;
  guint n_epochs;      /* whole ones */
  Track *tracks;       /* (owned) (n_rows) */
  float *losses;       /* (owned) (n_rows), of this epoch, NaN where the row has none */
  guint8 *right;       /* (owned) (n_rows), whether the answer was the label */
};

UtDynamics *
_ut_dynamics_new (UtDataset *train)
{
  UtDynamics *self = g_new0 (UtDynamics, 1);

  self->train = ut_dataset_ref (train);
  self->labels = ut_dataset_get_labels (train);
  self->n_rows = ut_dataset_get_n_rows (train);
  self->tracks = g_new0 (Track, self->n_rows);
  self->losses = g_new (float, self->n_rows);
  self->right = g_new0 (guint8, self->n_rows);
  _ut_dynamics_begin_epoch (self);

  return self;
}

void
_ut_dynamics_free (UtDynamics *self)
{
  ut_dataset_unref (self->train);
  g_free (self->tracks);
  g_free (self->losses);
  g_free (self->right);
  g_free (self);
}

void
_ut_dynamics_begin_epoch (UtDynamics *self)
{
  for (gsize i = 0; i < self->n_rows; i++)
    self->losses[i] = NAN;
}

void
_ut_dynamics_add (UtDynamics        *self,
                  const guint32     *rows,
                  const UtNnOutcome *outcomes,
                  gsize              n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      guint32 row = rows[i];

      self->losses[row] = outcomes[i].counts ? (float) outcomes[i].loss : NAN;
      self->right[row] = (guint8) outcomes[i].answer == self->labels[row];
    }
}

void
_ut_dynamics_end_epoch (UtDynamics *self)
{
  g_assert (self->n_epochs < G_MAXUINT16);

  self->n_epochs++;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      Track *track = &self->tracks[i];

      if (isnan (self->losses[i]))
        continue;

      /* Each loss there is is the negative logarithm of the probability of the row's own label. */
      float probability = expf (-self->losses[i]);
      float distance = probability - track->mean;

      track->n_epochs++;
      track->n_right += self->right[i];
      track->mean += distance / (float) track->n_epochs;
      track->m2 += distance * (probability - track->mean);
    }
}

UtDataMap *
_ut_dynamics_make_map (const UtDynamics *self)
{
  if (self->n_epochs == 0)
    return NULL;

  UtDataMap *map = _ut_data_map_new (self->n_rows, self->n_epochs,
                                     ut_dataset_get_hash (self->train));

  for (gsize i = 0; i < self->n_rows; i++)
    {
      const Track *track = &self->tracks[i];
      float n = MAX (1, (float) track->n_epochs);
      const UtDataMapRow row = {
        .n_epochs = track->n_epochs,
        .confidence = CLAMP (track->mean, 0, 1),
        .variability = CLAMP (sqrtf (MAX (0, track->m2 / n)), 0, 0.5f),
        .correctness = (float) track->n_right / n,
      };

      _ut_data_map_set_row (map, i, &row);
    }

  return map;
}
