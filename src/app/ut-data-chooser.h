/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtDataChooser:
 *
 * What the form's drop-down of data sets chooses from: the session's data sets, files of the person's
 * own choice, and the way to more data sets, which is the page Data. It follows the list and the
 * setting "data". Main thread.
 *
 * Signal ::changed when another one is chosen.
 */
#define UT_TYPE_DATA_CHOOSER (ut_data_chooser_get_type ())
G_DECLARE_FINAL_TYPE (UtDataChooser, ut_data_chooser, UT, DATA_CHOOSER, GObject)

/** ut_data_chooser_new: (transfer full): fills and watches @drop_down, which must outlive it. */
UtDataChooser *ut_data_chooser_new       (GtkDropDown   *drop_down,
                                          UtSession     *session);

/** ut_data_chooser_get_entry: (transfer none) (nullable): the data set; %NULL is files by name. */
UtDataEntry   *ut_data_chooser_get_entry (UtDataChooser *self);

/** ut_data_chooser_select: chooses @entry (nullable). */
void           ut_data_chooser_select    (UtDataChooser *self,
                                          UtDataEntry   *entry);

G_END_DECLS
