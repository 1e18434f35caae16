/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-report.h"

#include "ut-cli-error.h"
#include "ut-cli-events.h"
#include "ut-cli-progress.h"
#include "ut-cli-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <ut-estimate.h>

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

/* The table: each column is as wide as its title, translated or not, and at least so wide. */
static const struct
{
  const char *title;
  glong width;
} columns[] = {
  { N_("Epoch"), 5 },
  { N_("Train loss"), 10 },
  { N_("Accuracy"), 8 },
  { N_("Validation loss"), 12 },
  { N_("Accuracy"), 8 },
  { N_("Steps/s"), 7 },
  { N_("Time"), 6 },
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

/* Returns "1:05" or "2:01:05". */
static char *
format_time (double seconds)
{
  guint64 whole = (guint64) llround (MAX (seconds, 0));
  guint hours = (guint) (whole / 3600);
  guint minutes = (guint) (whole / 60 % 60);

  if (hours > 0)
    return g_strdup_printf ("%u:%02u:%02u", hours, minutes, (guint) (whole % 60));
  return g_strdup_printf ("%u:%02u", minutes, (guint) (whole % 60));
}

/* Returns "0.4 s", or as format_time() from a minute on. */
static char *
format_duration (double seconds)
{
  return seconds < 59.95 ? g_strdup_printf (_("%.1f s"), seconds) : format_time (seconds);
}

static void
print_fact (UtCliReport *self,
            const char  *title,
            const char  *text)
{
  int gap = (int) MAX (10 - g_utf8_strlen (title, -1), 1);

  ut_cli_output_printf (self->output, "  %s%*s", title, gap, "");
  ut_cli_output_print_safely (self->output, text, strlen (text));
  ut_cli_output_print (self->output, "\n");
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

  print_fact (self, _("Data"), rows);
  print_fact (self, "", bar);
}

/* What of the further settings is not as it would be by itself. */
static void
print_further_settings (UtCliReport *self)
{
  for (UtSetting i = UT_SETTING_TRAIN_UNKNOWN; i < UT_SETTING_THREADS; i++)
    {
      double value = ut_config_get_number (self->config, i);

      if (value == ut_setting_get_info (i)->fallback)
        continue;

      g_autofree char *text = ut_setting_describe (i, value);
      /* Translators: the name of a setting and its value. */
      g_autofree char *fact = g_strdup_printf (_("%s: %s"), ut_setting_get_title (i), text);

      print_fact (self, "", fact);
    }
}

/* Returns the sizes of the model, as far as they are known without the data. */
static char *
describe_model (UtCliReport *self,
                UtCorpus    *corpus)
{
  int hidden = (int) ut_config_get_int (self->config, UT_SETTING_HIDDEN_SIZE);
  int embedding = (int) ut_config_get_int (self->config, UT_SETTING_EMBEDDING_SIZE);
  UtEstimate estimate;

  if (corpus == NULL)
    return g_strdup_printf (_("hidden %d, embedding %d"), hidden, embedding);

  ut_config_estimate (self->config, corpus, NAN, &estimate);
  return g_strdup_printf (_("hidden %d, embedding %d: %'zu weights"), hidden, embedding,
                          (gsize) estimate.n_parameters);
}

static void
print_settings (UtCliReport *self,
                UtCorpus    *corpus)
{
  g_autofree char *rate = ut_setting_format (UT_SETTING_LEARNING_RATE,
                                             ut_config_get_number (self->config,
                                                                   UT_SETTING_LEARNING_RATE));
  g_autofree char *seed = ut_setting_format (UT_SETTING_SEED,
                                             ut_config_get_number (self->config, UT_SETTING_SEED));
  g_autofree char *model = describe_model (self, corpus);
  const char *path = ut_config_get_vectors_path (self->config);
  g_autofree char *vectors = path != NULL ? g_filename_display_basename (path)
                                          : g_strdup (_("random"));
  g_autofree char *training
    = g_strdup_printf (_("batches of %d, learning rate %s, seed %s"),
                       (int) ut_config_get_int (self->config, UT_SETTING_BATCH_SIZE), rate, seed);

  print_fact (self, _("Vectors"), vectors);
  print_fact (self, _("Model"), model);
  print_fact (self, _("Training"), training);
  print_further_settings (self);
}

static void
start_table (UtCliReport *self)
{
  UtCliColumn translated[G_N_ELEMENTS (columns)];

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    translated[i] = (UtCliColumn) { _(columns[i].title), columns[i].width };
  self->table = ut_cli_table_new (self->output, translated, G_N_ELEMENTS (columns));
  ut_cli_output_print (self->output, "\n");
  ut_cli_table_print_titles (self->table);
}

/* Returns @value with @n_digits behind the point, or a dash where it is not finite. */
static char *
format_number (double value,
               int    n_digits)
{
  return isfinite (value) ? g_strdup_printf ("%'.*f", n_digits, value) : g_strdup ("–");
}

static void
print_epoch (UtCliReport   *self,
             const UtEpoch *epoch,
             gboolean       best)
{
  g_autofree char *number = g_strdup_printf ("%u", epoch->epoch);
  g_autofree char *train_loss = format_number (epoch->train_loss, 4);
  g_autofree char *train_accuracy = format_number (epoch->train_accuracy, 4);
  g_autofree char *val_loss = format_number (epoch->val_loss, 4);
  g_autofree char *val_accuracy = format_number (epoch->val_accuracy, 4);
  g_autofree char *speed = format_number (epoch->steps_per_second, 0);
  g_autofree char *seconds = format_duration (epoch->seconds);
  const char * const texts[G_N_ELEMENTS (columns)] = {
    number, train_loss, train_accuracy, val_loss, val_accuracy, speed, seconds,
  };

  ut_cli_table_print_row (self->table, texts, best ? _("best") : NULL);
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
        print_fact (self, i == 0 ? _("Note") : "", lines[i]);
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
  print_settings (self, corpus);
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
        start_table (self);
      print_epoch (self, &update->epochs[i], best == (gssize) self->epochs->len - 1);
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
      g_autofree char *time = format_time (update->remaining >= 0 ? update->remaining
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
  g_autofree char *time = format_duration (result->seconds);
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
                              self->majority, self->majority_label, TRUE, ut_config_is_as_coded (self->config));
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

/* Returns @text as a shell reads it. */
static char *
quote (const char *text)
{
  gboolean simple = text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._+-")] == '\0';

  return simple && *text != '\0' ? g_strdup (text) : g_shell_quote (text);
}

/* Prints @sentence and below it a command that ends with @argument. */
static void
print_advice (UtCliReport *self,
              const char  *sentence,
              const char  *command,
              const char  *argument)
{
  g_autofree char *quoted = quote (argument);

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
