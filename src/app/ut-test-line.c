/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-test-line.h"

#include "ut-moment.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtTestLine
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkButton *button;

  UtSession *session;    /* (owned) (nullable) */
  UtRun *run;            /* (owned) (nullable): the one that it is about, the current one else */
  GSignalGroup *signals; /* (owned): of that run */
  UtDataEntry *entry;    /* (owned) (nullable) */
  UtRun *testing;        /* (owned) (nullable): the run that answers the test rows */
};

G_DEFINE_FINAL_TYPE (UtTestLine, ut_test_line, GTK_TYPE_BOX)

static char *
dup_result (UtRun *run)
{
  gint64 microseconds;
  const UtEvaluation *test = ut_run_get_test (run, &microseconds);
  g_autofree char *day = ut_moment_dup_day (microseconds);

  /* Translators: a run, an accuracy from 0 to 1, a number of rows, a date. */
  return g_strdup_printf (_("%s reached %.3f on the %'u test rows, on %s."), ut_run_get_name (run),
                          test->accuracy, (guint) test->n_examples, day);
}

static gboolean
has_ended (UtRun *run)
{
  return !ut_run_is_active (run) && ut_run_get_state (run) != UT_RUN_QUEUED
         && (ut_run_get_best (run) != NULL || ut_run_get_n_members (run) > 0);
}

static UtRun *
get_run (UtTestLine *self)
{
  if (self->run != NULL || self->session == NULL)
    return self->run;

  return ut_session_get_current (self->session);
}

static void
update (UtTestLine *self)
{
  UtRun *run = get_run (self);
  g_autoptr (GFile) file = self->entry != NULL ? ut_data_entry_dup_part (self->entry, UT_DATA_TEST)
                                               : NULL;
  gboolean visible = run != NULL && file != NULL && has_ended (run)
                     && ut_data_entry_matches (self->entry, ut_run_get_config (run));
  gboolean tested = visible && ut_run_get_test (run, NULL) != NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (!visible)
    return;

  if (tested)
    text = dup_result (run);
  else if (self->testing != NULL)
    text = g_strdup_printf (_("%s answers the test rows…"), ut_run_get_name (self->testing));
  else
    text = g_strdup_printf (_("%s was not tested yet. Whoever looks at the test rows again and "
                              "again chooses by them: once, at the end."), ut_run_get_name (run));
  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !tested);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->testing == NULL);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (UtTestLine) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = ut_run_test_finish (UT_RUN (source), result, &error);

  g_clear_object (&self->testing);
  if (self->session == NULL)
    return;
  if (!done)
    ut_session_send_message (self->session, error->message);
  update (self);
}

static void
clicked_cb (UtTestLine *self)
{
  UtRun *run = get_run (self);
  g_autoptr (GFile) file = ut_data_entry_dup_part (self->entry, UT_DATA_TEST);

  if (run == NULL || file == NULL || self->testing != NULL)
    return;

  self->testing = g_object_ref (run);
  update (self);
  ut_run_test_async (run, file, NULL, tested_cb, g_object_ref (self));
}

static void
current_changed_cb (UtTestLine *self)
{
  g_signal_group_set_target (self->signals, get_run (self));
  update (self);
}

static void
ut_test_line_dispose (GObject *object)
{
  UtTestLine *self = UT_TEST_LINE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->run);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_TEST_LINE);
  g_clear_object (&self->session);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (ut_test_line_parent_class)->dispose (object);
}

static void
ut_test_line_finalize (GObject *object)
{
  g_clear_object (&UT_TEST_LINE (object)->testing);

  G_OBJECT_CLASS (ut_test_line_parent_class)->finalize (object);
}

static void
ut_test_line_class_init (UtTestLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_test_line_dispose;
  object_class->finalize = ut_test_line_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-test-line.ui");
  gtk_widget_class_bind_template_child (widget_class, UtTestLine, label);
  gtk_widget_class_bind_template_child (widget_class, UtTestLine, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
ut_test_line_init (UtTestLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::name", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::tested", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
  update (self);
}

void
ut_test_line_set_session (UtTestLine *self,
                          UtSession  *session)
{
  g_return_if_fail (UT_IS_TEST_LINE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  current_changed_cb (self);
}

void
ut_test_line_set_entry (UtTestLine  *self,
                        UtDataEntry *entry)
{
  g_return_if_fail (UT_IS_TEST_LINE (self));
  g_return_if_fail (entry == NULL || UT_IS_DATA_ENTRY (entry));

  if (g_set_object (&self->entry, entry))
    update (self);
}

void
ut_test_line_set_run (UtTestLine *self,
                      UtRun      *run)
{
  g_return_if_fail (UT_IS_TEST_LINE (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));
  g_return_if_fail (self->session != NULL);

  if (g_set_object (&self->run, run))
    current_changed_cb (self);
}
