/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-report-private.h"

#include "ut-html-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* So many rows of each kind are shown, and so many runs have a column of their own there. */
#define MAX_ROWS 20
#define MAX_RUNS 6

static const char *
get_label (guint8 label)
{
  return label != 0 ? C_("label", "positive") : C_("label", "negative");
}

/* Confusion */

typedef struct
{
  gsize counts[2][2]; /* by label and answer */
  gsize neither;      /* answered with what is no label */
} Confusion;

static Confusion
count_confusion (const UtAnswers *answers)
{
  Confusion result = { 0 };

  for (gsize row = 0; row < ut_answers_get_n_rows (answers); row++)
    {
      double logit = ut_answers_get_logit (answers, row);
      guint label = ut_answers_get_label (answers, row) != 0 ? 1 : 0;

      if (!ut_answers_has_probabilities (answers) && logit == 0)
        result.neither++;
      else
        result.counts[label][logit > 0 ? 1 : 0]++;
    }
  return result;
}

static void
append_count (GString *html,
              gsize    count)
{
  g_autofree char *text = g_strdup_printf ("%'zu", count);

  _ut_report_append_cell (html, text, TRUE);
}

void
_ut_report_append_confusion (GString             *html,
                             const UtReportFacts *facts)
{
  const char *const heads[] = {
    C_("column", "Run"), _("Positive, answered positive"), _("Positive, answered negative"),
    _("Negative, answered negative"), _("Negative, answered positive"), _("Neither"), NULL,
  };
  gboolean begun = FALSE;

  for (guint i = 0; i < ut_comparison_get_n_runs (facts->comparison); i++)
    {
      const UtAnswers *answers = ut_comparison_get_answers (facts->comparison, i);

      if (answers == NULL)
        continue;
      if (!begun)
        {
          _ut_html_append_element (html, "h2", NULL, _("Confusion"));
          g_string_append_c (html, '\n');
          _ut_report_begin_table (html, heads, 1);
          begun = TRUE;
        }

      Confusion confusion = count_confusion (answers);

      g_string_append (html, "<tr>");
      _ut_report_append_cell (html, ut_run_get_name (ut_comparison_get_run (facts->comparison, i)),
                              FALSE);
      append_count (html, confusion.counts[1][1]);
      append_count (html, confusion.counts[1][0]);
      append_count (html, confusion.counts[0][0]);
      append_count (html, confusion.counts[0][1]);
      append_count (html, confusion.neither);
      g_string_append (html, "</tr>\n");
    }
  if (begun)
    _ut_report_end_table (html);
}

/* Rows */

/* Runs on the same rows, whose answers are known as probabilities. */
typedef struct
{
  const UtComparison *comparison;
  GArray             *runs; /* (owned) (element-type guint) */
} Panel;

/* A row, and by how much it is worth a look. */
typedef struct
{
  gsize  row;
  double weight;
} Pick;

static const UtAnswers *
get_answers (const Panel *panel,
             guint        index)
{
  return ut_comparison_get_answers (panel->comparison, g_array_index (panel->runs, guint, index));
}

static GArray *
list_runs (const UtComparison      *comparison,
           const UtComparisonGroup *group)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < group->n_runs && group->development != NULL; i++)
    {
      const UtAnswers *answers = ut_comparison_get_answers (comparison, group->runs[i]);

      if (answers != NULL && ut_answers_has_probabilities (answers))
        g_array_append_val (runs, group->runs[i]);
    }
  return runs;
}

/* How hard a row is: the mean loss. */
static double
weigh_hardness (const Panel *panel,
                gsize        row)
{
  double sum = 0;

  for (guint i = 0; i < panel->runs->len; i++)
    sum += ut_answers_get_loss (get_answers (panel, i), row);
  return sum / panel->runs->len;
}

/* How much the runs disagree, where some are right and some are wrong: the range of their
 * probabilities. */
static double
weigh_disagreement (const Panel *panel,
                    gsize        row)
{
  double low = INFINITY, high = -INFINITY;
  guint n_right = 0;

  for (guint i = 0; i < panel->runs->len; i++)
    {
      const UtAnswers *answers = get_answers (panel, i);
      double probability = ut_answers_get_probability (answers, row);

      low = fmin (low, probability);
      high = fmax (high, probability);
      n_right += ut_answers_is_right (answers, row) ? 1 : 0;
    }
  return n_right > 0 && n_right < panel->runs->len ? high - low : NAN;
}

/* The heaviest first, of equal ones the earlier. */
static int
compare_picks (gconstpointer a,
               gconstpointer b)
{
  const Pick *first = a;
  const Pick *second = b;

  if (first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;
  return first->row < second->row ? -1 : first->row > second->row;
}

static GArray *
pick_rows (const Panel *panel,
           double     (*weigh) (const Panel *, gsize))
{
  GArray *picks = g_array_new (FALSE, FALSE, sizeof (Pick));
  gsize n_rows = ut_answers_get_n_rows (get_answers (panel, 0));

  for (gsize row = 0; row < n_rows; row++)
    {
      Pick pick = { row, weigh (panel, row) };

      if (!isnan (pick.weight))
        g_array_append_val (picks, pick);
    }
  g_array_sort (picks, compare_picks);
  return picks;
}

static void
append_row (GString     *html,
            const Panel *panel,
            gsize        row)
{
  const UtAnswers *first = get_answers (panel, 0);
  g_autofree char *text = ut_answers_dup_text (first, row);
  guint n_right = 0;

  g_string_append (html, "<tr>");
  _ut_html_append_element (html, "td", "class=\"text\" dir=\"auto\"", text);
  _ut_report_append_cell (html, get_label (ut_answers_get_label (first, row)), FALSE);
  for (guint i = 0; i < panel->runs->len; i++)
    {
      const UtAnswers *answers = get_answers (panel, i);

      n_right += ut_answers_is_right (answers, row) ? 1 : 0;
      if (panel->runs->len <= MAX_RUNS)
        _ut_report_append_number (html, ut_answers_get_probability (answers, row), 3);
    }
  if (panel->runs->len > 1)
    {
      g_autofree char *right = g_strdup_printf ("%u/%u", n_right, panel->runs->len);

      _ut_report_append_cell (html, right, TRUE);
    }
  g_string_append (html, "</tr>\n");
}

static void
append_picks (GString     *html,
              const Panel *panel,
              const char  *title,
              GArray      *picks)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();

  if (picks->len == 0)
    return;
  g_ptr_array_add (heads, (gpointer) C_("column", "Sentence"));
  g_ptr_array_add (heads, (gpointer) C_("column", "Label"));
  for (guint i = 0; i < panel->runs->len && panel->runs->len <= MAX_RUNS; i++)
    g_ptr_array_add (heads, (gpointer) ut_run_get_name (ut_comparison_get_run (
                                panel->comparison, g_array_index (panel->runs, guint, i))));
  if (panel->runs->len > 1)
    g_ptr_array_add (heads, (gpointer) C_("column", "Right"));
  g_ptr_array_add (heads, NULL);

  _ut_html_append_element (html, "h3", "dir=\"auto\"", title);
  g_string_append_c (html, '\n');
  _ut_report_begin_table (html, (const char *const *) heads->pdata, 2);
  for (guint i = 0; i < MIN (picks->len, MAX_ROWS); i++)
    append_row (html, panel, g_array_index (picks, Pick, i).row);
  _ut_report_end_table (html);
}

void
_ut_report_append_rows (GString             *html,
                        const UtReportFacts *facts)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < ut_comparison_get_n_groups (facts->comparison); i++)
    {
      const UtComparisonGroup *group = ut_comparison_get_group (facts->comparison, i);
      g_autoptr (GArray) runs = list_runs (facts->comparison, group);
      Panel panel = { facts->comparison, runs };

      if (runs->len == 0)
        continue;
      if (!begun)
        {
          _ut_html_append_element (html, "h2", NULL, _("Rows"));
          g_string_append_c (html, '\n');
          _ut_html_append_element (html, "p", "class=\"dim\"",
                                   _("The numbers are the probabilities that the models give to "
                                      "“positive”."));
          g_string_append_c (html, '\n');
          begun = TRUE;
        }

      g_autoptr (GArray) hardest = pick_rows (&panel, weigh_hardness);
      g_autoptr (GArray) disputed = pick_rows (&panel, weigh_disagreement);
      /* Translators: the title of a data set. */
      g_autofree char *hard_title = g_strdup_printf (_("Hardest rows of %s"), group->title);
      g_autofree char *disputed_title = NULL;

      append_picks (html, &panel, hard_title, hardest);
      disputed_title = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "Runs disagree on %u row of %s",
                       "Runs disagree on %u rows of %s", disputed->len), disputed->len, group->title);
      append_picks (html, &panel, disputed_title, disputed);
    }
}
