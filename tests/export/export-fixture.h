/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

/* (transfer full): a finished run of no store, whose noisy curves fall and rise as in a training, the
 * same ones each time for the same @seed. It has @n_epochs epochs of @n_steps steps. */
UtRun     *export_fixture_run  (const char *name,
                                guint       seed,
                                guint       n_epochs,
                                guint       n_steps);

/* (transfer full): @n_runs of them, "GRU 1" and so on. */
GPtrArray *export_fixture_runs (guint       n_runs,
                                guint       n_epochs,
                                guint       n_steps);

/* (transfer full): what @program, which must be there, writes to standard output; fails the test where
 * it fails. */
GBytes    *export_fixture_call (const char *const *arguments);

/* (transfer full) (nullable): where @program is; NULL, and the test is skipped, where it is not. */
char      *export_fixture_find (const char *program);
