/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-words-private.h"

#include "ut-hash-private.h"
#include "ut-vocabulary.h"

#include <string.h>

typedef struct
{
  guint32 hash;
  guint32 id;
} Slot;

struct UtWords
{
  char *text;       /* (owned): the words one after the other, each with its NUL */
  gsize text_size;
  gsize text_used;
  gsize *starts;    /* (owned): (starts_size) where word id starts in text */
  gsize starts_size;
  Slot *slots;      /* (owned): (n_slots) open addressing, a free one has id UT_WORDS_NONE */
  gsize n_slots;    /* a power of two, at least 4/3 of n */
  guint32 n;
  guint64 seed;
  guint64 factor;
};

#define FIRST_SLOTS 1024

/* Seed and factor differ from table to table, so that no file can be written whose words all meet in
 * one slot. Ids do not depend on them. */
static guint32
hash_word (const UtWords *self,
           const char    *word,
           gsize          length)
{
  return (guint32) (_ut_hash_add (self->seed, self->factor, word, length) >> 32);
}

static gsize
find_slot (const UtWords *self,
           guint32        hash,
           const char    *word,
           gsize          length)
{
  gsize mask = self->n_slots - 1;

  for (gsize i = hash & mask;; i = (i + 1) & mask)
    {
      const Slot *slot = &self->slots[i];

      if (slot->id == UT_WORDS_NONE)
        return i;

      if (slot->hash == hash)
        {
          const char *other = self->text + self->starts[slot->id];

          if (strncmp (other, word, length) == 0 && other[length] == '\0')
            return i;
        }
    }
}

static void
make_slots (UtWords *self,
            gsize    n_slots)
{
  self->slots = g_new (Slot, n_slots);
  self->n_slots = n_slots;
  for (gsize i = 0; i < n_slots; i++)
    self->slots[i].id = UT_WORDS_NONE;
}

static void
double_slots (UtWords *self)
{
  g_autofree Slot *old = self->slots;
  gsize n_old = self->n_slots;

  make_slots (self, n_old * 2);

  for (gsize i = 0; i < n_old; i++)
    {
      if (old[i].id == UT_WORDS_NONE)
        continue;

      gsize at = old[i].hash & (self->n_slots - 1);

      while (self->slots[at].id != UT_WORDS_NONE)
        at = (at + 1) & (self->n_slots - 1);
      self->slots[at] = old[i];
    }
}

UtWords *
_ut_words_new (void)
{
  UtWords *self = g_new0 (UtWords, 1);

  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->factor = (guint64) g_random_int () << 32 | g_random_int () | 1;
  make_slots (self, FIRST_SLOTS);

  return self;
}

void
_ut_words_free (UtWords *self)
{
  g_free (self->text);
  g_free (self->starts);
  g_free (self->slots);
  g_free (self);
}

guint32
_ut_words_add (UtWords    *self,
               const char *word,
               gsize       length)
{
  g_assert (memchr (word, '\0', length) == NULL);

  guint32 hash = hash_word (self, word, length);
  gsize at = find_slot (self, hash, word, length);

  if (self->slots[at].id != UT_WORDS_NONE)
    return self->slots[at].id;

  if (self->n == UT_VOCABULARY_MAX)
    return UT_WORDS_NONE;

  if (self->text_size - self->text_used <= length)
    {
      self->text_size = MAX (self->text_size * 2, self->text_used + length + 4096);
      self->text = g_realloc (self->text, self->text_size);
    }
  if (self->n == self->starts_size)
    {
      self->starts_size = MAX (self->starts_size * 2, FIRST_SLOTS);
      self->starts = g_renew (gsize, self->starts, self->starts_size);
    }

  guint32 id = self->n++;

  self->starts[id] = self->text_used;
  memcpy (self->text + self->text_used, word, length);
  self->text[self->text_used + length] = '\0';
  self->text_used += length + 1;
  self->slots[at] = (Slot) { .hash = hash, .id = id };

  if (self->n > self->n_slots / 4 * 3)
    double_slots (self);

  return id;
}

guint32
_ut_words_find (const UtWords *self,
                const char    *word,
                gsize          length)
{
  return self->slots[find_slot (self, hash_word (self, word, length), word, length)].id;
}

guint32
_ut_words_get_n (const UtWords *self)
{
  return self->n;
}

const char *
_ut_words_get (const UtWords *self,
               guint32        id)
{
  g_assert (id < self->n);

  return self->text + self->starts[id];
}
