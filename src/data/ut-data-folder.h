/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-about.h"

G_BEGIN_DECLS

/**
 * UtDataFolder:
 *
 * A data set in the making: its parts are written into a hidden folder beside the others, which gets
 * its name when all is there and on the disk. One thread at a time.
 */
typedef struct UtDataFolder UtDataFolder;

/**
 * ut_data_get_directory: (transfer full): where the person's data sets lie, `undertone/data` in the
 * data folder.
 */
GFile        *ut_data_get_directory      (void);

/**
 * ut_data_dup_title: (transfer full) (nullable): what the data set with a part at @path is called,
 * %NULL where @path is no part of one of the person's data sets. Looks at the path alone.
 */
char         *ut_data_dup_title          (const char         *path);

/**
 * ut_data_folder_new:
 * @directory: (nullable): where it will lie; made if missing. %NULL is ut_data_get_directory().
 * @error: names what cannot be made.
 *
 * Returns: (transfer full) (nullable): a data set without parts.
 */
UtDataFolder *ut_data_folder_new         (GFile              *directory,
                                          GError            **error);

/** ut_data_folder_dup_part: (transfer full): where @part is to be written. */
GFile        *ut_data_folder_dup_part    (UtDataFolder       *self,
                                          UtDataPart          part);

/**
 * ut_data_folder_commit:
 * @self: a data set whose training part, at least, is written.
 * @title: what it shall be called: a number is added where there is one of that name, and what a
 *   folder cannot be called by is replaced.
 * @about: what about.json shall say.
 * @error: names what failed; nothing has appeared then.
 *
 * Returns: (transfer full) (nullable): the folder.
 */
GFile        *ut_data_folder_commit      (UtDataFolder       *self,
                                          const char         *title,
                                          const UtDataAbout  *about,
                                          GError            **error);

/** ut_data_folder_free: without a commit all that was written is deleted. */
void          ut_data_folder_free        (UtDataFolder       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDataFolder, ut_data_folder_free)

G_END_DECLS
