/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/* Questions before what cannot be undone. */

/** UT_DELETE_QUESTION_YES: the response that says that it is to be done. */
#define UT_DELETE_QUESTION_YES "delete"

/** ut_delete_question_new: (transfer none): a dialog with Cancel, which any other way out of it is,
 * too, and Delete; it is shown already. */
GtkWidget *ut_delete_question_new         (GtkWindow  *parent,
                                           const char *heading,
                                           const char *body);

/** ut_delete_question_empty_trash: asks whether all deleted runs of @store are to be deleted for good,
 * and does it. */
void       ut_delete_question_empty_trash (GtkWindow  *parent,
                                           UtRunStore *store);

G_END_DECLS
