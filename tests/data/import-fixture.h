/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* A folder for the files of a test, and what is made of them. */
#pragma once

#include <ut-data.h>

typedef struct
{
  char *path;       /* (owned) */
  GFile *directory; /* (owned): where data sets are to lie; not made yet */
} Fixture;

void       fixture_set_up      (Fixture                *self,
                                gconstpointer           unused);
void       fixture_tear_down   (Fixture                *self,
                                gconstpointer           unused);

/* fixture_write: (transfer full): a file of @length bytes, -1: up to the NUL; folders are made. */
GFile     *fixture_write       (Fixture                *self,
                                const char             *name,
                                const char             *data,
                                gssize                  length);

/* fixture_count_sets: what lies in the directory, hidden or not. */
guint      fixture_count_sets  (Fixture                *self);

/* fixture_scan: (transfer full) (nullable): guesses and scans one file. */
UtImport  *fixture_scan        (GFile                  *file,
                                const UtImportOptions  *options,
                                UtImportFixed           fixed,
                                GError                **error);

/* fixture_read_parts: (transfer full): the three files of a data set, one behind the other. */
char      *fixture_read_parts  (GFile                  *folder);

/* fixture_read_part: (transfer full) (nullable): one file of a data set. */
char      *fixture_read_part   (GFile                  *folder,
                                UtDataPart              part);
