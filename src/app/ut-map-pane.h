/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtMapPane:
 *
 * The data map of the session's current run: how it took each of its training rows. A person selects
 * rows, exports them, or has them left out of the next run. Where the run was trained on the data set, but
 * its map cannot be brought together with the rows, the pane says why. Composite template
 * `ui/ut-map-pane.ui`; main thread.
 *
 * Property: #UtMapPane:available (read only): whether the current run has a map of these rows, or a
 * reason for having none.
 * Signal ::selection-changed.
 */
#define UT_TYPE_MAP_PANE (ut_map_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtMapPane, ut_map_pane, UT, MAP_PANE, GtkBox)

/** ut_map_pane_set_session: once. */
void           ut_map_pane_set_session   (UtMapPane     *self,
                                          UtSession     *session);

/** ut_map_pane_set_data: @train (nullable): the training rows that are shown; @entry (nullable): the data
 * set that has them. */
void           ut_map_pane_set_data      (UtMapPane     *self,
                                          UtDataEntry   *entry,
                                          UtDataset     *train);

gboolean       ut_map_pane_get_available (UtMapPane     *self);

/**
 * ut_map_pane_get_selection: (transfer none) (array length=n_rows) (nullable): the rows of the data
 * set that are selected, rising; valid until the next ::selection-changed.
 */
const guint32 *ut_map_pane_get_selection (UtMapPane     *self,
                                          gsize         *n_rows);

/** ut_map_pane_point_at: shows where @row is; -1 for none. */
void           ut_map_pane_point_at      (UtMapPane     *self,
                                          int            row);

G_END_DECLS
