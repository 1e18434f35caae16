/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-source-row.h"

#include "ut-resources.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _UtSourceRow
{
  GtkBox parent_instance;

  GtkLabel *title_label;
  GtkLabel *status_label;
  GtkButton *button;
  GtkProgressBar *progress_bar;

  UtSource *source;              /* (owned) */
  UtSession *session;            /* (owned) (nullable) */
  GFile *present;                /* (owned) (nullable): where it is */
  char *failure;                 /* (owned) (nullable): of the last attempt */
  GCancellable *fetching;        /* (owned) (nullable) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
};

G_DEFINE_FINAL_TYPE (UtSourceRow, ut_source_row, GTK_TYPE_BOX)

enum
{
  FETCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_status (UtSourceRow *self,
            const char  *text,
            gboolean     is_error)
{
  gtk_label_set_text (self->status_label, text);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "error");
}

static void
update (UtSourceRow *self)
{
  gboolean vectors = ut_source_get_kind (self->source) == UT_SOURCE_VECTORS;
  g_autofree char *size = g_format_size (ut_source_get_fetch_size (self->source));

  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), self->fetching != NULL);
  /* A data set that is there stands in the list. */
  gtk_widget_set_visible (GTK_WIDGET (self), self->present == NULL || vectors);
  if (self->fetching != NULL)
    {
      gtk_button_set_label (self->button, _("Cancel"));
      return;
    }

  if (self->present != NULL)
    {
      gtk_button_set_label (self->button, _("Use"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                                   _("Choose these word vectors for the next run"));
      set_status (self, _("on this computer"), FALSE);
      return;
    }

  gtk_button_set_label (self->button, _("Get…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), NULL);
  set_status (self, self->failure != NULL ? self->failure : size, self->failure != NULL);
}

/* Fetching */

static void
progress_cb (const UtFetchProgress *progress,
             gpointer               data)
{
  UtSourceRow *self = data;
  double total = (double) MAX (progress->n_total, 1);
  g_autofree char *bytes = g_format_size (progress->n_bytes);
  g_autofree char *all = g_format_size (progress->n_total);
  g_autofree char *rate = g_format_size ((guint64) progress->rate);
  g_autofree char *text = NULL;

  if (self->fetching == NULL)
    return;

  switch (progress->phase)
    {
    case UT_FETCH_CONNECTING:
      /* Translators: the name of a computer on the internet. */
      text = g_strdup_printf (_("Calling %s…"), ut_source_get_host (self->source));
      break;
    case UT_FETCH_AGAIN:
      text = g_strdup (_("Reading what is there already…"));
      break;
    case UT_FETCH_CHECKING:
      text = g_strdup (_("Checking…"));
      break;
    case UT_FETCH_FETCHING:
    default:
      if (progress->rate > 0)
        /* Translators: two sizes, and a size a second. */
        text = g_strdup_printf (_("%s of %s, %s/s"), bytes, all, rate);
      else
        /* Translators: two sizes. */
        text = g_strdup_printf (_("%s of %s"), bytes, all);
      break;
    }
  set_status (self, text, FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, (double) progress->n_bytes / total);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtSourceRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = ut_fetch_finish (result, &error);

  g_clear_object (&self->fetching);
  if (self->session == NULL)
    return;

  g_clear_pointer (&self->failure, g_free);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->failure = g_strdup (error->message);
  g_set_object (&self->present, file);
  update (self);
  if (file != NULL)
    g_signal_emit (self, signals[FETCHED], 0, file);
}

void
ut_source_row_fetch (UtSourceRow *self,
                     GFile       *archive)
{
  g_return_if_fail (UT_IS_SOURCE_ROW (self));

  if (self->fetching != NULL)
    return;

  self->fetching = g_cancellable_new ();
  update (self);
  set_status (self, _("Starting…"), FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  ut_fetch_async (self->source, archive, progress_cb, self, self->fetching, fetched_cb,
                  g_object_ref (self));
}

/* Asking */

static void
file_response_cb (UtSourceRow *self,
                  int          response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    ut_source_row_fetch (self, file);
}

static void
choose_file (UtSourceRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Open the Saved Archive"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
response_cb (UtSourceRow *self,
             const char  *response)
{
  if (g_str_equal (response, "get"))
    ut_source_row_fetch (self, NULL);
  else if (g_str_equal (response, "file"))
    choose_file (self);
}

static void
ask (UtSourceRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = g_strdup_printf (_("Get %s?"), ut_source_get_title (self->source));
  g_autofree char *size = g_format_size (ut_source_get_fetch_size (self->source));
  g_autofree char *unpacked = g_format_size (ut_source_get_unpacked_size (self->source));
  g_autofree char *get = g_strdup_printf (_("Get %s"), size);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, NULL);

  /* Translators: an internet address, a size, a licence, whom to name. */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("From %s; %s on the disk.\n\n%s\n\n%s"),
                                  ut_source_get_address (self->source), unpacked,
                                  ut_source_get_licence (self->source),
                                  ut_source_get_citation (self->source));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"),
                                    "file", _("Open a Saved Archive…"),
                                    "get", get,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "get",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "get");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
use_vectors (UtSourceRow *self)
{
  g_autofree char *text = g_strdup_printf (_("The next run uses %s."),
                                           ut_source_get_title (self->source));

  g_settings_set_string (ut_session_get_settings (self->session), "vectors-path",
                         g_file_peek_path (self->present));
  ut_session_send_message (self->session, text);
}

static void
clicked_cb (UtSourceRow *self)
{
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  else if (self->present != NULL)
    use_vectors (self);
  else
    ask (self);
}

/* GObject */

static void
ut_source_row_dispose (GObject *object)
{
  UtSourceRow *self = UT_SOURCE_ROW (object);

  g_cancellable_cancel (self->fetching);
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_SOURCE_ROW);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_source_row_parent_class)->dispose (object);
}

static void
ut_source_row_finalize (GObject *object)
{
  UtSourceRow *self = UT_SOURCE_ROW (object);

  g_clear_object (&self->fetching);
  g_clear_object (&self->present);
  g_clear_pointer (&self->source, ut_source_unref);
  g_free (self->failure);

  G_OBJECT_CLASS (ut_source_row_parent_class)->finalize (object);
}

static void
ut_source_row_class_init (UtSourceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_source_row_dispose;
  object_class->finalize = ut_source_row_finalize;

  /** UtSourceRow::fetched: (file): the data set's folder, or the file of word vectors. */
  signals[FETCHED] = g_signal_new ("fetched", UT_TYPE_SOURCE_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-source-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtSourceRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, UtSourceRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, UtSourceRow, button);
  gtk_widget_class_bind_template_child (widget_class, UtSourceRow, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
ut_source_row_init (UtSourceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_source_row_new (UtSource  *source,
                   GFile     *present,
                   UtSession *session)
{
  UtSourceRow *self;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (present == NULL || G_IS_FILE (present), NULL);
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  self = g_object_new (UT_TYPE_SOURCE_ROW, NULL);
  self->source = ut_source_ref (source);
  self->session = g_object_ref (session);
  g_set_object (&self->present, present);
  gtk_label_set_text (self->title_label, ut_source_get_title (source));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ut_source_get_title (source), -1);
  update (self);

  return GTK_WIDGET (self);
}
