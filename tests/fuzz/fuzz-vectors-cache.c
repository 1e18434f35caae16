/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Any bytes are either no cache, or become vectors of finite numbers; also where the checksums are
 * made right, without which a fuzzer would not get far. */

#include "config.h"

#include "fuzz.h"
#include "ut-vectors-cache-private.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const UtVectorsKey key = { 1, 2, 3, 4 };

static void
read_cache (const uint8_t *data,
            size_t         size)
{
  const char * const words[] = { "[pad]", "[unk]", "the", "a", "a b", "1" };
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (words, G_N_ELEMENTS (words), NULL);
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);

  g_autoptr (UtVectors) vectors = _ut_vectors_cache_read_fd (fd, &key, vocabulary, 0);

  close (fd);
  for (guint id = 0; vectors != NULL && id < G_N_ELEMENTS (words); id++)
    {
      const float *values = ut_vectors_lookup (vectors, id);

      for (guint i = 0; values != NULL && i < ut_vectors_get_dimension (vectors); i++)
        g_assert_true (isfinite (values[i]));
    }
}

/* The checksum of a row, if it is one. */
static void
sign_row (uint8_t                     *data,
          const UtVectorsCacheTrailer *trailer,
          guint64                      offset)
{
  UtVectorsCacheRow row;
  guint64 end = trailer->index_offset;

  if (offset > end || end - offset < sizeof row || trailer->dimension > UT_VECTORS_MAX_DIMENSION)
    return;

  memcpy (&row, data + offset, sizeof row);

  guint64 rest = end - offset - sizeof row;
  guint64 values_size = trailer->dimension * sizeof (float);

  if (values_size > rest || row.word_length > rest - values_size)
    return;

  row.checksum = _ut_vectors_cache_checksum (trailer->seed, data + offset + sizeof row.checksum,
                                             sizeof row.word_length + values_size
                                             + row.word_length);
  memcpy (data + offset, &row, sizeof row);
}

/* A memcpy() of which GCC 12 does not know the size: with -fsanitize=undefined it takes the trailer's
 * for one out of bounds. */
static G_GNUC_NO_INLINE void
copy (void       *target,
      const void *source,
      size_t      size)
{
  memcpy (target, source, size);
}

static void
sign (uint8_t *data,
      size_t   size)
{
  UtVectorsCacheTrailer trailer;
  size_t index_end = size - sizeof trailer;
  const guint64 magic = UT_VECTORS_CACHE_MAGIC;

  memcpy (data, &magic, sizeof magic);
  copy (&trailer, data + index_end, sizeof trailer);
  trailer.magic = magic;
  trailer.key = key;
  memset (trailer.hash, '0', sizeof trailer.hash);
  if (trailer.index_offset <= index_end)
    {
      size_t index_size = index_end - trailer.index_offset;

      for (size_t at = 0; at + sizeof (UtVectorsCacheEntry) <= index_size;
           at += sizeof (UtVectorsCacheEntry))
        {
          UtVectorsCacheEntry entry;

          memcpy (&entry, data + trailer.index_offset + at, sizeof entry);
          sign_row (data, &trailer, entry.offset);
        }
      trailer.index_checksum = _ut_vectors_cache_checksum (trailer.seed,
                                                           data + trailer.index_offset,
                                                           index_size);
    }
  trailer.checksum =
    _ut_vectors_cache_checksum (0, &trailer, G_STRUCT_OFFSET (UtVectorsCacheTrailer, checksum));
  copy (data + index_end, &trailer, sizeof trailer);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  read_cache (data, size);
  if (size < sizeof (guint64) + sizeof (UtVectorsCacheTrailer))
    return 0;

  g_autofree uint8_t *signed_data = g_memdup2 (data, size);

  sign (signed_data, size);
  read_cache (signed_data, size);

  return 0;
}
