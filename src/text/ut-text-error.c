/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-text-error.h"

G_DEFINE_QUARK (ut-text-error-quark, ut_text_error)
