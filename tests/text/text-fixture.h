/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder of its own for the files of one test, removed with all in it when the test ends. */
typedef struct
{
  char *folder;
  GPtrArray *files; /* (element-type GFile) */
} TextFixture;

void   text_fixture_set_up    (TextFixture   *self,
                               gconstpointer  unused);
void   text_fixture_tear_down (TextFixture   *self,
                               gconstpointer  unused);

/* Writes a file, or replaces it; (transfer none). */
GFile *text_fixture_write     (TextFixture   *self,
                               const char    *name,
                               const void    *data,
                               gsize          length);

/* A file of UNDERTONE_DATA; (nullable) (transfer full). Without it the test is marked as
 * skipped. */
GFile *text_find_data         (const char    *path);

/* Asserts that @error says "NAME:LINE: …" (with line 0: "NAME: …") and holds @fragment. */
void   text_assert_error      (const GError  *error,
                               GQuark         domain,
                               int            code,
                               const char    *name,
                               guint          line,
                               const char    *fragment);

G_END_DECLS
