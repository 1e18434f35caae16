/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "text-fixture.h"

#include <math.h>
#include <string.h>
#include <ut-text.h>

#define ROWS \
  "sentence\tlabel\n" \
  "A good film\t1\n" \
  "bad\t0\n" \
  "ÜBER good , really good\t1\n" \
  "not good at all , is it\t0\n"

static UtRowIndex *
new_index (TextFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GFile *file = text_fixture_write (fixture, "rows.tsv", ROWS, strlen (ROWS));
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return ut_row_index_new (dataset);
}

/* Asserts that @query finds the rows of @expected, one digit each. */
static void
assert_finds (UtRowIndex       *index,
              const UtRowQuery *query,
              const char       *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  gsize n_rows;
  g_autofree guint32 *rows = ut_row_index_find (index, query, NULL, &n_rows, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < n_rows; i++)
    g_string_append_printf (found, "%u", rows[i]);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_text (TextFixture   *fixture,
           gconstpointer  unused)
{
  g_autoptr (UtRowIndex) index = new_index (fixture);

  g_assert_cmpstr (ut_row_index_get_text (index, 0), ==, "a good film");
  g_assert_cmpstr (ut_row_index_get_text (index, 2), ==, "über good , really good");
  g_assert_cmpuint (ut_dataset_get_n_rows (ut_row_index_get_dataset (index)), ==, 4);
}

static void
test_find (TextFixture   *fixture,
           gconstpointer  unused)
{
  static const guint32 subset[] = { 1, 2, 3, 99 };
  g_autoptr (UtRowIndex) index = new_index (fixture);
  UtRowQuery query = UT_ROW_QUERY_INIT;

  assert_finds (index, &query, "0123");
  query.pattern = "";
  assert_finds (index, &query, "0123");
  query.pattern = "GOOD";
  assert_finds (index, &query, "023");
  query.pattern = "Über";
  assert_finds (index, &query, "2");
  query.pattern = "film bad";
  assert_finds (index, &query, "");
  query.pattern = "\xff";
  assert_finds (index, &query, "");
  query.pattern = "good";
  query.label = 0;
  assert_finds (index, &query, "3");
  query.label = -1;
  query.subset = subset;
  query.n_subset = G_N_ELEMENTS (subset);
  assert_finds (index, &query, "23");
  query.n_subset = 0;
  assert_finds (index, &query, "");
}

static void
test_regex (TextFixture   *fixture,
            gconstpointer  unused)
{
  g_autoptr (UtRowIndex) index = new_index (fixture);
  UtRowQuery query = UT_ROW_QUERY_INIT;
  g_autoptr (GError) error = NULL;
  gsize n_rows;

  query.is_regex = TRUE;
  query.pattern = "^(a|not) GOOD\\b";
  assert_finds (index, &query, "03");
  query.pattern = "good$";
  assert_finds (index, &query, "2");
  query.pattern = "^.{3}$";
  assert_finds (index, &query, "1");
  query.pattern = "(good";
  g_assert_null (ut_row_index_find (index, &query, NULL, &n_rows, &error));
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_UNMATCHED_PARENTHESIS);
}

static void
test_sort (TextFixture   *fixture,
           gconstpointer  unused)
{
  static const float keys[] = { 2, NAN, 5, 2 };
  g_autoptr (UtRowIndex) index = new_index (fixture);
  UtRowQuery query = UT_ROW_QUERY_INIT;

  g_test_summary ("Equal rows keep the order of the file, those without a number come last");

  query.descending = TRUE;
  assert_finds (index, &query, "3210");
  query.keys = keys;
  assert_finds (index, &query, "2031");
  query.descending = FALSE;
  assert_finds (index, &query, "0321");
}

static void
test_cancel (TextFixture   *fixture,
             gconstpointer  unused)
{
  g_autoptr (UtRowIndex) index = new_index (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const UtRowQuery query = UT_ROW_QUERY_INIT;
  gsize n_rows;

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_row_index_find (index, &query, cancellable, &n_rows, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_summary (TextFixture   *fixture,
              gconstpointer  unused)
{
  static const char * const known[] = { "[pad]", "[unk]", "good", ",", "film" };
  g_autoptr (UtRowIndex) index = new_index (fixture);
  UtDataset *dataset = ut_row_index_get_dataset (index);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtVocabulary) vocabulary = ut_vocabulary_new (known, G_N_ELEMENTS (known), &error);
  g_autofree float *lengths = ut_dataset_get_lengths (dataset);
  g_autofree float *shares = ut_dataset_get_unknown_shares (dataset, vocabulary, NULL);
  UtPartSummary summary;

  g_assert_no_error (error);
  ut_part_summary_init (&summary, dataset, vocabulary);
  g_assert_cmpuint (summary.n_rows, ==, 4);
  g_assert_cmpuint (summary.n_positive, ==, 2);
  g_assert_cmpuint (summary.n_tokens, ==, 16);
  g_assert_cmpuint (summary.n_words, ==, 12);
  g_assert_cmpuint (summary.median_length, ==, 3);
  g_assert_cmpuint (summary.max_length, ==, 7);
  g_assert_cmpuint (summary.bin_width, ==, 1);
  g_assert_cmpuint (summary.bins[0], ==, 1);
  g_assert_cmpuint (summary.bins[2], ==, 1);
  g_assert_cmpuint (summary.bins[4], ==, 1);
  g_assert_cmpuint (summary.bins[6], ==, 1);
  g_assert_cmpuint (summary.n_unknown_words, ==, 9);
  g_assert_cmpuint (summary.n_unknown_tokens, ==, 9);

  g_assert_cmpfloat (lengths[2], ==, 5);
  g_assert_cmpfloat (shares[0], ==, 1.f / 3);
  g_assert_cmpfloat (shares[1], ==, 1);
  g_assert_cmpfloat (shares[2], ==, 2.f / 5);
}

#define ADD(path, function) \
  g_test_add (path, TextFixture, NULL, text_fixture_set_up, function, text_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/row-index/text", test_text);
  ADD ("/row-index/find", test_find);
  ADD ("/row-index/regex", test_regex);
  ADD ("/row-index/sort", test_sort);
  ADD ("/row-index/cancel", test_cancel);
  ADD ("/row-index/summary", test_summary);

  return g_test_run ();
}
