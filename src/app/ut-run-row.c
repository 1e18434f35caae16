/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-row.h"

#include "ut-resources.h"
#include "ut-run-menu.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

struct _UtRunRow
{
  GtkBox parent_instance;

  GtkCheckButton *tick;
  UtPlotSwatch *swatch;
  GtkLabel *name_label;
  GtkLabel *as_coded_badge;
  GtkLabel *summary_label;
  GtkLabel *tags_label;
  GtkMenuButton *menu_button;

  UtRun *run;            /* (owned) (nullable) */
  GMenu *menu;           /* (owned): as it was when it opened last */
  GSignalGroup *signals; /* (owned) */
  GBinding *binding;     /* (nullable): between tick and run */
  GtkWidget *rename;     /* (nullable): the open popover */
  GtkEditable *entry;    /* (nullable): in it */
};

G_DEFINE_FINAL_TYPE (UtRunRow, ut_run_row, GTK_TYPE_BOX)

/* What a menu offers changes with the run's state, so it is made when it opens. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  UtRunRow *self = user_data;

  if (self->run == NULL)
    return;

  ut_run_menu_fill (self->menu, self->run);
  /* Once, for GDK may still be busy with a popover that another one takes the place of. */
  if (gtk_menu_button_get_popover (self->menu_button) == NULL)
    gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (self->menu));
}

static void
set_label (GtkWidget *widget,
           char      *label) /* (transfer full) */
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
}

/* What the tooltip adds, and what a screen reader adds to the row's name: "Tags: glove,
 * slow", and the note. */
static char *
dup_description (UtRun *run)
{
  const char * const *tags = ut_run_get_tags (run);
  const char *note = ut_run_get_note (run);
  GString *text = g_string_new (NULL);

  if (tags != NULL && tags[0] != NULL)
    {
      g_autofree char *joined = g_strjoinv (", ", (char **) tags);

      /* Translators: the tags that a person put on a run. */
      g_string_append_printf (text, _("Tags: %s"), joined);
    }
  if (note != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", note);

  return g_string_free (text, FALSE);
}

/* Rows of a list view have no name of their own. */
static void
describe (UtRunRow   *self,
          const char *summary)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *description = dup_description (self->run);
  g_autofree char *tooltip = *description != '\0'
                             ? g_strconcat (summary, "\n", description, NULL) : NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip != NULL ? tooltip : summary);
  if (parent == NULL)
    return;

  if (ut_config_is_as_coded (ut_run_get_config (self->run)))
    label = g_strdup_printf ("%s, %s, %s", ut_run_get_name (self->run),
                             gtk_label_get_label (self->as_coded_badge), summary);
  else
    label = g_strdup_printf ("%s, %s", ut_run_get_name (self->run), summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
update_summary (UtRunRow *self)
{
  g_autofree char *summary = ut_run_text_dup_summary (self->run);

  /* Most updates of a run in training leave the text as it is. */
  if (strcmp (summary, gtk_label_get_label (self->summary_label)) == 0)
    return;

  gtk_label_set_label (self->summary_label, summary);
  describe (self, summary);
}

/* "#glove #slow": the mark tells them from the line above. */
static void
update_tags (UtRunRow *self)
{
  const char * const *tags = ut_run_get_tags (self->run);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    g_string_append_printf (text, "%s#%s", i > 0 ? " " : "", tags[i]);
  gtk_label_set_label (self->tags_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_label), text->len > 0);
}

static void
update (UtRunRow *self)
{
  const char *name;

  if (self->run == NULL)
    return;

  name = ut_run_get_name (self->run);
  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_visible (GTK_WIDGET (self->as_coded_badge),
                          ut_config_is_as_coded (ut_run_get_config (self->run)));
  ut_plot_swatch_set_style (self->swatch, ut_run_get_style (self->run));
  /* Translators: the tick of a run, which shows it in all plots. */
  set_label (GTK_WIDGET (self->tick), g_strdup_printf (_("Show %s"), name));
  set_label (GTK_WIDGET (self->menu_button), g_strdup_printf (_("Menu of %s"), name));
  if (ut_run_get_state (self->run) == UT_RUN_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->summary_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary_label), "error");

  update_tags (self);
  gtk_label_set_label (self->summary_label, "");
  update_summary (self);
}

static void
rename_closed_cb (UtRunRow *self)
{
  g_clear_pointer (&self->rename, gtk_widget_unparent);
}

static void
rename_cb (UtRunRow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (*name != '\0' && self->run != NULL)
    ut_run_set_name (self->run, name);
  gtk_popover_popdown (GTK_POPOVER (self->rename));
}

static void
ut_run_row_dispose (GObject *object)
{
  UtRunRow *self = UT_RUN_ROW (object);

  ut_run_row_set_run (self, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->rename, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_RUN_ROW);

  G_OBJECT_CLASS (ut_run_row_parent_class)->dispose (object);
}

static void
ut_run_row_class_init (UtRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_run_row_dispose;

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, tick);
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, as_coded_badge);
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, tags_label);
  gtk_widget_class_bind_template_child (widget_class, UtRunRow, menu_button);
}

static void
ut_run_row_init (UtRunRow *self)
{
  const char *const watched[] = {
    "notify::state", "notify::name", "notify::tags", "notify::note", "notify::elsewhere",
    "notify::queue-position", "notify::reproduction",
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = g_menu_new ();
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);

  /* The row has the focus as a whole, with keys for tick and menu; the menu itself has to take it. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->tick), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_first_child (GTK_WIDGET (self->menu_button)), FALSE);

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "progressed", G_CALLBACK (update_summary), self,
                                 G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_object (self->signals, watched[i], G_CALLBACK (update), self,
                                   G_CONNECT_SWAPPED);
}

GtkWidget *
ut_run_row_new (void)
{
  return g_object_new (UT_TYPE_RUN_ROW, NULL);
}

void
ut_run_row_set_run (UtRunRow *self,
                    UtRun    *run)
{
  g_return_if_fail (UT_IS_RUN_ROW (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  if (self->run == run)
    return;

  g_clear_pointer (&self->binding, g_binding_unbind);
  g_set_object (&self->run, run);
  g_signal_group_set_target (self->signals, run);
  if (run == NULL)
    return;

  self->binding = g_object_bind_property (run, "shown", self->tick, "active",
                                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  update (self);
}

void
ut_run_row_open_menu (UtRunRow *self)
{
  g_return_if_fail (UT_IS_RUN_ROW (self));

  gtk_menu_button_popup (self->menu_button);
}

void
ut_run_row_rename (UtRunRow *self)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *button;

  g_return_if_fail (UT_IS_RUN_ROW (self));

  if (self->run == NULL || self->rename != NULL)
    return;

  builder = gtk_builder_new_from_resource (UT_RESOURCES "ui/ut-run-rename.ui");
  self->rename = GTK_WIDGET (gtk_builder_get_object (builder, "popover"));
  self->entry = GTK_EDITABLE (gtk_builder_get_object (builder, "entry"));
  button = GTK_WIDGET (gtk_builder_get_object (builder, "button"));
  gtk_editable_set_text (self->entry, ut_run_get_name (self->run));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (rename_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rename, "closed", G_CALLBACK (rename_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->rename, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (self->rename));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
