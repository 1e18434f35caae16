/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* A program that check-faults.py kills, starves and deceives.
 *
 * usage: store-driver train FOLDER TRAIN DEV   trains the run in the store that may go on, or a new one
 *        store-driver dump FOLDER              prints the runs and their points
 *
 * Training it prints "step N" as the points come, "trouble MESSAGE" where nothing can be saved, for
 * which a line on standard input is to try again, and one that is a folder to save there from now on,
 * which is told as "moved FOLDER"; and "ended STATE" with the failure. */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <ut-lab.h>

typedef struct
{
  UtRunStore *store;
  gboolean loaded;
  gboolean failed;
  gboolean ended;
  GString *input; /* (owned): of the line that has begun */
} Driver;

static const char *
get_state (UtRun *run)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (UT_TYPE_RUN_STATE);

  return g_enum_get_value (states, (int) ut_run_get_state (run))->value_nick;
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Driver *driver = data;
  g_autoptr (GError) error = NULL;

  driver->loaded = TRUE;
  driver->failed = !ut_run_store_load_finish (driver->store, result, &error);
  if (driver->failed)
    printf ("refused %s\n", error->message);
}

static void
wait_until (const gboolean *condition)
{
  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
}

static void
progressed_cb (UtRun *run)
{
  printf ("step %" G_GUINT64_FORMAT "\n", ut_run_get_progress (run)->step);
}

static void
trouble_cb (UtRunStore *store)
{
  const char *trouble = ut_run_store_get_trouble (store);

  printf ("trouble %s\n", trouble != NULL ? trouble : "none");
}

static void
ended_cb (UtRunStore *store,
          UtRun      *run,
          Driver     *driver)
{
  const char *failure = ut_run_get_failure (run);

  printf ("ended %s %s\n", get_state (run), failure != NULL ? failure : "");
  driver->ended = TRUE;
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = ut_run_store_move_finish (UT_RUN_STORE (source), result, NULL, &error);

  printf ("moved %s\n", folder != NULL ? folder : error->message);
}

static void
take_line (Driver *driver)
{
  g_autoptr (GFile) folder = g_file_new_for_path (driver->input->str);

  if (driver->input->len > 0)
    ut_run_store_move_async (driver->store, folder, NULL, moved_cb, NULL);
  else
    ut_run_store_retry (driver->store);
  g_string_truncate (driver->input, 0);
}

static gboolean
input_cb (GObject  *stream,
          gpointer  data)
{
  Driver *driver = data;
  char byte;

  if (read (STDIN_FILENO, &byte, 1) <= 0)
    return G_SOURCE_REMOVE;
  if (byte == '\n')
    take_line (driver);
  else
    g_string_append_c (driver->input, byte);

  return G_SOURCE_CONTINUE;
}

/* All that has a state of its own is on. */
static UtConfig *
make_config (const char *train_path,
             const char *dev_path)
{
  static const struct
  {
    UtSetting setting;
    double value;
  } settings[] = {
    { UT_SETTING_HIDDEN_SIZE, 8 },          { UT_SETTING_EMBEDDING_SIZE, 8 },
    { UT_SETTING_BATCH_SIZE, 8 },           { UT_SETTING_EPOCHS, 300 },
    { UT_SETTING_EMBEDDING_DROPOUT, 0.2 },  { UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE },
    { UT_SETTING_AVERAGED_EPOCHS, 3 },      { UT_SETTING_TRAIN_UNKNOWN, 1 },
    { UT_SETTING_THREADS, 1 },
  };
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_files (builder, train_path, dev_path);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    ut_config_builder_set_number (builder, settings[i].setting, settings[i].value);

  UtConfig *config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return config;
}

static UtRun *
find_run (UtRunStore *store)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (ut_run_can_continue (run) || ut_run_get_state (run) == UT_RUN_QUEUED)
        return run;
    }

  return NULL;
}

static int
train (Driver     *driver,
       const char *train_path,
       const char *dev_path)
{
  UtRun *run = find_run (driver->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtConfig) config = make_config (train_path, dev_path);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) source =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (input_cb), driver, NULL);
  g_source_attach (source, NULL);
  g_signal_connect (driver->store, "notify::trouble", G_CALLBACK (trouble_cb), NULL);
  g_signal_connect (driver->store, "run-ended", G_CALLBACK (ended_cb), driver);
  if (run == NULL)
    run = ut_run_store_add (driver->store, config, NULL, &error);
  else if (ut_run_can_continue (run))
    ut_run_store_continue (driver->store, run);
  else
    {
      ut_run_store_tend (driver->store);
      ut_run_store_set_queue_paused (driver->store, FALSE);
    }
  if (run == NULL)
    {
      printf ("refused %s\n", error->message);
      return 1;
    }

  printf ("run %s\n", ut_run_get_id (run));
  g_signal_connect (run, "progressed", G_CALLBACK (progressed_cb), NULL);
  wait_until (&driver->ended);
  return 0;
}

static void
dump_run (Driver *driver,
          UtRun  *run)
{
  const UtEpoch *epochs;
  const UtPoint *points;
  gsize n_points = 0, n_epochs;
  const char *failure = ut_run_get_failure (run);
  const char *notices;

  ut_run_store_read_points (driver->store, run);
  if (ut_run_get_progress (run)->step > 0)
    {
      while (ut_run_get_points (run, &n_points) == NULL || n_points == 0)
        {
          notices = ut_run_get_notices (run);
          if (notices != NULL && strstr (notices, "damaged") != NULL)
            break;
          g_main_context_iteration (NULL, TRUE);
        }
    }

  printf ("run %s %s %s\n", ut_run_get_id (run), get_state (run), failure != NULL ? failure : "");
  notices = ut_run_get_notices (run);
  if (notices != NULL)
    printf ("notice %s\n", notices);
  points = ut_run_get_points (run, &n_points);
  for (gsize i = 0; i < n_points; i++)
    printf ("point %" G_GUINT64_FORMAT " %u %a %a\n", points[i].step, points[i].epoch, points[i].loss,
            points[i].accuracy);
  epochs = ut_run_get_epochs (run, &n_epochs);
  for (gsize i = 0; i < n_epochs; i++)
    printf ("epoch %u %" G_GUINT64_FORMAT " %a %a %a %a\n", epochs[i].epoch, epochs[i].step,
            epochs[i].train_loss, epochs[i].train_accuracy, epochs[i].val_loss,
            epochs[i].val_accuracy);
}

static int
dump (Driver *driver)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (driver->store)); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (driver->store), i);

      dump_run (driver, run);
    }

  return 0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GFile) folder = g_file_new_for_path (argc > 2 ? argv[2] : "");
  Driver driver = { .store = ut_run_store_new (folder), .input = g_string_new (NULL) };
  gpointer store = driver.store;
  int status = 2;

  /* Each line is out before the next thing happens. */
  setvbuf (stdout, NULL, _IOLBF, 0);
  ut_run_store_load_async (driver.store, NULL, load_cb, &driver);
  wait_until (&driver.loaded);
  if (driver.failed)
    status = 1;
  else if (argc == 5 && strcmp (argv[1], "train") == 0)
    status = train (&driver, argv[3], argv[4]);
  else if (argc == 3 && strcmp (argv[1], "dump") == 0)
    status = dump (&driver);

  g_object_add_weak_pointer (store, &store);
  g_object_unref (driver.store);
  g_string_free (driver.input, TRUE);
  while (store != NULL)
    g_main_context_iteration (NULL, TRUE);

  return status;
}
