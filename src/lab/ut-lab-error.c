/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lab-error.h"

G_DEFINE_QUARK (ut-lab-error-quark, ut_lab_error)
