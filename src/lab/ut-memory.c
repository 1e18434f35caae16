/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-memory-private.h"

#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

guint64
_ut_bytes_multiply (guint64 a,
                    guint64 b)
{
  guint64 product;

  return g_uint64_checked_mul (&product, a, b) ? product : G_MAXUINT64;
}

guint64
_ut_bytes_add (guint64 a,
               guint64 b)
{
  guint64 sum;

  return g_uint64_checked_add (&sum, a, b) ? sum : G_MAXUINT64;
}

void
_ut_memory_set_error (guint64   bytes,
                      GError  **error)
{
  g_autofree char *size = g_format_size (bytes);

  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY,
               _("Training needs %s of memory, more than this computer can give. A smaller hidden "
                 "size, embedding size or batch size needs less."), size);
}

gboolean
_ut_memory_check (guint64   bytes,
                  GError  **error)
{
  long pages = sysconf (_SC_PHYS_PAGES);
  long page_size = sysconf (_SC_PAGE_SIZE);

  /* The system promises memory that it does not have, and ends a program that takes it at its
     word. */
  if (pages > 0 && page_size > 0 && bytes > (guint64) pages * (guint64) page_size)
    {
      _ut_memory_set_error (bytes, error);
      return FALSE;
    }

  return TRUE;
}
