/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cell-pane.h"

#include "ut-resources.h"
#include "ut-text-table.h"
#include "ut-unit-pane.h"

#include <glib/gi18n.h>
#include <math.h>
#include <ut-heat-map.h>

/* More units are not listed in the table. */
#define MAX_LISTED 512

typedef enum
{
  ORDER_INDEX,
  ORDER_STRENGTH,
  ORDER_SHARE,
} Order;

struct _UtCellPane
{
  GtkBox parent_instance;

  GtkStack *pages;
  GtkLabel *problem_label;
  GtkDropDown *signal_choice;
  GtkDropDown *place_choice;
  GtkDropDown *order_choice;
  GtkToggleButton *table_button;
  GtkStack *views;
  UtHeatMap *map;
  UtTextTable *table;
  UtUnitPane *unit_pane;
  GtkLabel *legend_label;
  GtkLabel *reading_label;

  UtModel *model;           /* (owned) (nullable) */
  UtConfig *config;         /* (owned) (nullable) */
  UtPrediction *prediction; /* (owned) (nullable) */
  int sentence;
  int word;
  gboolean dirty;           /* what is shown is not what was asked for last */
  GCancellable *tracing;    /* (owned) (nullable) */
  UtCellTrace *trace;       /* (owned) (nullable) */
  gsize n_models;           /* of the ensemble whose first one it is, or 1 */
  guint32 *order;           /* (owned) (nullable): units from top to bottom */

  UtNnSignal signals[UT_NN_N_SIGNALS]; /* of the first choice */
  guint n_signals;
  guint n_layers;           /* of the second one */
  guint n_directions;
  gboolean has_shares;      /* of the third */
  gboolean filling;         /* choices are filled and tell nobody */
};

G_DEFINE_FINAL_TYPE (UtCellPane, ut_cell_pane, GTK_TYPE_BOX)

typedef enum
{
  PROP_WORD = 1,
} UtCellPaneProperty;

static GParamSpec *properties[PROP_WORD + 1];

/* Choices */

static UtNnSignal
get_signal (UtCellPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->signal_choice);

  return selected < self->n_signals ? self->signals[selected] : UT_NN_SIGNAL_STATE;
}

static guint
get_layer (UtCellPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->place_choice);

  return selected == GTK_INVALID_LIST_POSITION ? 0 : selected / MAX (self->n_directions, 1);
}

static guint
get_direction (UtCellPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->place_choice);

  return selected == GTK_INVALID_LIST_POSITION ? 0 : selected % MAX (self->n_directions, 1);
}

static Order
get_order (UtCellPane *self)
{
  return (Order) MIN (gtk_drop_down_get_selected (self->order_choice), ORDER_SHARE);
}

/* Fills the choice of what a cell has, and keeps what is chosen where the cell has it, too. */
static void
fill_signals (UtCellPane *self,
              UtNnCell    cell)
{
  UtNnSignal before = get_signal (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  gboolean same = TRUE;
  guint n = 0;

  for (guint i = 0; i < UT_NN_N_SIGNALS; i++)
    {
      if (!ut_nn_cell_has_signal (cell, i))
        continue;
      same = same && n < self->n_signals && self->signals[n] == i;
      self->signals[n] = i;
      if (i == before)
        selected = n;
      n++;
      gtk_string_list_append (names, ut_cell_signal_get_name (i));
    }
  if (same && n == self->n_signals)
    return;

  self->n_signals = n;
  gtk_drop_down_set_model (self->signal_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->signal_choice, selected);
}

static void
fill_places (UtCellPane *self,
             guint       n_layers,
             guint       n_directions)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (n_layers == self->n_layers && n_directions == self->n_directions)
    return;

  for (guint layer = 1; layer <= n_layers; layer++)
    for (guint direction = 0; direction < n_directions; direction++)
      {
        g_autofree char *name = n_directions == 1 ? g_strdup_printf (_("layer %u"), layer)
                                : direction == 0
                                  ? g_strdup_printf (_("layer %u, from the beginning"), layer)
                                  : g_strdup_printf (_("layer %u, from the end"), layer);

        gtk_string_list_append (names, name);
      }
  self->n_layers = n_layers;
  self->n_directions = n_directions;
  gtk_drop_down_set_model (self->place_choice, G_LIST_MODEL (names));
  /* The last layer is what the classifier reads. */
  gtk_drop_down_set_selected (self->place_choice, (n_layers - 1) * n_directions);
  gtk_widget_set_visible (GTK_WIDGET (self->place_choice), n_layers * n_directions > 1);
}

/* Only the last layer's units have shares in the answer. */
static void
fill_orders (UtCellPane *self,
             gboolean    has_shares)
{
  const char *names[] = { _("in their order"), _("strongest at the word"),
                          has_shares ? _("largest share in the answer") : NULL, NULL };
  g_autoptr (GtkStringList) list = NULL;
  guint selected = gtk_drop_down_get_selected (self->order_choice);

  if (has_shares == self->has_shares)
    return;

  self->has_shares = has_shares;
  list = gtk_string_list_new (names);
  gtk_drop_down_set_model (self->order_choice, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->order_choice,
                              has_shares || selected < ORDER_SHARE ? selected : ORDER_INDEX);
}

/* Ordering */

typedef struct
{
  double key;
  guint32 unit;
} Place;

/* Falling; equal ones, and those that are no numbers, by unit. */
static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->key != second->key && !isnan (first->key) && !isnan (second->key))
    return first->key > second->key ? -1 : 1;
  if (isnan (first->key) != isnan (second->key))
    return isnan (first->key) ? 1 : -1;

  return first->unit < second->unit ? -1 : first->unit > second->unit;
}

/* How much a unit has to do with the answer. */
static double
get_share (const UtCellTrace *trace,
           gsize              unit)
{
  double largest = 0;

  if (trace->exact)
    return fabs (ut_cell_trace_get_share (trace, trace->n_words - 1, unit));
  for (gsize word = 0; word < trace->n_words; word++)
    largest = fmax (largest, fabs (ut_cell_trace_get_share (trace, word, unit)));

  return largest;
}

static gsize
get_told_word (UtCellPane *self)
{
  gsize last = self->trace->n_words - 1;

  return self->word >= 0 ? MIN ((gsize) self->word, last) : last;
}

static void
update_order (UtCellPane *self)
{
  const UtCellTrace *trace = self->trace;
  Order order = get_order (self);
  g_autofree Place *places = NULL;

  g_clear_pointer (&self->order, g_free);
  if (order == ORDER_INDEX)
    return;

  places = g_new (Place, trace->n_units);
  for (guint32 unit = 0; unit < trace->n_units; unit++)
    places[unit] = (Place) {
      .key = order == ORDER_SHARE
               ? get_share (trace, unit)
               : fabs ((double) ut_cell_trace_get (trace, get_signal (self), get_told_word (self),
                                                   unit)),
      .unit = unit,
    };
  qsort (places, trace->n_units, sizeof *places, compare_places);
  self->order = g_new (guint32, trace->n_units);
  for (gsize i = 0; i < trace->n_units; i++)
    self->order[i] = places[i].unit;
}

/* Showing */

static double
get_limit (const UtCellTrace *trace,
           UtNnSignal         signal)
{
  const float *values = trace->values[signal];
  double limit = 1;

  if (signal != UT_NN_SIGNAL_CELL)
    return limit;
  for (gsize i = 0; i < trace->n_words * trace->n_units; i++)
    if (isfinite (values[i]))
      limit = fmax (limit, fabs ((double) values[i]));

  return limit;
}

static void
update_legend (UtCellPane *self)
{
  UtNnSignal signal = get_signal (self);
  g_autofree char *scale = NULL;
  g_autofree char *text = NULL;

  if (ut_cell_signal_is_gate (signal))
    scale = g_strdup (_("Blank is 0, closed; strongest is 1, open."));
  else
    scale = g_strdup_printf (_("Blue is above 0, orange below; strongest at %.1f."),
                             get_limit (self->trace, signal));
  if (self->n_models > 1)
    text = g_strdup_printf (_("%s The first of the ensemble’s %u models is shown."), scale,
                            (guint) self->n_models);
  gtk_label_set_text (self->legend_label, text != NULL ? text : scale);
}

/* What the cursor tells, and what that means for the answer. */
static void
update_reading (UtCellPane *self)
{
  g_autofree char *reading = ut_heat_map_dup_reading (self->map);
  int unit = ut_heat_map_get_unit (self->map);
  g_autofree char *share = NULL;

  if (self->trace != NULL && *reading != '\0' && self->trace->weights != NULL)
    share = g_strdup_printf (self->trace->exact
                               ? _("adds %+.2f to the logit if the text ended here")
                               : _("weight times state: %+.2f in units of the logit"),
                             ut_cell_trace_get_share (self->trace,
                                                      (gsize) ut_heat_map_get_word (self->map),
                                                      (gsize) unit));

  g_autofree char *text = share != NULL ? g_strconcat (reading, " · ", share, NULL)
                                        : g_strdup (reading);

  gtk_label_set_text (self->reading_label,
                      *text != '\0' ? text : _("Choose a cell, and with Return its unit"));
}

static void
show_map (UtCellPane *self)
{
  UtNnSignal signal = get_signal (self);
  UtCellTrace *trace = self->trace;
  g_autoptr (GBytes) values =
    g_bytes_new_with_free_func (trace->values[signal],
                                trace->n_words * trace->n_units * sizeof (float),
                                (GDestroyNotify) ut_cell_trace_unref, ut_cell_trace_ref (trace));

  ut_heat_map_set_values (self->map, values, trace->n_units, self->order,
                          ut_cell_signal_get_name (signal),
                          ut_cell_signal_is_gate (signal) ? UT_HEAT_SEQUENTIAL
                                                          : UT_HEAT_DIVERGING,
                          get_limit (trace, signal));
}

/* The units at the word of the cursor, in the order of the map. */
static void
show_table (UtCellPane *self)
{
  const UtCellTrace *trace = self->trace;
  gsize n_units = MIN (trace->n_units, MAX_LISTED);
  gsize word = get_told_word (self);
  const UtSentenceAnswer *sentence = &trace->prediction->sentences[trace->sentence];
  const UtWordAnswer *told = &trace->prediction->words[sentence->first_word + word];
  g_autofree char *label = g_strdup_printf (_("Units at “%s”"), told->word);

  ut_text_table_set_label (self->table, label);
  ut_text_table_begin (self->table);
  ut_text_table_add_column (self->table, _("Unit"), FALSE, FALSE);
  for (guint i = 0; i < self->n_signals; i++)
    ut_text_table_add_column (self->table, ut_cell_signal_get_name (self->signals[i]), TRUE, FALSE);
  if (trace->weights != NULL)
    ut_text_table_add_column (self->table, _("weight × state"), TRUE, FALSE);

  for (gsize place = 0; place < n_units; place++)
    {
      gsize unit = self->order != NULL ? self->order[place] : place;
      UtTextTableCell cells[2 + UT_NN_N_SIGNALS];
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      guint n = 0;

      for (guint i = 0; i < 1 + self->n_signals + (trace->weights != NULL); i++)
        {
          double number = i == 0 ? (double) unit + 1
                          : i <= self->n_signals
                            ? (double) ut_cell_trace_get (trace, self->signals[i - 1], word, unit)
                            : ut_cell_trace_get_share (trace, word, unit);
          char *text = i == 0 ? g_strdup_printf (_("unit %u"), (guint) unit + 1)
                       : i <= self->n_signals && ut_cell_signal_is_gate (self->signals[i - 1])
                         ? g_strdup_printf ("%.2f", number)
                         : g_strdup_printf ("%+.2f", number);

          g_ptr_array_add (texts, text);
          cells[n++] = (UtTextTableCell) { text, number, NAN, NAN };
        }
      ut_text_table_add_row (self->table, cells, -1,
                             (int) unit == ut_heat_map_get_unit (self->map));
    }
  ut_text_table_end (self->table);
}

static gboolean
shows_table (UtCellPane *self)
{
  return gtk_toggle_button_get_active (self->table_button);
}

/* Shows the trace as it was chosen. */
static void
show_trace (UtCellPane *self)
{
  update_order (self);
  show_map (self);
  update_legend (self);
  update_reading (self);
  if (shows_table (self))
    show_table (self);
}

static void
show_problem (UtCellPane *self,
              const char *problem)
{
  gtk_label_set_text (self->problem_label, problem);
  gtk_stack_set_visible_child_name (self->pages, "problem");
}

/* Tracing */

static void
stop_tracing (UtCellPane *self)
{
  if (self->tracing != NULL)
    g_cancellable_cancel (self->tracing);
  g_clear_object (&self->tracing);
}

/* Shows no sentence. */
static void
forget_trace (UtCellPane *self)
{
  self->filling = TRUE;
  g_clear_pointer (&self->trace, ut_cell_trace_unref);
  ut_heat_map_set_words (self->map, NULL, 0);
  self->filling = FALSE;
  update_reading (self);
}

static void
set_words (UtCellPane        *self,
           const UtCellTrace *trace)
{
  const UtSentenceAnswer *sentence = &trace->prediction->sentences[trace->sentence];
  g_autofree const char **words = g_new (const char *, trace->n_words);

  for (gsize i = 0; i < trace->n_words; i++)
    words[i] = trace->prediction->words[sentence->first_word + i].word;
  ut_heat_map_set_words (self->map, words, trace->n_words);
}

static void
traced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (UtCellPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtCellTrace) trace = ut_cell_trace_new_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->tracing);
  if (trace == NULL)
    {
      show_problem (self, error->message);
      return;
    }

  self->filling = TRUE;
  g_clear_pointer (&self->trace, ut_cell_trace_unref);
  self->trace = g_steal_pointer (&trace);
  set_words (self, self->trace);
  fill_signals (self, self->trace->cell);
  fill_orders (self, self->trace->weights != NULL);
  ut_heat_map_set_word (self->map, self->word);
  self->filling = FALSE;
  show_trace (self);
  gtk_stack_set_visible_child_name (self->pages, "cell");
}

/* Reads the sentence, if somebody looks. */
static void
read_sentence (UtCellPane *self)
{
  const char *objection;
  const UtNnShape *shape;
  UtModel * const *members;

  self->dirty = !gtk_widget_get_mapped (GTK_WIDGET (self));
  stop_tracing (self);
  if (self->dirty)
    return;
  if (self->model == NULL || self->prediction == NULL || self->sentence < 0
      || (gsize) self->sentence >= self->prediction->n_sentences
      || self->prediction->sentences[self->sentence].n_words == 0)
    {
      forget_trace (self);
      return;
    }

  objection = ut_cell_trace_get_objection (self->model);
  if (objection != NULL)
    {
      ut_unit_pane_hide_unit (self->unit_pane);
      show_problem (self, objection);
      return;
    }

  members = ut_model_get_members (self->model, &self->n_models);
  shape = ut_nn_model_get_shape (ut_model_get_weights (members[0]));
  self->filling = TRUE;
  fill_places (self, (guint) shape->n_layers, shape->bidirectional ? 2 : 1);
  self->filling = FALSE;
  self->tracing = g_cancellable_new ();
  ut_cell_trace_new_async (self->model, self->prediction, (gsize) self->sentence, get_layer (self),
                           get_direction (self), self->tracing, traced_cb, g_object_ref (self));
}

/* Callbacks */

static void
signal_cb (UtCellPane *self)
{
  if (!self->filling && self->trace != NULL)
    show_trace (self);
}

/* Units of another layer are others. */
static void
place_cb (UtCellPane *self)
{
  if (self->filling)
    return;

  ut_unit_pane_hide_unit (self->unit_pane);
  ut_heat_map_set_unit (self->map, -1);
  read_sentence (self);
}

static void
table_cb (UtCellPane *self)
{
  gtk_stack_set_visible_child_name (self->views, shows_table (self) ? "table" : "map");
  if (shows_table (self) && self->trace != NULL)
    show_table (self);
}

static void
word_cb (UtCellPane *self)
{
  int word = ut_heat_map_get_word (self->map);

  if (self->filling || self->trace == NULL || word == self->word)
    return;

  self->word = word;
  if (get_order (self) == ORDER_STRENGTH)
    show_trace (self);
  else if (shows_table (self))
    show_table (self);
  update_reading (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
}

static void
unit_cb (UtCellPane *self)
{
  update_reading (self);
}

static void
show_unit (UtCellPane *self,
           guint       unit)
{
  if (self->trace == NULL || unit >= self->trace->n_units)
    return;

  ut_heat_map_set_unit (self->map, (int) unit);
  ut_unit_pane_show_unit (self->unit_pane, self->trace->layer, self->trace->direction, unit);
}

static void
unit_activated_cb (UtCellPane *self,
                   guint       unit)
{
  show_unit (self, unit);
}

static void
row_activated_cb (UtCellPane *self,
                  guint       row)
{
  show_unit (self, self->order != NULL ? self->order[row] : row);
}

static void
unit_closed_cb (UtCellPane *self)
{
  gtk_widget_grab_focus (shows_table (self) ? GTK_WIDGET (self->table) : GTK_WIDGET (self->map));
}

/* Widget */

static void
ut_cell_pane_map (GtkWidget *widget)
{
  UtCellPane *self = UT_CELL_PANE (widget);

  GTK_WIDGET_CLASS (ut_cell_pane_parent_class)->map (widget);
  if (self->dirty)
    read_sentence (self);
}

static void
ut_cell_pane_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((UtCellPaneProperty) id)
    {
    case PROP_WORD:
      g_value_set_int (value, UT_CELL_PANE (object)->word);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_cell_pane_dispose (GObject *object)
{
  UtCellPane *self = UT_CELL_PANE (object);

  stop_tracing (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_CELL_PANE);
  g_clear_pointer (&self->trace, ut_cell_trace_unref);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->config, ut_config_unref);
  g_clear_pointer (&self->prediction, ut_prediction_unref);

  G_OBJECT_CLASS (ut_cell_pane_parent_class)->dispose (object);
}

static void
ut_cell_pane_class_init (UtCellPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_cell_pane_get_property;
  object_class->dispose = ut_cell_pane_dispose;
  widget_class->map = ut_cell_pane_map;

  properties[PROP_WORD] = g_param_spec_int ("word", NULL, NULL, -1, G_MAXINT, -1,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                            | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UT_TYPE_HEAT_MAP);
  g_type_ensure (UT_TYPE_TEXT_TABLE);
  g_type_ensure (UT_TYPE_UNIT_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-cell-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, pages);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, problem_label);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, signal_choice);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, place_choice);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, order_choice);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, table_button);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, views);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, map);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, table);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, unit_pane);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, legend_label);
  gtk_widget_class_bind_template_child (widget_class, UtCellPane, reading_label);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, signal_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, word_cb);
}

static void
ut_cell_pane_init (UtCellPane *self)
{
  self->sentence = -1;
  self->word = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  fill_orders (self, TRUE);
  gtk_drop_down_set_selected (self->order_choice, ORDER_INDEX);
  self->filling = FALSE;
}

void
ut_cell_pane_show_sentence (UtCellPane   *self,
                            UtModel      *model,
                            UtConfig     *config,
                            UtPrediction *prediction,
                            int           sentence)
{
  g_return_if_fail (UT_IS_CELL_PANE (self));

  if (model == self->model && prediction == self->prediction && sentence == self->sentence)
    return;

  ut_unit_pane_set_model (self->unit_pane, model, config);
  g_clear_pointer (&self->model, ut_model_unref);
  g_clear_pointer (&self->config, ut_config_unref);
  g_clear_pointer (&self->prediction, ut_prediction_unref);
  self->model = model != NULL ? ut_model_ref (model) : NULL;
  self->config = config != NULL ? ut_config_ref (config) : NULL;
  self->prediction = prediction != NULL ? ut_prediction_ref (prediction) : NULL;
  self->sentence = sentence;
  read_sentence (self);
}

int
ut_cell_pane_get_word (UtCellPane *self)
{
  g_return_val_if_fail (UT_IS_CELL_PANE (self), -1);

  return self->word;
}

void
ut_cell_pane_set_word (UtCellPane *self,
                       int         word)
{
  g_return_if_fail (UT_IS_CELL_PANE (self));

  if (word == self->word)
    return;

  /* The map gets it with the trace that it belongs to. */
  if (self->trace == NULL || self->tracing != NULL || self->dirty)
    {
      self->word = word;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORD]);
      return;
    }

  ut_heat_map_set_word (self->map, word);
}
