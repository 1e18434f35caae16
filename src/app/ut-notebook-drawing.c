/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-notebook-drawing.h"

#include <glib/gi18n.h>

#define N_SENTENCES 3
#define N_POSITIONS 4
#define N_NOTES 4

#define COLUMN_GAP 14
#define ROW_GAP 28
#define PANEL_GAP 36
#define CELL_PADDING 7
#define FRAME 5
#define RADIUS 5
#define SYMBOL 34
#define NOTE_GAP 6

#define OUTLINE_OPACITY 0.5f
#define SKIPPED_OPACITY 0.75f
#define WANTED_OPACITY 0.25f

struct _UtNotebookDrawing
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (UtNotebookDrawing, ut_notebook_drawing, GTK_TYPE_WIDGET)

typedef struct
{
  const char *words[N_POSITIONS];
  int         length;
  int         label;
} Sentence;

/* English, as everything that the notebook reads. */
static const Sentence sentences[N_SENTENCES] = {
  { { "it", "is", "just", "dull" }, 4, 0 },
  { { "great" }, 1, 1 },
  { { "a", "fine", "film" }, 3, 1 },
};

#define PAD "[pad]"

typedef enum
{
  SYMBOL_ALONG,
  SYMBOL_DOWN,
  SYMBOL_ANSWER,
  SYMBOL_SOFTMAX,
  SYMBOL_WANTED,
  SYMBOL_SKIPPED,
  SYMBOL_READ,
} Symbol;

typedef struct
{
  Symbol      symbol;
  const char *text;   /* (nullable): no note */
} Note;

typedef struct
{
  const char *title;
  gboolean    as_coded;
  Note        notes[N_NOTES];
} Panel;

static const Panel panels[] = {
  { N_("As documented"), FALSE,
    { { SYMBOL_ALONG, N_("The state runs along the sentence.") },
      { SYMBOL_ANSWER, N_("The answer is read at the last word.") },
      { SYMBOL_SKIPPED, N_("Padding is skipped.") } } },
  { N_("As coded"), TRUE,
    { { SYMBOL_DOWN, N_("The state runs from one sentence to the next.") },
      { SYMBOL_SOFTMAX, N_("A softmax chooses among all positions.") },
      { SYMBOL_WANTED, N_("The label is the number of the right one.") },
      { SYMBOL_READ, N_("Padding is read like a word.") } } },
};

/* What the font asks for. */
typedef struct
{
  int line;
  int gutter;
  int least_cell;
} Metrics;

typedef struct
{
  cairo_t *cr;
  GdkRGBA  text;
  GdkRGBA  state;
  GdkRGBA  answer;
} Pens;

/* ---- Size ---- */

static PangoLayout *
layout_new (UtNotebookDrawing *self,
            const char        *text,
            int                width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  if (width > 0)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }

  return layout;
}

static PangoLayout *
title_layout_new (UtNotebookDrawing *self,
                  const char        *text,
                  int                width)
{
  PangoLayout *layout = layout_new (self, text, width);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);

  return layout;
}

static int
get_layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static int
get_text_width (UtNotebookDrawing *self,
                const char        *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, text, 0);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static char *
dup_label (int label)
{
  /* Translators: a sentence's label, 0 or 1; stands before the sentence in a narrow drawing. */
  return g_strdup_printf (_("label %d"), label);
}

static Metrics
get_metrics (UtNotebookDrawing *self)
{
  g_autoptr (PangoLayout) layout = layout_new (self, PAD, 0);
  g_autofree char *label = dup_label (0);
  Metrics metrics = { .line = get_layout_height (layout) };

  metrics.gutter = MAX (get_text_width (self, label), get_text_width (self, _("position"))) + 12;
  metrics.least_cell = get_text_width (self, PAD);
  for (int i = 0; i < N_SENTENCES; i++)
    for (int j = 0; j < sentences[i].length; j++)
      metrics.least_cell = MAX (metrics.least_cell, get_text_width (self, sentences[i].words[j]));
  metrics.least_cell += CELL_PADDING;

  return metrics;
}

static int
get_least_width (const Metrics *metrics)
{
  return metrics->gutter + N_POSITIONS * metrics->least_cell + (N_POSITIONS - 1) * COLUMN_GAP
         + FRAME + 1;
}

static int
get_title_height (UtNotebookDrawing *self,
                  const Panel       *panel,
                  int                width)
{
  g_autoptr (PangoLayout) layout = title_layout_new (self, _(panel->title), width);

  return get_layout_height (layout) + 9;
}

static int
get_grid_height (const Metrics *metrics)
{
  int positions = metrics->line + 9;
  int cell = metrics->line + 2 * CELL_PADDING;

  return positions + N_SENTENCES * cell + (N_SENTENCES - 1) * ROW_GAP;
}

static int
get_panel_height (UtNotebookDrawing *self,
                  const Metrics     *metrics,
                  const Panel       *panel,
                  int                width)
{
  int height = get_title_height (self, panel, width) + get_grid_height (metrics) + 12;

  for (int i = 0; i < N_NOTES && panel->notes[i].text != NULL; i++)
    {
      g_autoptr (PangoLayout) layout = layout_new (self, _(panel->notes[i].text), width - SYMBOL);

      height += NOTE_GAP + get_layout_height (layout);
    }

  return height;
}

/* The width of one panel; 0 where both do not stand side by side. */
static int
get_half (const Metrics *metrics,
          int            width)
{
  int half = (width - PANEL_GAP) / 2;

  return half >= get_least_width (metrics) ? half : 0;
}

static void
ut_notebook_drawing_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  UtNotebookDrawing *self = UT_NOTEBOOK_DRAWING (widget);
  Metrics metrics = get_metrics (self);
  int least = get_least_width (&metrics);
  int width = for_size >= 0 ? MAX (for_size, least) : least;
  int half = get_half (&metrics, width);
  int first, second;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = 2 * least + PANEL_GAP;
      return;
    }

  first = get_panel_height (self, &metrics, &panels[0], half > 0 ? half : width);
  second = get_panel_height (self, &metrics, &panels[1], half > 0 ? half : width);
  *minimum = *natural = half > 0 ? MAX (first, second) : first + PANEL_GAP + second;
}

static GtkSizeRequestMode
ut_notebook_drawing_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- Drawing ---- */

static void
set_pen (const Pens    *pens,
         const GdkRGBA *colour,
         float          opacity,
         double         width)
{
  GdkRGBA ink = *colour;

  ink.alpha *= opacity;
  gdk_cairo_set_source_rgba (pens->cr, &ink);
  cairo_set_line_width (pens->cr, width);
}

/* The text in the middle of a box, or at its left where @centred is unset. */
static void
draw_text (UtNotebookDrawing  *self,
           const Pens         *pens,
           const char         *text,
           const GdkRectangle *box,
           gboolean            centred,
           float               opacity)
{
  g_autoptr (PangoLayout) layout = layout_new (self, text, 0);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  set_pen (pens, &pens->text, opacity, 1);
  cairo_move_to (pens->cr, box->x + (centred ? (box->width - width) / 2 : 0),
                 box->y + (box->height - height) / 2);
  pango_cairo_show_layout (pens->cr, layout);
}

static void
add_box (cairo_t            *cr,
         const GdkRectangle *box,
         double              margin)
{
  double left = box->x - margin + 0.5, right = box->x + box->width + margin - 0.5;
  double top = box->y - margin + 0.5, bottom = box->y + box->height + margin - 0.5;
  double radius = RADIUS + MAX (margin, 0);

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
draw_box (const Pens         *pens,
          const GdkRectangle *box,
          gboolean            skipped)
{
  const double dashes[] = { 3, 3 };

  set_pen (pens, &pens->text, OUTLINE_OPACITY, 1);
  if (skipped)
    cairo_set_dash (pens->cr, dashes, G_N_ELEMENTS (dashes), 0);
  add_box (pens->cr, box, 0);
  cairo_stroke (pens->cr);
  cairo_set_dash (pens->cr, NULL, 0, 0);
}

static void
draw_ring (const Pens         *pens,
           const GdkRectangle *box)
{
  set_pen (pens, &pens->answer, 1, 3);
  add_box (pens->cr, box, 0);
  cairo_stroke (pens->cr);
}

static void
draw_frame (const Pens         *pens,
            const GdkRectangle *box)
{
  set_pen (pens, &pens->answer, 1, 1.5);
  add_box (pens->cr, box, FRAME);
  cairo_stroke (pens->cr);
}

static void
draw_wanted (const Pens         *pens,
             const GdkRectangle *box)
{
  set_pen (pens, &pens->answer, WANTED_OPACITY, 1);
  add_box (pens->cr, box, 0);
  cairo_fill (pens->cr);
  draw_ring (pens, box);
}

static void
draw_arrow (const Pens *pens,
            double      x,
            double      y,
            double      length,
            gboolean    down)
{
  const double head = 5;

  cairo_save (pens->cr);
  cairo_translate (pens->cr, x, y);
  if (down)
    cairo_rotate (pens->cr, G_PI_2);
  set_pen (pens, &pens->state, 1, 2);
  cairo_move_to (pens->cr, 0, 0);
  cairo_line_to (pens->cr, length - head, 0);
  cairo_stroke (pens->cr);
  cairo_move_to (pens->cr, length, 0);
  cairo_line_to (pens->cr, length - head - 1, -head + 0.5);
  cairo_line_to (pens->cr, length - head - 1, head - 0.5);
  cairo_close_path (pens->cr);
  cairo_fill (pens->cr);
  cairo_restore (pens->cr);
}

/* An example of what a note is about, at the left of its first line. */
static void
draw_symbol (const Pens         *pens,
             Symbol              symbol,
             const GdkRectangle *box)
{
  int middle = box->y + box->height / 2;

  switch (symbol)
    {
    case SYMBOL_ALONG:
      draw_arrow (pens, box->x + 2, middle, box->width - 4, FALSE);
      break;
    case SYMBOL_DOWN:
      draw_arrow (pens, box->x + box->width / 2.0, box->y, box->height, TRUE);
      break;
    case SYMBOL_ANSWER:
      draw_ring (pens, box);
      break;
    case SYMBOL_SOFTMAX:
      set_pen (pens, &pens->answer, 1, 1.5);
      add_box (pens->cr, box, 0);
      cairo_stroke (pens->cr);
      break;
    case SYMBOL_WANTED:
      draw_wanted (pens, box);
      break;
    case SYMBOL_SKIPPED:
      draw_box (pens, box, TRUE);
      break;
    case SYMBOL_READ:
      draw_box (pens, box, FALSE);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
draw_row (UtNotebookDrawing  *self,
          const Pens         *pens,
          const Panel        *panel,
          int                 row,
          const GdkRectangle *cells)
{
  const Sentence *sentence = &sentences[row];
  const GdkRectangle *last = &cells[N_POSITIONS - 1];

  for (int i = 0; i < N_POSITIONS; i++)
    {
      gboolean is_pad = i >= sentence->length;
      gboolean is_skipped = is_pad && !panel->as_coded;

      if (panel->as_coded && i == sentence->label)
        draw_wanted (pens, &cells[i]);
      else if (!panel->as_coded && i == sentence->length - 1)
        draw_ring (pens, &cells[i]);
      else
        draw_box (pens, &cells[i], is_skipped);
      draw_text (self, pens, is_pad ? PAD : sentence->words[i], &cells[i], TRUE,
                 is_skipped ? SKIPPED_OPACITY : 1);

      if (!panel->as_coded && i > 0 && !is_pad)
        draw_arrow (pens, cells[i].x - COLUMN_GAP + 1, cells[i].y + cells[i].height / 2.0,
                    COLUMN_GAP - 2, FALSE);
      if (panel->as_coded && row > 0)
        draw_arrow (pens, cells[i].x + cells[i].width / 2.0, cells[i].y - ROW_GAP + 1,
                    ROW_GAP - 2, TRUE);
    }
  if (panel->as_coded)
    draw_frame (pens, &(GdkRectangle) { cells[0].x, cells[0].y,
                                        last->x + last->width - cells[0].x, last->height });
}

static void
draw_grid (UtNotebookDrawing *self,
           const Pens        *pens,
           const Metrics     *metrics,
           const Panel       *panel,
           int                width,
           int                y)
{
  int room = width - metrics->gutter - FRAME - 1 - (N_POSITIONS - 1) * COLUMN_GAP;
  GdkRectangle cells[N_POSITIONS], gutter = { 0, y, metrics->gutter, metrics->line };

  draw_text (self, pens, _("position"), &gutter, FALSE, SKIPPED_OPACITY);
  for (int i = 0; i < N_POSITIONS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i);
      int left = metrics->gutter + room * i / N_POSITIONS + i * COLUMN_GAP;
      int right = metrics->gutter + room * (i + 1) / N_POSITIONS + i * COLUMN_GAP;

      cells[i] = (GdkRectangle) { left, y, right - left, metrics->line };
      draw_text (self, pens, number, &cells[i], TRUE, SKIPPED_OPACITY);
    }

  gutter.y += metrics->line + 9;
  gutter.height += 2 * CELL_PADDING;
  for (int row = 0; row < N_SENTENCES; row++)
    {
      g_autofree char *label = dup_label (sentences[row].label);

      for (int i = 0; i < N_POSITIONS; i++)
        {
          cells[i].y = gutter.y;
          cells[i].height = gutter.height;
        }
      draw_text (self, pens, label, &gutter, FALSE, SKIPPED_OPACITY);
      draw_row (self, pens, panel, row, cells);
      gutter.y += gutter.height + ROW_GAP;
    }
}

static void
draw_panel (UtNotebookDrawing *self,
            const Pens        *pens,
            const Metrics     *metrics,
            const Panel       *panel,
            int                width)
{
  g_autoptr (PangoLayout) title = title_layout_new (self, _(panel->title), width);
  int y = get_title_height (self, panel, width);

  set_pen (pens, &pens->text, 1, 1);
  cairo_move_to (pens->cr, 0, 0);
  pango_cairo_show_layout (pens->cr, title);
  draw_grid (self, pens, metrics, panel, width, y);
  y += get_grid_height (metrics) + 12;

  for (int i = 0; i < N_NOTES && panel->notes[i].text != NULL; i++)
    {
      const Note *note = &panel->notes[i];
      g_autoptr (PangoLayout) layout = layout_new (self, _(note->text), width - SYMBOL);

      y += NOTE_GAP;
      draw_symbol (pens, note->symbol, &(GdkRectangle) { 1, y + 1, SYMBOL - 12, metrics->line - 2 });
      set_pen (pens, &pens->text, 1, 1);
      cairo_move_to (pens->cr, SYMBOL, y);
      pango_cairo_show_layout (pens->cr, layout);
      y += get_layout_height (layout);
    }
}

static void
ut_notebook_drawing_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  UtNotebookDrawing *self = UT_NOTEBOOK_DRAWING (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width,
                                                                          (float) height));
  Metrics metrics = get_metrics (self);
  int half = get_half (&metrics, width);
  Pens pens = { .cr = cr };

  gtk_style_context_get_color (context, &pens.text);
  if (!gtk_style_context_lookup_color (context, "ut_notebook_state", &pens.state))
    pens.state = pens.text;
  if (!gtk_style_context_lookup_color (context, "ut_notebook_answer", &pens.answer))
    pens.answer = pens.text;

  for (gsize i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      int room = half > 0 ? half : width;

      draw_panel (self, &pens, &metrics, &panels[i], room);
      if (half > 0)
        cairo_translate (cr, width - half, 0);
      else
        cairo_translate (cr, 0, get_panel_height (self, &metrics, &panels[i], room) + PANEL_GAP);
    }
  cairo_destroy (cr);
}

static void
ut_notebook_drawing_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_notebook_drawing_parent_class)->css_changed (widget, change);

  /* The named colours are no property of the style, so that GTK does not see them change. */
  gtk_widget_queue_draw (widget);
}

static void
ut_notebook_drawing_class_init (UtNotebookDrawingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = ut_notebook_drawing_get_request_mode;
  widget_class->measure = ut_notebook_drawing_measure;
  widget_class->snapshot = ut_notebook_drawing_snapshot;
  widget_class->css_changed = ut_notebook_drawing_css_changed;

  gtk_widget_class_set_css_name (widget_class, "notebookdrawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_notebook_drawing_init (UtNotebookDrawing *self)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _("A batch, as documented and as coded"),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      _("Three sentences under each other, filled up to four positions: “it is just dull” with "
        "label 0, “great” with label 1 and three pads, “a fine film” with label 1 and one pad. As "
        "documented: arrows lead from each word to the next one of its sentence, the answer is "
        "read at the last word, and the pads are skipped. As coded: arrows lead from each position "
        "to the same position of the next sentence, a softmax spans all positions of a sentence, "
        "the pads among them, and the right one is position 0 for label 0 and position 1 for label "
        "1, which after “great” is a pad."),
      -1);
}

GtkWidget *
ut_notebook_drawing_new (void)
{
  return g_object_new (UT_TYPE_NOTEBOOK_DRAWING, NULL);
}
