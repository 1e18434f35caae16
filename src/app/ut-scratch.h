/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtScratch:
 *
 * A folder of its own among the system's temporary files, which is gone with this. Blocks.
 */
typedef struct UtScratch UtScratch;

/** ut_scratch_new: (transfer full) (nullable): an empty folder. */
UtScratch *ut_scratch_new        (GError    **error);

/** ut_scratch_get_folder: (transfer none): where it is. */
GFile     *ut_scratch_get_folder (UtScratch  *self);

/** ut_scratch_free: deletes the folder with all that is in it. */
void       ut_scratch_free       (UtScratch  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtScratch, ut_scratch_free)

G_END_DECLS
