/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-predictor.h"

#include <math.h>

double
ut_nn_loss (double  logit,
            uint8_t label)
{
  return fmax (logit, 0.0) - logit * label + log1p (exp (-fabs (logit)));
}

double
ut_nn_sigmoid (double logit)
{
  return 1.0 / (1.0 + exp (-logit));
}
