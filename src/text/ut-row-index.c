/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-index.h"

#include "ut-row-sort-private.h"
#include "ut-tokens.h"

#include <string.h>

/* Rows between two looks at the cancellable. */
#define PIECE 256

struct UtRowIndex
{
  gatomicrefcount ref_count;
  UtDataset *dataset; /* (owned) */
  char *text;         /* (owned): every row with a NUL behind it */
  gsize *starts;      /* (owned): (n_rows + 1) into text */
};

G_DEFINE_BOXED_TYPE (UtRowIndex, ut_row_index, ut_row_index_ref, ut_row_index_unref)

UtRowIndex *
ut_row_index_new (UtDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  UtRowIndex *self = g_new0 (UtRowIndex, 1);
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  GString *text = g_string_new (NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->dataset = ut_dataset_ref (dataset);
  self->starts = g_new (gsize, n_rows + 1);
  for (gsize row = 0; row < n_rows; row++)
    {
      self->starts[row] = text->len;
      ut_dataset_append_sentence (dataset, row, text);
      g_string_append_c (text, '\0');
    }
  self->starts[n_rows] = text->len;
  self->text = g_string_free (text, FALSE);

  return self;
}

UtRowIndex *
ut_row_index_ref (UtRowIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_row_index_unref (UtRowIndex *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  ut_dataset_unref (self->dataset);
  g_free (self->text);
  g_free (self->starts);
  g_free (self);
}

UtDataset *
ut_row_index_get_dataset (const UtRowIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dataset;
}

const char *
ut_row_index_get_text (const UtRowIndex *self,
                       gsize             row)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < ut_dataset_get_n_rows (self->dataset), NULL);

  return self->text + self->starts[row];
}

/* Matching */

typedef struct
{
  char *plain;   /* (owned) (nullable): in lower case, as the rows are */
  gsize length;  /* of plain */
  GRegex *regex; /* (owned) (nullable) */
} Matcher;

static void
matcher_clear (Matcher *self)
{
  g_free (self->plain);
  g_clear_pointer (&self->regex, g_regex_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matcher, matcher_clear)

static gboolean
matcher_init (Matcher           *self,
              const UtRowQuery  *query,
              GError           **error)
{
  const char *pattern = query->pattern;

  if (pattern == NULL || *pattern == '\0')
    return TRUE;
  if (!query->is_regex)
    {
      g_autofree char *valid = g_utf8_make_valid (pattern, -1);

      self->plain = ut_lower_case (valid, strlen (valid));
      self->length = strlen (self->plain);
      return TRUE;
    }

  self->regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, error);
  return self->regex != NULL;
}

/* -1 with @error set where the expression took too long. */
static int
matcher_match (const Matcher  *self,
               const char     *text,
               gsize           length,
               GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean matches;

  if (self->plain != NULL)
    return memmem (text, length, self->plain, self->length) != NULL;
  if (self->regex == NULL)
    return TRUE;

  matches = g_regex_match_full (self->regex, text, (gssize) length, 0, 0, NULL, &local_error);
  if (local_error == NULL)
    return matches;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

static void
reverse_rows (guint32 *rows,
              gsize    n_rows)
{
  for (gsize i = 0; i < n_rows / 2; i++)
    {
      guint32 row = rows[i];

      rows[i] = rows[n_rows - 1 - i];
      rows[n_rows - 1 - i] = row;
    }
}

guint32 *
ut_row_index_find (const UtRowIndex  *self,
                   const UtRowQuery  *query,
                   GCancellable      *cancellable,
                   gsize             *n_found,
                   GError           **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (n_found != NULL, NULL);

  const guint8 *labels = ut_dataset_get_labels (self->dataset);
  gsize n_rows = ut_dataset_get_n_rows (self->dataset);
  gsize n_candidates = query->subset != NULL ? query->n_subset : n_rows;
  g_auto (Matcher) matcher = { NULL };

  if (!matcher_init (&matcher, query, error))
    return NULL;

  g_autofree guint32 *found = g_new (guint32, n_candidates + 1);
  gsize n = 0;

  for (gsize i = 0; i < n_candidates; i++)
    {
      guint32 row = query->subset != NULL ? query->subset[i] : (guint32) i;
      int matches;

      if (i % PIECE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (row >= n_rows || (query->label >= 0 && labels[row] != query->label))
        continue;

      matches = matcher_match (&matcher, self->text + self->starts[row],
                               self->starts[row + 1] - self->starts[row] - 1, error);
      if (matches < 0)
        return NULL;
      if (matches)
        found[n++] = row;
    }

  if (query->keys != NULL)
    _ut_row_sort (found, n, query->keys, query->descending);
  else if (query->descending)
    reverse_rows (found, n);

  *n_found = n;
  return g_steal_pointer (&found);
}
