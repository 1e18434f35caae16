/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either refused with an error that names the line, or become a run's points; those
 * before a bad line are kept, and plots find them in order. */

#include "config.h"

#include "fuzz.h"
#include "ut-log-private.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  UtLogContents contents;
  gboolean read = _ut_log_read_stream ("fuzz", stream, &contents, NULL, &error);
  guint64 last = 0;

  g_assert_true (read == (error == NULL));
  if (!read)
    g_assert_true (g_str_has_prefix (error->message, "fuzz:"));
  for (guint i = 0; i < contents.points->len; i++)
    {
      const UtPoint *point = &g_array_index (contents.points, UtPoint, i);

      g_assert_cmpuint (point->step, >, last);
      last = point->step;
    }
  for (guint i = 0; i < contents.epochs->len; i++)
    g_assert_cmpuint (g_array_index (contents.epochs, UtEpoch, i).step, <=, last);

  _ut_log_contents_clear (&contents);
  return 0;
}
