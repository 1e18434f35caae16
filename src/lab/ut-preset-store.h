/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** UT_PRESET_MAX_NAME: characters of the longest name of an own preset. */
#define UT_PRESET_MAX_NAME 40

/**
 * UtOwnPreset:
 * @name: as the person called it.
 * @config: its settings, data and word vectors; seed and threads mean nothing.
 * @with_cell: whether the cell of @config belongs to it.
 *
 * A preset that the person saved. It belongs to its store.
 */
typedef struct
{
  const char *name;
  UtConfig *config;
  gboolean with_cell;
} UtOwnPreset;

/** ut_own_preset_apply: writes the preset's values into @builder; seed and threads stay. */
void               ut_own_preset_apply         (const UtOwnPreset    *self,
                                                UtConfigBuilder      *builder);

/**
 * UtPresetStore:
 *
 * The person's own presets, each of a name of its own, kept in one JSON file. A file that cannot be
 * read is left alone: nothing is saved until it is repaired or moved away. Main thread.
 *
 * Signals: ::changed after presets were read, set or removed; ::failed (text) where they could not
 * be written.
 */
#define UT_TYPE_PRESET_STORE (ut_preset_store_get_type ())
G_DECLARE_FINAL_TYPE (UtPresetStore, ut_preset_store, UT, PRESET_STORE, GObject)

/**
 * ut_preset_store_new:
 * @file: (nullable): where they are kept; NULL is undertone/presets.json in the person's folder of
 *   configurations.
 *
 * Returns: (transfer full): a store without presets.
 */
UtPresetStore     *ut_preset_store_new         (GFile                *file);

/** ut_preset_store_load: reads the file, which may be missing; @error names it. Blocks. */
gboolean           ut_preset_store_load        (UtPresetStore        *self,
                                                GError              **error);
/** ut_preset_store_load_async: ut_preset_store_load() on a worker. */
void               ut_preset_store_load_async  (UtPresetStore        *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean           ut_preset_store_load_finish (UtPresetStore        *self,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * ut_preset_store_get_presets: (transfer none) (array length=n_presets): all of them, by name;
 * valid until ::changed.
 */
const UtOwnPreset *ut_preset_store_get_presets (UtPresetStore        *self,
                                                gsize                *n_presets);
/** ut_preset_store_find: (transfer none) (nullable): the preset @name; valid until ::changed. */
const UtOwnPreset *ut_preset_store_find        (UtPresetStore        *self,
                                                const char           *name);

/** ut_preset_store_check_name: whether an own preset may be called so; @error says why not. */
gboolean           ut_preset_store_check_name  (const char           *name,
                                                GError              **error);

/**
 * ut_preset_store_set:
 * @self: the store.
 * @name: a name that ut_preset_store_check_name() allows; a preset of it is replaced.
 * @config: what to keep.
 * @with_cell: whether its cell is kept, too.
 * @error: why it is refused; also where the file is damaged.
 *
 * Returns: whether it will be written; later failures are told by ::failed.
 */
gboolean           ut_preset_store_set         (UtPresetStore        *self,
                                                const char           *name,
                                                UtConfig             *config,
                                                gboolean              with_cell,
                                                GError              **error);
/** ut_preset_store_remove: FALSE where there is no preset @name. */
gboolean           ut_preset_store_remove      (UtPresetStore        *self,
                                                const char           *name);

G_END_DECLS
