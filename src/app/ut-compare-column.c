/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-column.h"

#include "ut-run-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* For a number that is not known. */
#define DASH "–"
/* Of a setting, before there is only said how many there are. */
#define MAX_SEEDS 6

typedef struct
{
  const char *id;
  const char *title;          /* to be translated */
  const char *sample;         /* what its cells have room for */
  const char *setting_sample; /* (nullable): likewise, where rows are settings */
  GtkSortType direction;
  gboolean is_number;
  gboolean is_narrow;
} Column;

static const Column columns[UT_N_COMPARE_COLUMNS] = {
  [UT_COLUMN_NAME] = { "name", NC_("column", "Name"), "LSTM 1000", "LSTM, hidden size 64",
                       GTK_SORT_ASCENDING, FALSE, TRUE },
  [UT_COLUMN_DATA] = { "data", NC_("column", "Data"), "Sample re", NULL,
                       GTK_SORT_ASCENDING, FALSE, FALSE },
  [UT_COLUMN_CELL] = { "cell", NC_("column", "Cell"), "Bag of words", NULL,
                       GTK_SORT_ASCENDING, FALSE, FALSE },
  [UT_COLUMN_BEST] = { "best", NC_("column", "Best"), "0.000", "0.000 ± 0.000",
                       GTK_SORT_DESCENDING, TRUE, TRUE },
  [UT_COLUMN_EPOCH] = { "epoch", NC_("column", "At epoch"), "1000", "10–16",
                        GTK_SORT_ASCENDING, TRUE, FALSE },
  [UT_COLUMN_LAST] = { "last", NC_("column", "Last"), "0.000", NULL,
                       GTK_SORT_DESCENDING, TRUE, FALSE },
  [UT_COLUMN_GAP] = { "gap", NC_("column", "Gap"), "−0.000", NULL,
                      GTK_SORT_ASCENDING, TRUE, FALSE },
  [UT_COLUMN_TIME] = { "time", NC_("column", "Time"), "0:00:00", NULL,
                       GTK_SORT_ASCENDING, TRUE, TRUE },
  [UT_COLUMN_SPEED] = { "speed", NC_("column", "Steps/s"), "0,000.0", NULL,
                        GTK_SORT_DESCENDING, TRUE, FALSE },
  [UT_COLUMN_WEIGHTS] = { "weights", NC_("column", "Weights"), "0,000,000", NULL,
                          GTK_SORT_ASCENDING, TRUE, FALSE },
  [UT_COLUMN_SEED] = { "seed", NC_("column", "Seed"), "1000", "1, 2, 3, 4",
                       GTK_SORT_ASCENDING, TRUE, FALSE },
  [UT_COLUMN_N] = { "n", NC_("column", "n"), "00", NULL, GTK_SORT_DESCENDING, TRUE, FALSE },
  [UT_COLUMN_TAGS] = { "tags", NC_("column", "Tags"), "glove, slow, x", NULL,
                       GTK_SORT_ASCENDING, FALSE, FALSE },
  [UT_COLUMN_COURSE] = { "course", NC_("column", "Course"), NULL, NULL,
                         GTK_SORT_ASCENDING, FALSE, FALSE },
};

const char *
ut_compare_column_get_id (UtCompareColumn column)
{
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, NULL);

  return columns[column].id;
}

gboolean
ut_compare_column_from_id (const char      *id,
                           UtCompareColumn *column)
{
  g_return_val_if_fail (id != NULL && column != NULL, FALSE);

  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    if (g_str_equal (id, columns[i].id))
      {
        *column = i;
        return TRUE;
      }

  return FALSE;
}

const char *
ut_compare_column_get_title (UtCompareColumn column)
{
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, NULL);

  return g_dpgettext2 (NULL, "column", columns[column].title);
}

gboolean
ut_compare_column_is_number (UtCompareColumn column)
{
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, FALSE);

  return columns[column].is_number;
}

gboolean
ut_compare_column_expands (UtCompareColumn column)
{
  return column == UT_COLUMN_NAME || column == UT_COLUMN_DATA;
}

gboolean
ut_compare_column_is_narrow (UtCompareColumn column)
{
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, FALSE);

  return columns[column].is_narrow;
}

gboolean
ut_compare_column_can_sort (UtCompareColumn column)
{
  return column != UT_COLUMN_COURSE;
}

GtkSortType
ut_compare_column_get_direction (UtCompareColumn column)
{
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, GTK_SORT_ASCENDING);

  return columns[column].direction;
}

const char *
ut_compare_column_get_sample (UtCompareColumn column,
                              gboolean        per_setting,
                              gboolean        with_baseline)
{
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, NULL);

  if (with_baseline
      && (column == UT_COLUMN_BEST || column == UT_COLUMN_LAST || column == UT_COLUMN_GAP))
    return "0.000 (+0.000)";

  return per_setting && columns[column].setting_sample != NULL ? columns[column].setting_sample
                                                               : columns[column].sample;
}

static UtConfig *
get_config (UtCompareItem *item)
{
  return ut_run_get_config (ut_compare_item_get_run (item));
}

/* NaN where it is not known, or is no number. */
static double
get_number (UtCompareColumn  column,
            UtCompareItem   *item)
{
  const UtCompareFacts *facts = ut_compare_item_get_facts (item);

  switch (column)
    {
    case UT_COLUMN_BEST:
      return facts->accuracy.mean;
    case UT_COLUMN_EPOCH:
      return facts->first_epoch >= 0 ? (facts->first_epoch + facts->last_epoch) / 2.0 : NAN;
    case UT_COLUMN_LAST:
      return facts->last;
    case UT_COLUMN_GAP:
      return facts->gap;
    case UT_COLUMN_TIME:
      return facts->seconds;
    case UT_COLUMN_SPEED:
      return facts->steps_per_second;
    case UT_COLUMN_WEIGHTS:
      return facts->n_weights > 0 ? (double) facts->n_weights : NAN;
    case UT_COLUMN_SEED:
      return ut_config_get_number (get_config (item), UT_SETTING_SEED);
    case UT_COLUMN_N:
      return (double) facts->accuracy.n;
    case UT_COLUMN_NAME:
    case UT_COLUMN_DATA:
    case UT_COLUMN_CELL:
    case UT_COLUMN_TAGS:
    case UT_COLUMN_COURSE:
    default:
      return NAN;
    }
}

/* The minus sign is as wide as the plus sign, and read as one. */
static char *
dup_signed (double      value,
            const char *zero)
{
  g_autofree char *text = g_strdup_printf ("%.3f", fabs (value));
  g_autofree char *nothing = g_strdup_printf ("%.3f", 0.0);

  if (g_str_equal (text, nothing))
    return g_strdup (zero);

  return g_strconcat (value < 0 ? "−" : "+", text, NULL);
}

static char *
dup_share (UtCompareColumn  column,
           UtCompareItem   *item,
           UtCompareItem   *baseline)
{
  const UtCompareFacts *facts = ut_compare_item_get_facts (item);
  double value = get_number (column, item);
  g_autofree char *text = NULL;

  if (isnan (value))
    return g_strdup (DASH);

  if (column == UT_COLUMN_GAP)
    text = value < 0 ? dup_signed (value, "0.000") : g_strdup_printf ("%.3f", value);
  else
    text = g_strdup_printf ("%.3f", value);

  if (baseline != NULL && facts->is_ranked
      && ut_compare_item_get_facts (baseline)->group == facts->group
      && !isnan (get_number (column, baseline)))
    {
      g_autofree char *difference = dup_signed (value - get_number (column, baseline), "=");

      return g_strdup_printf ("%s (%s)", text, difference);
    }
  if (column == UT_COLUMN_BEST && !isnan (facts->accuracy.deviation))
    return g_strdup_printf ("%s ± %.3f", text, facts->accuracy.deviation);

  return g_steal_pointer (&text);
}

static char *
dup_epoch (UtCompareItem *item)
{
  const UtCompareFacts *facts = ut_compare_item_get_facts (item);

  if (facts->first_epoch < 0)
    return g_strdup (DASH);
  if (facts->first_epoch == facts->last_epoch)
    return g_strdup_printf ("%'d", facts->first_epoch);

  return g_strdup_printf ("%'d–%'d", facts->first_epoch, facts->last_epoch);
}

static char *
dup_seeds (UtCompareItem *item)
{
  GPtrArray *runs = ut_compare_item_get_runs (item);
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      gint64 seed = ut_config_get_int (ut_run_get_config (g_ptr_array_index (runs, i)),
                                       UT_SETTING_SEED);
      guint place = 0;

      while (place < seeds->len && g_array_index (seeds, gint64, place) < seed)
        place++;
      if (place == seeds->len || g_array_index (seeds, gint64, place) != seed)
        g_array_insert_val (seeds, place, seed);
    }

  for (guint i = 0; i < MIN (seeds->len, MAX_SEEDS); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            g_array_index (seeds, gint64, i));
  if (seeds->len > MAX_SEEDS)
    g_string_append (text, " …");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Those of all its runs, each of them once. */
static char *
dup_tags (UtCompareItem *item)
{
  GPtrArray *runs = ut_compare_item_get_runs (item);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      const char * const *tags = ut_run_get_tags (g_ptr_array_index (runs, i));

      for (guint k = 0; tags != NULL && tags[k] != NULL; k++)
        if (!g_ptr_array_find_with_equal_func (all, tags[k], g_str_equal, NULL))
          g_ptr_array_add (all, (gpointer) tags[k]);
    }
  g_ptr_array_add (all, NULL);

  return g_strjoinv (", ", (char **) all->pdata);
}

/* What a drawn course is in words. */
static char *
dup_course (UtCompareItem *item)
{
  gsize n_epochs;

  ut_run_get_epochs (ut_compare_item_get_run (item), &n_epochs);

  return g_strdup_printf (ngettext ("%'u epoch", "%'u epochs", n_epochs), (guint) n_epochs);
}

static char *
dup_number (double value,
            int    n_decimals)
{
  return isnan (value) ? g_strdup (DASH) : g_strdup_printf ("%'.*f", n_decimals, value);
}

/* A small run takes less than a second. */
static char *
dup_time (double seconds)
{
  if (isnan (seconds))
    return g_strdup (DASH);
  if (seconds < 9.95)
    /* Translators: a duration in seconds. */
    return g_strdup_printf (C_("duration", "%.1f s"), seconds);

  return ut_run_text_dup_duration (seconds);
}

char *
ut_compare_column_dup_text (UtCompareColumn  column,
                            UtCompareItem   *item,
                            UtCompareItem   *baseline)
{
  const UtCompareFacts *facts;

  g_return_val_if_fail (UT_IS_COMPARE_ITEM (item), NULL);
  g_return_val_if_fail (ut_compare_item_get_run (item) != NULL, NULL);
  g_return_val_if_fail (baseline == NULL || UT_IS_COMPARE_ITEM (baseline), NULL);

  facts = ut_compare_item_get_facts (item);
  switch (column)
    {
    case UT_COLUMN_DATA:
      return ut_config_dup_data_title (get_config (item));
    case UT_COLUMN_CELL:
      return g_strdup (ut_cell_kind_get_title (ut_config_get_cell (get_config (item))));
    case UT_COLUMN_BEST:
    case UT_COLUMN_LAST:
    case UT_COLUMN_GAP:
      return dup_share (column, item, baseline);
    case UT_COLUMN_EPOCH:
      return dup_epoch (item);
    case UT_COLUMN_TIME:
      return dup_time (facts->seconds);
    case UT_COLUMN_SPEED:
      return dup_number (facts->steps_per_second, 1);
    case UT_COLUMN_WEIGHTS:
      return dup_number (get_number (column, item), 0);
    case UT_COLUMN_SEED:
      return dup_seeds (item);
    case UT_COLUMN_N:
      return dup_number (get_number (column, item), 0);
    case UT_COLUMN_TAGS:
      return dup_tags (item);
    case UT_COLUMN_COURSE:
      return dup_course (item);
    case UT_COLUMN_NAME:
    default:
      return g_strdup (facts->title);
    }
}

/* By what texts are sorted; numbers within them count as such: GRU 10 comes after GRU 9. */
static const char *
get_key (UtCompareColumn  column,
         UtCompareItem   *item)
{
  const char *key = ut_compare_item_get_key (item, column);

  if (key == NULL)
    {
      g_autofree char *text = ut_compare_column_dup_text (column, item, NULL);

      key = ut_compare_item_take_key (item, column, g_utf8_collate_key_for_filename (text, -1));
    }

  return key;
}

int
ut_compare_column_compare (UtCompareColumn  column,
                           UtCompareItem   *a,
                           UtCompareItem   *b)
{
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (a) && UT_IS_COMPARE_ITEM (b), 0);

  switch (column)
    {
    case UT_COLUMN_NAME:
    case UT_COLUMN_DATA:
    case UT_COLUMN_CELL:
    case UT_COLUMN_TAGS:
      return strcmp (get_key (column, a), get_key (column, b));
    case UT_COLUMN_COURSE:
      return 0;
    case UT_COLUMN_BEST:
    case UT_COLUMN_EPOCH:
    case UT_COLUMN_LAST:
    case UT_COLUMN_GAP:
    case UT_COLUMN_TIME:
    case UT_COLUMN_SPEED:
    case UT_COLUMN_WEIGHTS:
    case UT_COLUMN_SEED:
    case UT_COLUMN_N:
    default:
      {
        double number_a = get_number (column, a);
        double number_b = get_number (column, b);

        if (isnan (number_a) || isnan (number_b))
          return !isnan (number_a) - !isnan (number_b);

        return (number_a > number_b) - (number_a < number_b);
      }
    }
}

const char *
ut_compare_item_get_mark (UtCompareItem *item)
{
  const UtCompareFacts *facts;
  const char *mark;

  g_return_val_if_fail (UT_IS_COMPARE_ITEM (item), NULL);

  facts = ut_compare_item_get_facts (item);
  if (facts->is_as_coded)
    return _("as coded");

  mark = ut_standing_describe (facts->standing);

  return *mark != '\0' ? mark : NULL;
}
