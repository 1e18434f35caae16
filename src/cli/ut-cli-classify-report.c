/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-classify-report.h"

#include "ut-cli-error.h"
#include "ut-cli-figures.h"
#include "ut-cli-import-names.h"
#include "ut-cli-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Units in JSON. */
#define UNIT_SENTENCE "sentence"
#define UNIT_TEXT "text"

void
ut_cli_classify_report_problems (const UtCliClassifyReport *self)
{
  guint n_problems;
  const UtImportProblem *problems = ut_classification_get_problems (self->classification,
                                                                    &n_problems);
  gsize n_bad = ut_classification_get_n_problems (self->classification);
  gsize n_rows = ut_classification_get_n_rows (self->classification) + n_bad;

  for (guint i = 0; i < n_problems; i++)
    {
      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, problems[i].line);

      ut_cli_say ("%s:%s: %s", problems[i].file, line, problems[i].message);
    }
  if (n_bad > 0)
    ut_cli_say (ngettext ("%'zu of %'zu rows cannot be used and was left out",
                          "%'zu of %'zu rows cannot be used and were left out", (gulong) n_bad),
                n_bad, n_rows);
}

static double
get_share (guint64 part,
           guint64 whole)
{
  return whole > 0 ? 100 * (double) part / (double) whole : 0;
}

void
ut_cli_classify_report_line (const UtCliClassifyReport *self)
{
  const UtClassification *classification = self->classification;
  gsize n_rows = ut_classification_get_n_rows (classification);

  /* Translators: a number of texts, two shares. */
  ut_cli_say (ngettext ("%'zu text, %.1f %% positive, %.1f %% of the words unknown",
                        "%'zu texts, %.1f %% positive, %.1f %% of the words unknown",
                        (gulong) n_rows),
              n_rows, get_share (ut_classification_get_n_positive (classification), n_rows),
              get_share (ut_classification_get_n_unknown (classification),
                         ut_classification_get_n_words (classification)));
}

static const char *
describe_reading (UtReading reading)
{
  switch (reading)
    {
    case UT_READING_WHOLE:
      return _("each text as a whole");
    case UT_READING_TOKENIZED_LINES:
      return _("each text as a whole, its words divided by spaces");
    case UT_READING_SENTENCES:
    case UT_READING_LINES:
    default:
      return _("each sentence; a text is the mean of its sentences");
    }
}

static const char *
describe_meaning (UtImportMeaning meaning)
{
  switch (meaning)
    {
    case UT_IMPORT_NEGATIVE:
      return C_("answer", "negative");
    case UT_IMPORT_POSITIVE:
      return C_("answer", "positive");
    case UT_IMPORT_LEAVE_OUT:
    default:
      return _("left out");
    }
}

static const char *
get_label_column (const UtCliClassifyReport *self)
{
  guint column = ut_import_guess_get_options (self->guess)->label_column;

  return column != UT_IMPORT_NO_COLUMN ? ut_import_guess_get_column (self->guess, column) : NULL;
}

/* A figure that holds text of foreign origin. */
static void
print_foreign (UtCliOutput *output,
               const char  *title,
               const char  *text)
{
  ut_cli_figures_begin (output, title);
  ut_cli_output_print_safely (output, text, strlen (text));
  ut_cli_output_print (output, "\n");
}

static void
print_labels (const UtCliClassifyReport *self,
              UtCliOutput               *output)
{
  const char *column = get_label_column (self);
  guint n_labels;
  const UtImportLabel *labels = ut_classification_get_labels (self->classification, &n_labels);
  UtEvaluation evaluation;

  if (column == NULL)
    return;

  /* Translators: the name of a column. */
  g_autofree char *name = g_strdup_printf (_("column “%s”"), column);

  print_foreign (output, _("Labels"), name);
  if (!ut_classification_has_labels (self->classification))
    ut_cli_figures_print (output, "", _("too many different values to be labels"));
  for (guint i = 0; i < n_labels; i++)
    {
      /* Translators: a label, what it means, and how many rows have it. */
      g_autofree char *text = g_strdup_printf (_("“%s” is %s: %'zu rows"), labels[i].value,
                                               describe_meaning (labels[i].meaning),
                                               labels[i].count);

      print_foreign (output, "", text);
    }
  if (!ut_classification_evaluate (self->classification, &evaluation))
    return;

  ut_cli_figures_print_accuracy (output, &evaluation, evaluation.tp + evaluation.fn);
  ut_cli_output_print (output, "\n");
  ut_cli_figures_print_confusion (output, &evaluation);
}

void
ut_cli_classify_report_print (const UtCliClassifyReport *self,
                              UtCliOutput               *output)
{
  const UtClassification *classification = self->classification;
  gsize n_rows = ut_classification_get_n_rows (classification);
  gsize n_positive = ut_classification_get_n_positive (classification);
  g_autofree char *rows = g_strdup_printf ("%'" G_GSIZE_FORMAT, n_rows);
  g_autofree char *positive = g_strdup_printf ("%'" G_GSIZE_FORMAT "  (%.1f %%)", n_positive,
                                               get_share (n_positive, n_rows));

  ut_cli_figures_print (output, _("Texts"), rows);
  ut_cli_figures_print (output, _("Read"), describe_reading (self->reading));
  ut_cli_figures_print (output, _("Positive"), positive);
  ut_cli_figures_print_unknown (output, ut_classification_get_n_unknown (classification),
                                ut_classification_get_n_words (classification));
  ut_cli_figures_print_calibration (output, self->model);
  print_labels (self, output);
  if (self->output != NULL)
    {
      g_autofree char *path = g_filename_display_name (self->output);

      ut_cli_output_print (output, "\n");
      print_foreign (output, _("Rows"), path);
    }
}

static void
append_labels (const UtCliClassifyReport *self,
               GString                   *json)
{
  guint n_labels;
  const UtImportLabel *labels = ut_classification_get_labels (self->classification, &n_labels);
  UtEvaluation evaluation;

  ut_cli_json_append_text (json, "label_column", get_label_column (self));
  g_string_append (json, ",\"labels\":[");
  for (guint i = 0; i < n_labels; i++)
    {
      g_string_append (json, i > 0 ? ",{\"value\":" : "{\"value\":");
      ut_json_append_string (json, labels[i].value);
      g_string_append_printf (json, ",\"rows\":%" G_GSIZE_FORMAT ",\"meaning\":\"%s\"}",
                              labels[i].count,
                              ut_cli_name_get (ut_cli_meaning_names, labels[i].meaning));
    }
  g_string_append (json, "],\"evaluation\":");
  if (ut_classification_evaluate (self->classification, &evaluation))
    ut_cli_json_append_evaluation (json, &evaluation);
  else
    g_string_append (json, "null");
}

static void
append_problems (const UtCliClassifyReport *self,
                 GString                   *json)
{
  guint n_problems;
  const UtImportProblem *problems = ut_classification_get_problems (self->classification,
                                                                    &n_problems);

  g_string_append_printf (json, ",\"bad_rows\":%" G_GUINT64_FORMAT ",\"problems\":[",
                          ut_classification_get_n_problems (self->classification));
  for (guint i = 0; i < n_problems; i++)
    {
      g_string_append_printf (json, "%s{\"line\":%" G_GUINT64_FORMAT, i > 0 ? "," : "",
                              problems[i].line);
      ut_cli_json_append_text (json, "message", problems[i].message);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

void
ut_cli_classify_report_json (const UtCliClassifyReport *self,
                             UtCliOutput               *output)
{
  const UtClassification *classification = self->classification;
  const UtImportOptions *options = ut_import_guess_get_options (self->guess);
  const UtCalibration *calibration = ut_model_get_calibration (self->model);
  g_autofree char *path = self->output != NULL ? g_filename_display_name (self->output) : NULL;
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append_printf (json, "{\"rows\":%" G_GUINT64_FORMAT ",\"positive\":%" G_GUINT64_FORMAT
                          ",\"words\":%" G_GUINT64_FORMAT ",\"unknown\":%" G_GUINT64_FORMAT,
                          ut_classification_get_n_rows (classification),
                          ut_classification_get_n_positive (classification),
                          ut_classification_get_n_words (classification),
                          ut_classification_get_n_unknown (classification));
  ut_cli_json_append_text (json, "unit", self->reading == UT_READING_SENTENCES ? UNIT_SENTENCE
                                                                               : UNIT_TEXT);
  ut_cli_json_append_text (json, "text_column",
                           ut_import_guess_get_column (self->guess, options->text_column));
  g_string_append (json, ",\"temperature\":");
  ut_json_append_number (json, calibration != NULL ? calibration->temperature : (double) NAN);
  append_labels (self, json);
  append_problems (self, json);
  ut_cli_json_append_text (json, "output", path);
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}
