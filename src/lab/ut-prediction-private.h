/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

/** UT_PREDICTION_MAX_WORKSPACE: as much memory as a batch that answers may plan for, in bytes. */
#define UT_PREDICTION_MAX_WORKSPACE (64u << 20)
