/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worth-choice.h"

#include "ut-choice-setting.h"

#include <glib/gi18n.h>

/* What the choices are called in the settings, in turn. */
static const char * const names[] = { "change", "leave-out", "nothing", "gradient", "integrated",
                                      NULL };

#define FIRST_GRADIENT 3
#define OBJECTION "undertone-worth-objection"

/* The last row of the popup is the check mark, the first one the line. */
static void
mark_selected (GtkListItem *list_item,
               GtkDropDown *choice)
{
  GtkWidget *row = gtk_widget_get_last_child (gtk_list_item_get_child (list_item));
  gboolean selected = gtk_list_item_get_position (list_item) == gtk_drop_down_get_selected (choice);

  gtk_widget_set_opacity (gtk_widget_get_last_child (row), selected ? 1 : 0);
}

static void
selected_cb (GtkDropDown *choice,
             GParamSpec  *pspec,
             gpointer     data)
{
  if (gtk_list_item_get_item (data) != NULL)
    mark_selected (data, choice);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_IMAGE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "icon-name", "object-select-symbolic",
                                   NULL);

  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), row);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  data)
{
  GtkDropDown *choice = data;
  GtkStringObject *item = gtk_list_item_get_item (list_item);
  guint position = gtk_list_item_get_position (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_widget_get_last_child (box));
  const char *objection = NULL;

  if (position >= FIRST_GRADIENT)
    objection = g_object_get_data (G_OBJECT (choice), OBJECTION);

  gtk_widget_set_visible (gtk_widget_get_first_child (box), position == FIRST_GRADIENT);
  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (item));
  gtk_widget_set_sensitive (label, objection == NULL);
  gtk_widget_set_tooltip_text (box, objection);
  gtk_list_item_set_activatable (list_item, objection == NULL);
  gtk_list_item_set_selectable (list_item, objection == NULL);
  /* GTK does not name the row after what it holds. */
  if (gtk_widget_get_parent (box) != NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_string_object_get_string (item), -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                   GTK_ACCESSIBLE_STATE_DISABLED, objection != NULL, -1);
    }

  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (selected_cb), list_item, 0);
  mark_selected (list_item, choice);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  data)
{
  g_signal_handlers_disconnect_by_func (data, selected_cb, list_item);
}

/* Rows are filled anew when they have a new factory. */
static void
fill_rows (GtkDropDown *choice)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), choice, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), choice, 0);
  gtk_drop_down_set_list_factory (choice, factory);
}

void
ut_worth_choice_set_up (GtkDropDown *choice,
                        GSettings   *settings)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (GTK_IS_DROP_DOWN (choice));
  g_return_if_fail (G_IS_SETTINGS (settings));

  for (guint i = 0; names[i] != NULL; i++)
    {
      UtWorthMethod method;

      gtk_string_list_append (titles, ut_worth_method_from_nick (names[i], &method)
                                        ? ut_worth_method_get_title (method)
                                        : C_("worth", "nothing"));
    }
  gtk_drop_down_set_model (choice, G_LIST_MODEL (titles));
  fill_rows (choice);
  ut_choice_setting_bind (settings, "color-words", choice, names);
}

gboolean
ut_worth_choice_get_method (GtkDropDown   *choice,
                            UtWorthMethod *method)
{
  g_return_val_if_fail (GTK_IS_DROP_DOWN (choice), FALSE);
  g_return_val_if_fail (method != NULL, FALSE);

  guint selected = gtk_drop_down_get_selected (choice);

  return selected < G_N_ELEMENTS (names) && ut_worth_method_from_nick (names[selected], method);
}

void
ut_worth_choice_set_model (GtkDropDown *choice,
                           UtModel     *model)
{
  const char *objection = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (choice));

  /* Those who have the one gradient have the other. */
  if (model != NULL)
    objection = ut_worth_method_get_objection (UT_WORTH_GRADIENT, model);
  if (g_strcmp0 (objection, g_object_get_data (G_OBJECT (choice), OBJECTION)) == 0)
    return;

  g_object_set_data_full (G_OBJECT (choice), OBJECTION, g_strdup (objection), g_free);
  fill_rows (choice);
}
