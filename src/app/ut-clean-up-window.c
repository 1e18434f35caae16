/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-clean-up-window.h"

#include "ut-delete-question.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtCleanUpWindow
{
  AdwWindow parent_instance;

  GtkLabel *status_label;
  AdwActionRow *states_row;
  GtkLabel *states_label;
  GtkWidget *states_button;
  AdwActionRow *trash_row;
  GtkLabel *trash_label;
  GtkWidget *trash_button;
  GtkLabel *models_label;
  GtkLabel *database_label;

  UtRunStore *store;       /* (owned) */
  GCancellable *measuring; /* (owned) (nullable) */
  UtRunSizes sizes;        /* as they were measured last */
};

G_DEFINE_FINAL_TYPE (UtCleanUpWindow, ut_clean_up_window, ADW_TYPE_WINDOW)

static void
show_size (GtkLabel *label,
           guint64   size)
{
  g_autofree char *text = g_format_size (size);

  gtk_label_set_label (label, text);
}

static void
show_sizes (UtCleanUpWindow *self)
{
  const UtRunSizes *sizes = &self->sizes;
  guint64 free = sizes->states + sizes->trash;
  g_autofree char *all = g_format_size (free + sizes->models + sizes->database);
  g_autofree char *freed = g_format_size (free);
  /* Translators: two sizes, as "12.5 MB". */
  g_autofree char *status = g_strdup_printf (_("The runs take %s, of which %s can be freed."), all,
                                             freed);
  g_autofree char *states =
    g_strdup_printf (ngettext ("Of %'u finished run, which without it cannot be given more epochs",
                               "Of %'u finished runs, which without them cannot be given more epochs",
                               sizes->n_states), sizes->n_states);
  g_autofree char *trash =
    g_strdup_printf (ngettext ("%'u run, which can be restored until then",
                               "%'u runs, which can be restored until then", sizes->n_trash),
                     sizes->n_trash);

  gtk_label_set_label (self->status_label, status);
  adw_action_row_set_subtitle (self->states_row, sizes->n_states > 0 ? states : _("None"));
  adw_action_row_set_subtitle (self->trash_row, sizes->n_trash > 0 ? trash : _("None"));
  gtk_widget_set_sensitive (self->states_button, sizes->n_states > 0);
  gtk_widget_set_sensitive (self->trash_button, sizes->n_trash > 0);
  show_size (self->states_label, sizes->states);
  show_size (self->trash_label, sizes->trash);
  show_size (self->models_label, sizes->models);
  show_size (self->database_label, sizes->database);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (UtCleanUpWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ut_run_store_measure_finish (UT_RUN_STORE (source), result, &self->sizes, &error))
    show_sizes (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->status_label, error->message);
}

static void
measure (UtCleanUpWindow *self)
{
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  self->measuring = g_cancellable_new ();
  ut_run_store_measure_async (self->store, self->measuring, measured_cb, g_object_ref (self));
}

static void
states_response_cb (UtCleanUpWindow *self,
                    const char      *response)
{
  if (strcmp (response, UT_DELETE_QUESTION_YES) != 0)
    return;

  ut_run_store_delete_states (self->store);
  measure (self);
}

static void
delete_states_cb (UtCleanUpWindow *self)
{
  guint n_states = self->sizes.n_states;
  g_autofree char *body =
    g_strdup_printf (ngettext ("%'u finished run can then not be given more epochs. Its model and "
                               "its curves stay.",
                               "%'u finished runs can then not be given more epochs. Their models "
                               "and their curves stay.", n_states), n_states);
  GtkWidget *dialog = ut_delete_question_new (GTK_WINDOW (self), _("Delete the Training States?"),
                                              body);

  g_signal_connect_object (dialog, "response", G_CALLBACK (states_response_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
empty_trash_cb (UtCleanUpWindow *self)
{
  ut_delete_question_empty_trash (GTK_WINDOW (self), self->store);
}

/* It is closed then. An answer that is still to come holds this window, but not its parent. */
static void
ut_clean_up_window_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (UT_CLEAN_UP_WINDOW (widget)->measuring);
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);

  GTK_WIDGET_CLASS (ut_clean_up_window_parent_class)->unrealize (widget);
}

static void
ut_clean_up_window_finalize (GObject *object)
{
  UtCleanUpWindow *self = UT_CLEAN_UP_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->measuring);

  G_OBJECT_CLASS (ut_clean_up_window_parent_class)->finalize (object);
}

static void
ut_clean_up_window_class_init (UtCleanUpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_clean_up_window_finalize;
  widget_class->unrealize = ut_clean_up_window_unrealize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-clean-up-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, status_label);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, states_row);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, states_label);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, states_button);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, trash_row);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, trash_label);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, trash_button);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, models_label);
  gtk_widget_class_bind_template_child (widget_class, UtCleanUpWindow, database_label);
  gtk_widget_class_bind_template_callback (widget_class, delete_states_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_trash_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ut_clean_up_window_init (UtCleanUpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ut_clean_up_window_new (GtkWindow  *parent,
                        UtRunStore *store)
{
  UtCleanUpWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  self = g_object_new (UT_TYPE_CLEAN_UP_WINDOW, "transient-for", parent,
                       "destroy-with-parent", TRUE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (ut_run_store_get_trash (store), "items-changed", G_CALLBACK (measure),
                           self, G_CONNECT_SWAPPED);
  measure (self);

  return GTK_WINDOW (self);
}
