/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtHistogram:
 *
 * How often something was how large: a row of bars over the values that the first one starts and the
 * last one ends with. The bars have the colour of the node's text. It is of role img; its label and
 * description are its owner's to set. Main thread.
 *
 * CSS node: histogram.
 */
#define UT_TYPE_HISTOGRAM (ut_histogram_get_type ())
G_DECLARE_FINAL_TYPE (UtHistogram, ut_histogram, UT, HISTOGRAM, GtkWidget)

/** ut_histogram_new: without bars. */
GtkWidget *ut_histogram_new      (void);

/**
 * ut_histogram_set_bins:
 * @self: the histogram.
 * @bins: (array length=n_bins) (nullable): how often; copied.
 * @n_bins: how many bars, 0 for none.
 * @first: the value that the first bar starts with.
 * @width: how many values a bar stands for, at least one.
 */
void       ut_histogram_set_bins (UtHistogram *self,
                                  const gsize *bins,
                                  guint        n_bins,
                                  guint        first,
                                  guint        width);

G_END_DECLS
