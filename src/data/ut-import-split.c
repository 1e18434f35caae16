/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-split-private.h"

#include <math.h>

#define N_CLASSES 2

/* The share of the rows that a part should have which one group may take: development rows that
 * are one film's would measure that film. */
#define MAX_GROUP_SHARE 0.1

void
_ut_import_parts_clear (UtImportParts *self)
{
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->parts, g_free);
}

/* 0 or 1. */
static guint
get_class (const UtImport      *import,
           const UtImportParts *parts,
           guint32              i)
{
  guint label = _ut_import_get_row (import, parts->rows[i])->label;

  return import->labels[label].meaning == UT_IMPORT_POSITIVE ? 1 : 0;
}

static void
list_rows (const UtImport *import,
           UtImportParts  *parts)
{
  parts->rows = g_new (guint32, MAX (ut_import_get_n_usable (import), 1));
  for (gsize row = 0; row < import->n_rows; row++)
    {
      guint label = _ut_import_get_row (import, row)->label;

      if (import->labels[label].meaning != UT_IMPORT_LEAVE_OUT)
        parts->rows[parts->n_rows++] = (guint32) row;
    }
  parts->parts = g_new0 (guint8, MAX (parts->n_rows, 1));
}

static void
count_duplicates (const UtImport *import,
                  UtImportParts  *parts,
                  const guint32  *first)
{
  g_autofree guint8 *classes = g_new0 (guint8, MAX (parts->n_rows, 1));

  for (guint32 i = 0; i < parts->n_rows; i++)
    {
      guint8 seen = classes[first[i]];

      parts->n_duplicates += first[i] != i;
      classes[first[i]] |= (guint8) (1 << get_class (import, parts, i));
      parts->n_ambiguous += seen != 0 && seen != 3 && classes[first[i]] == 3;
    }
}

/* Given parts */

/* Bit p of a mask is part p. */
typedef struct
{
  guint8 *stands;  /* for the first of equal rows: the parts that have its words */
  guint8 *related; /* the parts that have a row which holds it or which it holds */
} Masks;

static void
masks_add (guint32  phrase,
           guint32  row,
           gpointer data)
{
  Masks *self = data;

  self->related[row] |= self->stands[phrase];
  self->related[phrase] |= self->stands[row];
}

static gboolean
use_files (UtImportSearch  *search,
           UtImportParts   *parts,
           GError         **error)
{
  const UtImport *import = search->import;
  g_autofree guint8 *stands = g_new0 (guint8, MAX (parts->n_rows, 1));
  g_autofree guint8 *related = g_new0 (guint8, MAX (parts->n_rows, 1));
  Masks masks = { stands, related };
  const guint train = 1u << UT_DATA_TRAIN;

  for (guint32 i = 0; i < parts->n_rows; i++)
    {
      parts->parts[i] = _ut_import_get_row (import, parts->rows[i])->part;
      stands[search->first[i]] |= (guint8) (1u << parts->parts[i]);
    }
  search->found = masks_add;
  search->data = &masks;
  if (!_ut_import_find_phrases (search, error))
    return FALSE;

  for (guint32 i = 0; i < parts->n_rows; i++)
    {
      guint32 first = search->first[i];

      if ((stands[first] & train) != 0)
        parts->n_equal[parts->parts[i]]++;
      else if ((related[first] & train) != 0)
        parts->n_related[parts->parts[i]]++;
    }
  parts->largest_group = 1;

  return TRUE;
}

/* Drawn parts */

/* Sets of rows, each known by its first row. */
typedef struct
{
  guint32 *parents;
} Groups;

static guint32
find_group (Groups  *self,
            guint32  row)
{
  while (self->parents[row] != row)
    {
      self->parents[row] = self->parents[self->parents[row]];
      row = self->parents[row];
    }

  return row;
}

static void
join (guint32  phrase,
      guint32  row,
      gpointer data)
{
  Groups *self = data;
  guint32 a = find_group (self, phrase);
  guint32 b = find_group (self, row);

  self->parents[MAX (a, b)] = MIN (a, b);
}

/* Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 17:
 * the same numbers everywhere and always, which GRand does not promise. */
static guint64
draw (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ z >> 31;
}

static void
shuffle (guint32 *items,
         guint32  n,
         guint32  seed)
{
  guint64 state = seed;

  for (guint32 i = n; i > 1; i--)
    {
      guint32 j = (guint32) ((draw (&state) >> 32) * i >> 32);
      guint32 item = items[i - 1];

      items[i - 1] = items[j];
      items[j] = item;
    }
}

typedef struct
{
  guint32 n[N_CLASSES];
} Count;

/* Decides where each group goes. The smaller parts are filled in the order drawn, as long as a
 * group leaves none of the labels with more than its share. */
static void
deal (const Count   *groups,
      const guint32 *order,
      guint32        n_groups,
      guint          n_small,
      const Count   *wanted,
      guint8        *group_parts)
{
  static const guint8 small[] = { UT_DATA_DEV, UT_DATA_TEST };
  Count taken[UT_N_DATA_PARTS] = { 0 };

  for (guint32 i = 0; i < n_groups; i++)
    {
      const Count *group = &groups[order[i]];

      for (guint j = 0; j < n_small; j++)
        {
          guint8 part = small[j];
          guint64 total = (guint64) wanted[part].n[0] + wanted[part].n[1];
          guint64 size = (guint64) group->n[0] + group->n[1];

          if ((double) size > MAX (MAX_GROUP_SHARE * (double) total, 2)
              || taken[part].n[0] + group->n[0] > wanted[part].n[0]
              || taken[part].n[1] + group->n[1] > wanted[part].n[1])
            continue;
          taken[part].n[0] += group->n[0];
          taken[part].n[1] += group->n[1];
          group_parts[order[i]] = part;
          break;
        }
    }
}

static gboolean
draw_parts (UtImportSearch  *search,
            UtImportSplit    split,
            guint32          seed,
            UtImportParts   *parts,
            GError         **error)
{
  guint32 n_rows = parts->n_rows;
  g_autofree guint32 *parents = g_new (guint32, MAX (n_rows, 1));
  Groups groups = { parents };

  for (guint32 i = 0; i < n_rows; i++)
    parents[i] = search->first[i];
  search->found = join;
  search->may_guess = TRUE;
  search->data = &groups;
  if (!_ut_import_find_phrases (search, error))
    return FALSE;

  g_autofree Count *counts = g_new0 (Count, MAX (n_rows, 1));
  g_autofree guint32 *order = g_new (guint32, MAX (n_rows, 1));
  Count all = { { 0 } };
  guint32 n_groups = 0;

  for (guint32 i = 0; i < n_rows; i++)
    {
      guint32 group = find_group (&groups, i);
      guint class = get_class (search->import, parts, i);

      counts[group].n[class]++;
      all.n[class]++;
      parts->largest_group = MAX (parts->largest_group,
                                  (gsize) counts[group].n[0] + counts[group].n[1]);
      if (group == i)
        order[n_groups++] = i;
    }
  shuffle (order, n_groups, seed);

  /* Each label is to be in each part, where there are rows enough. */
  guint n_small = split == UT_IMPORT_SPLIT_80_10_10 ? 2 : 1;
  Count wanted[UT_N_DATA_PARTS] = { 0 };

  for (guint part = UT_DATA_DEV; part < UT_DATA_DEV + n_small; part++)
    {
      for (guint class = 0; class < N_CLASSES; class++)
        {
          guint32 tenth = (guint32) lround (all.n[class] / 10.0);

          wanted[part].n[class] = all.n[class] > n_small ? MAX (tenth, 1) : 0;
          parts->n_wanted[part] += wanted[part].n[class];
        }
    }

  g_autofree guint8 *group_parts = g_new0 (guint8, MAX (n_rows, 1));

  deal (counts, order, n_groups, n_small, wanted, group_parts);
  for (guint32 i = 0; i < n_rows; i++)
    parts->parts[i] = group_parts[find_group (&groups, i)];

  return TRUE;
}

gboolean
_ut_import_split (const UtImport   *import,
                  UtImportSplit     split,
                  guint32           seed,
                  guint             min_phrase,
                  guint             n_threads,
                  UtImportParts    *parts,
                  UtReadProgress    progress,
                  gpointer          progress_data,
                  GCancellable     *cancellable,
                  GError          **error)
{
  *parts = (UtImportParts) { .rows = NULL };
  list_rows (import, parts);

  g_autofree guint32 *first = g_new (guint32, MAX (parts->n_rows, 1));
  UtImportSearch search = {
    .import = import,
    .rows = parts->rows,
    .n_rows = parts->n_rows,
    .first = first,
    .min_words = min_phrase,
    .n_threads = n_threads,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  gboolean done = _ut_import_find_equal (&search, error);

  if (done)
    {
      count_duplicates (import, parts, first);
      done = split == UT_IMPORT_SPLIT_FILES
             ? use_files (&search, parts, error)
             : draw_parts (&search, split, seed, parts, error);
    }
  if (!done)
    _ut_import_parts_clear (parts);

  return done;
}
