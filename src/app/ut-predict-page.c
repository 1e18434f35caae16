/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-page.h"

#include "ut-choice-setting.h"
#include "ut-predict-bar.h"
#include "ut-predict-reader.h"
#include "ut-predict-row.h"
#include "ut-predict-sentence.h"
#include "ut-predict-verdict.h"
#include "ut-review-view.h"
#include "ut-run-text.h"
#include "ut-word-painter.h"
#include "ut-word-sample.h"
#include "ut-word-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <ut-plot-swatch.h>
#include <ut-word-curve.h>

/* Below this width the answers stand under the text instead of beside it. */
#define NARROW_WIDTH 760
/* Below this width the choices stand under the name of the run. */
#define TIGHT_WIDTH 640

struct _UtPredictPage
{
  GtkWidget parent_instance;

  GtkStack *pages;
  AdwStatusPage *waiting_page;
  GtkBox *toolbar;
  UtPlotSwatch *run_swatch;
  GtkLabel *run_name;
  GtkLabel *run_summary;
  GtkDropDown *reading_choice;
  GtkDropDown *colour_choice;
  GtkDropDown *order_choice;
  GtkPaned *inner;
  UtReviewView *view;
  GtkWidget *placeholder;
  GtkLabel *limit_label;
  GtkWidget *legend;
  GtkWidget *unknown_sample;
  GtkWidget *guessed_sample;
  GtkWidget *answers;
  GtkLabel *verdict;
  UtPredictBar *bar;
  GtkWidget *note;
  GtkLabel *note_label;
  GtkWidget *list_box;
  GtkListView *list;
  GtkSingleSelection *selection;
  GListStore *sentences;
  GtkWidget *words_box;
  GtkLabel *words_label;
  GtkLabel *hint_label;
  UtWordCurve *curve;
  UtWordTable *table;

  UtSession *session; /* (owned) */
  UtPredictReader *reader; /* (owned) */
  GSignalGroup *run_signals; /* (owned) */
  guint narrow_source;
  guint scroll_source;
  int layout; /* 0 wide, 1 narrow, 2 tight */
  gboolean syncing; /* selections follow the caret and must not move it */
  gboolean reads_reviews; /* the model that answered last learned from whole reviews */
};

G_DEFINE_FINAL_TYPE (UtPredictPage, ut_predict_page, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SESSION = 1,
} UtPredictPageProperty;

static GParamSpec *properties[PROP_SESSION + 1];

static void
set_css_class (GtkWidget  *widget,
               const char *name,
               gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* (transfer none) (nullable): the sentence at the caret. */
static const UtSentenceAnswer *
get_sentence (UtPredictPage *self)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (self->reader);
  int index = ut_review_view_get_sentence (self->view);

  if (prediction == NULL || index < 0 || (gsize) index >= prediction->n_sentences)
    return NULL;

  return &prediction->sentences[index];
}

/* Shows which run answers, or why none does. */
static void
update_run (UtPredictPage *self)
{
  UtRun *run = ut_session_get_current (self->session);
  const char *problem = ut_predict_reader_get_problem (self->reader);
  gboolean has_model = ut_predict_reader_get_model (self->reader) != NULL;

  if (run == NULL)
    {
      gtk_stack_set_visible_child_name (self->pages, "no-model");
      return;
    }

  g_autofree char *summary = ut_run_text_dup_summary (run);
  UtRunState state = ut_run_get_state (run);
  ut_plot_swatch_set_style (self->run_swatch, ut_run_get_style (run));
  gtk_label_set_text (self->run_name, ut_run_get_name (run));
  gtk_label_set_text (self->run_summary, summary);

  if (!has_model && (state == UT_RUN_QUEUED || state == UT_RUN_PREPARING))
    {
      adw_status_page_set_title (self->waiting_page, ut_run_get_name (run));
      adw_status_page_set_description (self->waiting_page,
                                       state == UT_RUN_QUEUED
                                         ? _("It waits in the queue. It answers once it trains.")
                                         : _("It reads its data. It answers once it trains."));
      gtk_stack_set_visible_child_name (self->pages, "waiting");
    }
  else if (!has_model && problem != NULL)
    {
      g_autofree char *title = g_strdup_printf (_("%s has no model to ask"),
                                                ut_run_get_name (run));
      g_autofree char *description = g_markup_escape_text (problem, -1);

      adw_status_page_set_title (self->waiting_page, title);
      adw_status_page_set_description (self->waiting_page, description);
      gtk_stack_set_visible_child_name (self->pages, "waiting");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "content");
    }
}

/* Shows how words are marked that the model does not know; one with subwords guesses them all. */
static void
update_legend (UtPredictPage *self)
{
  UtModel *model = ut_predict_reader_get_model (self->reader);
  gboolean guesses = model != NULL && ut_model_get_subwords (model) != NULL;

  gtk_widget_set_visible (self->unknown_sample, !guesses);
  gtk_widget_set_visible (self->guessed_sample, guesses);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->legend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  guesses
                                    ? _("Legend: orange with a wavy line pulls to negative, blue "
                                        "with a straight line pulls to positive, dashes are words "
                                        "guessed from their parts")
                                    : _("Legend: orange with a wavy line pulls to negative, blue "
                                        "with a straight line pulls to positive, dots are unknown "
                                        "words"),
                                  -1);
}

/* Says how the answer at each word came about, where that does not go without saying. */
static void
update_hint (UtPredictPage *self)
{
  UtModel *model = ut_predict_reader_get_model (self->reader);
  const char *hint = model != NULL ? ut_predict_get_hint (ut_model_get_config (model)) : NULL;

  gtk_label_set_text (self->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL);
}

/* Says what the whole text amounts to. */
static void
update_verdict (UtPredictPage *self)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (self->reader);
  const char *problem = ut_predict_reader_get_problem (self->reader);
  g_autofree char *verdict = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *note = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  gsize n_head = 0;

  if (problem != NULL)
    verdict = g_strdup (problem);
  else if (prediction != NULL && *ut_predict_reader_get_text (self->reader) != '\0')
    verdict = ut_predict_verdict_new (prediction, ut_predict_reader_get_reading (self->reader),
                                      &n_head);

  if (n_head > 0)
    {
      PangoAttribute *attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      attribute->end_index = (guint) n_head;
      pango_attr_list_insert (attributes, attribute);
      attribute = pango_attr_scale_new (PANGO_SCALE_LARGE);
      attribute->end_index = (guint) n_head;
      pango_attr_list_insert (attributes, attribute);
    }
  gtk_label_set_attributes (self->verdict, attributes);
  gtk_label_set_text (self->verdict, verdict != NULL ? verdict : _("The verdict appears here."));

  gboolean has_words = prediction != NULL && prediction->n_words > 0;
  if (has_words)
    {
      UtModel *model = ut_predict_reader_get_model (self->reader);
      UtPredictOpinion opinion = ut_predict_opinion (prediction->probability, prediction->n_words,
                                                     prediction->n_unknown);

      ut_predict_bar_set_probability (self->bar, prediction->probability);
      ut_predict_bar_set_dimmed (self->bar, opinion == UT_PREDICT_CANNOT_SAY);
      limit = ut_predict_limit_new (prediction->n_words,
                                    ut_review_view_get_n_in_reach (self->view));
      /* Only the bundled data sets are made up. */
      if (model != NULL && ut_config_get_data (ut_model_get_config (model)) != NULL)
        note = ut_predict_sample_note_new (prediction);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->bar), has_words);
  gtk_widget_set_visible (self->list_box, has_words);
  gtk_label_set_text (self->limit_label, limit != NULL ? limit : "");
  gtk_widget_set_visible (GTK_WIDGET (self->limit_label), limit != NULL);
  gtk_label_set_text (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
}

/* Selects the word at the caret in table and curve. */
static void
follow_word (UtPredictPage *self)
{
  const UtSentenceAnswer *sentence = get_sentence (self);
  int word = ut_review_view_get_word (self->view);
  int selected = -1;

  if (self->syncing)
    return;

  if (sentence != NULL && word >= (int) sentence->first_word &&
      word < (int) (sentence->first_word + sentence->n_words))
    selected = word - (int) sentence->first_word;

  self->syncing = TRUE;
  ut_word_table_set_selected (self->table, selected);
  ut_word_curve_set_selected (self->curve, selected);
  self->syncing = FALSE;
}

static gboolean
scroll_cb (gpointer data)
{
  UtPredictPage *self = data;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->scroll_source = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);

  return G_SOURCE_REMOVE;
}

/* Selects the row of the sentence at the caret. */
static void
follow_sentence (UtPredictPage *self)
{
  int index = ut_review_view_get_sentence (self->view);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sentences));
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; index >= 0 && i < n && position == GTK_INVALID_LIST_POSITION; i++)
    {
      /* In text order the row is found at once. */
      guint guess = (i + (guint) index) % n;
      g_autoptr (UtPredictSentence) row = g_list_model_get_item (G_LIST_MODEL (self->sentences),
                                                                guess);

      if (ut_predict_sentence_get_index (row) == (guint) index)
        position = guess;
    }

  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->syncing = FALSE;

  /* A list that has just got its rows, or its place, can scroll to one only after its layout. */
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, scroll_cb, self, NULL);
}

/* Shows under the curve what attention each of its words gets, if the model has attention. */
static void
show_attention (UtPredictPage      *self,
                const UtWordAnswer *words,
                gsize               n_words)
{
  g_autofree double *weights = g_new (double, n_words);
  g_autofree char *summary = NULL;
  gsize most = 0;

  if (isnan (words[0].attention))
    {
      g_object_set (self->curve, "summary", NULL, NULL);
      return;
    }

  for (gsize i = 0; i < n_words; i++)
    {
      weights[i] = words[i].attention;
      if (weights[i] > weights[most])
        most = i;
    }
  summary = g_strdup_printf (_("Most attention: “%s”, %.1f %%"), words[most].word,
                             100 * weights[most]);
  ut_word_curve_set_weights (self->curve, weights, n_words);
  g_object_set (self->curve, "summary", summary, NULL);
}

/* Draws the curve over (@n_words) words. */
static void
show_curve (UtPredictPage      *self,
            const UtWordAnswer *words,
            gsize               n_words)
{
  UtRun *run = ut_session_get_current (self->session);
  g_autofree const char **texts = g_new (const char *, n_words);
  g_autofree UtWordMark *marks = g_new (UtWordMark, n_words);
  g_autofree double *probabilities = g_new (double, n_words);

  if (n_words == 0 || run == NULL)
    {
      ut_word_curve_clear (self->curve);
      return;
    }

  for (gsize i = 0; i < n_words; i++)
    {
      texts[i] = words[i].word;
      marks[i] = ut_word_mark_choose (words[i].known, words[i].guessed);
      probabilities[i] = words[i].probability;
    }
  ut_word_curve_set_words (self->curve, texts, marks, n_words);
  ut_word_curve_set_lane (self->curve, 0, ut_run_get_name (run), ut_run_get_style (run),
                          probabilities, n_words);
  show_attention (self, words, n_words);
}

/* Shows the words of the sentence at the caret. */
static void
update_words (UtPredictPage *self)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (self->reader);
  const UtSentenceAnswer *sentence = get_sentence (self);
  const UtWordAnswer *words = NULL;
  gsize n_words = 0;

  if (sentence != NULL && sentence->n_words > 0)
    {
      g_autofree char *label = NULL;

      words = &prediction->words[sentence->first_word];
      n_words = MIN (sentence->n_words, UT_WORD_TABLE_MAX);
      label = g_strdup_printf (_("Sentence %'d of %'u"),
                               ut_review_view_get_sentence (self->view) + 1,
                               (guint) prediction->n_sentences);
      gtk_label_set_text (self->words_label,
                          prediction->n_sentences > 1 ? label : _("Word by word"));
    }
  gtk_widget_set_visible (self->words_box, n_words > 0);

  self->syncing = TRUE;
  ut_word_table_set_words (self->table, words, n_words);
  show_curve (self, words, n_words);
  self->syncing = FALSE;

  follow_word (self);
}

static void
sentence_changed_cb (UtPredictPage *self)
{
  if (self->syncing)
    return;

  follow_sentence (self);
  update_words (self);
}

static void
word_changed_cb (UtPredictPage *self)
{
  if (!self->syncing)
    follow_word (self);
}

/* A model reads as it learned to. What the person chose stays until one answers that learned to read
 * otherwise. */
static void
follow_unit (UtPredictPage *self)
{
  UtModel *model = ut_predict_reader_get_model (self->reader);
  gboolean reviews = model != NULL && ut_model_get_facts (model)->reviews;

  if (model == NULL || reviews == self->reads_reviews)
    return;

  self->reads_reviews = reviews;
  gtk_drop_down_set_selected (self->reading_choice, reviews ? 1 : 0);
}

static void
prediction_cb (UtPredictPage *self)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (self->reader);
  const char *text = ut_predict_reader_get_text (self->reader);
  gboolean strongest_first = gtk_drop_down_get_selected (self->order_choice) == 1;

  self->syncing = TRUE;
  ut_review_view_set_answers (self->view, prediction, text);
  ut_predict_sentences_update (self->sentences, prediction, text, strongest_first);
  self->syncing = FALSE;

  update_run (self);
  update_verdict (self);
  update_legend (self);
  update_hint (self);
  follow_sentence (self);
  update_words (self);
  follow_unit (self);
}

static void
problem_cb (UtPredictPage *self)
{
  update_run (self);
  update_verdict (self);
}

static void
stale_cb (UtPredictPage *self)
{
  gboolean stale = ut_predict_reader_get_stale (self->reader);

  ut_review_view_set_stale (self->view, stale);
  set_css_class (self->answers, "stale", stale);
  set_css_class (self->words_box, "stale", stale);
}

static void
text_changed_cb (UtPredictPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
  ut_predict_reader_set_text (self->reader, ut_review_view_dup_text (self->view));
}

static void
current_run_cb (UtPredictPage *self)
{
  UtRun *run = ut_session_get_current (self->session);

  g_signal_group_set_target (self->run_signals, run);
  ut_predict_reader_set_run (self->reader, run);
  update_run (self);
}

static void
choice_cb (UtPredictPage *self)
{
  ut_predict_reader_set_reading (self->reader,
                                 gtk_drop_down_get_selected (self->reading_choice) == 1
                                   ? UT_READING_WHOLE : UT_READING_SENTENCES);
  ut_review_view_set_tinted (self->view, gtk_drop_down_get_selected (self->colour_choice) == 0);
}

static void
sentence_selected_cb (UtPredictPage *self)
{
  UtPredictSentence *sentence = gtk_single_selection_get_selected_item (self->selection);

  if (!self->syncing && sentence != NULL)
    ut_review_view_set_sentence (self->view, (int) ut_predict_sentence_get_index (sentence));
}

static void
sentence_activated_cb (UtPredictPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Moves the caret to a word of the sentence it is in. */
static void
go_to_word (UtPredictPage *self,
            int            selected)
{
  const UtSentenceAnswer *sentence = get_sentence (self);

  if (!self->syncing && sentence != NULL && selected >= 0)
    ut_review_view_set_word (self->view, (int) sentence->first_word + selected);
}

static void
word_selected_cb (UtPredictPage *self)
{
  go_to_word (self, ut_word_table_get_selected (self->table));
}

static void
curve_selected_cb (UtPredictPage *self)
{
  go_to_word (self, ut_word_curve_get_selected (self->curve));
}

static void
row_setup_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              gpointer                  data)
{
  gtk_list_item_set_child (list_item, ut_predict_row_new ());
}

static void
row_bind_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             gpointer                  data)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);
  UtPredictSentence *sentence = gtk_list_item_get_item (list_item);
  g_autofree char *label = ut_predict_sentence_dup_label (sentence);

  ut_predict_row_set_sentence (UT_PREDICT_ROW (row), sentence);
  /* GTK does not name the row after what it holds. */
  if (gtk_widget_get_parent (row) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
example_cb (GtkButton *button,
            gpointer   data)
{
  UtPredictPage *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, gtk_button_get_label (button), -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
train_cb (UtPredictPage *self)
{
  ut_session_train_sample (self->session);
}

/* Alt+Up and Alt+Down. */
static gboolean
move_sentence_cb (GtkWidget *widget,
                  GVariant  *steps,
                  gpointer   data)
{
  UtPredictPage *self = UT_PREDICT_PAGE (widget);
  int sentence = ut_review_view_get_sentence (self->view);

  if (sentence < 0)
    return FALSE;

  ut_review_view_set_sentence (self->view, sentence + g_variant_get_int32 (steps));

  return TRUE;
}

static gboolean
narrow_cb (gpointer data)
{
  UtPredictPage *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->narrow_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->inner),
                                  width < NARROW_WIDTH ? GTK_ORIENTATION_VERTICAL
                                                       : GTK_ORIENTATION_HORIZONTAL);
  set_css_class (GTK_WIDGET (self->inner), "narrow", width < NARROW_WIDTH);
  /* A position in pixels of the other direction means nothing. */
  g_object_set (self->inner, "position-set", FALSE, NULL);
  /* The name of the run comes before its figures where there is no room for both. */
  gtk_widget_set_visible (GTK_WIDGET (self->run_summary),
                          width >= NARROW_WIDTH || width < TIGHT_WIDTH);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->toolbar),
                                  width < TIGHT_WIDTH ? GTK_ORIENTATION_VERTICAL
                                                      : GTK_ORIENTATION_HORIZONTAL);

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
ut_predict_page_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (GTK_WIDGET (UT_PREDICT_PAGE (widget)->pages));
}

static void
ut_predict_page_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (UT_PREDICT_PAGE (widget)->pages), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

/* Which of the three layouts a width has. */
static int
layout_of_width (int width)
{
  return (width < NARROW_WIDTH) + (width < TIGHT_WIDTH);
}

static void
ut_predict_page_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  UtPredictPage *self = UT_PREDICT_PAGE (widget);
  int layout = layout_of_width (width);

  gtk_widget_allocate (GTK_WIDGET (self->pages), width, height, baseline, NULL);

  /* A layout must not be changed while it is being made. */
  if (layout == self->layout)
    return;
  self->layout = layout;
  if (self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
ut_predict_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ut_predict_page_parent_class)->map (widget);

  ut_predict_reader_set_awake (UT_PREDICT_PAGE (widget)->reader, TRUE);
}

static void
ut_predict_page_unmap (GtkWidget *widget)
{
  ut_predict_reader_set_awake (UT_PREDICT_PAGE (widget)->reader, FALSE);

  GTK_WIDGET_CLASS (ut_predict_page_parent_class)->unmap (widget);
}

static void
ut_predict_page_constructed (GObject *object)
{
  static const char *const readings[] = { "sentences", "whole", NULL };
  static const char *const colours[] = { "change", "nothing", NULL };
  static const char *const orders[] = { "text", "strength", NULL };
  UtPredictPage *self = UT_PREDICT_PAGE (object);
  const struct
  {
    const char *key;
    GtkDropDown *choice;
    const char *const *names;
  } choices[] = {
    { "read-text", self->reading_choice, readings },
    { "color-words", self->colour_choice, colours },
    { "sentence-order", self->order_choice, orders },
  };

  G_OBJECT_CLASS (ut_predict_page_parent_class)->constructed (object);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    ut_choice_setting_bind (ut_session_get_settings (self->session), choices[i].key,
                            choices[i].choice, choices[i].names);
  choice_cb (self);
  g_signal_connect_object (self->order_choice, "notify::selected", G_CALLBACK (prediction_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (self->session, "notify::current", G_CALLBACK (current_run_cb), self,
                           G_CONNECT_SWAPPED);
  current_run_cb (self);
  update_verdict (self);
  update_legend (self);
  update_hint (self);
  update_words (self);
}

static void
ut_predict_page_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch ((UtPredictPageProperty) id)
    {
    case PROP_SESSION:
      g_value_set_object (value, UT_PREDICT_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_predict_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch ((UtPredictPageProperty) id)
    {
    case PROP_SESSION:
      UT_PREDICT_PAGE (object)->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_predict_page_dispose (GObject *object)
{
  UtPredictPage *self = UT_PREDICT_PAGE (object);

  g_clear_handle_id (&self->narrow_source, g_source_remove);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_clear_object (&self->run_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_PREDICT_PAGE);
  g_clear_object (&self->reader);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_predict_page_parent_class)->dispose (object);
}

static void
ut_predict_page_class_init (UtPredictPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ut_predict_page_constructed;
  object_class->get_property = ut_predict_page_get_property;
  object_class->set_property = ut_predict_page_set_property;
  object_class->dispose = ut_predict_page_dispose;
  widget_class->get_request_mode = ut_predict_page_get_request_mode;
  widget_class->measure = ut_predict_page_measure;
  widget_class->size_allocate = ut_predict_page_size_allocate;
  widget_class->map = ut_predict_page_map;
  widget_class->unmap = ut_predict_page_unmap;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, UT_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK,
                                move_sentence_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, GDK_ALT_MASK,
                                move_sentence_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK,
                                move_sentence_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Down, GDK_ALT_MASK,
                                move_sentence_cb, "i", 1);

  g_type_ensure (UT_TYPE_PREDICT_BAR);
  g_type_ensure (UT_TYPE_PREDICT_SENTENCE);
  g_type_ensure (UT_TYPE_REVIEW_VIEW);
  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  g_type_ensure (UT_TYPE_WORD_CURVE);
  g_type_ensure (UT_TYPE_WORD_SAMPLE);
  g_type_ensure (UT_TYPE_WORD_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-predict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, pages);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, waiting_page);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, run_swatch);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, run_name);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, run_summary);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, reading_choice);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, colour_choice);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, order_choice);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, inner);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, view);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, placeholder);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, limit_label);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, legend);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, unknown_sample);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, guessed_sample);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, answers);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, bar);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, note);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, list);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, selection);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, sentences);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, words_label);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, curve);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, table);
  gtk_widget_class_bind_template_callback (widget_class, curve_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, example_cb);
  gtk_widget_class_bind_template_callback (widget_class, sentence_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, sentence_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, train_cb);
  gtk_widget_class_bind_template_callback (widget_class, word_selected_cb);
}

static void
ut_predict_page_init (UtPredictPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (row_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (row_bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);

  self->reader = ut_predict_reader_new ();
  g_signal_connect_object (self->reader, "notify::prediction", G_CALLBACK (prediction_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "notify::problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "notify::stale", G_CALLBACK (stale_cb), self,
                           G_CONNECT_SWAPPED);

  self->run_signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->run_signals, "notify", G_CALLBACK (update_run), self,
                                 G_CONNECT_SWAPPED);

  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::sentence", G_CALLBACK (sentence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::word", G_CALLBACK (word_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reading_choice, "notify::selected", G_CALLBACK (choice_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->colour_choice, "notify::selected", G_CALLBACK (choice_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ut_predict_page_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  return g_object_new (UT_TYPE_PREDICT_PAGE, "session", session, NULL);
}

void
ut_predict_page_ask (UtPredictPage *self,
                     const char    *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_if_fail (UT_IS_PREDICT_PAGE (self));
  g_return_if_fail (text != NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
