/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-page.h"

#include "ut-data-details.h"
#include "ut-resources.h"
#include "ut-source-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _UtDataPage
{
  GtkWidget parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *list_side;
  GtkWidget *details_side;
  GtkListBox *list;
  UtSourceList *sources;
  UtDataDetails *details;

  UtSession *session; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtDataPage, ut_data_page, GTK_TYPE_WIDGET)

enum
{
  FETCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  UtDataEntry *entry = item;
  const UtDataAbout *about = ut_data_entry_get_about (entry);
  const char *kind = ut_data_entry_get_id (entry) != NULL ? _("comes along")
                     : about->unit == UT_DATA_UNIT_REVIEW ? _("reviews") : _("sentences");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "width-chars", 3, "label", ut_data_entry_get_title (entry), NULL);
  GtkWidget *subtitle = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "label", kind, NULL);

  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);

  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ut_data_entry_get_title (entry), -1);

  return row;
}

static void
selected_cb (UtDataPage    *self,
             GtkListBoxRow *row)
{
  g_autoptr (UtDataEntry) entry = NULL;

  if (self->session == NULL || row == NULL)
    return;

  entry = g_list_model_get_item (G_LIST_MODEL (ut_session_get_data (self->session)),
                                 (guint) gtk_list_box_row_get_index (row));
  ut_data_details_set_entry (self->details, entry);
}

static void
activated_cb (UtDataPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->details_side);
}

static void
back_cb (UtDataPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->list_side);
}

static void
folded_cb (UtDataPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->details_side);
}

static void
fetched_cb (UtDataPage *self,
            GFile      *folder)
{
  g_signal_emit (self, signals[FETCHED], 0, folder);
}

/* One is always selected; where the selected one goes its neighbour takes over. */
static void
entries_changed_cb (UtDataPage *self,
                    guint       position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (ut_session_get_data (self->session)));

  if (gtk_list_box_get_selected_row (self->list) == NULL && n > 0)
    gtk_list_box_select_row (self->list,
                             gtk_list_box_get_row_at_index (self->list,
                                                            (int) MIN (position, n - 1)));
}

static gboolean
ut_data_page_grab_focus (GtkWidget *widget)
{
  UtDataPage *self = UT_DATA_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (adw_leaflet_get_folded (self->leaflet) || row == NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->details));

  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
ut_data_page_dispose (GObject *object)
{
  UtDataPage *self = UT_DATA_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_DATA_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_data_page_parent_class)->dispose (object);
}

static void
ut_data_page_class_init (UtDataPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_data_page_dispose;
  widget_class->grab_focus = ut_data_page_grab_focus;

  /**
   * UtDataPage::fetched: (folder): a data set was fetched, and is not in the list yet.
   */
  signals[FETCHED] = g_signal_new ("fetched", UT_TYPE_DATA_PAGE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  g_type_ensure (UT_TYPE_DATA_DETAILS);
  g_type_ensure (UT_TYPE_SOURCE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UtDataPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, UtDataPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, UtDataPage, details_side);
  gtk_widget_class_bind_template_child (widget_class, UtDataPage, list);
  gtk_widget_class_bind_template_child (widget_class, UtDataPage, sources);
  gtk_widget_class_bind_template_child (widget_class, UtDataPage, details);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, fetched_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
ut_data_page_init (UtDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_data_page_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtDataPage *self = g_object_new (UT_TYPE_DATA_PAGE, NULL);
  GListModel *data = G_LIST_MODEL (ut_session_get_data (session));

  self->session = g_object_ref (session);
  ut_data_details_set_session (self->details, session);
  ut_source_list_load (self->sources, NULL, session);
  gtk_list_box_bind_model (self->list, data, create_row, self, NULL);
  g_signal_connect_object (data, "items-changed", G_CALLBACK (entries_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  entries_changed_cb (self, 0);

  return GTK_WIDGET (self);
}

void
ut_data_page_select (UtDataPage  *self,
                     UtDataEntry *entry)
{
  GListModel *data;
  guint n;

  g_return_if_fail (UT_IS_DATA_PAGE (self));
  g_return_if_fail (UT_IS_DATA_ENTRY (entry));

  data = G_LIST_MODEL (ut_session_get_data (self->session));
  n = g_list_model_get_n_items (data);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtDataEntry) other = g_list_model_get_item (data, i);

      if (other == entry)
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
    }
  adw_leaflet_set_visible_child (self->leaflet, self->details_side);
}
