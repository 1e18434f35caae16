/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-shape-private.h"

struct UtNnModel
{
  UtNnShape shape;
  UtNnLayout layout;
  float *parameters;            /* (owned): every tensor at its offset; the gaps stay zero */
};
