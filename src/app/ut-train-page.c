/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-train-page.h"

#include "ut-curves-pane.h"
#include "ut-examples.h"
#include "ut-form.h"
#include "ut-resources.h"
#include "ut-status-line.h"

#include <adwaita.h>

struct _UtTrainPage
{
  GtkBox parent_instance;

  AdwFlap *flap;
  UtForm *form;
  UtStatusLine *status_line;
  GtkStack *stack;
  UtExamples *examples;
  UtCurvesPane *curves;

  UtSession *session;    /* (owned) (nullable) */
  gboolean focuses_form; /* as soon as the form that slides in can be focused */
};

G_DEFINE_FINAL_TYPE (UtTrainPage, ut_train_page, GTK_TYPE_BOX)

typedef enum
{
  PROP_CAN_START = 1,
} UtTrainPageProperty;

static GParamSpec *properties[PROP_CAN_START + 1];

static void
update_examples (UtTrainPage *self)
{
  g_autoptr (UtConfig) config = NULL;

  if (gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->examples))
    return;

  config = ut_form_dup_config (self->form);
  ut_examples_show (self->examples, ut_form_get_corpus (self->form), config);
}

static void
runs_changed_cb (UtTrainPage *self,
                 guint        position,
                 guint        removed,
                 guint        added,
                 GListModel  *runs)
{
  gtk_stack_set_visible_child (self->stack, g_list_model_get_n_items (runs) > 0
                                                ? GTK_WIDGET (self->curves)
                                                : GTK_WIDGET (self->examples));
  update_examples (self);
}

static void
form_hidden_cb (UtTrainPage *self)
{
  gboolean hidden = adw_flap_get_folded (self->flap) || !adw_flap_get_reveal_flap (self->flap);

  ut_status_line_set_form_hidden (self->status_line, hidden);
}

static void
form_mapped_cb (UtTrainPage *self)
{
  if (!self->focuses_form)
    return;

  self->focuses_form = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
valid_changed_cb (UtTrainPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_START]);
}

static void
ut_train_page_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  UtTrainPage *self = UT_TRAIN_PAGE (object);

  switch ((UtTrainPageProperty) property_id)
    {
    case PROP_CAN_START:
      g_value_set_boolean (value, ut_form_get_valid (self->form));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_train_page_dispose (GObject *object)
{
  UtTrainPage *self = UT_TRAIN_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_TRAIN_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_train_page_parent_class)->dispose (object);
}

static void
ut_train_page_class_init (UtTrainPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_train_page_get_property;
  object_class->dispose = ut_train_page_dispose;

  /** UtTrainPage:can-start: whether ut_train_page_start() would start something. */
  properties[PROP_CAN_START] = g_param_spec_boolean ("can-start", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UT_TYPE_CURVES_PANE);
  g_type_ensure (UT_TYPE_EXAMPLES);
  g_type_ensure (UT_TYPE_FORM);
    g_type_ensure (UT_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, flap);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, form);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, status_line);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, examples);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, curves);
  gtk_widget_class_bind_template_callback (widget_class, form_hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_mapped_cb);
}

static void
ut_train_page_init (UtTrainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->form, "notify::valid", G_CALLBACK (valid_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "notify::corpus", G_CALLBACK (update_examples), self,
                           G_CONNECT_SWAPPED);
  form_hidden_cb (self);
}

void
ut_train_page_set_session (UtTrainPage *self,
                           UtSession   *session)
{
  GListModel *runs;

  g_return_if_fail (UT_IS_TRAIN_PAGE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  ut_form_set_session (self->form, session);
  ut_status_line_set_session (self->status_line, session);
  ut_curves_pane_set_session (self->curves, session);

  runs = G_LIST_MODEL (ut_session_get_store (session));
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  runs_changed_cb (self, 0, 0, g_list_model_get_n_items (runs), runs);
}

void
ut_train_page_start (UtTrainPage *self)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  if (ut_form_start (self->form) && adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

void
ut_train_page_show_form (UtTrainPage *self)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  adw_flap_set_reveal_flap (self->flap, TRUE);
  self->focuses_form = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->form)))
    form_mapped_cb (self);
}

void
ut_train_page_use (UtTrainPage *self,
                   UtConfig    *config)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));
  g_return_if_fail (config != NULL);

  ut_form_use (self->form, config);
}

void
ut_train_page_toggle_pause (UtTrainPage *self)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  ut_status_line_toggle_pause (self->status_line);
}

void
ut_train_page_set_class_room (UtTrainPage *self,
                              gboolean     class_room)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  adw_flap_set_fold_policy (self->flap, class_room ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                   : ADW_FLAP_FOLD_POLICY_AUTO);
  if (!class_room && !adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}
