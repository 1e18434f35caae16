/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-comparison-json.h"

#include "ut-cli-json.h"

#include <math.h>

/* Parts the members of a list. */
static void
append_comma (GString *json)
{
  char last = json->str[json->len - 1];

  if (last != '[' && last != '{')
    g_string_append_c (json, ',');
}

static void
append_number (GString    *json,
               const char *key,
               double      value)
{
  append_comma (json);
  g_string_append_printf (json, "\"%s\":", key);
  ut_json_append_number (json, value);
}

static void
append_truth (GString    *json,
              const char *key,
              gboolean    value)
{
  append_comma (json);
  g_string_append_printf (json, "\"%s\":%s", key, value ? "true" : "false");
}

static void
append_text (GString    *json,
             const char *key,
             const char *text)
{
  append_comma (json);
  g_string_append_printf (json, "\"%s\":", key);
  if (text != NULL)
    ut_json_append_string (json, text);
  else
    g_string_append (json, "null");
}

static const char *
get_standing_nick (UtStanding standing)
{
  switch (standing)
    {
    case UT_STANDING_BEST:
      return "best";
    case UT_STANDING_NEAR:
      return "near-best";
    case UT_STANDING_BEHIND:
      return "behind";
    case UT_STANDING_UNKNOWN:
      return "unknown";
    case UT_STANDING_NONE:
    default:
      return NULL;
    }
}

static const char *
get_id (const UtComparison *comparison,
        guint               run)
{
  return ut_run_get_id (ut_comparison_get_run (comparison, run));
}

static void
append_interval (GString    *json,
                 UtInterval  interval)
{
  append_number (json, "low", interval.low);
  append_number (json, "high", interval.high);
}

/* Groups */

static void
append_run (GString            *json,
            const UtComparison *comparison,
            guint               run,
            const char         *failure)
{
  const UtRunFigures *figures = ut_comparison_get_figures (comparison, run);

  append_comma (json);
  g_string_append_c (json, '{');
  ut_cli_json_append_summary (json, ut_comparison_get_run (comparison, run), FALSE);
  append_number (json, "loss", figures->loss);
  append_number (json, "last", figures->last);
  append_number (json, "gap", figures->gap);
  append_number (json, "seconds", figures->seconds);
  append_number (json, "steps_per_second", figures->steps_per_second);
  append_number (json, "weights", figures->n_weights > 0 ? (double) figures->n_weights : NAN);
  append_text (json, "standing", get_standing_nick (ut_comparison_get_standing (comparison, run)));
  append_number (json, "p", ut_comparison_get_p (comparison, run));
  append_number (json, "alike", ut_comparison_get_share_alike (comparison, run));
  append_text (json, "answers_error", failure);
  g_string_append_c (json, '}');
}

static void
append_setting (GString            *json,
                const UtComparison *comparison,
                guint               setting)
{
  const UtComparisonSetting *one = ut_comparison_get_setting (comparison, setting);

  append_comma (json);
  g_string_append_printf (json, "{\"setting\":%u", setting);
  append_text (json, "name", one->name);
  g_string_append (json, ",\"runs\":[");
  for (guint i = 0; i < one->n_runs; i++)
    {
      append_comma (json);
      ut_json_append_string (json, get_id (comparison, one->runs[i]));
    }
  g_string_append_c (json, ']');
  append_number (json, "seeds", (double) one->accuracy.n);
  append_number (json, "mean", one->accuracy.mean);
  append_number (json, "deviation", one->accuracy.deviation);
  append_interval (json, one->accuracy.interval);
  append_text (json, "standing",
               get_standing_nick (ut_comparison_get_setting_standing (comparison, setting)));
  append_number (json, "p", ut_comparison_get_setting_p (comparison, setting));
  g_string_append_c (json, '}');
}

static void
append_group (GString            *json,
              const UtComparison *comparison,
              guint               group,
              char              **failures)
{
  const UtComparisonGroup *one = ut_comparison_get_group (comparison, group);
  g_autofree char *warning = ut_comparison_dup_warning (comparison, group);

  append_comma (json);
  g_string_append_c (json, '{');
  append_text (json, "development", one->development);
  append_text (json, "title", one->title);
  append_truth (json, "ranked", one->is_ranked);
  append_truth (json, "as_coded", one->is_as_coded);
  append_text (json, "warning", warning);
  g_string_append (json, ",\"runs\":[");
  for (guint i = 0; i < one->n_runs; i++)
    append_run (json, comparison, one->runs[i], failures[one->runs[i]]);
  g_string_append (json, "],\"settings\":[");
  for (guint i = 0; i < one->n_settings; i++)
    append_setting (json, comparison, one->settings[i]);
  g_string_append (json, "]}");
}

/* Pairs */

typedef struct
{
  guint first;
  guint second;
  double p;
  double holm; /* with all others of its kind */
} Pair;

/* Appends the pair where there is a test of it. */
typedef void (*TestPair) (const UtComparison *comparison,
                          guint               first,
                          guint               second,
                          GArray             *pairs);

static void
test_runs (const UtComparison *comparison,
           guint               first,
           guint               second,
           GArray             *pairs)
{
  UtAnswers *a = ut_comparison_get_answers (comparison, first);
  UtAnswers *b = ut_comparison_get_answers (comparison, second);

  if (a == NULL || b == NULL || !ut_answers_match (a, b))
    return;

  UtAgreement agreement = ut_answers_compare (a, b);
  Pair pair = { first, second, ut_mcnemar_p (&agreement), 0 };

  g_array_append_val (pairs, pair);
}

static void
test_settings (const UtComparison *comparison,
               guint               first,
               guint               second,
               GArray             *pairs)
{
  UtTTest test;
  gboolean is_paired;

  if (!ut_comparison_test_settings (comparison, first, second, &test, &is_paired))
    return;

  Pair pair = { first, second, test.p, 0 };

  g_array_append_val (pairs, pair);
}

static void
add_pairs (const UtComparison *comparison,
           const guint        *members,
           guint               n_members,
           TestPair            test,
           GArray             *pairs)
{
  gboolean all = n_members <= UT_CLI_COMPARISON_MAX_ALL;

  for (guint i = 0; i < (all ? n_members : 1); i++)
    for (guint j = i + 1; j < n_members; j++)
      test (comparison, members[i], members[j], pairs);
}

static void
correct (GArray *pairs)
{
  g_autofree double *p = g_new (double, pairs->len);

  for (guint i = 0; i < pairs->len; i++)
    p[i] = g_array_index (pairs, Pair, i).p;
  ut_holm (p, pairs->len);
  for (guint i = 0; i < pairs->len; i++)
    g_array_index (pairs, Pair, i).holm = p[i];
}

/* Returns (transfer full) (element-type Pair): of the groups that are ranked. */
static GArray *
list_pairs (const UtComparison *comparison,
            gboolean            of_settings)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < ut_comparison_get_n_groups (comparison); i++)
    {
      const UtComparisonGroup *group = ut_comparison_get_group (comparison, i);

      if (!group->is_ranked)
        continue;
      if (of_settings)
        add_pairs (comparison, group->settings, group->n_settings, test_settings, pairs);
      else
        add_pairs (comparison, group->runs, group->n_runs, test_runs, pairs);
    }
  correct (pairs);

  return pairs;
}

static void
append_run_pair (GString            *json,
                 const UtComparison *comparison,
                 const Pair         *pair)
{
  UtAgreement agreement = ut_answers_compare (ut_comparison_get_answers (comparison, pair->first),
                                              ut_comparison_get_answers (comparison, pair->second));
  double n = (double) (agreement.n_both + agreement.n_first + agreement.n_second
                       + agreement.n_neither);
  g_autofree char *sentence = ut_comparison_describe_runs (comparison, pair->first, pair->second);

  append_comma (json);
  g_string_append_c (json, '{');
  append_text (json, "first", get_id (comparison, pair->first));
  append_text (json, "second", get_id (comparison, pair->second));
  append_number (json, "both", (double) agreement.n_both);
  append_number (json, "only_first", (double) agreement.n_first);
  append_number (json, "only_second", (double) agreement.n_second);
  append_number (json, "neither", (double) agreement.n_neither);
  append_number (json, "p", pair->p);
  append_number (json, "p_holm", pair->holm);
  append_number (json, "difference",
                 ((double) agreement.n_first - (double) agreement.n_second) / n);
  append_interval (json, ut_bootstrap_difference (&agreement));
  append_text (json, "sentence", sentence);
  g_string_append_c (json, '}');
}

static void
append_setting_pair (GString            *json,
                     const UtComparison *comparison,
                     const Pair         *pair)
{
  g_autofree char *sentence = ut_comparison_describe_settings (comparison, pair->first,
                                                               pair->second);
  UtTTest test;
  gboolean is_paired;

  ut_comparison_test_settings (comparison, pair->first, pair->second, &test, &is_paired);
  append_comma (json);
  g_string_append_c (json, '{');
  append_number (json, "first", pair->first);
  append_number (json, "second", pair->second);
  append_text (json, "test", is_paired ? "paired" : "welch");
  append_number (json, "t", test.t);
  append_number (json, "df", test.df);
  append_number (json, "p", pair->p);
  append_number (json, "p_holm", pair->holm);
  append_number (json, "difference", test.difference);
  append_interval (json, test.interval);
  append_text (json, "sentence", sentence);
  g_string_append_c (json, '}');
}

/* Differences */

static void
append_differences (GString            *json,
                    const UtComparison *comparison)
{
  guint n_runs = ut_comparison_get_n_runs (comparison);
  g_autofree UtConfig **configs = g_new (UtConfig *, n_runs);

  for (guint i = 0; i < n_runs; i++)
    configs[i] = ut_run_get_config (ut_comparison_get_run (comparison, i));

  g_autoptr (GPtrArray) differences = ut_differences_list (configs, n_runs);

  g_string_append (json, ",\"differences\":[");
  for (guint i = 0; i < differences->len; i++)
    {
      const UtDifference *difference = g_ptr_array_index (differences, i);

      append_comma (json);
      g_string_append_c (json, '{');
      append_text (json, "key", difference->key);
      append_text (json, "title", difference->title);
      g_string_append (json, ",\"values\":{");
      for (guint run = 0; run < n_runs; run++)
        if (difference->numbers != NULL)
          append_number (json, get_id (comparison, run), difference->numbers[run]);
        else
          append_text (json, get_id (comparison, run), difference->values[run]);
      g_string_append (json, "}}");
    }
  g_string_append_c (json, ']');
}

void
ut_cli_comparison_json_append (GString            *json,
                               const UtComparison *comparison,
                               char              **failures)
{
  g_autoptr (GArray) runs = list_pairs (comparison, FALSE);
  g_autoptr (GArray) settings = list_pairs (comparison, TRUE);

  g_string_append (json, "{\"groups\":[");
  for (guint i = 0; i < ut_comparison_get_n_groups (comparison); i++)
    append_group (json, comparison, i, failures);
  g_string_append (json, "],\"pairs\":[");
  for (guint i = 0; i < runs->len; i++)
    append_run_pair (json, comparison, &g_array_index (runs, Pair, i));
  g_string_append (json, "],\"setting_pairs\":[");
  for (guint i = 0; i < settings->len; i++)
    append_setting_pair (json, comparison, &g_array_index (settings, Pair, i));
  g_string_append_c (json, ']');
  append_differences (json, comparison);
  g_string_append_c (json, '}');
}
