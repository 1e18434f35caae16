/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

G_BEGIN_DECLS

/**
 * UtDifference:
 * @key: (owned): "hidden-size", as ut_config_facts_get_key() has it.
 * @title: (owned): "Hidden size", translated.
 * @values: (owned) (array zero-terminated=1): what each configuration has, for a person.
 * @numbers: (owned) (nullable) (array): the same as numbers, where it is a number by itself; NaN of a
 *   configuration that it does not apply to.
 * @logarithmic: whether equal ratios are what counts.
 *
 * A setting in which configurations differ: a fact of #UtConfigFacts that can be kept.
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

/** ut_differences_list: (transfer full) (element-type UtDifference): in what @configs (array
 * length=n_configs) differ, in the order of #UtConfigFacts; none of fewer than two. */
GPtrArray *ut_differences_list (UtConfig * const   *configs,
                                guint               n_configs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDifference, ut_difference_free)

G_END_DECLS
