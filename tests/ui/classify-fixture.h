/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-ui-test.h"

#include <ut-classify-dialog.h>
#include <ut-classify-window.h>

/* A trained run, files, and the windows that ask it about them. */
typedef struct
{
  char *folder;             /* (owned): where the files lie */
  UtSession *session;       /* (owned) */
  UtRun *run;               /* of the session */
  UtClassifyDialog *dialog; /* (owned) (nullable) */
  UtClassifyWindow *window; /* (owned) (nullable) */
  GString *asked;           /* (owned): the text of the last row that was activated */
  GFile *again;             /* (owned) (nullable): what is to be read otherwise */
} ClassifyFixture;

void      classify_fixture_set_up    (ClassifyFixture *fixture,
                                      gconstpointer    data);
void      classify_fixture_tear_down (ClassifyFixture *fixture,
                                      gconstpointer    data);

/* (transfer full): the path of a file called @name with @length bytes, all up to the NUL for -1. */
char     *classify_fixture_write     (ClassifyFixture *fixture,
                                      const char      *name,
                                      const char      *contents,
                                      gssize           length);

/* (transfer full): likewise, of @n_rows reviews with one to five stars in turn. */
char     *classify_fixture_write_stars (ClassifyFixture *fixture,
                                        const char      *name,
                                        guint            n_rows);

/* Opens the dialog for @path, and waits until it has looked at the file and the model. */
void      classify_fixture_open      (ClassifyFixture *fixture,
                                      const char      *path);

/* Opens the dialog, presses its button, and waits until the window has an answer or a failure. */
void      classify_fixture_classify  (ClassifyFixture *fixture,
                                      const char      *path);

/* Presses the button of the dialog that is open, and waits likewise. */
void      classify_fixture_go        (ClassifyFixture *fixture);

/* Closes both windows; fails the test where one of them is held. */
void      classify_fixture_close     (ClassifyFixture *fixture);

/* The name of the page of the window's stack: "reading_page", "failed_page", "result_page". */
gboolean  classify_fixture_shows     (ClassifyFixture *fixture,
                                      const char      *page);

/* (transfer none): a child of the dialog or window, or of a part of it. */
gpointer  classify_fixture_find      (gpointer         widget,
                                      const char      *id);
