/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/*
 * What the form offers as presets: the built-in ones, the person's own, and last "Own settings",
 * which is none. Positions are valid until the store's ::changed.
 */

/** ut_preset_list_new: (transfer full): a list of their titles, as a drop-down shows it. */
GListModel        *ut_preset_list_new     (UtPresetStore *store);

/**
 * ut_preset_list_get_id: (transfer none): what the setting "preset" says of it; empty for the last.
 */
const char        *ut_preset_list_get_id  (UtPresetStore *store,
                                           guint          position);

/** ut_preset_list_get_own: (transfer none) (nullable): the own preset at @position. */
const UtOwnPreset *ut_preset_list_get_own (UtPresetStore *store,
                                           guint          position);

/**
 * ut_preset_list_apply:
 * @store: the person's own presets.
 * @position: the preset's; the last one gives nothing.
 * @base: (nullable): what stays where the preset says nothing.
 *
 * Returns: (transfer full) (nullable): the configuration, where there is one.
 */
UtConfig          *ut_preset_list_apply   (UtPresetStore *store,
                                           guint          position,
                                           UtConfig      *base);

/**
 * ut_preset_list_find:
 * @store: the person's own presets.
 * @config: (nullable): a configuration; NULL is none's.
 * @one_cell: whether its cell is the only one, as presets with a cell want it.
 * @chosen: an id, which is preferred among equal presets.
 *
 * Returns: position of the preset that would change nothing in @config.
 */
guint              ut_preset_list_find    (UtPresetStore *store,
                                           UtConfig      *config,
                                           gboolean       one_cell,
                                           const char    *chosen);

G_END_DECLS
