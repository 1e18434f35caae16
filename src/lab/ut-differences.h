/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

G_BEGIN_DECLS

/**
 * UtDifference:
 * @key: (owned): "hidden-size", "cell", "data", "vectors" or "exclude": as the command line has it.
 * @title: (owned): "Hidden size", translated.
 * @values: (owned) (array zero-terminated=1): what each configuration has, for a person.
 * @numbers: (owned) (nullable) (array): the same as numbers, where it is a number: whole or real.
 * @logarithmic: whether its steps multiply, so that an axis of it does well to.
 *
 * A setting in which configurations differ.
 */
typedef struct
{
  char *key;
  char *title;
  char **values;
  double *numbers;
  gboolean logarithmic;
} UtDifference;

void       ut_difference_free  (UtDifference       *self);

/**
 * ut_differences_list:
 * @configs: (array length=n_configs): configurations.
 * @n_configs: how many.
 *
 * Returns: (transfer full) (element-type UtDifference): in what they differ: the cell, the settings
 *   of the run in the order of their table, without the number of threads, then data, word vectors
 *   and rows left out. None for fewer than two.
 */
GPtrArray *ut_differences_list (UtConfig * const   *configs,
                                gsize               n_configs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDifference, ut_difference_free)

G_END_DECLS
