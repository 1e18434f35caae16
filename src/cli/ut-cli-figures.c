/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-figures.h"

#include <glib/gi18n.h>

/* Prints @text in a column of its own; printf counts bytes, translations have characters. */
static void
print_column (UtCliOutput *output,
              const char  *text,
              glong        columns,
              gboolean     right)
{
  int gap = (int) MAX (columns - g_utf8_strlen (text, -1), 0);

  if (right)
    ut_cli_output_printf (output, "%*s%s", gap, "", text);
  else
    ut_cli_output_printf (output, "%s%*s", text, gap, "");
}

static void
print_row (UtCliOutput *output,
           const char  *title,
           const char  *first,
           const char  *second)
{
  ut_cli_output_print (output, "  ");
  print_column (output, title, 12, FALSE);
  print_column (output, first, 20, TRUE);
  print_column (output, second, 20, TRUE);
  ut_cli_output_print (output, "\n");
}

static void
print_counts (UtCliOutput *output,
              const char  *title,
              gsize        negative,
              gsize        positive)
{
  g_autofree char *first = g_strdup_printf ("%'" G_GSIZE_FORMAT, negative);
  g_autofree char *second = g_strdup_printf ("%'" G_GSIZE_FORMAT, positive);

  print_row (output, title, first, second);
}

void
ut_cli_figures_begin (UtCliOutput *output,
                      const char  *title)
{
  ut_cli_output_print (output, "  ");
  print_column (output, title, 12, FALSE);
}

void
ut_cli_figures_print (UtCliOutput *output,
                      const char  *title,
                      const char  *value)
{
  ut_cli_figures_begin (output, title);
  ut_cli_output_printf (output, "%s\n", value);
}

void
ut_cli_figures_print_accuracy (UtCliOutput        *output,
                               const UtEvaluation *evaluation,
                               gsize               n_positive)
{
  gsize n_negative = evaluation->n_examples - n_positive;
  double majority = (double) MAX (n_positive, n_negative) / (double) evaluation->n_examples;
  g_autofree char *accuracy = g_strdup_printf (_("%.4f  (always the commoner label: %.4f)"),
                                               evaluation->accuracy, majority);

  ut_cli_figures_print (output, _("Accuracy"), accuracy);
}

void
ut_cli_figures_print_unknown (UtCliOutput *output,
                              guint64      n_unknown,
                              guint64      n_words)
{
  g_autofree char *unknown = g_strdup_printf (_("%.1f %% of the words"),
                                              100 * (double) n_unknown / (double) n_words);

  ut_cli_figures_print (output, _("Unknown"), unknown);
}

void
ut_cli_figures_print_calibration (UtCliOutput   *output,
                                  const UtModel *model)
{
  g_autofree char *text = ut_model_dup_calibration_text (model);

  if (text != NULL)
    ut_cli_figures_print (output, _("Confidence"), text);
}

void
ut_cli_figures_print_confusion (UtCliOutput        *output,
                                const UtEvaluation *evaluation)
{
  print_row (output, _("Truth"), _("answered negative"), _("answered positive"));
  print_counts (output, C_("answer", "negative"), evaluation->tn, evaluation->fp);
  print_counts (output, C_("answer", "positive"), evaluation->fn, evaluation->tp);
}
