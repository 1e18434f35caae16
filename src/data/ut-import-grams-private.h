/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Hashes of words and of stretches of words. They are good, but no protection from who wants to
 * deceive: equal hashes are a reason to compare.
 */
#pragma once

#include "ut-import-private.h"

#include <string.h>

G_BEGIN_DECLS

/* The longest stretch. */
#define UT_IMPORT_MAX_GRAM 8

/* Of multiplicative hashing: odd, and without a pattern in its bits. */
#define UT_IMPORT_FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define UT_IMPORT_WORD_FACTOR G_GUINT64_CONSTANT (0xd6e8feb86659fd93)

static inline guint
_ut_import_count_bits (guint64 n,
            guint   min,
            guint   max)
{
  return CLAMP (g_bit_storage (n), min, max);
}

static inline gsize
_ut_import_get_slot (guint64 hash,
          guint   bits)
{
  return (gsize) (hash >> (64 - bits));
}

/* Goes through the stretches of a row. */
typedef struct
{
  const char *text;
  const char *end;
  const char *at;
  guint n_words;                        /* of a stretch */
  guint n;                              /* words so far */
  guint slot;                           /* of the first word of the stretch */
  guint64 power;                        /* UT_IMPORT_FACTOR to the power of n_words */
  guint64 sum;                          /* of the last hashes, the earlier the more factors */
  guint64 words[UT_IMPORT_MAX_GRAM];    /* hashes of the last words */
  guint32 starts[UT_IMPORT_MAX_GRAM];   /* and where they begin */
} UtImportGrams;

static inline void
_ut_import_grams_begin (UtImportGrams             *self,
             const UtImportRow *row)
{
  self->text = row->text;
  self->at = row->text;
  self->end = row->text + row->length;
  self->n = 0;
  self->slot = 0;
  self->sum = 0;
}

/* Hashes the word at @at, eight bytes a time, and moves behind the space that follows. */
static inline guint64
_ut_import_hash_word (const char **at,
           const char  *end)
{
  static const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 hash = 0;

  for (;;)
    {
      guint64 block;

      memcpy (&block, *at, sizeof block);
      block = GUINT64_FROM_LE (block);

      /* The highest bit of each byte that is a space, and perhaps of some behind the first one. */
      guint64 spaces = block ^ (ones * ' ');

      spaces = (spaces - ones) & ~spaces & (ones << 7);

      gsize length = spaces != 0 ? (gsize) __builtin_ctzll (spaces) / 8 : sizeof block;

      length = MIN (length, (gsize) (end - *at));
      if (length < sizeof block)
        block &= (G_GUINT64_CONSTANT (1) << (8 * length)) - 1;
      hash = (hash ^ block) * UT_IMPORT_WORD_FACTOR;
      hash ^= hash >> 32;
      *at += length;
      if (length < sizeof block)
        {
          *at += *at < end;
          return hash;
        }
    }
}

/* Returns whether there is another stretch; @hash is its hash. */
static inline gboolean
_ut_import_grams_next (UtImportGrams   *self,
            guint64 *hash)
{
  while (self->at < self->end)
    {
      guint slot = self->slot;
      guint32 start = (guint32) (self->at - self->text);
      guint64 word = _ut_import_hash_word (&self->at, self->end);

      self->sum = self->sum * UT_IMPORT_FACTOR + word;
      if (self->n >= self->n_words)
        self->sum -= self->words[slot] * self->power;
      self->words[slot] = word;
      self->starts[slot] = start;
      self->n++;
      self->slot = slot + 1 == self->n_words ? 0 : slot + 1;
      if (self->n >= self->n_words)
        {
          *hash = (self->sum ^ self->sum >> 29) * UT_IMPORT_WORD_FACTOR;
          return TRUE;
        }
    }

  return FALSE;
}

/* Where the stretch that was found last begins. */
static inline guint32
_ut_import_grams_get_start (const UtImportGrams *self)
{
  return self->starts[self->slot];
}

/* Begins to hash stretches of @n_words words. */
static inline void
_ut_import_grams_init (UtImportGrams *self,
                       guint          n_words)
{
  self->n_words = n_words;
  self->power = 1;
  for (guint i = 0; i < n_words; i++)
    self->power *= UT_IMPORT_FACTOR;
}

G_END_DECLS
