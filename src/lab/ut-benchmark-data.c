/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-benchmark-data-private.h"

#include <math.h>
#include <string.h>
#include <ut-nn.h>

#define SEED 1

/* SST-2's training phrases: their words, and the mean and the greatest length. */
#define N_WORDS 14816
#define MEAN_LENGTH 9.4
#define MAX_LENGTH 52

/* Numbers of a vector, and how many different ones there are: to draw and to format each would take
   longer than to read them. */
#define DIMENSION 50
#define N_NUMBERS 4096

/* Mean and deviation of GloVe's numbers. */
#define NUMBER_MEAN 0.0165
#define NUMBER_DEVIATION 0.6834

#define CHUNK_SIZE (1u << 20)

static const char consonants[] = "bdfghklmnprstv";
static const char vowels[] = "aeiou";

/* A word of two letters for each digit of @rank, from 1, in the base of all syllables. */
static void
append_word (GString *text,
             gsize    rank)
{
  const gsize n_consonants = G_N_ELEMENTS (consonants) - 1;
  const gsize n_vowels = G_N_ELEMENTS (vowels) - 1;

  for (gsize rest = rank; rest > 0; rest /= n_consonants * n_vowels)
    {
      gsize syllable = rest % (n_consonants * n_vowels);

      g_string_append_c (text, consonants[syllable % n_consonants]);
      g_string_append_c (text, vowels[syllable / n_consonants]);
    }
}

/* Appends row @i of a file. */
typedef void (*AppendRow) (GString       *text,
                           gsize          i,
                           gconstpointer  data);

static gboolean
write_rows (GFile            *file,
            const char       *header,
            gsize             n_rows,
            AppendRow         append_row,
            gconstpointer     row_data,
            UtBenchmarkTick   tick,
            gpointer          tick_data,
            GError          **error)
{
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE,
                                                         NULL, error);
  g_autoptr (GString) text = g_string_sized_new (CHUNK_SIZE);

  if (stream == NULL)
    return FALSE;

  g_string_append (text, header);
  for (gsize i = 0; i < n_rows; i++)
    {
      append_row (text, i, row_data);
      if (text->len < CHUNK_SIZE && i + 1 < n_rows)
        continue;
      if (!tick (tick_data)
          || !g_output_stream_write_all (G_OUTPUT_STREAM (stream), text->str, text->len, NULL, NULL,
                                         error))
        return FALSE;
      g_string_truncate (text, 0);
    }

  return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

static void
append_sentence (GString       *text,
                 gsize          i,
                 gconstpointer  data)
{
  /* A stream each, so that a sentence does not depend on the ones before it. */
  const UtNnRandom random = { SEED, UT_NN_STREAM_EXAMPLES + i };
  double u = ut_nn_random_uniform (random, 0);
  gsize length = 1 + (gsize) (log (1 - u) / log (1 - 1 / MEAN_LENGTH));

  length = MIN (length, MAX_LENGTH);
  for (gsize t = 1; t <= length; t++)
    {
      /* Zipf's law: a word's frequency is inverse to its rank, so that rank = (n + 1)^u. */
      append_word (text, (gsize) pow (N_WORDS + 1, ut_nn_random_uniform (random, t)));
      g_string_append_c (text, t < length ? ' ' : '\t');
    }
  g_string_append_c (text, "01"[ut_nn_random_bits (random, length + 1) & 1]);
  g_string_append_c (text, '\n');
}

gboolean
_ut_benchmark_write_data (GFile            *file,
                          gsize             n_sentences,
                          UtBenchmarkTick   tick,
                          gpointer          tick_data,
                          GError          **error)
{
  return write_rows (file, "sentence\tlabel\n", n_sentences, append_sentence, NULL, tick, tick_data,
                     error);
}

/* A number with the space before it. */
typedef struct
{
  char text[12];
  guint8 length;
} Number;

static void
append_vector (GString       *text,
               gsize          i,
               gconstpointer  data)
{
  const UtNnRandom random = { SEED, UT_NN_STREAM_EMBEDDING };
  const Number *numbers = data;

  append_word (text, i + 1);
  for (gsize j = 0; j < DIMENSION; j++)
    {
      const Number *number
        = &numbers[ut_nn_random_bits (random, i * DIMENSION + j) % N_NUMBERS];

      g_string_append_len (text, number->text, number->length);
    }
  g_string_append_c (text, '\n');
}

gboolean
_ut_benchmark_write_vectors (GFile            *file,
                             gsize             n_words,
                             UtBenchmarkTick   tick,
                             gpointer          tick_data,
                             GError          **error)
{
  const UtNnRandom random = { SEED, UT_NN_STREAM_EMBEDDING };
  g_autofree Number *numbers = g_new (Number, N_NUMBERS);

  for (gsize i = 0; i < N_NUMBERS; i++)
    {
      double value = NUMBER_MEAN + NUMBER_DEVIATION * ut_nn_random_normal (random, i);

      numbers[i].text[0] = ' ';
      g_ascii_formatd (numbers[i].text + 1, sizeof numbers[i].text - 1, "%.5f", value);
      numbers[i].length = (guint8) strlen (numbers[i].text);
    }

  return write_rows (file, "", n_words, append_vector, numbers, tick, tick_data, error);
}
