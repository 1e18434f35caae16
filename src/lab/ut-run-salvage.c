/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-salvage-private.h"

#include "ut-block-private.h"
#include "ut-lab-error.h"
#include "ut-metadata-private.h"
#include "ut-probe-private.h"
#include "ut-progress-private.h"
#include "ut-run-database-parts-private.h"
#include "ut-run-folder-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Behind the name of a store that was set aside, until it was read. */
#define NOTE_SUFFIX ".unread"

static char *
make_note_path (const char *path)
{
  return g_strconcat (path, NOTE_SUFFIX, NULL);
}

gboolean
_ut_run_salvage_plan (const char  *path,
                      GError     **error)
{
  g_autofree char *note = make_note_path (path);

  return g_file_set_contents (note, "", 0, error);
}

static void
add_notice (UtRunRecord *record,
            char        *notice)
{
  g_autofree char *line = notice;
  char *all = record->notices != NULL ? g_strconcat (record->notices, "\n", line, NULL)
                                      : g_strdup (line);

  g_free (record->notices);
  record->notices = all;
}

/* Reading what is left. The tables are trees of pages: where one is damaged, the walk through them ends,
 * and what lies behind it is reached from the other end. */

typedef struct
{
  UtRunRecord *record; /* (owned) */
  gint64 key;
  gint64 change;
  gboolean is_whole;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->record, _ut_run_record_free);
  g_free (found);
}

static void
take_run (GHashTable   *runs,
          sqlite3_stmt *statement)
{
  const char *id = (const char *) sqlite3_column_text (statement, 1);
  g_autoptr (UtRunRecord) record = NULL;
  Found *found;

  if (id == NULL || g_hash_table_contains (runs, id))
    return;
  record = _ut_run_record_new (id, FALSE);
  if (!_ut_run_database_fill_record (record, statement, 4, NULL))
    return;

  found = g_new0 (Found, 1);
  record->trashed = sqlite3_column_int64 (statement, 3);
  *found = (Found) {
    .record = g_steal_pointer (&record),
    .key = sqlite3_column_int64 (statement, 0),
    .change = sqlite3_column_int64 (statement, 2),
    .is_whole = TRUE,
  };
  g_hash_table_insert (runs, found->record->id, found);
}

/* (transfer full): from ids, which belong to the values, to what was found. */
static GHashTable *
find_runs (UtRunDatabase *damaged)
{
  static const char * const walks[] = {
    "SELECT key, id, change, trashed, sum, record FROM runs ORDER BY key",
    "SELECT key, id, change, trashed, sum, record FROM runs ORDER BY key DESC",
  };
  GHashTable *runs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, found_free);

  for (gsize i = 0; i < G_N_ELEMENTS (walks); i++)
    {
      g_autoptr (sqlite3_stmt) statement = _ut_database_prepare (damaged->database, NULL, walks[i],
                                                                 "");

      while (statement != NULL
             && _ut_database_step (damaged->database, statement, NULL) == UT_DATABASE_ROW)
        take_run (runs, statement);
    }

  return runs;
}

/* (transfer full): from numbers to the blocks whose sums are right. */
static GHashTable *
find_blocks (UtRunDatabase      *damaged,
             Found              *found,
             const char         *table,
             const char * const *walks,
             gsize               n_walks)
{
  GHashTable *blocks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                              (GDestroyNotify) g_bytes_unref);
  gboolean is_whole = FALSE;

  for (gsize i = 0; i < n_walks && !is_whole; i++)
    {
      g_autoptr (sqlite3_stmt) statement = _ut_database_prepare (damaged->database, NULL, walks[i],
                                                                 "i", found->key);
      UtDatabaseStep step = UT_DATABASE_ERROR;

      is_whole = TRUE;
      while (statement != NULL
             && (step = _ut_database_step (damaged->database, statement, NULL)) == UT_DATABASE_ROW)
        {
          gint64 number = sqlite3_column_int64 (statement, 0);
          GBytes *block = _ut_run_database_take_block (statement, 0, found->record->id, table);

          if (block != NULL)
            g_hash_table_insert (blocks, g_memdup2 (&number, sizeof number), block);
          else
            is_whole = FALSE;
        }
      if (step != UT_DATABASE_DONE)
        is_whole = FALSE;
    }
  if (!is_whole)
    found->is_whole = FALSE;

  return blocks;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = **(gint64 * const *) a;
  gint64 second = **(gint64 * const *) b;

  return first < second ? -1 : first > second;
}

/* (transfer container) (element-type gint64): the numbers in order. */
static GPtrArray *
sort_numbers (GHashTable *blocks)
{
  GPtrArray *numbers = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, blocks);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    g_ptr_array_add (numbers, number);
  g_ptr_array_sort (numbers, compare_numbers);

  return numbers;
}

static void
read_points (UtRunDatabase *damaged,
             Found         *found)
{
  /* By the index, and where that is damaged through the whole table. */
  static const char * const walks[] = {
    "SELECT first, sum, data FROM points WHERE run = ? ORDER BY first",
    "SELECT first, sum, data FROM points WHERE run = ? ORDER BY first DESC",
    "SELECT first, sum, data FROM points NOT INDEXED WHERE run = ? ORDER BY rowid",
    "SELECT first, sum, data FROM points NOT INDEXED WHERE run = ? ORDER BY rowid DESC",
  };
  g_autoptr (GHashTable) blocks = find_blocks (damaged, found, "points", walks,
                                               G_N_ELEMENTS (walks));
  g_autoptr (GPtrArray) numbers = sort_numbers (blocks);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (UtPoint));

  for (guint i = 0; i < numbers->len; i++)
    {
      GBytes *block = g_hash_table_lookup (blocks, g_ptr_array_index (numbers, i));
      guint n_before = points->len;

      if (!_ut_block_unpack_points (block, points)
          || (n_before > 0 && g_array_index (points, UtPoint, n_before).step
              <= g_array_index (points, UtPoint, n_before - 1).step))
        g_array_set_size (points, n_before);
    }
  found->record->points = points;
}

static void
read_epochs (UtRunDatabase *damaged,
             Found         *found)
{
  static const char * const walks[] = {
    "SELECT number, sum, data FROM epochs WHERE run = ? ORDER BY number",
    "SELECT number, sum, data FROM epochs WHERE run = ? ORDER BY number DESC",
  };
  g_autoptr (GHashTable) blocks = find_blocks (damaged, found, "epochs", walks,
                                               G_N_ELEMENTS (walks));
  g_autoptr (GPtrArray) numbers = sort_numbers (blocks);

  found->record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  for (guint i = 0; i < numbers->len; i++)
    {
      UtEpoch epoch;

      if (_ut_block_unpack_epoch (g_hash_table_lookup (blocks, g_ptr_array_index (numbers, i)),
                                  &epoch))
        g_array_append_val (found->record->epochs, epoch);
    }
}

static guint64
get_look_step (GPtrArray *looks,
               guint      index)
{
  const UtProbeLook *look = g_ptr_array_index (looks, index);

  return look->step;
}

/* An earlier version had none; and that some are lost is not worth a word where the rest is whole. */
static void
read_looks (UtRunDatabase *damaged,
            Found         *found)
{
  static const char * const walks[] = {
    "SELECT number, sum, data FROM looks WHERE run = ? ORDER BY number",
    "SELECT number, sum, data FROM looks WHERE run = ? ORDER BY number DESC",
  };
  gboolean is_whole = found->is_whole;
  g_autoptr (GHashTable) blocks = find_blocks (damaged, found, "looks", walks,
                                               G_N_ELEMENTS (walks));
  g_autoptr (GPtrArray) numbers = sort_numbers (blocks);
  GPtrArray *looks = _ut_probe_looks_new ();

  for (guint i = 0; i < numbers->len; i++)
    {
      GBytes *block = g_hash_table_lookup (blocks, g_ptr_array_index (numbers, i));
      guint n_before = looks->len;

      if (!_ut_block_unpack_looks (block, looks)
          || (n_before > 0 && get_look_step (looks, n_before) < get_look_step (looks, n_before - 1)))
        g_ptr_array_set_size (looks, (int) n_before);
    }
  found->record->looks = looks;
  found->is_whole = is_whole;
}

/* Bringing back */

/* What the database that took its place has of the run; the change is 0 where it has nothing. */
static gboolean
read_change (UtRunDatabase  *database,
             const char     *id,
             gint64         *change,
             GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (database->database, error, "SELECT change FROM runs WHERE id = ?", "s", id);

  if (statement == NULL)
    return FALSE;

  UtDatabaseStep step = _ut_database_step (database->database, statement, error);

  *change = step == UT_DATABASE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  return step != UT_DATABASE_ERROR;
}

static guint64
get_last_step (const UtRunRecord *record)
{
  return record->points->len > 0
         ? g_array_index (record->points, UtPoint, record->points->len - 1).step : 0;
}

static gboolean
copy_answers (UtRunDatabase  *damaged,
              UtRunDatabase  *database,
              const char     *id,
              GError        **error)
{
  guint epoch;
  gsize n_rows;
  g_autofree float *answers = _ut_run_database_read_answers (damaged, id, &epoch, &n_rows, NULL);

  return answers == NULL
         || _ut_run_database_write_answers (database, id, epoch, answers, n_rows, error);
}

static gboolean
bring_back (UtRunDatabase  *damaged,
            UtRunDatabase  *database,
            Found          *found,
            UtRunSalvage   *salvage,
            GError        **error)
{
  UtRunRecord *record = found->record;
  gint64 change;

  if (!read_change (database, record->id, &change, error))
    return FALSE;
  if (change >= found->change)
    return TRUE;

  read_points (damaged, found);
  read_epochs (damaged, found);
  read_looks (damaged, found);
  if (!found->is_whole)
    add_notice (record, g_strdup_printf (_("This run was recovered from a damaged store. What is left of "
                                           "its course is %'u steps, the last one %'" PRIu64
                                           ", and %'u epochs."), record->points->len,
                                         get_last_step (record), record->epochs->len));
  if ((change > 0 && !_ut_run_database_delete (database, record->id, error))
      || !_ut_run_database_add (database, record, error)
      || !copy_answers (damaged, database, record->id, error))
    return FALSE;

  salvage->n_read++;
  return TRUE;
}

static gboolean
read_damaged (const char     *path,
              UtRunDatabase  *database,
              UtRunSalvage   *salvage,
              GError        **error)
{
  g_autoptr (UtRunDatabase) damaged = _ut_run_database_open_damaged (path, NULL);
  g_autoptr (GHashTable) runs = NULL;
  GHashTableIter iter;
  gpointer found;

  /* So damaged that nothing of it is a store any more. */
  if (damaged == NULL)
    return TRUE;

  runs = find_runs (damaged);
  g_hash_table_iter_init (&iter, runs);
  while (g_hash_table_iter_next (&iter, NULL, &found))
    {
      if (!bring_back (damaged, database, found, salvage, error))
        return FALSE;
    }

  return TRUE;
}

/* By the files of a folder */

/* Ids begin with the time, in UTC. */
static gint64
read_created (const char *id)
{
  int year, month, day, hour, minute, second;
  g_autoptr (GDateTime) date = NULL;

  if (sscanf (id, "%4d%2d%2d-%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) == 6)
    date = g_date_time_new_utc (year, month, day, hour, minute, second);

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : g_get_real_time ();
}

static void
take_facts (UtRunRecord       *record,
            const UtDataFacts *facts)
{
  record->train_rows = facts->train_rows;
  record->dev_rows = facts->dev_rows;
  record->train_hash = g_strdup (facts->train_hash);
  record->dev_hash = g_strdup (facts->dev_hash);
  record->vectors_hash = g_strdup (facts->vectors_hash);
}

/* Model and state say the configuration, but not the files: another run on the same data knows them. */
static UtConfig *
find_files (UtConfig          *config,
            const UtDataFacts *facts,
            GPtrArray         *others,
            gboolean          *are_known)
{
  UtConfigBuilder *builder = ut_config_builder_new (config);
  gboolean has_data = ut_config_get_data (config) != NULL;
  gboolean has_vectors = facts->vectors_hash == NULL;

  for (guint i = 0; i < others->len; i++)
    {
      const UtRunRecord *other = g_ptr_array_index (others, i);
      const char *train = ut_config_get_train_path (other->config);

      if (!has_data && facts->train_hash != NULL
          && g_strcmp0 (other->train_hash, facts->train_hash) == 0
          && g_strcmp0 (other->dev_hash, facts->dev_hash) == 0)
        {
          if (train != NULL)
            ut_config_builder_set_files (builder, train, ut_config_get_dev_path (other->config));
          else
            ut_config_builder_set_data (builder, ut_config_get_data (other->config));
          ut_config_builder_set_exclude (builder, ut_config_get_exclude_path (other->config));
          has_data = TRUE;
        }
      if (!has_vectors && g_strcmp0 (other->vectors_hash, facts->vectors_hash) == 0)
        {
          ut_config_builder_set_vectors (builder, ut_config_get_vectors_path (other->config));
          has_vectors = TRUE;
        }
    }

  *are_known = has_data && has_vectors;
  return ut_config_builder_end (builder, NULL);
}

/* The step is known, its figures are not. */
static void
add_unknown_point (UtRunRecord *record,
                   guint64      step,
                   guint        epoch)
{
  const UtPoint point = { .step = step, .epoch = epoch, .loss = NAN, .accuracy = NAN };

  g_array_append_val (record->points, point);
}

static void
take_progress (UtRunRecord      *record,
               const UtProgress *progress)
{
  gint64 n_epochs = ut_config_get_int (record->config, UT_SETTING_EPOCHS);

  record->state = progress->n_checked == n_epochs ? UT_RUN_FINISHED : UT_RUN_STOPPED;
  add_unknown_point (record, progress->step, progress->epoch);
  if (progress->checked)
    g_array_append_val (record->epochs, progress->best);
  add_notice (record, g_strdup_printf (_("This run was recovered from its files; its course until step "
                                         "%'" PRIu64 " is lost, but for its best epoch."),
                                       progress->step));
}

static UtRunRecord *
read_file (GFile      *folder,
           const char *name,
           GPtrArray  *others)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autofree char *id = g_file_get_basename (folder);
  g_autoptr (UtSafetensors) opened = _ut_safetensors_open (file, NULL, NULL);
  g_autoptr (UtConfig) config = opened != NULL ? _ut_metadata_read_config (opened, NULL) : NULL;
  g_auto (UtDataFacts) facts = { 0 };
  gboolean files_are_known;
  UtProgress progress;

  if (config == NULL || !_ut_metadata_read_facts (opened, &facts, NULL))
    return NULL;

  UtRunRecord *record = _ut_run_record_new (id, FALSE);

  g_free (record->name);
  /* Translators: a run that was rebuilt from its files; a kind of network, as "GRU". */
  record->name = g_strdup_printf (_("%s recovered"),
                                  ut_cell_kind_get_title (ut_config_get_cell (config)));
  record->created = read_created (id);
  record->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  take_facts (record, &facts);
  ut_config_unref (record->config);
  record->config = find_files (config, &facts, others, &files_are_known);

  if (facts.train_rows > 0
      && _ut_progress_read (opened, facts.train_rows, config, &progress, NULL))
    {
      take_progress (record, &progress);
    }
  else
    {
      record->state = UT_RUN_STOPPED;
      add_unknown_point (record, 1, 1);
      add_notice (record, g_strdup (_("This run was recovered from its model; how it came to it is "
                                      "lost.")));
    }
  if (!files_are_known)
    add_notice (record, g_strdup (_("Which files it learned from is not known, so that it cannot go "
                                    "on.")));

  return record;
}

static UtRunRecord *
read_folder (GFile     *folder,
             GPtrArray *others)
{
  static const char * const names[] = {
    UT_RUN_STATE_NAME, UT_RUN_BEST_STATE_NAME, UT_RUN_MODEL_NAME,
  };
  UtRunRecord *record = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && record == NULL; i++)
    record = read_file (folder, names[i], others);

  return record;
}

static gboolean
rebuild (UtRunDatabase  *database,
         const char     *runs,
         UtRunSalvage   *salvage,
         GError        **error)
{
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) records = _ut_run_database_list (database, NULL, present, NULL, error);
  g_autoptr (GDir) dir = g_dir_open (runs, 0, NULL);
  const char *name;

  if (records == NULL)
    return FALSE;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_build_filename (runs, name, NULL);
      g_autoptr (UtRunRecord) record = NULL;

      /* Those that describe themselves are taken over without this. */
      if (*name == '.' || g_hash_table_contains (present, name)
          || _ut_run_folder_is_described (folder))
        continue;
      record = read_folder (folder, records);
      if (record == NULL)
        continue;
      if (!_ut_run_database_add (database, record, error))
        return FALSE;
      salvage->n_rebuilt++;
    }

  return TRUE;
}

/* All of it */

static GPtrArray *
list_notes (const char *folder)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, UT_RUN_DATABASE_NAME) && g_str_has_suffix (name, NOTE_SUFFIX))
        g_ptr_array_add (notes, g_build_filename (folder, name, NULL));
    }

  return notes;
}

gboolean
_ut_run_salvage_do (UtRunDatabase  *database,
                    UtRunSalvage   *salvage,
                    GError        **error)
{
  g_autofree char *folder = g_path_get_dirname (_ut_run_database_get_path (database));
  g_autofree char *runs = g_build_filename (folder, UT_RUN_FOLDERS_NAME, NULL);
  g_autoptr (GPtrArray) notes = list_notes (folder);

  for (guint i = 0; i < notes->len; i++)
    {
      const char *note = g_ptr_array_index (notes, i);
      g_autofree char *path = g_strndup (note, strlen (note) - strlen (NOTE_SUFFIX));

      if (!read_damaged (path, database, salvage, error))
        return FALSE;
    }
  if (notes->len > 0 && !rebuild (database, runs, salvage, error))
    return FALSE;

  for (guint i = 0; i < notes->len; i++)
    g_unlink (g_ptr_array_index (notes, i));
  return TRUE;
}
