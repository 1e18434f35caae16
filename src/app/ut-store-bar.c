/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-store-bar.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtStoreBar
{
  GtkBox parent_instance;

  GtkInfoBar *bar;
  GtkLabel *label;
  GtkButton *button;

  UtStoreLoader *loader; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtStoreBar, ut_store_bar, GTK_TYPE_BOX)

static void
update (UtStoreBar *self)
{
  const char *damage = ut_store_loader_get_damage (self->loader);
  g_autofree char *day = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  gtk_info_bar_set_revealed (self->bar, damage != NULL);
  if (damage == NULL)
    return;

  day = ut_store_loader_dup_backup_day (self->loader);
  /* Translators: a day, as "28 November 2026". */
  label = day != NULL ? g_strdup_printf (_("Use the Backup of %s"), day)
                      : g_strdup (_("Start a New List"));
  gtk_button_set_label (self->button, label);
  /* Translators: what is wrong with a file. */
  text = g_strdup_printf (_("%s. Until that is settled, runs are not saved. The damaged file stays "
                            "beside the new one."), damage);
  gtk_label_set_label (self->label, text);
}

static void
clicked_cb (UtStoreBar *self)
{
  g_autoptr (GError) error = NULL;

  if (!ut_store_loader_recover (self->loader, &error))
    gtk_label_set_label (self->label, error->message);
}

static void
ut_store_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_STORE_BAR);
  g_clear_object (&UT_STORE_BAR (object)->loader);

  G_OBJECT_CLASS (ut_store_bar_parent_class)->dispose (object);
}

static void
ut_store_bar_class_init (UtStoreBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_store_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-store-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, UtStoreBar, bar);
  gtk_widget_class_bind_template_child (widget_class, UtStoreBar, label);
  gtk_widget_class_bind_template_child (widget_class, UtStoreBar, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
ut_store_bar_init (UtStoreBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_store_bar_set_loader (UtStoreBar    *self,
                         UtStoreLoader *loader)
{
  g_return_if_fail (UT_IS_STORE_BAR (self));
  g_return_if_fail (UT_IS_STORE_LOADER (loader));
  g_return_if_fail (self->loader == NULL);

  self->loader = g_object_ref (loader);
  g_signal_connect_object (loader, "notify::damage", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
