/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-table.h"

#include "ut-compare-cells.h"
#include "ut-compare-name.h"
#include "ut-resources.h"
#include "ut-run-keys.h"
#include "ut-run-menu.h"
#include "ut-run-search.h"

#include <glib/gi18n.h>

/* With less than this, there is room for the most needed columns alone. */
#define NARROW_WIDTH 700
/* A view of GTK 4.8 makes widgets for 200 rows around what it shows, which takes a fifth of a second.
 * It gets what a page shows at first, and the others in steps that each leave time for a frame. */
#define FIRST_ROWS 12
#define MORE_ROWS 6
#define MAX_ROWS_WITH_WIDGETS 210

struct _UtCompareTable
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSearchEntry *search_entry;
  GtkButton *baseline_button;
  GtkLabel *baseline_label;
  GtkSwitch *setting_switch;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  GtkWidget *list_page;
  GtkWidget *nothing_page;
  GtkLabel *nothing_label;
  GtkColumnView *view;

  UtSession *session;           /* (owned) (nullable) */
  UtCompareModel *model;        /* (owned) (nullable): with the session, as are the next ones */
  UtCompareColumns *columns;    /* (owned) (nullable) */
  UtCompareCells *cells;        /* (owned) (nullable) */
  GtkCustomFilter *filter;      /* (owned) */
  GtkCustomSorter *group_sorter; /* (owned) */
  GtkSliceListModel *slice;     /* (owned) (nullable): what the view has got of all rows */
  GtkMultiSelection *selection; /* (owned) (nullable): of these */
  UtRunSearch *search;          /* (owned) */
  UtRun *baseline;              /* (owned) (nullable): the run that others are compared with */
  GSimpleActionGroup *actions;  /* (owned) */
  GMenu *row_menu;              /* (owned): as it was when it opened last */
  GtkWidget *popover;           /* (owned) (nullable): with that menu, once it was opened */
  PangoFontDescription *font;   /* (owned) (nullable): what widths of columns are for */
  gboolean narrow;
  gboolean order_is_stale;      /* whether a row says something else that may move it */
  gboolean selecting;
  guint narrow_idle;
  guint select_idle;
  guint grow_source;            /* that gives the view more rows */
};

G_DEFINE_FINAL_TYPE (UtCompareTable, ut_compare_table, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Searching and sorting */

static gboolean
row_matches (UtCompareTable *self,
             UtCompareItem  *item)
{
  GPtrArray *runs = ut_compare_item_get_runs (item);

  for (guint i = 0; i < runs->len; i++)
    if (ut_run_search_matches (self->search, g_ptr_array_index (runs, i)))
      return TRUE;

  return FALSE;
}

/* A heading stays while one of its rows does. */
static gboolean
matches_cb (gpointer item,
            gpointer data)
{
  UtCompareTable *self = data;
  GListModel *items;
  guint group;

  if (ut_compare_item_get_kind (item) != UT_COMPARE_HEADING)
    return row_matches (self, item);

  items = ut_compare_model_get_items (self->model);
  group = ut_compare_item_get_facts (item)->group;
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (UtCompareItem) other = g_list_model_get_item (items, i);

      if (ut_compare_item_get_facts (other)->group == group && row_matches (self, other))
        return TRUE;
    }

  return FALSE;
}

static int
compare_groups_cb (gconstpointer a,
                   gconstpointer b,
                   gpointer      data)
{
  UtCompareItem *first = (UtCompareItem *) a;
  UtCompareItem *second = (UtCompareItem *) b;
  guint group_a = ut_compare_item_get_facts (first)->group;
  guint group_b = ut_compare_item_get_facts (second)->group;
  gboolean below_a = ut_compare_item_get_kind (first) != UT_COMPARE_HEADING;
  gboolean below_b = ut_compare_item_get_kind (second) != UT_COMPARE_HEADING;

  if (group_a != group_b)
    return group_a < group_b ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;

  return gtk_ordering_from_cmpfunc (below_a - below_b);
}

static void
update_page (UtCompareTable *self)
{
  guint n_rows = self->selection != NULL
                 ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  gboolean nothing = n_rows == 0 && *text != '\0';

  if (nothing)
    {
      g_autofree char *markup = g_markup_printf_escaped (_("Nothing matches <i>%s</i>."), text);

      gtk_label_set_markup (self->nothing_label, markup);
    }
  gtk_stack_set_visible_child (self->stack, nothing ? self->nothing_page : self->list_page);
}

static void
search_changed_cb (UtCompareTable *self)
{
  ut_run_search_free (self->search);
  self->search = ut_run_search_new (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_page (self);
}

static void
clear_search_cb (UtCompareTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

/* The selection, and the current run */

GPtrArray *
ut_compare_table_dup_selected (UtCompareTable *self)
{
  GPtrArray *items;

  g_return_val_if_fail (UT_IS_COMPARE_TABLE (self), NULL);

  items = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->selection == NULL)
    return items;

  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (UtCompareItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                              position);

      if (item != NULL && ut_compare_item_get_kind (item) != UT_COMPARE_HEADING)
        g_ptr_array_add (items, g_steal_pointer (&item));
    }

  return items;
}

static gboolean
has_current (UtCompareTable *self,
             GPtrArray      *items)
{
  UtRun *current = ut_session_get_current (self->session);

  for (guint i = 0; i < items->len; i++)
    if (ut_compare_item_has_run (g_ptr_array_index (items, i), current))
      return TRUE;

  return FALSE;
}

static void
selection_changed_cb (UtCompareTable *self)
{
  g_autoptr (GPtrArray) items = ut_compare_table_dup_selected (self);

  if (self->selecting)
    return;

  /* A row that a search hides loses the selection, but the run stays the current one. */
  if (items->len > 0 && !has_current (self, items))
    ut_session_set_current (self->session,
                            ut_compare_item_get_run (g_ptr_array_index (items, 0)));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether the view has all rows. */
static gboolean
is_whole (UtCompareTable *self)
{
  GListModel *rows = gtk_slice_list_model_get_model (self->slice);

  return gtk_slice_list_model_get_size (self->slice) >= g_list_model_get_n_items (rows);
}

static guint
find_position (UtCompareTable *self,
               UtRun          *run)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  UtCompareItem *wanted = ut_compare_model_find (self->model, run);
  guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i < n_items && wanted != NULL; i++)
    {
      g_autoptr (UtCompareItem) item = g_list_model_get_item (model, i);

      if (item == wanted)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static gboolean
select_current_cb (gpointer data)
{
  UtCompareTable *self = data;
  g_autoptr (GPtrArray) items = ut_compare_table_dup_selected (self);
  guint position;

  self->select_idle = 0;
  if (has_current (self, items))
    return G_SOURCE_REMOVE;
  /* It is asked for again when all rows are there. */
  if (!is_whole (self))
    return G_SOURCE_REMOVE;

  position = find_position (self, ut_session_get_current (self->session));
  self->selecting = TRUE;
  if (position == GTK_INVALID_LIST_POSITION)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  self->selecting = FALSE;
  if (position != GTK_INVALID_LIST_POSITION && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                "list.scroll-to-item", "u", position);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* While the store tells of a change, its list must not be touched; and before rows have been laid out
 * a view of GTK 4.8 that is scrolled stays empty. */
static void
select_current (UtCompareTable *self)
{
  if (self->select_idle == 0)
    self->select_idle = g_idle_add (select_current_cb, self);
}

static gboolean
grow_cb (gpointer data)
{
  UtCompareTable *self = data;
  guint size = gtk_slice_list_model_get_size (self->slice) + MORE_ROWS;

  gtk_slice_list_model_set_size (self->slice,
                                 size > MAX_ROWS_WITH_WIDGETS ? G_MAXUINT : size);
  if (!is_whole (self))
    return G_SOURCE_CONTINUE;

  self->grow_source = 0;
  gtk_slice_list_model_set_size (self->slice, G_MAXUINT);
  select_current (self);

  return G_SOURCE_REMOVE;
}

/* After what is there has been drawn. */
static void
grow (UtCompareTable *self)
{
  if (self->grow_source == 0 && gtk_slice_list_model_get_size (self->slice) < G_MAXUINT)
    self->grow_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, grow_cb, self, NULL);
}

/* Comparing with one row */

static void
update_baseline (UtCompareTable *self)
{
  UtCompareItem *item = ut_compare_model_find (self->model, self->baseline);
  g_autofree char *text = NULL;

  ut_compare_cells_set_baseline (self->cells, item);
  gtk_widget_set_visible (GTK_WIDGET (self->baseline_button), item != NULL);
  if (item == NULL)
    return;

  /* Translators: the run or setting that all others are compared with. */
  text = g_strdup_printf (_("Against %s"), ut_compare_item_get_facts (item)->title);
  gtk_label_set_label (self->baseline_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->baseline_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("No longer compare with it"), -1);
}

static void
baseline_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  UtCompareTable *self = data;

  g_set_object (&self->baseline,
                ut_session_find_run (self->session, g_variant_get_string (parameter, NULL)));
  update_baseline (self);
}

/* Actions */

static void
set_state (UtCompareTable *self,
           const char     *name,
           GVariant       *state) /* (transfer floating) */
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
show_columns (UtCompareTable *self)
{
  gboolean descending;
  int column = ut_compare_columns_get_sort (self->columns, &descending);

  set_state (self, "sort",
             g_variant_new_string (column < 0 ? ""
                                   : ut_compare_column_get_id ((UtCompareColumn) column)));
  set_state (self, "descending", g_variant_new_boolean (descending));
  for (UtCompareColumn i = UT_COLUMN_NAME + 1; i < UT_N_COMPARE_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("column-", ut_compare_column_get_id (i), NULL);

      set_state (self, name,
                 g_variant_new_boolean (ut_compare_columns_get_chosen (self->columns, i)));
    }
}

static void
sort_cb (GSimpleAction *action,
         GVariant      *value,
         gpointer       data)
{
  UtCompareTable *self = data;
  UtCompareColumn column;

  if (ut_compare_column_from_id (g_variant_get_string (value, NULL), &column)
      && ut_compare_column_can_sort (column))
    ut_compare_columns_sort (self->columns, column, ut_compare_column_get_direction (column));
}

static void
descending_cb (GSimpleAction *action,
               GVariant      *value,
               gpointer       data)
{
  UtCompareTable *self = data;
  gboolean descending;
  int column = ut_compare_columns_get_sort (self->columns, &descending);

  if (column >= 0)
    ut_compare_columns_sort (self->columns, (UtCompareColumn) column,
                             g_variant_get_boolean (value) ? GTK_SORT_DESCENDING
                                                           : GTK_SORT_ASCENDING);
}

static void
column_cb (GSimpleAction *action,
           GVariant      *value,
           gpointer       data)
{
  UtCompareTable *self = data;
  const char *id = g_action_get_name (G_ACTION (action)) + strlen ("column-");
  UtCompareColumn column;

  if (ut_compare_column_from_id (id, &column))
    ut_compare_columns_set_chosen (self->columns, column, g_variant_get_boolean (value));
}

static void
setting_changed_cb (UtCompareTable *self)
{
  gboolean per_setting = gtk_switch_get_active (self->setting_switch);

  if (self->session == NULL)
    return;

  ut_compare_columns_set_per_setting (self->columns, per_setting);
  ut_compare_cells_set_per_setting (self->cells, per_setting);
  ut_compare_model_set_per_setting (self->model, per_setting);
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  UtCompareTable *self = data;
  g_autofree char *text = NULL;
  UtTableFormat format;

  if (!ut_table_format_from_nick (g_variant_get_string (parameter, NULL), &format))
    return;

  text = ut_compare_table_dup_text (self, format);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  ut_session_send_message (self->session, _("The table was copied."));
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (target != NULL)
    g_menu_item_set_action_and_target (item, action, "s", target);
  else
    g_menu_item_set_detailed_action (item, action);
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_menu (void)
{
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      const char *title = ut_compare_column_get_title (i);
      g_autofree char *action = g_strconcat ("compare.column-", ut_compare_column_get_id (i), NULL);

      if (ut_compare_column_can_sort (i))
        append_item (sort, title, "compare.sort", ut_compare_column_get_id (i));
      if (i != UT_COLUMN_NAME)
        append_item (columns, title, action, NULL);
    }
  append_item (direction, _("Descending"), "compare.descending", NULL);
  g_menu_append_section (sort, NULL, G_MENU_MODEL (direction));
  append_item (copy, _("For a Spreadsheet (TSV)"), "compare.copy", "tsv");
  append_item (copy, _("Markdown"), "compare.copy", "markdown");
  append_item (copy, _("LaTeX"), "compare.copy", "latex");
  g_menu_append_submenu (menu, _("Sort By"), G_MENU_MODEL (sort));
  g_menu_append_submenu (menu, _("Columns"), G_MENU_MODEL (columns));
  g_menu_append_submenu (menu, _("Copy Table"), G_MENU_MODEL (copy));

  return G_MENU_MODEL (menu);
}

static void
install_actions (UtCompareTable *self)
{
  const GActionEntry entries[] = {
    { "sort", NULL, "s", "''", sort_cb },
    { "descending", NULL, NULL, "false", descending_cb },
    { "baseline", baseline_cb, "s" },
    { "copy", copy_cb, "s" },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  for (UtCompareColumn i = UT_COLUMN_NAME + 1; i < UT_N_COMPARE_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("column-", ut_compare_column_get_id (i), NULL);
      const GActionEntry entry = { name, NULL, NULL, "false", column_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &entry, 1, self);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (self->actions));
}

/* The menu of a row */

static void
fill_row_menu (UtCompareTable *self,
               UtRun          *run)
{
  g_autoptr (GMenu) section = g_menu_new ();

  ut_run_menu_fill (self->row_menu, run);
  if (run == self->baseline)
    append_item (section, _("No Longer Compare With This"), "compare.baseline", "");
  else
    append_item (section, _("Compare With This"), "compare.baseline", ut_run_get_id (run));
  g_menu_prepend_section (self->row_menu, NULL, G_MENU_MODEL (section));
}

static void
open_menu (UtCompareTable     *self,
           UtCompareItem      *item,
           const GdkRectangle *place)
{
  UtRun *run = ut_compare_item_get_run (item);

  if (run == NULL)
    return;

  fill_row_menu (self, run);
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (self->row_menu));
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (UtCompareTable *self,
            int             n_press,
            double          x,
            double          y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  UtCompareItem *item = ut_compare_cells_pick (self->cells, picked);
  UtRun *run = item != NULL ? ut_compare_item_get_run (item) : NULL;
  guint position = find_position (self, run);
  double self_x, self_y;

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &self_x,
                                    &self_y);
  open_menu (self, item, &(GdkRectangle) { (int) self_x, (int) self_y, 1, 1 });
}

/* At the row of the current run, if it is on the screen. */
static gboolean
open_menu_by_key (UtCompareTable *self)
{
  UtCompareItem *item = ut_compare_model_find (self->model, ut_session_get_current (self->session));
  GtkWidget *row = item != NULL ? ut_compare_cells_find (self->cells, item) : NULL;
  graphene_rect_t place;

  if (row == NULL || !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &place))
    return FALSE;

  open_menu (self, item,
             &(GdkRectangle) { (int) place.origin.x, (int) place.origin.y, 1,
                               (int) place.size.height });
  return TRUE;
}

/* Ids, for the runs may go while the first of them is dealt with. */
static void
press_for_selected (UtCompareTable  *self,
                    guint            key,
                    GdkModifierType  modifiers)
{
  g_autoptr (GPtrArray) items = ut_compare_table_dup_selected (self);

  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GPtrArray) runs =
        g_ptr_array_copy (ut_compare_item_get_runs (g_ptr_array_index (items, i)),
                          (GCopyFunc) (void *) g_object_ref, NULL);

      g_ptr_array_set_free_func (runs, g_object_unref);
      for (guint k = 0; k < runs->len; k++)
        ut_run_keys_press (GTK_WIDGET (self), g_ptr_array_index (runs, k), key, modifiers);
    }
}

static gboolean
key_pressed_cb (UtCompareTable  *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  g_autoptr (GPtrArray) items = ut_compare_table_dup_selected (self);

  if (ut_run_keys_is_menu (key, modifiers))
    return open_menu_by_key (self);

  if (key == GDK_KEY_space && modifiers == 0)
    {
      for (guint i = 0; i < items->len; i++)
        ut_compare_name_toggle (g_ptr_array_index (items, i));
      return items->len > 0;
    }

  /* All that is selected is deleted, but one thing at a time renamed or taken back. */
  if ((key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete) && modifiers == 0)
    {
      press_for_selected (self, key, modifiers);
      return GDK_EVENT_STOP;
    }

  return ut_run_keys_press (GTK_WIDGET (self), ut_session_get_current (self->session), key,
                            modifiers);
}

/* Following the model */

static void
item_changed_cb (UtCompareTable *self,
                 UtCompareItem  *item)
{
  self->order_is_stale = TRUE;
  ut_compare_cells_refresh (self->cells, item);
}

static void
updated_cb (UtCompareTable *self)
{
  if (self->order_is_stale)
    {
      self->order_is_stale = FALSE;
      gtk_sorter_changed (GTK_SORTER (self->group_sorter), GTK_SORTER_CHANGE_DIFFERENT);
      if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
        gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
    }
  if (self->baseline != NULL
      && ut_session_find_run (self->session, ut_run_get_id (self->baseline)) == NULL)
    g_clear_object (&self->baseline);
  update_baseline (self);
  update_page (self);
  select_current (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The widget */

static gboolean
narrow_cb (gpointer data)
{
  UtCompareTable *self = data;

  self->narrow_idle = 0;
  if (self->columns != NULL)
    ut_compare_columns_set_narrow (self->columns, self->narrow);

  return G_SOURCE_REMOVE;
}

static void
ut_compare_table_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  gtk_widget_measure (UT_COMPARE_TABLE (widget)->box, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

/* What is laid out must not change meanwhile. */
static void
ut_compare_table_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  UtCompareTable *self = UT_COMPARE_TABLE (widget);
  gboolean narrow = width <= NARROW_WIDTH;

  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, width, height }, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  if (self->narrow_idle == 0)
    self->narrow_idle = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, narrow_cb, self, NULL);
}

static void
ut_compare_table_map (GtkWidget *widget)
{
  UtCompareTable *self = UT_COMPARE_TABLE (widget);

  if (self->model != NULL)
    ut_compare_model_set_rests (self->model, FALSE);
  GTK_WIDGET_CLASS (ut_compare_table_parent_class)->map (widget);
  if (self->model != NULL)
    {
      grow (self);
      select_current (self);
    }
}

static void
ut_compare_table_unmap (GtkWidget *widget)
{
  UtCompareTable *self = UT_COMPARE_TABLE (widget);

  GTK_WIDGET_CLASS (ut_compare_table_parent_class)->unmap (widget);
  if (self->model != NULL)
    ut_compare_model_set_rests (self->model, TRUE);
}

/* Another font needs other widths. */
static void
ut_compare_table_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  UtCompareTable *self = UT_COMPARE_TABLE (widget);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);

  GTK_WIDGET_CLASS (ut_compare_table_parent_class)->css_changed (widget, change);
  if (self->font != NULL && pango_font_description_equal (self->font, font))
    return;

  g_clear_pointer (&self->font, pango_font_description_free);
  self->font = pango_font_description_copy (font);
  if (self->columns != NULL)
    ut_compare_columns_free_widths (self->columns);
}

static void
ut_compare_table_dispose (GObject *object)
{
  UtCompareTable *self = UT_COMPARE_TABLE (object);

  g_clear_handle_id (&self->narrow_idle, g_source_remove);
  g_clear_handle_id (&self->select_idle, g_source_remove);
  g_clear_handle_id (&self->grow_source, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->selecting = TRUE;
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->slice);
  g_clear_pointer (&self->cells, ut_compare_cells_free);
  g_clear_object (&self->columns);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_COMPARE_TABLE);
  self->view = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_compare_table_parent_class)->dispose (object);
}

static void
ut_compare_table_finalize (GObject *object)
{
  UtCompareTable *self = UT_COMPARE_TABLE (object);

  g_object_unref (self->actions);
  g_object_unref (self->row_menu);
  g_object_unref (self->filter);
  g_object_unref (self->group_sorter);
  g_clear_object (&self->baseline);
  ut_run_search_free (self->search);
  g_clear_pointer (&self->font, pango_font_description_free);

  G_OBJECT_CLASS (ut_compare_table_parent_class)->finalize (object);
}

static void
ut_compare_table_class_init (UtCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_compare_table_dispose;
  object_class->finalize = ut_compare_table_finalize;
  widget_class->measure = ut_compare_table_measure;
  widget_class->size_allocate = ut_compare_table_size_allocate;
  widget_class->map = ut_compare_table_map;
  widget_class->unmap = ut_compare_table_unmap;
  widget_class->css_changed = ut_compare_table_css_changed;

  /** UtCompareTable::changed: other rows are selected, or something else is known of the runs. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_COMPARE_TABLE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-compare-table.ui");
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, box);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, search_entry);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, baseline_button);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, baseline_label);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, setting_switch);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, menu_button);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, stack);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, list_page);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, UtCompareTable, view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, setting_changed_cb);
}

static void
ut_compare_table_init (UtCompareTable *self)
{
  g_autoptr (GMenuModel) menu = create_menu ();
  GtkEventController *keys;
  GtkGesture *press;

  self->search = ut_run_search_new ("");
  self->filter = gtk_custom_filter_new (matches_cb, self, NULL);
  self->group_sorter = gtk_custom_sorter_new (compare_groups_cb, NULL, NULL);
  self->row_menu = g_menu_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  install_actions (self);
  gtk_menu_button_set_menu_model (self->menu_button, menu);

  /* Before the view sees them: Space would select the row, which it is already. */
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  press = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (press, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (press));
}

static void
create_rows (UtCompareTable *self)
{
  GtkMultiSorter *sorter = gtk_multi_sorter_new ();
  GListModel *items = ut_compare_model_get_items (self->model);
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  gtk_multi_sorter_append (sorter, g_object_ref (GTK_SORTER (self->group_sorter)));
  gtk_multi_sorter_append (sorter, g_object_ref (gtk_column_view_get_sorter (self->view)));
  filtered = gtk_filter_list_model_new (g_object_ref (items),
                                        g_object_ref (GTK_FILTER (self->filter)));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), GTK_SORTER (sorter));
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, FIRST_ROWS);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->slice)));
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

void
ut_compare_table_set_session (UtCompareTable *self,
                              UtSession      *session)
{
  GSettings *settings;

  g_return_if_fail (UT_IS_COMPARE_TABLE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  settings = ut_session_get_settings (session);
  self->model = ut_compare_model_new (ut_session_get_store (session));
  self->columns = ut_compare_columns_new (self->view, settings);
  self->cells = ut_compare_cells_new (self->columns);
  self->session = g_object_ref (session);
  create_rows (self);
  g_settings_bind (settings, "compare-settings", self->setting_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  setting_changed_cb (self);
  show_columns (self);

  g_signal_connect_object (self->columns, "changed", G_CALLBACK (show_columns), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "item-changed", G_CALLBACK (item_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "updated", G_CALLBACK (updated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (select_current), self,
                           G_CONNECT_SWAPPED);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      ut_compare_model_set_rests (self->model, FALSE);
      grow (self);
    }
}

UtCompareModel *
ut_compare_table_get_model (UtCompareTable *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_TABLE (self), NULL);

  return self->model;
}

/* The title of the group that @item is in. */
static const char *
get_group_title (UtCompareTable *self,
                 UtCompareItem  *item)
{
  UtComparison *comparison = ut_compare_model_get_comparison (self->model);

  return ut_comparison_get_group (comparison, ut_compare_item_get_facts (item)->group)->title;
}

static void
add_text_row (UtCompareTable *self,
              UtTableText    *table,
              GArray         *columns,
              gboolean        with_group,
              UtCompareItem  *item)
{
  UtCompareItem *baseline = ut_compare_model_find (self->model, self->baseline);
  const char *mark = ut_compare_item_get_mark (item);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  if (with_group)
    g_ptr_array_add (cells, g_strdup (get_group_title (self, item)));
  for (guint i = 0; i < columns->len; i++)
    {
      UtCompareColumn column = g_array_index (columns, UtCompareColumn, i);

      if (column == UT_COLUMN_COURSE)
        continue;
      g_ptr_array_add (cells, ut_compare_column_dup_text (column, item, baseline));
      if (column == UT_COLUMN_NAME)
        g_ptr_array_add (cells, g_strdup (mark != NULL ? mark : ""));
    }
  g_ptr_array_add (cells, NULL);
  ut_table_text_add_row (table, (const char * const *) cells->pdata);
}

char *
ut_compare_table_dup_text (UtCompareTable *self,
                           UtTableFormat   format)
{
  g_return_val_if_fail (UT_IS_COMPARE_TABLE (self), NULL);
  g_return_val_if_fail (self->session != NULL, NULL);

  g_autoptr (UtTableText) table = ut_table_text_new ();
  g_autoptr (GArray) columns = ut_compare_columns_list (self->columns);
  GListModel *items = gtk_slice_list_model_get_model (self->slice);
  UtComparison *comparison = ut_compare_model_get_comparison (self->model);
  gboolean with_group = ut_comparison_get_n_groups (comparison) > 1;

  if (with_group)
    /* Translators: head of a column: which rows runs were checked on. */
    ut_table_text_add_column (table, _("Compared on"), FALSE);
  for (guint i = 0; i < columns->len; i++)
    {
      UtCompareColumn column = g_array_index (columns, UtCompareColumn, i);

      if (column == UT_COLUMN_COURSE)
        continue;
      ut_table_text_add_column (table, ut_compare_column_get_title (column),
                                ut_compare_column_is_number (column));
      if (column == UT_COLUMN_NAME)
        /* Translators: head of a column that says "best", "≈ best" or "as coded". */
        ut_table_text_add_column (table, _("Mark"), FALSE);
    }

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (UtCompareItem) item = g_list_model_get_item (items, i);

      if (ut_compare_item_get_kind (item) != UT_COMPARE_HEADING)
        add_text_row (self, table, columns, with_group, item);
    }

  return ut_table_text_format (table, format);
}
