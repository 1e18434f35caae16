/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sure-report.h"

#include <glib/gi18n.h>
#include <math.h>

struct UtSureReport
{
  guint n_runs;
  UtSureFigures *figures; /* (owned): (runs) */
};

/* What the model's file says is a matter of the reader of that model where it cannot be read. */
static void
read_temperature (UtSureFigures *figures,
                  GFile         *file,
                  const char    *hash,
                  GCancellable  *cancellable)
{
  g_autoptr (GError) error = NULL;

  figures->temperature = NAN;
  if (!ut_model_read_temperature (file, hash, &figures->temperature, &figures->is_of_rows,
                                  cancellable, &error))
    g_debug ("%s", error->message);
}

static void
measure (UtSureFigures   *figures,
         const UtAnswers *answers,
         GFile           *file,
         GCancellable    *cancellable)
{
  UtDataset *dataset = ut_answers_get_dataset (answers);
  const guint8 *labels = ut_dataset_get_labels (dataset);
  gsize n_rows = ut_answers_get_n_rows (answers);
  g_autofree float *logits = g_new (float, n_rows);

  figures->temperature = NAN;
  figures->has_probabilities = ut_answers_has_probabilities (answers);
  if (!figures->has_probabilities)
    return;

  for (gsize i = 0; i < n_rows; i++)
    logits[i] = (float) ut_answers_get_logit (answers, i);
  ut_reliability_measure (&figures->before, logits, labels, n_rows, 1, UT_RELIABILITY_BINS);
  figures->fitted = ut_temperature_fit (logits, labels, n_rows, &figures->kind);
  if (file == NULL)
    return;

  read_temperature (figures, file, ut_dataset_get_hash (dataset), cancellable);
  figures->has_after = !isnan (figures->temperature) || figures->kind == UT_TEMPERATURE_FOUND;
  if (!figures->has_after)
    return;

  ut_reliability_measure (&figures->after, logits, labels, n_rows,
                          isnan (figures->temperature) ? figures->fitted : figures->temperature,
                          UT_RELIABILITY_BINS);
  ut_reliability_hold_out (&figures->held_out, logits, labels, n_rows, UT_RELIABILITY_BINS);
}

UtSureReport *
ut_sure_report_new (GPtrArray     *answers,
                    GPtrArray     *files,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (answers != NULL && answers->len > 0, NULL);
  g_return_val_if_fail (files != NULL && files->len == answers->len, NULL);

  g_autoptr (UtSureReport) self = g_new0 (UtSureReport, 1);

  self->n_runs = answers->len;
  self->figures = g_new0 (UtSureFigures, answers->len);
  for (guint i = 0; i < answers->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      measure (&self->figures[i], g_ptr_array_index (answers, i), g_ptr_array_index (files, i),
               cancellable);
    }

  return g_steal_pointer (&self);
}

void
ut_sure_report_free (UtSureReport *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->figures);
  g_free (self);
}

guint
ut_sure_report_get_n_runs (const UtSureReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_runs;
}

const UtSureFigures *
ut_sure_report_get_figures (const UtSureReport *self,
                            guint               run)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (run < self->n_runs, NULL);

  return &self->figures[run];
}

/* In words */

char *
ut_sure_dup_temperature (double temperature)
{
  /* Translators: T is a temperature, of the formula by which a model is made more or less sure. */
  return g_strdup_printf (_("T = %.3g"), temperature);
}

/* Whether the mean confidence is the accuracy, as well as that is known. */
static const char *
compare (const UtReliability *reliability)
{
  double n_rows = (double) reliability->n_rows;
  UtInterval interval = ut_wilson_interval ((gsize) lround (reliability->accuracy * n_rows),
                                            reliability->n_rows);

  /* Translators: stands behind how sure a model says it is, and how often it is right. */
  return reliability->confidence > interval.high ? _("too sure")
         : reliability->confidence < interval.low ? _("not sure enough")
         : _("on average as sure as it is right");
}

char *
ut_sure_dup_verdict (const UtSureFigures *figures,
                     const char          *name)
{
  g_return_val_if_fail (figures != NULL && figures->has_probabilities, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  const UtReliability *before = &figures->before;

  /* Translators: the name of a run; two shares from 0 to 1; a number of rows; "too sure" or the
   * like; three
     figures. */
  return g_strdup_printf (ngettext ("%s says %.3f on average and is right in %.3f of %'zu row: %s. "
                                    "Calibration error %.3f, Brier %.3f, loss %.3f.",
                                    "%s says %.3f on average and is right in %.3f of %'zu rows: %s. "
                                    "Calibration error %.3f, Brier %.3f, loss %.3f.",
                                    before->n_rows),
                          name, before->confidence, before->accuracy, before->n_rows,
                          compare (before), before->error, before->brier, before->loss);
}

static char *
dup_kind (const UtSureFigures *figures)
{
  const char *remark = ut_temperature_kind_get_remark (figures->kind);

  /* Translators: "the rows do not tell: …" follows. */
  return g_strdup_printf (_("A temperature cannot be found: %s."), remark);
}

/* Where the temperature comes from, and what it does there. */
static char *
dup_change (const UtSureFigures *figures)
{
  const UtReliability *after = &figures->after;
  gboolean is_calibrated = !isnan (figures->temperature);
  g_autofree char *text = ut_sure_dup_temperature (is_calibrated ? figures->temperature
                                                                 : figures->fitted);
  g_autofree char *head = NULL;

  if (!is_calibrated)
    /* Translators: "T = 1.81", and a share from 0 to 1. */
    head = g_strdup_printf (_("With %s it would say %.3f"), text, after->confidence);
  else if (figures->is_of_rows)
    head = g_strdup_printf (_("Calibrated with %s it says %.3f"), text, after->confidence);
  else
    head = g_strdup_printf (_("Calibrated on other rows with %s it says %.3f"), text,
                            after->confidence);

  if (is_calibrated && !figures->is_of_rows)
    /* Translators: "Calibrated … it says 0.81", and three figures. */
    return g_strdup_printf (_("%s: calibration error %.3f, Brier %.3f, loss %.3f on these rows."),
                            head, after->error, after->brier, after->loss);
  return g_strdup_printf (_("%s: calibration error %.3f, Brier %.3f, loss %.3f on these rows, to "
                            "which T is fitted."),
                          head, after->error, after->brier, after->loss);
}

static char *
dup_held_out (const UtSureFigures *figures)
{
  const UtHeldOut *held_out = &figures->held_out;

  if (!held_out->is_known)
    return g_strdup (_("One half of the rows tells no temperature by which to judge the other one."));

  /* Translators: two temperatures. */
  return g_strdup_printf (_("Judged by halves, each with the temperature of the other (%.2f, %.2f): "
                            "calibration error %.3f, loss %.3f."),
                          held_out->temperatures[0], held_out->temperatures[1],
                          held_out->reliability.error, held_out->reliability.loss);
}

char *
ut_sure_dup_effect (const UtSureFigures *figures)
{
  g_return_val_if_fail (figures != NULL && figures->has_probabilities, NULL);

  if (!figures->has_after)
    return figures->kind == UT_TEMPERATURE_FOUND ? g_strdup ("") : dup_kind (figures);

  g_autofree char *change = dup_change (figures);
  g_autofree char *more = !isnan (figures->temperature) && !figures->is_of_rows
                          ? g_strdup_printf (_("On these rows T would be %.2f."), figures->fitted)
                          : dup_held_out (figures);

  return g_strdup_printf ("%s %s", change, more);
}

/* As tables */

#define N_RUN_COLUMNS 10

static char *
dup_own_temperature (const UtSureFigures *figures)
{
  if (!figures->has_probabilities)
    return g_strdup ("–");
  if (!isnan (figures->temperature))
    return g_strdup_printf ("%.2f", figures->temperature);
  if (!figures->has_after)
    return g_strdup (C_("temperature", "none"));

  /* Translators: a model is not calibrated; the temperature that it would get follows. */
  return g_strdup_printf (_("none; would be %.2f"), figures->fitted);
}

static void
add_run (const UtSureFigures *figures,
         UtTextTable         *table,
         UtRun               *run,
         gboolean             is_current)
{
  const UtReliability *before = &figures->before;
  gboolean known = figures->has_probabilities;
  gboolean held_out = figures->has_after && figures->held_out.is_known;
  const double numbers[] = {
    known ? before->confidence : NAN,
    known ? before->accuracy : NAN,
    known ? before->error : NAN,
    known ? before->brier : NAN,
    known ? before->loss : NAN,
    figures->has_after ? figures->after.error : NAN,
    held_out ? figures->held_out.reliability.error : NAN,
  };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rows = g_strdup_printf ("%'zu", before->n_rows);
  g_autofree char *temperature = dup_own_temperature (figures);
  UtTextTableCell cells[N_RUN_COLUMNS];
  guint n = 0;

  cells[n++] = (UtTextTableCell) { ut_run_get_name (run), NAN, NAN, NAN };
  cells[n++] = (UtTextTableCell) { known ? rows : "–", (double) before->n_rows, NAN, NAN };
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char *text = isnan (numbers[i]) ? g_strdup ("–") : g_strdup_printf ("%.3f", numbers[i]);

      g_ptr_array_add (texts, text);
      /* Behind the figures as it was trained. */
      if (i == 5)
        cells[n++] = (UtTextTableCell) { temperature, figures->temperature, NAN, NAN };
      cells[n++] = (UtTextTableCell) { text, numbers[i], NAN, NAN };
    }
  g_assert (n == N_RUN_COLUMNS);
  ut_text_table_add_row (table, cells, (int) ut_run_get_style (run), is_current);
}

void
ut_sure_report_fill_runs (const UtSureReport *self,
                          UtTextTable        *table,
                          UtRun * const      *runs,
                          UtRun              *current)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (UT_IS_TEXT_TABLE (table));
  g_return_if_fail (runs != NULL);

  ut_text_table_begin (table);
  ut_text_table_add_column (table, _("Run"), FALSE, FALSE);
  ut_text_table_add_column (table, _("Rows"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Says"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Is right in"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Error"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Brier"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Loss"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Temperature"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Error with it"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Error by halves"), TRUE, FALSE);
  for (guint i = 0; i < self->n_runs; i++)
    add_run (&self->figures[i], table, runs[i], runs[i] == current);
  ut_text_table_end (table);
}

static void
add_bin (const UtSureFigures *figures,
         UtTextTable         *table,
         guint                bin)
{
  const UtReliabilityBin *pair[] = {
    &figures->before.bins[bin],
    figures->has_after ? &figures->after.bins[bin] : NULL,
  };
  g_autofree char *range = g_strdup_printf ("%.3f–%.3f", pair[0]->low, pair[0]->high);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  UtTextTableCell cells[7];
  guint n = 0;

  cells[n++] = (UtTextTableCell) { range, pair[0]->low, NAN, NAN };
  for (gsize i = 0; i < G_N_ELEMENTS (pair) && pair[i] != NULL; i++)
    {
      gboolean empty = pair[i]->n == 0;
      char *rows = g_strdup_printf ("%'zu", pair[i]->n);
      char *says = empty ? g_strdup ("–") : g_strdup_printf ("%.3f", pair[i]->confidence);
      char *right = empty ? g_strdup ("–")
                    : g_strdup_printf ("%.3f (%.2f–%.2f)", pair[i]->accuracy,
                                       pair[i]->interval.low, pair[i]->interval.high);

      g_ptr_array_add (texts, rows);
      g_ptr_array_add (texts, says);
      g_ptr_array_add (texts, right);
      cells[n++] = (UtTextTableCell) { rows, (double) pair[i]->n, NAN, NAN };
      cells[n++] = (UtTextTableCell) { says, pair[i]->confidence, NAN, NAN };
      cells[n++] = (UtTextTableCell) { right, pair[i]->accuracy, pair[i]->interval.low,
                                       pair[i]->interval.high };
    }
  ut_text_table_add_row (table, cells, -1, FALSE);
}

void
ut_sure_fill_bins (const UtSureFigures *figures,
                   UtTextTable         *table)
{
  g_return_if_fail (figures != NULL && figures->has_probabilities);
  g_return_if_fail (UT_IS_TEXT_TABLE (table));

  ut_text_table_begin (table);
  ut_text_table_add_column (table, _("How sure"), FALSE, FALSE);
  ut_text_table_add_column (table, _("Rows as trained"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Says as trained"), TRUE, FALSE);
  ut_text_table_add_column (table, _("Right as trained"), TRUE, TRUE);
  if (figures->has_after)
    {
      ut_text_table_add_column (table, _("Rows with T"), TRUE, FALSE);
      ut_text_table_add_column (table, _("Says with T"), TRUE, FALSE);
      ut_text_table_add_column (table, _("Right with T"), TRUE, TRUE);
    }
  for (guint i = 0; i < figures->before.n_bins; i++)
    {
      if (figures->before.bins[i].n > 0 || (figures->has_after && figures->after.bins[i].n > 0))
        add_bin (figures, table, i);
    }
  ut_text_table_end (table);
}
