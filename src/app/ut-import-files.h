/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>
#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtImportFiles:
 * @train: (owned) (nullable): a file or a folder.
 * @second: (owned) (nullable): the other file of a pair.
 * @dev: (owned) (nullable): development rows.
 * @test: (owned) (nullable): test rows.
 *
 * The files that a data set is to be made of. A plain value; what it owns is atomically counted.
 */
typedef struct
{
  GFile *train;
  GFile *second;
  GFile *dev;
  GFile *test;
} UtImportFiles;

#define UT_IMPORT_FILES_INIT { .train = NULL }

/** ut_import_files_copy: makes @self equal to @other. */
void           ut_import_files_copy        (UtImportFiles       *self,
                                            const UtImportFiles *other);

void           ut_import_files_clear       (UtImportFiles       *self);

/**
 * ut_import_files_find_sibling:
 * @self: the files.
 *
 * Where @self is one of the two files of a pair, whose names end in ".pos" and ".neg", and the
 * other lies beside it, takes that one, too; development and test files do not go with a pair and
 * are given up. Looks at the disk: for a worker.
 */
void           ut_import_files_find_sibling (UtImportFiles      *self);

/** ut_import_files_get_source: the same files for ut_import_guess(), as long as @self has them. */
UtImportSource ut_import_files_get_source  (const UtImportFiles *self);

/** ut_import_files_dup_name: (transfer full): what is read, as "rt.neg, rt.pos", to be shown. */
char          *ut_import_files_dup_name    (const UtImportFiles *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtImportFiles, ut_import_files_clear)

G_END_DECLS
