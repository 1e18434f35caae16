/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-answers-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  Fixture base;
  UtAnswers *answers; /* (owned) */
} SlicesFixture;

static const char rows[] =
  "sentence\tlabel\n"
  "not bad \t1\n"                                        /* 0 */
  "the film is good \t1\n"                               /* 1 */
  "it does n't work , and never did at all \t0\n"        /* 2: 10 words */
  "a notable nothing-burger \t0\n"                       /* 3: no negation */
  "one two three four five six seven eight nine ten eleven \t1\n"
  "unknown words here \t0\n";

/* The answers to all rows are positive. */
static UtAnswers *
make_answers (SlicesFixture *fixture,
              const char    *text,
              const char    *training)
{
  g_autofree char *path = fixture_write (&fixture->base, "rows.tsv", text, -1);
  g_autofree char *training_path = fixture_write (&fixture->base, "training.tsv", training, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) training_file = g_file_new_for_path (training_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_autoptr (UtDataset) train = ut_dataset_read (training_file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (train);
  g_autoptr (UtAnswerRows) answer_rows = _ut_answer_rows_new (dataset, vocabulary);
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  float *logits = g_new (float, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    logits[i] = 1;

  return _ut_answers_new (answer_rows, logits, 1, TRUE);
}

static void
set_up (SlicesFixture *fixture,
        gconstpointer  data)
{
  fixture_set_up (&fixture->base, NULL);
  fixture->answers = make_answers (fixture, rows,
                                   "sentence\tlabel\nnot bad the film is good it does n't work , and "
                                   "never did at all a notable nothing-burger one two three four five "
                                   "six seven eight nine ten eleven words \t1\n");
}

static void
tear_down (SlicesFixture *fixture,
           gconstpointer  data)
{
  ut_answers_unref (fixture->answers);
  fixture_tear_down (&fixture->base, NULL);
}

static UtSlices *
cut (SlicesFixture *fixture,
     UtSliceKind    kind,
     const char    *pattern)
{
  g_autoptr (GError) error = NULL;
  UtSlices *slices = ut_slices_new (fixture->answers, kind, pattern, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ut_slices_get_kind (slices), ==, kind);
  return slices;
}

/* @expected: "0 1 3": the rows. */
static void
assert_slice (UtSlices   *slices,
              guint       slice,
              const char *title,
              const char *expected)
{
  gsize n_rows;
  const guint32 *numbers = ut_slices_get_rows (slices, slice, &n_rows);
  g_autoptr (GString) found = g_string_new (NULL);

  for (gsize i = 0; i < n_rows; i++)
    g_string_append_printf (found, i > 0 ? " %u" : "%u", numbers[i]);
  g_assert_cmpstr (ut_slices_get_title (slices, slice), ==, title);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_length (SlicesFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (UtSlices) slices = cut (fixture, UT_SLICE_LENGTH, NULL);
  UtSliceFigures figures = ut_slices_measure (slices, fixture->answers, 0);
  UtSliceFigures none = ut_slices_measure (slices, fixture->answers, 7);
  UtInterval interval = ut_wilson_interval (2, 4);

  g_test_summary ("Rows are parted by their words, and each part has n, accuracy and interval");

  g_assert_cmpuint (ut_slices_get_n_slices (slices), ==, 8);
  assert_slice (slices, 0, "1 to 5 words", "0 1 3 5");
  assert_slice (slices, 1, "6 to 10 words", "2");
  assert_slice (slices, 2, "11 to 15 words", "4");
  assert_slice (slices, 7, "101 words or more", "");
  g_assert_cmpfloat (ut_slices_get_centre (slices, 0), ==, 3);
  g_assert_true (isnan (ut_slices_get_centre (slices, 7)));
  g_assert_cmpuint (figures.n, ==, 4);
  g_assert_cmpuint (figures.n_right, ==, 2);
  g_assert_cmpfloat (figures.accuracy, ==, 0.5);
  g_assert_cmpfloat (figures.interval.low, ==, interval.low);
  g_assert_cmpfloat (figures.interval.high, ==, interval.high);
  g_assert_cmpuint (none.n, ==, 0);
  g_assert_true (isnan (none.accuracy) && isnan (none.interval.low));
}

static void
test_negation (SlicesFixture *fixture,
               gconstpointer  data)
{
  g_autoptr (UtSlices) slices = cut (fixture, UT_SLICE_NEGATION, NULL);

  g_test_summary ("Words that deny are whole words");

  assert_slice (slices, 0, "without a negation", "1 3 4 5");
  assert_slice (slices, 1, "with a negation", "0 2");
  g_assert_true (isnan (ut_slices_get_centre (slices, 0)));
}

static void
test_unknown (SlicesFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (UtSlices) slices = cut (fixture, UT_SLICE_UNKNOWN, NULL);

  g_test_summary ("Unknown is what the training rows do not have");

  g_assert_cmpuint (ut_slices_get_n_slices (slices), ==, 5);
  assert_slice (slices, 0, "no unknown word", "0 1 2 3 4");
  assert_slice (slices, 1, "up to 10 % unknown", "");
  assert_slice (slices, 2, "10 to 20 % unknown", "");
  assert_slice (slices, 4, "40 to 100 % unknown", "5");
  g_assert_cmpfloat_with_epsilon (ut_slices_get_centre (slices, 4), 2.0 / 3, 1e-12);
}

static void
test_expression (SlicesFixture *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtSlices) slices = cut (fixture, UT_SLICE_EXPRESSION, "^The|\\bTEN\\b");
  g_autoptr (GError) error = NULL;

  g_test_summary ("An expression is searched for whatever the case, and refused where it is wrong");

  assert_slice (slices, 0, "without a match", "0 2 3 5");
  assert_slice (slices, 1, "with a match", "1 4");
  g_assert_null (ut_slices_new (fixture->answers, UT_SLICE_EXPRESSION, "(", &error));
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_UNMATCHED_PARENTHESIS);
}

static void
test_endless_expression (SlicesFixture *fixture,
                         gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("sentence\tlabel\n");
  g_autoptr (GError) error = NULL;

  g_test_summary ("An expression that would take ages is given up");

  for (guint i = 0; i < 60; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "! \t1\n");

  g_autoptr (UtAnswers) answers = make_answers (fixture, text->str, text->str);
  g_autoptr (UtSlices) slices = ut_slices_new (answers, UT_SLICE_EXPRESSION, "^(a+)+(b|c)$", &error);

  g_assert_null (slices);
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH);
}

static void
test_distance (SlicesFixture *fixture,
               gconstpointer  data)
{
  static const char memory[] =
    "sentence\tlabel\n"
    "overall good \t1\n"
    "plot bad overall good music bad \t1\n"
    "overall bad a b c d e f \t0\n";
  g_autoptr (UtAnswers) answers = make_answers (fixture, memory, memory);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtSlices) slices = ut_slices_new (answers, UT_SLICE_DISTANCE, NULL, &error);

  g_test_summary ("In the memory test it is counted what follows the word that decides");

  g_assert_no_error (error);
  assert_slice (slices, 0, "0 to 2 words after it", "0 1");
  assert_slice (slices, 1, "3 to 5 words after it", "");
  assert_slice (slices, 2, "6 to 10 words after it", "2");
  g_assert_cmpfloat (ut_slices_get_centre (slices, 0), ==, 1);
  g_assert_cmpuint (ut_slices_get_n_left_out (slices), ==, 0);

  g_assert_null (ut_slices_new (fixture->answers, UT_SLICE_DISTANCE, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA);
}

static void
test_memory_test (SlicesFixture *fixture,
                  gconstpointer  data)
{
  g_autofree char *folder = ut_bundled_data_dup_path ("memory-test");
  g_autofree char *path = g_build_filename (folder, "dev.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_rows = 0;

  g_test_summary ("Every row of the memory test that comes along has its place");

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  g_autoptr (UtAnswers) answers = make_answers (fixture, text, text);
  g_autoptr (UtSlices) slices = ut_slices_new (answers, UT_SLICE_DISTANCE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_slices_get_n_left_out (slices), ==, 0);
  for (guint i = 0; i < ut_slices_get_n_slices (slices); i++)
    {
      UtSliceFigures figures = ut_slices_measure (slices, answers, i);

      n_rows += figures.n;
      /* At most 30 words follow. */
      g_assert_cmpint (figures.n == 0, ==, i == 7);
    }
  g_assert_cmpuint (n_rows, ==, ut_answers_get_n_rows (answers));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/lab/slices/" path, SlicesFixture, NULL, set_up, function, tear_down)
  ADD ("length", test_length);
  ADD ("negation", test_negation);
  ADD ("unknown", test_unknown);
  ADD ("expression", test_expression);
  ADD ("endless-expression", test_endless_expression);
  ADD ("distance", test_distance);
  ADD ("memory-test", test_memory_test);
#undef ADD

  return g_test_run ();
}
