/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-dialog.h"

#include "ut-import-fields.h"
#include "ut-import-format.h"
#include "ut-import-job.h"
#include "ut-import-labels.h"
#include "ut-import-parts.h"
#include "ut-import-preview.h"
#include "ut-import-problems.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtImportDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *cancel_button;
  GtkButton *import_button;
  GtkInfoBar *error_bar;
  GtkLabel *error_label;
  GtkStack *stack;
  GtkWidget *form;
  GtkEditable *title_entry;
  UtImportFormat *format;
  UtImportFields *fields;
  UtImportLabels *labels;
  UtImportPreview *preview;
  UtImportParts *parts;
  UtImportProblems *problems;
  AdwStatusPage *done_page;
  GtkLabel *warnings_label;
  GtkWidget *bottom;
  GtkLabel *status_label;
  GtkProgressBar *progress_bar;

  UtImportFiles files; /* as they were given */
  char *refusal;       /* (owned) (nullable): why they cannot be read at all */
  UtImportJob *job;    /* (owned) */
  gsize n_problems;
  gboolean own_title;  /* somebody has typed one */
  gboolean filling;    /* the entry follows a guess, not a person */
};

G_DEFINE_FINAL_TYPE (UtImportDialog, ut_import_dialog, ADW_TYPE_WINDOW)

static guint imported_signal;

/* What the rows show; returns which of it somebody chose. */
static UtImportFixed
collect (UtImportDialog  *self,
         UtImportOptions *options)
{
  *options = (UtImportOptions) UT_IMPORT_OPTIONS_INIT;

  return ut_import_format_collect (self->format, options) |
         ut_import_fields_collect (self->fields, options) |
         ut_import_parts_collect (self->parts, options);
}

/* Looks at the files anew, with what was chosen so far. */
static void
guess (UtImportDialog *self)
{
  const UtImportFiles *parts = ut_import_parts_get_files (self->parts);
  g_auto (UtImportFiles) files = UT_IMPORT_FILES_INIT;
  UtImportOptions options;
  UtImportFixed fixed = collect (self, &options);

  ut_import_files_copy (&files, &self->files);
  g_set_object (&files.dev, parts->dev);
  g_set_object (&files.test, parts->test);
  ut_import_job_guess (self->job, &files, &options, fixed);
}

static char *
dup_title (UtImportDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->title_entry)));
}

/* What is missing until it can be imported; %NULL where nothing is. */
static const char *
get_reason (UtImportDialog *self)
{
  g_autofree char *title = dup_title (self);
  gsize n_negative = ut_import_labels_get_count (self->labels, UT_IMPORT_NEGATIVE);
  gsize n_positive = ut_import_labels_get_count (self->labels, UT_IMPORT_POSITIVE);

  if (self->refusal != NULL)
    return _("Nothing can be imported.");
  if (ut_import_job_get_guess (self->job) == NULL)
    return _("Choose another format, or other files.");
  if (ut_import_job_get_import (self->job) == NULL)
    return _("Choose other columns, or another format.");
  if (*title == '\0')
    return _("Give the data set a name.");
  if (n_negative == 0 && n_positive == 0)
    return _("Say which labels are negative and which are positive.");
  if (n_negative == 0)
    return _("No label is negative yet.");
  if (n_positive == 0)
    return _("No label is positive yet.");

  return NULL;
}

static char *
dup_counts (UtImportDialog *self)
{
  guint n_positive = (guint) ut_import_labels_get_count (self->labels, UT_IMPORT_POSITIVE);
  guint n_negative = (guint) ut_import_labels_get_count (self->labels, UT_IMPORT_NEGATIVE);
  guint n_left_out = (guint) ut_import_labels_get_count (self->labels, UT_IMPORT_LEAVE_OUT);
  /* Translators: numbers of rows. */
  GString *text = g_string_new (NULL);

  g_string_printf (text, _("%'u positive, %'u negative"), n_positive, n_negative);
  if (n_left_out > 0)
    /* Translators: a number of rows, after "2,410 positive, 2,571 negative". */
    g_string_append_printf (text, _(", %'u left out"), n_left_out);
  if (self->n_problems > 0)
    /* Translators: a number of rows, after "2,410 positive, 2,571 negative". */
    g_string_append_printf (text, _(", %'u cannot be used"), (guint) self->n_problems);

  return g_string_free (text, FALSE);
}

/* What stands at the bottom: what is being done, what is missing, or what will come of it. */
static char *
dup_status (UtImportDialog *self,
            const char     *reason)
{
  g_autofree char *name = NULL;

  switch (ut_import_job_get_activity (self->job))
    {
    case UT_IMPORT_GUESSING:
    case UT_IMPORT_SCANNING:
      name = ut_import_files_dup_name (ut_import_job_get_files (self->job));
      /* Translators: the name of a file. */
      return g_strdup_printf (_("Reading %s…"), name);
    case UT_IMPORT_WRITING:
      name = dup_title (self);
      /* Translators: the name of a data set. */
      return g_strdup_printf (_("Writing “%s”…"), name);
    case UT_IMPORT_IDLE:
    default:
      return reason != NULL ? g_strdup (reason) : dup_counts (self);
    }
}

static void
update_import_button (UtImportDialog *self,
                      gboolean        sensitive)
{
  guint n_rows = (guint) (ut_import_labels_get_count (self->labels, UT_IMPORT_POSITIVE) +
                          ut_import_labels_get_count (self->labels, UT_IMPORT_NEGATIVE));
  g_autofree char *label = NULL;

  if (n_rows > 0)
    label = g_strdup_printf (ngettext ("Import %'u row", "Import %'u rows", n_rows), n_rows);
  else
    label = g_strdup (C_("button", "Import"));
  if (g_strcmp0 (label, gtk_button_get_label (self->import_button)) != 0)
    gtk_button_set_label (self->import_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), sensitive);
}

/* An entry that turns insensitive does not learn that it lost the focus, and goes on blinking. */
static void
set_form_sensitive (UtImportDialog *self,
                    gboolean        sensitive)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!sensitive && focus != NULL && gtk_widget_is_ancestor (focus, self->form))
    gtk_widget_grab_focus (self->cancel_button);
  gtk_widget_set_sensitive (self->form, sensitive);
}

static void
update (UtImportDialog *self)
{
  UtImportActivity activity = ut_import_job_get_activity (self->job);
  const char *error = self->refusal != NULL ? self->refusal : ut_import_job_get_error (self->job);
  const char *reason = get_reason (self);
  g_autofree char *status = dup_status (self, reason);

  if (error != NULL)
    gtk_label_set_label (self->error_label, error);
  gtk_info_bar_set_revealed (self->error_bar, error != NULL);
  set_form_sensitive (self, activity != UT_IMPORT_WRITING && self->refusal == NULL);
  gtk_label_set_label (self->status_label, status);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), activity != UT_IMPORT_IDLE);
  gtk_progress_bar_set_fraction (self->progress_bar, ut_import_job_get_fraction (self->job));
  update_import_button (self, activity == UT_IMPORT_IDLE && reason == NULL);
}

/* Nothing is known of the files, or nothing of their rows. */
static void
show_failure (UtImportDialog *self)
{
  const UtImportFiles *files = ut_import_job_get_files (self->job);
  gboolean guessed = ut_import_job_get_guess (self->job) != NULL;

  self->n_problems = 0;
  ut_import_labels_show (self->labels, NULL, 0);
  ut_import_problems_show (self->problems, NULL, 0, 0, 0);
  ut_import_fields_show_import (self->fields, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), guessed);
  /* Another file may be what is wrong. */
  gtk_widget_set_visible (GTK_WIDGET (self->parts), guessed || files->dev != NULL ||
                                                    files->test != NULL);
  if (!guessed)
    ut_import_preview_show_guess (self->preview, NULL, NULL);
  ut_import_format_expand (self->format);
}

static void
job_changed_cb (UtImportDialog *self)
{
  if (ut_import_job_get_error (self->job) != NULL && ut_import_job_get_import (self->job) == NULL)
    show_failure (self);
  update (self);
}

static void
job_guessed_cb (UtImportDialog *self)
{
  UtImportGuess *seen = ut_import_job_get_guess (self->job);
  g_autofree char *name = ut_import_files_dup_name (ut_import_job_get_files (self->job));

  ut_import_format_show (self->format, ut_import_guess_get_options (seen));
  ut_import_fields_show (self->fields, seen);
  ut_import_parts_show (self->parts, seen);
  ut_import_preview_show_guess (self->preview, seen, ut_import_guess_get_options (seen));
  gtk_widget_set_visible (GTK_WIDGET (self->fields), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->parts), TRUE);
  adw_window_title_set_subtitle (self->window_title, name);
  if (!self->own_title)
    {
      g_autofree char *title = ut_import_guess_dup_title (seen);

      self->filling = TRUE;
      gtk_editable_set_text (self->title_entry, title);
      self->filling = FALSE;
    }
}

static void
job_scanned_cb (UtImportDialog *self)
{
  UtImport *import = ut_import_job_get_import (self->job);
  guint n_labels;
  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);
  guint n_listed;
  const UtImportProblem *problems = ut_import_get_problems (import, &n_listed);

  self->n_problems = ut_import_get_n_problems (import);
  ut_import_labels_show (self->labels, labels, n_labels);
  for (guint i = 0; i < n_labels; i++)
    ut_import_set_meaning (import, i, ut_import_labels_get_meaning (self->labels, i));
  gtk_widget_set_visible (GTK_WIDGET (self->labels), TRUE);
  ut_import_fields_show_import (self->fields, import);
  ut_import_parts_show_import (self->parts, import);
  ut_import_preview_show_import (self->preview, import);
  ut_import_problems_show (self->problems, problems, n_listed, self->n_problems,
                           ut_import_get_n_rows (import) + self->n_problems);
}

/* Something is to be known of the data set: it is there, but the window stays. */
static void
show_warnings (UtImportDialog       *self,
               const UtImportReport *report)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *text = g_strjoinv ("\n\n", report->warnings);
  g_autofree char *counts = NULL;

  /* Translators: numbers of rows. */
  counts = g_strdup_printf (_("%'u to train, %'u to validate, %'u to test"),
                            (guint) report->n_rows[UT_DATA_TRAIN],
                            (guint) report->n_rows[UT_DATA_DEV],
                            (guint) report->n_rows[UT_DATA_TEST]);
  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, counts);
  gtk_label_set_label (self->warnings_label, text);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_set_visible (self->bottom, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), FALSE);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _("Close"));
  gtk_widget_grab_focus (self->cancel_button);
}

static void
job_written_cb (UtImportDialog *self,
                GFile          *folder)
{
  g_autoptr (UtImportDialog) alive = g_object_ref (self);
  const UtImportReport *report = ut_import_job_get_report (self->job);

  if (report->warnings != NULL && report->warnings[0] != NULL)
    {
      show_warnings (self, report);
      g_signal_emit (self, imported_signal, 0, folder);
      return;
    }

  g_signal_emit (self, imported_signal, 0, folder);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
format_changed_cb (UtImportDialog *self,
                   guint           fixed)
{
  /* A header only says what columns are called; all else may make other ones. */
  if (fixed != UT_IMPORT_FIXED_HEADER)
    ut_import_fields_forget (self->fields);
  guess (self);
}

static void
fields_changed_cb (UtImportDialog *self,
                    guint           fixed)
{
  UtImportGuess *seen = ut_import_job_get_guess (self->job);
  UtImportOptions options;

  if (fixed == UT_IMPORT_FIXED_LABEL_COLUMN)
    ut_import_labels_forget (self->labels);
  if (seen == NULL)
    {
      guess (self);
      return;
    }

  collect (self, &options);
  ut_import_preview_show_guess (self->preview, seen, &options);
  ut_import_job_scan (self->job, &options);
}

static void
meaning_changed_cb (UtImportDialog *self,
                    guint           label,
                    guint           meaning)
{
  UtImport *import = ut_import_job_get_import (self->job);

  /* While there is none, a reading is under way, after which the choice is made again. */
  if (import != NULL)
    {
      ut_import_set_meaning (import, label, meaning);
      ut_import_preview_show_import (self->preview, import);
    }
  update (self);
}

static void
title_changed_cb (UtImportDialog *self)
{
  if (self->filling)
    return;

  self->own_title = TRUE;
  update (self);
}

static void
import_cb (UtImportDialog *self)
{
  g_autofree char *title = dup_title (self);
  UtImportOptions options;

  if (ut_import_job_get_activity (self->job) != UT_IMPORT_IDLE || get_reason (self) != NULL)
    return;

  collect (self, &options);
  ut_import_job_write (self->job, &options, title);
}

static void
ut_import_dialog_dispose (GObject *object)
{
  UtImportDialog *self = UT_IMPORT_DIALOG (object);

  self->filling = TRUE;
  if (self->job != NULL)
    ut_import_job_cancel (self->job);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (ut_import_dialog_parent_class)->dispose (object);
}

static void
ut_import_dialog_finalize (GObject *object)
{
  UtImportDialog *self = UT_IMPORT_DIALOG (object);

  ut_import_files_clear (&self->files);
  g_free (self->refusal);

  G_OBJECT_CLASS (ut_import_dialog_parent_class)->finalize (object);
}

static void
ut_import_dialog_class_init (UtImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_import_dialog_dispose;
  object_class->finalize = ut_import_dialog_finalize;

  /** UtImportDialog::imported: (folder): the data set is there, in that #GFile. */
  imported_signal = g_signal_new ("imported", UT_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  g_type_ensure (UT_TYPE_IMPORT_FIELDS);
  g_type_ensure (UT_TYPE_IMPORT_FORMAT);
  g_type_ensure (UT_TYPE_IMPORT_LABELS);
  g_type_ensure (UT_TYPE_IMPORT_PARTS);
  g_type_ensure (UT_TYPE_IMPORT_PREVIEW);
  g_type_ensure (UT_TYPE_IMPORT_PROBLEMS);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, error_bar);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, title_entry);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, labels);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, parts);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, problems);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, warnings_label);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, bottom);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, status_label);
  gtk_widget_class_bind_template_child (widget_class, UtImportDialog, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, fields_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, guess);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, meaning_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_changed_cb);
}

static void
ut_import_dialog_init (UtImportDialog *self)
{
  self->job = ut_import_job_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->title_entry));
  g_signal_connect_object (self->job, "changed", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "guessed", G_CALLBACK (job_guessed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "scanned", G_CALLBACK (job_scanned_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "written", G_CALLBACK (job_written_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
ut_import_dialog_new (GtkWindow  *parent,
                      GListModel *files)
{
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (files), NULL);
  g_return_val_if_fail (g_list_model_get_n_items (files) > 0, NULL);

  UtImportDialog *self = g_object_new (UT_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);

  self->files.train = g_list_model_get_item (files, 0);
  self->files.second = g_list_model_get_item (files, 1);
  if (g_list_model_get_n_items (files) > 2)
    {
      self->refusal = g_strdup (_("These are too many files. Choose one file, one folder, or two "
                                  "files, one with negative and one with positive texts."));
      update (self);
    }
  else
    {
      guess (self);
    }

  return GTK_WINDOW (self);
}
