/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-answers.h"

G_BEGIN_DECLS

/**
 * UtRunFigures:
 * @accuracy: of the best epoch, or of an ensemble that was checked; NaN where there is none.
 * @loss: validation loss of the best epoch; NaN likewise.
 * @epoch: the best one; -1 where there is none, as for an ensemble.
 * @last: accuracy of the last epoch; NaN likewise.
 * @gap: training accuracy less validation accuracy of the best epoch: how much better it knows what
 *   it learned from; NaN likewise.
 * @seconds: of all epochs together, with validation; NaN where none has ended.
 * @steps_per_second: the mean over the epochs, by their steps; NaN likewise.
 * @n_weights: numbers of the model; 0 where unknown.
 *
 * What a table says of a run.
 */
typedef struct
{
  double accuracy;
  double loss;
  int epoch;
  double last;
  double gap;
  double seconds;
  double steps_per_second;
  guint64 n_weights;
} UtRunFigures;

/** ut_run_get_figures: reads no file; main thread. */
UtRunFigures ut_run_get_figures         (UtRun              *run);

/**
 * UtStanding:
 * @UT_STANDING_NONE: not ranked: nothing was checked, or its group is not ranked.
 * @UT_STANDING_BEST: none of its group is better.
 * @UT_STANDING_NEAR: "≈ best": a test cannot tell it from the best one.
 * @UT_STANDING_BEHIND: a test tells it from the best one.
 * @UT_STANDING_UNKNOWN: it is not best, and there is nothing to test: answers that were not given, or
 *   settings with a single seed or without any spread.
 */
typedef enum
{
  UT_STANDING_NONE,
  UT_STANDING_BEST,
  UT_STANDING_NEAR,
  UT_STANDING_BEHIND,
  UT_STANDING_UNKNOWN,
} UtStanding;

/**
 * UtComparison:
 *
 * Runs as they are at the moment, sorted into groups that may be ranked and into settings, and what
 * can be said about their differences. A run's place in what is given to ut_comparison_new() stands
 * for the run. Main thread.
 */
typedef struct UtComparison UtComparison;

/**
 * UtComparisonGroup:
 * @development: (owned) (nullable): identity of the rows that its runs were checked on.
 * @is_ranked: whether its accuracies may be compared: rows are known, and none is as coded.
 * @is_as_coded: whether its runs are as the notebook's code runs.
 * @is_checked: whether rows are known or, of a run of an earlier version, it is known at least that
 *   there were any.
 * @title: (owned): a heading: "SST-2, 872 rows", translated.
 * @runs: (owned) (array length=n_runs): its runs, the best accuracy first, then the lower loss, then
 *   in the order given; those without any at the end.
 * @n_runs: how many, at least one.
 * @n_checked: how many of them have an accuracy.
 * @settings: (owned) (array length=n_settings): its settings, the best mean first.
 * @n_settings: how many, at least one.
 */
typedef struct
{
  char *development;
  gboolean is_ranked;
  gboolean is_as_coded;
  gboolean is_checked;
  char *title;
  guint *runs;
  guint n_runs;
  guint n_checked;
  guint *settings;
  guint n_settings;
} UtComparisonGroup;

/**
 * UtComparisonSetting:
 * @config: (owned): of its first run.
 * @group: the group that its runs are in.
 * @name: (owned): "GRU · Hidden size 64": the cell and in what the settings of the group differ;
 *   translated. Of an ensemble its name. Made when the first setting of a group is asked for.
 * @runs: (owned) (array length=n_runs): its runs by seed, then in the order given.
 * @n_runs: how many, at least one.
 * @accuracy: over its seeds. A run that is under way or has no accuracy does not count, and of several
 *   with one seed the one that trained longest does.
 *
 * Runs that differ in the seed alone and were checked on the same rows; an ensemble is one of its own.
 */
typedef struct
{
  UtConfig *config;
  guint group;
  char *name;
  guint *runs;
  guint n_runs;
  UtMean accuracy;
} UtComparisonSetting;

/** ut_comparison_new: (transfer full): of @runs (array length=n_runs), as they are now. */
UtComparison *ut_comparison_new         (UtRun * const      *runs,
                                         guint               n_runs);
void          ut_comparison_free        (UtComparison       *self);

guint         ut_comparison_get_n_runs  (const UtComparison *self);
/** ut_comparison_get_run: (transfer none): the run. */
UtRun        *ut_comparison_get_run     (const UtComparison *self,
                                         guint               run);
/** ut_comparison_find: the place of @run; -1 where it is not there. */
int           ut_comparison_find        (const UtComparison *self,
                                         UtRun              *run);
/** ut_comparison_get_figures: (transfer none): its figures. */
const UtRunFigures *ut_comparison_get_figures (const UtComparison *self,
                                         guint               run);

/** ut_comparison_get_n_groups: groups are in the order of their first run; such as are not ranked
 * come after the others. */
guint         ut_comparison_get_n_groups (const UtComparison *self);
const UtComparisonGroup *ut_comparison_get_group (const UtComparison *self,
                                         guint               group);
/** ut_comparison_get_group_of: the group that @run is in. */
guint         ut_comparison_get_group_of (const UtComparison *self,
                                         guint               run);

guint         ut_comparison_get_n_settings (const UtComparison *self);
const UtComparisonSetting *ut_comparison_get_setting (const UtComparison *self,
                                         guint               setting);
/** ut_comparison_get_setting_of: the setting that @run is of. */
guint         ut_comparison_get_setting_of (const UtComparison *self,
                                         guint               run);

/** ut_comparison_set_answers: @answers (nullable) of @run: what its standing is found from. */
void          ut_comparison_set_answers (UtComparison       *self,
                                         guint               run,
                                         UtAnswers          *answers);
/** ut_comparison_get_answers: (transfer none) (nullable): what was set. */
UtAnswers    *ut_comparison_get_answers (const UtComparison *self,
                                         guint               run);

/**
 * ut_comparison_get_standing:
 * @self: the comparison.
 * @run: a run.
 *
 * How @run stands to the best one of its group: %UT_STANDING_NEAR where the exact test of McNemar on
 * the group's rows gives 0.05 or more. The answers of both must have been set.
 */
UtStanding    ut_comparison_get_standing (const UtComparison *self,
                                         guint               run);

/** ut_comparison_get_p: of the exact test of McNemar between @run and the best one of its group; NaN
 * for that one itself and where there is nothing to test. */
double        ut_comparison_get_p       (const UtComparison *self,
                                         guint               run);

/** ut_comparison_get_share_alike: on what share of the rows @run answers as the best one of its group
 * does, right or wrong; NaN likewise. */
double        ut_comparison_get_share_alike (const UtComparison *self,
                                         guint               run);

/**
 * ut_comparison_get_setting_standing:
 * @self: the comparison.
 * @setting: a setting.
 *
 * How @setting stands to the one of the best mean in its group, by ut_comparison_test_settings().
 */
UtStanding    ut_comparison_get_setting_standing (const UtComparison *self,
                                         guint               setting);

/** ut_comparison_get_setting_p: of ut_comparison_test_settings() between @setting and the one of the
 * best mean in its group; NaN for that one itself and where there is no test. */
double        ut_comparison_get_setting_p (const UtComparison *self,
                                         guint               setting);

/**
 * ut_comparison_test_settings:
 * @self: the comparison.
 * @first: a setting.
 * @second: another one of the same, ranked group.
 * @test: (out): what came out.
 * @is_paired: (out): whether the seeds are the same, so that the paired test was used, or they are
 *   not, so that it was Welch's.
 *
 * Compares the accuracies that two settings reached with their seeds.
 *
 * Returns: whether there is a test: two seeds at least on each side, and accuracies that vary.
 */
gboolean      ut_comparison_test_settings (const UtComparison *self,
                                         guint               first,
                                         guint               second,
                                         UtTTest            *test,
                                         gboolean           *is_paired);

/* Sentences, translated */

/**
 * ut_comparison_describe_runs:
 * @self: the comparison.
 * @first: a run whose answers were set.
 * @second: another one on the same rows, likewise.
 *
 * Says which of the two models is right on more rows, and whether that may be chance: "GRU 3 is right
 * on 31 rows where LSTM 2 is wrong, 24 the other way; p = 0.42: these two models cannot be told
 * apart on 872 rows."
 *
 * Returns: (transfer full): a sentence or two; where they cannot be compared it says why.
 */
char         *ut_comparison_describe_runs (const UtComparison *self,
                                         guint               first,
                                         guint               second);

/** ut_comparison_describe_settings: (transfer full): the same of two settings, by their seeds: which
 * does better, and whether that may be the chance of the seeds. */
char         *ut_comparison_describe_settings (const UtComparison *self,
                                         guint               first,
                                         guint               second);

/**
 * ut_comparison_dup_warning:
 * @self: the comparison.
 * @group: a group.
 *
 * Returns: (transfer full) (nullable): "The best of 40 is chosen on these rows and looks better than
 *   it is. Check it once on held-out rows." where more than %UT_COMPARISON_MANY runs of a ranked group
 *   were checked.
 */
char         *ut_comparison_dup_warning (const UtComparison *self,
                                         guint               group);

/** UT_COMPARISON_MANY: from more runs than these nobody chooses without looking lucky. */
#define UT_COMPARISON_MANY 10

/** ut_comparison_dup_pairs_note: (transfer full) (nullable): where @n_pairs tests are shown at once,
 * more than one: that their p are those of one test each. */
char         *ut_comparison_dup_pairs_note (guint            n_pairs);

/** ut_p_describe: (transfer full): "p = 0.42", "p = 0.003" or "p < 0.001". */
char         *ut_p_describe             (double              p);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtComparison, ut_comparison_free)

G_END_DECLS
