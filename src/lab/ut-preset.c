/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-config.h"

#include <glib/gi18n-lib.h>

static const UtPreset presets[] = {
  { "quick-look", N_("Quick look on the sample") },
  { "notebook", N_("Notebook as documented") },
};

const UtPreset *
ut_presets_get (gsize *n_presets)
{
  g_return_val_if_fail (n_presets != NULL, NULL);

  *n_presets = G_N_ELEMENTS (presets);
  return presets;
}

/* Everything but the seed and the threads, which are the person's own; data only where the preset
   is
 * about data. */
gboolean
ut_preset_apply (const char      *id,
                 UtConfigBuilder *builder)
{
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (builder != NULL, FALSE);

  gboolean quick = g_str_equal (id, presets[0].id);

  if (!quick && !g_str_equal (id, presets[1].id))
    return FALSE;

  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      if (i != UT_SETTING_SEED && i != UT_SETTING_THREADS)
        ut_config_builder_set_number (builder, i, ut_setting_get_info (i)->fallback);
    }

  if (quick)
    {
      /* The sample has so few words that the rare ones have to teach what an unknown one means. */
      ut_config_builder_set_data (builder, "sample-reviews");
      ut_config_builder_set_vectors (builder, NULL);
      ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 5e-3);
      ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 5);
      ut_config_builder_set_number (builder, UT_SETTING_TRAIN_UNKNOWN, 1);
    }

  return TRUE;
}
