/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-database-private.h"

#include "ut-lab-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <unistd.h>

/* Another program's commits take milliseconds; a copy of the whole may take seconds. */
#define BUSY_MILLISECONDS 20000
#define RETRY_MILLISECONDS 5
/* No text or blob of ours is nearly as long; a longer one in a damaged file is not read. */
#define MAX_LENGTH (64 << 20)
/* The log is cut back to that after it was moved into the file. */
#define LOG_LIMIT "16777216"

struct UtDatabase
{
  sqlite3 *connection; /* (owned) */
  char *path;          /* (owned) */
  gboolean read_only;
};

/* What @code of SQLite means to the person. */
static void
set_error (const char *path,
           sqlite3    *connection,
           int         code,
           GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);
  int system_code = connection != NULL ? sqlite3_system_errno (connection) : 0;
  const char *reason = system_code != 0 ? g_strerror (system_code) : sqlite3_errstr (code);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("Cannot save to %s: no space left"),
                   name);
      break;
    case SQLITE_READONLY:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY,
                   _("Cannot save to %s: it may only be read"), name);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _("Cannot save to %s: another program is using it"), name);
      break;
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("Cannot save to %s: %s"), name,
                   reason);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED, _("%s is damaged: %s"), name,
                   sqlite3_errstr (code));
      break;
    case SQLITE_IOERR:
      /* The write that finds no space says so by the system's number only. */
      if (system_code == ENOSPC || system_code == EDQUOT)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("Cannot save to %s: no space left"),
                     name);
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("Cannot save to %s: %s"), name, reason);
      break;
    case SQLITE_CANTOPEN:
    default:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("Cannot use %s: %s"), name, reason);
    }
}

static gboolean
check_code (UtDatabase *self,
            int         code,
            GError    **error)
{
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
    return TRUE;

  set_error (self->path, self->connection, code, error);
  return FALSE;
}

/* Opening */

/* @extra of the URI's parameters; SQLite escapes nothing itself. */
static int
connect_to (UtDatabase *self,
            int         flags,
            const char *extra)
{
  g_autofree char *escaped = g_uri_escape_string (self->path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH,
                                                  FALSE);
  g_autofree char *uri = g_strconcat ("file:", escaped, extra, NULL);

  sqlite3_close (g_steal_pointer (&self->connection));

  int code = sqlite3_open_v2 (uri, &self->connection,
                              flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                              NULL);

  if (code != SQLITE_OK)
    return code;

  sqlite3_busy_timeout (self->connection, BUSY_MILLISECONDS);
  sqlite3_limit (self->connection, SQLITE_LIMIT_LENGTH, MAX_LENGTH);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);

  return SQLITE_OK;
}

/* A number that a pragma gives; -1 with @error set. */
static gint64
read_number (UtDatabase *self,
             const char *pragma,
             GError    **error)
{
  g_autoptr (sqlite3_stmt) statement = _ut_database_prepare (self, error, pragma, "");
  gint64 number = -1;

  if (statement != NULL && _ut_database_step (self, statement, error) == UT_DATABASE_ROW)
    number = sqlite3_column_int64 (statement, 0);

  return number;
}

static gboolean
set_header (UtDatabase  *self,
            const char  *pragma,
            gint64       number,
            GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s = %" G_GINT64_FORMAT, pragma, number);

  return _ut_database_execute (self, sql, error);
}

static gboolean
take_steps (UtDatabase             *self,
            const UtDatabaseSchema *schema,
            gint64                  version,
            GError                **error)
{
  if (version == 0 && !set_header (self, "application_id", schema->application_id, error))
    return FALSE;

  for (; schema->steps[version] != NULL; version++)
    {
      if (!_ut_database_execute (self, schema->steps[version], error))
        return FALSE;
    }

  return set_header (self, "user_version", version, error);
}

/* Two programs may find the same old file: only what is read within the transaction counts. */
static gboolean
migrate (UtDatabase             *self,
         const UtDatabaseSchema *schema,
         GError                **error)
{
  if (!_ut_database_begin (self, error))
    return FALSE;

  gint64 version = read_number (self, "PRAGMA user_version", error);

  return _ut_database_end (self, version >= 0 && take_steps (self, schema, version, error), error);
}

static gint64
get_latest (const UtDatabaseSchema *schema)
{
  gint64 latest = 0;

  while (schema->steps[latest] != NULL)
    latest++;

  return latest;
}

/* What the file says of itself, all of one moment. */
static gboolean
read_header (UtDatabase  *self,
             gint64      *version,
             gint64      *application_id,
             gint64      *n_tables,
             GError     **error)
{
  if (!_ut_database_execute (self, "BEGIN", error))
    return FALSE;

  *version = read_number (self, "PRAGMA user_version", error);
  *application_id = *version >= 0 ? read_number (self, "PRAGMA application_id", error) : -1;
  *n_tables = *application_id >= 0 ? read_number (self, "SELECT count(*) FROM sqlite_schema", error)
                                   : -1;

  return _ut_database_end (self, *n_tables >= 0, error);
}

static gboolean
set_up (UtDatabase             *self,
        const UtDatabaseSchema *schema,
        const char             *backup,
        GError                **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  gint64 latest = get_latest (schema);
  gint64 version, application_id, n_tables;

  if (!read_header (self, &version, &application_id, &n_tables, error))
    return FALSE;
  if (application_id != schema->application_id && (version != 0 || n_tables > 0))
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED,
                   _("%s is not a file of this program, or is damaged"), name);
      return FALSE;
    }
  if (version > latest)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_NEWER,
                   _("%s was written by a later version of Undertone. It was not touched; please "
                     "use that version."), name);
      return FALSE;
    }
  if (version == latest)
    return TRUE;
  if (self->read_only)
    {
      set_error (self->path, NULL, SQLITE_READONLY, error);
      return FALSE;
    }
  if (version > 0 && backup != NULL && !_ut_database_copy (self, backup, error))
    return FALSE;

  return migrate (self, schema, error);
}

/* The first of several programs makes the log; for the others SQLite does not wait, as it does
 * elsewhere. */
static gboolean
make_log (UtDatabase  *self,
          GError     **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_MILLISECONDS * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      g_autoptr (GError) local_error = NULL;

      if (_ut_database_execute (self, "PRAGMA journal_mode = WAL", &local_error))
        return TRUE;
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BUSY)
          || g_get_monotonic_time () > end)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_usleep (RETRY_MILLISECONDS * G_TIME_SPAN_MILLISECOND);
    }
}

/* Such a file is refused, and nothing of it is changed before, not even how it is written. */
static gboolean
is_of_later_version (UtDatabase             *self,
                     const UtDatabaseSchema *schema)
{
  return read_number (self, "PRAGMA user_version", NULL) > get_latest (schema);
}

static gboolean
open_for_writing (UtDatabase              *self,
                  const UtDatabaseSchema  *schema,
                  GError                 **error)
{
  if (!check_code (self, connect_to (self, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ""), error))
    return FALSE;
  if (is_of_later_version (self, schema))
    return TRUE;

  return make_log (self, error)
         && _ut_database_execute (self,
                                  "PRAGMA synchronous = FULL;"
                                  "PRAGMA cell_size_check = ON;"
                                  "PRAGMA journal_size_limit = " LOG_LIMIT ";", error);
}

/* Where the folder may not be written, there can be no log beside the file, and nobody who writes. */
static gboolean
open_for_reading (UtDatabase  *self,
                  GError     **error)
{
  self->read_only = TRUE;

  if (connect_to (self, SQLITE_OPEN_READONLY, "") == SQLITE_OK
      && _ut_database_execute (self, "SELECT count(*) FROM sqlite_schema", NULL))
    return TRUE;

  return check_code (self, connect_to (self, SQLITE_OPEN_READONLY, "?immutable=1"), error);
}

/* Whether a file is there that only cannot be written. */
static gboolean
may_be_read (UtDatabase   *self,
             const GError *error)
{
  return error->domain == G_IO_ERROR
         && (error->code == G_IO_ERROR_READ_ONLY || error->code == G_IO_ERROR_FAILED
             || error->code == G_IO_ERROR_PERMISSION_DENIED)
         && g_access (self->path, R_OK) == 0;
}

UtDatabase *
_ut_database_open (const char              *path,
                   const UtDatabaseSchema  *schema,
                   const char              *backup,
                   GError                 **error)
{
  g_autoptr (UtDatabase) self = g_new0 (UtDatabase, 1);
  g_autoptr (GError) local_error = NULL;

  self->path = g_strdup (path);
  if (!open_for_writing (self, schema, &local_error))
    {
      if (!may_be_read (self, local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (!open_for_reading (self, error))
        return NULL;
    }
  if (sqlite3_db_readonly (self->connection, "main") == 1)
    self->read_only = TRUE;

  return set_up (self, schema, backup, error) ? g_steal_pointer (&self) : NULL;
}

UtDatabase *
_ut_database_open_damaged (const char  *path,
                           GError     **error)
{
  g_autoptr (UtDatabase) self = g_new0 (UtDatabase, 1);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  self->path = g_strdup (path);
  self->read_only = TRUE;

  /* Without a log, none is made. */
  gboolean opened = g_file_test (log, G_FILE_TEST_EXISTS)
                    ? open_for_reading (self, error)
                    : check_code (self, connect_to (self, SQLITE_OPEN_READONLY, "?immutable=1"), error);

  return opened ? g_steal_pointer (&self) : NULL;
}

void
_ut_database_free (UtDatabase *self)
{
  sqlite3_close (self->connection);
  g_free (self->path);
  g_free (self);
}

gboolean
_ut_database_is_read_only (UtDatabase *self)
{
  return self->read_only;
}

const char *
_ut_database_get_path (UtDatabase *self)
{
  return self->path;
}

gint64
_ut_database_get_data_version (UtDatabase *self)
{
  return read_number (self, "PRAGMA data_version", NULL);
}

/* Statements */

gboolean
_ut_database_execute (UtDatabase  *self,
                      const char  *sql,
                      GError     **error)
{
  return check_code (self, sqlite3_exec (self->connection, sql, NULL, NULL, NULL), error);
}

static int
bind_bytes (sqlite3_stmt *statement,
            int           index,
            GBytes       *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  /* Without an address it would be null. */
  return sqlite3_bind_blob64 (statement, index, size > 0 ? data : "", size, SQLITE_STATIC);
}

static sqlite3_stmt *
prepare (UtDatabase  *self,
         const char  *sql,
         const char  *format,
         va_list      values,
         GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (!check_code (self, sqlite3_prepare_v2 (self->connection, sql, -1, &statement, NULL), error))
    return NULL;

  int code = SQLITE_OK;

  for (int i = 0; format[i] != '\0' && code == SQLITE_OK; i++)
    {
      switch (format[i])
        {
        case 's':
          code = sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1,
                                    SQLITE_STATIC);
          break;
        case 'i':
          code = sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
          break;
        case 'd':
          code = sqlite3_bind_double (statement, i + 1, va_arg (values, double));
          break;
        case 'b':
          code = bind_bytes (statement, i + 1, va_arg (values, GBytes *));
          break;
        default:
          g_assert_not_reached ();
        }
    }

  return check_code (self, code, error) ? g_steal_pointer (&statement) : NULL;
}

sqlite3_stmt *
_ut_database_prepare (UtDatabase  *self,
                      GError     **error,
                      const char  *sql,
                      const char  *format,
                      ...)
{
  va_list values;

  va_start (values, format);

  sqlite3_stmt *statement = prepare (self, sql, format, values, error);

  va_end (values);
  return statement;
}

UtDatabaseStep
_ut_database_step (UtDatabase    *self,
                   sqlite3_stmt  *statement,
                   GError       **error)
{
  int code = sqlite3_step (statement);

  if (!check_code (self, code, error))
    return UT_DATABASE_ERROR;

  return code == SQLITE_ROW ? UT_DATABASE_ROW : UT_DATABASE_DONE;
}

gboolean
_ut_database_run (UtDatabase  *self,
                  GError     **error,
                  const char  *sql,
                  const char  *format,
                  ...)
{
  va_list values;

  va_start (values, format);

  g_autoptr (sqlite3_stmt) statement = prepare (self, sql, format, values, error);

  va_end (values);
  return statement != NULL && _ut_database_step (self, statement, error) != UT_DATABASE_ERROR;
}

gboolean
_ut_database_begin (UtDatabase  *self,
                    GError     **error)
{
  /* To fail at once, not at the commit, where another program writes. */
  return _ut_database_execute (self, "BEGIN IMMEDIATE", error);
}

gboolean
_ut_database_end (UtDatabase  *self,
                  gboolean     good,
                  GError     **error)
{
  if (good && _ut_database_execute (self, "COMMIT", error))
    return TRUE;

  /* Some failures have ended it already. */
  if (sqlite3_get_autocommit (self->connection) == 0)
    _ut_database_execute (self, "ROLLBACK", NULL);
  return FALSE;
}

/* Copies and checks */

/* Copies that were renamed into their place are there after a power failure, too. */
static gboolean
sync_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = fd >= 0 && fsync (fd) == 0;

  if (!good)
    {
      int code = errno;
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("Cannot save to %s: %s"), name,
                   g_strerror (code));
    }
  if (fd >= 0)
    close (fd);

  return good;
}

gboolean
_ut_database_copy (UtDatabase  *self,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *temporary = g_strconcat (path, ".part", NULL);

  /* A copy that was cut off. */
  g_unlink (temporary);

  gboolean good = _ut_database_run (self, error, "VACUUM INTO ?", "s", temporary)
                  && sync_file (temporary, error);

  if (good && g_rename (temporary, path) != 0)
    {
      int code = errno;
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("Cannot save to %s: %s"), name,
                   g_strerror (code));
      good = FALSE;
    }
  if (!good)
    g_unlink (temporary);

  return good;
}

gboolean
_ut_database_check (UtDatabase  *self,
                    GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = _ut_database_prepare (self, error, "PRAGMA quick_check(1)",
                                                             "");

  if (statement == NULL || _ut_database_step (self, statement, error) == UT_DATABASE_ERROR)
    return FALSE;

  const char *answer = (const char *) sqlite3_column_text (statement, 0);

  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;

  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED, _("%s is damaged: %s"), name,
               answer != NULL ? answer : "");
  return FALSE;
}
