/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-answers-private.h"

#include <math.h>
#include <string.h>

#define N_ROWS 6

static UtAnswerRows *
make_rows (Fixture *fixture)
{
  g_autofree char *path = fixture_write (fixture, "rows.tsv",
                                         "sentence\tlabel\n"
                                         "good one\t1\n"
                                         "bad two\t0\n"
                                         "good three\t1\n"
                                         "bad four\t0\n"
                                         "good five\t1\n"
                                         "bad six\t0\n", -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return _ut_answer_rows_new (dataset, NULL);
}

static UtAnswers *
answer (UtAnswerRows *rows,
        const float  *logits,
        gboolean      has_probabilities)
{
  return _ut_answers_new (rows, g_memdup2 (logits, N_ROWS * sizeof (float)), 1, has_probabilities);
}

static void
assert_rows (guint32 *found,
             gsize    n_found,
             guint    n,
             ...)
{
  g_autofree guint32 *rows = found;
  va_list list;

  g_assert_cmpuint (n_found, ==, n);
  va_start (list, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (rows[i], ==, va_arg (list, guint));
  va_end (list);
}

/* Labels are 1, 0, 1, 0, 1, 0. */
static const float first_logits[N_ROWS] = { 2, -2, -1, 1, 3, -0.5f };  /* wrong on 2, 3 */
static const float second_logits[N_ROWS] = { 1, 1, -1, -2, 3, -0.5f }; /* wrong on 1, 2 */
static const float signs[N_ROWS] = { 1, -1, 0, -1, 1, -1 };            /* no answer on 2 */

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtAnswerRows) rows = make_rows (fixture);
  g_autoptr (UtAnswers) first = answer (rows, first_logits, TRUE);
  g_autoptr (UtAnswers) second = answer (rows, second_logits, TRUE);
  g_autoptr (UtAnswers) coded = answer (rows, signs, FALSE);
  UtAnswers *all[] = { first, second, coded };
  UtConfusion confusion = ut_answers_confuse (first);
  guint32 *found;
  gsize n;

  g_test_summary ("Rows are found by who is right on them");
  g_assert_cmpuint (confusion.n[1][1], ==, 2);
  g_assert_cmpuint (confusion.n[1][0], ==, 1);
  g_assert_cmpuint (confusion.n[0][1], ==, 2);
  g_assert_cmpuint (confusion.n[0][0], ==, 1);

  found = ut_answers_find_cell (first, 1, FALSE, &n);
  assert_rows (found, n, 1, 2);
  found = ut_answers_find_cell (first, 0, TRUE, &n);
  assert_rows (found, n, 2, 1, 5);
  found = ut_answers_find_pair (first, TRUE, second, FALSE, &n);
  assert_rows (found, n, 1, 1);
  found = ut_answers_find_pair (first, FALSE, second, TRUE, &n);
  assert_rows (found, n, 1, 3);
  found = ut_answers_find_pair (first, FALSE, second, FALSE, &n);
  assert_rows (found, n, 1, 2);
  found = ut_answers_find_disputed (all, 3, &n);
  assert_rows (found, n, 2, 1, 3);
  g_test_message ("one alone has nobody to dispute with; no answer is no right one");
  found = ut_answers_find_disputed (all, 1, &n);
  assert_rows (found, n, 0);
  found = ut_answers_find_missed (all, 3, &n);
  assert_rows (found, n, 1, 2);
}

static void
test_losses (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtAnswerRows) rows = make_rows (fixture);
  g_autoptr (UtAnswers) first = answer (rows, first_logits, TRUE);
  g_autoptr (UtAnswers) second = answer (rows, second_logits, TRUE);
  g_autoptr (UtAnswers) coded = answer (rows, signs, FALSE);
  UtAnswers *all[] = { first, coded, second };
  g_autofree float *losses = ut_answers_mean_losses (all, 3);
  g_autofree float *none = ut_answers_mean_losses (&coded, 1);

  g_test_summary ("A mean is over the losses that there are");
  g_assert_cmpfloat_with_epsilon ((double) losses[0], (log1p (exp (-2)) + log1p (exp (-1))) / 2,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon ((double) losses[2], log1p (exp (1)), 1e-6);
  g_assert_true (isnan (none[0]));
}

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  const char *names[] = { "GRU\t1", "LSTM 2" };
  const guint32 list[] = { 2, 0 };
  g_autoptr (UtAnswerRows) rows = make_rows (fixture);
  g_autoptr (UtAnswers) first = answer (rows, first_logits, TRUE);
  g_autoptr (UtAnswers) coded = answer (rows, signs, FALSE);
  UtAnswers *all[] = { first, coded };
  g_autofree float *losses = ut_answers_mean_losses (all, 2);
  g_autofree char *path = fixture_path (fixture, "out.tsv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_get_child (file, "no-folder.tsv");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_test_summary ("Rows are written in the order given, one a line");
  g_assert_true (ut_answers_write (all, names, 2, losses, list, 2, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "sentence\tlabel\tloss\tGRU 1\tLSTM 2\n"
                   "good three\t1\t1.3133\t0.2689\t0\n"
                   "good one\t1\t0.1269\t0.8808\t1\n");

  g_assert_false (ut_answers_write (all, names, 2, NULL, list, 2, nowhere, NULL, &error));
  g_assert_nonnull (strstr (error->message, "no-folder.tsv"));
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/answer-lists/lists", test_lists);
  ADD ("/answer-lists/losses", test_losses);
  ADD ("/answer-lists/write", test_write);
  return g_test_run ();
}
