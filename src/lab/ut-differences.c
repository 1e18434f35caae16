/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-differences.h"

#include "ut-config-facts.h"

void
ut_difference_free (UtDifference *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  g_free (self->title);
  g_strfreev (self->values);
  g_free (self->numbers);
  g_free (self);
}

static UtDifference *
difference_new (const UtConfigFacts *facts,
                guint                fact,
                guint                n_configs)
{
  UtDifference *self = g_new0 (UtDifference, 1);

  self->key = g_strdup (ut_config_facts_get_key (facts, fact));
  self->title = g_strdup (ut_config_facts_get_title (facts, fact));
  self->values = g_new0 (char *, n_configs + 1);
  self->logarithmic = ut_config_facts_is_log (facts, fact);
  if (ut_config_facts_get_choices (facts, fact) == NULL)
    self->numbers = g_new (double, n_configs);
  for (guint i = 0; i < n_configs; i++)
    {
      self->values[i] = g_strdup (ut_config_facts_get_text (facts, fact, i));
      if (self->numbers != NULL)
        self->numbers[i] = ut_config_facts_get_number (facts, fact, i);
    }

  return self;
}

GPtrArray *
ut_differences_list (UtConfig * const *configs,
                     guint             n_configs)
{
  g_return_val_if_fail (configs != NULL || n_configs == 0, NULL);

  GPtrArray *differences = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_difference_free);
  g_autoptr (UtConfigFacts) facts = ut_config_facts_new (configs, n_configs);
  guint n_facts = ut_config_facts_get_n_facts (facts);

  for (guint i = 0; i < n_facts; i++)
    if (ut_config_facts_differs (facts, i))
      g_ptr_array_add (differences, difference_new (facts, i, n_configs));

  return differences;
}
