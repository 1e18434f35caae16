/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-table.h"

#include "ut-resources.h"
#include "ut-row-columns.h"
#include "ut-row-model.h"
#include "ut-row-search.h"
#include "ut-short-text.h"

#include <glib/gi18n.h>

/* What is shown of a text, in characters, and of a label. */
#define MAX_TEXT_LENGTH 300
#define MAX_LABEL_LENGTH 16
/* Bytes of a row that are read for that. */
#define MAX_SHOWN_BYTES (16 * 1024)
/* The most that goes to the clipboard. */
#define MAX_COPIED_ROWS 10000
#define MAX_COPIED_BYTES (32 * 1024 * 1024)

typedef enum
{
  COLUMN_LINE,
  COLUMN_TEXT,
  COLUMN_LABEL,
  COLUMN_ANSWER,
  COLUMN_PROBABILITY,
  COLUMN_WORDS,
  COLUMN_UNKNOWN,
  N_COLUMNS,
} Column;

struct _UtClassifyTable
{
  GtkBox parent_instance;

  GtkDropDown *filter_drop_down;
  GtkDropDown *order_drop_down;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkWidget *list_page;
  GtkWidget *nothing_page;
  GtkColumnView *view;

  UtRowColumns *columns;         /* (owned): of the template */
  UtClassifiedRows *rows;        /* (owned) (nullable) */
  UtClassifyChoice choice;       /* what is listed */
  UtRowModel *model;             /* (owned) */
  GtkMultiSelection *selection;  /* (owned) */
  UtRowSearch *search;           /* (owned) */
  gboolean filling;

  guint32 seen;                  /* the row that was read last: its cells are bound in turn */
  gboolean has_seen;
  UtClassifiedRow row;           /* of it */
  char *text;                    /* (owned) (nullable): of it */
};

G_DEFINE_FINAL_TYPE (UtClassifyTable, ut_classify_table, GTK_TYPE_BOX)

enum
{
  ROW_ACTIVATED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Cells */

/* Some bytes of the disk, which the system still has in memory. */
static const UtClassifiedRow *
look (UtClassifyTable *self,
      guint32          row)
{
  if (self->has_seen && self->seen == row)
    return &self->row;

  g_autofree char *text = ut_classified_rows_dup_text (self->rows, row, MAX_SHOWN_BYTES);

  self->seen = row;
  self->has_seen = TRUE;
  ut_classified_rows_get (self->rows, row, &self->row);
  g_free (self->text);
  self->text = ut_short_text_dup (text, MAX_TEXT_LENGTH);

  return &self->row;
}

static const char *
get_sign_text (gboolean positive)
{
  return positive ? C_("label", "positive") : C_("label", "negative");
}

static const UtImportLabel *
get_label (UtClassifyTable       *self,
           const UtClassifiedRow *row)
{
  guint n_labels;
  const UtImportLabel *labels =
    ut_classification_get_labels (ut_classified_rows_get_classification (self->rows), &n_labels);

  return row->label < n_labels ? &labels[row->label] : NULL;
}

/* "✗ negative" where the label says otherwise, "✓ negative" where it says so. */
static char *
dup_answer (UtClassifyTable       *self,
            const UtClassifiedRow *row)
{
  const char *text = get_sign_text (row->positive);

  switch (ut_classify_choice_get_meaning (&self->choice, row))
    {
    case UT_IMPORT_POSITIVE:
      return g_strdup_printf ("%s %s", row->positive ? "✓" : "✗", text);
    case UT_IMPORT_NEGATIVE:
      return g_strdup_printf ("%s %s", row->positive ? "✗" : "✓", text);
    case UT_IMPORT_LEAVE_OUT:
    default:
      return g_strdup (text);
    }
}

static char *
dup_cell_text (gpointer table,
               guint    column,
               guint32  number)
{
  UtClassifyTable *self = table;
  const UtClassifiedRow *row = look (self, number);
  const UtImportLabel *label;

  switch ((Column) column)
    {
    case COLUMN_LINE:
      return g_strdup_printf ("%'" G_GUINT64_FORMAT, row->line);
    case COLUMN_LABEL:
      label = get_label (self, row);
      return label != NULL ? ut_short_text_dup (label->value, MAX_LABEL_LENGTH) : g_strdup ("–");
    case COLUMN_ANSWER:
      return dup_answer (self, row);
    case COLUMN_PROBABILITY:
      return g_strdup_printf ("%.3f", row->probability);
    case COLUMN_WORDS:
      return g_strdup_printf ("%'zu", row->n_words);
    case COLUMN_UNKNOWN:
      return g_strdup_printf ("%'zu", row->n_unknown);
    case COLUMN_TEXT:
    case N_COLUMNS:
    default:
      return g_strdup (self->text);
    }
}

static char *
dup_sample (gpointer table,
            guint    column)
{
  UtClassifyTable *self = table;
  UtClassifiedRow last;
  GString *sample;
  guint n_labels;
  const UtImportLabel *labels;

  switch ((Column) column)
    {
    case COLUMN_LINE:
      ut_classified_rows_get (self->rows, ut_classified_rows_get_n_rows (self->rows) - 1, &last);
      return g_strdup_printf ("%'" G_GUINT64_FORMAT, last.line);
    case COLUMN_LABEL:
      labels = ut_classification_get_labels (ut_classified_rows_get_classification (self->rows),
                                             &n_labels);
      sample = g_string_new ("–");
      for (guint i = 0; i < n_labels; i++)
        {
          g_autofree char *text = ut_short_text_dup (labels[i].value, MAX_LABEL_LENGTH);

          g_string_append_printf (sample, "\n%s", text);
        }
      return g_string_free (sample, FALSE);
    case COLUMN_ANSWER:
      return g_strdup_printf ("✗ %s\n✗ %s", get_sign_text (TRUE), get_sign_text (FALSE));
    case COLUMN_PROBABILITY:
      return g_strdup ("0.000");
    case COLUMN_WORDS:
    case COLUMN_UNKNOWN:
      return g_strdup ("0,000");
    case COLUMN_TEXT:
    case N_COLUMNS:
    default:
      return g_strdup ("0000000000000000");
    }
}

static const char *
get_tag_style (gpointer table,
               guint    column,
               guint32  number)
{
  UtClassifyTable *self = table;
  const UtClassifiedRow *row = look (self, number);
  UtImportMeaning meaning = column == COLUMN_LABEL
                            ? ut_classify_choice_get_meaning (&self->choice, row)
                            : row->positive ? UT_IMPORT_POSITIVE : UT_IMPORT_NEGATIVE;

  return meaning == UT_IMPORT_POSITIVE ? "positive"
         : meaning == UT_IMPORT_NEGATIVE ? "negative" : "left-out";
}

static char *
dup_row_name (gpointer table,
              guint32  number)
{
  UtClassifyTable *self = table;
  const UtClassifiedRow *row = look (self, number);
  g_autofree char *answer = dup_answer (self, row);
  g_autofree char *line = g_strdup_printf ("%'" G_GUINT64_FORMAT, row->line);

  /* Translators: the number of a line, an answer as "✗ negative", a probability, a text. */
  return g_strdup_printf (_("Line %s, %s %.3f: %s"), line, answer, row->probability, self->text);
}

static const UtRowColumnsFuncs funcs = {
  .dup_sample = dup_sample,
  .dup_text = dup_cell_text,
  .get_style = get_tag_style,
  .dup_row_name = dup_row_name,
};

/* Listing */

typedef struct
{
  UtClassifiedRows *rows;  /* (owned) */
  UtClassifyChoice choice;
  guint32 *found;          /* (owned) (nullable): with what was found */
  gsize n_found;
} Search;

static void
search_free (Search *self)
{
  ut_classified_rows_unref (self->rows);
  g_free (self->found);
  g_free (self);
}

static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Search *order = data;
  const UtClassifiedQuery query = ut_classify_choice_get_query (&order->choice);
  GError *error = NULL;

  order->found = ut_classified_rows_find (order->rows, &query, cancellable, &order->n_found,
                                          &error);
  if (order->found != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_count (UtClassifyTable *self)
{
  guint n_all = ut_classified_rows_get_n_rows (self->rows);
  guint n = ut_classify_table_get_n_listed (self);
  g_autofree char *text = ut_row_search_dup_count (n, n_all);

  gtk_label_set_text (self->count_label, text);
  gtk_stack_set_visible_child (self->stack, n > 0 ? self->list_page : self->nothing_page);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  UtClassifyTable *self = UT_CLASSIFY_TABLE (object);
  Search *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[MESSAGE], 0, error->message);
      return;
    }

  self->choice = order->choice;
  ut_row_model_take (self->model, g_steal_pointer (&order->found), order->n_found);
  show_count (self);
}

/* What was listed before stays until it is done. */
static void
search (UtClassifyTable *self)
{
  UtClassifyChoice choice;

  ut_row_search_cancel (self->search);
  if (self->rows == NULL || self->filling)
    return;

  ut_classify_choice_init (&choice, ut_classified_rows_get_classification (self->rows));
  choice.filter = (UtClassifyFilter) gtk_drop_down_get_selected (self->filter_drop_down);
  choice.order = (UtClassifyOrder) gtk_drop_down_get_selected (self->order_drop_down);
  if (ut_classify_choice_is_plain (&choice))
    {
      self->choice = choice;
      ut_row_model_show_all (self->model, ut_classified_rows_get_n_rows (self->rows));
      show_count (self);
      return;
    }

  Search *order = g_new0 (Search, 1);

  order->rows = ut_classified_rows_ref (self->rows);
  order->choice = choice;
  ut_row_search_run (self->search, search_thread, order, (GDestroyNotify) search_free, found_cb);
}

static void
show_all_cb (UtClassifyTable *self)
{
  gtk_drop_down_set_selected (self->filter_drop_down, UT_CLASSIFY_ALL);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_drop_down));
}

static void
activate_cb (UtClassifyTable *self,
             guint            position)
{
  g_autoptr (UtRowItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    {
      g_autofree char *text = ut_classified_rows_dup_text (self->rows, ut_row_item_get_row (item),
                                                           G_MAXSIZE);

      g_signal_emit (self, signals[ROW_ACTIVATED], 0, text);
    }
}

/* Copying */

typedef struct
{
  UtClassifiedRows *rows; /* (owned) */
  GArray *numbers;        /* (owned) (element-type guint32) */
  guint n_copied;
} Copy;

static void
copy_free (Copy *self)
{
  ut_classified_rows_unref (self->rows);
  g_array_unref (self->numbers);
  g_free (self);
}

static void
copy_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Copy *order = data;
  g_autofree char *header = ut_classified_rows_dup_header (order->rows);
  GString *text = g_string_new (header);

  while (order->n_copied < order->numbers->len && text->len < MAX_COPIED_BYTES)
    {
      guint32 number = g_array_index (order->numbers, guint32, order->n_copied++);
      g_autofree char *record = ut_classified_rows_dup_record (order->rows, number);

      g_string_append (text, record);
    }
  g_task_return_pointer (task, g_string_free (text, FALSE), g_free);
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  UtClassifyTable *self = UT_CLASSIFY_TABLE (object);
  const Copy *order = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  guint n = order->n_copied;
  g_autofree char *message = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  if (n == order->numbers->len && n < MAX_COPIED_ROWS)
    message = g_strdup_printf (ngettext ("%'u row is copied.", "%'u rows are copied.", n), n);
  else
    message = g_strdup_printf (ngettext ("The first %'u row is copied.",
                                         "The first %'u rows are copied.", n), n);
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  UtClassifyTable *self = UT_CLASSIFY_TABLE (widget);
  GtkBitset *selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint position;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position);
       valid && numbers->len < MAX_COPIED_ROWS; valid = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (UtRowItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
      guint32 number = ut_row_item_get_row (item);

      g_array_append_val (numbers, number);
    }
  gtk_bitset_unref (selected);
  if (numbers->len == 0)
    {
      g_array_unref (numbers);
      return;
    }

  g_autoptr (GTask) task = g_task_new (self, NULL, copied_cb, NULL);
  Copy *order = g_new0 (Copy, 1);

  order->rows = ut_classified_rows_ref (self->rows);
  order->numbers = numbers;
  g_task_set_source_tag (task, copy_cb);
  g_task_set_name (task, "[undertone] copy classified rows");
  g_task_set_task_data (task, order, (GDestroyNotify) copy_free);
  g_task_run_in_thread (task, copy_thread);
}

/* GObject */

static gboolean
ut_classify_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (UT_CLASSIFY_TABLE (widget)->filter_drop_down));
}

static void
ut_classify_table_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_classify_table_parent_class)->css_changed (widget, change);
  ut_row_columns_css_changed (UT_CLASSIFY_TABLE (widget)->columns, widget);
}

static void
ut_classify_table_dispose (GObject *object)
{
  UtClassifyTable *self = UT_CLASSIFY_TABLE (object);

  self->filling = TRUE;
  ut_row_search_cancel (self->search);
  /* Cells are bound to rows. */
  if (self->model != NULL)
    ut_row_model_take (self->model, NULL, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_CLASSIFY_TABLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (ut_classify_table_parent_class)->dispose (object);
}

static void
ut_classify_table_finalize (GObject *object)
{
  UtClassifyTable *self = UT_CLASSIFY_TABLE (object);

  g_clear_pointer (&self->rows, ut_classified_rows_unref);
  ut_row_columns_free (self->columns);
  ut_row_search_free (self->search);
  g_free (self->text);

  G_OBJECT_CLASS (ut_classify_table_parent_class)->finalize (object);
}

static const struct
{
  const char *id;
  UtRowColumnKind kind;
} columns[N_COLUMNS] = {
  [COLUMN_LINE] = { "line_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_TEXT] = { "text_column", UT_ROW_COLUMN_TEXT },
  [COLUMN_LABEL] = { "label_column", UT_ROW_COLUMN_TAG },
  [COLUMN_ANSWER] = { "answer_column", UT_ROW_COLUMN_TAG },
  [COLUMN_PROBABILITY] = { "probability_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_WORDS] = { "words_column", UT_ROW_COLUMN_NUMBER },
  [COLUMN_UNKNOWN] = { "unknown_column", UT_ROW_COLUMN_NUMBER },
};

static void
ut_classify_table_class_init (UtClassifyTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_classify_table_dispose;
  object_class->finalize = ut_classify_table_finalize;
  widget_class->css_changed = ut_classify_table_css_changed;
  widget_class->grab_focus = ut_classify_table_grab_focus;

  /** UtClassifyTable::row-activated: (text): Return or a double click on a row. */
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", UT_TYPE_CLASSIFY_TABLE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /** UtClassifyTable::message: (text): that rows were copied, or why they cannot be listed. */
  signals[MESSAGE] = g_signal_new ("message", UT_TYPE_CLASSIFY_TABLE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy",
                                       NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-classify-table.ui");
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, filter_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, count_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, stack);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, UtClassifyTable, view);
  for (Column column = 0; column < N_COLUMNS; column++)
    gtk_widget_class_bind_template_child_full (widget_class, columns[column].id, FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
ut_classify_table_init (UtClassifyTable *self)
{
  self->columns = ut_row_columns_new (&funcs, self);
  self->search = ut_row_search_new (self, (UtRowSearchBegin) search);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;

  for (Column column = 0; column < N_COLUMNS; column++)
    {
      GObject *object = gtk_widget_get_template_child (GTK_WIDGET (self), UT_TYPE_CLASSIFY_TABLE,
                                                       columns[column].id);

      ut_row_columns_add (self->columns, GTK_COLUMN_VIEW_COLUMN (object), columns[column].kind);
    }
  self->model = ut_row_model_new ();
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

static void
fill_drop_downs (UtClassifyTable *self,
                 gboolean         has_labels)
{
  g_autoptr (GtkStringList) filters = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) orders = gtk_string_list_new (NULL);

  for (guint i = 0; i < (has_labels ? UT_N_CLASSIFY_FILTERS : UT_CLASSIFY_WRONG); i++)
    gtk_string_list_append (filters, ut_classify_filter_get_title ((UtClassifyFilter) i));
  for (guint i = 0; i < UT_N_CLASSIFY_ORDERS; i++)
    gtk_string_list_append (orders, ut_classify_order_get_title ((UtClassifyOrder) i));

  self->filling = TRUE;
  gtk_drop_down_set_model (self->filter_drop_down, G_LIST_MODEL (filters));
  gtk_drop_down_set_model (self->order_drop_down, G_LIST_MODEL (orders));
  self->filling = FALSE;
}

void
ut_classify_table_set_rows (UtClassifyTable  *self,
                            UtClassifiedRows *rows)
{
  g_return_if_fail (UT_IS_CLASSIFY_TABLE (self));
  g_return_if_fail (self->rows == NULL);
  g_return_if_fail (rows != NULL);

  gboolean has_labels
    = ut_classification_has_labels (ut_classified_rows_get_classification (rows));

  self->rows = ut_classified_rows_ref (rows);
  gtk_column_view_column_set_visible (ut_row_columns_get (self->columns, COLUMN_LABEL),
                                      has_labels);
  fill_drop_downs (self, has_labels);
  search (self);
}

void
ut_classify_table_set_filter (UtClassifyTable  *self,
                              UtClassifyFilter  filter)
{
  g_return_if_fail (UT_IS_CLASSIFY_TABLE (self));

  gtk_drop_down_set_selected (self->filter_drop_down, filter);
}

void
ut_classify_table_update_meanings (UtClassifyTable *self)
{
  g_return_if_fail (UT_IS_CLASSIFY_TABLE (self));

  search (self);
}

guint
ut_classify_table_get_n_listed (UtClassifyTable *self)
{
  g_return_val_if_fail (UT_IS_CLASSIFY_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}
