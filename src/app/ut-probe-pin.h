/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_probe_pin:
 * @widget: where the person does it.
 * @session: whose sentences.
 * @old: (nullable): a sentence that is not followed any more.
 * @text: (nullable): one that is followed in its place, or else in addition.
 * @error: why not.
 *
 * As ut_probe_list_replace(), with a toast that undoes it. Main thread.
 *
 * Returns: whether it was done.
 */
gboolean ut_probe_pin (GtkWidget   *widget,
                       UtSession   *session,
                       const char  *old,
                       const char  *text,
                       GError     **error);

/**
 * UtProbePin:
 *
 * A toggle that follows one sentence while runs train, or does not any more: "Follow this sentence
 * while training". Insensitive without a sentence.
 */
#define UT_TYPE_PROBE_PIN (ut_probe_pin_get_type ())
G_DECLARE_FINAL_TYPE (UtProbePin, ut_probe_pin, UT, PROBE_PIN, GtkWidget)

/** ut_probe_pin_set_session: once. */
void     ut_probe_pin_set_session (UtProbePin *self,
                                   UtSession  *session);
/** ut_probe_pin_set_text: (nullable): the sentence. */
void     ut_probe_pin_set_text    (UtProbePin *self,
                                   const char *text);

G_END_DECLS
