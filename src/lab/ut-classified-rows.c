/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Two files: the rows as they are saved, and an index with one entry of fixed size for each. A file
 * that was given up by name when it was made is gone with whoever holds it open.
 */

#include "config.h"

#include "ut-classified-rows.h"

#include "ut-file-private.h"
#include "ut-import-record-private.h"
#include "ut-row-sort-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Bytes that are copied at a time, and entries that are looked at. */
#define PIECE (256 * 1024)
#define N_ENTRIES 4096

/* Of a row in the index. Where it ends is where the next one starts. */
typedef struct
{
  guint64 start;
  guint64 line;
  double probability;
  guint32 n_words;
  guint32 n_unknown;
  guint32 label;
  guint32 positive;
} Entry;

struct UtClassifiedRows
{
  gatomicrefcount ref_count;
  UtClassification *classification; /* (owned) (nullable): once all is there */
  GFile *folder;                    /* (owned): where the files were made */
  UtImportDialect dialect;          /* of the rows */
  guint text_column;
  int rows_fd;
  int index_fd;
  gsize header_length;
  guint64 length;                   /* of the rows, with their header */
  guint32 n_rows;
};

G_DEFINE_BOXED_TYPE (UtClassifiedRows, ut_classified_rows, ut_classified_rows_ref,
                     ut_classified_rows_unref)

/* Files */

static int
open_nameless (UtClassifiedRows  *self,
               GError           **error)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (self->folder), "rows.XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    _ut_file_set_error (self->folder, errno, error);
  else
    g_unlink (path);

  return fd;
}

static gboolean
write_all (UtClassifiedRows  *self,
           int                fd,
           const void        *data,
           gsize              length,
           GError           **error)
{
  const char *bytes = data;

  while (length > 0)
    {
      gssize written = write (fd, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          _ut_file_set_error (self->folder, errno, error);
          return FALSE;
        }
      bytes += written;
      length -= (gsize) written;
    }

  return TRUE;
}

/* FALSE with errno set. */
static gboolean
read_all (int      fd,
          guint64  start,
          void    *data,
          gsize    length)
{
  char *bytes = data;

  while (length > 0)
    {
      gssize n = pread (fd, bytes, length, (off_t) start);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          return FALSE;
        }
      bytes += n;
      start += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

/* Making */

typedef struct
{
  UtClassifiedRows *rows;         /* (not owned) */
  UtClassifiedProgress progress;  /* (nullable) */
  gpointer data;
  GArray *entries;                /* (owned) (element-type Entry): not written yet */
  guint64 batch_start;            /* of the rows that are taken next */
  gboolean has_header;
  guint64 n_rows;
} Maker;

static gboolean
write_entries (Maker   *self,
               GError **error)
{
  gboolean written = write_all (self->rows, self->rows->index_fd, self->entries->data,
                                self->entries->len * sizeof (Entry), error);

  g_array_set_size (self->entries, 0);
  return written;
}

/* What comes first is the header; after each later piece its rows are taken. */
static gboolean
write_cb (const char  *text,
          gsize        length,
          gpointer     data,
          GError     **error)
{
  Maker *self = data;
  UtClassifiedRows *rows = self->rows;

  if (!self->has_header)
    rows->header_length = length;
  self->has_header = TRUE;
  self->batch_start = rows->length;
  rows->length += length;

  return write_entries (self, error) && write_all (rows, rows->rows_fd, text, length, error);
}

static void
take_cb (const UtClassifiedRow *rows,
         gsize                  n_rows,
         gpointer               data)
{
  Maker *self = data;

  for (gsize i = 0; i < n_rows; i++)
    {
      const Entry entry = {
        .start = self->batch_start,
        .line = rows[i].line,
        .probability = rows[i].probability,
        .n_words = (guint32) rows[i].n_words,
        .n_unknown = (guint32) rows[i].n_unknown,
        .label = rows[i].label,
        .positive = rows[i].positive != FALSE,
      };

      g_array_append_val (self->entries, entry);
      self->batch_start += rows[i].n_written;
    }
  self->n_rows += n_rows;
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  Maker *self = data;

  if (self->progress != NULL)
    self->progress (fraction, self->n_rows, self->data);
}

static gboolean
make (UtClassifiedRows         *self,
      Maker                    *maker,
      UtModel                  *model,
      UtImportGuess            *guess,
      const UtClassifyOptions  *options,
      GCancellable             *cancellable,
      GError                  **error)
{
  static const UtClassifyFuncs funcs = { write_cb, take_cb, progress_cb };

  self->rows_fd = open_nameless (self, error);
  if (self->rows_fd < 0)
    return FALSE;
  self->index_fd = open_nameless (self, error);
  if (self->index_fd < 0)
    return FALSE;

  self->classification = ut_classify (model, guess, options, NULL, &funcs, maker, cancellable,
                                      error);
  if (self->classification == NULL || !write_entries (maker, error))
    return FALSE;
  if (maker->n_rows >= G_MAXUINT32)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("The file has too many rows to be listed"));
      return FALSE;
    }
  self->n_rows = (guint32) maker->n_rows;

  return TRUE;
}

/* A folder on the disk, unlike that of the system's temporary files, which may be memory. */
static GFile *
make_folder (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "undertone", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      _ut_file_set_error (folder, errno, error);
      return NULL;
    }

  return g_steal_pointer (&folder);
}

UtClassifiedRows *
ut_classified_rows_new (UtModel                  *model,
                        UtImportGuess            *guess,
                        const UtClassifyOptions  *options,
                        UtClassifiedProgress      progress,
                        gpointer                  data,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (guess != NULL, NULL);
  g_return_val_if_fail (options == NULL || options->form != UT_ROWS_JSON_LINES, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  UtClassifyOptions chosen;
  g_autoptr (GFile) folder = make_folder (error);

  if (folder == NULL)
    return NULL;

  ut_classify_options_init (&chosen, model, guess);
  if (options != NULL)
    chosen = *options;
  else if (chosen.form == UT_ROWS_JSON_LINES)
    chosen.form = UT_ROWS_CSV;

  g_autoptr (UtClassifiedRows) self = g_new0 (UtClassifiedRows, 1);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Maker maker = { .rows = self, .progress = progress, .data = data, .entries = entries };

  g_atomic_ref_count_init (&self->ref_count);
  self->folder = g_steal_pointer (&folder);
  self->rows_fd = -1;
  self->index_fd = -1;
  self->text_column = ut_import_guess_get_options (guess)->text_column;
  self->dialect = (UtImportDialect) {
    .delimiter = chosen.form == UT_ROWS_TSV ? '\t' : ',', .quoting = TRUE, .line_end = '\n',
  };
  if (!make (self, &maker, model, guess, &chosen, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

UtClassifiedRows *
ut_classified_rows_ref (UtClassifiedRows *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ut_classified_rows_unref (UtClassifiedRows *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->rows_fd >= 0)
    close (self->rows_fd);
  if (self->index_fd >= 0)
    close (self->index_fd);
  g_clear_pointer (&self->classification, ut_classification_free);
  g_object_unref (self->folder);
  g_free (self);
}

UtClassification *
ut_classified_rows_get_classification (UtClassifiedRows *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->classification;
}

guint32
ut_classified_rows_get_n_rows (const UtClassifiedRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

/* Looking */

static UtClassifiedRow
get_answer (const Entry *entry)
{
  return (UtClassifiedRow) {
    .line = entry->line,
    .positive = entry->positive != 0,
    .probability = entry->probability,
    .n_words = entry->n_words,
    .n_unknown = entry->n_unknown,
    .label = entry->label,
  };
}

gboolean
ut_classified_rows_get (const UtClassifiedRows *self,
                        guint32                 row,
                        UtClassifiedRow        *answer)
{
  Entry entry;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->n_rows, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  *answer = (UtClassifiedRow) { .label = UT_CLASSIFIED_NO_LABEL };
  if (!read_all (self->index_fd, row * (guint64) sizeof entry, &entry, sizeof entry))
    return FALSE;

  *answer = get_answer (&entry);
  return TRUE;
}

/* Where @row lies; FALSE where the disk does not say. */
static gboolean
find_record (const UtClassifiedRows *self,
             guint32                 row,
             guint64                *start,
             gsize                  *length)
{
  Entry entries[2] = { { .start = 0 }, { .start = self->length } };
  gsize n = row + 1 < self->n_rows ? 2 : 1;

  if (!read_all (self->index_fd, row * (guint64) sizeof *entries, entries, n * sizeof *entries)
      || entries[1].start <= entries[0].start)
    return FALSE;

  *start = entries[0].start;
  *length = (gsize) (entries[1].start - entries[0].start);
  return TRUE;
}

/* Returns a part of the rows, with room for one byte more and a NUL; %NULL where the disk does not
 * give it back. */
static char *
dup_part (const UtClassifiedRows *self,
          guint64                 start,
          gsize                   length)
{
  g_autofree char *text = g_try_malloc (length + 2);

  if (text == NULL || !read_all (self->rows_fd, start, text, length))
    return NULL;

  text[length] = '\0';
  return g_steal_pointer (&text);
}

char *
ut_classified_rows_dup_text (const UtClassifiedRows *self,
                             guint32                 row,
                             gsize                   max_length)
{
  UtImportField fields[UT_IMPORT_MAX_COLUMNS];
  g_autofree char *record = NULL;
  guint64 start;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->n_rows, NULL);

  if (!find_record (self, row, &start, &length))
    return g_strdup ("");

  gboolean cut = length - 1 > max_length;

  /* Without its line end. */
  length = MIN (length - 1, max_length);
  record = dup_part (self, start, length);
  if (record == NULL)
    return g_strdup ("");

  if (cut)
    {
      gsize n_quotes = 0;

      /* A quote that is open then is closed. */
      for (gsize i = 0; i < length; i++)
        n_quotes += record[i] == '"';
      if (n_quotes % 2 != 0)
        record[length++] = '"';
    }

  guint n = _ut_import_record_split (&self->dialect, record, length, fields, self->text_column + 1);

  if (n <= self->text_column)
    return g_strdup ("");

  return g_utf8_make_valid (fields[self->text_column].text,
                            (gssize) fields[self->text_column].length);
}

char *
ut_classified_rows_dup_record (const UtClassifiedRows *self,
                               guint32                 row)
{
  guint64 start;
  gsize length;
  char *record = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->n_rows, NULL);

  if (find_record (self, row, &start, &length))
    record = dup_part (self, start, length);

  return record != NULL ? record : g_strdup ("");
}

char *
ut_classified_rows_dup_header (const UtClassifiedRows *self)
{
  char *header;

  g_return_val_if_fail (self != NULL, NULL);

  header = dup_part (self, 0, self->header_length);
  return header != NULL ? header : g_strdup ("");
}

guint32 *
ut_classified_rows_find (const UtClassifiedRows   *self,
                         const UtClassifiedQuery  *query,
                         GCancellable             *cancellable,
                         gsize                    *n_found,
                         GError                  **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (n_found != NULL, NULL);

  g_autofree Entry *entries = g_new (Entry, N_ENTRIES);
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 1);
  g_autofree float *keys = query->key != NULL ? g_new (float, self->n_rows) : NULL;

  for (guint32 first = 0; first < self->n_rows;)
    {
      guint32 n = MIN (N_ENTRIES, self->n_rows - first);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (!read_all (self->index_fd, first * (guint64) sizeof (Entry), entries, n * sizeof (Entry)))
        {
          _ut_file_set_error (self->folder, errno, error);
          return NULL;
        }
      for (guint32 i = 0; i < n; i++)
        {
          const UtClassifiedRow answer = get_answer (&entries[i]);
          guint32 row = first + i;

          if (query->accept != NULL && !query->accept (&answer, query->data))
            continue;
          if (keys != NULL)
            keys[row] = query->key (&answer);
          g_array_append_val (rows, row);
        }
      first += n;
    }

  *n_found = rows->len;
  if (keys != NULL)
    _ut_row_sort ((guint32 *) (void *) rows->data, rows->len, keys, query->descending);

  return (guint32 *) (void *) g_array_free (g_steal_pointer (&rows), FALSE);
}

gboolean
ut_classified_rows_save (const UtClassifiedRows  *self,
                         GFile                   *file,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);
  g_autofree char *piece = g_malloc (PIECE);

  if (writer == NULL)
    return FALSE;

  for (guint64 at = 0; at < self->length; at += PIECE)
    {
      gsize length = (gsize) MIN (PIECE, self->length - at);

      if (!read_all (self->rows_fd, at, piece, length))
        {
          _ut_file_set_error (self->folder, errno, error);
          return FALSE;
        }
      if (!_ut_file_writer_write (writer, piece, length, cancellable, error))
        return FALSE;
    }

  return _ut_file_writer_commit (writer, error);
}
