/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtCompareName:
 *
 * The first cell of a row in the table of runs: tick, colour and dash, name, and a mark ("best",
 * "≈ best", "as coded") where there is one; of a heading its text alone, over the cells beside it.
 * The tick shows or hides all runs of the row. Whatever its text, it asks for the same size. Role
 * presentation, but for the tick: whoever holds it names the row. Main thread.
 */
#define UT_TYPE_COMPARE_NAME (ut_compare_name_get_type ())
G_DECLARE_FINAL_TYPE (UtCompareName, ut_compare_name, UT, COMPARE_NAME, GtkWidget)

/** ut_compare_name_new: (transfer full): a cell without a row, with room for a name like @sample. */
GtkWidget *ut_compare_name_new      (const char    *sample);

/** ut_compare_name_set_item: shows @item (nullable) as it is now. */
void       ut_compare_name_set_item (UtCompareName *self,
                                     UtCompareItem *item);

/** ut_compare_name_get_text: what it says, without the mark. */
const char *ut_compare_name_get_text (UtCompareName *self);

/** ut_compare_name_name_tick: says for screen readers whose tick it is. */
void       ut_compare_name_name_tick (UtCompareName *self);

/** ut_compare_name_toggle: what a press on the tick does. */
void       ut_compare_name_toggle   (UtCompareItem *item);

G_END_DECLS
