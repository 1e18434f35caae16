/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Words of any bytes, and sentences of any text, lie in the text one behind the other. */

#include "config.h"

#include "fuzz.h"
#include "ut-sentences.h"
#include "ut-tokens.h"

#include <string.h>

static void
check_tokens (const UtTokens *tokens,
              gsize           start,
              gsize           end)
{
  for (gsize i = 0; i < tokens->n_items; i++)
    {
      const UtToken *token = &tokens->items[i];

      g_assert_cmpuint (token->start, >=, start);
      g_assert_cmpuint (token->start, <, token->end);
      g_assert_cmpuint (token->end, <=, end);
      g_assert_true (*token->word != '\0');
      g_assert_true (g_utf8_validate (token->word, -1, NULL));
      start = token->end;
    }
}

static void
check_text (const char *text,
            gsize       length)
{
  g_autoptr (GArray) spans = ut_sentences_split (text, length);
  gsize start = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const UtSpan *span = &g_array_index (spans, UtSpan, i);
      g_autoptr (UtTokens) tokens = ut_tokens_new (text, span->start, span->end);

      g_assert_cmpuint (span->start, >=, start);
      g_assert_cmpuint (span->start, <, span->end);
      g_assert_cmpuint (span->end, <=, length);
      check_tokens (tokens, span->start, span->end);
      start = span->end;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *text = size > 0 ? (const char *) data : "";
  g_autoptr (UtTokens) tokens = ut_tokens_new (text, 0, size);
  g_autoptr (UtTokens) spaced = ut_tokens_new_from_spaces (text, 0, size);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) size);

  check_tokens (tokens, 0, size);
  check_tokens (spaced, 0, size);
  check_text (valid, strlen (valid));

  return 0;
}
