/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-facts.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
ut_cli_facts_print (UtCliOutput *output,
                    const char  *title,
                    const char  *text)
{
  int gap = (int) MAX (10 - g_utf8_strlen (title, -1), 1);

  ut_cli_output_printf (output, "  %s%*s", title, gap, "");
  ut_cli_output_print_safely (output, text, strlen (text));
  ut_cli_output_print (output, "\n");
}

/* What of the further settings is not as it would be by itself. */
static void
print_further_settings (UtCliOutput *output,
                        UtConfig    *config)
{
  for (UtSetting i = UT_SETTING_LAYERS; i < UT_SETTING_THREADS; i++)
    {
      double value = ut_config_get_number (config, i);

      if (value == ut_setting_get_info (i)->fallback)
        continue;

      g_autofree char *text = ut_setting_describe (i, value);
      /* Translators: the name of a setting and its value. */
      g_autofree char *fact = g_strdup_printf (_("%s: %s"), ut_setting_get_title (i), text);

      ut_cli_facts_print (output, "", fact);
    }
}

/* Returns the sizes of the model, as far as they are known without the data. */
static char *
describe_model (UtConfig *config,
                UtCorpus *corpus)
{
  int hidden = (int) ut_config_get_int (config, UT_SETTING_HIDDEN_SIZE);
  int embedding = (int) ut_config_get_int (config, UT_SETTING_EMBEDDING_SIZE);
  UtEstimate estimate;

  if (corpus == NULL)
    return g_strdup_printf (_("hidden %d, embedding %d"), hidden, embedding);

  ut_config_estimate (config, corpus, NAN, &estimate);
  return g_strdup_printf (_("hidden %d, embedding %d: %'zu weights"), hidden, embedding,
                          (gsize) estimate.n_parameters);
}

void
ut_cli_facts_print_settings (UtCliOutput *output,
                             UtConfig    *config,
                             UtCorpus    *corpus)
{
  g_autofree char *rate = ut_setting_format (UT_SETTING_LEARNING_RATE,
                                             ut_config_get_number (config,
                                                                   UT_SETTING_LEARNING_RATE));
  g_autofree char *seed = ut_setting_format (UT_SETTING_SEED,
                                             ut_config_get_number (config, UT_SETTING_SEED));
  g_autofree char *model = describe_model (config, corpus);
  const char *path = ut_config_get_vectors_path (config);
  g_autofree char *vectors = path != NULL ? g_filename_display_basename (path)
                                          : g_strdup (_("random"));
  g_autofree char *training
    = g_strdup_printf (_("batches of %d, learning rate %s, seed %s"),
                       (int) ut_config_get_int (config, UT_SETTING_BATCH_SIZE), rate, seed);

  ut_cli_facts_print (output, _("Vectors"), vectors);
  ut_cli_facts_print (output, _("Model"), model);
  ut_cli_facts_print (output, _("Training"), training);
  print_further_settings (output, config);
}
