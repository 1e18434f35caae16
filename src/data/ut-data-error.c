/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-error.h"

G_DEFINE_QUARK (ut-data-error-quark, ut_data_error)
