/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-verdict-pane.h"

#include "ut-choice-setting.h"
#include "ut-lane-row.h"
#include "ut-predict-bar.h"
#include "ut-predict-row.h"
#include "ut-predict-sentence.h"
#include "ut-predict-verdict.h"

#include <glib/gi18n.h>

struct _UtVerdictPane
{
  GtkBox parent_instance;

  GtkLabel *verdict;
  UtPredictBar *bar;
  GtkWidget *note;
  GtkLabel *note_label;
  GtkWidget *lane_box;
  UtLaneRow *lane_rows[UT_LANES_MAX - 1];
  GtkWidget *list_box;
  GtkDropDown *order_choice;
  GtkListView *list;
  GtkSingleSelection *selection;
  GListStore *sentences;

  UtLanes *lanes; /* (owned) (nullable) */
  UtRun *listed[UT_PREDICT_SENTENCE_N_LANES]; /* (unowned) (nullable): whose numbers are listed */
  guint scroll_source;
  int sentence;
  gboolean syncing; /* the selection follows and tells nobody */
};

G_DEFINE_FINAL_TYPE (UtVerdictPane, ut_verdict_pane, GTK_TYPE_BOX)

typedef enum
{
  PROP_SENTENCE = 1,
} UtVerdictPaneProperty;

static GParamSpec *properties[PROP_SENTENCE + 1];

enum
{
  SENTENCE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_stale (GtkWidget *widget,
           gboolean   stale)
{
  if (stale)
    gtk_widget_add_css_class (widget, "stale");
  else
    gtk_widget_remove_css_class (widget, "stale");
}

/* Where the current run cannot answer, the others are not kept waiting. */
static char *
dup_stand_in (UtVerdictPane *self,
              const char    *trouble)
{
  UtPredictReader *front = ut_lanes_get_reader (self->lanes, ut_lanes_get_front (self->lanes));

  /* Translators: why the current run does not answer, and which run does. */
  return g_strdup_printf (_("%s\nWords and sentences show the answers of %s."), trouble,
                          ut_run_get_name (ut_predict_reader_get_run (front)));
}

/* What the probabilities of a model with a temperature are. */
static void
add_calibration (char          **verdict,
                 const UtModel  *model)
{
  g_autofree char *calibration = model != NULL ? ut_model_dup_calibration_text (model) : NULL;
  g_autofree char *before = NULL;

  if (calibration == NULL)
    return;

  before = g_steal_pointer (verdict);
  /* Translators: a verdict in sentences, and "calibrated (T = 1.81)". */
  *verdict = g_strdup_printf (_("%s The probabilities are %s."), before, calibration);
}

/* Says what the whole text amounts to for the lead. */
static void
update_verdict (UtVerdictPane *self)
{
  UtPredictReader *lead = ut_lanes_get_lead (self->lanes);
  const UtPrediction *prediction = ut_predict_reader_get_prediction (lead);
  const char *text = ut_predict_reader_get_answered_text (lead);
  g_autofree char *trouble = ut_lanes_dup_trouble (self->lanes, 0);
  g_autofree char *verdict = NULL;
  g_autofree char *note = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  gsize n_head = 0;

  if (trouble != NULL && ut_lanes_get_front (self->lanes) > 0)
    verdict = dup_stand_in (self, trouble);
  else if (trouble != NULL)
    verdict = g_steal_pointer (&trouble);
  else if (prediction != NULL && *text != '\0')
    verdict = ut_predict_verdict_new (prediction, ut_predict_reader_get_answered_reading (lead),
                                      &n_head);
  /* Who cannot say names none. */
  if (n_head > 0
      && ut_predict_opinion (prediction->probability, prediction->n_words, prediction->n_unknown)
         != UT_PREDICT_CANNOT_SAY)
    add_calibration (&verdict, ut_predict_reader_get_model (lead));

  if (n_head > 0)
    {
      PangoAttribute *attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      attribute->end_index = (guint) n_head;
      pango_attr_list_insert (attributes, attribute);
      attribute = pango_attr_scale_new (PANGO_SCALE_LARGE);
      attribute->end_index = (guint) n_head;
      pango_attr_list_insert (attributes, attribute);
    }
  if (!pango_attr_list_equal (gtk_label_get_attributes (self->verdict), attributes))
    gtk_label_set_attributes (self->verdict, attributes);
  gtk_label_set_text (self->verdict, verdict != NULL ? verdict : _("The verdict appears here."));

  gboolean has_words = prediction != NULL && prediction->n_words > 0;
  if (has_words)
    {
      UtModel *model = ut_predict_reader_get_model (lead);
      UtPredictOpinion opinion = ut_predict_opinion (prediction->probability, prediction->n_words,
                                                     prediction->n_unknown);

      ut_predict_bar_set_probability (self->bar, prediction->probability);
      ut_predict_bar_set_dimmed (self->bar, opinion == UT_PREDICT_CANNOT_SAY);
      /* Only the bundled data sets are made up. */
      if (model != NULL && ut_config_get_data (ut_model_get_config (model)) != NULL)
        note = ut_predict_sample_note_new (prediction);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->bar), has_words);
  gtk_label_set_text (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
}

/* Shows what @lane, which is not the lead, makes of the whole text. */
static void
update_lane_row (UtVerdictPane *self,
                 guint          lane)
{
  UtPredictReader *reader = ut_lanes_get_reader (self->lanes, lane);
  g_autofree char *trouble = ut_lanes_dup_trouble (self->lanes, lane);

  ut_lane_row_update (self->lane_rows[lane - 1], reader, trouble);
  set_stale (GTK_WIDGET (self->lane_rows[lane - 1]), ut_predict_reader_get_stale (reader));
}

static void
update_lane_rows (UtVerdictPane *self)
{
  guint n = ut_lanes_get_n (self->lanes);

  for (guint i = 1; i < UT_LANES_MAX; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->lane_rows[i - 1]), i < n);
      if (i < n)
        update_lane_row (self, i);
    }
  gtk_widget_set_visible (self->lane_box, n > 1);
}

static gboolean
scroll_cb (gpointer data)
{
  UtVerdictPane *self = data;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->scroll_source = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);

  return G_SOURCE_REMOVE;
}

/* Selects the row of the sentence. */
static void
select_row (UtVerdictPane *self)
{
  int index = self->sentence;
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

/* Shows in the list what the lanes beside the front make of its sentences. */
static void
update_sentence_lanes (UtVerdictPane *self)
{
  guint slot = 0;

  for (guint i = 0; i < ut_lanes_get_n (self->lanes); i++)
    {
      const UtPrediction *prediction = ut_lanes_get_prediction (self->lanes, i);
      UtRun *run = ut_predict_reader_get_run (ut_lanes_get_reader (self->lanes, i));

      if (i == ut_lanes_get_front (self->lanes) || run == NULL)
        continue;

      /* Old numbers stay until there are new ones. */
      if (prediction != NULL || self->listed[slot] != run ||
          !ut_lanes_is_expected (self->lanes, i))
        ut_predict_sentences_set_lane (self->sentences, slot, prediction, ut_run_get_name (run),
                                       ut_run_get_style (run));
      self->listed[slot++] = run;
    }
  for (; slot < UT_PREDICT_SENTENCE_N_LANES; slot++)
    {
      ut_predict_sentences_set_lane (self->sentences, slot, NULL, NULL, 0);
      self->listed[slot] = NULL;
    }
}

static void
update_sentences (UtVerdictPane *self)
{
  const UtPrediction *prediction = ut_lanes_get_prediction (self->lanes,
                                                            ut_lanes_get_front (self->lanes));

  self->syncing = TRUE;
  ut_predict_sentences_update (self->sentences, prediction, ut_lanes_get_text (self->lanes),
                               gtk_drop_down_get_selected (self->order_choice) == 1);
  self->syncing = FALSE;
  update_sentence_lanes (self);
  gtk_widget_set_visible (self->list_box, prediction != NULL && prediction->n_words > 0);
  select_row (self);
}

static void
state_cb (UtVerdictPane *self,
          guint          lane)
{
  if (lane > 0)
    {
      update_lane_row (self, lane);
      return;
    }

  set_stale (GTK_WIDGET (self), ut_predict_reader_get_stale (ut_lanes_get_lead (self->lanes)));
  update_verdict (self);
}

static void
selected_cb (UtVerdictPane *self)
{
  UtPredictSentence *row = gtk_single_selection_get_selected_item (self->selection);

  if (self->syncing || row == NULL)
    return;

  self->sentence = (int) ut_predict_sentence_get_index (row);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
}

static void
activated_cb (UtVerdictPane *self)
{
  g_signal_emit (self, signals[SENTENCE_ACTIVATED], 0);
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
  ut_predict_row_set_sentence (UT_PREDICT_ROW (gtk_list_item_get_child (list_item)),
                               gtk_list_item_get_item (list_item));
}

static void
row_unbind_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               gpointer                  data)
{
  ut_predict_row_set_sentence (UT_PREDICT_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
ut_verdict_pane_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch ((UtVerdictPaneProperty) id)
    {
    case PROP_SENTENCE:
      g_value_set_int (value, ut_verdict_pane_get_sentence (UT_VERDICT_PANE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_verdict_pane_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch ((UtVerdictPaneProperty) id)
    {
    case PROP_SENTENCE:
      ut_verdict_pane_set_sentence (UT_VERDICT_PANE (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_verdict_pane_dispose (GObject *object)
{
  UtVerdictPane *self = UT_VERDICT_PANE (object);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_VERDICT_PANE);
  g_clear_object (&self->lanes);

  G_OBJECT_CLASS (ut_verdict_pane_parent_class)->dispose (object);
}

static void
ut_verdict_pane_class_init (UtVerdictPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_verdict_pane_get_property;
  object_class->set_property = ut_verdict_pane_set_property;
  object_class->dispose = ut_verdict_pane_dispose;

  properties[PROP_SENTENCE] = g_param_spec_int ("sentence", NULL, NULL, -1, G_MAXINT, -1,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SENTENCE_ACTIVATED] = g_signal_new ("sentence-activated", UT_TYPE_VERDICT_PANE,
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              0);

  g_type_ensure (UT_TYPE_LANE_ROW);
  g_type_ensure (UT_TYPE_PREDICT_BAR);
  g_type_ensure (UT_TYPE_PREDICT_SENTENCE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-verdict-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, verdict);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, bar);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, note);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, note_label);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, lane_box);
  for (guint i = 0; i < UT_LANES_MAX - 1; i++)
    {
      g_autofree char *name = g_strdup_printf ("lane_row_%u", i + 1);

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 G_STRUCT_OFFSET (UtVerdictPane, lane_rows) +
                                                 (gssize) (i * sizeof (gpointer)));
    }
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, list_box);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, order_choice);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, list);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, selection);
  gtk_widget_class_bind_template_child (widget_class, UtVerdictPane, sentences);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
ut_verdict_pane_init (UtVerdictPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->sentence = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (row_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (row_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (row_unbind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

void
ut_verdict_pane_set_lanes (UtVerdictPane *self,
                           UtLanes       *lanes)
{
  static const char *const orders[] = { "text", "strength", NULL };

  g_return_if_fail (UT_IS_VERDICT_PANE (self));
  g_return_if_fail (UT_IS_LANES (lanes));
  g_return_if_fail (self->lanes == NULL);

  self->lanes = g_object_ref (lanes);
  ut_choice_setting_bind (ut_session_get_settings (ut_lanes_get_session (lanes)), "sentence-order",
                          self->order_choice, orders);
  g_signal_connect_object (self->order_choice, "notify::selected", G_CALLBACK (update_sentences),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanes, "state-changed", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  ut_verdict_pane_update (self, -1);
}

void
ut_verdict_pane_update (UtVerdictPane *self,
                        int            sentence)
{
  g_return_if_fail (UT_IS_VERDICT_PANE (self));
  g_return_if_fail (self->lanes != NULL);

  self->sentence = sentence;
  set_stale (GTK_WIDGET (self), ut_predict_reader_get_stale (ut_lanes_get_lead (self->lanes)));
  update_verdict (self);
  update_lane_rows (self);
  update_sentences (self);
}

void
ut_verdict_pane_update_lane (UtVerdictPane *self,
                             guint          lane)
{
  g_return_if_fail (UT_IS_VERDICT_PANE (self));
  g_return_if_fail (self->lanes != NULL);

  if (lane > 0)
    update_lane_row (self, lane);
  else
    update_verdict (self);
  if (!ut_lanes_is_expected (self->lanes, ut_lanes_get_front (self->lanes)))
    update_sentence_lanes (self);
}

int
ut_verdict_pane_get_sentence (UtVerdictPane *self)
{
  g_return_val_if_fail (UT_IS_VERDICT_PANE (self), -1);

  return self->sentence;
}

void
ut_verdict_pane_set_sentence (UtVerdictPane *self,
                              int            sentence)
{
  g_return_if_fail (UT_IS_VERDICT_PANE (self));

  if (sentence == self->sentence)
    return;

  self->sentence = sentence;
  select_row (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
}
