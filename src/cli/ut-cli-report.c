/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-report.h"

#include "ut-cli-epoch-table.h"
#include "ut-cli-error.h"
#include "ut-cli-events.h"
#include "ut-cli-facts.h"
#include "ut-cli-progress.h"
#include "ut-cli-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

struct UtCliReport
{
  UtCliOutput *output;     /* (not owned) */
  UtCliProgress *progress; /* (owned) */
  UtConfig *config;        /* (owned) */
  char *name;              /* (owned) (nullable) */
  gboolean json;
  gboolean begun;          /* whether it was said what is trained */
  gboolean training;       /* whether there is something to keep */
  gboolean stopping;
  double majority;         /* of the development labels, NaN where unknown */
  guint8 majority_label;
  GArray *epochs;          /* (owned) (element-type UtEpoch) */
  UtCliTable *table;       /* (owned) (nullable): from the first epoch on */
};

UtCliReport *
ut_cli_report_new (UtCliOutput *output,
                   UtConfig    *config,
                   const char  *name,
                   gboolean     json)
{
  UtCliReport *self = g_new0 (UtCliReport, 1);

  self->output = output;
  self->progress = ut_cli_progress_new ();
  self->config = ut_config_ref (config);
  self->name = g_strdup (name);
  self->json = json;
  self->majority = NAN;
  self->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  return self;
}

void
ut_cli_report_free (UtCliReport *self)
{
  ut_cli_progress_free (self->progress);
  ut_config_unref (self->config);
  g_free (self->name);
  g_array_unref (self->epochs);
  g_clear_pointer (&self->table, ut_cli_table_free);
  g_free (self);
}

static void
print_header (UtCliReport *self)
{
  g_autofree char *data = ut_config_dup_data_title (self->config);
  const char *cell = ut_cell_kind_get_title (ut_config_get_cell (self->config));
  /* Translators: the kind of network, then the data it learns from. */
  g_autofree char *text = g_strdup_printf (_("%s on %s"), cell, data);

  if (self->name != NULL)
    {
      ut_cli_output_print_safely (self->output, self->name, strlen (self->name));
      ut_cli_output_print (self->output, ": ");
    }
  ut_cli_output_print_safely (self->output, text, strlen (text));
  ut_cli_output_print (self->output, "\n");
}

static void
print_corpus (UtCliReport *self,
              UtCorpus    *corpus)
{
  UtDataset *train = ut_corpus_get_train (corpus);
  UtDataset *dev = ut_corpus_get_dev (corpus);
  g_autofree char *rows
    = g_strdup_printf (_("%'zu rows to train, %'zu to validate, %'u words"),
                       ut_dataset_get_n_rows (train), ut_dataset_get_n_rows (dev),
                       ut_vocabulary_get_size (ut_corpus_get_vocabulary (corpus)) - 2);
  g_autofree char *bar
    = g_strdup_printf (self->majority_label == 1
                       ? _("always answering “positive” reaches an accuracy of %.4f")
                       : _("always answering “negative” reaches an accuracy of %.4f"),
                       self->majority);

  ut_cli_facts_print (self->output, _("Data"), rows);
  ut_cli_facts_print (self->output, "", bar);
}

static void
print_notices (UtCliReport *self,
               const char  *notices)
{
  g_auto (GStrv) lines = g_strsplit (notices, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0')
        continue;
      /* Standard output holds nothing but JSON there. */
      if (self->json)
        ut_cli_say ("%s", lines[i]);
      else
        ut_cli_facts_print (self->output, i == 0 ? _("Note") : "", lines[i]);
    }
}

static void
begin (UtCliReport *self,
       UtCorpus    *corpus)
{
  self->begun = TRUE;
  if (corpus != NULL)
    self->majority = ut_corpus_get_majority (corpus, &self->majority_label);
  if (self->json)
    return;
  print_header (self);
  if (corpus != NULL)
    print_corpus (self, corpus);
  ut_cli_facts_print_settings (self->output, self->config, corpus);
}

static void
take_epochs (UtCliReport           *self,
             const UtTrainerUpdate *update)
{
  for (gsize i = 0; i < update->n_new_epochs; i++)
    {
      g_array_append_val (self->epochs, update->epochs[i]);
      if (self->json)
        continue;

      gssize best = ut_epochs_find_best ((const UtEpoch *) self->epochs->data, self->epochs->len);

      if (self->table == NULL)
        {
          ut_cli_output_print (self->output, "\n");
          self->table = ut_cli_epoch_table_new (self->output);
        }
      ut_cli_epoch_table_print (self->table, &update->epochs[i],
                                best == (gssize) self->epochs->len - 1);
    }
}

static void
show_progress (UtCliReport           *self,
               const UtTrainerUpdate *update)
{
  g_autofree char *label = NULL;
  g_autoptr (GString) detail = g_string_new (NULL);

  if (update->phase == UT_TRAINER_PREPARING)
    label = update->file != NULL ? g_strdup_printf (_("Reading %s"), update->file)
                                 : g_strdup (_("Preparing"));
  else if (update->phase == UT_TRAINER_CHECKING)
    label = g_strdup_printf (_("Epoch %u of %u, checking"), update->epoch, update->n_epochs);
  else
    label = g_strdup_printf (_("Epoch %u of %u"), update->epoch, update->n_epochs);

  if (self->stopping)
    g_string_append (detail, _("stopping…"));
  else if (update->phase != UT_TRAINER_PREPARING)
    {
      g_autofree char *time = ut_cli_text_dup_time (update->remaining >= 0 ? update->remaining
                                                                  : update->elapsed);

      g_string_append_printf (detail, update->remaining >= 0 ? _("%s left") : _("%s gone"), time);
      if (update->examples_per_second > 0)
        {
          g_string_append (detail, ", ");
          g_string_append_printf (detail, _("%'.0f examples/s"), update->examples_per_second);
        }
    }
  ut_cli_progress_show (self->progress, label, update->fraction,
                        detail->len > 0 ? detail->str : NULL);
}

void
ut_cli_report_update (UtCliReport           *self,
                      const UtTrainerUpdate *update,
                      UtCorpus              *corpus)
{
  /* A run of which nobody has read the data shows by its first step that it is under way. */
  gboolean begins = !self->begun
                    && (corpus != NULL || update->phase != UT_TRAINER_PREPARING);

  self->training = update->phase != UT_TRAINER_PREPARING;

  if (begins || update->n_new_epochs > 0 || update->notices != NULL)
    ut_cli_progress_clear (self->progress);
  if (begins)
    begin (self, corpus);
  if (update->notices != NULL)
    print_notices (self, update->notices);
  if (self->json)
    ut_cli_events_write_update (self->output, update);
  take_epochs (self, update);
  ut_cli_output_flush (self->output);

  /* Events fly by too fast for a bar between them. */
  if (!self->json || !ut_cli_output_is_terminal (self->output))
    show_progress (self, update);
}

void
ut_cli_report_set_past (UtCliReport   *self,
                        const UtEpoch *epochs,
                        gsize          n_epochs)
{
  g_array_set_size (self->epochs, 0);
  if (n_epochs > 0)
    g_array_append_vals (self->epochs, epochs, (guint) n_epochs);
}

void
ut_cli_report_set_majority (UtCliReport *self,
                            double       majority,
                            guint8       label)
{
  self->majority = majority;
  self->majority_label = label;
}

void
ut_cli_report_stopping (UtCliReport *self)
{
  ut_cli_progress_clear (self->progress);
  if (!self->training)
    ut_cli_say (_("Stopping; nothing was trained yet"));
  else if (self->stopping)
    ut_cli_say (_("Stopping without a check; Ctrl+C again ends at once"));
  else
    ut_cli_say (self->epochs->len > 0
                ? _("Stopping; the best epoch is kept")
                : _("Stopping; the model is checked and kept. Ctrl+C again skips the check"));
  self->stopping = TRUE;
}

static void
print_end (UtCliReport            *self,
           const UtTrainingResult *result)
{
  g_autofree char *time = ut_cli_text_dup_duration (result->seconds);
  g_autofree char *end = NULL;
  g_autofree char *verdict = NULL;

  if (result->last_epoch == 0)
    end = g_strdup (_("Stopped before the training began."));
  else if (result->outcome == UT_TRAINER_STOPPED)
    end = g_strdup_printf (_("Stopped at epoch %u after %s."), result->last_epoch, time);
  else
    end = g_strdup_printf (_("Done in %s."), time);

  if (result->checked)
    verdict = ut_verdict_new ((const UtEpoch *) self->epochs->data, self->epochs->len,
                              self->majority, self->majority_label, TRUE,
                              ut_config_is_as_coded (self->config));
  else if (result->model != NULL)
    verdict = g_strdup (_("The model was not checked."));

  g_autofree char *text = g_strjoin (" ", end, result->early != NULL ? result->early : verdict,
                                     result->early != NULL ? verdict : NULL, NULL);

  ut_cli_output_print (self->output, "\n");
  ut_cli_output_print_wrapped (self->output, text);
}

void
ut_cli_report_end (UtCliReport            *self,
                   const UtTrainingResult *result)
{
  if (result->outcome == UT_TRAINER_FAILED)
    {
      ut_cli_report_fail (self, result->error);
      return;
    }

  ut_cli_progress_clear (self->progress);
  if (self->json)
    ut_cli_events_write_end (self->output, result);
  else
    print_end (self, result);
}

/* Prints @sentence and below it a command that ends with @argument. */
static void
print_advice (UtCliReport *self,
              const char  *sentence,
              const char  *command,
              const char  *argument)
{
  g_autofree char *quoted = ut_cli_text_quote (argument);

  ut_cli_output_print_safely (self->output, sentence, strlen (sentence));
  ut_cli_output_printf (self->output, "\n  %s ", command);
  ut_cli_output_print_safely (self->output, quoted, strlen (quoted));
  ut_cli_output_print (self->output, "\n");
}

void
ut_cli_report_written (UtCliReport *self,
                       const char  *model_path)
{
  if (self->json)
    return;

  g_autofree char *name = g_filename_display_name (model_path);
  g_autofree char *sentence = g_strdup_printf (_("Model written to %s. Ask it:"), name);

  print_advice (self, sentence, "echo 'Not bad at all.' | undertone-cli predict --model", name);
}

void
ut_cli_report_unwritten (UtCliReport *self)
{
  if (!self->json)
    ut_cli_output_printf (self->output, "%s\n",
                          _("The model was not saved: “--output FILE” keeps it."));
}

void
ut_cli_report_kept (UtCliReport *self,
                    UtRun       *run)
{
  if (self->json)
    return;

  gboolean goes_on = ut_run_can_continue (run);
  g_autofree char *sentence
    = g_strdup_printf (goes_on ? _("The run is kept as “%s”. To go on with it:")
                               : _("The run is kept as “%s”. To see it:"), ut_run_get_name (run));

  print_advice (self, sentence, goes_on ? "undertone-cli resume" : "undertone-cli runs show",
                ut_run_get_id (run));
}

void
ut_cli_report_fail (UtCliReport  *self,
                    const GError *error)
{
  ut_cli_progress_clear (self->progress);
  if (self->json)
    ut_cli_events_write_error (self->output, error);
  ut_cli_output_flush (self->output);
  ut_cli_fail (error);
}
