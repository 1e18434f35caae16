/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-rows-pane.h"

#include "ut-answer-table.h"
#include "ut-confusion-grid.h"
#include "ut-resources.h"
#include "ut-shown-answers.h"
#include "ut-slice-report.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Between a key and the rows with the expression. */
#define PATIENCE_MS 250

/* What the rows are looked at by; positions in the drop-down. */
typedef enum
{
  MODE_CONFUSION,
  MODE_DISAGREEMENTS,
  MODE_HARDEST,
  MODE_LENGTH, /* the first of the slices */
  MODE_NEGATION,
  MODE_UNKNOWN,
  MODE_EXPRESSION,
} Mode;

/* The lists of MODE_DISAGREEMENTS; those of MODE_CONFUSION are numbered by run, label and whether the
 * answer is right. */
enum
{
  LIST_FIRST_RIGHT,
  LIST_SECOND_RIGHT,
  LIST_BOTH_WRONG,
  LIST_DISPUTED,
  LIST_MISSED,
  N_DISAGREEMENTS
};

#define N_CELLS 8
#define MAX_LISTS N_CELLS

struct _UtRowsPane
{
  GtkBox parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkWidget *main_page;
  GtkDropDown *mode_drop_down;
  GtkWidget *other_box;
  GtkDropDown *other_drop_down;
  GtkEditable *expression_entry;
  GtkLabel *caption;
  GtkLabel *problem_label;
  GtkSpinner *spinner;
  GtkStack *overviews;
  GtkWidget *confusion_page;
  UtConfusionGrid *grids[2];
  GtkBox *lists_box;
  GtkWidget *lists_page;
  GtkWidget *slices_page;
  UtTextTable *slices_table;
  GtkWidget *overview_side;
  UtAnswerTable *rows;

  UtSession *session;       /* (owned) (nullable) */
  UtShownAnswers *shown;    /* (owned) (nullable) */
  UtRun *other;             /* (owned) (nullable): that the current run is compared with */
  struct _Overview *overview; /* (owned) (nullable): what is shown */
  GCancellable *working;    /* (owned) (nullable) */
  guint typing;             /* source that takes the expression soon */
  Mode opened_mode;         /* of the list that was opened, which stays open when there are new answers */
  int opened;               /* its number, -1 for none */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (UtRowsPane, ut_rows_pane, GTK_TYPE_BOX)

static void work (UtRowsPane *self);

/* The work */

/* What one look at all rows gives. Counted values and plain memory: a worker makes it. */
typedef struct _Overview
{
  Mode mode;
  GPtrArray *answers;        /* (owned): of UtAnswers; the current run's first */
  int other;                 /* among them; -1 where there is none */
  char *pattern;             /* (owned) (nullable) */

  UtConfusion confusions[2];
  guint32 *lists[MAX_LISTS]; /* (owned) (nullable) */
  gsize n_rows[MAX_LISTS];
  UtSliceReport *report;     /* (owned) (nullable): of slices */
} Overview;

static void
overview_free (Overview *self)
{
  g_ptr_array_unref (self->answers);
  g_free (self->pattern);
  for (guint i = 0; i < MAX_LISTS; i++)
    g_free (self->lists[i]);
  g_clear_pointer (&self->report, ut_slice_report_free);
  g_free (self);
}

static guint
get_cell (guint    run,
          guint    label,
          gboolean is_right)
{
  return run * 4 + label * 2 + (is_right ? 1 : 0);
}

static void
look_at_confusion (Overview *self)
{
  const int runs[] = { 0, self->other };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      UtAnswers *answers = runs[i] >= 0 ? g_ptr_array_index (self->answers, runs[i]) : NULL;

      if (answers == NULL)
        continue;
      self->confusions[i] = ut_answers_confuse (answers);
      for (guint8 label = 0; label < 2; label++)
        for (guint right = 0; right < 2; right++)
          {
            guint cell = get_cell (i, label, right == 1);

            self->lists[cell] = ut_answers_find_cell (answers, label, right == 1,
                                                      &self->n_rows[cell]);
          }
    }
}

static void
look_at_disagreements (Overview *self)
{
  UtAnswers **all = (UtAnswers **) self->answers->pdata;

  if (self->other >= 0)
    {
      const struct { gboolean first; gboolean second; } pairs[] = {
        [LIST_FIRST_RIGHT] = { TRUE, FALSE },
        [LIST_SECOND_RIGHT] = { FALSE, TRUE },
        [LIST_BOTH_WRONG] = { FALSE, FALSE },
      };

      for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
        self->lists[i] = ut_answers_find_pair (all[0], pairs[i].first, all[self->other],
                                               pairs[i].second, &self->n_rows[i]);
    }
  self->lists[LIST_DISPUTED] = ut_answers_find_disputed (all, self->answers->len,
                                                         &self->n_rows[LIST_DISPUTED]);
  self->lists[LIST_MISSED] = ut_answers_find_missed (all, self->answers->len,
                                                     &self->n_rows[LIST_MISSED]);
}

static UtSliceKind
get_slice_kind (Mode mode)
{
  static const UtSliceKind kinds[] = {
    UT_SLICE_LENGTH, UT_SLICE_NEGATION, UT_SLICE_UNKNOWN, UT_SLICE_EXPRESSION,
  };

  g_assert (mode >= MODE_LENGTH);

  return kinds[mode - MODE_LENGTH];
}

static void
work_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Overview *overview = data;
  GError *error = NULL;

  if (overview->mode == MODE_CONFUSION)
    look_at_confusion (overview);
  else if (overview->mode == MODE_DISAGREEMENTS)
    look_at_disagreements (overview);
  else if (overview->mode != MODE_HARDEST)
    overview->report = ut_slice_report_new (overview->answers, get_slice_kind (overview->mode),
                                            overview->pattern, cancellable, &error);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What is listed */

static UtRun *
get_run (UtRowsPane *self,
         guint       index)
{
  return ut_shown_answers_get_run (self->shown, index);
}

/* (transfer container): the names of all runs, and %NULL. */
static GPtrArray *
dup_names (UtRowsPane *self)
{
  guint n_runs = ut_shown_answers_get_n_runs (self->shown);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < n_runs; i++)
    g_ptr_array_add (names, (gpointer) ut_run_get_name (get_run (self, i)));
  g_ptr_array_add (names, NULL);

  return names;
}

static const char *
get_other_name (UtRowsPane *self)
{
  return ut_run_get_name (get_run (self, (guint) self->overview->other));
}

static char *
dup_cell_title (UtRowsPane *self,
                guint       cell)
{
  const char *name = cell / 4 == 0 ? ut_run_get_name (get_run (self, 0)) : get_other_name (self);

  switch (cell % 4)
    {
    case 0:
      /* Translators: the name of a run, in these four. */
      return g_strdup_printf (_("%s: negative rows answered positive"), name);
    case 1:
      return g_strdup_printf (_("%s: negative rows answered negative"), name);
    case 2:
      return g_strdup_printf (_("%s: positive rows answered negative"), name);
    default:
      return g_strdup_printf (_("%s: positive rows answered positive"), name);
    }
}

static char *
dup_disagreement_title (UtRowsPane *self,
                        guint       list)
{
  const char *first = ut_run_get_name (get_run (self, 0));
  guint n_runs = self->overview->answers->len;

  switch (list)
    {
    case LIST_FIRST_RIGHT:
      /* Translators: the names of two runs, in these three. */
      return g_strdup_printf (_("%s right, %s wrong"), first, get_other_name (self));
    case LIST_SECOND_RIGHT:
      return g_strdup_printf (_("%s right, %s wrong"), get_other_name (self), first);
    case LIST_BOTH_WRONG:
      return g_strdup_printf (_("%s and %s both wrong"), first, get_other_name (self));
    case LIST_DISPUTED:
      return g_strdup_printf (ngettext ("%'u shown run disagrees", "%'u shown runs disagree", n_runs),
                              n_runs);
    case LIST_MISSED:
    default:
      return g_strdup_printf (ngettext ("%'u shown run is wrong", "All %'u shown runs are wrong",
                                        n_runs), n_runs);
    }
}

/* (transfer full): never %NULL, which would stand for all rows. */
static guint32 *
copy_rows (const guint32 *rows,
           gsize          n_rows)
{
  guint32 *copy = g_new (guint32, n_rows + 1);

  for (gsize i = 0; i < n_rows; i++)
    copy[i] = rows[i];

  return copy;
}

static void
open_list (UtRowsPane *self,
           guint       list)
{
  const Overview *overview = self->overview;
  g_autofree char *title = NULL;

  self->opened_mode = overview->mode;
  self->opened = (int) list;
  title = overview->mode == MODE_CONFUSION ? dup_cell_title (self, list)
                                           : dup_disagreement_title (self, list);

  ut_answer_table_list (self->rows, title,
                        copy_rows (overview->lists[list], overview->n_rows[list]),
                        overview->n_rows[list], FALSE);
}

static void
open_slice (UtRowsPane *self,
            guint       slice)
{
  gsize n_rows;
  const guint32 *rows;

  UtSlices *slices = self->overview != NULL && self->overview->report != NULL
                     ? ut_slice_report_get_slices (self->overview->report) : NULL;

  if (slices == NULL || slice >= ut_slices_get_n_slices (slices))
    return;

  self->opened_mode = self->overview->mode;
  self->opened = (int) slice;
  rows = ut_slices_get_rows (slices, slice, &n_rows);
  ut_answer_table_list (self->rows, ut_slices_get_title (slices, slice),
                        copy_rows (rows, n_rows), n_rows, FALSE);
}

static void
cell_activated_cb (UtRowsPane      *self,
                   guint            label,
                   gboolean         is_right,
                   UtConfusionGrid *grid)
{
  if (self->overview != NULL && self->overview->mode == MODE_CONFUSION)
    open_list (self, get_cell (grid == self->grids[0] ? 0 : 1, label, is_right));
}

static void
list_clicked_cb (UtRowsPane *self,
                 GtkWidget  *button)
{
  if (self->overview != NULL && self->overview->mode == MODE_DISAGREEMENTS)
    open_list (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "list")));
}

/* Overviews */

/* The list that is opened by itself: @list, unless a person opened another one before. */
static guint
get_opened (UtRowsPane *self,
            guint       list)
{
  return self->opened >= 0 && self->opened_mode == self->overview->mode ? (guint) self->opened : list;
}

static void
show_confusion (UtRowsPane *self)
{
  Overview *overview = self->overview;
  gboolean has_errors = overview->n_rows[get_cell (0, 1, FALSE)] > 0;

  ut_confusion_grid_set (self->grids[0], get_run (self, 0), &overview->confusions[0]);
  gtk_widget_set_visible (GTK_WIDGET (self->grids[1]), overview->other >= 0);
  if (overview->other >= 0)
    ut_confusion_grid_set (self->grids[1], get_run (self, (guint) overview->other),
                           &overview->confusions[1]);
  gtk_stack_set_visible_child (self->overviews, self->confusion_page);
  guint list = get_opened (self, get_cell (0, has_errors ? 1 : 0, FALSE));

  open_list (self, overview->lists[list] != NULL ? list : list % 4);
}

static void
add_list_button (UtRowsPane *self,
                 guint       list)
{
  g_autofree char *title = dup_disagreement_title (self, list);
  /* Translators: a list of rows, and how many these are. */
  g_autofree char *text = g_strdup_printf (_("%s (%'zu)"), title, self->overview->n_rows[list]);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_sensitive (button, self->overview->n_rows[list] > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (button), "list", GUINT_TO_POINTER (list));
  g_signal_connect_object (button, "clicked", G_CALLBACK (list_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->lists_box, button);
}

static void
show_disagreements (UtRowsPane *self)
{
  guint first = self->overview->other >= 0 ? LIST_FIRST_RIGHT : LIST_DISPUTED;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lists_box))) != NULL)
    gtk_box_remove (self->lists_box, child);
  for (guint list = first; list < N_DISAGREEMENTS; list++)
    /* Of two runs the first lists say it all. */
    if (list < LIST_DISPUTED || self->overview->answers->len != 2)
      add_list_button (self, list);
  gtk_stack_set_visible_child (self->overviews, self->lists_page);
  open_list (self, MAX (get_opened (self, first), first));
}

static void
show_slices (UtRowsPane *self)
{
  const UtSliceReport *report = self->overview->report;
  guint n_slices = ut_slices_get_n_slices (ut_slice_report_get_slices (report));
  g_autoptr (GPtrArray) names = dup_names (self);
  guint first = 0;

  ut_slice_report_fill (report, self->slices_table, (const char * const *) names->pdata);
  gtk_stack_set_visible_child (self->overviews, self->slices_page);
  while (first + 1 < n_slices && ut_slice_report_get_figures (report, first, 0)->n == 0)
    first++;
  open_slice (self, get_opened (self, first));
}

static void
show_overview (UtRowsPane *self)
{
  gtk_widget_set_visible (self->overview_side, self->overview->mode != MODE_HARDEST);
  switch (self->overview->mode)
    {
    case MODE_CONFUSION:
      show_confusion (self);
      break;
    case MODE_DISAGREEMENTS:
      show_disagreements (self);
      break;
    case MODE_HARDEST:
      ut_answer_table_list (self->rows, _("By the mean loss over the shown runs"), NULL, 0, TRUE);
      break;
    case MODE_LENGTH:
    case MODE_NEGATION:
    case MODE_UNKNOWN:
    case MODE_EXPRESSION:
    default:
      show_slices (self);
    }
}

static void
set_problem (UtRowsPane *self,
             const char *text,
             gboolean    is_expression)
{
  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
  if (is_expression)
    gtk_widget_add_css_class (GTK_WIDGET (self->expression_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->expression_entry), "error");
}

static void
show_problems (UtRowsPane *self)
{
  g_autofree char *problems = ut_shown_answers_dup_problems (self->shown);

  set_problem (self, problems, FALSE);
}

static void
worked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  UtRowsPane *self = UT_ROWS_PANE (object);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  g_clear_object (&self->working);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  if (!done)
    {
      /* What was found before stays: the expression may be half typed. */
      set_problem (self, error->message,
                   gtk_drop_down_get_selected (self->mode_drop_down) == MODE_EXPRESSION);
      return;
    }

  show_problems (self);
  g_clear_pointer (&self->overview, overview_free);
  self->overview = g_object_steal_data (G_OBJECT (result), "overview");
  show_overview (self);
}

static int
find_other (UtRowsPane *self)
{
  guint n_runs = ut_shown_answers_get_n_runs (self->shown);

  for (guint i = 1; i < n_runs; i++)
    if (get_run (self, i) == self->other)
      return (int) i;

  return n_runs > 1 ? 1 : -1;
}

static void
work (UtRowsPane *self)
{
  g_autoptr (GTask) task = NULL;
  Mode mode = (Mode) gtk_drop_down_get_selected (self->mode_drop_down);
  Overview *overview;

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->shown == NULL || ut_shown_answers_get_n_runs (self->shown) == 0
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  overview = g_new0 (Overview, 1);
  overview->mode = mode;
  overview->answers = ut_shown_answers_dup_list (self->shown);
  overview->other = find_other (self);
  if (mode == MODE_EXPRESSION)
    overview->pattern = g_strdup (gtk_editable_get_text (self->expression_entry));

  self->working = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  task = g_task_new (self, self->working, worked_cb, NULL);
  g_task_set_source_tag (task, work);
  g_task_set_name (task, "[undertone] look at answers");
  /* The data of a task goes with the task; what it found is wanted for longer. */
  g_task_set_task_data (task, overview, NULL);
  g_object_set_data_full (G_OBJECT (task), "overview", overview, (GDestroyNotify) overview_free);
  g_task_run_in_thread (task, work_thread);
}

/* What is compared */

/* The columns of the rows: the run that the current one is compared with comes next to it. */
static void
fill_columns (UtRowsPane *self)
{
  g_autoptr (GPtrArray) answers = ut_shown_answers_dup_list (self->shown);
  g_autoptr (GPtrArray) names = dup_names (self);
  int other = find_other (self);

  if (other > 1)
    {
      g_ptr_array_insert (answers, 1, g_ptr_array_steal_index (answers, (guint) other));
      g_ptr_array_insert (names, 1, g_ptr_array_steal_index (names, (guint) other));
    }
  ut_answer_table_set_answers (self->rows, answers, (const char * const *) names->pdata);
}

static void
fill_others (UtRowsPane *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_runs = ut_shown_answers_get_n_runs (self->shown);
  int other = find_other (self);

  for (guint i = 1; i < n_runs; i++)
    gtk_string_list_append (names, ut_run_get_name (get_run (self, i)));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->other_drop_down, G_LIST_MODEL (names));
  if (other > 0)
    gtk_drop_down_set_selected (self->other_drop_down, (guint) other - 1);
  self->filling = FALSE;
}

static void
update_controls (UtRowsPane *self)
{
  Mode mode = (Mode) gtk_drop_down_get_selected (self->mode_drop_down);

  gtk_widget_set_visible (self->other_box, mode <= MODE_DISAGREEMENTS && self->shown != NULL
                                           && ut_shown_answers_get_n_runs (self->shown) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->expression_entry), mode == MODE_EXPRESSION);
}

static void
say_what (UtRowsPane *self)
{
  guint n_runs = ut_shown_answers_get_n_runs (self->shown);
  gsize n_rows = ut_answers_get_n_rows (ut_shown_answers_get_answers (self->shown, 0));
  const char *name = ut_run_get_name (get_run (self, 0));
  g_autofree char *rows = g_strdup_printf (ngettext ("%'zu development row", "%'zu development rows",
                                                     n_rows), n_rows);
  g_autofree char *text = NULL;

  if (n_runs == 1)
    /* Translators: the name of a run, "800 development rows". */
    text = g_strdup_printf (_("%s on %s"), name, rows);
  else
    /* Translators: the name of a run, how many others, "800 development rows". */
    text = g_strdup_printf (ngettext ("%s and %'u other on %s", "%s and %'u others on %s",
                                      n_runs - 1), name, n_runs - 1, rows);
  gtk_label_set_text (self->caption, text);
}

static void
answers_changed_cb (UtRowsPane *self)
{
  guint n_runs = ut_shown_answers_get_n_runs (self->shown);
  gboolean busy = ut_shown_answers_is_busy (self->shown);

  if (n_runs == 0)
    {
      g_autofree char *problems = ut_shown_answers_dup_problems (self->shown);

      g_cancellable_cancel (self->working);
      adw_status_page_set_description (self->empty_page, problems != NULL ? problems
                                       : busy ? _("Reading what the runs answered…")
                                       : _("Tick a run that has finished an epoch to see which rows "
                                           "it gets right."));
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty_page));
      return;
    }

  g_clear_pointer (&self->overview, overview_free);
  fill_columns (self);
  gtk_stack_set_visible_child (self->stack, self->main_page);
  say_what (self);
  show_problems (self);
  fill_others (self);
  update_controls (self);
  work (self);
}

static void
mode_selected_cb (UtRowsPane *self)
{
  update_controls (self);
  work (self);
}

static void
other_selected_cb (UtRowsPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->other_drop_down);

  if (self->filling || self->shown == NULL
      || selected + 1 >= ut_shown_answers_get_n_runs (self->shown))
    return;

  g_set_object (&self->other, get_run (self, selected + 1));
  g_clear_pointer (&self->overview, overview_free);
  fill_columns (self);
  work (self);
}

static gboolean
typed_cb (gpointer data)
{
  UtRowsPane *self = data;

  self->typing = 0;
  work (self);

  return G_SOURCE_REMOVE;
}

static void
expression_changed_cb (UtRowsPane *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add (PATIENCE_MS, typed_cb, self);
}

static void
row_activated_cb (UtRowsPane *self,
                  const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.ask", "s", sentence);
}

static void
message_cb (UtRowsPane *self,
            const char *text)
{
  if (self->session != NULL)
    ut_session_send_message (self->session, text);
}

/* GObject */

static void
ut_rows_pane_map (GtkWidget *widget)
{
  UtRowsPane *self = UT_ROWS_PANE (widget);

  GTK_WIDGET_CLASS (ut_rows_pane_parent_class)->map (widget);
  if (self->shown == NULL)
    return;

  ut_shown_answers_set_watched (self->shown, TRUE);
  if (self->overview == NULL && self->working == NULL)
    work (self);
}

static void
ut_rows_pane_unmap (GtkWidget *widget)
{
  UtRowsPane *self = UT_ROWS_PANE (widget);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->shown != NULL)
    ut_shown_answers_set_watched (self->shown, FALSE);
  GTK_WIDGET_CLASS (ut_rows_pane_parent_class)->unmap (widget);
}

static void
ut_rows_pane_dispose (GObject *object)
{
  UtRowsPane *self = UT_ROWS_PANE (object);

  self->filling = TRUE;
  g_clear_handle_id (&self->typing, g_source_remove);
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_ROWS_PANE);
  g_clear_pointer (&self->overview, overview_free);
  g_clear_object (&self->other);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_rows_pane_parent_class)->dispose (object);
}

static void
ut_rows_pane_class_init (UtRowsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_rows_pane_dispose;
  widget_class->map = ut_rows_pane_map;
  widget_class->unmap = ut_rows_pane_unmap;

  g_type_ensure (UT_TYPE_ANSWER_TABLE);
  g_type_ensure (UT_TYPE_CONFUSION_GRID);
  g_type_ensure (UT_TYPE_TEXT_TABLE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-rows-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, main_page);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, mode_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, other_box);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, other_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, expression_entry);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, caption);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, problem_label);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, overviews);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, confusion_page);
  gtk_widget_class_bind_template_child_full (widget_class, "first_grid", FALSE,
                                             G_STRUCT_OFFSET (UtRowsPane, grids[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "second_grid", FALSE,
                                             G_STRUCT_OFFSET (UtRowsPane, grids[1]));
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, lists_page);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, lists_box);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, slices_page);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, slices_table);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, overview_side);
  gtk_widget_class_bind_template_child (widget_class, UtRowsPane, rows);
  gtk_widget_class_bind_template_callback (widget_class, mode_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, expression_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cell_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_slice);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
ut_rows_pane_init (UtRowsPane *self)
{
  self->opened = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_text_table_set_label (self->slices_table, _("Slices of the rows"));
}

GtkWidget *
ut_rows_pane_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtRowsPane *self = g_object_new (UT_TYPE_ROWS_PANE, NULL);

  self->session = g_object_ref (session);
  self->shown = ut_shown_answers_new (session);
  g_signal_connect_object (self->shown, "changed", G_CALLBACK (answers_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
