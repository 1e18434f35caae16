/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-page.h"

#include "ut-choice-setting.h"
#include "ut-lane-bar.h"
#include "ut-predict-verdict.h"
#include "ut-review-view.h"
#include "ut-sentence-pane.h"
#include "ut-tooltip.h"
#include "ut-verdict-pane.h"
#include "ut-word-actions.h"
#include "ut-word-editor.h"
#include "ut-word-sample.h"
#include "ut-worth-choice.h"
#include "ut-worth-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Below this width the answers stand under the text instead of beside it. */
#define NARROW_WIDTH 760
/* Below this width the choices stand under the name of the run. */
#define TIGHT_WIDTH 640
/* Below this width they stand under several lanes. */
#define LANES_WIDTH 1180

struct _UtPredictPage
{
  GtkWidget parent_instance;

  GtkStack *pages;
  AdwStatusPage *waiting_page;
  GtkBox *toolbar;
  UtLaneBar *lane_bar;
  GtkDropDown *reading_choice;
  GtkDropDown *colour_choice;
  GtkPaned *inner;
  UtReviewView *view;
  GtkWidget *placeholder;
  GtkLabel *limit_label;
  GtkBox *legend;
  GtkWidget *unknown_sample;
  GtkWidget *guessed_sample;
  GtkWidget *disputed_sample;
  GtkLabel *worth_label;
  UtVerdictPane *verdict_pane;
  UtSentencePane *sentence_pane;

  UtSession *session; /* (owned) */
  UtLanes *lanes; /* (owned) */
  UtWorthReader *worths; /* (owned): what words are coloured by */
  UtWordEditor *editor; /* (owned) */
  UtWordActions *word_actions; /* (owned) */
  GSignalGroup *run_signals; /* (owned) */
  guint narrow_source;
  int layout; /* how many of the widths are not reached; -1 before there is a width */
  gboolean answering; /* answers arrive: not all parts of the page know the same ones */
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

/* Whether any lane has a model to ask. */
static gboolean
has_model (UtPredictPage *self)
{
  for (guint i = 0; i < ut_lanes_get_n (self->lanes); i++)
    {
      if (ut_predict_reader_get_model (ut_lanes_get_reader (self->lanes, i)) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* What waits, or has no model. */
static char *
dup_waiting_title (UtPredictPage *self,
                   UtRun         *run)
{
  if (ut_predict_reader_get_problem (ut_lanes_get_lead (self->lanes)) == NULL)
    return g_strdup (ut_run_get_name (run));

  return g_strdup_printf (_("%s has no model to ask"), ut_run_get_name (run));
}

/* Shows the text, or why nobody reads it. */
static void
update_run (UtPredictPage *self)
{
  UtRun *run = ut_session_get_current (self->session);
  g_autofree char *trouble = ut_lanes_dup_trouble (self->lanes, 0);

  if (run == NULL)
    {
      gtk_stack_set_visible_child_name (self->pages, "no-model");
      return;
    }

  if (trouble != NULL && !has_model (self))
    {
      g_autofree char *title = dup_waiting_title (self, run);
      g_autofree char *description = g_markup_escape_text (trouble, -1);

      adw_status_page_set_title (self->waiting_page, title);
      adw_status_page_set_description (self->waiting_page, description);
      gtk_stack_set_visible_child_name (self->pages, "waiting");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "content");
    }
}

/* The reader whose answers the text shows. */
static UtPredictReader *
get_front (UtPredictPage *self)
{
  return ut_lanes_get_reader (self->lanes, ut_lanes_get_front (self->lanes));
}

/* Shows how words are marked that the model does not know, where one with subwords guesses them all,
 * and those that models disagree on. */
static void
update_legend (UtPredictPage *self)
{
  UtModel *model = ut_predict_reader_get_model (get_front (self));
  gboolean guesses = model != NULL && ut_model_get_subwords (model) != NULL;
  gboolean compares = ut_lanes_get_n (self->lanes) > 1;

  gtk_widget_set_visible (self->unknown_sample, !guesses);
  gtk_widget_set_visible (self->guessed_sample, guesses);
  gtk_widget_set_visible (self->disputed_sample, compares);

  UtWorthMethod method;
  gboolean coloured = ut_worth_choice_get_method (self->colour_choice, &method);
  g_autofree char *label = ut_worth_text_new_legend (coloured ? self->worths : NULL, guesses,
                                                     compares);
  g_autofree char *tip = ut_worth_text_new_tip (self->worths);

  ut_tooltip_set (GTK_WIDGET (self->legend), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->legend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* Says what the colours mean, or how far they got. */
static void
update_worth_label (UtPredictPage *self)
{
  UtWorthMethod method;
  gboolean coloured = ut_worth_choice_get_method (self->colour_choice, &method);
  g_autofree char *text = ut_worth_text_new (self->worths,
                                             ut_review_view_get_sentence (self->view));

  gtk_label_set_text (self->worth_label, text);
  ut_tooltip_set (GTK_WIDGET (self->worth_label), text);
  gtk_widget_set_visible (GTK_WIDGET (self->worth_label), coloured);
  ut_review_view_set_tinted (self->view,
                             coloured && ut_worth_reader_get_problem (self->worths) == NULL);
}

/* Some words' worths are others; which words there are is not. */
static void
show_worths (UtPredictPage *self)
{
  gsize n_worths;
  const double *worths = ut_worth_reader_get_worths (self->worths, &n_worths);

  if (worths != NULL)
    ut_review_view_set_worths (self->view, worths, n_worths);
  update_worth_label (self);
  ut_sentence_pane_update_worths (self->sentence_pane);
}

/* Tells which sentences are on the screen. */
static void
scrolled_cb (UtPredictPage *self)
{
  gsize first, last;

  if (ut_review_view_get_in_sight (self->view, &first, &last))
    ut_worth_reader_set_in_sight (self->worths, first, last);
}

/* Nothing is asked while nobody looks. */
static void
set_awake (UtPredictPage *self,
           gboolean       awake)
{
  UtWorthMethod method;

  ut_lanes_set_awake (self->lanes, awake);
  ut_worth_reader_set_awake (self->worths,
                             awake && ut_worth_choice_get_method (self->colour_choice, &method));
}

static void
sentence_changed_cb (UtPredictPage *self)
{
  int sentence = ut_review_view_get_sentence (self->view);

  if (self->answering)
    return;

  ut_worth_reader_set_sentence (self->worths, sentence);
  update_worth_label (self);
  ut_verdict_pane_set_sentence (self->verdict_pane, sentence);
  ut_sentence_pane_update (self->sentence_pane, sentence, ut_review_view_get_word (self->view));
}

static void
word_changed_cb (UtPredictPage *self)
{
  if (!self->answering)
    ut_sentence_pane_set_word (self->sentence_pane, ut_review_view_get_word (self->view));
}

/* Says which part of the text is tinted. */
static void
update_limit (UtPredictPage *self)
{
  const UtPrediction *prediction = ut_predict_reader_get_prediction (get_front (self));
  g_autofree char *limit = NULL;

  if (prediction != NULL && prediction->n_words > 0)
    limit = ut_predict_limit_new (prediction->n_words, ut_review_view_get_n_in_reach (self->view));
  gtk_label_set_text (self->limit_label, limit != NULL ? limit : "");
  gtk_widget_set_visible (GTK_WIDGET (self->limit_label), limit != NULL);
}

/* A model reads as it learned to. What the person chose stays until one answers that learned to read
 * otherwise. */
static void
follow_unit (UtPredictPage *self)
{
  UtModel *model = ut_predict_reader_get_model (ut_lanes_get_lead (self->lanes));
  gboolean reviews = model != NULL && ut_model_get_facts (model)->reviews;

  if (model == NULL || reviews == self->reads_reviews)
    return;

  self->reads_reviews = reviews;
  gtk_drop_down_set_selected (self->reading_choice, reviews ? 1 : 0);
}

/* Marks the words that the lanes disagree on. Until all have answered the marks of before stay: to take
 * them away and put them back with every key would lay out each paragraph that has one. */
static void
update_disputed (UtPredictPage *self)
{
  for (guint i = 0; i < ut_lanes_get_n (self->lanes); i++)
    if (ut_lanes_is_expected (self->lanes, i))
      return;

  const UtPrediction *prediction = ut_predict_reader_get_prediction (get_front (self));
  g_autofree gboolean *disputed = ut_lanes_dup_disputed (self->lanes);

  ut_review_view_set_disputed (self->view, disputed,
                               prediction != NULL ? prediction->n_words : 0);
}

/* Shows all that the lanes answer now. */
static void
show_answers (UtPredictPage *self)
{
  UtPredictReader *front = get_front (self);
  UtPrediction *prediction = ut_predict_reader_get_prediction (front);

  ut_worth_choice_set_model (self->colour_choice, ut_predict_reader_get_answerer (front));
  /* Answers to an older text do not fit into the present one. */
  if (!ut_lanes_is_expected (self->lanes, ut_lanes_get_front (self->lanes)))
    {
      ut_worth_reader_set_answers (self->worths, ut_predict_reader_get_run (front),
                                   ut_predict_reader_get_answerer (front), prediction);
      self->answering = TRUE;
      ut_review_view_set_answers (self->view, prediction,
                                  ut_predict_reader_get_answered_text (front),
                                  ut_worth_reader_get_worths (self->worths, NULL));
      update_disputed (self);
      self->answering = FALSE;
    }

  int sentence = ut_review_view_get_sentence (self->view);

  ut_review_view_set_stale (self->view, ut_predict_reader_get_stale (front));
  ut_worth_reader_set_sentence (self->worths, sentence);
  scrolled_cb (self);
  update_worth_label (self);
  update_run (self);
  update_legend (self);
  update_limit (self);
  ut_verdict_pane_update (self->verdict_pane, sentence);
  ut_sentence_pane_update (self->sentence_pane, sentence, ut_review_view_get_word (self->view));
}

static void
answered_cb (UtPredictPage *self,
             guint          lane)
{
  if (lane == ut_lanes_get_front (self->lanes))
    {
      show_answers (self);
      follow_unit (self);
      return;
    }

  ut_verdict_pane_update_lane (self->verdict_pane, lane);
  /* One that is ahead of the front is compared when that has answered, too. */
  if (ut_lanes_is_expected (self->lanes, ut_lanes_get_front (self->lanes)))
    return;

  update_disputed (self);
  ut_sentence_pane_update_lane (self->sentence_pane, lane);
}

static void
state_cb (UtPredictPage *self,
          guint          lane)
{
  ut_review_view_set_stale (self->view, ut_predict_reader_get_stale (get_front (self)));
  update_run (self);
}

static void
text_changed_cb (UtPredictPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
  ut_worth_reader_stop (self->worths);
  ut_lanes_set_text (self->lanes, ut_review_view_dup_text (self->view));
}

/* Lays the page out for its width. */
static void
arrange (UtPredictPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean compares = ut_lanes_get_n (self->lanes) > 1;
  gboolean stacked = width < (compares ? LANES_WIDTH : TIGHT_WIDTH);

  if (width == 0)
    return;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->legend),
                                  compares && width >= NARROW_WIDTH ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->toolbar),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  /* The names of the runs come before figures where there is no room for both. */
  ut_lane_bar_set_brief (self->lane_bar, compares ? width < NARROW_WIDTH || !stacked
                                                  : width < NARROW_WIDTH && !stacked);
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
  arrange (self);

  return G_SOURCE_REMOVE;
}

static void
lanes_changed_cb (UtPredictPage *self)
{
  g_signal_group_set_target (self->run_signals, ut_session_get_current (self->session));
  show_answers (self);
  arrange (self);
  follow_unit (self);
}

static void
choice_cb (UtPredictPage *self)
{
  ut_lanes_set_reading (self->lanes, gtk_drop_down_get_selected (self->reading_choice) == 1
                                       ? UT_READING_WHOLE : UT_READING_SENTENCES);
}

static void
colour_choice_cb (UtPredictPage *self)
{
  UtWorthMethod method;

  if (ut_worth_choice_get_method (self->colour_choice, &method))
    ut_worth_reader_set_method (self->worths, method);
  set_awake (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
  update_legend (self);
  show_worths (self);
}

static void
sentence_selected_cb (UtPredictPage *self)
{
  ut_review_view_set_sentence (self->view, ut_verdict_pane_get_sentence (self->verdict_pane));
}

static void
sentence_activated_cb (UtPredictPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
word_selected_cb (UtPredictPage *self)
{
  ut_review_view_set_word (self->view, ut_sentence_pane_get_word (self->sentence_pane));
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

/* Which layout a width has. */
static int
layout_of_width (int width)
{
  return (width < LANES_WIDTH) + (width < NARROW_WIDTH) + (width < TIGHT_WIDTH);
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

  set_awake (UT_PREDICT_PAGE (widget), TRUE);
}

static void
ut_predict_page_unmap (GtkWidget *widget)
{
  set_awake (UT_PREDICT_PAGE (widget), FALSE);

  GTK_WIDGET_CLASS (ut_predict_page_parent_class)->unmap (widget);
}

static void
ut_predict_page_constructed (GObject *object)
{
  static const char *const readings[] = { "sentences", "whole", NULL };
  UtPredictPage *self = UT_PREDICT_PAGE (object);
  GSettings *settings = ut_session_get_settings (self->session);

  G_OBJECT_CLASS (ut_predict_page_parent_class)->constructed (object);

  self->lanes = ut_lanes_new (self->session);
  /* It knows first what the answers are to. */
  self->editor = ut_word_editor_new (self->view, self->lanes);
  g_signal_connect_object (self->lanes, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lanes, "state-changed", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lanes, "changed", G_CALLBACK (lanes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  ut_lane_bar_set_lanes (self->lane_bar, self->lanes);
  ut_verdict_pane_set_lanes (self->verdict_pane, self->lanes);
  ut_sentence_pane_set_lanes (self->sentence_pane, self->lanes, self->worths);
  ut_sentence_pane_set_editor (self->sentence_pane, self->editor);
  self->word_actions = ut_word_actions_new (GTK_WIDGET (self), self->view, self->sentence_pane,
                                            self->lanes, self->editor);

  ut_choice_setting_bind (settings, "read-text", self->reading_choice, readings);
  g_signal_connect_object (self->reading_choice, "notify::selected", G_CALLBACK (choice_cb), self,
                           G_CONNECT_SWAPPED);
  choice_cb (self);
  ut_worth_choice_set_up (self->colour_choice, settings);
  g_signal_connect_object (self->colour_choice, "notify::selected", G_CALLBACK (colour_choice_cb),
                           self, G_CONNECT_SWAPPED);
  colour_choice_cb (self);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::sentence", G_CALLBACK (sentence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::word", G_CALLBACK (word_changed_cb), self,
                           G_CONNECT_SWAPPED);

  lanes_changed_cb (self);
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
  g_clear_object (&self->run_signals);
  if (self->word_actions != NULL)
    g_object_run_dispose (G_OBJECT (self->word_actions));
  g_clear_object (&self->word_actions);
  g_clear_object (&self->editor);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_PREDICT_PAGE);
  g_clear_object (&self->worths);
  g_clear_object (&self->lanes);
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

  g_type_ensure (UT_TYPE_LANE_BAR);
  g_type_ensure (UT_TYPE_REVIEW_VIEW);
  g_type_ensure (UT_TYPE_SENTENCE_PANE);
  g_type_ensure (UT_TYPE_VERDICT_PANE);
  g_type_ensure (UT_TYPE_WORD_SAMPLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-predict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, pages);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, waiting_page);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, lane_bar);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, reading_choice);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, colour_choice);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, inner);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, view);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, placeholder);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, limit_label);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, legend);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, unknown_sample);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, guessed_sample);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, disputed_sample);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, worth_label);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, verdict_pane);
  gtk_widget_class_bind_template_child (widget_class, UtPredictPage, sentence_pane);
  gtk_widget_class_bind_template_callback (widget_class, example_cb);
  gtk_widget_class_bind_template_callback (widget_class, sentence_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, sentence_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, train_cb);
  gtk_widget_class_bind_template_callback (widget_class, word_selected_cb);
}

static void
ut_predict_page_init (UtPredictPage *self)
{
  self->layout = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  self->worths = ut_worth_reader_new (UT_WORTH_TEXT);
  g_signal_connect_object (self->worths, "changed", G_CALLBACK (show_worths), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);

  self->run_signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->run_signals, "notify", G_CALLBACK (update_run), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
ut_predict_page_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  return g_object_new (UT_TYPE_PREDICT_PAGE, "session", session, NULL);
}

UtLanes *
ut_predict_page_get_lanes (UtPredictPage *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_PAGE (self), NULL);

  return self->lanes;
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
