/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

#include <ut-nn.h>

G_BEGIN_DECLS

/** _ut_config_get_shape: the shape of the model that @self trains on @n_words words. */
UtNnShape _ut_config_get_shape (const UtConfig *self,
                                gsize           n_words);

/** _ut_config_get_n_averaged: of how many epochs the model is the mean at most; 0 and 1 of none. */
guint     _ut_config_get_n_averaged (const UtConfig *self);

/** _ut_config_get_options: how a trainer trains it; the sizes of batches and the subwords of the
 * vocabulary are left to be filled in. */
UtNnTrainerOptions _ut_config_get_options (const UtConfig *self);

G_END_DECLS
