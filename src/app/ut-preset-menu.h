/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtPresetMenu:
 *
 * A button beside the presets of the form, whose menu saves what the form shows under a name and
 * deletes an own preset, which can be undone in the toast. What was saved is named by the setting
 * "preset" before the store tells of it.
 *
 * Actions: preset.save, preset.delete.
 */
#define UT_TYPE_PRESET_MENU (ut_preset_menu_get_type ())
G_DECLARE_FINAL_TYPE (UtPresetMenu, ut_preset_menu, UT, PRESET_MENU, GtkBox)

/** ut_preset_menu_set_session: works on the presets of @session; once. */
void ut_preset_menu_set_session (UtPresetMenu *self,
                                 UtSession    *session);

/**
 * ut_preset_menu_update:
 * @self: the button.
 * @config: (nullable): what the form shows; NULL where it is not complete.
 * @with_cell: whether the cell of @config belongs to it.
 * @own: (nullable): the own preset that it is.
 */
void ut_preset_menu_update      (UtPresetMenu *self,
                                 UtConfig     *config,
                                 gboolean      with_cell,
                                 const char   *own);

G_END_DECLS
