/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-record-private.h"

G_BEGIN_DECLS

/**
 * UtRunDatabase:
 *
 * The runs of a person as SQLite tables: a record for each run, and its points, epochs, answers and
 * looks in blocks that carry checksums. Several connections, in one program or in several, see the same
 * runs. Errors are those of #UtDatabase. Everything blocks; one thread at a time.
 */
typedef struct UtRunDatabase UtRunDatabase;

/** UT_RUN_DATABASE_NAME: of the file, beside the folder of the runs. */
#define UT_RUN_DATABASE_NAME "runs.db"
/** UT_RUN_FOLDERS_NAME: of the folder of the runs' folders. */
#define UT_RUN_FOLDERS_NAME "runs"

/** _ut_run_database_open: (transfer full) (nullable): opens @path, or makes it. */
UtRunDatabase *_ut_run_database_open        (const char     *path,
                                             GError        **error);
/** _ut_run_database_open_damaged: (transfer full) (nullable): opens @path to read what is still to be
 * read; nothing is checked, and nothing is changed. */
UtRunDatabase *_ut_run_database_open_damaged (const char    *path,
                                             GError        **error);
void           _ut_run_database_free        (UtRunDatabase  *self);
gboolean       _ut_run_database_is_read_only (UtRunDatabase *self);
/** _ut_run_database_dup_folder: (transfer full): the folder of the run @id. */
GFile         *_ut_run_database_dup_folder  (UtRunDatabase  *self,
                                             const char     *id);
/** _ut_run_database_dup_folder_in: (transfer full): the same of the database at @path. */
GFile         *_ut_run_database_dup_folder_in (const char   *path,
                                             const char     *id);
/** _ut_run_database_get_path: (transfer none): of the file. */
const char    *_ut_run_database_get_path    (UtRunDatabase  *self);
/** _ut_run_database_has_news: whether another connection has written since the last call. */
gboolean       _ut_run_database_has_news    (UtRunDatabase  *self);

/**
 * _ut_run_database_list:
 * @self: the database.
 * @known: (nullable): from ids to the changes, as sizes, of runs that are known already; those are
 *   given only where they have changed since.
 * @present: (nullable): receives the ids of all runs.
 * @cancellable: (nullable): to give up.
 *
 * The runs without their points, those in the trash among them. A damaged one is a failed run that
 * says why; one that was under way in a program that is no more is interrupted.
 *
 * Returns: (transfer full) (nullable) (element-type UtRunRecord): in no order.
 */
GPtrArray     *_ut_run_database_list        (UtRunDatabase  *self,
                                             GHashTable     *known,
                                             GHashTable     *present,
                                             GCancellable   *cancellable,
                                             GError        **error);

/** _ut_run_database_add: adds a run with the points, epochs and looks of its record. */
gboolean       _ut_run_database_add         (UtRunDatabase  *self,
                                             UtRunRecord    *record,
                                             GError        **error);

/**
 * UtRunFields:
 * @UT_RUN_FIELDS_LABEL: name, colour, whether it is shown, tags and note: what a person says of it.
 * @UT_RUN_FIELDS_COURSE: all the rest: what the program knows that trains it.
 *
 * Parts of a record.
 */
typedef enum
{
  UT_RUN_FIELDS_LABEL = 1 << 0,
  UT_RUN_FIELDS_COURSE = 1 << 1,
} UtRunFields;

/** _ut_run_database_update: writes @fields of @record into that of its run, the others being as they
 * are there, also in @record afterwards: two programs may each write what is theirs. A run that is
 * not there any more is no error. */
gboolean       _ut_run_database_update      (UtRunDatabase  *self,
                                             UtRunRecord    *record,
                                             UtRunFields     fields,
                                             GError        **error);
/** _ut_run_database_set_trashed: @date is 0 for a run that comes back. */
gboolean       _ut_run_database_set_trashed (UtRunDatabase  *self,
                                             const char     *id,
                                             gint64          date,
                                             GError        **error);
/** _ut_run_database_delete: deletes all that there is of a run. */
gboolean       _ut_run_database_delete      (UtRunDatabase  *self,
                                             const char     *id,
                                             GError        **error);

/** _ut_run_database_claim: this process is the owner of the run from now on, or is so still; one
 * that belongs to another that lives gives %G_IO_ERROR_BUSY. */
gboolean       _ut_run_database_claim       (UtRunDatabase  *self,
                                             const char     *id,
                                             GError        **error);
/** _ut_run_database_release: if this process is the owner, nobody is any more. */
gboolean       _ut_run_database_release     (UtRunDatabase  *self,
                                             const char     *id,
                                             GError        **error);
/** _ut_run_database_beat: says of all runs that this process owns that it lives. */
gboolean       _ut_run_database_beat        (UtRunDatabase  *self,
                                             GError        **error);

/* The course of a run */

/** _ut_run_database_read_points: appends to @points (element-type UtPoint); where a block is damaged,
 * those before it are there and @error says so. */
gboolean       _ut_run_database_read_points (UtRunDatabase  *self,
                                             const char     *id,
                                             GArray         *points,
                                             GCancellable   *cancellable,
                                             GError        **error);
/** _ut_run_database_read_block: (transfer full) (nullable): the points (element-type UtPoint) of the
 * block that @step lies in or behind. */
GArray        *_ut_run_database_read_block  (UtRunDatabase  *self,
                                             const char     *id,
                                             guint64         step,
                                             GError        **error);
/** _ut_run_database_cut: forgets points and looks after @step, and what was kept of epochs after @epoch and of a
 * check in the middle of the first one. */
gboolean       _ut_run_database_cut         (UtRunDatabase  *self,
                                             const char     *id,
                                             guint64         step,
                                             guint           epoch,
                                             GError        **error);
/**
 * _ut_run_database_write_course:
 * @self: the database.
 * @id: a run that this process owns.
 * @points: (array length=n_points): a block of them, whole or to be written again with more.
 * @n_points: at most %UT_BLOCK_MAX_POINTS.
 * @epochs: (array length=n_epochs): to be added.
 * @n_epochs: their number.
 * @look_block: the number of a block of looks.
 * @looks: (array length=n_looks): the block, whole or to be written again with more.
 * @n_looks: their number, which _ut_run_database_count_block() allows.
 *
 * Once it returns, all this is on the disk.
 */
gboolean       _ut_run_database_write_course (UtRunDatabase *self,
                                             const char     *id,
                                             const UtPoint  *points,
                                             gsize           n_points,
                                             const UtEpoch  *epochs,
                                             gsize           n_epochs,
                                             gint64          look_block,
                                             UtProbeLook * const *looks,
                                             gsize           n_looks,
                                             GError        **error);
/** _ut_run_database_read_looks: appends to @looks (element-type UtProbeLook), as
 * _ut_run_database_read_points(). */
gboolean       _ut_run_database_read_looks  (UtRunDatabase  *self,
                                             const char     *id,
                                             GPtrArray      *looks,
                                             GCancellable   *cancellable,
                                             GError        **error);
/** _ut_run_database_find_next_looks: the number of the block of looks that comes next. */
gboolean       _ut_run_database_find_next_looks (UtRunDatabase *self,
                                             const char     *id,
                                             gint64         *number,
                                             GError        **error);

/** _ut_run_database_write_answers: the logits of the @n_rows development rows after @epoch take the
 * place of those of an earlier one. */
gboolean       _ut_run_database_write_answers (UtRunDatabase *self,
                                             const char     *id,
                                             guint           epoch,
                                             const float    *logits,
                                             gsize           n_rows,
                                             GError        **error);
/** _ut_run_database_read_answers: (transfer full) (nullable) (array length=n_rows): the logits, and
 * of which epoch they are; %NULL without @error set where there are none. */
float         *_ut_run_database_read_answers (UtRunDatabase *self,
                                             const char     *id,
                                             guint          *epoch,
                                             gsize          *n_rows,
                                             GError        **error);

/** _ut_run_database_copy: a copy of it all at @path. */
gboolean       _ut_run_database_copy        (UtRunDatabase  *self,
                                             const char     *path,
                                             GError        **error);
/** _ut_run_database_check: reads its whole structure. */
gboolean       _ut_run_database_check       (UtRunDatabase  *self,
                                             GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRunDatabase, _ut_run_database_free)

G_END_DECLS
