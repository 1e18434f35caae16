/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

/** UT_RESOURCES: where templates and styles lie in the program. */
#define UT_RESOURCES "/io/github/undertone/Undertone/"
