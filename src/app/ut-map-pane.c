/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-map-pane.h"

#include "ut-resources.h"

#include <glib/gi18n.h>
#include <ut-plot-all.h>

/* The share of rows that "Hardest 2 %" selects. */
#define HARDEST_SHARE 0.02

struct _UtMapPane
{
  GtkBox parent_instance;

  GtkLabel *failure_label;
  GtkWidget *map_box;
  GtkLabel *caption;
  UtScatter *scatter;
  GtkLabel *reading;
  GtkWidget *hardest_button;
  GtkWidget *clear_button;
  GtkWidget *export_button;
  GtkWidget *exclude_button;

  UtSession *session;            /* (owned) (nullable) */
  GSignalGroup *signals;         /* (owned): of the current run */
  UtDataEntry *entry;            /* (owned) (nullable) */
  UtDataset *train;              /* (owned) (nullable): of entry */
  UtDataMap *map;                /* (owned) (nullable): of train */
  char *failure;                 /* (owned) (nullable): why there is none */
  GCancellable *reading_map;     /* (owned) (nullable) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
};

G_DEFINE_FINAL_TYPE (UtMapPane, ut_map_pane, GTK_TYPE_BOX)

typedef enum
{
  PROP_AVAILABLE = 1,
} UtMapPaneProperty;

static GParamSpec *properties[PROP_AVAILABLE + 1];

enum
{
  SELECTION_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The map */

static void
update_buttons (UtMapPane *self)
{
  gsize n_selected;

  ut_scatter_get_selection (self->scatter, &n_selected);
  gtk_widget_set_sensitive (self->clear_button, n_selected > 0);
  gtk_widget_set_sensitive (self->export_button, n_selected > 0);
  /* Something must be left to learn from. */
  gtk_widget_set_sensitive (self->exclude_button,
                            n_selected > 0
                            && n_selected < ut_data_map_get_n_rows (self->map)
                                            - ut_data_map_get_n_left_out (self->map));
}

static char *
dup_caption (UtMapPane *self)
{
  UtRun *run = ut_session_get_current (self->session);
  guint n_epochs = ut_data_map_get_n_epochs (self->map);
  guint n_left_out = (guint) ut_data_map_get_n_left_out (self->map);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          /* Translators: the name of a run. */
                          ngettext ("How %s took each training row in its epoch. Low: it did not "
                                    "believe the label. Draw around points to see their rows.",
                                    "How %s took each training row over %u epochs. Low: it did not "
                                    "believe the label. Draw around points to see their rows.",
                                    n_epochs),
                          ut_run_get_name (run), n_epochs);
  if (n_left_out > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%'u row was left out of this run.",
                                              "%'u rows were left out of this run.", n_left_out),
                              n_left_out);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Shows @map (transfer full) (nullable), or @failure (nullable), or nothing. */
static void
take_map (UtMapPane  *self,
          UtDataMap  *map,
          const char *failure)
{
  gboolean was_available = ut_map_pane_get_available (self);

  if (!was_available && map == NULL && failure == NULL)
    return;

  g_clear_pointer (&self->map, ut_data_map_unref);
  self->map = map;
  g_free (self->failure);
  self->failure = g_strdup (failure);
  gtk_label_set_label (self->failure_label, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure_label), failure != NULL);
  gtk_widget_set_visible (self->map_box, failure == NULL);
  if (map != NULL)
    {
      g_autofree char *caption = dup_caption (self);

      gtk_label_set_label (self->caption, caption);
      ut_scatter_set_points (self->scatter, ut_data_map_get_variability (map),
                             ut_data_map_get_confidence (map), ut_data_map_get_correctness (map),
                             ut_data_map_get_n_rows (map));
      update_buttons (self);
    }
  else
    {
      ut_scatter_set_points (self->scatter, NULL, NULL, NULL, 0);
    }
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  if (was_available != ut_map_pane_get_available (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
}

static void
map_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (UtMapPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtDataMap) map = ut_run_get_data_map_finish (UT_RUN (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  g_clear_object (&self->reading_map);
  if (g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA))
    {
      /* A run on another data set has a map of that. */
      gboolean is_ours = self->entry != NULL
                         && ut_data_entry_matches (self->entry,
                                                   ut_run_get_config (UT_RUN (source)));

      take_map (self, NULL, is_ours ? error->message : NULL);
      return;
    }

  if (error != NULL && !g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN))
    ut_session_send_message (self->session, error->message);
  take_map (self, g_steal_pointer (&map), NULL);
}

static void
read_map (UtMapPane *self)
{
  UtRun *run = ut_session_get_current (self->session);

  g_cancellable_cancel (self->reading_map);
  g_clear_object (&self->reading_map);
  if (run == NULL || self->train == NULL)
    {
      take_map (self, NULL, NULL);
      return;
    }
  /* It grows while the run trains; it is looked at when it is whole. */
  if (ut_run_is_active (run))
    return;

  self->reading_map = g_cancellable_new ();
  ut_run_get_data_map_async (run, self->train, self->reading_map, map_read_cb, g_object_ref (self));
}

static void
current_changed_cb (UtMapPane *self)
{
  g_signal_group_set_target (self->signals, ut_session_get_current (self->session));
  take_map (self, NULL, NULL);
  read_map (self);
}

/* Selecting */

static void
selection_changed_cb (UtMapPane *self)
{
  if (self->map == NULL)
    return;

  update_buttons (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
hovered_cb (UtMapPane *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int row = ut_scatter_get_hovered (self->scatter);

  if (self->map != NULL && row >= 0)
    {
      g_autofree char *numbers = ut_scatter_dup_reading (self->scatter);

      g_string_append_printf (text, "%s: ", numbers);
      ut_dataset_append_sentence (self->train, (gsize) row, text);
    }
  gtk_label_set_text (self->reading, text->str);
}

static void
hardest_cb (UtMapPane *self)
{
  gsize n_rows;
  g_autofree guint32 *rows = ut_data_map_find_hardest (self->map, HARDEST_SHARE, &n_rows);

  ut_scatter_set_selection (self->scatter, rows, n_rows);
}

static void
clear_cb (UtMapPane *self)
{
  ut_scatter_set_selection (self->scatter, NULL, 0);
}

/* Writing */

typedef struct
{
  UtDataset *train; /* (owned) */
  guint32 *rows;    /* (owned) */
  gsize n_rows;
  GFile *file;      /* (owned) */
  GFile *earlier;   /* (owned) (nullable): rows that are left out already, and stay so */
} Order;

static void
order_free (Order *self)
{
  ut_dataset_unref (self->train);
  g_free (self->rows);
  g_object_unref (self->file);
  g_clear_object (&self->earlier);
  g_free (self);
}

static Order *
new_order (UtMapPane *self,
           GFile     *file)
{
  Order *order = g_new0 (Order, 1);
  gsize n_rows;
  const guint32 *rows = ut_scatter_get_selection (self->scatter, &n_rows);

  order->train = ut_dataset_ref (self->train);
  order->rows = g_memdup2 (rows, n_rows * sizeof (guint32));
  order->n_rows = n_rows;
  order->file = g_object_ref (file);

  return order;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;

  if (ut_dataset_write (order->train, order->rows, order->n_rows, order->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_order (UtMapPane           *self,
           Order               *order,
           GTaskThreadFunc      thread,
           GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  g_task_set_source_tag (task, run_order);
  g_task_set_name (task, "[undertone] write rows");
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, thread);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  UtMapPane *self = UT_MAP_PANE (source);
  const Order *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *name = g_file_get_parse_name (order->file);

      text = g_strdup_printf (ngettext ("%'u row is in %s.", "%'u rows are in %s.",
                                        (guint) order->n_rows), (guint) order->n_rows, name);
    }
  if (self->session != NULL)
    ut_session_send_message (self->session, text != NULL ? text : error->message);
}

static void
export_response_cb (UtMapPane *self,
                    int        response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL && self->map != NULL)
    run_order (self, new_order (self, file), write_thread, exported_cb);
}

static void
export_cb (UtMapPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Export Rows"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "likely-mislabelled.tsv");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (export_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Leaving out */

/* Runs refer to the list by its path, so that a list never changes: its name follows from its
 * rows. */
static GFile *
new_list_file (UtMapPane *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *earlier = g_settings_get_string (ut_session_get_settings (self->session),
                                                    "exclude-path");
  const char *hash = ut_dataset_get_hash (self->train);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gsize n_rows;
  const guint32 *rows = ut_scatter_get_selection (self->scatter, &n_rows);

  g_checksum_update (checksum, (const guchar *) hash, -1);
  g_checksum_update (checksum, (const guchar *) earlier, -1);
  g_checksum_update (checksum, (const guchar *) rows, (gssize) (n_rows * sizeof (guint32)));
  name = g_strdup_printf ("%.12s.tsv", g_checksum_get_string (checksum));
  path = g_build_filename (g_get_user_data_dir (), "undertone", "left-out", name, NULL);

  return g_file_new_for_path (path);
}

/* Adds the rows that an earlier list leaves out; a list that cannot be read, or is of other data, adds
 * none. */
static void
add_earlier (Order        *order,
             GCancellable *cancellable)
{
  g_autoptr (UtDataset) list = ut_dataset_read (order->earlier, NULL, NULL, cancellable, NULL);
  gsize n_all = ut_dataset_get_n_rows (order->train);
  g_autofree guint8 *kept = NULL;
  g_autofree guint32 *unlisted = NULL;
  gsize n_unlisted;

  if (list == NULL)
    return;

  kept = g_new0 (guint8, n_all);
  unlisted = ut_dataset_find_unlisted (order->train, list, &n_unlisted);
  for (gsize i = 0; i < n_unlisted; i++)
    kept[unlisted[i]] = 1;
  for (gsize i = 0; i < order->n_rows; i++)
    kept[order->rows[i]] = 0;

  g_free (order->rows);
  order->rows = g_new (guint32, n_all);
  order->n_rows = 0;
  for (gsize i = 0; i < n_all; i++)
    {
      if (!kept[i])
        order->rows[order->n_rows++] = (guint32) i;
    }
}

static void
exclude_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Order *order = data;
  g_autoptr (GFile) folder = g_file_get_parent (order->file);
  g_autoptr (GError) error = NULL;

  if (!g_file_make_directory_with_parents (folder, cancellable, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_autofree char *name = g_file_get_parse_name (folder);

      g_prefix_error (&error, "%s: ", name);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (order->earlier != NULL)
    add_earlier (order, cancellable);

  write_thread (task, source, data, cancellable);
}

static void
excluded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  UtMapPane *self = UT_MAP_PANE (source);
  const Order *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->session == NULL)
    return;
  if (!done)
    {
      ut_session_send_message (self->session, error->message);
      return;
    }

  g_settings_set_string (ut_session_get_settings (self->session), "exclude-path",
                         g_file_peek_path (order->file));
  text = g_strdup_printf (ngettext ("The next run leaves %'u row out.",
                                    "The next run leaves %'u rows out.", (guint) order->n_rows),
                          (guint) order->n_rows);
  ut_session_send_message (self->session, text);
}

static void
exclude_cb (UtMapPane *self)
{
  g_autofree char *earlier = g_settings_get_string (ut_session_get_settings (self->session),
                                                    "exclude-path");
  g_autoptr (GFile) file = new_list_file (self);
  Order *order = new_order (self, file);

  if (*earlier != '\0')
    order->earlier = g_file_new_for_path (earlier);
  run_order (self, order, exclude_thread, excluded_cb);
}

/* GObject */

static void
ut_map_pane_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch ((UtMapPaneProperty) id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, ut_map_pane_get_available (UT_MAP_PANE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_map_pane_dispose (GObject *object)
{
  UtMapPane *self = UT_MAP_PANE (object);

  g_cancellable_cancel (self->reading_map);
  g_clear_object (&self->reading_map);
  g_clear_object (&self->chooser);
  g_clear_object (&self->signals);
  g_clear_pointer (&self->map, ut_data_map_unref);
  g_clear_object (&self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_MAP_PANE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_map_pane_parent_class)->dispose (object);
}

static void
ut_map_pane_finalize (GObject *object)
{
  UtMapPane *self = UT_MAP_PANE (object);

  g_clear_pointer (&self->train, ut_dataset_unref);
  g_free (self->failure);

  G_OBJECT_CLASS (ut_map_pane_parent_class)->finalize (object);
}

static void
ut_map_pane_class_init (UtMapPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_map_pane_get_property;
  object_class->dispose = ut_map_pane_dispose;
  object_class->finalize = ut_map_pane_finalize;

  /** UtMapPane:available: whether there is a map to be seen. */
  properties[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                     G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /** UtMapPane::selection-changed: other rows are selected. */
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", UT_TYPE_MAP_PANE,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                             0);

  g_type_ensure (UT_TYPE_SCATTER);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-map-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, failure_label);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, map_box);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, caption);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, scatter);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, reading);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, clear_button);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, hardest_button);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, export_button);
  gtk_widget_class_bind_template_child (widget_class, UtMapPane, exclude_button);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, hardest_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, exclude_cb);
}

static void
ut_map_pane_init (UtMapPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (read_map), self,
                                 G_CONNECT_SWAPPED);
}

void
ut_map_pane_set_session (UtMapPane *self,
                         UtSession *session)
{
  g_return_if_fail (UT_IS_MAP_PANE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  current_changed_cb (self);
}

void
ut_map_pane_set_data (UtMapPane   *self,
                      UtDataEntry *entry,
                      UtDataset   *train)
{
  g_return_if_fail (UT_IS_MAP_PANE (self));
  g_return_if_fail (entry == NULL || UT_IS_DATA_ENTRY (entry));

  if (!g_set_object (&self->entry, entry) && train == self->train)
    return;

  take_map (self, NULL, NULL);
  g_clear_pointer (&self->train, ut_dataset_unref);
  self->train = train != NULL ? ut_dataset_ref (train) : NULL;
  if (self->session != NULL)
    read_map (self);
}

gboolean
ut_map_pane_get_available (UtMapPane *self)
{
  g_return_val_if_fail (UT_IS_MAP_PANE (self), FALSE);

  return self->map != NULL || self->failure != NULL;
}

const guint32 *
ut_map_pane_get_selection (UtMapPane *self,
                           gsize     *n_rows)
{
  g_return_val_if_fail (UT_IS_MAP_PANE (self), NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  return ut_scatter_get_selection (self->scatter, n_rows);
}

void
ut_map_pane_point_at (UtMapPane *self,
                      int        row)
{
  g_return_if_fail (UT_IS_MAP_PANE (self));

  if (self->map != NULL)
    ut_scatter_set_hovered (self->scatter, row);
}
