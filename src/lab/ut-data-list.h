/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

#include <ut-data.h>

G_BEGIN_DECLS

/**
 * UtDataEntry:
 *
 * A data set that can be chosen: one that comes along, or one of the person's own. Immutable; main
 * thread.
 *
 * Property: title (read only).
 */
#define UT_TYPE_DATA_ENTRY (ut_data_entry_get_type ())
G_DECLARE_FINAL_TYPE (UtDataEntry, ut_data_entry, UT, DATA_ENTRY, GObject)

/** ut_data_entry_get_title: (transfer none): what a person calls it, translated. */
const char        *ut_data_entry_get_title   (UtDataEntry     *self);

/** ut_data_entry_get_id: (transfer none) (nullable): as #UtConfig names one that comes along. */
const char        *ut_data_entry_get_id      (UtDataEntry     *self);

/**
 * ut_data_entry_get_key: (transfer none): what settings remember it by: the id of one that comes
 * along, "own/" and the name of its folder else.
 */
const char        *ut_data_entry_get_key     (UtDataEntry     *self);

/** ut_data_entry_get_folder: (transfer none): where its parts lie. */
GFile             *ut_data_entry_get_folder  (UtDataEntry     *self);

/** ut_data_entry_get_about: (transfer none): where it came from. */
const UtDataAbout *ut_data_entry_get_about   (UtDataEntry     *self);

/** ut_data_entry_dup_part: (transfer full) (nullable): the file of @part, %NULL if it has none. */
GFile             *ut_data_entry_dup_part    (UtDataEntry     *self,
                                              UtDataPart       part);

/** ut_data_entry_apply: makes @builder train on it. */
void               ut_data_entry_apply       (UtDataEntry     *self,
                                              UtConfigBuilder *builder);

/** ut_data_entry_matches: whether @config trains on it. */
gboolean           ut_data_entry_matches     (UtDataEntry     *self,
                                              const UtConfig  *config);

/**
 * UtDataList:
 *
 * The data sets there are, as a #GListModel of #UtDataEntry: those that come along first, then the
 * person's own by title. It follows what other programs do to the person's folder. Main thread.
 *
 * Signal ::failed (text): the person's folder, or a data set in it, cannot be read.
 */
#define UT_TYPE_DATA_LIST (ut_data_list_get_type ())
G_DECLARE_FINAL_TYPE (UtDataList, ut_data_list, UT, DATA_LIST, GObject)

/**
 * ut_data_list_new:
 * @directory: (nullable): where the person's own lie; %NULL is ut_data_get_directory().
 *
 * Returns: (transfer full): a list of what comes along.
 */
UtDataList  *ut_data_list_new           (GFile               *directory);

/** ut_data_list_load_async: looks for the person's own; again after a change that must show at
 * once. */
void         ut_data_list_load_async    (UtDataList          *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean     ut_data_list_load_finish   (UtDataList          *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/** ut_data_list_find: (transfer none) (nullable): the data set that @config trains on. */
UtDataEntry *ut_data_list_find          (UtDataList          *self,
                                         const UtConfig      *config);

/** ut_data_list_find_folder: (transfer none) (nullable): the data set that lies in @folder. */
UtDataEntry *ut_data_list_find_folder   (UtDataList          *self,
                                         GFile               *folder);

/**
 * ut_data_list_trash_async: moves one of the person's own to the desktop's trash; it leaves the list
 * when that is done.
 */
void         ut_data_list_trash_async   (UtDataList          *self,
                                         UtDataEntry         *entry,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean     ut_data_list_trash_finish  (UtDataList          *self,
                                         GAsyncResult        *result,
                                         GError             **error);

G_END_DECLS
