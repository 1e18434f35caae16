/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * UtDatabase:
 *
 * One connection to an SQLite file, with a write-ahead log, so that other programs may read and write
 * it at the same time; what was committed has reached the disk. Everything blocks; one thread at a
 * time. Errors name the file: %G_IO_ERROR_NO_SPACE, %G_IO_ERROR_READ_ONLY, %G_IO_ERROR_BUSY,
 * %G_IO_ERROR_PERMISSION_DENIED and %G_IO_ERROR_FAILED, which may pass; %UT_LAB_ERROR_DAMAGED and
 * %UT_LAB_ERROR_NEWER, which do not.
 */
typedef struct UtDatabase UtDatabase;

/**
 * UtDatabaseSchema:
 * @application_id: a number in the file's header that tells it from files of other programs.
 * @steps: (array zero-terminated=1): statements; the one with index i leads from version i of the
 *   tables to version i + 1.
 */
typedef struct
{
  gint32 application_id;
  const char * const *steps;
} UtDatabaseSchema;

/**
 * _ut_database_open:
 * @path: the file, which is made where there is none.
 * @schema: what it is to hold.
 * @backup: (nullable): before the tables of an earlier version are changed, the whole is copied
 *   there.
 * @error: why not: among the rest, a file of a later version of the program or of another program.
 *
 * A file that cannot be written is opened for reading only, where that is possible.
 *
 * Returns: (transfer full) (nullable): the connection.
 */
UtDatabase    *_ut_database_open         (const char             *path,
                                          const UtDatabaseSchema *schema,
                                          const char             *backup,
                                          GError                **error);
/** _ut_database_open_damaged: (transfer full) (nullable): for reading only, whatever it holds. */
UtDatabase    *_ut_database_open_damaged (const char             *path,
                                          GError                **error);
void           _ut_database_free         (UtDatabase             *self);

/** _ut_database_is_read_only: whether nothing can be written. */
gboolean       _ut_database_is_read_only (UtDatabase             *self);

const char    *_ut_database_get_path     (UtDatabase             *self);

/** _ut_database_get_data_version: a number that differs once another connection has committed. */
gint64         _ut_database_get_data_version (UtDatabase         *self);

/** _ut_database_execute: runs statements without parameters and results. */
gboolean       _ut_database_execute      (UtDatabase             *self,
                                          const char             *sql,
                                          GError                **error);

/**
 * _ut_database_prepare:
 * @self: the connection.
 * @sql: one statement.
 * @format: the types of its parameters, one letter each: "s" a nullable string, "i" a gint64, "d" a
 *   double, "b" a #GBytes; the values follow. They must live as long as the statement.
 *
 * Returns: (transfer full) (nullable): the statement, to be stepped.
 */
sqlite3_stmt  *_ut_database_prepare      (UtDatabase             *self,
                                          GError                **error,
                                          const char             *sql,
                                          const char             *format,
                                          ...);

/**
 * UtDatabaseStep:
 * @UT_DATABASE_ROW: there is a row.
 * @UT_DATABASE_DONE: there is none, or none any more.
 * @UT_DATABASE_ERROR: it failed.
 */
typedef enum
{
  UT_DATABASE_ROW,
  UT_DATABASE_DONE,
  UT_DATABASE_ERROR,
} UtDatabaseStep;

UtDatabaseStep _ut_database_step         (UtDatabase             *self,
                                          sqlite3_stmt           *statement,
                                          GError                **error);

/** _ut_database_run: prepares and steps a statement without result. */
gboolean       _ut_database_run          (UtDatabase             *self,
                                          GError                **error,
                                          const char             *sql,
                                          const char             *format,
                                          ...);

/** _ut_database_begin: what is written from here on counts all together or not at all. */
gboolean       _ut_database_begin        (UtDatabase             *self,
                                          GError                **error);
/** _ut_database_end: @good is whether all went well so far; without that, and where the commit fails,
 * nothing has happened. */
gboolean       _ut_database_end          (UtDatabase             *self,
                                          gboolean                good,
                                          GError                **error);

/** _ut_database_copy: writes a copy as it is at this moment to @path, whole or not at all. */
gboolean       _ut_database_copy         (UtDatabase             *self,
                                          const char             *path,
                                          GError                **error);

/** _ut_database_check: reads all of the file's structure; a damaged one gives
 * %UT_LAB_ERROR_DAMAGED. */
gboolean       _ut_database_check        (UtDatabase             *self,
                                          GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDatabase, _ut_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
