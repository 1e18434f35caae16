/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-review-view.h"

#include "ut-line-fold.h"
#include "ut-toast.h"
#include "ut-word-line.h"
#include "ut-word-painter.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/* Of tints that answer for an older text, or are to be replaced. */
#define PALE_OPACITY 0.45
/* Pango takes time with the square of the length of what has no space to break a line at: seconds
 * for 100,000 characters. Behind this many, lines break anywhere, which it does at once. */
#define LONGEST_WORD 2000
/* Bytes. GTK lays a whole paragraph out with every key that changes it, and one whose words are tinted
 * costs most: with lines of 5,000 bytes the slowest frames take twice as long as with these. */
#define LONGEST_LINE 2000
#define BAR_WIDTH 3
#define BAR_DISTANCE 8

struct _UtReviewView
{
  GtkTextView parent_instance;

  UtWordPainter *painter; /* (owned): cleared in dispose */
  GArray *words; /* (owned) (element-type UtWordSpan): all words of the prediction */
  GArray *sentences; /* (owned) (element-type UtWordSpan): all its sentences */
  GCancellable *cancellable; /* (owned): of pastes under way */
  guint recolour_source;
  int sentence;
  int word;
  guint n_in_reach; /* words that may be tinted */
  gboolean tinted;
  gboolean stale;
  gboolean in_history; /* an edit is undone, or done again */
};

G_DEFINE_FINAL_TYPE (UtReviewView, ut_review_view, GTK_TYPE_TEXT_VIEW)

typedef enum
{
  PROP_SENTENCE = 1,
  PROP_WORD,
  PROP_TINTED,
  PROP_STALE,
} UtReviewViewProperty;

static GParamSpec *properties[PROP_STALE + 1];

static gboolean
lookup_colour (UtReviewView *self,
               const char   *name,
               GdkRGBA      *colour)
{
  *colour = (GdkRGBA) { 0, 0, 0, 0 };

  return gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name,
                                         colour);
}

/* Gives the tags of full or of pale tints the colours of the style sheet. */
static void
recolour_tints (UtReviewView *self,
                gboolean      pale)
{
  float opacity = pale || self->stale ? PALE_OPACITY : 1;
  GdkRGBA tints[UT_WORD_N_TINTS];
  GdkRGBA positive;

  for (int step = -UT_WORD_STEPS; step <= UT_WORD_STEPS; step++)
    {
      g_autofree char *name = g_strdup_printf ("ut_word_%c%d", step < 0 ? 'n' : 'p', ABS (step));
      GdkRGBA *tint = &tints[step + UT_WORD_STEPS];

      lookup_colour (self, name, tint);
      tint->alpha *= opacity;
    }
  lookup_colour (self, "ut_word_positive", &positive);
  positive.alpha *= opacity;

  ut_word_painter_set_colours (self->painter, pale, tints, &positive);
}

static void
recolour (UtReviewView *self)
{
  recolour_tints (self, FALSE);
  recolour_tints (self, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
recolour_cb (gpointer data)
{
  UtReviewView *self = data;

  self->recolour_source = 0;
  recolour (self);

  return G_SOURCE_REMOVE;
}

/* The style sheet of a new style is in force only after the signal that announces it. */
static void
queue_recolour (UtReviewView *self)
{
  if (self->recolour_source == 0 && self->painter != NULL)
    self->recolour_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, recolour_cb, self, NULL);
}

/* The end of the paragraph that @offset stands in. */
static guint
get_paragraph_end (UtReviewView *self,
                   guint         offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &iter,
                                      (int) offset);
  if (!gtk_text_iter_ends_line (&iter))
    gtk_text_iter_forward_to_line_end (&iter);

  return (guint) gtk_text_iter_get_offset (&iter);
}

/* How many words from @first on stand in one paragraph. */
static guint
count_paragraph_words (UtReviewView *self,
                       guint         first)
{
  guint end = get_paragraph_end (self, g_array_index (self->words, UtWordSpan, first).start);
  guint i = first + 1;

  while (i < self->words->len && g_array_index (self->words, UtWordSpan, i).start < end)
    i++;

  return i - first;
}

/* Has the words tinted and marked as far as they shall be. */
static void
repaint (UtReviewView *self)
{
  GArray *painted = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));
  guint next;

  self->n_in_reach = 0;
  for (guint first = 0; first < self->words->len; first = next)
    {
      next = first + count_paragraph_words (self, first);
      if (next - first > UT_WORD_PARAGRAPH_MAX)
        continue;

      for (guint i = first; i < next && self->n_in_reach < UT_WORD_TINTED_MAX; i++)
        {
          UtWordSpan span = g_array_index (self->words, UtWordSpan, i);

          self->n_in_reach++;
          if (!self->tinted)
            span.step = 0;
          if (span.step != 0 || span.mark != UT_WORD_MARK_NONE || span.disputed)
            g_array_append_val (painted, span);
        }
    }

  ut_word_painter_paint (self->painter, painted);
}

static guint
get_caret (UtReviewView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter caret;

  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));

  return (guint) gtk_text_iter_get_offset (&caret);
}

/* Finds out where the caret is, and tells. */
static void
follow_caret (UtReviewView *self)
{
  guint caret = get_caret (self);
  int sentence = ut_word_spans_find (self->sentences, caret);
  int word = ut_word_spans_find (self->words, caret);

  g_object_freeze_notify (G_OBJECT (self));
  if (sentence != self->sentence)
    {
      self->sentence = sentence;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
    }
  if (word != self->word)
    {
      self->word = word;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Whether @text has a word that is too long to look for places to break it. */
static gboolean
has_endless_word (const char *text,
                  int         length)
{
  int start = 0;

  for (int i = 0; i < length; i++)
    {
      if (g_ascii_isspace (text[i]))
        start = i + 1;
      else if (i - start >= LONGEST_WORD)
        return TRUE;
    }

  return FALSE;
}

/* Inserts @text with its long lines broken instead, if it has any. What an undo brings back must be what
 * went. */
static gboolean
insert_folded (UtReviewView *self,
               GtkTextIter  *location,
               const char   *text,
               int           length)
{
  GtkTextBuffer *buffer = gtk_text_iter_get_buffer (location);
  g_autofree char *folded = NULL;

  if (!self->in_history)
    folded = ut_line_fold (text, (gsize) length, LONGEST_LINE);
  if (folded == NULL)
    return FALSE;

  g_signal_stop_emission_by_name (buffer, "insert-text");
  gtk_text_buffer_insert (buffer, location, folded, -1);
  ut_toast_show (GTK_WIDGET (self),
                 _("Long lines were broken between sentences, so that typing stays quick"));

  return TRUE;
}

static void
insert_text_cb (UtReviewView *self,
                GtkTextIter  *location,
                const char   *text,
                int           length)
{
  if (insert_folded (self, location, text, length))
    return;

  guint at = (guint) gtk_text_iter_get_offset (location);
  guint n = (guint) g_utf8_strlen (text, length);

  ut_word_spans_insert (self->words, at, n);
  ut_word_spans_insert (self->sentences, at, n);
  if (has_endless_word (text, length))
    gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_CHAR);
}

static void
delete_range_cb (UtReviewView      *self,
                 const GtkTextIter *start,
                 const GtkTextIter *end)
{
  guint from = (guint) gtk_text_iter_get_offset (start);
  guint to = (guint) gtk_text_iter_get_offset (end);

  ut_word_spans_delete (self->words, from, to);
  ut_word_spans_delete (self->sentences, from, to);
  if (gtk_text_iter_is_start (start) && gtk_text_iter_is_end (end))
    gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
}

static void
enter_history (UtReviewView *self)
{
  self->in_history = TRUE;
}

static void
leave_history (UtReviewView *self)
{
  self->in_history = FALSE;
}

static void
paste_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtReviewView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (self->painter == NULL)
    return;
  if (raw == NULL)
    {
      /* A picture in the clipboard, or nothing: what every text field does. */
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gboolean editable = gtk_text_view_get_editable (GTK_TEXT_VIEW (self));
  g_autofree char *text = g_utf8_make_valid (raw, -1);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, editable);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, editable);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

static void
ut_review_view_paste_clipboard (GtkTextView *view)
{
  UtReviewView *self = UT_REVIEW_VIEW (view);

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable,
                                 paste_cb, g_object_ref (self));
}

/* Draws the bar beside the sentence at the caret. */
static void
snapshot_bar (UtReviewView       *self,
              GtkSnapshot        *snapshot,
              const GdkRectangle *visible)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;
  GdkRectangle first, last;
  GskRoundedRect outline;
  GdkRGBA colour;

  if (self->sentence < 0 || !lookup_colour (self, "ut_word_bar", &colour))
    return;

  const UtWordSpan *span = &g_array_index (self->sentences, UtWordSpan, (guint) self->sentence);
  if (span->start >= span->end)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) span->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) span->end - 1);
  gtk_text_view_get_iter_location (view, &start, &first);
  gtk_text_view_get_iter_location (view, &end, &last);

  /* A sentence may be far longer than the window. */
  int top = MAX (first.y, visible->y - BAR_WIDTH);
  int bottom = MIN (last.y + last.height, visible->y + visible->height + BAR_WIDTH);
  if (bottom <= top)
    return;

  int x = gtk_text_view_get_left_margin (view) - BAR_DISTANCE - BAR_WIDTH;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = visible->x + visible->width - gtk_text_view_get_right_margin (view) + BAR_DISTANCE;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (x, top, BAR_WIDTH, bottom - top),
                                   BAR_WIDTH / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Adds a line under the characters from @start to @end, which may stand on several lines. */
static void
underline (UtReviewView      *self,
           UtWordLine         line,
           cairo_t           *cr,
           const GtkTextIter *start,
           const GtkTextIter *end)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter from = *start;

  while (gtk_text_iter_compare (&from, end) < 0)
    {
      GtkTextIter to = from;
      GdkRectangle left, right;

      if (!gtk_text_view_forward_display_line_end (view, &to) ||
          gtk_text_iter_compare (&to, end) > 0)
        to = *end;
      gtk_text_view_get_iter_location (view, &from, &left);

      GtkTextIter last = to;
      gtk_text_iter_backward_char (&last);
      gtk_text_view_get_iter_location (view, &last, &right);

      /* Widths are negative in text that runs from right to left. */
      int x0 = MIN (MIN (left.x, left.x + left.width), MIN (right.x, right.x + right.width));
      int x1 = MAX (MAX (left.x, left.x + left.width), MAX (right.x, right.x + right.width));
      int bottom = left.y + left.height;

      /* Dots and dashes stand below a wave or a straight line, since a word may have both. */
      ut_word_line_add (line, cr, x0, x1,
                        line == UT_WORD_LINE_WAVE ? bottom - UT_WORD_LINE_HEIGHT : bottom);

      if (gtk_text_iter_compare (&to, &from) <= 0)
        break;
      from = to;
    }
}

/* Draws a line under the words on the screen that have @tag. */
static void
snapshot_lines (UtReviewView       *self,
                GtkSnapshot        *snapshot,
                const GdkRectangle *visible,
                GtkTextTag         *tag,
                gboolean            pale,
                UtWordLine          line,
                const char         *colour_name)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter, bottom;
  GdkRGBA colour;

  if (!lookup_colour (self, colour_name, &colour))
    return;
  if (pale || self->stale)
    colour.alpha *= PALE_OPACITY;

  gtk_text_view_get_iter_at_location (view, &iter, visible->x, visible->y);
  gtk_text_view_get_iter_at_location (view, &bottom, visible->x + visible->width,
                                      visible->y + visible->height);
  gtk_text_iter_forward_char (&bottom);

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (visible->x, visible->y,
                                                                visible->width, visible->height));
  gdk_cairo_set_source_rgba (cr, &colour);
  ut_word_line_begin (line, cr);

  gboolean more = gtk_text_iter_has_tag (&iter, tag) ||
                  gtk_text_iter_forward_to_tag_toggle (&iter, tag);
  while (more && gtk_text_iter_compare (&iter, &bottom) < 0)
    {
      GtkTextIter start = iter;

      gtk_text_iter_forward_to_tag_toggle (&iter, tag);
      underline (self, line, cr, &start, &iter);
      more = gtk_text_iter_forward_to_tag_toggle (&iter, tag);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
ut_review_view_snapshot_layer (GtkTextView      *view,
                               GtkTextViewLayer  layer,
                               GtkSnapshot      *snapshot)
{
  UtReviewView *self = UT_REVIEW_VIEW (view);
  GdkRectangle visible;

  gtk_text_view_get_visible_rect (view, &visible);
  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    snapshot_bar (self, snapshot, &visible);
  else if (self->painter != NULL)
    {
      for (int pale = 0; pale < 2; pale++)
        snapshot_lines (self, snapshot, &visible,
                        ut_word_painter_get_negative_tag (self->painter, pale), pale,
                        UT_WORD_LINE_WAVE, "ut_word_negative");
      snapshot_lines (self, snapshot, &visible,
                      ut_word_painter_get_mark_tag (self->painter, UT_WORD_MARK_UNKNOWN), FALSE,
                      UT_WORD_LINE_DOTS, "ut_word_unknown");
      snapshot_lines (self, snapshot, &visible,
                      ut_word_painter_get_mark_tag (self->painter, UT_WORD_MARK_GUESSED), FALSE,
                      UT_WORD_LINE_DASHES, "ut_word_unknown");
    }
}

/* Says of a marked word what its mark means. */
static gboolean
ut_review_view_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard,
                              GtkTooltip *tooltip)
{
  UtReviewView *self = UT_REVIEW_VIEW (widget);
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  guint offset = get_caret (self);

  if (!keyboard)
    {
      GtkTextIter iter;

      gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
      if (!gtk_text_view_get_iter_at_location (view, &iter, x, y))
        return FALSE;
      offset = (guint) gtk_text_iter_get_offset (&iter);
    }

  int index = ut_word_spans_find (self->words, offset);
  if (index < 0)
    return FALSE;

  const UtWordSpan *span = &g_array_index (self->words, UtWordSpan, (guint) index);
  if (offset < span->start || offset >= span->end)
    return FALSE;

  const char *mark = NULL;
  if (span->mark == UT_WORD_MARK_GUESSED)
    mark = _("The model does not know this word: it is guessed from its parts");
  else if (span->mark == UT_WORD_MARK_UNKNOWN)
    mark = _("The model does not know this word");
  const char *dispute = span->disputed ? _("Models disagree: it pulls one to positive and another "
                                           "to negative")
                                       : NULL;
  if (mark == NULL && dispute == NULL)
    return FALSE;

  g_autofree char *text = g_strconcat (mark != NULL ? mark : dispute,
                                       mark != NULL && dispute != NULL ? "\n" : NULL, dispute,
                                       NULL);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
ut_review_view_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_review_view_parent_class)->css_changed (widget, change);

  queue_recolour (UT_REVIEW_VIEW (widget));
}

static void
ut_review_view_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtReviewView *self = UT_REVIEW_VIEW (object);

  switch ((UtReviewViewProperty) id)
    {
    case PROP_SENTENCE:
      g_value_set_int (value, self->sentence);
      break;
    case PROP_WORD:
      g_value_set_int (value, self->word);
      break;
    case PROP_TINTED:
      g_value_set_boolean (value, self->tinted);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_review_view_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtReviewView *self = UT_REVIEW_VIEW (object);

  switch ((UtReviewViewProperty) id)
    {
    case PROP_SENTENCE:
      ut_review_view_set_sentence (self, g_value_get_int (value));
      break;
    case PROP_WORD:
      ut_review_view_set_word (self, g_value_get_int (value));
      break;
    case PROP_TINTED:
      ut_review_view_set_tinted (self, g_value_get_boolean (value));
      break;
    case PROP_STALE:
      ut_review_view_set_stale (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_review_view_dispose (GObject *object)
{
  UtReviewView *self = UT_REVIEW_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->recolour_source, g_source_remove);
  g_clear_pointer (&self->painter, ut_word_painter_free);

  G_OBJECT_CLASS (ut_review_view_parent_class)->dispose (object);
}

static void
ut_review_view_finalize (GObject *object)
{
  UtReviewView *self = UT_REVIEW_VIEW (object);

  g_clear_object (&self->cancellable);
  g_array_unref (self->words);
  g_array_unref (self->sentences);

  G_OBJECT_CLASS (ut_review_view_parent_class)->finalize (object);
}

static void
ut_review_view_class_init (UtReviewViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_review_view_get_property;
  object_class->set_property = ut_review_view_set_property;
  object_class->dispose = ut_review_view_dispose;
  object_class->finalize = ut_review_view_finalize;
  widget_class->css_changed = ut_review_view_css_changed;
  widget_class->query_tooltip = ut_review_view_query_tooltip;
  view_class->paste_clipboard = ut_review_view_paste_clipboard;
  view_class->snapshot_layer = ut_review_view_snapshot_layer;

  properties[PROP_SENTENCE] = g_param_spec_int ("sentence", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_WORD] = g_param_spec_int ("word", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_TINTED] = g_param_spec_boolean ("tinted", NULL, NULL, TRUE, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ut_review_view_init (UtReviewView *self)
{
  static const char * const history[] = { "undo", "redo" };
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->words = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));
  self->sentences = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));
  self->cancellable = g_cancellable_new ();
  self->painter = ut_word_painter_new (buffer);
  self->sentence = -1;
  self->word = -1;
  self->tinted = TRUE;

  gtk_widget_add_css_class (GTK_WIDGET (self), "review");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, 2 * BAR_DISTANCE + BAR_WIDTH);
  gtk_text_view_set_right_margin (view, 2 * BAR_DISTANCE + BAR_WIDTH);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 12);
  /* Room for the dots and lines under words. */
  gtk_text_view_set_pixels_inside_wrap (view, 4);
  gtk_text_view_set_pixels_below_lines (view, 4);

  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "delete-range", G_CALLBACK (delete_range_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (history); i++)
    {
      g_signal_connect_object (buffer, history[i], G_CALLBACK (enter_history), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (buffer, history[i], G_CALLBACK (leave_history), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (follow_caret), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (queue_recolour), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (queue_recolour), self,
                           G_CONNECT_SWAPPED);
  recolour (self);
}

GtkWidget *
ut_review_view_new (void)
{
  return g_object_new (UT_TYPE_REVIEW_VIEW, NULL);
}

char *
ut_review_view_dup_text (UtReviewView *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), NULL);

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  /* Unlike gtk_text_buffer_get_text() it has a character for everything an offset counts. */
  return gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
}

void
ut_review_view_set_answers (UtReviewView       *self,
                            const UtPrediction *prediction,
                            const char         *text,
                            const double       *worths)
{
  UtCharCursor cursor;

  g_return_if_fail (UT_IS_REVIEW_VIEW (self));
  g_return_if_fail (prediction == NULL || text != NULL);

  g_autoptr (GArray) old = g_steal_pointer (&self->words);

  self->words = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));
  g_array_set_size (self->sentences, 0);
  if (prediction != NULL)
    {
      ut_char_cursor_init (&cursor, text, strlen (text));
      for (gsize i = 0; i < prediction->n_words; i++)
        {
          const UtWordAnswer *word = &prediction->words[i];
          UtWordSpan span = {
            .start = ut_char_cursor_seek (&cursor, word->start),
            .end = ut_char_cursor_seek (&cursor, word->end),
            .step = ut_word_step (worths != NULL ? worths[i] : word->change),
            .mark = ut_word_mark_choose (word->known, word->guessed),
          };

          g_array_append_val (self->words, span);
        }
      if (worths != NULL)
        ut_word_spans_inherit (self->words, worths, old);
      ut_word_spans_inherit_disputes (self->words, old);

      ut_char_cursor_init (&cursor, text, strlen (text));
      for (gsize i = 0; i < prediction->n_sentences; i++)
        {
          const UtSentenceAnswer *sentence = &prediction->sentences[i];
          UtWordSpan span = { .start = ut_char_cursor_seek (&cursor, sentence->start),
                              .end = ut_char_cursor_seek (&cursor, sentence->end) };

          g_array_append_val (self->sentences, span);
        }
    }

  repaint (self);
  follow_caret (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ut_review_view_set_worths (UtReviewView *self,
                           const double *worths,
                           gsize         n_worths)
{
  g_return_if_fail (UT_IS_REVIEW_VIEW (self));
  g_return_if_fail (worths != NULL || n_worths == 0);
  g_return_if_fail (n_worths == self->words->len);

  for (guint i = 0; i < self->words->len; i++)
    {
      UtWordSpan *span = &g_array_index (self->words, UtWordSpan, i);

      if (!isnan (worths[i]))
        span->step = ut_word_step (worths[i]);
      span->pale = isnan (worths[i]) && span->step != 0;
    }

  repaint (self);
}

gboolean
ut_review_view_get_in_sight (UtReviewView *self,
                             gsize        *first,
                             gsize        *last)
{
  GtkTextView *view;
  GdkRectangle visible;
  GtkTextIter top, bottom;

  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), FALSE);
  g_return_val_if_fail (first != NULL && last != NULL, FALSE);

  if (self->sentences->len == 0)
    return FALSE;

  view = GTK_TEXT_VIEW (self);
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &top, visible.x, visible.y);
  gtk_text_view_get_iter_at_location (view, &bottom, visible.x + visible.width,
                                      visible.y + visible.height);
  *first = (gsize) ut_word_spans_find (self->sentences, (guint) gtk_text_iter_get_offset (&top));
  *last = (gsize) ut_word_spans_find (self->sentences, (guint) gtk_text_iter_get_offset (&bottom));
  *last = MAX (*first, *last);

  return TRUE;
}

/* Moves the caret to the beginning of a span and shows it. */
static void
go_to_span (UtReviewView *self,
            const GArray *spans,
            int           index)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;

  if (index < 0 || (guint) index >= spans->len)
    return;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter,
                                      (int) g_array_index (spans, UtWordSpan, (guint) index).start);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

void
ut_review_view_set_disputed (UtReviewView   *self,
                             const gboolean *disputed,
                             gsize           n_words)
{
  gboolean changed = FALSE;

  g_return_if_fail (UT_IS_REVIEW_VIEW (self));

  for (guint i = 0; i < self->words->len; i++)
    {
      UtWordSpan *span = &g_array_index (self->words, UtWordSpan, i);
      gboolean marked = disputed != NULL && i < n_words && disputed[i];

      changed = changed || span->disputed != marked;
      span->disputed = marked;
    }
  if (changed)
    repaint (self);
}

int
ut_review_view_get_sentence (UtReviewView *self)
{
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), -1);

  return self->sentence;
}

void
ut_review_view_set_sentence (UtReviewView *self,
                             int           sentence)
{
  g_return_if_fail (UT_IS_REVIEW_VIEW (self));

  if (sentence != self->sentence)
    go_to_span (self, self->sentences, sentence);
}

int
ut_review_view_get_word (UtReviewView *self)
{
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), -1);

  return self->word;
}

void
ut_review_view_set_word (UtReviewView *self,
                         int           word)
{
  g_return_if_fail (UT_IS_REVIEW_VIEW (self));

  if (word != self->word)
    go_to_span (self, self->words, word);
}

guint
ut_review_view_get_n_in_reach (UtReviewView *self)
{
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), 0);

  return self->n_in_reach;
}

gboolean
ut_review_view_get_tinted (UtReviewView *self)
{
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), FALSE);

  return self->tinted;
}

void
ut_review_view_set_tinted (UtReviewView *self,
                           gboolean      tinted)
{
  g_return_if_fail (UT_IS_REVIEW_VIEW (self));

  tinted = !!tinted;
  if (tinted == self->tinted)
    return;

  self->tinted = tinted;
  repaint (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TINTED]);
}

gboolean
ut_review_view_get_stale (UtReviewView *self)
{
  g_return_val_if_fail (UT_IS_REVIEW_VIEW (self), FALSE);

  return self->stale;
}

void
ut_review_view_set_stale (UtReviewView *self,
                          gboolean      stale)
{
  g_return_if_fail (UT_IS_REVIEW_VIEW (self));

  stale = !!stale;
  if (stale == self->stale)
    return;

  self->stale = stale;
  recolour (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}
