/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-map-private.h"

#include "ut-file-private.h"
#include "ut-lab-error.h"
#include "ut-safetensors-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define EPOCHS_KEY "undertone.epochs"
#define HASH_KEY "undertone.train_hash"
/* Of SHA-256 in hexadecimal. */
#define HASH_LENGTH 64
/* No run has more; a float counts them exactly. */
#define MAX_EPOCHS 65535
/* Text of an export that is kept before it is written. */
#define EXPORT_PIECE (64u << 10)

#define EXPORT_HEADER "sentence\tlabel\tconfidence\tvariability\tcorrectness\n"

typedef enum
{
  COLUMN_CONFIDENCE,
  COLUMN_VARIABILITY,
  COLUMN_CORRECTNESS,
  COLUMN_EPOCHS,
} Column;

#define N_COLUMNS (COLUMN_EPOCHS + 1)

/* What the file calls the columns, and what their numbers may be at most; the least is 0. */
static const struct
{
  const char *name;
  float maximum;
} columns[N_COLUMNS] = {
  [COLUMN_CONFIDENCE] = { "confidence", 1 },
  [COLUMN_VARIABILITY] = { "variability", 0.5f },
  [COLUMN_CORRECTNESS] = { "correctness", 1 },
  [COLUMN_EPOCHS] = { "epochs", MAX_EPOCHS },
};

struct UtDataMap
{
  gsize n_rows;
  gsize n_left_out;
  guint n_epochs;
  char *train_hash;           /* (owned) */
  float *columns[N_COLUMNS];  /* (owned) (n_rows); NaN but in the last where a row has no epochs */
};

G_DEFINE_BOXED_TYPE (UtDataMap, ut_data_map, ut_data_map_ref, ut_data_map_unref)

static void
data_map_clear (gpointer data)
{
  UtDataMap *self = data;

  g_free (self->train_hash);
  for (Column i = 0; i < N_COLUMNS; i++)
    g_free (self->columns[i]);
}

UtDataMap *
_ut_data_map_new (gsize       n_rows,
                  guint       n_epochs,
                  const char *train_hash)
{
  g_assert (n_rows > 0 && n_epochs > 0 && n_epochs <= MAX_EPOCHS);

  UtDataMap *self = g_atomic_rc_box_new0 (UtDataMap);

  self->n_rows = n_rows;
  self->n_epochs = n_epochs;
  self->train_hash = g_strdup (train_hash);
  for (Column i = 0; i < N_COLUMNS; i++)
    self->columns[i] = g_new (float, n_rows);

  return self;
}

void
_ut_data_map_set_row (UtDataMap          *self,
                      gsize               row,
                      const UtDataMapRow *values)
{
  gboolean known = values->n_epochs > 0;

  self->columns[COLUMN_CONFIDENCE][row] = known ? values->confidence : NAN;
  self->columns[COLUMN_VARIABILITY][row] = known ? values->variability : NAN;
  self->columns[COLUMN_CORRECTNESS][row] = known ? values->correctness : NAN;
  self->columns[COLUMN_EPOCHS][row] = (float) values->n_epochs;
}

UtDataMap *
ut_data_map_ref (UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_data_map_unref (UtDataMap *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, data_map_clear);
}

static UtDataMapRow
get_row (const UtDataMap *self,
         gsize            row)
{
  return (UtDataMapRow) {
    .n_epochs = (guint) self->columns[COLUMN_EPOCHS][row],
    .confidence = self->columns[COLUMN_CONFIDENCE][row],
    .variability = self->columns[COLUMN_VARIABILITY][row],
    .correctness = self->columns[COLUMN_CORRECTNESS][row],
  };
}

UtDataMap *
ut_data_map_spread (const UtDataMap *self,
                    const UtDataset *all,
                    const UtDataset *list)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (all != NULL, NULL);
  g_return_val_if_fail (list != NULL, NULL);

  gsize n_kept;
  g_autofree guint32 *kept = ut_dataset_find_unlisted (all, list, &n_kept);

  /* Spares the hash. */
  if (n_kept != self->n_rows)
    return NULL;

  g_autoptr (UtDataset) rows = ut_dataset_subset (all, kept, n_kept);

  if (!ut_data_map_matches (self, rows))
    return NULL;

  gsize n_all = ut_dataset_get_n_rows (all);
  UtDataMap *map = _ut_data_map_new (n_all, self->n_epochs, ut_dataset_get_hash (all));

  map->n_left_out = n_all - n_kept;
  for (gsize i = 0, next = 0; i < n_all; i++)
    {
      gboolean has = next < n_kept && kept[next] == i;
      UtDataMapRow row = has ? get_row (self, next) : (UtDataMapRow) { 0 };

      _ut_data_map_set_row (map, i, &row);
      next += has;
    }

  return map;
}

gsize
ut_data_map_get_n_left_out (const UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_left_out;
}

gsize
ut_data_map_get_n_rows (const UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

guint
ut_data_map_get_n_epochs (const UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_epochs;
}

gboolean
ut_data_map_matches (const UtDataMap *self,
                     const UtDataset *train)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (train != NULL, FALSE);

  return self->n_rows == ut_dataset_get_n_rows (train)
         && g_str_equal (self->train_hash, ut_dataset_get_hash (train));
}

const float *
ut_data_map_get_confidence (const UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->columns[COLUMN_CONFIDENCE];
}

const float *
ut_data_map_get_variability (const UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->columns[COLUMN_VARIABILITY];
}

const float *
ut_data_map_get_correctness (const UtDataMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->columns[COLUMN_CORRECTNESS];
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const float *confidence = data;
  guint32 row_a = *(const guint32 *) a;
  guint32 row_b = *(const guint32 *) b;

  if (confidence[row_a] != confidence[row_b])
    return confidence[row_a] < confidence[row_b] ? -1 : 1;
  return row_a < row_b ? -1 : row_a > row_b;
}

guint32 *
ut_data_map_find_hardest (const UtDataMap *self,
                          double           share,
                          gsize           *n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (share >= 0 && share <= 1, NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  const float *confidence = self->columns[COLUMN_CONFIDENCE];
  guint32 *rows = g_new (guint32, self->n_rows);
  gsize n_known = 0;

  for (gsize i = 0; i < self->n_rows; i++)
    {
      if (!isnan (confidence[i]))
        rows[n_known++] = (guint32) i;
    }
  g_qsort_with_data (rows, (int) n_known, sizeof *rows, compare_rows, (gpointer) confidence);

  *n_rows = MIN (n_known, (gsize) ceil (share * (double) (self->n_rows - self->n_left_out)));
  return rows;
}

/* Files */

gboolean
_ut_data_map_save (const UtDataMap  *self,
                   GFile            *file,
                   GCancellable     *cancellable,
                   GError          **error)
{
  g_autofree char *n_epochs = g_strdup_printf ("%u", self->n_epochs);
  const char * const metadata[] = {
    "format", "pt",
    "undertone.version", PACKAGE_VERSION,
    EPOCHS_KEY, n_epochs,
    HASH_KEY, self->train_hash,
    NULL
  };
  g_autofree float *numbers = g_new (float, self->n_rows * COLUMN_EPOCHS);
  UtSafetensorsEntry entries[N_COLUMNS];

  for (Column i = 0; i < N_COLUMNS; i++)
    entries[i] = (UtSafetensorsEntry) {
      .name = columns[i].name,
      .n_dims = 1,
      .dims = { self->n_rows },
      .data = i < COLUMN_EPOCHS ? numbers + i * self->n_rows : self->columns[i],
    };
  /* The file's numbers are finite; by its epochs it is seen that a row has none. */
  for (Column i = 0; i < COLUMN_EPOCHS; i++)
    for (gsize k = 0; k < self->n_rows; k++)
      numbers[i * self->n_rows + k] = self->columns[COLUMN_EPOCHS][k] > 0 ? self->columns[i][k] : 0;

  return _ut_safetensors_write (file, metadata, entries, N_COLUMNS, cancellable, error);
}

/* Whether the file has the columns, each with a number for each row, and nothing else. */
static gboolean
check_columns (const UtSafetensors  *file,
               gsize                *n_rows,
               GError              **error)
{
  gsize n_entries;
  const UtSafetensorsEntry *entries = _ut_safetensors_get_entries (file, &n_entries);

  for (Column i = 0; i < N_COLUMNS; i++)
    {
      const UtSafetensorsEntry *entry = _ut_safetensors_find (file, columns[i].name);

      if (entry == NULL)
        {
          _ut_safetensors_set_error (file, error, _("the tensor “%s” is missing"), columns[i].name);
          return FALSE;
        }
      if (entry->n_dims != 1 || entry->dims[0] == 0 || entry->dims[0] > G_MAXINT
          || entry->dims[0] != entries[0].dims[0])
        {
          _ut_safetensors_set_error (file, error, _("the tensor “%s” has another shape"),
                                     columns[i].name);
          return FALSE;
        }
    }
  if (n_entries != N_COLUMNS)
    {
      _ut_safetensors_set_error (file, error, _("it is no data map: it has other tensors, too"));
      return FALSE;
    }

  *n_rows = entries[0].dims[0];
  return TRUE;
}

static gboolean
read_metadata (const UtSafetensors  *file,
               guint                *n_epochs,
               const char          **hash,
               GError              **error)
{
  const char *text = _ut_safetensors_get_metadata (file, EPOCHS_KEY);
  guint64 value;

  if (text == NULL
      || !g_ascii_string_to_unsigned (text, 10, 1, MAX_EPOCHS, &value, NULL))
    {
      _ut_safetensors_set_error (file, error, _("“%s” is no number of epochs"), EPOCHS_KEY);
      return FALSE;
    }
  *n_epochs = (guint) value;

  *hash = _ut_safetensors_get_metadata (file, HASH_KEY);
  if (*hash == NULL || strlen (*hash) != HASH_LENGTH
      || strspn (*hash, "0123456789abcdef") != HASH_LENGTH)
    {
      _ut_safetensors_set_error (file, error, _("“%s” is no hash"), HASH_KEY);
      return FALSE;
    }

  return TRUE;
}

static Column
find_column (const char *name)
{
  Column column = 0;

  while (!g_str_equal (columns[column].name, name))
    column++;
  return column;
}

/* Whether all numbers are in their ranges; rows without epochs lose theirs. */
static gboolean
settle (UtDataMap            *self,
        const UtSafetensors  *file,
        GError              **error)
{
  for (gsize row = 0; row < self->n_rows; row++)
    {
      float n_epochs = self->columns[COLUMN_EPOCHS][row];

      for (Column i = 0; i < N_COLUMNS; i++)
        {
          float *number = &self->columns[i][row];
          float maximum = i == COLUMN_EPOCHS ? (float) self->n_epochs : columns[i].maximum;

          if (*number < 0 || *number > maximum)
            {
              _ut_safetensors_set_error (file, error,
                                         _("the tensor “%s” has a number out of its range"),
                                         columns[i].name);
              return FALSE;
            }
          if (i != COLUMN_EPOCHS && n_epochs == 0)
            *number = NAN;
        }
      if (n_epochs != floorf (n_epochs))
        {
          _ut_safetensors_set_error (file, error,
                                     _("the tensor “%s” has a number out of its range"),
                                     columns[COLUMN_EPOCHS].name);
          return FALSE;
        }
    }

  return TRUE;
}

static UtDataMap *
read_map (UtSafetensors  *file,
          GCancellable   *cancellable,
          GError        **error)
{
  gsize n_rows, n_entries;
  guint n_epochs;
  const char *hash;

  if (!check_columns (file, &n_rows, error) || !read_metadata (file, &n_epochs, &hash, error))
    return NULL;

  g_autoptr (UtDataMap) self = _ut_data_map_new (n_rows, n_epochs, hash);
  const UtSafetensorsEntry *entries = _ut_safetensors_get_entries (file, &n_entries);

  for (gsize i = 0; i < n_entries; i++)
    {
      if (!_ut_safetensors_read_next (file, self->columns[find_column (entries[i].name)],
                                      cancellable, error))
        return NULL;
    }

  return settle (self, file, error) ? g_steal_pointer (&self) : NULL;
}

UtDataMap *
ut_data_map_read (GFile         *file,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtSafetensors) opened = _ut_safetensors_open (file, cancellable, error);

  return opened != NULL ? read_map (opened, cancellable, error) : NULL;
}

UtDataMap *
_ut_data_map_read_stream (const char    *name,
                          GInputStream  *stream,
                          guint64        size,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (UtSafetensors) opened = _ut_safetensors_open_stream (name, stream, size, cancellable,
                                                                  error);

  return opened != NULL ? read_map (opened, cancellable, error) : NULL;
}

static void
append_number (GString *text,
               float    number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, '\t');
  if (!isnan (number))
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.6f", (double) number));
}

gboolean
ut_data_map_export (const UtDataMap  *self,
                    const UtDataset  *train,
                    GFile            *file,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (train != NULL, FALSE);
  g_return_val_if_fail (self->n_rows == ut_dataset_get_n_rows (train), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);
  g_autoptr (GString) text = g_string_new (EXPORT_HEADER);

  if (writer == NULL)
    return FALSE;

  for (gsize row = 0; row < self->n_rows; row++)
    {
      g_autofree char *sentence = ut_dataset_dup_sentence (train, row);

      g_string_append_printf (text, "%s\t%d", sentence, ut_dataset_get_label (train, row));
      for (Column i = 0; i < COLUMN_EPOCHS; i++)
        append_number (text, self->columns[i][row]);
      g_string_append_c (text, '\n');

      if (text->len < EXPORT_PIECE && row + 1 < self->n_rows)
        continue;
      if (!_ut_file_writer_write (writer, text->str, text->len, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
    }

  return _ut_file_writer_commit (writer, error);
}
