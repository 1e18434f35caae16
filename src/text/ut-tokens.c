/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-tokens.h"

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
static gunichar
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
  for (gsize i = 0; i < n_letters; i++)
    g_string_append_unichar (builder->words, _ut_letter_lower (letters[i].c));
}

static void
cut_stretch (UtWordRules *rules,
             GArray      *letters,
             gboolean     last)
{
  _ut_word_rules_cut (rules, (const UtLetter *) (void *) letters->data, letters->len, last);
  g_array_set_size (letters, 0);
}

UtTokens *
ut_tokens_new (const char *text,
               gsize       start,
               gsize       end)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (start <= end, NULL);

  Builder builder;
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (UtLetter));
  UtWordRules rules;

  builder_init (&builder);
  _ut_word_rules_init (&rules, emit_cb, &builder);

  /* Only the last stretch may end a sentence. */
  while (end > start && g_ascii_isspace (text[end - 1]))
    end--;

  for (gsize at = start; at < end;)
    {
      gsize from = at;
      gunichar c = _ut_letter_normalize (next_character (text, end, &at));

      if (c == UT_LETTER_SPACE)
        {
          cut_stretch (&rules, letters, FALSE);
        }
      else if (c != UT_LETTER_DROPPED)
        {
          UtLetter letter = { .c = c, .start = from, .end = at };

          if (letters->len == MAX_STRETCH)
            cut_stretch (&rules, letters, FALSE);
          g_array_append_val (letters, letter);
        }
      else if (letters->len > 0)
        {
          g_array_index (letters, UtLetter, letters->len - 1).end = at;
        }
    }

  cut_stretch (&rules, letters, TRUE);

  return builder_end (&builder);
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
      while (at < stop)
        {
          gunichar c = next_character (text, stop, &at);

          /* A NUL would end the word for its readers. */
          g_string_append_unichar (builder.words, c == 0 ? 0xfffd : g_unichar_tolower (c));
        }
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
