/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_choice_setting_bind:
 * @settings: what remembers the choice.
 * @key: a key of strings.
 * @choice: what a person chooses with.
 * @names: (array zero-terminated=1): static: what the choices in turn are called in the settings.
 *
 * Keeps the setting and the choice the same until @choice is gone. A name that is not known is the
 * first choice.
 */
void ut_choice_setting_bind (GSettings         *settings,
                             const char        *key,
                             GtkDropDown       *choice,
                             const char *const *names);

G_END_DECLS
