/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-window.h"

#include "ut-classify-job.h"
#include "ut-classify-summary.h"
#include "ut-classify-table.h"
#include "ut-resources.h"
#include "ut-toast.h"

#include <glib/gi18n.h>

struct _UtClassifyWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *save_button;
  GtkInfoBar *error_bar;
  GtkLabel *error_label;
  GtkStack *stack;
  GtkWidget *reading_page;
  GtkLabel *reading_title;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkWidget *cancel_button;
  GtkWidget *failed_page;
  GtkLabel *failed_label;
  GtkWidget *again_button;
  GtkWidget *result_page;
  UtClassifySummary *summary;
  UtClassifyTable *table;

  UtRun *run;                    /* (owned) */
  GFile *file;                   /* (owned) */
  UtClassifyJob *job;            /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  GCancellable *saving;          /* (owned) (nullable): while it is being saved */
};

G_DEFINE_FINAL_TYPE (UtClassifyWindow, ut_classify_window, ADW_TYPE_WINDOW)

enum
{
  ASK,
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
allow_saving (UtClassifyWindow *self,
              gboolean          allowed)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "classify.save", allowed);
}

/* Reading */

static void
job_changed_cb (UtClassifyWindow *self)
{
  guint n = ut_classify_job_get_n_rows (self->job);
  g_autofree char *text = g_strdup_printf (ngettext ("%'u text so far", "%'u texts so far", n), n);

  gtk_progress_bar_set_fraction (self->progress_bar, ut_classify_job_get_fraction (self->job));
  gtk_label_set_text (self->progress_label, text);
}

static void
job_ended_cb (UtClassifyWindow *self)
{
  UtClassifiedRows *rows = ut_classify_job_get_rows (self->job);

  /* A stack would hand the focus over to a label, which then looks selected. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (rows == NULL)
    {
      gtk_label_set_text (self->failed_label, ut_classify_job_get_error (self->job));
      gtk_stack_set_visible_child (self->stack, self->failed_page);
      gtk_widget_grab_focus (self->again_button);
      return;
    }

  ut_classify_summary_show (self->summary, self->run,
                            ut_classified_rows_get_classification (rows));
  ut_classify_table_set_rows (self->table, rows);
  allow_saving (self, TRUE);
  gtk_stack_set_visible_child (self->stack, self->result_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
again_cb (UtClassifyWindow *self)
{
  g_autoptr (UtClassifyWindow) alive = g_object_ref (self);

  g_signal_emit (self, signals[AGAIN], 0, self->file);
  gtk_window_close (GTK_WINDOW (self));
}

/* Looking */

static void
cell_activated_cb (UtClassifyWindow *self,
                   guint             label,
                   gboolean          is_right)
{
  static const UtClassifyFilter filters[2][2] = {
    { UT_CLASSIFY_WRONG_NEGATIVE, UT_CLASSIFY_RIGHT_NEGATIVE },
    { UT_CLASSIFY_WRONG_POSITIVE, UT_CLASSIFY_RIGHT_POSITIVE },
  };

  ut_classify_table_set_filter (self->table, filters[label != 0][is_right != FALSE]);
}

static void
meaning_changed_cb (UtClassifyWindow *self)
{
  ut_classify_table_update_meanings (self->table);
}

static void
row_activated_cb (UtClassifyWindow *self,
                  const char       *text)
{
  g_signal_emit (self, signals[ASK], 0, text);
}

static void
message_cb (UtClassifyWindow *self,
            const char       *text)
{
  ut_toast_show (GTK_WIDGET (self->stack), text);
}

/* Saving */

typedef struct
{
  UtClassifiedRows *rows; /* (owned) */
  GFile *file;            /* (owned) */
} Save;

static void
save_free (Save *self)
{
  ut_classified_rows_unref (self->rows);
  g_object_unref (self->file);
  g_free (self);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Save *order = data;
  GError *error = NULL;

  if (ut_classified_rows_save (order->rows, order->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtClassifyWindow) self = data;
  const Save *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean saved = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->saving);
  allow_saving (self, TRUE);
  if (saved)
    {
      g_autofree char *name = g_file_get_parse_name (order->file);
      g_autofree char *text = g_strdup_printf (_("The rows are in %s."), name);

      message_cb (self, text);
      return;
    }

  g_autofree char *text = g_strdup_printf (_("Nothing was saved. %s"), error->message);

  gtk_label_set_text (self->error_label, text);
  gtk_info_bar_set_revealed (self->error_bar, TRUE);
}

static void
save_response_cb (UtClassifyWindow *self,
                  int               response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    ut_classify_window_save (self, file);
}

/* "reviews.csv" becomes "reviews-classified.csv". */
static char *
dup_output_name (UtClassifyWindow *self)
{
  g_autofree char *path = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (path);
  char *dot = strchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';

  return g_strconcat (name, "-classified.csv", NULL);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  UtClassifyWindow *self = UT_CLASSIFY_WINDOW (widget);
  g_autofree char *name = dup_output_name (self);
  g_autoptr (GFile) folder = g_file_get_parent (self->file);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Save as CSV"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
hide_error_cb (UtClassifyWindow *self)
{
  gtk_info_bar_set_revealed (self->error_bar, FALSE);
}

/* GObject */

/* It is closed then. An answer that is still to come holds this window, but not its parent. */
static void
ut_classify_window_unrealize (GtkWidget *widget)
{
  UtClassifyWindow *self = UT_CLASSIFY_WINDOW (widget);

  ut_classify_job_cancel (self->job);
  g_cancellable_cancel (self->saving);
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);

  GTK_WIDGET_CLASS (ut_classify_window_parent_class)->unrealize (widget);
}

static void
ut_classify_window_dispose (GObject *object)
{
  UtClassifyWindow *self = UT_CLASSIFY_WINDOW (object);

  ut_classify_job_cancel (self->job);
  g_cancellable_cancel (self->saving);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (ut_classify_window_parent_class)->dispose (object);
}

static void
ut_classify_window_finalize (GObject *object)
{
  UtClassifyWindow *self = UT_CLASSIFY_WINDOW (object);

  g_object_unref (self->job);
  g_clear_object (&self->saving);
  g_clear_object (&self->run);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (ut_classify_window_parent_class)->finalize (object);
}

static void
ut_classify_window_class_init (UtClassifyWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_classify_window_dispose;
  object_class->finalize = ut_classify_window_finalize;
  widget_class->unrealize = ut_classify_window_unrealize;

  /** UtClassifyWindow::ask: (text): a row was activated. */
  signals[ASK] = g_signal_new ("ask", UT_TYPE_CLASSIFY_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /** UtClassifyWindow::again: (file): the #GFile could not be read so, and may be otherwise. */
  signals[AGAIN] = g_signal_new ("again", UT_TYPE_CLASSIFY_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  g_type_ensure (UT_TYPE_CLASSIFY_SUMMARY);
  g_type_ensure (UT_TYPE_CLASSIFY_TABLE);
  gtk_widget_class_install_action (widget_class, "classify.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "classify.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-classify-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, reading_page);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, reading_title);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, failed_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, result_page);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyWindow, table);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, cell_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, hide_error_cb);
  gtk_widget_class_bind_template_callback (widget_class, meaning_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
ut_classify_window_init (UtClassifyWindow *self)
{
  self->job = ut_classify_job_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  allow_saving (self, FALSE);
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel_button);
  g_signal_connect_object (self->job, "changed", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (job_ended_cb), self, G_CONNECT_SWAPPED);
}

GtkWindow *
ut_classify_window_new (GtkWindow               *parent,
                        UtRun                   *run,
                        UtModel                 *model,
                        GFile                   *file,
                        UtImportGuess           *guess,
                        const UtClassifyOptions *options)
{
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_RUN (run), NULL);
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (guess != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  UtClassifyWindow *self = g_object_new (UT_TYPE_CLASSIFY_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);
  g_autofree char *path = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (path);
  /* Translators: the name of a run. */
  g_autofree char *subtitle = g_strdup_printf (_("answered by %s"), ut_run_get_name (run));
  /* Translators: the name of a file. */
  g_autofree char *title = g_strdup_printf (_("Reading %s…"), name);

  self->run = g_object_ref (run);
  self->file = g_object_ref (file);
  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_window_title_set_title (self->window_title, name);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  gtk_label_set_text (self->reading_title, title);
  job_changed_cb (self);
  ut_classify_job_start (self->job, model, guess, options);

  return GTK_WINDOW (self);
}

UtRun *
ut_classify_window_get_run (UtClassifyWindow *self)
{
  g_return_val_if_fail (UT_IS_CLASSIFY_WINDOW (self), NULL);

  return self->run;
}

void
ut_classify_window_save (UtClassifyWindow *self,
                         GFile            *file)
{
  g_return_if_fail (UT_IS_CLASSIFY_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (ut_classify_job_get_rows (self->job) != NULL);
  g_return_if_fail (self->saving == NULL);

  Save *order = g_new0 (Save, 1);

  order->rows = ut_classified_rows_ref (ut_classify_job_get_rows (self->job));
  order->file = g_object_ref (file);
  self->saving = g_cancellable_new ();
  allow_saving (self, FALSE);
  hide_error_cb (self);

  /* The task may end on the worker, where the window must not. */
  g_autoptr (GTask) task = g_task_new (NULL, self->saving, saved_cb, g_object_ref (self));

  /* A file that is there is there, even if it was cancelled a moment too late. */
  g_task_set_source_tag (task, ut_classify_window_save);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_name (task, "[undertone] save classified rows");
  g_task_set_task_data (task, order, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_thread);
}
