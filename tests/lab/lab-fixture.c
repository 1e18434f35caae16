/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Random numbers of the tests' own, the same on every machine. */
static guint32
next_random (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 16;
}

static char *
make_rows (guint32 seed,
           guint   n_rows)
{
  static const char * const fillers[] = { "the", "film", "is", "a", "story", "with", "two",
                                          "actors" };
  static const char * const opinions[2][3] = {
    { "bad", "dull", "awful" },
    { "good", "fine", "great" },
  };
  GString *text = g_string_new ("sentence\tlabel\n");

  for (guint row = 0; row < n_rows; row++)
    {
      guint label = row % 2;
      guint length = 1 + next_random (&seed) % 7;
      guint place = next_random (&seed) % length;

      for (guint i = 0; i < length; i++)
        {
          const char *word = i == place ? opinions[label][next_random (&seed) % 3]
                                        : fillers[next_random (&seed) % G_N_ELEMENTS (fillers)];

          g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
        }
      g_string_append_printf (text, "\t%u\n", label);
    }

  return g_string_free (text, FALSE);
}

char *
fixture_path (Fixture    *fixture,
              const char *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

char *
fixture_write (Fixture    *fixture,
               const char *name,
               const char *contents,
               gssize      length)
{
  g_autoptr (GError) error = NULL;
  char *path = fixture_path (fixture, name);

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return path;
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *train = make_rows (1, FIXTURE_N_TRAIN);
  g_autofree char *dev = make_rows (2, FIXTURE_N_DEV);

  fixture->directory = g_dir_make_tmp ("undertone-lab-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->train_path = fixture_write (fixture, "train.tsv", train, -1);
  fixture->dev_path = fixture_write (fixture, "dev.tsv", dev, -1);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      /* Where the worker of a task had the last reference of a store, it closes the database there,
       * which takes the files beside it away. */
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_assert_true (g_unlink (child) == 0 || errno == ENOENT);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  remove_tree (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->train_path);
  g_free (fixture->dev_path);
}

UtConfig *
fixture_config (Fixture    *fixture,
                UtCellKind  cell,
                guint       n_epochs)
{
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_cell (builder, cell);
  ut_config_builder_set_files (builder, fixture->train_path, fixture->dev_path);
  ut_config_builder_set_number (builder, UT_SETTING_HIDDEN_SIZE, 8);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, 8);
  ut_config_builder_set_number (builder, UT_SETTING_BATCH_SIZE, 16);
  ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 0.02);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, n_epochs);
  ut_config_builder_set_number (builder, UT_SETTING_THREADS, 1);

  UtConfig *config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return config;
}

UtConfig *
fixture_config_with (UtConfig  *base,
                     UtSetting  setting,
                     double     value)
{
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (base);

  ut_config_builder_set_number (builder, setting, value);

  UtConfig *config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return config;
}

static void
update_cb (UtTrainer             *trainer,
           const UtTrainerUpdate *update,
           Training              *training)
{
  training->n_updates++;
  if (update->n_points > 0)
    g_array_append_vals (training->points, update->points, (guint) update->n_points);
  if (update->n_new_epochs > 0)
    g_array_append_vals (training->epochs, update->epochs, (guint) update->n_new_epochs);
  if (update->notices != NULL)
    g_string_append_printf (training->notices, "%s\n", update->notices);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Training *training = data;

  training->result = ut_trainer_run_finish (UT_TRAINER (source), result, &training->error);
  g_main_loop_quit (training->loop);
}

void
training_start (Training  *training,
                UtTrainer *trainer)
{
  *training = (Training) {
    .loop = g_main_loop_new (NULL, FALSE),
    .trainer = g_object_ref (trainer),
    .points = g_array_new (FALSE, FALSE, sizeof (UtPoint)),
    .epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch)),
    .notices = g_string_new (NULL),
  };
  g_signal_connect (trainer, "update", G_CALLBACK (update_cb), training);
  ut_trainer_run_async (trainer, done_cb, training);
}

void
training_wait (Training *training)
{
  if (training->result == NULL && training->error == NULL)
    g_main_loop_run (training->loop);
}

void
training_clear (Training *training)
{
  g_signal_handlers_disconnect_by_data (training->trainer, training);
  g_assert_finalize_object (training->trainer);
  g_main_loop_unref (training->loop);
  g_clear_pointer (&training->result, ut_training_result_free);
  g_clear_error (&training->error);
  g_array_unref (training->points);
  g_array_unref (training->epochs);
  g_string_free (training->notices, TRUE);
}

gboolean
fixture_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

UtModel *
fixture_train (Fixture    *fixture,
               UtConfig   *config,
               const char *name)
{
  g_autofree char *base = fixture_path (fixture, name);
  g_autofree char *log_path = g_strconcat (base, ".jsonl", NULL);
  g_autofree char *state_path = g_strconcat (base, ".state", NULL);
  g_autoptr (GFile) log = g_file_new_for_path (log_path);
  g_autoptr (GFile) model_file = g_file_new_for_path (base);
  g_autoptr (GFile) state = g_file_new_for_path (state_path);
  UtTrainer *trainer = ut_trainer_new (config, NULL);
  Training training;

  ut_trainer_set_outputs (trainer, log, model_file, state);
  training_start (&training, trainer);
  g_object_unref (trainer);
  training_wait (&training);
  g_assert_no_error (training.error);
  g_assert_cmpint (training.result->outcome, ==, UT_TRAINER_FINISHED);

  UtModel *model = ut_model_ref (training.result->model);

  training_clear (&training);
  return model;
}

void
fixture_result_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

UtRunStore *
fixture_open_store (Fixture *fixture)
{
  g_autoptr (GFile) directory = g_file_new_for_path (fixture->directory);

  return ut_run_store_new (directory);
}

void
fixture_load_store (UtRunStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ut_run_store_load_async (store, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  g_assert_true (ut_run_store_load_finish (store, result, &error));
  g_assert_no_error (error);
}

void
fixture_close_store (UtRunStore **store)
{
  gpointer closed = g_steal_pointer (store);

  g_object_add_weak_pointer (closed, &closed);
  g_object_unref (closed);
  SPIN_UNTIL (closed == NULL);
}

UtRun *
fixture_get_run (UtRunStore *store,
                 guint       position)
{
  g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (store), position);

  g_assert_nonnull (run);
  return run;
}

UtModel *
fixture_load_model (UtRun   *run,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ut_run_get_model_async (run, NULL, fixture_result_cb, &result);
  SPIN_UNTIL (result != NULL);
  return ut_run_get_model_finish (run, result, error);
}

void
fixture_assert_same_file (Fixture    *fixture,
                          const char *first_name,
                          const char *second_name)
{
  g_autofree char *first_path = fixture_path (fixture, first_name);
  g_autofree char *second_path = fixture_path (fixture, second_name);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_length, second_length;

  g_file_get_contents (first_path, &first, &first_length, &error);
  g_assert_no_error (error);
  g_file_get_contents (second_path, &second, &second_length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (first, first_length, second, second_length);
}

char *
fixture_read_log (Fixture    *fixture,
                  const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GRegex) times = g_regex_new ("\"(seconds|steps_per_second)\":[^,}]*", 0, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  g_file_get_contents (path, &log, NULL, &error);
  g_assert_no_error (error);
  return g_regex_replace (times, log, -1, 0, "", 0, NULL);
}

/* The contents of a state's file but for its times, whose texts may be of different lengths. */
static GBytes *
read_state (Fixture    *fixture,
            const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  /* With them the sum of the header and the spaces behind it differ. */
  g_autoptr (GRegex) times = g_regex_new ("\"undertone.times\":\"[^}]*}\"|mf64:[0-9a-f]{16}| *$",
                                          G_REGEX_RAW, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;
  guint64 header_length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  memcpy (&header_length, data, sizeof header_length);
  g_assert_cmpuint (header_length, <, length);

  char *header = data + sizeof header_length;
  g_autofree char *cleaned = g_regex_replace (times, header, (gssize) header_length, 0, "", 0,
                                              &error);
  GByteArray *contents = g_byte_array_new ();

  g_assert_no_error (error);
  g_assert_nonnull (strstr (cleaned, "undertone.state"));
  g_byte_array_append (contents, (const guint8 *) cleaned, (guint) strlen (cleaned));
  g_byte_array_append (contents, (const guint8 *) header + header_length,
                       (guint) (length - sizeof header_length - header_length));
  return g_byte_array_free_to_bytes (contents);
}

void
fixture_assert_same_state (Fixture    *fixture,
                           const char *first_name,
                           const char *second_name)
{
  g_autoptr (GBytes) first = read_state (fixture, first_name);
  g_autoptr (GBytes) second = read_state (fixture, second_name);
  gsize first_length, second_length;
  gconstpointer first_data = g_bytes_get_data (first, &first_length);
  gconstpointer second_data = g_bytes_get_data (second, &second_length);

  g_assert_cmpmem (first_data, first_length, second_data, second_length);
}

void
fixture_forget_checksum (char  *bytes,
                         gsize  length)
{
  char *header = bytes + sizeof (guint64);
  char *key = g_strstr_len (header, (gssize) (length - sizeof (guint64)),
                            ",\"undertone.checksum\":\"");

  g_assert_nonnull (key);

  /* Spaces may stand between what is left. */
  char *end = strchr (strstr (key, "mf64:"), '"');

  memset (key, ' ', (gsize) (end + 1 - key));
}
