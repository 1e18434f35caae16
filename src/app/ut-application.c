/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-application.h"

#include "ut-accels.h"
#include "ut-loop-trace.h"
#include "ut-scratch.h"
#include "ut-screenshot.h"
#include "ut-window.h"

#include <glib/gi18n.h>

struct _UtApplication
{
  AdwApplication parent_instance;

  UtSession *session; /* (owned) (nullable): from startup on */
  UtScratch *scratch; /* (owned) (nullable): where its runs are, if not among the person's */
};

G_DEFINE_FINAL_TYPE (UtApplication, ut_application, ADW_TYPE_APPLICATION)

static UtWindow *
find_window (UtApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  while (windows != NULL && !UT_IS_WINDOW (windows->data))
    windows = windows->next;

  return windows != NULL ? windows->data : NULL;
}

static UtWindow *
ensure_window (UtApplication *self)
{
  UtWindow *window = find_window (self);

  if (window == NULL)
    window = UT_WINDOW (ut_window_new (ADW_APPLICATION (self), self->session));
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GtkApplication *application = user_data;

  adw_show_about_window (gtk_application_get_active_window (application),
                         "application-name", _("Undertone"),
                         "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "developer-name", _("The Undertone authors"),
                         "copyright", "© 2026 The Undertone authors",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Train recurrent sentiment models and see what they make of "
                                       "each word."),
                         NULL);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  /* The window asks first where a run trains. */
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (user_data);
}

static void
show_run_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  ut_window_show_run (ensure_window (user_data), g_variant_get_string (parameter, NULL));
}

static void
presets_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (UtSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!ut_preset_store_load_finish (UT_PRESET_STORE (source), result, &error))
    ut_session_send_message (session, error->message);
}

static void
probes_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (UtSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!ut_probe_list_load_finish (UT_PROBE_LIST (source), result, &error))
    ut_session_send_message (session, error->message);
}

static void
data_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (UtSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!ut_data_list_load_finish (UT_DATA_LIST (source), result, &error))
    ut_session_send_message (session, error->message);
}

/* @directory: (nullable): where the runs are, if not among the person's files. */
static void
open_session (UtApplication *self,
              GFile         *directory)
{
  g_autoptr (UtRunStore) store = ut_run_store_new (directory);
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);

  g_clear_object (&self->session);
  self->session = ut_session_new (store, settings);
  ut_store_loader_load (ut_session_get_loader (self->session));
  ut_preset_store_load_async (ut_session_get_presets (self->session), NULL, presets_cb,
                              g_object_ref (self->session));
  ut_probe_list_load_async (ut_session_get_probes (self->session), NULL, probes_cb,
                            g_object_ref (self->session));
  ut_data_list_load_async (ut_session_get_data (self->session), NULL, data_cb,
                           g_object_ref (self->session));
}

/* The runs there are must not be touched: another session takes the place of theirs. */
static void
start_without_runs_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  UtApplication *self = user_data;
  UtWindow *old = find_window (self);
  g_autoptr (GError) error = NULL;

  if (self->scratch != NULL)
    return;

  self->scratch = ut_scratch_new (&error);
  if (self->scratch == NULL)
    {
      ut_session_send_message (self->session, error->message);
      return;
    }

  open_session (self, ut_scratch_get_folder (self->scratch));
  gtk_window_present (GTK_WINDOW (ut_window_new (ADW_APPLICATION (self), self->session)));
  if (old != NULL)
    gtk_window_destroy (GTK_WINDOW (old));
}

static void
ut_application_startup (GApplication *application)
{
  const GActionEntry entries[] = {
    { "about", about_cb },
    { "start-without-runs", start_without_runs_cb },
    { "quit", quit_cb },
    { "show-run", show_run_cb, "s" },
  };
  UtApplication *self = UT_APPLICATION (application);

  G_APPLICATION_CLASS (ut_application_parent_class)->startup (application);

  open_session (self, NULL);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  ut_accels_install (GTK_APPLICATION (self));

  if (g_getenv ("UNDERTONE_TEST_HOOKS") != NULL)
    {
      ut_screenshot_install (GTK_APPLICATION (self));
      ut_loop_trace_install (GTK_APPLICATION (self));
    }
}

static void
ut_application_activate (GApplication *application)
{
  ensure_window (UT_APPLICATION (application));
}

static void
ut_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  UtWindow *window = ensure_window (UT_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    ut_window_open_model (window, files[i]);
}

static int
ut_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("undertone %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

/* What the main loop would have brought does not come any more, and may hold the store for ever. */
static void
ut_application_shutdown (GApplication *application)
{
  UtApplication *self = UT_APPLICATION (application);

  if (self->session != NULL)
    ut_run_store_close (ut_session_get_store (self->session));

  G_APPLICATION_CLASS (ut_application_parent_class)->shutdown (application);
}

static void
ut_application_dispose (GObject *object)
{
  UtApplication *self = UT_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->scratch, ut_scratch_free);

  G_OBJECT_CLASS (ut_application_parent_class)->dispose (object);
}

static void
ut_application_class_init (UtApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = ut_application_dispose;
  application_class->startup = ut_application_startup;
  application_class->activate = ut_application_activate;
  application_class->open = ut_application_open;
  application_class->shutdown = ut_application_shutdown;
  application_class->handle_local_options = ut_application_handle_local_options;
}

static void
ut_application_init (UtApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL },
    { NULL },
  };

  g_set_application_name (_("Undertone"));
  gtk_window_set_default_icon_name (APPLICATION_ID);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[MODEL…]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Train recurrent sentiment models and "
                                              "watch them learn."));
}

UtApplication *
ut_application_new (void)
{
  return g_object_new (UT_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/undertone/Undertone",
                       NULL);
}
