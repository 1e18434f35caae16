/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-vocabulary-private.h"

#include "ut-text-error.h"
#include "ut-words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct UtVocabulary
{
  gatomicrefcount ref_count;
  UtWords *words; /* (owned) */
};

G_DEFINE_BOXED_TYPE (UtVocabulary, ut_vocabulary, ut_vocabulary_ref, ut_vocabulary_unref)

static const char * const reserved[] = { UT_VOCABULARY_PAD_WORD, UT_VOCABULARY_UNKNOWN_WORD };

UtVocabulary *
ut_vocabulary_new (const char * const *words,
                   gsize               n_words,
                   GError            **error)
{
  g_return_val_if_fail (words != NULL || n_words == 0, NULL);

  if (n_words > UT_VOCABULARY_MAX)
    {
      g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_SIZE,
                   _("The vocabulary has %zu words; at most %u are possible"),
                   n_words, UT_VOCABULARY_MAX);
      return NULL;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    {
      if (n_words <= i || !g_str_equal (words[i], reserved[i]))
        {
          g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_ROW,
                       _("Word %zu of the vocabulary is not “%s”, as it must be"),
                       i, reserved[i]);
          return NULL;
        }
    }

  g_autoptr (UtWords) set = _ut_words_new ();

  for (gsize i = 0; i < n_words; i++)
    {
      gsize length = strlen (words[i]);

      if (length == 0)
        {
          g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_ROW,
                       _("Word %zu of the vocabulary is empty"), i);
          return NULL;
        }
      if (!g_utf8_validate_len (words[i], length, NULL))
        {
          g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_ENCODING,
                       _("Word %zu of the vocabulary is not valid UTF-8"), i);
          return NULL;
        }

      guint32 id = _ut_words_add (set, words[i], length);

      if (id != i)
        {
          g_set_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_ROW,
                       _("Word %zu of the vocabulary, “%.100s”, is word %u already"),
                       i, words[i], id);
          return NULL;
        }
    }

  UtVocabulary *self = g_new0 (UtVocabulary, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->words = g_steal_pointer (&set);

  return self;
}

UtVocabulary *
ut_vocabulary_ref (UtVocabulary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
ut_vocabulary_unref (UtVocabulary *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    {
      _ut_words_free (self->words);
      g_free (self);
    }
}

guint
ut_vocabulary_get_size (const UtVocabulary *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return _ut_words_get_n (self->words);
}

const char *
ut_vocabulary_get_word (const UtVocabulary *self,
                        guint               id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id < _ut_words_get_n (self->words), NULL);

  return _ut_words_get (self->words, id);
}

guint32
_ut_vocabulary_lookup (const UtVocabulary *self,
                       const char         *word,
                       gsize               length)
{
  guint32 id = _ut_words_find (self->words, word, length);

  return id == UT_WORDS_NONE || id == UT_VOCABULARY_PAD ? UT_VOCABULARY_UNKNOWN : id;
}

guint
ut_vocabulary_lookup (const UtVocabulary *self,
                      const char         *word)
{
  g_return_val_if_fail (self != NULL, UT_VOCABULARY_UNKNOWN);
  g_return_val_if_fail (word != NULL, UT_VOCABULARY_UNKNOWN);

  return _ut_vocabulary_lookup (self, word, strlen (word));
}
