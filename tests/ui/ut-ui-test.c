/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ui-test.h"

#include <locale.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#define SKIPPED 77

#ifdef __SANITIZE_ADDRESS__
/* GLib leaves its first table of quarks behind, on purpose, once a program has more than 2,048 of them.
 * It is allocated when the library is loaded: what is allocated before our own constructors is not
 * watched. */
static void
stop_watching (int    argc,
               char **argv,
               char **environment)
{
  __lsan_disable ();
}

typedef void (*BeforeLibraries) (int    argc,
                                 char **argv,
                                 char **environment);

__attribute__ ((section (".preinit_array"), used)) static const BeforeLibraries
before_libraries = stop_watching;

__attribute__ ((constructor)) static void
watch (void)
{
  __lsan_enable ();
}
#endif

static char *home; /* (owned): the folder that stands for the person's */

static void
remove_tree (GFile *folder)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child;

  children = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_tree (child);
  g_file_delete (folder, NULL, NULL);
}

static void
remove_home (void)
{
  g_autoptr (GFile) folder = g_file_new_for_path (home);

  remove_tree (folder);
  g_clear_pointer (&home, g_free);
}

void
ut_ui_test_init (int    *argc,
                 char ***argv)
{
  const char *const names[] = { "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");

  /* G_TEST_OPTION_ISOLATE_DIRS would hide the data base of file types, without which no icon can be
   * loaded. */
  home = g_dir_make_tmp ("undertone-test-XXXXXX", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], home, TRUE);
  atexit (remove_home);

  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    exit (SKIPPED);
  adw_init ();
  /* libadwaita 1.2 ends with an error where a window goes while one of its toasts moves. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ut_ui_test_iterate (void)
{
  guint source = g_timeout_add (10, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

UtSession *
ut_ui_test_session (void)
{
  g_autoptr (GFile) directory = g_file_new_build_filename (g_get_user_data_dir (), "store", NULL);
  g_autoptr (UtRunStore) store = ut_run_store_new (directory);
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  /* The memory backend lives as long as the process. */
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (gsize i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);

  return ut_session_new (store, settings);
}

UtConfig *
ut_ui_test_config (UtCellKind cell,
                   guint      n_epochs)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  UtConfig *config;

  ut_config_builder_set_cell (builder, cell);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 4);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 4);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, n_epochs);
  ut_config_builder_set_number (builder, UT_SETTING_THREADS, 1);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);

  return config;
}

UtConfig *
ut_ui_test_config_of_seed (UtCellKind cell,
                           guint      seed)
{
  g_autoptr (UtConfig) base = ut_ui_test_config (cell, 2);
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (GError) error = NULL;
  UtConfig *config;

  ut_config_builder_set_number (builder, UT_SETTING_SEED, seed);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);

  return config;
}

UtConfig *
ut_ui_test_config_as_coded (UtCellKind cell,
                            guint      n_epochs)
{
  g_autoptr (UtConfig) plain = ut_ui_test_config (cell, n_epochs);
  UtConfigBuilder *builder = ut_config_builder_new (plain);
  g_autoptr (GError) error = NULL;
  UtConfig *config;

  ut_config_builder_set_number (builder, UT_SETTING_STATE_ALONG, 1);
  ut_config_builder_set_number (builder, UT_SETTING_LOSS, 1);
  ut_config_builder_set_number (builder, UT_SETTING_PADDING, 1);
  config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);

  return config;
}

UtRun *
ut_ui_test_add_run (UtRunStore *store,
                    UtConfig   *config)
{
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add (store, config, NULL, &error);

  g_assert_no_error (error);
  return run;
}

void
ut_ui_test_train_queue (UtRunStore *store)
{
  ut_run_store_set_queue_paused (store, FALSE);
  ITER_UNTIL (ut_run_store_get_active (store) == NULL && ut_run_store_get_n_queued (store) == 0);
  ut_run_store_set_queue_paused (store, TRUE);
}

void
ut_ui_test_end_runs (UtRunStore *store)
{
  ut_run_store_stop_all (store);
  ITER_UNTIL (ut_run_store_get_active (store) == NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

gpointer
ut_ui_test_find (gpointer    widget,
                 GType       type,
                 const char *id)
{
  GObject *child = gtk_widget_get_template_child (widget, type, id);

  g_assert_nonnull (child);
  return child;
}
