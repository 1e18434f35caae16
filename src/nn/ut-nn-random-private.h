/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-random.h"

/* Philox4x32-10: one block of 128 bits for a 128-bit counter and a 64-bit key. */
void _ut_nn_philox (const uint32_t counter[4],
                    const uint32_t key[2],
                    uint32_t       block[4]);
