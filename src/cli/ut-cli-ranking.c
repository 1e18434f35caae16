/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-ranking.h"

#include "ut-cli-table.h"
#include "ut-cli-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define FIGURE_WIDTH 9
/* The cell, and the figures behind the settings. */
#define N_FIXED_COLUMNS 5

typedef struct
{
  UtConfig *config; /* (not owned): the first one of the setting */
  guint n_runs;
  double mean;
  double deviation; /* of a sample; NaN for one run */
  double best;
} UtCliRank;

struct UtCliRanking
{
  UtCliGrid *grid; /* (not owned) */
  GArray *ranks;   /* (owned) (element-type UtCliRank) */
};

/* In two passes, for accuracies that hardly differ. */
static gboolean
measure (const double *accuracies,
         gsize         n_accuracies,
         UtCliRank    *rank)
{
  double sum = 0;
  double squares = 0;

  rank->best = -INFINITY;
  for (gsize i = 0; i < n_accuracies; i++)
    if (isfinite (accuracies[i]))
      {
        rank->n_runs++;
        rank->best = MAX (rank->best, accuracies[i]);
        sum += accuracies[i];
      }
  if (rank->n_runs == 0)
    return FALSE;

  rank->mean = sum / rank->n_runs;
  for (gsize i = 0; i < n_accuracies; i++)
    if (isfinite (accuracies[i]))
      squares += (accuracies[i] - rank->mean) * (accuracies[i] - rank->mean);
  rank->deviation = rank->n_runs > 1 ? sqrt (squares / (rank->n_runs - 1)) : NAN;
  return TRUE;
}

/* Of equal means the earlier setting is the first: g_array_sort() is stable. */
static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  double first = ((const UtCliRank *) a)->mean;
  double second = ((const UtCliRank *) b)->mean;

  return first > second ? -1 : first < second;
}

UtCliRanking *
ut_cli_ranking_new (UtCliGrid    *grid,
                    const double *accuracies,
                    gsize         n_accuracies)
{
  UtCliRanking *self = g_new0 (UtCliRanking, 1);
  GPtrArray *configs = ut_cli_grid_get_configs (grid);
  gsize n_seeds = ut_cli_grid_get_n_seeds (grid);

  self->grid = grid;
  self->ranks = g_array_new (FALSE, FALSE, sizeof (UtCliRank));
  for (gsize i = 0; i < n_accuracies; i += n_seeds)
    {
      UtCliRank rank = { .config = g_ptr_array_index (configs, i) };

      if (measure (accuracies + i, MIN (n_seeds, n_accuracies - i), &rank))
        g_array_append_val (self->ranks, rank);
    }
  g_array_sort (self->ranks, compare_ranks);
  return self;
}

void
ut_cli_ranking_free (UtCliRanking *self)
{
  g_array_unref (self->ranks);
  g_free (self);
}

static void
print_rank (UtCliRanking    *self,
            const UtCliRank *rank,
            UtCliTable      *table)
{
  gsize n_axes = ut_cli_grid_get_n_axes (self->grid);
  g_auto (GStrv) texts = g_new0 (char *, n_axes + N_FIXED_COLUMNS + 1);
  char **figures = texts + 1 + n_axes;

  texts[0] = g_strdup (ut_cell_kind_get_title (ut_config_get_cell (rank->config)));
  for (gsize i = 0; i < n_axes; i++)
    texts[1 + i] = ut_cli_grid_dup_value (self->grid, i, rank->config);
  figures[0] = g_strdup_printf ("%u", rank->n_runs);
  figures[1] = ut_cli_text_dup_number (rank->mean, 4);
  figures[2] = ut_cli_text_dup_number (rank->deviation, 4);
  figures[3] = ut_cli_text_dup_number (rank->best, 4);
  ut_cli_table_print_row (table, (const char * const *) texts, NULL);
}

void
ut_cli_ranking_print (UtCliRanking *self,
                      UtCliOutput  *output)
{
  gsize n_axes = ut_cli_grid_get_n_axes (self->grid);
  g_autofree UtCliColumn *columns = g_new0 (UtCliColumn, n_axes + N_FIXED_COLUMNS);
  UtCliColumn *figures = columns + 1 + n_axes;

  if (self->ranks->len == 0)
    return;

  columns[0] = (UtCliColumn) { _("Cell"), 4, TRUE };
  for (gsize i = 0; i < n_axes; i++)
    columns[1 + i] = (UtCliColumn) { ut_cli_grid_get_option (self->grid, i), FIGURE_WIDTH, FALSE };
  figures[0] = (UtCliColumn) { _("Runs"), 4, FALSE };
  figures[1] = (UtCliColumn) { _("Mean accuracy"), FIGURE_WIDTH, FALSE };
  figures[2] = (UtCliColumn) { _("Deviation"), FIGURE_WIDTH, FALSE };
  figures[3] = (UtCliColumn) { _("Best"), FIGURE_WIDTH, FALSE };

  g_autoptr (UtCliTable) table = ut_cli_table_new (output, columns, n_axes + N_FIXED_COLUMNS);

  ut_cli_output_print (output, "\n");
  ut_cli_table_print_titles (table);
  for (guint i = 0; i < self->ranks->len; i++)
    print_rank (self, &g_array_index (self->ranks, UtCliRank, i), table);
}

static void
append_number (GString    *json,
               const char *key,
               double      value)
{
  g_string_append_printf (json, ",\"%s\":", key);
  ut_json_append_number (json, value);
}

void
ut_cli_ranking_write_json (UtCliRanking *self,
                           UtCliOutput  *output)
{
  g_autoptr (GString) json = g_string_new ("{\"event\":\"ranking\",\"settings\":[");

  for (guint i = 0; i < self->ranks->len; i++)
    {
      const UtCliRank *rank = &g_array_index (self->ranks, UtCliRank, i);

      g_string_append (json, i > 0 ? ",{" : "{");
      ut_cli_grid_append_json (self->grid, rank->config, json);
      g_string_append_printf (json, ",\"runs\":%u", rank->n_runs);
      append_number (json, "mean", rank->mean);
      append_number (json, "deviation", rank->deviation);
      append_number (json, "best", rank->best);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}\n");
  ut_cli_output_write (output, json->str, json->len);
}
