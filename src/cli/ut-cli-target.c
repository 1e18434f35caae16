/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-target.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean
refuse (const char *path,
        int         code,
        GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _("%s: The file cannot be written: %s"), name, g_strerror (code));
  return FALSE;
}

gboolean
ut_cli_target_check (const char *path,
                     gboolean    renamed,
                     GError    **error)
{
  GStatBuf info;
  gboolean exists = g_stat (path, &info) == 0;

  if (exists && S_ISDIR (info.st_mode))
    return refuse (path, EISDIR, error);
  if (renamed && exists && !S_ISREG (info.st_mode))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _("%s: The file cannot be written: it is not a regular file"), name);
      return FALSE;
    }
  if (exists && g_access (path, W_OK) != 0)
    return refuse (path, errno, error);
  if (exists && !renamed)
    return TRUE;

  g_autofree char *probe = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp (probe);

  if (fd < 0)
    return refuse (path, errno, error);
  close (fd);
  g_unlink (probe);
  return TRUE;
}

gboolean
ut_cli_target_is_same (const char *a,
                       const char *b)
{
  GStatBuf info_a;
  GStatBuf info_b;

  if (a == NULL || b == NULL)
    return FALSE;
  if (g_stat (a, &info_a) == 0 && g_stat (b, &info_b) == 0)
    return info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;

  g_autofree char *path_a = g_canonicalize_filename (a, NULL);
  g_autofree char *path_b = g_canonicalize_filename (b, NULL);

  return g_str_equal (path_a, path_b);
}
