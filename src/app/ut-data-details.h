/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtDataDetails:
 *
 * What there is to see of one data set: where it came from, its parts in numbers, and its rows, with
 * the loss of each by the current run where that has a model. Composite template
 * `ui/ut-data-details.ui`; main thread.
 */
#define UT_TYPE_DATA_DETAILS (ut_data_details_get_type ())
G_DECLARE_FINAL_TYPE (UtDataDetails, ut_data_details, UT, DATA_DETAILS, GtkWidget)

/** ut_data_details_set_session: once. */
void ut_data_details_set_session (UtDataDetails *self,
                                  UtSession     *session);

/** ut_data_details_set_entry: shows @entry (nullable), which is read on a worker. */
void ut_data_details_set_entry   (UtDataDetails *self,
                                  UtDataEntry   *entry);

G_END_DECLS
