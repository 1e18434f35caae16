/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-answer-table.h"

#include "ut-resources.h"
#include "ut-row-columns.h"
#include "ut-row-model.h"
#include "ut-row-search.h"

#include <glib/gi18n.h>
#include <math.h>

/* Between a key and the search. */
#define PATIENCE_MS 100

typedef enum
{
  COLUMN_SENTENCE,
  COLUMN_LABEL,
  COLUMN_ANSWER, /* the first of them */
  COLUMN_LOSS = COLUMN_ANSWER + UT_ANSWER_TABLE_MAX_RUNS,
} Column;

/* Of the drop-down. */
typedef enum
{
  ORDER_FILE,
  ORDER_HARDEST,
  ORDER_EASIEST,
} Order;

struct _UtAnswerTable
{
  GtkBox parent_instance;

  GtkLabel *title_label;
  GtkLabel *count_label;
  GtkSearchEntry *search_entry;
  GtkDropDown *order_drop_down;
  GtkWidget *export_button;
  GtkStack *stack;
  GtkWidget *list_page;
  GtkWidget *nothing_page;
  GtkLabel *nothing_label;
  GtkColumnView *view;

  UtRowColumns *columns;         /* (owned): of the view */
  UtRowModel *model;             /* (owned) */
  GPtrArray *answers;            /* (owned): of UtAnswers */
  char **names;                  /* (owned) */
  UtRowIndex *index;             /* (owned) (nullable): of their rows */
  GBytes *losses;                /* (owned) (nullable): a float for each row: of all answers */
  gboolean listed;               /* whether any rows are wanted */
  GBytes *subset;                /* (owned) (nullable): which, a guint32 each; all where NULL */
  UtRowSearch *search;           /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (UtAnswerTable, ut_answer_table, GTK_TYPE_BOX)

enum
{
  ROW_ACTIVATED,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Cells */

/* Columns of runs that there are not have no cells. */
static UtAnswers *
get_answers (UtAnswerTable *self,
             guint          column)
{
  return g_ptr_array_index (self->answers, column - COLUMN_ANSWER);
}

static gboolean
is_answer (guint column)
{
  return column >= COLUMN_ANSWER && column < COLUMN_LOSS;
}

/* Whether @answers say positive: what is no answer is taken for the wrong one. */
static gboolean
says_positive (UtAnswers *answers,
               guint32    row)
{
  gboolean label = ut_answers_get_label (answers, row) != 0;

  return ut_answers_is_right (answers, row) ? label : !label;
}

/* The sentence needs the room: what is said is seen by the tint and by the probability as well. */
static char *
dup_answer (UtAnswers *answers,
            guint32    row)
{
  const char *mark = ut_answers_is_right (answers, row) ? "✓" : "✗";

  if (ut_answers_has_probabilities (answers))
    return g_strdup_printf ("%s %.2f", mark, ut_answers_get_probability (answers, row));

  return g_strdup_printf ("%s %s", mark, says_positive (answers, row) ? C_("short label", "pos.")
                                                                       : C_("short label", "neg."));
}

/* The same for a screen reader: "✗ neg. 0.04". */
static char *
dup_cell_name (gpointer table,
               guint    column,
               guint32  row)
{
  if (!is_answer (column))
    return NULL;

  UtAnswers *answers = get_answers (table, column);
  const char *mark = ut_answers_is_right (answers, row) ? "✓" : "✗";
  /* Translators: short for positive and negative, in a narrow column. */
  const char *label = says_positive (answers, row) ? C_("short label", "pos.")
                                                   : C_("short label", "neg.");

  if (!ut_answers_has_probabilities (answers))
    return g_strdup_printf ("%s %s", mark, label);

  return g_strdup_printf ("%s %s %.2f", mark, label, ut_answers_get_probability (answers, row));
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
  UtAnswerTable *self = table;
  double loss;

  if (column == COLUMN_SENTENCE)
    return g_strdup (ut_row_index_get_text (self->index, row));
  if (column == COLUMN_LABEL)
    return g_strdup (get_label_text (ut_answers_get_label (get_answers (self, COLUMN_ANSWER), row)));
  if (is_answer (column))
    return dup_answer (get_answers (self, column), row);

  loss = (double) ((const float *) g_bytes_get_data (self->losses, NULL))[row];
  return isnan (loss) ? g_strdup ("–") : g_strdup_printf ("%.2f", loss);
}

/* "not bad at all: positive; GRU 3 right, LSTM 2 wrong". */
static char *
dup_row_name (gpointer table,
              guint32  row)
{
  UtAnswerTable *self = table;
  UtAnswers *first = get_answers (self, COLUMN_ANSWER);
  g_autoptr (GString) name = g_string_new (ut_row_index_get_text (self->index, row));

  g_string_append_printf (name, ": %s", get_label_text (ut_answers_get_label (first, row)));
  for (guint i = 0; i < MIN (self->answers->len, UT_ANSWER_TABLE_MAX_RUNS); i++)
    g_string_append_printf (name, ut_answers_is_right (g_ptr_array_index (self->answers, i), row)
                            /* Translators: the name of a run. */
                            ? _(", %s right") : _(", %s wrong"), self->names[i]);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static char *
dup_sample (gpointer table,
            guint    column)
{
  if (column == COLUMN_SENTENCE)
    return g_strdup ("00000000000000000000");
  if (column == COLUMN_LABEL)
    return g_strdup_printf ("%s\n%s", get_label_text (TRUE), get_label_text (FALSE));
  if (is_answer (column))
    return g_strdup_printf ("✓ 0.00\n✗ 0.00\n✓ %s\n✗ %s", C_("short label", "pos."),
                            C_("short label", "neg."));
  return g_strdup ("00.00");
}

static const char *
get_tag_style (gpointer table,
               guint    column,
               guint32  row)
{
  gboolean positive = column == COLUMN_LABEL
                      ? ut_answers_get_label (get_answers (table, COLUMN_ANSWER), row) != 0
                      : says_positive (get_answers (table, column), row);

  return positive ? "positive" : "negative";
}

static const UtRowColumnsFuncs funcs = {
  .dup_sample = dup_sample,
  .dup_text = dup_cell_text,
  .get_style = get_tag_style,
  .dup_name = dup_cell_name,
  .dup_row_name = dup_row_name,
};

/* Searching */

typedef struct
{
  GPtrArray *answers; /* (owned) */
  UtRowIndex *index;  /* (owned) (nullable): made where it is not there */
  GBytes *losses;     /* (owned) (nullable): likewise */
  GBytes *subset;     /* (owned) (nullable) */
  char *pattern;      /* (owned) */
  Order order;
  guint32 *rows;      /* (owned) (nullable): what was found */
  gsize n_rows;
} Search;

static void
search_free (Search *self)
{
  g_ptr_array_unref (self->answers);
  g_clear_pointer (&self->index, ut_row_index_unref);
  g_clear_pointer (&self->losses, g_bytes_unref);
  g_clear_pointer (&self->subset, g_bytes_unref);
  g_free (self->pattern);
  g_free (self->rows);
  g_free (self);
}

static void
search_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  static const guint32 none = 0;
  Search *order = data;
  UtAnswers **answers = (UtAnswers **) order->answers->pdata;
  GError *error = NULL;
  UtRowQuery query = UT_ROW_QUERY_INIT;

  if (order->index == NULL)
    order->index = ut_row_index_new (ut_answers_get_dataset (answers[0]));
  if (order->losses == NULL && !g_cancellable_is_cancelled (cancellable))
    order->losses = g_bytes_new_take (ut_answers_mean_losses (answers, order->answers->len),
                                      ut_answers_get_n_rows (answers[0]) * sizeof (float));

  query.pattern = order->pattern;
  if (order->subset != NULL)
    {
      query.n_subset = g_bytes_get_size (order->subset) / sizeof (guint32);
      query.subset = query.n_subset > 0 ? g_bytes_get_data (order->subset, NULL) : &none;
    }
  if (order->order != ORDER_FILE && order->losses != NULL)
    query.keys = g_bytes_get_data (order->losses, NULL);
  query.descending = order->order == ORDER_HARDEST;
  order->rows = ut_row_index_find (order->index, &query, cancellable, &order->n_rows, &error);
  if (order->rows != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
say_count (UtAnswerTable *self,
           gsize          n_rows)
{
  gsize n_all = self->subset != NULL
                ? g_bytes_get_size (self->subset) / sizeof (guint32)
                : ut_answers_get_n_rows (g_ptr_array_index (self->answers, 0));
  g_autofree char *text = ut_row_search_dup_count ((guint) n_rows, (guint) n_all);

  gtk_label_set_text (self->count_label, text);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  UtAnswerTable *self = UT_ANSWER_TABLE (object);
  Search *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* A plain text can be looked for in any rows. */
      g_warn_if_fail (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
      return;
    }

  if (self->index == NULL)
    self->index = g_steal_pointer (&order->index);
  if (self->losses == NULL)
    self->losses = g_steal_pointer (&order->losses);
  ut_row_model_take (self->model, g_steal_pointer (&order->rows), order->n_rows);
  say_count (self, order->n_rows);
  gtk_widget_set_sensitive (self->export_button, order->n_rows > 0);
  if (order->n_rows == 0)
    {
      g_autofree char *markup = ut_row_search_dup_nothing (order->pattern);

      gtk_label_set_markup (self->nothing_label, markup);
    }
  gtk_stack_set_visible_child (self->stack, order->n_rows > 0 ? self->list_page
                                                              : self->nothing_page);
}

static void
search (UtAnswerTable *self)
{
  ut_row_search_cancel (self->search);
  if (!self->listed || self->filling || self->answers->len == 0)
    return;

  Search *order = g_new0 (Search, 1);

  order->answers = g_ptr_array_ref (self->answers);
  order->index = self->index != NULL ? ut_row_index_ref (self->index) : NULL;
  order->losses = self->losses != NULL ? g_bytes_ref (self->losses) : NULL;
  order->subset = self->subset != NULL ? g_bytes_ref (self->subset) : NULL;
  order->pattern = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  order->order = (Order) gtk_drop_down_get_selected (self->order_drop_down);

  ut_row_search_run (self->search, search_thread, order, (GDestroyNotify) search_free, found_cb);
}

static void
pattern_changed_cb (UtAnswerTable *self)
{
  ut_row_search_wait (self->search, PATIENCE_MS);
}

static void
clear_search_cb (UtAnswerTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
activate_cb (UtAnswerTable *self,
             guint          position)
{
  g_autoptr (UtRowItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0,
                   ut_row_index_get_text (self->index, ut_row_item_get_row (item)));
}

/* Writing */

typedef struct
{
  GPtrArray *answers; /* (owned) */
  char **names;       /* (owned) */
  GBytes *losses;     /* (owned) (nullable) */
  guint32 *rows;      /* (owned) */
  gsize n_rows;
  GFile *file;        /* (owned) */
} Export;

static void
export_free (Export *self)
{
  g_ptr_array_unref (self->answers);
  g_strfreev (self->names);
  g_clear_pointer (&self->losses, g_bytes_unref);
  g_free (self->rows);
  g_object_unref (self->file);
  g_free (self);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  const Export *order = data;
  const float *losses = order->losses != NULL ? g_bytes_get_data (order->losses, NULL) : NULL;
  GError *error = NULL;

  if (ut_answers_write ((UtAnswers **) order->answers->pdata, (const char * const *) order->names,
                        order->answers->len, losses, order->rows, order->n_rows, order->file,
                        cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  const Export *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *name = g_file_get_parse_name (order->file);

      text = g_strdup_printf (ngettext ("%'u row is in %s.", "%'u rows are in %s.",
                                        (guint) order->n_rows), (guint) order->n_rows, name);
    }
  g_signal_emit (source, signals[MESSAGE], 0, text != NULL ? text : error->message);
}

static void
write_rows (UtAnswerTable *self,
            GFile         *file)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);
  Export *order = g_new0 (Export, 1);
  const guint32 *rows = ut_row_model_get_rows (self->model, &order->n_rows);

  order->answers = g_ptr_array_ref (self->answers);
  order->names = g_strdupv (self->names);
  order->losses = self->losses != NULL ? g_bytes_ref (self->losses) : NULL;
  order->rows = g_memdup2 (rows, order->n_rows * sizeof (guint32));
  order->file = g_object_ref (file);
  g_task_set_source_tag (task, write_rows);
  g_task_set_name (task, "[undertone] write answers");
  g_task_set_task_data (task, order, (GDestroyNotify) export_free);
  g_task_run_in_thread (task, write_thread);
}

static void
export_response_cb (UtAnswerTable *self,
                    int            response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    write_rows (self, file);
}

static void
export_cb (UtAnswerTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Export Rows"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "rows.tsv");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (export_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* GObject */

static void
ut_answer_table_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_answer_table_parent_class)->css_changed (widget, change);
  ut_row_columns_css_changed (UT_ANSWER_TABLE (widget)->columns, widget);
}

static void
ut_answer_table_dispose (GObject *object)
{
  UtAnswerTable *self = UT_ANSWER_TABLE (object);

  self->filling = TRUE;
  ut_row_search_cancel (self->search);
  g_clear_object (&self->chooser);
  /* Cells are bound to answers. */
  if (self->model != NULL)
    ut_row_model_take (self->model, NULL, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_ANSWER_TABLE);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (ut_answer_table_parent_class)->dispose (object);
}

static void
ut_answer_table_finalize (GObject *object)
{
  UtAnswerTable *self = UT_ANSWER_TABLE (object);

  g_ptr_array_unref (self->answers);
  g_strfreev (self->names);
  g_clear_pointer (&self->index, ut_row_index_unref);
  g_clear_pointer (&self->losses, g_bytes_unref);
  g_clear_pointer (&self->subset, g_bytes_unref);
  ut_row_columns_free (self->columns);
  ut_row_search_free (self->search);

  G_OBJECT_CLASS (ut_answer_table_parent_class)->finalize (object);
}

static void
ut_answer_table_class_init (UtAnswerTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_answer_table_dispose;
  object_class->finalize = ut_answer_table_finalize;
  widget_class->css_changed = ut_answer_table_css_changed;

  /** UtAnswerTable::row-activated: (sentence): Return or a double click on a row. */
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", UT_TYPE_ANSWER_TABLE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /** UtAnswerTable::message: (text): that the rows were written, or why not. */
  signals[MESSAGE] = g_signal_new ("message", UT_TYPE_ANSWER_TABLE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-answer-table.ui");
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, title_label);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, count_label);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, search_entry);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, export_button);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, stack);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, UtAnswerTable, view);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, pattern_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
}

static void
add_column (UtAnswerTable   *self,
            const char      *title,
            UtRowColumnKind  kind)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, NULL);

  gtk_column_view_column_set_expand (column, kind == UT_ROW_COLUMN_TEXT);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
  ut_row_columns_add (self->columns, column, kind);
}

static void
ut_answer_table_init (UtAnswerTable *self)
{
  GtkSingleSelection *selection;

  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_answers_unref);
  self->columns = ut_row_columns_new (&funcs, self);
  self->search = ut_row_search_new (self, (UtRowSearchBegin) search);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;

  add_column (self, _("Sentence"), UT_ROW_COLUMN_TEXT);
  add_column (self, _("Label"), UT_ROW_COLUMN_TAG);
  for (guint i = 0; i < UT_ANSWER_TABLE_MAX_RUNS; i++)
    add_column (self, "", UT_ROW_COLUMN_TAG);
  add_column (self, _("Loss"), UT_ROW_COLUMN_NUMBER);
  self->model = ut_row_model_new ();
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

void
ut_answer_table_set_answers (UtAnswerTable      *self,
                             GPtrArray          *answers,
                             const char * const *names)
{
  UtAnswers *before, *now;

  g_return_if_fail (UT_IS_ANSWER_TABLE (self));
  g_return_if_fail (answers != NULL);
  g_return_if_fail (g_strv_length ((char **) names) == answers->len);

  before = self->answers->len > 0 ? g_ptr_array_index (self->answers, 0) : NULL;
  now = answers->len > 0 ? g_ptr_array_index (answers, 0) : NULL;
  ut_row_search_cancel (self->search);
  ut_row_model_take (self->model, NULL, 0);
  self->listed = FALSE;
  g_clear_pointer (&self->subset, g_bytes_unref);
  if (before == NULL || now == NULL
      || ut_answers_get_dataset (before) != ut_answers_get_dataset (now))
    g_clear_pointer (&self->index, ut_row_index_unref);
  g_clear_pointer (&self->losses, g_bytes_unref);

  g_ptr_array_unref (self->answers);
  self->answers = g_ptr_array_ref (answers);
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  for (guint i = 0; i < UT_ANSWER_TABLE_MAX_RUNS; i++)
    {
      GtkColumnViewColumn *column = ut_row_columns_get (self->columns, COLUMN_ANSWER + i);

      gtk_column_view_column_set_visible (column, i < answers->len);
      gtk_column_view_column_set_title (column, i < answers->len ? names[i] : "");
    }
  ut_row_columns_free_widths (self->columns);
  gtk_label_set_text (self->title_label, "");
  gtk_label_set_text (self->count_label, "");
  gtk_widget_set_sensitive (self->export_button, FALSE);
}

void
ut_answer_table_list (UtAnswerTable *self,
                      const char    *title,
                      guint32       *rows,
                      gsize          n_rows,
                      gboolean       hardest_first)
{
  g_return_if_fail (UT_IS_ANSWER_TABLE (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (rows != NULL || n_rows == 0);

  gtk_label_set_text (self->title_label, title);
  /* It is of the rows of before. */
  gtk_label_set_text (self->count_label, "");
  g_clear_pointer (&self->subset, g_bytes_unref);
  if (rows != NULL)
    self->subset = g_bytes_new_take (rows, n_rows * sizeof (guint32));
  self->listed = TRUE;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->order_drop_down, hardest_first ? ORDER_HARDEST : ORDER_FILE);
  self->filling = FALSE;
  search (self);
}

const guint32 *
ut_answer_table_get_rows (UtAnswerTable *self,
                          gsize         *n_rows)
{
  g_return_val_if_fail (UT_IS_ANSWER_TABLE (self), NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  return ut_row_model_get_rows (self->model, n_rows);
}
