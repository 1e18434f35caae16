/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-line-fold.h"

#include "ut-sentences.h"

/* U+2029, which also ends a line, is only looked for in the fold itself. */
static gboolean
has_long_line (const char *text,
               gsize       length,
               gsize       longest)
{
  gsize n = 0;

  for (gsize i = 0; i < length && n <= longest; i++)
    n = text[i] == '\n' || text[i] == '\r' ? 0 : n + 1;

  return n > longest;
}

char *
ut_line_fold (const char *text,
              gsize       length,
              gsize       longest)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (longest > 0, NULL);

  if (!has_long_line (text, length, longest))
    return NULL;

  g_autoptr (GArray) sentences = ut_sentences_split (text, length);
  GString *folded = g_string_sized_new (length + length / longest);
  gsize line = 0; /* where the present line begins */
  gsize sentence = 0; /* the last place behind a sentence where it can be broken, if beyond @line */
  gsize word = 0; /* likewise behind a word */
  guint next_sentence = 0;
  guint n_breaks = 0;
  gunichar before = ' ';

  for (gsize at = 0; at < length;)
    {
      gunichar c = g_utf8_get_char (text + at);
      gsize next = (gsize) (g_utf8_next_char (text + at) - text);

      while (next_sentence < sentences->len &&
             g_array_index (sentences, UtSpan, next_sentence).start < at)
        next_sentence++;
      if (at > line && g_unichar_isspace (before) && g_unichar_isalpha (c))
        {
          word = at;
          if (next_sentence < sentences->len &&
              g_array_index (sentences, UtSpan, next_sentence).start == at)
            sentence = at;
        }

      if (c == '\n' || c == '\r' || c == 0x2029)
        {
          g_string_append_len (folded, text + line, (gssize) (next - line));
          line = next;
        }
      else if (next - line > longest && MAX (sentence, word) > line)
        {
          gsize cut = sentence > line ? sentence : word;

          g_string_append_len (folded, text + line, (gssize) (cut - line));
          g_string_append_c (folded, '\n');
          line = cut;
          n_breaks++;
        }
      before = c;
      at = next;
    }
  g_string_append_len (folded, text + line, (gssize) (length - line));

  return g_string_free (folded, n_breaks == 0);
}
