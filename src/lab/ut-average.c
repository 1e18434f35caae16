/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-average-private.h"

/* So many sums stay in the first-level cache while the models are gone through. */
#define BLOCK 1024

struct UtAverage
{
  UtNnModel **models; /* (owned) (array length=max_models), reused in turn */
  guint max_models;
  guint n_models;
  guint next; /* that is written next: the oldest one, once there are all */
};

UtAverage *
_ut_average_new (const UtNnShape *shape,
                 guint            max_models)
{
  g_assert (max_models > 0);

  g_autoptr (UtAverage) self = g_new0 (UtAverage, 1);

  self->models = g_new0 (UtNnModel *, max_models);
  self->max_models = max_models;
  for (guint i = 0; i < max_models; i++)
    {
      if (ut_nn_model_new (shape, &self->models[i]) != UT_NN_OK)
        return NULL;
    }

  return g_steal_pointer (&self);
}

void
_ut_average_free (UtAverage *self)
{
  for (guint i = 0; i < self->max_models; i++)
    ut_nn_model_free (self->models[i]);
  g_free (self->models);
  g_free (self);
}

void
_ut_average_add (UtAverage       *self,
                 const UtNnModel *model)
{
  ut_nn_model_assign (self->models[self->next], model);
  self->next = (self->next + 1) % self->max_models;
  self->n_models = MIN (self->n_models + 1, self->max_models);
}

void
_ut_average_clear (UtAverage *self)
{
  self->next = 0;
  self->n_models = 0;
}

guint
_ut_average_get_n_models (const UtAverage *self)
{
  return self->n_models;
}

const UtNnModel *
_ut_average_get_model (const UtAverage *self,
                       guint            index)
{
  guint oldest = self->next + self->max_models - self->n_models;

  g_assert (index < self->n_models);

  return self->models[(oldest + index) % self->max_models];
}

/* The numbers from @first on, @n_numbers of them, summed up from the oldest model to the newest. */
static void
average_block (const UtAverage  *self,
               const UtNnTensor *tensor,
               gsize             first,
               gsize             n_numbers,
               float            *mean)
{
  double sums[BLOCK] = { 0 };

  for (guint i = 0; i < self->n_models; i++)
    {
      const UtNnModel *model = _ut_average_get_model (self, i);
      const float *numbers = ut_nn_model_peek_data (model, tensor) + first;

      for (gsize j = 0; j < n_numbers; j++)
        sums[j] += (double) numbers[j];
    }
  for (gsize j = 0; j < n_numbers; j++)
    mean[first + j] = (float) (sums[j] / self->n_models);
}

void
_ut_average_get (const UtAverage *self,
                 UtNnModel       *mean)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (mean, &n_tensors);

  g_assert (self->n_models > 0);

  for (gsize i = 0; i < n_tensors; i++)
    for (gsize first = 0; first < tensors[i].size; first += BLOCK)
      average_block (self, &tensors[i], first, MIN (BLOCK, tensors[i].size - first),
                     ut_nn_model_get_data (mean, &tensors[i]));
}
