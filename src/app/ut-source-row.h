/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtSourceRow:
 *
 * Public data that can be fetched. Its button asks first, showing source and licence; then the row
 * tells how the fetch goes, and the button gives it up. What is there already is used instead.
 * Composite template `ui/ut-source-row.ui`; main thread.
 *
 * Signal ::fetched (folder or file as #GFile).
 */
#define UT_TYPE_SOURCE_ROW (ut_source_row_get_type ())
G_DECLARE_FINAL_TYPE (UtSourceRow, ut_source_row, UT, SOURCE_ROW, GtkBox)

/** ut_source_row_new: a row for @source, which lies at @present (nullable) already. */
GtkWidget *ut_source_row_new   (UtSource    *source,
                                GFile       *present,
                                UtSession   *session);

/** ut_source_row_fetch: fetches from the address, or takes the archive that was saved as @archive
 * (nullable); without asking. */
void       ut_source_row_fetch (UtSourceRow *self,
                                GFile       *archive);

G_END_DECLS
