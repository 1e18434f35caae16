/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtRunSearch:
 *
 * What a person looks for among runs. All words must be found, whatever their case, in name, tags,
 * note, cell or data set. "tag:glove" looks at tags alone, for one that begins so. The name of a
 * setting, as far as it is clear, and a value behind it ("hidden 128", "learning rate 1e-3") find
 * the runs that have that value; without a value, those that differ from the default. Quotation
 * marks keep words together and look for them as they stand. Immutable.
 */
typedef struct UtRunSearch UtRunSearch;

/** ut_run_search_new: (transfer full): a search for @text. */
UtRunSearch *ut_run_search_new     (const char        *text);
void         ut_run_search_free    (UtRunSearch       *self);
/** ut_run_search_matches: whether @run is looked for; every run is where there are no words. */
gboolean     ut_run_search_matches (const UtRunSearch *self,
                                    UtRun             *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRunSearch, ut_run_search_free)

G_END_DECLS
