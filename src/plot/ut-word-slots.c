/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-slots-private.h"

#define LEAST_SLOT 34

/* With more words than this their widths are estimated: measuring each takes longer than a
 * frame. */
#define MOST_MEASURED 400

/* A word that is longer is cut when it is measured and drawn. */
#define MOST_CHARACTERS 60

PangoLayout *
_ut_word_slots_layout (GtkWidget  *widget,
                       const char *text,
                       double      width)
{
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (widget));
  const char *end = text;

  for (int i = 0; *end != '\0' && i < MOST_CHARACTERS; i++)
    end = g_utf8_next_char (end);
  pango_layout_set_text (layout, text, (int) (end - text));
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

static double
text_width (GtkWidget  *widget,
            const char *text)
{
  g_autoptr (PangoLayout) layout = _ut_word_slots_layout (widget, text, 0);
  int width = 0;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

double *
_ut_word_slots_measure (GtkWidget  *widget,
                        char      **words,
                        gsize       n,
                        double      left,
                        int         line)
{
  double *edges = g_new (double, n + 1);

  edges[0] = left;
  for (gsize i = 0; i < n; i++)
    {
      glong length = g_utf8_strlen (words[i], MOST_CHARACTERS);
      double slot
          = n > MOST_MEASURED ? (double) length * line * 0.5 : text_width (widget, words[i]);
      edges[i + 1]
          = edges[i] + CLAMP (slot + UT_WORD_SLOTS_GAP, LEAST_SLOT, UT_WORD_SLOTS_WIDEST);
    }
  return edges;
}
