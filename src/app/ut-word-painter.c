/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-painter.h"

/* Half a frame at 60 Hz, so that drawing and typing come in between. */
#define SLICE_US 8000
#define N_TAGS UT_WORD_N_TINTS

struct UtWordPainter
{
  GtkTextBuffer *buffer; /* (nullable): cleared when it goes */
  GtkTextTag *tags[2][N_TAGS]; /* full and pale, by step, from -4; none in the middle; the table owns
                                * them */
  GtkTextTag *negative[2]; /* likewise */
  GtkTextTag *marks[UT_WORD_N_MARKS]; /* likewise; none for known words */
  GtkTextTag *disputed; /* likewise */

  GArray *painted; /* (owned): what the buffer shows */
  GArray *target; /* (owned) (nullable): what it shall show */
  GArray *done; /* (owned) (nullable): the part of @target that it shows already */
  guint n_target; /* how much of @target is done */
  guint n_painted; /* how much of @painted was compared or taken away */
  guint source;
  gboolean painting;
};

GtkTextTag *
ut_word_painter_get_tag (const UtWordPainter *self,
                         int                  step,
                         gboolean             pale)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (ABS (step) <= UT_WORD_STEPS, NULL);

  return self->tags[!!pale][step + UT_WORD_STEPS];
}

GtkTextTag *
ut_word_painter_get_mark_tag (const UtWordPainter *self,
                              UtWordMark           mark)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (mark < UT_WORD_N_MARKS, NULL);

  return self->marks[mark];
}

GtkTextTag *
ut_word_painter_get_negative_tag (const UtWordPainter *self,
                                  gboolean             pale)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->negative[!!pale];
}

/* Puts the tags of @span on, or takes them off. */
static void
paint_span (UtWordPainter    *self,
            const UtWordSpan *span,
            gboolean          on)
{
  GtkTextTag *tags[] = { ut_word_painter_get_tag (self, span->step, span->pale),
                         span->step < 0 ? self->negative[span->pale] : NULL,
                         ut_word_painter_get_mark_tag (self, span->mark),
                         span->disputed ? self->disputed : NULL };
  GtkTextIter start, end;

  if (span->start >= span->end)
    return;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) span->start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) span->end);
  self->painting = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      if (tags[i] == NULL)
        continue;
      if (on)
        gtk_text_buffer_apply_tag (self->buffer, tags[i], &start, &end);
      else
        gtk_text_buffer_remove_tag (self->buffer, tags[i], &start, &end);
    }
  self->painting = FALSE;
}

static gboolean
spans_equal (const UtWordSpan *a,
             const UtWordSpan *b)
{
  return a->start == b->start && a->end == b->end && a->step == b->step && a->pale == b->pale &&
         a->mark == b->mark && a->disputed == b->disputed;
}

/* Brings the next span of the target to the screen; FALSE when there is none left. */
static gboolean
paint_next (UtWordPainter *self)
{
  const UtWordSpan *next = NULL;

  if (self->n_target < self->target->len)
    next = &g_array_index (self->target, UtWordSpan, self->n_target);

  /* Whatever is painted before the end of the next span has to go, unless it is the very same. */
  while (self->n_painted < self->painted->len)
    {
      const UtWordSpan *old = &g_array_index (self->painted, UtWordSpan, self->n_painted);

      if (next != NULL && old->start >= next->end)
        break;
      self->n_painted++;
      if (next != NULL && spans_equal (old, next))
        {
          g_array_append_val (self->done, *next);
          self->n_target++;
          return TRUE;
        }
      paint_span (self, old, FALSE);
      if (next == NULL)
        return TRUE;
    }

  if (next == NULL)
    return FALSE;

  paint_span (self, next, TRUE);
  g_array_append_val (self->done, *next);
  self->n_target++;

  return TRUE;
}

/* What is on the screen becomes the new list of painted spans, however far the painting got. */
static void
stop_painting (UtWordPainter *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->target == NULL)
    return;

  if (self->n_painted < self->painted->len)
    g_array_append_vals (self->done,
                         &g_array_index (self->painted, UtWordSpan, self->n_painted),
                         self->painted->len - self->n_painted);
  g_array_unref (self->painted);
  self->painted = g_steal_pointer (&self->done);
  g_clear_pointer (&self->target, g_array_unref);
  self->n_painted = 0;
  self->n_target = 0;
}

/* Paints until the slice is over; FALSE when all is done. */
static gboolean
paint_slice (UtWordPainter *self)
{
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (paint_next (self))
    {
      if (g_get_monotonic_time () >= end)
        return TRUE;
    }

  return FALSE;
}

static gboolean
paint_idle_cb (gpointer data)
{
  UtWordPainter *self = data;

  if (paint_slice (self))
    return G_SOURCE_CONTINUE;

  self->source = 0;
  stop_painting (self);

  return G_SOURCE_REMOVE;
}

static void
insert_text_cb (UtWordPainter     *self,
                const GtkTextIter *location,
                const char        *text,
                int                length)
{
  guint n = (guint) g_utf8_strlen (text, length);

  stop_painting (self);
  ut_word_spans_insert (self->painted, (guint) gtk_text_iter_get_offset (location), n);
}

static void
delete_range_cb (UtWordPainter     *self,
                 const GtkTextIter *start,
                 const GtkTextIter *end)
{
  stop_painting (self);
  ut_word_spans_delete (self->painted,
                        (guint) gtk_text_iter_get_offset (start),
                        (guint) gtk_text_iter_get_offset (end));
}

static void
apply_tag_cb (UtWordPainter *self)
{
  if (!self->painting)
    g_signal_stop_emission_by_name (self->buffer, "apply-tag");
}

UtWordPainter *
ut_word_painter_new (GtkTextBuffer *buffer)
{
  UtWordPainter *self = g_new0 (UtWordPainter, 1);

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);

  g_set_weak_pointer (&self->buffer, buffer);
  self->painted = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));
  for (int pale = 0; pale < 2; pale++)
    {
      for (int step = -UT_WORD_STEPS; step <= UT_WORD_STEPS; step++)
        {
          PangoUnderline line = step < 0 ? PANGO_UNDERLINE_NONE : PANGO_UNDERLINE_SINGLE;

          if (step != 0)
            self->tags[pale][step + UT_WORD_STEPS] =
              gtk_text_buffer_create_tag (buffer, NULL, "underline", line, NULL);
        }
      self->negative[pale] = gtk_text_buffer_create_tag (buffer, NULL, NULL);
    }
  self->marks[UT_WORD_MARK_GUESSED] = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->marks[UT_WORD_MARK_UNKNOWN] = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->disputed = gtk_text_buffer_create_tag (buffer, NULL, "overline", PANGO_OVERLINE_SINGLE,
                                               NULL);

  /* Before the default handlers, which change the text and the offsets with it. */
  g_signal_connect_swapped (buffer, "insert-text", G_CALLBACK (insert_text_cb), self);
  g_signal_connect_swapped (buffer, "delete-range", G_CALLBACK (delete_range_cb), self);
  g_signal_connect_swapped (buffer, "apply-tag", G_CALLBACK (apply_tag_cb), self);

  return self;
}

void
ut_word_painter_free (UtWordPainter *self)
{
  if (self == NULL)
    return;

  stop_painting (self);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_weak_pointer (&self->buffer);
  g_array_unref (self->painted);
  g_free (self);
}

void
ut_word_painter_paint (UtWordPainter *self,
                       GArray        *spans)
{
  g_return_if_fail (self != NULL && self->buffer != NULL);
  g_return_if_fail (spans != NULL);

  stop_painting (self);
  self->target = spans;
  self->done = g_array_sized_new (FALSE, FALSE, sizeof (UtWordSpan), spans->len);

  /* The first slice is painted here, so that a text of usual length never shows an intermediate
   * state. */
  if (paint_slice (self))
    {
      self->source = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, paint_idle_cb, self, NULL);
      g_source_set_static_name (g_main_context_find_source_by_id (NULL, self->source),
                                "[undertone] word tints");
    }
  else
    stop_painting (self);
}

gboolean
ut_word_painter_is_busy (const UtWordPainter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->target != NULL;
}

void
ut_word_painter_set_colours (UtWordPainter *self,
                             gboolean       pale,
                             const GdkRGBA *tints,
                             const GdkRGBA *positive)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (tints != NULL && positive != NULL);

  for (int step = -UT_WORD_STEPS; step <= UT_WORD_STEPS; step++)
    {
      GtkTextTag *tag = ut_word_painter_get_tag (self, step, pale);

      if (tag != NULL)
        g_object_set (tag,
                      "background-rgba", &tints[step + UT_WORD_STEPS],
                      "underline-rgba", positive,
                      NULL);
    }
}
