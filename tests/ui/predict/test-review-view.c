/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-review-view.h"
#include "ut-word-painter.h"

#include <math.h>
#include <string.h>

static const double changes[] = { 0.6, -5, 0, 2.4, -1.2 };

static GtkTextBuffer *
get_buffer (UtReviewView *view)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

/* How many tags the character at @offset has that look like something. */
static guint
count_tints (GtkTextBuffer *buffer,
             int            offset)
{
  GtkTextIter iter;
  guint n = 0;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean tinted;

      g_object_get (l->data, "background-set", &tinted, NULL);
      n += tinted;
    }

  return n;
}

static void
test_lifecycle (void)
{
  UtReviewView *view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));

  g_assert_false (gtk_text_view_get_accepts_tab (GTK_TEXT_VIEW (view)));
  g_assert_true (gtk_text_buffer_get_enable_undo (get_buffer (view)));
  g_assert_cmpint (ut_review_view_get_sentence (view), ==, -1);
  g_assert_finalize_object (view);
}

static void
test_endless_word (void)
{
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  g_autofree char *word = g_strnfill (100000, 'x');
  GtkTextIter end;

  g_test_summary ("A word without end is broken anywhere, or its layout would take minutes; the next "
                  "text is broken between words again.");

  gtk_text_buffer_set_text (get_buffer (view), "A usual text.", -1);
  g_assert_cmpint (gtk_text_view_get_wrap_mode (GTK_TEXT_VIEW (view)), ==, GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_get_end_iter (get_buffer (view), &end);
  gtk_text_buffer_insert (get_buffer (view), &end, word, -1);
  g_assert_cmpint (gtk_text_view_get_wrap_mode (GTK_TEXT_VIEW (view)), ==, GTK_WRAP_CHAR);
  gtk_text_buffer_set_text (get_buffer (view), "Another text.", -1);
  g_assert_cmpint (gtk_text_view_get_wrap_mode (GTK_TEXT_VIEW (view)), ==, GTK_WRAP_WORD_CHAR);
}

/* (transfer full): the colours of tints, which are the application's to load. */
static GtkCssProvider *
colours_new (void)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/undertone/Undertone/predict.css");

  return provider;
}

static void
test_tints (void)
{
  const char *text = "gut 👍 qux größer film";
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  UtPrediction prediction;

  fixture_prediction_init (&prediction, text, changes, G_N_ELEMENTS (changes));
  gtk_text_buffer_set_text (get_buffer (view), text, -1);
  ut_review_view_set_answers (view, &prediction, text, NULL);

  /* gut, thumb, größer and film are tinted, the spaces and the unchanged unknown word are not. */
  const char *expected = "111010000011111101111";
  for (int i = 0; i < (int) strlen (expected); i++)
    g_assert_cmpuint (count_tints (get_buffer (view), i), ==, expected[i] == '1' ? 1 : 0);

  ut_review_view_set_tinted (view, FALSE);
  for (int i = 0; i < (int) strlen (expected); i++)
    g_assert_cmpuint (count_tints (get_buffer (view), i), ==, 0);

  ut_review_view_set_tinted (view, TRUE);
  g_assert_cmpuint (count_tints (get_buffer (view), 0), ==, 1);
  ut_review_view_set_answers (view, NULL, NULL, NULL);
  g_assert_cmpuint (count_tints (get_buffer (view), 0), ==, 0);

  fixture_prediction_clear (&prediction);
}

/* Whether the character at @offset has a tint, and one so opaque. */
static gboolean
has_tint (UtReviewView *view,
          int           offset,
          double        alpha)
{
  GtkTextIter iter;
  gboolean found = FALSE;

  gtk_text_buffer_get_iter_at_offset (get_buffer (view), &iter, offset);
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      g_autoptr (GdkRGBA) colour = NULL;
      gboolean set;

      g_object_get (l->data, "background-set", &set, "background-rgba", &colour, NULL);
      if (set)
        found = fabs ((double) colour->alpha - alpha) < 1e-3;
    }

  return found;
}

static void
test_worths (void)
{
  const char *text = "one two three four five";
  const double some[] = { 3, NAN, NAN, 0.1, -3 };
  const double all[] = { 3, 0.2, -1, 0.1, -3 };
  g_autoptr (GtkCssProvider) provider = colours_new ();
  UtPrediction prediction;

  g_test_summary ("Words are tinted by worths; one that has none yet keeps its tint, paler.");

  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  GtkTextBuffer *buffer = get_buffer (view);
  fixture_prediction_init (&prediction, text, changes, G_N_ELEMENTS (changes));
  gtk_text_buffer_set_text (buffer, text, -1);
  ut_review_view_set_answers (view, &prediction, text, NULL);
  g_assert_true (has_tint (view, 0, 1));
  g_assert_true (has_tint (view, 4, 1));
  g_assert_cmpuint (count_tints (buffer, 8), ==, 0);

  ut_review_view_set_answers (view, &prediction, text, some);
  g_assert_true (has_tint (view, 0, 1));
  g_assert_true (has_tint (view, 4, 0.45));
  g_assert_cmpuint (count_tints (buffer, 8), ==, 0);
  g_assert_cmpuint (count_tints (buffer, 14), ==, 0);
  g_assert_true (has_tint (view, 19, 1));

  ut_review_view_set_worths (view, all, G_N_ELEMENTS (all));
  g_assert_cmpuint (count_tints (buffer, 4), ==, 0);
  g_assert_true (has_tint (view, 8, 1));

  /* What is not known any more pales where it is. */
  ut_review_view_set_worths (view, some, G_N_ELEMENTS (some));
  g_assert_true (has_tint (view, 8, 0.45));
  g_assert_true (has_tint (view, 0, 1));

  fixture_prediction_clear (&prediction);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_only_changes (void)
{
  const char *text = "one two three four five";
  const double other[] = { 0.6, -5, 0, -2.4, -1.2 };
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  UtPrediction first, second;
  guint n = 0;

  g_test_summary ("An answer that differs in one word touches the tags of that word only.");

  fixture_prediction_init (&first, text, changes, G_N_ELEMENTS (changes));
  fixture_prediction_init (&second, text, other, G_N_ELEMENTS (other));
  gtk_text_buffer_set_text (get_buffer (view), text, -1);
  ut_review_view_set_answers (view, &first, text, NULL);

  g_signal_connect_swapped (get_buffer (view), "apply-tag", G_CALLBACK (count_cb), &n);
  g_signal_connect_swapped (get_buffer (view), "remove-tag", G_CALLBACK (count_cb), &n);
  ut_review_view_set_answers (view, &first, text, NULL);
  g_assert_cmpuint (n, ==, 0);

  /* One tint goes, another one and the mark of words that pull to negative come. */
  ut_review_view_set_answers (view, &second, text, NULL);
  g_assert_cmpuint (n, ==, 3);

  fixture_prediction_clear (&first);
  fixture_prediction_clear (&second);
}

static void
type_text (GtkTextBuffer *buffer,
           const char    *text)
{
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
answer (UtReviewView *view,
        double        first_change)
{
  g_autofree char *text = ut_review_view_dup_text (view);
  UtPrediction prediction;

  fixture_prediction_init (&prediction, text, &first_change, 1);
  ut_review_view_set_answers (view, &prediction, text, NULL);
  fixture_prediction_clear (&prediction);
}

static void
test_undo (void)
{
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  GtkTextBuffer *buffer = get_buffer (view);

  g_test_summary ("Type, undo, let an answer arrive, redo: the history is still there.");

  type_text (buffer, "not good");
  answer (view, 1);
  type_text (buffer, " at all");
  answer (view, -1);

  gtk_text_buffer_undo (buffer);
  answer (view, 2);
  g_assert_true (gtk_text_buffer_get_can_redo (buffer));
  gtk_text_buffer_redo (buffer);

  g_autofree char *text = ut_review_view_dup_text (view);
  g_assert_cmpstr (text, ==, "not good at all");
  answer (view, 0.6);
  g_assert_true (gtk_text_buffer_get_can_undo (buffer));
}

static void
press (UtReviewView *view,
       const char   *key)
{
  GtkTextBuffer *buffer = get_buffer (view);

  if (g_str_equal (key, "undo"))
    gtk_text_buffer_undo (buffer);
  else if (g_str_equal (key, "redo"))
    gtk_text_buffer_redo (buffer);
  else
    type_text (buffer, key);
}

static void
test_history (void)
{
  /* Each after the one before; the text that is to come out. */
  const char * const keys[][2] = {
    { "not", "not" }, { " good", "not good" }, { ".\n", "not good.\n" },
    { "Not 👍🏽", "not good.\nNot 👍🏽" }, { "undo", "not good.\n" }, { "undo", "not good" },
    { "redo", "not good.\n" }, { "redo", "not good.\nNot 👍🏽" }, { "undo", "not good.\n" },
    { "undo", "not good" }, { "undo", "not" }, { "undo", "" }, { "redo", "not" },
    { "redo", "not good" },
  };
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));

  g_test_summary ("Whatever arrives between two keys, answers, worths piece by piece or colours "
                  "taken away, each undo and redo does what it would do without.");

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      press (view, keys[i][0]);
      g_autofree char *text = ut_review_view_dup_text (view);
      g_assert_cmpstr (text, ==, keys[i][1]);

      UtPrediction prediction;
      const double *none = (const double[]) { NAN, NAN, NAN, NAN, NAN, NAN };
      const double *some = (const double[]) { 2, NAN, -3, NAN, 1, NAN };
      fixture_prediction_init (&prediction, text, changes, G_N_ELEMENTS (changes));
      ut_review_view_set_answers (view, &prediction, text, none);
      ut_review_view_set_worths (view, some, prediction.n_words);
      ut_review_view_set_tinted (view, FALSE);
      ut_review_view_set_tinted (view, TRUE);
      ut_review_view_set_stale (view, i % 2 == 0);
      fixture_prediction_clear (&prediction);
    }
}

static void
test_foreign_tags (void)
{
  const char *text = "one two";
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  GtkTextBuffer *buffer = get_buffer (view);
  GtkTextIter start, end, target;

  g_test_summary ("Text that is copied within the buffer comes without tints.");

  gtk_text_buffer_set_text (buffer, text, -1);
  answer (view, 2);
  g_assert_cmpuint (count_tints (buffer, 0), ==, 1);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  target = end;
  gtk_text_buffer_insert_range (buffer, &target, &start, &end);
  g_autofree char *doubled = ut_review_view_dup_text (view);
  g_assert_cmpstr (doubled, ==, "one twoone two");
  g_assert_cmpuint (count_tints (buffer, 5), ==, 1);
  g_assert_cmpuint (count_tints (buffer, 8), ==, 0);
}

static void
test_caret (void)
{
  const char *text = "A bc. D e f.";
  const UtWordAnswer words[] = {
    { 0, 1, "a", .known = TRUE }, { 2, 4, "bc", .known = TRUE }, { 4, 5, ".", .known = TRUE },
    { 6, 7, "d", .known = TRUE }, { 8, 9, "e", .known = TRUE }, { 10, 11, "f", .known = TRUE },
    { 11, 12, ".", .known = TRUE },
  };
  const UtSentenceAnswer sentences[] = { { 0, 5, 0, 3, .probability = 0.5 },
                                         { 6, 12, 3, 4, .probability = 0.5 } };
  const UtPrediction prediction = { sentences, 2, words, G_N_ELEMENTS (words),
                                    .probability = 0.5 };
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  GtkTextBuffer *buffer = get_buffer (view);
  GtkTextIter iter;
  guint n_sentence = 0;
  guint n_word = 0;

  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_start_iter (buffer, &iter);
  gtk_text_buffer_place_cursor (buffer, &iter);
  ut_review_view_set_answers (view, &prediction, text, NULL);
  g_assert_cmpint (ut_review_view_get_sentence (view), ==, 0);
  g_assert_cmpint (ut_review_view_get_word (view), ==, 0);

  g_signal_connect_swapped (view, "notify::sentence", G_CALLBACK (count_cb), &n_sentence);
  g_signal_connect_swapped (view, "notify::word", G_CALLBACK (count_cb), &n_word);
  ut_review_view_set_word (view, 4);
  g_assert_cmpint (ut_review_view_get_sentence (view), ==, 1);
  g_assert_cmpuint (n_sentence, ==, 1);
  g_assert_cmpuint (n_word, ==, 1);
  ut_review_view_set_word (view, 4);
  ut_review_view_set_sentence (view, 2);
  ut_review_view_set_sentence (view, -1);
  g_assert_cmpuint (n_sentence + n_word, ==, 2);

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 8);

  /* Spans follow the text until the next answer. */
  gtk_text_buffer_get_start_iter (buffer, &iter);
  gtk_text_buffer_insert (buffer, &iter, "Oh. ", -1);
  g_assert_cmpint (ut_review_view_get_word (view), ==, 4);
  ut_review_view_set_sentence (view, 0);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 4);
}

static void
test_tooltips (void)
{
  const char *text = "gut xu qux film";
  const struct
  {
    int caret;
    gboolean tip;
  } cases[] = { { 0, FALSE }, { 4, TRUE }, { 5, TRUE }, { 6, FALSE }, { 7, TRUE }, { 11, FALSE },
                { 15, FALSE } };
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  UtPrediction prediction;

  g_test_summary ("Words that are guessed or unknown have a tooltip, others and spaces have none.");

  fixture_prediction_init (&prediction, text, changes, G_N_ELEMENTS (changes));
  gtk_text_buffer_set_text (get_buffer (view), text, -1);
  ut_review_view_set_answers (view, &prediction, text, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkTextIter iter;
      gboolean tip = FALSE;

      gtk_text_buffer_get_iter_at_offset (get_buffer (view), &iter, cases[i].caret);
      gtk_text_buffer_place_cursor (get_buffer (view), &iter);
      g_signal_emit_by_name (view, "query-tooltip", 0, 0, TRUE, tooltip, &tip);
      g_assert_true (tip == cases[i].tip);
    }

  fixture_prediction_clear (&prediction);
}

static GArray *
many_spans_new (guint n,
                int   step)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (UtWordSpan));

  for (guint i = 0; i < n; i++)
    {
      UtWordSpan span = { .start = 6 * i, .end = 6 * i + 5, .step = step,
                          .mark = (UtWordMark) (i % UT_WORD_N_MARKS) };

      g_array_append_val (spans, span);
    }

  return spans;
}

static GtkTextBuffer *
long_buffer_new (guint n_words)
{
  GtkTextBuffer *buffer = gtk_text_buffer_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append (text, i % 100 == 99 ? "about\n" : "words ");
  gtk_text_buffer_set_text (buffer, text->str, -1);

  return buffer;
}

static void
test_slices (void)
{
  g_autoptr (GtkTextBuffer) buffer = long_buffer_new (UT_WORD_TINTED_MAX);
  g_autoptr (UtWordPainter) painter = ut_word_painter_new (buffer);
  GtkTextIter iter;

  g_test_summary ("Painting goes on in idle time, and an edit in between leaves no tag where "
                  "none belongs.");

  ut_word_painter_paint (painter, many_spans_new (UT_WORD_TINTED_MAX, 3));
  ITER_UNTIL (!ut_word_painter_is_busy (painter));
  for (guint i = 0; i < UT_WORD_TINTED_MAX; i += 500)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &iter, (int) (6 * i));
      g_assert_true (gtk_text_iter_starts_tag (&iter, ut_word_painter_get_tag (painter, 3, FALSE)));
      for (guint mark = UT_WORD_MARK_GUESSED; mark < UT_WORD_N_MARKS; mark++)
        g_assert_true (gtk_text_iter_has_tag (&iter, ut_word_painter_get_mark_tag (painter, mark))
                       == (i % UT_WORD_N_MARKS == mark));
    }

  ut_word_painter_paint (painter, many_spans_new (UT_WORD_TINTED_MAX, -2));
  gtk_text_buffer_get_start_iter (buffer, &iter);
  gtk_text_buffer_insert (buffer, &iter, "words ", -1);
  g_assert_false (ut_word_painter_is_busy (painter));
  ut_word_painter_paint (painter, many_spans_new (UT_WORD_TINTED_MAX, 1));
  ITER_UNTIL (!ut_word_painter_is_busy (painter));

  for (guint i = 0; i < UT_WORD_TINTED_MAX; i += 251)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &iter, (int) (6 * i));
      for (int step = -UT_WORD_STEPS; step <= UT_WORD_STEPS; step++)
        {
          if (step != 0)
            g_assert_cmpint (gtk_text_iter_has_tag (&iter, ut_word_painter_get_tag (painter, step, FALSE)),
                             ==, step == 1);
        }
      g_assert_false (gtk_text_iter_has_tag (&iter, ut_word_painter_get_negative_tag (painter, FALSE)));
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 6 * UT_WORD_TINTED_MAX);
  g_assert_false (gtk_text_iter_has_tag (&iter, ut_word_painter_get_tag (painter, -2, FALSE)));
}

static void
test_buffer_goes_first (void)
{
  GtkTextBuffer *buffer = gtk_text_buffer_new (NULL);
  UtWordPainter *painter = ut_word_painter_new (buffer);

  g_object_unref (buffer);
  ut_word_painter_free (painter);
}

/* Shows @view, which scrolls, in a window to be destroyed. */
static GtkWidget *
show_in_window (UtReviewView *view)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (view));
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 400);
  gtk_window_present (GTK_WINDOW (window));
  ITER_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (view)) &&
              gtk_widget_get_width (GTK_WIDGET (view)) > 0);

  return window;
}

/* Has @text answered, until the word at @offset is tinted. */
static void
answer_text (UtReviewView *view,
             const char   *text,
             int           offset)
{
  GtkTextBuffer *buffer = get_buffer (view);
  gint64 slowest = 0;

  gtk_text_buffer_set_text (buffer, text, -1);
  answer (view, 2);
  while (count_tints (buffer, offset) == 0)
    {
      gint64 start = g_get_monotonic_time ();

      g_main_context_iteration (NULL, TRUE);
      slowest = MAX (slowest, g_get_monotonic_time () - start);
    }
  g_test_message ("slowest dispatch: %.1f ms", (double) slowest / 1000);
}

static void
test_limit (void)
{
  UtReviewView *view = UT_REVIEW_VIEW (ut_review_view_new ());
  GtkWidget *window = show_in_window (view);
  GtkTextBuffer *buffer = get_buffer (view);
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_summary ("200,000 characters: the first 10,000 words are tinted, the rest is not.");

  for (guint i = 0; i < 33334; i++)
    g_string_append (text, i % 100 == 99 ? "about\n" : "words ");
  answer_text (view, text->str, 6 * (UT_WORD_TINTED_MAX - 1));

  g_assert_cmpuint (count_tints (buffer, 6 * (UT_WORD_TINTED_MAX - 1)), ==, 1);
  g_assert_cmpuint (count_tints (buffer, 6 * UT_WORD_TINTED_MAX), ==, 0);
  g_assert_cmpuint (count_tints (buffer, 199000), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The bytes of the longest line. */
static int
measure_lines (GtkTextBuffer *buffer)
{
  int longest = 0;

  for (int i = 0; i < gtk_text_buffer_get_line_count (buffer); i++)
    {
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_line (buffer, &iter, i);
      longest = MAX (longest, gtk_text_iter_get_bytes_in_line (&iter));
    }

  return longest;
}

/* Pango goes through all of a paragraph's tags for each of its lines. */
static void
test_long_paragraph (void)
{
  UtReviewView *view = UT_REVIEW_VIEW (ut_review_view_new ());
  GtkWidget *window = show_in_window (view);
  GtkTextBuffer *buffer = get_buffer (view);
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_summary ("A paragraph of 200,000 characters, made by hand, is not tinted, the one after it "
                  "is.");

  for (guint i = 0; i < 33334; i++)
    g_string_append (text, i % 100 == 99 || i == 33000 ? "about\n" : "words ");
  gtk_text_buffer_set_text (buffer, text->str, -1);
  for (guint i = 0; i < 330; i++)
    {
      GtkTextIter start, end;

      gtk_text_buffer_get_iter_at_line (buffer, &start, 0);
      gtk_text_iter_forward_to_line_end (&start);
      end = start;
      gtk_text_iter_forward_char (&end);
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert (buffer, &start, " ", 1);
    }
  g_assert_cmpint (measure_lines (buffer), >, 190000);
  answer (view, 2);
  ITER_UNTIL (count_tints (buffer, 6 * 33300) > 0);

  g_assert_cmpuint (ut_review_view_get_n_in_reach (view), ==, 333);
  g_assert_cmpuint (count_tints (buffer, 0), ==, 0);
  g_assert_cmpuint (count_tints (buffer, 6 * 33000), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_long_line (void)
{
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  GtkTextBuffer *buffer = get_buffer (view);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTextIter start, end;

  g_test_summary ("A megabyte in one line is broken between sentences as it comes, and the history "
                  "keeps to what was there.");

  while (text->len < 1 << 20)
    g_string_append (text, "The film is good. It is not bad at all. ");
  gtk_text_buffer_insert_at_cursor (buffer, text->str, -1);
  g_assert_cmpint (measure_lines (buffer), <=, 2001);
  g_autofree char *folded = ut_review_view_dup_text (view);
  for (const char *c = strchr (folded, '\n'); c != NULL; c = strchr (c + 1, '\n'))
    {
      g_assert_true (c[-2] == '.' && c[-1] == ' ');
      g_assert_true (c[1] == 'T' || c[1] == 'I');
    }
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==,
                   (int) text->len + gtk_text_buffer_get_line_count (buffer) - 1);

  gtk_text_buffer_undo (buffer);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
  gtk_text_buffer_redo (buffer);
  g_autofree char *again = ut_review_view_dup_text (view);
  g_assert_cmpstr (again, ==, folded);

  /* Lines that were joined by hand come back as they were. */
  gtk_text_buffer_get_iter_at_line (buffer, &start, 0);
  gtk_text_iter_forward_to_line_end (&start);
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_delete (buffer, &start, &end);
  g_autofree char *joined = ut_review_view_dup_text (view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_undo (buffer);
  g_autofree char *back = ut_review_view_dup_text (view);
  g_assert_cmpstr (back, ==, joined);
  gtk_text_buffer_undo (buffer);
  g_autofree char *parted = ut_review_view_dup_text (view);
  g_assert_cmpstr (parted, ==, folded);
}

static void
test_paste (void)
{
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  GtkWidget *window = gtk_window_new ();
  GtkTextBuffer *buffer = get_buffer (view);
  g_autofree char *text = NULL;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (view)), "pasted “text”");
  gtk_text_buffer_set_text (buffer, "was here", -1);
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  g_signal_emit_by_name (view, "paste-clipboard");
  ITER_UNTIL (gtk_text_buffer_get_char_count (buffer) == 13);
  text = ut_review_view_dup_text (view);
  g_assert_cmpstr (text, ==, "pasted “text”");

  gtk_text_buffer_undo (buffer);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 8);

  /* A paste that is under way when the view goes must not touch it. */
  g_signal_emit_by_name (view, "paste-clipboard");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_paste_invalid (void)
{
  const char bytes[] = "good \xff\xfe film \xc3";
  g_autoptr (UtReviewView) view = UT_REVIEW_VIEW (g_object_ref_sink (ut_review_view_new ()));
  g_autoptr (GBytes) content = g_bytes_new_static (bytes, sizeof bytes - 1);
  g_autoptr (GdkContentProvider) provider =
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", content);
  GtkWidget *window = gtk_window_new ();
  GtkTextBuffer *buffer = get_buffer (view);

  g_test_summary ("Bytes that are no UTF-8 are pasted as signs for what cannot be read.");

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (view)), provider);
  g_signal_emit_by_name (view, "paste-clipboard");
  ITER_UNTIL (gtk_text_buffer_get_char_count (buffer) > 0);
  g_autofree char *text = ut_review_view_dup_text (view);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_prefix (text, "good "));
  g_assert_nonnull (strstr (text, " film "));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!fixture_has_display ())
    return 0;

  g_test_add_func ("/review-view/lifecycle", test_lifecycle);
  g_test_add_func ("/review-view/endless-word", test_endless_word);
  g_test_add_func ("/review-view/tints", test_tints);
  g_test_add_func ("/review-view/only-changes", test_only_changes);
  g_test_add_func ("/review-view/worths", test_worths);
  g_test_add_func ("/review-view/undo", test_undo);
  g_test_add_func ("/review-view/history", test_history);
  g_test_add_func ("/review-view/foreign-tags", test_foreign_tags);
  g_test_add_func ("/review-view/caret", test_caret);
  g_test_add_func ("/review-view/tooltips", test_tooltips);
  g_test_add_func ("/review-view/slices", test_slices);
  g_test_add_func ("/review-view/buffer-goes-first", test_buffer_goes_first);
  g_test_add_func ("/review-view/limit", test_limit);
  g_test_add_func ("/review-view/long-paragraph", test_long_paragraph);
  g_test_add_func ("/review-view/long-line", test_long_line);
  g_test_add_func ("/review-view/paste", test_paste);
  g_test_add_func ("/review-view/paste-invalid", test_paste_invalid);

  return g_test_run ();
}
