/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Rows of a data set that somebody chose: written to a file, and known again. */

#include "config.h"

#include "ut-dataset-private.h"

#include "ut-file-private.h"

/* Text that is kept before it is written. */
#define PIECE (64u << 10)

/* No two rows that differ give the same text. */
static char *
make_key (const UtDataset *self,
          gsize            row)
{
  g_autofree char *sentence = ut_dataset_dup_sentence (self, row);

  return g_strdup_printf ("%d\t%s", ut_dataset_get_label (self, row), sentence);
}

guint32 *
ut_dataset_find_unlisted (const UtDataset *self,
                          const UtDataset *list,
                          gsize           *n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_all = ut_dataset_get_n_rows (self);
  guint32 *rows = g_new (guint32, n_all);

  for (gsize i = 0; i < ut_dataset_get_n_rows (list); i++)
    g_hash_table_add (listed, make_key (list, i));

  *n_rows = 0;
  for (gsize i = 0; i < n_all; i++)
    {
      g_autofree char *key = make_key (self, i);

      if (!g_hash_table_contains (listed, key))
        rows[(*n_rows)++] = (guint32) i;
    }

  return rows;
}

gboolean
ut_dataset_write (const UtDataset  *self,
                  const guint32    *rows,
                  gsize             n_rows,
                  GFile            *file,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (rows != NULL && n_rows > 0, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);
  g_autoptr (GString) text = g_string_new (UT_DATASET_HEADER "\n");

  if (writer == NULL)
    return FALSE;

  for (gsize i = 0; i < n_rows; i++)
    {
      g_return_val_if_fail (rows[i] < ut_dataset_get_n_rows (self), FALSE);

      g_autofree char *sentence = ut_dataset_dup_sentence (self, rows[i]);

      g_string_append_printf (text, "%s\t%d\n", sentence, ut_dataset_get_label (self, rows[i]));
      if (text->len < PIECE && i + 1 < n_rows)
        continue;
      if (!_ut_file_writer_write (writer, text->str, text->len, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
    }

  return _ut_file_writer_commit (writer, error);
}
