/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How the words of a sentence stand side by side in what is drawn above or below them: each has a
 * slot as wide as itself, within bounds. Main thread. */

#define UT_WORD_SLOTS_GAP 14
#define UT_WORD_SLOTS_WIDEST 240

/** _ut_word_slots_layout: (transfer full): @text, cut where it is very long, in the font of
 * @widget; ellipsized at @width pixels unless that is 0. */
PangoLayout *_ut_word_slots_layout  (GtkWidget   *widget,
                                     const char  *text,
                                     double       width);

/** _ut_word_slots_measure: (transfer full): the edges of the slots of (@n) words, one more than
 * there are, from @left on; @line is the height of text. */
double      *_ut_word_slots_measure (GtkWidget   *widget,
                                     char       **words,
                                     gsize        n,
                                     double       left,
                                     int          line);

G_END_DECLS
