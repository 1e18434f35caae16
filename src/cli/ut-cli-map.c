/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-map.h"

#include "ut-cli-error.h"

#include <glib/gi18n.h>

UtCliStatus
ut_cli_map_write (const char *path,
                  UtDataMap  *map,
                  UtCorpus   *corpus)
{
  if (path == NULL)
    return UT_CLI_DONE;
  if (map == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      ut_cli_say (_("%s: Not written: no epoch has ended"), name);
      return UT_CLI_DONE;
    }

  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (!ut_data_map_export (map, ut_corpus_get_train (corpus), file, NULL, &error))
    return ut_cli_fail (error);
  return UT_CLI_DONE;
}
