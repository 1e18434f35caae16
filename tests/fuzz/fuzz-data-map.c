/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either refused with an error that names the file, or become a map whose numbers are
 * in their ranges. */

#include "config.h"

#include "fuzz.h"
#include "ut-data-map-private.h"

#include <math.h>

static void
check_numbers (const float *numbers,
               gsize        n_rows,
               float        maximum)
{
  for (gsize i = 0; i < n_rows; i++)
    g_assert_true (isnan (numbers[i]) || (numbers[i] >= 0 && numbers[i] <= maximum));
}

static void
check (UtDataMap *map)
{
  gsize n_rows = ut_data_map_get_n_rows (map);
  gsize n_found;
  g_autofree guint32 *rows = ut_data_map_find_hardest (map, 1, &n_found);

  g_assert_cmpuint (n_found, <=, n_rows);
  check_numbers (ut_data_map_get_confidence (map), n_rows, 1);
  check_numbers (ut_data_map_get_variability (map), n_rows, 0.5f);
  check_numbers (ut_data_map_get_correctness (map), n_rows, 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataMap) map = _ut_data_map_read_stream ("fuzz", stream, size, NULL, &error);

  g_assert_true ((map == NULL) == (error != NULL));
  if (map != NULL)
    check (map);
  else
    g_assert_true (g_str_has_prefix (error->message, "fuzz: "));

  return 0;
}
