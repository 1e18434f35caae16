/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-report-private.h"

#include "ut-html-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
append_paragraph (GString    *html,
                  const char *attributes,
                  const char *text)
{
  _ut_html_append_element (html, "p", attributes, text);
  g_string_append_c (html, '\n');
}

/* Runs */

static char *
dup_time (double seconds)
{
  if (!isfinite (seconds))
    return g_strdup ("–");

  guint64 whole = (guint64) llround (seconds);

  if (whole >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", whole / 3600,
                            (guint) (whole / 60 % 60), (guint) (whole % 60));
  return g_strdup_printf ("%u:%02u", (guint) (whole / 60), (guint) (whole % 60));
}

static void
append_run (GString            *html,
            const UtComparison *comparison,
            guint               index)
{
  UtRun *run = ut_comparison_get_run (comparison, index);
  UtConfig *config = ut_run_get_config (run);
  const UtRunFigures *figures = ut_comparison_get_figures (comparison, index);
  UtStanding standing = ut_comparison_get_standing (comparison, index);
  g_autofree char *epoch = figures->epoch >= 0 ? g_strdup_printf ("%d", figures->epoch)
                                               : g_strdup ("–");
  g_autofree char *time = dup_time (figures->seconds);
  g_autofree char *weights = figures->n_weights > 0
                             ? g_strdup_printf ("%'" G_GUINT64_FORMAT, figures->n_weights)
                             : g_strdup ("–");
  g_autofree char *seed = ut_run_get_n_members (run) > 0
                          ? g_strdup ("–")
                          : ut_setting_format (UT_SETTING_SEED,
                                               ut_config_get_number (config, UT_SETTING_SEED));

  g_string_append (html, standing == UT_STANDING_BEST ? "<tr class=\"best\">" : "<tr>");
  _ut_report_append_cell (html, ut_run_get_name (run), FALSE);
  _ut_report_append_cell (html, ut_run_get_n_members (run) > 0
                                ? C_("kind of run", "Ensemble")
                                : ut_cell_kind_get_title (ut_config_get_cell (config)), FALSE);
  _ut_report_append_cell (html, ut_standing_describe (standing), FALSE);
  _ut_report_append_number (html, figures->accuracy, 4);
  _ut_report_append_cell (html, epoch, TRUE);
  _ut_report_append_number (html, figures->loss, 4);
  _ut_report_append_number (html, figures->last, 4);
  _ut_report_append_number (html, figures->gap, 4);
  _ut_report_append_cell (html, time, TRUE);
  _ut_report_append_cell (html, weights, TRUE);
  _ut_report_append_cell (html, seed, TRUE);
  g_string_append (html, "</tr>\n");
}

static void
append_group (GString            *html,
              const UtComparison *comparison,
              guint               index)
{
  const UtComparisonGroup *group = ut_comparison_get_group (comparison, index);
  g_autofree char *warning = ut_comparison_dup_warning (comparison, index);
  const char *const heads[] = {
    C_("column", "Run"), C_("column", "Cell"), "", C_("column", "Best"), C_("column", "At epoch"),
    C_("column", "Loss"), C_("column", "Last"), C_("column", "Gap"), C_("column", "Time"),
    C_("column", "Weights"), C_("column", "Seed"), NULL,
  };

  _ut_html_append_element (html, "h3", "dir=\"auto\"", group->title);
  g_string_append_c (html, '\n');
  _ut_report_begin_table (html, heads, 3);
  for (guint i = 0; i < group->n_runs; i++)
    append_run (html, comparison, group->runs[i]);
  _ut_report_end_table (html);
  if (warning != NULL)
    append_paragraph (html, NULL, warning);
}

static void
append_seeds (GString            *html,
              const UtComparison *comparison)
{
  const char *const heads[] = {
    C_("column", "Setting"), C_("column", "Mean"), C_("column", "Deviation"),
    C_("column", "Seeds"), NULL,
  };
  gboolean begun = FALSE;

  for (guint i = 0; i < ut_comparison_get_n_settings (comparison); i++)
    {
      const UtComparisonSetting *setting = ut_comparison_get_setting (comparison, i);
      g_autofree char *n = g_strdup_printf ("%" G_GSIZE_FORMAT, setting->accuracy.n);

      if (setting->accuracy.n < 2)
        continue;
      if (!begun)
        {
          _ut_html_append_element (html, "h3", NULL, _("Over the seeds"));
          g_string_append_c (html, '\n');
          _ut_report_begin_table (html, heads, 1);
          begun = TRUE;
        }
      g_string_append (html, "<tr>");
      _ut_report_append_cell (html, setting->name, FALSE);
      _ut_report_append_number (html, setting->accuracy.mean, 4);
      _ut_report_append_number (html, setting->accuracy.deviation, 4);
      _ut_report_append_cell (html, n, TRUE);
      g_string_append (html, "</tr>\n");
    }
  if (begun)
    _ut_report_end_table (html);
}

static void
append_tested (GString            *html,
               const UtComparison *comparison)
{
  for (guint i = 0; i < ut_comparison_get_n_runs (comparison); i++)
    {
      UtRun *run = ut_comparison_get_run (comparison, i);
      const UtEvaluation *test = ut_run_get_test (run, NULL);

      if (test == NULL)
        continue;

      /* Translators: a run, an accuracy from 0 to 1, a number of rows. */
      g_autofree char *text = g_strdup_printf (_("%s reached %.4f on the %'zu test rows."),
                                               ut_run_get_name (run), test->accuracy,
                                               test->n_examples);

      append_paragraph (html, "dir=\"auto\"", text);
    }
}

static void
append_words (GString            *html,
              const UtComparison *comparison)
{
  for (guint i = 0; i < ut_comparison_get_n_runs (comparison); i++)
    {
      UtRun *run = ut_comparison_get_run (comparison, i);
      guint8 label = 0;
      gsize n_epochs = 0;
      const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
      double majority = ut_run_get_majority (run, &label);
      g_autofree char *verdict = ut_verdict_new (epochs, n_epochs, majority, label,
                                                 !ut_run_is_active (run),
                                                 ut_config_is_as_coded (ut_run_get_config (run)));
      const char *const *tags = ut_run_get_tags (run);
      const char *note = ut_run_get_note (run);

      if (*verdict == '\0' && note == NULL && (tags == NULL || *tags == NULL))
        continue;

      g_string_append (html, "<p dir=\"auto\">");
      _ut_html_append_element (html, "strong", NULL, ut_run_get_name (run));
      for (guint j = 0; tags != NULL && tags[j] != NULL; j++)
        {
          g_string_append (html, " <span class=\"dim\">#");
          _ut_html_append_text (html, tags[j]);
          g_string_append (html, "</span>");
        }
      g_string_append_c (html, ' ');
      _ut_html_append_text (html, verdict);
      g_string_append (html, "</p>\n");
      if (note != NULL)
        append_paragraph (html, "class=\"note dim\" dir=\"auto\"", note);
    }
}

void
_ut_report_append_runs (GString             *html,
                        const UtReportFacts *facts)
{
  _ut_html_append_element (html, "h2", NULL, _("Runs"));
  g_string_append_c (html, '\n');
  for (guint i = 0; i < ut_comparison_get_n_groups (facts->comparison); i++)
    append_group (html, facts->comparison, i);
  append_seeds (html, facts->comparison);
  append_tested (html, facts->comparison);
  append_words (html, facts->comparison);
}

/* Tests */

/* The best one of the group against each of the others: other pairs are of less interest, and each
 * further test finds more by chance. */
static guint
append_group_tests (GString                 *html,
                    const UtComparison      *comparison,
                    const UtComparisonGroup *group)
{
  guint n_tests = 0;

  if (!group->is_ranked || group->n_checked < 2
      || ut_comparison_get_answers (comparison, group->runs[0]) == NULL)
    return 0;
  for (guint i = 1; i < group->n_checked; i++)
    if (ut_comparison_get_answers (comparison, group->runs[i]) != NULL)
      {
        g_autofree char *text
            = ut_comparison_describe_runs (comparison, group->runs[0], group->runs[i]);

        _ut_html_append_element (html, "li", "dir=\"auto\"", text);
        g_string_append_c (html, '\n');
        n_tests++;
      }
  return n_tests;
}

static guint
append_setting_tests (GString                 *html,
                      const UtComparison      *comparison,
                      const UtComparisonGroup *group)
{
  guint n_tests = 0;
  UtTTest test;
  gboolean is_paired;

  for (guint i = 1; i < group->n_settings && group->is_ranked; i++)
    if (ut_comparison_test_settings (comparison, group->settings[0], group->settings[i], &test,
                                     &is_paired))
      {
        g_autofree char *text
            = ut_comparison_describe_settings (comparison, group->settings[0], group->settings[i]);

        _ut_html_append_element (html, "li", "dir=\"auto\"", text);
        g_string_append_c (html, '\n');
        n_tests++;
      }
  return n_tests;
}

void
_ut_report_append_tests (GString             *html,
                         const UtReportFacts *facts)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n_tests = 0;

  for (guint i = 0; i < ut_comparison_get_n_groups (facts->comparison); i++)
    {
      const UtComparisonGroup *group = ut_comparison_get_group (facts->comparison, i);

      n_tests += append_group_tests (list, facts->comparison, group);
      n_tests += append_setting_tests (list, facts->comparison, group);
    }
  if (n_tests == 0)
    return;

  g_autofree char *note = ut_comparison_dup_pairs_note (n_tests);

  _ut_html_append_element (html, "h2", NULL, _("Is the difference real?"));
  g_string_append_printf (html, "\n<ul>\n%s</ul>\n", list->str);
  if (note != NULL)
    append_paragraph (html, "class=\"dim\"", note);
}

/* Settings */

static GPtrArray *
list_configs (const UtComparison *comparison)
{
  GPtrArray *configs = g_ptr_array_new ();

  for (guint i = 0; i < ut_comparison_get_n_runs (comparison); i++)
    g_ptr_array_add (configs, ut_run_get_config (ut_comparison_get_run (comparison, i)));
  return configs;
}

static void
append_differences (GString            *html,
                    const UtComparison *comparison,
                    GPtrArray          *differences)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();

  g_ptr_array_add (heads, (gpointer) C_("column", "Run"));
  for (guint i = 0; i < differences->len; i++)
    g_ptr_array_add (heads, ((UtDifference *) differences->pdata[i])->title);
  g_ptr_array_add (heads, NULL);
  _ut_report_begin_table (html, (const char *const *) heads->pdata, G_MAXUINT);
  for (guint i = 0; i < ut_comparison_get_n_runs (comparison); i++)
    {
      g_string_append (html, "<tr>");
      _ut_report_append_cell (html, ut_run_get_name (ut_comparison_get_run (comparison, i)), FALSE);
      for (guint j = 0; j < differences->len; j++)
        _ut_report_append_cell (html, ((UtDifference *) differences->pdata[j])->values[i], FALSE);
      g_string_append (html, "</tr>\n");
    }
  _ut_report_end_table (html);
}

static gboolean
differs (GPtrArray  *differences,
         const char *key)
{
  for (guint i = 0; i < differences->len; i++)
    if (g_str_equal (((UtDifference *) differences->pdata[i])->key, key))
      return TRUE;
  return FALSE;
}

static void
append_common (GString        *html,
               const UtConfig *config,
               GPtrArray      *differences)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < UT_N_SETTINGS; i++)
    {
      const UtSettingInfo *info = ut_setting_get_info ((UtSetting) i);
      double value = ut_config_get_number (config, (UtSetting) i);

      if (!info->recorded || differs (differences, info->key))
        continue;

      g_autofree char *described = ut_setting_describe ((UtSetting) i, value);

      g_string_append (text, text->len > 0 ? "; " : "");
      /* Translators: the name of a setting and its value. */
      g_string_append_printf (text, _("%s: %s"), ut_setting_get_title ((UtSetting) i), described);
    }
  append_paragraph (html, "class=\"dim\"", text->str);
}

void
_ut_report_append_settings (GString             *html,
                            const UtReportFacts *facts)
{
  g_autoptr (GPtrArray) configs = list_configs (facts->comparison);
  g_autoptr (GPtrArray) differences
      = ut_differences_list ((UtConfig *const *) configs->pdata, configs->len);

  _ut_html_append_element (html, "h2", NULL, _("Settings"));
  g_string_append_c (html, '\n');
  if (differences->len > 0)
    append_differences (html, facts->comparison, differences);
  if (configs->len > 1)
    _ut_html_append_element (html, "h3", NULL, _("The same in all"));
  append_common (html, configs->pdata[0], differences);
}

/* Sources */

static void
append_hash (GString    *html,
             const char *title,
             const char *hash)
{
  if (hash == NULL)
    return;
  g_string_append (html, "<br>");
  _ut_html_append_text (html, title);
  g_string_append_c (html, ' ');
  _ut_html_append_element (html, "span", "class=\"hash\"", hash);
}

static gboolean
is_same_source (UtRun *a,
                UtRun *b)
{
  UtDataFacts first = ut_run_get_data_facts (a);
  UtDataFacts second = ut_run_get_data_facts (b);
  g_autofree char *title = ut_config_dup_data_title (ut_run_get_config (a));
  g_autofree char *other_title = ut_config_dup_data_title (ut_run_get_config (b));

  return g_str_equal (title, other_title)
         && first.train_rows == second.train_rows && first.dev_rows == second.dev_rows
         && g_strcmp0 (first.train_hash, second.train_hash) == 0
         && g_strcmp0 (first.dev_hash, second.dev_hash) == 0
         && g_strcmp0 (first.vectors_hash, second.vectors_hash) == 0;
}

/* What run @index has in common with those that follow it; nothing if it is told already. */
static void
append_source (GString            *html,
               const UtComparison *comparison,
               guint               index)
{
  guint n_runs = ut_comparison_get_n_runs (comparison);
  UtRun *run = ut_comparison_get_run (comparison, index);
  UtDataFacts data = ut_run_get_data_facts (run);
  g_autofree char *title = ut_config_dup_data_title (ut_run_get_config (run));

  for (guint i = 0; i < index; i++)
    if (is_same_source (ut_comparison_get_run (comparison, i), run))
      return;

  g_string_append (html, "<p dir=\"auto\">");
  _ut_html_append_element (html, "strong", NULL, title);
  if (data.train_rows > 0)
    {
      g_autofree char *rows = g_strdup_printf (_("%'zu rows to train, %'zu to validate"),
                                               data.train_rows, data.dev_rows);

      g_string_append (html, ", ");
      _ut_html_append_text (html, rows);
    }
  append_hash (html, C_("rows", "train"), data.train_hash);
  append_hash (html, C_("rows", "dev"), data.dev_hash);
  append_hash (html, C_("rows", "vectors"), data.vectors_hash);
  for (guint i = index; i < n_runs; i++)
    {
      UtRun *other = ut_comparison_get_run (comparison, i);

      if (is_same_source (run, other))
        append_hash (html, ut_run_get_name (other), ut_run_get_id (other));
    }
  g_string_append (html, "</p>\n");
}

static void
append_versions (GString            *html,
                 const UtComparison *comparison)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new ();

  for (guint i = 0; i < ut_comparison_get_n_runs (comparison); i++)
    {
      const char *version = ut_run_get_version (ut_comparison_get_run (comparison, i));

      if (version == NULL || g_ptr_array_find_with_equal_func (versions, version, g_str_equal, NULL))
        continue;

      g_autofree char *text = g_strdup_printf (_("Trained by Undertone %s."), version);

      g_ptr_array_add (versions, (gpointer) version);
      append_paragraph (html, NULL, text);
    }
}

void
_ut_report_append_sources (GString             *html,
                           const UtReportFacts *facts)
{
  guint n_runs = ut_comparison_get_n_runs (facts->comparison);

  _ut_html_append_element (html, "h2", NULL, _("What they were made of"));
  g_string_append_c (html, '\n');
  for (guint i = 0; i < n_runs; i++)
    append_source (html, facts->comparison, i);
  append_versions (html, facts->comparison);
  for (guint i = 0; i < n_runs; i++)
    {
      const char *trouble = g_ptr_array_index (facts->troubles, i);
      const char *name = ut_run_get_name (ut_comparison_get_run (facts->comparison, i));
      g_autofree char *text = trouble != NULL ? g_strdup_printf ("%s: %s", name, trouble) : NULL;

      if (text != NULL)
        append_paragraph (html, "dir=\"auto\"", text);
    }
  append_paragraph (html, "class=\"dim\"",
                    _("The hashes are SHA-256 of the rows’ labels and words, and of the file of "
                       "word vectors."));
}
