/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-preset-list.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

GListModel *
ut_preset_list_new (UtPresetStore *store)
{
  gsize n_built_in, n_own;
  const UtPreset *built_in = ut_presets_get (&n_built_in);
  const UtOwnPreset *own = ut_preset_store_get_presets (store, &n_own);
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n_built_in; i++)
    gtk_string_list_append (titles, gettext (built_in[i].title));
  for (gsize i = 0; i < n_own; i++)
    gtk_string_list_append (titles, own[i].name);
  gtk_string_list_append (titles, C_("preset", "Own settings"));

  return G_LIST_MODEL (titles);
}

const char *
ut_preset_list_get_id (UtPresetStore *store,
                       guint          position)
{
  gsize n_built_in;
  const UtPreset *built_in = ut_presets_get (&n_built_in);
  const UtOwnPreset *own = ut_preset_list_get_own (store, position);

  if (position < n_built_in)
    return built_in[position].id;

  return own != NULL ? own->name : "";
}

const UtOwnPreset *
ut_preset_list_get_own (UtPresetStore *store,
                        guint          position)
{
  gsize n_built_in, n_own;
  const UtOwnPreset *own = ut_preset_store_get_presets (store, &n_own);

  ut_presets_get (&n_built_in);
  if (position < n_built_in || position - n_built_in >= n_own)
    return NULL;

  return &own[position - n_built_in];
}

UtConfig *
ut_preset_list_apply (UtPresetStore *store,
                      guint          position,
                      UtConfig      *base)
{
  const UtOwnPreset *own = ut_preset_list_get_own (store, position);
  g_autoptr (UtConfigBuilder) builder = ut_config_builder_new (base);

  if (own != NULL)
    ut_own_preset_apply (own, builder);
  else if (!ut_preset_apply (ut_preset_list_get_id (store, position), builder))
    return NULL;

  return ut_config_builder_end (g_steal_pointer (&builder), NULL);
}

guint
ut_preset_list_find (UtPresetStore *store,
                     UtConfig      *config,
                     gboolean       one_cell,
                     const char    *chosen)
{
  gsize n_built_in, n_own;
  guint last, found;

  ut_presets_get (&n_built_in);
  ut_preset_store_get_presets (store, &n_own);
  found = last = (guint) (n_built_in + n_own);
  for (guint i = 0; config != NULL && i < last; i++)
    {
      const UtOwnPreset *own = ut_preset_list_get_own (store, i);
      g_autoptr (UtConfig) preset = ut_preset_list_apply (store, i, config);

      if (preset == NULL || !ut_config_equal (preset, config) ||
          (own != NULL && own->with_cell && !one_cell))
        continue;
      if (g_str_equal (ut_preset_list_get_id (store, i), chosen))
        return i;
      if (found == last)
        found = i;
    }

  return found;
}
