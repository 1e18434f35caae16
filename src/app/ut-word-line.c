/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-line.h"

#define DOT_SIZE 2.0
#define DOT_DISTANCE 4.0
#define DASH_WIDTH 1.5
#define DASH_LENGTH 6.0
#define DASH_GAP 3.0
#define WAVE_WIDTH 1.2
#define WAVE_LENGTH 6.0
/* Half of what the wave takes without its own width. */
#define WAVE_SWING ((UT_WORD_LINE_HEIGHT - WAVE_WIDTH) / 2)

void
ut_word_line_begin (UtWordLine  line,
                    cairo_t    *cr)
{
  static const double dots[] = { 0, DOT_DISTANCE };
  static const double dashes[] = { DASH_LENGTH, DASH_GAP };

  switch (line)
    {
    case UT_WORD_LINE_SOLID:
      cairo_set_line_width (cr, 1);
      break;
    case UT_WORD_LINE_WAVE:
      cairo_set_line_width (cr, WAVE_WIDTH);
      break;
    case UT_WORD_LINE_DOTS:
      /* Dashes of no length with round ends are dots. */
      cairo_set_line_width (cr, DOT_SIZE);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
      break;
    case UT_WORD_LINE_DASHES:
      cairo_set_line_width (cr, DASH_WIDTH);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
ut_word_line_add (UtWordLine  line,
                  cairo_t    *cr,
                  double      x0,
                  double      x1,
                  double      y)
{
  double middle = y + UT_WORD_LINE_HEIGHT / 2.0;

  switch (line)
    {
    case UT_WORD_LINE_SOLID:
    case UT_WORD_LINE_DASHES:
      cairo_move_to (cr, x0, middle);
      cairo_line_to (cr, x1, middle);
      break;

    case UT_WORD_LINE_DOTS:
      cairo_move_to (cr, x0 + DOT_SIZE / 2, middle);
      cairo_line_to (cr, x1 - DOT_SIZE / 2, middle);
      break;

    case UT_WORD_LINE_WAVE:
      /* Whole half waves, so that the line ends where the word does; one even for a comma. */
      {
        int n = MAX (1, (int) ((x1 - x0) / (WAVE_LENGTH / 2) + 0.5));
        double step = (x1 - x0) / n;

        cairo_move_to (cr, x0, middle);
        for (int i = 0; i < n; i++)
          {
            double x = x0 + i * step;
            /* The peak of such a curve lies at three quarters of its control points. */
            double control = middle + (i % 2 == 0 ? -1 : 1) * WAVE_SWING * 4 / 3;

            cairo_curve_to (cr, x + step / 3, control, x + 2 * step / 3, control, x + step, middle);
          }
      }
      break;

    default:
      g_assert_not_reached ();
    }
}
