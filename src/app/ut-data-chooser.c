/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-chooser.h"

#include <glib/gi18n.h>

struct _UtDataChooser
{
  GObject parent_instance;

  GtkDropDown *drop_down;
  UtSession *session; /* (owned) */
  guint chosen;       /* position in the drop-down */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (UtDataChooser, ut_data_chooser, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GListModel *
get_list (UtDataChooser *self)
{
  return G_LIST_MODEL (ut_session_get_data (self->session));
}

/* Behind the data sets stand the files by name, and behind these the way to more. */
static guint
get_files_position (UtDataChooser *self)
{
  return g_list_model_get_n_items (get_list (self));
}

static guint
find_key (UtDataChooser *self,
          const char    *key)
{
  guint n = get_files_position (self);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtDataEntry) entry = g_list_model_get_item (get_list (self), i);

      if (g_str_equal (ut_data_entry_get_key (entry), key))
        return i;
    }

  return n;
}

static void
choose (UtDataChooser *self,
        guint          position)
{
  gboolean changed = self->chosen != position;

  self->chosen = position;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->drop_down, position);
  self->filling = FALSE;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
remember (UtDataChooser *self)
{
  UtDataEntry *entry = ut_data_chooser_get_entry (self);

  g_settings_set_string (ut_session_get_settings (self->session), "data",
                         entry != NULL ? ut_data_entry_get_key (entry) : "");
}

static void
selected_cb (UtDataChooser *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > get_files_position (self))
    {
      choose (self, self->chosen);
      gtk_widget_activate_action (GTK_WIDGET (self->drop_down), "win.show-page", "s", "data");
      return;
    }

  choose (self, selected);
  remember (self);
}

static void
setting_changed_cb (UtDataChooser *self)
{
  g_autofree char *key = g_settings_get_string (ut_session_get_settings (self->session), "data");

  choose (self, find_key (self, key));
}

static void
fill (UtDataChooser *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *key = g_settings_get_string (ut_session_get_settings (self->session), "data");
  guint n = get_files_position (self);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (UtDataEntry) entry = g_list_model_get_item (get_list (self), i);

      gtk_string_list_append (titles, ut_data_entry_get_title (entry));
    }
  gtk_string_list_append (titles, _("Files by name"));
  gtk_string_list_append (titles, _("Get or open data…"));

  self->filling = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (titles));
  self->filling = FALSE;
  /* At another position it may be the same data set, and the other way round. */
  self->chosen = GTK_INVALID_LIST_POSITION;
  choose (self, find_key (self, key));
}

static void
ut_data_chooser_finalize (GObject *object)
{
  g_clear_object (&UT_DATA_CHOOSER (object)->session);

  G_OBJECT_CLASS (ut_data_chooser_parent_class)->finalize (object);
}

static void
ut_data_chooser_class_init (UtDataChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ut_data_chooser_finalize;

  /** UtDataChooser::changed: another data set is chosen. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_DATA_CHOOSER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_data_chooser_init (UtDataChooser *self)
{
}

UtDataChooser *
ut_data_chooser_new (GtkDropDown *drop_down,
                     UtSession   *session)
{
  g_return_val_if_fail (GTK_IS_DROP_DOWN (drop_down), NULL);
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtDataChooser *self = g_object_new (UT_TYPE_DATA_CHOOSER, NULL);

  self->drop_down = drop_down;
  self->session = g_object_ref (session);
  fill (self);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_list (self), "items-changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_settings (session), "changed::data",
                           G_CALLBACK (setting_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

UtDataEntry *
ut_data_chooser_get_entry (UtDataChooser *self)
{
  g_autoptr (UtDataEntry) entry = NULL;

  g_return_val_if_fail (UT_IS_DATA_CHOOSER (self), NULL);

  /* The list keeps it. */
  entry = g_list_model_get_item (get_list (self), self->chosen);

  return entry;
}

void
ut_data_chooser_select (UtDataChooser *self,
                        UtDataEntry   *entry)
{
  g_return_if_fail (UT_IS_DATA_CHOOSER (self));
  g_return_if_fail (entry == NULL || UT_IS_DATA_ENTRY (entry));

  choose (self, entry != NULL ? find_key (self, ut_data_entry_get_key (entry))
                              : get_files_position (self));
  remember (self);
}
