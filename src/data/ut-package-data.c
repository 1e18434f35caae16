/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-package-data.h"

char *
ut_package_data_dup_path (const char *name,
                          ...)
{
  g_return_val_if_fail (name != NULL, NULL);

  const char *directory = g_getenv ("UNDERTONE_PKGDATADIR");
  va_list names;

  va_start (names, name);
  g_autofree char *relative = g_build_filename_valist (name, &names);
  va_end (names);

  return g_build_filename (directory != NULL ? directory : PKGDATADIR, relative, NULL);
}
