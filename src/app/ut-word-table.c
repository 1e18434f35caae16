/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-table.h"

#include "ut-word-item.h"
#include "ut-word-spans.h"

#include <glib/gi18n.h>
#include <math.h>

struct _UtWordTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  GListStore *words;
  GtkColumnViewColumn *word_column;
  GtkColumnViewColumn *probability_column;
  GtkColumnViewColumn *lane_columns[UT_WORD_ITEM_N_LANES]; /* (owned) */
  GtkColumnViewColumn *dispute_column;
  GtkColumnViewColumn *change_column;
  GtkColumnViewColumn *left_out_column;
  GtkColumnViewColumn *gradient_column;
  GtkColumnViewColumn *attention_column;
  GtkColumnViewColumn *known_column;
  int selected;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (UtWordTable, ut_word_table, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SELECTED = 1,
} UtWordTableProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

typedef enum
{
  WORD_ACTIVATED,
  WORD_STRUCK_OUT,
  N_SIGNALS,
} UtWordTableSignal;

static guint signals[N_SIGNALS];

/* Of a word at least so much is seen, however many columns there are. */
#define WORD_CHARS 9

/* What a cell of a column says. */
typedef char *(*CellText) (UtWordItem *item);

static char *
dup_word (UtWordItem *item)
{
  return g_strdup (ut_word_item_get_word (item));
}

static char *
dup_first_lane (UtWordItem *item)
{
  return ut_word_item_dup_lane (item, 0);
}

static char *
dup_second_lane (UtWordItem *item)
{
  return ut_word_item_dup_lane (item, 1);
}

static char *
dup_third_lane (UtWordItem *item)
{
  return ut_word_item_dup_lane (item, 2);
}

static void
cell_setup_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               gpointer                  data)
{
  CellText text = (CellText) data;
  gboolean is_text = text == dup_word || text == ut_word_item_dup_known ||
                     text == ut_word_item_dup_dispute;
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "halign", is_text ? GTK_ALIGN_START : GTK_ALIGN_END,
                                   "ellipsize", text == dup_word ? PANGO_ELLIPSIZE_END
                                                                 : PANGO_ELLIPSIZE_NONE,
                                   "width-chars", text == dup_word ? WORD_CHARS : -1,
                                   NULL);

  gtk_widget_add_css_class (label, "word-cell");
  if (!is_text)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

/* Gives @label the tint of @step, and takes another one away. */
static void
set_tint (GtkWidget *label,
          int        step)
{
  for (int i = -UT_WORD_STEPS; i <= UT_WORD_STEPS; i++)
    {
      g_autofree char *name = g_strdup_printf ("word-%c%d", i < 0 ? 'n' : 'p', ABS (i));

      if (i != 0 && i == step)
        gtk_widget_add_css_class (label, name);
      else
        gtk_widget_remove_css_class (label, name);
    }
}

/* Puts the line of @mark under @label, and takes another one away. */
static void
set_mark (GtkWidget  *label,
          UtWordMark  mark)
{
  static const char * const names[UT_WORD_N_MARKS] = { NULL, "word-guessed", "word-unknown" };

  for (guint i = UT_WORD_MARK_GUESSED; i < UT_WORD_N_MARKS; i++)
    {
      if (i == mark)
        gtk_widget_add_css_class (label, names[i]);
      else
        gtk_widget_remove_css_class (label, names[i]);
    }
}

static void
set_accessible_label (GtkWidget  *widget,
                      const char *label)
{
  if (widget != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}

static gboolean
is_worth (CellText text)
{
  return text == ut_word_item_dup_change || text == ut_word_item_dup_left_out ||
         text == ut_word_item_dup_gradient;
}

/* What the tint of a cell says. */
static double
get_worth (CellText    text,
           UtWordItem *item)
{
  if (text == ut_word_item_dup_left_out)
    return ut_word_item_get_left_out (item);
  if (text == ut_word_item_dup_gradient)
    return ut_word_item_get_gradient (item);

  return ut_word_item_get_change (item);
}

static void
fill_cell (GtkListItem *list_item,
           CellText     dup_text)
{
  UtWordItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *label = gtk_list_item_get_child (list_item);
  g_autofree char *text = dup_text (item);

  if (is_worth (dup_text))
    set_tint (label, ut_word_step (get_worth (dup_text, item)));
  if (dup_text == dup_word || dup_text == ut_word_item_dup_known)
    set_mark (label, ut_word_item_get_mark (item));

  /* GTK names neither the cell nor the row after what they hold. */
  GtkWidget *cell = gtk_widget_get_parent (label);
  if (!g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
    {
      gtk_label_set_text (GTK_LABEL (label), text);
      set_accessible_label (cell, text);
    }
  if (dup_text == dup_word && cell != NULL)
    {
      g_autofree char *row = ut_word_item_dup_label (item);

      set_accessible_label (gtk_widget_get_parent (cell), row);
    }
}

/* What a cell shows changes with the answers. */
static void
item_changed_cb (UtWordItem *item,
                 gpointer    data)
{
  GtkListItem *list_item = data;

  fill_cell (list_item, (CellText) g_object_get_data (G_OBJECT (list_item), "cell-text"));
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              gpointer                  data)
{
  g_object_set_data (G_OBJECT (list_item), "cell-text", data);
  g_signal_connect (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (item_changed_cb),
                    list_item);
  fill_cell (list_item, (CellText) data);
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item,
                gpointer                  data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), item_changed_cb,
                                        list_item);
}

static void
add_factory (GtkColumnViewColumn *column,
             CellText             text)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), (gpointer) text);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind_cb), (gpointer) text);
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind_cb), NULL);
  gtk_column_view_column_set_factory (column, factory);
}

/* Adds the columns of the other lanes, hidden, behind that of the lead. */
static void
add_lane_columns (UtWordTable *self)
{
  const CellText texts[] = { dup_first_lane, dup_second_lane, dup_third_lane };

  for (guint i = 0; i < UT_WORD_ITEM_N_LANES; i++)
    {
      GtkColumnViewColumn *column = gtk_column_view_column_new (NULL, NULL);

      gtk_column_view_column_set_visible (column, FALSE);
      add_factory (column, texts[i]);
      gtk_column_view_insert_column (self->view, 2 + i, column);
      self->lane_columns[i] = column;
    }
}

static void
selected_cb (UtWordTable *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  int selected = position == GTK_INVALID_LIST_POSITION ? -1 : (int) position;

  if (self->filling || selected == self->selected)
    return;

  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
activated_cb (UtWordTable *self,
              guint        position)
{
  g_signal_emit (self, signals[WORD_ACTIVATED], 0, position);
}

static gboolean
strike_out_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   data)
{
  UtWordTable *self = UT_WORD_TABLE (widget);

  if (self->selected < 0)
    return FALSE;

  g_signal_emit (self, signals[WORD_STRUCK_OUT], 0, (guint) self->selected);
  return TRUE;
}

/* Shows the selected row; before GTK 4.12 a column view has no function for it. */
static void
scroll_to_selected (UtWordTable *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        gtk_widget_activate_action (child, "list.scroll-to-item", "u", (guint) self->selected);
    }
}

/* Rows cost time only where they are seen. */
static void
ut_word_table_map (GtkWidget *widget)
{
  UtWordTable *self = UT_WORD_TABLE (widget);

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  GTK_WIDGET_CLASS (ut_word_table_parent_class)->map (widget);
  if (self->selected >= 0)
    scroll_to_selected (self);
}

static void
ut_word_table_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ut_word_table_parent_class)->unmap (widget);
  gtk_column_view_set_model (UT_WORD_TABLE (widget)->view, NULL);
}

static void
ut_word_table_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch ((UtWordTableProperty) id)
    {
    case PROP_SELECTED:
      g_value_set_int (value, ut_word_table_get_selected (UT_WORD_TABLE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_word_table_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch ((UtWordTableProperty) id)
    {
    case PROP_SELECTED:
      ut_word_table_set_selected (UT_WORD_TABLE (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_word_table_dispose (GObject *object)
{
  UtWordTable *self = UT_WORD_TABLE (object);

  for (guint i = 0; i < UT_WORD_ITEM_N_LANES; i++)
    g_clear_object (&self->lane_columns[i]);
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_WORD_TABLE);

  G_OBJECT_CLASS (ut_word_table_parent_class)->dispose (object);
}

static void
ut_word_table_class_init (UtWordTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_word_table_get_property;
  object_class->set_property = ut_word_table_set_property;
  object_class->dispose = ut_word_table_dispose;
  widget_class->map = ut_word_table_map;
  widget_class->unmap = ut_word_table_unmap;

  properties[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[WORD_ACTIVATED] = g_signal_new ("word-activated", UT_TYPE_WORD_TABLE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[WORD_STRUCK_OUT] = g_signal_new ("word-struck-out", UT_TYPE_WORD_TABLE,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_UINT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, strike_out_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, strike_out_cb, NULL);

  g_type_ensure (UT_TYPE_WORD_ITEM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-word-table.ui");
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, view);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, selection);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, words);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, word_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, probability_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, dispute_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, change_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, left_out_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, gradient_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, attention_column);
  gtk_widget_class_bind_template_child (widget_class, UtWordTable, known_column);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
ut_word_table_init (UtWordTable *self)
{
  self->selected = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_column_view_set_model (self->view, NULL);
  add_factory (self->word_column, dup_word);
  add_factory (self->probability_column, ut_word_item_dup_probability);
  add_factory (self->change_column, ut_word_item_dup_change);
  add_factory (self->left_out_column, ut_word_item_dup_left_out);
  add_factory (self->gradient_column, ut_word_item_dup_gradient);
  add_factory (self->attention_column, ut_word_item_dup_attention);
  add_factory (self->dispute_column, ut_word_item_dup_dispute);
  add_factory (self->known_column, ut_word_item_dup_known);
  add_lane_columns (self);
}

void
ut_word_table_set_words (UtWordTable        *self,
                         const UtWordAnswer *words,
                         gsize               n_words)
{
  g_return_if_fail (UT_IS_WORD_TABLE (self));
  g_return_if_fail (words != NULL || n_words == 0);

  GListModel *model = G_LIST_MODEL (self->words);
  guint n_old = g_list_model_get_n_items (model);
  guint n = (guint) MIN (n_words, UT_WORD_TABLE_MAX);
  guint n_kept = MIN (n, n_old);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = n_kept; i < n; i++)
    g_ptr_array_add (items, ut_word_item_new (&words[i]));

  gtk_column_view_column_set_visible (self->attention_column,
                                      n_words > 0 && !isnan (words[0].attention));

  /* New rows deselect; the one who selects words decides what is selected then. Rows are not made
   * anew where they can be filled with other words, which takes a tenth of the time. */
  self->filling = TRUE;
  for (guint i = 0; i < n_kept; i++)
    {
      g_autoptr (UtWordItem) item = g_list_model_get_item (model, i);

      ut_word_item_set_answer (item, &words[i]);
    }
  if (n != n_old)
    g_list_store_splice (self->words, n_kept, n_old - n_kept, items->pdata, items->len);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  self->selected = -1;
}

void
ut_word_table_set_lane (UtWordTable        *self,
                        guint               lane,
                        const char         *name,
                        const UtWordAnswer *words,
                        gsize               n_words)
{
  g_return_if_fail (UT_IS_WORD_TABLE (self));
  g_return_if_fail (lane < UT_WORD_ITEM_N_LANES);
  g_return_if_fail (name == NULL || words != NULL);

  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->words));
  GtkColumnViewColumn *column = self->lane_columns[lane];
  const char *title = g_intern_string (name);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtWordItem) item = g_list_model_get_item (G_LIST_MODEL (self->words), i);
      gboolean answered = name != NULL && i < n_words;

      ut_word_item_set_lane (item, lane, answered ? title : NULL,
                             answered ? words[i].probability : 0);
    }
  if (name != NULL && g_strcmp0 (gtk_column_view_column_get_title (column), name) != 0)
    gtk_column_view_column_set_title (column, name);
  gtk_column_view_column_set_visible (column, name != NULL);
}

void
ut_word_table_set_disputed (UtWordTable    *self,
                            const gboolean *disputed,
                            gsize           n_words)
{
  g_return_if_fail (UT_IS_WORD_TABLE (self));

  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->words));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtWordItem) item = g_list_model_get_item (G_LIST_MODEL (self->words), i);

      ut_word_item_set_disputed (item, disputed != NULL && i < n_words && disputed[i]);
    }
  gtk_column_view_column_set_visible (self->dispute_column, disputed != NULL);
}

void
ut_word_table_set_worths (UtWordTable   *self,
                          const double  *left_out,
                          UtWorthMethod  method,
                          const double  *gradients)
{
  guint n_words;

  g_return_if_fail (UT_IS_WORD_TABLE (self));

  n_words = g_list_model_get_n_items (G_LIST_MODEL (self->words));
  /* GTK 4.8 puts the cells of a column that comes later behind all others for a screen reader. */
  if (n_words > 0)
    gtk_column_view_column_set_visible (self->left_out_column, left_out != NULL);
  gtk_column_view_column_set_visible (self->gradient_column, gradients != NULL);
  gtk_column_view_column_set_title (self->gradient_column, method == UT_WORTH_INTEGRATED
                                                             ? _("Integrated gradients")
                                                             : _("Gradient × input"));
  for (guint i = 0; i < n_words; i++)
    {
      g_autoptr (UtWordItem) item = g_list_model_get_item (G_LIST_MODEL (self->words), i);

      ut_word_item_set_worths (item, left_out != NULL ? left_out[i] : NAN, method,
                               gradients != NULL ? gradients[i] : NAN);
    }
}

int
ut_word_table_get_selected (UtWordTable *self)
{
  g_return_val_if_fail (UT_IS_WORD_TABLE (self), -1);

  return self->selected;
}

void
ut_word_table_set_selected (UtWordTable *self,
                            int          selected)
{
  g_return_if_fail (UT_IS_WORD_TABLE (self));

  if (selected == self->selected ||
      selected >= (int) g_list_model_get_n_items (G_LIST_MODEL (self->words)))
    return;

  gtk_single_selection_set_selected (self->selection,
                                     selected < 0 ? GTK_INVALID_LIST_POSITION : (guint) selected);
  if (selected >= 0)
    scroll_to_selected (self);
}
