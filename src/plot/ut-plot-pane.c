/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-pane"

#include "config.h"

#include "ut-plot-pane.h"

#include "ut-plot-export-private.h"
#include "ut-plot-sheet.h"
#include "ut-plot-table-private.h"
#include "ut-smooth.h"
#include "ut-ticks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _UtPlotPane
{
  GtkWidget             parent_instance;

  UtPlot               *plot;
  GtkStack             *stack;
  GtkColumnView        *view;
  GtkButton            *back_button;
  GtkButton            *all_button;
  GtkButton            *follow_button;
  GtkMenuButton        *view_button;
  GtkAdjustment        *smoothing;
  GtkScale             *smoothing_scale;
  GtkLabel             *smoothing_label;
  GtkMenuButton        *export_button;

  GSignalGroup         *signals;       /* (owned): of the plot's view */
  gboolean              table_shown;
  UtPlotTable          *table;   /* (owned) (nullable): what the view shows */
  guint                 refresh; /* source of the next table */
  GPtrArray            *watched; /* (owned) (element-type UtPlotSeries) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  UtPlotFormat          format;
  GCancellable         *cancellable; /* (owned): of writing */
};

/**
 * UtPlotPane:
 *
 * # Keys
 *
 * T shows the table and the plot in turn. The plot's own keys are those of #UtPlot.
 *
 * # Actions
 *
 * `pane.table`, `pane.copy`, `pane.export` (with "png", "svg" or "csv"), `pane.x-axis` ("step",
 * "epoch" or "time"), `pane.y-log`, `pane.spread` ("runs", "deviation" or "interval"), `pane.back`,
 * `pane.zoom-reset`, `pane.follow`.
 *
 * # CSS nodes
 *
 * |[
 * plotpane
 * ├── box
 * │   ├── label.heading
 * │   ├── button.way
 * │   ╰── box.controls
 * ╰── stack
 *     ├── plot
 *     ╰── scrolledwindow ─ columnview
 * ]|
 *
 * `.controls` is seen through while neither pointer nor focus is in the pane; it keeps its place
 * and can be reached by Tab. The buttons `.way` are there while a part is shown: back, everything,
 * follow the run that grows.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_GROUP. In the table a row is named by all its values, a cell by
 * column and value.
 */
G_DEFINE_FINAL_TYPE (UtPlotPane, ut_plot_pane, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TABLE_SHOWN = 1,
  PROP_X_AXIS,
  PROP_Y_LOG,
  PROP_SPREAD,
} UtPlotPaneProperty;

static GParamSpec *properties[PROP_SPREAD + 1];
static guint message_signal;

/* ---- Table ---- */

static char *
dup_cell (UtPlotPane *self,
          guint       row,
          guint       column)
{
  double value = _ut_plot_table_get_value (self->table, row, column);
  if (column == 0)
    return ut_ticks_format_place (value);
  return isnan (value) ? g_strdup ("–") : ut_ticks_format_value (value);
}

static char *
dup_row_name (UtPlotPane *self,
              guint       row)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint column = 0; column < _ut_plot_table_get_n_columns (self->table); column++)
    {
      g_autofree char *title = _ut_plot_table_dup_title (self->table, column);
      g_autofree char *value = dup_cell (self, row, column);
      g_string_append_printf (name, "%s%s %s", column > 0 ? ", " : "", title, value);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               UtPlotPane               *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              UtPlotPane               *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  guint row = _ut_plot_row_get_index (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *title = _ut_plot_table_dup_title (self->table, column);
  g_autofree char *value = dup_cell (self, row, column);
  g_autofree char *name = g_strdup_printf ("%s %s", title, value);

  gtk_label_set_text (GTK_LABEL (label), value);
  /* GTK 4.8 calls cell and row by their class names unless somebody names them. */
  GtkWidget *cell = gtk_widget_get_parent (label);
  if (cell == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  GtkWidget *line = gtk_widget_get_parent (cell);
  if (column == 0 && line != NULL)
    {
      g_autofree char *row_name = dup_row_name (self, row);
      gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      row_name, -1);
    }
}

static gboolean
columns_fit (UtPlotPane *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint n = _ut_plot_table_get_n_columns (self->table);

  if (g_list_model_get_n_items (columns) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *title = _ut_plot_table_dup_title (self->table, i);
      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
make_columns (UtPlotPane *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);
      gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; i < _ut_plot_table_get_n_columns (self->table); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autofree char *title = _ut_plot_table_dup_title (self->table, i);

      g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cell_cb), self,
                               G_CONNECT_DEFAULT);
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cell_cb), self, G_CONNECT_DEFAULT);
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
    }
}

static void
refresh_table (UtPlotPane *self)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  /* Cells of the old table are bound to it until the model is replaced. */
  gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->table);
  self->table = _ut_plot_table_new (self->plot);
  if (!columns_fit (self))
    make_columns (self);
  g_autoptr (GtkNoSelection) model
      = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->table)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}

static gboolean
refresh_cb (gpointer data)
{
  UtPlotPane *self = data;

  self->refresh = 0;
  refresh_table (self);
  return G_SOURCE_REMOVE;
}

static void
series_changed_cb (UtPlotPane   *self,
                   UtPlotSeries *series)
{
  /* A value per batch is not in the table, but what is shown is. */
  if (self->table_shown && self->refresh == 0
      && (ut_plot_series_get_kind (series) != UT_PLOT_SERIES_DENSE
          || !ut_plot_series_get_live (series)))
    self->refresh = g_idle_add (refresh_cb, self);
}

static void
watch_series_cb (UtPlotPane *self)
{
  GListModel *list = ut_plot_get_series (self->plot);

  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), series_changed_cb,
                                          self);
  g_ptr_array_set_size (self->watched, 0);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      UtPlotSeries *series = g_list_model_get_item (list, i);
      g_signal_connect_object (series, "changed", G_CALLBACK (series_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->watched, series);
    }
  if (self->table_shown && self->refresh == 0)
    self->refresh = g_idle_add (refresh_cb, self);
}

/* ---- Controls ---- */

static void
smoothing_changed_cb (UtPlotPane *self)
{
  double weight = ut_smooth_weight (pow (10, gtk_adjustment_get_value (self->smoothing)));
  g_object_set (ut_plot_get_view (self->plot), "smoothing", weight, NULL);
}

static void
view_smoothing_cb (UtPlotPane *self)
{
  double weight = ut_plot_view_get_smoothing (ut_plot_get_view (self->plot));
  guint steps = ut_smooth_steps (weight);
  g_autofree char *text = NULL;
  if (steps > 1)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %u step", "about %u steps", steps),
                            steps);
  else
    text = g_strdup (_("not smoothed"));

  gtk_label_set_text (self->smoothing_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->smoothing_scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  /* The slider follows a linked plot; its own value is finer than the steps it says. */
  double value = log10 (1 / (1 - MIN (weight, UT_SMOOTH_MAX)));
  if (fabs (value - gtk_adjustment_get_value (self->smoothing)) > 1e-9)
    gtk_adjustment_set_value (self->smoothing, value);
}

/* A button that goes must not take the focus with it. */
static void
show_button (UtPlotPane *self,
             GtkButton  *button,
             gboolean    visible)
{
  if (!visible && gtk_widget_has_focus (GTK_WIDGET (button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->plot));
  gtk_widget_set_visible (GTK_WIDGET (button), visible);
}

/* While a part is shown the ways out of it are there without searching. */
static void
view_moved_cb (UtPlotPane *self)
{
  UtPlotView *view = ut_plot_get_view (self->plot);
  gboolean zoomed = ut_plot_view_is_zoomed (view);
  gboolean can_go_back = FALSE;

  g_object_get (view, "can-go-back", &can_go_back, NULL);
  show_button (self, self->back_button, can_go_back);
  show_button (self, self->all_button, zoomed);
  show_button (self, self->follow_button,
               zoomed && !ut_plot_view_get_follow (view) && ut_plot_is_live (self->plot));
}

static void
plot_view_cb (UtPlotPane *self)
{
  UtPlotView *view = ut_plot_get_view (self->plot);

  g_signal_group_set_target (self->signals, view);
  view_smoothing_cb (self);
  view_moved_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_X_AXIS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_Y_LOG]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPREAD]);
}

static void
view_notify_cb (UtPlotPane *self,
                GParamSpec *pspec)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static void
log_allowed_cb (UtPlotPane *self)
{
  gboolean allowed = FALSE;

  g_object_get (self->plot, "log-allowed", &allowed, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pane.y-log", allowed);
}

/* ---- Export ---- */

static void
tell (UtPlotPane *self,
      const char *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (UtPlotPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_parse_name (G_FILE (source));

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      g_autofree char *text = g_strdup_printf (_("Saved %s"), name);
      tell (self, text);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = g_strdup_printf (_("Could not write %s: %s. Choose another place."),
                                               name, error->message);
      tell (self, text);
    }
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             UtPlotPane      *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GBytes) bytes = _ut_plot_export (self->plot, self->format);
      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                           self->cancellable, written_cb, g_object_ref (self));
    }
  gtk_native_dialog_destroy (dialog);
  g_clear_object (&self->chooser);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  UtPlotPane *self = UT_PLOT_PANE (widget);
  const char *extension = g_variant_get_string (parameter, NULL);
  g_autofree char *title = NULL;

  if (self->chooser != NULL || !_ut_plot_format_from_name (extension, &self->format))
    return;
  g_object_get (self->plot, "title", &title, NULL);
  g_autofree char *file
      = g_strdup_printf ("%s.%s", title != NULL && *title != '\0' ? title : "plot", extension);
  GtkRoot *root = gtk_widget_get_root (widget);
  self->chooser
      = gtk_file_chooser_native_new (_("Export"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                     GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     g_strdelimit (file, "/", '-'));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What the plot does by the same name; its actions are not in reach of the buttons. */
static void
plot_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *action = g_strconcat ("plot.", name + strlen ("pane."), NULL);

  gtk_widget_activate_action (GTK_WIDGET (UT_PLOT_PANE (widget)->plot), action, NULL);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ut_plot_copy (UT_PLOT_PANE (widget)->plot);
}

/* ---- Widget ---- */

static UtPlotView *
view_of (UtPlotPane *self)
{
  return ut_plot_get_view (self->plot);
}

static void
ut_plot_pane_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch ((UtPlotPaneProperty) id)
    {
    case PROP_TABLE_SHOWN:
      g_value_set_boolean (value, UT_PLOT_PANE (object)->table_shown);
      break;
    case PROP_X_AXIS:
      g_value_set_enum (value, (int) ut_plot_view_get_axis (view_of (UT_PLOT_PANE (object))));
      break;
    case PROP_Y_LOG:
      g_value_set_boolean (value, ut_plot_view_get_y_log (view_of (UT_PLOT_PANE (object))));
      break;
    case PROP_SPREAD:
      g_value_set_enum (value, (int) ut_plot_view_get_spread (view_of (UT_PLOT_PANE (object))));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_pane_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch ((UtPlotPaneProperty) id)
    {
    case PROP_TABLE_SHOWN:
      ut_plot_pane_set_table_shown (UT_PLOT_PANE (object), g_value_get_boolean (value));
      break;
    case PROP_X_AXIS:
    case PROP_Y_LOG:
    case PROP_SPREAD:
      g_object_set_property (G_OBJECT (view_of (UT_PLOT_PANE (object))), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_pane_dispose (GObject *object)
{
  UtPlotPane *self = UT_PLOT_PANE (object);

  g_cancellable_cancel (self->cancellable);
  /* The plot empties its list when it goes. */
  if (self->plot != NULL)
    g_signal_handlers_disconnect_by_func (ut_plot_get_series (self->plot), watch_series_cb, self);
  g_clear_handle_id (&self->refresh, g_source_remove);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_ptr_array_set_size (self->watched, 0);
  g_clear_object (&self->table);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_PLOT_PANE);
  /* GTK 4.8 unparents only those children of a template that are bound. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_widget_unparent (child);
  self->view = NULL;
  self->plot = NULL;

  G_OBJECT_CLASS (ut_plot_pane_parent_class)->dispose (object);
}

static void
ut_plot_pane_finalize (GObject *object)
{
  UtPlotPane *self = UT_PLOT_PANE (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ut_plot_pane_parent_class)->finalize (object);
}

static void
ut_plot_pane_class_init (UtPlotPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_plot_pane_dispose;
  object_class->finalize = ut_plot_pane_finalize;
  object_class->get_property = ut_plot_pane_get_property;
  object_class->set_property = ut_plot_pane_set_property;

  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_TABLE_SHOWN] = g_param_spec_boolean ("table-shown", NULL, NULL, FALSE, flags);
  /* Those of the plot's view, for the menu. */
  properties[PROP_X_AXIS] = g_param_spec_enum ("x-axis", NULL, NULL, UT_TYPE_PLOT_AXIS,
                                               UT_PLOT_AXIS_STEP, flags);
  properties[PROP_Y_LOG] = g_param_spec_boolean ("y-log", NULL, NULL, FALSE, flags);
  properties[PROP_SPREAD] = g_param_spec_enum ("spread", NULL, NULL, UT_TYPE_PLOT_SPREAD,
                                               UT_PLOT_SPREAD_RUNS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtPlotPane::message:
   * @text: a sentence for the person.
   */
  message_signal = g_signal_new ("message", UT_TYPE_PLOT_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (UT_TYPE_PLOT);
  ut_plot_sheet_ensure_resources ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/plot/ut-plot-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, plot);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, stack);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, view);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, back_button);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, all_button);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, follow_button);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, view_button);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, smoothing);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, smoothing_scale);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, smoothing_label);
  gtk_widget_class_bind_template_child (widget_class, UtPlotPane, export_button);
  gtk_widget_class_bind_template_callback (widget_class, smoothing_changed_cb);

  gtk_widget_class_install_property_action (widget_class, "pane.table", "table-shown");
  gtk_widget_class_install_property_action (widget_class, "pane.x-axis", "x-axis");
  gtk_widget_class_install_property_action (widget_class, "pane.y-log", "y-log");
  gtk_widget_class_install_property_action (widget_class, "pane.spread", "spread");
  gtk_widget_class_install_action (widget_class, "pane.back", NULL, plot_action);
  gtk_widget_class_install_action (widget_class, "pane.zoom-reset", NULL, plot_action);
  gtk_widget_class_install_action (widget_class, "pane.follow", NULL, plot_action);
  gtk_widget_class_install_action (widget_class, "pane.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "pane.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, 0, "pane.table", NULL);

  gtk_widget_class_set_css_name (widget_class, "plotpane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ut_plot_pane_init (UtPlotPane *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* In GTK 4.8 the button inside, which gets the focus, does not take the menu button's label. */
  GtkMenuButton *menus[] = { self->view_button, self->export_button };
  for (gsize i = 0; i < G_N_ELEMENTS (menus); i++)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (menus[i]))),
        GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_menu_button_get_label (menus[i]), -1);

  g_signal_connect_object (ut_plot_get_series (self->plot), "items-changed",
                           G_CALLBACK (watch_series_cb), self, G_CONNECT_SWAPPED);
  self->signals = g_signal_group_new (UT_TYPE_PLOT_VIEW);
  g_signal_group_connect_object (self->signals, "notify::smoothing", G_CALLBACK (view_smoothing_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::x-axis", G_CALLBACK (view_notify_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::y-log", G_CALLBACK (view_notify_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::spread", G_CALLBACK (view_notify_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "moved", G_CALLBACK (view_moved_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::can-go-back", G_CALLBACK (view_moved_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::follow", G_CALLBACK (view_moved_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plot, "notify::log-allowed", G_CALLBACK (log_allowed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->plot, "notify::view", G_CALLBACK (plot_view_cb), self,
                           G_CONNECT_SWAPPED);
  plot_view_cb (self);
}

GtkWidget *
ut_plot_pane_new (void)
{
  return g_object_new (UT_TYPE_PLOT_PANE, NULL);
}

UtPlot *
ut_plot_pane_get_plot (UtPlotPane *self)
{
  g_return_val_if_fail (UT_IS_PLOT_PANE (self), NULL);
  return self->plot;
}

gboolean
ut_plot_pane_get_table_shown (UtPlotPane *self)
{
  g_return_val_if_fail (UT_IS_PLOT_PANE (self), FALSE);
  return self->table_shown;
}

void
ut_plot_pane_set_table_shown (UtPlotPane *self,
                              gboolean    shown)
{
  g_return_if_fail (UT_IS_PLOT_PANE (self));

  shown = !!shown;
  if (self->table_shown == shown)
    return;
  self->table_shown = shown;
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;
  if (shown)
    refresh_table (self);
  gtk_stack_set_visible_child_name (self->stack, shown ? "table" : "plot");
  if (had_focus)
    gtk_widget_grab_focus (shown ? GTK_WIDGET (self->view) : GTK_WIDGET (self->plot));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TABLE_SHOWN]);
}
