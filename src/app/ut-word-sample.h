/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtWordSample:
 *
 * A few words with a line under them, for legends. Properties: #UtWordSample:label,
 * #UtWordSample:line (a value of #UtWordLine).
 *
 * CSS: a `wordsample` node around a `label`; the line is drawn in its text colour.
 */
#define UT_TYPE_WORD_SAMPLE (ut_word_sample_get_type ())
G_DECLARE_FINAL_TYPE (UtWordSample, ut_word_sample, UT, WORD_SAMPLE, GtkWidget)

G_END_DECLS
