/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-phrases-private.h"

#include "ut-data-error.h"
#include "ut-import-chunks-private.h"
#include "ut-import-grams-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <ut-text.h>

#define NONE G_MAXUINT32

/* Different words are counted where there are many: one in sixteen by its hash, each a bit. How
 * many there are follows from how many bits none of them has set, to a part in a thousand. */
#define WORD_SHARE 16
#define WORD_BITS 22

typedef struct
{
  UtImportSearch *search;
  guint32 *hashes; /* (owned): (n_rows) */
  guint32 *table;  /* (owned): the first of equal rows */
  guint bits;
  guint64 *words;  /* (owned) (nullable) */
} Finder;

static inline const UtImportRow *
get_row (const UtImportSearch *search,
         guint32               i)
{
  return _ut_import_get_row (search->import, search->rows[i]);
}

/* Several workers set bits; most are set already. */
static inline void
see_word (guint64 *words,
          guint64  hash)
{
  gsize bit = _ut_import_get_slot (hash * UT_IMPORT_FACTOR, WORD_BITS);
  guint64 mask = G_GUINT64_CONSTANT (1) << bit % 64;

  if ((__atomic_load_n (&words[bit / 64], __ATOMIC_RELAXED) & mask) == 0)
    __atomic_fetch_or (&words[bit / 64], mask, __ATOMIC_RELAXED);
}

static void
hash_rows (UtImportChunk *chunk,
           gpointer       data)
{
  const Finder *self = data;

  for (guint32 i = chunk->begin; i < chunk->end && !_ut_import_chunk_is_stopped (chunk); i++)
    {
      const UtImportRow *row = get_row (self->search, i);
      const char *at = row->text;
      const char *end = row->text + row->length;
      guint64 hash = 0;

      while (at < end)
        {
          guint64 word = _ut_import_hash_word (&at, end);

          hash = hash * UT_IMPORT_FACTOR + word;
          if (self->words != NULL && word % WORD_SHARE == 0)
            see_word (self->words, word);
        }
      self->hashes[i] = (guint32) ((hash ^ hash >> 29) * UT_IMPORT_WORD_FACTOR >> 32);
    }
}

static gboolean
find_first (const UtImportChunk *chunk,
            gpointer             data)
{
  Finder *self = data;
  UtImportSearch *search = self->search;
  gsize mask = ((gsize) 1 << self->bits) - 1;

  for (guint32 i = chunk->begin; i < chunk->end; i++)
    {
      const UtImportRow *row = get_row (search, i);
      gsize slot = self->hashes[i] >> (32 - self->bits);

      for (; self->table[slot] != NONE; slot = (slot + 1) & mask)
        {
          guint32 other = self->table[slot];

          if (self->hashes[other] == self->hashes[i]
              && get_row (search, other)->length == row->length
              && memcmp (get_row (search, other)->text, row->text, row->length) == 0)
            break;
        }
      if (self->table[slot] == NONE)
        self->table[slot] = i;
      search->first[i] = self->table[slot];
    }

  return TRUE;
}

static gboolean
check_words (const guint64  *words,
             GError        **error)
{
  const gsize n_bits = (gsize) 1 << WORD_BITS;
  gsize n_set = 0;

  for (gsize i = 0; i < n_bits / 64; i++)
    n_set += (gsize) __builtin_popcountll (words[i]);

  double n_words = n_set < n_bits
                   ? -log1p (-(double) n_set / (double) n_bits) * (double) n_bits * WORD_SHARE
                   : HUGE_VAL;

  if (n_words < 0.99 * UT_VOCABULARY_MAX)
    return TRUE;

  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE,
               _("The texts have more than %u different words, the most that are accepted"),
               UT_VOCABULARY_MAX);
  return FALSE;
}

gboolean
_ut_import_find_equal (UtImportSearch  *search,
                       GError         **error)
{
  Finder self = { .search = search };
  const UtImportChunks chunks = {
    .n_rows = search->n_rows,
    .run = hash_rows,
    .take = find_first,
    .data = &self,
    .n_threads = search->n_threads,
    .cancellable = search->cancellable,
  };
  guint64 n_words = 0;

  for (guint32 i = 0; i < search->n_rows; i++)
    n_words += get_row (search, i)->n_words;
  if (n_words > UT_VOCABULARY_MAX)
    self.words = g_new0 (guint64, ((gsize) 1 << WORD_BITS) / 64);
  self.bits = _ut_import_count_bits ((guint64) search->n_rows * 2, 4, 32);
  self.hashes = g_new (guint32, MAX (search->n_rows, 1));
  self.table = g_new (guint32, (gsize) 1 << self.bits);
  memset (self.table, 0xff, sizeof (guint32) << self.bits);

  gboolean done = _ut_import_chunks_run (&chunks, error)
                  && (self.words == NULL || check_words (self.words, error));

  g_free (self.hashes);
  g_free (self.table);
  g_free (self.words);

  return done;
}
