/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-sort-private.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  float key;
  guint32 row;
} Keyed;

static int
compare_ascending (gconstpointer a,
                   gconstpointer b)
{
  const Keyed *left = a;
  const Keyed *right = b;
  gboolean left_last = isnan (left->key);
  gboolean right_last = isnan (right->key);

  if (left_last != right_last)
    return left_last ? 1 : -1;
  if (!left_last && left->key != right->key)
    return left->key < right->key ? -1 : 1;

  return left->row < right->row ? -1 : left->row > right->row;
}

void
_ut_row_sort (guint32     *rows,
              gsize        n_rows,
              const float *keys,
              gboolean     descending)
{
  g_autofree Keyed *keyed = g_new (Keyed, n_rows);

  if (n_rows == 0)
    return;

  /* Turned round, the greatest is the least; what is not a number stays the last. */
  for (gsize i = 0; i < n_rows; i++)
    keyed[i] = (Keyed) { descending ? -keys[rows[i]] : keys[rows[i]], rows[i] };
  qsort (keyed, n_rows, sizeof (Keyed), compare_ascending);
  for (gsize i = 0; i < n_rows; i++)
    rows[i] = keyed[i].row;
}
