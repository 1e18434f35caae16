/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-answers-private.h"
#include "ut-run-private.h"

#include <math.h>
#include <string.h>

#define N_ROWS 100

/* Runs that nobody trained, on rows whose labels alternate. */
typedef struct
{
  Fixture base;
  UtAnswerRows *rows; /* (owned) */
  GPtrArray *runs;    /* (owned) (element-type UtRun) */
  GPtrArray *answers; /* (owned) (element-type UtAnswers) */
} ComparisonFixture;

static void
set_up (ComparisonFixture *fixture,
        gconstpointer      data)
{
  g_autoptr (GString) text = g_string_new ("sentence\tlabel\n");
  g_autoptr (GError) error = NULL;

  fixture_set_up (&fixture->base, NULL);
  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "row %u \t%u\n", i, i % 2);

  g_autofree char *path = fixture_write (&fixture->base, "rows.tsv", text->str, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  fixture->rows = _ut_answer_rows_new (dataset, NULL);
  fixture->runs = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_answers_unref);
}

static void
tear_down (ComparisonFixture *fixture,
           gconstpointer      data)
{
  g_ptr_array_unref (fixture->runs);
  g_ptr_array_unref (fixture->answers);
  _ut_answer_rows_unref (fixture->rows);
  fixture_tear_down (&fixture->base, NULL);
}

/* The rows from @first_wrong on, @n_wrong of them, are answered wrong. */
static UtAnswers *
make_answers (ComparisonFixture *fixture,
              guint              first_wrong,
              guint              n_wrong)
{
  float *logits = g_new (float, N_ROWS);
  UtAnswers *answers;

  for (guint i = 0; i < N_ROWS; i++)
    {
      gboolean wrong = i >= first_wrong && i < first_wrong + n_wrong;

      logits[i] = (i % 2 == 1) != wrong ? 1 : -1;
    }
  answers = _ut_answers_new (fixture->rows, logits, 2, TRUE);
  g_ptr_array_add (fixture->answers, answers);
  return answers;
}

/* Takes @config over. */
static UtRun *
add_run (ComparisonFixture *fixture,
         const char        *name,
         UtConfig          *config,
         const char        *development,
         double             accuracy)
{
  UtRunRecord *record = _ut_run_record_new (name, FALSE);
  UtRun *run;

  ut_config_unref (record->config);
  record->config = config;
  record->state = UT_RUN_FINISHED;
  record->dev_hash = g_strdup (development);
  record->dev_rows = N_ROWS;
  record->n_weights = 1000;
  if (!isnan (accuracy))
    {
      UtEpoch epochs[] = {
        { .epoch = 1, .step = 10, .train_accuracy = 0.5, .val_accuracy = accuracy / 2, .val_loss = 1,
          .seconds = 2, .steps_per_second = 5 },
        { .epoch = 2, .step = 20, .train_accuracy = 0.95, .val_accuracy = accuracy, .val_loss = 0.5,
          .seconds = 3, .steps_per_second = 10 },
        { .epoch = 3, .step = 30, .train_accuracy = 0.99, .val_accuracy = accuracy - 0.125,
          .val_loss = 0.5, .seconds = 3, .steps_per_second = 10 },
      };

      record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
      g_array_append_vals (record->epochs, epochs, G_N_ELEMENTS (epochs));
    }
  run = _ut_run_new (record, NULL, NULL);
  g_ptr_array_add (fixture->runs, run);
  return run;
}

static UtConfig *
make_config (ComparisonFixture *fixture,
             UtCellKind         cell,
             double             hidden_size,
             double             seed)
{
  g_autoptr (UtConfig) base = fixture_config (&fixture->base, cell, 3);
  g_autoptr (UtConfig) sized = fixture_config_with (base, UT_SETTING_HIDDEN_SIZE, hidden_size);

  return fixture_config_with (sized, UT_SETTING_SEED, seed);
}

static UtRun *
add_plain (ComparisonFixture *fixture,
           const char        *name,
           double             accuracy)
{
  return add_run (fixture, name, make_config (fixture, UT_CELL_GRU, 8, fixture->runs->len), "rows",
                  accuracy);
}

static UtComparison *
compare (ComparisonFixture *fixture)
{
  return ut_comparison_new ((UtRun * const *) fixture->runs->pdata, fixture->runs->len);
}

static void
test_figures (ComparisonFixture *fixture,
              gconstpointer      data)
{
  UtRunFigures figures = ut_run_get_figures (add_plain (fixture, "a", 0.875));
  UtRunFigures none = ut_run_get_figures (add_plain (fixture, "b", NAN));

  g_test_summary ("The figures of a run are those of its best epoch, and of its last");

  g_assert_cmpfloat (figures.accuracy, ==, 0.875);
  g_assert_cmpfloat (figures.loss, ==, 0.5);
  g_assert_cmpint (figures.epoch, ==, 2);
  g_assert_cmpfloat (figures.last, ==, 0.75);
  g_assert_cmpfloat_with_epsilon (figures.gap, 0.075, 1e-12);
  g_assert_cmpfloat (figures.seconds, ==, 8);
  /* 30 steps in 2 + 1 + 1 seconds. */
  g_assert_cmpfloat (figures.steps_per_second, ==, 7.5);
  g_assert_cmpuint (figures.n_weights, ==, 1000);
  g_assert_true (isnan (none.accuracy) && isnan (none.last) && isnan (none.gap)
                 && isnan (none.seconds) && isnan (none.steps_per_second));
  g_assert_cmpint (none.epoch, ==, -1);
}

static void
test_groups (ComparisonFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (UtConfig) base = make_config (fixture, UT_CELL_LSTM, 8, 1);

  g_test_summary ("Runs are ranked with those on the same rows only, and never as coded");

  add_plain (fixture, "none yet", NAN);
  add_run (fixture, "as coded", fixture_config_with (base, UT_SETTING_LOSS, 1), "rows", 0.99);
  add_run (fixture, "unread", make_config (fixture, UT_CELL_RNN, 8, 1), NULL, NAN);
  add_plain (fixture, "worse", 0.7);
  add_run (fixture, "elsewhere", make_config (fixture, UT_CELL_RNN, 8, 1), "others", 0.9);
  add_plain (fixture, "better", 0.8);
  add_run (fixture, "of an earlier version", make_config (fixture, UT_CELL_RNN, 8, 1), NULL, 0.9);

  g_autoptr (UtComparison) comparison = compare (fixture);
  const UtComparisonGroup *group;

  g_assert_cmpuint (ut_comparison_get_n_runs (comparison), ==, 7);
  g_assert_cmpuint (ut_comparison_get_n_groups (comparison), ==, 5);
  group = ut_comparison_get_group (comparison, 0);
  g_assert_cmpstr (group->development, ==, "rows");
  g_assert_true (group->is_ranked);
  g_assert_cmpstr (group->title, ==, "train.tsv, 100 rows");
  g_assert_cmpuint (group->n_runs, ==, 3);
  g_assert_cmpuint (group->n_checked, ==, 2);
  g_assert_cmpuint (group->runs[0], ==, 5);
  g_assert_cmpuint (group->runs[1], ==, 3);
  g_assert_cmpuint (group->runs[2], ==, 0);
  group = ut_comparison_get_group (comparison, 1);
  g_assert_cmpstr (group->development, ==, "others");
  g_assert_true (group->is_ranked);
  g_assert_cmpuint (group->runs[0], ==, 4);
  group = ut_comparison_get_group (comparison, 2);
  g_assert_true (group->is_as_coded && !group->is_ranked);
  g_assert_cmpuint (group->runs[0], ==, 1);
  group = ut_comparison_get_group (comparison, 3);
  g_assert_null (group->development);
  g_assert_false (group->is_ranked);
  g_assert_cmpstr (group->title, ==, "Checked on rows that are not known");
  g_assert_cmpuint (group->runs[0], ==, 6);
  group = ut_comparison_get_group (comparison, 4);
  g_assert_cmpstr (group->title, ==, "Not checked on any rows");
  g_assert_cmpuint (ut_comparison_get_group_of (comparison, 2), ==, 4);

  g_assert_cmpint (ut_comparison_get_standing (comparison, 5), ==, UT_STANDING_BEST);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 4), ==, UT_STANDING_BEST);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 3), ==, UT_STANDING_UNKNOWN);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 0), ==, UT_STANDING_NONE);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 1), ==, UT_STANDING_NONE);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 2), ==, UT_STANDING_NONE);
  g_assert_cmpint (ut_comparison_find (comparison, g_ptr_array_index (fixture->runs, 4)), ==, 4);
}

static void
test_standing (ComparisonFixture *fixture,
               gconstpointer      data)
{
  g_test_summary ("A run is near the best one where McNemar's test gives 0.05 or more");

  add_plain (fixture, "best", 0.9);
  add_plain (fixture, "near", 0.86);
  add_plain (fixture, "behind", 0.8);
  add_plain (fixture, "same", 0.9);

  g_autoptr (UtComparison) comparison = compare (fixture);

  ut_comparison_set_answers (comparison, 0, make_answers (fixture, 0, 10));
  /* 5 against 9 rows and 10 against 20. */
  ut_comparison_set_answers (comparison, 1, make_answers (fixture, 5, 14));
  g_assert_cmpint (ut_comparison_get_standing (comparison, 2), ==, UT_STANDING_UNKNOWN);
  ut_comparison_set_answers (comparison, 2, make_answers (fixture, 0, 20));
  g_assert_cmpint (ut_comparison_get_standing (comparison, 0), ==, UT_STANDING_BEST);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 1), ==, UT_STANDING_NEAR);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 2), ==, UT_STANDING_BEHIND);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 3), ==, UT_STANDING_NEAR);
  ut_comparison_set_answers (comparison, 0, NULL);
  g_assert_cmpint (ut_comparison_get_standing (comparison, 2), ==, UT_STANDING_UNKNOWN);
}

static void
assert_runs (UtComparison *comparison,
             guint         first,
             guint         second,
             const char   *expected)
{
  g_autofree char *sentence = ut_comparison_describe_runs (comparison, first, second);
  g_autofree char *swapped = ut_comparison_describe_runs (comparison, second, first);

  g_assert_cmpstr (sentence, ==, expected);
  /* The better one comes first, whichever was named first. */
  if (strstr (expected, "whe") != NULL && strstr (expected, " each ") == NULL)
    g_assert_cmpstr (swapped, ==, expected);
}

static void
test_sentences (ComparisonFixture *fixture,
                gconstpointer      data)
{
  g_test_summary ("What is said of two models claims no more than the test");

  add_plain (fixture, "GRU 1", 0.9);
  add_plain (fixture, "GRU 2", 0.86);
  add_plain (fixture, "GRU 3", 0.8);
  add_plain (fixture, "GRU 4", 0.9);
  add_plain (fixture, "GRU 5", 0.9);
  add_plain (fixture, "GRU 6", 0.9);
  add_plain (fixture, "GRU 7", 0.89);

  g_autoptr (UtComparison) comparison = compare (fixture);

  ut_comparison_set_answers (comparison, 0, make_answers (fixture, 0, 10));
  ut_comparison_set_answers (comparison, 1, make_answers (fixture, 5, 14));
  ut_comparison_set_answers (comparison, 2, make_answers (fixture, 0, 20));
  ut_comparison_set_answers (comparison, 3, make_answers (fixture, 0, 10));
  ut_comparison_set_answers (comparison, 4, make_answers (fixture, 4, 10));
  ut_comparison_set_answers (comparison, 6, make_answers (fixture, 0, 11));

  assert_runs (comparison, 0, 1,
               "GRU 1 is right on 9 rows where GRU 2 is wrong, 5 the other way; p = 0.42: these two "
               "models cannot be told apart on 100 rows. The difference in accuracy is 0.040 (95 %: "
               "−0.030 to 0.110).");
  assert_runs (comparison, 2, 0,
               "GRU 1 is right on 10 rows where GRU 3 is wrong, 0 the other way; p = 0.002: of these "
               "two models, GRU 1 does better on rows like these 100. The difference in accuracy is "
               "0.100 (95 %: 0.050 to 0.160).");
  assert_runs (comparison, 0, 3,
               "GRU 1 and GRU 4 are right on the same rows: these two models cannot be told apart on "
               "100 rows.");
  assert_runs (comparison, 0, 4,
               "GRU 1 and GRU 5 are each right on 4 rows where the other is wrong; p = 1: these two "
               "models cannot be told apart on 100 rows. The difference in accuracy is 0.000 (95 %: "
               "−0.050 to 0.050).");
  assert_runs (comparison, 6, 0,
               "GRU 1 is right on 1 row where GRU 7 is wrong, 0 the other way; p = 1: these two models "
               "cannot be told apart on 100 rows. The difference in accuracy is 0.010 (95 %: 0.000 to "
               "0.030).");
  assert_runs (comparison, 0, 5,
               "What GRU 6 answered on its rows is not known, so that the two cannot be compared.");
}

static void
test_p (void)
{
  static const struct
  {
    double p;
    const char *text;
  } cases[] = {
    { 1, "p = 1" }, { 0.996, "p = 1" }, { 0.994, "p = 0.99" }, { 0.42, "p = 0.42" },
    { 0.0999, "p = 0.100" }, { 0.0504, "p = 0.050" }, { 0.05, "p = 0.050" }, { 0.0496, "p < 0.05" },
    { 0.0494, "p = 0.049" }, { 0.003, "p = 0.003" }, { 0.0009, "p < 0.001" }, { 0, "p < 0.001" },
    { NAN, "p unknown" },
  };

  g_test_summary ("A p is rounded, but not to the other side of 0.05");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ut_p_describe (cases[i].p);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
add_seeds (ComparisonFixture *fixture,
           UtCellKind         cell,
           guint              hidden_size,
           guint              first_seed,
           const double      *accuracies,
           guint              n_accuracies)
{
  for (guint i = 0; i < n_accuracies; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u-%u-%u", (guint) cell, hidden_size, first_seed + i);

      add_run (fixture, name, make_config (fixture, cell, hidden_size, first_seed + i), "rows",
               accuracies[i]);
    }
}

static void
test_names (ComparisonFixture *fixture,
            gconstpointer      data)
{
  static const double once[] = { 0.89 };

  g_test_summary ("A setting that a cell does not have at all is no part of a name");

  add_seeds (fixture, UT_CELL_GRU, 8, 1, once, G_N_ELEMENTS (once));
  add_seeds (fixture, UT_CELL_LSTM, 16, 1, once, G_N_ELEMENTS (once));
  add_seeds (fixture, UT_CELL_BAG, 8, 1, once, G_N_ELEMENTS (once));

  g_autoptr (UtComparison) comparison = compare (fixture);

  g_assert_cmpstr (ut_comparison_get_setting (comparison, 0)->name, ==, "GRU · Hidden size 8");
  g_assert_cmpstr (ut_comparison_get_setting (comparison, 1)->name, ==, "LSTM · Hidden size 16");
  g_assert_cmpstr (ut_comparison_get_setting (comparison, 2)->name, ==, "Bag of words");
}

static void
test_settings (ComparisonFixture *fixture,
               gconstpointer      data)
{
  static const double good[] = { 0.88, 0.90, 0.89, 0.91, 0.87 };
  static const double near[] = { 0.87, 0.90, 0.88, 0.91, 0.88 };
  static const double behind[] = { 0.80, 0.81, 0.82, 0.79, 0.80 };
  static const double once[] = { 0.89 };
  UtTTest test;
  gboolean is_paired;

  g_test_summary ("Settings are compared over their seeds, in pairs where those are the same");

  add_seeds (fixture, UT_CELL_GRU, 8, 1, good, G_N_ELEMENTS (good));
  add_seeds (fixture, UT_CELL_GRU, 16, 1, near, G_N_ELEMENTS (near));
  add_seeds (fixture, UT_CELL_LSTM, 8, 2, behind, G_N_ELEMENTS (behind));
  add_seeds (fixture, UT_CELL_RNN, 8, 1, once, G_N_ELEMENTS (once));
  /* Once more, and shorter: it does not count. */
  ((UtRunRecord *) _ut_run_get_record (add_run (fixture, "again",
                                                make_config (fixture, UT_CELL_GRU, 8, 3), "rows",
                                                0.5)))->epochs->len = 2;

  g_autoptr (UtComparison) comparison = compare (fixture);
  const UtComparisonSetting *setting = ut_comparison_get_setting (comparison, 0);
  const UtComparisonGroup *group = ut_comparison_get_group (comparison, 0);
  UtMean mean = ut_mean (good, G_N_ELEMENTS (good));

  g_assert_cmpuint (ut_comparison_get_n_settings (comparison), ==, 4);
  g_assert_cmpuint (group->n_settings, ==, 4);
  g_assert_cmpuint (setting->n_runs, ==, 6);
  g_assert_cmpuint (setting->accuracy.n, ==, 5);
  g_assert_cmpfloat (setting->accuracy.mean, ==, mean.mean);
  g_assert_cmpfloat (setting->accuracy.deviation, ==, mean.deviation);
  g_assert_cmpstr (setting->name, ==, "GRU · Hidden size 8");
  g_assert_cmpstr (ut_comparison_get_setting (comparison, 1)->name, ==, "GRU · Hidden size 16");
  g_assert_cmpuint (ut_comparison_get_setting_of (comparison, 7), ==, 1);
  g_assert_cmpuint (group->settings[0], ==, 0);
  g_assert_cmpuint (group->settings[1], ==, 3);
  g_assert_cmpuint (group->settings[2], ==, 1);
  g_assert_cmpuint (group->settings[3], ==, 2);

  g_assert_true (ut_comparison_test_settings (comparison, 0, 1, &test, &is_paired));
  g_assert_true (is_paired);
  /* Worked out in SciPy: ttest_rel and ttest_ind (equal_var=False). */
  g_assert_cmpfloat_with_epsilon (test.p, 0.62130, 1e-4);
  g_assert_cmpfloat_with_epsilon (test.difference, 0.002, 1e-12);
  g_assert_true (ut_comparison_test_settings (comparison, 0, 2, &test, &is_paired));
  g_assert_false (is_paired);
  g_assert_cmpfloat_with_epsilon (test.difference, 0.086, 1e-12);
  g_assert_false (ut_comparison_test_settings (comparison, 0, 3, &test, &is_paired));

  g_assert_cmpint (ut_comparison_get_setting_standing (comparison, 0), ==, UT_STANDING_BEST);
  g_assert_cmpint (ut_comparison_get_setting_standing (comparison, 1), ==, UT_STANDING_NEAR);
  g_assert_cmpint (ut_comparison_get_setting_standing (comparison, 2), ==, UT_STANDING_BEHIND);
  g_assert_cmpint (ut_comparison_get_setting_standing (comparison, 3), ==, UT_STANDING_UNKNOWN);

  g_autofree char *paired = ut_comparison_describe_settings (comparison, 1, 0);
  g_autofree char *welch = ut_comparison_describe_settings (comparison, 0, 2);
  g_autofree char *few = ut_comparison_describe_settings (comparison, 0, 3);

  g_assert_cmpstr (paired, ==,
                   "GRU · Hidden size 8 and GRU · Hidden size 16, over 5 seeds each: mean difference "
                   "0.002 (95 %: −0.008 to 0.012), paired t test on the same seeds, p = 0.62: what the "
                   "seed does may be all of it; these settings cannot be told apart.");
  g_assert_cmpstr (welch, ==,
                   "GRU · Hidden size 8 and LSTM · Hidden size 8, over 5 seeds each: mean difference "
                   "0.086 (95 %: 0.066 to 0.106), Welch's t test, p < 0.001: on these rows GRU · Hidden "
                   "size 8 does better on average over seeds.");
  g_assert_cmpstr (few, ==, "RNN · Hidden size 8 was trained with 1 seed: to speak of settings, each "
                            "needs two seeds or more.");
}

static void
test_settings_without_spread (ComparisonFixture *fixture,
                              gconstpointer      data)
{
  static const double a[] = { 0.75, 0.75 };
  static const double b[] = { 0.5, 0.5 };
  UtTTest test;
  gboolean is_paired;

  g_test_summary ("Settings whose accuracy does not vary are not called different");

  add_seeds (fixture, UT_CELL_BAG, 8, 1, a, G_N_ELEMENTS (a));
  add_seeds (fixture, UT_CELL_MAJORITY, 8, 1, b, G_N_ELEMENTS (b));

  g_autoptr (UtComparison) comparison = compare (fixture);
  g_autofree char *sentence = ut_comparison_describe_settings (comparison, 0, 1);

  g_assert_false (ut_comparison_test_settings (comparison, 0, 1, &test, &is_paired));
  g_assert_cmpint (ut_comparison_get_setting_standing (comparison, 1), ==, UT_STANDING_UNKNOWN);
  g_assert_nonnull (strstr (sentence, "do not vary with the seed"));
}

static void
test_setting_key (ComparisonFixture *fixture,
                  gconstpointer      data)
{
  g_autoptr (UtConfig) config = make_config (fixture, UT_CELL_GRU, 8, 1);
  g_autofree char *key = ut_config_dup_setting (config);
  static const struct
  {
    UtSetting setting;
    double value;
    gboolean same;
  } cases[] = {
    { UT_SETTING_SEED, 7, TRUE }, { UT_SETTING_THREADS, 2, TRUE },
    { UT_SETTING_EVAL_BATCH_SIZE, 9, TRUE }, { UT_SETTING_HIDDEN_SIZE, 9, FALSE },
    { UT_SETTING_EPOCHS, 4, FALSE }, { UT_SETTING_LEARNING_RATE, 0.5, FALSE },
  };

  g_test_summary ("A setting is all of a configuration that changes its results, but the seed");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (UtConfig) other = fixture_config_with (config, cases[i].setting, cases[i].value);
      g_autofree char *other_key = ut_config_dup_setting (other);

      g_assert_cmpint (g_str_equal (key, other_key), ==, cases[i].same);
    }

  g_autoptr (UtConfig) as_coded = fixture_config_with (config, UT_SETTING_LOSS, 1);
  g_autoptr (UtConfig) other = fixture_config_with (as_coded, UT_SETTING_EVAL_BATCH_SIZE, 9);
  g_autofree char *as_coded_key = ut_config_dup_setting (as_coded);
  g_autofree char *other_key = ut_config_dup_setting (other);

  g_assert_cmpstr (as_coded_key, !=, other_key);
}

static void
test_warning (ComparisonFixture *fixture,
              gconstpointer      data)
{
  g_test_summary ("From eleven runs on it is said that the best one looks better than it is");

  for (guint i = 0; i < UT_COMPARISON_MANY; i++)
    add_plain (fixture, "run", 0.8);
  add_plain (fixture, "unchecked", NAN);

  g_autoptr (UtComparison) few = compare (fixture);

  g_assert_null (ut_comparison_dup_warning (few, 0));
  add_plain (fixture, "one more", 0.8);

  g_autoptr (UtComparison) many = compare (fixture);
  g_autofree char *warning = ut_comparison_dup_warning (many, 0);
  g_autofree char *note = ut_comparison_dup_pairs_note (3);

  g_assert_cmpstr (warning, ==, "The best of 11 is chosen on these rows and looks better than it is. "
                                "Check it once on held-out rows.");
  g_assert_nonnull (strstr (note, "not corrected for there being 3"));
  g_assert_null (ut_comparison_dup_pairs_note (1));
}

static void
test_empty (void)
{
  g_autoptr (UtComparison) comparison = ut_comparison_new (NULL, 0);

  g_test_summary ("No runs are no groups");

  g_assert_cmpuint (ut_comparison_get_n_runs (comparison), ==, 0);
  g_assert_cmpuint (ut_comparison_get_n_groups (comparison), ==, 0);
  g_assert_cmpuint (ut_comparison_get_n_settings (comparison), ==, 0);
}

static void
test_differences (ComparisonFixture *fixture,
                  gconstpointer      data)
{
  UtConfig *configs[] = { make_config (fixture, UT_CELL_GRU, 8, 1),
                          make_config (fixture, UT_CELL_LSTM, 64, 1) };
  g_autoptr (GPtrArray) differences = ut_differences_list (configs, G_N_ELEMENTS (configs));
  g_autoptr (GPtrArray) none = ut_differences_list (configs, 1);
  const UtDifference *cell = g_ptr_array_index (differences, 0);
  const UtDifference *size = g_ptr_array_index (differences, 1);

  g_test_summary ("Only what differs is listed, numbers as numbers");

  g_assert_cmpuint (differences->len, ==, 2);
  g_assert_cmpstr (cell->key, ==, "cell");
  g_assert_cmpstr (cell->values[1], ==, "LSTM");
  g_assert_null (cell->numbers);
  g_assert_cmpstr (size->key, ==, "hidden-size");
  g_assert_cmpstr (size->title, ==, "Hidden size");
  g_assert_cmpstr (size->values[1], ==, "64");
  g_assert_cmpfloat (size->numbers[0], ==, 8);
  g_assert_null (size->values[2]);
  g_assert_cmpuint (none->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    ut_config_unref (configs[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/lab/comparison/" path, ComparisonFixture, NULL, set_up, function, tear_down)
  ADD ("figures", test_figures);
  ADD ("groups", test_groups);
  ADD ("standing", test_standing);
  ADD ("sentences", test_sentences);
  g_test_add_func ("/lab/comparison/p", test_p);
  ADD ("settings", test_settings);
  ADD ("names", test_names);
  ADD ("settings-without-spread", test_settings_without_spread);
  ADD ("setting-key", test_setting_key);
  ADD ("warning", test_warning);
  g_test_add_func ("/lab/comparison/empty", test_empty);
  ADD ("differences", test_differences);
#undef ADD

  return g_test_run ();
}
