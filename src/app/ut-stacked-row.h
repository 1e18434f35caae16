/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtStackedRow:
 *
 * A row of the form whose widget takes the whole width below the title. What #UtFormRow says in its
 * subtitle stands below that: what is wrong (as FILE:LINE it needs the width), what the current run
 * has instead, or what the value means.
 *
 * Properties: content (the widget, which is named after the row's title), suffix (a small widget at
 * the end of the title's line).
 */
#define UT_TYPE_STACKED_ROW (ut_stacked_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (UtStackedRow, ut_stacked_row, UT, STACKED_ROW, AdwPreferencesRow)

struct _UtStackedRowClass
{
  AdwPreferencesRowClass parent_class;
};

GtkWidget  *ut_stacked_row_get_content (UtStackedRow *self);
void        ut_stacked_row_set_content (UtStackedRow *self,
                                        GtkWidget    *content);
GtkWidget  *ut_stacked_row_get_suffix  (UtStackedRow *self);
void        ut_stacked_row_set_suffix  (UtStackedRow *self,
                                        GtkWidget    *suffix);
const char *ut_stacked_row_get_error   (UtStackedRow *self);
void        ut_stacked_row_set_error   (UtStackedRow *self,
                                        const char   *error);
const char *ut_stacked_row_get_was     (UtStackedRow *self);
/** ut_stacked_row_set_was: @was is the other value alone. */
void        ut_stacked_row_set_was     (UtStackedRow *self,
                                        const char   *was);

G_END_DECLS
