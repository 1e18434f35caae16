/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-benchmark-data-private.h"
#include "ut-benchmark-lane-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>

static gboolean
go_on (gpointer data)
{
  return TRUE;
}

static gboolean
count_down (gpointer data)
{
  guint *n = data;

  return (*n)-- > 0;
}

static GFile *
new_file (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);

  return g_file_new_for_path (path);
}

/* Drawn files */

static void
test_data (Fixture       *fixture,
           gconstpointer  data)
{
  g_test_summary ("The drawn sentences are readable and shaped like SST-2's, the same each time");

  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = new_file (fixture, "drawn.tsv");
  g_autoptr (GFile) head = new_file (fixture, "head.tsv");

  g_assert_true (_ut_benchmark_write_data (file, 20000, go_on, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (_ut_benchmark_write_data (head, 20, go_on, NULL, &error));
  g_assert_no_error (error);

  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  double n_rows = (double) ut_dataset_get_n_rows (dataset);
  double mean = (double) ut_dataset_get_n_tokens (dataset) / n_rows;

  g_assert_cmpfloat (n_rows, ==, 20000);
  g_assert_cmpfloat (fabs (mean - 9.4), <, 0.3);
  g_assert_cmpuint (ut_dataset_get_max_length (dataset), ==, 52);
  g_assert_cmpfloat (fabs ((double) ut_dataset_get_n_positive (dataset) / n_rows - 0.5), <, 0.02);
  g_assert_cmpuint (ut_dataset_get_n_words (dataset), >, 10000);
  g_assert_cmpuint (ut_dataset_get_n_words (dataset), <=, 14816);

  g_autoptr (UtDataset) first = ut_dataset_read (head, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < 20; i++)
    {
      g_autofree char *a = ut_dataset_dup_sentence (dataset, i);
      g_autofree char *b = ut_dataset_dup_sentence (first, i);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_vectors (Fixture       *fixture,
              gconstpointer  data)
{
  g_test_summary ("The drawn vectors are GloVe's in form and measure, and serve the drawn words");

  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) sentences = new_file (fixture, "drawn.tsv");
  g_autoptr (GFile) file = new_file (fixture, "drawn.txt");

  g_assert_true (_ut_benchmark_write_data (sentences, 200, go_on, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (_ut_benchmark_write_vectors (file, 14816, go_on, NULL, &error));
  g_assert_no_error (error);

  g_autoptr (UtDataset) dataset = ut_dataset_read (sentences, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (UtVocabulary) vocabulary = ut_dataset_make_vocabulary (dataset);
  g_autoptr (UtVectors) vectors = ut_vectors_read (file, vocabulary, 50, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (ut_vectors_get_n_found (vectors), ==, ut_dataset_get_n_words (dataset));
  g_assert_cmpuint (ut_vectors_get_n_duplicates (vectors), ==, 0);
  g_assert_cmpfloat (fabs (ut_vectors_get_deviation (vectors) - 0.6834), <, 0.03);
}

static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_test_summary ("Drawing ends where it is told to, and says what it could not write");

  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = new_file (fixture, "drawn.txt");
  g_autoptr (GFile) nowhere = new_file (fixture, "no-folder/drawn.txt");
  guint n = 1;

  g_assert_false (_ut_benchmark_write_vectors (file, 100000, count_down, &n, &error));
  g_assert_no_error (error);
  g_assert_false (_ut_benchmark_write_data (nowhere, 1, go_on, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Lanes */

typedef struct
{
  GString *order;
  char name;
  guint n_left; /* steps until it fails */
} Lane;

static gboolean
step (gpointer          data,
      UtBenchmarkWork  *work,
      GError          **error)
{
  Lane *lane = data;

  if (lane->n_left-- == 0)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY, "%c", lane->name);
      return FALSE;
    }
  g_string_append_c (lane->order, lane->name);
  work->units += 1;
  work->amount += 10;
  return TRUE;
}

static void
test_lanes (void)
{
  g_test_summary ("After the warm-up the lanes take turns; a turn of no time is one step");

  g_autoptr (GError) error = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  Lane first = { order, 'a', G_MAXUINT };
  Lane second = { order, 'b', G_MAXUINT };
  UtBenchmarkLane lanes[] = { { step, &first }, { step, &second } };

  g_assert_true (_ut_benchmark_lanes_run (lanes, G_N_ELEMENTS (lanes), go_on, NULL, &error));
  g_assert_no_error (error);
  /* A step that took less than the clock can tell is repeated. */
  g_autoptr (GRegex) repeated = g_regex_new ("(.)\\1+", 0, 0, NULL);
  g_autofree char *turns = g_regex_replace (repeated, order->str, -1, 0, "\\1", 0, NULL);
  g_assert_cmpstr (turns, ==, "abababababab");
  for (gsize i = 0; i < UT_BENCHMARK_ROUNDS; i++)
    {
      g_assert_cmpfloat (lanes[0].rounds[i].units, >, 0);
      g_assert_cmpfloat_with_epsilon (lanes[0].rounds[i].amount / lanes[0].rounds[i].units, 10,
                                      1e-6);
    }
}

static void
test_lanes_end (void)
{
  g_test_summary ("A step that fails ends the lanes with its error, the caller without one");

  g_autoptr (GError) error = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  Lane broken = { order, 'a', 0 };
  Lane good = { order, 'b', G_MAXUINT };
  UtBenchmarkLane lanes[] = { { step, &good }, { step, &broken } };
  guint n = 0;

  g_assert_false (_ut_benchmark_lanes_run (lanes, G_N_ELEMENTS (lanes), go_on, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY);
  g_clear_error (&error);
  g_assert_false (_ut_benchmark_lanes_run (lanes, 1, count_down, &n, &error));
  g_assert_no_error (error);
}

static void
test_median (void)
{
  g_test_summary ("The median of an even and of an odd number of numbers");

  double odd[] = { 3, 1, 2 };
  double even[] = { 4, 1, 3, 2 };

  g_assert_cmpfloat (_ut_benchmark_median (odd, 3), ==, 2);
  g_assert_cmpfloat (_ut_benchmark_median (even, 4), ==, 2.5);
}

/* The whole */

static GArray *
make_list (guint a,
           guint b)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (list, a);
  if (b != G_MAXUINT)
    g_array_append_val (list, b);
  return list;
}

static UtBenchmarkPlan
make_plan (void)
{
  UtBenchmarkPlan plan = {
    .parts = make_list (UT_BENCHMARK_LOADING, UT_BENCHMARK_TRAINING),
    .cells = make_list (UT_CELL_RNN, UT_CELL_GRU),
    .hidden = make_list (4, 9),
    .embeddings = make_list (5, G_MAXUINT),
    .batches = make_list (3, 40),
    .threads = make_list (1, 2),
    .n_sentences = 50,
    .n_vectors = 30,
    .sgemm_size = 32,
    .seconds = 0.001,
  };
  guint rest[] = { UT_BENCHMARK_BATCHES, UT_BENCHMARK_SENTENCE };

  g_array_append_vals (plan.parts, rest, G_N_ELEMENTS (rest));
  return plan;
}

static void
clear_plan (UtBenchmarkPlan *plan)
{
  g_array_unref (plan->parts);
  g_array_unref (plan->cells);
  g_array_unref (plan->hidden);
  g_array_unref (plan->embeddings);
  g_array_unref (plan->batches);
  g_array_unref (plan->threads);
  g_clear_object (&plan->data);
  g_clear_object (&plan->vectors);
}

/* The temporary folders of benchmarks; this program has a parent for them of its own. */
static guint
count_folders (void)
{
  g_autoptr (GDir) parent = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (parent)) != NULL)
    n += g_str_has_prefix (name, "undertone-benchmark-");
  return n;
}

typedef struct
{
  double fraction;
  guint n_calls;
  guint n_folders;           /* the most at one time */
  guint cancel_at;           /* rates */
  GCancellable *cancellable; /* (nullable) */
} Watch;

static void
watch_cb (const UtBenchmark *benchmark,
          gpointer           data)
{
  Watch *watch = data;

  g_assert_cmpfloat (benchmark->fraction, >=, watch->fraction);
  g_assert_cmpfloat (benchmark->fraction, <=, 1);
  watch->fraction = benchmark->fraction;
  watch->n_calls++;
  watch->n_folders = MAX (watch->n_folders, count_folders ());
  if (watch->cancellable != NULL && benchmark->rates->len >= watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
check_rate (const UtBenchmarkRate *rate)
{
  guint gates = rate->cell == UT_CELL_GRU ? 3 : 1;
  double factor = rate->part == UT_BENCHMARK_TRAINING ? 3 : 1;
  double operations = factor * 2 * gates * rate->hidden * (rate->embedding + rate->hidden);

  g_assert_cmpfloat (rate->rate, >, 0);
  g_assert_cmpfloat (rate->tokens, >=, rate->rate);
  g_assert_cmpfloat (rate->sgemm, >, 0);
  g_assert_cmpfloat (rate->share, >, 0);
  g_assert_cmpfloat (rate->gain, >, 0);
  g_assert_cmpfloat_with_epsilon (rate->gflops * 1e9 / rate->tokens / operations, 1, 1e-9);
  if (rate->threads == 1)
    g_assert_cmpfloat (rate->gain, ==, 1);
}

static void
test_run (void)
{
  g_test_summary ("Every part of the plan is measured, in its order, and no file is left");

  g_autoptr (GError) error = NULL;
  UtBenchmarkPlan plan = make_plan ();
  Watch watch = { 0 };
  g_autoptr (UtBenchmark) benchmark = ut_benchmark_run (&plan, watch_cb, &watch, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (benchmark->cores, >, 0);
  g_assert_nonnull (benchmark->kernels);
  g_assert_nonnull (benchmark->blas_kernels);
  g_assert_cmpfloat (watch.fraction, ==, 1);
  g_assert_cmpuint (watch.n_folders, >, 0);

  g_assert_cmpuint (benchmark->loads->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const UtBenchmarkLoad *load = &g_array_index (benchmark->loads, UtBenchmarkLoad, i);

      g_assert_cmpint (load->vectors, ==, i == 1);
      g_assert_cmpuint (load->rows, >, 0);
      g_assert_cmpuint (load->bytes, >, load->rows);
      g_assert_cmpfloat (load->seconds, >, 0);
    }

  /* Two cells of two sizes: two batch sizes and two numbers of threads, two, and one. */
  g_assert_cmpuint (benchmark->rates->len, ==, 4 * (4 + 2 + 1));
  for (guint i = 0; i < benchmark->rates->len; i++)
    check_rate (&g_array_index (benchmark->rates, UtBenchmarkRate, i));

  const UtBenchmarkRate *rate = &g_array_index (benchmark->rates, UtBenchmarkRate, 3);

  g_assert_cmpint (rate->part, ==, UT_BENCHMARK_TRAINING);
  g_assert_cmpint (rate->cell, ==, UT_CELL_RNN);
  g_assert_cmpuint (rate->hidden, ==, 4);
  g_assert_cmpuint (rate->embedding, ==, 5);
  g_assert_cmpuint (rate->batch, ==, 40);
  g_assert_cmpuint (rate->threads, ==, 2);

  rate = &g_array_index (benchmark->rates, UtBenchmarkRate, benchmark->rates->len - 1);
  g_assert_cmpint (rate->part, ==, UT_BENCHMARK_SENTENCE);
  g_assert_cmpint (rate->cell, ==, UT_CELL_GRU);
  g_assert_cmpuint (rate->hidden, ==, 9);
  g_assert_cmpuint (rate->batch, ==, 1);
  g_assert_cmpuint (rate->threads, ==, 1);
  g_assert_cmpfloat_with_epsilon (rate->tokens / rate->rate, 30, 1e-6);

  g_assert_cmpuint (count_folders (), ==, 0);
  clear_plan (&plan);
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  g_test_summary ("Files of one's own are measured; equal numbers of threads once");

  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_write (fixture, "vectors.txt", "good 1 2\nbad 3 4\n", -1);
  UtBenchmarkPlan plan = make_plan ();

  plan.data = g_file_new_for_path (fixture->train_path);
  plan.vectors = g_file_new_for_path (path);
  g_array_index (plan.threads, guint, 1) = 1;

  g_autoptr (UtBenchmark) benchmark = ut_benchmark_run (&plan, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_array_index (benchmark->loads, UtBenchmarkLoad, 0).rows, ==,
                    FIXTURE_N_TRAIN);
  g_assert_cmpuint (g_array_index (benchmark->loads, UtBenchmarkLoad, 1).bytes, ==, 17);
  g_assert_cmpuint (benchmark->rates->len, ==, 4 * (2 + 1 + 1));

  g_array_index (plan.threads, guint, 1) = 0;
  g_clear_object (&plan.data);
  plan.data = new_file (fixture, "missing.tsv");
  g_assert_null (ut_benchmark_run (&plan, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  clear_plan (&plan);
}

static void
test_cancel (void)
{
  g_test_summary ("Cancelled, it ends with that error and leaves no file");

  UtBenchmarkPlan plan = make_plan ();
  const guint moments[] = { 0, 1 };

  plan.seconds = 1000;
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Watch watch = { .cancel_at = moments[i], .cancellable = cancellable };

      /* The first measurement of the second time ends by itself. */
      plan.seconds = i == 0 ? 1000 : 0.001;
      g_assert_null (ut_benchmark_run (&plan, watch_cb, &watch, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (count_folders (), ==, 0);
    }
  clear_plan (&plan);
}

static void
test_memory (void)
{
  g_test_summary ("What does not fit into memory is an error");

  g_autoptr (GError) error = NULL;
  UtBenchmarkPlan plan = make_plan ();

  g_array_index (plan.hidden, guint, 0) = 5000;
  g_assert_null (ut_benchmark_run (&plan, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
  g_clear_error (&error);

  g_array_index (plan.hidden, guint, 0) = 64;
  g_array_index (plan.batches, guint, 0) = 1u << 30;
  g_assert_null (ut_benchmark_run (&plan, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY);
  clear_plan (&plan);
}

int
main (int    argc,
      char **argv)
{
  char folder[] = "/tmp/undertone-test-XXXXXX";

  /* So that no other program's folders are seen. */
  g_assert_nonnull (mkdtemp (folder));
  g_setenv ("TMPDIR", folder, TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/benchmark/data", Fixture, NULL, fixture_set_up, test_data, fixture_tear_down);
  g_test_add ("/benchmark/vectors", Fixture, NULL, fixture_set_up, test_vectors,
              fixture_tear_down);
  g_test_add ("/benchmark/stopped", Fixture, NULL, fixture_set_up, test_stopped,
              fixture_tear_down);
  g_test_add_func ("/benchmark/lanes", test_lanes);
  g_test_add_func ("/benchmark/lanes-end", test_lanes_end);
  g_test_add_func ("/benchmark/median", test_median);
  g_test_add_func ("/benchmark/run", test_run);
  g_test_add ("/benchmark/files", Fixture, NULL, fixture_set_up, test_files, fixture_tear_down);
  g_test_add_func ("/benchmark/cancel", test_cancel);
  g_test_add_func ("/benchmark/memory", test_memory);

  int status = g_test_run ();

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return status;
}
