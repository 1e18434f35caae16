/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

/**
 * ut_cli_target_check:
 * @path: a file that will be written.
 * @renamed: whether a new file will be renamed to @path, which then must not be a device or a pipe.
 * @error: says why that cannot be.
 *
 * Finds out before hours of work whether their result can be kept. Nothing is left behind.
 *
 * Returns: whether @path can be written.
 */
gboolean ut_cli_target_check   (const char *path,
                                gboolean    renamed,
                                GError    **error);

/** ut_cli_target_is_same: whether both paths, where not NULL, lead to one file, there or not. */
gboolean ut_cli_target_is_same (const char *a,
                                const char *b);

G_END_DECLS
