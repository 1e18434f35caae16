/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-differences.h"

#include <glib/gi18n-lib.h>

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
difference_new (const char *key,
                const char *title,
                gsize       n_configs)
{
  UtDifference *self = g_new0 (UtDifference, 1);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->values = g_new0 (char *, n_configs + 1);

  return self;
}

/* Texts: (transfer full) what a configuration has, to be compared, and for a person. */

typedef char *(*DupText) (const UtConfig *config);

static char *
dup_cell_nick (const UtConfig *config)
{
  return g_strdup (ut_cell_kind_get_nick (ut_config_get_cell (config)));
}

static char *
dup_cell_title (const UtConfig *config)
{
  return g_strdup (ut_cell_kind_get_title (ut_config_get_cell (config)));
}

static char *
dup_data_key (const UtConfig *config)
{
  return g_strjoin ("\n", ut_config_get_data (config) != NULL ? ut_config_get_data (config) : "",
                    ut_config_get_train_path (config) != NULL ? ut_config_get_train_path (config)
                                                              : "",
                    ut_config_get_dev_path (config), NULL);
}

static char *
dup_vectors_path (const UtConfig *config)
{
  return g_strdup (ut_config_get_vectors_path (config));
}

static char *
dup_vectors_title (const UtConfig *config)
{
  const char *path = ut_config_get_vectors_path (config);

  /* Translators: word vectors that are drawn at random. */
  return path != NULL ? g_filename_display_basename (path) : g_strdup (C_("word vectors", "random"));
}

static char *
dup_exclude_path (const UtConfig *config)
{
  return g_strdup (ut_config_get_exclude_path (config));
}

static char *
dup_exclude_title (const UtConfig *config)
{
  const char *path = ut_config_get_exclude_path (config);

  /* Translators: rows that are left out of the training. */
  return path != NULL ? g_filename_display_basename (path) : g_strdup (C_("rows", "none"));
}

/* Files of one name in several folders need the folders to be told apart. */
static gboolean
titles_tell_apart (char  **keys,
                   char  **titles,
                   gsize   n_configs)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n_configs; i++)
    {
      const char *key = keys[i] != NULL ? keys[i] : "";
      const char *other = g_hash_table_lookup (known, titles[i]);

      if (other != NULL && !g_str_equal (other, key))
        return FALSE;
      g_hash_table_insert (known, titles[i], (char *) key);
    }
  return TRUE;
}

static void
add_text (GPtrArray        *differences,
          const char       *key,
          const char       *title,
          UtConfig * const *configs,
          gsize             n_configs,
          DupText           dup_key,
          DupText           dup_title)
{
  g_autofree char **keys = g_new0 (char *, n_configs);
  gboolean differ = FALSE;

  for (gsize i = 0; i < n_configs; i++)
    {
      keys[i] = dup_key (configs[i]);
      differ = differ || g_strcmp0 (keys[i], keys[0]) != 0;
    }
  if (differ)
    {
      UtDifference *difference = difference_new (key, title, n_configs);

      for (gsize i = 0; i < n_configs; i++)
        difference->values[i] = dup_title (configs[i]);
      if (!titles_tell_apart (keys, difference->values, n_configs))
        for (gsize i = 0; i < n_configs; i++)
          if (keys[i] != NULL)
            {
              g_free (difference->values[i]);
              difference->values[i] = g_filename_display_name (g_strdelimit (keys[i], "\n", ' '));
              g_strstrip (difference->values[i]);
            }
      g_ptr_array_add (differences, difference);
    }
  for (gsize i = 0; i < n_configs; i++)
    g_free (keys[i]);
}

static void
add_setting (GPtrArray        *differences,
             UtSetting         setting,
             UtConfig * const *configs,
             gsize             n_configs)
{
  const UtSettingInfo *info = ut_setting_get_info (setting);
  gboolean is_number = info->kind == UT_SETTING_KIND_INTEGER || info->kind == UT_SETTING_KIND_REAL;
  double first = ut_config_get_number (configs[0], setting);
  gsize n_same = 1;

  while (n_same < n_configs && ut_config_get_number (configs[n_same], setting) == first)
    n_same++;
  if (n_same == n_configs)
    return;

  UtDifference *difference = difference_new (info->key, ut_setting_get_title (setting), n_configs);

  difference->logarithmic = info->logarithmic;
  if (is_number)
    difference->numbers = g_new (double, n_configs);
  for (gsize i = 0; i < n_configs; i++)
    {
      double number = ut_config_get_number (configs[i], setting);

      difference->values[i] = ut_setting_describe (setting, number);
      if (is_number)
        difference->numbers[i] = number;
    }
  g_ptr_array_add (differences, difference);
}

GPtrArray *
ut_differences_list (UtConfig * const *configs,
                     gsize             n_configs)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_difference_free);

  if (n_configs < 2)
    return differences;

  add_text (differences, "cell", _("Cell"), configs, n_configs, dup_cell_nick, dup_cell_title);
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    if (ut_setting_get_info (i)->recorded)
      add_setting (differences, i, configs, n_configs);
  add_text (differences, "data", _("Data"), configs, n_configs, dup_data_key,
            ut_config_dup_data_title);
  add_text (differences, "vectors", _("Word vectors"), configs, n_configs, dup_vectors_path,
            dup_vectors_title);
  add_text (differences, "exclude", _("Rows left out"), configs, n_configs, dup_exclude_path,
            dup_exclude_title);

  return differences;
}
