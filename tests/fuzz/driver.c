/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Stands in for libFuzzer: runs one target over the files of the folders named on the command
 * line. */

#include "config.h"

#include "fuzz.h"

#include <glib.h>

static guint
run_folder (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n_files = 0;
  const char *name;

  g_assert_no_error (error);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      g_file_get_contents (path, &data, &length, &error);
      g_assert_no_error (error);
      g_print ("%s\n", path);
      LLVMFuzzerTestOneInput ((const uint8_t *) data, length);
      n_files++;
    }

  return n_files;
}

int
main (int    argc,
      char **argv)
{
  LLVMFuzzerTestOneInput (NULL, 0);

  for (int i = 1; i < argc; i++)
    g_assert_cmpuint (run_folder (argv[i]), >, 0);

  return 0;
}
