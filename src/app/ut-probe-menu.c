/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-menu.h"

#include "ut-probe-pin.h"
#include "ut-probe-row.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtProbeMenu
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkWidget *hint_label;
  GtkWidget *suggestions;
  GtkWidget *scroller;
  GtkBox *rows;
  GtkEditable *entry;
  GtkWidget *add_button;
  GtkLabel *reason_label;

  UtSession *session;    /* (owned) (nullable) */
  UtProbeCurves *curves; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtProbeMenu, ut_probe_menu, GTK_TYPE_WIDGET)

static void
show_reason (UtProbeMenu *self,
             const char  *reason)
{
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
}

static gboolean
pin (UtProbeMenu *self,
     const char  *old,
     const char  *text)
{
  g_autoptr (GError) error = NULL;
  gboolean done = ut_probe_pin (GTK_WIDGET (self), self->session, old, text, &error);

  show_reason (self, done ? NULL : error->message);
  return done;
}

static void
edited_cb (UtProbeMenu *self,
           const char  *text,
           UtProbeRow  *row)
{
  g_autofree char *old = g_strdup (ut_probe_row_get_text (row));

  /* The button that was pressed goes with its row. */
  if (pin (self, old, text))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
update_rows (UtProbeMenu *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    ut_probe_row_update (UT_PROBE_ROW (row), self->curves);
}

/* While nobody sees them, answers are not shown. */
static void
answers_changed_cb (UtProbeMenu *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->rows)))
    update_rows (self);
}

static void
list_changed_cb (UtProbeMenu *self)
{
  const UtProbes *probes = ut_probe_list_get (ut_session_get_probes (self->session));
  g_autofree char *label = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  for (gsize i = 0; i < probes->n_texts; i++)
    {
      row = ut_probe_row_new (probes->texts[i]);
      g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->rows, row);
    }
  update_rows (self);
  gtk_widget_set_visible (self->scroller, probes->n_texts > 0);
  gtk_widget_set_visible (self->hint_label, probes->n_texts == 0);
  gtk_widget_set_visible (self->suggestions, probes->n_texts == 0);

  label = probes->n_texts == 0
          ? g_strdup (_("Follow a sentence…"))
          : g_strdup_printf (ngettext ("%u sentence followed", "%u sentences followed",
                                       (guint) probes->n_texts),
                             (guint) probes->n_texts);
  gtk_menu_button_set_label (self->button, label);
  /* In GTK 4.8 the button inside, which gets the focus, does not take the menu button's label. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->button))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
entry_changed_cb (UtProbeMenu *self)
{
  g_autofree char *tidy = ut_probe_tidy (gtk_editable_get_text (self->entry), NULL);

  gtk_widget_set_sensitive (self->add_button, tidy != NULL);
  show_reason (self, NULL);
}

static void
add_cb (UtProbeMenu *self)
{
  if (pin (self, NULL, gtk_editable_get_text (self->entry)))
    gtk_editable_set_text (self->entry, "");
}

static void
suggestion_cb (UtProbeMenu *self,
               GtkWidget   *button)
{
  /* What the button says is in the person's language, and more than the sentence. */
  pin (self, NULL, gtk_widget_get_name (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
ut_probe_menu_dispose (GObject *object)
{
  UtProbeMenu *self = UT_PROBE_MENU (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_PROBE_MENU);
  g_clear_object (&self->curves);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_probe_menu_parent_class)->dispose (object);
}

static void
ut_probe_menu_class_init (UtProbeMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_probe_menu_dispose;

  g_type_ensure (UT_TYPE_PROBE_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-probe-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, button);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, hint_label);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, suggestions);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, scroller);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, rows);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, entry);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, add_button);
  gtk_widget_class_bind_template_child (widget_class, UtProbeMenu, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, suggestion_cb);
  gtk_widget_class_bind_template_callback (widget_class, answers_changed_cb);
}

static void
ut_probe_menu_init (UtProbeMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_probe_menu_set_session (UtProbeMenu   *self,
                           UtSession     *session,
                           UtProbeCurves *curves)
{
  g_return_if_fail (UT_IS_PROBE_MENU (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (UT_IS_PROBE_CURVES (curves));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->curves = g_object_ref (curves);
  g_signal_connect_object (ut_session_get_probes (session), "changed",
                           G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (curves, "changed", G_CALLBACK (answers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  list_changed_cb (self);
  entry_changed_cb (self);
}
