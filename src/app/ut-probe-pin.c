/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-pin.h"

#include "ut-tooltip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* As for what is deleted. */
#define UNDO_SECONDS 10

/* What a toast brings back. */
typedef struct
{
  UtSession *session; /* (owned) */
  UtProbes *before;   /* (owned) */
} Undo;

static void
undo_free (gpointer data,
           GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->session);
  ut_probes_unref (undo->before);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast,
         Undo     *undo)
{
  g_autoptr (GError) error = NULL;

  if (!ut_probe_list_set (ut_session_get_probes (undo->session), undo->before, &error))
    ut_session_send_message (undo->session, error->message);
}

static void
offer_undo (GtkWidget  *widget,
            UtSession  *session,
            UtProbes   *before,
            const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;
  Undo *undo;

  if (overlay == NULL)
    return;

  toast = adw_toast_new (text);
  undo = g_new (Undo, 1);
  *undo = (Undo) { g_object_ref (session), ut_probes_ref (before) };
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, undo_free, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

gboolean
ut_probe_pin (GtkWidget   *widget,
              UtSession   *session,
              const char  *old,
              const char  *text,
              GError     **error)
{
  UtProbeList *list;
  g_autoptr (UtProbes) before = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (UT_IS_SESSION (session), FALSE);

  list = ut_session_get_probes (session);
  before = ut_probes_ref (ut_probe_list_get (list));
  if (!ut_probe_list_replace (list, old, text, error))
    return FALSE;
  if (ut_probes_equal (before, ut_probe_list_get (list)))
    return TRUE;

  offer_undo (widget, session, before,
              text == NULL ? _("The sentence is not followed any more.")
              : old == NULL ? _("The sentence is followed while runs train.")
                            : _("Another sentence is followed in its place."));
  return TRUE;
}

/* The toggle */

struct _UtProbePin
{
  GtkWidget parent_instance;

  GtkToggleButton *button;

  UtSession *session; /* (owned) (nullable) */
  char *text;         /* (owned) (nullable): as the list has it */
  gboolean syncing;   /* the button follows and changes nothing */
};

G_DEFINE_FINAL_TYPE (UtProbePin, ut_probe_pin, GTK_TYPE_WIDGET)

static void
update (UtProbePin *self)
{
  gboolean pinned = self->text != NULL && self->session != NULL
                    && ut_probes_find (ut_probe_list_get (ut_session_get_probes (self->session)),
                                       self->text) >= 0;

  self->syncing = TRUE;
  gtk_toggle_button_set_active (self->button, pinned);
  self->syncing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->text != NULL);
  ut_tooltip_set (GTK_WIDGET (self->button),
                  pinned ? _("Runs follow this sentence while they train; press to end that")
                         : _("Follow this sentence while training"));
}

static void
toggled_cb (UtProbePin *self)
{
  g_autoptr (GError) error = NULL;
  gboolean pins = gtk_toggle_button_get_active (self->button);

  if (self->syncing || self->session == NULL || self->text == NULL)
    return;
  if (!ut_probe_pin (GTK_WIDGET (self), self->session, pins ? NULL : self->text,
                     pins ? self->text : NULL, &error))
    ut_session_send_message (self->session, error->message);
  update (self);
}

static void
ut_probe_pin_dispose (GObject *object)
{
  UtProbePin *self = UT_PROBE_PIN (object);

  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_object (&self->session);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (ut_probe_pin_parent_class)->dispose (object);
}

static void
ut_probe_pin_class_init (UtProbePinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_probe_pin_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ut_probe_pin_init (UtProbePin *self)
{
  self->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "view-pin-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Follow this sentence while training"), -1);
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  update (self);
}

void
ut_probe_pin_set_session (UtProbePin *self,
                          UtSession  *session)
{
  g_return_if_fail (UT_IS_PROBE_PIN (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (ut_session_get_probes (session), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
ut_probe_pin_set_text (UtProbePin *self,
                       const char *text)
{
  g_return_if_fail (UT_IS_PROBE_PIN (self));

  g_free (self->text);
  self->text = text != NULL ? ut_probe_tidy (text, NULL) : NULL;
  update (self);
}
