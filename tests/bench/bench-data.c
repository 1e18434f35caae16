/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How long data takes from the file to memory: a data set to its ids, word vectors from their text
 * and from the cache. Without files named on the command line, 67,000 sentences and 400,000 vectors
 * of 50 numbers are drawn, in the form and about the size of SST-2 and glove.6B.50d. Prints a line
 * for each: the time on the clock, and that of all threads on all processors, which says more on a
 * busy machine. Files and cache are in the system's memory after the first round.
 */
#include "config.h"

#include "ut-text.h"
#include "ut-vectors-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#define N_SENTENCES 67000
#define N_SENTENCE_WORDS 15000
#define N_VECTORS 400000
#define DIMENSION 50
#define MAX_SIZE (G_GUINT64_CONSTANT (16) << 30)

typedef struct
{
  GFile *train;             /* (owned) */
  GFile *vectors;           /* (owned) */
  UtVocabulary *vocabulary; /* (owned) (nullable): of train, once it was read */
} Bench;

static void
check (const GError *error)
{
  if (error == NULL)
    return;

  g_printerr ("bench-data: %s\n", error->message);
  exit (1);
}

/* Words of a few syllables, each rank its own. */
static void
append_word (GString *text,
             guint    rank)
{
  static const char consonants[] = "bcdfghklmnprstvw";
  static const char vowels[] = "aeiou";

  do
    {
      g_string_append_c (text, consonants[rank % 16]);
      g_string_append_c (text, vowels[rank / 16 % 5]);
      rank /= 80;
    }
  while (rank > 0);
}

static GFile *
save (const char *folder,
      const char *name,
      GString    *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  check (error);
  g_string_free (text, TRUE);

  return g_file_new_for_path (path);
}

static GFile *
draw_sentences (const char *folder,
                GRand      *random)
{
  GString *text = g_string_new ("sentence\tlabel\n");

  for (guint i = 0; i < N_SENTENCES; i++)
    {
      /* SST-2's lengths fall off about geometrically, its words' frequencies by Zipf's law. */
      gsize length = 1 + (gsize) MIN (-8.4 * log (1 - g_rand_double (random)), 50);

      for (gsize k = 0; k < length; k++)
        {
          append_word (text, (guint) pow (N_SENTENCE_WORDS, g_rand_double (random)));
          g_string_append_c (text, ' ');
        }
      g_string_append (text, g_rand_boolean (random) ? "\t1\n" : "\t0\n");
    }

  return save (folder, "train.tsv", text);
}

static GFile *
draw_vectors (const char *folder,
              GRand      *random)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_VECTORS; i++)
    {
      append_word (text, i);
      for (guint k = 0; k < DIMENSION; k++)
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_c (text, ' ');
          g_string_append (text, g_ascii_formatd (number, sizeof number, "%.5g",
                                                  g_rand_double_range (random, -1.2, 1.2)));
        }
      g_string_append_c (text, '\n');
    }

  return save (folder, "vectors.txt", text);
}

static void
read_train (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) train = ut_dataset_read (bench->train, NULL, NULL, NULL, &error);

  check (error);

  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (train);
  g_autofree guint32 *ids = ut_dataset_encode (train, vocabulary, NULL);

  g_clear_pointer (&bench->vocabulary, ut_vocabulary_unref);
  bench->vocabulary = g_steal_pointer (&vocabulary);
}

static void
parse_vectors (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtLines) lines = _ut_lines_open (bench->vectors, MAX_SIZE, NULL, NULL, NULL, &error);

  check (error);

  g_autoptr (UtVectors) vectors = _ut_vectors_parse (lines, bench->vocabulary, 0, NULL, &error);

  check (error);
}

static void
read_vectors (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVectors) vectors = ut_vectors_read (bench->vectors, bench->vocabulary, 0, NULL, NULL,
                                                   NULL, &error);

  check (error);
}

static double
seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
measure (Bench      *bench,
         const char *what,
         void      (*function) (Bench *bench),
         int         n_rounds)
{
  g_autofree double *elapsed = g_new (double, n_rounds);
  g_autofree double *computed = g_new (double, n_rounds);

  /* The first round warms up, and fills the cache. */
  function (bench);
  for (int i = 0; i < n_rounds; i++)
    {
      double start = seconds (CLOCK_MONOTONIC);
      double cpu_start = seconds (CLOCK_PROCESS_CPUTIME_ID);

      function (bench);
      elapsed[i] = seconds (CLOCK_MONOTONIC) - start;
      computed[i] = seconds (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
    }

  qsort (elapsed, (gsize) n_rounds, sizeof *elapsed, compare_doubles);
  qsort (computed, (gsize) n_rounds, sizeof *computed, compare_doubles);
  g_print ("%-32s %8.1f ms, median of %d rounds (%.1f to %.1f); %.1f ms of processors\n", what,
           1e3 * elapsed[n_rounds / 2], n_rounds, 1e3 * elapsed[0], 1e3 * elapsed[n_rounds - 1],
           1e3 * computed[n_rounds / 2]);
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_tree (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *train_path = NULL;
  g_autofree char *vectors_path = NULL;
  int n_rounds = 9;
  const GOptionEntry entries[] = {
    { "train", 0, 0, G_OPTION_ARG_FILENAME, &train_path, "Data set in SST-2's form", "FILE" },
    { "vectors", 0, 0, G_OPTION_ARG_FILENAME, &vectors_path, "Vectors in GloVe's form", "FILE" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Rounds of each measurement", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  Bench bench = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_parse (context, &argc, &argv, &error);
  check (error);

  g_autofree char *folder = g_dir_make_tmp ("ut-bench-XXXXXX", &error);
  check (error);

  /* The person's own cache is neither used nor filled. */
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  bench.train = train_path != NULL ? g_file_new_for_path (train_path)
                                   : draw_sentences (folder, random);
  bench.vectors = vectors_path != NULL ? g_file_new_for_path (vectors_path)
                                       : draw_vectors (folder, random);

  n_rounds = MAX (n_rounds, 1);
  measure (&bench, "data set, from the file to ids", read_train, n_rounds);
  measure (&bench, "word vectors, parsed", parse_vectors, n_rounds);
  measure (&bench, "word vectors, from the cache", read_vectors, n_rounds);

  remove_tree (folder);
  g_object_unref (bench.train);
  g_object_unref (bench.vectors);
  ut_vocabulary_unref (bench.vocabulary);

  return 0;
}
