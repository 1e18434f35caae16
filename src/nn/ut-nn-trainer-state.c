/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-trainer-private.h"

#include <string.h>

typedef struct
{
  const UtNnTrainer *trainer;
  UtNnModel *copy;
} Export;

static void
export_part (void   *data,
             size_t  part,
             size_t  thread)
{
  const Export *self = data;
  const UtNnTrainer *trainer = self->trainer;
  const UtNnLayout *layout = &trainer->network.layout;
  float *numbers = self->copy->parameters;

  _ut_nn_table_export_part (&trainer->words, part, trainer->n_parts,
                            _ut_nn_trainer_get_tensor (trainer, layout->embedding, numbers));
  if (_ut_nn_trainer_has_further (trainer))
    _ut_nn_table_export_part (&trainer->further, part, trainer->n_parts,
                              _ut_nn_trainer_get_tensor (trainer, layout->further, numbers));
}

static void
export_rows (void *data)
{
  const Export *self = data;

  _ut_nn_pool_spread (self->trainer->pool, export_part, data, self->trainer->n_parts);
}

void
ut_nn_trainer_export (const UtNnTrainer *trainer,
                      UtNnModel         *copy)
{
  size_t n_dense = trainer->network.n_dense;
  Export export = { trainer, copy };

  memcpy (_ut_nn_trainer_get_dense (trainer, copy->parameters),
          _ut_nn_trainer_get_dense (trainer, trainer->model->parameters),
          n_dense * sizeof (float));
  /* The pool's threads compute in the floating-point mode of the steps. */
  _ut_nn_pool_call (trainer->pool, export_rows, &export);
}

uint64_t
ut_nn_trainer_get_step_count (const UtNnTrainer *trainer)
{
  return trainer->words.rows.n_steps;
}

/* (nullable): the table that the tensor is. */
static const UtNnTable *
find_table (const UtNnTrainer *self,
            const UtNnTensor  *tensor)
{
  const UtNnLayout *layout = &self->network.layout;

  if (tensor->offset == layout->tensors[layout->embedding].offset)
    return &self->words;
  if (_ut_nn_trainer_has_further (self)
      && tensor->offset == layout->tensors[layout->further].offset)
    return &self->further;
  return NULL;
}

const uint64_t *
ut_nn_trainer_get_last_steps (const UtNnTrainer *trainer,
                              const UtNnTensor  *tensor)
{
  const UtNnTable *table = find_table (trainer, tensor);

  return table != NULL ? table->rows.last_steps : NULL;
}

UtNnStatus
ut_nn_trainer_set_learning_rate (UtNnTrainer *trainer,
                                 float        learning_rate)
{
  if (!_ut_nn_rate_is_valid (learning_rate))
    return UT_NN_ERROR_SHAPE;

  /* The words' table goes last, so that nothing has changed where that fails: a rate that only the
   * other has is set again before it counts. */
  if (_ut_nn_trainer_has_further (trainer)
      && _ut_nn_rows_set_rate (&trainer->further.rows, learning_rate) != UT_NN_OK)
    return UT_NN_ERROR_MEMORY;
  return _ut_nn_rows_set_rate (&trainer->words.rows, learning_rate);
}

const UtNnRate *
ut_nn_trainer_get_rates (const UtNnTrainer *trainer,
                         size_t            *n_rates)
{
  *n_rates = trainer->words.rows.n_rates;
  return trainer->words.rows.rates;
}

static bool
rates_are_valid (const UtNnRate *rates,
                 size_t          n_rates,
                 uint64_t        n_steps)
{
  if (n_rates == 0 || rates[0].first_step != 1)
    return false;
  for (size_t i = 0; i < n_rates; i++)
    if (!_ut_nn_rate_is_valid (rates[i].learning_rate) || rates[i].first_step > n_steps + 1
        || (i > 0 && rates[i].first_step <= rates[i - 1].first_step))
      return false;
  return true;
}

static bool
last_steps_are_valid (const uint64_t *last_steps,
                      size_t          n_rows,
                      uint64_t        n_steps)
{
  for (size_t row = 0; row < n_rows; row++)
    if (last_steps[row] > n_steps)
      return false;
  return true;
}

UtNnStatus
ut_nn_trainer_restore (UtNnTrainer    *trainer,
                       uint64_t        n_steps,
                       const uint64_t *last_steps,
                       const uint64_t *further_steps,
                       const UtNnRate *rates,
                       size_t          n_rates)
{
  const UtNnShape *shape = &trainer->network.shape;

  if (!rates_are_valid (rates, n_rates, n_steps)
      || !last_steps_are_valid (last_steps, shape->vocabulary, n_steps)
      || _ut_nn_trainer_has_further (trainer) != (further_steps != NULL)
      || !last_steps_are_valid (further_steps, _ut_nn_shape_n_further (shape), n_steps))
    return UT_NN_ERROR_SHAPE;

  UtNnStatus status = _ut_nn_rows_restore (&trainer->words.rows, n_steps, last_steps, rates,
                                           n_rates);
  if (status == UT_NN_OK && _ut_nn_trainer_has_further (trainer))
    status = _ut_nn_rows_restore (&trainer->further.rows, n_steps, further_steps, rates, n_rates);
  return status;
}

float *
ut_nn_trainer_get_moment (UtNnTrainer      *trainer,
                          UtNnMoment        moment,
                          const UtNnTensor *tensor)
{
  return (moment == UT_NN_MOMENT_FIRST ? trainer->first : trainer->second) + tensor->offset;
}

void
ut_nn_trainer_copy_gradient (const UtNnTrainer *trainer,
                             const UtNnTensor  *tensor,
                             float             *target)
{
  const UtNnTable *table = find_table (trainer, tensor);

  if (table == NULL)
    memcpy (target,
            trainer->dense_gradient + (tensor->offset - trainer->network.layout.first_dense),
            tensor->size * sizeof (float));
  else
    _ut_nn_table_copy_gradient (table,
                                table == &trainer->words
                                  ? &trainer->batch->words.set
                                  : _ut_nn_trainer_get_further_set (trainer),
                                target);
}
