/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-tokens-private.h"

#include "ut-word-rules-private.h"

#include <string.h>

/* A stretch without white space that is longer is cut, so that memory is bounded. */
#define MAX_STRETCH (1024 * 1024)

/* The list as callers see it comes first, so that the two pointers are the same. */
typedef struct
{
  UtTokens list;
  gatomicrefcount ref_count;
  char *words; /* (owned): all words, each with its NUL */
} Tokens;

G_DEFINE_BOXED_TYPE (UtTokens, ut_tokens, ut_tokens_ref, ut_tokens_unref)

/* A list in the making. The words may still move, so a token's word is kept as an offset until the
 * end. */
typedef struct
{
  GArray *items;   /* (element-type UtToken) */
  GArray *offsets; /* (element-type gsize) */
  GString *words;
} Builder;

static void
builder_init (Builder *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (UtToken));
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->words = g_string_new (NULL);
}

/* Begins a token whose word is then appended to words. */
static void
builder_begin (Builder *self,
               gsize    start,
               gsize    end)
{
  UtToken token = { .start = start, .end = end };

  if (self->items->len > 0)
    g_string_append_c (self->words, '\0');
  g_array_append_val (self->items, token);
  g_array_append_val (self->offsets, self->words->len);
}

static UtTokens *
builder_end (Builder *self)
{
  Tokens *tokens = g_new0 (Tokens, 1);
  gsize n_items = self->items->len;

  g_atomic_ref_count_init (&tokens->ref_count);
  tokens->words = g_string_free (self->words, FALSE);

  UtToken *items = (UtToken *) (void *) g_array_free (self->items, FALSE);

  for (gsize i = 0; i < n_items; i++)
    items[i].word = tokens->words + g_array_index (self->offsets, gsize, i);
  g_array_unref (self->offsets);

  tokens->list.items = items;
  tokens->list.n_items = n_items;

  return &tokens->list;
}

/* Decodes the character at @at and moves behind it. A byte that is not part of UTF-8 is U+FFFD. */
static inline gunichar
next_character (const char *text,
                gsize       end,
                gsize      *at)
{
  guchar byte = (guchar) text[*at];

  if (byte < 0x80)
    {
      *at += 1;
      return byte;
    }

  gunichar c = g_utf8_get_char_validated (text + *at, (gssize) (end - *at));

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      *at += 1;
      return 0xfffd;
    }

  *at += (gsize) g_unichar_to_utf8 (c, NULL);

  return c;
}

/* Writes @letters as a word has them, without a call for each that is ASCII. */
static void
append_letters (GString        *words,
                const UtLetter *letters,
                gsize           n)
{
  gsize length = words->len;

  /* A character has six bytes at most. */
  g_string_set_size (words, length + 6 * n);

  char *to = words->str + length;

  for (gsize i = 0; i < n; i++)
    {
      gunichar c = letters[i].c;

      if (c < 0x80)
        *to++ = (char) (c | (gunichar) (c - 'A' < 26) << 5);
      else
        to += g_unichar_to_utf8 (_ut_letter_lower (c), to);
    }
  g_string_set_size (words, (gsize) (to - words->str));
}

static void
emit_cb (gsize           start,
         gsize           end,
         const char     *word,
         const UtLetter *letters,
         gsize           n_letters,
         gpointer        data)
{
  Builder *builder = data;

  builder_begin (builder, start, end);
  if (word != NULL)
    {
      g_string_append (builder->words, word);
      return;
    }
  append_letters (builder->words, letters, n_letters);
}

/* The letters of a stretch. A GArray would copy each one by a call. */
typedef struct
{
  UtLetter *items; /* (owned) */
  gsize n;
  gsize size;
} Stretch;

static void
stretch_clear (Stretch *self)
{
  g_free (self->items);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stretch, stretch_clear)

static inline void
stretch_add (Stretch  *self,
             UtLetter  letter)
{
  if (self->n == self->size)
    {
      self->size = MAX (self->size * 2, 64);
      self->items = g_renew (UtLetter, self->items, self->size);
    }
  self->items[self->n++] = letter;
}

static void
cut_stretch (UtWordRules *rules,
             Stretch     *stretch,
             gunichar     next)
{
  if (stretch->n > 0)
    _ut_word_rules_cut (rules, stretch->items, stretch->n, next);
  stretch->n = 0;
}

/* A grave accent between two letters is an apostrophe: "isn`t". */
static inline void
mend_apostrophe (Stretch  *stretch,
                 gunichar  next)
{
  if (stretch->n > 1 && stretch->items[stretch->n - 1].c == '`' && g_unichar_isalpha (next)
      && g_unichar_isalpha (stretch->items[stretch->n - 2].c))
    stretch->items[stretch->n - 1].c = '\'';
}

/* Has @rules emit the words of a piece; @stretch is room for its letters. */
static void
cut_piece (UtWordRules *rules,
           Stretch     *stretch,
           const char  *text,
           gsize        start,
           gsize        end)
{
  gboolean ended = FALSE;

  /* A stretch is cut when it is known what comes next. */
  for (gsize at = start; at < end;)
    {
      gsize from = at;
      gunichar c = _ut_letter_normalize (next_character (text, end, &at));

      if (c == UT_LETTER_SPACE)
        {
          ended = TRUE;
        }
      else if (c != UT_LETTER_DROPPED)
        {
          if (ended || stretch->n == MAX_STRETCH)
            cut_stretch (rules, stretch, c);
          ended = FALSE;
          mend_apostrophe (stretch, c);
          stretch_add (stretch, (UtLetter) { .c = c, .start = from, .end = at });
        }
      else if (!ended && stretch->n > 0)
        {
          stretch->items[stretch->n - 1].end = at;
        }
    }

  cut_stretch (rules, stretch, UT_LETTER_SPACE);
}

UtTokens *
ut_tokens_new (const char *text,
               gsize       start,
               gsize       end)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (start <= end, NULL);

  Builder builder;
  g_auto (Stretch) stretch = { .items = NULL };
  UtWordRules rules;

  builder_init (&builder);
  _ut_word_rules_init (&rules, emit_cb, &builder);
  cut_piece (&rules, &stretch, text, start, end);

  return builder_end (&builder);
}

static void
append_lower (GString    *words,
              const char *text,
              gsize       start,
              gsize       end)
{
  for (gsize at = start; at < end;)
    {
      gunichar c = next_character (text, end, &at);

      /* A NUL would end the word for its readers. */
      if (c == 0 || c >= 0x80)
        g_string_append_unichar (words, c == 0 ? 0xfffd : g_unichar_tolower (c));
      else
        g_string_append_c (words, (char) (c | (gunichar) (c - 'A' < 26) << 5));
    }
}

UtTokens *
ut_tokens_new_from_spaces (const char *text,
                           gsize       start,
                           gsize       end)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (start <= end, NULL);

  Builder builder;

  builder_init (&builder);

  for (gsize at = start; at < end;)
    {
      const char *space = memchr (text + at, ' ', end - at);
      gsize stop = space != NULL ? (gsize) (space - text) : end;

      if (stop > at)
        builder_begin (&builder, at, stop);
      append_lower (builder.words, text, at, stop);
      at = stop + 1;
    }

  return builder_end (&builder);
}

char *
ut_tokens_join (const UtTokens *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *joined = g_string_new (NULL);

  for (gsize i = 0; i < self->n_items; i++)
    {
      if (i > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, self->items[i].word);
    }

  return g_string_free (joined, FALSE);
}

UtTokens *
ut_tokens_ref (UtTokens *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Tokens *) self)->ref_count);

  return self;
}

void
ut_tokens_unref (UtTokens *self)
{
  g_return_if_fail (self != NULL);

  Tokens *tokens = (Tokens *) self;

  if (!g_atomic_ref_count_dec (&tokens->ref_count))
    return;

  g_free ((UtToken *) tokens->list.items);
  g_free (tokens->words);
  g_free (tokens);
}

struct UtTokenizer
{
  Stretch stretch;
  GString *joined; /* (not owned) (nullable): while a text is read */
  gsize n_words;
};

UtTokenizer *
_ut_tokenizer_new (void)
{
  return g_new0 (UtTokenizer, 1);
}

void
_ut_tokenizer_free (UtTokenizer *self)
{
  stretch_clear (&self->stretch);
  g_free (self);
}

static void
begin_word (UtTokenizer *self)
{
  if (self->n_words++ > 0)
    g_string_append_c (self->joined, ' ');
}

static void
join_cb (gsize           start,
         gsize           end,
         const char     *word,
         const UtLetter *letters,
         gsize           n_letters,
         gpointer        data)
{
  UtTokenizer *self = data;

  begin_word (self);
  if (word != NULL)
    {
      g_string_append (self->joined, word);
      return;
    }
  append_letters (self->joined, letters, n_letters);
}

gsize
_ut_tokenizer_append (UtTokenizer *self,
                      const char  *text,
                      gsize        length,
                      gboolean     tokenized,
                      GString     *joined)
{
  self->joined = joined;
  self->n_words = 0;

  if (tokenized)
    {
      for (gsize at = 0; at < length;)
        {
          const char *space = memchr (text + at, ' ', length - at);
          gsize stop = space != NULL ? (gsize) (space - text) : length;

          if (stop > at)
            {
              begin_word (self);
              append_lower (joined, text, at, stop);
            }
          at = stop + 1;
        }
    }
  else
    {
      UtWordRules rules;

      _ut_word_rules_init (&rules, join_cb, self);
      cut_piece (&rules, &self->stretch, text, 0, length);
    }

  self->joined = NULL;
  return self->n_words;
}
