/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtForm:
 *
 * The settings of the next run, kept in the session's #GSettings. It reads the files it names while
 * the person goes on, says what is wrong beside the field and above Start, and what the run will
 * cost.
 *
 * Properties: session (writable once), valid (read only: whether Start can be pressed), corpus
 * (read only, nullable: the data, once it is read).
 *
 * Accessibility: a group; each row names the widget in it.
 */
#define UT_TYPE_FORM (ut_form_get_type ())
G_DECLARE_FINAL_TYPE (UtForm, ut_form, UT, FORM, GtkBox)

/** ut_form_set_session: binds the form to @session; once. */
void        ut_form_set_session (UtForm     *self,
                                 UtSession  *session);

/** ut_form_get_valid: whether ut_form_start() would start something. */
gboolean    ut_form_get_valid   (UtForm     *self);

/**
 * ut_form_get_corpus: (transfer none) (nullable): the data that the form names, once it is read.
 */
UtCorpus   *ut_form_get_corpus  (UtForm     *self);

/** ut_form_dup_config: (transfer full) (nullable): the first run that Start would make. */
UtConfig   *ut_form_dup_config  (UtForm     *self);

/**
 * ut_form_start: adds a run for each combination of values that are tried, each ticked cell and each
 * seed; what fails is told above Start.
 *
 * Returns: whether there is a new run.
 */
gboolean    ut_form_start       (UtForm     *self);

/**
 * ut_form_use: takes over @config; from now on rows that differ from the current run are marked.
 */
void        ut_form_use         (UtForm     *self,
                                 UtConfig   *config);

G_END_DECLS
