/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-store-loader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtStoreBar:
 *
 * Says that the store is damaged, and offers the way on: its last copy, or a new list. It takes no
 * room while all is well.
 */
#define UT_TYPE_STORE_BAR (ut_store_bar_get_type ())
G_DECLARE_FINAL_TYPE (UtStoreBar, ut_store_bar, UT, STORE_BAR, GtkBox)

/** ut_store_bar_set_loader: is about what @loader could not load; once. */
void ut_store_bar_set_loader (UtStoreBar    *self,
                              UtStoreLoader *loader);

G_END_DECLS
