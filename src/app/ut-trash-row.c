/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-trash-row.h"

#include "ut-moment.h"
#include "ut-resources.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

struct _UtTrashRow
{
  AdwActionRow parent_instance;

  UtPlotSwatch *swatch;
  GtkWidget *restore_button;
  GtkWidget *delete_button;

  UtRun *run; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtTrashRow, ut_trash_row, ADW_TYPE_ACTION_ROW)

enum
{
  RESTORE,
  DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
restore_cb (UtTrashRow *self)
{
  g_signal_emit (self, signals[RESTORE], 0);
}

static void
delete_cb (UtTrashRow *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static gboolean
delete_key_cb (GtkWidget *widget,
               GVariant  *unused,
               gpointer   user_data)
{
  delete_cb (UT_TRASH_ROW (widget));
  return GDK_EVENT_STOP;
}

static void
ut_trash_row_finalize (GObject *object)
{
  g_clear_object (&UT_TRASH_ROW (object)->run);

  G_OBJECT_CLASS (ut_trash_row_parent_class)->finalize (object);
}

static void
ut_trash_row_class_init (UtTrashRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_trash_row_finalize;

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-trash-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtTrashRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, UtTrashRow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, UtTrashRow, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_key_cb, NULL);

  /** UtTrashRow::restore: the run is to be taken out of the trash. */
  signals[RESTORE] = g_signal_new ("restore", UT_TYPE_TRASH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /** UtTrashRow::delete: the run is to be deleted for good. */
  signals[DELETE] = g_signal_new ("delete", UT_TYPE_TRASH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
ut_trash_row_init (UtTrashRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_label (GtkWidget  *widget,
           const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

GtkWidget *
ut_trash_row_new (UtRun *run)
{
  UtTrashRow *self;
  const char *name;
  g_autofree char *summary = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *restore = NULL;
  g_autofree char *delete = NULL;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  self = g_object_new (UT_TYPE_TRASH_ROW, NULL);
  self->run = g_object_ref (run);
  name = ut_run_get_name (run);
  summary = ut_run_text_dup_summary (run);
  moment = ut_moment_dup (ut_run_get_deleted (run), g_get_real_time ());
  /* Translators: how a run stood ("0.833 at epoch 3"), and when it was deleted ("today at 14:03"). */
  subtitle = g_strdup_printf (_("%s · deleted %s"), summary, moment);
  restore = g_strdup_printf (_("Restore %s"), name);
  delete = g_strdup_printf (_("Delete %s for good"), name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  ut_plot_swatch_set_style (self->swatch, ut_run_get_style (run));
  set_label (self->restore_button, restore);
  set_label (self->delete_button, delete);

  return GTK_WIDGET (self);
}

UtRun *
ut_trash_row_get_run (UtTrashRow *self)
{
  g_return_val_if_fail (UT_IS_TRASH_ROW (self), NULL);

  return self->run;
}

void
ut_trash_row_grab_focus (UtTrashRow *self)
{
  g_return_if_fail (UT_IS_TRASH_ROW (self));

  gtk_widget_grab_focus (self->restore_button);
}
