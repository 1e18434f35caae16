/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-table.h"

#include "ut-resources.h"
#include "ut-row-columns.h"
#include "ut-row-model.h"
#include "ut-row-search.h"

#include <glib/gi18n.h>
#include <math.h>

/* Between a key and the search. */
#define PATIENCE_MS 50

typedef enum
{
  COLUMN_NUMBER,
  COLUMN_LABEL,
  COLUMN_LOSS,
  COLUMN_LENGTH,
  COLUMN_UNKNOWN,
  COLUMN_NO_VECTOR,
  COLUMN_SENTENCE,
  N_COLUMNS,
} Column;

/* An order of the rows that can be chosen without the mouse, which the heads of columns need. */
typedef struct
{
  const char *title; /* to be translated */
  Column column;
  GtkSortType direction;
} Order;

static const Order orders[] = {
  { N_("As in the file"), COLUMN_NUMBER, GTK_SORT_ASCENDING },
  { N_("Hardest first"), COLUMN_LOSS, GTK_SORT_DESCENDING },
  { N_("Easiest first"), COLUMN_LOSS, GTK_SORT_ASCENDING },
  { N_("Longest first"), COLUMN_LENGTH, GTK_SORT_DESCENDING },
  { N_("Shortest first"), COLUMN_LENGTH, GTK_SORT_ASCENDING },
  { N_("Most unknown first"), COLUMN_UNKNOWN, GTK_SORT_DESCENDING },
  { N_("Fewest vectors first"), COLUMN_NO_VECTOR, GTK_SORT_DESCENDING },
};

struct _UtRowTable
{
  GtkBox parent_instance;

  GtkDropDown *part_drop_down;
  GtkSearchEntry *search_entry;
  GtkToggleButton *regex_button;
  GtkDropDown *label_drop_down;
  GtkDropDown *order_drop_down;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkWidget *list_page;
  GtkWidget *nothing_page;
  GtkLabel *nothing_label;
  GtkColumnView *view;

  UtRowColumns *columns;        /* (owned): of the template */
  UtRowModel *model;            /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  UtInspection *inspection;     /* (owned) (nullable) */
  UtDataPart part;
  UtDataPart parts[UT_N_DATA_PARTS]; /* of the drop-down */
  guint orders[G_N_ELEMENTS (orders)]; /* likewise: positions in the table of all */
  guint n_orders;
  GBytes *subset;               /* (owned) (nullable): a guint32 for each row of it */
  GBytes *losses;               /* (owned) (nullable): a float for each row of the part */
  char *run;                    /* (owned) (nullable): whose losses they are */
  UtRowSearch *search;          /* (owned) */
  int probed;                   /* the column that sorts, -1 for none; while sort_column() asks */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (UtRowTable, ut_row_table, GTK_TYPE_BOX)

typedef enum
{
  PROP_PART = 1,
} UtRowTableProperty;

static GParamSpec *properties[PROP_PART + 1];

enum
{
  ROW_SELECTED,
  ROW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const UtInspectedPart *
get_inspected (UtRowTable *self)
{
  return self->inspection != NULL ? ut_inspection_get_part (self->inspection, self->part) : NULL;
}

static const float *
get_losses (UtRowTable *self)
{
  return self->losses != NULL ? g_bytes_get_data (self->losses, NULL) : NULL;
}

static gsize
count_subset (UtRowTable *self)
{
  return self->subset != NULL ? g_bytes_get_size (self->subset) / sizeof (guint32) : 0;
}

/* %NULL where all rows are looked at, which no rows at all are not. */
static const guint32 *
get_subset (UtRowTable *self)
{
  static const guint32 none = 0;

  if (self->subset == NULL)
    return NULL;

  return count_subset (self) > 0 ? g_bytes_get_data (self->subset, NULL) : &none;
}

/* Cells */

static char *
dup_share (const float *shares,
           guint32      row)
{
  return shares == NULL ? g_strdup ("") : g_strdup_printf ("%.0f %%", 100 * (double) shares[row]);
}

static gboolean
is_positive (const UtInspectedPart *part,
             guint32                row)
{
  return ut_dataset_get_label (ut_row_index_get_dataset (part->index), row) == 1;
}

static const char *
get_label_text (gboolean positive)
{
  return positive ? C_("label", "positive") : C_("label", "negative");
}

static char *
dup_cell_text (gpointer table,
               guint    column,
               guint32  row)
{
  UtRowTable *self = table;
  const UtInspectedPart *part = get_inspected (self);

  switch ((Column) column)
    {
    case COLUMN_NUMBER:
      return g_strdup_printf ("%'u", row + 1);
    case COLUMN_LABEL:
      return g_strdup (get_label_text (is_positive (part, row)));
    case COLUMN_LOSS:
      return self->losses == NULL ? g_strdup ("")
             : g_strdup_printf ("%.2f", (double) get_losses (self)[row]);
    case COLUMN_LENGTH:
      return g_strdup_printf ("%'.0f", (double) part->lengths[row]);
    case COLUMN_UNKNOWN:
      return dup_share (part->unknown, row);
    case COLUMN_NO_VECTOR:
      return dup_share (part->no_vector, row);
    case COLUMN_SENTENCE:
    case N_COLUMNS:
    default:
      return g_strdup (ut_row_index_get_text (part->index, row));
    }
}

/* Rows of another part come only after all cells have gone. */
static char *
dup_sample (gpointer table,
            guint    column)
{
  const UtInspectedPart *part = get_inspected (table);

  switch ((Column) column)
    {
    case COLUMN_NUMBER:
      return g_strdup_printf ("%'zu", part->summary.n_rows);
    case COLUMN_LABEL:
      return g_strdup_printf ("%s\n%s", get_label_text (TRUE), get_label_text (FALSE));
    case COLUMN_LOSS:
      return g_strdup ("00.00");
    case COLUMN_LENGTH:
      return g_strdup_printf ("%'u", part->summary.max_length);
    case COLUMN_UNKNOWN:
    case COLUMN_NO_VECTOR:
      return g_strdup ("100 %");
    case COLUMN_SENTENCE:
    case N_COLUMNS:
    default:
      return g_strdup ("0000000000000000");
    }
}

static const char *
get_tag_style (gpointer table,
               guint    column,
               guint32  row)
{
  return is_positive (get_inspected (table), row) ? "positive" : "negative";
}

static char *
dup_row_name (gpointer table,
              guint32  row)
{
  const UtInspectedPart *part = get_inspected (table);

  /* Translators: the number of a row, its label, its sentence. */
  return g_strdup_printf (_("Row %'u, %s: %s"), row + 1, get_label_text (is_positive (part, row)),
                          ut_row_index_get_text (part->index, row));
}

static const UtRowColumnsFuncs funcs = {
  .dup_sample = dup_sample,
  .dup_text = dup_cell_text,
  .get_style = get_tag_style,
  .dup_row_name = dup_row_name,
};

/* Sorting: the heads of the columns say by what, and a worker sorts numbers instead of objects. */

static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      data)
{
  GtkColumnViewColumn *column = data;
  UtRowTable *self = g_object_get_data (G_OBJECT (column), "table");

  if (self->probed < 0)
    self->probed = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "column"));

  return GTK_ORDERING_SMALLER;
}

/* Before GTK 4.10 a column view does not tell which column sorts it: it is asked to compare two
 * items, and the column that it asks in turn is the one. -1 where none sorts. */
static int
get_sort_column (UtRowTable *self,
                 gboolean   *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  g_autoptr (UtRowItem) first = ut_row_item_new (0);
  g_autoptr (UtRowItem) second = ut_row_item_new (1);

  self->probed = -1;
  *descending = gtk_sorter_compare (sorter, first, second) == GTK_ORDERING_LARGER;

  return self->probed;
}

static const float *
get_keys (UtRowTable *self,
          int         column)
{
  const UtInspectedPart *part = get_inspected (self);

  switch (column)
    {
    case COLUMN_LOSS:
      return get_losses (self);
    case COLUMN_LENGTH:
      return part->lengths;
    case COLUMN_UNKNOWN:
      return part->unknown;
    case COLUMN_NO_VECTOR:
      return part->no_vector;
    default:
      return NULL;
    }
}

/* Searching */

typedef struct
{
  UtInspection *inspection; /* (owned) */
  UtRowIndex *index;        /* of the inspection */
  UtRowQuery query;
  char *pattern;  /* (owned) */
  GBytes *subset; /* (owned) (nullable) */
  GBytes *losses; /* (owned) (nullable): the keys may be its */
} Search;

static void
search_free (Search *self)
{
  ut_inspection_unref (self->inspection);
  g_free (self->pattern);
  g_clear_pointer (&self->subset, g_bytes_unref);
  g_clear_pointer (&self->losses, g_bytes_unref);
  g_free (self);
}

static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Search *order = data;
  GError *error = NULL;
  gsize n_rows;
  guint32 *rows = ut_row_index_find (order->index, &order->query, cancellable, &n_rows, &error);

  if (rows != NULL)
    g_task_return_pointer (task, g_bytes_new_take (rows, n_rows * sizeof (guint32)),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static gsize
count_candidates (UtRowTable *self)
{
  return self->subset != NULL ? count_subset (self) : get_inspected (self)->summary.n_rows;
}

static void
say_count (UtRowTable *self,
           guint       n_rows)
{
  g_autofree char *count = ut_row_search_dup_count (n_rows, (guint) count_candidates (self));
  g_autoptr (GString) text = g_string_new (count);

  if (self->run != NULL)
    /* Translators: the name of a run; stands behind a number of rows. */
    g_string_append_printf (text, _("; loss by %s"), self->run);

  gtk_label_set_text (self->count_label, text->str);
  gtk_widget_remove_css_class (GTK_WIDGET (self->count_label), "error");
}

/* Shows @found (transfer full), a guint32 for each row. */
static void
show_found (UtRowTable *self,
            GBytes     *found)
{
  const char *pattern = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  gsize n_rows;
  guint32 *rows = g_bytes_unref_to_data (found, &n_rows);

  n_rows /= sizeof (guint32);
  ut_row_model_take (self->model, rows, n_rows);
  say_count (self, (guint) n_rows);
  if (n_rows == 0)
    {
      g_autofree char *markup = ut_row_search_dup_nothing (pattern);

      gtk_label_set_markup (self->nothing_label, markup);
    }
  gtk_stack_set_visible_child (self->stack, n_rows > 0 ? self->list_page : self->nothing_page);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  UtRowTable *self = UT_ROW_TABLE (object);
  g_autoptr (GError) error = NULL;
  GBytes *found = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (found != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->search_entry), "error");
      show_found (self, found);
      return;
    }

  /* What was found before stays: the expression may be half typed. */
  gtk_widget_add_css_class (GTK_WIDGET (self->search_entry), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "error");
  gtk_label_set_text (self->count_label, error->message);
}

static void
search (UtRowTable *self)
{
  static const int labels[] = { -1, 1, 0 };
  const UtInspectedPart *part = get_inspected (self);
  gboolean descending;
  int column;

  if (part == NULL || self->filling)
    return;

  column = get_sort_column (self, &descending);

  Search *order = g_new0 (Search, 1);

  order->inspection = ut_inspection_ref (self->inspection);
  order->index = part->index;
  order->pattern = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  order->subset = self->subset != NULL ? g_bytes_ref (self->subset) : NULL;
  order->losses = self->losses != NULL ? g_bytes_ref (self->losses) : NULL;
  order->query = (UtRowQuery) {
    .pattern = order->pattern,
    .is_regex = gtk_toggle_button_get_active (self->regex_button),
    .label = labels[MIN (gtk_drop_down_get_selected (self->label_drop_down), 2)],
    .subset = get_subset (self),
    .n_subset = count_subset (self),
    .keys = get_keys (self, column),
    .descending = descending,
  };

  ut_row_search_run (self->search, search_thread, order, (GDestroyNotify) search_free, found_cb);
}

static void
query_changed_cb (UtRowTable *self)
{
  search (self);
}

/* Text that replaces other text is empty for a moment, of which GtkSearchEntry would tell. */
static void
pattern_changed_cb (UtRowTable *self)
{
  ut_row_search_wait (self->search, PATIENCE_MS);
}

static void
clear_search_cb (UtRowTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_drop_down_set_selected (self->label_drop_down, 0);
}

/* Order */

static void
show_order (UtRowTable *self)
{
  gboolean descending;
  int column = get_sort_column (self, &descending);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->n_orders; i++)
    {
      const Order *order = &orders[self->orders[i]];

      if ((int) order->column == MAX (column, 0)
          && (order->direction == GTK_SORT_DESCENDING) == descending)
        selected = i;
    }

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->order_drop_down, selected);
  self->filling = FALSE;
}

/* The orders by the columns that there are. */
static void
fill_orders (UtRowTable *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->n_orders = 0;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (!gtk_column_view_column_get_visible (ut_row_columns_get (self->columns, orders[i].column)))
        continue;
      self->orders[self->n_orders++] = i;
      gtk_string_list_append (titles, gettext (orders[i].title));
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->order_drop_down, G_LIST_MODEL (titles));
  self->filling = FALSE;
  show_order (self);
}

static void
order_selected_cb (UtRowTable *self)
{
  guint selected = gtk_drop_down_get_selected (self->order_drop_down);

  if (self->filling || selected >= self->n_orders)
    return;

  const Order *order = &orders[self->orders[selected]];

  gtk_column_view_sort_by_column (self->view, ut_row_columns_get (self->columns, order->column),
                                  order->direction);
}

static void
sorter_changed_cb (UtRowTable *self)
{
  /* A view that goes away takes its columns away, too. */
  if (self->filling)
    return;

  show_order (self);
  search (self);
}

/* What is shown */

static void
set_visible (UtRowTable *self,
             Column      column,
             gboolean    visible)
{
  gtk_column_view_column_set_visible (ut_row_columns_get (self->columns, column), visible);
}

static void
update_columns (UtRowTable *self)
{
  const UtInspectedPart *part = get_inspected (self);

  set_visible (self, COLUMN_LOSS, self->losses != NULL);
  set_visible (self, COLUMN_UNKNOWN, part != NULL && part->unknown != NULL);
  set_visible (self, COLUMN_NO_VECTOR, part != NULL && part->no_vector != NULL);
  fill_orders (self);
}

/* Rows of another part must not be looked at as if they were this one's. */
static void
show_part (UtRowTable *self,
           UtDataPart  part)
{
  gboolean changed = self->part != part;

  self->part = part;
  g_clear_pointer (&self->subset, g_bytes_unref);
  g_clear_pointer (&self->losses, g_bytes_unref);
  g_clear_pointer (&self->run, g_free);
  ut_row_model_take (self->model, NULL, 0);
  ut_row_columns_free_widths (self->columns);
  update_columns (self);
  search (self);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PART]);
}

static void
part_selected_cb (UtRowTable *self)
{
  guint selected = gtk_drop_down_get_selected (self->part_drop_down);

  if (!self->filling && selected < UT_N_DATA_PARTS && self->parts[selected] != self->part)
    show_part (self, self->parts[selected]);
}

static void
selected_cb (UtRowTable *self)
{
  UtRowItem *item = gtk_single_selection_get_selected_item (self->selection);

  g_signal_emit (self, signals[ROW_SELECTED], 0,
                 item != NULL ? (int) ut_row_item_get_row (item) : -1);
}

static void
activate_cb (UtRowTable *self,
             guint       position)
{
  const UtInspectedPart *part = get_inspected (self);
  g_autoptr (UtRowItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (part != NULL && item != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0,
                   ut_row_index_get_text (part->index, ut_row_item_get_row (item)));
}

static gboolean
ut_row_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (UT_ROW_TABLE (widget)->search_entry));
}

static void
ut_row_table_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((UtRowTableProperty) id)
    {
    case PROP_PART:
      g_value_set_int (value, (int) UT_ROW_TABLE (object)->part);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_row_table_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_row_table_parent_class)->css_changed (widget, change);
  ut_row_columns_css_changed (UT_ROW_TABLE (widget)->columns, widget);
}

static void
ut_row_table_dispose (GObject *object)
{
  UtRowTable *self = UT_ROW_TABLE (object);

  self->filling = TRUE;
  ut_row_search_cancel (self->search);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_ROW_TABLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (ut_row_table_parent_class)->dispose (object);
}

static void
ut_row_table_finalize (GObject *object)
{
  UtRowTable *self = UT_ROW_TABLE (object);

  g_clear_pointer (&self->inspection, ut_inspection_unref);
  g_clear_pointer (&self->subset, g_bytes_unref);
  g_clear_pointer (&self->losses, g_bytes_unref);
  g_free (self->run);
  ut_row_columns_free (self->columns);
  ut_row_search_free (self->search);

  G_OBJECT_CLASS (ut_row_table_parent_class)->finalize (object);
}

static const struct
{
  const char *id;
  UtRowColumnKind kind;
} columns[N_COLUMNS] = {
  [COLUMN_NUMBER] = { "number_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_LABEL] = { "label_column", UT_ROW_COLUMN_TAG },
  [COLUMN_LOSS] = { "loss_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_LENGTH] = { "length_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_UNKNOWN] = { "unknown_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_NO_VECTOR] = { "no_vector_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_SENTENCE] = { "sentence_column", UT_ROW_COLUMN_TEXT },
};

static void
ut_row_table_class_init (UtRowTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_row_table_get_property;
  object_class->dispose = ut_row_table_dispose;
  object_class->finalize = ut_row_table_finalize;
  widget_class->css_changed = ut_row_table_css_changed;
  widget_class->grab_focus = ut_row_table_grab_focus;

  /** UtRowTable:part: which part is shown, an #UtDataPart. */
  properties[PROP_PART] = g_param_spec_int ("part", NULL, NULL, 0, UT_N_DATA_PARTS - 1, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                            G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /** UtRowTable::row-selected: (row): the row that is selected, -1 for none. */
  signals[ROW_SELECTED] = g_signal_new ("row-selected", UT_TYPE_ROW_TABLE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /** UtRowTable::row-activated: (sentence): Return or a double click on a row. */
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", UT_TYPE_ROW_TABLE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-row-table.ui");
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, part_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, search_entry);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, regex_button);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, label_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, count_label);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, stack);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, UtRowTable, view);
  for (Column column = 0; column < N_COLUMNS; column++)
    gtk_widget_class_bind_template_child_full (widget_class, columns[column].id, FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, order_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, part_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, pattern_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
set_up_column (UtRowTable *self,
               Column      column)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (self), UT_TYPE_ROW_TABLE,
                                                   columns[column].id);

  ut_row_columns_add (self->columns, GTK_COLUMN_VIEW_COLUMN (object), columns[column].kind);
  if (columns[column].kind == UT_ROW_COLUMN_NUMBER)
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe_cb, object, NULL));

      g_object_set_data (object, "column", GINT_TO_POINTER (column));
      g_object_set_data (object, "table", self);
      gtk_column_view_column_set_sorter (GTK_COLUMN_VIEW_COLUMN (object), sorter);
    }
}

static void
ut_row_table_init (UtRowTable *self)
{
  self->columns = ut_row_columns_new (&funcs, self);
  self->search = ut_row_search_new (self, (UtRowSearchBegin) search);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;

  for (Column column = 0; column < N_COLUMNS; column++)
    set_up_column (self, column);
  self->model = ut_row_model_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  fill_orders (self);
}

static void
fill_parts (UtRowTable *self)
{
  static const char * const titles[UT_N_DATA_PARTS] = {
    [UT_DATA_TRAIN] = N_("Training rows"),
    [UT_DATA_DEV] = N_("Development rows"),
    [UT_DATA_TEST] = N_("Test rows"),
  };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n_parts = 0;
  guint selected = 0;

  for (UtDataPart part = 0; part < UT_N_DATA_PARTS && self->inspection != NULL; part++)
    {
      if (ut_inspection_get_part (self->inspection, part) == NULL)
        continue;
      if (part == self->part)
        selected = n_parts;
      self->parts[n_parts++] = part;
      gtk_string_list_append (list, gettext (titles[part]));
    }

  self->filling = TRUE;
  gtk_drop_down_set_model (self->part_drop_down, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->part_drop_down, selected);
  self->filling = FALSE;
}

void
ut_row_table_set_inspection (UtRowTable   *self,
                             UtInspection *inspection)
{
  g_return_if_fail (UT_IS_ROW_TABLE (self));

  if (inspection == self->inspection)
    return;

  ut_row_search_cancel (self->search);
  ut_row_model_take (self->model, NULL, 0);
  g_clear_pointer (&self->inspection, ut_inspection_unref);
  self->inspection = inspection != NULL ? ut_inspection_ref (inspection) : NULL;
  fill_parts (self);
  show_part (self, get_inspected (self) != NULL ? self->part : UT_DATA_TRAIN);
}

UtDataPart
ut_row_table_get_part (UtRowTable *self)
{
  g_return_val_if_fail (UT_IS_ROW_TABLE (self), UT_DATA_TRAIN);

  return self->part;
}

void
ut_row_table_set_part (UtRowTable *self,
                       UtDataPart  part)
{
  g_return_if_fail (UT_IS_ROW_TABLE (self));

  for (guint i = 0; i < g_list_model_get_n_items (gtk_drop_down_get_model (self->part_drop_down));
       i++)
    {
      if (self->parts[i] == part)
        gtk_drop_down_set_selected (self->part_drop_down, i);
    }
}

void
ut_row_table_set_subset (UtRowTable    *self,
                         const guint32 *rows,
                         gsize          n_rows)
{
  g_return_if_fail (UT_IS_ROW_TABLE (self));

  g_clear_pointer (&self->subset, g_bytes_unref);
  if (rows != NULL)
    self->subset = g_bytes_new (rows, n_rows * sizeof (guint32));
  search (self);
}

void
ut_row_table_set_losses (UtRowTable *self,
                         GBytes     *losses,
                         const char *run)
{
  const UtInspectedPart *part;

  g_return_if_fail (UT_IS_ROW_TABLE (self));

  part = get_inspected (self);
  g_return_if_fail (losses == NULL
                    || (part != NULL
                        && g_bytes_get_size (losses) == part->summary.n_rows * sizeof (float)));

  if (losses != NULL)
    g_bytes_ref (losses);
  g_clear_pointer (&self->losses, g_bytes_unref);
  self->losses = losses;
  g_free (self->run);
  self->run = losses != NULL ? g_strdup (run) : NULL;
  update_columns (self);
  search (self);
}

void
ut_row_table_sort_by_loss (UtRowTable *self)
{
  g_return_if_fail (UT_IS_ROW_TABLE (self));

  if (self->losses != NULL)
    gtk_column_view_sort_by_column (self->view, ut_row_columns_get (self->columns, COLUMN_LOSS),
                                    GTK_SORT_DESCENDING);
}
