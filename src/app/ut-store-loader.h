/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtStoreLoader:
 *
 * Loads a store, and knows what is to be done where that fails. Main thread.
 *
 * Properties (text, nullable, read only): damage: why the store cannot be read, until
 * ut_store_loader_recover() helped; refusal: why it must not be touched: a later version of the
 * program wrote it.
 * Signals ::loaded (number): the runs are there, and so many were left over in the queue of a program
 * that ended; ::failed (text): another reason why there are no runs; ::told (text): what became of a
 * damaged store.
 */
#define UT_TYPE_STORE_LOADER (ut_store_loader_get_type ())
G_DECLARE_FINAL_TYPE (UtStoreLoader, ut_store_loader, UT, STORE_LOADER, GObject)

/** ut_store_loader_new: (transfer full): one for @store, which it does not load yet. */
UtStoreLoader *ut_store_loader_new         (UtRunStore     *store);

/** ut_store_loader_load: loads the store, and tends it. */
void           ut_store_loader_load        (UtStoreLoader  *self);

/** ut_store_loader_get_damage: (transfer none) (nullable): why the store cannot be read. */
const char    *ut_store_loader_get_damage  (UtStoreLoader  *self);

/** ut_store_loader_get_refusal: (transfer none) (nullable): why it must not be touched. */
const char    *ut_store_loader_get_refusal (UtStoreLoader  *self);

/** ut_store_loader_dup_backup_day: (transfer full) (nullable): of which day the copy is that may take
 * the place of the damaged store, "28 November 2026". */
char          *ut_store_loader_dup_backup_day (UtStoreLoader *self);

/** ut_store_loader_recover: puts the copy, or where there is none nothing, in the place of the damaged
 * store, which stays beside it; and loads again. */
gboolean       ut_store_loader_recover     (UtStoreLoader  *self,
                                            GError        **error);

G_END_DECLS
