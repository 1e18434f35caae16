/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-shape-private.h"

struct UtNnModel
{
  UtNnShape shape;
  UtNnTensor tensors[UT_NN_N_TENSORS];
  size_t n_numbers;             /* length of @parameters, gaps included */
  float *parameters;            /* (owned): every tensor at its offset; the gaps stay zero */
};
