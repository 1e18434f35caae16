/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-database-parts-private.h"

#include "ut-block-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"
#include "ut-owner-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* "UtRn" */
#define DATABASE_ID 0x5574526e
/* SHA-256's first bytes: there is no one to fool, only bits that flip. */
#define SUM_SIZE 16
#define MAX_SUM_SIZE 32

/* A record is a JSON object, of which the tables know but the id; sums tell a bit that flipped. Points
 * lie in blocks from a first to a last step, of which the epoch is that of the last one. Epochs have
 * a table of their own that is small enough to be read as a whole. */
static const char * const steps[] = {
  "CREATE TABLE runs ("
  "  key INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  change INTEGER NOT NULL,"
  "  trashed INTEGER NOT NULL,"
  "  owner TEXT,"
  "  beat INTEGER NOT NULL,"
  "  sum BLOB NOT NULL,"
  "  record TEXT NOT NULL"
  ") STRICT;"
  "CREATE TABLE epochs ("
  "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
  "  number INTEGER NOT NULL,"
  "  sum BLOB NOT NULL,"
  "  data BLOB NOT NULL,"
  "  PRIMARY KEY (run, number)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE points ("
  "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
  "  first INTEGER NOT NULL,"
  "  last INTEGER NOT NULL,"
  "  epoch INTEGER NOT NULL,"
  "  sum BLOB NOT NULL,"
  "  data BLOB NOT NULL"
  ") STRICT;"
  "CREATE UNIQUE INDEX points_first ON points (run, first);"
  "CREATE INDEX points_last ON points (run, last, epoch);"
  "CREATE TABLE answers ("
  "  run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,"
  "  epoch INTEGER NOT NULL,"
  "  sum BLOB NOT NULL,"
  "  data BLOB NOT NULL"
  ") STRICT;",
  /* What sentences that are followed got, some looks in a block. */
  "CREATE TABLE looks ("
  "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
  "  number INTEGER NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  sum BLOB NOT NULL,"
  "  data BLOB NOT NULL,"
  "  PRIMARY KEY (run, number)"
  ") STRICT, WITHOUT ROWID;",
  NULL
};

static const UtDatabaseSchema schema = { DATABASE_ID, steps };

UtRunDatabase *
_ut_run_database_open (const char  *path,
                       GError     **error)
{
  g_autofree char *backup = g_strconcat (path, ".earlier", NULL);
  UtDatabase *database = _ut_database_open (path, &schema, backup, error);

  if (database == NULL)
    return NULL;

  UtRunDatabase *self = g_new (UtRunDatabase, 1);

  *self = (UtRunDatabase) { database, _ut_database_get_data_version (database) };
  return self;
}

UtRunDatabase *
_ut_run_database_open_damaged (const char  *path,
                               GError     **error)
{
  UtDatabase *database = _ut_database_open_damaged (path, error);

  if (database == NULL)
    return NULL;

  UtRunDatabase *self = g_new0 (UtRunDatabase, 1);

  self->database = database;
  return self;
}

void
_ut_run_database_free (UtRunDatabase *self)
{
  _ut_database_free (self->database);
  g_free (self);
}

gboolean
_ut_run_database_is_read_only (UtRunDatabase *self)
{
  return _ut_database_is_read_only (self->database);
}

const char *
_ut_run_database_get_path (UtRunDatabase *self)
{
  return _ut_database_get_path (self->database);
}

GFile *
_ut_run_database_dup_folder_in (const char *path,
                                const char *id)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return g_file_new_build_filename (parent, UT_RUN_FOLDERS_NAME, id, NULL);
}

GFile *
_ut_run_database_dup_folder (UtRunDatabase *self,
                             const char    *id)
{
  return _ut_run_database_dup_folder_in (_ut_run_database_get_path (self), id);
}

gboolean
_ut_run_database_has_news (UtRunDatabase *self)
{
  gint64 version = _ut_database_get_data_version (self->database);
  gboolean news = version != self->data_version;

  self->data_version = version;
  return news;
}

/* Sums: those of a block are of its place, too, so that none stands for another. */

static GBytes *
take_sum (GChecksum *checksum)
{
  guint8 sum[MAX_SUM_SIZE];
  gsize size = sizeof sum;

  g_checksum_get_digest (checksum, sum, &size);
  return g_bytes_new (sum, SUM_SIZE);
}

static GBytes *
sum_record (const char *id,
            const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, (const guchar *) id, (gssize) strlen (id) + 1);
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  return take_sum (checksum);
}

GBytes *
_ut_run_database_sum_block (const char *id,
                            const char *table,
                            gint64      number,
                            GBytes     *data)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *place = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT "/", id, table, number);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (data, &size);

  g_checksum_update (checksum, (const guchar *) place, (gssize) strlen (place));
  g_checksum_update (checksum, bytes, (gssize) size);
  return take_sum (checksum);
}

static gboolean
sum_matches (sqlite3_stmt *statement,
             int           column,
             GBytes       *sum)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (sum, &size);

  return (gsize) sqlite3_column_bytes (statement, column) == size
         && memcmp (sqlite3_column_blob (statement, column), data, size) == 0;
}

GBytes *
_ut_run_database_take_block (sqlite3_stmt *statement,
                             int           column,
                             const char   *id,
                             const char   *table)
{
  g_autoptr (GBytes) data = g_bytes_new (sqlite3_column_blob (statement, column + 2),
                                         (gsize) sqlite3_column_bytes (statement, column + 2));
  g_autoptr (GBytes) sum = _ut_run_database_sum_block (id, table, sqlite3_column_int64 (statement, column), data);

  return sum_matches (statement, column + 1, sum) ? g_steal_pointer (&data) : NULL;
}

static const char *
get_text (sqlite3_stmt *statement,
          int           column)
{
  const unsigned char *text = sqlite3_column_text (statement, column);

  return text != NULL ? (const char *) text : "";
}

/* Records */

gboolean
_ut_run_database_fill_record (UtRunRecord   *record,
                              sqlite3_stmt  *statement,
                              int            sum_column,
                              GError       **error)
{
  const char *text = get_text (statement, sum_column + 1);
  g_autoptr (GBytes) sum = sum_record (record->id, text);

  if (!sum_matches (statement, sum_column, sum))
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED,
                   _("What the store says of it was changed by something else."));
      return FALSE;
    }

  g_autoptr (JsonNode) root = _ut_json_parse (text, strlen (text), UT_RUN_RECORD_MAX_VALUES, error);

  return root != NULL && _ut_run_record_fill (record, root, error);
}

static void
read_owner (UtRunRecord  *record,
            sqlite3_stmt *statement,
            int           column)
{
  const char *owner = (const char *) sqlite3_column_text (statement, column);
  gint64 beat = sqlite3_column_int64 (statement, column + 1);
  gboolean is_own = g_strcmp0 (owner, _ut_owner_get_self ()) == 0;

  record->is_elsewhere = !is_own && _ut_owner_is_alive (owner, beat, g_get_real_time ());
  if (!is_own && !record->is_elsewhere)
    _ut_run_record_mark_interrupted (record);
}

static gboolean
read_end (UtRunDatabase  *self,
          UtRunRecord    *record,
          gint64          key,
          GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT last, epoch FROM points WHERE run = ? ORDER BY last DESC LIMIT 1",
                          "i", key);

  if (statement == NULL
      || _ut_database_step (self->database, statement, error) == UT_DATABASE_ERROR)
    return FALSE;

  record->last_step = (guint64) sqlite3_column_int64 (statement, 0);
  record->last_epoch = (guint) sqlite3_column_int64 (statement, 1);
  return TRUE;
}

static gboolean
read_epochs (UtRunDatabase  *self,
             UtRunRecord    *record,
             gint64          key,
             GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT number, sum, data FROM epochs WHERE run = ? ORDER BY number", "i",
                          key);
  UtDatabaseStep step;

  record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  if (statement == NULL)
    return FALSE;
  while ((step = _ut_database_step (self->database, statement, error)) == UT_DATABASE_ROW)
    {
      g_autoptr (GBytes) data = _ut_run_database_take_block (statement, 0, record->id, "epochs");
      UtEpoch epoch;

      if (data == NULL || !_ut_block_unpack_epoch (data, &epoch))
        {
          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED, _("Epoch %d is damaged."),
                       sqlite3_column_int (statement, 0));
          return FALSE;
        }
      g_array_append_val (record->epochs, epoch);
    }

  return step == UT_DATABASE_DONE;
}

/* Whatever is wrong with a run stays with it. */
static UtRunRecord *
read_run (UtRunDatabase *self,
          sqlite3_stmt  *statement)
{
  gint64 key = sqlite3_column_int64 (statement, 0);
  UtRunRecord *record = _ut_run_record_new (get_text (statement, 1), FALSE);
  g_autoptr (GError) error = NULL;

  record->change = sqlite3_column_int64 (statement, 2);
  record->trashed = sqlite3_column_int64 (statement, 3);
  if (read_end (self, record, key, &error) && read_epochs (self, record, key, &error)
      && _ut_run_database_count_looks (self, key, &record->n_looks, &error)
      && _ut_run_database_fill_record (record, statement, 6, &error))
    read_owner (record, statement, 4);
  else
    _ut_run_record_mark_damaged (record, error->message);

  return record;
}

GPtrArray *
_ut_run_database_list (UtRunDatabase  *self,
                       GHashTable     *known,
                       GHashTable     *present,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) _ut_run_record_free);
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT key, id, change, trashed, owner, beat, sum, record FROM runs", "");
  UtDatabaseStep step;

  if (statement == NULL)
    return NULL;
  while ((step = _ut_database_step (self->database, statement, error)) == UT_DATABASE_ROW)
    {
      const char *id = get_text (statement, 1);
      gpointer change = NULL;

      if (present != NULL)
        g_hash_table_add (present, g_strdup (id));
      if (known != NULL && g_hash_table_lookup_extended (known, id, NULL, &change)
          && (gint64) GPOINTER_TO_SIZE (change) == sqlite3_column_int64 (statement, 2))
        continue;
      g_ptr_array_add (records, read_run (self, statement));
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }

  return step == UT_DATABASE_DONE ? g_steal_pointer (&records) : NULL;
}

static gboolean
insert_record (UtRunDatabase  *self,
               UtRunRecord    *record,
               GError        **error)
{
  g_autofree char *text = _ut_run_record_to_text (record);
  g_autoptr (GBytes) sum = sum_record (record->id, text);

  return _ut_database_run (self->database, error,
                           "INSERT INTO runs (id, change, trashed, beat, sum, record)"
                           " VALUES (?, 1, ?, 0, ?, ?)", "sibs",
                           record->id, record->trashed, sum, text);
}

static gboolean
write_points (UtRunDatabase  *self,
              const char     *id,
              const UtPoint  *points,
              gsize           n_points,
              GError        **error)
{
  g_autoptr (GBytes) data = _ut_block_pack_points (points, n_points);
  gint64 first = (gint64) points[0].step;
  const UtPoint *last = &points[n_points - 1];
  g_autoptr (GBytes) sum = _ut_run_database_sum_block (id, "points", first, data);

  return _ut_database_run (self->database, error,
                           "INSERT OR REPLACE INTO points (run, first, last, epoch, sum, data)"
                           " SELECT key, ?, ?, ?, ?, ? FROM runs WHERE id = ?", "iiibbs",
                           first, (gint64) last->step, (gint64) last->epoch, sum, data, id);
}

static gboolean
write_epochs (UtRunDatabase  *self,
              const char     *id,
              const UtEpoch  *epochs,
              gsize           n_epochs,
              GError        **error)
{
  for (gsize i = 0; i < n_epochs; i++)
    {
      gint64 number = epochs[i].epoch;
      g_autoptr (GBytes) data = _ut_block_pack_epoch (&epochs[i]);
      g_autoptr (GBytes) sum = _ut_run_database_sum_block (id, "epochs", number, data);

      if (!_ut_database_run (self->database, error,
                             "INSERT OR REPLACE INTO epochs (run, number, sum, data)"
                             " SELECT key, ?, ?, ? FROM runs WHERE id = ?", "ibbs",
                             number, sum, data, id))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_all_points (UtRunDatabase  *self,
                  UtRunRecord    *record,
                  GError        **error)
{
  gsize n_points = record->points != NULL ? record->points->len : 0;

  for (gsize start = 0; start < n_points; start += UT_BLOCK_MAX_POINTS)
    {
      if (!write_points (self, record->id, &g_array_index (record->points, UtPoint, start),
                         MIN (UT_BLOCK_MAX_POINTS, n_points - start), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_ut_run_database_add (UtRunDatabase  *self,
                      UtRunRecord    *record,
                      GError        **error)
{
  if (!_ut_database_begin (self->database, error))
    return FALSE;

  gboolean good = insert_record (self, record, error) && write_all_points (self, record, error);

  if (good && record->epochs != NULL)
    good = write_epochs (self, record->id, (const UtEpoch *) (void *) record->epochs->data,
                         record->epochs->len, error);
  if (good && record->looks != NULL)
    good = _ut_run_database_put_all_looks (self, record->id,
                                           (UtProbeLook * const *) record->looks->pdata,
                                           record->looks->len, error);

  return _ut_database_end (self->database, good, error);
}

/* What the store has of @id; NULL without @error where there is none. */
static UtRunRecord *
find_record (UtRunDatabase  *self,
             const char     *id,
             GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error, "SELECT sum, record FROM runs WHERE id = ?", "s", id);
  g_autoptr (UtRunRecord) record = _ut_run_record_new (id, FALSE);

  if (statement == NULL
      || _ut_database_step (self->database, statement, error) != UT_DATABASE_ROW
      || !_ut_run_database_fill_record (record, statement, 0, error))
    return NULL;

  return g_steal_pointer (&record);
}

static void
copy_label (UtRunRecord       *to,
            const UtRunRecord *from)
{
  g_free (to->name);
  to->name = g_strdup (from->name);
  to->style = from->style;
  to->shown = from->shown;
  g_strfreev (to->tags);
  to->tags = g_strdupv (from->tags);
  g_free (to->note);
  to->note = g_strdup (from->note);
}

/* What the store is to have: @fields of @record, the others of @stored. */
static char *
merge (UtRunRecord *record,
       UtRunRecord *stored,
       UtRunFields  fields)
{
  if (fields == UT_RUN_FIELDS_LABEL)
    {
      copy_label (stored, record);
      return _ut_run_record_to_text (stored);
    }
  if ((fields & UT_RUN_FIELDS_LABEL) == 0)
    copy_label (record, stored);

  return _ut_run_record_to_text (record);
}

/* Within a transaction. */
static gboolean
update_record (UtRunDatabase  *self,
               UtRunRecord    *record,
               UtRunFields     fields,
               GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UtRunRecord) stored = find_record (self, record->id, &local_error);

  if (stored == NULL)
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_autofree char *text = merge (record, stored, fields);
  g_autoptr (GBytes) sum = sum_record (record->id, text);

  return _ut_database_run (self->database, error,
                           "UPDATE runs SET sum = ?, record = ?, change = change + 1 WHERE id = ?",
                           "bss", sum, text, record->id);
}

gboolean
_ut_run_database_update (UtRunDatabase  *self,
                         UtRunRecord    *record,
                         UtRunFields     fields,
                         GError        **error)
{
  return _ut_database_begin (self->database, error)
         && _ut_database_end (self->database, update_record (self, record, fields, error), error);
}

gboolean
_ut_run_database_set_trashed (UtRunDatabase  *self,
                              const char     *id,
                              gint64          date,
                              GError        **error)
{
  return _ut_database_run (self->database, error,
                           "UPDATE runs SET trashed = ?, change = change + 1 WHERE id = ?", "is",
                           date, id);
}

gboolean
_ut_run_database_delete (UtRunDatabase  *self,
                         const char     *id,
                         GError        **error)
{
  return _ut_database_run (self->database, error, "DELETE FROM runs WHERE id = ?", "s", id);
}

/* Owners */

static gboolean
take_claim (UtRunDatabase  *self,
            const char     *id,
            GError        **error)
{
  gint64 now = g_get_real_time ();
  const char *own = _ut_owner_get_self ();

  {
    g_autoptr (sqlite3_stmt) statement =
      _ut_database_prepare (self->database, error, "SELECT owner, beat FROM runs WHERE id = ?", "s",
                            id);

    if (statement == NULL)
      return FALSE;
    switch (_ut_database_step (self->database, statement, error))
      {
      case UT_DATABASE_ROW:
        break;
      case UT_DATABASE_DONE:
        g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                             _("This run is not in the store any more."));
        return FALSE;
      case UT_DATABASE_ERROR:
      default:
        return FALSE;
      }

    const char *owner = (const char *) sqlite3_column_text (statement, 0);

    if (owner != NULL && !g_str_equal (owner, own)
        && _ut_owner_is_alive (owner, sqlite3_column_int64 (statement, 1), now))
      {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                             _("Another program is training this run."));
        return FALSE;
      }
  }

  return _ut_database_run (self->database, error,
                           "UPDATE runs SET owner = ?, beat = ? WHERE id = ?", "sis", own, now, id);
}

gboolean
_ut_run_database_claim (UtRunDatabase  *self,
                        const char     *id,
                        GError        **error)
{
  return _ut_database_begin (self->database, error)
         && _ut_database_end (self->database, take_claim (self, id, error), error);
}

gboolean
_ut_run_database_release (UtRunDatabase  *self,
                          const char     *id,
                          GError        **error)
{
  return _ut_database_run (self->database, error,
                           "UPDATE runs SET owner = NULL, change = change + 1"
                           " WHERE id = ? AND owner = ?", "ss", id, _ut_owner_get_self ());
}

gboolean
_ut_run_database_beat (UtRunDatabase  *self,
                       GError        **error)
{
  return _ut_database_run (self->database, error, "UPDATE runs SET beat = ? WHERE owner = ?", "is",
                           g_get_real_time (), _ut_owner_get_self ());
}

/* The course of a run */

static gboolean
take_points (sqlite3_stmt  *statement,
             const char    *id,
             GArray        *points,
             GError       **error)
{
  guint n_before = points->len;
  guint64 last = n_before > 0 ? g_array_index (points, UtPoint, n_before - 1).step : 0;
  g_autoptr (GBytes) block = _ut_run_database_take_block (statement, 0, id, "points");

  if (block != NULL && _ut_block_unpack_points (block, points)
      && g_array_index (points, UtPoint, n_before).step > last)
    return TRUE;

  g_array_set_size (points, n_before);
  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED,
               _("The points after step %'" PRIu64 " are damaged."), last);
  return FALSE;
}

gboolean
_ut_run_database_read_points (UtRunDatabase  *self,
                              const char     *id,
                              GArray         *points,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT first, sum, data FROM points"
                          " WHERE run = (SELECT key FROM runs WHERE id = ?) ORDER BY first",
                          "s", id);
  UtDatabaseStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = _ut_database_step (self->database, statement, error)) == UT_DATABASE_ROW)
    {
      if (!take_points (statement, id, points, error)
          || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return step == UT_DATABASE_DONE;
}

GArray *
_ut_run_database_read_block (UtRunDatabase  *self,
                             const char     *id,
                             guint64         step,
                             GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT first, sum, data FROM points"
                          " WHERE run = (SELECT key FROM runs WHERE id = ?) AND first <= ?"
                          " ORDER BY first DESC LIMIT 1", "si", id, (gint64) step);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (UtPoint));

  if (statement == NULL)
    return NULL;
  switch (_ut_database_step (self->database, statement, error))
    {
    case UT_DATABASE_ROW:
      return take_points (statement, id, points, error) ? g_steal_pointer (&points) : NULL;
    case UT_DATABASE_DONE:
      return g_steal_pointer (&points);
    case UT_DATABASE_ERROR:
    default:
      return NULL;
    }
}

/* Within a transaction. */
static gboolean
cut (UtRunDatabase  *self,
     const char     *id,
     guint64         step,
     GError        **error)
{
  g_autoptr (GArray) points = _ut_run_database_read_block (self, id, step, error);

  if (points == NULL)
    return FALSE;

  while (points->len > 0 && g_array_index (points, UtPoint, points->len - 1).step > step)
    g_array_set_size (points, points->len - 1);

  return (points->len == 0
          || write_points (self, id, (const UtPoint *) (void *) points->data, points->len, error))
         && _ut_database_run (self->database, error,
                              "DELETE FROM points"
                              " WHERE run = (SELECT key FROM runs WHERE id = ?) AND first > ?",
                              "si", id, (gint64) step);
}

gboolean
_ut_run_database_cut (UtRunDatabase  *self,
                      const char     *id,
                      guint64         step,
                      guint           epoch,
                      GError        **error)
{
  if (!_ut_database_begin (self->database, error))
    return FALSE;

  gboolean good = cut (self, id, step, error)
                  && _ut_database_run (self->database, error,
                                       "DELETE FROM epochs"
                                       " WHERE run = (SELECT key FROM runs WHERE id = ?)"
                                       " AND (number > ? OR number = 0)", "si", id,
                                       (gint64) epoch)
                  && _ut_database_run (self->database, error,
                                       "DELETE FROM answers"
                                       " WHERE run = (SELECT key FROM runs WHERE id = ?)"
                                       " AND (epoch > ? OR epoch = 0)", "si", id,
                                       (gint64) epoch)
                  && _ut_run_database_cut_looks (self, id, step, error);

  return _ut_database_end (self->database, good, error);
}

gboolean
_ut_run_database_write_course (UtRunDatabase  *self,
                               const char     *id,
                               const UtPoint  *points,
                               gsize           n_points,
                               const UtEpoch  *epochs,
                               gsize           n_epochs,
                               gint64          look_block,
                               UtProbeLook * const *looks,
                               gsize           n_looks,
                               GError        **error)
{
  if (!_ut_database_begin (self->database, error))
    return FALSE;

  gboolean good = (n_points == 0 || write_points (self, id, points, n_points, error))
                  && write_epochs (self, id, epochs, n_epochs, error)
                  && (n_looks == 0
                      || _ut_run_database_put_looks (self, id, look_block, looks, n_looks, error))
                  && _ut_database_run (self->database, error,
                                       "UPDATE runs SET beat = ?, change = change + 1 WHERE id = ?",
                                       "is", g_get_real_time (), id);

  return _ut_database_end (self->database, good, error);
}

/* Answers */

gboolean
_ut_run_database_write_answers (UtRunDatabase  *self,
                                const char     *id,
                                guint           epoch,
                                const float    *logits,
                                gsize           n_rows,
                                GError        **error)
{
  g_autoptr (GBytes) data = _ut_block_pack_answers (logits, n_rows);
  g_autoptr (GBytes) sum = _ut_run_database_sum_block (id, "answers", epoch, data);

  return _ut_database_run (self->database, error,
                           "INSERT OR REPLACE INTO answers (run, epoch, sum, data)"
                           " SELECT key, ?, ?, ? FROM runs WHERE id = ?", "ibbs", (gint64) epoch,
                           sum, data, id);
}

float *
_ut_run_database_read_answers (UtRunDatabase  *self,
                               const char     *id,
                               guint          *epoch,
                               gsize          *n_rows,
                               GError        **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _ut_database_prepare (self->database, error,
                          "SELECT epoch, sum, data FROM answers"
                          " WHERE run = (SELECT key FROM runs WHERE id = ?)", "s", id);

  if (statement == NULL
      || _ut_database_step (self->database, statement, error) != UT_DATABASE_ROW)
    return NULL;

  g_autoptr (GBytes) block = _ut_run_database_take_block (statement, 0, id, "answers");
  float *logits = block != NULL ? _ut_block_unpack_answers (block, n_rows) : NULL;

  *epoch = (guint) sqlite3_column_int64 (statement, 0);
  if (logits == NULL)
    g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED,
                         _("The answers on the development rows are damaged."));

  return logits;
}

/* The whole */

gboolean
_ut_run_database_copy (UtRunDatabase  *self,
                       const char     *path,
                       GError        **error)
{
  return _ut_database_copy (self->database, path, error);
}

gboolean
_ut_run_database_check (UtRunDatabase  *self,
                        GError        **error)
{
  return _ut_database_check (self->database, error);
}
