/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-subwords.h"

#include "ut-text-error.h"

#include <glib/gi18n-lib.h>

/* Of FNV-1a (Fowler, Noll and Vo) with 32 bits. */
#define FNV_BASIS 2166136261u
#define FNV_PRIME 16777619u

struct UtSubwords
{
  gatomicrefcount ref_count;
  UtSubwordRule rule;
  gsize n_words;
  gsize *offsets;   /* (owned): (n_words + 1) into buckets */
  guint32 *buckets; /* (owned) */
};

G_DEFINE_BOXED_TYPE (UtSubwords, ut_subwords, ut_subwords_ref, ut_subwords_unref)

static const char *
next_character (const char *at)
{
  do
    at++;
  while (((guchar) *at & 0xc0) == 0x80);

  return at;
}

static guint32
hash_add (guint32     hash,
          const char *start,
          const char *end)
{
  for (; start < end; start++)
    hash = (hash ^ (guint32) (gint8) *start) * FNV_PRIME;

  return hash;
}

/* Counts the n-grams of @word; their buckets go to @buckets unless that is NULL. */
static guint
cut_word (const UtSubwordRule *rule,
          const char          *word,
          guint32             *buckets)
{
  g_autofree char *wrapped = g_strconcat ("<", word, ">", NULL);
  const char *end = wrapped;
  guint n_ngrams = 0;

  for (guint i = 0; i < UT_SUBWORD_MAX_CHARACTERS && *end != '\0'; i++)
    end = next_character (end);

  for (const char *start = wrapped; start < end; start = next_character (start))
    {
      const char *at = start;
      guint32 hash = FNV_BASIS;

      /* The hash of an n-gram goes on from that of the one shorter. */
      for (guint n = 1; n <= rule->max_length && at < end; n++)
        {
          const char *next = next_character (at);

          hash = hash_add (hash, at, next);
          at = next;

          gboolean is_boundary = n == 1 && (start == wrapped || *at == '\0');

          if (n < rule->min_length || is_boundary)
            continue;
          if (buckets != NULL)
            buckets[n_ngrams] = hash % rule->n_buckets;
          n_ngrams++;
        }
    }

  return n_ngrams;
}

gboolean
ut_subword_rule_is_valid (const UtSubwordRule *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->min_length >= 1
         && self->min_length <= self->max_length
         && self->max_length <= UT_SUBWORD_MAX_LENGTH
         && self->n_buckets >= 1
         && self->n_buckets <= UT_SUBWORD_MAX_BUCKETS;
}

guint
ut_subwords_append (const UtSubwordRule *rule,
                    const char          *word,
                    GArray              *buckets)
{
  g_return_val_if_fail (ut_subword_rule_is_valid (rule), 0);
  g_return_val_if_fail (word != NULL, 0);
  g_return_val_if_fail (buckets != NULL, 0);
  g_return_val_if_fail (g_array_get_element_size (buckets) == sizeof (guint32), 0);

  guint first = buckets->len;
  guint n_ngrams = cut_word (rule, word, NULL);

  if (n_ngrams > 0)
    {
      g_array_set_size (buckets, first + n_ngrams);
      cut_word (rule, word, &g_array_index (buckets, guint32, first));
    }

  return n_ngrams;
}

static gsize
count_words (const UtVocabulary *vocabulary)
{
  return vocabulary != NULL ? ut_vocabulary_get_size (vocabulary) : 0;
}

/* Word @id of the list, or NULL for one that has no n-grams. */
static const char *
get_word (const UtVocabulary *vocabulary,
          const char * const *extra_words,
          gsize               id)
{
  gsize size = count_words (vocabulary);

  if (id >= size)
    return extra_words[id - size];

  return id == UT_VOCABULARY_PAD || id == UT_VOCABULARY_UNKNOWN
         ? NULL : ut_vocabulary_get_word (vocabulary, (guint) id);
}

UtSubwords *
ut_subwords_new (const UtSubwordRule *rule,
                 const UtVocabulary  *vocabulary,
                 const char * const  *extra_words,
                 gsize                n_extra,
                 GError             **error)
{
  g_return_val_if_fail (ut_subword_rule_is_valid (rule), NULL);
  g_return_val_if_fail (extra_words != NULL || n_extra == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  gsize n_words = count_words (vocabulary) + n_extra;
  g_autofree gsize *offsets = g_new (gsize, n_words + 1);

  offsets[0] = 0;
  for (gsize id = 0; id < n_words; id++)
    {
      const char *word = get_word (vocabulary, extra_words, id);

      offsets[id + 1] = offsets[id] + (word != NULL ? cut_word (rule, word, NULL) : 0);
      if (offsets[id + 1] > UT_SUBWORDS_MAX)
        {
          g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE,
                       _("The words have more than %u parts of %u to %u characters"),
                       UT_SUBWORDS_MAX, rule->min_length, rule->max_length);
          return NULL;
        }
    }

  UtSubwords *self = g_new0 (UtSubwords, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rule = *rule;
  self->n_words = n_words;
  self->offsets = g_steal_pointer (&offsets);
  self->buckets = g_new (guint32, self->offsets[n_words]);
  for (gsize id = 0; id < n_words; id++)
    {
      const char *word = get_word (vocabulary, extra_words, id);

      if (word != NULL)
        cut_word (rule, word, self->buckets + self->offsets[id]);
    }

  return self;
}

UtSubwords *
ut_subwords_ref (UtSubwords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_subwords_unref (UtSubwords *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->offsets);
  g_free (self->buckets);
  g_free (self);
}

const UtSubwordRule *
ut_subwords_get_rule (const UtSubwords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->rule;
}

gsize
ut_subwords_get_n_words (const UtSubwords *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_words;
}

const gsize *
ut_subwords_get_offsets (const UtSubwords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->offsets;
}

const guint32 *
ut_subwords_get_buckets (const UtSubwords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->buckets;
}
