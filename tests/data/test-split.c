/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "import-fixture.h"
#include "ut-import-phrases-private.h"

#include <string.h>

/* Draws a text of @n_words words among @n_known. */
static void
append_words (GString *text,
              GRand   *rand,
              guint    n_words,
              guint    n_known)
{
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%sw%d", i > 0 ? " " : "",
                            g_rand_int_range (rand, 0, (gint32) n_known));
}

static char *
cut_phrase (const char *text,
            GRand      *rand,
            guint       n_words)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  guint start = (guint) g_rand_int_range (rand, 0, (gint32) (n - n_words + 1));
  GString *phrase = g_string_new (NULL);

  for (guint i = start; i < start + n_words; i++)
    g_string_append_printf (phrase, "%s%s", i > start ? " " : "", words[i]);

  return g_string_free (phrase, FALSE);
}

/* Rows of words, some of them twice, some with phrases of theirs as rows. */
static GFile *
write_rows (Fixture *self,
            guint    n_texts,
            guint    n_known,
            guint32  seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GString) rows = g_string_new ("sentence\tlabel\n");

  for (guint i = 0; i < n_texts; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_words (text, rand, (guint) g_rand_int_range (rand, 6, 20), n_known);
      g_string_append_printf (rows, "%s\t%u\n", text->str, i % 2);
      if (i % 5 == 0)
        g_string_append_printf (rows, "%s\t%u\n", text->str, i % 2);
      for (guint j = 0; j < i % 3; j++)
        {
          g_autofree char *phrase = cut_phrase (text->str, rand,
                                                (guint) g_rand_int_range (rand, 4, 7));

          g_string_append_printf (rows, "%s\t%u\n", phrase, i % 2);
        }
    }

  return fixture_write (self, "rows.tsv", rows->str, -1);
}

static GFile *
write_split (Fixture        *self,
             GFile          *file,
             UtImportSplit   split,
             guint32         seed,
             UtImportReport *report)
{
  g_autoptr (GError) error = NULL;
  UtImportOptions options = UT_IMPORT_OPTIONS_INIT;

  options.tokenized = TRUE;
  options.split = split;
  options.seed = seed;

  g_autoptr (UtImport) import =
    fixture_scan (file, &options, UT_IMPORT_FIXED_TOKENIZED | UT_IMPORT_FIXED_SPLIT, &error);

  g_assert_no_error (error);

  GFile *folder = ut_import_write (import, &options, "x", self->directory, report, NULL, NULL, NULL,
                                   &error);

  g_assert_no_error (error);
  return folder;
}

/* The texts of a part, with a space at both ends. */
static GPtrArray *
read_texts (GFile      *folder,
            UtDataPart  part,
            guint      *n_positive)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *contents = fixture_read_part (folder, part);
  g_auto (GStrv) lines = g_strsplit (contents != NULL ? contents : "", "\n", -1);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char *tab = strchr (lines[i], '\t');

      *n_positive += tab[1] == '1';
      *tab = '\0';
      g_ptr_array_add (texts, g_strdup_printf (" %s ", lines[i]));
    }

  return texts;
}

static guint
count_words (const char *text)
{
  guint n = 0;

  for (const char *p = text + 1; *p != '\0'; p++)
    n += *p == ' ';

  return n;
}

static gboolean
holds (const char *text,
       const char *phrase)
{
  return g_str_equal (text, phrase)
         || (count_words (phrase) >= UT_IMPORT_MIN_PHRASE && strstr (text, phrase) != NULL);
}

static void
assert_apart (GPtrArray *a,
              GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    {
      for (guint j = 0; j < b->len; j++)
        {
          const char *left = g_ptr_array_index (a, i);
          const char *right = g_ptr_array_index (b, j);

          if (holds (left, right) || holds (right, left))
            g_error ("“%s” and “%s” are in two parts", left, right);
        }
    }
}

static void
check_apart (GFile *folder,
             gsize  n_rows[UT_N_DATA_PARTS],
             guint  n_positive[UT_N_DATA_PARTS])
{
  GPtrArray *texts[UT_N_DATA_PARTS];

  for (guint part = 0; part < UT_N_DATA_PARTS; part++)
    {
      n_positive[part] = 0;
      texts[part] = read_texts (folder, (UtDataPart) part, &n_positive[part]);
      n_rows[part] = texts[part]->len;
    }
  assert_apart (texts[UT_DATA_TRAIN], texts[UT_DATA_DEV]);
  assert_apart (texts[UT_DATA_TRAIN], texts[UT_DATA_TEST]);
  assert_apart (texts[UT_DATA_DEV], texts[UT_DATA_TEST]);
  for (guint part = 0; part < UT_N_DATA_PARTS; part++)
    g_ptr_array_unref (texts[part]);
}

static void
test_leaks (Fixture       *self,
            gconstpointer  unused)
{
  /* The fewer the words, the more phrases are in texts they were not cut from. */
  static const guint n_known[] = { 1000, 60, 12 };
  g_autofree char *last = NULL;

  g_test_summary ("Rows that are equal or phrases of one another are in one part");

  for (guint32 seed = 0; seed < 12; seed++)
    {
      g_autoptr (GFile) file = write_rows (self, 300, n_known[seed % 3], seed / 3);
      g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;
      UtImportSplit split = seed % 2 == 0 ? UT_IMPORT_SPLIT_80_10_10 : UT_IMPORT_SPLIT_90_10;
      g_autoptr (GFile) folder = write_split (self, file, split, seed, &report);
      g_autofree char *parts = fixture_read_parts (folder);
      gsize n_rows[UT_N_DATA_PARTS];
      guint n_positive[UT_N_DATA_PARTS];

      check_apart (folder, n_rows, n_positive);
      for (guint part = 0; part < UT_N_DATA_PARTS; part++)
        g_assert_cmpuint (n_rows[part], ==, report.n_rows[part]);
      g_assert_cmpuint (report.n_duplicates, >=, 60);
      g_assert_cmpuint (report.largest_group, >, 1);
      g_assert_cmpuint (n_rows[UT_DATA_TEST] > 0, ==, split == UT_IMPORT_SPLIT_80_10_10);
      if (n_known[seed % 3] > 12)
        {
          gsize all = n_rows[0] + n_rows[1] + n_rows[2];

          g_assert_cmpuint (n_rows[UT_DATA_DEV], >=, all / 10 - 3);
          g_assert_cmpuint (n_rows[UT_DATA_DEV], <=, all / 10 + 2);
          g_assert_cmpuint (n_positive[UT_DATA_DEV] * 2, >=, n_rows[UT_DATA_DEV] - 6);
        }

      /* The seed and nothing else decides. */
      g_autoptr (GFile) again = write_split (self, file, split, seed, NULL);
      g_autoptr (GFile) other = write_split (self, file, split, seed + 100, NULL);
      g_autofree char *same = fixture_read_parts (again);
      g_autofree char *different = fixture_read_parts (other);

      g_assert_cmpstr (parts, ==, same);
      g_assert_cmpstr (parts, !=, different);
    }
}

/* All combinations of two words: each phrase is in very many rows, and comparing them all would
 * take for ever. */
static void
test_tangle (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GString) rows = g_string_new ("sentence\tlabel\n");
  g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;
  gsize n_rows[UT_N_DATA_PARTS];
  guint n_positive[UT_N_DATA_PARTS];

  for (guint i = 0; i < 1 << 12; i++)
    {
      for (guint bit = 0; bit < 12; bit++)
        g_string_append_printf (rows, "%s%c", bit > 0 ? " " : "", (i >> bit & 1) != 0 ? 'a' : 'b');
      g_string_append_printf (rows, "\t%u\n", i % 2);
      if (i < 256)
        g_string_append_printf (rows, "unlike others %u\t%u\n", i, i % 2);
    }
  g_string_append (rows, "a b a b a b\t1\nb a a b b a\t0\n");

  g_autoptr (GFile) file = fixture_write (self, "rows.tsv", rows->str, (gssize) rows->len);
  g_autoptr (GFile) folder = write_split (self, file, UT_IMPORT_SPLIT_80_10_10, 1, &report);

  check_apart (folder, n_rows, n_positive);
  g_assert_cmpuint (n_rows[UT_DATA_TRAIN], >, n_rows[UT_DATA_DEV]);
}

/* One text that many rows are phrases of leaves too little for the other parts. */
static void
test_giant (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) rows = g_string_new ("sentence\tlabel\n");
  g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;
  gsize n_rows[UT_N_DATA_PARTS];
  guint n_positive[UT_N_DATA_PARTS];

  append_words (text, rand, 600, 1000000);
  g_string_append_printf (rows, "%s\t1\n", text->str);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *phrase = cut_phrase (text->str, rand, 6);

      g_string_append_printf (rows, "%s\t%u\n", phrase, i % 2);
    }
  g_string_append (rows, "short one\t1\nshort two\t0\n");

  g_autoptr (GFile) file = fixture_write (self, "rows.tsv", rows->str, -1);
  g_autoptr (GFile) folder = write_split (self, file, UT_IMPORT_SPLIT_80_10_10, 1, &report);

  check_apart (folder, n_rows, n_positive);
  g_assert_cmpuint (report.largest_group, ==, 501);
  g_assert_cmpuint (n_rows[UT_DATA_TRAIN], >=, 501);
  g_assert_cmpuint (n_rows[UT_DATA_DEV], ==, 2);
  g_assert_cmpuint (n_rows[UT_DATA_TEST], ==, 0);
  g_assert_cmpuint (g_strv_length (report.warnings), >=, 2);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/split/leaks", test_leaks);
  ADD ("/split/tangle", test_tangle);
  ADD ("/split/giant", test_giant);

  return g_test_run ();
}
