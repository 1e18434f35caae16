/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * A SHA-256 that is computed on a thread of its own, beside the work on the same bytes. For a file
 * of word vectors it would otherwise take almost as long as reading the numbers.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct UtHasher UtHasher;

UtHasher   *_ut_hasher_new    (void);

/* _ut_hasher_free: waits for the thread. */
void        _ut_hasher_free   (UtHasher   *self);

/* _ut_hasher_update: adds a copy of @data; waits while the thread is some megabytes behind. */
void        _ut_hasher_update (UtHasher   *self,
                               const void *data,
                               gsize       length);

/* _ut_hasher_finish: waits for the thread; (transfer full): the hash in hexadecimal. At most
 * once. */
char       *_ut_hasher_finish (UtHasher   *self);

G_END_DECLS
