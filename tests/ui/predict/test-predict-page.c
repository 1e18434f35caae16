/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "predict-fixture.h"
#include "ut-lane-bar.h"
#include "ut-predict-page.h"
#include "ut-predict-sentence.h"
#include "ut-review-view.h"
#include "ut-sentence-pane.h"
#include "ut-verdict-pane.h"
#include "ut-word-item.h"
#include "ut-word-table.h"
#include "ut-worth-text.h"

#include <adwaita.h>
#include <math.h>
#include <ut-word-curve.h>

typedef struct
{
  UtModel *model;
  UtRunStore *store;
  GSettings *settings;
  UtSession *session;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->model = fixture_model_new ((FixtureParts) GPOINTER_TO_UINT (data));
  fixture->store = fixture_store_new (g_test_get_dir (G_TEST_BUILT));
  fixture->settings = g_settings_new (APPLICATION_ID);
  g_settings_reset (fixture->settings, "read-text");
  g_settings_reset (fixture->settings, "color-words");
  g_settings_reset (fixture->settings, "sentence-order");
  fixture->session = ut_session_new (fixture->store, fixture->settings);
  fixture->page = ut_predict_page_new (fixture->session);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1040, 760);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ITER_UNTIL (gtk_widget_get_mapped (fixture->page));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->store);
  ut_model_unref (fixture->model);
}

/* (transfer none): a part of the page or of one of its panes. */
static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  static const char *const panes[] = { "lane_bar", "verdict_pane", "sentence_pane" };
  const GType types[] = { UT_TYPE_LANE_BAR, UT_TYPE_VERDICT_PANE, UT_TYPE_SENTENCE_PANE };
  GObject *child = gtk_widget_get_template_child (fixture->page, UT_TYPE_PREDICT_PAGE, name);

  for (gsize i = 0; child == NULL && i < G_N_ELEMENTS (panes); i++)
    {
      GObject *pane = gtk_widget_get_template_child (fixture->page, UT_TYPE_PREDICT_PAGE, panes[i]);

      child = gtk_widget_get_template_child (GTK_WIDGET (pane), types[i], name);
    }
  g_assert_nonnull (child);

  return child;
}

static const char *
get_page_name (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (get_child (fixture, "pages"));
}

static const char *
get_verdict (Fixture *fixture)
{
  return gtk_label_get_text (get_child (fixture, "verdict"));
}

static guint
count_sentences (Fixture *fixture)
{
  return g_list_model_get_n_items (get_child (fixture, "sentences"));
}

static void
ask (Fixture    *fixture,
     const char *text,
     guint       n_sentences)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_child (fixture, "view"));
  GtkTextIter start;

  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, fixture->model, "Tiny"));
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  ITER_UNTIL (count_sentences (fixture) == n_sentences);
}

static void
test_finalize (void)
{
  UtRunStore *store = fixture_store_new (g_test_get_dir (G_TEST_BUILT));
  GSettings *settings = g_settings_new (APPLICATION_ID);
  UtSession *session = ut_session_new (store, settings);
  GtkWidget *page = g_object_ref_sink (ut_predict_page_new (session));

  g_assert_finalize_object (page);
  g_assert_finalize_object (session);
  g_object_unref (settings);
  g_object_unref (store);
}

static void
test_empty_states (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_child (fixture, "view"));

  g_assert_cmpstr (get_page_name (fixture), ==, "no-model");

  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, fixture->model, "Tiny"));
  ITER_UNTIL (g_str_equal (get_page_name (fixture), "content"));
  g_assert_cmpstr (gtk_label_get_text (get_child (fixture, "run_name")), ==, "Tiny");
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "placeholder")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "list_box")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "sentence_pane")));

  /* The second of the three sentences to click. */
  GtkWidget *button = gtk_widget_get_last_child (get_child (fixture, "placeholder"));
  g_signal_emit_by_name (gtk_widget_get_prev_sibling (button), "clicked");
  ITER_UNTIL (count_sentences (fixture) == 1);
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "placeholder")));
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "list_box")));
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "sentence_pane")));
  g_assert_nonnull (strstr (get_verdict (fixture), "words"));

  gtk_text_buffer_set_text (buffer, "", -1);
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "placeholder")));
  ITER_UNTIL (count_sentences (fixture) == 0);
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "sentence_pane")));
}

static void
test_selections (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkSingleSelection *selection = get_child (fixture, "selection");
  UtReviewView *view = get_child (fixture, "view");
  UtWordTable *table = get_child (fixture, "table");
  gpointer curve = get_child (fixture, "curve");
  int selected;

  g_test_summary ("Caret, list, table and curve select each other.");

  ask (fixture, "The film is good. The film is bad and dull. Not great.", 3);
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 0);
  g_assert_cmpint (ut_word_table_get_selected (table), ==, 0);

  /* The list moves the caret. */
  gtk_single_selection_set_selected (selection, 1);
  g_assert_cmpint (ut_review_view_get_sentence (view), ==, 1);
  g_assert_cmpint (ut_review_view_get_word (view), ==, 5);
  g_assert_cmpint (ut_word_table_get_selected (table), ==, 0);

  /* So does the table, and the curve follows. */
  ut_word_table_set_selected (table, 3);
  g_assert_cmpint (ut_review_view_get_word (view), ==, 8);
  g_object_get (curve, "selected", &selected, NULL);
  g_assert_cmpint (selected, ==, 3);

  /* So does the curve. */
  g_object_set (curve, "selected", 5, NULL);
  g_assert_cmpint (ut_review_view_get_word (view), ==, 10);
  g_assert_cmpint (ut_word_table_get_selected (table), ==, 5);

  /* The caret moves all of them. */
  ut_review_view_set_sentence (view, 2);
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 2);
  g_assert_cmpint (ut_word_table_get_selected (table), ==, 0);

  /* And the list finds its row again in another order. */
  gtk_drop_down_set_selected (get_child (fixture, "order_choice"), 1);
  g_autoptr (UtPredictSentence) row =
    g_list_model_get_item (G_LIST_MODEL (selection), gtk_single_selection_get_selected (selection));
  g_assert_cmpuint (ut_predict_sentence_get_index (row), ==, 2);
}

static void
test_list_scrolls (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_child (fixture, "view"));
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (get_child (fixture, "list"));
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_summary ("The row of the sentence at the caret is in sight from the first answer on.");

  for (int i = 0; i < 60; i++)
    g_string_append (text, "The film is good. ");
  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, fixture->model, "Tiny"));
  gtk_text_buffer_insert_at_cursor (buffer, text->str, -1);
  ITER_UNTIL (count_sentences (fixture) == 60);
  ITER_UNTIL (gtk_adjustment_get_value (adjustment) > 0);
}

static void
test_spaces (Fixture       *fixture,
             gconstpointer  data)
{
  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, fixture->model, "Tiny"));
  ITER_UNTIL (g_str_equal (get_page_name (fixture), "content"));
  g_assert_cmpstr (get_verdict (fixture), ==, "The verdict appears here.");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (get_child (fixture, "view")), " \n ", -1);
  ITER_UNTIL (g_str_equal (get_verdict (fixture), "There is no word to read yet."));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "list_box")));
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  GListModel *sentences = get_child (fixture, "sentences");
  double before = INFINITY;

  ask (fixture, "The film is good. The film is bad and dull. Not great. Dull.", 4);
  g_settings_set_string (fixture->settings, "sentence-order", "strength");
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (UtPredictSentence) sentence = g_list_model_get_item (sentences, i);
      double strength = fabs (ut_predict_sentence_get_probability (sentence) - 0.5);

      g_assert_cmpfloat (strength, <=, before);
      before = strength;
    }

  gtk_drop_down_set_selected (get_child (fixture, "order_choice"), 0);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (UtPredictSentence) sentence = g_list_model_get_item (sentences, i);

      g_assert_cmpuint (ut_predict_sentence_get_index (sentence), ==, i);
    }
  g_autofree char *setting = g_settings_get_string (fixture->settings, "sentence-order");
  g_assert_cmpstr (setting, ==, "text");
}

static void
test_order_of_old (Fixture       *fixture,
                   gconstpointer  data)
{
  GListModel *sentences = get_child (fixture, "sentences");

  g_test_summary ("Sentences ordered while the text has changed are still those of the old text.");

  ask (fixture, "Good. The film is good. The film is bad and dull.", 3);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (get_child (fixture, "view")), "A", -1);
  gtk_drop_down_set_selected (get_child (fixture, "order_choice"), 1);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (UtPredictSentence) sentence = g_list_model_get_item (sentences, i);
      const char *excerpts[] = { "Good.", "The film is good.", "The film is bad and dull." };

      g_assert_cmpstr (ut_predict_sentence_get_excerpt (sentence), ==,
                       excerpts[ut_predict_sentence_get_index (sentence)]);
    }
  ITER_UNTIL (count_sentences (fixture) == 1);
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  ask (fixture, "The film is good. The film is bad.", 2);
  gtk_drop_down_set_selected (get_child (fixture, "reading_choice"), 1);
  ITER_UNTIL (count_sentences (fixture) == 1);
  g_assert_nonnull (strstr (get_verdict (fixture), "the whole text read as one sentence"));
}

static void
test_reviews (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtModel) other = fixture_model_new (FIXTURE_PLAIN);
  UtRun *run;

  g_test_summary ("A model reads as it learned to, until the person says otherwise");

  ask (fixture, "The film is good. The film is bad.", 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (get_child (fixture, "reading_choice")), ==, 1);
  gtk_drop_down_set_selected (get_child (fixture, "reading_choice"), 0);
  ITER_UNTIL (count_sentences (fixture) == 2);
  gtk_drop_down_set_selected (get_child (fixture, "reading_choice"), 1);
  ITER_UNTIL (count_sentences (fixture) == 1);

  run = ut_run_store_add_model (fixture->store, other, "Other");
  ut_session_set_current (fixture->session, run);
  ITER_UNTIL (count_sentences (fixture) == 2);
  g_assert_cmpuint (gtk_drop_down_get_selected (get_child (fixture, "reading_choice")), ==, 0);
}

static void
test_unknown (Fixture       *fixture,
              gconstpointer  data)
{
  ask (fixture, "Zork blargh the xyzzy.", 1);
  g_assert_cmpstr (get_verdict (fixture), ==, "Cannot say: 3 of 5 words are unknown to this model");
  /* The model's data are the bundled ones, by default. */
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "note")));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (get_child (fixture, "view")), "The film.",
                            -1);
  ITER_UNTIL (g_str_has_suffix (get_verdict (fixture), "All 3 words are known."));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "note")));
}

static void
test_guessed (Fixture       *fixture,
              gconstpointer  data)
{
  gboolean guesses = (GPOINTER_TO_UINT (data) & FIXTURE_SUBWORDS) != 0;
  GtkWidget *legend = get_child (fixture, "legend");
  GListModel *words;

  g_test_summary ("A model with subwords guesses what others do not know; legend, verdict and "
                  "table say so.");

  ask (fixture, "The film is zorky.", 1);
  g_assert_true (g_str_has_suffix (get_verdict (fixture), guesses
                                     ? "1 of 5 words guessed from their parts (shown dashed)."
                                     : "1 of 5 words unknown (shown dotted)."));
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "guessed_sample")) == guesses);
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "unknown_sample")) == !guesses);
  g_autofree char *label = g_strconcat ("Legend: orange with a wavy line pulls to negative, blue "
                                        "with a straight line pulls to positive, ",
                                        guesses ? "dashes are words guessed from their parts"
                                                : "dots are unknown words",
                                        ". Coloured by: change at this word", NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (legend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       label);

  words = G_LIST_MODEL (gtk_widget_get_template_child (get_child (fixture, "table"),
                                                       UT_TYPE_WORD_TABLE, "words"));
  g_autoptr (UtWordItem) known = g_list_model_get_item (words, 2);
  g_autoptr (UtWordItem) zorky = g_list_model_get_item (words, 3);
  g_autofree char *yes = ut_word_item_dup_known (known);
  g_autofree char *other = ut_word_item_dup_known (zorky);
  g_autofree char *row = ut_word_item_dup_label (zorky);
  g_assert_cmpstr (yes, ==, "yes");
  g_assert_cmpstr (other, ==, guesses ? "from its parts" : "no");
  g_assert_true (g_str_has_suffix (row, guesses ? ", guessed from its parts"
                                                : ", unknown to the model"));

  /* Half of the words and more: only unknown ones keep the model from answering. */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (get_child (fixture, "view")),
                            "Zork blargh film.", -1);
  ITER_UNTIL (strstr (get_verdict (fixture), " 4 words") != NULL);
  g_assert_true (g_str_has_prefix (get_verdict (fixture), "Cannot say") == !guesses);
}

static gboolean
has_attention (Fixture *fixture)
{
  GtkColumnViewColumn *column =
    GTK_COLUMN_VIEW_COLUMN (gtk_widget_get_template_child (get_child (fixture, "table"),
                                                           UT_TYPE_WORD_TABLE,
                                                           "attention_column"));

  return gtk_column_view_column_get_visible (column);
}

static void
test_attention (Fixture       *fixture,
                gconstpointer  data)
{
  UtModel *plain = fixture_model_new (FIXTURE_PLAIN);
  gpointer curve = get_child (fixture, "curve");
  g_autofree char *reading = NULL;
  g_autofree char *most = NULL;
  g_autofree char *nothing = NULL;
  GListModel *words;
  double sum = 0;

  g_test_summary ("Only a model with attention has bars under the curve and a column for them.");

  ask (fixture, "The film is not dull.", 1);
  g_assert_true (has_attention (fixture));
  ut_review_view_set_word (get_child (fixture, "view"), 3);
  reading = ut_word_curve_dup_reading (curve);
  g_assert_nonnull (strstr (reading, " · attention "));
  g_object_get (curve, "summary", &most, NULL);
  g_assert_true (g_str_has_prefix (most, "Most attention: “"));

  words = G_LIST_MODEL (gtk_widget_get_template_child (get_child (fixture, "table"),
                                                       UT_TYPE_WORD_TABLE, "words"));
  g_assert_cmpuint (g_list_model_get_n_items (words), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (UtWordItem) word = g_list_model_get_item (words, i);
      g_autofree char *attention = ut_word_item_dup_attention (word);
      g_autofree char *ending = g_strconcat (", attention ", attention, NULL);
      g_autofree char *label = ut_word_item_dup_label (word);

      g_assert_true (g_str_has_suffix (attention, " %"));
      g_assert_true (g_str_has_suffix (label, ending));
      sum += g_ascii_strtod (attention, NULL);
    }
  g_assert_cmpfloat_with_epsilon (sum, 100, 0.5);

  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, plain, "Plain"));
  ITER_UNTIL (!has_attention (fixture));
  g_object_get (curve, "summary", &nothing, NULL);
  g_assert_null (nothing);
  ut_model_unref (plain);
}

static GtkColumnViewColumn *
get_named_column (Fixture    *fixture,
                  const char *name)
{
  return GTK_COLUMN_VIEW_COLUMN (gtk_widget_get_template_child (get_child (fixture, "table"),
                                                                UT_TYPE_WORD_TABLE, name));
}

/* Whether the rows of the table have the worths of @sentence by @method, in their column and read
 * out. */
static gboolean
has_worths (Fixture       *fixture,
            const char    *text,
            gsize          sentence,
            UtWorthMethod  method)
{
  g_autoptr (UtPrediction) prediction =
    ut_prediction_new (fixture->model, text, strlen (text), UT_READING_SENTENCES, NULL, NULL);
  g_autoptr (UtExplanation) expected =
    ut_explanation_new (fixture->model, prediction, method, 0, prediction->n_sentences, NULL, NULL,
                        NULL, NULL);
  const UtSentenceAnswer *answer = &prediction->sentences[sentence];
  GListModel *words = G_LIST_MODEL (gtk_widget_get_template_child (get_child (fixture, "table"),
                                                                   UT_TYPE_WORD_TABLE, "words"));

  if (g_list_model_get_n_items (words) != answer->n_words)
    return FALSE;
  for (guint i = 0; i < answer->n_words; i++)
    {
      g_autoptr (UtWordItem) word = g_list_model_get_item (words, i);
      g_autofree char *number = ut_worth_text_dup_number (expected->worths[answer->first_word + i]);
      g_autofree char *label = ut_word_item_dup_label (word);
      g_autofree char *part = NULL;
      g_autofree char *shown = method == UT_WORTH_LEAVE_OUT ? ut_word_item_dup_left_out (word)
                                                            : ut_word_item_dup_gradient (word);

      if (method == UT_WORTH_LEAVE_OUT)
        part = g_strconcat (", left out ", number, NULL);
      else
        part = g_strconcat (", ", ut_worth_method_get_title (method), " ", number, NULL);
      if (!g_str_equal (shown, number) || strstr (label, part) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
test_worths (Fixture       *fixture,
             gconstpointer  data)
{
  const char *text = "The film is good. The film is not bad and dull.";
  GtkDropDown *choice = get_child (fixture, "colour_choice");
  GtkLabel *label = get_child (fixture, "worth_label");
  GtkStack *stack = GTK_STACK (gtk_widget_get_parent (get_child (fixture, "table")));

  g_test_summary ("What words are coloured by is chosen, remembered, said, and stands in the table.");

  ask (fixture, text, 2);
  ut_review_view_set_sentence (get_child (fixture, "view"), 1);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (label), "Coloured by how far the answer"));

  /* Leaving out is asked for where the table is seen, whatever the text is coloured by. */
  g_assert_false (has_worths (fixture, text, 1, UT_WORTH_LEAVE_OUT));
  gtk_stack_set_visible_child_name (stack, "words");
  ITER_UNTIL (has_worths (fixture, text, 1, UT_WORTH_LEAVE_OUT));
  g_assert_true (gtk_column_view_column_get_visible (get_named_column (fixture, "left_out_column")));
  g_assert_false (gtk_column_view_column_get_visible (get_named_column (fixture, "gradient_column")));

  for (guint i = 3; i < 5; i++)
    {
      UtWorthMethod method = i == 3 ? UT_WORTH_GRADIENT : UT_WORTH_INTEGRATED;

      gtk_drop_down_set_selected (choice, i);
      g_autofree char *setting = g_settings_get_string (fixture->settings, "color-words");
      g_assert_cmpstr (setting, ==, ut_worth_method_get_nick (method));
      ITER_UNTIL (has_worths (fixture, text, 1, method));
      g_assert_true (has_worths (fixture, text, 1, UT_WORTH_LEAVE_OUT));
      g_assert_true (gtk_column_view_column_get_visible (get_named_column (fixture, "gradient_column")));
      g_assert_cmpstr (gtk_column_view_column_get_title (get_named_column (fixture,
                                                                           "gradient_column")),
                       ==, i == 3 ? "Gradient × input" : "Integrated gradients");
      ITER_UNTIL (g_str_equal (gtk_label_get_text (label), ut_worth_text_get_meaning (method)));
    }

  /* The other sentence has its own. */
  ut_review_view_set_sentence (get_child (fixture, "view"), 0);
  ITER_UNTIL (has_worths (fixture, text, 0, UT_WORTH_INTEGRATED) &&
              has_worths (fixture, text, 0, UT_WORTH_LEAVE_OUT));

  g_settings_set_string (fixture->settings, "color-words", "leave-out");
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, 1);
  ITER_UNTIL (has_worths (fixture, text, 0, UT_WORTH_LEAVE_OUT));
  g_assert_false (gtk_column_view_column_get_visible (get_named_column (fixture, "gradient_column")));
  g_assert_true (ut_review_view_get_tinted (get_child (fixture, "view")));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_child (fixture, "legend")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Legend: orange with a wavy line pulls to negative, blue "
                                       "with a straight line pulls to positive, dots are unknown "
                                       "words. Coloured by: leaving it out");

  g_settings_set_string (fixture->settings, "color-words", "nothing");
  g_assert_false (ut_review_view_get_tinted (get_child (fixture, "view")));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  ITER_UNTIL (has_worths (fixture, text, 0, UT_WORTH_LEAVE_OUT));
}

static void
test_objection (Fixture       *fixture,
                gconstpointer  data)
{
  UtModel *plain = fixture_model_new (FIXTURE_PLAIN);
  GtkDropDown *choice = get_child (fixture, "colour_choice");
  GtkLabel *label = get_child (fixture, "worth_label");

  g_test_summary ("A model that runs as the notebook's code does has no gradient, and the page says "
                  "so where the colours are explained.");

  g_settings_set_string (fixture->settings, "color-words", "integrated");
  ask (fixture, "The film is good.", 1);
  ITER_UNTIL (g_str_has_prefix (gtk_label_get_text (label), "A model that runs as the notebook"));
  g_assert_false (ut_review_view_get_tinted (get_child (fixture, "view")));

  gtk_drop_down_set_selected (choice, 1);
  g_assert_true (ut_review_view_get_tinted (get_child (fixture, "view")));
  ITER_UNTIL (g_str_equal (gtk_label_get_text (label),
                           ut_worth_text_get_meaning (UT_WORTH_LEAVE_OUT)));
  gtk_drop_down_set_selected (choice, 4);
  g_assert_false (ut_review_view_get_tinted (get_child (fixture, "view")));

  ut_session_set_current (fixture->session,
                          ut_run_store_add_model (fixture->store, plain, "Plain"));
  ITER_UNTIL (g_str_equal (gtk_label_get_text (label),
                           ut_worth_text_get_meaning (UT_WORTH_INTEGRATED)));
  g_assert_true (ut_review_view_get_tinted (get_child (fixture, "view")));
  ut_model_unref (plain);
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  const struct
  {
    const char *text;
    const char *verdict; /* how it begins */
  } cases[] = {
    { " \t\n \u00a0\u3000 ", "There is no word to read yet." },
    { "\u200b\u00ad\ufeff", "There is no word to read yet." },
    { "👍🏽👩‍👩‍👧 🎬", "Cannot say" },
    { "פילם טוב מאוד. سيئ جدا", "Cannot say" },
    { "g\u0301\u0301\u0301o\u0308o\u0308d\u0323 f\u20ddilm", "Cannot say" },
    { "\u202egood\u202c", NULL },
  };
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (get_child (fixture, "view"));

  g_test_summary ("Whatever is typed has an answer in place, by every way to colour it, and can be "
                  "taken back.");

  ask (fixture, "Good film.", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *before = g_strdup (get_verdict (fixture));
      GtkTextIter start, end;

      gtk_drop_down_set_selected (get_child (fixture, "colour_choice"), (guint) i % 5);
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert_at_cursor (buffer, cases[i].text, -1);
      gtk_text_buffer_end_user_action (buffer);
      ITER_UNTIL (cases[i].verdict != NULL ? g_str_has_prefix (get_verdict (fixture),
                                                               cases[i].verdict)
                                           : !g_str_equal (get_verdict (fixture), before));
      g_test_message ("%s", get_verdict (fixture));

      gtk_text_buffer_undo (buffer);
      ITER_UNTIL (g_str_equal (get_verdict (fixture), before));
      g_autofree char *text = ut_review_view_dup_text (get_child (fixture, "view"));
      g_assert_cmpstr (text, ==, "Good film.");
      g_assert_true (gtk_text_buffer_get_can_redo (buffer));
    }
}

static void
test_hint (Fixture       *fixture,
           gconstpointer  data)
{
  const struct
  {
    FixtureParts parts;
    const char *beginning;
  } cases[] = {
    { FIXTURE_BIDIRECTIONAL, "This model reads from both ends: " },
    { FIXTURE_MEAN, "This model averages over the words: " },
    { FIXTURE_ATTENTION, "This model weighs the words: " },
    { FIXTURE_BIDIRECTIONAL | FIXTURE_ATTENTION, "This model reads from both ends: " },
    { FIXTURE_SUBWORDS, NULL },
  };

  g_test_summary ("A line says how the running answer came about, where that is not plain.");

  ask (fixture, "The film is not dull.", 1);
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "hint_label")));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtModel *model = fixture_model_new (cases[i].parts);
      GtkLabel *hint = get_child (fixture, "hint_label");

      ut_session_set_current (fixture->session,
                              ut_run_store_add_model (fixture->store, model, "Other"));
      ITER_UNTIL (gtk_widget_get_visible (GTK_WIDGET (hint)) == (cases[i].beginning != NULL) &&
                  (cases[i].beginning == NULL ||
                   g_str_has_prefix (gtk_label_get_text (hint), cases[i].beginning)));
      ut_model_unref (model);
    }
}

static GtkColumnViewColumn *
get_column (Fixture *fixture,
            guint    position)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (gtk_widget_get_template_child (
      get_child (fixture, "table"), UT_TYPE_WORD_TABLE, "view"));
  g_autoptr (GtkColumnViewColumn) column =
    g_list_model_get_item (gtk_column_view_get_columns (view), position);

  return column;
}

static void
test_lanes (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (UtModel) other = fixture_model_new (FIXTURE_OTHER);
  const char *text = "The film is not good. The film is bad and dull, but great.";
  gpointer curve = get_child (fixture, "curve");
  UtRun *runs[6];
  GListModel *words;

  g_test_summary ("Three shown runs answer beside the current one; text, list, curve and table show "
                  "what each says, in words, too; a click makes one the current run.");

  ask (fixture, text, 2);
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "lane_box")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "button_1")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "disputed_sample")));
  g_assert_false (gtk_column_view_column_get_visible (get_column (fixture, 2)));

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("Other %u", i + 1);

      runs[i] = ut_run_store_add_model (fixture->store, other, name);
    }
  for (guint i = 1; i < 5; i++)
    ut_run_set_shown (runs[i], FALSE);
  ITER_UNTIL (gtk_widget_get_visible (get_child (fixture, "lane_row_2")) &&
              !gtk_widget_get_visible (get_child (fixture, "lane_row_3")) &&
              gtk_column_view_column_get_visible (get_column (fixture, 2)) &&
              gtk_column_view_column_get_visible (get_column (fixture, 3)));
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "button_2")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "button_3")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "more")));
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "disputed_sample")));

  /* The first lane beside the lead is the first of the list. */
  g_autoptr (UtPrediction) lead = ut_prediction_new (fixture->model, text, strlen (text),
                                                     UT_READING_SENTENCES, NULL, NULL);
  g_autoptr (UtPrediction) beside = ut_prediction_new (other, text, strlen (text),
                                                       UT_READING_SENTENCES, NULL, NULL);
  g_autofree char *first = g_strdup (gtk_column_view_column_get_title (get_column (fixture, 2)));
  g_autofree char *second = g_strdup (gtk_column_view_column_get_title (get_column (fixture, 3)));
  g_assert_true (g_str_has_prefix (first, "Other ") && g_str_has_prefix (second, "Other "));

  /* The list: numbers, and all of it in words. */
  g_autoptr (UtPredictSentence) sentence = g_list_model_get_item (get_child (fixture, "sentences"),
                                                                 1);
  g_autofree char *row = ut_predict_sentence_dup_label (sentence);
  g_assert_cmpfloat (ut_predict_sentence_get_lane (sentence, 0)->probability, ==,
                     beside->sentences[1].probability);
  g_autofree char *number = g_strdup_printf (" %.2f, %s ", beside->sentences[1].probability, second);
  g_assert_nonnull (strstr (row, number));

  /* The table and the curve: the answers at each word, and who disagrees. */
  words = G_LIST_MODEL (gtk_widget_get_template_child (get_child (fixture, "table"),
                                                       UT_TYPE_WORD_TABLE, "words"));
  g_assert_cmpuint (g_list_model_get_n_items (words), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (UtWordItem) word = g_list_model_get_item (words, i);
      g_autofree char *value = ut_word_item_dup_lane (word, 0);
      g_autofree char *expected = g_strdup_printf ("%.2f", beside->words[i].probability);
      g_autofree char *label = ut_word_item_dup_label (word);
      g_autofree char *part = g_strdup_printf (", %s %s", first, value);
      double a = lead->words[i].change;
      double b = beside->words[i].change;
      gboolean disputed = fmin (a, b) <= -0.5 && fmax (a, b) >= 0.5;

      g_assert_cmpstr (value, ==, expected);
      g_assert_nonnull (strstr (label, part));
      g_assert_cmpint (ut_word_item_get_disputed (word), ==, disputed);
      g_assert_cmpint (g_str_has_suffix (label, ", models disagree"), ==, disputed);

      ut_review_view_set_word (get_child (fixture, "view"), (int) i);
      g_autofree char *reading = ut_word_curve_dup_reading (curve);
      g_autofree char *told = g_strdup_printf (" · %s: %s", first, value);
      g_assert_nonnull (strstr (reading, told));
      g_assert_cmpint (g_str_has_suffix (reading, " · models disagree"), ==, disputed);
    }

  /* A click: the other model's words and tints, at once. */
  g_signal_emit_by_name (get_child (fixture, "button_1"), "clicked");
  g_assert_cmpstr (gtk_label_get_text (get_child (fixture, "run_name")), ==, first);
  g_autoptr (UtWordItem) word = g_list_model_get_item (words, 3);
  g_assert_cmpfloat (ut_word_item_get_change (word), ==, beside->words[3].change);

  /* More runs than four. */
  for (guint i = 1; i < 5; i++)
    ut_run_set_shown (runs[i], TRUE);
  ITER_UNTIL (gtk_widget_get_visible (get_child (fixture, "more")));
  g_assert_cmpstr (gtk_label_get_text (get_child (fixture, "more_label")), ==, "+ 3 more");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (get_child (fixture, "more_reason")),
                                   "3 shown runs do not answer: "));
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (UtModel) other = fixture_model_new (FIXTURE_OTHER);
  g_autoptr (GtkWidget) page = NULL;
  int minimum = 0;

  g_test_summary ("A page with all lanes fits into a narrow window before it was ever laid out.");

  for (guint i = 0; i < 3; i++)
    ut_run_set_shown (ut_run_store_add_model (fixture->store, other, "Other"), TRUE);
  ask (fixture, "The film is good.", 1);

  page = g_object_ref_sink (ut_predict_page_new (fixture->session));
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, >, 300);
  g_assert_cmpint (minimum, <=, 640);
}

static void
test_lanes_of_units (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (UtModel) other = fixture_model_new (FIXTURE_OTHER);
  GtkDropDown *reading = get_child (fixture, "reading_choice");

  g_test_summary ("All lanes read as the lead learned to; one that learned otherwise says so. Another "
                  "text is not taken for the one that was answered.");

  ask (fixture, "The film is good. The film is bad.", 1);
  UtRun *lead = ut_session_get_current (fixture->session);
  UtRun *run = ut_run_store_add_model (fixture->store, other, "Other");
  ITER_UNTIL (gtk_widget_get_visible (get_child (fixture, "lane_row_1")) &&
              ut_lanes_get_prediction (ut_predict_page_get_lanes (UT_PREDICT_PAGE (fixture->page)),
                                       1) != NULL);
  g_assert_cmpuint (gtk_drop_down_get_selected (reading), ==, 1);
  g_assert_true (g_str_has_suffix (gtk_widget_get_tooltip_text (get_child (fixture, "lane_row_1")),
                                   "It learned from single sentences."));

  /* With a shorter text under way. */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (get_child (fixture, "view")), "Bad. A.", -1);
  ut_session_set_current (fixture->session, run);
  g_assert_cmpuint (gtk_drop_down_get_selected (reading), ==, 0);
  ITER_UNTIL (count_sentences (fixture) == 2);
  ITER_UNTIL (g_str_has_suffix (gtk_widget_get_tooltip_text (get_child (fixture, "lane_row_1")),
                                "It learned from whole reviews."));
  ut_run_set_shown (lead, FALSE);
  ITER_UNTIL (!gtk_widget_get_visible (get_child (fixture, "lane_row_1")));
}

static void
test_lead_waits (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  UtRun *runs[2];

  g_test_summary ("Where the current run waits its lane says so and another one's words are shown.");

  g_assert_true (ut_preset_apply ("quick-look", builder));
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 200);
  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  ask (fixture, "The film is good. The film is bad.", 2);
  for (guint i = 0; i < 2; i++)
    {
      runs[i] = ut_run_store_add (fixture->store, config, NULL, &error);
      g_assert_no_error (error);
    }
  ut_run_set_shown (runs[0], FALSE);
  ut_session_set_current (fixture->session, runs[1]);
  ITER_UNTIL (g_str_has_suffix (get_verdict (fixture),
                                "\nWords and sentences show the answers of Tiny."));
  g_assert_cmpstr (get_page_name (fixture), ==, "content");
  g_assert_true (g_str_has_prefix (get_verdict (fixture), "It waits in the queue. "));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "bar")));
  g_assert_cmpuint (count_sentences (fixture), ==, 2);
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "sentence_pane")));

  /* One that trains answers by the weights of the moment. */
  ut_run_stop (runs[0]);
  ITER_UNTIL (gtk_widget_get_visible (get_child (fixture, "bar")));
  ut_run_stop (runs[1]);
  ITER_UNTIL (!ut_run_is_active (runs[1]));
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  GtkTextBuffer *buffer;

  g_test_summary ("Type, undo, let the model's answer arrive, redo; the focus stays in the text.");

  ask (fixture, "Good.", 1);
  gtk_widget_grab_focus (get_child (fixture, "view"));
  buffer = gtk_text_view_get_buffer (get_child (fixture, "view"));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, "Not bad. ", -1);
  gtk_text_buffer_end_user_action (buffer);
  ITER_UNTIL (count_sentences (fixture) == 2);
  gtk_text_buffer_undo (buffer);
  ITER_UNTIL (count_sentences (fixture) == 1);
  g_assert_true (gtk_text_buffer_get_can_redo (buffer));
  gtk_text_buffer_redo (buffer);
  ITER_UNTIL (count_sentences (fixture) == 2);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == get_child (fixture, "view"));
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *row;

  ask (fixture, "The film is good. Bad.", 2);
  g_assert_cmpint (gtk_accessible_get_accessible_role (get_child (fixture, "verdict")), ==,
                   GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_child (fixture, "view")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Text to read");

  row = gtk_widget_get_first_child (get_child (fixture, "list"));
  g_autoptr (UtPredictSentence) sentence = g_list_model_get_item (get_child (fixture, "sentences"),
                                                                 0);
  g_autofree char *label = ut_predict_sentence_dup_label (sentence);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

/* WCAG 2.1's relative luminance. */
static double
get_luminance (const GdkRGBA *colour)
{
  const double parts[] = { colour->red, colour->green, colour->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (int i = 0; i < 3; i++)
    luminance += weights[i] * (parts[i] <= 0.03928 ? parts[i] / 12.92
                                                   : pow ((parts[i] + 0.055) / 1.055, 2.4));

  return luminance;
}

static double
get_contrast (const GdkRGBA *text,
              const GdkRGBA *ground)
{
  const GdkRGBA mixed = {
    text->alpha * text->red + (1 - text->alpha) * ground->red,
    text->alpha * text->green + (1 - text->alpha) * ground->green,
    text->alpha * text->blue + (1 - text->alpha) * ground->blue,
    1,
  };
  double a = get_luminance (&mixed);
  double b = get_luminance (ground);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
add_style (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat ("/io/github/undertone/Undertone/", name, NULL);

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
test_contrast (gconstpointer data)
{
  gboolean dark = GPOINTER_TO_INT (data);
  gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  g_autoptr (GtkWidget) view = g_object_ref_sink (ut_review_view_new ());
  GtkStyleContext *context = gtk_widget_get_style_context (view);
  double before = 0;
  GdkRGBA text, ground;

  g_test_summary ("Text on every tint has a contrast of 4.5, and the steps differ in lightness.");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  add_style ("predict.css");
  if (dark)
    add_style ("predict-dark.css");
  if (high)
    add_style ("predict-hc.css");
  if (dark && high)
    add_style ("predict-hc-dark.css");

  g_assert_true (gtk_style_context_lookup_color (context, "view_fg_color", &text));
  for (int step = -4; step <= 4; step++)
    {
      g_autofree char *name = g_strdup_printf ("ut_word_%c%d", step < 0 ? 'n' : 'p', ABS (step));

      if (step == 0)
        continue;
      g_assert_true (gtk_style_context_lookup_color (context, name, &ground));
      double contrast = get_contrast (&text, &ground);
      g_test_message ("%s: %.2f", name, contrast);
      g_assert_cmpfloat (contrast, >=, 4.5);
      /* From -4 the contrast rises to the palest tint, from 1 on it falls. */
      if (step != -4 && step != 1)
        g_assert_true (step < 0 ? contrast > before * 1.1 : contrast * 1.1 < before);
      before = contrast;
    }

  /* Lines and legend are seen on the ground of text and window. */
  g_assert_true (gtk_style_context_lookup_color (context, "view_bg_color", &ground));
  for (int i = 0; i < 3; i++)
    {
      const char *names[] = { "ut_word_negative", "ut_word_positive", "ut_word_unknown" };

      g_assert_true (gtk_style_context_lookup_color (context, names[i], &text));
      g_assert_cmpfloat (get_contrast (&text, &ground), >=, 4.5);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!fixture_has_display ())
    return 0;

  g_test_add_func ("/predict-page/finalize", test_finalize);
  g_test_add ("/predict-page/empty-states", Fixture, NULL, set_up, test_empty_states, tear_down);
  g_test_add ("/predict-page/selections", Fixture, NULL, set_up, test_selections, tear_down);
  g_test_add ("/predict-page/list-scrolls", Fixture, NULL, set_up, test_list_scrolls, tear_down);
  g_test_add ("/predict-page/spaces", Fixture, NULL, set_up, test_spaces, tear_down);
  g_test_add ("/predict-page/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/predict-page/order-of-old", Fixture, NULL, set_up, test_order_of_old, tear_down);
  g_test_add ("/predict-page/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/predict-page/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/predict-page/guessed/none", Fixture, NULL, set_up, test_guessed, tear_down);
  g_test_add ("/predict-page/guessed/some", Fixture, GUINT_TO_POINTER (FIXTURE_SUBWORDS), set_up,
              test_guessed, tear_down);
  g_test_add ("/predict-page/reviews", Fixture, GUINT_TO_POINTER (FIXTURE_REVIEWS), set_up,
              test_reviews, tear_down);
  g_test_add ("/predict-page/attention", Fixture, GUINT_TO_POINTER (FIXTURE_ATTENTION), set_up,
              test_attention, tear_down);
  g_test_add ("/predict-page/worths", Fixture, NULL, set_up, test_worths, tear_down);
  g_test_add ("/predict-page/objection", Fixture, GUINT_TO_POINTER (FIXTURE_PADDING), set_up,
              test_objection, tear_down);
  g_test_add ("/predict-page/hostile", Fixture, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/predict-page/hint", Fixture, NULL, set_up, test_hint, tear_down);
  g_test_add ("/predict-page/lanes", Fixture, NULL, set_up, test_lanes, tear_down);
  g_test_add ("/predict-page/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/predict-page/lanes-of-units", Fixture, GUINT_TO_POINTER (FIXTURE_REVIEWS), set_up,
              test_lanes_of_units, tear_down);
  g_test_add ("/predict-page/lead-waits", Fixture, NULL, set_up, test_lead_waits, tear_down);
  g_test_add ("/predict-page/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/predict-page/accessible", Fixture, NULL, set_up, test_accessible, tear_down);
  g_test_add_data_func ("/predict-page/contrast/light", GINT_TO_POINTER (FALSE), test_contrast);
  g_test_add_data_func ("/predict-page/contrast/dark", GINT_TO_POINTER (TRUE), test_contrast);

  return g_test_run ();
}
