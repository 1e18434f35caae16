/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-choice-setting.h"

static gboolean
choice_from_setting (GValue   *value,
                     GVariant *variant,
                     gpointer  data)
{
  const char *const *names = data;
  const char *name = g_variant_get_string (variant, NULL);
  guint index = 0;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      index = i;
  g_value_set_uint (value, index);
  return TRUE;
}

static GVariant *
choice_to_setting (const GValue       *value,
                   const GVariantType *type,
                   gpointer            data)
{
  const char *const *names = data;
  guint index = g_value_get_uint (value);

  /* While its model is replaced nothing is chosen. */
  return index < g_strv_length ((char **) names) ? g_variant_new_string (names[index]) : NULL;
}

void
ut_choice_setting_bind (GSettings         *settings,
                        const char        *key,
                        GtkDropDown       *choice,
                        const char *const *names)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (GTK_IS_DROP_DOWN (choice));
  g_return_if_fail (names != NULL && names[0] != NULL);

  g_settings_bind_with_mapping (settings, key, choice, "selected", G_SETTINGS_BIND_DEFAULT,
                                choice_from_setting, choice_to_setting, (gpointer) names, NULL);
}
