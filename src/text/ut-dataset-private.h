/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-dataset.h"
#include "ut-lines-private.h"

G_BEGIN_DECLS

/* The first line of a file. */
#define UT_DATASET_HEADER "sentence\tlabel"

/* _ut_dataset_parse: ut_dataset_read() for a file that is open already. */
UtDataset *_ut_dataset_parse (UtLines  *lines,
                              GError  **error);

G_END_DECLS
