/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtTestLine:
 *
 * One line about the test rows of a data set: how the session's current run, or the run that it was
 * given, if it was trained on that data set, did on them and when; or the button that has it answer
 * them, once. Invisible where there is nothing to say. Composite template `ui/ut-test-line.ui`; main thread.
 */
#define UT_TYPE_TEST_LINE (ut_test_line_get_type ())
G_DECLARE_FINAL_TYPE (UtTestLine, ut_test_line, UT, TEST_LINE, GtkBox)

/** ut_test_line_set_session: once. */
void ut_test_line_set_session (UtTestLine  *self,
                               UtSession   *session);

/** ut_test_line_set_entry: the data set (nullable) that it is about. */
void ut_test_line_set_entry   (UtTestLine  *self,
                               UtDataEntry *entry);

/** ut_test_line_set_run: it is about @run instead of the current one (%NULL); after the session. */
void ut_test_line_set_run     (UtTestLine  *self,
                               UtRun       *run);

G_END_DECLS
