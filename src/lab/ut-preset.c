/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-config.h"

#include <glib/gi18n-lib.h>

#define N_CHANGES 8

/* What differs from the defaults, which are the notebook's. */
typedef struct
{
  UtSetting setting;
  double value;
} Change;

static const UtPreset presets[] = {
  { "quick-look", N_("Quick look on the sample") },
  { "notebook", N_("Notebook as documented") },
  { "as-coded", N_("Notebook as its code runs") },
  { "better", N_("Better than the notebook") },
};

static const struct
{
  const char *data; /* (nullable): only where the preset is about data */
  gsize n_changes;
  Change changes[N_CHANGES];
} contents[G_N_ELEMENTS (presets)] = {
  /* The sample has so few words that the rare ones have to teach what an unknown one means. */
  { "sample-reviews", 3, {
      { UT_SETTING_LEARNING_RATE, 5e-3 }, { UT_SETTING_EPOCHS, 5 }, { UT_SETTING_TRAIN_UNKNOWN, 1 },
    } },
  { NULL, 0, { { 0 } } },
  { NULL, 3, {
      { UT_SETTING_STATE_ALONG, 1 }, { UT_SETTING_LOSS, 1 }, { UT_SETTING_PADDING, 1 },
    } },
  /* What the search found whose log stands in tests/bench/README.md. */
  { NULL, 5, {
      { UT_SETTING_SUBWORDS, 1 }, { UT_SETTING_WORD_DROPOUT, 0.1 },
      { UT_SETTING_EMBEDDING_DROPOUT, 0.2 }, { UT_SETTING_LABEL_SMOOTHING, 0.1 },
      { UT_SETTING_EPOCHS, 8 },
    } },
};

const UtPreset *
ut_presets_get (gsize *n_presets)
{
  g_return_val_if_fail (n_presets != NULL, NULL);

  *n_presets = G_N_ELEMENTS (presets);
  return presets;
}

/* Everything but the seed and the threads, which are the person's own. */
gboolean
ut_preset_apply (const char      *id,
                 UtConfigBuilder *builder)
{
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (builder != NULL, FALSE);

  gsize place = 0;

  while (place < G_N_ELEMENTS (presets) && !g_str_equal (id, presets[place].id))
    place++;
  if (place == G_N_ELEMENTS (presets))
    return FALSE;

  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      if (i != UT_SETTING_SEED && i != UT_SETTING_THREADS)
        ut_config_builder_set_number (builder, i, ut_setting_get_info (i)->fallback);
    }
  for (gsize i = 0; i < contents[place].n_changes; i++)
    ut_config_builder_set_number (builder, contents[place].changes[i].setting,
                                  contents[place].changes[i].value);
  if (contents[place].data != NULL)
    {
      ut_config_builder_set_data (builder, contents[place].data);
      ut_config_builder_set_vectors (builder, NULL);
    }

  return TRUE;
}
