/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-export-file.h"

/* GIO's messages do not always say which file it is. */
static void
name_file (GFile   *file,
           GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_prefix_error (error, "%s: ", name);
}

GOutputStream *
ut_export_open (GFile         *file,
                GCancellable  *cancellable,
                GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  GFileOutputStream *stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable,
                                              error);

  if (stream == NULL)
    name_file (file, error);
  return stream != NULL ? G_OUTPUT_STREAM (stream) : NULL;
}

gboolean
ut_export_close (GFile          *file,
                 GOutputStream  *stream,
                 gboolean        done,
                 GError        **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (done)
    {
      done = g_output_stream_close (stream, NULL, error);
    }
  else
    {
      /* A stream that is closed while cancelled leaves the file as it was. */
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      g_cancellable_cancel (cancelled);
      g_output_stream_close (stream, cancelled, NULL);
    }
  if (!done)
    name_file (file, error);
  return done;
}

gboolean
ut_export_save (GFile         *file,
                GBytes        *bytes,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GOutputStream) stream = ut_export_open (file, cancellable, error);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return stream != NULL
         && ut_export_close (file, stream,
                             g_output_stream_write_all (stream, data, size, NULL, cancellable,
                                                        error),
                             error);
}
