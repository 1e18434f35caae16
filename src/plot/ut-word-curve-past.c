/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-curve-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LINE_WIDTH 1.2
#define TICK 4 /* half of the height of a bracket's ends */

UtWordPast *
_ut_word_past_new (const UtWordBefore *before,
                   gsize               n_words)
{
  UtWordPast *self = g_new (UtWordPast, 1);

  *self = (UtWordPast) {
    .edits = g_memdup2 (before->edits, n_words * sizeof *before->edits),
    .replaced = g_new0 (char *, n_words + 1),
    .probabilities = g_new (double, n_words),
    .first = MIN (before->first, n_words),
    .to_the_end = before->to_the_end,
  };
  while (self->edited < n_words && self->edits[self->edited] == UT_WORD_EDIT_NONE)
    self->edited++;
  self->n_remembered = MIN (before->n_remembered, n_words - self->first);
  for (gsize i = 0; i < n_words; i++)
    {
      double value = before->probabilities[i];

      self->probabilities[i] = isnan (value) ? NAN : CLAMP (value, 0, 1);
      if (before->replaced != NULL && before->edits[i] == UT_WORD_EDIT_PUT_IN)
        self->replaced[i] = g_strdup (before->replaced[i]);
    }

  return self;
}

void
_ut_word_past_free (UtWordPast *self,
                    gsize       n_words)
{
  for (gsize i = 0; i < n_words; i++)
    g_free (self->replaced[i]);
  g_free (self->replaced);
  g_free (self->edits);
  g_free (self->probabilities);
  g_free (self);
}

gboolean
_ut_word_past_has_value (const UtWordPast *self,
                         gsize             word)
{
  return self != NULL && word >= self->edited && !isnan (self->probabilities[word]);
}

char *
_ut_word_past_dup_duration (const UtWordPast *self,
                            gsize             n_words)
{
  if (self->first >= n_words)
    return g_strdup ("");
  if (self->to_the_end)
    return g_strdup (_("remembered to the end"));
  if (self->n_remembered == 0)
    return g_strdup (_("forgotten at once"));

  return g_strdup_printf (ngettext ("remembered for %'u word", "remembered for %'u words",
                                    self->n_remembered),
                          (guint) self->n_remembered);
}

void
_ut_word_past_read_edit (const UtWordPast *self,
                         gsize             word,
                         GString          *text)
{
  switch (self->edits[word])
    {
    case UT_WORD_EDIT_STRUCK_OUT:
      g_string_append_printf (text, " (%s)", _("struck out"));
      break;
    case UT_WORD_EDIT_PUT_IN:
      if (self->replaced[word] == NULL)
        {
          g_string_append_printf (text, " (%s)", _("put in"));
          break;
        }
      g_string_append (text, " (");
      g_string_append_printf (text, _("in place of “%s”"), self->replaced[word]);
      g_string_append_c (text, ')');
      break;
    case UT_WORD_EDIT_NONE:
    default:
      break;
    }
}

/* Strikes through, or underlines, the bytes from @start to @end. */
static void
add_line (PangoAttrList *attributes,
          gboolean       through,
          gsize          start,
          gsize          end)
{
  PangoAttribute *attribute = through ? pango_attr_strikethrough_new (TRUE)
                                      : pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

char *
_ut_word_past_dup_shown (UtWordCurve *self,
                         gsize        word)
{
  const char *replaced = self->past != NULL ? self->past->replaced[word] : NULL;

  return replaced != NULL ? g_strdup_printf ("%s %s", replaced, self->words[word])
                          : g_strdup (self->words[word]);
}

PangoLayout *
_ut_word_past_layout_word (UtWordCurve *self,
                           gsize        word,
                           double       width)
{
  const char *replaced = self->past->replaced[word];
  g_autofree char *shown = _ut_word_past_dup_shown (self, word);
  PangoLayout *layout = _ut_word_curve_layout_new (self, shown, width);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  gsize length = strlen (pango_layout_get_text (layout));
  gsize middle = replaced != NULL ? MIN (strlen (replaced), length) : 0;

  if (self->past->edits[word] == UT_WORD_EDIT_STRUCK_OUT)
    add_line (attributes, TRUE, 0, length);
  else if (self->past->edits[word] == UT_WORD_EDIT_PUT_IN)
    {
      add_line (attributes, TRUE, 0, middle);
      add_line (attributes, FALSE, MIN (middle + (replaced != NULL), length), length);
    }
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

/* The words in sight from the last one on that is as it was, and one more on each side, for the lines
 * that lead out of it. */
static void
get_reach (UtWordCurve *self,
           UtWordSheet *sheet,
           gsize       *from,
           gsize       *last)
{
  gsize edited = self->past->edited;

  *from = MAX (sheet->first > 0 ? sheet->first - 1 : 0, edited > 0 ? edited - 1 : 0);
  *last = MIN (sheet->last + 1, self->n_words);
}

void
_ut_word_past_draw_gap (UtWordCurve *self,
                        UtWordSheet *sheet)
{
  const double *after = self->lanes[0].probabilities;
  const double *before = self->past->probabilities;
  gsize from, last;

  if (after == NULL)
    return;

  UtColour area = sheet->palette->series[self->lanes[0].style % UT_PLOT_N_COLOURS];
  area.alpha *= 0.25f;
  ut_colour_set_source (&area, sheet->cr);
  get_reach (self, sheet, &from, &last);
  for (gsize end = from; from < last; from = end + 1)
    {
      for (end = from; end < last && !isnan (after[end]) && !isnan (before[end]); end++)
        cairo_line_to (sheet->cr, _ut_word_curve_centre (self, end),
                       ut_scale_map (&sheet->y, after[end]));
      for (gsize i = end; i > from; i--)
        cairo_line_to (sheet->cr, _ut_word_curve_centre (self, i - 1),
                       ut_scale_map (&sheet->y, before[i - 1]));
      cairo_fill (sheet->cr);
    }
}

void
_ut_word_past_draw_line (UtWordCurve *self,
                         UtWordSheet *sheet)
{
  const double *before = self->past->probabilities;
  cairo_t *cr = sheet->cr;
  UtColour ink = sheet->palette->text;
  gsize from, last;

  ink.alpha *= 0.75f;
  ut_colour_set_source (&ink, cr);
  cairo_set_line_width (cr, LINE_WIDTH);
  get_reach (self, sheet, &from, &last);
  for (gsize i = from; i < last; i++)
    {
      if (isnan (before[i]))
        cairo_new_sub_path (cr);
      else
        cairo_line_to (cr, _ut_word_curve_centre (self, i), ut_scale_map (&sheet->y, before[i]));
    }
  cairo_stroke (cr);
  /* A word that was put in has no answer of before, only that of the word before it. */
  for (gsize i = MAX (from, self->past->edited); i < last; i++)
    if (!isnan (before[i])
        && (self->past->edits[i] != UT_WORD_EDIT_PUT_IN || self->past->replaced[i] != NULL))
      {
        cairo_arc (cr, _ut_word_curve_centre (self, i), ut_scale_map (&sheet->y, before[i]), 1.7, 0,
                   2 * G_PI);
        cairo_fill (cr);
      }
}

void
_ut_word_past_draw_bracket (UtWordCurve *self,
                            UtWordSheet *sheet,
                            double       top)
{
  const UtWordPast *past = self->past;
  cairo_t *cr = sheet->cr;
  g_autofree char *text = _ut_word_past_dup_duration (past, self->n_words);
  double hair = 1.0 / sheet->scale;
  double y = (floor ((top + self->line / 2.0) * sheet->scale) + 0.5) / sheet->scale;

  if (past->first >= self->n_words)
    return;

  double x0 = round (self->edges[past->first]) + hair / 2;
  double x1 = round (self->edges[past->first + past->n_remembered]) + hair / 2;
  ut_colour_set_source (&sheet->palette->text, cr);
  cairo_set_line_width (cr, MAX (hair, 1));
  cairo_move_to (cr, x0, y - TICK);
  cairo_line_to (cr, x0, y + TICK);
  cairo_move_to (cr, x0, y);
  cairo_line_to (cr, x1, y);
  /* An arrow where more words might have been remembered. */
  cairo_move_to (cr, past->to_the_end ? x1 - TICK : x1, y - TICK);
  if (past->to_the_end)
    cairo_line_to (cr, x1, y);
  cairo_line_to (cr, past->to_the_end ? x1 - TICK : x1, y + TICK);
  cairo_stroke (cr);

  /* The text stands on the line, in the middle of what is in sight of it, or else beside it. */
  double width = _ut_word_curve_text_width (self, text);
  double low = MAX (x0, sheet->low + self->left);
  double high = MIN (x1, sheet->high);
  double x = (low + high - width) / 2;
  if (high - low < width + 4 * TICK)
    x = x1 + 2 * TICK + width <= sheet->high ? x1 + 2 * TICK : x0 - 2 * TICK - width;
  UtColour patch = sheet->palette->ground;
  ut_colour_set_source (&patch, cr);
  cairo_rectangle (cr, round (x) - TICK, top, width + 2 * TICK, self->line);
  cairo_fill (cr);
  _ut_word_curve_draw_text (self, sheet, &sheet->palette->text, 1, text, x, top, 0);
}
