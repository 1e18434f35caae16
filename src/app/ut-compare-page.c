/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-page.h"

#include "ut-compare-verdict.h"
#include "ut-curves-pane.h"
#include "ut-distance-pane.h"
#include "ut-resources.h"
#include "ut-rows-pane.h"
#include "ut-settings-pane.h"
#include "ut-sure-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* One has nothing beside it. */
#define MIN_RUNS 2

struct _UtComparePage
{
  GtkWidget parent_instance;

  GtkStack *pages;
  GtkWidget *empty_page;
  GtkPaned *paned;
  UtCompareTable *table;
  UtCompareVerdict *verdict;
  GtkWidget *lower;
  GtkStack *panes;

  UtSession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtComparePage, ut_compare_page, GTK_TYPE_WIDGET)

static void
runs_changed_cb (UtComparePage *self)
{
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (self->session));

  gtk_stack_set_visible_child (self->pages, g_list_model_get_n_items (runs) < MIN_RUNS
                                            ? self->empty_page : GTK_WIDGET (self->paned));
}

static void
pane_changed_cb (UtComparePage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->panes);

  /* The first pane comes into view before the one that is remembered is there. */
  if (self->session != NULL && name != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->panes)))
    g_settings_set_string (ut_session_get_settings (self->session), "compare-pane", name);
}

static void
ut_compare_page_dispose (GObject *object)
{
  UtComparePage *self = UT_COMPARE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_COMPARE_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_compare_page_parent_class)->dispose (object);
}

static void
ut_compare_page_class_init (UtComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_compare_page_dispose;

  g_type_ensure (UT_TYPE_COMPARE_TABLE);
  g_type_ensure (UT_TYPE_COMPARE_VERDICT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, pages);
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, paned);
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, table);
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, verdict);
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, lower);
  gtk_widget_class_bind_template_child (widget_class, UtComparePage, panes);
  gtk_widget_class_bind_template_callback (widget_class, pane_changed_cb);
}

static void
ut_compare_page_init (UtComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_compare_page_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtComparePage *self = g_object_new (UT_TYPE_COMPARE_PAGE, NULL);

  self->session = g_object_ref (session);
  ut_compare_table_set_session (self->table, session);
  ut_compare_verdict_set_table (self->verdict, self->table, session);
  g_settings_bind (ut_session_get_settings (session), "compare-position", self->paned, "position",
                   G_SETTINGS_BIND_DEFAULT);

  g_signal_connect_object (ut_session_get_store (session), "items-changed",
                           G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  runs_changed_cb (self);

  ut_compare_page_add_pane (self, "curves", _("Curves"), ut_curves_pane_new (session));
  ut_compare_page_add_pane (self, "settings", _("Settings"), ut_settings_pane_new (session));
  ut_compare_page_add_pane (self, "rows", _("Rows"), ut_rows_pane_new (session));
  ut_compare_page_add_pane (self, "distance", _("Distance"), ut_distance_pane_new (session));
  ut_compare_page_add_pane (self, "sure", _("How sure"), ut_sure_pane_new (session));

  return GTK_WIDGET (self);
}

void
ut_compare_page_add_pane (UtComparePage *self,
                          const char    *name,
                          const char    *title,
                          GtkWidget     *pane)
{
  g_autofree char *remembered = NULL;

  g_return_if_fail (UT_IS_COMPARE_PAGE (self));
  g_return_if_fail (name != NULL && title != NULL);
  g_return_if_fail (GTK_IS_WIDGET (pane));

  gtk_stack_add_titled (self->panes, pane, name, title);
  gtk_widget_set_visible (self->lower, TRUE);
  remembered = g_settings_get_string (ut_session_get_settings (self->session), "compare-pane");
  if (g_str_equal (name, remembered))
    gtk_stack_set_visible_child (self->panes, pane);
}
