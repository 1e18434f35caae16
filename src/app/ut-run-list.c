/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-list.h"

#include "ut-resources.h"
#include "ut-run-keys.h"
#include "ut-run-row.h"
#include "ut-run-search.h"

#include <glib/gi18n.h>

struct _UtRunList
{
  GtkBox parent_instance;

  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkWidget *empty_page;
  GtkWidget *nothing_page;
  GtkLabel *nothing_label;
  GtkWidget *list_page;
  GtkGridView *list;
  GtkSingleSelection *selection;
  GtkFilterListModel *filtered;

  GtkCustomFilter *filter; /* (owned) */
  UtRunSearch *search;     /* (owned) */
  UtSession *session; /* (owned) (nullable) */
  GHashTable *rows;   /* (owned): UtRun to the UtRunRow that shows it; neither owned */
  guint select_idle;
};

G_DEFINE_FINAL_TYPE (UtRunList, ut_run_list, GTK_TYPE_BOX)

static void
setup_cb (UtRunList   *self,
          GtkListItem *item)
{
  gtk_list_item_set_child (item, ut_run_row_new ());
}

static void
bind_cb (UtRunList   *self,
         GtkListItem *item)
{
  UtRun *run = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (row);

  /* A screen reader is told of a list, which it is, not of a grid; GTK allows it before the cell
   * comes into the window. */
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (cell)) != GTK_ACCESSIBLE_ROLE_LIST_ITEM)
    g_object_set (cell, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);

  ut_run_row_set_run (UT_RUN_ROW (row), run);
  g_hash_table_insert (self->rows, run, row);
}

static void
unbind_cb (UtRunList   *self,
           GtkListItem *item)
{
  g_hash_table_remove (self->rows, gtk_list_item_get_item (item));
  ut_run_row_set_run (UT_RUN_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
update_page (UtRunList *self)
{
  GListModel *runs = gtk_filter_list_model_get_model (self->filtered);
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (runs == NULL || g_list_model_get_n_items (runs) == 0)
    {
      gtk_stack_set_visible_child (self->stack, self->empty_page);
    }
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0)
    {
      g_autofree char *text = g_markup_printf_escaped (_("Nothing matches <i>%s</i>."), search);

      gtk_label_set_markup (self->nothing_label, text);
      gtk_stack_set_visible_child (self->stack, self->nothing_page);
    }
  else
    {
      gtk_stack_set_visible_child (self->stack, self->list_page);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->search_entry),
                          runs != NULL && g_list_model_get_n_items (runs) > 0);
}

static gboolean
matches_cb (gpointer item,
            gpointer user_data)
{
  UtRunList *self = user_data;

  return ut_run_search_matches (self->search, item);
}

static void
search_changed_cb (UtRunList *self)
{
  ut_run_search_free (self->search);
  self->search = ut_run_search_new (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_page (self);
}

/* With another name or other tags it may be what is looked for, or not be it any more. */
static void
run_changed_cb (UtRunList *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
clear_search_cb (UtRunList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static gboolean
select_current_cb (gpointer user_data)
{
  UtRunList *self = user_data;
  GListModel *runs = G_LIST_MODEL (self->filtered);
  UtRun *current = ut_session_get_current (self->session);
  guint n_runs = g_list_model_get_n_items (runs);
  guint position = GTK_INVALID_LIST_POSITION;

  self->select_idle = 0;
  for (guint i = 0; i < n_runs && position == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      if (run == current)
        position = i;
    }
  gtk_single_selection_set_selected (self->selection, position);
  /* A new run comes in above the rows that are in view. */
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);

  return G_SOURCE_REMOVE;
}

/* The current run changes while the store tells of a new one, which this list may not have heard
 * yet: then its view must not be touched. */
static void
select_current (UtRunList *self)
{
  if (self->select_idle == 0)
    self->select_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, select_current_cb, self, NULL);
}

static void
selected_cb (UtRunList *self)
{
  UtRun *run = gtk_single_selection_get_selected_item (self->selection);

  /* A row that a search hides loses the selection, but the run stays the current one. */
  if (self->session != NULL && run != NULL)
    ut_session_set_current (self->session, run);
}

static void
filtered_cb (UtRunList *self)
{
  select_current (self);
  update_page (self);
}

static gboolean
key_pressed_cb (UtRunList       *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  UtRun *run = gtk_single_selection_get_selected_item (self->selection);
  GtkWidget *row = run != NULL ? g_hash_table_lookup (self->rows, run) : NULL;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;

  if (ut_run_keys_is_menu (key, modifiers))
    ut_run_row_open_menu (UT_RUN_ROW (row));
  else if (key == GDK_KEY_space && modifiers == 0)
    ut_run_set_shown (run, !ut_run_get_shown (run));
  else if (!ut_run_keys_press (GTK_WIDGET (self), run, key, modifiers))
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
ut_run_list_dispose (GObject *object)
{
  UtRunList *self = UT_RUN_LIST (object);

  g_clear_handle_id (&self->select_idle, g_source_remove);
  if (self->rows != NULL)
    g_hash_table_remove_all (self->rows);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_RUN_LIST);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_run_list_parent_class)->dispose (object);
}

static void
ut_run_list_finalize (GObject *object)
{
  UtRunList *self = UT_RUN_LIST (object);

  g_hash_table_unref (self->rows);
  g_object_unref (self->filter);
  ut_run_search_free (self->search);

  G_OBJECT_CLASS (ut_run_list_parent_class)->finalize (object);
}

static void
ut_run_list_class_init (UtRunListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_run_list_dispose;
  object_class->finalize = ut_run_list_finalize;

  g_type_ensure (UT_TYPE_RUN);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-run-list.ui");
  gtk_widget_class_bind_template_child (widget_class, UtRunList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, stack);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, list);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, selection);
  gtk_widget_class_bind_template_child (widget_class, UtRunList, filtered);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
}

static void
ut_run_list_init (UtRunList *self)
{
  GtkEventController *keys;

  self->rows = g_hash_table_new (NULL, NULL);
  self->search = ut_run_search_new ("");
  self->filter = gtk_custom_filter_new (matches_cb, self, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_filter_list_model_set_filter (self->filtered, GTK_FILTER (self->filter));

  /* Before the list sees them: Space would select the row, which it is already. */
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

void
ut_run_list_set_session (UtRunList *self,
                         UtSession *session)
{
  g_return_if_fail (UT_IS_RUN_LIST (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (ut_session_get_store (session)));
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (filtered_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (ut_session_get_store (session), "run-changed",
                           G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (select_current), self,
                           G_CONNECT_SWAPPED);
  filtered_cb (self);
}

void
ut_run_list_search (UtRunList *self)
{
  g_return_if_fail (UT_IS_RUN_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
ut_run_list_rename (UtRunList *self,
                    UtRun     *run)
{
  GtkWidget *row;

  g_return_if_fail (UT_IS_RUN_LIST (self));
  g_return_if_fail (UT_IS_RUN (run));

  row = g_hash_table_lookup (self->rows, run);
  if (row != NULL)
    ut_run_row_rename (UT_RUN_ROW (row));
}
