/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-model.h"

#include "ut-cli-error.h"

#include <glib/gi18n.h>

UtModel *
ut_cli_model_load (const char   *command,
                   char        **paths,
                   UtCliStatus  *status)
{
  g_autoptr (GPtrArray) models =
    g_ptr_array_new_with_free_func ((GDestroyNotify) ut_model_unref);
  guint n_paths = paths != NULL ? g_strv_length (paths) : 0;

  if (n_paths == 0)
    {
      *status = ut_cli_wrong_usage (command, "%s", _("--model MODEL is missing"));
      return NULL;
    }
  if (n_paths > UT_MODEL_MAX_MEMBERS)
    {
      *status = ut_cli_wrong_usage (command, _("--model: at most %u models can be averaged"),
                                    UT_MODEL_MAX_MEMBERS);
      return NULL;
    }

  for (guint i = 0; i < n_paths; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      UtModel *model = ut_model_load (file, NULL, &error);

      if (model == NULL)
        {
          *status = ut_cli_fail (error);
          return NULL;
        }
      g_ptr_array_add (models, model);
    }

  g_autoptr (GError) error = NULL;
  UtModel *ensemble = ut_model_new_ensemble ((UtModel * const *) models->pdata, models->len,
                                             &error);

  if (ensemble == NULL)
    *status = ut_cli_fail (error);
  return ensemble;
}
