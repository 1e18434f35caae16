/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sentence-pane.h"

#include "ut-cell-pane.h"
#include "ut-predict-verdict.h"
#include "ut-probe-pin.h"
#include "ut-what-if-bar.h"
#include "ut-what-if-curve.h"
#include "ut-word-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <ut-word-curve.h>

struct _UtSentencePane
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkLabel *hint_label;
  UtWhatIfBar *what_if_bar;
  UtProbePin *pin;
  UtWordCurve *curve;
  UtWordTable *table;
  UtCellPane *cell_pane;

  UtLanes *lanes; /* (owned) (nullable) */
  UtWorthReader *colours; /* (owned) (nullable) */
  UtWorthReader *left_out; /* (owned): of the sentence alone, unless it is coloured by that */
  UtWordEditor *editor; /* (owned) (nullable) */
  /* (owned) (nullable) (element-type int): while the curve compares, which word of the sentence
   * each of its words is, -1 for one that was struck out. */
  GArray *compared;
  int sentence;
  int word;
  gboolean syncing; /* the selections follow and tell nobody */
};

G_DEFINE_FINAL_TYPE (UtSentencePane, ut_sentence_pane, GTK_TYPE_BOX)

typedef enum
{
  PROP_SENTENCE = 1,
  PROP_WORD,
} UtSentencePaneProperty;

static GParamSpec *properties[PROP_WORD + 1];

typedef enum
{
  WORD_ACTIVATED,
  WORD_STRUCK_OUT,
  N_SIGNALS,
} UtSentencePaneSignal;

static guint signals[N_SIGNALS];

/* (transfer none) (nullable): what the words are taken from. */
static const UtPrediction *
get_prediction (UtSentencePane *self)
{
  return ut_lanes_get_prediction (self->lanes, ut_lanes_get_front (self->lanes));
}

/* (transfer none): who has answered to them. */
static UtPredictReader *
get_reader (UtSentencePane *self)
{
  return ut_lanes_get_reader (self->lanes, ut_lanes_get_front (self->lanes));
}

/* (transfer none) (nullable): what is made of the sentence. */
static const UtSentenceAnswer *
get_answer (UtSentencePane *self)
{
  const UtPrediction *prediction = get_prediction (self);

  if (prediction == NULL || self->sentence < 0 || (gsize) self->sentence >= prediction->n_sentences)
    return NULL;

  return &prediction->sentences[self->sentence];
}

/* Says how the answer at each word came about, where that does not go without saying. */
static void
update_hint (UtSentencePane *self)
{
  UtModel *model = ut_predict_reader_get_model (get_reader (self));
  const char *hint = model != NULL ? ut_predict_get_hint (ut_model_get_config (model)) : NULL;

  gtk_label_set_text (self->hint_label, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), hint != NULL);
}

/* Which word of the sentence word @index of the curve is; -1 for none. */
static int
from_curve (UtSentencePane *self,
            int             index)
{
  if (self->compared == NULL)
    return index;

  return index >= 0 && (guint) index < self->compared->len
           ? g_array_index (self->compared, int, (guint) index) : -1;
}

/* Where the curve has word @word of the sentence; -1 for nowhere. */
static int
to_curve (UtSentencePane *self,
          int             word)
{
  if (self->compared == NULL || word < 0)
    return word;

  for (guint i = 0; i < self->compared->len; i++)
    if (g_array_index (self->compared, int, i) == word)
      return (int) i;

  return -1;
}

/* Selects the word at the caret in table and curve. */
static void
select_word (UtSentencePane *self)
{
  const UtSentenceAnswer *answer = get_answer (self);
  int selected = -1;

  if (answer != NULL && self->word >= (int) answer->first_word &&
      self->word < (int) (answer->first_word + answer->n_words))
    selected = self->word - (int) answer->first_word;

  self->syncing = TRUE;
  ut_word_table_set_selected (self->table, selected);
  ut_word_curve_set_selected (self->curve, to_curve (self, selected));
  ut_cell_pane_set_word (self->cell_pane, selected);
  self->syncing = FALSE;
}

/* Shows under the curve what attention each of its words gets, if the model has attention. */
static void
show_attention (UtSentencePane     *self,
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

/* Shows what an edit has changed, if one has and the front has answered. */
static void
show_comparison (UtSentencePane     *self,
                 const UtWordAnswer *words,
                 gsize               n_words)
{
  g_autofree char *text = NULL;
  g_autofree char *details = NULL;

  g_clear_pointer (&self->compared, g_array_unref);
  if (self->editor != NULL)
    {
      self->compared = ut_what_if_curve_show (self->curve, self->editor, self->lanes, words,
                                              n_words);
      text = ut_word_editor_dup_text (self->editor);
      details = ut_word_editor_dup_details (self->editor);
    }
  ut_what_if_bar_set_text (self->what_if_bar, text, details);
}

/* Draws the curve over (@n_words) words. */
static void
show_curve (UtSentencePane     *self,
            const UtWordAnswer *words,
            gsize               n_words)
{
  UtRun *run = ut_predict_reader_get_run (get_reader (self));
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

/* Shows in @slot of those beside the front what @run makes of the (@n_words) words from @words on;
 * %NULL for nothing. */
static void
show_lane (UtSentencePane     *self,
           guint               slot,
           UtRun              *run,
           const UtWordAnswer *words,
           gsize               n_words)
{
  g_autofree double *probabilities = g_new (double, n_words + 1);

  for (gsize i = 0; words != NULL && i < n_words; i++)
    probabilities[i] = words[i].probability;
  /* A curve that compares has another number of words, and its lanes already. */
  if (self->compared == NULL)
    ut_word_curve_set_lane (self->curve, slot + 1, run != NULL ? ut_run_get_name (run) : "",
                            run != NULL ? ut_run_get_style (run) : 0,
                            words != NULL ? probabilities : NULL, n_words);
  ut_word_table_set_lane (self->table, slot, words != NULL ? ut_run_get_name (run) : NULL, words,
                          n_words);
}

/* Shows what the lanes beside the front make of the sentence, and on which words they disagree. */
static void
show_lanes (UtSentencePane *self)
{
  const UtSentenceAnswer *answer = get_answer (self);
  g_autofree gboolean *disputed = ut_lanes_dup_disputed (self->lanes);
  gsize n_words = answer != NULL ? MIN (answer->n_words, UT_WORD_TABLE_MAX) : 0;
  guint slot = 0;

  if (n_words == 0)
    return;

  for (guint i = 0; i < ut_lanes_get_n (self->lanes); i++)
    {
      const UtPrediction *prediction = ut_lanes_get_prediction (self->lanes, i);
      UtRun *run = ut_predict_reader_get_run (ut_lanes_get_reader (self->lanes, i));

      if (i != ut_lanes_get_front (self->lanes))
        show_lane (self, slot++, run,
                   prediction != NULL ? &prediction->words[answer->first_word] : NULL, n_words);
    }
  while (slot < UT_LANES_MAX - 1)
    show_lane (self, slot++, NULL, NULL, n_words);

  ut_word_table_set_disputed (self->table,
                              disputed != NULL ? disputed + answer->first_word : NULL, n_words);
  if (self->compared == NULL)
    ut_word_curve_set_disputed (self->curve,
                                disputed != NULL ? disputed + answer->first_word : NULL, n_words);
}

/* (nullable): what @reader found out about the words of the sentence. */
static const double *
get_worths (UtSentencePane *self,
            UtWorthReader  *reader)
{
  const UtSentenceAnswer *answer = get_answer (self);
  gsize n_worths;
  const double *worths = ut_worth_reader_get_worths (reader, &n_worths);

  /* Answers may be there that the reader was not told of yet. */
  if (answer == NULL || worths == NULL || ut_worth_reader_get_problem (reader) != NULL ||
      answer->first_word + answer->n_words > n_worths)
    return NULL;

  return worths + answer->first_word;
}

static gboolean
is_coloured_by_leaving_out (UtSentencePane *self)
{
  return ut_worth_reader_get_awake (self->colours) &&
         ut_worth_reader_get_method (self->colours) == UT_WORTH_LEAVE_OUT;
}

/* Leaving out is asked for where the table is seen, and not twice. */
static void
update_awake (UtSentencePane *self)
{
  ut_worth_reader_set_awake (self->left_out, gtk_widget_get_mapped (GTK_WIDGET (self->table)) &&
                                               !is_coloured_by_leaving_out (self));
}

static void
show_worths (UtSentencePane *self)
{
  UtWorthMethod method = ut_worth_reader_get_method (self->colours);
  const double *gradients = NULL;

  if (ut_worth_reader_get_awake (self->colours) &&
      (method == UT_WORTH_GRADIENT || method == UT_WORTH_INTEGRATED))
    gradients = get_worths (self, self->colours);
  ut_word_table_set_worths (self->table,
                            get_worths (self, is_coloured_by_leaving_out (self) ? self->colours
                                                                                : self->left_out),
                            method, gradients);
}

/* Shows what goes on in the front's cell, once somebody looks. */
static void
show_cell (UtSentencePane *self)
{
  UtPredictReader *reader = get_reader (self);
  UtRun *run = ut_predict_reader_get_run (reader);

  ut_cell_pane_show_sentence (self->cell_pane, ut_predict_reader_get_model (reader),
                              run != NULL ? ut_run_get_config (run) : NULL,
                              ut_predict_reader_get_prediction (reader), self->sentence);
}

/* A sentence that is followed is one for itself, whatever the text around it. */
static void
update_pin (UtSentencePane *self)
{
  const UtSentenceAnswer *answer = get_answer (self);
  const char *text = ut_predict_reader_get_answered_text (get_reader (self));
  g_autofree char *sentence = NULL;

  if (answer != NULL && answer->n_words > 0)
    sentence = g_strndup (text + answer->start, answer->end - answer->start);
  ut_probe_pin_set_text (self->pin, sentence);
}

/* Shows the words of the sentence. */
static void
update_words (UtSentencePane *self)
{
  const UtPrediction *prediction = get_prediction (self);
  const UtSentenceAnswer *answer = get_answer (self);
  const UtWordAnswer *words = NULL;
  gsize n_words = 0;

  if (answer != NULL && answer->n_words > 0)
    {
      g_autofree char *label = g_strdup_printf (_("Sentence %'d of %'u"), self->sentence + 1,
                                                (guint) prediction->n_sentences);

      words = &prediction->words[answer->first_word];
      n_words = MIN (answer->n_words, UT_WORD_TABLE_MAX);
      gtk_label_set_text (self->label, prediction->n_sentences > 1 ? label : _("Word by word"));
    }

  self->syncing = TRUE;
  ut_word_table_set_words (self->table, words, n_words);
  show_worths (self);
  show_comparison (self, words, n_words);
  if (self->compared == NULL)
    show_curve (self, words, n_words);
  show_lanes (self);
  show_cell (self);
  self->syncing = FALSE;
  /* A sentence of which nothing is left is still compared with what it was. */
  gtk_widget_set_visible (GTK_WIDGET (self), n_words > 0 || self->compared != NULL);

  select_word (self);
}

static void
table_unmap_cb (UtSentencePane *self)
{
  ut_worth_reader_set_awake (self->left_out, FALSE);
}

static void
update_stale (UtSentencePane *self)
{
  if (ut_predict_reader_get_stale (get_reader (self)))
    gtk_widget_add_css_class (GTK_WIDGET (self), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "stale");
}

/* The person selected word @selected of the sentence. */
static void
take_word (UtSentencePane *self,
           int             selected)
{
  const UtSentenceAnswer *answer = get_answer (self);

  if (self->syncing || answer == NULL || selected < 0)
    return;

  self->word = (int) answer->first_word + selected;
  select_word (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
}

static void
table_selected_cb (UtSentencePane *self)
{
  take_word (self, ut_word_table_get_selected (self->table));
}

static void
curve_selected_cb (UtSentencePane *self)
{
  take_word (self, from_curve (self, ut_word_curve_get_selected (self->curve)));
}

/* Tells of what was done to word @index of the sentence. */
static void
tell_word (UtSentencePane       *self,
           UtSentencePaneSignal  signal,
           int                   index)
{
  const UtSentenceAnswer *answer = get_answer (self);

  if (answer != NULL && index >= 0 && (gsize) index < answer->n_words)
    g_signal_emit (self, signals[signal], 0, (guint) answer->first_word + (guint) index);
}

static void
curve_activated_cb (UtSentencePane *self,
                    guint           index)
{
  tell_word (self, WORD_ACTIVATED, from_curve (self, (int) index));
}

static void
table_activated_cb (UtSentencePane *self,
                    guint           index)
{
  tell_word (self, WORD_ACTIVATED, (int) index);
}

static void
table_struck_out_cb (UtSentencePane *self,
                     guint           index)
{
  tell_word (self, WORD_STRUCK_OUT, (int) index);
}

static void
what_if_closed_cb (UtSentencePane *self)
{
  ut_word_editor_end (self->editor);
}

static void
cell_word_cb (UtSentencePane *self)
{
  take_word (self, ut_cell_pane_get_word (self->cell_pane));
}

static void
ut_sentence_pane_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  UtSentencePane *self = UT_SENTENCE_PANE (object);

  switch ((UtSentencePaneProperty) id)
    {
    case PROP_SENTENCE:
      g_value_set_int (value, self->sentence);
      break;
    case PROP_WORD:
      g_value_set_int (value, self->word);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_sentence_pane_dispose (GObject *object)
{
  UtSentencePane *self = UT_SENTENCE_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_SENTENCE_PANE);
  g_clear_object (&self->lanes);
  g_clear_object (&self->colours);
  g_clear_object (&self->left_out);
  g_clear_object (&self->editor);
  g_clear_pointer (&self->compared, g_array_unref);

  G_OBJECT_CLASS (ut_sentence_pane_parent_class)->dispose (object);
}

static void
ut_sentence_pane_class_init (UtSentencePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_sentence_pane_get_property;
  object_class->dispose = ut_sentence_pane_dispose;

  properties[PROP_SENTENCE] = g_param_spec_int ("sentence", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_WORD] = g_param_spec_int ("word", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[WORD_ACTIVATED] = g_signal_new ("word-activated", UT_TYPE_SENTENCE_PANE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_UINT);
  signals[WORD_STRUCK_OUT] = g_signal_new ("word-struck-out", UT_TYPE_SENTENCE_PANE,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_UINT);

  g_type_ensure (UT_TYPE_WHAT_IF_BAR);
  g_type_ensure (UT_TYPE_CELL_PANE);
  g_type_ensure (UT_TYPE_PROBE_PIN);
  g_type_ensure (UT_TYPE_WORD_CURVE);
  g_type_ensure (UT_TYPE_WORD_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-sentence-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, label);
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, hint_label);
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, what_if_bar);
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, pin);
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, curve);
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, table);
  gtk_widget_class_bind_template_callback (widget_class, curve_activated_cb);
  gtk_widget_class_bind_template_child (widget_class, UtSentencePane, cell_pane);
  gtk_widget_class_bind_template_callback (widget_class, cell_word_cb);
  gtk_widget_class_bind_template_callback (widget_class, curve_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_struck_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, what_if_closed_cb);
}

static void
ut_sentence_pane_init (UtSentencePane *self)
{
  self->sentence = -1;
  self->word = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  self->left_out = ut_worth_reader_new (UT_WORTH_SENTENCE);
  ut_worth_reader_set_method (self->left_out, UT_WORTH_LEAVE_OUT);
}

void
ut_sentence_pane_set_lanes (UtSentencePane *self,
                            UtLanes        *lanes,
                            UtWorthReader  *colours)
{
  g_return_if_fail (UT_IS_SENTENCE_PANE (self));
  g_return_if_fail (UT_IS_LANES (lanes));
  g_return_if_fail (self->lanes == NULL);

  self->lanes = g_object_ref (lanes);
  self->colours = g_object_ref (colours);
  g_signal_connect_object (self->left_out, "changed", G_CALLBACK (show_worths), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "map", G_CALLBACK (update_awake), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "unmap", G_CALLBACK (table_unmap_cb), self,
                           G_CONNECT_SWAPPED);
  ut_probe_pin_set_session (self->pin, ut_lanes_get_session (lanes));
  g_signal_connect_object (lanes, "state-changed", G_CALLBACK (update_stale), self, G_CONNECT_SWAPPED);
  ut_sentence_pane_update (self, -1, -1);
}

static void
compared_cb (UtSentencePane *self)
{
  update_words (self);
}

void
ut_sentence_pane_set_editor (UtSentencePane *self,
                             UtWordEditor   *editor)
{
  g_return_if_fail (UT_IS_SENTENCE_PANE (self));
  g_return_if_fail (UT_IS_WORD_EDITOR (editor));
  g_return_if_fail (self->lanes != NULL && self->editor == NULL);

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "changed", G_CALLBACK (compared_cb), self, G_CONNECT_SWAPPED);
}

void
ut_sentence_pane_update (UtSentencePane *self,
                         int             sentence,
                         int             word)
{
  g_return_if_fail (UT_IS_SENTENCE_PANE (self));
  g_return_if_fail (self->lanes != NULL);

  UtPredictReader *front = get_reader (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (sentence != self->sentence)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
  if (word != self->word)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
  self->sentence = sentence;
  self->word = word;
  update_stale (self);
  ut_worth_reader_set_answers (self->left_out, ut_predict_reader_get_run (front),
                               ut_predict_reader_get_answerer (front),
                               ut_predict_reader_get_prediction (front));
  ut_worth_reader_set_sentence (self->left_out, sentence);
  update_hint (self);
  update_words (self);
  update_pin (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
ut_sentence_pane_update_lane (UtSentencePane *self,
                              guint           lane)
{
  g_return_if_fail (UT_IS_SENTENCE_PANE (self));
  g_return_if_fail (self->lanes != NULL);

  show_lanes (self);
}

void
ut_sentence_pane_update_worths (UtSentencePane *self)
{
  g_return_if_fail (UT_IS_SENTENCE_PANE (self));
  g_return_if_fail (self->colours != NULL);

  update_awake (self);
  show_worths (self);
}

int
ut_sentence_pane_get_sentence (UtSentencePane *self)
{
  g_return_val_if_fail (UT_IS_SENTENCE_PANE (self), -1);

  return self->sentence;
}

int
ut_sentence_pane_get_word (UtSentencePane *self)
{
  g_return_val_if_fail (UT_IS_SENTENCE_PANE (self), -1);

  return self->word;
}

void
ut_sentence_pane_set_word (UtSentencePane *self,
                           int             word)
{
  g_return_if_fail (UT_IS_SENTENCE_PANE (self));
  g_return_if_fail (self->lanes != NULL);

  if (word == self->word)
    return;

  self->word = word;
  select_word (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
}

GtkWidget *
ut_sentence_pane_get_word_area (UtSentencePane *self,
                                GdkRectangle   *area)
{
  g_return_val_if_fail (UT_IS_SENTENCE_PANE (self), NULL);
  g_return_val_if_fail (area != NULL, NULL);

  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* The row, or the cell, that has the focus in the table. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table)))
    {
      *area = (GdkRectangle) { 0, 0, gtk_widget_get_width (focus), gtk_widget_get_height (focus) };
      return focus;
    }

  if (!ut_word_curve_get_word_area (self->curve, ut_word_curve_get_selected (self->curve), area))
    *area = (GdkRectangle) { 0, 0, gtk_widget_get_width (GTK_WIDGET (self->curve)), 1 };

  return GTK_WIDGET (self->curve);
}
