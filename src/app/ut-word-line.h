/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * UtWordLine:
 * @UT_WORD_LINE_SOLID: the word pulls to positive.
 * @UT_WORD_LINE_WAVE: it pulls to negative.
 * @UT_WORD_LINE_DOTS: the model does not know it.
 * @UT_WORD_LINE_DASHES: the model guesses it from its parts.
 *
 * Lines under words. GTK 4 draws Pango's wavy underline as dots and knows no dotted or dashed one,
 * so that they are drawn here.
 */
typedef enum
{
  UT_WORD_LINE_SOLID,
  UT_WORD_LINE_WAVE,
  UT_WORD_LINE_DOTS,
  UT_WORD_LINE_DASHES,
} UtWordLine;

/** UT_WORD_LINE_HEIGHT: pixels that any of the lines takes. */
#define UT_WORD_LINE_HEIGHT 3

/**
 * ut_word_line_begin:
 * @line: which line.
 * @cr: gets the width and dash of @line; its colour is the caller's.
 */
void ut_word_line_begin (UtWordLine  line,
                         cairo_t    *cr);

/**
 * ut_word_line_add:
 * @line: which line.
 * @cr: where to add the path; cairo_stroke() draws all that were added.
 * @x0: left end.
 * @x1: right end.
 * @y: upper edge.
 */
void ut_word_line_add   (UtWordLine  line,
                         cairo_t    *cr,
                         double      x0,
                         double      x1,
                         double      y);

G_END_DECLS
