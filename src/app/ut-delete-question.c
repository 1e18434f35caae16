/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-delete-question.h"

#include <glib/gi18n.h>

GtkWidget *
ut_delete_question_new (GtkWindow  *parent,
                        const char *heading,
                        const char *body)
{
  GtkWidget *dialog;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  dialog = adw_message_dialog_new (parent, heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"),
                                    UT_DELETE_QUESTION_YES, _("Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), UT_DELETE_QUESTION_YES,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_present (GTK_WINDOW (dialog));

  return dialog;
}

static void
empty_response_cb (UtRunStore *store,
                   const char *response)
{
  GListModel *trash = ut_run_store_get_trash (store);

  if (strcmp (response, UT_DELETE_QUESTION_YES) != 0)
    return;

  for (guint i = g_list_model_get_n_items (trash); i > 0; i--)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (trash, i - 1);

      ut_run_store_purge (store, run);
    }
}

void
ut_delete_question_empty_trash (GtkWindow  *parent,
                                UtRunStore *store)
{
  guint n_runs;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (UT_IS_RUN_STORE (store));

  n_runs = g_list_model_get_n_items (ut_run_store_get_trash (store));
  body = g_strdup_printf (ngettext ("%u run is deleted for good, with its model and its curves.",
                                    "%u runs are deleted for good, with their models and their "
                                    "curves.", n_runs), n_runs);
  dialog = ut_delete_question_new (parent, _("Empty the Trash?"), body);
  g_signal_connect_object (dialog, "response", G_CALLBACK (empty_response_cb), store,
                           G_CONNECT_SWAPPED);
}
