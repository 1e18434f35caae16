/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-dialog.h"

#include "ut-classify-window.h"
#include "ut-import-fields.h"
#include "ut-import-format.h"
#include "ut-import-job.h"
#include "ut-import-preview.h"
#include "ut-resources.h"

#include <glib/gi18n.h>
#include <ut-plot-all.h>

struct _UtClassifyDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *cancel_button;
  GtkWidget *classify_button;
  GtkInfoBar *error_bar;
  GtkLabel *error_label;
  GtkLabel *run_label;
  UtPlotSwatch *run_swatch;
  UtImportFormat *format;
  UtImportFields *fields;
  UtImportPreview *preview;
  GtkLabel *status_label;

  UtRun *run;           /* (owned) */
  UtModel *model;       /* (owned) (nullable): once it is read */
  char *model_error;    /* (owned) (nullable): why it cannot be */
  UtImportFiles files;  /* with one file */
  UtImportJob *job;     /* (owned): looks at it */
  GCancellable *asking; /* (owned): for the model */
};

G_DEFINE_FINAL_TYPE (UtClassifyDialog, ut_classify_dialog, ADW_TYPE_WINDOW)

static guint started_signal;

/* What the rows show; returns which of it somebody chose. */
static UtImportFixed
collect (UtClassifyDialog *self,
         UtImportOptions  *options)
{
  *options = (UtImportOptions) UT_IMPORT_OPTIONS_INIT;

  return ut_import_format_collect (self->format, options) |
         ut_import_fields_collect (self->fields, options);
}

/* Looks at the file anew, with what was chosen so far. */
static void
guess (UtClassifyDialog *self)
{
  UtImportOptions options;
  UtImportFixed fixed = collect (self, &options);

  ut_import_job_guess (self->job, &self->files, &options, fixed);
}

/* What stands at the bottom: what is being done, or what is missing; or that nothing is. */
static const char *
get_status (UtClassifyDialog *self)
{
  if (ut_import_job_get_activity (self->job) != UT_IMPORT_IDLE)
    return _("Reading the start of the file…");
  if (self->model_error != NULL)
    return _("There is no model to ask.");
  if (ut_import_job_get_guess (self->job) == NULL)
    return _("Choose another format, or another file.");
  if (self->model == NULL)
    return _("Reading the model…");

  return _("The file is only read. What is answered can be looked through and saved.");
}

static gboolean
is_ready (UtClassifyDialog *self)
{
  return ut_import_job_get_activity (self->job) == UT_IMPORT_IDLE
         && ut_import_job_get_guess (self->job) != NULL && self->model != NULL;
}

static void
update (UtClassifyDialog *self)
{
  const char *error = self->model_error != NULL ? self->model_error
                                                : ut_import_job_get_error (self->job);

  if (error != NULL)
    gtk_label_set_label (self->error_label, error);
  gtk_info_bar_set_revealed (self->error_bar, error != NULL);
  gtk_label_set_label (self->status_label, get_status (self));
  gtk_widget_set_sensitive (self->classify_button, is_ready (self));
  /* Where all is guessed right, Return is enough. */
  if (is_ready (self) && gtk_window_get_focus (GTK_WINDOW (self)) == self->cancel_button)
    gtk_widget_grab_focus (self->classify_button);
}

static void
job_changed_cb (UtClassifyDialog *self)
{
  if (ut_import_job_get_error (self->job) != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->fields), FALSE);
      ut_import_preview_show_guess (self->preview, NULL, NULL);
      ut_import_format_expand (self->format);
    }
  update (self);
}

static void
job_guessed_cb (UtClassifyDialog *self)
{
  UtImportGuess *seen = ut_import_job_get_guess (self->job);
  const UtImportOptions *options = ut_import_guess_get_options (seen);

  ut_import_format_show (self->format, options);
  ut_import_fields_show (self->fields, seen);
  ut_import_preview_show_guess (self->preview, seen, options);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), TRUE);
}

static void
format_changed_cb (UtClassifyDialog *self,
                   guint             fixed)
{
  /* A header only says what columns are called; all else may make other ones. */
  if (fixed != UT_IMPORT_FIXED_HEADER)
    ut_import_fields_forget (self->fields);
  guess (self);
}

static void
model_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtClassifyDialog) self = data;
  g_autoptr (GError) error = NULL;
  UtModel *model = ut_run_get_model_finish (UT_RUN (source), result, &error);

  if (g_cancellable_is_cancelled (self->asking))
    {
      g_clear_pointer (&model, ut_model_unref);
      return;
    }

  self->model = model;
  if (model == NULL)
    self->model_error = g_strdup (error->message);
  else
    ut_import_fields_propose_unit (self->fields, ut_model_get_facts (model)->reviews
                                                 ? UT_DATA_UNIT_REVIEW : UT_DATA_UNIT_SENTENCE);
  update (self);
}

static void
classify_cb (UtClassifyDialog *self)
{
  g_autoptr (UtClassifyDialog) alive = g_object_ref (self);
  UtImportGuess *seen = ut_import_job_get_guess (self->job);
  UtImportOptions chosen;
  UtClassifyOptions options;
  GtkWindow *window;

  if (!is_ready (self))
    return;

  UtImportFixed fixed = collect (self, &chosen);

  ut_classify_options_init (&options, self->model, seen);
  options.form = UT_ROWS_CSV;
  options.check_labels = (fixed & UT_IMPORT_FIXED_LABEL_COLUMN) != 0;
  if (options.reading != UT_READING_TOKENIZED_LINES)
    options.reading = chosen.unit == UT_DATA_UNIT_REVIEW ? UT_READING_WHOLE : UT_READING_SENTENCES;
  window = ut_classify_window_new (gtk_window_get_transient_for (GTK_WINDOW (self)), self->run,
                                   self->model, self->files.train, seen, &options);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, started_signal, 0, window);
  gtk_window_present (window);
}

/* It is closed then. An answer that is still to come holds this window, but not its parent. */
static void
ut_classify_dialog_unrealize (GtkWidget *widget)
{
  UtClassifyDialog *self = UT_CLASSIFY_DIALOG (widget);

  g_cancellable_cancel (self->asking);
  ut_import_job_cancel (self->job);
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);

  GTK_WIDGET_CLASS (ut_classify_dialog_parent_class)->unrealize (widget);
}

static void
ut_classify_dialog_finalize (GObject *object)
{
  UtClassifyDialog *self = UT_CLASSIFY_DIALOG (object);

  g_object_unref (self->asking);
  g_object_unref (self->job);
  ut_import_files_clear (&self->files);
  g_clear_pointer (&self->model, ut_model_unref);
  g_free (self->model_error);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (ut_classify_dialog_parent_class)->finalize (object);
}

static void
ut_classify_dialog_class_init (UtClassifyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_classify_dialog_finalize;
  widget_class->unrealize = ut_classify_dialog_unrealize;

  /** UtClassifyDialog::started: (window): that #UtClassifyWindow reads the file. */
  started_signal = g_signal_new ("started", UT_TYPE_CLASSIFY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, UT_TYPE_CLASSIFY_WINDOW);

  g_type_ensure (UT_TYPE_IMPORT_FIELDS);
  g_type_ensure (UT_TYPE_IMPORT_FORMAT);
  g_type_ensure (UT_TYPE_IMPORT_PREVIEW);
  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-classify-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, classify_button);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, error_bar);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, run_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, run_swatch);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, format);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyDialog, status_label);
  gtk_widget_class_bind_template_callback (widget_class, classify_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, guess);
}

static void
ut_classify_dialog_init (UtClassifyDialog *self)
{
  self->job = ut_import_job_new_for_texts ();
  self->asking = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_import_format_set_for_texts (self->format);
  ut_import_fields_set_for_texts (self->fields);
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel_button);
  g_signal_connect_object (self->job, "changed", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "guessed", G_CALLBACK (job_guessed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
ut_classify_dialog_new (GtkWindow *parent,
                        UtRun     *run,
                        GFile     *file)
{
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_RUN (run), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  UtClassifyDialog *self = g_object_new (UT_TYPE_CLASSIFY_DIALOG, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);
  g_autofree char *path = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (path);

  self->run = g_object_ref (run);
  self->files.train = g_object_ref (file);
  adw_window_title_set_subtitle (self->window_title, name);
  gtk_label_set_text (self->run_label, ut_run_get_name (run));
  ut_plot_swatch_set_style (self->run_swatch, ut_run_get_style (run));
  ut_run_get_model_async (run, self->asking, model_cb, g_object_ref (self));
  guess (self);

  return GTK_WINDOW (self);
}
