/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ut_package_data_dup_path:
 * @name: the first part of a path below the folder of what comes along with the program.
 * @...: its other parts, and %NULL.
 *
 * A program that runs from its build folder says by UNDERTONE_PKGDATADIR in the environment where
 * that folder is.
 *
 * Returns: (transfer full): the path.
 */
char *ut_package_data_dup_path (const char *name,
                                ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
