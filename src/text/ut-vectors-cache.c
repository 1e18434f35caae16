/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-vectors-cache-private.h"

#include "ut-file-private.h"
#include "ut-hash-private.h"
#include "ut-lines-private.h"
#include "ut-vectors-private.h"
#include "ut-vocabulary-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "vectors-"

/* All files of the cache together. */
#define MAX_SIZE (G_GUINT64_CONSTANT (4) << 30)

/* The index takes 16 bytes of memory for each row while it is written. The largest public sets have
 * three million. */
#define MAX_ROWS (1u << 23)

/* A temporary file this old is no longer being written, in seconds. */
#define MAX_WRITING_TIME (24 * 60 * 60)

/* Of one read or write of rows; the largest row fits in. */
#define WINDOW_SIZE (512 * 1024)

/* Wanted rows this near to each other are read at once: copying what lies between takes no longer
 * than asking the system a second time. */
#define MAX_GAP 8192

/* Of one read or write of the index, and so of one addition to its checksum. */
#define INDEX_PIECE 4096

/* The golden ratio's share of 2^64, made odd. */
#define FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/* Rows are aligned for their numbers to be read in place. */
#define ALIGNMENT 8

G_STATIC_ASSERT (sizeof (UtVectorsCacheRow) + UT_VECTORS_MAX_DIMENSION * sizeof (float)
                 + UT_LINES_MAX_LENGTH + ALIGNMENT <= WINDOW_SIZE);

guint64
_ut_vectors_cache_checksum (guint64     checksum,
                            const void *data,
                            gsize       length)
{
  return _ut_hash_add (checksum, FACTOR, data, length);
}

static int
compare_numbers (guint64 a,
                 guint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_numbers_cb (gconstpointer a,
                    gconstpointer b)
{
  return compare_numbers (*(const guint64 *) a, *(const guint64 *) b);
}

static int
compare_entries (const UtVectorsCacheEntry *a,
                 const UtVectorsCacheEntry *b)
{
  int order = compare_numbers (a->hash, b->hash);

  return order != 0 ? order : compare_numbers (a->offset, b->offset);
}

static int
compare_entries_cb (gconstpointer a,
                    gconstpointer b)
{
  return compare_entries (a, b);
}

static guint64
checksum_trailer (const UtVectorsCacheTrailer *trailer)
{
  return _ut_vectors_cache_checksum (0, trailer, G_STRUCT_OFFSET (UtVectorsCacheTrailer, checksum));
}

static guint64
checksum_row (guint64                  seed,
              const UtVectorsCacheRow *row,
              gsize                    size)
{
  return _ut_vectors_cache_checksum (seed, &row->word_length, size - sizeof row->checksum);
}

/* Places */

gboolean
_ut_vectors_key_init (UtVectorsKey *self,
                      GFile        *file)
{
  const char *path = g_file_peek_path (file);
  GStatBuf status;

  if (path == NULL || g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;

  *self = (UtVectorsKey) {
    .device = status.st_dev,
    .inode = status.st_ino,
    .size = (guint64) status.st_size,
    .modified = (gint64) status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000)
                + status.st_mtim.tv_nsec,
  };

  return TRUE;
}

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "undertone", NULL);
}

char *
_ut_vectors_cache_dup_path (const UtVectorsKey *key)
{
  g_autofree char *folder = dup_folder ();

  return g_strdup_printf ("%s/" PREFIX "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x",
                          folder, key->device, key->inode);
}

/* Reading */

typedef struct
{
  int fd;
  UtVectorsCacheTrailer trailer;
  const UtVocabulary *vocabulary;
  guint8 *window;       /* (owned): WINDOW_SIZE bytes */
  guint64 window_start; /* in the file */
  gsize window_length;
} Reader;

static gboolean
read_at (int      fd,
         void    *data,
         gsize    length,
         guint64  offset)
{
  char *bytes = data;

  while (length > 0)
    {
      gssize n = pread (fd, bytes, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
      offset += (guint64) n;
    }

  return TRUE;
}

/* Bytes of the rows, or NULL where they end before; reads @ahead bytes if it has to read. */
static const void *
look_at (Reader  *self,
         guint64  offset,
         gsize    length,
         gsize    ahead)
{
  guint64 rest = self->trailer.index_offset - offset;

  if (length > MIN (rest, WINDOW_SIZE))
    return NULL;

  if (offset < self->window_start
      || offset + length > self->window_start + self->window_length)
    {
      gsize n = MIN (MAX (length, ahead), MIN (rest, WINDOW_SIZE));

      self->window_length = 0;
      if (!read_at (self->fd, self->window, n, offset))
        return NULL;
      self->window_start = offset;
      self->window_length = n;
    }

  return self->window + (offset - self->window_start);
}

static gboolean
read_trailer (Reader             *self,
              const UtVectorsKey *key,
              guint               dimension)
{
  UtVectorsCacheTrailer *trailer = &self->trailer;
  struct stat status;
  guint64 magic;

  if (fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode)
      || status.st_size < (off_t) (sizeof magic + sizeof *trailer))
    return FALSE;

  guint64 index_end = (guint64) status.st_size - sizeof *trailer;

  if (!read_at (self->fd, &magic, sizeof magic, 0)
      || !read_at (self->fd, trailer, sizeof *trailer, index_end))
    return FALSE;

  if (magic != UT_VECTORS_CACHE_MAGIC || trailer->magic != UT_VECTORS_CACHE_MAGIC
      || trailer->checksum != checksum_trailer (trailer)
      || memcmp (&trailer->key, key, sizeof *key) != 0)
    return FALSE;

  if (trailer->dimension == 0 || trailer->dimension > UT_VECTORS_MAX_DIMENSION
      || (dimension != 0 && trailer->dimension != dimension)
      || trailer->n_rows > MAX_ROWS
      || trailer->index_offset < sizeof magic || trailer->index_offset > index_end
      || index_end - trailer->index_offset != trailer->n_rows * sizeof (UtVectorsCacheEntry))
    return FALSE;

  for (gsize i = 0; i < sizeof trailer->hash; i++)
    {
      if (!g_ascii_isxdigit (trailer->hash[i]))
        return FALSE;
    }

  return TRUE;
}

/* The hashes of all words that can have a vector, in order. */
static guint64 *
hash_vocabulary (const Reader *self,
                 guint        *n_hashes)
{
  guint n_words = ut_vocabulary_get_size (self->vocabulary);
  guint64 *hashes = g_new (guint64, n_words);

  *n_hashes = 0;
  for (guint id = UT_VOCABULARY_UNKNOWN + 1; id < n_words; id++)
    {
      const char *word = ut_vocabulary_get_word (self->vocabulary, id);

      hashes[(*n_hashes)++] = _ut_vectors_cache_checksum (self->trailer.seed, word, strlen (word));
    }
  qsort (hashes, *n_hashes, sizeof *hashes, compare_numbers_cb);

  return hashes;
}

/* (element-type guint64): where the rows of the vocabulary's words are, in the order of the text,
 * and perhaps a row of another word whose hash is the same; or NULL. */
static GArray *
find_rows (const Reader *self)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree UtVectorsCacheEntry *entries = g_new (UtVectorsCacheEntry, INDEX_PIECE);
  guint n_hashes;
  g_autofree guint64 *hashes = hash_vocabulary (self, &n_hashes);
  guint at = 0;
  guint64 checksum = self->trailer.seed;
  UtVectorsCacheEntry last = { 0, 0 };

  for (guint64 first = 0; first < self->trailer.n_rows; first += INDEX_PIECE)
    {
      gsize n = MIN (self->trailer.n_rows - first, INDEX_PIECE);

      if (!read_at (self->fd, entries, n * sizeof *entries,
                    self->trailer.index_offset + first * sizeof *entries))
        return NULL;
      checksum = _ut_vectors_cache_checksum (checksum, entries, n * sizeof *entries);

      for (gsize i = 0; i < n; i++)
        {
          const UtVectorsCacheEntry *entry = &entries[i];

          if (compare_entries (&last, entry) >= 0 || entry->offset % ALIGNMENT != 0
              || entry->offset == 0 || entry->offset >= self->trailer.index_offset)
            return NULL;
          last = *entry;

          while (at < n_hashes && hashes[at] < entry->hash)
            at++;
          if (at < n_hashes && hashes[at] == entry->hash)
            g_array_append_val (offsets, entry->offset);
        }
    }

  if (checksum != self->trailer.index_checksum)
    return NULL;
  g_array_sort (offsets, compare_numbers_cb);

  return g_steal_pointer (&offsets);
}

/* The rows from @first on that are read at once: how many, and how much that is. */
static guint
measure_stretch (const GArray *offsets,
                 guint         first,
                 gsize         row_size,
                 gsize        *size)
{
  const guint64 *offset = &g_array_index (offsets, guint64, first);
  guint n = 1;

  while (first + n < offsets->len
         && offset[n] - offset[n - 1] <= MAX_GAP
         && offset[n] - offset[0] + row_size <= WINDOW_SIZE)
    n++;
  *size = offset[n - 1] - offset[0] + row_size;

  return n;
}

static gboolean
read_row (Reader    *self,
          guint64    offset,
          gsize      ahead,
          UtVectors *vectors)
{
  gsize values_size = self->trailer.dimension * sizeof (float);
  gsize size = sizeof (UtVectorsCacheRow) + values_size;
  const UtVectorsCacheRow *row = look_at (self, offset, size, ahead);

  if (row == NULL || row->word_length > UT_LINES_MAX_LENGTH)
    return FALSE;

  gsize word_length = row->word_length;

  size += word_length;
  row = look_at (self, offset, size, ahead);
  if (row == NULL || row->word_length != word_length
      || row->checksum != checksum_row (self->trailer.seed, row, size))
    return FALSE;

  const float *values = (const float *) (row + 1);
  const char *word = (const char *) (row + 1) + values_size;

  if (memchr (word, '\0', word_length) != NULL)
    return FALSE;
  for (guint i = 0; i < self->trailer.dimension; i++)
    {
      if (!isfinite (values[i]))
        return FALSE;
    }

  guint32 id = _ut_vocabulary_lookup (self->vocabulary, word, word_length);

  if (id != UT_VOCABULARY_UNKNOWN)
    _ut_vectors_add (vectors, id, values);

  return TRUE;
}

static UtVectors *
read_vectors (Reader             *self,
              const UtVectorsKey *key,
              guint               dimension)
{
  if (!read_trailer (self, key, dimension))
    return NULL;

  g_autoptr (GArray) offsets = find_rows (self);

  if (offsets == NULL)
    return NULL;

  g_autoptr (UtVectors) vectors = _ut_vectors_new (self->vocabulary,
                                                   (guint) self->trailer.dimension);
  /* With room for most words. */
  gsize row_size = sizeof (UtVectorsCacheRow) + self->trailer.dimension * sizeof (float) + 64;

  guint n;

  for (guint first = 0; first < offsets->len; first += n)
    {
      gsize stretch;

      n = measure_stretch (offsets, first, row_size, &stretch);
      for (guint i = first; i < first + n; i++)
        {
          if (!read_row (self, g_array_index (offsets, guint64, i), stretch, vectors))
            return NULL;
        }
    }

  g_autofree char *hash = g_strndup (self->trailer.hash, sizeof self->trailer.hash);

  _ut_vectors_finish (vectors, hash);

  return g_steal_pointer (&vectors);
}

UtVectors *
_ut_vectors_cache_read_fd (int                 fd,
                           const UtVectorsKey *key,
                           const UtVocabulary *vocabulary,
                           guint               dimension)
{
  Reader reader = { .fd = fd, .vocabulary = vocabulary, .window = g_malloc (WINDOW_SIZE) };
  UtVectors *vectors = read_vectors (&reader, key, dimension);

  g_free (reader.window);

  return vectors;
}

UtVectors *
_ut_vectors_cache_read (const UtVectorsKey *key,
                        const UtVocabulary *vocabulary,
                        guint               dimension)
{
  g_autofree char *path = _ut_vectors_cache_dup_path (key);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0)
    return NULL;

  UtVectors *vectors = _ut_vectors_cache_read_fd (fd, key, vocabulary, dimension);

  /* The time says when it was of use. Where it cannot be set, the file is older than it might be. */
  if (vectors != NULL)
    (void) futimens (fd, NULL);
  else
    g_debug ("%s is not what it should be", path);
  close (fd);

  return vectors;
}

/* Making room */

typedef struct
{
  char *path; /* (owned) */
  guint64 size;
  gint64 used; /* seconds */
} CacheFile;

static void
cache_file_clear (gpointer data)
{
  g_free (((CacheFile *) data)->path);
}

static int
compare_files_cb (gconstpointer a,
                  gconstpointer b)
{
  const CacheFile *x = a;
  const CacheFile *y = b;

  return (x->used < y->used) - (x->used > y->used);
}

/* The files used last stay, as many as there is room for. */
static void
make_room (void)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (CacheFile));
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint64 total = 0;
  const char *name;

  g_array_set_clear_func (files, cache_file_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_stat (path, &status) != 0)
        continue;

      CacheFile file = { .size = (guint64) status.st_size, .used = status.st_mtim.tv_sec };

      if (g_str_has_prefix (name, PREFIX))
        {
          file.path = g_steal_pointer (&path);
          g_array_append_val (files, file);
        }
      else if (g_str_has_prefix (name, "." PREFIX) && file.used < now - MAX_WRITING_TIME)
        {
          g_unlink (path);
        }
    }

  g_array_sort (files, compare_files_cb);
  for (guint i = 0; i < files->len; i++)
    {
      const CacheFile *file = &g_array_index (files, CacheFile, i);

      total += file->size;
      if (total > MAX_SIZE)
        g_unlink (file->path);
    }
}

/* Writing */

struct UtVectorsCacheWriter
{
  UtVectorsKey key;
  guint64 seed;
  UtFileWriter *file;  /* (owned) (nullable): NULL once something failed */
  GByteArray *rows;    /* (owned): not written yet */
  guint64 n_written;
  GArray *entries;     /* (owned) (element-type UtVectorsCacheEntry) */
};

/* The errors tell that there is no cache, which is no concern of anyone's. */
static void
write_bytes (UtVectorsCacheWriter *self,
             const void           *data,
             gsize                 length)
{
  self->n_written += length;
  if (self->file != NULL
      && (self->n_written > MAX_SIZE
          || !_ut_file_writer_write (self->file, data, length, NULL, NULL)))
    g_clear_pointer (&self->file, _ut_file_writer_free);
}

static void
write_rows (UtVectorsCacheWriter *self)
{
  write_bytes (self, self->rows->data, self->rows->len);
  g_byte_array_set_size (self->rows, 0);
}

UtVectorsCacheWriter *
_ut_vectors_cache_writer_new (const UtVectorsKey *key)
{
  UtVectorsCacheWriter *self = g_new0 (UtVectorsCacheWriter, 1);
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = _ut_vectors_cache_dup_path (key);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint64 magic = UT_VECTORS_CACHE_MAGIC;

  self->key = *key;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->rows = g_byte_array_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (UtVectorsCacheEntry));
  if (g_mkdir_with_parents (folder, 0700) == 0)
    self->file = _ut_file_writer_new (file, NULL);
  write_bytes (self, &magic, sizeof magic);

  return self;
}

void
_ut_vectors_cache_writer_free (UtVectorsCacheWriter *self)
{
  g_clear_pointer (&self->file, _ut_file_writer_free);
  g_byte_array_unref (self->rows);
  g_array_unref (self->entries);
  g_free (self);
}

void
_ut_vectors_cache_writer_add (UtVectorsCacheWriter *self,
                              const char           *word,
                              gsize                 length,
                              const float          *values,
                              guint                 dimension)
{
  if (self->entries->len == MAX_ROWS)
    g_clear_pointer (&self->file, _ut_file_writer_free);
  if (self->file == NULL)
    return;

  UtVectorsCacheRow row = { .word_length = length };
  UtVectorsCacheEntry entry = {
    .hash = _ut_vectors_cache_checksum (self->seed, word, length),
    .offset = self->n_written + self->rows->len,
  };
  guint start = self->rows->len;

  g_array_append_val (self->entries, entry);
  g_byte_array_append (self->rows, (const guint8 *) &row, sizeof row);
  g_byte_array_append (self->rows, (const guint8 *) values, dimension * sizeof *values);
  g_byte_array_append (self->rows, (const guint8 *) word, (guint) length);

  /* The array may have moved. */
  UtVectorsCacheRow *written = (UtVectorsCacheRow *) (self->rows->data + start);

  written->checksum = checksum_row (self->seed, written, self->rows->len - start);
  while (self->rows->len % ALIGNMENT != 0)
    g_byte_array_append (self->rows, (const guint8 *) "", 1);

  if (self->rows->len >= WINDOW_SIZE)
    write_rows (self);
}

void
_ut_vectors_cache_writer_commit (UtVectorsCacheWriter *self,
                                 const char           *hash,
                                 guint                 dimension)
{
  write_rows (self);
  if (self->file == NULL)
    return;

  UtVectorsCacheTrailer trailer = {
    .key = self->key,
    .seed = self->seed,
    .dimension = dimension,
    .n_rows = self->entries->len,
    .index_offset = self->n_written,
    .index_checksum = self->seed,
    .magic = UT_VECTORS_CACHE_MAGIC,
  };

  g_array_sort (self->entries, compare_entries_cb);
  for (guint first = 0; first < self->entries->len; first += INDEX_PIECE)
    {
      const UtVectorsCacheEntry *entries = &g_array_index (self->entries, UtVectorsCacheEntry,
                                                           first);
      gsize size = MIN (self->entries->len - first, INDEX_PIECE) * sizeof *entries;

      trailer.index_checksum = _ut_vectors_cache_checksum (trailer.index_checksum, entries, size);
      write_bytes (self, entries, size);
    }

  memcpy (trailer.hash, hash, sizeof trailer.hash);
  trailer.checksum = checksum_trailer (&trailer);
  write_bytes (self, &trailer, sizeof trailer);

  if (self->file != NULL && _ut_file_writer_commit (self->file, NULL))
    make_room ();
}
