/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-verdict.h"

#include "ut-resources.h"
#include "ut-test-line.h"

#include <glib/gi18n.h>

struct _UtCompareVerdict
{
  GtkBox parent_instance;

  GtkLabel *sentence_label;
  GtkWidget *warning_box;
  GtkLabel *warning_label;
  UtTestLine *test_line;

  UtCompareTable *table;  /* (owned) (nullable) */
  UtSession *session;     /* (owned) (nullable) */
  UtRun *runs[2];         /* (owned) (nullable): those that the sentence is about */
  UtRun *read;            /* (owned) (nullable): whose answers are read */
  UtRun *failed;          /* (owned) (nullable): of the two, whose answers could not be read */
  char *failure;          /* (owned) (nullable): why */
  GCancellable *reading;  /* (owned) (nullable): while answers are read */
};

G_DEFINE_FINAL_TYPE (UtCompareVerdict, ut_compare_verdict, GTK_TYPE_BOX)

static UtComparison *
get_comparison (UtCompareVerdict *self)
{
  return ut_compare_model_get_comparison (ut_compare_table_get_model (self->table));
}

static void
stop_reading (UtCompareVerdict *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->read);
}

static void
say (UtCompareVerdict *self,
     const char       *text,
     const char       *css_class)
{
  GtkWidget *label = GTK_WIDGET (self->sentence_label);

  gtk_widget_remove_css_class (label, "error");
  gtk_widget_remove_css_class (label, "dim-label");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  /* The same text again would take away what is selected of it. */
  if (!g_str_equal (gtk_label_get_text (self->sentence_label), text))
    gtk_label_set_text (self->sentence_label, text);
}

static void update_sentence (UtCompareVerdict *self);

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  UtRun *run = UT_RUN (source);
  g_autoptr (UtCompareVerdict) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) answers = ut_run_get_answers_finish (run, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->read != run)
    return;

  stop_reading (self);
  if (answers == NULL)
    {
      g_set_object (&self->failed, run);
      g_free (self->failure);
      self->failure = g_strdup (error->message);
    }
  else
    {
      ut_compare_model_take_answers (ut_compare_table_get_model (self->table), run,
                                     g_steal_pointer (&answers));
    }
  update_sentence (self);
}

/* The run of the two whose answers are missing, if there is one. */
static UtRun *
find_missing (UtCompareVerdict *self)
{
  UtComparison *comparison = get_comparison (self);

  for (guint i = 0; i < G_N_ELEMENTS (self->runs); i++)
    {
      int place = ut_comparison_find (comparison, self->runs[i]);

      if (place >= 0 && ut_comparison_get_answers (comparison, (guint) place) == NULL)
        return self->runs[i];
    }

  return NULL;
}

/* Whether they may be compared at all; if not there is nothing to be read. */
static gboolean
are_comparable (UtCompareVerdict *self)
{
  UtComparison *comparison = get_comparison (self);
  int first = ut_comparison_find (comparison, self->runs[0]);
  int second = ut_comparison_find (comparison, self->runs[1]);
  guint group = first >= 0 ? ut_comparison_get_group_of (comparison, (guint) first) : 0;

  return first >= 0 && second >= 0
         && group == ut_comparison_get_group_of (comparison, (guint) second)
         && ut_comparison_get_group (comparison, group)->is_ranked;
}

static char *
dup_about_runs (UtCompareVerdict *self)
{
  UtComparison *comparison = get_comparison (self);
  guint first = (guint) ut_comparison_find (comparison, self->runs[0]);
  guint second = (guint) ut_comparison_find (comparison, self->runs[1]);
  guint settings[] = { ut_comparison_get_setting_of (comparison, first),
                       ut_comparison_get_setting_of (comparison, second) };
  g_autofree char *about_runs = ut_comparison_describe_runs (comparison, first, second);
  g_autofree char *about_settings = NULL;

  /* Two models are one thing, the settings that they are examples of another one. */
  if (settings[0] == settings[1]
      || ut_comparison_get_setting (comparison, settings[0])->accuracy.n < 2
      || ut_comparison_get_setting (comparison, settings[1])->accuracy.n < 2)
    return g_steal_pointer (&about_runs);

  about_settings = ut_comparison_describe_settings (comparison, settings[0], settings[1]);

  return g_strdup_printf ("%s\n%s", about_runs, about_settings);
}

static void
update_sentence (UtCompareVerdict *self)
{
  UtRun *missing = are_comparable (self) ? find_missing (self) : NULL;
  g_autofree char *text = NULL;

  if (missing == NULL)
    {
      text = dup_about_runs (self);
      say (self, text, NULL);
      return;
    }
  if (missing == self->failed)
    {
      say (self, self->failure, "error");
      return;
    }

  if (self->reading == NULL)
    {
      self->reading = g_cancellable_new ();
      g_set_object (&self->read, missing);
      ut_run_get_answers_async (missing, self->reading, answers_cb, g_object_ref (self));
    }
  text = g_strdup_printf (_("Reading what %s answered…"), ut_run_get_name (missing));
  say (self, text, "dim-label");
}

static void
set_runs (UtCompareVerdict *self,
          UtRun            *first,
          UtRun            *second)
{
  if (self->runs[0] == first && self->runs[1] == second)
    return;

  stop_reading (self);
  g_clear_object (&self->failed);
  g_set_object (&self->runs[0], first);
  g_set_object (&self->runs[1], second);
}

static void
describe_settings (UtCompareVerdict *self,
                   UtRun            *first,
                   UtRun            *second)
{
  UtComparison *comparison = get_comparison (self);
  int places[] = { ut_comparison_find (comparison, first),
                   ut_comparison_find (comparison, second) };
  g_autofree char *text = NULL;

  if (places[0] < 0 || places[1] < 0)
    return;

  text = ut_comparison_describe_settings (
    comparison, ut_comparison_get_setting_of (comparison, (guint) places[0]),
    ut_comparison_get_setting_of (comparison, (guint) places[1]));
  say (self, text, NULL);
}

static void
update_about_selected (UtCompareVerdict *self,
                       GPtrArray        *items)
{
  UtRun *first, *second;

  if (items->len != 2)
    {
      set_runs (self, NULL, NULL);
      say (self, _("Select two rows, the second one with Ctrl, to read whether they differ by more "
                   "than chance."), "dim-label");
      return;
    }

  first = ut_compare_item_get_run (g_ptr_array_index (items, 0));
  second = ut_compare_item_get_run (g_ptr_array_index (items, 1));
  if (ut_compare_item_get_kind (g_ptr_array_index (items, 0)) == UT_COMPARE_SETTING)
    {
      set_runs (self, NULL, NULL);
      describe_settings (self, first, second);
      return;
    }

  set_runs (self, first, second);
  update_sentence (self);
}

/* Many */

static UtDataEntry *
find_data (UtCompareVerdict *self,
           UtRun            *run)
{
  GListModel *data = G_LIST_MODEL (ut_session_get_data (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (data); i++)
    {
      g_autoptr (UtDataEntry) entry = g_list_model_get_item (data, i);

      /* The list keeps it. */
      if (ut_data_entry_matches (entry, ut_run_get_config (run)))
        return entry;
    }

  return NULL;
}

/* Of the group that one looks at. */
static guint
get_group (UtCompareVerdict *self,
           GPtrArray        *items)
{
  return items->len > 0 ? ut_compare_item_get_facts (g_ptr_array_index (items, 0))->group : 0;
}

static void
update_warning (UtCompareVerdict *self,
                GPtrArray        *items)
{
  UtComparison *comparison = get_comparison (self);
  guint index = get_group (self, items);
  g_autofree char *warning = NULL;

  if (index < ut_comparison_get_n_groups (comparison))
    warning = ut_comparison_dup_warning (comparison, index);
  gtk_widget_set_visible (self->warning_box, warning != NULL);
  if (warning == NULL)
    return;

  const UtComparisonGroup *group = ut_comparison_get_group (comparison, index);
  UtRun *best = ut_comparison_get_run (comparison, group->runs[0]);

  if (!g_str_equal (gtk_label_get_text (self->warning_label), warning))
    gtk_label_set_text (self->warning_label, warning);
  ut_test_line_set_entry (self->test_line, find_data (self, best));
  ut_test_line_set_run (self->test_line, best);
}

static void
table_changed_cb (UtCompareVerdict *self)
{
  g_autoptr (GPtrArray) items = ut_compare_table_dup_selected (self->table);

  update_about_selected (self, items);
  update_warning (self, items);
}

static void
ut_compare_verdict_dispose (GObject *object)
{
  UtCompareVerdict *self = UT_COMPARE_VERDICT (object);

  stop_reading (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_COMPARE_VERDICT);
  g_clear_object (&self->table);
  g_clear_object (&self->session);
  g_clear_object (&self->runs[0]);
  g_clear_object (&self->runs[1]);
  g_clear_object (&self->failed);

  G_OBJECT_CLASS (ut_compare_verdict_parent_class)->dispose (object);
}

static void
ut_compare_verdict_finalize (GObject *object)
{
  g_free (UT_COMPARE_VERDICT (object)->failure);

  G_OBJECT_CLASS (ut_compare_verdict_parent_class)->finalize (object);
}

static void
ut_compare_verdict_class_init (UtCompareVerdictClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_compare_verdict_dispose;
  object_class->finalize = ut_compare_verdict_finalize;

  g_type_ensure (UT_TYPE_TEST_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-compare-verdict.ui");
  gtk_widget_class_bind_template_child (widget_class, UtCompareVerdict, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, UtCompareVerdict, warning_box);
  gtk_widget_class_bind_template_child (widget_class, UtCompareVerdict, warning_label);
  gtk_widget_class_bind_template_child (widget_class, UtCompareVerdict, test_line);
}

static void
ut_compare_verdict_init (UtCompareVerdict *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_compare_verdict_set_table (UtCompareVerdict *self,
                              UtCompareTable   *table,
                              UtSession        *session)
{
  g_return_if_fail (UT_IS_COMPARE_VERDICT (self));
  g_return_if_fail (UT_IS_COMPARE_TABLE (table));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->table == NULL);

  self->table = g_object_ref (table);
  self->session = g_object_ref (session);
  ut_test_line_set_session (self->test_line, session);
  g_signal_connect_object (table, "changed", G_CALLBACK (table_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_data (session), "items-changed",
                           G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  table_changed_cb (self);
}
