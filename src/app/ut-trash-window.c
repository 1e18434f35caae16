/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-trash-window.h"

#include "ut-delete-question.h"
#include "ut-resources.h"
#include "ut-trash-row.h"

#include <glib/gi18n.h>

struct _UtTrashWindow
{
  AdwWindow parent_instance;

  GtkWidget *empty_button;
  GtkStack *stack;
  GtkWidget *empty_page;
  GtkWidget *list_page;
  GtkListBox *list;

  UtSession *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (UtTrashWindow, ut_trash_window, ADW_TYPE_WINDOW)

/* The dialog holds the run that it asks about. */
static void
delete_response_cb (UtTrashWindow *self,
                    const char    *response,
                    GObject       *dialog)
{
  if (strcmp (response, UT_DELETE_QUESTION_YES) == 0)
    ut_run_store_purge (ut_session_get_store (self->session), g_object_get_data (dialog, "run"));
}

/* Rows */

static void
restore_cb (UtTrashWindow *self,
            UtTrashRow    *row)
{
  g_autoptr (UtRun) run = g_object_ref (ut_trash_row_get_run (row));

  ut_run_store_restore (ut_session_get_store (self->session), run);
  ut_session_set_current (self->session, run);
}

static void
delete_cb (UtTrashWindow *self,
           UtTrashRow    *row)
{
  UtRun *run = ut_trash_row_get_run (row);
  g_autofree char *heading = g_strdup_printf (_("Delete %s for Good?"), ut_run_get_name (run));
  GtkWidget *dialog =
    ut_delete_question_new (GTK_WINDOW (self), heading,
                            _("Its model, its curves and its training state cannot be brought "
                              "back."));

  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  UtTrashWindow *self = user_data;
  GtkWidget *row = ut_trash_row_new (item);

  g_signal_connect_object (row, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "delete", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
empty_cb (UtTrashWindow *self)
{
  ut_delete_question_empty_trash (GTK_WINDOW (self), ut_session_get_store (self->session));
}

/* The focus must not be lost with the row that had it. */
static void
trash_changed_cb (UtTrashWindow *self,
                  guint          position,
                  guint          removed,
                  guint          added,
                  GListModel    *trash)
{
  guint n_runs = g_list_model_get_n_items (trash);
  GtkListBoxRow *row;

  gtk_widget_set_sensitive (self->empty_button, n_runs > 0);
  gtk_stack_set_visible_child (self->stack, n_runs > 0 ? self->list_page : self->empty_page);
  if (removed == 0 || n_runs == 0)
    return;

  row = gtk_list_box_get_row_at_index (self->list, (int) MIN (position, n_runs - 1));
  if (row != NULL)
    ut_trash_row_grab_focus (UT_TRASH_ROW (row));
}

static void
ut_trash_window_finalize (GObject *object)
{
  g_clear_object (&UT_TRASH_WINDOW (object)->session);

  G_OBJECT_CLASS (ut_trash_window_parent_class)->finalize (object);
}

static void
ut_trash_window_class_init (UtTrashWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_trash_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-trash-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtTrashWindow, empty_button);
  gtk_widget_class_bind_template_child (widget_class, UtTrashWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, UtTrashWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtTrashWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtTrashWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, empty_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ut_trash_window_init (UtTrashWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
ut_trash_window_new (GtkWindow *parent,
                     UtSession *session)
{
  UtTrashWindow *self;
  GListModel *trash;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  self = g_object_new (UT_TYPE_TRASH_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE,
                       NULL);
  self->session = g_object_ref (session);
  trash = ut_run_store_get_trash (ut_session_get_store (session));
  gtk_list_box_bind_model (self->list, trash, create_row_cb, self, NULL);
  g_signal_connect_object (trash, "items-changed", G_CALLBACK (trash_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  trash_changed_cb (self, 0, 0, 0, trash);

  return GTK_WINDOW (self);
}
