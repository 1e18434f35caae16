/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* How the tokenizer compares with the words that SST-2 has. Each difference is listed with its
 * reason in tokens-differences.tsv. */

#include "config.h"

#include "text-fixture.h"
#include "ut-tokens.h"

#include <locale.h>
#include <string.h>

/* Returns "is TAB sst-2" by file and line, as listed. */
static GHashTable *
read_differences (void)
{
  g_autoptr (GHashTable) differences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                              g_free);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "text", "tokens-differences.tsv",
                                                 NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (columns), ==, 5);
      g_assert_true (*columns[4] != '\0');
      g_assert_true (g_hash_table_insert (differences,
                                          g_strdup_printf ("%s:%s", columns[0], columns[1]),
                                          g_strdup_printf ("%s\t%s", columns[2], columns[3])));
    }

  return g_steal_pointer (&differences);
}

/* How many of the listed ones are of @file. */
static guint
count_differences (GHashTable *differences,
                   const char *file)
{
  g_autofree char *prefix = g_strconcat (file, ":", NULL);
  GHashTableIter iter;
  gpointer place;
  guint n = 0;

  g_hash_table_iter_init (&iter, differences);
  while (g_hash_table_iter_next (&iter, &place, NULL))
    n += g_str_has_prefix (place, prefix);

  return n;
}

/* What is left of two rows of words without those they begin and end with in common. */
static char *
describe_difference (char **is,
                     char **wanted)
{
  gsize n = g_strv_length (is);
  gsize n_wanted = g_strv_length (wanted);
  gsize start = 0;

  while (start < n && start < n_wanted && g_str_equal (is[start], wanted[start]))
    start++;
  while (n > start && n_wanted > start && g_str_equal (is[n - 1], wanted[n_wanted - 1]))
    {
      n--;
      n_wanted--;
    }

  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = start; i < n; i++)
    g_string_append_printf (text, "%s%s", i > start ? " " : "", is[i]);
  g_string_append_c (text, '\t');
  for (gsize i = start; i < n_wanted; i++)
    g_string_append_printf (text, "%s%s", i > start ? " " : "", wanted[i]);

  return g_strdup (text->str);
}

/* Words in which two rows of words differ (Levenshtein). */
static guint
count_edits (char **a,
             char **b)
{
  guint n = g_strv_length (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; a[i] != NULL; i++)
    {
      guint diagonal = row[0]++;

      for (guint j = 0; j < n; j++)
        {
          guint change = diagonal + !g_str_equal (a[i], b[j]);

          diagonal = row[j + 1];
          row[j + 1] = MIN (change, MIN (diagonal, row[j]) + 1);
        }
    }

  return row[n];
}

typedef struct
{
  const char *file;
  guint text;   /* number of the column with what is given to the tokenizer */
  guint wanted; /* and of the one with what should come of it */
  guint n_columns;
} Comparison;

static const Comparison raw_dev = { "sst-2-raw/dev.tsv", 1, 2, 3 };
static const Comparison again_dev = { "sst-2/dev.tsv", 0, 0, 2 };
static const Comparison again_train = { "sst-2/train.tsv", 0, 0, 2 };

static void
test_rows (gconstpointer data)
{
  g_test_summary ("Sentences become the words SST-2 has for them, but where it is listed why not");

  const Comparison *comparison = data;
  g_autoptr (GFile) file = text_find_data (comparison->file);

  if (file == NULL)
    return;

  g_autoptr (GHashTable) differences = read_differences ();
  g_autofree char *text = NULL;
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_rows = 0;
  guint n_different = 0;
  guint n_words = 0;
  guint n_edits = 0;

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_assert_cmpuint (g_strv_length (columns), ==, comparison->n_columns);
      const char *raw = columns[comparison->text];
      g_autoptr (UtTokens) tokens = ut_tokens_new (raw, 0, strlen (raw));
      g_autofree char *joined = ut_tokens_join (tokens);
      g_auto (GStrv) words = g_strsplit (joined, " ", -1);
      g_auto (GStrv) wanted = g_strsplit (g_strchomp (columns[comparison->wanted]), " ", -1);
      guint edits = count_edits (words, wanted);

      n_rows++;
      n_words += g_strv_length (wanted);
      n_edits += edits;
      if (edits == 0)
        continue;

      g_autofree char *place = g_strdup_printf ("%s:%u", comparison->file, i + 1);
      g_autofree char *difference = describe_difference (words, wanted);

      n_different++;
      g_test_message ("%s: %s", place, difference);
      g_assert_cmpstr (difference, ==, g_hash_table_lookup (differences, place));
    }

  double same = 1 - (double) n_different / n_rows;
  double accuracy = 1 - (double) n_edits / n_words;

  g_test_message ("%s: %u of %u rows the same (%.4f); %u edits in %u words (%.5f right)",
                  comparison->file, n_rows - n_different, n_rows, same, n_edits, n_words, accuracy);
  g_assert_cmpfloat (same, >=, 0.985);
  g_assert_cmpfloat (accuracy, >=, 0.998);
  g_assert_cmpuint (n_different, ==, count_differences (differences, comparison->file));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/tokens/sst-2/raw", &raw_dev, test_rows);
  g_test_add_data_func ("/tokens/sst-2/again/dev", &again_dev, test_rows);
  g_test_add_data_func ("/tokens/sst-2/again/train", &again_train, test_rows);

  return g_test_run ();
}
