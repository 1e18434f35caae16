/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

/* A temporary folder with a small data set: rows whose one opinion word decides. */
typedef struct
{
  char *directory;
  char *train_path;
  char *dev_path;
} Fixture;

/* What a training told. */
typedef struct
{
  GMainLoop *loop;
  UtTrainer *trainer;
  UtTrainingResult *result;
  GError *error;
  GArray *points;
  GArray *epochs;
  GString *notices;
  guint n_updates;
} Training;

#define FIXTURE_N_TRAIN 160
#define FIXTURE_N_DEV 40

void      fixture_set_up    (Fixture       *fixture,
                             gconstpointer  data);
void      fixture_tear_down (Fixture       *fixture,
                             gconstpointer  data);

/* The path of @name in the fixture's folder. */
char     *fixture_path      (Fixture       *fixture,
                             const char    *name);
/* Writes @length bytes, or up to the NUL where it is negative; gives the path. */
char     *fixture_write     (Fixture       *fixture,
                             const char    *name,
                             const char    *contents,
                             gssize         length);
/* A small configuration on the fixture's data, in which one setting may be another. */
UtConfig *fixture_config    (Fixture       *fixture,
                             UtCellKind     cell,
                             guint          n_epochs);
UtConfig *fixture_config_with (UtConfig    *base,
                             UtSetting      setting,
                             double         value);

void      training_start    (Training      *training,
                             UtTrainer     *trainer);
/* Spins the main context until the training is over. */
void      training_wait     (Training      *training);
void      training_clear    (Training      *training);

gboolean  fixture_tick_cb   (gpointer       data);

/* Trains @config with all outputs in the fixture's folder under @name; fails the test where that
   fails. */
UtModel  *fixture_train     (Fixture       *fixture,
                             UtConfig      *config,
                             const char    *name);

/* Fails the test where two files in the fixture's folder have not the same bytes. */
void      fixture_assert_same_file  (Fixture    *fixture,
                                     const char *first_name,
                                     const char *second_name);
/* Likewise of two training states, but for their times. */
void      fixture_assert_same_state (Fixture    *fixture,
                                     const char *first_name,
                                     const char *second_name);
/* Takes the checksum out of a safetensors file of ours, of which only the length of the header
 * stays. */
void      fixture_forget_checksum   (char       *bytes,
                                     gsize       length);
/* (transfer full): the log called @name without what depends on the clock. */
char     *fixture_read_log          (Fixture    *fixture,
                                     const char *name);

/* Keeps the result of an asynchronous call in the GAsyncResult * that @data points to. */
void      fixture_result_cb (GObject       *source,
                             GAsyncResult  *result,
                             gpointer       data);

/* A store of runs in the fixture's folder, not loaded yet. */
UtRunStore *fixture_open_store  (Fixture     *fixture);
void      fixture_load_store    (UtRunStore  *store);
/* Waits until a worker that was done a moment ago has let go of it, too. */
void      fixture_close_store   (UtRunStore **store);
/* The run at @position, which belongs to the store. */
UtRun    *fixture_get_run       (UtRunStore  *store,
                                 guint        position);
/* (transfer full) (nullable): the model that answers for @run. */
UtModel  *fixture_load_model    (UtRun       *run,
                                 GError     **error);

/* Spins the main context until @condition, looked at every few milliseconds, or for a minute. */
#define SPIN_UNTIL(condition) \
  G_STMT_START { \
    gint64 spin_end = g_get_monotonic_time () + G_TIME_SPAN_MINUTE; \
    guint spin_tick = g_timeout_add (5, G_SOURCE_FUNC (fixture_tick_cb), NULL); \
    while (!(condition) && g_get_monotonic_time () < spin_end) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (spin_tick); \
    g_assert_true (condition); \
  } G_STMT_END
