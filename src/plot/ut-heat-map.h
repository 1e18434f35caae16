/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtHeatScale:
 * @UT_HEAT_SEQUENTIAL: from 0, the colour of the ground, to the limit, that of text.
 * @UT_HEAT_DIVERGING: 0 is the colour of the ground; above it blue, below it orange, up to the
 *   limit at either side.
 *
 * What the colours of a heat map mean.
 */
typedef enum
{
  UT_HEAT_SEQUENTIAL,
  UT_HEAT_DIVERGING,
} UtHeatScale;

/**
 * UtHeatMap:
 *
 * A number for each of some units at each word of a sentence: units as rows, words as columns as
 * wide as themselves. Put it into a #GtkScrolledWindow, in which words and numbers of units stay in
 * sight. Main thread.
 *
 * Properties: #UtHeatMap:word (index of the column of the cursor, -1 for none), #UtHeatMap:unit
 * (index of the unit of the cursor, -1 for none), #UtHeatMap:title (what it is called, for a screen
 * reader). Signal ::unit-activated (guint unit): a cell was clicked, or Return pressed on it.
 */
#define UT_TYPE_HEAT_MAP (ut_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (UtHeatMap, ut_heat_map, UT, HEAT_MAP, GtkWidget)

/** ut_heat_map_new: a map without words. */
GtkWidget *ut_heat_map_new         (void);

/**
 * ut_heat_map_set_words:
 * @words: (array length=n): the words, valid UTF-8.
 *
 * Replaces the words and takes the values away. The cursor's unit stays; its word goes where there
 * are fewer.
 */
void       ut_heat_map_set_words   (UtHeatMap          *self,
                                    const char *const  *words,
                                    gsize               n);

/**
 * ut_heat_map_set_values:
 * @values: (nullable): floats, word after word one for each unit; a NaN has no colour. %NULL
 *   takes them away.
 * @n_units: how many units there are.
 * @order: (nullable) (array length=n_units): the units from top to bottom; %NULL means in their
 *   order.
 * @name: what a value is: "forget gate".
 * @scale: what the colours mean.
 * @limit: above 0; values beyond have the strongest colour.
 */
void       ut_heat_map_set_values  (UtHeatMap          *self,
                                    GBytes             *values,
                                    gsize               n_units,
                                    const guint32      *order,
                                    const char         *name,
                                    UtHeatScale         scale,
                                    double              limit);

int        ut_heat_map_get_word    (UtHeatMap          *self);
void       ut_heat_map_set_word    (UtHeatMap          *self,
                                    int                 word);
int        ut_heat_map_get_unit    (UtHeatMap          *self);
void       ut_heat_map_set_unit    (UtHeatMap          *self,
                                    int                 unit);

/**
 * ut_heat_map_dup_reading: (transfer full):
 * What is told of the cell under the pointer or else at the cursor: “unit 17 at “not”: forget gate
 * 0.93”, units counted from 1; or "" where it has no word or no unit.
 */
char      *ut_heat_map_dup_reading (UtHeatMap          *self);

G_END_DECLS
