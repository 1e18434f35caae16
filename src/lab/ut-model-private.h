/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/** _ut_model_load_stream: ut_model_load() of @size bytes of @stream, called @name in messages. */
UtModel *_ut_model_load_stream (const char    *name,
                                GInputStream  *stream,
                                guint64        size,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
