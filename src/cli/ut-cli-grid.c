/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-grid.h"

#include "ut-cli-settings.h"

#include <glib/gi18n.h>
#include <string.h>

struct UtCliGrid
{
  GArray *axes;       /* (owned) (element-type UtSweepAxis), whose values are owned */
  GPtrArray *options; /* (owned) (element-type utf8): what they were called */
  GArray *cells;      /* (owned) (element-type UtCellKind) */
  guint n_seeds;
  GPtrArray *configs; /* (owned) (nullable) (element-type UtConfig): once they are known */
};

static void
clear_axis (gpointer data)
{
  UtSweepAxis *axis = data;

  g_free ((double *) axis->values);
}

static gboolean
is_taken (UtCliGrid *self,
          UtSetting  setting)
{
  for (guint i = 0; i < self->axes->len; i++)
    if (g_array_index (self->axes, UtSweepAxis, i).setting == setting)
      return TRUE;
  return FALSE;
}

/* Returns NULL, or why @setting cannot have several values; translated. */
static const char *
find_objection (UtCliGrid *self,
                UtConfig  *base,
                UtSetting  setting)
{
  if (setting == UT_SETTING_SEED)
    return _("--seeds N makes runs with several seeds");
  if (setting == UT_SETTING_EMBEDDING_SIZE && ut_config_get_vectors_path (base) != NULL)
    return _("The word vectors say how many numbers a word has");
  if (is_taken (self, setting))
    return _("It is there twice");
  return NULL;
}

/* Returns FALSE after saying what is wrong. */
static gboolean
add_axis (UtCliGrid  *self,
          const char *command,
          UtConfig   *base,
          const char *text)
{
  const char *equals = strchr (text, '=');
  g_autofree char *option = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
  g_autoptr (GError) error = NULL;
  UtSweepAxis axis = { 0 };

  if (option == NULL)
    {
      ut_cli_wrong_usage (command, _("--grid %s: OPTION=VALUE,VALUE… was expected"), text);
      return FALSE;
    }
  if (!ut_cli_settings_find (option, &axis.setting))
    {
      ut_cli_wrong_usage (command, _("--grid %s: There is no setting “%s”"), text, option);
      return FALSE;
    }

  const char *objection = find_objection (self, base, axis.setting);

  if (objection == NULL)
    axis.values = ut_sweep_axis_parse (axis.setting, equals + 1, &axis.n_values, &error);
  if (axis.values == NULL)
    {
      ut_cli_wrong_usage (command, "--grid %s: %s", text,
                          objection != NULL ? objection : error->message);
      return FALSE;
    }
  g_array_append_val (self->axes, axis);
  g_ptr_array_add (self->options, g_steal_pointer (&option));
  return TRUE;
}

static gboolean
has_cell (UtCliGrid  *self,
          UtCellKind  cell)
{
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, UtCellKind, i) == cell)
      return TRUE;
  return FALSE;
}

/* Returns FALSE after saying what is wrong. */
static gboolean
set_cells (UtCliGrid  *self,
           const char *command,
           UtConfig   *base,
           const char *text)
{
  UtCellKind cell = ut_config_get_cell (base);

  if (text == NULL)
    {
      g_array_append_val (self->cells, cell);
      return TRUE;
    }

  g_auto (GStrv) nicks = g_strsplit (text, ",", -1);

  for (gsize i = 0; i == 0 || nicks[i] != NULL; i++)
    {
      const char *nick = nicks[i] != NULL ? g_strstrip (nicks[i]) : "";

      if (!ut_cell_kind_from_nick (nick, &cell) || has_cell (self, cell))
        {
          ut_cli_wrong_usage (command,
                              _("--cells %s: rnn, lstm, gru, bag or majority was expected, each "
                                "once, between commas"), text);
          return FALSE;
        }
      g_array_append_val (self->cells, cell);
    }
  return TRUE;
}

static gboolean
set_seeds (UtCliGrid  *self,
           const char *command,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  double number = 1;

  if (text != NULL && !ut_setting_parse (UT_SETTING_N_SEEDS, text, &number, &error))
    {
      ut_cli_wrong_usage (command, "--seeds %s: %s", text, error->message);
      return FALSE;
    }
  self->n_seeds = (guint) number;
  return TRUE;
}

static gboolean
expand (UtCliGrid  *self,
        const char *command,
        UtConfig   *base)
{
  g_autoptr (GError) error = NULL;

  self->configs = ut_sweep_expand (base, (const UtCellKind *) (void *) self->cells->data,
                                   self->cells->len,
                                   (const UtSweepAxis *) (void *) self->axes->data,
                                   self->axes->len, self->n_seeds, &error);
  if (self->configs == NULL)
    ut_cli_wrong_usage (command, "%s", error->message);
  return self->configs != NULL;
}

UtCliGrid *
ut_cli_grid_new (const char  *command,
                 UtConfig    *base,
                 char       **grid,
                 const char  *cells,
                 const char  *seeds)
{
  g_autoptr (UtCliGrid) self = g_new0 (UtCliGrid, 1);
  gboolean right = TRUE;

  self->axes = g_array_new (FALSE, FALSE, sizeof (UtSweepAxis));
  g_array_set_clear_func (self->axes, clear_axis);
  self->options = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_array_new (FALSE, FALSE, sizeof (UtCellKind));
  for (gsize i = 0; right && grid != NULL && grid[i] != NULL; i++)
    right = add_axis (self, command, base, grid[i]);

  if (!right || !set_cells (self, command, base, cells) || !set_seeds (self, command, seeds)
      || !expand (self, command, base))
    return NULL;
  return g_steal_pointer (&self);
}

void
ut_cli_grid_free (UtCliGrid *self)
{
  g_array_unref (self->axes);
  g_ptr_array_unref (self->options);
  g_array_unref (self->cells);
  g_clear_pointer (&self->configs, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
ut_cli_grid_get_configs (UtCliGrid *self)
{
  return self->configs;
}

guint
ut_cli_grid_get_n_seeds (UtCliGrid *self)
{
  return self->n_seeds;
}

gsize
ut_cli_grid_get_n_axes (UtCliGrid *self)
{
  return self->axes->len;
}

const char *
ut_cli_grid_get_option (UtCliGrid *self,
                        gsize      axis)
{
  return g_ptr_array_index (self->options, axis);
}

char *
ut_cli_grid_dup_value (UtCliGrid *self,
                       gsize      axis,
                       UtConfig  *config)
{
  UtSetting setting = g_array_index (self->axes, UtSweepAxis, axis).setting;

  double value = ut_config_get_number (config, setting);

  return ut_setting_get_info (setting)->kind == UT_SETTING_KIND_SWITCH
         ? ut_setting_describe (setting, value) : ut_setting_format (setting, value);
}

static void
append_value (GString   *json,
              UtSetting  setting,
              double     value)
{
  g_autofree char *text = ut_setting_format (setting, value);

  switch (ut_setting_get_info (setting)->kind)
    {
    case UT_SETTING_KIND_SWITCH:
      g_string_append (json, value != 0 ? "true" : "false");
      break;
    case UT_SETTING_KIND_CHOICE:
      ut_json_append_string (json, text);
      break;
    case UT_SETTING_KIND_INTEGER:
    case UT_SETTING_KIND_REAL:
    default:
      ut_json_append_number (json, value);
    }
}

void
ut_cli_grid_append_json (UtCliGrid *self,
                         UtConfig  *config,
                         GString   *json)
{
  g_string_append (json, "\"cell\":");
  ut_json_append_string (json, ut_cell_kind_get_nick (ut_config_get_cell (config)));
  for (gsize i = 0; i < self->axes->len; i++)
    {
      UtSetting setting = g_array_index (self->axes, UtSweepAxis, i).setting;

      g_string_append_printf (json, ",\"%s\":", ut_setting_get_info (setting)->key);
      append_value (json, setting, ut_config_get_number (config, setting));
    }
}
