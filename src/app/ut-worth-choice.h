/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * ut_worth_choice_set_up:
 * @choice: an empty drop-down.
 * @settings: what remembers the choice, under "color-words".
 *
 * Has a person choose what words are coloured by: what is easily said first, then the gradients,
 * behind a line. Main thread.
 */
void     ut_worth_choice_set_up     (GtkDropDown   *choice,
                                     GSettings     *settings);

/** ut_worth_choice_get_method: whether there is one; %FALSE for "nothing". */
gboolean ut_worth_choice_get_method (GtkDropDown   *choice,
                                     UtWorthMethod *method);

/** ut_worth_choice_set_model: what @model (nullable) has no worths for cannot be chosen, and says
 * why. What is chosen already stays. */
void     ut_worth_choice_set_model  (GtkDropDown   *choice,
                                     UtModel       *model);

G_END_DECLS
