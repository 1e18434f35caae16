/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-notebook-page.h"

#include "ut-notebook-drawing.h"
#include "ut-resources.h"

#define N_FAULTS 3

struct _UtNotebookPage
{
  AdwWindow parent_instance;

  /* In the order of #UtNotebookFault. */
  GtkWidget *buttons[N_FAULTS];
  GtkWidget *repaired[N_FAULTS];
};

G_DEFINE_FINAL_TYPE (UtNotebookPage, ut_notebook_page, ADW_TYPE_WINDOW)

G_DEFINE_FLAGS_TYPE (UtNotebookFault, ut_notebook_fault,
                     G_DEFINE_ENUM_VALUE (UT_NOTEBOOK_FAULT_STATE, "state"),
                     G_DEFINE_ENUM_VALUE (UT_NOTEBOOK_FAULT_LOSS, "loss"),
                     G_DEFINE_ENUM_VALUE (UT_NOTEBOOK_FAULT_PADDING, "padding"))

static guint repair_signal;

static void
repair_cb (UtNotebookPage *self,
           GtkWidget      *button)
{
  for (int i = 0; i < N_FAULTS; i++)
    if (button == self->buttons[i])
      g_signal_emit (self, repair_signal, 0, (UtNotebookFault) (1 << i));
}

static void
ut_notebook_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_NOTEBOOK_PAGE);

  G_OBJECT_CLASS (ut_notebook_page_parent_class)->dispose (object);
}

static void
ut_notebook_page_class_init (UtNotebookPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_notebook_page_dispose;

  /**
   * UtNotebookPage::repair:
   * @fault: what is to be put right.
   */
  repair_signal = g_signal_new ("repair", UT_TYPE_NOTEBOOK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, UT_TYPE_NOTEBOOK_FAULT);

  g_type_ensure (UT_TYPE_NOTEBOOK_DRAWING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-notebook-page.ui");
  gtk_widget_class_bind_template_child_full (widget_class, "state_button", FALSE,
                                             G_STRUCT_OFFSET (UtNotebookPage, buttons[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "loss_button", FALSE,
                                             G_STRUCT_OFFSET (UtNotebookPage, buttons[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "padding_button", FALSE,
                                             G_STRUCT_OFFSET (UtNotebookPage, buttons[2]));
  gtk_widget_class_bind_template_child_full (widget_class, "state_repaired", FALSE,
                                             G_STRUCT_OFFSET (UtNotebookPage, repaired[0]));
  gtk_widget_class_bind_template_child_full (widget_class, "loss_repaired", FALSE,
                                             G_STRUCT_OFFSET (UtNotebookPage, repaired[1]));
  gtk_widget_class_bind_template_child_full (widget_class, "padding_repaired", FALSE,
                                             G_STRUCT_OFFSET (UtNotebookPage, repaired[2]));
  gtk_widget_class_bind_template_callback (widget_class, repair_cb);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
ut_notebook_page_init (UtNotebookPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_notebook_page_new (void)
{
  return g_object_new (UT_TYPE_NOTEBOOK_PAGE, NULL);
}

void
ut_notebook_page_set_faults (UtNotebookPage  *self,
                             UtNotebookFault  faults)
{
  g_return_if_fail (UT_IS_NOTEBOOK_PAGE (self));

  for (int i = 0; i < N_FAULTS; i++)
    {
      gtk_widget_set_visible (self->buttons[i], (faults & (1 << i)) != 0);
      gtk_widget_set_visible (self->repaired[i], (faults & (1 << i)) == 0);
    }
}

void
ut_notebook_page_unset_faults (UtNotebookPage *self)
{
  g_return_if_fail (UT_IS_NOTEBOOK_PAGE (self));

  for (int i = 0; i < N_FAULTS; i++)
    {
      gtk_widget_set_visible (self->buttons[i], FALSE);
      gtk_widget_set_visible (self->repaired[i], FALSE);
    }
}
