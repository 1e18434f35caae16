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

/* What is written of a row. In ANSWER stands 0 where the epoch under way has nothing of it yet, or
 * nothing that counts, 1 where it was wrong and 2 where it was right. */
enum
{
  COLUMN_MEAN,
  COLUMN_M2,
  COLUMN_EPOCHS,
  COLUMN_RIGHT,
  COLUMN_LOSS,
  COLUMN_ANSWER,
};

G_STATIC_ASSERT (COLUMN_ANSWER + 1 == UT_DYNAMICS_COLUMNS);

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
  _ut_dynamics_begin_epoch (self);
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

void
_ut_dynamics_write (const UtDynamics *self,
                    float            *numbers)
{
  for (gsize i = 0; i < self->n_rows; i++)
    {
      const Track *track = &self->tracks[i];
      float *row = numbers + i * UT_DYNAMICS_COLUMNS;
      gboolean known = !isnan (self->losses[i]);

      row[COLUMN_MEAN] = track->mean;
      row[COLUMN_M2] = track->m2;
      row[COLUMN_EPOCHS] = track->n_epochs;
      row[COLUMN_RIGHT] = track->n_right;
      row[COLUMN_LOSS] = known ? self->losses[i] : 0;
      row[COLUMN_ANSWER] = known ? 1 + self->right[i] : 0;
    }
}

static gboolean
is_count (float number,
          float maximum)
{
  return number >= 0 && number <= maximum && number == floorf (number);
}

gboolean
_ut_dynamics_check (const float *numbers,
                    gsize        n_rows,
                    guint        n_epochs)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      const float *row = numbers + i * UT_DYNAMICS_COLUMNS;

      if (!isfinite (row[COLUMN_MEAN]) || !isfinite (row[COLUMN_M2])
          || !isfinite (row[COLUMN_LOSS])
          || !is_count (row[COLUMN_EPOCHS], (float) MIN (n_epochs, G_MAXUINT16))
          || !is_count (row[COLUMN_RIGHT], row[COLUMN_EPOCHS])
          || !is_count (row[COLUMN_ANSWER], 2))
        return FALSE;
    }

  return TRUE;
}

void
_ut_dynamics_restore (UtDynamics  *self,
                      const float *numbers,
                      guint        n_epochs)
{
  self->n_epochs = n_epochs;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      const float *row = numbers + i * UT_DYNAMICS_COLUMNS;

      self->tracks[i] = (Track) {
        .mean = row[COLUMN_MEAN],
        .m2 = row[COLUMN_M2],
        .n_epochs = (guint16) row[COLUMN_EPOCHS],
        .n_right = (guint16) row[COLUMN_RIGHT],
      };
      self->losses[i] = row[COLUMN_ANSWER] > 0 ? row[COLUMN_LOSS] : NAN;
      self->right[i] = row[COLUMN_ANSWER] == 2;
    }
}
