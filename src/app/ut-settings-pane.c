/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-settings-pane.h"

#include "ut-resources.h"
#include "ut-shown-runs.h"
#include "ut-text-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <ut-plot-all.h>

/* More runs than this are rows: as columns they would not stand side by side. */
#define MOST_COLUMNS 4

struct _UtSettingsPane
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkWidget *empty_page;
  GtkWidget *main_page;
  GtkLabel *caption;
  GtkWidget *all_box;
  GtkSwitch *all_switch;
  GtkToggleButton *lines_button;
  GtkStack *views;
  UtTextTable *table;
  GtkWidget *lines_page;
  GtkWidget *same_label;
  UtParallel *parallel;
  GtkLabel *reading;
  GtkWidget *keep_button;
  GtkWidget *clear_button;

  UtSession *session;    /* (owned) (nullable) */
  UtShownRuns *shown;    /* (owned) (nullable) */
  GPtrArray *runs;       /* (owned): that are compared, of UtRun */
  UtConfigFacts *facts;  /* (owned) (nullable): of them */
  gboolean has_run_rows; /* whether a row of the table is a run */
};

G_DEFINE_FINAL_TYPE (UtSettingsPane, ut_settings_pane, GTK_TYPE_BOX)

static double
get_accuracy (UtRun *run)
{
  double accuracy;

  g_object_get (run, "best-accuracy", &accuracy, NULL);

  return accuracy < 0 ? NAN : accuracy;
}

static char *
dup_accuracy (UtRun *run)
{
  double accuracy = get_accuracy (run);

  return isnan (accuracy) ? g_strdup ("–") : g_strdup_printf ("%.3f", accuracy);
}

static gboolean
is_listed (UtSettingsPane *self,
           guint           fact)
{
  return gtk_switch_get_active (self->all_switch) || ut_config_facts_differs (self->facts, fact);
}

/* The table */

static UtTextTableCell
make_cell (const char *text,
           double      key)
{
  return (UtTextTableCell) { .text = text, .key = key, .low = NAN, .high = NAN };
}

static gboolean
is_number (UtSettingsPane *self,
           guint           fact)
{
  return ut_config_facts_get_choices (self->facts, fact) == NULL;
}

static void
add_runs (UtSettingsPane *self)
{
  guint n_facts = ut_config_facts_get_n_facts (self->facts);

  ut_text_table_add_column (self->table, _("Run"), FALSE, FALSE);
  ut_text_table_add_column (self->table, _("Best accuracy"), TRUE, FALSE);
  for (guint i = 0; i < n_facts; i++)
    if (is_listed (self, i))
      ut_text_table_add_column (self->table, ut_config_facts_get_title (self->facts, i),
                                is_number (self, i), FALSE);
  for (guint j = 0; j < self->runs->len; j++)
    {
      UtRun *run = g_ptr_array_index (self->runs, j);
      g_autofree char *accuracy = dup_accuracy (run);
      g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (UtTextTableCell));
      const UtTextTableCell first[] = {
        make_cell (ut_run_get_name (run), NAN), make_cell (accuracy, get_accuracy (run)),
      };

      g_array_append_vals (cells, first, G_N_ELEMENTS (first));
      for (guint i = 0; i < n_facts; i++)
        {
          UtTextTableCell cell = make_cell (ut_config_facts_get_text (self->facts, i, j),
                                            ut_config_facts_get_number (self->facts, i, j));

          if (is_listed (self, i))
            g_array_append_val (cells, cell);
        }
      ut_text_table_add_row (self->table, (const UtTextTableCell *) (void *) cells->data,
                             (int) ut_run_get_style (run),
                             run == ut_session_get_current (self->session));
    }
}

/* A row of what @dup_text says of each run. */
static void
add_fact (UtSettingsPane *self,
          const char     *title,
          guint           fact,
          gboolean        is_accuracy)
{
  g_autofree UtTextTableCell *cells = g_new (UtTextTableCell, self->runs->len + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  cells[0] = make_cell (title, NAN);
  for (guint j = 0; j < self->runs->len; j++)
    {
      char *text = is_accuracy ? dup_accuracy (g_ptr_array_index (self->runs, j))
                               : g_strdup (ut_config_facts_get_text (self->facts, fact, j));

      g_ptr_array_add (texts, text);
      cells[j + 1] = make_cell (text, NAN);
    }
  ut_text_table_add_row (self->table, cells, -1, FALSE);
}

static void
add_facts (UtSettingsPane *self)
{
  ut_text_table_add_column (self->table, _("Setting"), FALSE, FALSE);
  for (guint j = 0; j < self->runs->len; j++)
    ut_text_table_add_column (self->table, ut_run_get_name (g_ptr_array_index (self->runs, j)),
                              FALSE, FALSE);
  for (guint i = 0; i < ut_config_facts_get_n_facts (self->facts); i++)
    if (is_listed (self, i))
      add_fact (self, ut_config_facts_get_title (self->facts, i), i, FALSE);
  add_fact (self, _("Best accuracy"), 0, TRUE);
}

static void
fill_table (UtSettingsPane *self)
{
  if (self->facts == NULL)
    return;

  self->has_run_rows = self->runs->len > MOST_COLUMNS;
  ut_text_table_begin (self->table);
  if (self->has_run_rows)
    add_runs (self);
  else
    add_facts (self);
  ut_text_table_end (self->table);
}

static void
row_activated_cb (UtSettingsPane *self,
                  guint           row)
{
  if (self->has_run_rows && row < self->runs->len)
    ut_session_set_current (self->session, g_ptr_array_index (self->runs, row));
}

/* The lines */

/* A seed is a name more than a number; it has an axis where there is nothing else. */
static gboolean
has_axis (UtSettingsPane *self,
          guint           fact,
          gboolean        with_seed)
{
  return ut_config_facts_differs (self->facts, fact)
         && (with_seed || ut_config_facts_get_setting (self->facts, fact) != UT_SETTING_SEED);
}

static guint
count_axes (UtSettingsPane *self,
            gboolean        with_seed)
{
  guint n = 0;

  for (guint i = 0; i < ut_config_facts_get_n_facts (self->facts); i++)
    n += has_axis (self, i, with_seed) ? 1 : 0;

  return n;
}

static void
fill_lines (UtSettingsPane *self)
{
  gboolean with_seed = count_axes (self, FALSE) == 0;
  guint n_axes = count_axes (self, with_seed);
  guint n_runs = self->runs->len;
  g_autofree UtParallelVariable *variables = g_new0 (UtParallelVariable, n_axes + 1);
  g_autofree UtParallelLine *lines = g_new0 (UtParallelLine, n_runs);
  g_autofree double *values = g_new (double, (gsize) n_runs * (n_axes + 1));
  g_autofree char *label = NULL;
  int current = -1;
  guint axis = 0;

  gtk_widget_set_visible (self->same_label, n_axes == 0);
  gtk_widget_set_visible (self->lines_page, n_axes > 0);
  for (guint i = 0; i < ut_config_facts_get_n_facts (self->facts); i++)
    {
      if (!has_axis (self, i, with_seed))
        continue;
      variables[axis] = (UtParallelVariable) {
        .title = ut_config_facts_get_title (self->facts, i),
        .log = ut_config_facts_is_log (self->facts, i),
        .choices = ut_config_facts_get_choices (self->facts, i),
      };
      for (guint j = 0; j < n_runs; j++)
        values[j * (n_axes + 1) + axis] = ut_config_facts_get_number (self->facts, i, j);
      axis++;
    }
  variables[n_axes].title = _("Best accuracy");
  for (guint j = 0; j < n_runs; j++)
    {
      UtRun *run = g_ptr_array_index (self->runs, j);

      values[j * (n_axes + 1) + n_axes] = get_accuracy (run);
      lines[j] = (UtParallelLine) {
        .label = ut_run_get_name (run),
        .style = ut_run_get_style (run),
        .values = values + j * (n_axes + 1),
      };
      if (run == ut_session_get_current (self->session))
        current = (int) j;
    }

  label = g_strdup_printf (ngettext ("Settings and best accuracy of %'u run",
                                     "Settings and best accuracy of %'u runs", n_runs), n_runs);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->parallel), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  ut_parallel_set_data (self->parallel, variables, n_axes + 1, lines, n_runs, current);
}

static void
hovered_cb (UtSettingsPane *self)
{
  g_autofree char *reading = ut_parallel_dup_reading (self->parallel);

  gtk_label_set_text (self->reading, *reading != '\0' ? reading
                      : _("Drag along an axis to choose runs; click a line to make its run the "
                          "current one."));
}

static void
brushed_cb (UtSettingsPane *self)
{
  guint n_kept;

  g_object_get (self->parallel, "n-kept", &n_kept, NULL);
  gtk_widget_set_sensitive (self->clear_button, ut_parallel_is_brushed (self->parallel));
  gtk_widget_set_sensitive (self->keep_button, n_kept > 0 && n_kept < self->runs->len);
}

static void
clear_brushes_cb (UtSettingsPane *self)
{
  ut_parallel_clear_brushes (self->parallel);
}

static void
line_activated_cb (UtSettingsPane *self,
                   guint           line)
{
  if (line < self->runs->len)
    ut_session_set_current (self->session, g_ptr_array_index (self->runs, line));
}

/* The current run is compared whether it is shown or not: where it is left out, another one is made
 * current, or it would stay. */
static void
keep_cb (UtSettingsPane *self)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_ref (self->runs);
  g_autofree gboolean *kept = g_new (gboolean, runs->len);
  UtRun *first = NULL;
  gboolean has_current = FALSE;

  for (guint i = 0; i < runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (runs, i);

      kept[i] = ut_parallel_keeps (self->parallel, i);
      if (kept[i] && first == NULL)
        first = run;
      has_current = has_current || (kept[i] && run == ut_session_get_current (self->session));
    }
  for (guint i = 0; i < runs->len; i++)
    ut_run_set_shown (g_ptr_array_index (runs, i), kept[i]);
  if (first != NULL && !has_current)
    ut_session_set_current (self->session, first);
}

/* Both */

static void
say_how_many (UtSettingsPane *self)
{
  guint n_runs = self->runs->len;
  guint n_facts = ut_config_facts_get_n_facts (self->facts);
  guint n_different = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_facts; i++)
    n_different += ut_config_facts_differs (self->facts, i) ? 1 : 0;
  if (n_different == 0)
    text = g_strdup_printf (ngettext ("%'u run, and no setting differs.",
                                      "%'u runs, and no setting differs.", n_runs), n_runs);
  else
    text = g_strdup_printf (ngettext ("%'u of %'u settings differs between the %'u shown runs.",
                                      "%'u of %'u settings differ between the %'u shown runs.",
                                      n_different), n_different, n_facts, n_runs);
  gtk_label_set_label (self->caption, text);
}

static void
refresh (UtSettingsPane *self)
{
  g_autofree UtConfig **configs = NULL;

  g_clear_pointer (&self->facts, ut_config_facts_free);
  g_ptr_array_unref (self->runs);
  self->runs = ut_shown_runs_list (self->shown);
  gtk_stack_set_visible_child (self->stack, self->runs->len < 2 ? self->empty_page
                                                                : self->main_page);
  if (self->runs->len < 2)
    return;

  configs = g_new (UtConfig *, self->runs->len);
  for (guint i = 0; i < self->runs->len; i++)
    configs[i] = ut_run_get_config (g_ptr_array_index (self->runs, i));
  self->facts = ut_config_facts_new (configs, self->runs->len);
  say_how_many (self);
  fill_table (self);
  fill_lines (self);
  hovered_cb (self);
}

static void
view_toggled_cb (UtSettingsPane *self)
{
  gboolean has_lines = gtk_toggle_button_get_active (self->lines_button);

  gtk_stack_set_visible_child_name (self->views, has_lines ? "lines" : "table");
  /* Lines are of what differs. */
  gtk_widget_set_visible (self->all_box, !has_lines);
}

static void
ut_settings_pane_map (GtkWidget *widget)
{
  UtSettingsPane *self = UT_SETTINGS_PANE (widget);

  GTK_WIDGET_CLASS (ut_settings_pane_parent_class)->map (widget);
  if (self->shown != NULL)
    ut_shown_runs_set_watched (self->shown, TRUE);
}

static void
ut_settings_pane_unmap (GtkWidget *widget)
{
  UtSettingsPane *self = UT_SETTINGS_PANE (widget);

  if (self->shown != NULL)
    ut_shown_runs_set_watched (self->shown, FALSE);
  GTK_WIDGET_CLASS (ut_settings_pane_parent_class)->unmap (widget);
}

static void
ut_settings_pane_dispose (GObject *object)
{
  UtSettingsPane *self = UT_SETTINGS_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_SETTINGS_PANE);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_settings_pane_parent_class)->dispose (object);
}

static void
ut_settings_pane_finalize (GObject *object)
{
  UtSettingsPane *self = UT_SETTINGS_PANE (object);

  g_clear_pointer (&self->facts, ut_config_facts_free);
  g_ptr_array_unref (self->runs);

  G_OBJECT_CLASS (ut_settings_pane_parent_class)->finalize (object);
}

static void
ut_settings_pane_class_init (UtSettingsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_settings_pane_dispose;
  object_class->finalize = ut_settings_pane_finalize;
  widget_class->map = ut_settings_pane_map;
  widget_class->unmap = ut_settings_pane_unmap;

  g_type_ensure (UT_TYPE_PARALLEL);
  g_type_ensure (UT_TYPE_TEXT_TABLE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-settings-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, main_page);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, caption);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, all_box);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, all_switch);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, lines_button);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, views);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, table);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, lines_page);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, same_label);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, parallel);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, reading);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, keep_button);
  gtk_widget_class_bind_template_child (widget_class, UtSettingsPane, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, fill_table);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, brushed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_brushes_cb);
}

static void
ut_settings_pane_init (UtSettingsPane *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_text_table_set_label (self->table, _("Settings of the shown runs"));
}

GtkWidget *
ut_settings_pane_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtSettingsPane *self = g_object_new (UT_TYPE_SETTINGS_PANE, NULL);

  self->session = g_object_ref (session);
  self->shown = ut_shown_runs_new (session);
  g_signal_connect_object (self->shown, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
